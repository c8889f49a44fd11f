"""Objectives: each is assessed by items enough, not all of them recall."""

from __future__ import annotations

from collections import defaultdict

from imlcourse.course.known import within
from imlcourse.course.sources import Sources
from imlcourse.items import Item

_ABOVE_RECALL = ("understand", "apply", "analyse")


def check_objectives(sources: Sources) -> None:
    """Check that each objective is assessed by two items or more, one of them above recall.

    Parameters
    ----------
    sources
        What was read.
    """
    for module in sources.modules.values():
        bank = sources.banks.get(module.id)
        if bank is None:
            continue
        known = [objective.id for objective in module.front.objectives]
        if len(set(known)) < len(known):
            continue  # which of two is meant is not known, and they are reported
        by_objective: dict[str, list[Item]] = defaultdict(list)
        for item in bank.items.values():
            by_objective[item.objective].append(item)
            sources.names.report_missing(
                within("objective", module.id),
                item.objective,
                bank.file.path,
                bank.line(item.id, ("objective",)),
                f"no objective {item.objective} in {module.id}",
            )
        if not by_objective.keys() <= set(known):
            continue  # items are assigned to none that there is, and so are missing elsewhere
        for number, objective in enumerate(known):
            line = module.file.line(("objectives", number))
            items = by_objective[objective]
            if not sources.names.complete(within("item", module.id)):
                continue
            if len(items) < 2:
                sources.problems.add(
                    module.path,
                    line,
                    f"the objective {objective} is assessed by {len(items)} "
                    f"items; write at least 2 in quizzes/{module.id}.yml",
                )
            elif not any(item.level in _ABOVE_RECALL for item in items):
                sources.problems.add(
                    module.path,
                    line,
                    f"the objective {objective} is assessed by recall alone; "
                    "write an item above recall",
                )
