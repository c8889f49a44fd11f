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
from typing import Any, Literal

from pydantic import Field, model_validator

from imlcourse.html.items.sheet import Sheet, key_list
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
from imlcourse.items.choice import Option, key_html, lumping_problems, options_html

_CHOICES = ("true", "false")
_REASONS = "reasons"
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
    truth: bool = Field(alias="key", description="Whether the statement is true.")
    feedback: Judgements = Field(description="What to say to who chose true, and who chose false.")
    reasons: list[Option] = Field(
        default=[],
        description=f"If a reason is to be chosen too: {FEWEST} to {MOST}, one of them right.",
    )

    def key(self) -> str | list[str]:  # noqa: D102
        right = [part for part, reason in self._reasons() if reason.correct]
        return [self._truth, *right[:1]] if self.reasons else self._truth

    @property
    def _truth(self) -> str:
        return "true" if self.truth else "false"

    def _reasons(self) -> list[tuple[str, Option]]:
        return [(part_id(self.id, _REASONS, n), one) for n, one in enumerate(self.reasons)]

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {_REASONS: len(self.reasons)} if self.reasons else {}

    def score(self, response: object) -> Score:  # noqa: D102
        if not self.reasons:
            if not isinstance(response, str) or response not in _CHOICES:
                return Score(0.0)
            right = response == self._truth
            return Score(float(right), {response: right})
        reasons = {part: reason.correct for part, reason in self._reasons()}
        match response:
            case [str(judged)] if judged in _CHOICES:
                parts = {judged: judged == self._truth}
            case [str(judged), str(reason)] if judged in _CHOICES and reason in reasons:
                parts = {judged: judged == self._truth, reason: reasons[reason]}
            case _:
                return Score(0.0)
        return Score(sum(parts.values()) / 2 if parts[judged] else 0.0, parts)

    def question_html(self, sheet: Sheet) -> str:  # noqa: D102
        judge = options_html(sheet, "radio", [(c, _word(sheet, c)) for c in _CHOICES])
        if not self.reasons:
            return judge
        why, ids = f"{sheet.prefix}-why", self._reasons()
        shown = [ids[place] for place in sheet.places(_REASONS, len(ids))]
        return "\n".join(
            [
                judge,
                f'<div class="iml-reasons" role="group" aria-labelledby="{why}">',
                f'<p class="iml-list-name" id="{why}">{sheet.text("items.truefalse.why")}</p>',
                options_html(sheet, "radio", [(part, one.text) for part, one in shown], name=why),
                "</div>",
            ]
        )

    def answer_html(self, sheet: Sheet) -> str:  # noqa: D102
        said = {"true": self.feedback.when_true, "false": self.feedback.when_false}
        ids = self._reasons()
        lines = [
            key_html(sheet, choice, choice == self._truth, said[choice], _word(sheet, choice))
            for choice in _CHOICES
        ]
        for place in sheet.places(_REASONS, len(ids)):
            part, one = ids[place]
            lines.append(key_html(sheet, part, one.correct, one.feedback, one.text))
        return key_list(lines)

    @property
    def negative(self) -> bool:
        """A statement is no negative question, even where it says *not*."""
        return False

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("feedback", "true"), self.feedback.when_true
        yield ("feedback", "false"), self.feedback.when_false
        for index, reason in enumerate(self.reasons):
            yield (_REASONS, index, "text"), reason.text
            yield (_REASONS, index, "feedback"), reason.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        if self.stem.endswith("?"):
            yield Flaw(("stem",), "the stem is a question; write a statement that is true or false")
        if not self.reasons:
            return
        yield from number_problem((_REASONS,), len(self.reasons), FEWEST, MOST, "reasons")
        texts = [((_REASONS, i, "text"), reason.text) for i, reason in enumerate(self.reasons)]
        yield from repeats(texts, "reason")
        yield from lumping_problems(texts)
        right = sum(reason.correct for reason in self.reasons)
        if right != 1:
            yield Flaw(
                (_REASONS,),
                f"{right or 'none'} of the reasons {'is' if right < 2 else 'are'} right; "
                "write `correct: true` at exactly one",
            )


def _word(sheet: Sheet, choice: str) -> str:
    return sheet.strings.text(f"items.truefalse.{choice}")
