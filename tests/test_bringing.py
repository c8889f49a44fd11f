"""A record that comes in from a file: whose it may be, and how it is taken out again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Engine

AT = "2026-01-01T00:00:00.000Z"
OFFER = "([mine, found]) => imlPlayer.bringing.offer(mine, found)"
# Brings entries in, lets the learner go on, and undoes it.
UNDO = """([before, brought, since]) => {
  const { merge, isValid, canonical } = imlPlayer.record;
  const record = Object.assign({}, before);
  const get = (key) => record[key] || null;
  const put = (entries) => {
    for (const [key, one] of Object.entries(entries)) record[key] = merge(key, one, record[key]);
  };
  const note = JSON.parse(JSON.stringify(imlPlayer.bringing.noted(get, brought, 'file.json')));
  put(brought);
  const between = Object.assign({}, record);
  put(since);
  const last = Object.assign({}, record);
  for (const [key, entry] of Object.entries(imlPlayer.bringing.undone(note, get))) {
    if (entry) record[key] = entry;
    else delete record[key];
  }
  return {
    record, between, last,
    valid: Object.entries(record).every(([key, entry]) => isValid(key, entry)),
    note: isValid('undo/x', note),
    same: canonical(record) === canonical(before),
  };
}"""


def offer(
    engine: Engine, me: dict[str, Any], keys: list[str], names: list[str], theirs: dict[str, Any]
) -> dict[str, Any]:
    found = {"entries": {"me": theirs, "item/m01-i01": {}}, "names": names}
    got: dict[str, Any] = engine.evaluate(OFFER, [{"me": me, "keys": keys}, found])
    return got


DONE = ["me", "item/m01-i02"]


@pytest.mark.parametrize(
    ("me", "keys", "names", "theirs", "empty", "same", "into"),
    [
        # Where nothing was done yet, a record may be used as it is.
        ({}, [], [], {}, True, False, True),
        ({"role": "border"}, ["me"], ["Amina"], {"name": "Amina"}, True, False, True),
        # What has no name goes into nobody's, and nothing goes into what has none.
        ({"name": "Boris"}, DONE, [], {}, False, False, False),
        ({}, DONE, [], {}, False, False, False),
        ({}, DONE, ["Amina"], {"name": "Amina"}, False, False, False),
        # It is the same record when it has the same account, and the same learner by name.
        ({"account": "x"}, DONE, [], {"account": "x"}, False, True, True),
        ({"name": "Amina"}, DONE, ["Amina"], {"name": "Amina"}, False, True, True),
        # Two names: it may be the same person's, who says so.
        ({"name": "Boris"}, DONE, ["Amina"], {"name": "Amina"}, False, False, True),
        # A file of several is nobody's own.
        ({"name": "Amina"}, DONE, ["Amina", "Boris"], {"name": "Amina"}, False, False, False),
        # Somebody with a name has begun, though nothing was answered yet.
        ({"name": "Boris"}, ["me"], [], {}, False, False, False),
    ],
)
def test_it_is_told_whose_a_record_may_be(
    engine: Engine, me: dict[str, Any], keys: list[str], names: list[str],
    theirs: dict[str, Any], empty: bool, same: bool, into: bool,
) -> None:  # fmt: skip
    got = offer(engine, me, keys, names, theirs)
    assert (got["empty"], got["same"], got["into"]) == (empty, same, into)


TIMES = st.integers(0, 500).map(lambda n: f"2026-01-{1 + n % 28:02d}T{n % 24:02d}:00:00.000Z")
SHARES = st.sampled_from([0, 0.5, 1])


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    at, points = draw(TIMES), draw(SHARES)
    entry = {
        "v": 1, "at": at, "item": draw(st.sampled_from("vw")), "type": "single", "points": points,
        "response": draw(st.sampled_from("abc")), "tries": draw(st.integers(1, 3)), "best": points,
        "shown": draw(st.booleans()), "earlier": [],
        "first": {"at": at, "points": points, "response": "a"},
    }  # fmt: skip
    if draw(st.booleans()):
        entry["review"] = {"box": 0, "due": AT, "at": at}
    return entry


def reads() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "v": st.just(1),
            "at": TIMES,
            "sections": st.dictionaries(st.sampled_from(["s1", "s2", "s3"]), TIMES),
        }
    )


def mes() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"v": st.just(1), "at": TIMES},
        optional={"name": st.sampled_from(["A", "B"]), "role": st.sampled_from(["x", "y"])},
    )


RECORDS = st.fixed_dictionaries(
    {},
    optional={"item/i1": items(), "item/i2": items(), "read/m01": reads(), "me": mes()},
)


@given(before=RECORDS, brought=RECORDS)
def test_undone_at_once_all_is_as_it_was(
    engine: Engine, before: dict[str, Any], brought: dict[str, Any]
) -> None:
    got = engine.evaluate(UNDO, [before, brought, {}])
    assert got["note"], "what undoes it can be kept"
    assert got["valid"]
    for key in ("item/i1", "item/i2", "read/m01", "me"):
        # What came in and changed nothing needs no undoing.
        assert got["record"].get(key) == before.get(key) or (
            key in before and got["between"][key] == got["record"][key]
        )


@given(before=RECORDS, brought=RECORDS, since=RECORDS)
def test_what_was_done_since_stays_and_the_record_is_whole(
    engine: Engine, before: dict[str, Any], brought: dict[str, Any], since: dict[str, Any]
) -> None:
    got = engine.evaluate(UNDO, [before, brought, since])
    assert got["valid"]
    for key, entry in got["last"].items():
        if entry != got["between"].get(key):
            # It was changed since: it is still there, and answers to an item with all of it.
            left = got["record"][key]
            assert left == entry or not key.startswith("item/")


def test_an_answer_that_was_given_since_stays_and_the_rest_goes(engine: Engine) -> None:
    def item(at: str, points: float) -> dict[str, Any]:
        first = {"at": at, "points": points, "response": "a"}
        return {
            "v": 1, "at": at, "item": "v", "type": "single", "response": "a", "points": points,
            "tries": 1, "best": points, "shown": False, "first": first, "earlier": [],
        }  # fmt: skip

    brought = {
        "item/i1": item("2026-01-02T00:00:00.000Z", 1),
        "item/i2": item("2026-01-02T00:00:00.000Z", 1),
        "read/m01": {"v": 1, "at": AT, "sections": {"s1": AT}},
    }
    since = {
        "item/i2": item("2026-01-03T00:00:00.000Z", 0),
        "read/m01": {"v": 1, "at": "2026-01-03T00:00:00.000Z",
                     "sections": {"s2": "2026-01-03T00:00:00.000Z"}},
    }  # fmt: skip
    record = engine.evaluate(UNDO, [{}, brought, since])["record"]
    assert set(record) == {"item/i2", "read/m01"}
    assert record["item/i2"]["at"] == "2026-01-03T00:00:00.000Z"
    assert record["read/m01"]["sections"] == {"s2": "2026-01-03T00:00:00.000Z"}


# --- what was promised ---------------------------------------------------------------------------

ASKED = """([promises, now]) => {
  const course = {modules: [{id: 'm01'}, {id: 'm02'}]};
  const store = {get: (key) => promises[key] || null};
  const found = imlPlayer.promised.toAsk(course, store, now);
  return found && found.module.id;
}"""


def promise(made: str, answer: str = "", answered: str = "") -> dict[str, Any]:
    return {
        "v": 1, "at": made, "text": "ask first", "made": made, "answer": answer,
        "answered": answered, "words": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "now", "asked"),
    [
        ({}, "2026-03-01", None),
        ({"promise/m01": promise(AT)}, "2026-01-21", None),
        ({"promise/m01": promise(AT)}, "2026-01-22", "m01"),
        ({"promise/m01": promise(AT, "done", AT)}, "2026-03-01", None),
        ({"promise/m01": promise(AT, "gone", AT)}, "2026-03-01", None),
        # What is not done yet is asked after again, three weeks later.
        ({"promise/m01": promise(AT, "later", "2026-01-25T00:00:00.000Z")}, "2026-02-14", None),
        ({"promise/m01": promise(AT, "later", "2026-01-25T00:00:00.000Z")}, "2026-02-15", "m01"),
        ({"promise/m01": promise(AT, "done", AT), "promise/m02": promise(AT)}, "2026-02-01", "m02"),
        ({"promise/m01": promise(AT) | {"text": ""}}, "2026-02-01", None),
    ],
)
def test_three_weeks_after_a_promise_it_is_asked_how_it_went(
    engine: Engine, kept: dict[str, Any], now: str, asked: str | None
) -> None:
    assert engine.evaluate(ASKED, [kept, f"{now}T00:00:00.000Z"]) == asked
    for key, entry in kept.items():
        assert engine.evaluate("(a) => imlPlayer.record.isValid(...a)", [key, entry])


def test_a_promise_goes_out_and_comes_back_with_the_record(engine: Engine) -> None:
    course = {
        "id": "c",
        "iri": "https://c.invalid/",
        "title": "C",
        "version": "1",
        "language": "en",
    }
    entries = {"promise/m01": promise(AT, "done", AT)}
    back = engine.evaluate(
        """([course, entries]) => imlPlayer.xapi.recordFrom(course,
          JSON.parse(JSON.stringify(imlPlayer.xapi.statements(course, 'me', entries))))""",
        [course, entries],
    )
    assert back["entries"] == entries


# --- how far it is -------------------------------------------------------------------------------


def test_the_minutes_of_a_week_are_those_of_the_steps_read_in_it_and_a_quiz_counts_nothing(
    engine: Engine,
) -> None:
    module = {"id": "m01", "sections": [{"id": "s1"}, {"id": "s2"}], "steps": [7, 8, 6],
              "quiz": {"id": "q"}, "minutes": 21}  # fmt: skip
    ended = {"v": 1, "at": AT, "test": "q", "begun": AT, "ended": "2026-01-20T00:00:00.000Z"}
    entries = {
        "read/m01": {"sections": {"s1": AT, "s2": "2026-01-20T00:00:00.000Z"}},
        "attempt/q/x": ended,
    }
    minutes = """([module, entries, since]) => imlPlayer.standing.minutesSince(
      {modules: [module]}, {get: (key) => entries[key] || null,
      keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix))}, since)"""
    assert engine.evaluate(minutes, [module, entries, "2026-01-15T00:00:00.000Z"]) == 8
    assert engine.evaluate(minutes, [module, entries, AT]) == 15
    assert engine.evaluate(minutes, [module, {}, AT]) == 0
