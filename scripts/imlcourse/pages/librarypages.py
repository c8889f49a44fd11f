"""Pages of the reference parts: matrix, instruments, time line, since 2009, bibliography."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from imlcourse.course.library import Article, Event, Instrument, Reference
from imlcourse.course.model import Course
from imlcourse.html.compose import html
from imlcourse.html.facets import filter_html, sortable
from imlcourse.html.links import ATLAS, link
from imlcourse.html.writer import Writer, module_link
from imlcourse.languages.locales import sorted_by_name
from imlcourse.markup.inline import inline_html

__all__ = ["library_pages"]


def library_pages(course: Course) -> dict[str, str]:
    """Make the pages of the reference parts.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        MyST Markdown by name of the page; of a part that the course has not, no page.
    """
    from imlcourse.pages.atlas import atlas_page

    library = course.library
    makers = {
        "case-atlas": atlas_page,
        "rights-and-activities": _matrix,
        "instruments": _instruments,
        "time-line": _timeline,
        "since-2009": _since,
        "bibliography": _bibliography,
    }
    return {name: makers[name](course) for name in library.pages}


def _page(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _matrix(course: Course) -> str:
    strings, writer, matrix = course.strings, Writer(course), course.library.matrix
    assert matrix is not None
    atlas = course.library.atlas
    to_atlas = link(writer.links.page(ATLAS), strings.text("atlas.title"))
    parts = [
        f"# {strings.text('matrix.title')}",
        strings.text("matrix.lead", link=to_atlas if atlas else strings.text("atlas.title")),
        f"## {strings.text('matrix.main')}",
    ]
    rows = []
    for help_ in matrix.helps:
        rights = "".join(
            f"<li><strong>{escape(matrix.rights[made.right].name)}</strong>: "
            f"{_quoted(course, made.quote)}</li>"
            for made in help_.rights
        )
        rows.append(
            f'<tr><th scope="row">{escape(help_.help)}<br>'
            f'<span class="iml-source">{writer.cite_html(help_.unit)}</span></th>'
            f"<td><ul>{rights}</ul></td></tr>"
        )
    heads = "".join(
        f'<th scope="col">{escape(strings.text(f"matrix.{name}"))}</th>'
        for name in ("help", "rights")
    )
    parts.append(
        f'<table class="iml-helps"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    if atlas:
        counted: dict[tuple[str, str], int] = {}
        for activity in atlas.activities:
            for right in dict.fromkeys(served.right for served in activity.rights):
                for kind in dict.fromkeys(shown.kind for shown in activity.kinds):
                    counted[right, kind] = counted.get((right, kind), 0) + 1
        used = [right for right in matrix.rights if any(r == right for r, _ in counted)]
        heads = "".join(
            f'<th scope="col"><span>{escape(tag.name)}</span></th>' for tag in atlas.kinds.values()
        )
        lines = []
        for right in used:
            name = matrix.rights[right].name
            cells = ""
            for kind, tag in atlas.kinds.items():
                number = counted.get((right, kind))
                if number is None:
                    cells += "<td></td>"
                    continue
                said = strings.text("matrix.cell", right=name, kind=tag.name, number=number)
                cells += html(
                    '<td><a href="{}" aria-label="{}">{}</a></td>',
                    writer.links.activities({"right": right, "kind": kind}),
                    said,
                    number,
                )
            lines.append(f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>')
        parts += [
            f"## {strings.text('matrix.annex')}",
            f'<table class="iml-matrix"><thead><tr>'
            f'<th scope="col">{escape(strings.text("matrix.right"))}</th>{heads}</tr></thead>'
            f"<tbody>{''.join(lines)}</tbody></table>",
        ]
    parts.append(f"## {strings.text('matrix.about')}")
    entries = [
        f"<div><dt>{escape(tag.name)}</dt><dd>{inline_html(tag.about)}</dd></div>"
        for tag in matrix.rights.values()
    ]
    parts.append("\n".join(['<dl class="iml-index">', *entries, "</dl>"]))
    return _page(*parts)


def _quoted(course: Course, words: str) -> str:
    return escape(course.strings.text("said", words=words))


def _instruments(course: Course) -> str:
    strings, writer, part = course.strings, Writer(course), course.library.instruments
    assert part is not None
    listed = sorted(part.instruments, key=lambda instrument: instrument.adopted)
    names = ("name", "body", "adopted", "in_force", "units")
    heads = [strings.text(f"instruments.{name}") for name in names]
    rows = [_instrument_row(course, instrument, writer) for instrument in listed]
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
    return _page(*parts)


def _dated(writer: Writer, when: str) -> str:
    return writer.date(when)


def _in_force(instrument: Instrument, writer: Writer) -> str:
    if instrument.in_force:
        return _dated(writer, instrument.in_force)
    kind = "no_date" if instrument.kind == "declaration" else "unverified"
    return writer.course.strings.text(f"instruments.{kind}")


def _instrument_row(course: Course, instrument: Instrument, writer: Writer) -> str:
    part = course.library.instruments
    assert part is not None
    cells: list[tuple[str, str | None]] = [
        (escape(part.bodies[instrument.body].name), None),
        (_dated(writer, instrument.adopted), instrument.adopted),
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
    dates = [(strings.text("instruments.adopted"), _dated(writer, instrument.adopted))]
    if instrument.in_force:
        dates.append((strings.text("instruments.in_force"), _dated(writer, instrument.in_force)))
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


def _timeline(course: Course) -> str:
    strings, writer, line = course.strings, Writer(course), course.library.timeline
    assert line is not None
    given = [event for event in line.events if event.unit]
    other = [event for event in line.events if not event.unit]
    return _page(
        f"# {strings.text('timeline.title')}",
        strings.text("timeline.lead"),
        f"## {strings.text('timeline.until')}",
        _events(course, given, writer),
        f"## {strings.text('timeline.after')}",
        _events(course, other, writer),
    )


def _events(course: Course, events: Iterable[Event], writer: Writer) -> str:
    lines = []
    for event in events:
        if event.unit and event.quote:
            said = course.strings.text(
                "quote", words=escape(event.quote), link=writer.cite_html(event.unit)
            )
            source = f'<p class="iml-source">{said}</p>'
            mark = "iml-given"
        else:
            assert event.source is not None
            source = f'<p class="iml-source">{writer.reference(event.source)}</p>'
            mark = "iml-other"
        lines.append(
            f'<li class="{mark}"><p class="iml-when"><time datetime="{event.date}">'
            f"{_dated(writer, event.date)}</time></p>"
            f"<p><strong>{inline_html(event.title)}</strong></p>"
            f"<p>{writer.inline(event.text)}</p>{source}</li>"
        )
    return "\n".join(['<ol class="iml-timeline">', *lines, "</ol>"])


def _since(course: Course) -> str:
    strings, writer, facts = course.strings, Writer(course), course.library.facts
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
    return _page(*parts)


def _bibliography(course: Course) -> str:
    strings, writer, part = course.strings, Writer(course), course.library.bibliography
    assert part is not None
    cited = []
    for work in part.cited:
        line = _work(work.title, work.by, work.year)
        if work.note:
            line += f" {inline_html(work.note)}."
        line += f' <span class="iml-source">{writer.units(work.units)}</span>'
        if work.url and work.seen:
            found = Reference(title=work.url, url=work.url, seen=work.seen)
            line += (
                f' <span class="iml-source">{writer.reference(found, "bibliography.seen")}</span>'
            )
        cited.append(f"<li>{line}</li>")
    added = []
    for extra in part.added:
        found = Reference(title=extra.url, url=extra.url, seen=extra.seen)
        use = strings.text("bibliography.for", use=inline_html(extra.use))
        added.append(
            f"<li>{_work(extra.title, extra.by, extra.year)} {use}. "
            f'<span class="iml-source">{writer.reference(found, "bibliography.seen")}</span></li>'
        )
    seen: dict[str, Reference] = {}
    for reference in course.library.references():
        seen.setdefault(reference.url, reference)
    references = [
        f"<li>{writer.reference(reference, 'bibliography.seen')}</li>"
        for reference in sorted_by_name(seen.values(), lambda one: one.title, strings.language)
    ]
    parts = [
        f"# {strings.text('bibliography.title')}",
        strings.text("bibliography.lead"),
        f"## {strings.text('bibliography.cited')}",
        _list(cited),
    ]
    if added:
        parts += [f"## {strings.text('bibliography.added')}", _list(added)]
    if references:
        parts += [f"## {strings.text('bibliography.references')}", _list(references)]
    return _page(*parts)


def _work(title: str, by: str | None, year: str | None) -> str:
    head = f"{escape(by)}: " if by else ""
    return f"{head}<em>{inline_html(title)}</em>{f' ({escape(year)})' if year else ''}."


def _list(entries: Iterable[str]) -> str:
    return "\n".join(['<ul class="iml-works">', *entries, "</ul>"])
