"""Giving each of some takers one of the things that it may take, no thing twice.

That is a matching in a bipartite graph, found by augmenting paths: a taker that finds nothing
free asks those who hold what it may take to move on to something else. The player does the same,
in ``assignment.js``; the vectors hold both to it.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["assign"]


def assign(wishes: Sequence[Sequence[int]]) -> list[int | None]:
    """Assign things to takers so that as many takers as can be have one.

    Takers are served in their order. Who was served stays so, though maybe with another thing: so
    those who have something are, one by one, the first in the list that all can be served.

    Parameters
    ----------
    wishes
        For each taker, the numbers of the things that it may take, the dearest first.

    Returns
    -------
    list of int or None
        For each taker the number of its thing; None where there is none for it.
    """
    holder: dict[int, int] = {}
    given: list[int | None] = [None] * len(wishes)
    for taker in range(len(wishes)):
        asked_by: dict[int, int] = {}  # by thing: who asked for it first
        queue, free = [taker], None
        for asking in queue:
            for thing in wishes[asking]:
                if thing in asked_by:
                    continue
                asked_by[thing] = asking
                if thing not in holder:
                    free = thing
                    break
                queue.append(holder[thing])
            if free is not None:
                break
        while free is not None:
            asking = asked_by[free]
            before = given[asking]
            holder[free], given[asking] = asking, free
            free = before
    return given
