"""Statements of a record, one by one: which there are, what they say, and how they are read."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Engine
from test_record_merge import COURSE, GOOD, IRI

Entry = dict[str, Any]
AT, LATER = "2026-01-01T00:00:00.000Z", "2026-01-01T00:01:30.000Z"
STATEMENTS = """([course, entries, newer]) =>
  imlPlayer.xapi.statements(course, 'lot', entries, newer)"""
READ = "([course, read]) => imlPlayer.xapi.recordFrom(course, read)"


def statements(engine: Engine, entries: dict[str, Entry], newer: object = None) -> list[Entry]:
    found: list[Entry] = engine.evaluate(STATEMENTS, [COURSE, entries, newer])
    return found


def said(statement: Entry) -> tuple[str, str]:
    """The verb and the object, without what all of them begin with."""
    return (
        statement["verb"]["id"].rpartition("/")[2],
        statement["object"]["id"].removeprefix(IRI),
    )


@pytest.mark.parametrize(
    ("response", "written"),
    [
        ("a", "a"), (["a", "b"], "a[,]b"), ([], ""), ({"a": "b", "c": "d"}, "a[.]b[,]c[.]d"),
        (None, ""), (7, "7"), (0, "0"),
    ],
)  # fmt: skip
def test_a_response_is_written_as_xapi_has_it(
    engine: Engine, response: object, written: str
) -> None:
    entry = {**GOOD["item/i"], "response": response}
    (made,) = statements(engine, {"item/i": entry})
    assert made["result"]["response"] == written


def test_an_answer_after_a_first_one_is_two_statements_of_which_the_last_holds_the_entry(
    engine: Engine,
) -> None:
    entry = {**GOOD["item/i"], "at": LATER, "points": 1, "best": 1}
    first, last = statements(engine, {"item/i": entry})
    assert [said(first), said(last)] == [("answered", "items/i")] * 2
    assert [one["timestamp"] for one in (first, last)] == [AT, LATER]
    assert [one["result"]["success"] for one in (first, last)] == [False, True]
    assert [one["result"]["score"]["scaled"] for one in (first, last)] == [0, 1]
    assert f"{IRI}xapi/entry" not in first["context"]["extensions"]
    assert last["context"]["extensions"] == {
        f"{IRI}xapi/key": "item/i",
        f"{IRI}xapi/entry": entry,
    }


@pytest.mark.parametrize(
    ("type_", "response", "kind"),
    [("single", "a", "choice"), ("truefalse", "true", "true-false"),
     ("truefalse", ["true", "r1"], "choice"), ("nonsense", "a", "other"),
     ("toString", "a", "other")],
)  # fmt: skip
def test_each_type_is_a_kind_of_interaction(
    engine: Engine, type_: str, response: object, kind: str
) -> None:
    entry = {**GOOD["item/i"], "type": type_, "response": response}
    (made,) = statements(engine, {"item/i": entry})
    assert made["object"]["definition"]["interactionType"] == kind


ATTEMPT = {
    **GOOD["attempt/t/x"], "ended": LATER, "points": 0.5, "passed": None,
    "items": [{"id": name, "version": "v", "type": "single"} for name in "ijk"],
    "answers": {"i": {"response": "a", "at": AT}, "j": {"response": None, "at": AT}},
    "results": {"i": 1},
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "verbs"),
    [
        ({}, ["answered", "completed"]),
        ({"passed": True}, ["answered", "completed", "passed"]),
        ({"passed": False}, ["answered", "completed", "failed"]),
        ({"ended": None, "points": None}, ["attempted"]),
    ],
)
def test_an_attempt_is_stated_with_each_question_that_was_answered(
    engine: Engine, changed: Entry, verbs: list[str]
) -> None:
    made = statements(engine, {"attempt/t/x": {**ATTEMPT, **changed}})
    assert sorted(said(one)[0] for one in made) == verbs
    assert len({one["context"]["registration"] for one in made}) == 1
    assert sum(f"{IRI}xapi/entry" in one["context"]["extensions"] for one in made) == 1


def test_the_result_of_a_test_says_its_points_and_how_long_it_took(engine: Engine) -> None:
    made = statements(engine, {"attempt/t/x": ATTEMPT})
    (done,) = [one for one in made if said(one)[0] == "completed"]
    assert done["result"] == {
        "score": {"scaled": 0.5, "raw": 1.5, "min": 0, "max": 3}, "completion": True,
        "duration": "PT90S",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "entry", "statement"),
    [
        ("read/m06", {"sections": {}}, ("progressed", "modules/m06")),
        ("read/m06", {"sections": {}, "done": ""}, ("progressed", "modules/m06")),
        ("read/m06", {"sections": {}, "done": AT}, ("completed", "modules/m06")),
        ("draft/i", {}, ("attempted", "items/i")),
        ("work/w", {}, ("attempted", "worksheets/w")),
        ("promise/m06", {"text": "x"}, ("commented", "modules/m06")),
        ("me", {"name": "Ada"}, ("registered", "course")),
    ],
)
def test_each_kind_of_entry_has_its_statement(
    engine: Engine, key: str, entry: Entry, statement: tuple[str, str]
) -> None:
    (made,) = statements(engine, {key: {"v": 1, "at": AT, **entry}})
    assert said(made) == statement
    assert made["timestamp"] == AT


def test_what_is_not_understood_is_passed_on_and_what_has_no_statement_is_not(
    engine: Engine,
) -> None:
    newer = {"item/é": {"v": 2}, "me": {"v": 2, "at": AT}, "x": {"v": 2, "at": "then"}}
    made = statements(engine, {"undo/1": {"v": 1, "at": AT}}, newer)
    assert {said(one) for one in made[:2]} == {
        ("experienced", "record/item%2F%C3%A9"),
        ("experienced", "record/x"),
    }
    assert said(made[2]) == ("experienced", "record/me")
    assert [one["timestamp"] for one in made] == ["1970-01-01T00:00:00.000Z"] * 2 + [AT]


def test_the_learner_is_named_as_the_record_has_it(engine: Engine) -> None:
    (made,) = statements(engine, {"read/m06": {"v": 1, "at": AT, "sections": {}}})
    assert made["actor"] == {"objectType": "Agent", "account": {"homePage": IRI, "name": "lot"}}
    entry = {"v": 1, "at": AT, "name": "Ada", "account": "own"}
    (made,) = statements(engine, {"me": entry})
    assert made["actor"]["account"]["name"] == "own"
    assert made["actor"]["name"] == "Ada"


def test_the_same_statement_has_the_same_name_for_ever(engine: Engine) -> None:
    """A platform takes a statement with a name that it knows for one that it has."""
    entries = {"me": {"v": 1, "at": AT, "name": "Zoë"}, "item/i": GOOD["item/i"]}
    assert [one["id"] for one in statements(engine, entries)] == [
        "8f1f2b43-6a5f-8af7-af22-e61b965269aa",
        "fb6143bd-d7ca-8119-a2d0-aa1b9fa43503",
    ]


def test_what_is_of_something_else_is_counted_and_not_read(engine: Engine) -> None:
    entry = {"v": 1, "at": AT, "name": "Ada"}

    def statement(entry: object, key: str = "me", **more: object) -> Entry:
        extensions = {f"{IRI}xapi/key": key, f"{IRI}xapi/entry": entry}
        return {"object": {"id": f"{IRI}x"}, "context": {"extensions": extensions}, **more}

    other = {"object": {"id": "https://other.example/"}}
    read = [
        statement(entry, actor={"name": "Ada"}), statement(entry, actor={"name": ""}),
        other, other, {"object": {}}, {}, 7, None,
        statement({"v": 2}), statement({"v": 1}), statement(entry, "item/i"),
        {"object": {"id": IRI}}, {"object": {"id": IRI}, "context": 7},
    ]  # fmt: skip
    assert engine.evaluate(READ, [COURSE, read]) == {
        "entries": {"me": entry}, "names": ["Ada"], "strange": 2, "damaged": 2, "newer": 1,
    }  # fmt: skip
    # One alone, and a list as a record store gives it, are read too.
    one = engine.evaluate(READ, [COURSE, statement(entry)])
    listed = engine.evaluate(READ, [COURSE, {"statements": [statement(entry)]}])
    assert one["entries"] == listed["entries"] == {"me": entry}


# --- numbers and uses ----------------------------------------------------------------------------


def test_a_person_is_four_signs_that_an_account_settles(engine: Engine) -> None:
    found = engine.evaluate(
        "(names) => names.map((name) => [imlPlayer.values.personOf(name), "
        "imlPlayer.values.personSigns(name)])",
        ["", "0123456789abcdef01234567", "é"],
    )
    assert found == [[482282, "EPZA"], [150076, "4JHW"], [1035472, "ZK6G"]]


@pytest.mark.parametrize(
    ("sign", "digit"),
    [("0", "0"), ("1", "1"), ("9", "9"), ("٣", "3"), ("٩", "9"), ("०", "0"), ("𝟗", "9"),
     ("a", None), ("²", None), ("", None)],
)  # fmt: skip
def test_a_digit_of_any_script_is_that_digit(engine: Engine, sign: str, digit: str | None) -> None:
    assert engine.evaluate("(sign) => imlPlayer.values.digitOf(sign)", sign) == digit


def test_how_often_and_when_last_an_item_was_asked(engine: Engine) -> None:
    found = engine.evaluate(
        """(attempts) => Object.fromEntries(imlPlayer.blueprint.usesOf(attempts))""",
        [
            {"begun": "2026-01-03T00:00:00Z", "items": [{"id": "a"}, {"id": "b"}]},
            {"begun": "2026-01-01T00:00:00Z", "items": [{"id": "a"}]},
            {"begun": "2026-01-02T00:00:00Z", "begunSeq": 5, "items": [{"id": "c"}]},
            {"begun": "2026-01-04T00:00:00Z", "items": [{"id": "b"}]},
        ],
    )
    assert found == {
        "a": {"times": 2, "last": "0001767398400000"},
        "b": {"times": 2, "last": "0001767484800000"},
        "c": {"times": 1, "last": "0000000000000005"},
    }


def test_what_waited_in_a_box_is_taken_to_be_remembered_as_long(engine: Engine) -> None:
    """Of records of 0.1.0, which have no more than the box."""
    found = engine.evaluate(
        """([at, before]) => [0, 1, 2, 3, 4].map((box) => imlPlayer.schedule.reviewed(
          { at, review: { at: before, box, due: at } }, true).review.stability.toFixed(3))""",
        ["2026-01-08T00:00:00.000Z", AT],
    )
    assert found == ["3.442", "8.221", "13.638", "19.508", "34.029"]
