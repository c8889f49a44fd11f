"""Groups and offices among the learners, and what is said of them without pointing at anybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from imlcourse.items.shared import module_of
from imlcourse.results.statistics import FEW, PairedGain, paired_gain
from imlcourse.results.tally import moments, of_row

__all__ = ["FEWEST_IN_GROUP", "GroupFigures", "group_figures", "shown_groups"]

FEWEST_IN_GROUP = 5
"""A figure of a group is told where five people or more stand behind it."""
_MOST_NEEDS = 3


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A group.

    Attributes
    ----------
    name
        Its name; empty for all who are in no group that is shown by itself.
    count
        How many people are in it.
    before, after
        Means; None where fewer than five people have one.
    gain
        From before to after, where five people or more took both tests.
    needs
        The modules that most of them should take next, with the number of people.
    """

    name: str
    count: int
    before: float | None
    after: float | None
    gain: PairedGain | None
    needs: tuple[tuple[str, int], ...]

    @property
    def small(self) -> bool:
        """Whether its figures are rough."""
        return self.count < FEW


def shown_groups(table: pl.DataFrame) -> set[str]:
    """Say which groups are shown by themselves.

    Those of fewer than five people are put together with the people of no group; and if these are
    fewer than five too, the next smallest group with them, since what the others leave would
    tell of them.
    """
    counts = dict(table.get_column("team").value_counts().iter_rows())
    rest = {name: count for name, count in counts.items() if not name or count < FEWEST_IN_GROUP}
    shown = sorted(
        (name for name in counts if name not in rest), key=lambda name: (counts[name], name)
    )
    while rest and sum(rest.values()) < FEWEST_IN_GROUP and shown:
        name = shown.pop(0)
        rest[name] = counts[name]
    return set(shown)


def group_figures(table: pl.DataFrame) -> list[GroupFigures]:
    """Work out the figures of the groups, the largest first; none where no file names any.

    Parameters
    ----------
    table
        The people; see `imlcourse.results.tally.PEOPLE`.
    """
    shown = shown_groups(table)
    if not shown:
        return []
    team = pl.when(pl.col("team").is_in(list(shown))).then("team").otherwise(pl.lit(""))
    found = []
    for (name,), people in table.with_columns(team=team).partition_by("team", as_dict=True).items():
        paired = people.filter(pl.col("gain").is_not_null() & (pl.col("edition") == ""))
        gain = None
        if paired.height >= FEWEST_IN_GROUP:
            gain = paired_gain(of_row(paired.select(moments("first", "gain")).row(0, named=True)))
        found.append(
            GroupFigures(
                name=str(name),
                count=people.height,
                before=_mean(people, "before"),
                after=_mean(people, "after"),
                gain=gain,
                needs=_needs(people),
            )
        )
    return sorted(found, key=lambda one: (not one.name, -one.count, one.name))


def _mean(people: pl.DataFrame, stage: str) -> float | None:
    shares = people.get_column(stage).drop_nulls()
    return float(shares.sum()) / len(shares) if len(shares) >= FEWEST_IN_GROUP else None


def _needs(people: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    of_people = people.get_column("needs").value_counts()
    for needs, count in of_people.iter_rows():
        for module in {module_of(objective) for objective in needs}:
            counts[module] += count
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(one for one in ordered if one[1] >= FEWEST_IN_GROUP)[:_MOST_NEEDS]
