"""True or false: a statement to judge.

Response
    ``"true"`` or ``"false"``.
Scoring
    1 for the right judgement, 0 for the other. Parts: the chosen judgement alone, right or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from imlcourse.items.base import Flaw, Item, Part, Score, Text, Where
from imlcourse.items.choice import key_html, options_html
from imlcourse.items.html import Sheet, key_list

_CHOICES = ("true", "false")


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

    def key(self) -> str:  # noqa: D102
        return "true" if self.truth else "false"

    def score(self, response: object) -> Score:  # noqa: D102
        if not isinstance(response, str) or response not in _CHOICES:
            return Score(0.0)
        right = response == self.key()
        return Score(float(right), {response: right})

    def question_html(self, sheet: Sheet) -> str:  # noqa: D102
        return options_html(sheet, "radio", [(c, _word(sheet, c)) for c in _CHOICES])

    def answer_html(self, sheet: Sheet) -> str:  # noqa: D102
        said = {"true": self.feedback.when_true, "false": self.feedback.when_false}
        return key_list(
            key_html(sheet, choice, choice == self.key(), _word(sheet, choice), said[choice])
            for choice in _CHOICES
        )

    @property
    def negative(self) -> bool:
        """A statement is no negative question, even where it says *not*."""
        return False

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("feedback", "true"), self.feedback.when_true
        yield ("feedback", "false"), self.feedback.when_false

    def _own_problems(self) -> Iterator[Flaw]:
        if self.stem.endswith("?"):
            yield Flaw(("stem",), "the stem is a question; write a statement that is true or false")


def _word(sheet: Sheet, choice: str) -> str:
    return sheet.strings.text(f"items.truefalse.{choice}")
