"""The bibliography: works that the document names, and those that the course adds."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ConfigDict, Field

from imlcourse.course.reference.base import Address, Part, PartCheck
from imlcourse.document.units import UnitId
from imlcourse.markup.fields import Data, Day, Words
from imlcourse.markup.yamlfile import Place


class Cited(Data):
    """A work that the document names.

    Attributes
    ----------
    title, by, year
        What it is called, by whom, and of when.
    units
        The units that name it.
    note
        What else there is to know, without a stop at its end.
    url, seen
        Where it stands on the web, and the day on which it was seen there: both, or neither.
    """

    title: Words
    by: Words | None = None
    year: Words | None = None
    units: list[UnitId] = Field(min_length=1)
    note: Words | None = None
    url: Address | None = None
    seen: Day | None = None


class Added(Data):
    """A work that the course was written with.

    Attributes
    ----------
    title, by, year
        As of a work that the document names.
    use
        In the file ``for``: what the course uses it for.
    url, seen
        Where it stands on the web, and the day on which it was seen there.
    """

    model_config = ConfigDict(populate_by_name=True)

    title: Words
    by: Words | None = None
    year: Words | None = None
    use: Words = Field(alias="for")
    url: Address
    seen: Day


class Bibliography(Part):
    """``book/bibliography.yml``: works by whose they are.

    Attributes
    ----------
    cited
        Works that the document names, in its order.
    added
        Works of the course.
    """

    cited: list[Cited] = Field(min_length=1)
    added: list[Added] = Field(default=[])

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, work in enumerate(self.cited):
            for n, unit in enumerate(work.units):
                yield ("cited", at, "units", n), unit

    def check(self, check: PartCheck) -> None:  # noqa: D102
        for at, work in enumerate(self.cited):
            if bool(work.url) != bool(work.seen):
                check.report(
                    ("cited", at, "url" if work.url else "seen"),
                    "an address and the day on which it was seen go together; write `url` and "
                    "`seen`, or neither",
                )
