"""Nothing but knowledge helps: what guessers score over the items of the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imlcourse.checks.guessers import GUESSERS, MOST_GAIN, Guess, guesses, key_places, too_good
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.items import Item, places, read_item
from imlcourse.markup.problems import CourseError
from real_course import real_course
from small_course import ROOT, load_again


@pytest.fixture(scope="module")
def whole() -> Course:
    return real_course()


def single(number: int, key: str, *others: str, stem: str = "Which of these is it?") -> Item:
    options = [{"text": key, "correct": True, "feedback": "So it is."}]
    options += [{"text": text, "feedback": "It is not."} for text in others]
    data: dict[str, Any] = {
        "id": f"m01-i{number:02}",
        "type": "single",
        "objective": "m01-o1",
        "level": "apply",
        "stem": stem,
        "options": options,
        "evidence": [{"unit": 9, "quote": "IOM does not have a legal protection mandate"}],
    }
    item, flaws = read_item(data)
    assert item is not None, flaws
    return item


def by_name(items: list[Item]) -> dict[str, Guess]:
    return {guess.name: guess for guess in guesses(items, places(items))}


# What each guesser finds in a bank whose author has its habit.
HABITS = {
    "longest": ("a long answer of many words", "one answer", "no answer", "an answer"),
    "shortest": ("it", "a long answer of many words", "a longer answer with words", "an answer so"),
    "stem": (
        "the consul and the ship",
        "an office and a quay",
        "a clerk and a desk",
        "a cat, a dog",
    ),
    "odd": ("Nobody, in 1951.", "the clerk at the desk", "the guard at the door", "the cook in it"),
    "absolute": ("some of them", "all of them", "every one of them", "none of them"),
}


@pytest.mark.parametrize("name", HABITS)
def test_a_guesser_finds_the_habit_it_is_made_for(name: str) -> None:
    key, *others = HABITS[name]
    stem = "What did the consul see at the ship?" if name == "stem" else "Which of these is it?"
    items = [single(n, key, *others, stem=stem) for n in range(12)]
    found = by_name(items)
    assert found[name].score == 1
    assert found[name].right == tuple(item.id for item in items)
    assert too_good(found[name])


def test_options_that_are_alike_give_a_guesser_no_more_than_chance() -> None:
    items = [single(n, "answer one", "answer two", "answer six", "answer ten") for n in range(12)]
    found = by_name(items)
    assert {
        name: round(found[name].gain, 6) for name in GUESSERS if name != "middle"
    } == dict.fromkeys(set(GUESSERS) - {"middle"}, 0)


def test_the_middle_is_no_better_place_than_any_other() -> None:
    items = [single(n, "answer one", "answer two", "answer six", "answer ten") for n in range(40)]
    assert abs(by_name(items)["middle"].gain) < MOST_GAIN
    (held,) = key_places(items, places(items)).values()
    assert max(held) - min(held) <= 1


@pytest.mark.parametrize("name", GUESSERS)
def test_over_the_bank_a_guesser_scores_within_chance_and_five_points(
    whole: Course, name: str
) -> None:
    found = {guess.name: guess for guess in guesses(whole.items, whole.orders)}
    assert found[name].items > 150
    assert found[name].gain <= 0.05


def test_whoever_holds_absolute_statements_for_false_scores_no_more(whole: Course) -> None:
    found = {guess.name: guess for guess in guesses(whole.items, whole.orders)}
    assert found["truth"].gain <= 0.05


def test_a_bank_with_a_habit_is_refused(whole_course: Path) -> None:
    bank = whole_course / "quizzes" / "m08.yml"
    lines = []
    for line in bank.read_text(encoding="utf-8").splitlines():
        lines.append(line)
        if line.strip() == "correct: true":
            lines[-2] += " and so forth, as stands in so many words in the paragraph itself"
    bank.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CourseError, match="who guesses the longest option is right in"):
        load_again(whole_course)


@pytest.mark.usefixtures("read_once")
def test_the_report_tells_levels_places_cues_and_coverage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--course", str(ROOT), "check", "--items"]) == 0, capsys.readouterr().err
    said = capsys.readouterr().out
    for words in (
        "above recall",
        "Places of the keys",
        "the longest option",
        "Items by unit of the document and objective",
        "m06-o1",
    ):
        assert words in said
