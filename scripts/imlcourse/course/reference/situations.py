"""What is in front of you: situations at a counter, each with first steps and where to go on.

What the document says stands as a quotation; what it does not say and law does stands beside it,
by instrument and article. The steps are the course's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Quotation, Tag
from imlcourse.document.units import UnitId
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.problems import repeated
from imlcourse.markup.yamlfile import Place

FACETS = ("who", "where")
"""What situations are chosen by."""


class Beside(Data):
    """Law that stands beside the document.

    Attributes
    ----------
    instrument
        Id of an instrument of ``book/instruments.yml``.
    article
        One of the articles that stand there.
    """

    instrument: Id
    article: Words


class Situation(Data):
    """Something that happens at a counter.

    Attributes
    ----------
    id
        Its id, which is its address on the page.
    says
        What the person says, or what the official sees, in a few words.
    about
        What it is, in a few words.
    words
        Words by which somebody may look for it, and which stand nowhere else in it.
    who, where
        Headings that it is found under.
    first
        Three to five first steps, each one short line.
    call
        Whom to call: fields of ``book/office.yml``.
    rules
        Further fields of the office that matter here: its law, its deadlines.
    aid
        The job aid to take.
    unit, quote
        The unit of the document that speaks of it, and its words, where it does.
    law
        What stands beside the document.
    lesson
        The section of a module that teaches it, such as ``m11-s3``.
    """

    id: Id
    says: Words
    about: Words
    words: Words | None = None
    who: list[Id] = Field(min_length=1)
    where: list[Id] = Field(min_length=1)
    first: list[Words] = Field(min_length=3, max_length=5)
    call: list[Id] = Field(min_length=1, max_length=4)
    rules: list[Id] = Field(default=[], max_length=2)
    aid: Id | None = None
    unit: UnitId | None = None
    quote: Words | None = None
    law: list[Beside] = Field(default=[], max_length=4)
    lesson: Id


class Situations(Part):
    """``book/situations.yml``: the page *What is in front of you?*.

    Attributes
    ----------
    who, where
        Headings by id, in the order in which they are shown.
    situations
        In the order of the page.
    """

    who: dict[Id, Tag]
    where: dict[Id, Tag]
    situations: list[Situation] = Field(min_length=1)

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: D102
        yield "situations.who", self.who
        yield "situations.where", self.where

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, one in enumerate(self.situations):
            if one.unit:
                yield ("situations", at, "unit"), one.unit

    def quotations(self) -> Iterator[Quotation]:  # noqa: D102
        for at, one in enumerate(self.situations):
            if one.unit and one.quote:
                yield Quotation(one.unit, one.quote, ("situations", at, "quote"))

    def check(self, check: PartCheck) -> None:  # noqa: D102
        entries = list(enumerate(self.situations))
        check.all_once((("situations", at, "id"), one.id) for at, one in entries)
        for at, one in entries:
            place: Place = ("situations", at)
            for facet in FACETS:
                headings = getattr(one, facet)
                _once(headings, (*place, facet), check)
                for n, name in enumerate(headings):
                    check.refer((*place, facet, n), f"situations.{facet}", name, "heading")
            for kind in ("call", "rules"):
                _once(getattr(one, kind), (*place, kind), check)
            if bool(one.unit) != bool(one.quote):
                lacking, there = ("quote", "unit") if one.unit else ("unit", "quote")
                check.report(
                    (*place, there),
                    f"`{there}` without `{lacking}`; write both for what the document says, or "
                    "neither",
                )
            if not one.unit and not one.law:
                check.report(
                    place,
                    f"“{one.id}” rests on nothing; write `unit` and `quote` for what the document "
                    "says, or `law` for what stands beside it",
                )
        for facet in FACETS:
            check.all_used(f"situations.{facet}", facet)


def _once(names: list[str], place: Place, check: PartCheck) -> None:
    for n, name in enumerate(names):
        if name in names[:n]:
            check.report((*place, n), repeated(name))
