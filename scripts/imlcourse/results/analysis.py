"""From what people answered to what a trainer wants to know. Numbers and ids alone: no words."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.parts import ChoicePart, JudgementPart
from imlcourse.items.shared import module_of
from imlcourse.results.answers import AFTER, BEFORE, FINAL, PRACTICE, START
from imlcourse.results.gather import Gathered
from imlcourse.results.groups import GroupFigures, group_figures
from imlcourse.results.statistics import (
    FEW,
    FEWEST,
    PairedGain,
    correlation,
    paired_gain,
    share_interval,
)
from imlcourse.results.tally import STAGES, Stage, Tally, count_in, moments, of_row

__all__ = [
    "Analysis",
    "Choice",
    "Debrief",
    "GroupGain",
    "ItemFigures",
    "ModuleNeed",
    "Need",
    "ObjectiveFigures",
    "Person",
    "Stage",
    "TestFigures",
    "analyse",
]

_ORDER = (START, BEFORE, PRACTICE, "", FINAL, AFTER)
_MOST_TO_DEBRIEF = 10
LISTED = 200
"""With more people, the page lists none; it shows how they are spread."""
_FEWEST_MISSES = 2  # what one person alone has missed is no subject for the room

Shares = dict[Stage, tuple[float, int]]
"""By stage, the mean share of the points, and of how many answers."""


def stage_of(test: str) -> Stage:
    """Say when a test is taken."""
    if test in (BEFORE, START):
        return "before"
    return "after" if test in (AFTER, FINAL) else "during"


@dataclass(frozen=True, slots=True)
class Choice:
    """How often an option was chosen; `part` is its id."""

    part: str
    text: str
    right: bool
    feedback: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """An item in a test, in one wording.

    Attributes
    ----------
    test, item, version
        What was asked, and where.
    present
        Whether the course has it in this wording; None of it stands in the debrief otherwise.
    count, right, unanswered
        How many were asked; how many of them were wholly right; how many left it open.
    difficulty
        The mean share of the points: the easier, the higher.
    interval
        Of the share of those who were wholly right.
    discrimination
        The corrected point-biserial correlation, with the points for the other items of the same
        sitting; None where fewer than ten answered, or nothing varies.
    choices
        How often each option was chosen; of an item with options.
    """

    test: str
    item: str
    version: str
    present: bool
    count: int
    right: int
    unanswered: int
    difficulty: float
    interval: tuple[float, float]
    discrimination: float | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class TestFigures:
    """A test, in one edition.

    Attributes
    ----------
    test
        Its id.
    edition
        Empty where all is worded as the course has it now; else the version of the course that
        asked it, or ``?``.
    count, items
        How many people took it, and how many questions each had, in the mean.
    mean, lowest, highest
        Of the shares of the points.
    same
        How many people had the very same questions: reliability is theirs.
    kr20, alpha
        None where fewer than ten had the same questions.
    """

    test: str
    edition: str
    count: int
    items: float
    mean: float
    lowest: float
    highest: float
    same: int
    kr20: float | None
    alpha: float | None


@dataclass(frozen=True, slots=True)
class ObjectiveFigures:
    """An objective, or a module where `objective` is empty."""

    module: str
    objective: str
    shares: Shares


@dataclass(frozen=True, slots=True)
class Need:
    """A module that somebody should take next, and the objectives of it that were failed."""

    module: str
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What a learner has reached.

    Attributes
    ----------
    code
        The pseudonym.
    shares
        Of the pre-test, the modules' quizzes and the tests after the course; nothing where there
        are none.
    before, gain
        The first pre-test, and the gain from it to the last post-test, where both are of the same
        edition; 0 and None otherwise.
    needs
        What comes next, the most needed first.
    """

    code: str
    shares: dict[Stage, float]
    before: float
    gain: float | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class ModuleNeed:
    """A module that people should take next.

    Attributes
    ----------
    module
        The module.
    count, codes
        How many people, and which, if people are listed.
    objectives
        The objectives that were failed, with the number of people, the most first.
    """

    module: str
    count: int
    codes: tuple[str, ...]
    objectives: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupGain:
    """The gain of those who took both tests, in one edition of the course (empty: the present)."""

    edition: str
    figures: PairedGain


@dataclass(frozen=True, slots=True)
class Debrief:
    """An item to talk about: how many missed it, and what they chose instead."""

    item: str
    count: int
    missed: int
    instead: Choice | None


@dataclass(slots=True)
class Analysis:
    """All figures of a report.

    Attributes
    ----------
    count
        How many people there are.
    people
        Each of them; none where there are more than `LISTED`.
    table
        All of them: `code`, and the columns of `imlcourse.results.tally.PEOPLE`.
    groups
        The groups or offices, if files name any.
    spread
        By stage, how many people have 0 to 10 % of the points, 10 to 20 % and so on.
    needs
        The modules that people should take next, the most needed first.
    """

    count: int
    people: list[Person]
    table: pl.DataFrame
    groups: list[GroupFigures]
    objectives: list[ObjectiveFigures]
    tests: list[TestFigures]
    items: list[ItemFigures]
    gains: list[GroupGain]
    debrief: list[Debrief]
    debrief_stage: Stage
    spread: dict[Stage, list[int]]
    needs: list[ModuleNeed]
    unpaired: int = 0
    earlier: int = 0
    last: float = 0.0

    @property
    def small(self) -> bool:
        """Whether the group is so small that every figure is rough."""
        return self.count < FEW

    @property
    def very_small(self) -> bool:
        """Whether the group is too small for reliability and discrimination."""
        return self.count < FEWEST


def analyse(course: Course, gathered: Gathered) -> Analysis:
    """Work out all figures of a report.

    Parameters
    ----------
    course
        The course.
    gathered
        What learners answered.

    Raises
    ------
    ImportError
        If SciPy is not installed.
    """
    items = {item.id: item for item in course.items}
    tally = count_in(course, gathered.answers.buckets(), gathered.answers.buckets())
    codes = gathered.people.select("key", "code")
    table = tally.people.join(codes, on="key").sort("code")
    listed = table.height <= LISTED
    figures = _item_figures(tally, items)
    stage, debrief = _debrief(figures, table.height)
    return Analysis(
        count=table.height,
        people=[_person(row) for row in table.iter_rows(named=True)] if listed else [],
        table=table,
        groups=group_figures(table),
        objectives=list(_objective_figures(tally, course)),
        tests=_test_figures(tally),
        items=figures,
        gains=_gains(table),
        debrief=debrief,
        debrief_stage=stage,
        spread=_spread(table),
        needs=_module_needs(table, listed),
        unpaired=int(table.get_column("unpaired").sum()),
        earlier=tally.earlier,
        last=tally.last,
    )


def _place(test: str) -> tuple[int, str]:
    return (_ORDER.index(test) if test in _ORDER else _ORDER.index("")), test


# --- tests and items -------------------------------------------------------------------------


def _test_figures(tally: Tally) -> list[TestFigures]:
    found = []
    for row in tally.tests.iter_rows(named=True):
        reliability = tally.reliabilities.get((row["test"], row["edition"]))
        found.append(
            TestFigures(
                test=row["test"],
                edition=row["edition"],
                count=row["count"],
                items=row["questions"] / row["count"],
                mean=row["points"] / row["count"],
                lowest=row["lowest"],
                highest=row["highest"],
                same=reliability.same if reliability else 0,
                kr20=reliability.kr20 if reliability else None,
                alpha=reliability.alpha if reliability else None,
            )
        )
    return sorted(found, key=lambda one: (_place(one.test), one.edition))


def _item_figures(tally: Tally, items: Mapping[str, Item]) -> list[ItemFigures]:
    given: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for test, item, version, response, count in tally.choices.select(
        "test", "item", "version", "response", "count"
    ).iter_rows():
        given[test, item, version][response] = count
    found = []
    for row in tally.items.iter_rows(named=True):
        test, item, version = row["test"], row["item"], row["version"]
        present = item in items and items[item].version == version
        of = row["count"]
        discrimination = None
        if (row["n"] or 0) >= FEWEST:
            discrimination = correlation(of_row(row))
        found.append(
            ItemFigures(
                test=test,
                item=item,
                version=version,
                present=present,
                count=of,
                right=row["right"],
                unanswered=row["unanswered"],
                difficulty=row["points"] / of,
                interval=share_interval(row["right"], of) or (0.0, 1.0),
                discrimination=discrimination,
                choices=_choices(items[item], given[test, item, version]) if present else (),
            )
        )
    return sorted(found, key=lambda one: (_place(one.test), one.item, not one.present, one.version))


def _choices(item: Item, given: Mapping[str, int]) -> tuple[Choice, ...]:
    """Count how often each option of an item was chosen."""
    counts: Counter[str] = Counter()
    for written, count in given.items():
        response = json.loads(written)
        for part in response if isinstance(response, list) else [response]:
            if isinstance(part, str):
                counts[part] += count
    if not counts:
        return ()
    return tuple(
        Choice(part.id, part.text, part.right, part.feedback, counts[part.id])
        for part in item.parts()
        if isinstance(part, ChoicePart | JudgementPart)
    )


# --- objectives and people -------------------------------------------------------------------


def _objective_figures(tally: Tally, course: Course) -> Iterator[ObjectiveFigures]:
    found: dict[str, dict[Stage, tuple[float, int]]] = defaultdict(dict)
    for name, module, stage, points, count in tally.objectives.select(
        "assesses", "module", "stage", "points", "count"
    ).iter_rows():
        if name != module:
            found[name][stage] = points, count
        before = found[module].get(stage, (0.0, 0))
        found[module][stage] = before[0] + points, before[1] + count

    def shares(name: str) -> Shares:
        of = found.get(name, {})
        return {one: (of[one][0] / of[one][1], of[one][1]) for one in STAGES if one in of}

    for module in course.modules.values():
        if of_module := shares(module.id):
            yield ObjectiveFigures(module.id, "", of_module)
        for objective in module.front.objectives:
            if of_objective := shares(objective.id):
                yield ObjectiveFigures(module.id, objective.id, of_objective)


def _person(row: Mapping[str, Any]) -> Person:
    shares = {stage: row[stage] for stage in STAGES if row[stage] is not None}
    needs = groupby(row["needs"], module_of)
    return Person(
        row["code"],
        shares,
        row["first"] or 0.0,
        row["gain"],
        tuple(
            Need(module, tuple(one for one in failed if one != module)) for module, failed in needs
        ),
    )


def _spread(table: pl.DataFrame) -> dict[Stage, list[int]]:
    """Count the people in each tenth of the points; the last one holds all points."""
    found: dict[Stage, list[int]] = {}
    for stage in STAGES:
        shares = table.get_column(stage).drop_nulls()
        if shares.is_empty():
            continue
        tenths = (shares * 10 + 1e-9).floor().clip(0, 9).cast(pl.Int64)
        counts = dict(tenths.value_counts().iter_rows())
        found[stage] = [counts.get(tenth, 0) for tenth in range(10)]
    return found


def _module_needs(table: pl.DataFrame, listed: bool) -> list[ModuleNeed]:
    failed = table.select("code", "needs").explode("needs").drop_nulls()
    counts = failed.group_by("needs").agg(pl.len().alias("count"))
    by_module: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for objective, count in counts.sort("count", "needs", descending=[True, False]).iter_rows():
        if objective != module_of(objective):
            by_module[module_of(objective)].append((objective, count))
    module = pl.col("needs").map_elements(module_of, pl.String)
    of_module = counts.select("needs", module=module) if counts.height else None
    if of_module is None:
        return []
    people = failed.join(of_module, on="needs").select("code", "module").unique()
    found = []
    for part in people.partition_by("module"):
        name = part.get_column("module")[0]
        codes = tuple(part.get_column("code").sort()) if listed else ()
        found.append(ModuleNeed(name, part.height, codes, tuple(by_module[name])))
    return sorted(found, key=lambda one: (-one.count, one.module))


def _gains(table: pl.DataFrame) -> list[GroupGain]:
    """Compare the tests before and after."""
    paired = table.filter(pl.col("gain").is_not_null())
    found = []
    for row in paired.group_by("edition").agg(moments("first", "gain")).sort("edition").to_dicts():
        figures = paired_gain(of_row(row))
        if figures:
            found.append(GroupGain(row["edition"], figures))
    return found


def _debrief(figures: Iterable[ItemFigures], people: int) -> tuple[Stage, list[Debrief]]:
    """List the items that most people missed, of the latest that was answered.

    Once there are answers in or after the modules, those of the pre-test are of the past.
    """
    present = [one for one in figures if one.present]
    later = [one for one in present if stage_of(one.test) != "before"]
    chosen = later or present
    stage: Stage = "before"
    if later:
        stage = "after" if any(stage_of(one.test) == "after" for one in later) else "during"
    by_item: dict[str, list[ItemFigures]] = defaultdict(list)
    for one in chosen:
        by_item[one.item].append(one)
    found = []
    for item, rows in by_item.items():
        count = sum(row.count for row in rows)
        missed = count - sum(row.right for row in rows)
        if missed < min(_FEWEST_MISSES, people):
            continue
        wrong: Counter[str] = Counter()
        options: dict[str, Choice] = {}
        for row in rows:
            for choice in row.choices:
                options[choice.part] = choice
                if not choice.right:
                    wrong[choice.part] += choice.count
        # Of two that were chosen as often, always the same one: the book's page tells it too.
        best = min(wrong.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
        instead = None
        if best[1]:
            option = options[best[0]]
            instead = Choice(option.part, option.text, False, option.feedback, best[1])
        found.append(Debrief(item, count, missed, instead))
    found.sort(key=lambda one: (-one.missed, -one.missed / one.count, one.item))
    return stage, found[:_MOST_TO_DEBRIEF]
