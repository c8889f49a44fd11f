"""The course as a book: an e-book and a PDF, opened by programs that did not write them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from conftest import NAME, files_of
from engine import NODE
from imlcourse.book.cache import Cache
from imlcourse.build.packages import FilesOnDisk, pages_of
from imlcourse.products.packages import PACKAGES
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.chapters import reading_of
from imlcourse.products.packages.reading.paper import SHEETS, Sheet, book_html, pdf_of
from printed import sheets_by_line
from real_course import real_course

CHECKER = Path(sys.prefix) / "node" / "node_modules" / "@likecoin" / "epubcheck-ts"
X = {
    "x": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
}
SOME = {
    "A4": ("modules/m10", "capstone-note", "is-it-whole"),
    "letter": ("rights-and-activities",),
}
"""Pages of the PDFs of the tests: items of most types, a worksheet, what a program says word by
word, and tables that are turned.

Each lies on the paper on which its lines are shorter: upright that is A4, and turned it is letter.
"""


@pytest.fixture(scope="module")
def packing(
    learners_copy: Path, offline: Path, tmp_path_factory: pytest.TempPathFactory
) -> Packing:
    cache = Cache(tmp_path_factory.mktemp("cache"), "test")
    whole = FilesOnDisk(offline)
    return Packing(real_course(), pages_of(learners_copy), whole, NAME, cache)


@pytest.fixture(scope="module")
def epub(packed: Path) -> bytes:
    [(name, data)] = files_of(packed, "epub").items()
    assert name == f"{NAME}.epub"
    return data


@pytest.fixture(scope="module")
def pages(epub: bytes) -> dict[str, etree._Element]:
    """The documents of the e-book, by their path in it."""
    with ZipFile(io.BytesIO(epub)) as book:
        return {
            name: etree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith((".xhtml", ".opf"))
        }


@pytest.fixture(scope="module")
def papers(packing: Packing) -> dict[str, bytes]:
    def made(sheet: Sheet) -> bytes:
        some = reading_of(packing, SOME[sheet])
        return pdf_of(book_html(some, packing), sheet, some)

    return {sheet: made(sheet) for sheet in SHEETS}


def test_a_checker_finds_no_error_and_no_warning_in_the_e_book(epub: bytes, tmp_path: Path) -> None:
    if not CHECKER.is_dir():
        pytest.skip("epubcheck-ts is not installed")
    path = tmp_path / "course.epub"
    path.write_bytes(epub)
    done = subprocess.run(
        [NODE, str(CHECKER / "bin" / "epubcheck.js"), str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert re.search(r"Errors:\s+0\s+Warnings:\s+0\s", said), said


def test_the_e_book_says_what_it_is_and_how_accessible_it_is(
    epub: bytes, pages: dict[str, etree._Element]
) -> None:
    with ZipFile(io.BytesIO(epub)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert len(epub) < 1_000_000
        assert max(map(len, book.namelist())) < 60
    about, package = real_course().about, pages["EPUB/package.opf"]
    said = {node.get("property"): node.text for node in package.iterfind(".//opf:meta", X)}
    assert package.findtext(".//dc:title", namespaces=X) == about.title
    assert package.findtext(".//dc:language", namespaces=X) == about.language
    assert said["dcterms:modified"] == f"{about.date}T00:00:00Z"
    assert said["schema:accessibilityHazard"] == "none"
    assert said["schema:accessModeSufficient"] == "textual"
    assert said["schema:accessibilitySummary"]
    # No standard is claimed that nobody has held it against.
    assert "dcterms:conformsTo" not in said
    assert package.find(".//opf:item[@properties='cover-image']", X) is not None


def links(path: str, page: etree._Element) -> Iterator[tuple[str, str]]:
    """Give where the links of a page lead: the path, and the id."""
    for link in page.iterfind(".//x:a", X):
        href = link.get("href", "")
        if not re.match(r"https?:", href):
            there, _, fragment = href.partition("#")
            yield normpath(join(dirname(path), there)) if there else path, fragment


def test_every_link_of_the_e_book_leads_somewhere(pages: dict[str, etree._Element]) -> None:
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    led = [(path, *to) for path, page in pages.items() for to in links(path, page)]
    assert len(led) > 3000
    assert [one for one in led if one[1] not in ids or (one[2] and one[2] not in ids[one[1]])] == []


def test_every_question_leads_to_its_answer_and_back(pages: dict[str, etree._Element]) -> None:
    asked = 0
    for path, page in pages.items():
        for item in page.xpath("//*[contains(@class, 'iml-item')]"):
            there, _, fragment = item.xpath(".//*[@class='iml-to-answer']/*/@href")[0].partition(
                "#"
            )
            answers = pages[normpath(join(dirname(path), there))]
            [answer] = answers.xpath("//*[@id=$id]", id=fragment)
            [back] = answer.xpath(".//*[@class='iml-back']/@href")
            assert back.partition("#")[2] == item.get("id")
            assert "".join(answer.itertext()).count(" ") > 15
            # The page itself tells no answer.
            assert not item.xpath(".//*[contains(@class, 'iml-right') or @class='iml-why']")
            asked += 1
    course = real_course()
    held = set(course.reserved_ids) | set(course.start.items if course.start else ())
    shown = [item for item in course.items if item.id not in held]
    assert asked >= len(shown)


def test_questions_are_numbered_through_a_module_and_so_are_their_answers(
    pages: dict[str, etree._Element],
) -> None:
    page, answers = (
        next(tree for path, tree in pages.items() if path.endswith(f"modules/{name}.xhtml"))
        for name in ("m06", "m06-answers")
    )
    numbers = ["".join(one.itertext()) for one in page.xpath("//*[@class='iml-number']")]
    assert numbers == [f"Question {at}" for at in range(1, len(numbers) + 1)]
    assert len(numbers) > 8
    backs = answers.xpath("//*[@class='iml-back']")
    assert [one.text for one in backs] == numbers


def test_nothing_of_the_tests_before_and_after_the_course_is_in_the_e_book(
    pages: dict[str, etree._Element],
) -> None:
    text = " ".join(" ".join("".join(page.itertext()).split()) for page in pages.values())
    course = real_course()
    held = [item for item in course.items if item.id in course.reserved_ids]
    assert held
    assert [item.id for item in held if item.stem in text] == []


def test_an_e_book_has_nothing_to_press_and_every_figure_in_words(
    pages: dict[str, etree._Element],
) -> None:
    pressed = "//x:input | //x:select | //x:button | //x:script | //x:details | //@onclick"
    assert [path for path, page in pages.items() if page.xpath(pressed, namespaces=X)] == []
    drawings = [
        svg
        for page in pages.values()
        for svg in page.xpath("//x:body//*[local-name()='svg']", namespaces=X)
    ]
    assert len(drawings) > 25
    assert [
        svg for svg in drawings if not svg.get("aria-label") and not svg.get("aria-hidden")
    ] == []


def test_a_book_says_nothing_of_scripts_filters_or_files_to_save(
    pages: dict[str, etree._Element],
) -> None:
    strings = real_course().strings
    told = ("noscript", "unscripted", "scripted", "office.kept", "office.lead.then", "atlas.choose")
    words = [strings[key] for key in strings if key.endswith(told)]
    assert len(words) > 6
    text = " ".join(" ".join("".join(page.itertext()).split()) for page in pages.values())
    assert [one for one in words if one in text] == []
    rules = next(page for path, page in pages.items() if path.endswith("our-rules-here.xhtml"))
    assert "Save as a file" not in "".join(rules.itertext())


def test_no_table_of_an_e_book_is_too_wide_for_a_phone(pages: dict[str, etree._Element]) -> None:
    rows = [row for page in pages.values() for row in page.iterfind(".//x:tr", X)]
    assert len(rows) > 100
    assert max(len(row) for row in rows) <= 4
    # What was wider is a list now, with nothing lost.
    instruments = "".join(pages["EPUB/instruments.xhtml"].itertext())
    assert "In force since: 1 May 1932" in instruments


def test_the_same_course_makes_the_same_e_book_in_another_process(
    epub: bytes, packing: Packing
) -> None:
    package = next(one for one in PACKAGES if one.name == "epub")
    assert package.make(packing) == {f"{NAME}.epub": epub}


@pytest.mark.parametrize(("sheet", "size"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_the_pdf_is_tagged_and_has_a_language_a_title_and_its_size(
    papers: dict[str, bytes], sheet: str, size: tuple[int, int]
) -> None:
    reader = PdfReader(io.BytesIO(papers[sheet]))
    boxes = [page.mediabox for page in reader.pages]  # of wide tables, on their sides
    assert {tuple(sorted((round(box.width), round(box.height)))) for box in boxes} == {size}
    root: Any = reader.trailer["/Root"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == real_course().about.language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_contents_and_each_question_name_the_page(papers: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(papers["A4"]))
    with PdfDocument(papers["A4"]) as sheets:  # which reads their words quicker
        texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    module = real_course().modules["m10"]
    marks = {mark.title: reader.get_destination_page_number(mark) for mark in flat(reader.outline)}
    at = 1 + (marks[f"Module 10: {module.title}"] or 0)
    contents = next(text for text in texts if "Contents" in text)
    assert re.search(rf"{re.escape(module.title)}[ .…]*{at}\b", " ".join(contents.split()))
    first = next(text for text in texts if "Answer and reasons (page " in text)
    number = int(re.findall(r"Answer and reasons \(page (\d+)\)", first)[0])
    assert "Answers: Module 10" in texts[number - 1]
    assert number > at + 10


def flat(marks: Any) -> Iterator[Any]:
    for mark in marks:
        if isinstance(mark, list):
            yield from flat(mark)
        else:
            yield mark


@pytest.mark.parametrize("sheet", ["A4", "letter"])
def test_no_word_lies_outside_the_margins_of_the_sheet(
    papers: dict[str, bytes], sheet: str
) -> None:
    assert words_outside(papers[sheet]) == []
    assert words_outside(papers[sheet], beside=200)  # it would be seen


def words_outside(
    pdf: bytes | Path, beside: float = 53.9, above: float = 22
) -> list[tuple[int, str]]:
    """Find words that come nearer to the edges of their page than some points."""
    return [
        (number, word.text)
        for number, sheet in enumerate(sheets_by_line(pdf), start=1)
        for word in sheet.words
        if min(word.left, sheet.width - word.right) < beside
        or min(word.top, sheet.height - word.bottom) < above
    ]
