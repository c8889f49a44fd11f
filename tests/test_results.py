"""Learners’ files to a group’s results: what is read, brought together, left out and kept apart."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from engine import Engine
from imlcourse.course.model import Course
from imlcourse.items.parts import ChoicePart
from imlcourse.products.report import make_report
from imlcourse.results.analysis import analyse
from imlcourse.results.gather import Gathered, ReportError, gather
from learners import NAMES, Group, account
from real_course import real_course
from small_course import ROOT

pytest.importorskip("scipy", reason="SciPy is not installed (kit.in)")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (kit.in)")


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def records(engine: Engine, course: Course) -> list[list[dict[str, Any]]]:
    """What twelve learners have exported, all of them asked the same."""
    group = Group(engine, course)
    return [group.record(number, same=True) for number in range(12)]


@pytest.fixture(scope="module")
def asked(course: Course) -> tuple[str, str]:
    """Two items that a pre-test may ask, with one right option each."""
    assert course.tests
    found = [one.id for one in course.drawn_from(course.tests.before_after) if one.type == "single"]
    return found[0], found[1]


def written(folder: Path, name: str, value: object) -> Path:
    path = folder / name
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    return path


def said(gathered: Gathered) -> list[str]:
    return [str(problem) for problem in gathered.problems]


def attempts(statements: list[dict[str, Any]], test: str) -> list[dict[str, Any]]:
    """Give the entries of a test in statements, to be edited there."""
    found = []
    for one in statements:
        for value in one["context"]["extensions"].values():
            if isinstance(value, dict) and value.get("test") == test:
                found.append(value)
    return found


# --- records ---------------------------------------------------------------------------------


def test_exported_records_give_the_tests_that_the_player_kept(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    paths = [written(tmp_path, f"{n}.json", one) for n, one in enumerate(records)]
    gathered = gather(course, paths)
    assert said(gathered) == []
    assert list(gathered.learners) == [f"P{n:02}" for n in range(1, 13)]
    by_account = {one.account: one for one in gathered.learners.values()}
    for number, statements in enumerate(records):
        learner = by_account[account(number)]
        assert learner.names == {NAMES[number]}
        assert [one.test for one in learner.sittings] == ["pre-test", "m09-quiz", "post-test"]
        for sitting in learner.sittings:
            (kept,) = attempts(statements, sitting.test)
            assert sitting.points == pytest.approx(kept["points"])
            assert [one.item for one in sitting.answers] == [one["id"] for one in kept["items"]]


def test_statements_of_a_record_store_as_json_lines_are_told_apart_by_account(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    mixed = [one for pair in zip(records[0], records[1], strict=False) for one in pair]
    strange = {"actor": {"name": "X"}, "verb": {"id": "v"}, "object": {"id": "https://else/x"}}
    lines = [json.dumps(one) for one in (strange, *mixed)]
    gathered = gather(course, [written(tmp_path, "store.jsonl", "\n".join(lines))])
    assert said(gathered) == []
    assert {one.account for one in gathered.learners.values()} == {account(0), account(1)}


def test_the_same_learner_in_two_files_is_one_with_the_first_end_of_each_test(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]], engine: Engine
) -> None:
    later = copy.deepcopy(records[0])
    (kept,) = attempts(later, "pre-test")
    kept["ended"] = "2026-12-24T10:00:00.000Z"
    kept["results"] = dict.fromkeys(kept["results"], 1)
    kept["points"] = 1
    paths = [written(tmp_path, "a.json", later), written(tmp_path, "b.json", records[0])]
    for order in (paths, paths[::-1]):
        gathered = gather(course, order)
        (learner,) = gathered.learners.values()
        assert gathered.merged == 1
        (original,) = attempts(records[0], "pre-test")
        merged = engine.evaluate(
            "([a, b]) => imlPlayer.record.merge('attempt/pre-test/a', a, b)", [kept, original]
        )
        first = learner.first("pre-test")
        assert first and first.points == pytest.approx(merged["points"])


def test_two_records_with_one_name_are_named_and_not_merged(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    twin = json.loads(json.dumps(records[1]).replace(NAMES[1], NAMES[0].upper()))
    paths = [written(tmp_path, "a.json", records[0]), written(tmp_path, "b.json", twin)]
    gathered = gather(course, paths)
    assert gathered.namesakes == [["P01", "P02"]]


def test_what_is_cut_off_damaged_or_newer_is_named_and_the_rest_is_used(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    text = json.dumps(records[0], indent=1)
    cut = text[: text.rindex('"post-test"')]
    damaged = copy.deepcopy(records[1])
    attempts(damaged, "pre-test")[0]["results"] = {"m01-i01": 7}
    newer = copy.deepcopy(records[2])
    attempts(newer, "pre-test")[0]["v"] = 2
    nobody = copy.deepcopy(records[3])
    del nobody[0]["actor"]
    paths = [
        written(tmp_path, "cut.json", cut),
        written(tmp_path, "damaged.json", damaged),
        written(tmp_path, "newer.json", newer),
        written(tmp_path, "nobody.json", nobody),
        written(tmp_path, "other.json", [{"object": {"id": "https://else/"}}]),
    ]
    gathered = gather(course, paths)
    told = "\n".join(said(gathered))
    assert re.search(r"cut\.json:\d+: the file is damaged or cut off from here on", told)
    assert "damaged.json:" in told and "makes no sense" in told
    assert "newer.json:" in told and "newer version of the course" in told
    assert "nobody.json:2: the statement does not say whose it is" in told
    assert "other.json: the file holds no record of this course" in told
    assert len(gathered.learners) == 4
    for learner in gathered.learners.values():
        assert learner.first("m09-quiz")


def test_of_practice_the_first_answer_counts_and_no_item_that_a_test_has_asked(
    tmp_path: Path, course: Course, engine: Engine
) -> None:
    group = Group(engine, course)
    item = next(one for one in course.items if one.type == "single")
    wrong = next(one.id for one in item.parts() if not one.right)
    twice = """([view, wrong, right]) => {
      const first = imlPlayer.record.recordOf(view, wrong, 0, null);
      return imlPlayer.record.recordOf(view, right, 1, first);
    }"""
    view = {"version": item.version, "kind": item.type}
    entry = engine.evaluate(twice, [view, wrong, item.key()])
    practised = group.statements(1, {f"item/{item.id}": entry})
    (learner,) = gather(course, [written(tmp_path, "a.json", practised)]).learners.values()
    (answer,) = learner.practice
    assert (answer.item, answer.points, answer.response) == (item.id, 0, wrong)
    asked = {"v": 1, "test": "m01-quiz", "kind": "module", "course": "0.1.0", "id": "x",
             "begun": entry["at"], "ended": entry["at"], "seed": 1, "place": 0, "points": 1,
             "items": [{"id": item.id, "version": item.version, "type": item.type}], "passed": True,
             "answers": {item.id: {"response": item.key(), "at": entry["at"]}},
             "results": {item.id: 1}, "at": entry["at"]}  # fmt: skip
    entries = {f"item/{item.id}": entry, "attempt/m01-quiz/x": asked}
    both = group.statements(1, entries)
    (learner,) = gather(course, [written(tmp_path, "b.json", both)]).learners.values()
    assert learner.practice == [] and learner.sittings[0].points == 1


def test_a_record_that_somebody_has_edited_brings_nothing_into_the_report(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    half = json.dumps(records[0]).replace(NAMES[0], "Ana \\ud83d")
    strange = copy.deepcopy(records[1])
    attempts(strange, "pre-test")[0]["items"][0]["id"] = "<b>\u0000=1+1"
    attempts(strange, "post-test")[0]["points"] = float("nan")
    deep = "[" * 100_000
    paths = [
        written(tmp_path, "half.json", half),
        written(tmp_path, "strange.json", strange),
        written(tmp_path, "deep.json", deep),
        written(tmp_path, "numbers.json", [1, None, "x", {"object": 7}]),
    ]
    gathered = gather(course, paths)
    told = said(gathered)
    assert len([one for one in told if "strange.json" in one and "makes no sense" in one]) == 2
    assert any("deep.json:1: the file is damaged" in one for one in told)
    assert len([one for one in told if "this is no statement" in one]) == 3
    (first,) = [one for one in gathered.learners.values() if one.account == account(0)]
    assert first.names == {"Ana ?"}
    report = make_report(course, paths)
    assert b"1+1" not in report.page and "Ana ?" in report.names.decode("utf-8-sig")


# --- tables ----------------------------------------------------------------------------------


def test_a_table_of_letters_and_points_is_scored_by_the_courses_own_scorer(
    tmp_path: Path, course: Course
) -> None:
    single = next(one for one in course.items if one.type == "single")
    order = course.orders[single.id]["options"]
    key = "abcdef"[order.index(next(n for n, o in enumerate(single.parts()) if o.right))]
    table = f"""participant;test;item;answer;points
A1;pre-test;{single.id};{key.upper()};
A2;pre-test;{single.id};{"b" if key == "a" else "a"};
A3;pre-test;{single.id};;
A4;pre-test;{single.id};;0,5
"""
    gathered = gather(course, [written(tmp_path, "t.csv", table)])
    assert said(gathered) == []
    points = {one.account: one.sittings[0].points for one in gathered.learners.values()}
    assert points == {"A1": 1, "A2": 0, "A3": 0, "A4": 0.5}


def test_a_workbook_and_a_csv_say_the_same(
    tmp_path: Path, course: Course, asked: tuple[str, str]
) -> None:
    book = openpyxl.Workbook()
    rows: list[list[object]] = [["Participant", "Test", "Item", "Points", "Date"]]
    rows += [[f"A{n}", "post-test", asked[0], n % 2, "2026-11-22"] for n in range(4)]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    csv = "\n".join(",".join(map(str, row)) for row in rows)
    paths = [tmp_path / "t.xlsx", written(tmp_path, "t.csv", csv)]
    from_book, from_csv = (gather(course, [path]).learners for path in paths)
    assert from_book.keys() == from_csv.keys()
    for code, learner in from_book.items():
        assert learner.sittings == from_csv[code].sittings
    both = gather(course, paths)
    assert all(len(learner.sittings) == 1 for learner in both.learners.values())


def test_a_question_of_a_sheet_is_found_by_its_number_and_version(
    tmp_path: Path, course: Course
) -> None:
    single = next(one for one in course.items if one.type == "single")
    order = course.orders[single.id]["options"]
    right = next(n for n, part in enumerate(single.parts()) if part.right)
    letters = "abcdef"[: len(order)]
    in_course = letters[order.index(right)]
    turned = letters[::-1]
    on_sheet = letters[turned.index(in_course)]
    key = f"test,version,question,item,order\npre-test,B,3,{single.id},{turned}\n"
    answers = f"participant,test,version,question,answer\n7,pre-test,b,3,{on_sheet}\n"
    paths = [written(tmp_path, "a.csv", answers), written(tmp_path, "key.csv", key)]
    (learner,) = gather(course, paths).learners.values()
    assert learner.sittings[0].points == 1


def test_answers_on_printed_sheets_are_read_with_the_file_that_is_made_beside_them(
    tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each version shuffles questions and options; the numbers and letters are those printed."""
    pytest.importorskip("typst", reason="typst is not installed (kit.in)")
    from imlcourse.products.kit.paper.asked import asked_test
    from imlcourse.products.kit.paper.make import paper_files
    from imlcourse.products.kit.paper.set import PaperTest

    # The files beside the sheets are read here, and not the sheets.
    for part in ("question_pages", "answer_sheet"):
        monkeypatch.setattr(f"imlcourse.products.kit.paper.{part}.typeset", lambda *_: b"")
    monkeypatch.setattr("imlcourse.products.kit.paper.make.write_pdf", lambda _: b"")
    paper = PaperTest(course, asked_test(course, "pre-test", 1), "A4", False, 2)
    for file in paper_files(paper):
        if file.kind in ("list", "places"):  # both lie in the folder of the sheets
            (tmp_path / file.name).write_bytes(file.data)
    items = {one.id: one for one in course.items}
    rows, expected = ["participant,test,version,question,answer,points"], {}
    for letter, questions in paper.versions.items():
        for one in questions:
            key = items[one.item.id].key()
            wanted = key if isinstance(key, list) else [key]
            labels = [c.label for line in one.lines for c in line.choices if c.answer in wanted]
            known = one.item.type in ("single", "multiple", "truefalse")
            said = " ".join(labels) if known else ""
            rows.append(f"{letter}1,pre-test,{letter},{one.number},{said},{'' if known else 1}")
        expected[f"{letter}1"] = {one.item.id for one in questions}
    written(tmp_path, "answers.csv", "\n".join(rows))
    gathered = gather(course, [tmp_path])
    assert [str(problem) for problem in gathered.problems] == []
    for learner in gathered.learners.values():
        (sitting,) = learner.sittings
        assert {one.item for one in sitting.answers} == expected[learner.account]
        assert sitting.points == 1


def test_paper_before_and_a_record_after_are_one_learner_by_the_name(
    tmp_path: Path,
    course: Course,
    records: list[list[dict[str, Any]]],
    asked: tuple[str, str],
) -> None:
    table = f"participant,name,test,item,points\n17,{NAMES[0]},pre-test,{asked[0]},1\n"
    paths = [written(tmp_path, "a.csv", table), written(tmp_path, "b.json", records[0])]
    gathered = gather(course, paths)
    (learner,) = gathered.learners.values()
    assert gathered.by_name == 1
    assert len([one for one in learner.sittings if one.test == "pre-test"]) == 2


def test_bad_rows_are_named_by_file_and_line_and_the_rest_is_used(
    tmp_path: Path, course: Course, asked: tuple[str, str]
) -> None:
    first, second = asked
    table = f"""participant,test,item,version,answer,points,date
A1,pre-test,{first},,,1,
,pre-test,{first},,,1,
A1,pretest,{first},,,1,
A1,pre-test,m01-i999,,,1,
A1,pre-test,{second},,,3,
A1,pre-test,{second},,z,,
A1,pre-test,{second},0000beef,a,,
A1,pre-test,{first},,,0,
A1,post-test,{second},,,1,soon
"""
    gathered = gather(course, [written(tmp_path, "t.csv", table)])
    told = said(gathered)
    beginnings = [
        "3: there is no participant",
        "4: no test is called “pretest” (did you mean pre-test?)",
        "5: there is no item m01-i999",
        "6: “3” are no points",
        f"7: “z” does not answer {second}",
        f"8: {second} is worded otherwise now",
        f"9: {first} was answered in line 2 already",
        "10: “soon” is no day",
    ]
    assert len(told) == len(beginnings)
    for line, beginning in zip(told, beginnings, strict=True):
        assert f"t.csv:{beginning}" in line
    (learner,) = gathered.learners.values()
    assert [one.item for one in learner.sittings[0].answers] == [first]
    assert gathered.sources[0].left_out == [3, 4, 5, 6, 7, 8, 9, 10]


def test_files_that_are_no_such_files_are_named_and_nothing_is_made(
    tmp_path: Path, course: Course
) -> None:
    (tmp_path / "w.csv").write_bytes(b"participant;name\nA;Ren\xe9\n")
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    written(tmp_path, "y.csv", "who,test,item,points\nA,pre-test,m01-i83,1\n")
    written(tmp_path, "z.json", "{")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReportError) as caught:
        gather(course, [tmp_path, tmp_path / "empty", tmp_path / "none.csv", ROOT / "LICENSE"])
    told = str(caught.value)
    assert "nobody’s answers could be read" in told
    for part in (
        "w.csv: the file is not in UTF-8",
        "x.xlsx: this is no XLSX file",
        "y.csv:1: the first row has no column participant",
        "z.json:1: this line is no statement",
        "empty: the folder holds no file",
        "none.csv: there is no such file",
        "LICENSE: only files that end in",
    ):
        assert part in told


# --- figures ---------------------------------------------------------------------------------


def test_twelve_who_were_asked_the_same_have_reliability_gain_and_needs(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    for number, one in enumerate(records):
        written(tmp_path, f"{number}.json", one)
    found = analyse(course, gather(course, [tmp_path]))
    assert [(one.test, one.count, one.same) for one in found.tests] == [
        ("pre-test", 12, 12),
        ("m09-quiz", 12, 12),
        ("post-test", 12, 12),
    ]
    assert all(one.kr20 is not None and one.alpha is not None for one in found.tests)
    (gain,) = found.gains
    assert gain.edition == "" and gain.figures.count == 12 and gain.figures.effect_interval
    assert found.small and not found.very_small
    single = {one.id for one in course.items if one.type == "single"}
    for row in found.items:
        chosen = sum(choice.count for choice in row.choices)
        if row.choices and row.item in single:
            assert chosen + row.unanswered == row.count == 12
    missed = [item.missed for item in found.debrief]
    assert missed == sorted(missed, reverse=True) and found.debrief_stage == "after"
    # Whoever needs a module has less than half of the points of each objective named.
    assert {p.code for p in found.people if p.needs} == {
        code for need in found.needs for code in need.codes
    }


def test_nine_people_get_neither_reliability_nor_discrimination(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    for number, one in enumerate(records[:9]):
        written(tmp_path, f"{number}.json", one)
    found = analyse(course, gather(course, [tmp_path]))
    assert found.very_small
    assert {(one.kr20, one.alpha) for one in found.tests} == {(None, None)}
    assert {one.discrimination for one in found.items} == {None}
    assert found.gains[0].figures.interval


def test_tests_worded_otherwise_are_not_thrown_together(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    for number, one in enumerate(records):
        mine = copy.deepcopy(one)
        if number < 4:
            for test in ("pre-test", "post-test") if number < 3 else ("pre-test",):
                (kept,) = attempts(mine, test)
                kept["course"] = "0.0.9"
                kept["items"][0]["version"] = "0000beef"
        written(tmp_path, f"{number}.json", mine)
    found = analyse(course, gather(course, [tmp_path]))
    counts = {(one.test, one.edition): one.count for one in found.tests}
    assert counts["pre-test", ""] == 8 and counts["pre-test", "0.0.9"] == 4
    assert counts["post-test", ""] == 9 and counts["post-test", "0.0.9"] == 3
    assert {one.edition: one.figures.count for one in found.gains} == {"": 8, "0.0.9": 3}
    assert found.unpaired == 1 and found.earlier == 7
    old = [one for one in found.items if not one.present]
    assert {one.version for one in old} == {"0000beef"} and sum(one.count for one in old) == 7
    assert not any(one.choices for one in old)


def test_a_pre_test_alone_shows_where_to_begin(
    tmp_path: Path, course: Course, asked: tuple[str, str]
) -> None:
    first, second = asked
    rows = ["participant,test,item,points"]
    rows += [f"A{n},pre-test,{first},{int(n > 7)}\nA{n},pre-test,{second},1" for n in range(10)]
    found = analyse(course, gather(course, [written(tmp_path, "t.csv", "\n".join(rows))]))
    assert found.debrief_stage == "before" and found.gains == []
    assert [(one.item, one.missed, one.count) for one in found.debrief] == [(first, 8, 10)]
    assert [need.count for need in found.needs] in ([8], [])


def test_what_most_chose_in_place_of_the_right_answer_is_told(
    tmp_path: Path, course: Course, asked: tuple[str, str]
) -> None:
    first, second = asked
    items = {one.id: one for one in course.items if one.id in asked}
    parts = [one for one in items[first].parts() if isinstance(one, ChoicePart)]
    right, *wrong = [one.id for one in sorted(parts, key=lambda one: (not one.right, one.id))]
    chosen = [wrong[1]] * 3 + [wrong[0]] * 2 + [right]
    rows = ["participant,test,item,answer,points"]
    rows += [f"A{n},pre-test,{first},{one}," for n, one in enumerate(chosen)]
    rows += [f"A{n},pre-test,{second},,{int(n > 1)}" for n in range(6)]
    # An item that the course has no more, and one that one person alone has missed.
    rows += [f"A{n},pre-test,m01-i01,,0" for n in range(6)]
    found = analyse(course, gather(course, [written(tmp_path, "t.csv", "\n".join(rows))]))
    assert [(one.item, one.missed, one.count) for one in found.debrief] == [
        (first, 5, 6), (second, 2, 6),
    ]  # fmt: skip
    most, points_alone = found.debrief
    assert most.instead and (most.instead.part, most.instead.count) == (wrong[1], 3)
    assert points_alone.instead is None
    told = {one.item: one for one in found.items}
    assert {one.part: one.count for one in told[first].choices} | {right: 1} == {
        one: chosen.count(one) for one in (right, *wrong)
    }
    assert told[second].choices == told["m01-i01"].choices == ()
    assert not told["m01-i01"].present and told[first].present
    assert told[first].right == 1
    assert told[first].difficulty == pytest.approx(1 / 6)
    # Of two that as many chose, it is always the same one.
    rows += [f"A{n},pre-test,{first},{wrong[0]}," for n in (6,)]
    found = analyse(course, gather(course, [written(tmp_path, "t.csv", "\n".join(rows))]))
    again = found.debrief[0].instead
    assert again and (again.part, again.count) == (min(wrong[:2]), 3)


def test_people_are_counted_in_tenths_of_the_points_and_objectives_in_one_order(
    tmp_path: Path, course: Course
) -> None:
    of_module = [one for one in course.items if one.objective.startswith("m09-")]
    ids = sorted({one.objective for one in of_module}, reverse=True)[:2]
    items = [next(one.id for one in of_module if one.objective == id_) for id_ in ids]
    rows = ["participant,test,item,points"]
    shares = ("0", "0.1", "0.29", "0.3", "0.6", "0.7", "0.99", "1")
    rows += [f"A{n},m09-quiz,{item},{one}" for n, one in enumerate(shares) for item in items]
    # In a computer's numbers, half of 0.1 + 0.7 is a little less than 0.4.
    others = [one.id for one in course.items if one.objective.startswith("m01-")]
    parts = zip(others, ("0.1", "0.7"), strict=False)
    rows += [f"B,pre-test,{item},{points}" for item, points in parts]
    found = analyse(course, gather(course, [written(tmp_path, "t.csv", "\n".join(rows))]))
    assert found.spread == {
        "before": [0, 0, 0, 0, 1, 0, 0, 0, 0, 0], "during": [1, 1, 1, 1, 0, 0, 1, 1, 0, 2],
    }  # fmt: skip
    need = found.needs[0]
    assert (need.module, need.count) == ("m09", 4)
    assert need.objectives == tuple((id_, 4) for id_ in sorted(ids)), (
        "of as many, the first one first"
    )


def test_the_gain_is_from_the_first_pre_test_to_the_last_post_test(
    tmp_path: Path, course: Course, asked: tuple[str, str]
) -> None:
    rows = ["participant,test,item,points,date"]
    for test, day, points in (
        ("pre-test", "2026-02-03", 1), ("pre-test", "2026-01-02", 0.25),
        ("post-test", "2026-03-09", 0.75), ("post-test", "2026-03-01", 0.5),
    ):  # fmt: skip
        rows += [f"A,{test},{asked[0]},{points},{day}"]
    found = analyse(course, gather(course, [written(tmp_path, "t.csv", "\n".join(rows))]))
    ((gain,), (person,)) = (found.gains, found.people)
    figures = gain.figures
    assert (figures.before, figures.after, figures.gain) == (0.25, 0.75, 0.5)
    # Whatever is told beside the gain is of what was asked for the first time.
    assert person.shares == {"before": 0.25, "after": 0.5}
    assert (person.before, person.gain) == (0.25, 0.5)
    assert [(one.test, one.count, one.mean) for one in found.tests] == [
        ("pre-test", 1, 0.25), ("post-test", 1, 0.5),
    ]  # fmt: skip
