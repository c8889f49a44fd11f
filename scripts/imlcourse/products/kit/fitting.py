"""How large words may be to stay in their box, without a program that sets them.

The widths are those of Arial, which Liberation Sans and Arimo share, in classes and rounded up; of
other scripts a wide guess. Tests measure what LibreOffice makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_NARROW, _SLIM, _HALF = set("ijl.,;:'|!’‘"), set('ftr()[]-/“” "'), set("ckvxyzsJ")
_WIDE, _WIDEST = set("mw%"), set("MW@—…")
_LINE = 1.2
"""Height of a line, in sizes of its letters; programs take 1.15 to 1.2."""
_SURE = 0.97
"""How much of the width is counted on, since a line breaks where a program likes."""
_BOLD = 1.07
_PARAGRAPH = 0.35
"""Space between paragraphs, in sizes of letters."""


def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.28
    if sign in _SLIM:
        return 0.34
    if sign in _HALF:
        return 0.5
    if sign in _WIDE:
        return 0.86
    if sign in _WIDEST:
        return 1.0
    if sign.isupper():
        return 0.71
    return 0.56 if sign.isascii() else 0.62


def lines_of(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Count the lines that a paragraph takes, in a box of a width in points."""
    lines, used = 1, 0.0
    room = width * _SURE / size / (_BOLD if bold else 1)
    for word in text.split():
        long = sum(map(_width, word))
        if used and used + 0.28 + long > room:
            lines, used = lines + 1, 0.0
        used += long + (0.28 if used else 0)
        if used > room:
            lines, used = lines + int(used / room), used % room
    return lines


def height_of(texts: Iterable[str], size: float, width: float, *, bold: bool = False) -> float:
    """Say how high paragraphs stand, in points."""
    counted = [lines_of(text, size, width, bold=bold) for text in texts]
    return sum(counted) * size * _LINE + max(len(counted) - 1, 0) * size * _PARAGRAPH


def largest(
    sizes: Sequence[float],
    boxes: Iterable[tuple[Sequence[str], float, float]],
    *,
    bold: bool = False,
) -> float:
    """Choose the largest size in which every text stays in its box.

    Parameters
    ----------
    sizes
        What there is to choose from, the largest first; the last is taken if none will do.
    boxes
        Paragraphs, and the width and the height of their box in points.
    bold
        Whether they are bold.
    """
    held = [(tuple(texts), width, height) for texts, width, height in boxes]
    for size in sizes:
        if all(height_of(texts, size, width, bold=bold) <= height for texts, width, height in held):
            return size
    return sizes[-1]
