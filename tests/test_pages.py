"""Made pages of the book: one line and one file each, and everything else follows from them."""

from __future__ import annotations

import base64
import importlib
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError

from conftest import COMMANDS
from imlcourse.book.search_index import read_index
from imlcourse.checks.load import load_course
from imlcourse.course.contents import MADE_PAGES, MadePage
from imlcourse.html.writer import Writer
from imlcourse.languages.strings import Strings
from imlcourse.markup.problems import CourseError
from imlcourse.pages import book_pages, makers
from imlcourse.pages.making import MAKERS, made, rendered
from plain_yaml import dump_yaml, load_yaml
from real_course import real_course
from small_course import ROOT, load_again

PACKAGE = ROOT / "scripts" / "imlcourse"


def test_every_made_page_has_one_maker_and_every_maker_a_page() -> None:
    names = [page.name for page in MADE_PAGES]
    assert len(set(names)) == len(names)
    assert makers().keys() == set(names)


def test_two_makers_of_one_page_are_refused() -> None:
    assert "glossary" in makers()
    with pytest.raises(ValueError, match="two functions make the page glossary"):
        made("glossary")(lambda _: "")


def test_the_whole_course_has_every_made_page_with_the_title_that_links_to_it_show() -> None:
    course = real_course()
    pages = book_pages(course)
    assert [name for name in pages if name in MAKERS] == [page.name for page in MADE_PAGES]
    for page in MADE_PAGES:
        assert f"# {Writer(course).page_title(page.name)}\n" in pages[page.name]


@pytest.mark.parametrize("page", [p for p in MADE_PAGES if p.needs], ids=lambda page: page.name)
def test_without_its_source_there_is_no_such_page(small_course: Path, page: MadePage) -> None:
    """Whoever lists it in the contents is told which file is missing."""
    name, needs = page.name, page.needs
    (small_course / f"{needs}.yml").unlink(missing_ok=True)
    contents = small_course / "book" / "_toc.yml"
    text = contents.read_text(encoding="utf-8")
    if f"- file: {name}\n" not in text:
        contents.write_text(f"{text}      - file: {name}\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    (line,) = [str(one) for one in error.value.problems if one.path == f"{needs}.yml"]
    assert "this file is missing" in line
    assert name in line


PAGE = '''"""A page that a test adds."""

from imlcourse.course.model import Course
from imlcourse.pages.making import made


@made("page-of-kites")
def kites_page(course: Course) -> str:
    """Make a page about kites."""
    return f"# {course.strings.text('kites.title')}\\n\\nA kite flies.\\n"
'''


STEPS_OF_IT = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
package, course, steps = sys.argv[1:]
for name in [name for name in sys.modules if name.partition(".")[0] == "imlcourse"]:
    del sys.modules[name]
sys.path.insert(0, str(Path(package).parent))
import imlcourse.cli
for texts, command in json.loads(steps):
    for name, text in texts.items():
        Path(course, name).write_text(text, encoding="utf-8")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as said:
        code = imlcourse.cli.main(["--course", course, command])
    print(json.dumps([code, said.getvalue()]))
used = [one.__file__ for name, one in sys.modules.items() if name.partition(".")[0] == "imlcourse"]
assert {Path(file).is_relative_to(package) for file in used} == {True}, used
"""
"""Writes files and runs commands with another package, and says how each of them ended."""


def test_a_made_page_is_one_line_one_file_and_its_text(small_course: Path, tmp_path: Path) -> None:
    """Added to a copy, it is in the book, the contents, the search, the links and the checks."""
    package = tmp_path / "package" / "imlcourse"
    shutil.copytree(PACKAGE, package)  # and what is compiled of it
    (package / "pages" / "kites.py").write_text(PAGE, encoding="utf-8")
    registry = package / "course" / "contents.py"
    line = '    MadePage("page-of-kites", "kites.title"),\n'
    text = registry.read_text(encoding="utf-8")
    begin = "MADE_PAGES = (\n"
    assert text.count(begin) == 1
    registry.write_text(text.replace(begin, begin + line), encoding="utf-8")
    texts = package / "languages" / "en" / "kites.json"
    texts.write_text(json.dumps({"kites.title": "On kites"}), encoding="utf-8")

    contents, reader = "book/_toc.yml", "book/for-learners.md"
    listed = (small_course / contents).read_text(encoding="utf-8")
    links_to_it = (small_course / reader).read_text(encoding="utf-8")
    listed += "      - file: page-of-kites\n"
    links_to_it += "\nSee {page}`page-of-kites`.\n"
    steps = [
        ({}, "check"),
        ({contents: listed, reader: links_to_it}, "build"),
        ({"book/page-of-kites.md": "# Mine\n"}, "check"),
    ]
    script = tmp_path / "steps.py"
    script.write_text(STEPS_OF_IT, encoding="utf-8")
    done = COMMANDS.run([str(package), str(small_course), json.dumps(steps)], str(script))
    assert done.returncode == 0, done.stderr
    missing, built, reserved = map(json.loads, done.stdout.splitlines())
    assert "the page page-of-kites is not in the contents" in missing[1]
    assert built == [0, ""]
    book = small_course / "_build" / "book"
    assert "A kite flies" in (book / "page-of-kites.html").read_text(encoding="utf-8")
    links = BeautifulSoup((book / "for-learners.html").read_bytes(), "html.parser").select("main a")
    assert ("page-of-kites.html", "On kites") in [(a["href"], a.get_text()) for a in links]
    index = read_index((book / "search-index.js").read_text(encoding="utf-8"))
    (kites,) = (found for found in index if found.address == "page-of-kites.html")
    assert kites.title == "On kites"
    assert "A kite flies" in kites.words
    # And its name is reserved.
    assert "the page page-of-kites is made from data" in reserved[1]


HOSTILE = ' <i id="x">&\'"</i>'
"""What a text may end with, and no page may hold as a tag."""
TAG = re.compile(r"(?<!\\)<i id=")
"""What Markdown takes for a tag: in a heading, a backslash guards it."""
TEXTS = {
    "atlas": {"name", "title", "summary", "area", "partners", "why", "named", "regions"},
    "matrix": {"name", "about", "help"},
    "instruments": {"bodies", "title", "short", "says"},
    "timeline": {"title"},
    "since": {"title"},
    "bibliography": {"title", "by", "year", "note", "for"},
    "glossary": {"term"},
    "digest": {"topics"},
}
"""By file of ``book/``: what holds words in which emphasis alone means something."""


def spoilt(value: Any, names: set[str], within: bool = False) -> Any:
    """Put hostile words behind each text that stands under one of the names."""
    if isinstance(value, dict):
        return {key: spoilt(inner, names, within or key in names) for key, inner in value.items()}
    if isinstance(value, list):
        return [spoilt(inner, names, within) for inner in value]
    return value + HOSTILE if within and isinstance(value, str) else value


@pytest.mark.parametrize("name", TEXTS)
def test_what_looks_like_a_tag_in_a_data_file_is_words_on_every_page(
    small_course: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check refuses such a text. What is written is escaped all the same."""
    for module in [m for n, m in sys.modules.items() if n.startswith("imlcourse.")]:
        if hasattr(module, "check_texts"):
            monkeypatch.setattr(module, "check_texts", lambda *_: None)
    path = small_course / "book" / f"{name}.yml"
    data = load_yaml(path.read_text(encoding="utf-8"))
    names = TEXTS[name]
    if name == "digest":
        data["topics"] = spoilt(data["topics"], names, True)
    else:
        data = spoilt(data, names)
    path.write_text(dump_yaml(data), encoding="utf-8")
    pages = "".join(book_pages(load_course(small_course)).values())
    assert not TAG.search(pages)
    assert "i id=" in pages


def test_what_looks_like_a_tag_in_a_text_of_the_interface_is_words_on_every_made_page() -> None:
    course = load_again(ROOT)  # one of its own, since it is changed
    texts = {key: text + HOSTILE for key, text in course.strings.items()}
    course.__dict__["strings"] = Strings("en", texts)
    pages = book_pages(course)
    for name in MAKERS:
        assert not TAG.search(pages[name]), name
        assert "i id=" in pages[name], name


def test_a_template_that_needs_what_nobody_gives_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered(Writer(real_course()), "cover.html")


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "pages" / "templates").iterdir()), ids=lambda path: path.name
)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    """They would be in one language."""
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    text = re.sub(r"^---\n.*?\n---\n", "", text, flags=re.DOTALL)
    assert re.findall(r"\w+", re.sub(r"<[^>]*>", "", text)) == []


def test_every_template_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "pages").glob("*.py"))
    for path in (PACKAGE / "pages" / "templates").iterdir():
        assert f'"{path.name}"' in code, path.name


def test_every_module_of_the_pages_can_be_imported_by_itself() -> None:
    for path in (PACKAGE / "pages").glob("*.py"):
        importlib.import_module(f"imlcourse.pages.{path.stem}".removesuffix(".__init__"))


def test_a_picture_stands_in_the_page_with_its_words(small_course: Path) -> None:
    images = small_course / "book" / "images"
    images.mkdir()
    shutil.copyfile(ROOT / "book" / "images" / "kit.webp", images / "kit.webp")
    page = small_course / "book" / "for-learners.md"
    block = ":::{picture} kit.webp\n:alt: Four sheets\n:caption: *The* kit\n:::"
    page.write_text(f"{page.read_text('utf-8')}\n\n{block}\n", encoding="utf-8")
    text = book_pages(load_again(small_course))["for-learners"]
    shown = BeautifulSoup(text, "html.parser").select_one(".iml-picture img")
    assert shown and shown["alt"] == "Four sheets"
    data = str(shown["src"]).removeprefix("data:image/webp;base64,")
    assert base64.b64decode(data) == (images / "kit.webp").read_bytes()
    assert "<figcaption><em>The</em> kit</figcaption>" in text
    # A heavy one would make every copy heavy.
    (images / "kit.webp").write_bytes(b"x" * 70_000)
    with pytest.raises(CourseError, match="has 70 KB; save it smaller, with 64 KB at most"):
        load_again(small_course)
