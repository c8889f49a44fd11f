"""Scenarios: the roles they are written for are roles of the course."""

from __future__ import annotations

from imlcourse.course.sources import Sources
from imlcourse.items import Scenario
from imlcourse.markup.yamlfile import Place


def check_scenarios(sources: Sources) -> None:
    """Check that scenarios name roles of the course.

    Parameters
    ----------
    sources
        What was read.
    """
    for bank in sources.banks.values():
        for item in bank.items.values():
            if not isinstance(item, Scenario):
                continue
            named: list[tuple[Place, str]] = [
                (("roles", number), role) for number, role in enumerate(item.roles)
            ]
            for index, step in enumerate(item.steps):
                named += [(("steps", index, "variants", role), role) for role in step.variants]
            for place, role in named:
                sources.names.report_missing(
                    "role",
                    role,
                    bank.file.path,
                    bank.line(item.id, place),
                    f"no role {role} in book/course.yml",
                )
