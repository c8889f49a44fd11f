"""The rules of a learner's record, one by one: what is whole, what is merged, what comes back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine import Engine
from test_record_merge import GOOD, LAST_VALID

Entry = dict[str, Any]
AT, LATER = "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"
LONG = "x" * 300

# --- what is whole -------------------------------------------------------------------------------

ITEM, ATTEMPT, READ, WORK = (
    GOOD[key] for key in ("item/i", "attempt/t/x", "read/m06", "work/w")
)  # fmt: skip
FIRST, DRAWN = ITEM["first"], ATTEMPT["items"][0]
VERSION = {key: value for key, value in ITEM.items() if key not in ("v", "earlier")}
REVIEW = ITEM["review"]

RULES: dict[str, tuple[list[Entry], list[Entry]]] = {
    # for each kind: changes with which it is whole, changes with which it is damaged
    "item/i": (
        [{}, {"type": None}, {"points": 1}, {"best": 1}, {"tries": 99}, {"shown": None},
         {"review": None}, {"earlier": [VERSION, VERSION]}, {"seq": 0}, {"seq": LAST_VALID},
         {"earlier": [{**VERSION, "best": None}]}, {"response": None},
         {"review": {**REVIEW, "box": 5, "due": None}}, {"review": {**REVIEW, "due": None}},
         {"review": {**REVIEW, "stability": 1.5, "difficulty": None}}],
        [{"item": None}, {"item": 7}, {"type": 7}, {"points": None}, {"points": 1.01},
         {"points": -0.01}, {"points": "1"}, {"best": None}, {"best": 1.01}, {"tries": 0},
         {"tries": 1.5}, {"tries": None}, {"shown": 1}, {"first": None},
         {"first": {**FIRST, "points": 2}}, {"first": {**FIRST, "at": None}}, {"earlier": None},
         {"earlier": {}}, {"earlier": [7]}, {"earlier": [VERSION, {**VERSION, "tries": 0}]},
         {"earlier": [{**VERSION, "best": 2}]},
         {"review": 7}, {"review": {**REVIEW, "box": -1}}, {"review": {**REVIEW, "box": 1.5}},
         {"review": {**REVIEW, "box": 99, "due": None}}, {"review": {**REVIEW, "due": 7}},
         {"review": {**REVIEW, "box": 5}}, {"review": {**REVIEW, "at": "then"}},
         {"review": {**REVIEW, "stability": "1"}}, {"review": {**REVIEW, "difficulty": []}},
         {"seq": -1}, {"seq": 1.5}, {"seq": None}, {"seq": LAST_VALID * 2}, {"v": 2}, {"v": "1"},
         {"at": None}, {LONG + "x": 1}, {"": 1}],
    ),
    "attempt/t/x": (
        [{}, {"kind": None}, {"course": None}, {"id": None}, {"items": [], "answers": {}},
         {"ended": LATER, "points": 0.5, "passed": True}, {"results": {"i": 1}},
         {"begunSeq": 0}, {"points": 0.5}, {"place": 1, "items": [DRAWN, DRAWN]},
         {"items": [{"id": LONG, "version": ""}]}],
        [{"test": None}, {"begun": None}, {"begun": "then"}, {"kind": 7}, {"course": 7},
         {"id": 7}, {"ended": "then", "points": 1}, {"ended": LATER}, {"ended": 0},
         {"ended": LATER, "points": 2}, {"items": {}}, {"items": [7]}, {"items": [{"id": "i"}]},
         {"items": [{**DRAWN, "id": ""}]}, {"items": [{**DRAWN, "id": LONG + "x"}]},
         {"items": [{**DRAWN, "type": 7}]}, {"items": [], "place": 1}, {"place": -1},
         {"place": 1}, {"place": 0.5}, {"answers": []}, {"answers": {"i": {"response": "a"}}},
         {"answers": {"": {"at": AT}}}, {"results": None}, {"results": {"i": 2}},
         {"points": 2}, {"passed": 1}, {"begunSeq": -1}, {"begunSeq": "1"}],
    ),
    "read/m06": (
        [{}, {"done": LATER}, {"done": None}, {"place": "m06-s1"}, {"sections": {}},
         {"stamps": {"done": 0}}],
        [{"done": "then"}, {"done": 7}, {"place": ""}, {"place": 7}, {"sections": None},
         {"sections": {"s1": None}}, {"sections": {"s1": "then"}}, {"stamps": 7},
         {"stamps": {"done": -1}}, {"stamps": {"done": "0"}}],
    ),
    "work/w": (
        [{}, {"fields": {}}, {"self": {"a": {"at": AT, "points": 2}}},
         {"peer": {"a": {"at": AT}}}, {"peer": {"a": {"at": AT, "points": None}}}],
        [{"fields": None}, {"fields": {"a": {"text": "x"}}}, {"fields": {"a": {"at": AT}}},
         {"fields": {"a": {"at": AT, "text": 7}}}, {"self": None}, {"peer": None},
         {"self": {"a": {"points": 2}}}, {"self": {"a": {"at": AT, "points": 1.5}}},
         {"peer": {"a": {"at": AT, "points": "2"}}}],
    ),
    "draft/i": (
        [{"item": "v", "response": []}, {"item": "v", "response": ["a", "b"]}],
        [{"response": []}, {"item": 7, "response": []}, {"item": "v"},
         {"item": "v", "response": "a"}, {"item": "v", "response": ["a", 7]}],
    ),
    "promise/m06": (
        [{"text": "x", "made": AT}, {"text": "", "made": AT, "answer": "yes", "words": "x",
                                     "answered": LATER}, {"text": "x", "made": AT, "answered": ""},
         {"text": "x", "made": AT, "answered": None, "stamps": {"text": 5}}],
        [{"made": AT}, {"text": 7, "made": AT}, {"text": "x"}, {"text": "x", "made": "then"},
         {"text": "x", "made": AT, "answer": 7}, {"text": "x", "made": AT, "words": 7},
         {"text": "x", "made": AT, "answered": "then"},
         {"text": "x", "made": AT, "stamps": {"text": 0.5}}],
    ),
    "me": (
        [{}, {"name": "", "account": "x", "role": "", "whole": True}, {"name": None},
         {"role": "border"}, {"whole": None}, {"more": [1, {"a": None}]}],
        [{"name": 7}, {"account": 7}, {"role": 7}, {"role": LONG + "x"}, {"role": "toString"},
         {"whole": "yes"}, {"stamps": []}],
    ),
    "undo/1": ([{}, {"anything": {"at": "all"}}], [{"v": 0}, {"at": "then"}]),
}  # fmt: skip


@pytest.mark.parametrize("key", RULES)
def test_an_entry_is_whole_by_the_rules_of_its_kind(engine: Engine, key: str) -> None:
    plain = {"v": 1, "at": AT}
    good = plain if key in ("me", "draft/i") else GOOD.get(key, plain)
    for changes, wanted in zip(RULES[key], (True, False), strict=True):
        entries = [{**good, **change} for change in changes]
        found = engine.evaluate(
            "([key, entries]) => entries.map((one) => imlPlayer.record.isValid(key, one))",
            [key, entries],
        )
        assert [change for change, is_so in zip(changes, found, strict=True)
                if is_so is not wanted] == []  # fmt: skip


@pytest.mark.parametrize("value", [None, 7, "x", [], [{"v": 1, "at": AT}]])
def test_what_is_no_object_is_no_entry(engine: Engine, value: object) -> None:
    valid, newer = engine.evaluate(
        "(one) => [imlPlayer.record.isValid('me', one), imlPlayer.record.isNewer(one)]", value
    )
    assert (valid, newer) == (False, False)


def test_values_are_in_one_another_twenty_deep_at_most(engine: Engine) -> None:
    found = engine.evaluate(
        """(at) => [18, 19, 20, 21].map(function (depth) {
          let value = 1;
          for (let n = 0; n < depth; n += 1) value = [value];
          return imlPlayer.record.isValid('me', { v: 1, at, more: value });
        })""",
        AT,
    )
    assert found == [True, True, False, False]


@pytest.mark.parametrize(
    ("time", "valid"),
    [
        ("2026-01-31T00:00Z", True), ("2026-01-31T00:00:00Z", True),
        ("2026-01-31T00:00:00.123456789Z", True), ("2026-01-31T23:59:59+05:30", True),
        ("2026-01-31T23:59:59-0530", True), ("2024-02-29T00:00:00Z", True),
        ("1970-01-01T00:00:00Z", True), ("8999-12-31T23:59:59Z", True),
        ("1969-12-31T23:59:59Z", False), ("9000-01-01T00:00:00Z", False),
        ("2026-02-29T00:00:00Z", False), ("2026-04-31T00:00:00Z", False),
        ("2026-00-10T00:00:00Z", False), ("2026-01-00T00:00:00Z", False),
        ("2026-01-31", False), ("2026-01-31T00:00:00", False), ("2026-01-31T25:00:00Z", False),
        ("2026-01-31 00:00:00Z", False), ("x2026-01-31T00:00:00Z", False),
        ("2026-01-31T00:00:00Zx", False), (5, False),
    ],
)  # fmt: skip
def test_a_time_is_a_day_that_there_was_with_its_offset(
    engine: Engine, time: object, valid: bool
) -> None:
    assert engine.evaluate(
        "(at) => imlPlayer.record.isValid('me', { v: 1, at })", time
    ) is valid  # fmt: skip


def test_what_a_newer_version_wrote_is_told_by_its_format(engine: Engine) -> None:
    found = engine.evaluate(
        "(list) => list.map((v) => imlPlayer.record.isNewer({ v }))", [0, 1, 2, 99, "2", None]
    )
    assert found == [False, False, True, True, False, False]


def test_what_is_brought_in_leaves_room_for_what_is_written_after_it(engine: Engine) -> None:
    latest = round(datetime(9000, 1, 1, tzinfo=UTC).timestamp() * 1000)
    found = engine.evaluate(
        """([at, seqs]) => seqs.map((seq) => [
          imlPlayer.record.isWelcome('me', { v: 1, at, seq }),
          imlPlayer.record.isWelcome('me', { v: 1, at, stamps: { name: seq } }),
          imlPlayer.record.isWelcome('work/w', { v: 1, at, self: {}, peer: {},
            fields: { a: { text: 'x', at, seq } } }),
          imlPlayer.record.isValid('me', { v: 1, at, seq })])""",
        [AT, [5, latest - 1, latest]],
    )
    assert found == [[True] * 4, [True] * 4, [False, False, False, True]]


# --- what is brought together --------------------------------------------------------------------


def merged(engine: Engine, key: str, one: Entry | None, other: Entry | None) -> Any:
    """Both ways round, which give the same."""
    both = engine.evaluate(
        "([key, a, b]) => [imlPlayer.record.merge(key, a, b), imlPlayer.record.merge(key, b, a)]",
        [key, one, other],
    )
    assert both[0] == both[1]
    return both[0]


def me(at: str = AT, **more: Any) -> Entry:
    return {"v": 1, "at": at, **more}


def test_what_there_is_alone_stays_as_it_is(engine: Engine) -> None:
    assert merged(engine, "me", None, None) is None
    assert merged(engine, "me", me(name="Ada"), None) == me(name="Ada")


def test_each_field_of_ones_own_is_the_one_that_was_written_last(engine: Engine) -> None:
    early, late = me(AT, name="Ada", role="ngo"), me(LATER, name="Ann")
    found = merged(engine, "me", early, late)
    assert (found["name"], found["role"], found["at"]) == ("Ann", "ngo", LATER)
    # When the role was written, which is older than the entry, is kept with it.
    assert found["stamps"] == {"role": 1767225600000}
    between = me("2026-01-01T12:00:00.000Z", role="police", name="Old")
    again = merged(engine, "me", found, between)
    assert (again["name"], again["role"]) == ("Ann", "police")
    assert again["stamps"] == {"role": 1767268800000}
    newest = merged(engine, "me", again, me("2026-01-03T00:00:00.000Z", name="Amy", role="ngo"))
    assert newest == me("2026-01-03T00:00:00.000Z", name="Amy", role="ngo")


def test_of_two_that_were_written_at_once_one_is_always_taken(engine: Engine) -> None:
    found = merged(engine, "me", me(name="Ada"), me(name="Bob"))
    assert found == me(name="Bob")
    assert merged(engine, "me", found, me(name="Ada")) == found


def test_the_clock_that_never_runs_back_comes_before_the_time(engine: Engine) -> None:
    back = me("2020-01-01T00:00:00.000Z", seq=1767225600001, name="Ann")
    assert merged(engine, "me", me(AT, name="Ada"), back)["name"] == "Ann"


def test_a_section_stays_read_since_it_was_first(engine: Engine) -> None:
    one = me(LATER, sections={"s1": LATER, "s2": AT}, done=LATER)
    other = me(AT, sections={"s1": AT, "s3": "2026-01-01T01:00:00+01:00"}, done="")
    found = merged(engine, "read/m06", one, other)
    assert found["sections"] == {"s1": AT, "s2": AT, "s3": "2026-01-01T01:00:00+01:00"}
    assert (found["done"], found["at"]) == (LATER, LATER)
    same = merged(engine, "read/m06", me(sections={"s": AT}),
                  me(sections={"s": "2026-01-01T01:00:00+01:00"}))  # fmt: skip
    assert same["sections"] == {"s": AT}  # the same moment: always the same one of the two


def test_of_a_worksheet_each_part_is_what_was_written_last(engine: Engine) -> None:
    def text(words: str, at: str) -> Entry:
        return {"text": words, "at": at}

    one = me(AT, fields={"a": text("new", LATER), "b": text("b", AT)}, peer={},
             self={"x": {"points": 1, "at": AT}}, title="old")  # fmt: skip
    other = me(LATER, fields={"a": text("old", AT), "c": text("c", AT)}, self={},
               peer={"x": {"points": 2, "at": AT}}, title="new")  # fmt: skip
    assert merged(engine, "work/w", one, other) == me(
        LATER,
        fields={"a": text("new", LATER), "b": text("b", AT), "c": text("c", AT)},
        self={"x": {"points": 1, "at": AT}},
        peer={"x": {"points": 2, "at": AT}},
        title="new",
    )


def test_an_attempt_that_goes_on_has_the_last_answer_to_each_question(engine: Engine) -> None:
    def answer(value: str, at: str) -> Entry:
        return {"response": value, "at": at}

    one = {**ATTEMPT, "answers": {"i": answer("a", LATER), "j": answer("b", AT)}, "place": 0}
    other = {**ATTEMPT, "at": LATER, "answers": {"i": answer("c", AT)}, "place": 2}
    found = merged(engine, "attempt/t/x", one, other)
    assert found["answers"] == {"i": answer("a", LATER), "j": answer("b", AT)}
    assert (found["place"], found["at"]) == (2, LATER)


def test_an_attempt_that_was_ended_stays_as_it_ended_first(engine: Engine) -> None:
    open_ = {**ATTEMPT, "at": "2026-01-05T00:00:00.000Z"}
    ended = {**ATTEMPT, "at": AT, "ended": AT, "points": 0.5}
    again = {**ATTEMPT, "at": LATER, "ended": LATER, "points": 1}
    found = merged(engine, "attempt/t/x", open_, ended)
    assert (found["ended"], found["points"], found["at"]) == (AT, 0.5, open_["at"])
    found = merged(engine, "attempt/t/x", again, ended)
    assert (found["ended"], found["points"], found["at"]) == (AT, 0.5, LATER)
    twice = merged(engine, "attempt/t/x", {**ended, "points": 0.25}, ended)
    assert twice["points"] == 0.25  # at the same moment: always the same one


def item(at: str = AT, **more: Any) -> Entry:
    first = {"response": more.get("response", "a"), "points": more.get("points", 0), "at": at}
    return {**ITEM, "at": at, "first": first, "review": None, **more}


def test_of_an_item_the_last_answer_the_first_try_and_the_best_stay(engine: Engine) -> None:
    early = item(AT, response="a", points=0, tries=3, best=0.5, shown=True)
    late = item(LATER, response="b", points=0.25, tries=2, best=0.25)
    found = merged(engine, "item/i", early, late)
    assert (found["response"], found["points"], found["at"]) == ("b", 0.25, LATER)
    assert (found["tries"], found["best"], found["shown"]) == (3, 0.5, True)
    assert found["first"] == early["first"]
    assert found["earlier"] == []


def test_of_an_item_the_last_review_stays(engine: Engine) -> None:
    early = item(LATER, review={**REVIEW, "box": 3, "at": AT})
    late = item(AT, review={**REVIEW, "box": 1, "at": LATER})
    assert merged(engine, "item/i", early, late)["review"]["box"] == 1
    assert merged(engine, "item/i", early, item(AT))["review"]["box"] == 3


def test_answers_to_an_earlier_version_are_kept_below_the_last_one(engine: Engine) -> None:
    old = item(AT, item="v1", points=1, best=0)
    new = item(LATER, item="v2")
    found = merged(engine, "item/i", old, new)
    assert (found["item"], found["v"]) == ("v2", 1)
    (earlier,) = found["earlier"]
    assert (earlier["item"], earlier["best"]) == ("v1", 1)
    assert "v" not in earlier
    third = merged(engine, "item/i", found, item("2026-01-01T12:00:00.000Z", item="v0", tries=7))
    assert [one["item"] for one in third["earlier"]] == ["v1", "v0"]
    more = merged(engine, "item/i", third, item("2026-01-03T00:00:00.000Z", item="v1", tries=9))
    assert more["item"] == "v1"
    assert (more["tries"], more["best"]) == (9, 1)
    assert [one["item"] for one in more["earlier"]] == ["v0", "v2"]


def test_what_is_of_no_kind_that_is_known_is_what_was_written_last(engine: Engine) -> None:
    assert merged(engine, "undo/1", me(AT, a=1), me(LATER, b=2)) == me(LATER, b=2)
    assert merged(engine, "draft/i", me(LATER, a=1), me(AT, b=2)) == me(LATER, a=1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8])
def test_many_are_brought_together_as_two_are(engine: Engine, count: int) -> None:
    many = [me(f"2026-01-0{n + 1}T00:00:00.000Z", **{f"name{n}": n}) for n in range(count)]
    found = engine.evaluate("(all) => imlPlayer.record.mergeAll('me', all)", many)
    if not count:
        assert found is None
        return
    assert {key: value for key, value in found.items() if key.startswith("name")} == {
        f"name{n}": n for n in range(count)
    }


def test_equal_values_are_written_alike(engine: Engine) -> None:
    found = engine.evaluate(
        """() => [{ b: 1, a: [1, { d: null, c: undefined }] }, undefined, null, 'x', [undefined],
          { '': true }].map(imlPlayer.record.canonical)"""
    )
    assert found == ['{"a":[1,{"d":null}],"b":1}', "null", "null", '"x"', "[null]", '{"":true}']


# --- what comes back -----------------------------------------------------------------------------

NOW = "2026-06-01T12:00:00.000Z"


def due(engine: Engine, record: Entry | None) -> Any:
    return engine.evaluate(
        "([record, now]) => [imlPlayer.record.dueAt(record, now), "
        "imlPlayer.record.isDue(record, now)]",
        [record, NOW],
    )


def reviewed(due_at: str | None, at: str = "2026-05-01T12:00:00.000Z", **more: Any) -> Entry:
    return {"type": "single", "review": {"box": 1, "due": due_at, "at": at}, **more}


@pytest.mark.parametrize(
    ("record", "when", "now"),
    [
        (None, None, False),
        ({"type": "single"}, None, False),
        (reviewed(None), None, False),
        (reviewed("2026-05-31T00:00:00.000Z"), "2026-05-31T00:00:00.000Z", True),
        (reviewed(NOW), NOW, True),
        (reviewed("2026-06-01T12:00:00.001Z"), "2026-06-01T12:00:00.001Z", False),
        (reviewed(NOW, type="scenario"), None, False),
        # Dated by a clock that has been set right since: at once.
        (reviewed("2026-07-01T00:00:00.000Z", at="2026-06-01T12:01:00.000Z"),
         "2026-07-01T00:00:00.000Z", False),
        (reviewed("2026-07-01T00:00:00.000Z", at="2026-06-01T12:01:00.001Z"), NOW, True),
    ],
)  # fmt: skip
def test_what_was_missed_comes_back_on_its_day(
    engine: Engine, record: Entry | None, when: str | None, now: bool
) -> None:
    assert due(engine, record) == [when, now]


def test_nothing_waits_longer_than_it_may(engine: Engine) -> None:
    longest = engine.evaluate("() => imlPlayer.shared.record.longest")
    day = engine.evaluate(
        "([now, days]) => new Date(Date.parse(now) + days * 86400000).toISOString()",
        [NOW, longest + 1],
    )
    assert due(engine, reviewed(day)) == [day, False]
    assert due(engine, reviewed(day.replace(".000Z", ".001Z"))) == [NOW, True]


def test_the_morning_of_a_day_is_at_four(engine: Engine) -> None:
    found = engine.evaluate(
        """() => {
          const at = new Date(2026, 0, 31, 23, 30);
          const due = (days) => new Date(imlPlayer.record.inDays(at.toISOString(), days));
          const parts = (day) => [day.getMonth(), day.getDate(), day.getHours(), day.getMinutes()];
          return [parts(due(0)), parts(due(1)), parts(due(29))];
        }"""
    )
    assert found == [[0, 31, 4, 0], [1, 1, 4, 0], [2, 1, 4, 0]]


def test_no_day_lies_behind_all_that_a_record_can_hold(engine: Engine) -> None:
    found = engine.evaluate("() => imlPlayer.record.inDays('8999-12-31T00:00:00Z', 400)")
    assert found == "8999-12-31T23:59:59.999Z"


def test_a_new_answer_stands_on_top_of_what_there_was(engine: Engine) -> None:
    found = engine.evaluate(
        """([before]) => {
          const view = { version: 'v', kind: 'single' };
          const { recordOf } = imlPlayer.record;
          const right = recordOf(view, 'a', 1, null);
          const wrong = recordOf(view, 'b', 0.5, null);
          const again = recordOf(view, 'c', 0.75, { ...before, best: 0.5, tries: 2, shown: true });
          const known = recordOf(view, 'c', 1, { ...before, review: undefined });
          const other = recordOf({ version: 'w', kind: 'single' }, 'd', 1, before);
          return { right, wrong, again, known, other };
        }""",
        [ITEM],
    )
    right, wrong, again = found["right"], found["wrong"], found["again"]
    assert (right["tries"], right["best"], right["shown"], right["earlier"]) == (1, 1, False, [])
    assert "review" not in right
    assert right["first"]["response"] == "a"
    assert (right["type"], right["item"], right["v"]) == ("single", "v", 1)
    assert (wrong["review"]["box"], wrong["points"]) == (0, 0.5)
    assert (again["tries"], again["best"], again["shown"]) == (3, 0.75, True)
    assert again["first"] == ITEM["first"]
    assert again["review"] == REVIEW
    assert "review" not in found["known"]
    assert [one["item"] for one in found["other"]["earlier"]] == ["v"]
    assert (found["other"]["tries"], found["other"]["first"]["response"]) == (1, "d")


# --- attempts ------------------------------------------------------------------------------------


def test_attempts_come_in_the_order_in_which_they_were_begun(engine: Engine) -> None:
    found = engine.evaluate(
        """() => {
          const entries = {
            'attempt/t/1': { begun: '2026-01-02T00:00:00Z' },
            'attempt/t/2': { begun: '2026-01-02T00:30:00+01:00' },
            'attempt/t/3': { begun: '2030-01-01T00:00:00Z', begunSeq: 5 },
            'attempt/t/4': { begun: '2026-01-02T01:00:00+01:00' },
            'attempt/tt/1': { begun: '2026-01-01T00:00:00Z' },
          };
          const store = { get: (key) => ({ ...entries[key], key }),
            keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)) };
          return imlPlayer.record.attemptsAt(store, 't').map((one) => one.key);
        }"""
    )
    assert found == ["attempt/t/3", "attempt/t/2", "attempt/t/1", "attempt/t/4"]


def test_the_best_attempt_is_the_first_of_the_ended_ones_with_most_points(engine: Engine) -> None:
    found = engine.evaluate(
        """() => [[], [{ points: 1, ended: null }], [{ n: 1, points: 0.5, ended: 'x' },
          { n: 2, points: 0.75, ended: 'x' }, { n: 3, points: 0.75, ended: 'x' },
          { n: 4, points: 1, ended: null }]].map(imlPlayer.record.bestAttempt)"""
    )
    assert found == [None, None, {"n": 2, "points": 0.75, "ended": "x"}]


@pytest.mark.parametrize(
    ("share", "percent"), [(0, 0), (1, 100), (0.29, 29), (0.7, 70), (2 / 3, 66), (0.6999, 69)]
)
def test_a_share_is_told_in_whole_per_cent_and_never_more(
    engine: Engine, share: float, percent: int
) -> None:
    assert engine.evaluate("(share) => imlPlayer.record.percent(share)", share) == percent
