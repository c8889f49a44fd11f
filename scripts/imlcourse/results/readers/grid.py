"""Rows of cells, as CSV and workbooks have them, on their way to columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import polars as pl

from imlcourse.results.cells import Row
from imlcourse.results.intake import Intake, Source
from imlcourse.results.readers.codes import take_code
from imlcourse.results.readers.form_rows import holds_forms, read_forms
from imlcourse.results.readers.rows import (
    CHUNK,
    QUESTIONS,
    READ,
    TableRows,
    heads_of,
    learn_questions,
    lists_questions,
)

__all__ = ["learn_grid", "read_grid"]


def learn_grid(source: Source, rows: Iterable[Row], intake: Intake) -> None:
    """Learn the questions of a sheet, if rows list them; the first row has the heads."""
    filled = _filled(rows)
    for _, first in islice(filled, 1):
        heads = {head.strip().lower(): place for place, head in enumerate(first)}
        if lists_questions(heads):
            listed = list(filled)
            learn_questions(source, _columns(listed, heads, QUESTIONS), intake)


def read_grid(source: Source, rows: Iterable[Row], intake: Intake) -> None:
    """Read rows of answers; the first row has the heads."""
    filled = _filled(rows)
    for line, first in islice(filled, 1):
        if holds_forms(first):
            read_forms(source, line, first, filled, intake)
            return
        if _holds_codes(first):
            _read_codes(source, first, filled, intake)
            return
        heads = heads_of(source, line, first, intake)
        if heads is None or lists_questions(heads):
            return
        table = TableRows(source, intake)
        for one in filled:
            some = list(chain([one], islice(filled, CHUNK - 1)))
            table.take(_columns(some, heads, READ))


def _holds_codes(first: list[str]) -> bool:
    """Say whether rows hold result codes."""
    heads = {head.strip().lower() for head in first}
    return "code" in heads and not heads & {"item", "question", "answer", "points"}


def _read_codes(source: Source, first: list[str], rows: Iterable[Row], intake: Intake) -> None:
    """Read the column ``code``, and beside it the name of whoever it belongs to, if it is there."""
    heads = [head.strip().lower() for head in first]
    named = [heads.index(head) for head in ("name", "participant") if head in heads]
    for line, row in rows:
        code, *names = (
            row[n].strip() if n < len(row) else "" for n in (heads.index("code"), *named)
        )
        if code:
            take_code(source, line, code, intake, next(filter(None, names), ""))


def _filled(rows: Iterable[Row]) -> Iterator[Row]:
    return ((line, row) for line, row in rows if any(row) and any(cell.strip() for cell in row))


def _columns(rows: list[Row], heads: dict[str, int], names: Iterable[str]) -> pl.DataFrame:
    """Give rows as columns of text; what a row or the table lacks is empty."""
    columns: dict[str, pl.Series] = {"line": pl.Series([line for line, _ in rows], dtype=pl.UInt32)}
    for name in names:
        place = heads.get(name, -1)
        cells = [row[place].strip() if 0 <= place < len(row) else "" for _, row in rows]
        columns[name] = pl.Series(cells, dtype=pl.String)
    return pl.DataFrame(columns)
