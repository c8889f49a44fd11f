"""The learner's record: how its versions are brought together, and how it travels as xAPI."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Engine
from imlcourse.live.record import RecordFile

IRI = "https://course.invalid/"
COURSE = {"id": "test", "iri": IRI, "title": "A course", "version": "1.0.0", "language": "en"}


def at(number: int) -> str:
    return f"2026-01-{number:02}T00:00:00.000Z"


def some_item(random: Random) -> dict[str, Any]:
    points = random.choice([0, 0.25, 0.5, 1])
    day = random.randint(1, 28)
    first: dict[str, Any] = {
        "response": "a",
        "points": random.choice([0, 1]),
        "at": at(random.randint(1, day)),
    }
    entry = {
        "v": 1, "item": random.choice(["one", "two"]), "type": "single",
        "response": random.choice(["a", "b", ["c", "d"], {"e": "f"}]), "points": points,
        "at": at(day), "tries": random.randint(1, 4), "best": max(points, first["points"]),
        "shown": random.random() < 0.3, "first": first, "earlier": [],
    }  # fmt: skip
    if random.random() < 0.5:
        entry["review"] = {"box": random.randint(0, 4), "due": at(28), "at": at(day)}
    return entry


def some_attempt(random: Random) -> dict[str, Any]:
    ended = at(random.randint(10, 28)) if random.random() < 0.4 else None
    answers = {
        f"i{n}": {"response": random.choice(["a", "b", None]), "at": at(random.randint(1, 28))}
        for n in range(3)
        if random.random() < 0.7
    }
    return {
        "v": 1, "test": "m06-quiz", "kind": "module", "course": "1.0.0", "id": "x",
        "begun": at(1), "ended": ended, "seed": 7, "place": random.randint(0, 2),
        "items": [{"id": f"i{n}", "version": "v", "type": "single"} for n in range(3)],
        "answers": answers, "results": {"i0": 1} if ended else {},
        "points": 1 / 3 if ended else None, "passed": False if ended else None,
        "at": at(random.randint(1, 28)),
    }  # fmt: skip


def some_read(random: Random) -> dict[str, Any]:
    sections = {f"s{n}": at(random.randint(1, 28)) for n in range(4) if random.random() < 0.5}
    return {"v": 1, "at": at(random.randint(1, 28)), "sections": sections,
            "done": random.choice([at(5), ""])}  # fmt: skip


MAKERS = {"item/m06-i01": some_item, "attempt/m06-quiz/x": some_attempt, "read/m06": some_read}


@pytest.fixture
def player(engine: Engine) -> Engine:
    """The record needs no page."""
    return engine


@pytest.mark.parametrize("key", MAKERS)
def test_versions_of_an_entry_are_merged_alike_in_whatever_order_they_come(
    player: Engine, key: str
) -> None:
    random = Random(key)
    merge = (
        "([key, entries]) => "
        "entries.reduce((one, other) => imlPlayer.record.merge(key, one, other))"
    )
    for _ in range(60):
        entries = [MAKERS[key](random) for _ in range(3)]
        merged = player.evaluate(merge, [key, entries])
        valid = player.evaluate("(args) => imlPlayer.record.isValid(...args)", [key, merged])
        assert valid, merged
        for order in ([2, 0, 1], [1, 2, 0]):
            other = player.evaluate(merge, [key, [entries[n] for n in order]])
            if key.startswith("attempt"):
                # The end of an attempt is settled once; everything else follows it.
                assert other["ended"] == merged["ended"]
            for name in ("best", "sections", "tries"):
                if name in merged and len({e.get("item") for e in entries}) == 1:
                    assert other[name] == merged[name]
        assert player.evaluate(merge, [key, [merged, merged]]) == merged
        again = player.evaluate(merge, [key, [merged, entries[0]]])
        if key.startswith("item") and again["item"] == merged["item"]:
            assert again["best"] == merged["best"]


def test_the_better_record_is_never_lost(player: Engine) -> None:
    random = Random(298)
    for _ in range(80):
        one, other = some_item(random), some_item(random)
        one["item"] = other["item"] = "same"
        merged = player.evaluate("([a, b]) => imlPlayer.record.merge('item/x', a, b)", [one, other])
        assert merged["best"] == max(one["best"], other["best"])
        assert merged["at"] == max(one["at"], other["at"])
        assert merged["first"]["at"] == min(one["first"]["at"], other["first"]["at"])
        assert merged["shown"] == (one["shown"] or other["shown"])


# --- xAPI -----------------------------------------------------------------------------------


def a_record(random: Random) -> dict[str, Any]:
    return {
        "me": {"v": 1, "at": at(3), "name": "Ağça “Émile” O’Neil", "role": "border"},
        "item/m06-i01": some_item(random),
        "item/m06-i02": {**some_item(random), "type": "matching", "response": {"p1": "p2"}},
        "draft/m06-i27": {"v": 1, "at": at(4), "item": "one", "response": ["p1"]},
        "attempt/m06-quiz/a": {**some_attempt(random), "ended": at(20), "points": 0.75,
                               "passed": True, "results": {"i0": 1, "i1": 0.5}},
        "attempt/m06-quiz/b": {**some_attempt(random), "ended": None},
        "attempt/pre-test/c": {**some_attempt(random), "test": "pre-test", "ended": at(20),
                               "points": 0.5, "passed": None},
        "read/m06": some_read(random),
    }  # fmt: skip


UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}")
IRI_FORM = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def statements(player: Engine, entries: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = player.evaluate(
        "([course, entries]) => imlPlayer.xapi.statements(course, 'me', entries)", [COURSE, entries]
    )
    return made


def test_statements_are_what_xapi_asks_for(player: Engine) -> None:
    """By the rules of xAPI 1.0.3, part two: statements, their parts and their identifiers."""
    entries = a_record(Random(1))
    made = statements(player, entries)
    assert len({one["id"] for one in made}) == len(made)
    for one in made:
        assert set(one) <= {"id", "actor", "verb", "object", "result", "context", "timestamp"}
        assert UUID.fullmatch(one["id"])
        assert one["actor"] == {
            "objectType": "Agent",
            "account": {"homePage": IRI, "name": "me"},
            "name": "Ağça “Émile” O’Neil",
        }
        assert one["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/")
        assert one["verb"]["display"]["en-US"] == one["verb"]["id"].rpartition("/")[2]
        assert one["object"]["id"].startswith(IRI)
        assert IRI_FORM.fullmatch(one["object"]["id"])
        kind = one["object"]["definition"]["type"]
        assert kind.startswith("http://adlnet.gov/expapi/activities/")
        if kind.endswith("cmi.interaction"):
            assert one["object"]["definition"]["interactionType"] in {
                "choice", "true-false", "matching", "sequencing", "fill-in", "numeric", "other"
            }  # fmt: skip
        datetime.fromisoformat(one["timestamp"])
        for name in one["context"]["extensions"]:
            assert IRI_FORM.fullmatch(name)
        if "registration" in one["context"]:
            assert UUID.fullmatch(one["context"]["registration"])
        if "result" in one:
            assert set(one["result"]) <= {"score", "success", "completion", "response", "duration"}
            assert -1 <= one["result"]["score"]["scaled"] <= 1
            score = one["result"]["score"]
            if "raw" in score:
                assert score["min"] <= score["raw"] <= score["max"]
            if "duration" in one["result"]:
                assert re.fullmatch(r"PT\d+S", one["result"]["duration"])
    verbs = {one["verb"]["display"]["en-US"] for one in made}
    assert {"answered", "completed", "passed", "attempted", "registered"} <= verbs
    failed = statements(player, {"attempt/m06-quiz/a": {**entries["attempt/m06-quiz/a"],
                                                        "passed": False}})  # fmt: skip
    assert "failed" in {one["verb"]["display"]["en-US"] for one in failed}


def test_the_same_record_makes_the_same_statements(player: Engine) -> None:
    entries = a_record(Random(2))
    assert statements(player, entries) == statements(player, dict(reversed(entries.items())))


def test_nothing_is_lost_on_the_way_out_and_back(player: Engine) -> None:
    for number in range(20):
        entries = a_record(Random(number))
        file = json.dumps(statements(player, entries))
        read = player.evaluate(
            "([course, text]) => imlPlayer.xapi.recordFrom(course, JSON.parse(text))",
            [COURSE, file],
        )
        assert read["entries"] == entries
        assert (read["strange"], read["damaged"]) == (0, 0)
        assert read["names"] == ["Ağça “Émile” O’Neil"]


@pytest.mark.parametrize(
    "text",
    ["null", "7", "[]", "{}", '"x"', "[null, 7, []]", '{"statements": [{}]}',
     '[{"object": {"id": "https://elsewhere.example/x"}}]'],
)  # fmt: skip
def test_what_is_no_record_brings_nothing(player: Engine, text: str) -> None:
    read = player.evaluate(
        "([course, text]) => imlPlayer.xapi.recordFrom(course, JSON.parse(text))", [COURSE, text]
    )
    assert read["entries"] == {}


def test_a_damaged_entry_is_left_out_and_counted(player: Engine) -> None:
    made = statements(player, a_record(Random(3)))
    for one in made:
        if one["context"]["extensions"][f"{IRI}xapi/key"] == "item/m06-i01":
            one["context"]["extensions"][f"{IRI}xapi/entry"] = {"v": 1, "points": "many"}
    read = player.evaluate("(args) => imlPlayer.xapi.recordFrom(...args)", [COURSE, made])
    assert read["damaged"] >= 1
    assert "item/m06-i01" not in read["entries"]
    assert "item/m06-i02" in read["entries"]


# --- the file beside a notebook -------------------------------------------------------------


def test_the_file_is_what_the_browser_exports(player: Engine, tmp_path: Path) -> None:
    entries = a_record(Random(4))
    exported = tmp_path / "exported.json"
    exported.write_text(json.dumps(statements(player, entries)), encoding="utf-8")
    record = RecordFile(exported, IRI)
    assert record.entries() == entries
    # And what the file holds after an entry was written, the browser reads.
    changed = {**entries["item/m06-i01"], "tries": 9, "at": at(28)}
    kept = record.put(
        "item/m06-i01", entries["item/m06-i01"], statements(player, {"item/m06-i01": changed})
    )
    assert (kept.kept, kept.there, kept.trouble) == (True, None, None)
    read = player.evaluate(
        "([course, text]) => imlPlayer.xapi.recordFrom(course, JSON.parse(text))",
        [COURSE, exported.read_text("utf-8")],
    )
    assert read["entries"] == {**entries, "item/m06-i01": changed}
    keys = [
        s["context"]["extensions"][f"{IRI}xapi/key"]
        for s in json.loads(exported.read_text("utf-8"))
    ]
    assert keys.count("item/m06-i01") <= 2, "the statements of the earlier entry are gone"


def entry(number: int) -> dict[str, Any]:
    return {"v": 1, "at": at(number), "n": number}


def statement(key: str, number: int) -> dict[str, Any]:
    return {
        "timestamp": at(number),
        "context": {"extensions": {f"{IRI}xapi/key": key, f"{IRI}xapi/entry": entry(number)}},
    }


def test_what_somebody_else_wrote_is_not_written_over(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    assert record.entries() == {}
    assert record.put("item/a", None, [statement("item/a", 1)]).kept
    # Another kernel that knows nothing of it is told what is there, and writes nothing.
    refused = record.put("item/a", None, [statement("item/a", 2)])
    assert (refused.kept, refused.there) == (False, entry(1))
    assert record.entries() == {"item/a": entry(1)}
    assert record.put("item/a", entry(1), [statement("item/a", 3)]).kept
    assert record.entries() == {"item/a": entry(3)}


def test_statements_of_others_stay_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    others = [{"id": "theirs", "object": {"id": "https://elsewhere.example/"}}]
    path.write_text(json.dumps(others), encoding="utf-8")
    record = RecordFile(path, IRI)
    record.put("item/a", None, [statement("item/a", 1)])
    assert others[0] in record.statements()


@pytest.mark.parametrize("text", ["{", "7", '{"a": 1}', "[1, 2]", ""])
def test_a_damaged_file_is_set_aside_and_not_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(text, encoding="utf-8")
    record = RecordFile(path, IRI)
    with pytest.raises(ValueError, match=r"(?s)."):
        record.entries()
    assert record.put("item/a", None, [statement("item/a", 1)]).kept
    assert record.entries() == {"item/a": entry(1)}
    (aside,) = tmp_path.glob("r.damaged-*.json")
    assert aside.read_text("utf-8") == text


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder", encoding="utf-8")
    kept = RecordFile(place / "r.json", IRI).put("item/a", None, [statement("item/a", 1)])
    assert (kept.kept, kept.trouble) == (False, "forbidden")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 28)), max_size=12))
def test_whatever_is_written_is_read(writes: list[tuple[str, int]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        record = RecordFile(Path(folder) / "r.json", IRI)
        expected: dict[str, dict[str, Any]] = {}
        for name, number in writes:
            key = f"item/{name}"
            assert record.put(key, expected.get(key), [statement(key, number)]).kept
            expected[key] = entry(number)
            assert record.entries() == expected
        assert not list(Path(folder).glob(".r.json-*"))


def test_dates_of_statements_are_of_the_moment(player: Engine) -> None:
    now = player.evaluate("imlPlayer.record.recordOf({version: 'v', kind: 'single'}, 'a', 0, null)")
    told = datetime.fromisoformat(now["at"])
    assert abs((datetime.now(UTC) - told).total_seconds()) < 60
    due = datetime.fromisoformat(now["review"]["due"])
    # In the morning of the next day.
    assert (due.astimezone().date() - told.astimezone().date()).days == 1
