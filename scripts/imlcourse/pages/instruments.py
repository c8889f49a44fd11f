"""Treaties and declarations, by body of law."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference.instruments import Article, Instrument, Instruments
from imlcourse.html.compose import Markup, html
from imlcourse.html.facets import filter_html
from imlcourse.html.links import BookLinks, link
from imlcourse.html.tables import Cell, Row, sortable
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.markup.page import Block
from imlcourse.markup.roles import ROLE, read_role, role_article
from imlcourse.pages.making import made_of, rendered

COLUMNS = (
    "instruments.name",
    "instruments.body",
    "instruments.adopted",
    "instruments.in_force",
    "instruments.units",
)
"""What the columns of the table are called; the last cannot be sorted."""


_NO_DATE = {
    "treaty": "instruments.unverified",
    "declaration": "instruments.no_date",
    "guidance": "instruments.guidance",
}
"""What stands in place of the day on which an instrument came into force, by its kind."""


@made_of("instruments", lambda making: making.course.library.instruments)
def instruments_page(course: Course, part: Instruments) -> str:
    """Make the table of treaties, then what each says, by body of law."""
    strings, writer = course.strings, Writer(course)
    by_age = sorted(part.instruments, key=lambda instrument: instrument.adopted)
    boxes = [
        (_box(course, name, block), {role_article(target)[0] for target in _articles_in(block)})
        for name, block in law_boxes(course)
    ]
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
        articles=lambda one: [_article(one, article, writer) for article in one.articles],
        boxes=[box for box, _ in boxes],
        boxes_of=lambda instrument: [box for box, named in boxes if instrument.id in named],
    )


def law_boxes(course: Course) -> list[tuple[str, Block]]:
    """Give the law boxes of all modules, in order, each with its module's id."""
    return [
        (module.id, block)
        for module in course.modules.values()
        for block in module.page.of_kind("law")
    ]


def _articles_in(block: Block) -> set[str]:
    return {
        read_role(found[1], found[2], 0).target
        for found in ROLE.finditer(block.text)
        if found[1] == "article"
    }


def _box(course: Course, module_id: str, block: Block) -> Markup:
    """Link a law box; in brackets, the module in which it stands."""
    href = BookLinks().module(module_id, block.anchor)
    to_box = link(href, inline_html(block.argument))
    return course.strings.html(
        "law.in", link=to_box, module=inline_html(course.modules[module_id].title)
    )


def _row(instrument: Instrument, part: Instruments, writer: Writer) -> Row:
    in_force = instrument.in_force
    if in_force:
        words = writer.date(in_force)
    else:
        words = writer.course.strings.text(_NO_DATE[instrument.kind])
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
    if instrument.official:
        rows.append((strings.text("instruments.official"), inline_html(instrument.official)))
    return [*rows, (strings.text("instruments.units"), writer.units(instrument.units))]


def _article(instrument: Instrument, article: Article, writer: Writer) -> Markup:
    # A number alone is that of an article; what else there is, such as a regulation, says so.
    if " " in article.article:
        name = article.article
    else:
        name = writer.course.strings.text("instruments.article", number=article.article)
    says = inline_html(article.says)
    if article.quote:
        words = writer.course.strings.html("said", words=inline_html(article.quote))
        says = html("{} {}", says, words)
    anchor = f"{instrument.id}-art-{article.anchor}"
    return html('<li id="{}"><strong>{}</strong>: {}</li>', anchor, name, says)
