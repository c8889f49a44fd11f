"""Result codes: written by the player, read by the player and by the report, and safe to type."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engine import Engine
from imlcourse.course.bank import CourseTests
from imlcourse.course.model import Course
from imlcourse.course.result_codes import CodedRow, CodedTest, coded_tests
from imlcourse.player.data import course_data
from imlcourse.products.report import make_report
from imlcourse.results.analysis import analyse
from imlcourse.results.codes import CodeError, person_of, read_code
from imlcourse.results.gather import Gathered, gather
from learners import Group, account
from real_course import real_course

for library in ("reedsolo", "polars"):
    pytest.importorskip(library, reason=f"{library} is not installed (kit.in)")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (kit.in)")
segno = pytest.importorskip("segno", reason="segno is not installed (kit.in)")
Image = pytest.importorskip("PIL.Image", reason="pillow is not installed (kit.in)")

Write = Callable[..., str]

VECTORS = json.loads((Path(__file__).parent / "codes.json").read_text("utf-8"))
CODE = VECTORS["codes"][0]["code"]
TESTS = [
    CodedTest(**{**one, "rows": tuple(CodedRow(*row) for row in one["rows"])})
    for one in VECTORS["tests"]
]
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DECODE_ALL = "({texts, tests}) => texts.map((text) => imlPlayer.code.decode(text, tests))"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def written(engine: Engine, test: dict[str, Any], **result: Any) -> str:
    """Let the player write a code."""
    points = {
        name: {"points": points, "count": count}
        for (name, count, _), points in zip(test["rows"], result.pop("points"), strict=True)
    }
    code: str = engine.evaluate(
        "({test, result}) => imlPlayer.code.grouped(imlPlayer.code.encode(test, result))",
        {"test": test, "result": {**result, "points": points}},
    )
    return code


def refused(text: str) -> CodeError:
    with pytest.raises(CodeError) as error:
        read_code(text, TESTS)
    return error.value


def flawed(code: str) -> list[tuple[str, int]]:
    """Give a code with each wrong sign in each place, and the group that it is in."""
    bare = code.replace(" ", "")
    return [
        (bare[:at] + sign + bare[at + 1 :], at // 4 + 1)
        for at in range(len(bare))
        for sign in SIGNS
        if sign != bare[at]
    ]


def swapped(code: str) -> list[str]:
    """Give a code with each two neighbours that differ changed in their places."""
    bare = code.replace(" ", "")
    return [
        bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :]
        for at in range(len(bare) - 1)
        if bare[at] != bare[at + 1]
    ]


# --- one format, two readers -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "coded"),
    [
        ("", True),
        ("delete points[names[0]]", False),
        ("points[names[0]].count += 1", False),
        ("points.more = points[names[0]]", False),
    ],
)
def test_a_result_of_which_the_lines_are_not_those_of_the_test_has_no_code(
    engine: Engine, change: str, coded: bool
) -> None:
    code = engine.evaluate(
        f"""([test, result]) => {{
          const names = test.rows.map(([name]) => name);
          const points = Object.fromEntries(test.rows.map(([name, count]) =>
            [name, {{ points: count, count }}]));
          {change};
          return imlPlayer.code.encode(test, Object.assign({{ points }}, result));
        }}""",
        [VECTORS["tests"][0],
         {"person": 7, "attempt": 1, "present": True, "ended": "2026-11-20T10:00:00.000Z"}],
    )  # fmt: skip
    assert bool(code) is coded


@pytest.mark.parametrize("vector", VECTORS["codes"], ids=lambda one: one["code"][:9])
def test_player_and_report_read_the_same_in_a_code(engine: Engine, vector: dict[str, Any]) -> None:
    test = next(one for one in VECTORS["tests"] if one["test"] == vector["test"])
    names = ("person", "attempt", "ended", "present", "points")
    assert written(engine, test, **{name: vector[name] for name in names}) == vector["code"]
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [vector["code"]], "tests": VECTORS["tests"]})
    read = read_code(vector["code"], TESTS)
    assert (told["test"], told["present"]) == (vector["test"], vector["present"])
    assert (read.code, read.test, read.present) == (told["code"], told["test"], told["present"])
    wanted = vector["read"]
    for got in (
        {name: told[name] for name in ("person", "attempt", "date")},
        {"person": read.person, "attempt": read.attempt, "date": read.date.isoformat()},
    ):
        assert got == {name: wanted[name] for name in ("person", "attempt", "date")}
    told_rows = [(one["name"], one["points"], one["count"]) for one in told["rows"]]
    assert [(one.name, one.points, one.count) for one in read.results] == told_rows
    for (name, points, count), (known, of, steps), step in zip(
        told_rows, test["rows"], wanted["steps"], strict=True
    ):
        assert (name, round(points * steps), count) == (known, step, of)


@pytest.mark.parametrize("text", VECTORS["forgiven"])
def test_spaces_dashes_capitals_and_signs_that_look_alike_are_forgiven(
    engine: Engine, text: str
) -> None:
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [text], "tests": VECTORS["tests"]})
    assert told["code"] == read_code(text, TESTS).code == CODE


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda one: one["text"].strip())
def test_what_is_wrong_is_said_and_where(engine: Engine, vector: dict[str, Any]) -> None:
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [vector["text"]], "tests": VECTORS["tests"]})
    error = refused(vector["text"])
    assert told["error"] == error.kind == vector["error"]
    assert told.get("groups", []) == list(error.groups) == vector.get("groups", [])
    assert told.get("meant", "") == error.meant == vector.get("meant", "")


# --- slips -------------------------------------------------------------------------------------


def test_every_single_slip_and_every_swap_shows_and_is_located(engine: Engine) -> None:
    slips = flawed(CODE)
    texts = [text for text, _ in slips] + swapped(CODE)
    told = engine.evaluate(DECODE_ALL, {"texts": texts, "tests": VECTORS["tests"]})
    assert len(slips) == 20 * 31
    for text, one in zip(texts, told, strict=True):
        assert (one["error"], one["meant"]) == ("slip", CODE)
        error = refused(text)
        assert (error.kind, error.meant, list(error.groups)) == ("slip", CODE, one["groups"])
    for (_, group), one in zip(slips, told[: len(slips)], strict=True):
        assert one["groups"] == [group]


def test_three_and_four_slips_always_show_and_are_never_taken_for_nothing(engine: Engine) -> None:
    lot = Random(29)
    texts = []
    for vector in VECTORS["codes"]:
        for _ in range(1500):
            signs = list(vector["code"].replace(" ", ""))
            for at in lot.sample(range(len(signs)), lot.choice([3, 4])):
                signs[at] = lot.choice(SIGNS.replace(signs[at], ""))
            texts.append("".join(signs))
    told = engine.evaluate(DECODE_ALL, {"texts": texts, "tests": VECTORS["tests"]})
    assert {one["error"] for one in told} == {"slip"}
    for text in texts[::50]:
        assert refused(text).kind == "slip"


# --- the tests of this course ------------------------------------------------------------------


def test_codes_of_the_course_are_short_and_by_objective(course: Course) -> None:
    tests = {one.test: one for one in coded_tests(course)}
    assert {"pre-test", "post-test", "final-test"} < set(tests)
    assert set(tests) > {quiz.id for quiz in course.module_quizzes.values()}
    length = {name: 16 + one.signs for name, one in tests.items()}
    assert (length.pop("pre-test"), length.pop("post-test"), length.pop("final-test")) == (
        24,
        24,
        28,
    )
    assert set(length.values()) == {20}
    objectives = {one.id for module in course.modules.values() for one in module.front.objectives}
    for name, one in tests.items():
        by = set(course.modules) if name == "final-test" else objectives
        assert {row.name for row in one.rows} <= by
    assert "start-check" not in tests


def test_any_result_of_any_test_comes_back_as_it_was(engine: Engine, course: Course) -> None:
    lot = Random(12)
    known = coded_tests(course)
    assert [one.data() for one in known] == course_data(course)["codes"]
    for test in known:
        points = [lot.choice([0, row.count, lot.uniform(0, row.count)]) for row in test.rows]
        points = [
            p if row.steps > 1 else round(p) for p, row in zip(points, test.rows, strict=True)
        ]
        person, attempt, day = lot.randrange(32**4), lot.randint(1, 9), lot.randrange(1, 4095)
        ended = f"{date.fromordinal(date(2026, 1, 1).toordinal() + day)}T12:00:00.000Z"
        code = written(
            engine,
            test.data(),
            person=person,
            attempt=attempt,
            ended=ended,
            present=True,
            points=points,
        )
        read = read_code(code, known)
        assert (read.test, read.present, read.date.isoformat()) == (test.test, True, ended[:10])
        assert read.attempt == min(attempt, 8)
        for result, row, earned in zip(read.results, test.rows, points, strict=True):
            assert result.points == pytest.approx(earned, abs=1 / row.steps if row.steps > 1 else 0)
            # Everything and nothing are told only where it is so.
            assert (result.points == row.count) == (earned == row.count)
            assert (result.points == 0) == (earned == 0)


def test_a_code_of_another_edition_is_known_as_such(engine: Engine, course: Course) -> None:
    known = coded_tests(course)
    (test,) = [one for one in known if one.test == "m06-quiz"]
    asked = {"person": 5, "attempt": 1, "ended": "2026-11-27T12:00:00.000Z", "present": True}
    points = [float(row.count) for row in test.rows]
    worded = {**test.data(), "edition": test.edition % 1023 + 1}
    code = written(engine, worded, **asked, points=points)
    assert read_code(code, known).present is False
    divided = {**worded, "shape": (test.shape + 1) % 32}
    code = written(engine, divided, **asked, points=points)
    with pytest.raises(CodeError, match="another edition of m06-quiz") as error:
        read_code(code, known)
    (told,) = engine.evaluate(DECODE_ALL, {"texts": [code], "tests": [one.data() for one in known]})
    assert error.value.kind == told["error"] == "edition"


def test_a_code_names_the_record_and_nobody(engine: Engine) -> None:
    accounts = [f"{n:024x}" for n in range(300)]
    signs = engine.evaluate("(all) => all.map((one) => imlPlayer.code.personOf(one))", accounts)
    told = [person_of(one) for one in accounts]
    assert told == ["".join(SIGNS[n >> by & 31] for by in (15, 10, 5, 0)) for n in signs]
    assert len(set(told)) >= 299


# --- codes in a report -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def write(engine: Engine, course: Course) -> Write:
    """Write codes of this course, with a share of the points for each line."""
    known = {one.test: one.data() for one in coded_tests(course)}

    def write(test: str, person: int, share: float, **more: Any) -> str:
        result = {"attempt": 1, "ended": "2026-11-27T12:00:00.000Z", "present": True, **more}
        points = [round(share * count) for _, count, _ in known[test]["rows"]]
        return written(engine, known[test], person=person, points=points, **result)

    return write


def course_tests(course: Course) -> CourseTests:
    assert course.tests
    return course.tests


def sat(gathered: Gathered) -> list[tuple[str, list[tuple[str, float]]]]:
    """Give the names and the sittings of everybody."""
    people = gathered.learners.values()
    return sorted(
        (
            " / ".join(sorted(one.names)),
            sorted((sitting.test, round(sitting.points, 2)) for sitting in one.sittings),
        )
        for one in people
    )


def test_codes_in_a_list_a_table_and_the_command_give_results_by_objective(
    tmp_path: Path, course: Course, write: Write
) -> None:
    typed = tmp_path / "codes.txt"
    typed.write_text(
        f"# our group\nAmina Diallo: {write('pre-test', 1, 0)}\n\n{write('pre-test', 2, 1)}\n",
        encoding="utf-8",
    )
    table = tmp_path / "codes.csv"
    table.write_text(f"Name;Code\nBruno;{write('m09-quiz', 2, 1)}\n", encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append(["code"])
    book.active.append([write("post-test", 1, 1).lower().replace(" ", "-")])
    book.save(tmp_path / "codes.xlsx")
    groups = write("final-test", 2, 0).split()
    gathered = gather(course, [tmp_path], [*groups, write("m01-quiz", 1, 1)])
    assert [str(problem) for problem in gathered.problems] == []
    assert sat(gathered) == [
        ("Amina Diallo", [("m01-quiz", 1.0), ("post-test", 1.0), ("pre-test", 0.0)]),
        ("Bruno", [("final-test", 0.0), ("m09-quiz", 1.0), ("pre-test", 1.0)]),
    ]
    learner = next(one for one in gathered.learners.values() if "Bruno" in one.names)
    quiz = next(one for one in learner.sittings if one.test == "m09-quiz")
    blueprint = course.module_quizzes["m09"].blueprint
    asked = [cell.objective for cell in blueprint for _ in range(cell.items)]
    assert sorted(one.objective for one in quiz.answers) == sorted(map(str, asked))
    assert {(one.item, one.response) for one in quiz.answers} == {("", None)}


def test_a_bad_code_is_named_by_file_and_line_and_the_rest_is_used(
    tmp_path: Path, course: Course, write: Write
) -> None:
    code = write("m09-quiz", 3, 1)
    slip = code[:11] + ("X" if code[11] != "X" else "Y") + code[12:]
    lines = [f"Abel {slip}", f"Ilse {code}", code[:-6], "no code today", f"Ilse {code}"]
    typed = tmp_path / "codes.txt"
    typed.write_text("\n".join(lines), encoding="utf-8")
    gathered = gather(course, [typed])
    told = [str(problem).partition("codes.txt:")[2] for problem in gathered.problems]
    group = slip.split()[2]
    assert told[0].startswith(
        f"1: the 3rd group has a slip (“{group}” may have to be “{code.split()[2]}”)"
    )
    assert told[1].startswith("3: the code has 15 signs")
    assert told[2].startswith("4: there is no code in this line")
    assert sat(gathered) == [("Ilse", [("m09-quiz", 1.0)])]


def test_a_code_and_the_record_that_it_is_of_are_one_learner_and_one_sitting(
    tmp_path: Path, course: Course, engine: Engine, write: Write
) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(Group(engine, course).record(4)), encoding="utf-8")
    whole = sat(gather(course, [record]))
    signs = engine.evaluate("(one) => imlPlayer.code.personOf(one)", account(4))
    told = write("pre-test", signs, 0.5, ended="2026-11-20T12:00:00.000Z")
    later = write("final-test", signs, 1)
    gathered = gather(course, [record], [told, later])
    assert sat(gathered) == [(whole[0][0], [("final-test", 1.0), *whole[0][1]])]


def test_the_same_name_joins_two_devices_unless_both_tell_of_one_test(
    tmp_path: Path, course: Course, write: Write
) -> None:
    typed = tmp_path / "codes.txt"
    names = [("Chen", "pre-test", 1), ("Chen", "post-test", 2), ("Ana", "pre-test", 3)]
    names += [("Ana", "pre-test", 4)]
    lines = [f"{name}: {write(test, person, 1)}" for name, test, person in names]
    typed.write_text("\n".join(lines), encoding="utf-8")
    gathered = gather(course, [typed])
    assert [name for name, _ in sat(gathered)] == ["Ana", "Ana", "Chen"]
    assert gathered.by_name == 1
    assert len(gathered.namesakes) == 1


def test_one_photo_may_hold_several_codes(tmp_path: Path, course: Course, write: Write) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed (kit.in)")
    codes = [write("m09-quiz", person, 1) for person in (5, 6)]
    photo = Image.new("RGB", (900, 500), "grey")
    for n, words in enumerate([*(f"IML {code}" for code in codes), "https://example.org"]):
        made = io.BytesIO()
        segno.make_qr(words, error="m").save(made, kind="png", scale=6, border=4)
        with Image.open(made) as square:
            photo.paste(square.convert("RGB"), (20 + 290 * n, 60))
    photo.rotate(7, fillcolor="grey").save(tmp_path / "table.jpg", quality=70)
    Image.new("RGB", (60, 60), "white").save(tmp_path / "wall.png")
    (tmp_path / "note.jpeg").write_text("no photo", encoding="utf-8")
    gathered = gather(course, [tmp_path])
    assert [points for _, points in sat(gathered)] == [[("m09-quiz", 1.0)]] * 2
    told = [str(problem) for problem in gathered.problems]
    assert "note.jpeg: this is no photo" in told[0]
    assert "wall.png: there is no QR code of a result" in told[1]


def test_codes_alone_give_gain_objectives_and_modules_and_say_what_they_cannot(
    tmp_path: Path, course: Course, write: Write
) -> None:
    typed = tmp_path / "codes.txt"
    tests = [("pre-test", 0), ("post-test", 1), ("final-test", 0)]
    codes = [write(test, person, share) for person in range(4) for test, share in tests]
    typed.write_text("\n".join(codes), encoding="utf-8")
    gathered = gather(course, [typed])
    found = analyse(course, gathered)
    assert (found.count, found.items, found.debrief) == (4, [], [])
    (gain,) = found.gains
    assert (gain.edition, gain.figures.count, round(gain.figures.gain, 9)) == ("", 4, 1)
    around = {cell.objective for cell in course_tests(course).before_after.blueprint}
    told = {one.objective for one in found.objectives if one.objective}
    assert told == around
    final = {cell.module: cell.items for cell in course_tests(course).final.blueprint}
    for one in found.objectives:
        if not one.objective:
            after = sum(
                row.shares["after"][1]
                for row in found.objectives
                if row.module == one.module and row.objective
            )
            assert one.shares["after"][1] == after + 4 * final[one.module]
    # The final test says of modules alone that they were failed.
    assert {need.module for need in found.needs} == set(final)
    assert all(need.objectives == () and need.count == 4 for need in found.needs)
    report = make_report(course, [typed])
    page = report.page.decode()
    assert "All results are from result codes." in page
    assert "Every question</h2>" not in page
    assert not re.search(r"&nbsp;\(0\)", page)


def test_a_report_says_how_many_gave_codes_alone(
    tmp_path: Path, course: Course, engine: Engine, write: Write
) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(Group(engine, course).record(4)), encoding="utf-8")
    code = write("pre-test", 1, 1, present=False)
    typed = tmp_path / "codes.txt"
    typed.write_text(f"Ana: {code}\nBen: {code}\n", encoding="utf-8")
    report = make_report(course, [record, typed])
    page = report.page.decode()
    assert "1 person gave only result codes." in page
    assert "from one record, but have different names beside them" in page
    # What was asked in other words than now stands apart.
    assert "Pre-test (worded differently now)" in page


def test_a_screen_after_a_test_is_photographed_and_gives_the_result_to_the_report(
    page: Page, offline: Path, tmp_path: Path, course: Course
) -> None:
    pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed (kit.in)")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{(offline / 'modules' / 'm09.html').as_uri()}#quiz-m09-quiz")
    quiz = page.locator("[data-iml-quiz=m09-quiz]")
    quiz.get_by_role("button", name="Start").click()
    next_, finish = (
        quiz.get_by_role("button", name=name, exact=True) for name in ("Next", "Finish")
    )
    expect(finish).to_be_visible()
    while True:
        for ticked in quiz.get_by_role("radio").or_(quiz.get_by_role("checkbox")).all()[:1]:
            ticked.check()
        if next_.is_hidden():
            break
        next_.click()
    finish.click()
    anyway = quiz.get_by_role("button", name="Finish anyway")
    signs = quiz.locator(".iml-code-signs")
    expect(anyway.or_(quiz.locator(".iml-result-head")).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(signs).to_be_visible()
    square = quiz.get_by_role("img", name="QR code with the same code")
    assert signs.inner_text() in (square.get_attribute("aria-label") or "")
    square.scroll_into_view_if_needed()
    page.screenshot(path=tmp_path / "screen.png")
    (learner,) = gather(course, [tmp_path / "screen.png"]).learners.values()
    (sitting,) = learner.sittings
    shown = re.search(r"([\d.]+) of (\d+) points", quiz.locator(".iml-result-head").inner_text())
    assert shown
    assert sitting.points * int(shown[2]) == pytest.approx(float(shown[1]), abs=0.2)
    assert (sitting.test, len(sitting.answers)) == ("m09-quiz", int(shown[2]))
    assert learner.account == signs.inner_text().split()[1]
    report = make_report(course, [tmp_path / "screen.png"])
    assert report.people == 1
    assert b"Module 9" in report.page
