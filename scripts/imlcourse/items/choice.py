"""What the types whose answer is chosen among options share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import (
    Feedback,
    Flaw,
    Item,
    Part,
    Text,
    Where,
    number_problem,
    part_id,
    question_problem,
    repeats,
)
from imlcourse.items.parts import ChoicePart
from imlcourse.languages.rules import Rules

OPTIONS = "options"


class Option(Part):
    """One of the answers to choose from."""

    text: Text = Field(description="The answer, in about as many words as the others.")
    correct: bool = Field(default=False, description="Whether it is right.")
    feedback: Feedback = Field(
        description="Why it is right; or why it is wrong, and what was probably confused."
    )


class ChoiceItem(Item):
    """An item whose answer is chosen among options."""

    options: list[Option] = Field(description="The answers to choose from, all different.")
    order: Literal["shuffle", "natural"] = Field(
        default="shuffle",
        description='"natural" keeps the written order, for dates and numbers.',
    )

    def option_ids(self) -> list[str]:
        """Give the ids of the options, in the written order."""
        return [part_id(self.id, OPTIONS, index) for index in range(len(self.options))]

    def right_ids(self) -> list[str]:
        """Give the ids of the right options, in the written order."""
        pairs = zip(self.option_ids(), self.options, strict=True)
        return [part for part, option in pairs if option.correct]

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {OPTIONS: len(self.options)} if self.order == "shuffle" else {}

    def parts(self) -> tuple[ChoicePart, ...]:  # noqa: D102
        return option_parts(OPTIONS, zip(self.option_ids(), self.options, strict=True))

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, option in enumerate(self.options):
            yield (OPTIONS, index, "text"), option.text
            yield (OPTIONS, index, "feedback"), option.feedback

    def _option_problems(self, fewest: int, most: int) -> Iterator[Flaw]:
        yield from question_problem(self.stem, self.rules)
        yield from number_problem((OPTIONS,), len(self.options), fewest, most, "options")
        paths = [((OPTIONS, i, "text"), option.text) for i, option in enumerate(self.options)]
        yield from repeats(paths, "option")
        yield from lumping_problems(paths, self.rules)


def lumping_problems(texts: Iterable[tuple[Where, str]], rules: Rules) -> Iterator[Flaw]:
    """Report each option that stands for other options."""
    for path, text in texts:
        if rules.lumps(text):
            yield Flaw(
                path,
                f"“{text}” lumps other options together; write an answer of its own instead",
            )


def option_parts(group: str, options: Iterable[tuple[str, Option]]) -> tuple[ChoicePart, ...]:
    """Give options as parts of an item.

    Parameters
    ----------
    group
        What they belong in.
    options
        Each with its id.
    """
    return tuple(
        ChoicePart(
            id=part, text=option.text, right=option.correct, feedback=option.feedback, group=group
        )
        for part, option in options
    )
