"""What has changed since the document."""

from __future__ import annotations

from collections import defaultdict

from imlcourse.course.model import Course
from imlcourse.course.reference.since import Fact
from imlcourse.html.compose import Markup
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import made_of, rendered


@made_of("since-2009", lambda making: making.course.library.facts or None)
def since_page(course: Course, facts: dict[str, Fact]) -> str:
    """Make the list of facts by year, with the modules that tell each."""
    modules: dict[str, dict[str, Markup]] = defaultdict(dict)
    for module in course.modules.values():
        for block in module.page.of_kind("since"):
            modules[block.argument][module.id] = module_link(module)
    return rendered(
        Writer(course),
        "since.md",
        by_year=sorted(facts.values(), key=lambda fact: fact.years),
        modules_of={name: list(links.values()) for name, links in modules.items()},
    )
