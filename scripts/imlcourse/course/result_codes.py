"""What a result code holds of each test: by what it tells the result, and in how fine steps.

A result code is what a screen shows at the end of a test, for the trainer to type or photograph.
``player/record/code.js`` describes how its signs are made of the numbers, and ``results/codes.py``
reads it too. What stands here follows from the blueprints alone, so that a code is as short as
they allow: a test that draws by objective tells its result by objective, one that draws by module
by module.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.blueprint import Cell
from imlcourse.items.shared import module_of

__all__ = ["CodedRow", "CodedTest", "coded_test", "coded_tests"]

_BEFORE, _AFTER, _FINAL = "pre-test", "post-test", "final-test"
_MODULES = 3
"""The place of the first module's quiz; those of the whole course stand before it."""
_PLACES = 32
_FINENESS = ((4, 12), (4, 6), (8, 12), (8, 6), (12, 12), (12, 6), (12, 3), (12, 2))
"""How many signs the results may take, and how many steps a point has: the first that fits.

12 steps hold halves, thirds, quarters and sixths exactly, 6 halves and thirds."""


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A line of a result.

    Attributes
    ----------
    name
        The id of the objective, or of the module; empty for the test as a whole.
    count
        How many questions are asked for it.
    steps
        How many steps a point has: 1 where no question can be half right.
    """

    name: str
    count: int
    steps: int

    @property
    def values(self) -> int:
        """How many results there can be."""
        return self.count * self.steps + 1


@dataclass(frozen=True, slots=True)
class CodedTest:
    """A test as a code tells it.

    Attributes
    ----------
    test
        Its id.
    place
        Its number among the tests, below 32.
    edition
        From 1 to 1023: changes whenever what the test may ask, or how it is drawn, changes.
    shape
        Below 32: changes when the lines change.
    signs
        How many signs the results take.
    rows
        The lines.
    """

    test: str
    place: int
    edition: int
    shape: int
    signs: int
    rows: tuple[CodedRow, ...]

    def data(self) -> dict[str, Any]:
        """Give it as the player has it."""
        return {
            "test": self.test,
            "place": self.place,
            "edition": self.edition,
            "shape": self.shape,
            "signs": self.signs,
            "rows": [[row.name, row.count, row.steps] for row in self.rows],
        }


def coded_tests(course: Course) -> list[CodedTest]:
    """Give all tests of which there are codes, by their places."""
    named = {test for test, _, _ in _tests(course)}
    found = (_coded(*one) for one in _placed(course) if one[0] in named)
    return [one for one in found if one]


def coded_test(course: Course, test: str) -> CodedTest | None:
    """Give what a code holds of a test.

    Parameters
    ----------
    course
        The course.
    test
        The id of the test.

    Returns
    -------
    CodedTest or None
        None of a test that has no codes, such as the start check.
    """
    return next((_coded(*one) for one in _placed(course) if one[0] == test), None)


def _placed(course: Course) -> Iterator[tuple[str, int, Sequence[Cell], list[Item]]]:
    """Give the tests that have a place, with it: in a slice that of the whole course."""
    for place, (test, blueprint, pool) in enumerate(islice(_tests(course.whole), _PLACES)):
        yield test, place, blueprint, pool


def _tests(course: Course) -> Iterator[tuple[str, Sequence[Cell], list[Item]]]:
    """Give the tests in their places, each with its blueprint and what it is drawn from."""
    if course.tests:
        around = course.tests.before_after
        pool = course.drawn_from(around)
        yield _BEFORE, around.blueprint, pool
        yield _AFTER, around.blueprint, pool
        final = course.tests.final
        yield _FINAL, final.blueprint, course.drawn_from(final)
    else:
        yield from [("", (), [])] * _MODULES
    for module, quiz in course.module_quizzes.items():
        items = course.banks[module].items
        cells = [cell.model_copy(update={"module": module}) for cell in quiz.blueprint]
        yield quiz.id, cells, [items[one] for one in quiz.item_ids]


def _coded(
    test: str, place: int, blueprint: Sequence[Cell], pool: Sequence[Item]
) -> CodedTest | None:
    if not blueprint:
        return None
    by_objective = [cell.objective for cell in blueprint]
    by_module = [module_of(cell.objective) if cell.objective else cell.module for cell in blueprint]
    as_a_whole = [""] * len(blueprint)
    for names in (by_objective, by_module, as_a_whole):
        if any(name is None for name in names):
            continue
        for signs, fine in _FINENESS:
            rows = tuple(_rows([name or "" for name in names], blueprint, pool, fine))
            if math.prod(row.values for row in rows) <= 32**signs:
                told = [[row.name, row.count, row.steps] for row in rows]
                asked = sorted([item.id, item.version] for item in pool)
                drawn = [cell.model_dump() for cell in blueprint]
                return CodedTest(
                    test,
                    place,
                    1 + _mark([test, drawn, asked, told]) % 1023,
                    _mark([test, signs, told]) % 32,
                    signs,
                    rows,
                )
    return None


def _rows(
    names: Sequence[str], blueprint: Sequence[Cell], pool: Sequence[Item], fine: int
) -> Iterator[CodedRow]:
    for name in sorted(set(names)):
        cells = [cell for cell, of in zip(blueprint, names, strict=True) if of == name]
        drawn = [item for item in pool if any(cell.fits(item) for cell in cells)]
        yield CodedRow(name, sum(cell.items for cell in cells), _steps(drawn, fine))


def _steps(items: Iterable[Item], fine: int) -> int:
    """Give the steps of a point: 1 where every item is wholly right or wrong."""
    whole = all(
        item.type in ("single", "numeric") or (item.type == "truefalse" and not item.groups())
        for item in items
    )
    return 1 if whole else fine


def _mark(value: object) -> int:
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(written.encode()).digest()[:8])
