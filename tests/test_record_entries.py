"""What Python takes for an entry of a record, and what a record in a file does with the rest."""

from __future__ import annotations

import errno
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from imlcourse.live import record as record_module
from imlcourse.live.entries import attempts_of, item_entry, moment, written_at
from imlcourse.live.record import RecordFile

IRI = "https://course.example/"
AT = "2026-11-28T09:00:00.000Z"
NINE = 1795856400000.0

# --- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        (AT, NINE),
        ("2026-11-28T09:00:00.250Z", NINE + 250),
        ("2026-11-28T10:00:00+01:00", NINE),
        ("2026-11-28T09:00:00", NINE),  # what says no offset is of the time of the world
        ("1970-01-01T00:00:00Z", 0.0),
        ("yesterday", None),
        ("2026-02-31T09:00:00Z", None),
        ("", None),
        (None, None),
        (7, None),
        ("0001-01-01T00:00:00+23:59", -62135683140000.0),
    ],
)
def test_a_time_is_a_moment_whatever_its_offset(text: object, milliseconds: float | None) -> None:
    assert moment(text) == milliseconds


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process as Unix has it")
def test_a_time_without_an_offset_is_the_same_wherever_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert moment("2026-11-28T09:00:00") == moment(AT) == NINE
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("dated", "milliseconds"),
    [
        ({"at": AT}, NINE),
        ({"at": AT, "seq": 5}, 5.0),
        ({"at": AT, "seq": None}, NINE),
        ({"at": AT, "seq": "5"}, NINE),
        ({"at": "yesterday"}, 0.0),
        ({}, 0.0),
    ],
)
def test_what_was_written_last_is_told_by_the_clock_that_never_runs_back(
    dated: dict[str, Any], milliseconds: float
) -> None:
    assert written_at(dated) == milliseconds


# --- entries -------------------------------------------------------------------------------------

ITEM: dict[str, Any] = {
    "v": 1, "at": AT, "item": "171b693b", "response": ["a"], "points": 0.5, "tries": 2,
    "best": 1, "review": {"at": AT, "box": 0, "due": AT},
}  # fmt: skip
ATTEMPT: dict[str, Any] = {
    "v": 1, "at": AT, "test": "m01-s2", "begun": AT, "ended": AT, "points": 1.0,
    "answers": {"m01-i04": {"at": AT, "response": None}},
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [{}, {"seq": 0}, {"seq": 7}, {"points": 0}, {"points": 1}, {"tries": 1}, {"review": None},
     {"review": {"at": AT, "box": 3, "due": None}}, {"response": None}, {"shown": True},
     {"type": "single", "earlier": []}],
    ids=str,
)  # fmt: skip
def test_an_answer_that_makes_sense_is_given(changed: dict[str, Any]) -> None:
    entry = item_entry({"item/m01-i01": {**ITEM, **changed}}, "m01-i01")
    assert entry
    assert entry["item"] == "171b693b"


@pytest.mark.parametrize(
    "damage",
    [{"v": "1"}, {"at": "yesterday"}, {"at": None}, {"at": AT + " " * 40}, {"seq": -1},
     {"seq": "7"}, {"item": 7}, {"points": 1.01}, {"points": -0.01}, {"points": "1"},
     {"points": None}, {"tries": 0}, {"tries": 1.5}, {"best": 2}, {"best": None},
     {"review": {"at": AT, "box": -1, "due": None}}, {"review": {"at": AT, "box": 0}},
     {"review": {"box": 0, "due": None}}, {"review": {"at": AT, "box": 0, "due": "soon"}},
     {"review": []}],
    ids=str,
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_none(damage: dict[str, Any]) -> None:
    assert item_entry({"item/m01-i01": {**ITEM, **damage}}, "m01-i01") is None


@pytest.mark.parametrize("name", ["v", "at", "item", "response", "points", "tries", "best"])
def test_an_answer_that_lacks_a_part_is_none(name: str) -> None:
    part = {key: value for key, value in ITEM.items() if key != name}
    assert item_entry({"item/m01-i01": part}, "m01-i01") is None


def test_there_is_no_answer_where_there_is_none() -> None:
    assert item_entry({}, "m01-i01") is None
    assert item_entry({"item/m01-i01": ITEM}, "m01-i02") is None


def attempt(**changed: Any) -> dict[str, Any]:
    return {**ATTEMPT, **changed}


def test_attempts_come_in_the_order_in_which_they_were_begun() -> None:
    entries = {
        "attempt/m01-s2/1": attempt(begun="2026-11-28T11:00:00Z", points=0.1),
        "attempt/m01-s2/2": attempt(begun="2026-11-28T11:30:00+02:00", points=0.2),
        # By the clock that never runs back, where it is told.
        "attempt/m01-s2/3": attempt(begun="2026-11-28T08:00:00Z", begunSeq=int(NINE), points=0.3),
        "attempt/m01-s2/4": attempt(begun="2020-01-01T00:00:00Z", begunSeq=int(NINE) * 2),
        "attempt/m01-s20/1": attempt(points=0.9),
        "item/m01-s2": ITEM,
    }
    assert [one["points"] for one in attempts_of(entries, "m01-s2")] == [0.3, 0.2, 0.1, 1.0]
    assert attempts_of({}, "m01-s2") == []


@pytest.mark.parametrize(
    ("changed", "there"),
    [
        ({"ended": None, "points": None}, True),
        ({"ended": None}, True),
        ({"ended": AT, "points": None}, False),  # it was ended, and nobody knows how
        ({"ended": "then"}, False),
        ({"begun": "then"}, False),
        ({"begunSeq": -1}, False),
        ({"passed": True}, True),
        ({"passed": None}, True),
        ({"passed": "yes"}, False),
        ({"points": 1.5}, False),
        ({"answers": {}}, True),
        ({"answers": {"m01-i04": {"response": "a"}}}, False),
        ({"answers": []}, False),
        ({"test": 1}, False),
    ],
)
def test_an_attempt_that_makes_no_sense_is_left_out(changed: dict[str, Any], there: bool) -> None:
    entries = {"attempt/m01-s2/1": attempt(**changed), "attempt/m01-s2/2": ATTEMPT}
    assert len(attempts_of(entries, "m01-s2")) == 1 + there


# --- the file ------------------------------------------------------------------------------------


def entry(number: int) -> dict[str, Any]:
    return {"v": 1, "at": AT, "n": number}


def statement(key: str, number: int, when: str = AT) -> dict[str, Any]:
    extensions = {f"{IRI}xapi/key": key, f"{IRI}xapi/entry": entry(number)}
    return {"timestamp": when, "context": {"extensions": extensions}}


def file_with(folder: Path, *statements: object) -> RecordFile:
    path = folder / "r.json"
    path.write_text(json.dumps(statements), encoding="utf-8")
    return RecordFile(path, IRI)


ODD: list[dict[str, Any]] = [
    {},
    {"context": 7},
    {"context": {"extensions": []}},
    {"context": {"extensions": {f"{IRI}xapi/key": 7, f"{IRI}xapi/entry": {}}}},
    {"context": {"extensions": {f"{IRI}xapi/key": "item/x", f"{IRI}xapi/entry": "no"}}},
    {"context": {"extensions": {"https://other.example/xapi/key": "item/x"}}},
]


def test_what_holds_no_entry_is_kept_and_not_read(tmp_path: Path) -> None:
    record = file_with(tmp_path, *ODD, statement("item/a", 1))
    assert record.entries() == {"item/a": entry(1)}
    assert record.put("item/b", None, [statement("item/b", 2)]).kept
    assert all(one in record.statements() for one in ODD)
    assert record.entries() == {"item/a": entry(1), "item/b": entry(2)}


def test_the_last_statement_of_an_entry_holds_it(tmp_path: Path) -> None:
    record = file_with(tmp_path, statement("item/a", 1), statement("item/a", 2))
    assert record.entries() == {"item/a": entry(2)}


def test_the_statements_of_some_entries_are_given_and_no_others(tmp_path: Path) -> None:
    one, two, three = (statement(f"item/{name}", 1) for name in "abc")
    record = file_with(tmp_path, one, two, {}, three)
    assert record.statements_of(["item/a", "item/c"]) == [one, three]
    assert record.statements_of([]) == []


def test_statements_stand_in_order_of_time_and_what_has_none_comes_first(tmp_path: Path) -> None:
    record = file_with(tmp_path, {"id": "none"})
    late = statement("item/a", 1, "2026-11-28T12:00:00+02:00")
    early = statement("item/b", 2, "2026-11-28T09:30:00Z")
    assert record.put("item/a", None, [late]).kept
    assert record.put("item/b", None, [early]).kept
    assert record.statements() == [{"id": "none"}, early, late]


def test_an_account_is_the_one_in_the_file_else_one_by_lot_that_stays(tmp_path: Path) -> None:
    record = file_with(tmp_path)
    odd: list[dict[str, Any]] = [
        {},
        {"actor": 7},
        {"actor": {"account": "x"}},
        {"actor": {"account": {"name": 7}}},
    ]
    named: dict[str, Any] = {"actor": {"account": {"name": "abc"}}}
    other: dict[str, Any] = {"actor": {"account": {"name": "def"}}}
    assert record.account_of([*odd, named, other]) == "abc"
    lot = record.account_of(odd)
    assert len(lot) == 24
    assert int(lot, 16) >= 0
    assert RecordFile(record.path, IRI).account_of([]) == lot
    assert RecordFile(tmp_path / "other.json", IRI).account_of([]) != lot


@pytest.mark.parametrize("text", ["{", "7", "[1]", "[{}, 2]", "[NaN]", '[{"a": Infinity}]',
                                  "[" * 100_000])  # fmt: skip
def test_what_is_no_list_of_statements_is_set_aside_once_and_told(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "r.json"
    path.write_text(text, encoding="utf-8")
    record = RecordFile(path, IRI)
    assert record.statements_or_aside() == ([], "damaged")
    assert not path.exists()
    (aside,) = tmp_path.glob("r.damaged-*.json")
    assert aside.read_text("utf-8") == text
    assert record.statements_or_aside() == ([], "")


def test_what_is_nested_too_deeply_says_so(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ValueError, match=r"r\.json is nested too deeply"):
        RecordFile(path, IRI).statements()


def test_what_another_kernel_has_made_good_meanwhile_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.json"
    path.write_text("{", encoding="utf-8")
    record = RecordFile(path, IRI)

    def lock() -> FileLock:
        file_with(tmp_path, statement("item/a", 1))
        return FileLock(f"{path}.lock")

    monkeypatch.setattr(record, "_lock", lock)
    assert record.statements_or_aside() == ([statement("item/a", 1)], "damaged")
    assert not list(tmp_path.glob("r.damaged-*.json"))


def test_an_entry_that_is_gone_from_the_file_is_written_again(tmp_path: Path) -> None:
    record = file_with(tmp_path)
    assert record.put("item/a", entry(1), [statement("item/a", 2)]).kept
    assert record.entries() == {"item/a": entry(2)}


def test_a_whole_file_is_given_as_it_is(tmp_path: Path) -> None:
    record = file_with(tmp_path, statement("item/a", 1))
    record.path.write_bytes(b"\xef\xbb\xbf" + record.path.read_bytes())
    assert record.statements_or_aside() == ([statement("item/a", 1)], "")


def test_what_can_neither_be_read_nor_set_aside_is_forbidden(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.mkdir()
    assert RecordFile(path, IRI).statements_or_aside() == ([], "forbidden")


def test_a_number_that_json_has_no_number_for_and_half_a_letter_are_taken_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.json"
    path.write_text(r'[{"n": 1e999, "m": 1.5, "half\ud800": ["a\udc00b"]}]', encoding="utf-8")
    assert RecordFile(path, IRI).statements() == [{"n": None, "m": 1.5, "half�": ["a�b"]}]


def test_a_copy_is_kept_before_something_is_written_over(tmp_path: Path) -> None:
    record = file_with(tmp_path, statement("item/a", 1))
    record.keep_copy()
    (copy,) = tmp_path.glob("r.damaged-*.json")
    assert copy.read_bytes() == record.path.read_bytes()


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EACCES, "forbidden"),
     (errno.EROFS, "forbidden")],
)  # fmt: skip
def test_why_a_file_cannot_be_written_is_named_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: str
) -> None:
    record = file_with(tmp_path, statement("item/a", 1))
    before = record.path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(number, "it fails")

    monkeypatch.setattr(os, "fsync", fail)
    kept = record.put("item/a", entry(1), [statement("item/a", 2)])
    assert (kept.kept, kept.there, kept.trouble) == (False, None, trouble)
    assert record.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["r.json"]


def test_what_another_kernel_holds_for_too_long_is_forbidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_module, "_PATIENCE", 0.01)
    record = file_with(tmp_path)
    with FileLock(f"{record.path}.lock"):
        assert record.put("item/a", None, [statement("item/a", 1)]).trouble == "forbidden"
        record.path.write_text("{", encoding="utf-8")
        assert record.statements_or_aside() == ([], "forbidden")
    assert record.put("item/a", None, [statement("item/a", 1)]).kept


@pytest.mark.skipif(os.name == "nt", reason="links and permissions as Unix has them")
def test_a_link_is_followed_and_who_may_read_stays_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    record = file_with(tmp_path / "deep")
    record.path.chmod(0o640)
    (tmp_path / "link.json").symlink_to(record.path)
    linked = RecordFile(tmp_path / "link.json", IRI)
    assert linked.put("item/a", None, [statement("item/a", 1)]).kept
    assert (tmp_path / "link.json").is_symlink()
    assert record.entries() == {"item/a": entry(1)}
    assert record.path.stat().st_mode & 0o777 == 0o640
    (tmp_path / "round.json").symlink_to(tmp_path / "round.json")
    kept = RecordFile(tmp_path / "round.json", IRI).put("item/a", None, [])
    assert (kept.kept, kept.trouble) == (False, "forbidden")


def test_the_file_is_written_for_people_too(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "new" / "r.json", IRI)
    assert record.put("item/é", None, [statement("item/é", 1)]).kept
    text = record.path.read_bytes()
    assert b"\r" not in text
    assert text.endswith(b"]\n")
    assert "item/é" in text.decode()
    assert text.count(b"\n") > 5
