"""Cloze: a text with gaps, each typed or chosen from a list.

Response
    For each gap that was filled, by its id: what was typed, or the id of what was chosen.
Scoring
    The share of the gaps that are right; an empty gap is not right. What is typed counts as right
    if it is one of the gap's answers, but for accents, capitals, punctuation and as many slips of
    spelling as its author allows (see `imlcourse.items.typed`). Parts: each gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import (
    Flaw,
    Item,
    Part,
    Score,
    Text,
    Where,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.items.choice import Option, option_parts
from imlcourse.items.parts import GapPart, ItemPart, MistakePart
from imlcourse.items.typed import accepts, plain
from imlcourse.markup.inline import PRIVATE, inline_text

FEWEST, MOST = 1, 6
FEWEST_CHOICES, MOST_CHOICES = 2, 5
GAP_MARK = re.compile(r"\{([0-9]+)\}")


class WrongText(Part):
    """What learners often type instead."""

    text: Text = Field(description="What is often typed instead; wrong however near it comes.")
    feedback: Text = Field(description="What was probably confused.")


class Gap(Part):
    """A gap to fill: with `answers` it is typed, with `choices` it is chosen."""

    answers: list[Text] | None = Field(
        default=None, description="What is right when typed; the first is shown as the answer."
    )
    tolerance: int = Field(default=0, description="How many slips of spelling are forgiven.")
    feedback: Text | None = Field(
        default=None, description="Of a typed gap: why this word belongs there."
    )
    mistakes: list[WrongText] = Field(
        default_factory=list, description="Of a typed gap: what is often typed instead."
    )
    choices: list[Option] | None = Field(
        default=None, description="What may be chosen, one of it right."
    )


class Cloze(Item):
    """A text with gaps."""

    type: Literal["cloze"] = Field(description="cloze: the gaps of a text are filled.")
    text: Text = Field(
        description="The text, with {1}, {2} and so on where the gaps are, in this order."
    )
    gaps: list[Gap] = Field(
        description="The gaps, in the order of their numbers.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )

    def gap_ids(self) -> list[str]:
        """Give the ids of the gaps, in their order."""
        return [part_id(self.id, "gaps", index) for index in range(len(self.gaps))]

    def choice_ids(self, gap: int) -> list[str]:
        """Give the ids of what may be chosen in a gap, in the written order."""
        choices = self.gaps[gap].choices or []
        return [part_id(self.id, choices_group(gap), index) for index in range(len(choices))]

    def _right(self, gap: int) -> str:
        """Give what is right in a gap: a text, or the id of a choice."""
        answers, choices = self.gaps[gap].answers, self.gaps[gap].choices
        if answers:
            return inline_text(answers[0])
        ids = zip(self.choice_ids(gap), choices or [], strict=True)
        return next((part for part, choice in ids if choice.correct), "")

    def key(self) -> dict[str, str]:  # noqa: D102
        return {part: self._right(index) for index, part in enumerate(self.gap_ids())}

    def score(self, response: object) -> Score:  # noqa: D102
        ids = self.gap_ids()
        if not isinstance(response, dict) or not response.keys() <= set(ids):
            return Score.nothing(ids)
        parts = {}
        for index, part in enumerate(ids):
            given = response.get(part, "")
            if not isinstance(given, str):
                return Score.nothing(ids)
            gap = self.gaps[index]
            if gap.choices is None:
                mistakes = [wrong.text for wrong in gap.mistakes]
                parts[part] = accepts(given, gap.answers or [], gap.tolerance, mistakes)
            elif given and given not in self.choice_ids(index):
                return Score.nothing(ids)
            else:
                parts[part] = bool(given) and given == self._right(index)
        return Score(sum(parts.values()) / len(parts) if parts else 0.0, parts)

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {
            choices_group(i): len(gap.choices) for i, gap in enumerate(self.gaps) if gap.choices
        }

    @property
    def passage(self) -> str:  # noqa: D102
        return self.text

    def parts(self) -> tuple[ItemPart, ...]:
        """Give each gap, and behind it its choices or the mistakes that are often made in it."""
        return tuple(
            part
            for index, id_ in enumerate(self.gap_ids())
            for part in (self._gap_part(index, id_), *self._gap_parts(index, id_))
        )

    def _gap_part(self, index: int, id_: str) -> GapPart:
        gap = self.gaps[index]
        answers = tuple(gap.answers or [])
        right = next((choice.text for choice in gap.choices or [] if choice.correct), "")
        return GapPart(
            id=id_,
            text=f"{{{index + 1}}}",
            right=True,
            feedback=gap.feedback or "",
            answer=answers[0] if answers else right,
            number=index + 1,
            answers=answers,
            tolerance=gap.tolerance,
        )

    def _gap_parts(self, index: int, id_: str) -> tuple[ItemPart, ...]:
        gap = self.gaps[index]
        if gap.choices is not None:
            return option_parts(id_, zip(self.choice_ids(index), gap.choices, strict=True))
        return tuple(
            MistakePart(id="", text=wrong.text, right=False, feedback=wrong.feedback, group=id_)
            for wrong in gap.mistakes
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("text",), GAP_MARK.sub("…", self.text)
        for index, gap in enumerate(self.gaps):
            place: Where = ("gaps", index)
            for number, answer in enumerate(gap.answers or []):
                yield (*place, "answers", number), answer
            if gap.feedback is not None:
                yield (*place, "feedback"), gap.feedback
            for number, wrong in enumerate(gap.mistakes):
                yield (*place, "mistakes", number, "text"), wrong.text
                yield (*place, "mistakes", number, "feedback"), wrong.feedback
            for number, choice in enumerate(gap.choices or []):
                yield (*place, "choices", number, "text"), choice.text
                yield (*place, "choices", number, "feedback"), choice.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("gaps",), len(self.gaps), FEWEST, MOST, "gaps")
        marks = [int(number) for number in GAP_MARK.findall(self.text)]
        if marks != list(range(1, len(self.gaps) + 1)):
            wanted = ", ".join(f"{{{n}}}" for n in range(1, len(self.gaps) + 1))
            yield Flaw(
                ("text",), f"the text does not hold each gap once, in order; write {wanted} in it"
            )
        if PRIVATE.search(self.text):
            yield Flaw(("text",), "the text holds a sign of no alphabet; type it anew")
        for index, gap in enumerate(self.gaps):
            place: Where = ("gaps", index)
            if (gap.answers is None) == (gap.choices is None):
                yield Flaw(
                    place, "write `answers` for a gap that is typed, or `choices` for one to choose"
                )
            elif gap.answers is not None:
                yield from self._typed_problems(place, gap)
            else:
                yield from self._chosen_problems(place, gap)

    def _typed_problems(self, place: Where, gap: Gap) -> Iterator[Flaw]:
        answers = [(plain(inline_text(answer)), answer) for answer in gap.answers or []]
        if not answers:
            yield Flaw((*place, "answers"), "no answer; write one or more")
        for number, (bare, answer) in enumerate(answers):
            if answer and not bare:
                yield Flaw((*place, "answers", number), "an answer needs a letter or a digit")
        if gap.feedback is None:
            yield Flaw((*place, "feedback"), "`feedback` is missing; say why this word belongs")
        most = min((len(bare) for bare, _ in answers), default=0) // 4
        if not 0 <= gap.tolerance <= most:
            yield Flaw(
                (*place, "tolerance"),
                f"{gap.tolerance} slips would let other words pass; write a number from 0 to "
                f"{most} (one for each four letters of the shortest answer)",
            )
        for number, wrong in enumerate(gap.mistakes):
            if plain(inline_text(wrong.text)) in [bare for bare, _ in answers]:
                yield Flaw(
                    (*place, "mistakes", number, "text"),
                    "this is one of the answers too; take it out of one of the two",
                )

    def _chosen_problems(self, place: Where, gap: Gap) -> Iterator[Flaw]:
        choices = gap.choices or []
        for name, written in [
            ("tolerance", gap.tolerance),
            ("feedback", gap.feedback),
            ("mistakes", gap.mistakes),
        ]:
            if written:
                yield Flaw((*place, name), f"`{name}` belongs to a typed gap; take it out here")
        yield from number_problem(
            (*place, "choices"), len(choices), FEWEST_CHOICES, MOST_CHOICES, "choices"
        )
        if sum(choice.correct for choice in choices) != 1:
            yield Flaw(
                (*place, "choices"), "one choice is to be right; write `correct: true` at it"
            )
        yield from repeats(
            [((*place, "choices", i, "text"), choice.text) for i, choice in enumerate(choices)],
            "choice",
        )


def choices_group(gap: int) -> str:
    """Name the group of the choices of a gap, counted from 0."""
    return f"choices-{gap}"
