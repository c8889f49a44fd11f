"""Tables as CSV: comma, semicolon or tab divides them, and they may be packed by gzip."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import ClassVar

from imlcourse.results.cells import Row
from imlcourse.results.intake import Intake, Source
from imlcourse.results.readers.base import Reader, beginning_of, open_text
from imlcourse.results.readers.grid import learn_grid, read_grid

__all__ = ["TableReader"]


class TableReader(Reader):
    """Reads tables of text."""

    endings: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".csv.gz", ".tsv.gz")

    def learn(self, source: Source, intake: Intake) -> None:
        """Learn the questions of a sheet, if the table lists them."""
        learn_grid(source, _rows(source), intake)

    def read(self, source: Source, intake: Intake) -> None:
        """Read a table of answers."""
        read_grid(source, _rows(source), intake)


def _rows(source: Source) -> Iterator[Row]:
    first = beginning_of(source.path).partition("\n")[0]
    divider = max(",;\t", key=first.count)
    with open_text(source.path) as stream:
        reader = csv.reader(stream, delimiter=divider)
        yield from ((reader.line_num, row) for row in reader)
