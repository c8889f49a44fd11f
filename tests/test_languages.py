"""Texts of the interface, dates, plural, direction and sorting in each language."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from imlcourse.languages import strings
from imlcourse.languages.locales import (
    date_in_words,
    direction,
    fallbacks,
    plural_categories,
    sorted_by_name,
)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts of the interface with a little English, French and Arabic."""
    written = {
        "en": {
            "a.hello": "Hello, {name}",
            "a.bye": "Bye",
            "found.one": "1 place",
            "found.other": "{count} places",
            "items.letters": "ABCDEFGHIJKL",
            "player.locale": "en-GB",
        },
        "fr": {
            "a.hello": "Bonjour, {name}",
            "found.one": "{count} lieu",
            "found.other": "{count} lieux",
        },
        "fr-CA": {"a.hello": "Allô, {name}"},
        "ar": {
            "found.zero": "لا مكان",
            "found.one": "مكان واحد",
            "found.two": "مكانان",
            "found.few": "{count} أماكن",
            "found.many": "{count} مكانًا",
            "found.other": "{count} مكان",
        },
    }  # fmt: skip
    for language, of in written.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.json").write_text(json.dumps(of, indent=0), "utf-8")
    monkeypatch.setattr(strings, "_FOLDER", tmp_path)
    return tmp_path


def problems(language: str) -> list[str]:
    return [f"{path.name}:{line}: {what}" for path, line, what in strings.string_problems(language)]


def test_a_region_takes_what_it_lacks_from_its_language_and_then_from_english(texts: Path) -> None:
    french = strings.load_strings("fr-CA")
    assert french.text("a.hello", name="A") == "Allô, A"
    assert french.plural("found", 2) == "2 lieux"
    assert french["a.bye"] == "Bye"
    assert "a.bye" not in french.own
    assert french.language == "fr-CA"


@pytest.mark.parametrize(
    ("tag", "ways"),
    [
        ("en", ("en",)),
        ("es-419", ("es-419", "es")),
        ("es-MX", ("es-MX", "es-419", "es")),
        ("fr-CA", ("fr-CA", "fr")),
        ("ar-EG", ("ar-EG", "ar")),
    ],
)
def test_a_tag_falls_back_to_ever_wider_ones(tag: str, ways: tuple[str, ...]) -> None:
    assert fallbacks(tag) == ways


@pytest.mark.parametrize("tag", ["", "..", "en/../en", "EN", "en_GB", "xx", "fr-ca"])
def test_what_is_no_language_has_no_texts(texts: Path, tag: str) -> None:
    with pytest.raises(ValueError, match="there are no texts in the language"):
        strings.load_strings(tag)


def test_what_a_translator_saves_is_seen_at_once(texts: Path) -> None:
    assert strings.load_strings("fr")["a.bye"] == "Bye"
    path = texts / "fr" / "b.json"
    path.write_text('{"a.bye": "Salut"}', "utf-8")
    assert strings.load_strings("fr")["a.bye"] == "Salut"
    before = path.stat()
    path.write_text('{"a.bye": "Adieu"}', "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert strings.load_strings("fr")["a.bye"] == "Adieu"
    path.unlink()
    assert strings.load_strings("fr")["a.bye"] == "Bye"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "لا مكان"),
        (1, "مكان واحد"),
        (2, "مكانان"),
        (3, "3 أماكن"),
        (11, "11 مكانًا"),
        (100, "100 مكان"),
    ],
)
def test_arabic_has_a_form_for_each_kind_of_number(texts: Path, count: int, words: str) -> None:
    assert strings.load_strings("ar").plural("found", count) == words


def test_a_language_without_forms_of_its_own_uses_those_of_english(texts: Path) -> None:
    (texts / "ar" / "a.json").write_text("{}", "utf-8")
    arabic = strings.load_strings("ar")
    assert arabic.plural("found", 1) == "1 place"
    assert arabic.plural("found", 2) == "2 places"


def test_a_form_that_is_missing_or_that_the_language_lacks_is_told_by_line(texts: Path) -> None:
    path = texts / "ar" / "a.json"
    forms = json.loads(path.read_text("utf-8"))
    del forms["found.few"]
    path.write_text(json.dumps(forms, indent=0), "utf-8")
    assert [p for p in problems("ar") if "found.few" in p] == [
        "a.json:6: “found” has no form found.few; add what this language says for such numbers"
    ]
    (texts / "fr" / "a.json").write_text(
        '{\n"found.two": "deux",\n"found.one": "un",\n"found.other": "des lieux"\n}', "utf-8"
    )
    assert problems("fr") == [
        "a.json:2: this language has no plural form “two”; its forms of “found” end in: one, other",
        "a.json:4: “found.other” has the places none; those of English are: {count}",
    ]


@pytest.mark.parametrize("letters", ["ABC", "ABCDEFGHIJKK", "A B C D E F G H"])
def test_letters_of_answers_that_are_too_few_or_not_different_are_told(
    texts: Path, letters: str
) -> None:
    (texts / "fr" / "a.json").write_text(f'{{\n"items.letters": "{letters}"\n}}', "utf-8")
    (problem,) = problems("fr")
    assert problem.startswith("a.json:2: “items.letters” names answers by a letter each; write 12")


@pytest.mark.parametrize("tag", ["en-GB", "french", ""])
def test_a_locale_that_is_none_of_the_language_is_told(texts: Path, tag: str) -> None:
    (texts / "fr" / "a.json").write_text(f'{{\n"player.locale": "{tag}"\n}}', "utf-8")
    (problem,) = problems("fr")
    assert problem.startswith("a.json:2: “player.locale” cannot be")


def test_no_other_language_writes_its_dates_as_english_does(texts: Path) -> None:
    assert strings.load_strings("en").date("2026-11-23") == "23 November 2026"
    assert strings.load_strings("fr").date("2026-11-23") == "23 novembre 2026"
    assert strings.load_strings("fr-CA").locale == "fr-CA"


@pytest.mark.parametrize(
    ("tag", "day", "month"),
    [
        ("en-GB", "19 September 2016", "September 2016"),
        ("fr", "19 septembre 2016", "septembre 2016"),
        ("es", "19 de septiembre de 2016", "septiembre de 2016"),
        ("ar", "19 سبتمبر 2016", "سبتمبر 2016"),
    ],
)
def test_days_and_months_are_written_in_words(tag: str, day: str, month: str) -> None:
    assert date_in_words("2016-09-19", tag) == day
    assert date_in_words("2016-09", tag) == month
    assert date_in_words("2016", tag) == "2016"


def test_the_direction_is_that_of_the_script() -> None:
    assert [direction(tag) for tag in ("en", "fr-CA", "ar", "ar-EG", "he", "fa", "es-419")] == [
        "ltr", "ltr", "rtl", "rtl", "rtl", "rtl", "ltr"
    ]  # fmt: skip


def test_plural_categories_are_those_of_whole_numbers() -> None:
    assert plural_categories("fr") == ("one", "other")
    assert plural_categories("ar") == ("zero", "one", "two", "few", "many", "other")


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("fr", ["ecole", "Émile", "étude", "Étude", "oasis", "œuvre", "zone"]),
        ("es", ["nación", "niño", "nz", "ñandú", "oso"]),
        ("en", ["CEN-SAD countries", "Central Asia", "Côte d’Ivoire", "Croatia"]),
        ("ar", ["اسم", "إقامة", "أمن", "بيت", "تعليم", "حماية", "عمل", "لجوء", "نون", "ياء"]),
    ],
)
def test_names_are_sorted_as_the_language_sorts_them(tag: str, names: list[str]) -> None:
    assert sorted_by_name(reversed(names), str, tag) == names
