"""Writing the report on a group: its files whole or not at all, and the names apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.made import build_folder
from imlcourse.build.placing import put_files

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.markup.problems import Problem
    from imlcourse.results.store import Endpoint

__all__ = ["Written", "write_report"]

FOLDER, PAGE, WORKBOOK, PEOPLE = "report", "report.html", "report.xlsx", "people.csv"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: where, on how many people, and what and how much could not be used."""

    paths: list[Path]
    people: int
    problems: list[Problem]
    left_out: int


def write_report(
    course: Course,
    files: Sequence[Path],
    to: Path | None = None,
    names: Path | None = None,
    codes: Sequence[str] = (),
    stores: Sequence[Endpoint] = (),
) -> Written:
    """Write the report on a group.

    Parameters
    ----------
    course
        The course, in the language of the report.
    files
        Files of learners' answers, or folders of them.
    to
        The folder of the report; among what is built, if none is named.
    names
        The file that says who the pseudonyms are; none, if nobody asks for it.
    codes
        Result codes that somebody has typed.
    stores
        Record stores to ask.

    Raises
    ------
    imlcourse.results.gather.ReportError
        If nothing in the files can be used, a library is missing, or the file of the names would
        be written over something else.
    OSError
        If something cannot be written.
    """
    from imlcourse.products.report import make_report
    from imlcourse.results.errors import ReportUsageError

    report = make_report(course, files, codes, stores)
    folder = to or build_folder(course.root) / FOLDER
    wanted = {folder / PAGE: report.page, folder / WORKBOOK: report.workbook}
    if report.table:
        wanted[folder / PEOPLE] = report.table
    if names is not None:
        heads = report.names.partition(b"\r\n")[0]
        if names.exists() and not (names.is_file() and names.read_bytes().startswith(heads)):
            msg = f"{names} is there and is no list of names; give a file that is not there yet"
            raise ReportUsageError(msg)
        wanted[names] = report.names
    # The table is of a larger group before.
    gone = [] if report.table else [folder / PEOPLE]
    put_files(wanted, private=[names] if names else [], gone=gone)
    return Written(list(wanted), report.people, report.problems, report.left_out)
