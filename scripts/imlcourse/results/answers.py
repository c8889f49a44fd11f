"""What people have answered, from whatever file it came: sittings of tests, answer by answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["AFTER", "BEFORE", "FINAL", "PRACTICE", "START", "Answer", "Learner", "Sitting"]

BEFORE, AFTER, FINAL, START = "pre-test", "post-test", "final-test", "start-check"
"""Ids of the tests of the whole course."""
PRACTICE = "practice"
"""What stands for a test where an item was answered in practice."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to an item.

    Attributes
    ----------
    item, version
        The item, and the version of its wording that was asked.
    points
        From 0 to 1.
    response
        What was answered, as JSON has it; None where it was left open or nobody wrote it down.
    objective
        What it assesses, where nobody wrote down which item it was, and `item` is empty.
    """

    item: str
    version: str
    points: float
    response: Any = None
    objective: str = ""

    @property
    def right(self) -> bool:
        """Whether it is wholly right."""
        return self.points >= 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A test that somebody has taken, to its end.

    Attributes
    ----------
    test
        Its id: ``pre-test``, ``m06-quiz`` …
    begun
        When it was begun, in milliseconds since 1970; 0 where nobody says.
    edition
        The version of the course that asked it; empty where nobody says.
    answers
        All that was asked, in its order; what was left open has no points.
    """

    test: str
    begun: float
    edition: str
    answers: tuple[Answer, ...]

    @property
    def points(self) -> float:
        """The share of the points."""
        return sum(one.points for one in self.answers) / max(1, len(self.answers))


@dataclass(slots=True)
class Learner:
    """Whoever answered.

    Attributes
    ----------
    account
        What names the learner and nobody else: the account of a record, the code on a sheet.
    names
        How he or she is called; more than one where files say different names.
    sittings
        Finished tests, the first one first.
    practice
        The first answer to each item of practice, by version.
    files
        Numbers of the files, from 1, in which something stands.
    """

    account: str
    names: set[str] = field(default_factory=set)
    sittings: list[Sitting] = field(default_factory=list)
    practice: list[Answer] = field(default_factory=list)
    files: set[int] = field(default_factory=set)

    def first(self, test: str) -> Sitting | None:
        """Give the first sitting of a test: nothing that it asks was seen in it before."""
        return next((one for one in self.sittings if one.test == test), None)

    def last(self, test: str) -> Sitting | None:
        """Give the last sitting of a test."""
        return next((one for one in reversed(self.sittings) if one.test == test), None)
