"""Rights and activities: which help makes which right real."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Quotation, Tag
from imlcourse.document.units import UnitId
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.yamlfile import Place


class RightMade(Data):
    """A right that a kind of help makes real.

    Attributes
    ----------
    right
        One of the matrix's `rights`.
    quote
        The words that join it to the help.
    """

    right: Id
    quote: Words


class Help(Data):
    """A kind of help that the main text names.

    Attributes
    ----------
    help
        What it is, in a few words.
    unit
        The paragraph that names it.
    quote
        The words that name it.
    rights
        The rights that it makes real, as the paragraph says.
    """

    help: Words
    unit: UnitId
    quote: Words
    rights: list[RightMade] = Field(min_length=1)


class Matrix(Part):
    """``book/matrix.yml``: which kind of help makes which right real.

    Attributes
    ----------
    rights
        Rights by id; activities of the atlas name them too.
    helps
        Kinds of help, in the order of the main text.
    """

    rights: dict[Id, Tag]
    helps: list[Help] = Field(min_length=1)

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: D102
        yield "right", self.rights

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, help_ in enumerate(self.helps):
            yield ("helps", at, "unit"), help_.unit

    def quotations(self) -> Iterator[Quotation]:  # noqa: D102
        for at, help_ in enumerate(self.helps):
            yield Quotation(help_.unit, help_.quote, ("helps", at, "quote"))
            for n, made in enumerate(help_.rights):
                place = ("helps", at, "rights", n, "quote")
                yield Quotation(help_.unit, made.quote, place)

    def check(self, check: PartCheck) -> None:  # noqa: D102
        for at, help_ in enumerate(self.helps):
            for n, made in enumerate(help_.rights):
                check.refer(("helps", at, "rights", n, "right"), "right", made.right, "right")
