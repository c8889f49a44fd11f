"""Which item a question of a sheet is, as several files may say it."""

from __future__ import annotations

from imlcourse.results.intake import SheetQuestion

__all__ = ["learned"]


def learned(
    known: dict[tuple[str, str, str], SheetQuestion],
    place: tuple[str, str, str],
    entry: SheetQuestion,
) -> bool:
    """Learn which item a question is; says whether nobody has said otherwise.

    Of the list and the places of one test, which lie side by side, the places tell more.
    """
    there = known.setdefault(place, entry)
    if there.item != entry.item:
        return False
    if entry.version and not there.version:
        known[place] = entry
        return True
    return there == entry or bool(there.version and not entry.version)
