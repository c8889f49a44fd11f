"""Numbers that Python and the player's scripts both work with: they stand once, in ``shared.json``.

The player has them as ``imlPlayer.shared`` (see ``player/bundle.py``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

__all__ = ["SHARED", "Shared", "module_of"]


class _Mastery(TypedDict):
    reading: float
    secure: float
    weak: float


class _Record(TypedDict):
    format: int
    learned: int
    longest: int
    session: int


class _Scenario(TypedDict):
    best: int
    fair: int
    poor: int


class _Seal(TypedDict):
    first: int
    count: int


class _Typed(TypedDict):
    longest: int
    longest_number: int
    letters_for_a_slip: int


class _Worksheet(TypedDict):
    most: int


class Shared(TypedDict):
    """What stands in ``shared.json``.

    ``mastery``
        ``reading``: the share of a module's minutes that is for reading; the rest is for its quiz.
        An objective of which a learner has the share ``secure`` of the points, or more, is
        secure; below ``weak`` it is weak.
    ``record``
        ``format``: the number of the format of a record's entries. ``learned``: the box of an item
        that was missed and is learned. ``longest``: what would have to wait for more days than
        that is learned. ``session``: what comes back is asked for so many seconds at a time.
    ``scenario``
        What a decision is worth, by its rating.
    ``seal``
        The characters that are sealed: the code of the first, and how many. They are the printable
        ones of ASCII; others stay as they are.
    ``typed``
        More characters than ``longest`` are no answer to a gap, and more than ``longest_number``
        no number; ``letters_for_a_slip``: so many letters of a word allow for one slip in it.
    ``worksheet``
        ``most``: the points that a criterion of a rubric can give; the fewest are 0.
    """

    mastery: _Mastery
    record: _Record
    scenario: _Scenario
    seal: _Seal
    typed: _Typed
    worksheet: _Worksheet


SHARED: Shared = json.loads(Path(__file__).with_name("shared.json").read_text(encoding="utf-8"))
"""What Python and the player share."""


def module_of(name: str) -> str:
    """Give the id of the module that the name of something in it begins with.

    Parameters
    ----------
    name
        The id of an objective, an item, a section or a quiz, such as ``"m06-o1"``, or the name of
        a module's folder.

    Returns
    -------
    str
        Such as ``"m06"``.
    """
    return name.partition("-")[0]
