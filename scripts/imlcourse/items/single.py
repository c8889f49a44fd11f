"""Single choice: one right answer among three to five.

Response
    The id of the chosen option, such as ``"p3fa9c1"``.
Scoring
    1 for the right option, 0 for any other. Parts: the chosen option alone, right or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from imlcourse.items.base import Flaw, Score
from imlcourse.items.choice import ChoiceItem

FEWEST, MOST = 3, 5


class Single(ChoiceItem):
    """A question with exactly one right option."""

    type: Literal["single"] = Field(description="single: exactly one option is right.")

    def key(self) -> str | None:  # noqa: D102
        return next(iter(self.right_ids()), None)

    def score(self, response: object) -> Score:  # noqa: D102
        if not isinstance(response, str) or response not in self.option_ids():
            return Score(0.0)
        right = response == self.key()
        return Score(float(right), {response: right})

    def _own_problems(self) -> Iterator[Flaw]:
        yield from self._option_problems(FEWEST, MOST)
        right = sum(option.correct for option in self.options)
        if right != 1:
            yield Flaw(
                ("options",),
                f"{right or 'none'} of the options {'is' if right < 2 else 'are'} right; "
                "write `correct: true` at exactly one, or use the type `multiple`",
            )
