"""A report is the same however many learners there are, and however their answers are divided."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine import Engine
from imlcourse.build.report import write_report
from imlcourse.course.model import Course
from imlcourse.results import intake
from imlcourse.results.analysis import LISTED, Analysis, analyse
from imlcourse.results.gather import Gathered, gather
from imlcourse.results.groups import FEWEST_IN_GROUP, group_figures, shown_groups
from imlcourse.results.intake import MOST_NAMED
from imlcourse.results.readers import json_stream
from learners import Group, account
from real_course import real_course
from small_course import ROOT
from test_results_statistics import PQ, WUENSCH

pl = pytest.importorskip("polars", reason="Polars is not installed (kit.in)")
pytest.importorskip("scipy", reason="SciPy is not installed (kit.in)")

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def singles(course: Course) -> list[str]:
    return [one.id for one in course.items if one.type == "single"]


@pytest.fixture(scope="module")
def records(engine: Engine, course: Course) -> list[list[dict[str, Any]]]:
    group = Group(engine, course)
    return [group.record(number, same=True) for number in range(3)]


def table(singles: list[str], people: int, seed: int, groups: int = 3) -> list[str]:
    """Give rows of people who took a pre-test, a quiz, a post-test and practice; some twice."""
    random = Random(seed)
    rows = []
    for person in range(people):
        for test in ("pre-test", "m09-quiz", "post-test", "practice"):
            days = ["2026-01-02", "2026-02-03"] if random.random() < 0.2 else ["2026-01-02"]
            for day in days:
                for item in singles[:4] if person % 3 else random.sample(singles[:9], 4):
                    points = random.choice(["0", "0.25", "0.333", "1", "1"])
                    rows.append(f"U{person},{test},{item},{points},{day},G{person % groups}")
    return rows


def written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(["participant,test,item,points,date,group", *rows]), "utf-8")
    return path


def figures(found: Analysis) -> dict[str, Any]:
    """Give all figures, rounded to 9 digits."""

    def rounded(value: Any) -> Any:
        match value:
            case float():
                return round(value, 9) + 0.0
            case pl.DataFrame():
                return None
            case dict():
                return {name: rounded(one) for name, one in value.items()}
            case list() | tuple():
                return [rounded(one) for one in value]
        return value

    told: dict[str, Any] = rounded(dataclasses.asdict(found))
    return told


def said(gathered: Gathered) -> list[str]:
    return [str(problem) for problem in gathered.problems]


# --- divided -----------------------------------------------------------------------------------


@example(seed=1, people=1, shard=1, bucket=1)
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 1000),
    people=st.integers(1, 8),
    shard=st.sampled_from([1, 3, 50]),
    bucket=st.sampled_from([9, 20, 500]),
)
def test_answers_in_shards_of_any_size_and_files_in_any_order_give_the_same_figures(
    tmp_path: Path, singles: list[str], seed: int, people: int, shard: int, bucket: int
) -> None:
    course = real_course()  # of an argument, all is written out for each example that is named
    rows = table(singles, people, seed)
    whole = written(tmp_path / "whole.csv", rows)
    expected = figures(analyse(course, gather(course, [whole])))
    divided = gather(course, [whole], shard_rows=shard, bucket_rows=bucket)
    assert figures(analyse(course, divided)) == expected
    parts = [
        written(
            tmp_path / f"{n}.csv", [row for row in rows if int(row[1 : row.index(",")]) % 2 == n]
        )
        for n in range(2)
    ]
    one, other = (gather(course, order) for order in (parts, parts[::-1]))
    assert figures(analyse(course, one)) == figures(analyse(course, other)) == expected


def test_reliability_is_that_of_all_who_were_asked_the_same_however_they_are_divided(
    tmp_path: Path, course: Course, singles: list[str]
) -> None:
    """Ten students’ quiz of ten items, as `test_results_statistics.py` has it: KR-20 is 0.696."""
    rows = [
        f"U{person},pre-test,{item},{point},2026-01-02,"
        for person, points in enumerate(WUENSCH)
        for item, point in zip(singles, points, strict=False)
    ]
    whole = written(tmp_path / "whole.csv", rows)
    for gathered in (
        gather(course, [whole]),
        gather(course, [whole], shard_rows=7, bucket_rows=30),
    ):
        (test,) = analyse(course, gathered).tests
        assert (test.count, test.same) == (10, 10)
        assert test.kr20 == test.alpha == pytest.approx(10 / 9 * (1 - sum(PQ) / 5.84))


def test_parquet_and_packed_csv_say_what_csv_says(
    tmp_path: Path, course: Course, singles: list[str]
) -> None:
    plain = written(tmp_path / "t.csv", table(singles, 5, 7))
    packed = tmp_path / "p.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    pl.read_csv(plain).write_parquet(tmp_path / "t.parquet")
    expected = figures(analyse(course, gather(course, [plain])))
    for path in (packed, tmp_path / "t.parquet"):
        gathered = gather(course, [path])
        assert said(gathered) == []
        assert figures(analyse(course, gathered)) == expected


def test_people_are_kept_once_however_often_a_table_speaks_of_them(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_MOST_PEOPLE", 5)
    taking = intake.Intake(course)
    source = intake.Source(1, Path("t.csv"))
    for turn in range(60):
        taking.person(source, f"U{turn % 7}", recorded=False)
        taking.person(source, f"u{turn % 7}", f"Name {turn % 7}", recorded=False)
        assert sum(one.height for one in taking._people_frames) <= 2 * 14 + 5
    _, people = taking.taken()
    assert people.height == 14 and people.get_column("key").n_unique() == 7


def test_a_report_that_is_killed_half_way_leaves_nothing(
    tmp_path: Path, course: Course, singles: list[str]
) -> None:
    rows, read = written(tmp_path / "t.csv", table(singles, 12, 1)), tmp_path / "course.pickle"
    read.write_bytes(pickle.dumps(course))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    program = f"""
import os, pickle, signal
from pathlib import Path
from imlcourse.results import gather as gathering
def settled(rows, twice):
    links = (f"/proc/self/fd/{{name}}" for name in os.listdir("/proc/self/fd"))
    opened = [os.readlink(one) for one in links if os.path.islink(one)]
    print(opened, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
gathering.settled = settled
course = pickle.loads(Path({str(read)!r}).read_bytes())
gathering.gather(course, [Path({str(rows)!r})], shard_rows=20)
"""
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(ROOT / "scripts")}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert str(scratch).encode() in ran.stdout  # answers were on the disk
    assert list(scratch.iterdir()) == []


# --- statements of a record store ----------------------------------------------------------------


def test_pages_of_a_store_are_read_with_doubles_once_and_what_is_voided_or_elsewhere_left_out(
    tmp_path: Path, course: Course, records: list[list[dict[str, Any]]]
) -> None:
    first, second, third = records
    post = next(
        one for one in second
        if one["verb"]["id"].endswith("completed") and one["object"]["id"].endswith("post-test")
    )  # fmt: skip
    voiding = {
        "id": "00000000-0000-4000-8000-000000000001",
        "actor": {"mbox": "mailto:admin@example.org"},
        "verb": {"id": VOIDED},
        "object": {"objectType": "StatementRef", "id": post["id"].upper()},
    }
    strange = {"actor": {"name": "X"}, "verb": {"id": "v"}, "object": {"id": "https://else/x"}}
    pages = [
        {"statements": [voiding, strange, *first], "more": "/xapi/statements?more=2"},
        {"more": "", "statements": [*first, *second]},
    ]
    for number, page in enumerate(pages):
        text = json.dumps(page, indent=1 if number else None)
        (tmp_path / f"page{number}.json").write_text(text, "utf-8")
    lines = "\n".join(json.dumps(one) for one in (*third, strange))
    (tmp_path / "rest.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    gathered = gather(course, [tmp_path])
    assert said(gathered) == []
    assert gathered.voided == 1 and [one.elsewhere for one in gathered.sources] == [1, 0, 1]
    tests = {one.account: [s.test for s in one.sittings] for one in gathered.learners.values()}
    both = ["pre-test", "m09-quiz", "post-test"]
    assert tests == {account(0): both, account(1): both[:2], account(2): both}
    assert analyse(course, gathered).gains[0].figures.count == 2


def test_half_letters_and_endless_cells_end_no_report(
    tmp_path: Path, course: Course, singles: list[str], records: list[list[dict[str, Any]]]
) -> None:
    text = json.dumps(records[0]).replace('"response": "', '"response": "\\ud800')
    text = text.replace("attempt/pre-test/a", "attempt/pre-test/\\udfff")
    (tmp_path / "a.json").write_text(text, "utf-8")
    rows = [f"A,pre-test,{singles[0]},1,,", f"B,pre-test,{'x' * 200_000},1,,"]
    written(tmp_path / "t.csv", rows)
    gathered = gather(course, [tmp_path])
    assert [one.test for one in gathered.learners.popitem()[1].sittings]
    assert len(gathered.people) == 2
    assert "t.csv:3: a cell here is too long to be an answer" in "\n".join(said(gathered))
    assert analyse(course, gathered).count == 2


TEXTS = [
    '[{"a": 1}, {"b": [2, "]"]},\n 17 ]',
    '{"a": 1}\n\n{"b": "é\\n"}\n[3]\n4',
    '{\n "a": {\n "b": 1}\n}\n',
    '{"statements": [{"a": 1},\n{"b": 2}], "more": "x"}\n{"more": "", "statements": []}',
    "",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("block", [1, 7, 1 << 20])
def test_values_are_the_same_in_whatever_pieces_a_file_is_read(
    monkeypatch: pytest.MonkeyPatch, text: str, block: int
) -> None:
    told: list[object] = []
    whole = list(json_stream.values_in(io.StringIO(text), lambda *one: told.append(one)))
    monkeypatch.setattr(json_stream, "_BLOCK", block)
    pieces = list(json_stream.values_in(io.StringIO(text), lambda *one: told.append(one)))
    assert pieces == whole and told == []
    flat = [value for _, value in whole]
    if text.startswith('{"statements"'):
        assert whole == [(1, {"a": 1}), (2, {"b": 2})]
    elif text.startswith("["):
        assert flat == json.loads(text)


def test_a_line_that_is_cut_is_named_and_those_after_it_are_used() -> None:
    told: list[int] = []
    text = '{"a": 1}\n{"b": \n{"c": 3}\n'
    found = list(json_stream.values_in(io.StringIO(text), lambda line, _: told.append(line)))
    assert found == [(1, {"a": 1}), (3, {"c": 3})] and told == [2]


# --- many --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("read_once")
def test_of_many_bad_rows_the_first_are_named_and_the_others_counted(
    tmp_path: Path, course: Course, singles: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from imlcourse.cli import main

    bad = [f"A,pretest,{singles[0]},1,," for _ in range(MOST_NAMED + 50)]
    path = written(tmp_path / "t.csv", [*bad, f"B,pre-test,{singles[0]},1,,"])
    gathered = gather(course, [path])
    assert gathered.left_out == MOST_NAMED + 50
    assert len(gathered.problems) == MOST_NAMED + 1
    assert "50 more rows or statements of this file are left out too" in "\n".join(said(gathered))
    assert len(gathered.learners) == 1
    assert main(["--course", str(ROOT), "report", str(path), "--to", str(tmp_path / "to")]) == 0
    err = capsys.readouterr().err
    assert "t.csv:2: no test is called" in err and "… and 150 more" in err


def test_more_people_than_a_page_can_list_are_spread_on_it_and_listed_in_a_table_beside_it(
    tmp_path: Path, course: Course, singles: list[str]
) -> None:
    people = LISTED + 1
    rows = [
        f"Name{n},{test},{item},{(n * 7 + place) % 5 // 2 / 2},,{'Far' if n < 4 else 'Near'} office"
        for n in range(people)
        for test in ("pre-test", "post-test")
        for place, item in enumerate(singles[:3])
    ]
    folder = tmp_path / "to"
    done = write_report(course, [written(tmp_path / "t.csv", rows)], folder)
    assert done.people == people and folder / "people.csv" in done.paths
    page = (folder / "report.html").read_text("utf-8")
    assert f"{people} people" in page and "P001" not in page and "people.csv" in page
    assert "How many people have which share of the points" in page
    assert "Far office" not in page and "All others" not in page  # it would leave four people
    listed = pl.read_csv(folder / "people.csv")
    assert listed.height == people and listed.get_column("Person")[0] == "P001"
    assert "Name" not in (folder / "people.csv").read_text("utf-8-sig")
    assert "Far office" not in listed.get_column("Group").to_list()
    # A small group after it has no such table, and keeps none of the group before.
    few = written(tmp_path / "few.csv", rows[:6])
    assert len(write_report(course, [few], folder).paths) == 2
    assert not (folder / "people.csv").exists()


def test_no_figure_of_a_group_stands_on_fewer_than_five_people() -> None:
    def people(**counts: int) -> Any:
        names = [name for name, count in counts.items() for _ in range(count)]
        size = len(names)
        return pl.DataFrame(
            {
                "team": names,
                "before": [0.5] * size,
                "after": [0.75 if n % 2 else None for n in range(size)],
                "edition": ["" if n % 2 else None for n in range(size)],
                "first": [0.5 if n % 2 else None for n in range(size)],
                "gain": [0.25 if n % 2 else None for n in range(size)],
                "needs": [["m01-o1"]] * size,
            }
        )

    assert shown_groups(people(a=9, b=5)) == {"a", "b"}
    # Four and what is next to it: from all the others, nobody can reckon who the four are.
    assert shown_groups(people(a=9, b=5, c=4)) == {"a"}
    assert shown_groups(people(a=9, b=5, c=4, d=1)) == {"a", "b"}
    assert shown_groups(people(a=4, b=4)) == set()
    # Who is in no group makes none, however many they are.
    assert shown_groups(people(**{"a": 9, "": 20})) == {"a"}
    found = group_figures(people(a=30, b=8, c=3, d=3))
    assert [(one.name, one.count, one.small) for one in found] == [
        ("a", 30, False), ("b", 8, True), ("", 6, True),
    ]  # fmt: skip
    for one in found:
        assert one.before == 0.5
        assert (one.after is None) == (one.count // 2 < FEWEST_IN_GROUP)
        assert (one.gain is None) == (one.count // 2 < FEWEST_IN_GROUP)
