"""No text of a course becomes a tag, an attribute, a script, or a link to elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hostile import HOSTILE, faults, poisoned, poisoned_texts, with_every_type
from imlcourse.book.cache import Cache
from imlcourse.book.make import BookMaker
from imlcourse.book.sources import book_sources
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.languages.strings import Strings, load_strings
from small_course import write_small_course


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = write_small_course(tmp_path_factory.mktemp("small"))
    return with_every_type(load_course(root))


def made_pages(course: Course, sources: dict[str, str], folder: Path) -> dict[str, str]:
    """Make the pages of the book as `course build` does."""
    maker = BookMaker(course.root, Cache(folder, "hostile"))
    try:
        made = maker.make(sources)
    finally:
        maker.close()
    return {name: page.decode() for name, page in made.items() if name.endswith(".html")}


@pytest.mark.parametrize("first", range(len(HOSTILE)))
def test_no_field_of_a_data_file_becomes_more_than_text_in_the_book(
    whole: Course, tmp_path: Path, first: int
) -> None:
    course, fields = poisoned(whole, first)
    assert {"About.title", "About.licence", "Worksheet.title", "Digest.digest", "Fact.title",
            "Instrument.short", "Term.definition", "Quiz.title", "Decision.text", "Gap.answers",
            "ModuleFront.title", "Objective.text", "DigestFile.topics"} <= fields  # fmt: skip
    assert len(fields) > 80
    pages = made_pages(course, book_sources(course), tmp_path)
    assert len(pages) > 15
    assert list(faults(pages)) == []


@pytest.mark.parametrize("first", range(len(HOSTILE)))
def test_no_field_of_a_data_file_becomes_more_than_text_in_a_notebook(
    whole: Course, first: int
) -> None:
    course, _ = poisoned(whole, first)
    sources = book_sources(course)
    notebooks = {name: text for name, text in sources.items() if name.endswith(".ipynb")}
    assert notebooks
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    for name, text in notebooks.items():
        for cell in json.loads(text)["cells"]:
            shown = [markdown.render("".join(cell["source"]))] * (cell["cell_type"] == "markdown")
            for output in cell.get("outputs", []):
                shown.append("".join(output["data"].get("text/html", "")))
            assert list(faults({f"{name} {cell['id']}": html for html in shown})) == []


def test_no_text_of_the_interface_becomes_more_than_text(
    whole: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = poisoned_texts(load_strings("en"))
    for module in ("book.template", "player.bundle", "course.model"):
        monkeypatch.setattr(f"imlcourse.{module}.strings_of", lambda _: texts)
    assert whole.texts is not None
    own = poisoned_texts(Strings("en", whole.texts.texts))
    course = replace(whole, texts=replace(whole.texts, texts=dict(own)))
    assert all("zq-tag" in course.strings[key] for key in ("guide.title", "guide.lead"))
    pages = made_pages(course, book_sources(course), tmp_path)
    assert "&lt;zq" in pages["index.html"]
    assert list(faults(pages)) == []
