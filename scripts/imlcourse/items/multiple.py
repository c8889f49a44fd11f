"""Multiple response: every right answer has to be found.

Response
    The ids of the ticked options in a list, in any order, none twice.
Scoring
    The share of the right options that are ticked, less the share of the wrong options that are
    ticked, and never below 0. So ticking everything gains nothing, however many options are right,
    and 1 is for the key alone. Nothing ticked is no answer.
    Parts: each option; one is right if it is a key and ticked, or none and left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import Flaw, Score
from imlcourse.items.choice import ChoiceItem

FEWEST, MOST = 3, 7


class Multiple(ChoiceItem):
    """A question with one right option or more, and one wrong option or more."""

    type: Literal["multiple"] = Field(
        description="multiple: one option or more is right, and one or more is not."
    )

    def key(self) -> list[str]:  # noqa: D102
        return self.right_ids()

    def score(self, response: object) -> Score:  # noqa: D102
        ids, right = self.option_ids(), set(self.right_ids())
        if (
            not isinstance(response, list)
            or not response
            or not all(isinstance(part, str) and part in ids for part in response)
            or len(set(response)) != len(response)
        ):
            return Score.nothing(ids)
        ticked = set(response)
        wrong = len(ids) - len(right)
        hits, misses = len(ticked & right), len(ticked - right)
        # One division of whole numbers, so that JavaScript gives the very same number.
        gained = hits * wrong - misses * len(right)
        points = max(0, gained) / (len(right) * wrong) if right and wrong else 0.0
        return Score(points, {part: (part in ticked) == (part in right) for part in ids})

    def _own_problems(self) -> Iterator[Flaw]:
        yield from self._option_problems(FEWEST, MOST)
        right = sum(option.correct for option in self.options)
        if not right:
            yield Flaw(("options",), "no option is right; write `correct: true` at one or more")
        elif right == len(self.options):
            yield Flaw(("options",), "every option is right; add one or more that are not")
