"""The paragraph guide: what each unit of the document says, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imlcourse.course.model import Course
from imlcourse.document.reader import Document
from imlcourse.html.citation import anchor, headed
from imlcourse.html.compose import Markup
from imlcourse.html.links import link
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import Making, made_of, rendered


@dataclass(frozen=True)
class Entry:
    """The entry of a unit.

    Attributes
    ----------
    anchor
        Its label, to which citations lead.
    section
        The section of the document in which it stands.
    title
        What the unit is called, and the place that it is about.
    digest
        What it says, in our own words, as Markdown with roles.
    facts
        Its topics, its footnotes, where its mark stands, and the modules that teach it.
    own_text
        Its text as a quotation in Markdown, where the user holds the document.
    """

    anchor: str
    section: str
    title: str
    digest: str
    facts: list[tuple[str, Markup | str]]
    own_text: Markup | None


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
    writer = Writer(course)
    entries = [_entry(unit_id, writer, making.document) for unit_id in reading_order(course)]
    return rendered(writer, "guide.md", entries=entries, document=making.document)


def _entry(unit_id: str, writer: Writer, document: Document | None) -> Entry:
    course = writer.course
    unit = course.index.units[unit_id]
    digest = course.digest.units[unit_id]
    title = headed(unit_id, course.strings)
    return Entry(
        anchor(unit_id),
        _section_name(course, unit_id),
        f"{title}: {unit.place}" if unit.place else title,
        digest.digest,
        list(_facts(unit_id, digest.topics, writer)),
        _quoted_text(document.units[unit_id].text) if document else None,
    )


def _facts(unit_id: str, topics: list[str], writer: Writer) -> Iterator[tuple[str, Markup | str]]:
    course, strings = writer.course, writer.course.strings
    separator = strings.html("list.separator")
    yield (
        strings.text("guide.topics"),
        separator.join(link(writer.links.topic(t), course.digest.topics[t]) for t in topics),
    )
    if marks := course.index.units[unit_id].marks:
        yield strings.text("guide.footnotes"), writer.units(marks)
    if unit_id in course.index.bearer:
        yield strings.text("guide.mark"), writer.cite_html(course.index.bearer[unit_id])
    elif unit_id in course.index.title_marks:
        yield strings.text("guide.mark"), strings.text("guide.mark_title")
    if taught := course.taught_in.get(unit_id):
        links = separator.join(module_link(course.modules[module]) for module in taught)
        yield strings.text("guide.taught"), links


def _quoted_text(text: str) -> Markup:
    # An address in pointed brackets is a link in Markdown; it may lead nowhere by now.
    return Markup("> ") + Markup(re.sub(r"<(https?://[^>]+)>", r"`\1`", text))


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
    if course.index.edition.part_of(bearer).prefix:
        return strings.text("guide.annex_section")
    number, _, words = unit.section.partition(". ")
    return f"{number}. {words.capitalize()}"
