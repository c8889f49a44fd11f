"""Numeric: a year or another number to give.

Response
    What was typed, as text: ``"1951"``.
Scoring
    1 if the number is within the tolerance of the answer, else 0. Part: ``"value"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import Flaw, Item, Part, Score, Text, Where, question_problem
from imlcourse.items.parts import ItemPart, MistakePart, NumberPart, OtherPart
from imlcourse.items.typed import number

VALUE = "value"


class Outcomes(Part):
    """What to say of a right and of a wrong number."""

    right: Text = Field(description="Why it is this number.")
    wrong: Text = Field(description="What to say of any other number; it does not tell the answer.")


class WrongNumber(Part):
    """A number that learners often give instead."""

    value: float = Field(description="A number that is often given instead.")
    feedback: Text = Field(description="What was probably confused.")


class Numeric(Item):
    """A question answered with a number."""

    type: Literal["numeric"] = Field(description="numeric: a number is typed, such as a year.")
    answer: float = Field(description="The number.")
    tolerance: float = Field(
        default=0, description="How far off an answer may be and still count as right."
    )
    unit: Text | None = Field(default=None, description="What is counted, such as: Member States.")
    feedback: Outcomes = Field(description="What to say of a right and of a wrong number.")
    mistakes: list[WrongNumber] = Field(
        default_factory=list, description="Numbers that are often given instead."
    )

    def key(self) -> str:  # noqa: D102
        return shown(self.answer)

    def score(self, response: object) -> Score:  # noqa: D102
        if not isinstance(response, str):
            return Score.nothing([VALUE])
        given = number(response)
        right = given is not None and abs(given - self.answer) <= self.tolerance
        return Score(float(right), {VALUE: right})

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
        for path, value in [(("answer",), self.answer), (("tolerance",), self.tolerance)]:
            if abs(value) >= 1e15 or value != value:
                yield Flaw(path, "this number is too large to be asked for; write a smaller one")
        seen: set[float] = set()
        for index, wrong in enumerate(self.mistakes):
            place: Where = ("mistakes", index, "value")
            if abs(wrong.value - self.answer) <= self.tolerance:
                yield Flaw(place, "this number counts as right; write one that is wrong")
            elif wrong.value in seen:
                yield Flaw(place, "this number stands here a second time; keep one")
            seen.add(wrong.value)


def shown(value: float) -> str:
    """Write a number without a needless point: 1951, 2.5."""
    return str(int(value)) if value == int(value) else str(value)
