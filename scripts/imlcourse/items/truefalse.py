"""True or false: a statement to judge, with or without a reason to choose.

Response
    ``"true"`` or ``"false"``. Of an item with reasons: a list of one of these and the id of the
    chosen reason, such as ``["false", "p3fa9c1"]``; or of the judgement alone.
Scoring
    1 for the right judgement, 0 for the other. Of an item with reasons: half for the right
    judgement and half for the right reason; nothing for a reason without the right judgement, so
    that whoever guesses the reason gains nothing.
    Parts: the chosen judgement and the chosen reason, each right or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from imlcourse.items.base import (
    WITHOUT_FEEDBACK,
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
from imlcourse.items.choice import Option, lumping_problems, option_parts
from imlcourse.items.parts import ItemPart, JudgementPart
from imlcourse.markup.explain import Missing

CHOICES = ("true", "false")
REASONS = "reasons"
FEWEST, MOST = 3, 4


class Judgements(Part):
    """What to say to who chose true, and to who chose false."""

    when_true: Text = Field(alias="true", description="What to say to who chose true.")
    when_false: Text = Field(alias="false", description="What to say to who chose false.")

    @model_validator(mode="before")
    @classmethod
    def _name_keys(cls, data: Any) -> Any:
        # A YAML parser reads the keys `true:` and `false:` as booleans.
        if isinstance(data, dict):
            return {str(k).lower() if isinstance(k, bool) else k: v for k, v in data.items()}
        return data


class TrueFalse(Item):
    """A statement that is true or false."""

    type: Literal["truefalse"] = Field(description="truefalse: the stem is a statement to judge.")
    truth: Annotated[bool, Missing("write `key: true` or `key: false`")] = Field(
        alias="key", description="Whether the statement is true."
    )
    feedback: Annotated[Judgements, WITHOUT_FEEDBACK] = Field(
        description="What to say to who chose true, and who chose false."
    )
    reasons: list[Option] = Field(
        default=[],
        description=f"If a reason is to be chosen too: {FEWEST} to {MOST}, one of them right.",
    )

    def key(self) -> str | list[str]:  # noqa: D102
        right = [part for part, reason in self.reasons_by_id() if reason.correct]
        return [self.judgement, *right[:1]] if self.reasons else self.judgement

    @property
    def judgement(self) -> str:
        """The right judgement: ``"true"`` or ``"false"``."""
        return "true" if self.truth else "false"

    def reasons_by_id(self) -> list[tuple[str, Option]]:
        """Give the reasons, in the written order, each with its id."""
        return [(part_id(self.id, REASONS, n), one) for n, one in enumerate(self.reasons)]

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {REASONS: len(self.reasons)} if self.reasons else {}

    def score(self, response: object) -> Score:  # noqa: D102
        if not self.reasons:
            if not isinstance(response, str) or response not in CHOICES:
                return Score(0.0)
            right = response == self.judgement
            return Score(float(right), {response: right})
        reasons = {part: reason.correct for part, reason in self.reasons_by_id()}
        match response:
            case [str(judged)] if judged in CHOICES:
                parts = {judged: judged == self.judgement}
            case [str(judged), str(reason)] if judged in CHOICES and reason in reasons:
                parts = {judged: judged == self.judgement, reason: reasons[reason]}
            case _:
                return Score(0.0)
        return Score(sum(parts.values()) / 2 if parts[judged] else 0.0, parts)

    def parts(self) -> tuple[ItemPart, ...]:  # noqa: D102
        feedback = {"true": self.feedback.when_true, "false": self.feedback.when_false}
        judgements = tuple(
            JudgementPart(
                id=choice,
                text=choice,
                right=choice == self.judgement,
                feedback=feedback[choice],
                group="judgement",
            )
            for choice in CHOICES
        )
        return (*judgements, *option_parts(REASONS, self.reasons_by_id()))

    @property
    def negative(self) -> bool:
        """A statement is no negative question, even where it says *not*."""
        return False

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("feedback", "true"), self.feedback.when_true
        yield ("feedback", "false"), self.feedback.when_false
        for index, reason in enumerate(self.reasons):
            yield (REASONS, index, "text"), reason.text
            yield (REASONS, index, "feedback"), reason.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        if self.stem.endswith(tuple(self.rules.question_marks)):
            yield Flaw(("stem",), "the stem is a question; write a statement that is true or false")
        if not self.reasons:
            return
        yield from number_problem((REASONS,), len(self.reasons), FEWEST, MOST, "reasons")
        texts = [((REASONS, i, "text"), reason.text) for i, reason in enumerate(self.reasons)]
        yield from repeats(texts, "reason")
        yield from lumping_problems(texts, self.rules)
        right = sum(reason.correct for reason in self.reasons)
        if right != 1:
            yield Flaw(
                (REASONS,),
                f"{right or 'none'} of the reasons {'is' if right < 2 else 'are'} right; "
                "write `correct: true` at exactly one",
            )
