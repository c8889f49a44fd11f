"""What authors and learners write runs as its own letters do, whatever the page is written in."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

import pytest
from bs4 import BeautifulSoup, Tag

from hostile import Poisoner
from imlcourse.checks.load import load_course
from imlcourse.html.items import item_html
from imlcourse.html.worksheets import worksheet_html
from imlcourse.html.writer import Writer
from imlcourse.items import ITEM_TYPES, Item
from imlcourse.languages.locales import disturbs
from imlcourse.languages.strings import Strings
from small_course import write_small_course
from test_items import STRINGS, cite, read, sample

ARABIC = "مرحبا بكم (هنا)."


def sides(html: str) -> list[tuple[str, str]]:
    """Give each Arabic text of some HTML with the text of what sets its direction."""
    found = []
    for text in BeautifulSoup(html, "html.parser").find_all(string=True):
        # Two signs that nobody sees do it where there can be no tag. The words of the document
        # have the language of the document.
        apart = "\u2068مرحبا" in str(text) or text.find_parent(class_="iml-source")
        if "مرحبا" in str(text) and not apart:
            setter = next(
                (
                    parent
                    for parent in cast(list[Tag], list(text.parents))
                    if parent.name == "bdi" or parent.get("dir") == "auto"
                ),
                None,
            )
            assert setter is not None, f"no direction of its own: {text.parent}"
            found.append((str(text), setter.get_text()))
    return found


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_text_of_an_item_has_its_own_direction(kind: str) -> None:
    item = cast(Item, Poisoner(0, [ARABIC]).poison(read(sample(kind)), None, ""))
    texts = sides(item_html(item, 1, {}, cite, STRINGS))
    assert len(texts) > 3
    for text, whole in texts:
        # The first letter decides, so no word of the interface may stand before it.
        assert whole.lstrip().startswith("مرحبا"), (text, whole)


def test_every_text_of_a_worksheet_has_its_own_direction(tmp_path: Path) -> None:
    course = load_course(write_small_course(tmp_path))
    work = course.banks["m01"].worksheets["m01-note"]
    spoilt = Poisoner(0, [ARABIC]).poison(work, None, "")
    texts = sides(worksheet_html(spoilt, Writer(course)))
    assert len(texts) > 15
    assert all(whole.lstrip("“ ").startswith("مرحبا") for _, whole in texts)


@pytest.mark.parametrize("kind", ["cloze", "numeric"])
def test_a_field_to_type_in_runs_as_what_is_typed(kind: str) -> None:
    data = sample(kind)
    html = item_html(read(data), 1, {}, cite, STRINGS)
    fields = BeautifulSoup(html, "html.parser").select("input[type=text]")
    assert fields
    # A number is a number everywhere: its digits keep their order.
    assert all(field.get("dir") == ("auto" if kind == "cloze" else None) for field in fields)


def english_items(strings: Strings, language: str = "en") -> list[tuple[str, BeautifulSoup]]:
    items = [(kind, read(sample(kind)).in_language(language)) for kind in ITEM_TYPES]
    drawn = ((kind, item_html(item, 1, {}, cite, strings)) for kind, item in items)
    return [(kind, BeautifulSoup(html, "html.parser")) for kind, html in drawn]


def test_what_runs_as_the_page_does_says_nothing_of_its_direction() -> None:
    for kind, soup in english_items(STRINGS):
        for field in soup.select("input[type=text]"):
            field.decompose()
        assert not soup.select("[dir], bdi"), kind


@pytest.mark.parametrize("language", ["ar", "en"])
def test_english_has_its_own_direction_in_an_arabic_page(language: str) -> None:
    arabic = Strings("ar", dict(STRINGS))
    for kind, soup in english_items(arabic, language):
        for text in soup.select(
            ".iml-stem, .iml-why, .iml-quote, .iml-key-text, .iml-card-text, .iml-prompt-text,"
            ".iml-lettered-text, .iml-group-text, .iml-scene-text, .iml-options label > span"
        ):
            own = text.get("dir") == "auto" or text.select_one("bdi")
            assert own or text.get_text().isdigit(), (kind, text)


@pytest.mark.parametrize(
    ("text", "way", "answer"),
    [
        ("Which “right” – of 1990?", "ltr", False),
        ("Das Wort حق heißt Recht.", "ltr", True),
        ("שלום", "ltr", True),
        ("٣", "ltr", True),
        ("a\u202eb", "ltr", True),
        ("ما هو الحق؟", "rtl", False),
        ("الحق IOM", "rtl", True),
        # What stands before a digit orders it.
        ("30 يوما", "rtl", True),
        ("…", "rtl", False),
    ],
)
def test_a_text_that_may_run_otherwise_is_known(
    text: str, way: Literal["ltr", "rtl"], answer: bool
) -> None:
    assert disturbs(text, way) is answer
