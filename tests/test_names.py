"""Names that lead to something, to nothing, or to what could not be read; one report for each."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.course.contents import REFERENCE_FILES
from imlcourse.course.names import Answer, Names
from imlcourse.course.reference import PARTS
from imlcourse.markup.problems import CourseError, Problems, repeated
from small_course import ROOT, load_again

FILE = Path("/course/book/file.yml")
PACKAGE = ROOT / "scripts" / "imlcourse"


@pytest.fixture
def problems() -> Problems:
    return Problems(Path("/course"))


@pytest.fixture
def names(problems: Problems) -> Names:
    names = Names(problems)
    names.declare("right", ["liberty", "justice", "family-life"])
    return names


def told(problems: Problems) -> list[str]:
    return [str(problem) for problem in problems.sorted()]


def test_a_name_is_there_or_is_not_or_cannot_be_known(names: Names) -> None:
    names.declare("item", ["m01-i01"], sure=lambda name: not name.startswith("m02-"))
    assert names.has("right", "liberty") is Answer.YES
    assert names.has("right", "speech") is Answer.NO
    assert names.has("item", "m01-i02") is Answer.NO
    assert names.has("item", "m02-i01") is Answer.UNKNOWN
    assert names.has("module", "m01") is Answer.UNKNOWN, "of this kind nothing was declared"


def test_a_name_that_leads_nowhere_is_reported_with_the_one_that_was_meant(
    names: Names, problems: Problems
) -> None:
    assert names.report_missing("right", "libertty", FILE, 3) is Answer.NO
    assert told(problems) == ["book/file.yml:3: no right “libertty” (did you mean liberty?)"]


def test_the_report_says_how_to_mend_it(names: Names, problems: Problems) -> None:
    names.report_missing("right", "speech", FILE, 3, "no such right", "write it there")
    assert told(problems) == ["book/file.yml:3: no such right; write it there"]


def test_what_cannot_be_known_is_not_reported(names: Names, problems: Problems) -> None:
    names.declare("right", [], sure=False)
    assert names.report_missing("right", "speech", FILE, 3) is Answer.UNKNOWN
    assert names.report_missing("module", "m01", FILE, 3) is Answer.UNKNOWN
    assert told(problems) == []


def test_what_was_probably_meant_is_not_unused_as_well(names: Names) -> None:
    assert names.unused("right", ["family-live", "liberty"]) == ["justice"]


@pytest.mark.parametrize(
    "words",
    [
        "[the note](m01-note)",
        '<a href="m01-note.html">the note</a>',
        "{page}`m01-note`",
    ],
)
def test_a_link_to_what_an_unread_bank_holds_is_no_second_problem(
    small_course: Path, words: str
) -> None:
    page = small_course / "book" / "for-learners.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\nRead {words}.\n", encoding="utf-8")
    load_again(small_course)
    bank = small_course / "quizzes" / "m01.yml"
    bank.write_text("module: [\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    assert {problem.path for problem in error.value.problems} == {"quizzes/m01.yml"}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (repeated("unit 8"), "unit 8 stands here twice; keep one"),
        (repeated("the id x", line=0), "the id x stands here a second time; keep one"),
        (
            repeated("the id x", "give this one its own", line=4),
            "the id x stands here a second time (first in line 4); give this one its own",
        ),
    ],
)
def test_what_stands_twice_is_said_in_one_way(message: str, words: str) -> None:
    assert message == words


def test_every_reference_part_has_one_page() -> None:
    assert set(PARTS) == set(REFERENCE_FILES)


@pytest.mark.parametrize("folder", ["pages", "course", "html"])
def test_no_two_docstrings_of_a_package_are_the_same(folder: str) -> None:
    said: Counter[str] = Counter()
    for path in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
                said[ast.get_docstring(node) or f"{path}:{id(node)}"] += 1
    assert [words for words, count in said.items() if count > 1] == []


def paths(root: Path) -> set[str]:
    """Give the files in which a course with problems has them."""
    with pytest.raises(CourseError) as error:
        load_course(root)
    return {problem.path for problem in error.value.problems}


def test_an_item_is_not_called_unasked_while_the_tests_cannot_be_read(small_course: Path) -> None:
    bank = small_course / "quizzes" / "m01.yml"
    text = bank.read_text(encoding="utf-8")
    first = re.search(r"items: \[(m01-i\d+), ", text)
    assert first
    bank.write_text(text.replace(first[0], "items: [", 1), encoding="utf-8")
    assert paths(small_course) == {"quizzes/m01.yml"}
    (small_course / "quizzes" / "tests.yml").write_text("final: [\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    told = [str(problem) for problem in error.value.problems]
    assert [line for line in told if "is in no quiz" in line] == []


def test_a_missing_bank_is_one_problem_whatever_leads_to_what_it_held(small_course: Path) -> None:
    (small_course / "quizzes" / "m01.yml").unlink()
    page = small_course / "book" / "for-learners.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nRead {page}`m01-note`.\n", "utf-8")
    assert paths(small_course) == {"quizzes/m01.yml"}
