"""What ``course check --items`` tells of the small course, figure by figure."""

from __future__ import annotations

import pytest

from imlcourse.checks.load import load_course
from imlcourse.checks.report import item_report
from imlcourse.course.model import Course
from imlcourse.course.trials import Answered, Book, Trial
from small_course import write_small_course

REPORT = """\
Minutes of each step; 5 to 8 are aimed at, and others are marked
----------------------------------------------------------------
m01          3*   1*   7   = 11

Words of teaching (1,500 to 1,900 are aimed at) and sentences (11 to 17 words in the mean)
------------------------------------------------------------------------------------------
     words  sentences  mean  of items  runs of short  long  a stem
m01    97*          9  4.7*      5.0*           0, 0  0, 0       7

runs of short: 3 sentences or more of fewer than 5 words; long: sentences of more than 25 words; \
both in the module, in the items

Turns of phrase, in modules and in items
----------------------------------------
                     modules  items
The document says …        0      2

all, by module: m01 2

Levels
------
     recall  understand  apply  analyse  items  above recall
m01       1           1      3        1      6           83%
all       1           1      3        1      6           83%

Types
-----
     single  multiple  truefalse  matching  ordering  cloze  categorise  numeric  scenario
m01       2         1          1         1         1      0           0        0         0
all       2         1          1         1         1      0           0        0         0

Places of the keys of single-choice items, as they are shown
------------------------------------------------------------
                first to last
m01, 3 options          1 0 1
all, 3 options          1 0 1

What guessers score above chance, in points of 100
--------------------------------------------------
     longest  shortest  stem  middle  odd  absolute  truth
m01       -8       +17    +0     -33  +33        +0    +50
all       -8       +17    +0     -33  +33        +0    +50

longest: the longest option
shortest: the shortest option
stem: the option that shares most words with the stem
middle: an option in the middle
odd: the odd one out
absolute: an option without absolute words
truth: false with absolute words, else true

Items by unit of the document and objective
-------------------------------------------
9        3   m01-o1 3
A30      3   m01-o2 3
no item: 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, fn1,\
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return load_course(write_small_course(tmp_path_factory.mktemp("told") / "course"))


@pytest.fixture(scope="module")
def told(course: Course) -> str:
    return item_report(course)


def sections(report: str) -> list[str]:
    return report.split("\n\n")


@pytest.mark.parametrize("number", range(len(sections(REPORT))))
def test_authors_are_told_how_their_items_are_spread(told: str, number: int) -> None:
    assert sections(told)[number].startswith(sections(REPORT)[number])


def test_what_there_is_none_of_is_said(told: str) -> None:
    begins = told.index("Items about the law")
    lines = told[begins:].splitlines()
    assert lines[2] == "none"
    for line in (
        "m01      2      0           none      none         none",
        "never tried, closed: m01-i04 m01-i05", "never tried, open: m01-i04 m01-i05",
        "right with certainty, closed: none", "wrong, open: none", "0 in all",
    ):  # fmt: skip
        assert line in lines
    assert "What was not looked for" not in told


@pytest.mark.parametrize(
    ("closed", "opened", "row", "lists"),
    [
        # of each of the two items of a test: its points, and whether the reader was sure
        (
            [(1, True), (1, False)], [(1, True), (0.5, False)],
            "2      0  2 of 2 (100%)  1 of 2 (50%)  1 of 2 (50%)",
            ["never tried, closed: none", "never tried, open: none",
             "right with certainty, closed: m01-i04", "wrong, open: m01-i05"],
        ),
        (
            [(0.5, True)], [(1, False), (1, False)],
            "2      0  0 of 1 (0%)  0 of 1 (0%)  2 of 2 (100%)",
            ["never tried, closed: m01-i05", "never tried, open: none",
             "right with certainty, closed: none", "wrong, open: none"],
        ),
    ],
)  # fmt: skip
def test_what_readers_of_a_trial_knew_is_told_by_module_and_by_item(
    course: Course, closed: list[tuple[float, bool]], opened: list[tuple[float, bool]],
    row: str, lists: list[str],
) -> None:  # fmt: skip
    def trial(book: Book, answers: list[tuple[float, bool]]) -> Trial:
        items = [one for one in course.items if one.id in ("m01-i04", "m01-i05")]
        return Trial(
            date="2026-11-27", book=book, reader="A reader",
            answers=[
                Answered(item=item.id, version=item.version, points=points, sure=sure)
                for item, (points, sure) in zip(items, answers, strict=False)
            ],
        )  # fmt: skip

    report = item_report(course, [trial("closed", closed), trial("open", opened)])
    lines = report[report.index("Items of the tests") :].splitlines()
    for name in ("m01", "all"):
        assert f"{name}      {row}".split() in [line.split() for line in lines]
    assert set(lists) <= set(lines)
