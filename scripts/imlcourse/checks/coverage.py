"""Coverage: every unit that is taught is assessed, and, in a whole course, all are taught."""

from __future__ import annotations

from collections import Counter

from imlcourse.course.module import Module
from imlcourse.course.sources import Sources


def check_coverage(sources: Sources) -> None:
    """Check that every unit that is taught is also assessed.

    Parameters
    ----------
    sources
        What was read.
    """
    counted = sources.names.complete("item")
    items_of: Counter[str] = Counter()
    for bank in sources.banks.values():
        for item in bank.items.values():
            items_of.update({evidence.unit for _, evidence in item.quotations()})
    taught: dict[str, Module] = {}
    for module in sources.modules.values():
        for unit_id in module.front.units:
            taught.setdefault(unit_id, module)
    for unit_id in sources.edition.unit_ids:
        wanted = sources.edition.items_wanted(unit_id)
        if unit_id in taught and items_of[unit_id] < wanted and counted:
            module = taught[unit_id]
            front = module.file
            sources.problems.add(
                module.path,
                front.line(("units", module.front.units.index(unit_id))),
                f"unit {unit_id} is the evidence of {items_of[unit_id]} items; "
                f"write at least {wanted}",
            )
        if sources.about and sources.about.coverage == "whole" and unit_id not in taught:
            if not sources.names.complete("module"):
                continue
            sources.problems.add(
                sources.root / "modules",
                0,
                f"unit {unit_id} is taught by no module; teach it in one",
            )
