"""No text of a course becomes a tag, an attribute, a script, or a link to elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from hostile import HOSTILE, REFERENCES, faults, poisoned, poisoned_texts, with_every_type
from imlcourse.book.cache import Cache
from imlcourse.book.make import BookMaker
from imlcourse.book.sources import book_sources
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.languages.strings import Strings, load_strings
from imlcourse.markup.problems import CourseError
from plain_yaml import dump_yaml, load_yaml
from small_course import load_again, write_small_course
from waiting import wait_for


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


def test_where_a_tag_were_to_get_in_all_the_same_chromium_runs_no_script_of_it(
    whole: Course, tmp_path: Path, browser: Browser
) -> None:
    maker = BookMaker(whole.root, Cache(tmp_path / "kept", "hostile"))
    for name, content in maker.make(book_sources(whole)).items():
        path = tmp_path / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    maker.close()
    evil = tmp_path / "evil.js"
    evil.write_text("document.documentElement.dataset.evil = '1'", "utf-8")
    page_file = tmp_path / "book" / "index.html"
    tags = (
        f'<script src="{evil.as_uri()}"></script><script>document.documentElement.dataset.evil = 1'
        '</script><img src="x" onerror="document.documentElement.dataset.evil = 1">'
        '<form id="evil" action="https://example.org/"><input name="a"></form>'
    )
    html = page_file.read_text("utf-8")
    page_file.write_text(html.replace("<article", f"{tags}<article", 1), "utf-8")
    page = browser.new_page()
    page.goto(page_file.as_uri())
    wait_for(page, "() => globalThis.imlCourse && globalThis.imlPlayer")  # ours did run
    assert page.evaluate("document.documentElement.dataset.evil") is None
    page.evaluate(
        """() => new Promise((done) => {
            addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective));
            document.getElementById('evil').submit();
        })"""
    )
    assert page.url == page_file.as_uri()
    page.close()


TAGS = [
    "<script>zq()</script>",
    "<ScRiPt src=//zq.example></ScRiPt>",
    '<img src="x" onerror="zq()">',
    '<form action="https://zq.example"><button>zq</button></form>',
    '<button formaction="https://zq.example">zq</button>',
    '<meta http-equiv="refresh" content="0;url=https://zq.example">',
    '<base href="//zq.example/">',
    '<link rel="stylesheet" href="https://zq.example">',
    '<iframe src="https://zq.example"></iframe>',
    '<object data="x"></object>',
    '<video src="https://zq.example"></video>',
    "<style>p{}</style>",
    '<div style="position:fixed">zq</div>',
    '<p onclick="zq()">zq</p>',
    '<details ontoggle="zq()" open>zq</details>',
    '<svg onload="zq()"></svg>',
    '<svg><a href="javascript:zq()">zq</a></svg>',
    '<a href="javascript:zq()">zq</a>',
    '<a href=" java&#115;cript:zq()">zq</a>',
    '<a href="data:text/html,zq">zq</a>',
    '<a href="//zq.example">zq</a>',
    "[zq](javascript:zq)",
]
MODULE, PAGE = "modules/m01-who-answers/module.md", "book/for-learners.md"


@pytest.mark.parametrize("tag", TAGS)
def test_what_would_be_more_than_text_in_a_written_file_is_refused_wherever_it_stands(
    small_course: Path, tag: str
) -> None:
    for file, old, new in (
        (MODULE, "An officer asks who protects.", "{}"),
        (MODULE, "A family waits.", "A family {} waits."),
        (MODULE, "## Who has the duty", "## Who has {} the duty"),
        (MODULE, "} At the desk", "}} At {} the desk"),
        (MODULE, "| a lawyer |", "| {} |"),
        (MODULE, ":who: victims", ":who: {} victims"),
        (MODULE, "- States have the duty.", "- {}"),
        (PAGE, "# For learners", "# For {} learners"),
        (PAGE, "Read ", "Read {} "),
    ):
        path = small_course / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new.format(tag), 1), "utf-8")
    hostile = {
        (file, number)
        for file in (MODULE, PAGE)
        for number, line in enumerate((small_course / file).read_text("utf-8").split("\n"), start=1)
        if tag in line
    }
    assert len(hostile) == 9
    with pytest.raises(CourseError) as refused:
        load_again(small_course)
    reported = {(problem.path, problem.line) for problem in refused.value.problems}
    assert hostile <= reported


DATA = ["quizzes/m01.yml", "book/course.yml", "book/digest.yml", "book/glossary.yml"] + [
    f"book/{name}.yml"
    for name in ("since", "matrix", "atlas", "instruments", "timeline", "bibliography")
]


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the path of each text in plain data."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, (dict, list)):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in entries:
            yield from leaves(inner, (*path, key))


@pytest.mark.parametrize("file", DATA)
def test_a_name_of_something_else_cannot_be_hostile_either(small_course: Path, file: str) -> None:
    path = small_course / file
    written = path.read_text("utf-8")
    data = load_yaml(written)
    tried: set[tuple[str, ...]] = set()
    for leaf in leaves(data):
        kind = tuple(
            key for key in leaf if isinstance(key, str) and key not in data.get("units", ())
        )
        name = next((key for key in reversed(leaf) if isinstance(key, str)), "")
        if name not in REFERENCES or kind in tried:
            continue
        tried.add(kind)
        spoilt = load_yaml(written)
        holder = spoilt
        for key in leaf[:-1]:
            holder = holder[key]
        holder[leaf[-1]] = HOSTILE[1]
        path.write_text(dump_yaml(spoilt), "utf-8")
        with pytest.raises(CourseError):
            load_again(small_course)
    # The glossary of the small course names units by number alone.
    assert tried or file in ("book/glossary.yml", "book/since.yml", "book/matrix.yml")
