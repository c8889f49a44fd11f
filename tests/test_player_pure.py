"""The parts of the player that need no page: drawing, spelling, numbers, the way through a course.

They run in Node, so that many cases take little time.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Engine
from imlcourse.course import worksheet
from imlcourse.items import Score
from imlcourse.items.shared import SHARED, module_of
from imlcourse.items.typed import number, plain
from imlcourse.languages.spelling import distance
from imlcourse.live.api import percent

LETTERS = st.text(alphabet="abcdé ñ-", max_size=9)
TYPED = st.text(alphabet="aBcÉñß 0159١٢,.-−’ٱه", max_size=12)
LEVELS = ("recall", "apply")


@given(one=LETTERS, other=LETTERS)
def test_both_count_the_same_slips(engine: Engine, one: str, other: str) -> None:
    counted = engine.evaluate("(args) => imlPlayer.values.distance(...args)", [one, other])
    assert counted == distance(one, other)


@given(words=TYPED)
def test_both_take_the_same_off_what_was_typed(engine: Engine, words: str) -> None:
    assert engine.evaluate("(text) => imlPlayer.typed.plain(text)", words) == plain(words)
    assert engine.evaluate("(text) => imlPlayer.typed.number(text)", words) == number(words)


@given(share=st.floats(0, 1))
def test_both_give_the_same_per_cent(engine: Engine, share: float) -> None:
    shown = engine.evaluate("(share) => imlPlayer.record.percent(share)", share)
    assert shown == percent(share)
    assert shown <= share * 100 + 1e-9


def pools(least: int = 0) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Give sets of items to draw from, with at least so many."""
    items = st.fixed_dictionaries(
        {
            "module": st.sampled_from(["m01", "m02"]),
            "objective": st.sampled_from(["o1", "o2", "o3"]),
            "level": st.sampled_from(LEVELS),
        }
    )
    return st.lists(items, min_size=least, max_size=14).map(
        lambda drawn: [{"id": f"i{n}", **item} for n, item in enumerate(drawn)]
    )


DRAW = """([pool, blueprint, seed, used]) => imlPlayer.blueprint.draw(
  pool, blueprint, seed, new Map(Object.entries(used)))"""


@given(pool=pools(), seed=st.integers(0, 2**32 - 1), wanted=st.integers(1, 9))
def test_what_is_drawn_is_of_the_kind_asked_for_and_none_twice(
    engine: Engine, pool: list[dict[str, Any]], seed: int, wanted: int
) -> None:
    line = {"objective": "o1", "items": wanted}
    drawn = engine.evaluate(DRAW, [pool, [line], seed, {}])
    fitting = {item["id"] for item in pool if item["objective"] == "o1"}
    assert set(drawn) <= fitting
    assert len(drawn) == len(set(drawn)) == min(wanted, len(fitting))
    assert drawn == engine.evaluate(DRAW, [pool, [line], seed, {}]), "the same seed, the same draw"


@given(pool=pools(least=1), seed=st.integers(0, 2**32 - 1), data=st.data())
def test_what_was_asked_least_is_drawn_first(
    engine: Engine, pool: list[dict[str, Any]], seed: int, data: st.DataObject
) -> None:
    times = {item["id"]: data.draw(st.integers(0, 3)) for item in pool}
    used = {name: {"times": n, "last": "2026-01-01"} for name, n in times.items() if n}
    wanted = data.draw(st.integers(1, len(pool)))
    drawn = engine.evaluate(DRAW, [pool, [{"items": wanted}], seed, used])
    left = [n for name, n in times.items() if name not in drawn]
    assert max(times[name] for name in drawn) <= min(left, default=3)


def entry_of_item(points: float, version: str = "v") -> dict[str, Any]:
    at = "2026-01-01T00:00:00.000Z"
    first = {"response": "a", "points": points, "at": at}
    return {
        "v": 1, "item": version, "type": "single", "response": "a", "points": points, "at": at,
        "tries": 1, "best": points, "shown": False, "first": first, "earlier": [],
    }  # fmt: skip


def module(name: str, items: int = 2) -> dict[str, Any]:
    return {
        "id": name, "title": name, "href": f"{name}.html", "minutes": 40,
        "sections": [{"id": f"{name}-s1", "title": "One"}, {"id": f"{name}-s2", "title": "Two"}],
        "steps": [22, 8, 10], "quiz": {"id": f"{name}-quiz", "pass": 70},
        "items": [[f"{name}-i{n}", "v", f"{name}-o1", "practice"] for n in range(items)],
        "objectives": [{"id": f"{name}-o1", "text": "…", "sections": [f"{name}-s1"]}],
    }  # fmt: skip


def attempt(test: str, points: float, ended: bool = True) -> dict[str, Any]:
    at = "2026-01-02T00:00:00.000Z"
    return {
        "v": 1, "at": at, "test": test, "kind": "module", "course": "1", "id": "x", "begun": at,
        "ended": at if ended else None, "seed": 1, "place": 0, "items": [], "answers": {},
        "results": {}, "points": points if ended else None,
        "passed": points >= 0.7 if ended else None,
    }  # fmt: skip


def read(*sections: str, done: str | None = None) -> dict[str, Any]:
    at = "2026-01-01T00:00:00.000Z"
    entry: dict[str, Any] = {"v": 1, "at": at, "sections": dict.fromkeys(sections, at)}
    return entry if done is None else {**entry, "done": done}


STATE = """([modules, entries, roles, tests]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  const pages = {pre: 'pre.html', post: 'post.html', final: 'final.html',
    certificate: 'certificate.html'};
  return imlPlayer.course.stateOf({modules, roles, tests, pages}, store,
    '2026-02-01T00:00:00.000Z');
}"""


@pytest.mark.parametrize(
    ("points", "level"),
    [([], "none"), ([0], "weak"), ([0.5], "growing"), ([1], "growing"), ([1, 1], "secure"),
     ([1, 0.5], "growing"), ([0.8, 0.8], "secure"), ([1, 0.59], "growing")],
)  # fmt: skip
def test_an_objective_is_secure_from_two_answers_on(
    engine: Engine, points: list[float], level: str
) -> None:
    entries = {f"item/m01-i{n}": entry_of_item(share) for n, share in enumerate(points)}
    found = engine.evaluate(
        """([modules, entries]) => imlPlayer.course.mastery({modules}, 'm01-o1',
          {get: (key) => entries[key] || null}, new Set())""",
        [[module("m01")], entries],
    )
    assert found["level"] == level
    assert found["answered"] == len(points)


def test_an_answer_to_an_earlier_version_of_an_item_tells_nothing_of_the_objective(
    engine: Engine,
) -> None:
    entries = {"item/m01-i0": entry_of_item(1, version="old")}
    found = engine.evaluate(
        """([modules, entries]) => imlPlayer.course.mastery({modules}, 'm01-o1',
          {get: (key) => entries[key] || null}, new Set())""",
        [[module("m01")], entries],
    )
    assert (found["answered"], found["level"]) == (0, "none")


def test_the_time_that_is_left_falls_with_what_is_read_and_passed(engine: Engine) -> None:
    states = [
        engine.evaluate(STATE, [[module("m01")], entries, {}, False])["minutes"]
        for entries in (
            {},
            {"read/m01": read("m01-s1")},
            {"read/m01": read("m01-s1", "m01-s2")},
            {"read/m01": read(done="x"), "attempt/m01-quiz/x": attempt("m01-quiz", 1)},
        )
    ]
    assert states == [40, 18, 10, 0]


def test_both_work_with_the_same_numbers(engine: Engine) -> None:
    assert engine.evaluate("imlPlayer.shared") == SHARED
    # What stands in a rubric and in an author's item fits the numbers.
    assert SHARED["worksheet"]["most"] + 1 == worksheet.LEVELS
    assert [*SHARED["scenario"]] == ["best", "fair", "poor"]


@pytest.mark.parametrize("name", ["m06-o1", "m06-i01", "capstone-o2", "m06", "m06-a-few-words"])
def test_both_take_the_same_module_from_an_id(engine: Engine, name: str) -> None:
    assert engine.evaluate("(id) => imlPlayer.values.moduleOf(id)", name) == module_of(name)


# --- what an attempt comes to -----------------------------------------------------------------


ATTEMPTS = st.lists(st.sampled_from([None, 0, 0.25, 0.5, 1]), max_size=8)
MARK = """([attempt, pass, points]) => imlPlayer.marking.marked(
  attempt, pass, (id) => points[id], '2026-01-03T00:00:00.000Z')"""


def begun(answers: list[float | None]) -> dict[str, Any]:
    """An attempt whose answers have earned so many points; None is no answer."""
    one = attempt("m01-quiz", 0, ended=False)
    one["items"] = [{"id": f"i{n}", "version": "v", "type": "single"} for n in range(len(answers))]
    one["answers"] = {
        f"i{n}": {"response": None if points is None else "a", "at": one["at"]}
        for n, points in enumerate(answers)
    }
    return one


@given(answers=ATTEMPTS, mark=st.sampled_from([None, 50, 70, 100]))
def test_a_test_is_worth_the_mean_of_its_items(
    engine: Engine, answers: list[float | None], mark: int | None
) -> None:
    points = {f"i{n}": share for n, share in enumerate(answers) if share is not None}
    before = begun(answers)
    marked = engine.evaluate(MARK, [before, mark, points])
    assert marked["results"] == {f"i{n}": share or 0 for n, share in enumerate(answers)}
    mean = sum(share or 0 for share in answers) / len(answers) if answers else 0
    assert marked["points"] == pytest.approx(mean)
    assert marked["passed"] == (None if mark is None else mean * 100 >= mark - 1e-9)
    assert marked["ended"] == marked["at"] == "2026-01-03T00:00:00.000Z"
    kept = {name: value for name, value in before.items() if name not in marked or
            name in ("id", "begun", "answers", "items", "seed")}  # fmt: skip
    assert {name: marked[name] for name in kept} == kept


def test_what_was_not_answered_is_told_by_its_number(engine: Engine) -> None:
    open_ones = engine.evaluate(
        "(attempt) => imlPlayer.marking.unanswered(attempt)", begun([1, None, 0, None])
    )
    assert open_ones == [2, 4]


def test_a_result_by_objective_leaves_out_items_that_are_gone(engine: Engine) -> None:
    done = begun([1, 0.5, 1])
    done["results"] = {"i0": 1, "i1": 0.5, "i2": 1}
    rows = engine.evaluate(
        """([attempt, objectives]) => imlPlayer.marking.byObjective(
          attempt, (id) => objectives[id])""",
        [done, {"i0": "o2", "i1": "o1"}],
    )
    assert rows == [
        {"objective": "o1", "points": 0.5, "count": 1},
        {"objective": "o2", "points": 1, "count": 1},
    ]


def test_what_was_earned_is_told_by_module(engine: Engine) -> None:
    rows = [
        {"objective": "m01-o1", "points": 1, "count": 1},
        {"objective": "m01-o3", "points": 0.5, "count": 2},
        {"objective": "m09-o2", "points": 0, "count": 1},
    ]
    assert engine.evaluate("(rows) => imlPlayer.marking.byModule(rows)", rows) == [
        {"module": "m01", "points": 1.5, "count": 3},
        {"module": "m09", "points": 0, "count": 1},
    ]


@given(
    key=st.dictionaries(st.sampled_from("abcd"), st.sampled_from("xyz"), min_size=1),
    data=st.data(),
)
def test_places_are_scored_by_the_share_that_is_right(
    engine: Engine, key: dict[str, str], data: st.DataObject
) -> None:
    response = data.draw(st.dictionaries(st.sampled_from([*key]), st.sampled_from("xyz")))
    scored = engine.evaluate(
        """([key, response]) => imlPlayer.scoring.ofPlaces(
          new Map(Object.entries(key)), response)""",
        [key, response],
    )
    ours = Score.of_places(response, key, "xyz")
    assert (scored["points"], scored["parts"]) == (ours.points, ours.parts)
