"""Matching: for each prompt, the answer that fits it.

Response
    The chosen answer's id by prompt id, for the prompts that have one:
    ``{"p1a2b3c": "p9d8e7f", ...}``.
Scoring
    The share of the prompts with the right answer. A prompt without an answer is not right;
    an answer may be chosen twice, and can be right once only. Parts: each prompt.

Each line is explained by itself. A pair's `feedback` says why the two belong together, and is
shown beside its prompt once that is right, or the answer is shown. Its `wrong` is shown there
beside any other answer, unless one of its `confusions` names the answer that was chosen: both say
why that does not fit *this* prompt, and neither tells what does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.items.base import (
    WITHOUT_WRONG,
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
from imlcourse.items.parts import DistractorPart, ItemPart, MistakePart, OtherPart, PairPart
from imlcourse.markup.problems import repeated

FEWEST, MOST = 3, 6
ANSWERS = "answers"


class Confusion(Part):
    """An answer that is often chosen for a prompt which it does not fit."""

    answer: Text = Field(description="The answer, written as it stands under `right` or `text`.")
    feedback: Feedback = Field(
        description="Why it does not fit this prompt, and what was confused."
    )


class Pair(Part):
    """A prompt and the answer that fits it."""

    left: Text = Field(description="The prompt.")
    right: Text = Field(description="The one answer that fits it.")
    feedback: Feedback = Field(
        description="Why the two belong together; shown when this pair is right."
    )
    wrong: Annotated[Text, WITHOUT_WRONG] = Field(
        description="What of this prompt another answer overlooks; it does not name the right one."
    )
    confusions: list[Confusion] = Field(
        default_factory=list,
        description="Instead of `wrong`, for answers that are often chosen for this prompt.",
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

    def confused(self, pair: Pair) -> dict[str, Confusion]:
        """Give what is said of single wrong answers to a prompt, by the id of the answer."""
        ids = dict(zip(self.answer_texts(), self.answer_ids(), strict=True))
        return {ids[one.answer]: one for one in pair.confusions if one.answer in ids}

    def parts(self) -> tuple[ItemPart, ...]:
        """Give each pair, and behind it what is said of other answers to its prompt."""
        pairs = [
            part
            for (prompt, answer), pair in zip(self.key().items(), self.pairs, strict=True)
            for part in (
                PairPart(
                    id=prompt,
                    text=pair.left,
                    right=True,
                    feedback=pair.feedback,
                    answer=pair.right,
                    answer_id=answer,
                ),
                *(
                    MistakePart(
                        id="", text=one.answer, right=False, feedback=one.feedback, group=prompt
                    )
                    for one in pair.confusions
                ),
                OtherPart(id="", text="", right=False, feedback=pair.wrong, group=prompt),
            )
        ]
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
            yield ("pairs", index, "wrong"), pair.wrong
            for at, one in enumerate(pair.confusions):
                yield ("pairs", index, "confusions", at, "answer"), one.answer
                yield ("pairs", index, "confusions", at, "feedback"), one.feedback
        for index, extra in enumerate(self.distractors):
            yield ("distractors", index, "text"), extra.text
            yield ("distractors", index, "feedback"), extra.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("pairs",), len(self.pairs), FEWEST, MOST, "pairs")
        own = list(self._own_texts())
        yield from repeats([(p, t) for p, t in own if p[-1] == "left"], "prompt")
        yield from repeats([(p, t) for p, t in own if p[-1] in ("right", "text")], "answer")
        for index, pair in enumerate(self.pairs):
            seen: set[str] = set()
            for at, one in enumerate(pair.confusions):
                place: Where = ("pairs", index, "confusions", at, "answer")
                if one.answer == pair.right:
                    yield Flaw(place, "this is the answer that fits; name one that does not")
                elif one.answer not in self.answer_texts():
                    yield Flaw(
                        place,
                        f"there is no answer “{one.answer}”; write one as it stands under `right`",
                    )
                elif one.answer in seen:
                    yield Flaw(place, repeated("this answer", line=0))
                seen.add(one.answer)
