"""Comparing what a learner typed with what was expected, forgivingly.

The player does the same, in ``typed.js``; the vectors hold both to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from imlcourse.languages.spelling import distance

__all__ = ["LONGEST", "accepts", "distance", "number", "plain"]

LONGEST = 200
"""More characters than this are no answer to a gap."""
_LONGEST_NUMBER = 30

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[,٬][0-9]{3})+(?:\.[0-9]+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DIGITS = {
    **{0x0660 + i: str(i) for i in range(10)},  # Arabic
    **{0x06F0 + i: str(i) for i in range(10)},  # Persian and Urdu
    0x2212: "-",
    0x066B: ".",
}


def plain(text: str) -> str:
    """Take off a text what a learner is forgiven: accents, capitals, punctuation, wide spaces.

    Parameters
    ----------
    text
        What was typed, or what was expected.

    Returns
    -------
    str
        Small letters and digits, one space between words.
    """
    lowered = unicodedata.normalize("NFKD", text).lower()
    unmarked = (c for c in lowered if not unicodedata.category(c).startswith("M"))
    kept = (c if unicodedata.category(c)[0] in "LN" else " " for c in unmarked)
    return " ".join("".join(kept).split())


def accepts(given: str, answers: Iterable[str], tolerance: int, mistakes: Iterable[str]) -> bool:
    """Say whether what was typed counts as one of the answers.

    Parameters
    ----------
    given
        What was typed.
    answers
        What is right.
    tolerance
        How many slips of spelling are forgiven.
    mistakes
        What is wrong however near it comes to an answer.

    Returns
    -------
    bool
        Whether it is right.
    """
    typed = plain(given)
    if not typed or len(given) > LONGEST or any(plain(wrong) == typed for wrong in mistakes):
        return False
    return any(
        abs(len(right) - len(typed)) <= tolerance and distance(typed, right) <= tolerance
        for right in map(plain, answers)
    )


def number(given: str) -> float | None:
    """Read a number as people write it.

    Spaces and commas may part thousands, a comma may stand for the decimal point, and digits may
    be Arabic ones.

    Parameters
    ----------
    given
        What was typed.

    Returns
    -------
    float or None
        The number; None if it is none.
    """
    text = "".join(given.translate(_DIGITS).split())
    if len(text) > _LONGEST_NUMBER:
        return None
    if _THOUSANDS.fullmatch(text):
        text = re.sub("[,٬]", "", text)
    text = text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None
