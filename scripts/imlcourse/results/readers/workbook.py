"""Tables as XLSX: each sheet of the workbook is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from imlcourse.results.cells import Row, written
from imlcourse.results.intake import Intake, ReportError, Source
from imlcourse.results.readers.base import Reader
from imlcourse.results.readers.grid import learn_grid, read_grid

__all__ = ["WorkbookReader"]


class WorkbookReader(Reader):
    """Reads workbooks."""

    endings: ClassVar[tuple[str, ...]] = (".xlsx",)
    text: ClassVar[bool] = False

    def learn(self, source: Source, intake: Intake) -> None:
        """Learn the questions of sheets, where one lists them."""
        for rows in _sheets(source, intake):
            learn_grid(source, rows, intake)

    def read(self, source: Source, intake: Intake) -> None:
        """Read the tables of answers."""
        if not source.left_out:  # it could be opened
            for rows in _sheets(source, intake):
                read_grid(source, rows, intake)


def _sheets(source: Source, intake: Intake) -> Iterator[Iterator[Row]]:
    try:
        import openpyxl
    except ImportError:
        msg = (
            f"openpyxl is not installed, and {source.path.name} cannot be read without it; run "
            "python3 scripts/build.py report with the same files, or save it as CSV"
        )
        raise ReportError(msg) from None
    try:
        book = openpyxl.load_workbook(source.path, read_only=True, data_only=True)
    except Exception:  # the library raises what its parsers raise
        intake.problem(source, 0, "this is no XLSX file that can be read; save it anew")
        return
    try:
        for sheet in book.worksheets:
            yield _rows(sheet)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Row]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [written(cell) for cell in row]
