"""What has changed since 2009."""

from __future__ import annotations

from imlcourse.course.library import Fact
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import made_of, page_text


@made_of("since-2009", lambda making: making.course.library.facts or None)
def sincepage_text(course: Course, facts: dict[str, Fact]) -> str:
    """Make the list of facts by year, with the modules that tell each."""
    strings, writer = course.strings, Writer(course)
    told: dict[str, list[str]] = {}
    for module in course.modules.values():
        for block in module.page.of_kind("since"):
            told.setdefault(block.argument, []).append(module.id)
    parts = [
        f"# {strings.text('since.title')}",
        strings.text("since.lead", count=len(facts)),
    ]
    year = ""
    for fact in sorted(facts.values(), key=lambda fact: fact.years):
        if fact.years != year:
            year = fact.years
            parts.append(f"## {year}")
        links = strings.text("list.separator").join(
            module_link(course.modules[m]) for m in told.get(fact.id, [])
        )
        parts += [
            f"({fact.id})=\n### {fact.title}",
            writer.markdown(fact.text),
            f'<p class="iml-source">{writer.reference(fact.source)}. '
            f"{strings.text('since.told', link=links)}</p>",
        ]
    return page_text(*parts)
