"""When what was missed comes back, and what is asked in one go."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Engine
from imlcourse.player import bundle

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def iso(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def record(review: dict[str, Any], at: datetime) -> dict[str, Any]:
    """An item that came back and was answered."""
    return {
        "v": 1, "at": iso(at), "item": "v", "type": "single", "response": "a", "points": 1,
        "tries": 2, "best": 1, "shown": False, "earlier": [], "review": review,
        "first": {"at": iso(AT), "points": 0, "response": "b"},
    }  # fmt: skip


def reviewed(engine: Engine, review: dict[str, Any], at: datetime, right: bool) -> dict[str, Any]:
    found: dict[str, Any] = engine.evaluate(
        "([record, right]) => imlPlayer.schedule.reviewed(record, right).review",
        [record(review, at), right],
    )
    assert engine.evaluate(
        "(entry) => imlPlayer.record.isValid('item/i', entry)", record(found, at)
    )
    return found


def day_of(time: str) -> int:
    """Days after the first of January."""
    return (datetime.fromisoformat(time).date() - AT.date()).days


MISSED = {"box": 0, "due": "2026-01-02T04:00:00.000Z", "at": iso(AT)}


def test_the_library_reckons_as_its_makers_say(engine: Engine) -> None:
    """The values of ts-fsrs's own tests (``FSRS-6.test.ts``), which are those of fsrs-rs."""
    found = engine.evaluate(
        """() => {
          const { FSRSAlgorithm, generatorParameters } = imlPlayer.fsrs;
          const memory = new FSRSAlgorithm(generatorParameters({enable_short_term: false}));
          let state = null;
          for (const [days, rating] of [[0, 1], [0, 3], [1, 3], [3, 3], [8, 3], [21, 3]]) {
            state = memory.next_state(state, days, rating);
          }
          return {state, first: [1, 2, 3, 4].map((rating) => memory.next_state(null, 0, rating))};
        }"""
    )
    assert found["state"]["stability"] == pytest.approx(53.335106, abs=1e-4)
    assert found["state"]["difficulty"] == pytest.approx(6.3574867, abs=1e-4)
    assert [one["stability"] for one in found["first"]] == [0.212, 1.2931, 2.3065, 8.2956]
    assert [one["difficulty"] for one in found["first"]] == [6.4133, 5.11217071, 2.11810397, 1]


def test_the_library_is_the_one_that_was_published(tmp_path: Path) -> None:
    folder = Path(bundle.__file__).with_name("vendor")
    libraries = json.loads((folder / "vendored.json").read_text("utf-8"))
    for library in libraries.values():
        code = (folder / library["file"]).read_bytes()
        assert hashlib.sha256(code).hexdigest() == library["sha256"]
        licence = (folder / library["licence"]).read_text("utf-8")
        assert "MIT License" in licence
        # Its licence goes wherever it goes.
        pages = "".join(bundle.page_scripts("en").values())
        assert all(line.strip() in pages for line in licence.split("\n"))


def test_a_library_that_was_changed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "a.js").write_text("changed", "utf-8")
    one = {"version": "1", "file": "a.js", "sha256": "0", "licence": "a.js", "name": "a"}
    (vendor / "vendored.json").write_text(json.dumps({"a": one}), "utf-8")
    monkeypatch.setattr(bundle, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"player/vendor/a\.js is not a 1; take it from"):
        bundle.scripts.__wrapped__()


def test_a_missed_question_comes_back_the_next_day_then_after_longer_and_longer_waits(
    engine: Engine,
) -> None:
    review: dict[str, Any] = MISSED
    at, waits, boxes = AT, [], []
    while review["due"]:
        waits.append(day_of(review["due"]) - (at.date() - AT.date()).days)
        at = datetime.fromisoformat(review["due"]) + timedelta(hours=5)
        review = reviewed(engine, review, at, right=True)
        boxes.append(review["box"])
    assert waits == [1, 2, 6, 17, 44]
    # What would have to wait longer than three months is learned.
    assert boxes == [1, 2, 3, 4, 5]


def test_what_is_missed_again_comes_back_the_next_day(engine: Engine) -> None:
    review: dict[str, Any] = MISSED
    for days in (1, 3, 9):
        review = reviewed(engine, review, AT + timedelta(days=days), right=True)
    assert review["box"] == 3
    again = reviewed(engine, review, AT + timedelta(days=26), right=False)
    assert (again["box"], day_of(again["due"])) == (0, 27)
    assert again["difficulty"] > review["difficulty"]


def test_the_first_miss_needs_no_library_and_is_due_in_the_morning(engine: Engine) -> None:
    made = engine.evaluate(
        """() => imlPlayer.record.recordOf({version: 'v', kind: 'single'}, 'a', 0, null)"""
    )
    due = datetime.fromisoformat(made["review"]["due"])
    at = datetime.fromisoformat(made["at"])
    assert made["review"]["box"] == 0
    assert (due.date() - at.date()).days == 1
    assert (due.hour, due.minute) == (4, 0)


@pytest.mark.parametrize(("box", "wait"), [(1, 1), (2, 3), (3, 7), (4, 21)])
def test_boxes_of_records_of_0_1_0_are_taken_over(engine: Engine, box: int, wait: int) -> None:
    """Its waits were fixed; what waited so long is taken to be remembered as long."""
    old = {"box": box, "due": iso(AT + timedelta(days=wait)), "at": iso(AT)}
    at = AT + timedelta(days=wait)
    right = reviewed(engine, old, at, right=True)
    if right["due"]:
        assert day_of(right["due"]) - wait > wait
    wrong = reviewed(engine, old, at, right=False)
    assert day_of(wrong["due"]) - wait == 1


@given(
    answers=st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=8),
    box=st.integers(0, 4),
)
def test_however_it_is_answered_it_comes_back_within_three_months_or_is_learned(
    engine: Engine, answers: list[tuple[int, bool]], box: int
) -> None:
    review: dict[str, Any] = MISSED | {"box": box}
    at = AT
    for days, right in answers:
        if review["due"] is None:
            break
        at += timedelta(days=days)
        review = reviewed(engine, review, at, right)
        if review["due"] is None:
            assert (review["box"], right) == (5, True)
        else:
            wait = (datetime.fromisoformat(review["due"]).date() - at.date()).days
            assert 1 <= wait <= 90


def test_a_case_does_not_come_back_among_questions(engine: Engine) -> None:
    due = "(record) => imlPlayer.record.isDue(record, '2026-02-01T00:00:00.000Z')"
    one = record(MISSED, AT)
    assert engine.evaluate(due, one)
    assert not engine.evaluate(due, one | {"type": "scenario"})


# --- what is asked in one go -------------------------------------------------------------------

CHOOSE = "([due, most]) => imlPlayer.session.choose(due, most)"


def question(module: str, number: int, seconds: int = 60) -> dict[str, Any]:
    day = iso(AT + timedelta(days=number))
    return {"id": f"{module}-i{number}", "module": module, "due": day, "seconds": seconds}


def test_three_minutes_take_what_has_waited_longest_mixed(engine: Engine) -> None:
    due = [question("m02", 9), *(question("m01", n) for n in range(2)), question("m03", 4)]
    chosen = engine.evaluate(CHOOSE, [due, 180])
    assert [one["id"] for one in chosen] == ["m01-i0", "m03-i4", "m01-i1"]


def test_one_long_question_is_asked_alone(engine: Engine) -> None:
    due = [question("m01", 0, seconds=400), question("m02", 1)]
    assert [one["id"] for one in engine.evaluate(CHOOSE, [due, 180])] == ["m01-i0"]
    assert engine.evaluate(CHOOSE, [[], 180]) == []


@given(
    due=st.lists(
        st.builds(
            question, st.sampled_from(["m01", "m02", "m03"]), st.integers(0, 99),
            st.integers(30, 200),
        ),
        max_size=12,
        unique_by=lambda one: str(one["id"]),
    )
)  # fmt: skip
def test_a_session_takes_about_three_minutes_and_is_mixed(
    engine: Engine, due: list[dict[str, Any]]
) -> None:
    chosen = engine.evaluate(CHOOSE, [due, 180])
    assert bool(chosen) is bool(due)
    seconds = [one["seconds"] for one in chosen]
    assert sum(seconds) <= 180 + max(seconds, default=0) / 2 or len(chosen) == 1
    most = max((one["due"] for one in chosen), default="")
    assert all(one in chosen for one in due if one["due"] < most)
    names = [one["module"] for one in chosen]
    together = sum(a == b for a, b in pairwise(names))
    fullest = max((names.count(name) for name in names), default=0)
    assert together <= max(0, 2 * fullest - len(names) - 1)
