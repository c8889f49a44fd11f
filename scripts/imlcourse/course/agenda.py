"""Agendas: which sessions a workshop holds, when, and for whom; some ready, others a trainer's own.

``book/agendas/`` holds the ready ones. A trainer's own file has the same form. The times of a day
add up from its start; an ``end``, or a ``start`` of a block, is checked against them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.course.module import Module
from imlcourse.course.session import SessionPlan
from imlcourse.languages.spelling import near
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Note, Words, read_data
from imlcourse.markup.problems import Problems
from imlcourse.markup.yamlfile import YamlFile

AGENDAS = "agendas"
"""The folder of ``book/`` with the ready agendas."""

Paper = Literal["A4", "Letter"]
"""The sizes of paper that a kit is made for."""
MOST_PEOPLE = 200

Clock = Annotated[
    str,
    Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"),
    Form('write the time in quotation marks, as in "09:00"'),
]
"""A time of day: ``09:00``."""
EntryKind = Literal["module", "break", "other"]


class AgendaBlock(Data):
    """A part of a day: a session on a module, a break, or something else."""

    module: str | None = None
    pause: Words | None = Field(default=None, alias="break")
    what: Words | None = None
    minutes: int | None = Field(default=None, ge=1, le=480)
    start: Clock | None = None
    how: Note = ""


class AgendaDay(Data):
    """A day."""

    start: Clock
    end: Clock | None = None
    blocks: list[AgendaBlock] = Field(min_length=1)


class AgendaData(Data):
    """The file of an agenda."""

    title: Words
    people: int = Field(default=20, ge=2, le=MOST_PEOPLE)
    large_print: int = Field(default=0, ge=0, le=MOST_PEOPLE)
    paper: Paper = "A4"
    roles: Literal["mixed"] | list[str] = "mixed"
    language: str | None = None
    days: list[AgendaDay] = Field(min_length=1, max_length=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a day, with its time.

    Attributes
    ----------
    kind
        Whether it is a session, a break or something else.
    title
        What it is called.
    module
        The id of the module of a session.
    starts
        When it begins: minutes since midnight.
    minutes
        How long it takes.
    before
        Minutes of the same session that earlier parts of the agenda hold.
    how
        What the trainer does, where no plan says it.
    """

    kind: EntryKind
    title: str
    module: str
    starts: int
    minutes: int
    before: int = 0
    how: str = ""

    @property
    def ends(self) -> int:
        """When it ends: minutes since midnight."""
        return self.starts + self.minutes


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda whose times add up.

    Attributes
    ----------
    name
        What its file is called.
    title
        What people call it.
    people
        How many people come.
    large_print
        How many of them get tests in large print.
    paper
        What is printed on.
    roles
        Ids of the roles that come; all of them where the group is mixed.
    language
        The language of the kit; ``None`` for that of the course.
    days
        The parts of each day.
    """

    name: str
    title: str
    people: int
    large_print: int
    paper: Paper
    roles: tuple[str, ...]
    language: str | None
    days: tuple[tuple[Entry, ...], ...]

    @property
    def modules(self) -> list[str]:
        """Ids of the modules that are held, in order, each once."""
        held = (entry.module for day in self.days for entry in day if entry.module)
        return list(dict.fromkeys(held))


def clock(minutes: int) -> str:
    """Write minutes since midnight as a time of day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_agenda(path: Path, problems: Problems) -> tuple[AgendaData, YamlFile] | None:
    """Read the file of an agenda; what is wrong in it by itself is reported."""
    return read_data(AgendaData, path, problems)


def timed(
    data: AgendaData,
    file: YamlFile,
    problems: Problems,
    modules: Mapping[str, Module],
    sessions: Mapping[str, SessionPlan],
    roles: Collection[str],
) -> Agenda:
    """Give an agenda its times, and report what does not add up.

    Parameters
    ----------
    data, file
        What was read, and the lines of it.
    problems
        Where problems are reported.
    modules, sessions, roles
        What the course has.

    Returns
    -------
    Agenda
        The agenda; of no use if something was reported.
    """
    return _Timing(data, file, problems, modules, sessions, roles).agenda()


@dataclass
class _Timing:
    data: AgendaData
    file: YamlFile
    problems: Problems
    modules: Mapping[str, Module]
    sessions: Mapping[str, SessionPlan]
    roles: Collection[str]

    def report(self, place: tuple[str | int, ...], what: str) -> None:
        self.problems.add(self.file.path, self.file.line(place), what)

    def agenda(self) -> Agenda:
        data = self.data
        held: dict[str, int] = {}
        days = tuple(self._day(number, day, held) for number, day in enumerate(data.days))
        self._whole(held)
        if data.large_print > data.people:
            self.report(
                ("large_print",),
                f"large print for {data.large_print} of {data.people} people; write how many of "
                "them need it",
            )
        return Agenda(
            self.file.path.stem.partition(".")[0],
            data.title,
            data.people,
            data.large_print,
            data.paper,
            self._roles(),
            data.language,
            days,
        )

    def _roles(self) -> tuple[str, ...]:
        given = self.data.roles
        if isinstance(given, str):
            return tuple(self.roles)
        for number, role in enumerate(given):
            if role not in self.roles:
                self.report(
                    ("roles", number),
                    f"no role “{role}”{near(role, self.roles)}; there are "
                    f"{', '.join(self.roles)}; or write roles: mixed",
                )
        return tuple(given)

    def _day(self, number: int, day: AgendaDay, held: dict[str, int]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        now = _minutes(day.start)
        for at, block in enumerate(day.blocks):
            place = ("days", number, "blocks", at)
            if block.start is not None and _minutes(block.start) != now:
                self.report(
                    (*place, "start"),
                    f"this begins at {clock(now)} by the minutes above it, and {block.start} is "
                    f"written; {_by(_minutes(block.start) - now)}, or leave the start out",
                )
            entry = self._entry(block, place, now, held)
            if entry is not None:
                entries.append(entry)
                now = entry.ends
        if day.end is not None and _minutes(day.end) != now:
            self.report(
                ("days", number, "end"),
                f"the day ends at {clock(now)} by its minutes, and {day.end} is written; "
                f"{_by(_minutes(day.end) - now)}, or change the end",
            )
        if now > 24 * 60:
            self.report(("days", number, "start"), "the day goes on after midnight; shorten it")
        return tuple(entries)

    def _entry(
        self, block: AgendaBlock, place: tuple[str | int, ...], now: int, held: dict[str, int]
    ) -> Entry | None:
        given = [one for one in (block.module, block.pause, block.what) if one is not None]
        if len(given) != 1:
            self.report(place, "a block has one of `module`, `break` and `what`; write one")
            return None
        if block.module is None:
            if block.minutes is None:
                self.report(place, f"“{given[0]}” has no minutes; write how long it takes")
                return None
            kind: EntryKind = "break" if block.pause is not None else "other"
            return Entry(kind, given[0], "", now, block.minutes, how=block.how)
        module = self.modules.get(block.module)
        if module is None:
            self.report(
                (*place, "module"),
                f"no module “{block.module}”{near(block.module, self.modules)}; there are "
                f"{', '.join(self.modules)}",
            )
            return None
        minutes = block.minutes or module.front.minutes.session
        before = held.get(module.id, 0)
        held[module.id] = before + minutes
        return Entry("module", module.title, module.id, now, minutes, before, block.how)

    def _whole(self, held: Mapping[str, int]) -> None:
        """Check that each session has the minutes of its plan, or as few or many as it allows."""
        for id_, minutes in held.items():
            plan, wanted = self.sessions.get(id_), self.modules[id_].front.minutes.session
            least = wanted - sum(change.minutes for change in plan.cuts) if plan else wanted
            most = wanted + sum(change.minutes for change in plan.extras) if plan else wanted
            if not least <= minutes <= most:
                some = f"{wanted}" if least == most else f"{wanted} ({least} to {most} at need)"
                self.report(
                    self._first(id_),
                    f"the session on {id_} takes {some} minutes, and the agenda has {minutes}; "
                    "give it these, or leave `minutes` out",
                )

    def _first(self, module: str) -> tuple[str | int, ...]:
        return next(
            ("days", number, "blocks", at)
            for number, day in enumerate(self.data.days)
            for at, block in enumerate(day.blocks)
            if block.module == module
        )


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _by(difference: int) -> str:
    return f"add {difference} minutes above" if difference > 0 else f"take {-difference} out above"
