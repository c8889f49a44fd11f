"""Result codes: written by the player, read by the player and by the report, and safe to type."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine import Engine
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.course.result_codes import CodedRow, CodedTest, coded_test, coded_tests
from imlcourse.player.data import course_data
from small_course import ROOT

pytest.importorskip("reedsolo", reason="reedsolo is not installed (kit.in)")
from imlcourse.results.codes import CodeError, person_of, read_code

VECTORS = json.loads((Path(__file__).parent / "codes.json").read_text("utf-8"))
CODE = VECTORS["codes"][0]["code"]
TESTS = [
    CodedTest(**{**one, "rows": tuple(CodedRow(*row) for row in one["rows"])})
    for one in VECTORS["tests"]
]
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DECODE_ALL = "({texts, tests}) => texts.map((text) => imlPlayer.code.decode(text, tests))"


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def written(engine: Engine, test: dict[str, Any], **result: Any) -> str:
    """Let the player write a code."""
    points = {
        name: {"points": points, "count": count}
        for (name, count, _), points in zip(test["rows"], result.pop("points"), strict=True)
    }
    code: str = engine.evaluate(
        "({test, result}) => imlPlayer.code.grouped(imlPlayer.code.encode(test, result))",
        {"test": test, "result": {**result, "points": points}},
    )
    return code


def refused(text: str) -> CodeError:
    with pytest.raises(CodeError) as error:
        read_code(text, TESTS)
    return error.value


def flawed(code: str) -> list[tuple[str, int]]:
    """Give a code with each wrong sign in each place, and the group that it is in."""
    bare = code.replace(" ", "")
    return [
        (bare[:at] + sign + bare[at + 1 :], at // 4 + 1)
        for at in range(len(bare))
        for sign in SIGNS
        if sign != bare[at]
    ]


def swapped(code: str) -> list[str]:
    """Give a code with each two neighbours that differ changed in their places."""
    bare = code.replace(" ", "")
    return [
        bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :]
        for at in range(len(bare) - 1)
        if bare[at] != bare[at + 1]
    ]


# --- one format, two readers -------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda one: one["code"][:9])
def test_player_and_report_read_the_same_in_a_code(engine: Engine, vector: dict[str, Any]) -> None:
    test = next(one for one in VECTORS["tests"] if one["test"] == vector["test"])
    names = ("person", "attempt", "ended", "present", "points")
    assert written(engine, test, **{name: vector[name] for name in names}) == vector["code"]
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [vector["code"]], "tests": VECTORS["tests"]})
    read = read_code(vector["code"], TESTS)
    assert (told["test"], told["present"]) == (vector["test"], vector["present"])
    assert (read.code, read.test, read.present) == (told["code"], told["test"], told["present"])
    wanted = vector["read"]
    for got in (
        {name: told[name] for name in ("person", "attempt", "date")},
        {"person": read.person, "attempt": read.attempt, "date": read.date.isoformat()},
    ):
        assert got == {name: wanted[name] for name in ("person", "attempt", "date")}
    told_rows = [(one["name"], one["points"], one["count"]) for one in told["rows"]]
    assert [(one.name, one.points, one.count) for one in read.results] == told_rows
    for (name, points, count), (known, of, steps), step in zip(
        told_rows, test["rows"], wanted["steps"], strict=True
    ):
        assert (name, round(points * steps), count) == (known, step, of)


@pytest.mark.parametrize("text", VECTORS["forgiven"])
def test_spaces_dashes_capitals_and_signs_that_look_alike_are_forgiven(
    engine: Engine, text: str
) -> None:
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [text], "tests": VECTORS["tests"]})
    assert told["code"] == read_code(text, TESTS).code == CODE


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda one: one["text"].strip())
def test_what_is_wrong_is_said_and_where(engine: Engine, vector: dict[str, Any]) -> None:
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [vector["text"]], "tests": VECTORS["tests"]})
    error = refused(vector["text"])
    assert told["error"] == error.kind == vector["error"]
    assert told.get("groups", []) == list(error.groups) == vector.get("groups", [])
    assert told.get("meant", "") == error.meant == vector.get("meant", "")


# --- slips -------------------------------------------------------------------------------------


def test_every_single_slip_and_every_swap_shows_and_is_located(engine: Engine) -> None:
    slips = flawed(CODE)
    texts = [text for text, _ in slips] + swapped(CODE)
    told = engine.evaluate(DECODE_ALL, {"texts": texts, "tests": VECTORS["tests"]})
    assert len(slips) == 20 * 31
    for text, one in zip(texts, told, strict=True):
        assert (one["error"], one["meant"]) == ("slip", CODE)
        error = refused(text)
        assert (error.kind, error.meant, list(error.groups)) == ("slip", CODE, one["groups"])
    for (_, group), one in zip(slips, told[: len(slips)], strict=True):
        assert one["groups"] == [group]


def test_three_and_four_slips_always_show_and_are_never_taken_for_nothing(engine: Engine) -> None:
    lot = Random(29)
    texts = []
    for vector in VECTORS["codes"]:
        for _ in range(1500):
            signs = list(vector["code"].replace(" ", ""))
            for at in lot.sample(range(len(signs)), lot.choice([3, 4])):
                signs[at] = lot.choice(SIGNS.replace(signs[at], ""))
            texts.append("".join(signs))
    told = engine.evaluate(DECODE_ALL, {"texts": texts, "tests": VECTORS["tests"]})
    assert {one["error"] for one in told} == {"slip"}
    for text in texts[::50]:
        assert refused(text).kind == "slip"


# --- the tests of this course ------------------------------------------------------------------


def test_codes_of_the_course_are_short_and_by_objective(course: Course) -> None:
    tests = {one.test: one for one in coded_tests(course)}
    assert {"pre-test", "post-test", "final-test"} < set(tests)
    assert set(tests) > {quiz.id for quiz in course.module_quizzes.values()}
    length = {name: 16 + one.signs for name, one in tests.items()}
    assert (length.pop("pre-test"), length.pop("post-test"), length.pop("final-test")) == (
        24,
        24,
        28,
    )
    assert set(length.values()) == {20}
    objectives = {one.id for module in course.modules.values() for one in module.front.objectives}
    for name, one in tests.items():
        by = set(course.modules) if name == "final-test" else objectives
        assert {row.name for row in one.rows} <= by
    assert "start-check" not in tests


def test_any_result_of_any_test_comes_back_as_it_was(engine: Engine, course: Course) -> None:
    lot = Random(12)
    known = coded_tests(course)
    assert [one.data() for one in known] == course_data(course)["codes"]
    for test in known:
        points = [lot.choice([0, row.count, lot.uniform(0, row.count)]) for row in test.rows]
        points = [
            p if row.steps > 1 else round(p) for p, row in zip(points, test.rows, strict=True)
        ]
        person, attempt, day = lot.randrange(32**4), lot.randint(1, 9), lot.randrange(1, 4095)
        ended = f"{date.fromordinal(date(2026, 1, 1).toordinal() + day)}T12:00:00.000Z"
        code = written(
            engine,
            test.data(),
            person=person,
            attempt=attempt,
            ended=ended,
            present=True,
            points=points,
        )
        read = read_code(code, known)
        assert (read.test, read.present, read.date.isoformat()) == (test.test, True, ended[:10])
        assert read.attempt == min(attempt, 8)
        for result, row, earned in zip(read.results, test.rows, points, strict=True):
            assert result.points == pytest.approx(earned, abs=1 / row.steps if row.steps > 1 else 0)
            # Everything and nothing are told only where it is so.
            assert (result.points == row.count) == (earned == row.count)
            assert (result.points == 0) == (earned == 0)


def test_a_result_without_the_lines_of_the_test_has_no_code(engine: Engine, course: Course) -> None:
    test = coded_test(course, "m09-quiz")
    assert test
    data = test.data()
    rows = [[name, count + 1, steps] for name, count, steps in data["rows"]]
    asked = {"person": 1, "attempt": 1, "ended": "2026-11-27T12:00:00.000Z", "present": True}
    points = {name: {"points": 1, "count": count} for name, count, _ in rows}
    code = engine.evaluate(
        "({test, result}) => imlPlayer.code.encode(test, result)",
        {"test": data, "result": {**asked, "points": points}},
    )
    assert code == ""


def test_a_code_of_another_edition_is_known_as_such(engine: Engine, course: Course) -> None:
    known = coded_tests(course)
    (test,) = [one for one in known if one.test == "m06-quiz"]
    asked = {"person": 5, "attempt": 1, "ended": "2026-11-27T12:00:00.000Z", "present": True}
    points = [float(row.count) for row in test.rows]
    worded = {**test.data(), "edition": test.edition % 1023 + 1}
    code = written(engine, worded, **asked, points=points)
    assert read_code(code, known).present is False
    divided = {**worded, "shape": (test.shape + 1) % 32}
    code = written(engine, divided, **asked, points=points)
    with pytest.raises(CodeError, match="another edition of m06-quiz") as error:
        read_code(code, known)
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [code], "tests": [one.data() for one in known]})
    assert error.value.kind == told["error"] == "edition"


def test_a_code_names_the_record_and_nobody(engine: Engine) -> None:
    accounts = [f"{n:024x}" for n in range(300)]
    signs = engine.evaluate("(all) => all.map((one) => imlPlayer.code.personOf(one))", accounts)
    told = [person_of(one) for one in accounts]
    assert told == ["".join(SIGNS[n >> by & 31] for by in (15, 10, 5, 0)) for n in signs]
    assert len(set(told)) >= 299
