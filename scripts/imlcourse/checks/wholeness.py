"""Modules of a whole course: each holds all that CONTRIBUTING.md asks of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imlcourse.course.bank import Bank
from imlcourse.course.known import within
from imlcourse.course.module import Module
from imlcourse.course.session import PLAN
from imlcourse.course.sources import Sources

FEWEST_ITEMS = 18
"""Items of a module: a few for each section, and as many for its quiz to draw from."""
FEWEST_STEPS = 4
"""Steps of a scenario: with fewer, no decision has time to take effect."""

_BLOCKS = {
    "example": ("worked example", ":::{example} Title"),
    "case": ("case card", ":::{case} A30"),
    "misunderstanding": (
        "misunderstanding put right",
        ":::{misunderstanding} The sentence as people say it",
    ),
    "since": ("word on what has changed since 2009", ":::{since} the-id-of-a-fact"),
    "keypoints": ("key points", ":::{keypoints}"),
}
"""For each block: what is missing without it, and how it begins."""
_NO_SINCE = ("capstone",)
_TABLE = re.compile(
    r"^(?=.*\|)[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.M
)
"""The line under the head of a table."""


def check_wholeness(sources: Sources) -> None:
    """Check that each module of a whole course holds what is asked of a module.

    That it has one module quiz is asked of every course: see `imlcourse.checks.blueprints`.

    Parameters
    ----------
    sources
        What was read.
    """
    if sources.about is None or sources.about.coverage != "whole":
        return
    for module in sources.modules.values():
        for what in _missing(module) if module.page.whole else ():
            sources.problems.add(module.path, 1, what)
        plan = module.path.with_name(PLAN)
        if not plan.exists():
            sources.problems.add(
                plan,
                0,
                f"the module {module.id} has no session plan; write this file (CONTRIBUTING.md, "
                "“Add a session plan”)",
            )
        bank = sources.banks.get(module.id)
        if bank is None:
            continue
        if (
            module.page.whole
            and sources.names.sure(within("item", module.id))
            and not _has_scenario(module, bank)
        ):
            sources.problems.add(
                module.path,
                1,
                f"the module has no scenario of {FEWEST_STEPS} steps or more; write one in "
                f"quizzes/{module.id}.yml, and place it with :::{{item}} and its id",
            )
        items = len(bank.written("items"))
        if items < FEWEST_ITEMS:
            sources.problems.add(
                bank.file.path,
                1,
                f"a module has {FEWEST_ITEMS} items or more, and {module.id} has {items}; "
                f"write {FEWEST_ITEMS - items} more",
            )


def _missing(module: Module) -> Iterator[str]:
    """Say which parts a module lacks, and how to add each."""
    if not any(block.kind == "situation" for block in module.opening):
        yield (
            "the module has no opening situation; write a block :::{situation} Title … ::: "
            "before its first section"
        )
    page = module.page
    for kind, (what, begins) in _BLOCKS.items():
        if kind == "since" and module.id in _NO_SINCE:
            continue
        if not any(page.of_kind(kind)):
            yield f"the module has no {what}; add a block {begins} … :::"
    tables = (_TABLE.search(block.text) for block in page.blocks if block.kind != "code")
    if not any(page.of_kind("diagram")) and not any(tables):
        yield (
            "the module has no figure and no table; add a block :::{diagram} drawing.svg … :::, "
            "or a table"
        )


def _has_scenario(module: Module, bank: Bank) -> bool:
    """Say whether a scenario that is long enough stands in the module, or in a quiz that does."""
    asked = {block.argument for block in module.placed("item")}
    for block in module.placed("quiz"):
        if block.argument in bank.quizzes:
            asked.update(bank.quizzes[block.argument].items)
    # As it is written: a scenario with a mistake in it is there, and has its own report.
    return any(
        isinstance(entry, dict)
        and entry.get("type") == "scenario"
        and str(entry.get("id")) in asked
        and isinstance(steps := entry.get("steps"), list)
        and len(steps) >= FEWEST_STEPS
        for entry in bank.file.value["items"]
    )
