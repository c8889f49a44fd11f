"""Files spoilt at random: never an exception, never long, each message one line of bounded length.

The mutations are seeded, so that a failure comes again. What the check lets pass after one, the
book is made of.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imlcourse.book.cache import Cache
from imlcourse.book.jupyter_config import sphinx_settings
from imlcourse.book.sources import book_sources
from imlcourse.book.write import DocumentWriter
from imlcourse.checks.load import load_course
from imlcourse.course.reader import Reader
from imlcourse.markup.marks import check_texts
from imlcourse.markup.page import parse_page
from imlcourse.markup.problems import MOST_OF_MESSAGE, CourseError, Problem, Problems
from imlcourse.markup.textfile import read_text
from imlcourse.markup.yamlfile import read_yaml
from small_course import ROOT
from test_authors_mistakes import AID, BANK, GLOSSARY, LEARNERS, MODULE, SINCE, spoilt

SECONDS = 2.0
"""Processor time that reading one file may take, however it is spoilt: a real one takes 0.05."""
PAGE = re.compile(r"(?!modules/case-atlas).+\.(?:md|ipynb)")
MARKS = [
    *("*", "**", "_", "`", "```", "~~~", "~~", ":::", "::::", "#", "> ", "- ", "1. ", "|", "---"),
    *("{para}`8`", "{quote}`", "{x}`y`", "[", "](", "[x](y)", "![x](y)", "<b>", "</b>", "<!--"),
    *("-->", "&copy;", "$", "$$", "\\", "%", "+++", "(x)=", "[^1]", "[^1]: x", "[x]: y", "{{x}}"),
    *("<br>", "<https://x.org>", "\t", "    ", "\u00a0", "“", "”", "é", "語", "\u0627", "🙂"),
    *(": ", "#", "&a", "*a", "!!x", "@", "'", '"', "[1, 2", "{a: b", "? ", "~", "null", "010"),
]


def insert(text: str, chance: random.Random) -> str:
    """Put marks at some places of a text, often at the beginning of a line."""
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text) + 1)
        if chance.random() < 0.5:
            at = text.rfind("\n", 0, at) + 1
        text = text[:at] + chance.choice(MARKS) + chance.choice(["", "", " ", "\n"]) + text[at:]
    return text


def repeat(text: str, chance: random.Random) -> str:
    """Put a mark, a line or a piece of a text in it many times."""
    at, start = chance.randrange(len(text) + 1), chance.randrange(len(text))
    piece = chance.choice([chance.choice(MARKS), text[start : start + 80]])
    between = chance.choice(["", " ", "\n", "\n\n"])
    return text[:at] + between.join([piece] * chance.choice([20, 300, 5000])) + text[at:]


def cut(text: str, chance: random.Random) -> str:
    """Take a piece out of a text, or put it elsewhere."""
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.choice([1, 5, 50, 500]))
    left = text[:start] + text[end:]
    at = chance.randrange(len(left) + 1)
    return left[:at] + text[start:end] + left[at:] if chance.random() < 0.5 else left


def deepen(text: str, chance: random.Random) -> str:
    """Nest something deeply."""
    at = text.rfind("\n", 0, chance.randrange(len(text) + 1)) + 1
    opening = chance.choice(["> ", "- ", "[", "{a: ", "*a ", "<div>\n", "  - "])
    return text[:at] + opening * chance.choice([10, 100, 2000]) + text[at:]


MUTATIONS: list[Callable[[str, random.Random], str]] = [insert, repeat, cut, deepen, spoilt]


def are_bounded(problems: list[Problem]) -> bool:
    return all(
        len(problem.what) <= MOST_OF_MESSAGE and "\n" not in problem.what and problem.what
        for problem in problems
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_file_of_the_course_however_spoilt_stops_its_reader(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = [*sorted(ROOT.glob("modules/*/module.md")), *sorted(ROOT.glob("book/*.md")),
             *sorted(ROOT.glob("quizzes/*.yml")), *sorted(ROOT.glob("book/*.yml"))]  # fmt: skip
    for _ in range(40):
        original = chance.choice(files)
        text = original.read_text("utf-8")
        for _ in range(chance.randrange(1, 3)):
            text = chance.choice(MUTATIONS)(text, chance) or "x"
        path = tmp_path / original.name
        path.write_text(text, "utf-8")
        problems = Problems(tmp_path)
        began = time.process_time()
        found = read_text(path, problems)
        if found is not None and path.suffix == ".md":
            parse_page(path, found, problems)
        elif found is not None and (file := read_yaml(path, problems)):
            check_texts(file, problems)
        assert time.process_time() - began < SECONDS, original
        assert are_bounded(problems.sorted())


@pytest.fixture
def writer(small_course: Path) -> Iterator[DocumentWriter]:
    cache = Cache(small_course / "cache", "test")
    made = DocumentWriter(sphinx_settings(small_course / "_config.yml", cache))
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(3))
def test_what_the_check_lets_pass_the_book_is_made_of(
    small_course: Path, writer: DocumentWriter, seed: int
) -> None:
    chance = random.Random(100 + seed)
    reader = Reader()
    whole = book_sources(load_course(small_course, reader=reader))
    for _ in range(40):
        path = small_course / chance.choice([MODULE, LEARNERS, AID, SINCE, GLOSSARY, BANK, MODULE])
        good = path.read_text("utf-8")
        path.write_text(chance.choice([insert, insert, cut, spoilt])(good, chance) or "x", "utf-8")
        began = time.process_time()
        try:
            sources = book_sources(load_course(small_course, reader=reader))
        except CourseError as error:
            assert are_bounded(error.problems)
        else:
            pages = {name: text for name, text in sources.items() if PAGE.fullmatch(name)}
            changed = [name for name, text in pages.items() if text != whole.get(name)]
            written = writer.write([name.rpartition(".")[0] for name in changed], pages)
            assert all(made["body"] for made in written.values())
        assert time.process_time() - began < 3 * SECONDS
        path.write_text(good, "utf-8")
