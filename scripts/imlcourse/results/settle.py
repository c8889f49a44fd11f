"""From all that files say of some learners to what they answered: each sitting once, in order."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from imlcourse.results.answers import PRACTICE
from imlcourse.results.intake import PRACTISED, SAT, WRITTEN

__all__ = ["ANSWERS", "Twice", "settled"]

Twice = Callable[[int, int, str, int], None]
"""Takes a file, a line, an item, and the line in which it was answered already."""

ANSWERS: dict[str, pl.DataType] = {
    "key": pl.String(),
    "sat": pl.UInt32(),
    "test": pl.String(),
    "begun": pl.Float64(),
    "edition": pl.String(),
    "team": pl.String(),
    "first": pl.Boolean(),
    "last": pl.Boolean(),
    "item": pl.String(),
    "version": pl.String(),
    "points": pl.Float64(),
    "response": pl.String(),
    "objective": pl.String(),
}
"""What is settled: a row is an answer, and `sat` numbers the sittings of each learner."""

_SITTING = ("key", "test", "sitting", "attempt")
_ABOUT_A_DAY = 36 * 3_600_000
_SAID = pl.concat_str(
    [
        pl.col("item"),
        pl.col("version"),
        pl.col("points").cast(pl.String),
        pl.col("response").fill_null("null"),
        pl.col("objective"),
    ],
    separator="\n",
)


def settled(rows: pl.DataFrame, twice: Twice) -> pl.DataFrame:
    """Say what learners answered.

    Parameters
    ----------
    rows
        Whole learners, with the columns of `imlcourse.results.intake.COLUMNS`.
    twice
        Is told of an item that stands twice in one test of a table; the first counts.

    Returns
    -------
    polars.DataFrame
        The columns of `ANSWERS`: finished tests and practice, in the order in which they were
        taken. `first` and `last` say whether a sitting is the learner's first or last of a test.
    """
    records = _records(rows.filter(pl.col("kind") == SAT))
    written = _told_once(rows.filter(pl.col("kind") == WRITTEN), twice)
    practice = _practice(
        rows.filter(pl.col("kind") == PRACTISED),
        records,
        written.filter(pl.col("test") == PRACTICE),
    )
    tables = _tables(written.filter(pl.col("test") != PRACTICE))
    # Sittings of a record before those of a table, if both began in the same moment.
    sat = pl.concat([records, tables]).with_columns(
        begins=pl.col("place").min().over(_SITTING),
    )
    sat = sat.sort("key", "begun", "kind", "attempt", "sitting", "begins", "test", "place")
    sat = sat.with_columns(sat=pl.struct(_SITTING).rle_id()).drop("begins")
    sat = sat.with_columns(
        first=pl.col("sat") == pl.col("sat").min().over("key", "test"),
        last=pl.col("sat") == pl.col("sat").max().over("key", "test"),
    )
    more = (pl.col("key").rle_id() + sat.height).cast(pl.UInt32)  # one more sitting of each
    practice = practice.with_columns(
        sat=more, first=pl.lit(value=True), last=pl.lit(value=True), begun=0.0
    )
    return pl.concat([sat.select(*ANSWERS), practice.select(*ANSWERS)])


def _records(rows: pl.DataFrame) -> pl.DataFrame:
    """Give each attempt once: what ended it first is settled."""
    best = rows.filter(pl.col("ended") == pl.col("ended").min().over("key", "attempt"))
    return _without_codes(_one_of_each(best, ("key", "attempt")))


def _without_codes(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out the code of a sitting that a record tells whole: of the same test, about that day.

    A code tells the day by the learner's calendar, and no hour.
    """
    coded = pl.col("item") == ""
    codes = rows.filter(coded).select(*_SITTING, "ended").unique()
    if codes.is_empty():
        return rows
    whole = rows.filter(~coded).select("key", "test", pl.col("ended").alias("known")).unique()
    told = codes.join(whole, on=["key", "test"]).filter(
        (pl.col("ended") - pl.col("known")).abs() < _ABOUT_A_DAY
    )
    return rows.join(told, on=_SITTING, how="anti")


def _one_of_each(rows: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Where several sittings are the same one, give one: which does not hang on their order."""
    several = rows.filter(pl.col("sitting").n_unique().over(by) > 1)
    if several.is_empty():
        return rows
    said = several.group_by(*by, "sitting").agg(_SAID.sort_by("place").str.join("\0").alias("said"))
    chosen = said.sort("said", "sitting").unique(by, keep="first", maintain_order=True)
    others = said.join(chosen, on=[*by, "sitting"], how="anti")
    return rows.join(others, on=[*by, "sitting"], how="anti")


def _told_once(rows: pl.DataFrame, twice: Twice) -> pl.DataFrame:
    """Leave out of a table what it says again of an item in the same test."""
    if rows.is_empty():
        return rows
    first = pl.col("line").min().over("sitting", "key", "test", "attempt", "item")
    rows = rows.with_columns(already=first)
    again = rows.filter(pl.col("line") > pl.col("already"))
    if not again.is_empty():
        for source, line, item, already in (
            again.sort("source", "line").select("source", "line", "item", "already").iter_rows()
        ):
            twice(source, line, item, already)
        rows = rows.filter(pl.col("line") == pl.col("already"))
    return rows.drop("already")


def _tables(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the tests of tables; one that two tables tell alike, as CSV and XLSX, once."""
    sittings = pl.struct("sitting", "attempt")
    several = rows.filter(sittings.n_unique().over("key", "test", "begun") > 1)
    if several.is_empty():
        return rows
    said = several.group_by(*_SITTING, "begun").agg(
        _SAID.sort_by("place").str.join("\0").alias("said")
    )
    others = said.sort("sitting", "attempt").filter(
        ~pl.struct("key", "test", "begun", "said").is_first_distinct()
    )
    return rows.join(others, on=_SITTING, how="anti")


def _practice(rows: pl.DataFrame, records: pl.DataFrame, written: pl.DataFrame) -> pl.DataFrame:
    """Give the first answer to each item of practice that no test of the record has asked."""
    each = ("key", "item", "version")
    first = rows.filter(pl.col("ended") == pl.col("ended").min().over(each))
    first = first.sort(_SAID, "sitting").unique(each, keep="first", maintain_order=True)
    first = first.join(records.select("key", "item").unique(), on=["key", "item"], how="anti")
    both = pl.concat([first.sort(each), written.sort("key", "sitting", "line")])
    both = both.unique(each, keep="first", maintain_order=True)
    return both.sort("key", maintain_order=True)
