"""The report on a group: one page of HTML and one workbook, and the names apart.

It is made from what learners answered, and not from the course alone, so that it is no product of
the registry: ``course report`` makes it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from imlcourse.course.model import Course
from imlcourse.markup.problems import Problem
from imlcourse.products.report.page import report_page
from imlcourse.products.report.words import Words
from imlcourse.products.report.workbook import report_workbook
from imlcourse.results.analysis import analyse
from imlcourse.results.gather import Gathered, ReportError, gather

__all__ = ["Report", "ReportError", "make_report"]

LIBRARIES = {"scipy": "scipy", "openpyxl": "openpyxl", "polars": "polars"}
"""What it imports and a build does not need."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    Attributes
    ----------
    page, workbook
        What the trainer reads.
    names
        Who the pseudonyms are, as CSV; to be kept apart.
    people
        How many there are.
    problems
        What could not be used of the files.
    """

    page: bytes
    workbook: bytes
    names: bytes
    people: int
    problems: list[Problem]


def make_report(course: Course, paths: Sequence[Path], codes: Sequence[str] = ()) -> Report:
    """Make the report on a group.

    Parameters
    ----------
    course
        The course, in the language of the report.
    paths
        Files of learners’ answers, or folders of them.
    codes
        Result codes that somebody has typed.

    Raises
    ------
    ReportError
        If nothing in the files can be used, or a library is missing.
    """
    missing = sorted(called for module, called in LIBRARIES.items() if find_spec(module) is None)
    if missing:
        msg = (
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed, and a "
            "report needs more than the course does; run python3 scripts/build.py report with the "
            "same files"
        )
        raise ReportError(msg)
    gathered = gather(course, paths, codes)
    analysis = analyse(course, gathered.learners)
    words = Words(course)
    return Report(
        page=report_page(words, gathered, analysis),
        workbook=report_workbook(words, gathered, analysis),
        names=_names(words, gathered),
        people=len(analysis.people),
        problems=gathered.problems,
    )


def _names(words: Words, gathered: Gathered) -> bytes:
    """Write who the pseudonyms are, in CSV that a spreadsheet opens."""
    text = words.strings.text
    paths = {source.number: source.path.name for source in gathered.sources}
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\r\n")
    heads = ("person", "name", "account", "files")
    rows.writerow([text(f"report.names.{head}") for head in heads])
    for code, learner in gathered.learners.items():
        files = "; ".join(f"{number}: {paths[number]}" for number in sorted(learner.files))
        row = [code, " / ".join(sorted(learner.names)), learner.account, files]
        rows.writerow([_no_formula(cell) for cell in row])
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _no_formula(cell: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
