"""Facts: what has changed since the document was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Reference
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, RoleText, Words
from imlcourse.markup.yamlfile import Place


class Fact(Data):
    """Something that has changed since the document was written.

    Attributes
    ----------
    id
        Its id, by which a module tells it.
    years
        A year, or a first and a last one: ``2016``, ``2016–2018``.
    title, text
        What has changed, in a few words and in a sentence or two; roles work in the text.
    source
        What shows it.
    """

    id: Id
    years: Annotated[
        str, Form("write a year, or two with a dash between them, as in 2012–2013")
    ] = Field(pattern=r"^[0-9]{4}(–[0-9]{4})?$")
    title: Words
    text: RoleText
    source: Reference


class Since(Part):
    """``book/since.yml``: facts that modules tell, each apart from what the document says.

    Attributes
    ----------
    facts
        In any order.
    """

    linking = ("text",)

    facts: list[Fact] = Field(min_length=1)

    def by_id(self) -> dict[str, Fact]:
        """Give the facts by id; of two with the same, the first."""
        facts: dict[str, Fact] = {}
        for fact in self.facts:
            facts.setdefault(fact.id, fact)
        return facts

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: D102
        yield "fact", (fact.id for fact in self.facts)

    def texts(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, fact in enumerate(self.facts):
            yield ("facts", at, "text"), fact.text

    def references(self) -> Iterator[Reference]:  # noqa: D102
        for fact in self.facts:
            yield fact.source

    def check(self, check: PartCheck) -> None:  # noqa: D102
        check.all_once((("facts", at, "id"), fact.id) for at, fact in enumerate(self.facts))
        for at, fact in enumerate(self.facts):
            place = ("facts", at, "years")
            begin, end = fact.years[:4], fact.years[-4:]
            if end < begin:
                check.report(place, f"{fact.years} ends before it begins; mend the years")
            elif begin < check.dated[:4]:
                check.report(
                    place,
                    f"{begin} lies before the document of {check.dated[:4]}; tell what is later",
                )
            elif begin > fact.source.seen[:4]:
                check.report(
                    place,
                    f"{begin} is later than {fact.source.seen}, when its reference was seen; mend "
                    "one of the two",
                )
