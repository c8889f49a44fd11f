"""Rights and activities: which help makes which right real."""

from __future__ import annotations

from collections import Counter

from imlcourse.course.model import Course
from imlcourse.course.reference.atlas import Atlas
from imlcourse.course.reference.matrix import Matrix
from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.html.links import ATLAS, link
from imlcourse.html.tables import Row, scrolling, table
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made_of, rendered


@made_of("rights-and-activities", lambda making: making.course.library.matrix)
def matrix_page(course: Course, matrix: Matrix) -> str:
    """Make the tables that join rights with kinds of help: of the main text, and of the annex."""
    writer, atlas = Writer(course), course.library.atlas
    title = course.strings.text("atlas.title")
    return rendered(
        writer,
        "matrix.md",
        to_atlas=link(writer.links.page(ATLAS) if atlas else "", title),
        helps=_helps(writer, matrix),
        activities=_activities(writer, matrix, atlas) if atlas else NOTHING,
        rights=matrix.rights.values(),
    )


def _helps(writer: Writer, matrix: Matrix) -> Markup:
    """Write which help of the main text makes which rights real, with the words that say so."""
    strings = writer.course.strings
    rows = []
    for help_ in matrix.helps:
        named = html(
            '{}<br><span class="iml-source">{}</span>', help_.help, writer.cite_html(help_.unit)
        )
        rights = (
            html(
                "<li><strong>{}</strong>: {}</li>",
                matrix.rights[made.right].name,
                strings.html("said", words=writer.words(made.quote)),
            )
            for made in help_.rights
        )
        rows.append(Row([named, html("<ul>{}</ul>", joined(rights))]))
    heads = [strings.text(f"matrix.{name}") for name in ("help", "rights")]
    return scrolling(table(heads, rows, "iml-helps"), strings)


def _activities(writer: Writer, matrix: Matrix, atlas: Atlas) -> Markup:
    """Write how many activities of the annex serve a right by a kind of work, with links there."""
    strings = writer.course.strings
    counted: Counter[tuple[str, str]] = Counter()
    for activity in atlas.activities:
        for right in {served.right for served in activity.rights}:
            counted.update((right, kind) for kind in {shown.kind for shown in activity.kinds})

    def cell(right: str, kind: str) -> object:
        number = counted[right, kind]
        if not number:
            return ""
        names = {"right": matrix.rights[right].name, "kind": atlas.kinds[kind].name}
        return html(
            '<a href="{}" aria-label="{}">{}</a>',
            writer.links.activities({"right": right, "kind": kind}),
            strings.text("matrix.cell", **names, number=number),
            number,
        )

    served = {right for right, _ in counted}
    heads: list[object] = [strings.text("matrix.right")]
    heads += [html("<span>{}</span>", tag.name) for tag in atlas.kinds.values()]
    rows = [
        Row([tag.name, *(cell(right, kind) for kind in atlas.kinds)])
        for right, tag in matrix.rights.items()
        if right in served
    ]
    return scrolling(table(heads, rows, "iml-matrix"), strings)
