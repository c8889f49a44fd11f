"""Texts of the interface, dates, plural, direction and sorting in each language."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from imlcourse.checks.guessers import guesses
from imlcourse.checks.load import load_course
from imlcourse.course.glossary import Term
from imlcourse.course.texts import needed_texts
from imlcourse.course.translation import mark_of_file
from imlcourse.document.edition import read_edition
from imlcourse.html.term_links import TermLinks
from imlcourse.html.writer import Writer
from imlcourse.items import Item, read_item
from imlcourse.languages import strings
from imlcourse.languages.locales import (
    date_in_words,
    direction,
    fallbacks,
    plural_categories,
    sorted_by_name,
)
from imlcourse.languages.rules import rules_of
from imlcourse.markup.problems import CourseError, Problems


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


# --- rules of each language ---------------------------------------------------------------------


def single(language: str, stem: str, *options: str) -> Item:
    item, flaws = read_item(
        {
            "id": "m01-i01",
            "type": "single",
            "objective": "m01-o1",
            "level": "apply",
            "stem": stem,
            "options": [
                {"text": text, "feedback": "…", "correct": place == 0}
                for place, text in enumerate(options or ("A1", "B2", "C3"))
            ],
            "evidence": [{"unit": 9, "quote": "five words that settle it"}],
        }
    )
    assert item is not None, flaws
    return item.in_language(language)


def flaws(item: Item) -> list[str]:
    return [flaw.message for flaw in item.problems()]


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("en", "Who protects?"),
        ("fr", "Qui protège\u00a0?"),
        ("fr", "Qui dit «\u202fqui protège\u202f?\u202f»"),
        ("es-419", "¿Quién protege?"),
        ("ar", "من يحمي المهاجرين؟"),
        ("ar-EG", "من يحمي **المهاجرين؟**"),
        ("fa", "چه کسی حمایت می‌کند؟"),
        ("el", "Ποιος προστατεύει;"),
        ("de", "Wer schützt?"),
    ],
)
def test_a_question_ends_as_its_language_has_it(language: str, stem: str) -> None:
    assert flaws(single(language, stem)) == []


@pytest.mark.parametrize(
    ("language", "stem", "mark"),
    [
        ("ar", "من يحمي المهاجرين", "؟"),
        ("ar", "من يحمي المهاجرين?", "؟"),
        ("el", "Ποιος προστατεύει", ";"),
        ("fr", "Qui protège", "?"),
    ],
)
def test_a_stem_without_the_mark_of_its_language_is_told_with_that_mark(
    language: str, stem: str, mark: str
) -> None:
    assert flaws(single(language, stem)) == [
        f"the stem is no whole question; write one that ends with “{mark}”"
    ]


def test_a_number_is_asked_for_and_a_statement_judged_by_the_mark_of_the_language() -> None:
    base = {"id": "m01-i01", "objective": "m01-o1", "level": "recall", "evidence": [
        {"unit": 9, "quote": "five words that settle it"}]}  # fmt: skip
    asked, _ = read_item({**base, "type": "numeric", "stem": "في أي عام؟", "answer": 1951,
                          "feedback": {"right": "…", "wrong": "…"}})  # fmt: skip
    judged, _ = read_item({**base, "type": "truefalse", "stem": "هل تحمي؟", "key": True,
                           "feedback": {"true": "…", "false": "…"}})  # fmt: skip
    assert asked
    assert judged
    assert flaws(asked.in_language("ar")) == []
    assert flaws(judged.in_language("ar")) == [
        "the stem is a question; write a statement that is true or false"
    ]


@pytest.mark.parametrize(
    ("language", "stem", "bold"),
    [
        ("fr", "Lequel n’est pas un devoir ?", "Lequel n’est **pas** un devoir ?"),
        ("fr", "Tous sont des devoirs, sauf lequel ?", "Tous sont des devoirs, **sauf** lequel ?"),
        ("es", "¿Cuál de estas no es una obligación?", "¿Cuál de estas **no** es una obligación?"),
        ("ar", "أي مما يلي ليس من واجبات الدولة؟", "أي مما يلي **ليس** من واجبات الدولة؟"),
        ("ar", "أيٌّ من هذه الأفعال لا يَحمي المهاجرين؟", "أي من هذه الأفعال **لا** يحمي المهاجرين؟"),
    ],
)  # fmt: skip
def test_a_question_for_what_is_not_so_needs_its_word_in_bold(
    language: str, stem: str, bold: str
) -> None:
    (message,) = flaws(single(language, stem))
    assert "asks for what is not so" in message
    assert flaws(single(language, bold)) == []
    assert single(language, bold).negative


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("fr", "Pourquoi l’OIM n’a-t-elle pas de mandat ?"),
        ("fr", "Quelle phrase explique pourquoi l’OIM n’a pas de mandat ?"),
        ("fr", "Un travailleur n’a pas été payé. Que doit faire l’inspecteur ?"),
        ("fr", "Quels droits ont ceux qui n’ont pas de papiers ?"),
        ("es", "¿Por qué la OIM no tiene mandato?"),
        ("es", "¿Qué frase explica por qué la OIM no tiene mandato?"),
        ("ar", "لماذا لا تملك المنظمة ولاية حماية قانونية؟"),
        ("ar", "ما الجملة التي توضح أن المنظمة لا تملك ولاية؟"),
    ],
)
def test_other_uses_of_such_words_are_no_negative_questions(language: str, stem: str) -> None:
    assert flaws(single(language, stem)) == []


@pytest.mark.parametrize(
    ("language", "option"),
    [
        ("fr", "Toutes les réponses ci-dessus"),
        ("fr", "Aucune de ces réponses"),
        ("fr", "A et B"),
        ("fr", "Les deux"),
        ("es", "Todas las anteriores"),
        ("es", "Ambas"),
        ("ar", "جميع ما سبق"),
        ("ar", "لا شيء مما سبق"),
        ("ar", "أ و ب"),
        ("ar", "كِلاهُما"),
    ],
)
def test_options_that_lump_others_together_are_refused_in_each_language(
    language: str, option: str
) -> None:
    stem = {"fr": "Qui protège ?", "es": "¿Quién protege?", "ar": "من يحمي؟"}[language]
    assert any("lumps other" in m for m in flaws(single(language, stem, "X1", "Y2", option)))


@pytest.mark.parametrize(
    ("language", "option"),
    [("fr", "Tous les États"), ("fr", "Aucun des États n’a signé"), ("es", "Todos los Estados"),
     ("ar", "جميع الدول الأطراف")],
)  # fmt: skip
def test_options_that_only_sound_alike_are_let_be(language: str, option: str) -> None:
    stem = {"fr": "Qui protège ?", "es": "¿Quién protege?", "ar": "من يحمي؟"}[language]
    assert flaws(single(language, stem, "X1", "Y2", option)) == []


def test_no_language_is_judged_by_the_rules_of_english() -> None:
    assert flaws(single("de", "Which of these is not so?", "X1", "Y2", "all of the above")) == []
    assert flaws(single("fr", "Which of these is not so?", "X1", "Y2", "none of the above")) == []


def test_guessers_go_by_the_words_of_the_language_and_say_nothing_without_them() -> None:
    absolute = [
        single(language, stem, key, *others)
        for language, stem, key, *others in (
            ("fr", "Que dit-elle ?", "parfois oui", "toujours oui", "jamais non"),
            ("ar", "ماذا تقول؟", "أحيانا نعم", "دائمًا نعم", "أبدًا لا"),
        )
    ]
    for item in absolute:
        (found,) = (guess for guess in guesses([item], {}) if guess.name == "absolute")
        assert found.score == 1, item
    german = single("de", "Was sagt sie?", "manchmal ja", "immer ja", "niemals nein")
    assert {guess.name for guess in guesses([german], {})} == {
        "longest",
        "shortest",
        "middle",
        "odd",
    }
    assert "absolute words" in german.rules.missing
    assert not rules_of("ar-EG").missing


# --- terms of the glossary in a text ------------------------------------------------------------


def linked(language: str, text: str, *terms: tuple[str, str]) -> str:
    known = [Term(id=id_, term=term, definition="x") for id_, term in terms]
    return TermLinks(known, rules_of(language)).link(text)


@pytest.mark.parametrize(
    "written", ["الحماية", "للحماية", "وبالحماية", "الـحماية", "الحِمايَة", "حماية", "والحمايه"]
)
def test_an_arabic_term_is_found_with_its_article_and_with_or_without_marks(written: str) -> None:
    text = f"تحتاج {written} إلى القانون"
    assert linked("ar", text, ("protection", "حماية")) == (
        f"تحتاج {{term}}`{written} <protection>` إلى القانون"
    )


def test_an_arabic_term_of_two_words_is_found_whether_it_is_written_with_the_article_or_not() -> (
    None
):
    for term in ("الحماية الفعلية", "حماية فعلية"):
        for written in ("الحماية الفعلية", "حماية فعلية", "بالحماية الفعلية"):
            assert f"`{written} <de-facto>`" in linked(
                "ar", f"هي {written} هنا", ("de-facto", term)
            )


def test_a_term_inside_a_longer_word_is_another_word() -> None:
    assert linked("ar", "محاماية", ("protection", "حماية")) == "محاماية"
    assert linked("fr", "un réfugiement", ("refugee", "réfugié")) == "un réfugiement"


def test_french_endings_and_elisions_are_found() -> None:
    assert (
        linked("fr", "des réfugiées", ("refugee", "réfugié")) == "des {term}`réfugiées <refugee>`"
    )
    assert linked("fr", "l’asile", ("asylum", "asile")) == "l’{term}`asile <asylum>`"


# --- texts about the document -------------------------------------------------------------------

TEXTS = "book/texts.yml"


def told(root: Path) -> list[str]:
    with pytest.raises(CourseError) as raised:
        load_course(root)
    return [str(problem) for problem in raised.value.problems]


def test_no_text_of_the_program_speaks_of_one_document() -> None:
    of_this_document = re.compile(r"\bIOM\b|\b2009\b|\b91\b|MC/INF|\bannex\b", re.IGNORECASE)
    for key, text in strings.load_strings("en").items():
        assert not of_this_document.search(text), key


@pytest.mark.parametrize(
    ("old", "new", "after", "what"),
    [
        ("  since.title: Since 2009\n", "", None, "the text “since.title” is missing; write it"),
        ("  since.title:", "  since.titel:", 0, "(did you mean since.title?); mend its name"),
        ("  since.title: Since 2009", "  since.title: Since {year}", 0,
         "“since.title” has the places {year}; write these: none"),
        ("All {count}", "All {counted}", None, "has the places {counted}, {said}; write these: "),
        ("block.since: Since 2009", "block.since: '*Since 2009'", 0, "* opens or closes no emphas"),
    ],
)  # fmt: skip
def test_a_text_about_the_document_that_is_missing_or_wrong_is_told_at_its_line(
    small_course: Path, old: str, new: str, after: int | None, what: str
) -> None:
    path = small_course / TEXTS
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems_found = told(small_course)
    line = text[: text.index(old)].count("\n") + 1
    begins = f"{TEXTS}:" if after is None else f"{TEXTS}:{line + after}: "
    assert any(problem.startswith(begins) and what in problem for problem in problems_found), (
        problems_found
    )


def test_another_document_needs_names_for_the_units_of_its_own_parts(small_course: Path) -> None:
    edition = read_edition(small_course / "book" / "document.yml", Problems(small_course))
    assert edition
    annex = next(part for part in edition.parts if part.prefix)
    other = edition.model_copy(
        update={"parts": [edition.parts[0], annex.model_copy(update={"id": "protocol"})]}
    )
    assert "cite.protocol_footnote" in needed_texts(other)
    assert "cite.annex" not in needed_texts(other)


def test_texts_about_the_document_are_translated_with_the_course(small_course: Path) -> None:
    text = (small_course / TEXTS).read_text("utf-8")
    french = text.replace("Since 2009", "Depuis 2009").replace("annex, paragraph", "annexe, par.")
    mark = mark_of_file(small_course / TEXTS)
    (small_course / "book" / "texts.fr.yml").write_text(f"source: {mark}\n{french}", "utf-8")
    course = load_course(small_course, "fr")
    assert course.strings["since.title"] == "Depuis 2009"
    assert Writer(course).cited("A30") == "annexe, par. 30"
    assert "since.title" in course.strings.own
    assert load_course(small_course).strings["since.title"] == "Since 2009"
    assert "since.title" not in load_course(small_course, "ar").strings.own
