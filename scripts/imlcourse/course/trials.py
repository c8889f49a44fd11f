"""Trials of items: what readers answered, with the document and without it.

Each file of ``quizzes/trials/`` is one trial: who answered, whether with the document beside them
(*open book*) or having seen neither document nor course (*closed book*), and for each item what
the answer was worth and whether the reader was sure of it. A test asks for what one learns where
closed-book readers often fail, and open-book readers do not.

An answer counts for the wording that was asked: the item's version stands with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.items import Item
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.problems import Problems
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import read_yaml

__all__ = ["FOLDER", "Answered", "Book", "Standing", "Trial", "read_trials", "standings"]

FOLDER = "quizzes/trials"
"""Where the trials are, below the root of the course."""

Book = Literal["closed", "open"]


class Answered(Data):
    """What one reader answered to one item.

    Attributes
    ----------
    item
        The item's id; it may have been retired since.
    version
        The item's version when it was asked.
    points
        From 0 to 1; 1 is wholly right.
    sure
        Whether the reader was sure of it.
    """

    item: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*-i[0-9]+$")]
    version: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    points: Annotated[float, Field(ge=0, le=1, strict=False)]
    sure: bool

    @property
    def right(self) -> bool:
        """Whether it was wholly right."""
        return self.points >= 1


class Trial(Data):
    """One trial.

    Attributes
    ----------
    date
        The day, as in ``2026-11-27``.
    book
        Whether the reader had the document.
    reader
        Who answered, honestly described.
    answers
        What was answered.
    """

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    book: Book
    reader: Words
    answers: list[Answered]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item, as it is worded now, did in its last trial of each kind.

    Attributes
    ----------
    item
        The item.
    closed, open
        What was answered to it last; ``None`` where it was never tried in this wording.
    """

    item: Item
    closed: Answered | None
    open: Answered | None

    @property
    def typed(self) -> bool:
        """Whether something has to be typed, which nobody guesses."""
        parts = self.item.parts()
        return any(getattr(part, "answers", None) or hasattr(part, "value") for part in parts)

    @property
    def given_away(self) -> bool:
        """Whether a reader without the document was right, and sure of it."""
        return self.closed is not None and self.closed.right and self.closed.sure

    @property
    def unsettled(self) -> bool:
        """Whether a reader with the document was not right."""
        return self.open is not None and not self.open.right


def read_trials(root: Path, problems: Problems) -> list[Trial]:
    """Read the trials of a course, the earliest first.

    Parameters
    ----------
    root
        The root of the course.
    problems
        Where every fault is reported, at its line.

    Returns
    -------
    list of Trial
        Those that can be read, by day and by name of file.
    """
    trials = []
    for path in sorted((root / FOLDER).glob("*.yml")):
        file = read_yaml(path, problems)
        trial = validated(Trial, file, problems) if file else None
        if trial:
            trials.append(trial)
    return sorted(trials, key=lambda trial: trial.date)


def standings(items: Iterable[Item], trials: Iterable[Trial]) -> list[Standing]:
    """Say how items did in the last trials of their present wording.

    Parameters
    ----------
    items
        The items.
    trials
        The trials, the earliest first.

    Returns
    -------
    list of Standing
        One for each item, in their order.
    """
    last: dict[tuple[Book, str, str], Answered] = {
        (trial.book, answered.item, answered.version): answered
        for trial in trials
        for answered in trial.answers
    }
    return [
        Standing(
            item,
            last.get(("closed", item.id, item.version)),
            last.get(("open", item.id, item.version)),
        )
        for item in items
    ]
