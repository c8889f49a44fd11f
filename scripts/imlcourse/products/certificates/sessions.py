"""What people attend: the sessions of an agenda, breaks left out, and its half-days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imlcourse.course.agenda import Agenda, Entry, clock
from imlcourse.markup.inline import inline_text

__all__ = ["COLUMNS", "GIVEN_BY", "HalfDay", "Session", "half_days", "sessions_of"]

COLUMNS = ("code", "name", "office")
"""The columns of the list before those of the sessions."""
GIVEN_BY = ("organizer", "trainer", "place", "from", "to")
"""What its second sheet says of the workshop."""
_LUNCH_FROM, _LUNCH_TO, _LUNCH = 11 * 60, 15 * 60, 30
"""A day is parted by the longest break that begins between these times and takes so long."""


@dataclass(frozen=True, slots=True)
class Session:
    """A part of a workshop that people attend.

    Attributes
    ----------
    day
        The day, from 1.
    starts
        When it begins: minutes since midnight.
    minutes
        How long it takes.
    title
        What it is called.
    module
        The id of its module; empty where it is none.
    """

    day: int
    starts: int
    minutes: int
    title: str
    module: str

    @property
    def key(self) -> str:
        """What its column in the list begins with, such as ``1 09:20``."""
        return f"{self.day} {clock(self.starts)}"

    def head(self) -> str:
        """Give the head of its column: when it is, and what a person reads."""
        return f"{self.key} {self.title}"


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A half of a day, or a day that no long break parts: ``whole``, ``morning``, ``afternoon``."""

    day: int
    half: str
    starts: int
    ends: int


def sessions_of(agenda: Agenda, modules: dict[str, str]) -> list[Session]:
    """Give the sessions of an agenda, in order; breaks are none.

    Parameters
    ----------
    agenda
        The agenda.
    modules
        What modules are called, by id.
    """
    return [
        Session(
            day,
            one.starts,
            one.minutes,
            modules.get(one.module) or inline_text(one.title),
            one.module,
        )
        for day, entries in enumerate(agenda.days, start=1)
        for one in entries
        if one.kind != "break"
    ]


def half_days(agenda: Agenda) -> list[HalfDay]:
    """Give the half-days of an agenda, for each of which people sign."""
    return [
        half for day, entries in enumerate(agenda.days, start=1) for half in _halves(day, entries)
    ]


def _halves(day: int, entries: tuple[Entry, ...]) -> Iterator[HalfDay]:
    lunch = max(
        (
            one
            for one in entries[1:-1]
            if one.kind == "break"
            and one.minutes >= _LUNCH
            and _LUNCH_FROM <= one.starts <= _LUNCH_TO
        ),
        key=lambda one: one.minutes,
        default=None,
    )
    first, last = entries[0].starts, entries[-1].ends
    if lunch is None:
        yield HalfDay(day, "whole", first, last)
        return
    yield HalfDay(day, "morning", first, lunch.starts)
    yield HalfDay(day, "afternoon", lunch.ends, last)
