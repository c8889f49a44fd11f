"""Small charts as SVG, each with a text alternative and a table of what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from imlcourse.languages.strings import Strings

__all__ = ["Bar", "bar_chart", "data_table", "figure"]

Bar = tuple[str, int]
"""A label, and how often it was counted."""

_WIDTH, _ROW, _BAR = 400, 46, 14


def bar_chart(title: str, bars: Sequence[Bar], strings: Strings) -> str:
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
    str
        A figure as HTML on lines that are not blank: the drawing, its caption, its table.
    """
    most = max(number for _, number in bars)
    room = _WIDTH - 40
    drawn = []
    for row, (label, number) in enumerate(bars):
        y = row * _ROW
        width = room * number / most
        drawn.append(
            f'<text class="iml-bar-label" x="0" y="{y + 18}">{escape(label)}</text>'
            f'<rect class="iml-bar" x="0" y="{y + 25}" width="{width:.0f}" height="{_BAR}"/>'
            f'<text class="iml-bar-number" x="{width + 7:.0f}" y="{y + 25 + _BAR - 2}">{number}'
            "</text>"
        )
    highest = strings.text("chart.label", title=title, first=bars[0][0], number=bars[0][1])
    svg = (
        f'<svg class="iml-chart" viewBox="0 0 {_WIDTH} {len(bars) * _ROW}" role="img" '
        f'aria-label="{escape(highest)}">{"".join(drawn)}</svg>'
    )
    head = (strings.text("chart.what"), strings.text("chart.number"))
    return figure(svg, title, data_table(head, bars), strings)


def data_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a table, whose first cells head its rows. Cells are text, and are escaped."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = []
    for first, *cells in rows:
        tds = "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        lines.append(f'<tr><th scope="row">{escape(str(first))}</th>{tds}</tr>')
    body = "".join(lines)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def figure(svg: str, caption: str, table: str, strings: Strings) -> str:
    """Put a drawing, its caption and the table of what it shows together."""
    return (
        f'<figure class="iml-figure">{svg}<figcaption>{escape(caption)}</figcaption>'
        f"<details><summary>{escape(strings.text('chart.table'))}</summary>{table}</details>"
        "</figure>"
    )
