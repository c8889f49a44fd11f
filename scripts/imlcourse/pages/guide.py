"""The paragraph guide: what each unit of the document says, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imlcourse.course.model import Course
from imlcourse.html.citation import anchor, headed
from imlcourse.html.links import link
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import Making, made_of


@made_of("paragraph-guide", lambda making: making)
def paragraph_guide(course: Course, making: Making) -> str:
    """Make the page with an entry for every unit.

    Parameters
    ----------
    course
        The course.
    making
        With the document, where the user holds it: each entry then shows the unit's own text.

    Returns
    -------
    str
        MyST Markdown.
    """
    strings, document = course.strings, making.document
    writer = Writer(course)
    parts = [
        "---\ntocdepth: 2\n---",
        f"# {strings.text('guide.title')}",
        strings.text("guide.lead"),
    ]
    if document:
        parts.append(strings.text("guide.lead_document"))
    heading = ""
    for unit_id in reading_order(course):
        unit = course.index.units[unit_id]
        above = _section_name(course, unit_id)
        if above != heading:
            heading = above
            parts.append(f"## {heading}")
        title = headed(unit_id, strings)
        if unit.place:
            title += f": {unit.place}"
        parts.append(f"({anchor(unit_id)})=\n### {title}")
        parts += _entry(course, unit_id, writer)
        if document:
            parts += [
                '<div class="iml-own-text">',
                f'<p class="iml-block-kind">{strings.text("guide.own_text")}</p>',
                _quoted_text(document.units[unit_id].text),
                "</div>",
            ]
    return "\n\n".join(parts) + "\n"


def _quoted_text(text: str) -> str:
    # An address in pointed brackets is a link in Markdown; it may lead nowhere by now.
    return "> " + re.sub(r"<(https?://[^>]+)>", r"`\1`", text)


def reading_order(course: Course) -> Iterator[str]:
    """Give each paragraph, and after it the footnotes whose marks stand in it."""
    yield from course.index.title_marks
    edition = course.index.edition
    for unit_id in edition.unit_ids:
        if unit_id not in edition.footnote_ids:
            yield unit_id
            yield from course.index.units[unit_id].marks


def _section_name(course: Course, unit_id: str) -> str:
    strings = course.strings
    bearer = course.index.bearer.get(unit_id, unit_id)
    unit = course.index.units[bearer]
    if bearer in course.index.title_marks:
        return strings.text("guide.title_section")
    if unit.region:
        return unit.region
    if bearer.startswith("A"):
        return strings.text("guide.annex_section")
    number, _, words = unit.section.partition(". ")
    return f"{number}. {words.capitalize()}"


def _entry(course: Course, unit_id: str, writer: Writer) -> Iterator[str]:
    strings = course.strings
    unit = course.index.units[unit_id]
    digest = course.digest.units[unit_id]
    yield writer.markdown(digest.digest)
    facts = []
    topics = strings.text("list.separator").join(
        link(writer.links.topic(topic), course.digest.topics[topic]) for topic in digest.topics
    )
    facts.append((strings.text("guide.topics"), topics))
    if unit.marks:
        facts.append((strings.text("guide.footnotes"), writer.units(unit.marks)))
    if unit_id in course.index.bearer:
        facts.append((strings.text("guide.mark"), writer.cite_html(course.index.bearer[unit_id])))
    elif unit_id in course.index.title_marks:
        facts.append((strings.text("guide.mark"), strings.text("guide.mark_title")))
    taught = course.taught_in.get(unit_id, [])
    if taught:
        links = strings.text("list.separator").join(
            module_link(course.modules[module]) for module in taught
        )
        facts.append((strings.text("guide.taught"), links))
    rows = [f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts]
    yield "\n".join(['<dl class="iml-unit-facts">', *rows, "</dl>"])
