"""Where links lead: spelled in one place, so that a product can lead them elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.html.links import BookLinks, Links, link
from imlcourse.html.writer import Writer
from small_course import ROOT, write_small_course

PACKAGE = ROOT / "scripts" / "imlcourse"


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (BookLinks().page("offline"), "offline.html"),
        (BookLinks("../").module("m06"), "../modules/m06.html"),
        (BookLinks("../").module("m06", "m06-s2"), "../modules/m06.html#m06-s2"),
        (BookLinks("../").unit("A30"), "../paragraph-guide.html#para-a30"),
        (BookLinks().unit("fn6"), "paragraph-guide.html#fn-6"),
        (BookLinks().term("de-facto-protection"), "glossary.html#term-de-facto-protection"),
        (BookLinks().instrument("crc"), "instruments.html#crc"),
        (BookLinks().worksheet("m01-note"), "m01-note.html"),
        (BookLinks().topic("trafficking"), "index-of-topics.html#topic-trafficking"),
        (
            BookLinks().activities({"right": "life", "kind": "law"}),
            "case-atlas.html#right=life&kind=law",
        ),
    ],
)
def test_addresses_in_the_book(address: str, wanted: str) -> None:
    assert address == wanted


def test_no_writer_of_html_spells_an_address() -> None:
    spelled = re.compile(r"\.html#|\}\.html|\bhref=[\"'][^\"'{}]*\.html")
    written = [
        path
        for folder in ("html", "pages", "notebooks", "items", "player", "live")
        for pattern in ("*.py", "templates/*")
        for path in (PACKAGE / folder).rglob(pattern)
        if path.name != "links.py"
    ]
    assert len(written) > 60
    for path in written:
        for line in path.read_text(encoding="utf-8").split("\n"):
            assert not spelled.search(line), (path.name, line)


def test_a_product_of_one_page_brings_addresses_of_its_own(tmp_path: Path) -> None:
    @dataclass(frozen=True)
    class OnePage(Links):
        def page(self, name: str, fragment: str = "") -> str:
            return f"#{fragment or name}"

    course = load_course(write_small_course(tmp_path))
    text = "See {para}`9`, {term}`de facto protection` and {page}`for-learners`."
    shown = Writer(course, OnePage()).inline(text)
    assert re.findall('href="([^"]*)"', shown) == [
        "#para-9",
        "#term-de-facto-protection",
        "#for-learners",
    ]
    assert (
        re.findall('href="([^"]*)"', Writer(course, OnePage()).quiz("m01-s1"))
        == [
            "#para-9",
            "#m01-s1",
        ]
        * 3
    )


def test_where_there_is_no_page_the_words_stand_alone(tmp_path: Path) -> None:
    course = load_course(write_small_course(tmp_path))
    writer = Writer(course, Links())
    assert writer.inline("See {para}`9` & more.") == "See paragraph 9 &amp; more."
    assert "<a" not in writer.quiz("m01-s1")
    assert link("", "a < b") == "a &lt; b"
