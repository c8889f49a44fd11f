"""What guessers could use in a bank: habits that give its keys away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imlcourse.checks.guessers import (
    LABELS,
    MOST_GAIN,
    Picked,
    only_wrong_absolute,
    picked,
    pointed_at,
    stands_out,
    summed_up,
    too_good,
)
from imlcourse.course.bank import Bank
from imlcourse.course.sources import Sources
from imlcourse.items import Order, Single

_ENOUGH_SINGLES = 60
_ENOUGH_JUDGED = 40
"""With fewer items, luck alone may pass the limit over the whole bank."""


def check_module_cues(sources: Sources, bank: Bank, orders: Mapping[str, Order]) -> Picked:
    """Report what gives keys away over a module, and in single items of it.

    Parameters
    ----------
    sources
        What was read.
    bank
        The bank of the module.
    orders
        For each of its items, the order in which its parts are shown.

    Returns
    -------
    dict
        What guessers scored over it, for `check_bank_cues`.
    """
    path, line = bank.file.path, bank.file.line(("items",))
    scored = picked(bank.items.values(), orders)
    for guess in summed_up(scored):
        if too_good(guess):
            sources.problems.add(
                path,
                line,
                f"who guesses {LABELS[guess.name]} is right in "
                f"{guess.score:.0%} of {guess.items} items, where chance gives "
                f"{guess.chance:.0%}; change the options of some of {', '.join(guess.right)}",
            )
    for item in bank.items.values():
        if not isinstance(item, Single):
            continue
        if ratio := stands_out(item):
            sources.problems.add(
                path,
                bank.line(item.id, ("options",)),
                f"the key of {item.id} is {'twice as long as' if ratio > 1 else 'half as long as'} "
                "any other option, or more so; bring them nearer to each other",
            )
        if pointing := pointed_at(item):
            shared = ", ".join(sorted(pointing))
            sources.problems.add(
                path,
                bank.line(item.id, ("stem",)),
                f"words of the stem point at the key of {item.id} alone (words that begin with "
                f"{shared}); use other words in the key, or these in another option too",
            )
        if only_wrong_absolute(item):
            sources.problems.add(
                path,
                bank.line(item.id, ("options",)),
                f"absolute words stand in every wrong option of {item.id} and not in its key; "
                "take some of them out",
            )
    return scored


def check_bank_cues(sources: Sources, scored: Iterable[Picked]) -> None:
    """Report habits that all banks together give away, which a few items do not show.

    Parameters
    ----------
    sources
        What was read.
    scored
        What guessers scored over each bank.
    """
    items = list(sources.items)
    if sum(isinstance(item, Single) for item in items) < _ENOUGH_SINGLES:
        return
    for guess in summed_up(*scored):
        if guess.items >= _ENOUGH_JUDGED and guess.gain > MOST_GAIN:
            sources.problems.add(
                sources.root / "quizzes",
                0,
                f"who guesses {LABELS[guess.name]} is right in "
                f"{guess.score:.1%} of the {guess.items} items of all modules, where chance gives "
                f"{guess.chance:.1%}; five points more is the most "
                "(course check --items shows each module)",
            )
