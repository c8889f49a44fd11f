"""The pace of modules: their steps, and whether they take as long as they say."""

from __future__ import annotations

from imlcourse.course.known import within
from imlcourse.course.module import Module
from imlcourse.course.pace import FEWEST_MINUTES, MOST_MINUTES, module_minutes
from imlcourse.course.sources import Sources

FEWEST_STEPS, MOST_STEPS = 5, 7
"""Steps of a module of a whole course: what can be done in an hour, with places to stop."""
TOO_LONG = 20
"""Minutes after which nobody stops in good order any more; only what is written takes longer."""
SLACK, SHARE = 5, 0.1
"""How far what a module claims may be from its minutes: so many, or this share of them."""


def check_pace(sources: Sources) -> None:
    """Check the number of steps of each module, and its minutes against those that it claims.

    Parameters
    ----------
    sources
        What was read.
    """
    for module in sources.modules.values():
        # A translation says what its original says, and is read at a pace of its own.
        if not module.page.whole or module.page.language is not None:
            continue
        _count(module, sources)
        if _all_there(module, sources):
            _minutes(module, sources)


def _count(module: Module, sources: Sources) -> None:
    count = len(module.steps)
    whole = sources.about is not None and sources.about.coverage == "whole"
    if whole and not FEWEST_STEPS <= count <= MOST_STEPS:
        hint = "divide a long section" if count < FEWEST_STEPS else "join two short sections"
        sources.problems.add(
            module.path,
            1,
            f"the module has {count} steps, a section each and its end; write {FEWEST_STEPS} to "
            f"{MOST_STEPS}: {hint}",
        )


def _all_there(module: Module, sources: Sources) -> bool:
    """Say whether all that the module places is there, and can be counted."""
    bank = sources.banks.get(module.id)
    if bank is None or not sources.names.sure(within("item", module.id)):
        return False
    asked = [block.argument for block in module.placed("item")]
    for block in module.placed("quiz"):
        if block.argument not in bank.quizzes:
            return False
        asked += bank.quizzes[block.argument].item_ids
    return (
        all(item_id in bank.items for item_id in asked)
        and all(block.argument in bank.worksheets for block in module.placed("worksheet"))
        and all(block.argument in sources.pages for block in module.placed("reading"))
    )


def _minutes(module: Module, sources: Sources) -> None:
    each = module_minutes(sources, module)
    lines = {section.id: section.line for section in module.sections}
    for step in module.steps:
        if each[step.id] > TOO_LONG and step.kind != "task":
            sources.problems.add(
                module.path,
                lines.get(step.id, 1),
                f"the step takes {each[step.id]} minutes, and {FEWEST_MINUTES} to {MOST_MINUTES} "
                "are aimed at; shorten it, or divide its section",
            )
    claimed, found = module.front.minutes.self_paced, sum(each.values())
    if abs(claimed - found) > max(SLACK, SHARE * found):
        nearest = max(5, 5 * round(found / 5))
        sources.problems.add(
            module.path,
            module.file.line(("minutes", "self")),
            f"the module claims {claimed} minutes, and its words and items take {found} "
            f"(course check --items shows each step); write {nearest}",
        )
