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
    from imlcourse.course.session import MaterialKind, SessionPlan
    from imlcourse.languages.strings import Strings
    from imlcourse.products.kit.sheet import Piece, Sheet


WHOLE_COURSE = "1d5c7a"
"""The colour of what belongs to no part of the course."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a file is used for: the material of a session, or the whole workshop.

    Attributes
    ----------
    module
        The module whose session it is for; empty for the whole workshop.
    material
        The material of the plan that it is, by the name that the plan gives it.
    copies
        How many are printed for it.
    """

    module: str
    material: str
    copies: int


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
    more
        What else it is used for, where several sessions need it.
    choice
        Of what no plan needs: how many copies are printed if the trainer chooses it. The overview
        lists it apart.
    later
        Whether it is printed after the workshop; the overview lists it apart.
    """

    name: str
    data: bytes
    title: str = ""
    copies: int = 0
    module: str = ""
    material: str = ""
    main: bool = True
    more: tuple[Use, ...] = ()
    choice: int = 0
    later: bool = False

    @property
    def uses(self) -> tuple[Use, ...]:
        """All that it is used for."""
        return (Use(self.module, self.material, self.copies), *self.more)


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

    def needed(self, kind: MaterialKind, id_: str) -> tuple[Use, ...]:
        """Say for which sessions a material is needed, and how many copies of it.

        Parameters
        ----------
        kind, id_
            The material, as plans name it.
        """
        return tuple(
            Use(plan.module, material.name, material.copies(self.agenda.people))
            for plan in self.plans
            for material in plan.materials
            if (material.kind, material.id) == (kind, id_)
        )

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

    def sheet(
        self,
        title: str,
        subtitle: str,
        pieces: Iterable[Piece],
        *,
        module: Module | None = None,
        columns: int = 1,
    ) -> Sheet:
        """Make a sheet of the kit, with what stands at the head and the foot of each.

        Parameters
        ----------
        title, subtitle
            What it is called.
        pieces
            What stands in it.
        module
            The module that it belongs to, which gives it its colour.
        columns
            In how many columns it is printed.
        """
        from imlcourse.book.paint import paint
        from imlcourse.html.writer import module_label, part_colour
        from imlcourse.markup.inline import inline_text
        from imlcourse.products.kit.sheet import Sheet

        about, t = self.course.about, self.strings.text
        below = t("kit.overview.foot", version=about.version)
        colour = WHOLE_COURSE
        if module is not None:
            label = module_label(module, self.strings)
            below = t("kit.foot", label=label, version=about.version)
            colour = paint()["parts"][part_colour(module)][0].removeprefix("#")
        return Sheet(
            title=title,
            subtitle=subtitle,
            above=inline_text(about.title),
            below=below,
            language=about.language,
            colour=colour,
            paper=self.agenda.paper,
            date=about.date,
            author=inline_text(about.title),
            pieces=tuple(pieces),
            columns=columns,
        )


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
