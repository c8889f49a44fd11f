"""The balance of a bank: neither recall nor questions for what is not so prevail."""

from __future__ import annotations

import math

from imlcourse.checks.cues import check_bank_cues, check_module_cues
from imlcourse.checks.guessers import Picked
from imlcourse.course.known import within
from imlcourse.course.sources import Sources
from imlcourse.items import places


def check_balance(sources: Sources) -> None:
    """Check that over a bank nothing but knowledge helps: neither cues nor an easy level.

    Parameters
    ----------
    sources
        What was read.
    """
    scored: list[Picked] = []
    for bank in sources.banks.values():
        items = list(bank.items.values())
        if len(items) < 4 or not sources.names.complete(within("item", bank.module)):
            continue
        path = bank.file.path
        recall = sum(item.level == "recall" for item in items)
        if recall * 2 > len(items):
            sources.problems.add(
                path,
                bank.file.line(("items",)),
                f"{recall} of {len(items)} items ask for recall; at least half are to be above it",
            )
        negative = [item for item in items if item.negative]
        if len(negative) > math.ceil(len(items) / 20):
            sources.problems.add(
                path,
                bank.line(negative[-1].id),
                f"{len(negative)} of {len(items)} stems ask for what is not so; "
                "one in twenty is the most: ask for what is so",
            )
        scored.append(check_module_cues(sources, bank, places(items)))
    check_bank_cues(sources, scored)
