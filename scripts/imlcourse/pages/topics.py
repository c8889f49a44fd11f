"""The index of topics, places and terms, each with where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from imlcourse.course.model import Course
from imlcourse.html.compose import Markup
from imlcourse.html.writer import Writer, module_link
from imlcourse.languages.locales import sorted_by_name
from imlcourse.pages.guide import reading_order
from imlcourse.pages.making import made, rendered


@dataclass(frozen=True)
class Entry:
    """An entry of the index.

    Attributes
    ----------
    name
        What it is about.
    lines
        Where that stands: links to modules, then to units of the document.
    id
        Its place on the page; empty if nothing leads there.
    """

    name: str
    lines: list[Markup]
    id: str = ""


@made("index-of-topics")
def topics_page(course: Course) -> str:
    """Make the index: topics with their modules and units, places with their units, terms."""
    language = course.strings.language
    writer = Writer(course)
    by_topic: dict[str, list[str]] = defaultdict(list)
    by_place: dict[str, list[str]] = defaultdict(list)
    for unit_id in reading_order(course):
        for topic in course.digest.units[unit_id].topics:
            by_topic[topic].append(unit_id)
        if place := course.index.units[unit_id].place:
            by_place[place].append(unit_id)
    topics = sorted_by_name(course.digest.topics.items(), lambda entry: entry[1], language)
    return rendered(
        writer,
        "topics.md",
        topics=[
            Entry(label, _with_modules(writer, by_topic[topic]), f"topic-{topic}")
            for topic, label in topics
        ],
        places=[
            Entry(place, [writer.units(by_place[place])])
            for place in sorted_by_name(by_place, str, language)
        ],
        terms=sorted_by_name(course.glossary.values(), lambda term: term.term, language),
    )


def _with_modules(writer: Writer, unit_ids: list[str]) -> list[Markup]:
    course = writer.course
    teaching = {m for unit_id in unit_ids for m in course.taught_in.get(unit_id, [])}
    links = [module_link(module) for module in course.modules.values() if module.id in teaching]
    separator = course.strings.html("list.separator")
    return [separator.join(links), writer.units(unit_ids)]
