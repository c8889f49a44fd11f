"""Worksheets: something the learner writes, with a rubric to judge it by and a model answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from imlcourse.course.worksheet import LEVELS, Worksheet
from imlcourse.markup.inline import inline_html, inline_text

if TYPE_CHECKING:
    from imlcourse.html.writer import Writer

__all__ = [
    "worksheet_html",
    "worksheet_link",
    "worksheet_text",
]


def worksheet_html(work: Worksheet, writer: Writer, *, titled: bool = True) -> str:
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
    str
        HTML on lines that are not blank.
    """
    text = writer.course.strings.text
    lines = [
        f'<div class="iml-worksheet" id="{work.id}" data-iml-worksheet="{work.id}"'
        f' data-title="{escape(inline_text(work.title))}">',
        *([f'<p class="iml-block-title">{inline_html(work.title)}</p>'] if titled else []),
        f"<p>{writer.inline(work.intro)}</p>",
        '<ol class="iml-fields">',
    ]
    for part in work.fields:
        words = text("work.words", n=part.words)
        lines.append(
            f'<li class="iml-field" data-iml-field="{part.id}" data-words="{part.words}">'
            f'<p class="iml-field-label">{inline_html(part.label)}</p>'
            f'<p class="iml-hint">{inline_html(part.hint)} ({escape(words)})</p></li>'
        )
    lines += [
        "</ol>",
        f'<p class="iml-block-title">{escape(text("work.rubric"))}</p>',
        f"<p>{escape(text('work.rubric.how', most=(LEVELS - 1) * len(work.rubric)))}</p>",
        _rubric(work, writer),
        f'<details class="iml-model"><summary>{escape(text("work.model"))}</summary>',
        "<dl>",
        *(
            f"<div><dt>{inline_html(part.label)}</dt><dd>{writer.inline(part.model)}</dd></div>"
            for part in work.fields
        ),
        "</dl>",
        "</details>",
        "</div>",
    ]
    return "\n".join(lines)


def _rubric(work: Worksheet, writer: Writer) -> str:
    text = writer.course.strings.text
    lines = ['<ol class="iml-rubric">']
    for line in work.rubric:
        settled = " ".join(
            text("quote", words=escape(e.quote), link=writer.cite_html(e.unit))
            for e in line.evidence
        )
        levels = "".join(f"<li>{inline_html(level)}</li>" for level in line.levels)
        rates = "".join(
            f'<span class="iml-rate">{escape(text(f"work.{who}"))} '
            f'<span data-iml-rate="{who}">☐</span></span>'
            for who in ("self", "peer")
        )
        lines.append(
            f'<li data-iml-criterion="{line.id}">'
            f'<p class="iml-criterion">{inline_html(line.criterion)}</p>'
            f'<p class="iml-source">{settled}</p><ol class="iml-levels" start="0">{levels}</ol>'
            f'<p class="iml-rates">{rates}</p></li>'
        )
    return "\n".join([*lines, "</ol>"])


def worksheet_link(work: Worksheet, writer: Writer) -> str:
    """Write the link that stands in the module, to the page of the worksheet."""
    link = f'<a href="{writer.base}{work.id}.html">{inline_html(work.title)}</a>'
    return f'<p class="iml-to-page">{writer.course.strings.text("work.open", link=link)}</p>'


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
    parts = [f"*{part.label}*\n\n…" for part in work.fields]
    return "\n\n".join([f"**{work.title}**", *parts])
