"""Rights and activities: which help makes which right real."""

from __future__ import annotations

from html import escape

from imlcourse.course.library import Matrix
from imlcourse.course.model import Course
from imlcourse.html.compose import html
from imlcourse.html.links import ATLAS, link
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, page_text


@made_of("rights-and-activities", lambda making: making.course.library.matrix)
def matrixpage_text(course: Course, matrix: Matrix) -> str:
    """Make the tables that join rights with kinds of help: of the main text, and of the annex."""
    strings, writer = course.strings, Writer(course)
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
    return page_text(*parts)


def _quoted(course: Course, words: str) -> str:
    return escape(course.strings.text("said", words=words))
