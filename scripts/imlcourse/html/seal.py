"""Sealing what tells the key of test items: not to be read by the way, nor found by a search.

This keeps honest learners honest, and no more: the player has to open the seal, so anybody who
reads the player can. A test that must be secure is one on paper, or in a learning management
system that marks it on its server.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from imlcourse.items.shared import SHARED

__all__ = ["seal"]

_FIRST, _COUNT = SHARED["seal"]["first"], SHARED["seal"]["count"]


@lru_cache(maxsize=4096)  # a test item stands on several pages, and a preview makes them again
def seal(name: str, html: str) -> str:
    """Seal a text so that it is not legible on the page.

    Parameters
    ----------
    name
        The id of the item; the same text is sealed differently in another item.
    html
        What to seal. Its line ends become spaces.

    Returns
    -------
    str
        A text of the same length, which ``seal.js`` opens.
    """
    signs = " ".join(html.split("\n"))
    return "".join(
        chr(_FIRST + (ord(sign) - _FIRST + turn) % _COUNT)
        if _FIRST <= ord(sign) < _FIRST + _COUNT
        else sign
        for sign, turn in zip(signs, _stream(name), strict=False)
    )


def _stream(name: str) -> Iterator[int]:
    """Give numbers that depend on a name alone: a linear congruential generator."""
    state = 2166136261
    for byte in name.encode():
        state = ((state ^ byte) * 16777619) & 0xFFFFFFFF
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield (state >> 16) % _COUNT
