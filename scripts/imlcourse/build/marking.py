"""Reading photos of filled sheets: a table of answers, and a page of what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.kit import KITS
from imlcourse.build.made import build_folder
from imlcourse.build.placing import put_files

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.markup.problems import Problem, Problems
    from imlcourse.products.kit.paper.geometry import TestPlaces

__all__ = ["WrittenMarks", "mark_photos"]

FOLDER, PAGE, TABLE = "marking", "marks-to-look-at.html", "answers.csv"
LIBRARIES = {
    "cv2": "opencv-python-headless",
    "numpy": "numpy",
    "PIL": "pillow",
    "pypdfium2": "pypdfium2",
    "zxingcpp": "zxing-cpp",
}
"""What it imports and a build does not need."""


@dataclass(frozen=True, slots=True)
class WrittenMarks:
    """What was written: how many sheets and people, what is open, and what could not be used."""

    page: Path
    table: Path
    sheets: int
    people: int
    open: int
    problems: list[Problem]


def mark_photos(
    course: Course,
    files: Sequence[Path],
    *,
    sheets: Sequence[Path] = (),
    settled: Sequence[Path] = (),
    to: Path | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> WrittenMarks:
    """Read photos of filled sheets.

    Parameters
    ----------
    course
        The course, in the language of the page.
    files
        Photos, scans and PDFs, or folders of them.
    sheets
        Folders of the sheets, or the files of places in them; among what is built, if none are
        named.
    settled
        Files of what a person has settled.
    to
        The folder of what is written; among what is built, if none is named.
    tell
        What hears of each photo as it is read.

    Raises
    ------
    imlcourse.products.kit.make.KitError
        If no photo can be read, no sheets are there, or a library is missing.
    OSError
        If something cannot be written.
    """
    from imlcourse.marking.page import marking_page
    from imlcourse.marking.photos import photo_files, photos
    from imlcourse.marking.reading import ReadSheet, read_sheet
    from imlcourse.marking.results import answers_csv, marked_people
    from imlcourse.marking.settling import read_settled, settle
    from imlcourse.markup.problems import Problems
    from imlcourse.products.kit.make import KitError, not_installed

    if missing := [called for module, called in LIBRARIES.items() if find_spec(module) is None]:
        raise KitError(not_installed(missing, "mark"))
    problems = Problems(Path.cwd())
    known = _known(sheets or [build_folder(course.root) / KITS], problems)
    if not known:
        msg = (
            "the file of places that course sheets makes beside its sheets was not found; name "
            "the folder of the sheets: course mark PHOTOS --sheets FOLDER"
        )
        raise KitError(msg)
    said = read_settled(settled, problems)
    read: list[ReadSheet] = []
    seen: dict[str, str] = {}
    for path in photo_files(files, problems):
        for photo in photos(path, problems):
            if photo.mark in seen:
                what = f"this is the same picture as {seen[photo.mark]}; it is used once"
                problems.add(path, 0, what)
                continue
            seen[photo.mark] = photo.name
            tell(photo.name)
            read.append(read_sheet(photo, known))
    if not read:
        listed = "".join(f"\n{problem}" for problem in problems.sorted())
        msg = f"no photo could be read; give JPEG, PNG, HEIC or PDF files{listed}"
        raise KitError(msg)
    result = settle(read, said)
    people = marked_people(result, {item.id: item for item in course.items})
    folder = to or build_folder(course.root) / FOLDER
    command = "course mark … --settled " + course.strings.text("marking.file")
    made = {
        folder / PAGE: marking_page(course, read, result, people, said, command),
        folder / TABLE: answers_csv(people, result).encode(),
    }
    put_files(made)
    return WrittenMarks(
        folder / PAGE, folder / TABLE, len(read), len(people), len(result.open), problems.sorted()
    )


def _known(given: Iterable[Path], problems: Problems) -> dict[str, TestPlaces]:
    """Read the files of places, by the form of their sheets."""
    from pydantic import ValidationError

    from imlcourse.products.kit.paper.geometry import TestPlaces

    found: dict[str, TestPlaces] = {}
    for place in given:
        paths = sorted(place.rglob("*.json")) if place.is_dir() else [place]
        for path in paths:
            if not path.is_file():
                problems.add(path, 0, "there is no such file; mend its name")
                continue
            text = path.read_text("utf-8-sig", errors="replace")
            if place.is_dir() and '"versions"' not in text:
                continue  # some other file of the kit
            try:
                places = TestPlaces.model_validate_json(text)
            except ValidationError:
                what = "the file of places makes no sense; make the sheets anew with the same seed"
                problems.add(path, 0, what)
            else:
                found[places.form] = places
    return found
