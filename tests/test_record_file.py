"""The record beside a notebook, as a file: what it stands, and what becomes of what it cannot."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from imlcourse.course.model import Course
from imlcourse.live.api import Progress, my_progress
from imlcourse.live.entries import attempts_of, item_entry, moment, written_at
from imlcourse.live.record import RecordFile
from imlcourse.live.widget import QuizWidget
from real_course import real_course

IRI = "https://course.invalid/"
AT = "2026-01-01T00:00:00.000Z"


def entry(response: str = "a", at: str = AT) -> dict[str, Any]:
    return {"v": 1, "at": at, "item": "v", "response": response, "points": 1, "tries": 1, "best": 1}


def statement(key: str, of: dict[str, Any], iri: str = IRI) -> dict[str, Any]:
    extensions = {f"{iri}xapi/key": key, f"{iri}xapi/entry": of}
    return {"timestamp": of["at"], "context": {"extensions": extensions}}


def put(record: RecordFile, key: str, of: dict[str, Any]) -> bool:
    return record.put(key, record.entries().get(key), [statement(key, of)]).kept


def in_order(path: Path) -> list[str]:
    return [one["timestamp"] for one in json.loads(path.read_text("utf-8"))]


def test_statements_stand_in_order_of_time_whatever_their_offset(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    times = [
        "2026-01-01T08:00:00.000Z", "2026-01-01T12:00:00+05:00", "2026-01-01T03:00:00-01:00",
        "2025-12-31T23:59:59.999Z",
    ]  # fmt: skip
    for number, at in enumerate(times):
        assert put(record, f"item/{number}", entry(at=at))
    assert in_order(record.path) == [times[3], times[2], times[1], times[0]]
    assert put(record, "item/1", entry(at="2026-01-02T00:00:00Z"))
    assert in_order(record.path)[-1] == "2026-01-02T00:00:00Z"


def test_a_signature_of_the_encoding_is_no_damage(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    record.path.write_text(json.dumps([statement("item/a", entry())]), encoding="utf-8-sig")
    assert record.entries() == {"item/a": entry()}
    assert put(record, "item/b", entry())
    assert not list(tmp_path.glob("*.damaged-*"))
    assert sorted(record.entries()) == ["item/a", "item/b"]


@pytest.mark.parametrize(
    "raw",
    [
        *(b"\xff\xfe", b"[NaN]", b"[" * 100_000, b"\xef\xbb\xbf", b"[1]"),
        b'[{"a": ' + b"[" * 800 + b"]" * 800 + b"}]",
    ],
)
def test_whatever_stands_in_the_file_it_is_read_or_damaged(tmp_path: Path, raw: bytes) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    record.path.write_bytes(raw)
    assert record.statements_or_aside() == ([], "damaged")
    (aside,) = tmp_path.glob("r.damaged-*.json")
    assert aside.read_bytes() == raw
    assert record.statements_or_aside() == ([], "")


def test_a_statement_with_half_of_an_entry_holds_none(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    halves = [statement("item/a", entry()) for _ in range(2)]
    halves[0]["context"]["extensions"][f"{IRI}xapi/key"] = 7
    halves[1]["context"]["extensions"][f"{IRI}xapi/entry"] = ["a list"]
    assert record.entries_of(halves) == {}
    assert record.entries_of([*halves, statement("item/b", entry())]) == {"item/b": entry()}


def test_a_number_without_end_costs_its_entry_alone(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    endless = entry() | {"more": 12345}
    text = json.dumps([statement("item/a", entry()), statement("item/b", endless)])
    record.path.write_text(text.replace("12345", "1e999"), encoding="utf-8")
    assert put(record, "item/c", entry())
    assert record.statements_or_aside()[1] == ""
    assert sorted(record.entries()) == ["item/a", "item/b", "item/c"]
    assert record.entries()["item/a"] == entry()


def test_halves_of_letters_are_written_as_what_a_file_can_hold(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    assert put(record, "item/a", entry("a\ud800b \ud83d\ude00"))
    assert record.entries()["item/a"]["response"] == "a\ufffdb 😀"
    record.path.write_text('[{"x": "\\udc00"}]', encoding="utf-8")
    assert record.statements() == [{"x": "\ufffd"}]
    assert put(record, "item/a", entry("\udc00"))


def test_who_may_read_the_file_stays_as_it_was(tmp_path: Path) -> None:
    record = RecordFile(tmp_path / "r.json", IRI)
    assert put(record, "item/a", entry())
    other = tmp_path / "other"
    other.write_text("")
    assert stat.S_IMODE(record.path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)
    record.path.chmod(0o640)
    assert put(record, "item/b", entry())
    assert stat.S_IMODE(record.path.stat().st_mode) == 0o640


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target = tmp_path / "kept" / "mine.json"
    link = tmp_path / "my-record.json"
    link.symlink_to(target)
    record = RecordFile(link, IRI)
    for key in ("item/a", "item/b"):
        assert put(record, key, entry())
        assert link.is_symlink()
        assert key in RecordFile(target, IRI).entries()
    target.write_text("{")
    assert record.statements_or_aside()[1] == "damaged"
    assert link.is_symlink()
    assert [path.read_text() for path in (tmp_path / "kept").glob("*.damaged-*")] == ["{"]


def test_a_link_that_leads_to_itself_is_said(tmp_path: Path) -> None:
    link = tmp_path / "r.json"
    link.symlink_to(link)
    kept = RecordFile(link, IRI).put("item/a", None, [statement("item/a", entry())])
    assert (kept.kept, kept.trouble) == (False, "forbidden")
    assert RecordFile(link, IRI).statements_or_aside() == ([], "forbidden")


def refuse(*_args: object, **_options: object) -> None:
    raise PermissionError(13, "read-only")


def test_a_damaged_file_that_cannot_be_set_aside_stays_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = real_course()
    path = tmp_path / "my-record.json"
    path.write_text("{", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", refuse)
    shown = QuizWidget(course, "m06-s3", "<p>x</p>", path)
    assert shown.troubles == ["forbidden"]
    record = RecordFile(path, course.about.iri)
    kept = record.put("item/a", None, [statement("item/a", entry())])
    assert (kept.kept, kept.trouble) == (False, "forbidden")
    assert path.read_text("utf-8") == "{"


def test_two_kernels_at_a_damaged_file_set_it_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    for _ in range(5):
        path.write_text("{", encoding="utf-8")
        with ThreadPoolExecutor(8) as pool:
            said = list(pool.map(lambda _: RecordFile(path, IRI).statements_or_aside(), range(8)))
        assert all(found == ([], "damaged") or found == ([], "") for found in said)
        (aside,) = tmp_path.glob("r.damaged-*.json")
        assert aside.read_text("utf-8") == "{"
        aside.unlink()


def test_two_kernels_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.json"

    def write(number: int) -> bool:
        key = f"item/i{number}"
        return RecordFile(path, IRI).put(key, None, [statement(key, entry())]).kept

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(write, range(18)))
    assert len(RecordFile(path, IRI).entries()) == 18


# --- what is read of it ----------------------------------------------------------------------

RUBBISH: list[Any] = [None, 7, "x", [], {}, {"at": AT}, True]


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def widget(course: Course, tmp_path: Path, entries: dict[str, Any], quiz: str) -> QuizWidget:
    path = tmp_path / "my-record.json"
    iri = course.about.iri
    path.write_text(
        json.dumps([
            {"context": {"extensions": {f"{iri}xapi/key": key, f"{iri}xapi/entry": one}}}
            for key, one in entries.items()
        ])
    )  # fmt: skip
    return QuizWidget(course, quiz, "<p>x</p>", path)


def spoilt(whole: dict[str, Any]) -> list[dict[str, Any]]:
    made: list[Any] = [{**whole, name: bad} for name in whole for bad in RUBBISH]
    return [*made, *({k: v for k, v in whole.items() if k != name} for name in whole)]


def attempt(begun: str = AT, ended: str | None = AT, **more: Any) -> dict[str, Any]:
    return {
        "v": 1, "at": ended or begun, "test": "m06-quiz", "begun": begun, "ended": ended,
        "answers": {"m06-i78": {"response": begun, "at": begun}}, "points": 0.5 if ended else None,
        "passed": False, **more,
    }  # fmt: skip


@pytest.mark.usefixtures("read_once")
def test_nothing_that_is_kept_stops_the_notebook(course: Course, tmp_path: Path) -> None:
    for bad in spoilt(entry()):
        shown = widget(course, tmp_path, {"item/m06-i10": bad}, "m06-s3")
        assert shown.score is None or 0 <= shown.score <= 1
        assert isinstance(shown.responses, dict)
        assert isinstance(my_progress(tmp_path / "my-record.json"), Progress)
    for bad in spoilt(attempt()):
        shown = widget(course, tmp_path, {"attempt/m06-quiz/x": bad}, "m06-quiz")
        assert shown.score in (None, 0, 0.5, 1)
        assert isinstance(shown.responses, dict)
        assert isinstance(my_progress(tmp_path / "my-record.json"), Progress)


def test_the_last_attempt_is_told_by_the_clock_that_never_runs_back(
    course: Course, tmp_path: Path
) -> None:
    ahead, right = "2027-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"
    later = int(moment(ahead) or 0) + 5
    entries = {
        "attempt/m06-quiz/one": attempt(ahead, ahead, points=1),
        "attempt/m06-quiz/two": attempt(right, right, points=0.25, seq=later, begunSeq=later - 1),
    }
    shown = widget(course, tmp_path, entries, "m06-quiz")
    assert shown.score == 0.25
    assert shown.responses == {"m06-i78": right}
    assert [one["points"] for one in attempts_of(entries, "m06-quiz")] == [1, 0.25]


def test_an_entry_of_another_shape_is_none(course: Course) -> None:
    assert item_entry({"item/a": entry()}, "a") == entry()
    for bad in ({"points": 2}, {"points": "1"}, {"tries": 0}, {"at": "yesterday"}, {"item": 7}):
        assert item_entry({"item/a": entry() | bad}, "a") is None


def test_a_mistake_in_its_first_box_is_an_entry_like_any_other() -> None:
    missed = entry() | {"review": {"box": 0, "due": AT, "at": AT}}
    assert item_entry({"item/a": missed}, "a") == missed


def test_when_something_was_written_is_told_by_its_number_or_else_by_its_time() -> None:
    assert written_at({"at": AT, "seq": 7}) == 7.0
    assert written_at({"at": AT}) == moment(AT) != 0.0
    assert written_at({"at": "yesterday"}) == 0.0


def test_what_one_cell_writes_the_others_have_too(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "my-record.json"
    one, two, other = (
        QuizWidget(course, quiz, "<p>x</p>", path) for quiz in ("m06-s3", "m06-s3", "m06-s1")
    )
    one.send = lambda _message: None
    answered = one._items[0]
    key = f"item/{answered}"
    made = [statement(key, entry(), course.about.iri)]
    one._asked(one, {"number": 1, "put": key, "known": None, "statements": made}, [])
    assert one.entries == two.entries == {key: entry()}  # for a tab that is loaded anew, too
    assert other.entries == {}
    assert two.score is not None


def test_what_is_no_statement_is_not_written(course: Course, tmp_path: Path) -> None:
    path = tmp_path / "my-record.json"
    shown = QuizWidget(course, "m06-s3", "<p>x</p>", path)
    sent: list[Any] = []
    shown.send = sent.append
    for statements in (None, 7, [7], {"a": 1}):
        shown._asked(shown, {"number": 1, "put": "item/a", "statements": statements}, [])
    assert [one["kept"] for one in sent] == [False] * 4
    assert not path.exists()
