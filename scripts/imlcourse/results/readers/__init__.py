"""The kinds of files that a report reads: one file here for each, and one line in `READERS`.

A kind is found by the ending of a file's name and by how the file begins; the first in the list
that fits reads it. Before any file is read, each kind may learn from its files what others need
to be understood, such as which question of a sheet is which item.
"""

from __future__ import annotations

from imlcourse.results.readers.base import Reader
from imlcourse.results.readers.codes import CodeReader, PhotoReader
from imlcourse.results.readers.parquet import ParquetReader
from imlcourse.results.readers.places import PlacesReader
from imlcourse.results.readers.statements import StatementReader
from imlcourse.results.readers.table import TableReader
from imlcourse.results.readers.workbook import WorkbookReader

__all__ = ["READERS", "Reader", "endings", "reader_of"]

READERS: tuple[Reader, ...] = (
    PlacesReader(),
    StatementReader(),
    TableReader(),
    WorkbookReader(),
    ParquetReader(),
    CodeReader(),
    PhotoReader(),
)


def endings() -> list[str]:
    """Give all endings of names that are read."""
    return list(dict.fromkeys(ending for reader in READERS for ending in reader.endings))


def reader_of(name: str, beginning: str) -> Reader | None:
    """Find who reads a file.

    Parameters
    ----------
    name
        The name of the file.
    beginning
        Its first characters; empty of a file that is no text.
    """
    fitting = (one for one in READERS if one.ending_of(name))
    return next((one for one in fitting if one.recognises(beginning)), None)
