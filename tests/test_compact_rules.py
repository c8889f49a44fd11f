"""The record in few signs, part by part: what comes back as it was, and the text that it makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import Engine

Entry = dict[str, Any]
TEXTS = json.loads((Path(__file__).parent / "items" / "compact.json").read_text("utf-8"))
DAY, BEFORE = "2026-11-20T00:00:00.000Z", "2026-11-18T00:00:00.000Z"
AT = "2026-11-20T10:07:00.000Z"
TABLE: dict[str, Any] = {
    "version": "1",
    "modules": ["m01", "m02", "capstone"],
    "tests": {"m01-quiz": "module", "final-test": "final"},
    "items": {
        "m01-i01": ["aa", "single", ["p1", "p2", "p3"], "m01-o1", "p2"],
        "m01-i02": ["bb", "matching", ["p1", "p2", "p3", "p4"], "m01-o1", {"p1": "p2"}],
        "m02-i01": ["cc", "multiple", ["p1", "p2"], "m02-o1", ["p1"]],
        "capstone-i123": ["dd", "cloze", [], "capstone-o1", {"1": "word"}],
        "m09-i01": ["ee", "single", ["p1"], "m09-o1", "p1"],
    },
}


def item(name: str, **changed: Any) -> Entry:
    version, type_, _, _, key = TABLE["items"][name]
    points = changed.get("points", 1)
    response = changed.get("response", key)
    entry = {
        "v": 1, "at": DAY, "item": version, "type": type_, "response": response, "points": points,
        "tries": 1, "best": points, "shown": False, "earlier": [],
        "first": {"response": response, "points": points, "at": DAY},
    }  # fmt: skip
    return entry | changed


def tried(name: str, **changed: Any) -> Entry:
    """An item that was tried more than once: of the first try it is not kept what it was."""
    first = {"response": None, "points": 0, "at": BEFORE} | changed.pop("first", {})
    return item(name, **{"tries": 3, "best": 1, **changed}, first=first)


def review(**changed: Any) -> Entry:
    return {"box": 2, "due": None, "at": BEFORE, **changed}


def attempt(**changed: Any) -> Entry:
    began = "2026-11-20T10:00:00.000Z"
    return {
        "v": 1, "at": AT, "test": "m01-quiz", "kind": "module", "course": "1",
        "id": f"{began}-5", "begun": began, "ended": AT, "seed": 5, "place": 0,
        "items": [{"id": "m01-i01", "version": "aa", "type": "single"},
                  {"id": "m02-i01", "version": "cc", "type": "multiple"}],
        "answers": {"m01-i01": {"response": "p2", "at": AT},
                    "m02-i01": {"response": ["p2"], "at": AT}},
        "results": {"m01-i01": 1, "m02-i01": 0.5}, "points": 0.75, "passed": True,
    } | changed  # fmt: skip


def open_attempt(**changed: Any) -> Entry:
    began = "2026-11-20T10:00:00.000Z"
    return attempt(
        id=f"{began}-{'zik0zj'}", seed=2**31 - 1, ended=None, at=began, place=1, results={},
        points=None, passed=None, answers={"m01-i01": {"response": "p3", "at": began}},
    ) | changed  # fmt: skip


def read(**changed: Any) -> Entry:
    return {"v": 1, "at": AT, "sections": {}, **changed}


RECORDS: dict[str, dict[str, Entry]] = {
    "an answer that is right": {"item/m01-i01": item("m01-i01")},
    "an answer that is wrong": {"item/m01-i01": item("m01-i01", points=0, response="p3")},
    "an answer in words of its own": (
        {"item/m01-i01": item("m01-i01", points=0, response="é, “x”")}),
    "no answer": {"item/m01-i01": item("m01-i01", points=0, response=None)},
    "answers in a list": {"item/m02-i01": item("m02-i01", points=0.5, response=["p2", "p1"])},
    "an empty list": {"item/m02-i01": item("m02-i01", points=0, response=[])},
    "answers by place": (
        {"item/m01-i02": item("m01-i02", points=0.5, response={"p1": "p4", "p3": "", "p4": "?"})}),
    "answers typed into gaps": (
        {"item/capstone-i123": item("capstone-i123", points=0, response={"1": "wrod", "2": ""})}),
    "points between all and nothing": (
        {"item/m01-i02": item("m01-i02", points=1 / 60, response={}),
         "item/m02-i01": item("m02-i01", points=59 / 60, response=None)}),
    "several tries": {"item/m01-i01": tried("m01-i01")},
    "the same wrong answer twice": {
        "item/m01-i01": item("m01-i01", points=0, response="p3", tries=2,
                             first={"response": None, "points": 0, "at": DAY})},
    "an answer that was shown": {"item/m01-i01": tried("m01-i01", shown=True, tries=1)},
    "a first try with a hint": (
        {"item/m01-i01": tried("m01-i01", tries=1, first={"points": 0.5, "hinted": True})}),
    "sixty-three tries": {"item/m01-i01": tried("m01-i01", tries=63)},
    "what has come back and is learned": (
        {"item/m01-i01": tried("m01-i01", review=review(box=5))}),
    "what comes back, and how well it is remembered": (
        {"item/m01-i01": tried("m01-i01", review=review(stability=3.2, difficulty=5.3, at=DAY))}),
    "items of several days and modules": (
        {"item/m01-i01": item("m01-i01"), "item/m01-i02": item("m01-i02"),
         "item/capstone-i123": item("capstone-i123"),
         "item/m02-i01": {**item("m02-i01"), "at": BEFORE,
                          "first": {"response": ["p1"], "points": 1, "at": BEFORE}}}),
    "a test that has ended": {"attempt/m01-quiz/2026-11-20T10:00:00.000Z-5": attempt()},
    "a test that was not passed": (
        {"attempt/m01-quiz/2026-11-20T10:00:00.000Z-5": attempt(passed=False)}),
    "a test that nobody can pass": (
        {"attempt/final-test/2026-11-20T10:00:00.000Z-5":
         attempt(test="final-test", kind="final", passed=None)}),
    "a test that is open": (
        {"attempt/m01-quiz/2026-11-20T10:00:00.000Z-zik0zj": open_attempt()}),
    "what was read": (
        {"read/m01": read(sections={"m01-s1": AT, "m01-s3": AT}, place="m01-s3"),
         "read/m02": read(place="m02-end", done=AT), "read/capstone": read(done="")}),
    "texts of all kinds": (
        {"me": {"v": 1, "at": AT, "name": "Zoë"},
         "promise/m01": {"v": 1, "at": AT, "text": "x", "made": AT},
         "draft/m01-i09": {"v": 1, "at": AT, "item": "v", "response": ["a"]},
         "else/x": {"v": 1, "at": AT}}),
}  # fmt: skip
ENCODE = "([table, entries]) => imlPlayer.compact.encode(table, entries, 64000)"
DECODE = "([table, text]) => imlPlayer.compact.decode(table, text)"


@pytest.mark.parametrize("what", RECORDS)
def test_a_record_makes_its_text_and_comes_back(engine: Engine, what: str) -> None:
    """Who changes a text gives the format another first sign: platforms hold what was written."""
    assert RECORDS.keys() == TEXTS.keys()
    entries, text = RECORDS[what], TEXTS[what]
    assert engine.evaluate(ENCODE, [TABLE, entries]) == {"text": text, "dropped": []}
    assert engine.evaluate(DECODE, [TABLE, text]) == {"entries": entries, "error": ""}


def test_the_order_in_which_places_were_filled_changes_nothing(engine: Engine) -> None:
    response = {"p4": "?", "p1": "p4", "p3": ""}
    entries = {"item/m01-i02": item("m01-i02", points=0.5, response=response)}
    assert engine.evaluate(ENCODE, [TABLE, entries])["text"] == TEXTS["answers by place"]


@pytest.mark.parametrize("name", ["m01-i77", "m09-i01", "note", "m01-i12345"])
def test_what_is_no_item_of_the_course_is_left_out(engine: Engine, name: str) -> None:
    entries = {f"item/{name}": item("m01-i01"), "undo/1": {"v": 1, "at": AT}}
    open_ = open_attempt(items=[{"id": name, "version": "aa", "type": "single"}])
    nothing = engine.evaluate(ENCODE, [TABLE, {}])
    assert engine.evaluate(ENCODE, [TABLE, entries]) == nothing
    made = engine.evaluate(ENCODE, [TABLE, {"attempt/m01-quiz/x": open_}])
    (back,) = engine.evaluate(DECODE, [TABLE, made["text"]])["entries"].values()
    assert back["items"] == []


@pytest.mark.parametrize(
    ("entries", "dropped"),
    [
        ({"else/x": {"v": 1, "at": AT, "text": "x" * 99}}, ["other"]),
        ({"me": {"v": 1, "at": AT, "name": "x" * 99}}, ["me"]),
        ({"work/w": {"v": 1, "at": AT, "text": "x" * 99}}, ["work"]),
        ({"else/x": {"v": 1, "at": AT, "text": "x" * 99}, "me": {"v": 1, "at": AT}}, ["other"]),
    ],
)
def test_what_does_not_fit_is_named(
    engine: Engine, entries: dict[str, Entry], dropped: list[str]
) -> None:
    made = engine.evaluate(
        "([table, entries]) => imlPlayer.compact.encode(table, entries, 100)", [TABLE, entries]
    )
    assert made["dropped"] == dropped
    assert len(made["text"]) <= 100
    back = engine.evaluate(DECODE, [TABLE, made["text"]])["entries"]
    assert back == {key: one for key, one in entries.items() if len(str(one)) < 99}


def test_an_open_test_that_does_not_fit_keeps_its_questions(engine: Engine) -> None:
    began = open_attempt()["begun"]
    answers = {"m01-i01": {"response": "x" * 99, "at": began}}
    made = engine.evaluate(
        "([table, entries]) => imlPlayer.compact.encode(table, entries, 100)",
        [TABLE, {"attempt/m01-quiz/x": open_attempt(answers=answers)}],
    )
    assert made["dropped"] == ["open"]
    (back,) = engine.evaluate(DECODE, [TABLE, made["text"]])["entries"].values()
    assert back == open_attempt(answers={})
