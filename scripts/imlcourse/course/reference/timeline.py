"""The time line: what the document gives, and what other sources do."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from imlcourse.course.reference.base import Part, PartCheck, Quotation, Reference, When
from imlcourse.document.units import UnitId
from imlcourse.markup.fields import Data, RoleText, Words
from imlcourse.markup.yamlfile import Place


class Event(Data):
    """An event of the time line: as the document gives it, or from a public reference.

    Attributes
    ----------
    date
        When it was.
    title, text
        What happened, in a few words and in a sentence or two; roles work in the text.
    unit, quote
        The unit of the document that gives it, and its words.
    source
        Where the document does not give it: what does.
    """

    date: When
    title: Words
    text: RoleText
    unit: UnitId | None = None
    quote: Words | None = None
    source: Reference | None = None


class TimeLine(Part):
    """``book/timeline.yml``: events, the earliest first.

    Attributes
    ----------
    events
        In the order of their dates.
    """

    events: list[Event] = Field(min_length=1)

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, event in enumerate(self.events):
            if event.unit:
                yield ("events", at, "unit"), event.unit

    def quotations(self) -> Iterator[Quotation]:  # noqa: D102
        for at, event in enumerate(self.events):
            if event.unit and event.quote:
                yield Quotation(event.unit, event.quote, ("events", at, "quote"))

    def texts(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, event in enumerate(self.events):
            yield ("events", at, "text"), event.text

    def references(self) -> Iterator[Reference]:  # noqa: D102
        for event in self.events:
            if event.source:
                yield event.source

    def check(self, check: PartCheck) -> None:  # noqa: D102
        before = ""
        for at, event in enumerate(self.events):
            place: Place = ("events", at)
            if bool(event.unit and event.quote) == bool(event.source):
                check.report(
                    place,
                    f"“{event.title}” rests on nothing, or on two things; write `unit` and `quote` "
                    "for what the document gives, or `source` for what it does not",
                )
            if event.unit and event.date > check.dated:
                check.report(
                    (*place, "date"),
                    f"{event.date} is later than the document, which is of {check.dated}; mend "
                    "the date, or write `source` in place of `unit` and `quote`",
                )
            if event.source and event.date > event.source.seen:
                check.report(
                    (*place, "date"),
                    f"{event.date} is later than {event.source.seen}, when its reference was "
                    "seen; mend one of the two",
                )
            if event.date < before:
                check.report(
                    (*place, "date"), f"{event.date} stands after {before}; put the events in order"
                )
            before = event.date
