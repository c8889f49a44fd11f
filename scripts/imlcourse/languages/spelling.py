"""How far one spelling is from another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["distance"]


def distance(one: str, other: str) -> int:
    """Count the slips between two texts.

    A slip is a letter too many, one too few, a wrong one, or two that changed places (optimal
    string alignment).

    Parameters
    ----------
    one, other
        Texts.

    Returns
    -------
    int
        The fewest slips that turn one into the other.
    """
    # Whoever mistypes nothing needs it not.
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other))


def near(word: str, known: Iterable[str]) -> str:
    """Say which known word a mistyped one probably is.

    A guess that is wrong leads further astray than none. So numbers are never changed: *m01-i3*
    is m01-i03, and *m01-i99* is nothing.

    Parameters
    ----------
    word
        The word as written.
    known
        The words that would have been right.

    Returns
    -------
    str
        `` (did you mean …?)``, or nothing where none is near.
    """
    guess = nearest(word, known)
    return f" (did you mean {guess}?)" if guess else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that a mistyped one probably is, if there is one.

    Parameters
    ----------
    word
        The word as written.
    known
        The words that would have been right.

    Returns
    -------
    str or None
        The word that is written alike, has the same words in it, or differs by few letters.
    """
    pieces = {name: _pieces(name) for name in sorted(set(known))}
    if word in pieces:
        return None
    written = _pieces(word)
    alike = {name: of for name, of in pieces.items() if _numbers(of) == _numbers(written)}
    for name, of in alike.items():
        if of == written:
            return name
    spelt = "".join(written)
    most = _slips(spelt)
    far = {
        name: distance(spelt, "".join(of))
        for name, of in alike.items()
        if abs(len(name) - len(word)) <= most
    }
    if far and min(far.values()) <= most:
        return min(far, key=lambda name: far[name])
    # The right words in another order, or the first or the last of them left out.
    holding = [
        name
        for name, of in alike.items()
        if len(written) > 1 and len(of) > 1 and (set(written) <= set(of) or set(written) >= set(of))
    ]
    return holding[0] if len(holding) == 1 else None


_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")


@lru_cache(maxsize=16384)
def _pieces(word: str) -> tuple[str, ...]:
    """Take a word apart, so that case, zeros and joining signs do not count."""
    return tuple(
        piece.lstrip("0") or "0" if piece.isdigit() else piece
        for piece in _PIECE.findall(word.casefold())
    )


def _numbers(pieces: Iterable[str]) -> list[str]:
    return [piece for piece in pieces if piece.isdigit()]


def _slips(word: str) -> int:
    """Say how many slips of the hand still leave a word known: none in very short ones."""
    return min(2, len(word) // 4)
