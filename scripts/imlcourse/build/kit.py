"""Building a trainer's kit: for one agenda, in a folder of its own, with its zip."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.freshness import program_mark
from imlcourse.build.made import Made, build_folder
from imlcourse.build.transaction import locked

if TYPE_CHECKING:
    from imlcourse.course.agenda import Agenda, Paper
    from imlcourse.course.model import Course

KITS = "kit"
"""The folder of kits below that of made things."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of a kit, over what the agenda says."""

    agenda: str
    people: int | None = None
    paper: Paper | None = None
    language: str | None = None
    large_print: int | None = None


def build_kit(root: Path, wanted: Wanted, parts: Iterable[str] = ()) -> list[Made]:
    """Build a kit.

    Parameters
    ----------
    root
        The folder of the course.
    wanted
        The agenda, by its name or as a file, and what is to be otherwise in it.
    parts
        Names of parts; all if none is named.

    Returns
    -------
    list of Made
        What was made.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If the course or the agenda has problems.
    imlcourse.products.kit.make.KitError
        If the kit cannot be made.
    OSError
        If something cannot be read or written.
    """
    from imlcourse.book.cache import Cache
    from imlcourse.products.kit.make import kit_files
    from imlcourse.products.zip import zipped

    folder = build_folder(root)
    with locked(folder):
        course, agenda = course_and_agenda(root, wanted)
        about = course.about
        language = f"-{about.language}" if course.own_language else ""
        name = f"{about.id}-{about.version}{language}-{agenda.name}"
        cache = Cache(folder / "kit-cache" / name, program_mark())
        files = kit_files(course, agenda, cache, parts)
        archive = zipped({f"{name}/{path}": data for path, data in files.items()}, cache)
        place = folder / KITS
        put_folder(place, name, files)
        _write(place / f"{name}.zip", archive)
        with suppress(OSError):
            cache.commit()
    size = sum(map(len, files.values()))
    return [
        Made("The trainer's kit: open “00 Overview” first", place / name, size),
        Made("The same, zipped, to hand round", place / f"{name}.zip", len(archive)),
    ]


def course_and_agenda(root: Path, wanted: Wanted) -> tuple[Course, Agenda]:
    """Load the course in the language of the agenda, and the agenda."""
    from dataclasses import replace

    from imlcourse.checks.load import load_course
    from imlcourse.course.agenda import read_agenda, timed
    from imlcourse.course.find import language_of_course
    from imlcourse.markup.problems import CourseError, Problems
    from imlcourse.products.kit.make import KitError

    problems = Problems(root)
    own = language_of_course(root)
    path = Path(wanted.agenda)
    read = None
    if path.suffix in (".yml", ".yaml"):
        if not path.is_file():
            msg = f"no file {path}; give the path of your agenda, or half-day, one-day, three-days"
            raise KitError(msg)
        read = read_agenda(path.resolve(), problems)
        if read is None:
            raise CourseError(problems.sorted())
    language = wanted.language or (read[0].language if read else None)
    course = load_course(root, None if language == own else language)
    if read is not None:
        agenda = timed(*read, problems, course.modules, course.sessions, course.about.roles)
        if problems:
            raise CourseError(problems.sorted())
    elif wanted.agenda in course.agendas:
        agenda = course.agendas[wanted.agenda]
    else:
        there = ", ".join(course.agendas)
        msg = f"no agenda “{wanted.agenda}”; there are {there}; or give a file that ends in .yml"
        raise KitError(msg)
    if wanted.people is not None:
        agenda = replace(agenda, people=wanted.people)
    if wanted.large_print is not None:
        agenda = replace(agenda, large_print=wanted.large_print)
    if agenda.large_print > agenda.people:
        msg = (
            f"large print for {agenda.large_print} of {agenda.people} people; give a smaller "
            "number with --large-print, or a larger one with --people"
        )
        raise KitError(msg)
    if wanted.paper is not None:
        agenda = replace(agenda, paper=wanted.paper)
    return course, agenda


def put_folder(place: Path, name: str, files: dict[str, bytes]) -> None:
    """Put a folder in place whole, and take the one that was there away."""
    new, old = place / f".{name}.new", place / f".{name}.old"
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    for path, data in files.items():
        file = new / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    if (place / name).exists():
        (place / name).rename(old)
    new.rename(place / name)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
