"""Matching: for each prompt, the answer that fits it.

Response
    The chosen answer's id by prompt id, for the prompts that have one:
    ``{"p1a2b3c": "p9d8e7f", ...}``.
Scoring
    The share of the prompts with the right answer. A prompt without an answer is not right;
    an answer may be chosen twice, and can be right once only. Parts: each prompt.

A pair's feedback is shown beside its prompt once that is right (or the answer is shown), and
beside any other prompt for which the pair's answer was chosen; so it should explain the pair in
a sentence that stands alone.
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
from imlcourse.items.parts import DistractorPart, ItemPart, PairPart

FEWEST, MOST = 3, 6
ANSWERS = "answers"


class Pair(Part):
    """A prompt and the answer that fits it."""

    left: Text = Field(description="The prompt.")
    right: Text = Field(description="The one answer that fits it.")
    feedback: Feedback = Field(
        description="Why the two belong together, in a sentence that stands alone."
    )


class Distractor(Part):
    """An answer that fits no prompt."""

    text: Text = Field(description="An answer that fits no prompt.")
    feedback: Feedback = Field(description="Why it fits none, and what was probably confused.")


class Matching(Item):
    """Prompts, each with the one answer that fits it."""

    type: Literal["matching"] = Field(
        description="matching: for each prompt, one answer is chosen."
    )
    pairs: list[Pair] = Field(
        description="Prompts with their answers, all different.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )
    distractors: list[Distractor] = Field(
        default_factory=list, description="More answers, which fit no prompt."
    )

    def prompt_ids(self) -> list[str]:
        """Give the ids of the prompts, in the written order."""
        return [part_id(self.id, "prompts", index) for index in range(len(self.pairs))]

    def answer_ids(self) -> list[str]:
        """Give the ids of the answers, in the written order, those that fit nothing last."""
        # Numbered apart, so that a pair added at the end does not rename the distractors.
        return [part_id(self.id, ANSWERS, i) for i in range(len(self.pairs))] + [
            part_id(self.id, "distractors", i) for i in range(len(self.distractors))
        ]

    def answer_texts(self) -> list[str]:
        """Give the texts of the answers, in the order of `answer_ids`."""
        return [pair.right for pair in self.pairs] + [extra.text for extra in self.distractors]

    def key(self) -> dict[str, str]:  # noqa: D102
        return dict(zip(self.prompt_ids(), self.answer_ids(), strict=False))

    def score(self, response: object) -> Score:  # noqa: D102
        return Score.of_places(response, self.key(), self.answer_ids())

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {ANSWERS: len(self.pairs) + len(self.distractors)}

    def accepts(self, order: Order) -> bool:
        """Refuse an order in which most answers stand beside their prompts."""
        aside = sum(place == shown for shown, place in enumerate(order[ANSWERS]))
        return aside <= 1

    def parts(self) -> tuple[ItemPart, ...]:  # noqa: D102
        pairs = tuple(
            PairPart(
                id=prompt,
                text=pair.left,
                right=True,
                feedback=pair.feedback,
                answer=pair.right,
                answer_id=answer,
            )
            for (prompt, answer), pair in zip(self.key().items(), self.pairs, strict=True)
        )
        extras = zip(self.answer_ids()[len(self.pairs) :], self.distractors, strict=True)
        return (
            *pairs,
            *(
                DistractorPart(
                    id=answer,
                    text=extra.text,
                    right=False,
                    feedback=extra.feedback,
                    group=ANSWERS,
                )
                for answer, extra in extras
            ),
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, pair in enumerate(self.pairs):
            yield ("pairs", index, "left"), pair.left
            yield ("pairs", index, "right"), pair.right
            yield ("pairs", index, "feedback"), pair.feedback
        for index, extra in enumerate(self.distractors):
            yield ("distractors", index, "text"), extra.text
            yield ("distractors", index, "feedback"), extra.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("pairs",), len(self.pairs), FEWEST, MOST, "pairs")
        own = list(self._own_texts())
        yield from repeats([(p, t) for p, t in own if p[-1] == "left"], "prompt")
        yield from repeats([(p, t) for p, t in own if p[-1] in ("right", "text")], "answer")
