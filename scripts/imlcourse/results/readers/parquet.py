"""Tables as Parquet, which big stores of data give out: the same columns as in CSV."""

from __future__ import annotations

from typing import ClassVar

import polars as pl

from imlcourse.results.intake import Intake, Source
from imlcourse.results.readers.base import Reader
from imlcourse.results.readers.rows import (
    CHUNK,
    QUESTIONS,
    READ,
    TableRows,
    heads_of,
    learn_questions,
    lists_questions,
)

__all__ = ["ParquetReader"]


class ParquetReader(Reader):
    """Reads Parquet, some rows at a time; a row is named by its number."""

    endings: ClassVar[tuple[str, ...]] = (".parquet",)
    text: ClassVar[bool] = False

    def learn(self, source: Source, intake: Intake) -> None:
        """Learn the questions of a sheet, if the table lists them."""
        try:
            names = pl.read_parquet_schema(source.path)
        except (OSError, pl.exceptions.PolarsError):
            what = "this is no Parquet file that can be read; write it anew"
            intake.problem(source, 0, what)
            return
        if lists_questions({name.lower(): 0 for name in names}):
            rows = pl.read_parquet(source.path)
            learn_questions(source, _columns(rows, 1, QUESTIONS), intake)

    def read(self, source: Source, intake: Intake) -> None:
        """Read a table of answers."""
        if source.left_out:
            return
        scanned = pl.scan_parquet(source.path)
        names = scanned.collect_schema().names()
        heads = heads_of(source, 0, names, intake)
        if heads is None or lists_questions(heads):
            return
        table = TableRows(source, intake)
        done = 0
        for chunk in scanned.collect_batches(chunk_size=CHUNK, maintain_order=True):
            for rows in chunk.iter_slices(CHUNK):
                table.take(_columns(rows, done + 1, READ))
                done += rows.height


def _columns(rows: pl.DataFrame, first: int, names: tuple[str, ...]) -> pl.DataFrame:
    """Give columns of text with the numbers of their rows."""
    there = {name.strip().lower(): name for name in rows.columns}
    texts = [
        pl.col(there[name]).cast(pl.String).fill_null("").str.strip_chars().alias(name)
        if name in there
        else pl.lit("").alias(name)
        for name in names
    ]
    line = pl.int_range(first, first + rows.height, dtype=pl.UInt32).alias("line")
    return rows.select(line, *texts)
