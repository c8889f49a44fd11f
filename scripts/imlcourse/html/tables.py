"""Tables, and lists of facts. Cells are text, which is escaped, or HTML by its type."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.languages.strings import Strings

__all__ = ["Cell", "Row", "data_table", "facts", "scroller", "scrolling", "sortable", "table"]


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    words
        What it shows: text, or HTML.
    attributes
        Attributes of its tag, such as ``data-sort``.
    """

    words: object
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    cells
        Its cells; the first heads the row.
    attributes
        Attributes of its tag.
    """

    cells: Sequence[object]
    attributes: Mapping[str, str] = field(default_factory=dict)


def table(heads: Iterable[object], rows: Iterable[Row], css: str = "") -> Markup:
    """Write a table, whose first row heads its columns, and whose first cells head its rows.

    Parameters
    ----------
    heads
        The heads of its columns: a `Cell`, text or HTML.
    rows
        Its rows, of cells likewise.
    css
        Its name for style sheets and scripts.

    Returns
    -------
    Markup
        HTML, one row a line.
    """
    return html(
        "<table{}><thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>",
        html(' class="{}"', css) if css else NOTHING,
        joined(_cell("th", head, "col") for head in heads),
        joined((_row(row) for row in rows), "\n"),
    )


def _row(row: Row) -> Markup:
    first, *cells = row.cells
    return html(
        "<tr{}>{}{}</tr>",
        _attributes(row.attributes),
        _cell("th", first, "row"),
        joined(_cell("td", cell) for cell in cells),
    )


def _cell(tag: str, cell: object, scope: str = "") -> Markup:
    made = cell if isinstance(cell, Cell) else Cell(cell)
    attributes = {**({"scope": scope} if scope else {}), **made.attributes}
    return html(
        "<{tag}{attributes}>{words}</{tag}>",
        tag=Markup(tag),
        attributes=_attributes(attributes),
        words=made.words,
    )


def _attributes(attributes: Mapping[str, str]) -> Markup:
    return joined(html(' {}="{}"', Markup(name), value) for name, value in attributes.items())


def data_table(heads: Iterable[object], rows: Iterable[Sequence[object]]) -> Markup:
    """Write a table of what a drawing shows, or of plain data."""
    return table(heads, (Row(cells) for cells in rows))


def scrolling(drawn: Markup, strings: Strings) -> Markup:
    """Let a table scroll by itself where it is wider than the page, by touch and by keyboard.

    Parameters
    ----------
    drawn
        The table.
    strings
        The texts of the interface.
    """
    return html("{}{}</div>", scroller(strings), drawn)


def scroller(strings: Strings) -> Markup:
    """Give the tag that opens what a table scrolls in."""
    return html(
        '<div class="iml-table" role="group" tabindex="0" aria-label="{}">',
        strings.text("book.table"),
    )


def sortable(
    heads: Sequence[str], rows: Iterable[Row], strings: Strings, unsorted: Collection[int] = ()
) -> Markup:
    """Write a table whose columns a script lets readers sort.

    Parameters
    ----------
    heads
        The heads of its columns, as text.
    rows
        Its rows. A cell whose words do not sort as they should has ``data-sort``; an empty one
        stands last, whichever way the column is sorted.
    strings
        The texts of the interface.
    unsorted
        Columns that cannot be sorted, from 0.

    Returns
    -------
    Markup
        HTML.
    """
    named = (
        head
        if at in unsorted
        else Cell(head, {"data-iml-sort": strings.text("filter.sort", name=head)})
        for at, head in enumerate(heads)
    )
    return scrolling(table(named, rows, "iml-sortable"), strings)


def facts(rows: Iterable[tuple[object, object]]) -> Markup:
    """Write a list of facts: of each its name, and what is said of it.

    Parameters
    ----------
    rows
        Pairs of text or HTML.

    Returns
    -------
    Markup
        HTML on lines that are not blank.
    """
    entries = (html("<div><dt>{}</dt><dd>{}</dd></div>", *row) for row in rows)
    return html('<dl class="iml-unit-facts">\n{}\n</dl>', joined(entries, "\n"))
