"""Trials of items: a sheet without keys, the answers to it, and the figures by item."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from imlcourse.checks.load import load_course
from imlcourse.checks.report import item_report
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.course.trials import Answered, Trial, read_trials, standings
from imlcourse.items import Item
from imlcourse.markup.problems import Problems
from imlcourse.trials.answers import read_answers
from imlcourse.trials.sheet import Asked, sheet
from real_course import real_course
from small_course import ROOT, spoil

BANK = "quizzes/m01.yml"
READER = "A reader who had seen neither document nor course"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def in_words(item: Item, asked: Asked, response: Any) -> str:
    """Write a response as a reader writes it on the sheet."""
    label = {id_: label for label, id_ in asked.labels.items()}
    if isinstance(response, dict) and item.type == "cloze":
        return " ".join(f"{label[gap]}={label.get(said, said)}" for gap, said in response.items())
    if isinstance(response, dict):
        return " ".join(f"{label[one]}{label[other]}" for one, other in response.items())
    if isinstance(response, list):
        return " ".join(label[one] for one in response)
    return str(label.get(response, response))


def test_the_key_written_on_a_sheet_is_wholly_right_for_every_type(course: Course) -> None:
    items = {item.id: item for item in course.items}
    _, key = sheet(items.values(), seed=7)
    assert len(key.questions) == sum(item.testable for item in items.values())
    assert len({items[one.item].type for one in key.questions}) >= 7
    lines = [
        f"{n}: {in_words(items[one.item], one, items[one.item].key())} | sure"
        for n, one in enumerate(key.questions, 1)
    ]
    problems = Problems(ROOT)
    answers, _ = read_answers(Path("answers.txt"), "\n".join(lines), key, items, problems)
    assert problems.sorted() == []
    assert [one.item for one in answers if not one.right] == []


def test_a_sheet_tells_neither_keys_nor_ids_nor_how_many_are_right(course: Course) -> None:
    text, key = sheet(course.tested_items(), seed=1)
    assert not re.search(r"\b(?:m\d\d|capstone)-i\d", text)
    for item in course.tested_items():
        assert not [part for part in item.parts() if part.feedback and part.feedback in text]
    other, _ = sheet(course.tested_items(), seed=2)
    assert other != text
    again, same = sheet(course.tested_items(), seed=1)
    assert (again, same) == (text, key)


@pytest.fixture
def asked(small_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A sheet of the small course's tests, as the command writes it."""
    path = tmp_path / "sheet.txt"
    assert main(["--course", str(small_course), "trial", "sheet", str(path)]) == 0
    capsys.readouterr()
    return path


def entered(root: Path, asked: Path, answers: str, book: str = "closed") -> int:
    path = asked.with_name("answers.txt")
    path.write_text(answers, encoding="utf-8")
    words = ["--book", book, "--reader", READER, "--date", "2026-11-27"]
    return main(["--course", str(root), "trial", "enter", str(asked), str(path), *words])


def keyed(root: Path, asked: Path, sure: str = "sure") -> str:
    items = {item.id: item for item in load_course(root).items}
    questions = json.loads(asked.with_name("sheet.txt.key.json").read_text("utf-8"))["questions"]
    return "\n".join(
        f"{n}: {in_words(items[one['item']], Asked(**one), items[one['item']].key())} | {sure}"
        for n, one in enumerate(questions, 1)
    )


def test_answers_are_kept_by_item_with_the_day_and_the_reader(
    small_course: Path, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entered(small_course, asked, keyed(small_course, asked)) == 0
    assert "2 of 2 right, 2 of them with certainty" in capsys.readouterr().out
    (trial,) = read_trials(small_course, Problems(small_course))
    assert (trial.date, trial.book, trial.reader) == ("2026-11-27", "closed", READER)
    # A second trial takes nothing from the first.
    assert entered(small_course, asked, keyed(small_course, asked, "unsure"), "open") == 0
    assert len(read_trials(small_course, Problems(small_course))) == 2


def test_the_report_names_what_was_never_tried_and_what_failed(
    small_course: Path, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> str:
        assert main(["--course", str(small_course), "check", "--items"]) == 0
        return capsys.readouterr().out

    tested = [item.id for item in load_course(small_course).tested_items()]
    assert f"never tried, closed: {' '.join(tested)}\n" in told()
    entered(small_course, asked, keyed(small_course, asked))
    report = told()
    assert "never tried, closed: none\n" in report
    assert f"never tried, open: {' '.join(tested)}\n" in report
    assert f"right with certainty, closed: {' '.join(tested)}\n" in report
    assert re.search(r"^all +2 +0 +2 of 2 \(100%\) +2 of 2 \(100%\) +none$", report, re.MULTILINE)


def test_an_answer_counts_for_the_wording_that_was_asked(course: Course) -> None:
    item = course.tested_items()[0]
    old = Answered(item=item.id, version="00000000", points=1, sure=True)
    new = Answered(item=item.id, version=item.version, points=0, sure=True)
    trials = [
        Trial(date="2026-01-01", book="closed", reader="r", answers=[one]) for one in (new, old)
    ]
    (standing,) = standings([item], trials)
    assert standing.closed == new
    assert standings([item], trials[1:])[0].closed is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:1], "answers.txt: question 2 has no answer"),
        (lambda lines: [*lines, "3: a | sure"], "answers.txt:3: the sheet has no question 3"),
        (lambda lines: [*lines, lines[0]], "answers.txt:3: question 1 was answered in line 1"),
        (lambda lines: [lines[0], "2: b"], "answers.txt:2: this line is no answer"),
        (lambda lines: [lines[0], "2: z | sure"], "answers.txt:2: “z” does not answer question 2"),
    ],
)
def test_answers_that_cannot_be_read_are_told_and_nothing_is_kept(
    small_course: Path,
    asked: Path,
    capsys: pytest.CaptureFixture[str],
    change: Any,
    said: str,
) -> None:
    lines = change(keyed(small_course, asked).splitlines())
    assert entered(small_course, asked, "\n".join(lines)) == 1
    assert said in capsys.readouterr().err
    assert read_trials(small_course, Problems(small_course)) == []


def test_the_answer_to_a_question_that_was_reworded_since_is_left_out_and_named(
    small_course: Path, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = keyed(small_course, asked)
    item = load_course(small_course).tested_items()[0]
    spoil(small_course, BANK, f"stem: {item.stem}", f"stem: Now, {item.stem}")
    assert entered(small_course, asked, answers) == 0
    told = capsys.readouterr().out
    assert f"left out: {item.id}\n" in told
    (trial,) = read_trials(small_course, Problems(small_course))
    assert item.id not in [one.item for one in trial.answers]


@pytest.mark.parametrize("day", ["27 November", "2026-02-31", "2026-13-01"])
def test_a_day_that_the_calendar_has_not_is_told(
    small_course: Path, asked: Path, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    words = ["--book", "open", "--reader", READER, "--date", day]
    with pytest.raises(SystemExit) as ended:
        main(["--course", str(small_course), "trial", "enter", str(asked), str(asked), *words])
    assert ended.value.code == 2
    assert f"{day} is no day; write it as in 2026-11-27" in capsys.readouterr().err


def test_a_spoilt_file_of_a_trial_is_told_at_its_line(
    small_course: Path, asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entered(small_course, asked, keyed(small_course, asked))
    name = "quizzes/trials/2026-11-27-closed-1.yml"
    line = spoil(small_course, name, "book: closed", "book: shut")
    assert main(["--course", str(small_course), "check"]) == 1
    assert f"{name}:{line}:" in capsys.readouterr().err


def test_a_name_that_nothing_has_is_told(
    small_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["trial", "sheet", str(tmp_path / "s.txt"), "--of", "m77"]
    assert main(["--course", str(small_course), *words]) == 2
    assert "no item, module or choice is named m77" in capsys.readouterr().err


def test_the_kept_trials_of_the_course_can_be_read(course: Course) -> None:
    problems = Problems(ROOT)
    trials = read_trials(ROOT, problems)
    assert problems.sorted() == []
    assert item_report(course, trials)
