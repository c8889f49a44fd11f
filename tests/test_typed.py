"""Typed answers: what is forgiven, what is another word, and numbers, in Python and JavaScript."""

from __future__ import annotations

import operator
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Engine
from imlcourse.checks.load import load_course
from imlcourse.items import Cloze, Numeric, read_item
from imlcourse.items.typed import accepted, number, other_words, plain
from imlcourse.languages import words
from imlcourse.languages.spelling import distance
from imlcourse.languages.words import is_word, words_near
from real_course import real_course


def cloze(*gaps: dict[str, Any], language: str = "en") -> Cloze:
    item, flaws = read_item(
        {
            "id": "t-cloze",
            "type": "cloze",
            "objective": "m06-o1",
            "level": "apply",
            "stem": "Fill the gaps.",
            "text": " and ".join(f"{{{n}}}" for n in range(1, len(gaps) + 1)),
            "gaps": list(gaps),
            "evidence": [{"unit": 8, "quote": "five words that settle it"}],
        }
    )
    assert isinstance(item, Cloze), flaws
    item.in_language(language)
    return item


def gap(*answers: str, tolerance: int = 0, mistakes: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "answers": list(answers),
        "tolerance": tolerance,
        "feedback": "Why.",
        "mistakes": [{"text": text, "feedback": "No."} for text in mistakes],
    }


def is_right(item: Cloze, *typed: str) -> list[bool]:
    return list(item.score(dict(zip(item.gap_ids(), typed, strict=True))).parts.values())


def flaws(item: Cloze | Numeric) -> list[str]:
    return [f"{'.'.join(map(str, flaw.path))}: {flaw.message}" for flaw in item.problems()]


# --- slips and other words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "tolerance", "other"),
    [
        ("guidance", 2, "nuisance"),
        ("States", 1, "status"),
        ("prime", 1, "crime"),
        ("draft", 1, "raft"),
        ("humane", 1, "human"),
        ("function", 1, "junction"),
        ("irregular", 2, "regular"),
        ("a special measure", 1, "a special pleasure"),
    ],
)
def test_another_word_is_no_slip(answer: str, tolerance: int, other: str) -> None:
    assert is_right(cloze(gap(answer, tolerance=tolerance)), answer) == [True]
    assert is_right(cloze(gap(answer, tolerance=tolerance)), other) == [False]


@pytest.mark.parametrize(
    ("answer", "tolerance", "slip"),
    [
        ("guidance", 2, "guidence"),
        ("protection", 1, "protecton"),
        ("guidelines", 2, "giudlines"),
        ("States", 1, "Sttaes"),
        ("de facto", 1, "defacto"),
        ("labour", 1, "labor"),
        ("organization", 1, "organisation"),
        ("programme", 2, "program"),
    ],
)
def test_a_slip_is_forgiven(answer: str, tolerance: int, slip: str) -> None:
    assert is_right(cloze(gap(answer, tolerance=tolerance)), slip) == [True]


def test_other_languages_have_words_of_their_own() -> None:
    french = cloze(gap("détention", tolerance=2), language="fr-CA")
    assert is_right(french, "detension") == [True]
    assert is_right(french, "rétention") == [False]
    assert is_right(cloze(gap("detention", tolerance=2), language="xx"), "retention") == [True]


def test_no_gap_of_the_course_takes_another_word_for_its_answer() -> None:
    """And each forgives a slip where it says so."""
    course = real_course()
    looked = 0
    for item in course.items:
        if not isinstance(item, Cloze):
            continue
        for index, one in enumerate(item.gaps):
            if not one.tolerance:
                continue
            answers = {plain(answer) for answer in one.answers or []}
            for answer in answers:
                words = answer.split()
                for at, word in enumerate(words):
                    for other in words_near(word, one.tolerance, "en"):
                        typed = " ".join([*words[:at], other, *words[at + 1 :]])
                        if typed not in answers:
                            looked += 1
                            part = item.gap_ids()[index]
                            assert not item.score({part: typed}).parts[part], (item.id, typed)
                longest = max(words, key=len)
                slip = answer.replace(longest, longest[:-3] + longest[-2:])
                if not is_word(longest[:-3] + longest[-2:], "en") and len(longest) >= 8:
                    part = item.gap_ids()[index]
                    assert item.score({part: slip}).parts[part], (item.id, slip)
    assert looked > 100


@given(word=st.sampled_from(["prime", "guidance", "protection", "carry"]), slips=st.integers(1, 2))
def test_all_words_that_are_near_are_found(word: str, slips: int) -> None:
    found = set(words_near(word, slips, "en"))
    assert all(0 < distance(word, other) <= slips for other in found)
    for other in ("crime", "price", "nuisance", "projection", "production", "marry", "curry"):
        assert (other in found) is (distance(word, other) <= slips)


@pytest.mark.parametrize("word", ["prime", "trafficking", "an", "organise", "x"])
def test_what_one_slip_makes_of_a_word_is_what_comparing_all_words_gives(word: str) -> None:
    compared = {other for other in words._compared(word, 1, "en") if distance(word, other)}
    assert words._one_slip_from(word, "en") - {word} == compared


@pytest.mark.parametrize(
    ("given_gap", "path", "message"),
    [
        (gap("irregular", tolerance=2), "tolerance", "its opposite, “regular”"),
        (gap("documented", tolerance=2), "tolerance", "its opposite, “undocumented”"),
        (gap("in 1951", tolerance=1), "tolerance", "let another number pass for “in 1951”"),
        (gap("article 33", tolerance=2), "tolerance", "let another number pass"),
        (gap("annex viii", tolerance=1), "tolerance", "let another number pass"),
        (gap("prime", tolerance=2), "tolerance", "write a number from 0 to 1"),
    ],
)
def test_a_tolerance_that_lets_another_answer_pass_is_refused(
    given_gap: dict[str, Any], path: str, message: str
) -> None:
    (flaw,) = flaws(cloze(given_gap))
    assert flaw.startswith(f"gaps.0.{path}: ")
    assert message in flaw


@pytest.mark.parametrize(
    "given_gap",
    [
        gap("irregular", tolerance=1),
        gap("irregular", tolerance=2, mistakes=("regular",)),
        gap("implement", tolerance=2),
        gap("article 33"),
        gap("civil", tolerance=1),
    ],
)
def test_a_tolerance_that_does_not_is_let_be(given_gap: dict[str, Any]) -> None:
    assert flaws(cloze(given_gap)) == []


def test_what_is_as_near_to_a_mistake_or_to_another_gap_is_wrong() -> None:
    item = cloze(gap("emigration", tolerance=2, mistakes=("immigration",)))
    assert [is_right(item, typed) for typed in ("inmigration", "imigration", "emigratoin")] == [
        [False], [False], [True],
    ]  # fmt: skip
    two = cloze(gap("regular", tolerance=1), gap("irregular", tolerance=2))
    assert is_right(two, "iregular", "iregular") == [False, False]
    assert is_right(two, "reguler", "irreguler") == [True, True]


def test_a_word_that_two_gaps_accept_counts_in_one_of_them() -> None:
    item = cloze(gap("shelter", "food"), gap("shelter", "food"))
    assert item.score(item.key()).points == 1
    assert is_right(item, "food", "shelter") == [True, True]
    assert item.score(dict.fromkeys(item.gap_ids(), "shelter")).points == 0.5
    twice = cloze(gap("States"), gap("States"))
    assert is_right(twice, "States", "States") == [True, True]
    partly = cloze(gap("shelter", "food"), gap("food", "water"), gap("water", "shelter"))
    assert partly.score(partly.key()).points == 1
    assert is_right(partly, "food", "food", "water") == [True, False, True]


# --- letters and signs -----------------------------------------------------------------------

SAME = [
    ("IŞIK", "ışık"), ("ISTANBUL", "İstanbul"), ("STRASSE", "Straße"), ("ẞ", "ss"),
    ("ΟΔΟΣ", "οδός"), ("Łódź", "lodz"), ("ŒUVRE", "œuvre"), ("ﬁnal", "final"),
    ("pro\u00adtection", "protection"), ("pro\u200btection", "protection"),
    ("protection\u200f", "protection"), ("حـمـايـة", "حِمايَة"), ("שָׁלוֹם", "שלום"),
    ("１９５１", "1951"), ("१९५१", "1951"),
]  # fmt: skip
DIFFERENT = [
    ("हिन्दी", "हन्द"), ("কি", "কা"), ("หมู", "หม"), ("が", "か"), ("کتاب", "كتب"), ("o", "ø x"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_a_word_are_one(engine: Engine, one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert engine.evaluate("(text) => imlPlayer.typed.plain(text)", one) == plain(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_marks_that_make_another_word_stay(engine: Engine, one: str, other: str) -> None:
    assert plain(one) != plain(other)
    both = engine.evaluate("(texts) => texts.map(imlPlayer.typed.plain)", [one, other])
    assert both == [plain(one), plain(other)]


# Characters that the Unicode of both knows; private and unassigned ones have nothing to fold.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cn", "Co"], max_codepoint=0x1FFFF if sys.maxunicode else None
)


@given(text=st.text(CHARACTERS, max_size=20))
def test_python_and_the_player_fold_alike(engine: Engine, text: str) -> None:
    assert engine.evaluate("(text) => imlPlayer.typed.plain(text)", text) == plain(text)


def test_digits_of_all_scripts_are_read(engine: Engine) -> None:
    digits = [chr(code) for code in range(0x110000) if chr(code).isdecimal()]
    values = [float(unicodedata.decimal(char)) for char in digits]
    assert [number(char) for char in digits] == values
    assert engine.evaluate("(all) => all.map(imlPlayer.typed.number)", digits) == values


WORDS = st.text("aeginrstu é", max_size=9)
ANSWERS = st.builds(operator.add, st.text("aeginrstué", min_size=1, max_size=4), WORDS)


@given(
    typed=WORDS,
    answers=st.lists(ANSWERS, min_size=1, max_size=3),
    tolerance=st.integers(0, 2),
    mistakes=st.lists(WORDS, max_size=2),
    others=st.lists(WORDS.map(plain), max_size=2),
)
def test_python_and_the_player_take_the_same_for_an_answer(
    engine: Engine,
    typed: str,
    answers: list[str],
    tolerance: int,
    mistakes: list[str],
    others: list[str],
) -> None:
    args = [typed, answers, tolerance, mistakes, others]
    found = engine.evaluate("(args) => imlPlayer.typed.accepted(...args)", args)
    assert (None if found < 0 else found) == accepted(typed, answers, tolerance, mistakes, others)


@given(answers=st.lists(st.sampled_from(["prime", "de facto", "guidance", "the States"])))
def test_the_words_of_an_answer_are_no_other_words(answers: list[str]) -> None:
    words = {word for answer in answers for word in plain(answer).split()}
    assert not words & set(other_words(answers, 2, "en"))


# --- numbers ---------------------------------------------------------------------------------


def numeric(answer: float, tolerance: float = 0, mistakes: tuple[float, ...] = ()) -> Numeric:
    item, flaws = read_item(
        {
            "id": "t-numeric",
            "type": "numeric",
            "objective": "m06-o1",
            "level": "apply",
            "stem": "How many?",
            "answer": answer,
            "tolerance": tolerance,
            "feedback": {"right": "Yes.", "wrong": "No."},
            "mistakes": [{"value": value, "feedback": "No."} for value in mistakes],
            "evidence": [{"unit": 8, "quote": "five words that settle it"}],
        }
    )
    assert isinstance(item, Numeric), flaws
    return item


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (".5", 0.5), (",5", 0.5), ("−.25", -0.25), ("٫٥", 0.5), (",125", 0.125), ("1951.", 1951),
        ("1,000.", 1000), ("1.5.", 1.5), ("5 %", 5), ("5%.", 5), ("٥٪", 5), ("５％", 5),
        (".", None), ("%", None), (".5.5", None), ("..5", None), ("5%%", None), ("%5", None),
        ("1951..", None), (",", None), (".,5", None), ("5.%", None), ("-", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(
    engine: Engine, typed: str, value: float | None
) -> None:
    assert number(typed) == value
    assert engine.evaluate("(text) => imlPlayer.typed.number(text)", typed) == value


@given(
    tenths=st.integers(-100_000, 100_000),
    within=st.integers(0, 999),
    scale=st.sampled_from([1, 2, 3]),
)
def test_the_edge_of_the_tolerance_counts_as_right(tenths: int, within: int, scale: int) -> None:
    def written(number: int) -> str:
        sign, digits = "-" * (number < 0), f"{abs(number):0{scale + 1}}"
        return f"{sign}{digits[:-scale]}.{digits[-scale:]}"

    item = numeric(float(written(tenths)), float(written(within)))
    assert item.score(written(tenths + within)).points == 1
    assert item.score(written(tenths - within)).points == 1
    assert item.score(written(tenths + within + 1)).points == 0
    assert item.score(written(tenths - within - 1)).points == 0


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e15, -1e300])
def test_a_number_without_end_is_refused_wherever_it_stands(value: float) -> None:
    for item, path in (
        (numeric(value), "answer"),
        (numeric(1, abs(value)), "tolerance"),
        (numeric(1, 0, (value,)), "mistakes.0.value"),
    ):
        assert any(f.startswith(f"{path}: this number is too large") for f in flaws(item))
        assert isinstance(item.key(), str)


def test_the_answer_can_be_typed_as_it_is_shown() -> None:
    for value in (0.00001, 123456789.25, -0.5, 1e14):
        item = numeric(value)
        assert item.score(item.key()).points == 1
        assert "e" not in item.key()


def test_a_number_without_end_in_a_bank_is_one_line_of_the_report(tmp_path: Path) -> None:
    from imlcourse.markup.problems import CourseError
    from small_course import write_small_course

    root = write_small_course(tmp_path / "course")
    bank = root / "quizzes" / "m01.yml"
    text = bank.read_text("utf-8")
    bank.write_text(
        text
        + """\
  - id: m01-i20
    type: numeric
    objective: m01-o1
    level: recall
    stem: How many?
    answer: 1
    feedback: {right: Yes., wrong: No.}
    mistakes:
      - {value: 1.0e+999, feedback: No.}
    evidence:
      - {unit: 9, quote: "IOM does not have a legal protection mandate"}
""",
        "utf-8",
    )
    with pytest.raises(CourseError) as raised:
        load_course(root)
    assert any("this number is too large to be asked for" in str(p) for p in raised.value.problems)
