"""Answers on their way to the figures: in memory while they are few, else in Parquet on the disk.

Whatever is said of one learner comes together again by the hash of its key, however many files
it came from: `Shards.buckets` gives whole learners, as many at a time as memory takes. What goes
to the disk is in one file without a name, which is gone when the program ends, however it ends.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from typing import IO

import polars as pl

__all__ = ["BUCKET_ROWS", "SHARD_ROWS", "Shards"]

SHARD_ROWS = 300_000
"""Rows that are held before they go to the disk."""
BUCKET_ROWS = 300_000
"""Rows that are worked on at a time, if learners can be divided so."""
_PARTS = 128


class Shards:
    """Rows with a learner's key in each, put away and given back learner by learner.

    Parameters
    ----------
    schema
        The columns.
    shard_rows, bucket_rows
        How many rows are held, and worked on at a time.
    key
        The column that says which rows belong together.
    """

    def __init__(
        self,
        schema: dict[str, pl.DataType],
        shard_rows: int = SHARD_ROWS,
        bucket_rows: int = BUCKET_ROWS,
        key: str = "key",
    ) -> None:
        self.schema = schema
        self.shard_rows, self.bucket_rows, self.key = shard_rows, bucket_rows, key
        self.rows = 0
        self._held: list[pl.DataFrame] = []
        self._held_rows = 0
        self._file: IO[bytes] | None = None
        self._places: list[list[tuple[int, int, int]]] = [[] for _ in range(_PARTS)]

    def add(self, frame: pl.DataFrame) -> None:
        """Take rows."""
        for piece in frame.iter_slices(self.shard_rows):
            self._held.append(piece)
            self._held_rows += piece.height
            self.rows += piece.height
            if self._held_rows > self.shard_rows:
                self._put_away()

    def buckets(self) -> Iterator[pl.DataFrame]:
        """Give all rows, those of one key always together."""
        if self._file is None:
            if self.rows:
                yield pl.concat(self._held)
            return
        self._put_away()
        bucket: list[pl.DataFrame] = []
        filled = 0
        for places in self._places:
            rows = sum(one[2] for one in places)
            if not rows:
                continue
            if filled and filled + rows > self.bucket_rows:
                yield pl.concat(bucket)
                bucket, filled = [], 0
            divided = -(-rows // self.bucket_rows)
            if divided == 1:
                bucket += [self._read(one) for one in places]
                filled += rows
                continue
            lot = (pl.col(self.key).hash(0) % 65_521) % divided
            for turn in range(divided):
                pieces = [self._read(one).filter(lot == turn) for one in places]
                some = pl.concat(pieces)
                if some.height:
                    yield some
        if bucket:
            yield pl.concat(bucket)

    def changed(self, change: Callable[[pl.DataFrame], pl.DataFrame]) -> Shards:
        """Give the same rows, changed, and with them the keys if need be."""
        new = Shards(self.schema, self.shard_rows, self.bucket_rows, self.key)
        for held in self._held:
            new.add(change(held))
        for places in self._places:
            for one in places:
                new.add(change(self._read(one)))
        return new

    def _put_away(self) -> None:
        if not self._held:
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="report-")  # noqa: SIM115 - lives on
        part = (pl.col(self.key).hash(0) // 65_521 % _PARTS).cast(pl.UInt8).alias("_part")
        held = pl.concat(self._held).with_columns(part)
        self._held, self._held_rows = [], 0
        self._file.seek(0, io.SEEK_END)
        for (number,), rows in held.partition_by("_part", as_dict=True, include_key=False).items():
            made = io.BytesIO()
            rows.write_parquet(made, compression="zstd", compression_level=1, statistics=False)
            place = self._file.tell()
            self._file.write(made.getbuffer())
            self._places[int(number)].append((place, made.tell(), rows.height))

    def _read(self, place: tuple[int, int, int]) -> pl.DataFrame:
        assert self._file is not None
        self._file.seek(place[0])
        return pl.read_parquet(io.BytesIO(self._file.read(place[1])))
