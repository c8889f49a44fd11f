"""Making a kit: the files of all parts for an agenda, the overview before them, and the zip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from types import MappingProxyType

from imlcourse.book.cache import Cache
from imlcourse.course.agenda import Agenda
from imlcourse.course.model import Course
from imlcourse.languages.spelling import near
from imlcourse.markup.problems import UsageError
from imlcourse.products.copies.names import LONGEST
from imlcourse.products.kit import PARTS, KitFile, KitMaking, KitPart
from imlcourse.products.kit.names import fit_name, fit_path
from imlcourse.products.kit.overview import OVERVIEW_LIBRARIES, overview_files


class KitError(Exception):
    """The kit cannot be made; the message says why and what to do."""


class KitUsageError(KitError, UsageError):
    """What is asked of the kit cannot be, or has a name that there is not."""


def missing_libraries(
    parts: Iterable[KitPart], besides: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Give what is not installed and is needed by parts of the kit, by the names to install."""
    wanted = {called: module for part in parts for module, called in part.libraries.items()}
    wanted |= {called: module for module, called in besides.items()}
    return sorted(called for called, module in wanted.items() if find_spec(module) is None)


def not_installed(missing: Iterable[str], command: str) -> str:
    """Say what is not installed, and with which command it is."""
    missing = list(missing)
    return (
        f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed, and "
        "the trainer's kit needs more than the course does; run "
        f"python3 scripts/build.py {command}, with the same words behind it"
    )


def kit_name(course: Course, agenda: Agenda) -> str:
    """Name the kit of an agenda, as its folder and its zip are called.

    It is short, since what lies in it has long names, and no path may be too long for Windows.
    """
    about = course.about
    language = f"-{about.language}" if course.own_language else ""
    ours = "-with-our-rules" if course.office.fields else ""
    return f"trainers-kit-{about.version}{language}{ours}-{agenda.name}"


def kit_files(
    course: Course, agenda: Agenda, cache: Cache, only: Iterable[str] = (), name: str = ""
) -> dict[str, bytes]:
    """Make every file of a kit.

    Parameters
    ----------
    course
        The course, in the language of the kit.
    agenda
        The agenda.
    cache
        Where outcomes that took long are kept.
    only
        Names of parts; all of them if none is named.
    name
        What the folder of the kit is called; as `kit_name` says, if nothing is given.

    Returns
    -------
    dict
        Content by path in the folder of the kit. The same course and agenda give the same bytes.

    Raises
    ------
    KitError
        If something is not installed, a session has no plan, there is no part of a name, or the
        name of the kit is so long that files in it could have none.
    """
    names = set(only)
    known = [part.name for part in PARTS]
    if unknown := sorted(names.difference(known)):
        msg = "; ".join(f"the kit has no part “{name}”{near(name, known)}" for name in unknown)
        raise KitUsageError(f"{msg}; there are {', '.join(known)}")
    parts = [part for part in PARTS if not names or part.name in names]
    without = [id_ for id_ in agenda.modules if id_ not in course.sessions]
    if without:
        msg = (
            f"no session plan for {', '.join(without)}; write modules/…/session.md "
            "(CONTRIBUTING.md, “Add a session plan”), or leave the session out of the agenda"
        )
        raise KitError(msg)
    if missing := missing_libraries(parts, OVERVIEW_LIBRARIES):
        raise KitError(not_installed(missing, "kit"))
    making = KitMaking(course, agenda, cache)
    every = [(part, part.make(making)) for part in parts]
    kept = [(part, found) for part, found in every if found]
    room = LONGEST - len(f"{name or kit_name(course, agenda)}/")
    made = []
    for at, (part, found) in enumerate(kept, start=1):
        folder = _folder(making, part, at)
        made.append((folder, list(_fitted(found, room - len(f"{folder}/")))))
    files: dict[str, bytes] = {}
    for folder, found in [*made, ("", overview_files(making, made))]:
        for file in found:
            path = f"{folder}/{file.name}" if folder else file.name
            if path in files:
                msg = f"two files of the kit are called {path}"
                raise ValueError(msg)
            files[path] = file.data
    return files


def _folder(making: KitMaking, part: KitPart, number: int) -> str:
    """Give the name of the folder of a part: its place, so that folders sort, and its title."""
    return fit_name(f"{number:02d} {making.strings.text(part.folder)}")


def _fitted(files: Iterable[KitFile], room: int) -> Iterator[KitFile]:
    """Shorten names until each path has room; what would be called the same has a number."""
    taken: set[str] = set()
    for file in files:
        named = fit_path(file.name, room)
        number = 1
        while named is not None and named != file.name and named in taken:
            stem, dot, ending = file.name.rpartition(".")
            number += 1
            named = fit_path(f"{stem} {number}{dot}{ending}", room)
        if named is None:
            msg = (
                f"no path may have more than {LONGEST} characters, and the name of this kit leaves "
                "no room for its files; give the file of the agenda a shorter name"
            )
            raise KitError(msg)
        taken.add(named)
        yield replace(file, name=named)


__all__ = ["KitError", "kit_files", "kit_name", "missing_libraries", "not_installed"]
