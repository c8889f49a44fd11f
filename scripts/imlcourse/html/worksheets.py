"""Worksheets: something the learner writes, with a rubric to judge it by and a model answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.course.worksheet import LEVELS, Worksheet
from imlcourse.html.compose import Markup, html, joined, lines
from imlcourse.html.links import link
from imlcourse.markup.inline import inline_html, inline_markdown, inline_text

if TYPE_CHECKING:
    from imlcourse.html.writer import Writer

__all__ = [
    "worksheet_html",
    "worksheet_link",
    "worksheet_text",
]


def worksheet_html(work: Worksheet, writer: Writer, *, titled: bool = True) -> Markup:
    """Write a worksheet as HTML that is complete by itself.

    A script puts a text area into each part, and a choice of points into each line of the
    rubric. Without it, the sheet can be printed and filled in by hand.

    Parameters
    ----------
    work
        The worksheet.
    writer
        The writer of the page.
    titled
        Whether it has its title; on a page of its own, that is the title of the page.

    Returns
    -------
    Markup
        HTML on lines that are not blank.
    """
    text = writer.course.strings.text
    title = html('<p class="iml-block-title" dir="auto">{}</p>', inline_html(work.title))
    most = (LEVELS - 1) * len(work.rubric)
    return lines(
        [
            html(
                '<div class="iml-worksheet" id="{id}" data-iml-worksheet="{id}"'
                ' data-title="{title}">',
                id=work.id,
                title=inline_text(work.title),
            ),
            *([title] if titled else []),
            html('<p dir="auto">{}</p>', writer.inline(work.intro)),
            Markup('<ol class="iml-fields">'),
            *(
                html(
                    '<li class="iml-field" data-iml-field="{id}" data-words="{number}">'
                    '<p class="iml-field-label" dir="auto">{label}</p>'
                    '<p class="iml-hint"><bdi>{hint}</bdi> ({words})</p></li>',
                    id=part.id,
                    number=part.words,
                    label=inline_html(part.label),
                    hint=inline_html(part.hint),
                    words=text("work.words", n=part.words),
                )
                for part in work.fields
            ),
            Markup("</ol>"),
            html('<p class="iml-block-title">{}</p>', text("work.rubric")),
            html("<p>{}</p>", text("work.rubric.how", most=most)),
            _rubric(work, writer),
            html('<details class="iml-model"><summary>{}</summary>', text("work.model")),
            Markup("<dl>"),
            *(
                html(
                    '<div><dt dir="auto">{}</dt><dd dir="auto">{}</dd></div>',
                    inline_html(part.label),
                    writer.inline(part.model),
                )
                for part in work.fields
            ),
            Markup("</dl>"),
            Markup("</details>"),
            Markup("</div>"),
        ]
    )


def _rubric(work: Worksheet, writer: Writer) -> Markup:
    strings = writer.course.strings
    rates = joined(
        html(
            '<span class="iml-rate">{} <span data-iml-rate="{}">☐</span></span>',
            strings.text(f"work.{who}"),
            who,
        )
        for who in ("self", "peer")
    )
    criteria = (
        html(
            '<li data-iml-criterion="{}"><p class="iml-criterion" dir="auto">{}</p>'
            '<p class="iml-source">{}</p><ol class="iml-levels" start="0">{}</ol>'
            '<p class="iml-rates">{}</p></li>',
            line.id,
            inline_html(line.criterion),
            joined(
                (
                    strings.html(
                        "quote", words=writer.words(e.quote), link=writer.cite_html(e.unit)
                    )
                    for e in line.evidence
                ),
                " ",
            ),
            joined(html('<li dir="auto">{}</li>', inline_html(level)) for level in line.levels),
            rates,
        )
        for line in work.rubric
    )
    return lines([Markup('<ol class="iml-rubric">'), *criteria, Markup("</ol>")])


def worksheet_link(work: Worksheet, writer: Writer) -> Markup:
    """Write the link that stands in the module, to the page of the worksheet."""
    to_page = link(writer.links.worksheet(work.id), inline_html(work.title))
    words = writer.course.strings.html("work.open", link=to_page)
    return html('<p class="iml-to-page">{}</p>', words)


def worksheet_text(work: Worksheet) -> str:
    """Write a worksheet as Markdown to write into: a heading for each part.

    Parameters
    ----------
    work
        The worksheet.

    Returns
    -------
    str
        Markdown, for a cell of a notebook.
    """
    parts = [f"{inline_markdown(f'*{part.label}*')}\n\n…" for part in work.fields]
    return "\n\n".join([inline_markdown(f"**{work.title}**"), *parts])
