"""Treaties and declarations, by body of law."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference.instruments import Article, Instrument, Instruments
from imlcourse.html.compose import Markup, html
from imlcourse.html.facets import filter_html
from imlcourse.html.links import link
from imlcourse.html.tables import Cell, Row, sortable
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, rendered

COLUMNS = (
    "instruments.name",
    "instruments.body",
    "instruments.adopted",
    "instruments.in_force",
    "instruments.units",
)
"""What the columns of the table are called; the last cannot be sorted."""


@made_of("instruments", lambda making: making.course.library.instruments)
def instruments_page(course: Course, part: Instruments) -> str:
    """Make the table of treaties, then what each says, by body of law."""
    strings, writer = course.strings, Writer(course)
    by_age = sorted(part.instruments, key=lambda instrument: instrument.adopted)
    filters = filter_html(
        strings,
        "instruments",
        {"body": {name: body.name for name, body in part.bodies.items()}},
        [{"body": [instrument.body]} for instrument in by_age],
    )
    return rendered(
        writer,
        "instruments.md",
        unit=part.unit,
        filters=filters,
        table=sortable(
            [strings.text(key) for key in COLUMNS],
            [_row(instrument, part, writer) for instrument in by_age],
            strings,
            unsorted=(len(COLUMNS) - 1,),
        ),
        bodies=[
            (body, [instrument for instrument in by_age if instrument.body == name])
            for name, body in part.bodies.items()
        ],
        dates=lambda instrument: _dates(instrument, writer),
        articles=lambda instrument: [_article(one, writer) for one in instrument.articles],
    )


def _row(instrument: Instrument, part: Instruments, writer: Writer) -> Row:
    in_force = instrument.in_force
    if in_force:
        words = writer.date(in_force)
    else:
        declared = instrument.kind == "declaration"
        words = writer.course.strings.text(
            "instruments.no_date" if declared else "instruments.unverified"
        )
    return Row(
        [
            link(f"#{instrument.id}", inline_html(instrument.short)),
            part.bodies[instrument.body].name,
            Cell(writer.date(instrument.adopted), {"data-sort": instrument.adopted}),
            Cell(words, {"data-sort": in_force or ""}),
            writer.units(instrument.units),
        ],
        {"data-iml-entry": "", "data-body": instrument.body},
    )


def _dates(instrument: Instrument, writer: Writer) -> list[tuple[str, object]]:
    strings = writer.course.strings
    rows: list[tuple[str, object]] = [
        (strings.text("instruments.adopted"), writer.date(instrument.adopted))
    ]
    if instrument.in_force:
        rows.append((strings.text("instruments.in_force"), writer.date(instrument.in_force)))
    return [*rows, (strings.text("instruments.units"), writer.units(instrument.units))]


def _article(article: Article, writer: Writer) -> Markup:
    # A number alone is that of an article; what else there is, such as a regulation, says so.
    if " " in article.article:
        name = article.article
    else:
        name = writer.course.strings.text("instruments.article", number=article.article)
    return html("<strong>{}</strong>: {}", name, inline_html(article.says))
