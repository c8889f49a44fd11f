"""What a part of the kit is: made from the course for an agenda, as files in its own folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.agenda import Agenda
    from imlcourse.course.model import Course
    from imlcourse.course.module import Module
    from imlcourse.course.session import SessionPlan
    from imlcourse.languages.strings import Strings


@dataclass(frozen=True, slots=True)
class KitFile:
    """A file of the kit.

    Attributes
    ----------
    name
        Its name in the folder of its part; with ``/`` where it lies deeper.
    data
        Its content.
    title
        What it is, for the overview.
    copies
        How many of it are printed; 0 for what is not printed.
    module
        The module whose session it is for; empty for the whole workshop.
    material
        The material of the plan that it is, by the name that the plan gives it: ``keypoints``,
        ``first-talk``, ``aid-trafficked-person``. The overview then says that it is in the kit.
    main
        Whether the overview names it. Of two forms of one thing, such as PDF and DOCX, one is.
    """

    name: str
    data: bytes
    title: str = ""
    copies: int = 0
    module: str = ""
    material: str = ""
    main: bool = True


@dataclass(frozen=True)
class KitMaking:
    """What parts of the kit are made from.

    Attributes
    ----------
    course
        The course, in the language of the kit.
    agenda
        The agenda, with its people and its paper.
    cache
        Where outcomes that took long are kept.
    """

    course: Course
    agenda: Agenda
    cache: Cache

    @property
    def strings(self) -> Strings:
        """Texts in the language of the kit."""
        return self.course.strings

    @property
    def modules(self) -> list[Module]:
        """The modules of the agenda, in its order."""
        return [self.course.modules[id_] for id_ in self.agenda.modules]

    @property
    def plans(self) -> list[SessionPlan]:
        """The plans of its sessions, in its order."""
        sessions = self.course.sessions
        return [sessions[id_] for id_ in self.agenda.modules if id_ in sessions]

    def kept(self, kind: str, parts: Iterable[str | bytes], make: Callable[[], bytes]) -> bytes:
        """Make something, or give again what was made of the same.

        Parameters
        ----------
        kind
            What it is.
        parts
            Everything that it is made from, as text or bytes. That the program is the same is
            looked after.
        make
            Makes it.
        """
        key = self.cache.key(kind, *parts)
        found = self.cache.get(key)
        return self.cache.put(key, make()) if found is None else found


@dataclass(frozen=True, slots=True)
class KitPart:
    """A part of the kit.

    Attributes
    ----------
    name
        What the command line calls it.
    folder
        Key of the text that is the name of its folder.
    make
        Makes its files, in memory. What is slow to import, or may not be installed, is imported
        there.
    libraries
        What it imports and a build does not need: names of modules, each with what it is called
        where it is installed from.
    """

    name: str
    folder: str
    make: Callable[[KitMaking], list[KitFile]]
    libraries: dict[str, str] = field(default_factory=dict)
