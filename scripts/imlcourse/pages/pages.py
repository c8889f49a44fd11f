"""The pages of the book around the modules: written ones, and those made from data files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape

from imlcourse.course.model import Course
from imlcourse.document.reader import Document
from imlcourse.html.citation import anchor, headed
from imlcourse.html.compose import html
from imlcourse.html.links import link
from imlcourse.html.worksheets import worksheet_html
from imlcourse.html.writer import TestAbout, Writer, module_link
from imlcourse.languages.locales import sorted_by_name
from imlcourse.markup.inline import inline_html
from imlcourse.markup.page import MODULES_MARK, Page


def written_page(course: Course, page: Page) -> str:
    """Make a written page ready for the book: roles and blocks put in.

    Parameters
    ----------
    course
        The course.
    page
        One of its pages.

    Returns
    -------
    str
        MyST Markdown.
    """
    writer = Writer(course)
    parts = []
    if page.front is not None:
        parts.append(page.source[: page.source.index("\n---", 3) + 4])
    for block in page.blocks:
        if block.kind == "heading" and block.label:
            parts.append(f"({block.label})=\n{'#' * block.level} {writer.markdown(block.text)}")
        else:
            parts.append(writer.block(block))
    if units := page_units(page):
        rests = course.strings.text("aid.units", units=writer.units(units))
        parts.append(f'<p class="iml-source">{rests}</p>')
    text = "\n\n".join(parts) + "\n"
    return text.replace(MODULES_MARK, module_list(course))


def page_units(page: Page) -> list[str]:
    """Give the units that a written page names in its front matter: a job aid does."""
    value = page.front.value if page.front else None
    units = value.get("units") if isinstance(value, dict) else None
    return [str(unit) for unit in units] if isinstance(units, list) else []


def progress_page(course: Course) -> str:
    """Make the page on which the player shows the learner's progress.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        MyST Markdown.
    """
    lead = course.strings.text("progress.lead")
    return (
        f"# {course.strings.text('progress.title')}\n\n"
        f'<div class="iml-page" data-iml-page="progress">\n<p>{escape(lead)}</p>\n</div>\n'
    )


def test_pages(course: Course) -> dict[str, str]:
    """Make the pages of the tests of the whole course, and of the certificate.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        MyST Markdown by name of the page; empty where the course has no tests.
    """
    tests = course.tests
    if tests is None:
        return {}
    strings = course.strings
    writer = Writer(course)
    both = ("pre-test", "post-test")
    before, final = tests.before_after, tests.final
    abouts = [
        (TestAbout("pre-test", "pre", None, before.blueprint, both), before),
        (TestAbout("post-test", "post", None, before.blueprint, both), before),
        (
            TestAbout("final-test", "final", final.pass_mark, final.blueprint, ("final-test",)),
            final,
        ),
    ]
    links = {"post": "pre-test", "final": "certificate"}
    pages = {}
    for about, drawn in abouts:
        title = strings.text(f"test.{about.kind}.title")
        values = {}
        if about.kind in links:
            page = links[about.kind]
            values["link"] = link(writer.links.page(page), writer.page_title(page))
        pages[about.id] = "\n\n".join(
            [
                f"# {title}",
                strings.text(f"test.{about.kind}.lead", **values),
                writer.course_test(about, title, course.drawn_from(drawn)),
                f'<p class="iml-honest">{escape(strings.text("test.honest"))}</p>\n',
            ]
        )
    lead = escape(strings.text("certificate.lead"))
    pages["certificate"] = (
        f"# {strings.text('certificate.title')}\n\n"
        f'<div class="iml-page" data-iml-page="certificate">\n<p>{lead}</p>\n</div>\n'
    )
    return pages


def worksheet_pages(course: Course) -> dict[str, str]:
    """Make the page on which each worksheet is written.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        MyST Markdown by name of the page, which is the worksheet's id.
    """
    pages = {}
    for module_id, bank in course.banks.items():
        for work in bank.worksheets.values():
            writer = Writer(course)
            link = module_link(course.modules[module_id])
            pages[work.id] = "\n\n".join(
                [
                    f"# {work.title}",
                    f'<p class="iml-source">{course.strings.text("work.of", link=link)}</p>',
                    worksheet_html(work, writer, titled=False) + "\n",
                ]
            )
    return pages


def module_list(course: Course) -> str:
    """List the modules that this edition holds, by part, as HTML.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        Headed lists, with each module's title and minutes, and how many are still to come.
    """
    strings = course.strings
    lines = ['<div class="iml-cover" data-iml-cover hidden></div>']
    for number, title in course.about.parts.items():
        modules = [m for m in course.modules.values() if str(m.front.part) == number]
        if not modules:
            continue
        part = escape(strings.text("part", number=number, title=title))
        lines += [f'<p class="iml-part-name">{part}</p>', '<ul class="iml-modules">']
        for module in modules:
            minutes = strings.text("minutes.short", minutes=module.front.minutes.self_paced)
            lines.append(
                f'<li>{module_link(module)} <span class="iml-minutes">{minutes}</span></li>'
            )
        lines.append("</ul>")
    written, planned = len(course.modules), course.about.modules_planned
    if written < planned:
        words = strings.text("cover.planned", written=written, planned=planned)
        lines.append(f"<p>{escape(words)}</p>")
    return "\n".join(lines)


def paragraph_guide(course: Course, document: Document | None = None) -> str:
    """Make the page with an entry for every unit.

    Parameters
    ----------
    course
        The course.
    document
        The document, where the user holds it: each entry then shows the unit's own text.

    Returns
    -------
    str
        MyST Markdown.
    """
    strings = course.strings
    writer = Writer(course)
    parts = [
        "---\ntocdepth: 2\n---",
        f"# {strings.text('guide.title')}",
        strings.text("guide.lead"),
    ]
    if document:
        parts.append(strings.text("guide.lead_document"))
    heading = ""
    for unit_id in _reading_order(course):
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


def _reading_order(course: Course) -> Iterator[str]:
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


def glossary_page(course: Course) -> str:
    """Make the glossary.

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
    parts = [
        f"# {strings.text('glossary.title')}",
        strings.text("glossary.lead"),
        '<dl class="iml-glossary">',
    ]
    for term in sorted_by_name(course.glossary.values(), lambda term: term.term, strings.language):
        lines = [
            f'<dt id="term-{term.id}">{inline_html(term.term)}</dt>',
            f"<dd><p>{writer.inline(term.definition)}</p>",
        ]
        if term.units:
            lines.append(
                f'<p class="iml-source">{strings.text("glossary.in_document")}: '
                f"{writer.units(term.units)}</p>"
            )
        if term.see:
            see = strings.text("list.separator").join(
                f'<a href="#term-{other}">{inline_html(course.glossary[other].term)}</a>'
                for other in term.see
            )
            lines.append(f'<p class="iml-source">{strings.text("glossary.see")}: {see}</p>')
        parts.append("\n".join([*lines, "</dd>"]))
    return "\n\n".join(parts[:2]) + "\n\n" + "\n".join([*parts[2:], "</dl>"]) + "\n"


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
    for unit_id in _reading_order(course):
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
