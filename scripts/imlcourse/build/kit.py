"""Building a trainer's kit: for one agenda, in a folder of its own, with its zip."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imlcourse.build.freshness import STATE, made_files, program_mark
from imlcourse.build.made import Made, build_folder
from imlcourse.build.placing import put_folder
from imlcourse.build.progress_line import Progress
from imlcourse.build.transaction import locked, write_whole

if TYPE_CHECKING:
    from imlcourse.course.agenda import Agenda, Paper
    from imlcourse.course.model import Course

KITS = "kit"
"""The folder of kits below that of made things."""
CACHES = ".kit-cache"
"""What was kept of each kit; and, beside it, the record of the one that builds make."""
ONE_DAY = "one-day"
"""The agenda whose kit every build makes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says of a kit, over what the agenda says."""

    agenda: str
    people: int | None = None
    paper: Paper | None = None
    language: str | None = None
    large_print: int | None = None
    office: Path | None = None

    def suffix(self, parts: Iterable[str]) -> str:
        """Say in the kit's name what is otherwise in it: no kit takes the place of another."""
        told = [f"{self.people}-people"] if self.people is not None else []
        told += [f"{self.large_print}-large"] if self.large_print else []
        told += [self.paper] if self.paper is not None else []
        return "".join(f"-{one}" for one in [*told, *parts])


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
    folder = build_folder(root)
    with locked(folder):
        course, agenda = course_and_agenda(root, wanted)
        return _make_kit(folder, course, agenda, wanted.suffix(parts), parts)


def _make_kit(
    folder: Path, course: Course, agenda: Agenda, suffix: str = "", parts: Iterable[str] = ()
) -> list[Made]:
    from imlcourse.book.cache import Cache
    from imlcourse.products.kit.make import kit_files, kit_name
    from imlcourse.products.zip import zipped

    name = f"{kit_name(course, agenda)}{suffix}"
    cache = Cache(folder / CACHES / name, program_mark())
    files = kit_files(course, agenda, cache, parts, name)
    archive = zipped({f"{name}/{path}": data for path, data in files.items()}, cache)
    place = folder / KITS
    put_folder(place, name, files, {f"{name}.zip": archive})
    with suppress(OSError):
        cache.commit()
    size = sum(map(len, files.values()))
    return [
        Made("The trainer's kit: open “00 Overview” first", place / name, size),
        Made("The same, zipped, to hand round", place / f"{name}.zip", len(archive)),
    ]


# --- the kit that every build makes ---------------------------------------------------------------


def built_kit(folder: Path) -> list[Made]:
    """Name the kit that the last build made.

    Parameters
    ----------
    folder
        The folder of made things.
    """
    state = _state(folder)
    name = state.get("name")
    if not name:
        return []
    place = folder / KITS
    size = sum(path.stat().st_size for path in (place / name).rglob("*") if path.is_file())
    zip_ = place / f"{name}.zip"
    return [
        Made("The trainer's kit: open “00 Overview” first", place / name, size),
        Made("The same, zipped, to hand round", zip_, zip_.stat().st_size),
    ]


def why_no_kit(folder: Path) -> str:
    """Say why the last build made no kit; nothing if it made one, or the course has no agenda."""
    return str(_state(folder).get("why", ""))


def kit_is_current(folder: Path, mark: str) -> bool:
    """Say whether the kit of the last build was made from these files, and is all there.

    Parameters
    ----------
    folder
        The folder of made things.
    mark
        An `imlcourse.build.freshness.fingerprint`. It tells too what is installed.
    """
    state = _state(folder)
    if state.get("mark") != mark:
        return False
    name = state.get("name")
    if not name:
        return True
    try:
        return made_files(folder / KITS, [name, f"{name}.zip"]) == state.get("made")
    except OSError:
        return False


def keep_kit(folder: Path, mark: str, load: Callable[[], Course]) -> None:
    """Make the kit of one day where it is not up to date, after all that learners need.

    Whoever calls this holds the folder. Where something is not installed, or a session has no
    plan, no kit is made, and the record says why.

    Parameters
    ----------
    folder
        The folder of made things.
    mark
        The fingerprint of what it is made from.
    load
        Gives the course.
    """
    if kit_is_current(folder, mark):
        return
    from imlcourse.products.kit.make import KitError, kit_name

    course = load()
    state: dict[str, object] = {"mark": mark}
    agenda = course.agendas.get(ONE_DAY)
    if agenda is not None:
        progress = Progress(1)
        progress.step("Making the trainer's kit")
        try:
            _make_kit(folder, course, agenda)
        except KitError as error:
            state["why"] = str(error)
        else:
            name = kit_name(course, agenda)
            state |= {"name": name, "made": made_files(folder / KITS, [name, f"{name}.zip"])}
        progress.done()
    (folder / CACHES).mkdir(exist_ok=True)
    write_whole(folder / CACHES / STATE, json.dumps(state).encode())


def _state(folder: Path) -> dict[str, Any]:
    try:
        state = json.loads((folder / CACHES / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


# --- reading --------------------------------------------------------------------------------------


def course_and_agenda(root: Path, wanted: Wanted) -> tuple[Course, Agenda]:
    """Load the course in the language of the agenda, and the agenda."""
    from dataclasses import replace

    from imlcourse.checks.load import load_course
    from imlcourse.course.agenda import read_agenda, timed
    from imlcourse.course.find import language_of_course
    from imlcourse.languages.spelling import near
    from imlcourse.markup.problems import CourseError, Problems
    from imlcourse.products.kit.make import KitUsageError

    problems = Problems(root)
    own = language_of_course(root)
    path = Path(wanted.agenda)
    read = None
    if path.suffix in (".yml", ".yaml"):
        if not path.is_file():
            msg = f"no file {path}; give the path of your agenda, or half-day, one-day, three-days"
            raise KitUsageError(msg)
        read = read_agenda(path.resolve(), problems)
        if read is None:
            raise CourseError(problems.sorted())
    language = wanted.language or (read[0].language if read else None)
    course = load_course(root, None if language == own else language)
    if wanted.office is not None:
        from imlcourse.course.office_file import read_office_file

        fields = course.library.office_fields
        written = read_office_file(root, wanted.office, course.about.id, fields)
        course = replace(course, office=written)
    if read is not None:
        agenda = timed(*read, problems, course.modules, course.sessions, course.about.roles)
        if problems:
            raise CourseError(problems.sorted())
    elif wanted.agenda in course.agendas:
        agenda = course.agendas[wanted.agenda]
    else:
        there = ", ".join(course.agendas)
        msg = (
            f"no agenda “{wanted.agenda}”{near(wanted.agenda, course.agendas)}; there are {there}; "
            "or give a file that ends in .yml"
        )
        raise KitUsageError(msg)
    if wanted.people is not None:
        agenda = replace(agenda, people=wanted.people)
    if wanted.large_print is not None:
        agenda = replace(agenda, large_print=wanted.large_print)
    if agenda.large_print > agenda.people:
        msg = (
            f"large print for {agenda.large_print} of {agenda.people} people; give a smaller "
            "number with --large-print, or a larger one with --people"
        )
        raise KitUsageError(msg)
    if wanted.paper is not None:
        agenda = replace(agenda, paper=wanted.paper)
    return course, agenda
