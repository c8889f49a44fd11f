"""Ordering: steps to put in their right order.

Response
    The ids of all steps, in the order in which the learner put them.
Scoring
    The share of the steps that follow on rightly: a step is right if it comes straight after the
    step that it should follow, and the first step is right if it comes first. Whoever knows the
    sequence and misplaces one card so loses that card and its neighbours, not the whole
    (as counting places would have it: the last card moved to the top would make every place
    wrong). 1 is for the exact order alone. The cards are first shown in an order in which no step
    follows on rightly, so that leaving them as they are gains nothing. Parts: each step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import (
    Feedback,
    Flaw,
    Item,
    Order,
    Part,
    Score,
    Text,
    Where,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.items.parts import StepPart

FEWEST, MOST = 3, 6
STEPS = "steps"


class Step(Part):
    """One of the steps."""

    text: Text = Field(description="The step, without a number or a word that gives its place.")
    feedback: Feedback = Field(description="Why it stands here, after the step before it.")


class Ordering(Item):
    """Steps to put in order."""

    type: Literal["ordering"] = Field(description="ordering: the steps are put in order.")
    steps: list[Step] = Field(
        description="The steps in the right order, all different.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )

    def step_ids(self) -> list[str]:
        """Give the ids of the steps, in the right order."""
        return [part_id(self.id, STEPS, index) for index in range(len(self.steps))]

    def key(self) -> list[str]:  # noqa: D102
        return self.step_ids()

    def score(self, response: object) -> Score:  # noqa: D102
        ids = self.step_ids()
        if (
            not isinstance(response, list)
            or not response
            or not all(isinstance(part, str) for part in response)
            or sorted(response) != sorted(ids)
        ):
            return Score.nothing(ids)
        before: dict[str, str | None] = dict(zip(ids, [None, *ids], strict=False))
        given: dict[str, str | None] = dict(zip(response, [None, *response], strict=False))
        parts = {part: given[part] == before[part] for part in ids}
        return Score(sum(parts.values()) / len(parts), parts)

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {STEPS: len(self.steps)}

    def accepts(self, order: Order) -> bool:
        """Refuse an order that would score anything as it stands."""
        ids = self.step_ids()
        return len(ids) < 2 or self.score([ids[i] for i in order[STEPS]]).points == 0

    def parts(self) -> tuple[StepPart, ...]:  # noqa: D102
        steps = zip(self.step_ids(), self.steps, strict=True)
        return tuple(
            StepPart(
                id=part,
                text=step.text,
                right=True,
                feedback=step.feedback,
                group=STEPS,
                answer=str(place),
                place=place,
            )
            for place, (part, step) in enumerate(steps, start=1)
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, step in enumerate(self.steps):
            yield (STEPS, index, "text"), step.text
            yield (STEPS, index, "feedback"), step.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem((STEPS,), len(self.steps), FEWEST, MOST, "steps")
        yield from repeats([(p, t) for p, t in self._own_texts() if p[-1] == "text"], "step")
