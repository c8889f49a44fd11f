"""Modules in steps: which there are, how long each takes, and where an address leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import Engine
from imlcourse.checks.load import load_course
from imlcourse.checks.report import item_report
from imlcourse.course.model import Course
from imlcourse.course.module import Module, read_module
from imlcourse.course.pace import minutes, reading_seconds
from imlcourse.markup.problems import CourseError, Problems
from small_course import ROOT

FRONT = """\
---
id: m01
part: 1
title: A module
units: [9]
minutes: {self: 10, session: 45}
objectives:
  - {id: m01-o1, text: Tell who acts.}
  - {id: m01-o2, text: Judge what helps.}
---
"""


def module_of(folder: Path, text: str) -> Module:
    path = folder / "module.md"
    path.write_text(FRONT + text, encoding="utf-8")
    module = read_module(path, Problems(folder))
    assert module
    return module


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def test_a_section_is_a_step_and_what_ends_the_module_is_one_of_its_own(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        ":::{situation} At the desk\nA family waits.\n:::\n\n"
        "(m01-s1)=\n## One\n\nText.\n\n:::{since} early\n:::\n\n"
        "(m01-s2)=\n## Two\n\nText.\n\n:::{quiz} m01-s2\n:::\n\n"
        "(m01-s3)=\n## Three\n\n:::{item} m01-i01\n:::\n\n"
        ":::{since} late\n:::\n\n:::{keypoints}\n- One.\n:::\n\n:::{quiz} m01-quiz\n:::\n",
    )
    steps = module.steps
    assert [(step.number, step.id, step.kind) for step in steps] == [
        (1, "m01-s1", "scene"),
        (2, "m01-s2", "idea"),
        (3, "m01-s3", "case"),
        (4, "m01-end", "end"),
    ]
    # The opening belongs to the first; nothing is left out, and nothing stands twice.
    placed = [[block.kind for block in step.blocks] for step in steps]
    assert placed == [
        ["situation", "prose", "since"],
        ["prose", "quiz"],
        ["item"],
        ["since", "keypoints", "quiz"],
    ]


def test_a_module_that_ends_without_key_points_has_no_step_for_them(tmp_path: Path) -> None:
    module = module_of(tmp_path, "(m01-s1)=\n## One\n\nText.\n")
    assert [step.id for step in module.steps] == ["m01-s1"]


def test_a_section_in_which_something_is_written_is_a_task(course: Course) -> None:
    kinds = [step.kind for step in course.modules["capstone"].steps]
    assert kinds == ["scene", "idea", "idea", "idea", "case", "task", "end"]


def test_a_module_has_five_to_seven_steps(course: Course) -> None:
    assert all(5 <= len(module.steps) <= 7 for module in course.modules.values())


def test_reading_goes_at_130_words_a_minute_and_marks_are_not_read() -> None:
    assert reading_seconds("word " * 130) == pytest.approx(60)
    assert reading_seconds("{quote}`three quoted words <A30>`") == reading_seconds("one two three")
    assert (minutes(89), minutes(91), minutes(1)) == (1, 2, 1)


def test_the_pages_know_the_steps_of_each_module_and_their_minutes(engine: Engine) -> None:
    module = {
        "id": "m01",
        "sections": [{"id": "m01-s1", "title": "One"}, {"id": "m01-s2", "title": "Two"}],
        "steps": [9, 7, 6],
    }
    assert engine.evaluate("(module) => imlPlayer.course.stepsOf(module)", module) == [
        {"id": "m01-s1", "number": 1, "minutes": 9, "title": "One", "kind": "section"},
        {"id": "m01-s2", "number": 2, "minutes": 7, "title": "Two", "kind": "section"},
        {"id": "m01-end", "number": 3, "minutes": 6, "kind": "end"},
    ]


MODULE = "modules/m01-who-answers/module.md"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "minutes: {self: 10",
            "minutes: {self: 40",
            6,
            "the module claims 40 minutes, and its words and items take 11 (course check --items "
            "shows each step); write 10",
        ),
        (
            "IOM says so itself",
            "word " * 2700 + "\n\nIOM says so itself",
            20,
            "the step takes 24 minutes, and 5 to 8 are aimed at; shorten it, or divide its section",
        ),
    ],
    ids=["claim", "long"],
)
def test_a_claim_that_is_wrong_and_a_step_without_an_end_are_told(
    small_course: Path, old: str, new: str, line: int, said: str
) -> None:
    path = small_course / MODULE
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(small_course)
    assert f"{MODULE}:{line}: {said}" in [str(one) for one in caught.value.problems]


def test_a_module_of_a_whole_course_with_too_few_steps_is_told(small_course: Path) -> None:
    about = small_course / "book/course.yml"
    whole = about.read_text("utf-8").replace("coverage: modules", "coverage: whole")
    about.write_text(whole, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(small_course)
    said = "the module has 3 steps, a section each and its end; write 5 to 7: divide a long section"
    assert any(said in str(one) for one in caught.value.problems)


def test_the_report_shows_each_step_and_marks_what_is_far_from_the_aim(course: Course) -> None:
    lines = item_report(course).splitlines()
    m01 = next(line for line in lines if line.startswith("m01 "))
    steps = [course.minutes_of_steps[step.id] for step in course.modules["m01"].steps]
    assert m01.endswith(f"= {sum(steps)}")
    assert m01.count("*") == sum(not 5 <= minutes <= 8 for minutes in steps)
