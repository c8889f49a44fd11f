"""Treaties and declarations, by body of law."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from imlcourse.course.library import Article, Instrument, Instruments
from imlcourse.course.model import Course
from imlcourse.html.facets import filter_html, sortable
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, page_text


@made_of("instruments", lambda making: making.course.library.instruments)
def instrumentspage_text(course: Course, part: Instruments) -> str:
    """Make the table of treaties, then what each says, by body of law."""
    strings, writer = course.strings, Writer(course)
    listed = sorted(part.instruments, key=lambda instrument: instrument.adopted)
    names = ("name", "body", "adopted", "in_force", "units")
    heads = [strings.text(f"instruments.{name}") for name in names]
    rows = [_row(instrument, part, writer) for instrument in listed]
    filters = filter_html(
        strings,
        "instruments",
        {"body": {name: body.name for name, body in part.bodies.items()}},
        [{"body": [instrument.body]} for instrument in listed],
    )
    parts = [
        f"# {strings.text('instruments.title')}",
        strings.text("instruments.lead", para=writer.cite_html("7")),
        f"## {strings.text('instruments.table')}",
        filters,
        sortable(heads, rows, strings, unsorted=(4,)),
    ]
    for name, body in part.bodies.items():
        parts += [f"## {body.name}", inline_html(body.about)]
        for instrument in listed:
            if instrument.body == name:
                parts += _instrument(course, instrument, writer)
    return page_text(*parts)


def _in_force(instrument: Instrument, writer: Writer) -> str:
    if instrument.in_force:
        return writer.date(instrument.in_force)
    kind = "no_date" if instrument.kind == "declaration" else "unverified"
    return writer.course.strings.text(f"instruments.{kind}")


def _row(instrument: Instrument, part: Instruments, writer: Writer) -> str:
    cells: list[tuple[str, str | None]] = [
        (escape(part.bodies[instrument.body].name), None),
        (writer.date(instrument.adopted), instrument.adopted),
        (_in_force(instrument, writer), instrument.in_force or ""),
        (writer.units(instrument.units), None),
    ]
    tds = "".join(
        f"<td>{cell}</td>" if sort is None else f'<td data-sort="{sort}">{cell}</td>'
        for cell, sort in cells
    )
    return (
        f'<tr data-iml-entry data-body="{instrument.body}">'
        f'<th scope="row"><a href="#{instrument.id}">{inline_html(instrument.short)}</a></th>'
        f"{tds}</tr>"
    )


def _instrument(course: Course, instrument: Instrument, writer: Writer) -> Iterator[str]:
    strings = course.strings
    yield f"({instrument.id})=\n### {instrument.short}"
    dates = [(strings.text("instruments.adopted"), writer.date(instrument.adopted))]
    if instrument.in_force:
        dates.append((strings.text("instruments.in_force"), writer.date(instrument.in_force)))
    dates.append((strings.text("instruments.units"), writer.units(instrument.units)))
    facts = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in dates)
    articles = "".join(
        f"<li><strong>{escape(_article(course, one))}</strong>: {inline_html(one.says)}</li>"
        for one in instrument.articles
    )
    title = f"*{instrument.title}*. " if instrument.title != instrument.short else ""
    yield f"{title}{writer.markdown(instrument.about)}"
    yield "\n".join(
        [
            f'<dl class="iml-unit-facts">{facts}</dl>',
            f"<ul>{articles}</ul>",
            *(f'<p class="iml-source">{writer.reference(s)}</p>' for s in instrument.sources),
        ]
    )


def _article(course: Course, one: Article) -> str:
    # A number alone is that of an article; what else there is, such as a regulation, says so.
    if " " in one.article:
        return one.article
    return course.strings.text("instruments.article", number=one.article)
