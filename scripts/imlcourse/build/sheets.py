"""Putting a quiz or a test on paper: its sheets, keys and places in a folder of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.kit import KITS
from imlcourse.build.made import Made, build_folder
from imlcourse.build.placing import put_folder
from imlcourse.build.transaction import locked

if TYPE_CHECKING:
    from imlcourse.course.agenda import Paper


@dataclass(frozen=True, slots=True)
class WantedSheets:
    """What the command line says of a test on paper.

    Attributes
    ----------
    name
        The test; empty where items are named.
    items
        Ids of items.
    versions, seed, people
        How many versions, drawn by what, and for how many people codes are printed.
    paper, large
        What it is printed on, and whether in large print.
    language
        The language; ``None`` for that of the course.
    """

    name: str = ""
    items: tuple[str, ...] = ()
    versions: int = 1
    seed: int = 1
    people: int = 0
    paper: Paper = "A4"
    large: bool = False
    language: str | None = None


def build_sheets(root: Path, wanted: WantedSheets) -> tuple[list[Made], tuple[str, ...]]:
    """Put a test on paper.

    Parameters
    ----------
    root
        The folder of the course.
    wanted
        What is wanted.

    Returns
    -------
    list of Made
        What was made.
    tuple of str
        Ids of cases that were left out.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If the course has problems.
    imlcourse.products.kit.make.KitError
        If there is no such test, or something is not installed.
    OSError
        If something cannot be read or written.
    """
    from imlcourse.checks.load import load_course
    from imlcourse.course.find import language_of_course
    from imlcourse.products.kit.make import (
        KitError,
        KitUsageError,
        missing_libraries,
        not_installed,
    )
    from imlcourse.products.kit.paper.asked import UnknownTestError, asked_items, asked_test
    from imlcourse.products.kit.paper.make import paper_files
    from imlcourse.products.kit.paper.set import PaperTest
    from imlcourse.products.kit.test_papers import PART

    if missing := missing_libraries([PART]):
        raise KitError(not_installed(missing, "sheets"))
    own = language_of_course(root)
    folder = build_folder(root)
    with locked(folder):
        course = load_course(root, None if wanted.language == own else wanted.language)
        try:
            if wanted.items:
                test = asked_items(course, wanted.items, wanted.seed)
            else:
                test = asked_test(course, wanted.name, wanted.seed)
        except UnknownTestError as error:
            raise KitUsageError(str(error)) from None
        paper = PaperTest(course, test, wanted.paper, wanted.large, wanted.versions)
        files = paper_files(paper, wanted.people)
        about = course.about
        language = f"-{about.language}" if course.own_language else ""
        large = "-large-print" if wanted.large else ""
        name = f"{about.id}-{about.version}{language}-{test.name}{large}"
        put_folder(folder / KITS, name, {file.name: file.data for file in files})
    size = sum(len(file.data) for file in files)
    return [Made(f"{test.title}, on paper", folder / KITS / name, size)], test.left_out
