"""Tables as CSV: comma, semicolon or tab divides them, and they may be packed by gzip."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
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
        learn_grid(source, _rows(source, lambda _: None), intake)

    def read(self, source: Source, intake: Intake) -> None:
        """Read a table of answers."""

        def too_long(line: int) -> None:
            what = "a cell here is too long to be an answer; the row is left out"
            intake.problem(source, line, what)

        read_grid(source, _rows(source, too_long), intake)


def _rows(source: Source, too_long: Callable[[int], None]) -> Iterator[Row]:
    first = beginning_of(source.path).partition("\n")[0]
    divider = max(",;\t", key=first.count)
    with open_text(source.path) as stream:
        reader = csv.reader(stream, delimiter=divider)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:  # it goes on with the next line
                too_long(reader.line_num)
                continue
            yield reader.line_num, row
