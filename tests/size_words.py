"""Sizes that a text says in words, held against those of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NUMBERS = {"a": 1.0, "one": 1.0, "half a": 0.5, "a third of a": 1 / 3, "a quarter of a": 0.25}
_NUMBERS |= {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "ten": 10.0}
_UNITS = {"megabyte": 1e6, "kilobyte": 1e3, "MB": 1e6, "KB": 1e3}
_BELOW = ("less than", "below", "smaller than", "under", "up to")
_WITHIN = {
    "about": (0.75, 1.25),
    "a little over": (1, 1.4),
    "a little under": (0.7, 1),
    "over": (1, 2),
}
_SAID = re.compile(
    rf"(?:({'|'.join((*_BELOW, *sorted(_WITHIN, key=len, reverse=True)))}) )?"
    rf"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d[\d.]*) "
    rf"({'|'.join(_UNITS)})s?\b"
)


@dataclass(frozen=True)
class Said:
    """A size in words: which sizes make it true, and of which files it may be said."""

    words: str
    least: float
    most: float
    of_all_below: bool

    def covers(self, size: int) -> bool:
        """Whether a file of this size is meant."""
        return size <= self.most and (self.of_all_below or size >= self.least)

    def is_true(self, sizes: Iterable[int]) -> bool:
        """Whether some file has it: the largest that is meant is not far smaller."""
        return any(self.least <= size <= self.most for size in sizes)


def sizes_said(text: str) -> Iterator[Said]:
    """Give each size that a text says; “below” may be said of what has half of it or more."""
    for found in _SAID.finditer(" ".join(text.split())):
        how, number, unit = found.groups()
        size = (_NUMBERS.get(number) or float(number)) * _UNITS[unit]
        below = how in _BELOW
        least, most = (0.5, 1.0) if below else _WITHIN.get(how, (0.9, 1.1))
        yield Said(found[0], least * size, most * size, below)
