"""The record as a learning platform keeps it: in few signs, with what does not fit told."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Engine
from imlcourse.course.model import Course
from imlcourse.products.packages.scorm.table import course_table
from learners import answer
from real_course import real_course

ROOM = 4096
"""Signs that SCORM 1.2 has for it."""
ROOMY = 64000
"""Signs that SCORM 2004 has for it."""
ALWAYS = {"attempt", "read"}
ENCODE = "([table, entries, room]) => imlPlayer.compact.encode(table, entries, room)"
DECODE = "([table, text]) => imlPlayer.compact.decode(table, text)"
READ = """([table, entries, room]) => {
  const first = imlPlayer.compact.encode(table, entries, room);
  return { first, read: imlPlayer.compact.decode(table, first.text) };
}"""
AGAIN = """([table, entries, room]) => {
  const first = imlPlayer.compact.encode(table, entries, room);
  const read = imlPlayer.compact.decode(table, first.text);
  const second = imlPlayer.compact.encode(table, read.entries, room);
  return { first, read, second };
}"""
VALID = """(entries) => Object.entries(entries)
  .every(([key, entry]) => imlPlayer.record.isValid(key, entry))"""


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def table(course: Course) -> dict[str, Any]:
    return course_table(course)


def answered(item: Any, day: str, random: Random, *, missed: bool = False) -> dict[str, Any]:
    """Give the entry of an item that was answered: at once, or after a miss."""
    at = f"{day}T09:30:00.000Z"
    entry = {
        "v": 1, "at": at, "item": item.version, "type": item.type, "response": item.key(),
        "points": 1, "tries": 1, "best": 1, "shown": False,
        "first": {"response": item.key(), "points": 1, "at": at}, "earlier": [],
    }  # fmt: skip
    if missed:
        points = random.choice([0, 0.5, 1 / 3, 0.75])
        entry |= {
            "tries": 2, "first": {"response": None, "points": points, "at": at},
            "review": {"box": 1, "due": f"{day}T04:00:00.000Z", "at": at, "stability": 3.17,
                       "difficulty": 5.28},
        }  # fmt: skip
    return entry


def attempt(
    test: str, kind: str, items: list[Any], day: str, *, ended: bool = True, seed: int = 7
) -> dict[str, Any]:
    at = f"{day}T10:00:00.000Z"
    wrong = items[1::5]
    random = Random(seed)
    return {
        "v": 1, "at": at, "test": test, "kind": kind, "course": "0.1.0",
        "id": f"{at}-{seed}", "begun": f"{day}T09:40:00.000Z", "ended": at if ended else None,
        "seed": seed, "place": 0 if ended else min(2, len(items) - 1),
        "items": [{"id": i.id, "version": i.version, "type": i.type} for i in items],
        "answers": {
            i.id: {"response": answer(i, -1, random) if i in wrong else i.key(), "at": at}
            for i in items
        },
        "results": {i.id: int(i not in wrong) for i in items} if ended else {},
        "points": 1 - len(wrong) / len(items) if ended else None, "passed": True if ended else None,
    }  # fmt: skip


def whole(*, texts: bool = True) -> dict[str, Any]:
    """Give the record of somebody who has done everything: all items, all tests, all texts."""
    given: dict[str, Any] = json.loads(_whole(texts=texts))
    return given


@cache
def _whole(*, texts: bool) -> str:
    course, random = real_course(), Random(298)
    by_id = {item.id: item for item in course.items}
    day = "2026-11-{:02}"
    entries: dict[str, Any] = {
        "me": {"v": 1, "at": "2026-11-01T08:00:00.000Z", "name": "Émile O’Neil", "role": "border",
               "account": "0123456789abcdef01234567"},
    }  # fmt: skip
    for number, item in enumerate(course.items):
        at = day.format(1 + number // 20)
        entry = answered(item, at, random, missed=random.random() < 0.3)
        if number % 6 == 0:  # and not answered again since
            entry |= {"response": answer(item, -1, random), "points": 0, "tries": 3}
        entries[f"item/{item.id}"] = entry
    for number, (name, module) in enumerate(course.modules.items()):
        at = day.format(2 + number)
        entries[f"read/{name}"] = {
            "v": 1, "at": f"{at}T09:00:00.000Z", "place": f"{name}-end",
            "sections": {s.id: f"{at}T09:00:00.000Z" for s in module.sections},
        }  # fmt: skip
        quiz = course.module_quizzes[name]
        asked = [by_id[one] for one in quiz.items[:8]]
        for seed in (1, 2):
            entries[f"attempt/{quiz.id}/{seed}"] = attempt(quiz.id, "module", asked, at, seed=seed)
        if texts:
            entries[f"promise/{name}"] = {
                "v": 1, "at": f"{at}T11:00:00.000Z", "made": f"{at}T11:00:00.000Z",
                "text": "On Monday I ask who interprets at our desk, and write the number down.",
            }  # fmt: skip
    tests = course.tests
    assert tests
    for test, kind, draw in (
        ("pre-test", "pre", tests.before_after),
        ("post-test", "post", tests.before_after),
        ("final-test", "final", tests.final),
    ):
        count = sum(cell.items for cell in draw.blueprint)
        items = course.drawn_from(draw)[:count]
        entries[f"attempt/{test}/a"] = attempt(test, kind, list(items), day.format(25))
    if texts:
        stamp = {"at": "2026-11-26T09:00:00.000Z"}
        entries["work/capstone-note"] = {
            "v": 1, **stamp, "self": {}, "peer": {},
            "fields": {name: {**stamp, "text": "We met the family at the gate. " * 20}
                       for name in ("facts", "rights", "actors", "next")},
        }  # fmt: skip
    return json.dumps(entries)


def test_in_2004_a_whole_course_comes_back_with_all_that_was_done(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    entries = whole()
    made = engine.evaluate(ENCODE, [table, entries, ROOMY])
    assert made["dropped"] == []
    found = engine.evaluate(DECODE, [table, made["text"]])
    assert found["error"] == ""
    back = found["entries"]
    assert engine.evaluate(VALID, back)
    assert {k for k in back if k.split("/")[0] != "attempt"} == {
        k for k in entries if k.split("/")[0] != "attempt"
    }
    for key, entry in entries.items():
        if key.startswith("item/"):
            for name in ("item", "type", "response", "points", "tries", "best", "shown"):
                assert back[key][name] == entry[name], (key, name)
            assert back[key]["at"][:10] == entry["at"][:10]
            assert back[key]["first"]["points"] == entry["first"]["points"], key
            assert back[key].get("review", {}).get("box") == entry.get("review", {}).get("box")
        elif key.split("/")[0] in {"work", "promise", "me"}:
            assert back[key] == entry
        elif key.startswith("read/"):
            assert back[key]["place"] == entry["place"]
            assert set(back[key]["sections"]) == set(entry["sections"])
    assert sum(k.startswith("attempt/") for k in back) == 14 * 2 + 3


def test_in_1_2_a_whole_course_fits_but_for_what_was_written(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    done = engine.evaluate(ENCODE, [table, whole(texts=False), ROOM])
    assert done["dropped"] == []
    assert 3500 < len(done["text"]) <= ROOM
    made = engine.evaluate(READ, [table, whole(), ROOM])
    assert made["first"]["dropped"] == ["work", "promise"]
    assert len(made["first"]["text"]) <= ROOM
    back = made["read"]["entries"]
    assert sum(key.startswith("item/") for key in back) == len(list(course.items))


@pytest.mark.parametrize("room", [4096, 3000, 2000, 1200, 700, 620])
def test_what_does_not_fit_is_left_out_in_the_stated_order(
    engine: Engine, course: Course, table: dict[str, Any], room: int
) -> None:
    order = engine.evaluate("imlPlayer.compact.DROPPED")
    made = engine.evaluate(READ, [table, whole(), room])
    assert len(made["first"]["text"]) <= room
    assert made["read"]["error"] == ""
    dropped = made["first"]["dropped"]
    assert dropped == [kind for kind in order if kind in dropped]
    # Nothing is left out before what stands before it.
    had = {"work", "promise", "given-tests", "given", "asked", "practice", "read", "me"}
    assert set(dropped) == set([kind for kind in order if kind in had][: len(dropped)])
    back = made["read"]["entries"]
    results = {k.split("/")[1] for k in back if k.startswith("attempt/")}
    assert len(results) == 17
    assert all(back[f"read/{name}"]["place"] == f"{name}-end" for name in course.modules)
    if "practice" not in dropped:
        assert sum(key.startswith("item/") for key in back) == len(list(course.items))
    elif "read" not in dropped:
        days = [e["at"] for k, e in back.items() if k.startswith("item/")]
        assert days
        assert min(days) > "2026-11-02"  # the oldest went first


def test_a_text_that_was_read_is_written_as_it_was(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    made = engine.evaluate(AGAIN, [table, whole(), ROOMY])
    assert made["second"]["text"] == made["first"]["text"]


def test_the_text_has_a_sign_for_its_format_and_none_that_a_platform_changes(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    text = engine.evaluate(ENCODE, [table, whole(), ROOM])["text"]
    assert re.fullmatch(r"1[A-Za-z0-9_-]+", text)


def test_a_text_is_as_it_was_described(engine: Engine) -> None:
    """Vectors: who changes the format gives it another first sign."""
    small = {
        "version": "1", "modules": ["m01", "capstone"], "tests": {"m01-quiz": "module"},
        "items": {"m01-i01": ["aa", "single", ["p1", "p2", "p3"], "m01-o1", "p2"]},
    }  # fmt: skip
    at = "2026-11-20T00:00:00.000Z"
    item = {
        "v": 1, "at": at, "item": "aa", "type": "single", "response": "p2", "points": 1,
        "tries": 1, "best": 1, "shown": False, "first": {"response": "p2", "points": 1, "at": at},
        "earlier": [],
    }  # fmt: skip
    read = {"v": 1, "at": at, "place": "m01-s2", "sections": {"m01-s1": at}}
    for entries, text in (
        ({}, VECTORS[0]),
        ({"item/m01-i01": item}, VECTORS[1]),
        ({"item/m01-i01": item, "read/m01": read}, VECTORS[2]),
    ):
        assert engine.evaluate(ENCODE, [small, entries, ROOM]) == {"text": text, "dropped": []}
        assert engine.evaluate(DECODE, [small, text]) == {"entries": entries, "error": ""}


VECTORS = (
    "1EJtYMQnHh4c-m_dl86kN",
    "1EJtYMQnHh4c-m_dlQTpgLr4yVY",
    "1EJtYMQnHh4c-m_dlQTpgLroA3QuAgspwf",
)


def test_what_was_cut_off_or_changed_is_told_and_gives_nothing(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    text = engine.evaluate(ENCODE, [table, whole(), ROOM])["text"]
    for bad in (text[:-1], text[:2000], "2" + text[1:], text.replace("A", "B", 1), "rubbish", "1"):
        found = engine.evaluate(DECODE, [table, bad])
        assert found == {"entries": {}, "error": "damaged"}, bad[:20]
    assert engine.evaluate(DECODE, [table, ""]) == {"entries": {}, "error": ""}


def test_answers_to_a_question_that_has_changed_since_do_not_count(
    engine: Engine, course: Course, table: dict[str, Any]
) -> None:
    text = engine.evaluate(ENCODE, [table, whole(), ROOMY])["text"]
    later = json.loads(json.dumps(table))
    changed, gone = "m06-i02", next(i.id for i in course.items if i.id.startswith("m09"))
    later["items"][changed] = ["another", "matching", ["p1", "p2"], "m06-o1", {}]
    del later["items"][gone]
    later["modules"] = [*reversed(later["modules"]), "m99"]
    found = engine.evaluate(DECODE, [later, text])
    assert found["error"] == ""
    back = found["entries"]
    assert back[f"item/{changed}"]["item"] not in (table["items"][changed][0], "another")
    assert f"item/{gone}" not in back
    same = next(i for i in course.items if i.id.startswith("m13"))
    assert back[f"item/{same.id}"]["response"] == same.key()
    assert back["read/m02"]["place"] == "m02-end"


days = st.dates(date(2020, 1, 1), date(2059, 12, 31))
shares = st.one_of(st.sampled_from([0, 1, 0.5, 1 / 3]), st.floats(0, 1))


@st.composite
def records(draw: st.DrawFn, course: Course) -> dict[str, Any]:
    """Any record: some items, tests begun and ended, reading, texts of any length and script."""
    items = draw(st.lists(st.sampled_from(sorted(course.items, key=lambda i: i.id)), max_size=60))
    entries: dict[str, Any] = {}
    for item in items:
        day = draw(days)
        entry = answered(item, str(day), Random(1), missed=draw(st.booleans()))
        entry["response"] = draw(
            st.one_of(
                st.just(item.key()), st.none(), st.text(max_size=50),
                st.lists(st.text(max_size=5), max_size=5),
                st.dictionaries(st.text(max_size=4), st.text(max_size=20), max_size=3),
            )
        )  # fmt: skip
        entry["points"] = draw(shares)
        entry["best"] = max(entry["best"], entry["points"])
        entries[f"item/{item.id}"] = entry
    for number, test in enumerate(draw(st.lists(st.sampled_from(["m06-quiz", "final-test"])))):
        ended = draw(st.booleans())
        one = attempt(test, "x", items[:20] or [next(iter(course.items))], "2026-01-02",
                      ended=ended, seed=number + 2**31)  # fmt: skip
        if ended:
            one["points"] = draw(shares)
        entries[f"attempt/{test}/{number}"] = one
    for name in draw(st.sets(st.sampled_from(sorted(course.modules)))):
        entries[f"read/{name}"] = {"v": 1, "at": "2026-01-02T10:00:00.000Z", "sections": {}}
    if draw(st.booleans()):
        text = draw(st.text(max_size=3000))
        stamp = {"at": "2026-11-26T09:00:00.000Z"}
        entries["work/capstone-note"] = {
            "v": 1, **stamp, "self": {}, "peer": {}, "fields": {"facts": {**stamp, "text": text}},
        }  # fmt: skip
    return entries


@settings(max_examples=60)
@given(data=st.data(), room=st.integers(900, 6000))
def test_whatever_was_done_it_fits_and_can_be_read(
    engine: Engine, course: Course, table: dict[str, Any], data: st.DataObject, room: int
) -> None:
    entries = data.draw(records(course))
    made = engine.evaluate(READ, [table, entries, room])
    assert len(made["first"]["text"]) <= room
    assert made["read"]["error"] == ""
    back = made["read"]["entries"]
    assert engine.evaluate(VALID, back)
    assert {k for k in back if k.split("/")[0] != "attempt"} <= set(entries)
    if not made["first"]["dropped"]:
        assert {k for k in entries if k.startswith("item/")} <= set(back)
        third = engine.evaluate(READ, [table, back, room])["read"]["entries"]
        assert third == back
    for key, entry in entries.items():
        if key in back and key.startswith("item/"):
            # Something is never all, and never nothing.
            assert (back[key]["points"] == 1) == (entry["points"] == 1)
            assert (back[key]["points"] == 0) == (entry["points"] == 0)
