"""Scenario: a case of several steps, in which each decision leads on.

Response
    The ids of the choices made, in their order, from the first step on. The list may end before
    the case does: that is a case begun.
Scoring
    Each decision is worth 2 (best), 1 (fair) or 0 (poor) points of 2. The score is what the
    decisions made are worth, divided by what as many best ones would be worth; of a case begun,
    the fewest decisions that lead from there to an end count as made and worth nothing. So only a
    finished case in which every decision was the best has full marks. Parts: each choice made;
    one is right if it was the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from imlcourse.items.base import (
    DILEMMA_AIMS,
    Dilemma,
    Evidence,
    Flaw,
    Item,
    Part,
    Score,
    Text,
    Where,
    dilemma_problems,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.items.parts import DecisionPart
from imlcourse.items.shared import SHARED

FEWEST, MOST = 2, 12
FEWEST_CHOICES, MOST_CHOICES = 2, 4
END = "end"
WORTH = SHARED["scenario"]
"""What a decision is worth, of 2."""


class Decision(Part):
    """A choice that a step offers."""

    text: Text = Field(description="What the learner may do.")
    rating: Literal["best", "fair", "poor"] = Field(
        description="best (one in each step; in a dilemma one or more), fair (defensible, with "
        "a cost) or poor."
    )
    consequence: Text = Field(description="What happens then, and what it shows.")
    evidence: Evidence | None = Field(
        default=None, description="What the document says to this choice, if not to all of them."
    )
    next: str = Field(description='The id of the step that follows, or "end".')


class Step(Part):
    """A step of the case: what is found, what is asked, what may be done."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="A short name for `next` to give."
    )
    text: Text = Field(description="What the learner finds.")
    variants: dict[str, Text] = Field(
        default_factory=dict,
        description="What learners of some roles find instead, by the id of the role.",
    )
    question: Text = Field(description="What has to be decided.")
    choices: list[Decision] = Field(
        description="What may be done.",
        json_schema_extra={"minItems": FEWEST_CHOICES, "maxItems": MOST_CHOICES},
    )
    evidence: Evidence = Field(description="What the document says to this decision.")
    dilemma: Dilemma = Field(
        default=[],
        description="The two good aims that pull apart here, for authors. More than one choice "
        "may be the best then.",
        json_schema_extra={"minItems": DILEMMA_AIMS, "maxItems": DILEMMA_AIMS},
    )


class Scenario(Item):
    """A branching case."""

    type: Literal["scenario"] = Field(description="scenario: a case of several decisions.")
    roles: list[str] = Field(
        default_factory=list,
        description="Ids of the roles for whom the case is meant; empty for all.",
    )
    steps: list[Step] = Field(
        description="The steps; the case begins with the first.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )
    debrief: Text = Field(description="What to take away from the case.")

    testable: ClassVar[bool] = False

    def choice_ids(self, step: Step) -> list[str]:
        """Give the ids of the choices of a step, in the written order."""
        return [part_id(self.id, step.id, index) for index in range(len(step.choices))]

    def _step(self, id_: str) -> Step | None:
        return next((step for step in self.steps if step.id == id_), None)

    def _best(self) -> Iterator[tuple[Step, int]]:
        """Walk the way of the best choices; stops where it would go round."""
        step: Step | None = self.steps[0] if self.steps else None
        seen: set[str] = set()
        while step and step.id not in seen:
            seen.add(step.id)
            index = next((i for i, c in enumerate(step.choices) if c.rating == "best"), None)
            if index is None:
                return
            yield step, index
            step = self._step(step.choices[index].next)

    def key(self) -> list[str]:  # noqa: D102
        return [self.choice_ids(step)[index] for step, index in self._best()]

    def _to_end(self) -> dict[str, int]:
        """Give, for each step, the fewest decisions that lead from it to an end."""
        fewest = {END: 0}
        for _ in self.steps:
            for step in self.steps:
                ways = [fewest[c.next] for c in step.choices if c.next in fewest]
                if ways:
                    fewest[step.id] = 1 + min(ways)
        return fewest

    def score(self, response: object) -> Score:  # noqa: D102
        if not isinstance(response, list) or not response or not self.steps:
            return Score.nothing([])
        here = self.steps[0].id
        parts: dict[str, bool] = {}
        worth = 0
        for chosen in response:
            step = self._step(here)
            if step is None or not isinstance(chosen, str) or chosen not in self.choice_ids(step):
                return Score.nothing([])
            choice = step.choices[self.choice_ids(step).index(chosen)]
            worth += WORTH[choice.rating]
            parts[chosen] = choice.rating == "best"
            here = choice.next
        ahead = self._to_end().get(here, 0)
        return Score(worth / (2 * (len(response) + ahead)), parts)

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {step.id: len(step.choices) for step in self.steps}

    def quotations(self) -> Iterator[tuple[Where, Evidence]]:  # noqa: D102
        yield from super().quotations()
        for index, step in enumerate(self.steps):
            yield ("steps", index, "evidence"), step.evidence
            for number, choice in enumerate(step.choices):
                if choice.evidence:
                    yield ("steps", index, "choices", number, "evidence"), choice.evidence

    def dilemmas(self) -> Iterator[Dilemma]:  # noqa: D102
        yield from super().dilemmas()
        yield from (step.dilemma for step in self.steps if step.dilemma)

    @property
    def closing(self) -> str:  # noqa: D102
        return self.debrief

    def parts(self) -> tuple[DecisionPart, ...]:
        """Give the choices of each step in turn."""
        return tuple(
            DecisionPart(
                id=part,
                text=choice.text,
                right=choice.rating == "best",
                feedback=choice.consequence,
                group=step.id,
                heading=f"{step.text} {step.question}",
                rating=choice.rating,
                next=choice.next,
                scene=step.text,
                question=step.question,
            )
            for step in self.steps
            for part, choice in zip(self.choice_ids(step), step.choices, strict=True)
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, step in enumerate(self.steps):
            place: Where = ("steps", index)
            yield (*place, "text"), step.text
            for role, text in step.variants.items():
                yield (*place, "variants", role), text
            yield (*place, "question"), step.question
            for number, choice in enumerate(step.choices):
                yield (*place, "choices", number, "text"), choice.text
                yield (*place, "choices", number, "consequence"), choice.consequence
        yield ("debrief",), self.debrief

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("steps",), len(self.steps), FEWEST, MOST, "steps")
        ids = [step.id for step in self.steps]
        for index, step in enumerate(self.steps):
            place: Where = ("steps", index)
            if ids.index(step.id) != index or step.id == END:
                yield Flaw(
                    (*place, "id"),
                    f"no step can have the id {step.id} here; write one that no other step has, "
                    "and not “end”",
                )
            yield from number_problem(
                (*place, "choices"), len(step.choices), FEWEST_CHOICES, MOST_CHOICES, "choices"
            )
            best = sum(choice.rating == "best" for choice in step.choices)
            yield from dilemma_problems((*place, "dilemma"), step.dilemma)
            if best != 1 and not (best and step.dilemma):
                yield Flaw(
                    (*place, "choices"),
                    f"{best} choices are the best; write `rating: best` at one, and fair or poor "
                    "at the others",
                )
            yield from repeats(
                [
                    ((*place, "choices", number, "text"), choice.text)
                    for number, choice in enumerate(step.choices)
                ],
                "choice",
            )
            for number, choice in enumerate(step.choices):
                if choice.next != END and choice.next not in ids:
                    yield Flaw(
                        (*place, "choices", number, "next"),
                        f"there is no step {choice.next}; write one of: {', '.join([*ids, END])}",
                    )
        yield from self._way_problems()

    def _way_problems(self) -> Iterator[Flaw]:
        """Report ways that go round, steps that no way reaches, and a case without a fork."""
        onward = {
            step.id: {c.next for c in step.choices if self._step(c.next)} for step in self.steps
        }
        ends = set(onward) - set(_goes_round(onward))
        for index, step in enumerate(self.steps):
            if step.id not in ends:
                yield Flaw(
                    ("steps", index),
                    f"the choices of {step.id} can lead round in a circle; let each way end",
                )
        reached = {step.id for step in self.steps[:1]}
        for _ in self.steps:
            reached |= {after for id_ in reached for after in onward[id_]}
        for index, step in enumerate(self.steps):
            if step.id not in reached:
                yield Flaw(("steps", index), f"no choice leads to {step.id}; let one lead there")
        if all(len({choice.next for choice in step.choices}) < 2 for step in self.steps):
            yield Flaw(
                ("steps",),
                "every choice of a step leads to the same next step; let the ways part somewhere",
            )


def _goes_round(onward: dict[str, set[str]]) -> list[str]:
    """Give the steps from which some way does not end."""
    left = dict(onward)
    while ended := [id_ for id_, after in left.items() if not after & left.keys()]:
        for id_ in ended:
            del left[id_]
    return list(left)
