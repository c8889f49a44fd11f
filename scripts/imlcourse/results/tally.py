"""Sums over learners, from few of them or from many: counted in pieces, and put together.

Each piece holds whole learners (`imlcourse.results.settle.ANSWERS`). What is found in the pieces
is added up; sums of squared deviations go by the law of total variance, since sums of squares
lose their digits. So the figures do not hang on how learners were divided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import polars as pl

from imlcourse.course.model import Course
from imlcourse.items.shared import SHARED
from imlcourse.results.answers import AFTER, BEFORE, FINAL, PRACTICE, START
from imlcourse.results.settle import ANSWERS
from imlcourse.results.statistics import FEWEST, Moments, alpha

__all__ = [
    "PEOPLE",
    "STAGES",
    "Reliability",
    "Scale",
    "Tally",
    "added",
    "count_in",
    "moments",
    "of_row",
]

Stage = Literal["before", "during", "after"]
"""When something was answered: before the course, in its modules, or after it."""
STAGES: tuple[Stage, ...] = ("before", "during", "after")
PEOPLE: dict[str, pl.DataType] = {
    "key": pl.String(),
    "before": pl.Float64(),
    "during": pl.Float64(),
    "after": pl.Float64(),
    "edition": pl.String(),
    "first": pl.Float64(),
    "gain": pl.Float64(),
    "unpaired": pl.Boolean(),
    "team": pl.String(),
    "needs": pl.List(pl.String()),
}
"""A row is a person. `before`, `during` and `after` are means of the tests at each stage; `first`
and `gain` are of the first pre-test and the last post-test, both of `edition`; `needs` are the
objectives that were failed, in the order in which they are needed."""

_SITTING = ("key", "sat")
_ITEM = ("test", "item", "version")
_FORM = ("test", "edition", "form")


@dataclass(frozen=True, slots=True)
class Reliability:
    """How many had the very same questions, and what the reliability of these is."""

    same: int
    kr20: float | None
    alpha: float | None


@dataclass(slots=True)
class Tally:
    """All sums.

    Attributes
    ----------
    items
        By test, item and version: `count`, `right`, `unanswered`, `points`; and of the points and
        the share of the points for the other items, what `moments` says of them.
    choices
        By test, item, version and response, how many gave it.
    objectives
        By objective and stage, `points` and how many answers.
    tests
        By test and edition, `count`, `questions`, `points`, `lowest` and `highest`.
    reliabilities
        By test and edition.
    people
        See `PEOPLE`.
    earlier
        How many tests were worded otherwise than now.
    last
        When the last test was begun.
    """

    items: pl.DataFrame
    choices: pl.DataFrame
    objectives: pl.DataFrame
    tests: pl.DataFrame
    reliabilities: dict[tuple[str, str], Reliability]
    people: pl.DataFrame
    earlier: int
    last: float


def moments(one: str, other: str) -> list[pl.Expr]:
    """Give what has to be known of two columns of a piece to add it up; see `Moments`."""
    both = pl.col(one).is_not_null() & pl.col(other).is_not_null()
    x, y = pl.col(one).filter(both), pl.col(other).filter(both)
    return [
        both.sum().alias("n"),
        x.mean().alias("mean"),
        y.mean().alias("other_mean"),
        ((x - x.mean()) ** 2).sum().alias("spread"),
        ((y - y.mean()) ** 2).sum().alias("other_spread"),
        ((x - x.mean()) * (y - y.mean())).sum().alias("both"),
    ]


def added() -> list[pl.Expr]:
    """Add up what `moments` has said of pieces."""
    n, x, y = pl.col("n"), pl.col("mean"), pl.col("other_mean")
    mean, other = (n * x).sum() / n.sum(), (n * y).sum() / n.sum()
    return [
        n.sum(),
        mean.alias("mean"),
        other.alias("other_mean"),
        (pl.col("spread") + n * (x - mean) ** 2).sum(),
        (pl.col("other_spread") + n * (y - other) ** 2).sum(),
        (pl.col("both") + n * (x - mean) * (y - other)).sum(),
    ]


def _spreads(column: str) -> list[pl.Expr]:
    """Give the same of one column."""
    x = pl.col(column)
    return [
        pl.len().alias("n"),
        x.mean().alias("mean"),
        ((x - x.mean()) ** 2).sum().alias("spread"),
    ]


class Scale:
    """What of the course answers are held against.

    Parameters
    ----------
    course
        The course.
    """

    def __init__(self, course: Course) -> None:
        self.items = pl.DataFrame(
            [(one.id, one.version, one.objective, one.type) for one in course.items],
            schema=["item", "now", "assesses", "type"],
            orient="row",
        ).cast(pl.String)
        objectives = [
            (one.id, module.id, place)
            for place, (module, one) in enumerate(
                (module, one)
                for module in course.modules.values()
                for one in module.front.objectives
            )
        ]
        # Of some answers only the module is known: it stands in front of its objectives.
        modules = {module: (module, module, place) for _, module, place in objectives[::-1]}
        self.objectives = pl.DataFrame(
            [*objectives, *modules.values()],
            schema={"assesses": pl.String, "module": pl.String, "order": pl.UInt32},
            orient="row",
        )

    def enriched(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Say of each answer what it assesses, whether it is of the present wording, and when."""
        unnamed = pl.col("item") == ""
        test = pl.col("test")
        return (
            rows.join(self.items, on="item", how="left", maintain_order="left")
            .with_columns(
                assesses=pl.when(unnamed).then("objective").otherwise("assesses"),
                # Of an answer without an item, an empty version says that its objective is present.
                present=pl.when(unnamed)
                .then(pl.col("version") == "")
                .otherwise((pl.col("version") == pl.col("now")).fill_null(value=False)),
            )
            .join(self.objectives, on="assesses", how="left", maintain_order="left")
            .with_columns(
                stage=pl.when(test.is_in([BEFORE, START]))
                .then(pl.lit("before"))
                .when(test.is_in([AFTER, FINAL]))
                .then(pl.lit("after"))
                .otherwise(pl.lit("during")),
                practised=test == PRACTICE,
            )
        )


def count_in(
    course: Course, buckets: Iterable[pl.DataFrame], again: Iterable[pl.DataFrame]
) -> Tally:
    """Count.

    Parameters
    ----------
    course
        The course.
    buckets
        Whole learners, as they are settled.
    again
        The same a second time: reliability is told of the most frequent form of each test, and
        which this is shows at the end.
    """
    scale = Scale(course)
    found: dict[str, list[pl.DataFrame]] = {}
    for bucket in chain([pl.DataFrame(schema=ANSWERS)], buckets):
        rows = scale.enriched(bucket)
        for name, frame in _pieces(rows, _sittings(rows)):
            found.setdefault(name, []).append(frame)
    whole = {name: pl.concat(frames) for name, frames in found.items()}
    tests = whole["tests"].group_by("test", "edition")
    sums = (
        pl.col("count", "questions", "points").sum(),
        pl.col("lowest").min(),
        pl.col("highest").max(),
    )
    items = whole["items"].group_by(_ITEM)
    return Tally(
        items=items.agg(pl.col("count", "right", "unanswered", "points").sum()).join(
            whole["items"].filter(pl.col("n") > 0).group_by(_ITEM).agg(added()),
            on=_ITEM,
            how="left",
        ),
        choices=whole["choices"].group_by(*_ITEM, "response").agg(pl.col("count").sum()),
        objectives=whole["objectives"]
        .group_by("assesses", "module", "stage")
        .agg(pl.col("points", "count").sum()),
        tests=tests.agg(*sums),
        reliabilities=_reliabilities(scale, whole["forms"], again),
        people=whole["people"],
        earlier=int(whole["told"].get_column("earlier").sum()),
        last=max(one or 0.0 for one in whole["told"].get_column("last").to_list()),
    )


def _sittings(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the sittings; `form` tells by a number which questions were asked."""
    form = (pl.struct("item", "version").hash(0) // 4096).sum()
    named = (pl.col("item") != "").all()
    return rows.group_by(_SITTING, maintain_order=True).agg(
        pl.col("test", "begun", "stage", "practised", "team", "first", "last").first(),
        pl.when(pl.col("present").all())
        .then(pl.lit(""))
        .when(pl.col("edition").first() == "")
        .then(pl.lit("?"))
        .otherwise(pl.col("edition").first())
        .alias("edition"),
        pl.len().alias("questions"),
        pl.col("points").sum().alias("total"),
        (pl.col("points") >= 1).sum().cast(pl.Float64).alias("rights"),
        (pl.col("points").sum() / pl.len()).alias("share"),
        pl.when(named).then(form).alias("form"),
    )


def _pieces(rows: pl.DataFrame, sittings: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Count in a piece."""
    tests = sittings.filter(pl.col("first") & ~pl.col("practised"))
    of_sitting = sittings.select(*_SITTING, "questions", "total")
    firsts = rows.filter("first").join(of_sitting, on=_SITTING, maintain_order="left")
    points = pl.col("points")
    others = pl.col("questions") > 1
    rest = (pl.col("total") - points) / (pl.col("questions") - 1)
    yield (
        "items",
        firsts.filter(pl.col("item") != "")
        # Everybody has practised something else.
        .with_columns(rest=pl.when(others & ~pl.col("practised")).then(rest))
        .group_by(_ITEM)
        .agg(
            pl.len().alias("count"),
            (points >= 1).sum().alias("right"),
            (pl.col("response").is_null() & (points == 0)).sum().alias("unanswered"),
            points.sum(),
            *moments("points", "rest"),
        ),
    )
    offered = pl.col("type").is_in(["single", "multiple", "truefalse"])
    chosen = firsts.filter(pl.col("present") & offered & pl.col("response").is_not_null())
    yield "choices", chosen.group_by(*_ITEM, "response").agg(pl.len().alias("count"))
    present = firsts.filter(pl.col("present") & pl.col("module").is_not_null())
    yield (
        "objectives",
        present.group_by("assesses", "module", "stage").agg(points.sum(), pl.len().alias("count")),
    )
    share = pl.col("share")
    yield (
        "tests",
        tests.group_by("test", "edition").agg(
            pl.len().alias("count"),
            pl.col("questions").sum(),
            share.sum().alias("points"),
            share.min().alias("lowest"),
            share.max().alias("highest"),
        ),
    )
    formed = tests.filter(pl.col("form").is_not_null())
    yield "forms", formed.group_by(_FORM).agg(pl.len().alias("count"))
    yield (
        "told",
        tests.select(
            (pl.col("edition") != "").sum().alias("earlier"), pl.col("begun").max().alias("last")
        ),
    )
    yield "people", _people(rows, sittings)


# --- people ----------------------------------------------------------------------------------


def _people(rows: pl.DataFrame, sittings: pl.DataFrame) -> pl.DataFrame:
    """Say what each learner has reached, and needs next."""
    stage, test, share = pl.col("stage"), pl.col("test"), pl.col("share")
    counted = pl.col("first") & ~pl.col("practised")
    before, after = (test == BEFORE) & pl.col("first"), (test == AFTER) & pl.col("last")
    edition = pl.col("edition")
    both = (pl.col("edition_before").is_not_null()) & (pl.col("edition_after").is_not_null())
    paired = both & (pl.col("edition_before") == pl.col("edition_after"))
    people = (
        sittings.group_by("key", maintain_order=True)
        .agg(
            *(share.filter(counted & (stage == one)).mean().alias(one) for one in STAGES),
            edition.filter(before).first().alias("edition_before"),
            edition.filter(after).first().alias("edition_after"),
            share.filter(before).first().alias("share_before"),
            share.filter(after).first().alias("share_after"),
            pl.col("team").filter(pl.col("team") != "").last(),
        )
        .with_columns(
            edition=pl.when(paired).then("edition_before"),
            first=pl.when(paired).then("share_before"),
            gain=pl.when(paired).then(pl.col("share_after") - pl.col("share_before")),
            unpaired=both & ~paired,
            team=pl.col("team").fill_null(""),
        )
    )
    return people.join(_needs(rows), on="key", how="left", maintain_order="left").select(
        *(n for n in PEOPLE if n != "needs"),
        pl.col("needs").fill_null(pl.lit([], dtype=pl.List(pl.String))),
    )


def _needs(rows: pl.DataFrame) -> pl.DataFrame:
    """Give the objectives that were failed, by the latest that is known of each of them."""
    known = rows.filter(pl.col("last") & pl.col("present") & pl.col("module").is_not_null())
    earlier, points = pl.col("stage") == "before", pl.col("points")
    failed = (
        known.group_by("key", "assesses", "module", "order")
        .agg(
            pl.coalesce(points.filter(~earlier).mean(), points.filter(earlier).mean()).alias(
                "share"
            )
        )
        .filter(pl.col("share") < SHARED["mastery"]["weak"])
        .with_columns(
            weight=pl.len().over("key", "module"),
            begins=pl.col("order").min().over("key", "module"),
        )
    )
    ordered = failed.sort("key", -pl.col("weight").cast(pl.Int64), "begins", "order")
    return ordered.group_by("key").agg(pl.col("assesses").alias("needs"))


# --- reliability -----------------------------------------------------------------------------


def _reliabilities(
    scale: Scale, forms: pl.DataFrame, again: Iterable[pl.DataFrame]
) -> dict[tuple[str, str], Reliability]:
    """Tell the reliability of the most frequent form of each test, where enough people had it."""
    counted = forms.group_by(_FORM).agg(pl.col("count").sum())
    most = counted.sort("count", "form", descending=[True, False]).unique(
        ["test", "edition"], keep="first", maintain_order=True
    )
    found = {
        (test, edition): Reliability(count, None, None)
        for test, edition, count in most.select("test", "edition", "count").iter_rows()
    }
    enough = most.filter(pl.col("count") >= FEWEST).select(_FORM)
    if enough.is_empty():
        return found
    pieces: list[pl.DataFrame] = []
    for bucket in again:
        rows = scale.enriched(bucket.filter(pl.col("first") & (pl.col("test") != PRACTICE)))
        sittings = _sittings(rows).join(enough, on=_FORM, how="semi")
        pieces += _spread_in(rows, sittings)
    by = ("test", "edition", "what", "item", "version")
    n, mean = pl.col("n"), pl.col("mean")
    middle = (n * mean).sum() / n.sum()
    spread = (pl.col("spread") + n * (mean - middle) ** 2).sum()
    of_all = pl.concat(pieces).group_by(by).agg(n.sum(), spread)
    for (test, edition), part in of_all.partition_by("test", "edition", as_dict=True).items():
        told = {}
        for what in ("points", "right"):
            some = part.filter(pl.col("what") == what).sort("item", "version")
            of_items = some.filter(pl.col("item") != "").get_column("spread").to_list()
            count, whole = some.filter(pl.col("item") == "").select("n", "spread").row(0)
            told[what] = alpha(count, of_items, whole)
        found[test, edition] = Reliability(count, told["right"], told["points"])
    return found


def _spread_in(rows: pl.DataFrame, sittings: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Say how far points are spread in a piece: of each item, and of the whole (an empty item)."""
    asked = rows.drop("edition").join(sittings.select(*_SITTING, "edition"), on=_SITTING)
    asked = asked.with_columns(right=(pl.col("points") >= 1).cast(pl.Float64))
    for what, total in (("points", "total"), ("right", "rights")):
        whole = sittings.with_columns(item=pl.lit(""), version=pl.lit(""))
        for frame, column in ((asked, what), (whole, total)):
            by = ("test", "edition", pl.lit(what).alias("what"), "item", "version")
            yield frame.group_by(by).agg(_spreads(column)).cast({"n": pl.Int64})


def of_row(row: dict[str, float]) -> Moments:
    """Give the moments that stand in a row."""
    return Moments(
        int(row["n"]),
        row["mean"],
        row["other_mean"],
        row["spread"],
        row["other_spread"],
        row["both"],
    )
