"""How far one spelling is from another."""

from __future__ import annotations

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
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
