"""From what people answered to what a trainer wants to know. Numbers and ids alone: no words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.parts import ChoicePart, JudgementPart
from imlcourse.items.shared import SHARED, module_of
from imlcourse.results.answers import (
    AFTER,
    BEFORE,
    FINAL,
    PRACTICE,
    START,
    Answer,
    Learner,
    Sitting,
)
from imlcourse.results.statistics import (
    FEW,
    FEWEST,
    PairedGain,
    alpha,
    correlation,
    kr20,
    paired_gain,
    share_interval,
)

__all__ = [
    "Analysis",
    "Choice",
    "Debrief",
    "GroupGain",
    "ItemFigures",
    "Need",
    "ObjectiveFigures",
    "Person",
    "Stage",
    "TestFigures",
    "analyse",
]

Stage = Literal["before", "during", "after"]
"""When something was answered: before the course, in its modules, or after it."""
STAGES: tuple[Stage, ...] = ("before", "during", "after")
_ORDER = (START, BEFORE, PRACTICE, "", FINAL, AFTER)
_MOST_TO_DEBRIEF = 10
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
    """All figures of a report."""

    people: list[Person]
    objectives: list[ObjectiveFigures]
    tests: list[TestFigures]
    items: list[ItemFigures]
    gains: list[GroupGain]
    debrief: list[Debrief]
    debrief_stage: Stage
    unpaired: int = 0
    earlier: int = 0
    last: float = 0.0
    by_module: dict[str, list[str]] = field(default_factory=dict)

    @property
    def small(self) -> bool:
        """Whether the group is so small that every figure is rough."""
        return len(self.people) < FEW

    @property
    def very_small(self) -> bool:
        """Whether the group is too small for reliability and discrimination."""
        return len(self.people) < FEWEST


def analyse(course: Course, learners: Mapping[str, Learner]) -> Analysis:
    """Work out all figures of a report.

    Parameters
    ----------
    course
        The course.
    learners
        The learners, by pseudonym.

    Raises
    ------
    ImportError
        If SciPy is not installed.
    """
    items = {item.id: item for item in course.items}
    objectives = [
        (module.id, one.id) for module in course.modules.values() for one in module.front.objectives
    ]
    places = {objective: place for place, (_, objective) in enumerate(objectives)}
    firsts = [(code, one) for code, learner in learners.items() for one in _firsts(learner)]
    sat = [one for _, one in firsts if one.test != PRACTICE]
    figures = _item_figures(firsts, items)
    people = [_person(code, learner, items, places) for code, learner in learners.items()]
    stage, debrief = _debrief(figures, len(learners))
    gains, unpaired = _gains(learners, items)
    by_module: dict[str, list[str]] = {module: [] for module in course.modules}
    for person in people:
        for need in person.needs:
            by_module[need.module].append(person.code)
    return Analysis(
        people=people,
        objectives=list(_objective_figures(firsts, items, objectives)),
        tests=_test_figures(sat, items),
        items=figures,
        gains=gains,
        debrief=debrief,
        debrief_stage=stage,
        unpaired=unpaired,
        earlier=sum(bool(_edition(one, items)) for one in sat),
        last=max((one.begun for one in sat), default=0.0),
        by_module={module: codes for module, codes in by_module.items() if codes},
    )


def _firsts(learner: Learner) -> Iterator[Sitting]:
    """Give the first sitting of each test, and the first answers in practice as one more."""
    for test in dict.fromkeys(one.test for one in learner.sittings):
        first = learner.first(test)
        if first:
            yield first
    if learner.practice:
        yield Sitting(PRACTICE, 0.0, "", tuple(learner.practice))


def _is_present(answer: Answer, items: Mapping[str, Item]) -> bool:
    return answer.item in items and items[answer.item].version == answer.version


def _edition(sitting: Sitting, items: Mapping[str, Item]) -> str:
    """Name the edition of a test: nothing where the course asks all of it in the same words."""
    if all(_is_present(one, items) for one in sitting.answers):
        return ""
    return sitting.edition or "?"


def _place(test: str) -> tuple[int, str]:
    return (_ORDER.index(test) if test in _ORDER else _ORDER.index("")), test


# --- tests and items -------------------------------------------------------------------------


def _test_figures(sat: Iterable[Sitting], items: Mapping[str, Item]) -> list[TestFigures]:
    groups: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
    for one in sat:
        groups[one.test, _edition(one, items)].append(one)
    found = []
    for (test, edition), sittings in groups.items():
        shares = [one.points for one in sittings]
        rows = _same_questions(sittings)
        enough = len(rows) >= FEWEST
        found.append(
            TestFigures(
                test=test,
                edition=edition,
                count=len(sittings),
                items=fmean(len(one.answers) for one in sittings),
                mean=fmean(shares),
                lowest=min(shares),
                highest=max(shares),
                same=len(rows),
                kr20=kr20(rows) if enough else None,
                alpha=alpha(rows) if enough else None,
            )
        )
    return sorted(found, key=lambda one: (_place(one.test), one.edition))


def _same_questions(sittings: Iterable[Sitting]) -> list[list[float]]:
    """Give the points of the largest group of people who had the very same questions."""
    forms: dict[tuple[tuple[str, str], ...], list[list[float]]] = defaultdict(list)
    for one in sittings:
        answers = sorted(one.answers, key=lambda answer: answer.item)
        form = tuple((answer.item, answer.version) for answer in answers)
        forms[form].append([answer.points for answer in answers])
    return max(forms.values(), key=len, default=[])


def _item_figures(
    firsts: Iterable[tuple[str, Sitting]], items: Mapping[str, Item]
) -> list[ItemFigures]:
    asked: dict[tuple[str, str, str], list[tuple[Answer, float | None]]] = defaultdict(list)
    for _, sitting in firsts:
        total, count = sum(one.points for one in sitting.answers), len(sitting.answers)
        for one in sitting.answers:
            rest = (total - one.points) / (count - 1) if count > 1 else None
            if sitting.test == PRACTICE:
                rest = None  # everybody has practised something else
            asked[sitting.test, one.item, one.version].append((one, rest))
    found = []
    for (test, item, version), answers in asked.items():
        present = item in items and items[item].version == version
        given = [one for one, _ in answers]
        right = sum(one.right for one in given)
        pairs = [(one.points, rest) for one, rest in answers if rest is not None]
        discrimination = None
        if len(pairs) >= FEWEST:
            discrimination = correlation([a for a, _ in pairs], [b for _, b in pairs])
        found.append(
            ItemFigures(
                test=test,
                item=item,
                version=version,
                present=present,
                count=len(given),
                right=right,
                unanswered=sum(one.response is None and not one.points for one in given),
                difficulty=fmean(one.points for one in given),
                interval=share_interval(right, len(given)) or (0.0, 1.0),
                discrimination=discrimination,
                choices=_choices(items[item], given) if present else (),
            )
        )
    return sorted(found, key=lambda one: (_place(one.test), one.item, not one.present, one.version))


def _choices(item: Item, given: Iterable[Answer]) -> tuple[Choice, ...]:
    """Count how often each option of an item was chosen."""
    if item.type not in ("single", "multiple", "truefalse"):
        return ()
    counts: Counter[str] = Counter()
    for one in given:
        chosen = one.response if isinstance(one.response, list) else [one.response]
        counts.update(part for part in chosen if isinstance(part, str))
    if not counts:
        return ()
    return tuple(
        Choice(part.id, part.text, part.right, part.feedback, counts[part.id])
        for part in item.parts()
        if isinstance(part, ChoicePart | JudgementPart)
    )


# --- objectives and people -------------------------------------------------------------------


def _objective_figures(
    firsts: Iterable[tuple[str, Sitting]],
    items: Mapping[str, Item],
    objectives: Iterable[tuple[str, str]],
) -> Iterator[ObjectiveFigures]:
    points: dict[tuple[str, Stage], list[float]] = defaultdict(list)
    for _, sitting in firsts:
        for one in sitting.answers:
            if _is_present(one, items):
                objective = items[one.item].objective
                for name in (objective, module_of(objective)):
                    points[name, stage_of(sitting.test)].append(one.points)

    def shares(name: str) -> Shares:
        found = ((stage, points.get((name, stage), [])) for stage in STAGES)
        return {stage: (fmean(all_), len(all_)) for stage, all_ in found if all_}

    seen = ""
    for module, objective in objectives:
        if module != seen:
            seen = module
            if of_module := shares(module):
                yield ObjectiveFigures(module, "", of_module)
        if of_objective := shares(objective):
            yield ObjectiveFigures(module, objective, of_objective)


def _person(
    code: str, learner: Learner, items: Mapping[str, Item], places: Mapping[str, int]
) -> Person:
    shares: dict[Stage, float] = {}
    for stage in STAGES:
        own = [one for one in _firsts(learner) if stage_of(one.test) == stage]
        own = [one for one in own if one.test != PRACTICE]
        if own:
            shares[stage] = fmean(one.points for one in own)
    pair = _pair(learner, items)
    before, gain = (pair[1].points, pair[2].points - pair[1].points) if pair else (0.0, None)
    return Person(code, shares, before, gain, _needs(learner, items, places))


def _needs(
    learner: Learner, items: Mapping[str, Item], places: Mapping[str, int]
) -> tuple[Need, ...]:
    """Give the modules with failed objectives, by the latest that is known of each objective."""
    later: dict[str, list[float]] = defaultdict(list)
    before: dict[str, list[float]] = defaultdict(list)
    lasts = [learner.last(test) for test in dict.fromkeys(one.test for one in learner.sittings)]
    sittings = [one for one in lasts if one]
    if learner.practice:
        sittings.append(Sitting(PRACTICE, 0.0, "", tuple(learner.practice)))
    for sitting in sittings:
        into = before if stage_of(sitting.test) == "before" else later
        for one in sitting.answers:
            if _is_present(one, items):
                into[items[one.item].objective].append(one.points)
    lost: dict[str, list[tuple[int, str]]] = defaultdict(list)
    weight: Counter[str] = Counter()
    for objective in {*before, *later}:
        share = fmean(later.get(objective) or before[objective])
        if objective in places and share < SHARED["mastery"]["weak"]:
            module = module_of(objective)
            lost[module].append((places[objective], objective))
            weight[module] += 1
    return tuple(
        Need(module, tuple(objective for _, objective in sorted(lost[module])))
        for module in sorted(lost, key=lambda one: (-weight[one], min(lost[one])))
    )


def _pair(learner: Learner, items: Mapping[str, Item]) -> tuple[str, Sitting, Sitting] | None:
    """Give the first pre-test and the last post-test, as “My progress” does, if they compare."""
    before, after = learner.first(BEFORE), learner.last(AFTER)
    if before is None or after is None:
        return None
    edition = _edition(before, items)
    return (edition, before, after) if edition == _edition(after, items) else None


def _gains(
    learners: Mapping[str, Learner], items: Mapping[str, Item]
) -> tuple[list[GroupGain], int]:
    """Compare the tests before and after; says how many took both in different editions."""
    groups: dict[str, list[tuple[float, float]]] = defaultdict(list)
    unpaired = 0
    for learner in learners.values():
        pair = _pair(learner, items)
        if pair:
            groups[pair[0]].append((pair[1].points, pair[2].points))
        elif learner.first(BEFORE) and learner.last(AFTER):
            unpaired += 1
    gains = []
    for edition, pairs in sorted(groups.items()):
        figures = paired_gain([a for a, _ in pairs], [b for _, b in pairs])
        if figures:
            gains.append(GroupGain(edition, figures))
    return gains, unpaired


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
        best = max(wrong.items(), key=lambda one: one[1], default=("", 0))
        instead = None
        if best[1]:
            option = options[best[0]]
            instead = Choice(option.part, option.text, False, option.feedback, best[1])
        found.append(Debrief(item, count, missed, instead))
    found.sort(key=lambda one: (-one.missed, -one.missed / one.count, one.item))
    return stage, found[:_MOST_TO_DEBRIEF]
