"""Small charts as SVG, each with a text alternative and a table of what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from imlcourse.html.compose import Markup, html, joined
from imlcourse.html.tables import data_table, scrolling
from imlcourse.languages.strings import Strings

__all__ = ["Bar", "bar_chart", "figure"]

Bar = tuple[str, int]
"""A label, and how often it was counted."""

_WIDTH, _ROW, _BAR = 400, 46, 14
"""Width of a drawing, height of a row and of its bar, in units of the drawing."""


def bar_chart(title: str, bars: Sequence[Bar], strings: Strings) -> Markup:
    """Draw horizontal bars, each with its label above it, and its number behind it.

    Parameters
    ----------
    title
        What is counted.
    bars
        The bars from top to bottom.
    strings
        The texts of the interface.

    Returns
    -------
    Markup
        A figure as HTML on lines that are not blank: the drawing, its caption, its table.
    """
    most = max(number for _, number in bars)
    room = _WIDTH - 40
    drawn = []
    for row, (label, number) in enumerate(bars):
        y = row * _ROW
        width = room * number / most
        drawn.append(
            html(
                '<text class="iml-bar-label" x="0" y="{}">{}</text>'
                '<rect class="iml-bar" x="0" y="{}" width="{}" height="{}"/>'
                '<text class="iml-bar-number" x="{}" y="{}">{}</text>',
                y + 18,
                label,
                y + 25,
                f"{width:.0f}",
                _BAR,
                f"{width + 7:.0f}",
                y + 25 + _BAR - 2,
                number,
            )
        )
    svg = html(
        '<svg class="iml-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        _WIDTH,
        len(bars) * _ROW,
        strings.text("chart.label", title=title, first=bars[0][0], number=bars[0][1]),
        joined(drawn),
    )
    head = (strings.text("chart.what"), strings.text("chart.number"))
    return figure(svg, title, data_table(head, bars), strings)


def figure(svg: Markup, caption: str, table: Markup, strings: Strings) -> Markup:
    """Put a drawing, its caption and the table of what it shows together."""
    return html(
        '<figure class="iml-figure">{}<figcaption>{}</figcaption>'
        "<details><summary>{}</summary>{}</details></figure>",
        svg,
        caption,
        strings.text("chart.table"),
        scrolling(table, strings),
    )
