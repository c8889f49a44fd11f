"""The index of topics, places and terms, each with where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from html import escape

from imlcourse.course.model import Course
from imlcourse.html.compose import html
from imlcourse.html.links import link
from imlcourse.html.writer import Writer, module_link
from imlcourse.languages.locales import sorted_by_name
from imlcourse.markup.inline import inline_html
from imlcourse.pages.guide import reading_order
from imlcourse.pages.making import made


@made("index-of-topics")
def topics_page(course: Course) -> str:
    """Make the index: topics, places and terms, each with where it stands.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        MyST Markdown.
    """
    strings = course.strings
    writer = Writer(course)
    by_topic: dict[str, list[str]] = defaultdict(list)
    by_place: dict[str, list[str]] = defaultdict(list)
    for unit_id in reading_order(course):
        for topic in course.digest.units[unit_id].topics:
            by_topic[topic].append(unit_id)
        if place := course.index.units[unit_id].place:
            by_place[place].append(unit_id)
    parts = [f"# {strings.text('topics.title')}", strings.text("topics.lead")]
    parts.append(f"## {strings.text('topics.topics')}")
    topics = sorted_by_name(course.digest.topics.items(), lambda entry: entry[1], strings.language)
    parts.append(
        _index_list(
            (f"topic-{topic}", escape(label), _with_modules(course, by_topic[topic], writer))
            for topic, label in topics
        )
    )
    parts.append(f"## {strings.text('topics.places')}")
    parts.append(
        _index_list(
            ("", escape(place), [writer.units(by_place[place])])
            for place in sorted_by_name(by_place, str, strings.language)
        )
    )
    parts.append(f"## {strings.text('topics.terms')}")
    terms = sorted_by_name(course.glossary.values(), lambda term: term.term, strings.language)
    links = [html("<li>{}</li>", link(writer.links.term(t.id), inline_html(t.term))) for t in terms]
    parts.append("\n".join(['<ul class="iml-columns">', *links, "</ul>"]))
    return "\n\n".join(parts) + "\n"


def _with_modules(course: Course, unit_ids: list[str], writer: Writer) -> list[str]:
    modules = {m for unit_id in unit_ids for m in course.taught_in.get(unit_id, [])}
    links = [module_link(course.modules[module]) for module in course.modules if module in modules]
    return [course.strings.text("list.separator").join(links), writer.units(unit_ids)]


def _index_list(entries: Iterator[tuple[str, str, list[str]]]) -> str:
    lines = ['<dl class="iml-index">']
    for id_, name, links in entries:
        id_attribute = f' id="{id_}"' if id_ else ""
        told = "".join(f"<dd>{line}</dd>" for line in links if line)
        lines.append(f"<div><dt{id_attribute}>{name}</dt>{told}</div>")
    return "\n".join([*lines, "</dl>"])
