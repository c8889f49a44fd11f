"""How modules and items are written, in counts for authors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.checks.prose import Prose, module_texts, taught_words, turns_in
from imlcourse.checks.report import item_report
from imlcourse.course.model import Course
from real_course import real_course
from small_course import spoil

MODULE = "modules/m01-who-answers/module.md"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def counted(*texts: str) -> Prose:
    return Prose.of(texts, "en")


def test_sentences_are_counted_with_their_words() -> None:
    prose = counted("You ask him where he is going. The foreman answers.", "“Who paid?” he asks.")
    assert prose.lengths == ((7, 3), (2, 2))
    assert prose.mean == pytest.approx(3.5)


def test_an_option_in_a_few_words_is_no_sentence() -> None:
    assert counted("The police keep it; the NGOs send in their cases", "In a hall.").lengths == (
        (),
        (3,),
    )


FOUR, FIVE = "One two three four.", "One two three four five."


@pytest.mark.parametrize(
    ("texts", "runs"),
    [
        (["Ask. Wait. Listen."], 1),
        (["Ask. Wait."], 0),
        ([f"{FOUR} Ask. {FOUR}"], 1),
        ([f"{FOUR} {FIVE} {FOUR} Ask."], 0),
        ([f"{FIVE} {FIVE} {FIVE}"], 0),
        ([f"Ask. Wait. Listen. {FIVE} Ask. Wait. Listen. Go."], 2),
        # What ends a paragraph and what begins the next are not read in one breath.
        (["Ask. Wait.", "Listen."], 0),
    ],
)
def test_three_sentences_of_four_words_at_most_one_behind_another_are_a_run(
    texts: list[str], runs: int
) -> None:
    assert counted(*texts).runs == runs


def test_a_sentence_of_more_than_25_words_is_long() -> None:
    assert (counted("word " * 24 + "word.").long, counted("word " * 25 + "word.").long) == (0, 1)


def test_a_worn_out_turn_is_counted_wherever_it_stands() -> None:
    found = turns_in(["You may have meant it. This takes a map for a road.", "Nobody knew."], "en")
    assert {name: n for name, n in found.items() if n} == {
        "You may have …": 1,
        "This takes/reads/makes …": 1,
        "take X for Y": 1,
        "nobody": 1,
    }


def test_the_turns_of_one_language_are_not_looked_for_in_another() -> None:
    assert not turns_in(["Nobody knew."], "fr")


def test_what_is_folded_or_asked_is_not_taught(course: Course) -> None:
    for module in course.modules.values():
        texts = " ".join(module_texts(module))
        assert "{" not in texts, module.id
        assert "|" not in texts, module.id
        # Titles, tables and the lines of cases count besides the running text.
        assert taught_words(module) >= len(texts.split())


def test_a_word_more_is_a_word_more(small_course: Path) -> None:
    before = taught_words(load_course(small_course).modules["m01"])
    spoil(small_course, MODULE, ":::{since}", "Three more words.\n\n:::{since}")
    assert taught_words(load_course(small_course).modules["m01"]) == before + 3


def test_the_report_gives_words_sentences_and_turns_of_every_module(course: Course) -> None:
    report = item_report(course)
    for module in course.modules.values():
        words = taught_words(module)
        assert re.search(rf"^{module.id} +{words}", report, re.MULTILINE)
    assert re.search(r"^nobody +\d+ +\d+$", report, re.MULTILINE)
