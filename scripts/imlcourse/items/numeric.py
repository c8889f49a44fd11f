"""Numeric: a year or another number to give.

Response
    What was typed, as text: ``"1951"``.
Scoring
    1 if the number is within the tolerance of the answer, its edge included, else 0. Part:
    ``"value"``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.items.base import (
    WITHOUT_FEEDBACK,
    Feedback,
    Flaw,
    Item,
    Part,
    Score,
    Text,
    Where,
    question_problem,
)
from imlcourse.items.parts import ItemPart, MistakePart, NumberPart, OtherPart
from imlcourse.items.typed import number
from imlcourse.markup.problems import repeated

VALUE = "value"
LARGEST = 1e15
"""From here on, not every whole number is a number of its own."""
# What rounding may add to a difference, for each unit of the numbers: 2.6 - 2.5 is above 0.1.
_ROUNDING = 2.0**-50


class Outcomes(Part):
    """What to say of a right and of a wrong number."""

    right: Text = Field(description="Why it is this number.")
    wrong: Text = Field(description="What to say of any other number; it does not tell the answer.")


class WrongNumber(Part):
    """A number that learners often give instead."""

    value: float = Field(description="A number that is often given instead.")
    feedback: Feedback = Field(description="What was probably confused.")


class Numeric(Item):
    """A question answered with a number."""

    type: Literal["numeric"] = Field(description="numeric: a number is typed, such as a year.")
    answer: float = Field(description="The number.")
    tolerance: float = Field(
        default=0, description="How far off an answer may be and still count as right."
    )
    unit: Text | None = Field(default=None, description="What is counted, such as: Member States.")
    feedback: Annotated[Outcomes, WITHOUT_FEEDBACK] = Field(
        description="What to say of a right and of a wrong number."
    )
    mistakes: list[WrongNumber] = Field(
        default_factory=list, description="Numbers that are often given instead."
    )

    def key(self) -> str:  # noqa: D102
        return shown(self.answer)

    def score(self, response: object) -> Score:  # noqa: D102
        if not isinstance(response, str):
            return Score.nothing([VALUE])
        given = number(response)
        right = given is not None and self.is_right(given)
        return Score(float(right), {VALUE: right})

    def is_right(self, value: float) -> bool:
        """Say whether a number is within the tolerance of the answer."""
        rounding = _ROUNDING * max(abs(value), abs(self.answer))
        return abs(value - self.answer) <= self.tolerance + rounding

    def parts(self) -> tuple[ItemPart, ...]:  # noqa: D102
        asked = NumberPart(
            id=VALUE,
            text="",
            right=True,
            feedback=self.feedback.right,
            answer=" ".join(filter(None, [shown(self.answer), self.unit])),
            value=self.answer,
            tolerance=self.tolerance,
            unit=self.unit or "",
        )
        mistakes = (
            MistakePart(
                id="", text=shown(wrong.value), right=False, feedback=wrong.feedback, group=VALUE
            )
            for wrong in self.mistakes
        )
        other = OtherPart(id="", text="", right=False, feedback=self.feedback.wrong, group=VALUE)
        return (asked, *mistakes, other)

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        if self.unit is not None:
            yield ("unit",), self.unit
        yield ("feedback", "right"), self.feedback.right
        yield ("feedback", "wrong"), self.feedback.wrong
        for index, wrong in enumerate(self.mistakes):
            yield ("mistakes", index, "feedback"), wrong.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from question_problem(self.stem, self.rules)
        if self.tolerance < 0:
            yield Flaw(("tolerance",), "the tolerance is below 0; write 0 or more")
        values: list[tuple[Where, float]] = [
            (("answer",), self.answer),
            (("tolerance",), self.tolerance),
        ]
        values += [(("mistakes", i, "value"), wrong.value) for i, wrong in enumerate(self.mistakes)]
        for path, value in values:
            if not abs(value) < LARGEST:  # nor is what is no number at all
                yield Flaw(path, "this number is too large to be asked for; write a smaller one")
            elif number(shown(value)) != value:
                yield Flaw(path, "this number is too long to be typed; write a shorter one")
        seen: set[float] = set()
        for index, wrong in enumerate(self.mistakes):
            place: Where = ("mistakes", index, "value")
            if self.is_right(wrong.value):
                yield Flaw(place, "this number counts as right; write one that is wrong")
            elif wrong.value in seen:
                yield Flaw(place, repeated("this number", line=0))
            seen.add(wrong.value)


def shown(value: float) -> str:
    """Write a number without a needless point and without an exponent: 1951, 2.5, 0.00001."""
    if not math.isfinite(value):
        return str(value)  # it is a flaw, and told as such
    return str(int(value)) if value == int(value) else format(Decimal(str(value)), "f")
