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
from typing import TYPE_CHECKING

from imlcourse.course.model import Course
from imlcourse.markup.problems import Problem
from imlcourse.results.errors import ReportError

if TYPE_CHECKING:
    from imlcourse.products.report.words import Words
    from imlcourse.results.gather import Gathered
    from imlcourse.results.store import Endpoint

__all__ = ["Report", "ReportError", "make_report"]

LIBRARIES = {name: name for name in ("scipy", "openpyxl", "polars", "urllib3")}
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
    table
        A row for each person as CSV; nothing where the page and the workbook list them.
    people
        How many there are.
    problems
        What could not be used of the files; the first ones of each.
    left_out
        How much that is in all.
    """

    page: bytes
    workbook: bytes
    names: bytes
    table: bytes
    people: int
    problems: list[Problem]
    left_out: int


def make_report(
    course: Course,
    paths: Sequence[Path],
    codes: Sequence[str] = (),
    stores: Sequence[Endpoint] = (),
) -> Report:
    """Make the report on a group.

    Parameters
    ----------
    course
        The course, in the language of the report.
    paths
        Files of learners’ answers, or folders of them.
    codes
        Result codes that somebody has typed.
    stores
        Record stores to ask.

    Raises
    ------
    ReportError
        If nothing in the files can be used, a store fails, or a library is missing.
    """
    missing = sorted(called for module, called in LIBRARIES.items() if find_spec(module) is None)
    if missing:
        msg = (
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed, and a "
            "report needs more than the course does; run python3 scripts/build.py report with the "
            "same files"
        )
        raise ReportError(msg)
    # They import what may be missing.
    from imlcourse.products.report.page import report_page
    from imlcourse.products.report.table import people_table
    from imlcourse.products.report.words import Words
    from imlcourse.products.report.workbook import report_workbook
    from imlcourse.results.analysis import analyse
    from imlcourse.results.gather import gather

    gathered = gather(course, paths, codes, stores=stores)
    analysis = analyse(course, gathered)
    words = Words(course)
    return Report(
        page=report_page(words, gathered, analysis),
        workbook=report_workbook(words, gathered, analysis),
        names=_names(words, gathered),
        table=people_table(words, analysis) if analysis.count > len(analysis.people) else b"",
        people=analysis.count,
        problems=gathered.problems,
        left_out=gathered.left_out,
    )


def _names(words: Words, gathered: Gathered) -> bytes:
    """Write who the pseudonyms are, in CSV that a spreadsheet opens."""
    from imlcourse.products.report.table import no_formula

    text = words.strings.text
    paths = {source.number: source.path.name for source in gathered.sources}
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\r\n")
    heads = ("person", "name", "account", "files")
    rows.writerow([text(f"report.names.{head}") for head in heads])
    people = gathered.people.select("code", "names", "account", "files")
    for code, names, account, numbers in people.iter_rows():
        files = "; ".join(f"{number}: {paths[number]}" for number in numbers)
        rows.writerow([no_formula(cell) for cell in (code, " / ".join(names), account, files)])
    return b"\xef\xbb\xbf" + made.getvalue().encode()
