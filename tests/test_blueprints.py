"""Blueprints: what `course check` accepts can always be drawn, whole and by lot."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Engine
from imlcourse.items.assignment import assign
from imlcourse.items.blueprint import Cell, Use, draw, lot, served
from imlcourse.markup.problems import CourseError
from small_course import load_again

VECTORS = json.loads((Path(__file__).parent / "items" / "blueprints.json").read_text("utf-8"))
LEVELS = ("recall", "understand", "apply")


@dataclass(frozen=True)
class Asked:
    """What is known of an item that can be drawn."""

    id: str
    objective: str
    level: str


Lines = list[dict[str, Any]]


def drawn_by_player(
    engine: Engine,
    pool: list[Asked],
    blueprint: Lines,
    seed: int,
    used: dict[str, Use],
    rounds: int,
) -> list[str]:
    items = [{**asdict(item), "module": item.objective.split("-")[0]} for item in pool]
    found: list[str] = engine.evaluate(
        """([pool, blueprint, seed, used, rounds]) => imlPlayer.blueprint.draw(
          pool, blueprint, seed, new Map(Object.entries(used)), rounds)""",
        [items, blueprint, seed, {name: use._asdict() for name, use in used.items()}, rounds],
    )
    return found


def cells(blueprint: Lines) -> list[Cell]:
    return [Cell.model_validate(line) for line in blueprint]


pools = st.lists(
    st.tuples(st.sampled_from(["m01-o1", "m01-o2", "m02-o1"]), st.sampled_from(LEVELS)),
    max_size=14,
).map(lambda kinds: [Asked(f"i{n}", *kind) for n, kind in enumerate(kinds)])
blueprints = st.lists(
    st.fixed_dictionaries(
        {"items": st.integers(1, 3)},
        optional={
            "module": st.sampled_from(["m01", "m02"]),
            "objective": st.sampled_from(["m01-o1", "m01-o2", "m02-o1"]),
            "level": st.sampled_from(LEVELS),
        },
    ),
    min_size=1,
    max_size=4,
)
seeds = st.integers(0, 2**32 - 1)
uses = st.dictionaries(
    st.integers(0, 13).map("i{}".format),
    st.builds(Use, st.integers(1, 3), st.sampled_from(["2026-01-01", "2026-01-02"])),
    max_size=14,
)


def can_be_drawn(pool: list[Asked], blueprint: Lines, rounds: int) -> bool:
    """By trying all ways (Hall's condition): every set of lines has items enough."""
    lines = cells(blueprint)
    return all(
        sum(cell.items * rounds for cell in some)
        <= sum(any(cell.fits(item) for cell in some) for item in pool)
        for count in range(1, len(lines) + 1)
        for some in itertools.combinations(lines, count)
    )


@given(pool=pools, blueprint=blueprints, rounds=st.integers(1, 2))
def test_the_check_accepts_what_can_be_drawn_and_nothing_else(
    pool: list[Asked], blueprint: Lines, rounds: int
) -> None:
    accepted = served(pool, cells(blueprint), rounds) == [c["items"] * rounds for c in blueprint]
    assert accepted is can_be_drawn(pool, blueprint, rounds)


@given(pool=pools, blueprint=blueprints, seed=seeds, used=uses, rounds=st.integers(1, 2))
def test_what_the_check_accepts_is_drawn_whole_by_python_and_by_the_player(
    engine: Engine,
    pool: list[Asked],
    blueprint: Lines,
    seed: int,
    used: dict[str, Use],
    rounds: int,
) -> None:
    lines = cells(blueprint)
    ids = draw(pool, lines, seed, used, rounds)
    assert drawn_by_player(engine, pool, blueprint, seed, used, rounds) == ids
    assert len(set(ids)) == len(ids)
    drawn = [item for item in pool if item.id in ids]
    wanted = sum(cell.items for cell in lines)
    if can_be_drawn(pool, blueprint, rounds):
        assert len(ids) == wanted
        assert served(drawn, lines) == [cell.items for cell in lines]
        left = [item for item in pool if item.id not in ids]
        assert can_be_drawn(left, blueprint, rounds - 1)
    else:
        assert len(ids) <= wanted


@given(pool=pools, blueprint=blueprints, seed=seeds)
def test_the_test_after_the_course_asks_nothing_of_the_one_before_it(
    engine: Engine, pool: list[Asked], blueprint: Lines, seed: int
) -> None:
    if not can_be_drawn(pool, blueprint, 2):
        return
    before = drawn_by_player(engine, pool, blueprint, seed, {}, 2)
    used = {name: Use(1, "2026-01-01") for name in before}
    after = drawn_by_player(engine, pool, blueprint, seed + 1, used, 2)
    assert not set(before) & set(after)
    assert len(before) == len(after) == sum(line["items"] for line in blueprint)


def test_lines_that_cross_are_never_drawn_short(engine: Engine) -> None:
    """One item more would fit both lines; it is not spent on the wrong one."""
    pool = [
        Asked("a", "m01-o1", "apply"),
        Asked("b", "m01-o1", "apply"),
        Asked("c", "m01-o1", "recall"),
        Asked("d", "m01-o1", "recall"),
        Asked("e", "m01-o2", "recall"),
    ]
    lines: Lines = [{"objective": "m01-o1", "items": 2}, {"level": "apply", "items": 2}]
    assert served(pool, cells(lines)) == [2, 2]
    for seed in range(1000):
        ids = draw(pool, cells(lines), seed, {})
        assert sorted(ids) == ["a", "b", "c", "d"]
        if seed % 20 == 0:
            assert drawn_by_player(engine, pool, lines, seed, {}, 1) == ids


CROSSING: Lines = [{"objective": "m01-o1", "items": 1}, {"level": "apply", "items": 1}]
ENOUGH_FOR_TWO = [
    Asked("a", "m01-o1", "apply"),
    Asked("b", "m01-o1", "apply"),
    Asked("c", "m01-o1", "recall"),
    Asked("d", "m01-o1", "recall"),
]
ASKED_BEFORE = {"c": Use(1, "2026-01-01"), "d": Use(1, "2026-01-02"), "e": Use(2, "2026-01-02")}


@pytest.mark.parametrize("seed", [0, 5])
def test_the_first_of_two_tests_leaves_what_the_second_needs(engine: Engine, seed: int) -> None:
    """What was used least fits both lines; the second test would have none of that level left."""
    lines = cells(CROSSING)
    assert served(ENOUGH_FOR_TWO, lines, 2) == [2, 2]
    first = draw(ENOUGH_FOR_TWO, lines, seed, ASKED_BEFORE, 2)
    assert len({"a", "b"} & set(first)) == 1
    assert served([item for item in ENOUGH_FOR_TWO if item.id not in first], lines) == [1, 1]
    assert drawn_by_player(engine, ENOUGH_FOR_TWO, CROSSING, seed, ASKED_BEFORE, 2) == first


@pytest.mark.parametrize("seed", [0, 5])
def test_where_enough_is_left_anyway_what_was_used_least_is_asked(
    engine: Engine, seed: int
) -> None:
    pool = [*ENOUGH_FOR_TWO, Asked("e", "m01-o2", "apply")]
    first = draw(pool, cells(CROSSING), seed, ASKED_BEFORE, 2)
    assert sorted(first) == ["a", "b"]
    assert drawn_by_player(engine, pool, CROSSING, seed, ASKED_BEFORE, 2) == first


@pytest.mark.parametrize("other", [{}, {"level": "apply"}, {"objective": "m01-o1"}])
def test_where_items_are_few_the_line_that_names_least_comes_short(other: dict[str, str]) -> None:
    narrow = {"objective": "m01-o1", "level": "apply", "items": 1}
    wide = {**other, "items": 1}
    assert served([Asked("a", "m01-o1", "apply")], cells([wide, narrow])) == [0, 1]
    assert served([Asked("a", "m01-o1", "apply")], cells([narrow, wide])) == [1, 0]


@pytest.mark.parametrize(
    ("seed", "name", "number"),
    [
        (0, "m01-i01", 468681625),
        (1, "m01-i01", 840614606),
        (2**32 - 1, "place/m14-i31", 2326067116),
        (7, "", 4216776259),
    ],
)
def test_the_lot_is_one_number_in_python_and_in_the_player(
    engine: Engine, seed: int, name: str, number: int
) -> None:
    assert lot(seed, name) == number
    by_player = engine.evaluate("([seed, name]) => imlPlayer.values.lot(seed, name)", [seed, name])
    assert by_player == number


def test_every_item_that_can_be_drawn_is_drawn_about_as_often() -> None:
    pool = [Asked(f"i{n}", f"m01-o{n % 2}", LEVELS[n % 3]) for n in range(12)]
    lines = cells([{"objective": "m01-o1", "items": 2}, {"level": "apply", "items": 2}])
    times = Counter(name for seed in range(600) for name in draw(pool, lines, seed, {}))
    fitting = {item.id for item in pool if any(cell.fits(item) for cell in lines)}
    assert times.keys() == fitting
    # Those that fit both lines may come more often, none of the others hardly ever.
    assert min(times.values()) > 600 * 4 / len(fitting) / 3
    orders = {tuple(draw(pool, lines, seed, {})) for seed in range(100)}
    assert len(orders) > 80


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["say"] for vector in VECTORS])
def test_blueprint_vectors(engine: Engine, vector: dict[str, Any]) -> None:
    pool = [Asked(*item) for item in vector["pool"]]
    used = {name: Use(*use) for name, use in vector["used"].items()}
    args = (vector["blueprint"], vector["seed"], used, vector["rounds"])
    assert drawn_by_player(engine, pool, *args) == vector["drawn"]
    assert draw(pool, cells(args[0]), *args[1:]) == vector["drawn"]


@given(st.lists(st.lists(st.integers(0, 7), unique=True), max_size=8))
def test_as_many_as_can_be_are_served_and_who_comes_first_goes_first(
    engine: Engine, wishes: list[list[int]]
) -> None:
    things = assign(wishes)
    given_ones = [thing for thing in things if thing is not None]
    assert len(set(given_ones)) == len(given_ones)
    assert all(thing is None or thing in wish for thing, wish in zip(things, wishes, strict=True))
    served_before: set[int] = set()
    for count in range(len(wishes) + 1):
        now = {taker for taker, thing in enumerate(assign(wishes[:count])) if thing is not None}
        assert served_before <= now
        served_before = now
    by_player = engine.evaluate("(wishes) => imlPlayer.assignment.assign(wishes)", wishes)
    assert [None if thing < 0 else thing for thing in by_player] == things


@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        # The first line could take the only item that the second one fits.
        ("[{objective: m01-o2, items: 1}, {level: apply, items: 1}]", 0),
        ("[{level: apply, items: 1}, {objective: m01-o2, items: 1}]", 0),
        ("[{objective: m01-o2, items: 2}, {level: apply, items: 1}]", 1),
        ("[{objective: m01-o2, items: 3}]", 1),
    ],
)
def test_course_check_knows_whether_lines_that_cross_can_be_drawn(
    small_course: Path, lines: str, refused: int
) -> None:
    bank = small_course / "quizzes" / "m01.yml"
    text = bank.read_text("utf-8")
    old = "    blueprint:\n      - {objective: m01-o2, items: 1}\n"
    assert old in text
    bank.write_text(text.replace(old, f"    blueprint: {lines}\n"), "utf-8")
    problems: list[str] = []
    try:
        load_again(small_course)
    except CourseError as error:
        problems = [str(problem) for problem in error.problems]
    assert len([line for line in problems if "the blueprint asks for" in line]) == refused
    assert len(problems) == refused
