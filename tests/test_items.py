"""Item types: reading, checks, scoring, order, and their HTML."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from imlcourse.html.citation import Citation
from imlcourse.html.items import item_html, quiz_html
from imlcourse.html.seal import seal
from imlcourse.items import (
    ITEM_TYPES,
    AnyItem,
    Item,
    Scenario,
    Single,
    key_place,
    places,
    read_item,
)
from imlcourse.items import typed as typing_
from imlcourse.items.base import asks_negatively, part_id
from imlcourse.items.typed import distance, plain
from imlcourse.languages.strings import load_strings

VECTORS = json.loads((Path(__file__).parent / "items" / "vectors.json").read_text("utf-8"))
CASES = [
    pytest.param(vector["item"], case, id=f"{vector['item']['id']}: {case['say']}")
    for vector in VECTORS
    for case in vector["cases"]
]
EVIDENCE = [{"unit": 8, "quote": "five words that settle it"}]
STRINGS = load_strings("en")


def cite(unit: str) -> Citation:
    return Citation(f"paragraph {unit}", f"guide.html#para-{unit}")


def read(data: object) -> Item:
    item, flaws = read_item(data)
    assert item is not None, flaws
    return item


def option(text: str, correct: bool = False) -> dict[str, Any]:
    return {"text": text, "correct": correct, "feedback": f"Why: {text}."}


def decision(text: str, rating: str, after: str = "end") -> dict[str, Any]:
    return {"text": text, "rating": rating, "consequence": f"Then {text}.", "next": after}


def step(id_: str, *choices: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": id_,
        "text": f"At {id_}.",
        "question": f"What at {id_}?",
        "choices": list(choices),
        "evidence": EVIDENCE[0],
    }


STEPS = [
    step("one", decision("go left", "best", "two"), decision("go right", "poor", "three")),
    step("two", decision("stay", "best"), decision("leave", "fair")),
    step("three", decision("turn back", "best", "two"), decision("go on", "poor")),
]


def gap(*answers: str, **more: Any) -> dict[str, Any]:
    return {"answers": list(answers), "feedback": "Why.", **more}


CHOSEN = {"choices": [option("right"), option("duty", True)]}


REASONS = [
    option("Since it is law", True),
    option("Since it is custom"),
    option("Since it is kind"),
]


def sample(kind: str, **changes: Any) -> dict[str, Any]:
    """A good item of a type, with some of it changed."""
    own: dict[str, dict[str, Any]] = {
        "single": {
            "stem": "Who answers for rights?",
            "options": [option("States", True), option("Courts"), option("Nobody")],
        },
        "multiple": {
            "stem": "Who has duties?",
            "options": [option("States", True), option("Migrants", True), option("Trees")],
        },
        "truefalse": {
            "stem": "States have duties.",
            "key": True,
            "feedback": {"true": "Yes.", "false": "Read again."},
        },
        "matching": {
            "stem": "Which answer fits?",
            "pairs": [
                {"left": f"L{n}", "right": f"R{n}", "feedback": f"Why {n}.", "wrong": f"Look {n}."}
                for n in range(3)
            ],
            "distractors": [{"text": "R9", "feedback": "Fits none."}],
        },
        "ordering": {
            "stem": "In what order?",
            "steps": [{"text": f"S{n}", "feedback": f"Why {n}."} for n in range(4)],
        },
        "cloze": {
            "stem": "Fill the gaps.",
            "text": "States have a {1}, and *IOM* gives {2} protection.",
            "gaps": [CHOSEN, gap("de facto", tolerance=1)],
        },
        "categorise": {
            "stem": "Whose is it?",
            "groups": [{"id": "a", "text": "A State’s"}, {"id": "b", "text": "IOM’s"}],
            "cards": [
                {
                    "text": f"C{n}",
                    "group": "ab"[n % 2],
                    "feedback": f"Why {n}.",
                    "wrong": f"Look {n}.",
                }
                for n in range(4)
            ],
        },
        "numeric": {
            "stem": "In which year?",
            "answer": 1951,
            "feedback": {"right": "So it was.", "wrong": "It was not."},
            "mistakes": [{"value": 1953, "feedback": "That came later."}],
        },
        "scenario": {"stem": "A case.", "steps": STEPS, "debrief": "Look back."},
    }
    return {
        "id": f"t-{kind}",
        "type": kind,
        "objective": "m06-o1",
        "level": "apply",
        "evidence": copy.deepcopy(EVIDENCE),
        **own[kind],
        **changes,
    }


def flaws_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    item, flaws = read_item(data)
    found = flaws if item is None else list(item.problems())
    return [(".".join(map(str, flaw.path)), flaw.message) for flaw in found]


# --- reading --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_a_good_item_has_no_flaws(kind: str) -> None:
    assert flaws_of(sample(kind)) == []


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_the_schema_for_editors_accepts_what_the_model_accepts(kind: str) -> None:
    schema = TypeAdapter[Any](AnyItem).json_schema()
    validator = Draft202012Validator(schema)
    assert not list(validator.iter_errors(sample(kind)))
    assert list(validator.iter_errors(sample(kind, level="often")))
    assert list(validator.iter_errors({**sample(kind), "colour": "blue"}))


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        ("text", "", "this is no item"),
        ({"id": "x"}, "type", "`type` is missing; write one of: single"),
        ({"type": "singel"}, "type", "did you mean single?"),
        ({"type": ["single"]}, "type", "there is no item type"),
        (sample("single", stem=1990), "stem", 'put it in "quotation marks"'),
        (sample("single", stem=None), "stem", "must be text"),
        (sample("single", id="M06 i1"), "id", "small letters, digits"),
        (sample("single", level="aply"), "level", "'recall', 'understand'"),
        (sample("single", optoins=[]), "optoins", "did you mean `options`?"),
        (sample("single", options="A"), "options", "must be a list"),
        (sample("single", options=["A"]), "options.0", "`name: value` lines"),
        (sample("single", evidence=None), "evidence", "must be a list"),
        (
            sample("single", options=[{**option("A"), "corect": True}]),
            "options.0.corect",
            "did you mean `correct`?",
        ),
        (
            sample("single", options=[{**option("A"), "correct": "yes"}]),
            "options.0.correct",
            "must be true or false",
        ),
        (
            sample("single", options=[{"text": "A"}]),
            "options.0.feedback",
            "`feedback` is missing; say why this is right, or why it is wrong",
        ),
        (sample("truefalse", key="true"), "key", "must be true or false"),
        (sample("truefalse", feedback={"true": "A"}), "feedback.false", "`false` is missing"),
        (sample("matching", pairs=[{"left": "L"}]), "pairs.0.right", "`right` is missing"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(data: object, path: str, said: str) -> None:
    item, flaws = read_item(data)
    assert item is None
    told = {".".join(map(str, flaw.path)): flaw.message for flaw in flaws}
    assert said in told[path]
    assert all("pydantic" not in message and "Input" not in message for message in told.values())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(sorted(ITEM_TYPES)),
    st.integers(0, 30),
)
def test_no_rubbish_breaks_the_reader(rubbish: Any, kind: str, place: int) -> None:
    data = sample(kind)
    key = list(data)[place % len(data)]
    item, flaws = read_item({**data, key: rubbish})
    assert bool(flaws) == (item is None)
    if item is not None:
        list(item.problems())
    assert read_item(rubbish)[0] is None


def test_yaml_booleans_as_keys() -> None:
    item = read(sample("truefalse", feedback={True: "T", False: "F"}))
    assert dict(item.texts())[("feedback", "false")] == "F"


# --- checks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "path", "said"),
    [
        (sample("single", stem=" "), "stem", "is empty"),
        (sample("single", stem="Choose the best."), "stem", "no whole question"),
        (sample("single", stem="See {para}`8`: who answers?"), "stem", "only *emphasis*"),
        (sample("single", stem="See [this](x) then: who?"), "stem", "only *emphasis*"),
        (sample("single", options=[option("A", True), option("B")]), "options", "3 to 5"),
        (
            sample("single", options=[option(c, c == "A") for c in "ABCDEF"]),
            "options",
            "there are 6 options",
        ),
        (sample("single", options=[option(c) for c in "ABC"]), "options", "none of the options"),
        (
            sample("single", options=[option(c, c != "A") for c in "ABC"]),
            "options",
            "2 of the options are right",
        ),
        (
            sample("single", options=[option("A", True), option("B one"), option("*b* One.")]),
            "options.2.text",
            "repeats “B one”",
        ),
        (
            sample("single", options=[option("A", True), option("B"), option("")]),
            "options.2.text",
            "is empty",
        ),
        (
            sample(
                "single",
                options=[
                    option("A", True),
                    option("B"),
                    {"text": "C", "feedback": ""},
                ],
            ),
            "options.2.feedback",
            "the feedback is empty; say why",
        ),
        (sample("multiple", options=[option(c) for c in "ABC"]), "options", "no option is right"),
        (
            sample("multiple", options=[option(c, True) for c in "ABC"]),
            "options",
            "every option is right",
        ),
        (sample("truefalse", stem="Is it so?"), "stem", "write a statement"),
        (
            sample("truefalse", feedback={"true": "", "false": "x"}),
            "feedback.true",
            "feedback is empty",
        ),
        (sample("truefalse", reasons=REASONS[:2]), "reasons", "write 3 to 4"),
        (
            sample("truefalse", reasons=[*REASONS[:2], option("Because", True)]),
            "reasons",
            "2 of the reasons are right",
        ),
        (
            sample("truefalse", reasons=[*REASONS[:2], option("None of the above")]),
            "reasons.2.text",
            "lumps other options together",
        ),
        (
            sample("truefalse", reasons=[*REASONS[:2], option("Since it is law")]),
            "reasons.2.text",
            "this reason repeats",
        ),
        (sample("matching", pairs=sample("matching")["pairs"][:2]), "pairs", "3 to 6"),
        (
            sample("matching", distractors=[{"text": "R1", "feedback": "x"}]),
            "distractors.0.text",
            "repeats “R1”",
        ),
        (
            sample(
                "matching",
                pairs=[
                    {"left": "L", "right": f"R{n}", "feedback": "x", "wrong": "x"} for n in range(3)
                ],
            ),
            "pairs.1.left",
            "repeats “L”",
        ),
        (sample("ordering", steps=sample("ordering")["steps"][:2]), "steps", "3 to 6"),
        (
            sample("ordering", steps=[{"text": "S", "feedback": "x"}] * 3),
            "steps.1.text",
            "repeats “S”",
        ),
        (sample("cloze", text="One {1} alone"), "text", "write {1}, {2} in it"),
        (sample("cloze", text="First {2}, then {1}"), "text", "each gap once, in order"),
        (sample("cloze", text="{1} {1} {2}"), "text", "each gap once"),
        (sample("cloze", text="{1} {2} \ue001"), "text", "a sign of no alphabet"),
        (sample("cloze", text="{1} {2}", gaps=[CHOSEN, {}]), "gaps.1", "`answers` for a gap"),
        (
            sample("cloze", gaps=[CHOSEN, {**CHOSEN, **gap("x")}]),
            "gaps.1",
            "`choices` for one to choose",
        ),
        (sample("cloze", gaps=[CHOSEN, gap()]), "gaps.1.answers", "no answer"),
        (sample("cloze", gaps=[CHOSEN, gap("!")]), "gaps.1.answers.0", "a letter or a digit"),
        (
            sample("cloze", gaps=[CHOSEN, {"answers": ["x"]}]),
            "gaps.1.feedback",
            "say why this word belongs",
        ),
        (sample("cloze", gaps=[CHOSEN, gap("duty", tolerance=2)]), "gaps.1.tolerance", "0 to 1"),
        (
            sample(
                "cloze", gaps=[CHOSEN, gap("Duty", mistakes=[{"text": "duty", "feedback": "x"}])]
            ),
            "gaps.1.mistakes.0.text",
            "one of the answers too",
        ),
        (
            sample("cloze", gaps=[{"choices": [option("a"), option("b")]}, gap("x")]),
            "gaps.0.choices",
            "one choice is to be right",
        ),
        (
            sample("cloze", gaps=[{**CHOSEN, "tolerance": 1}, gap("x")]),
            "gaps.0.tolerance",
            "belongs to a typed gap",
        ),
        (
            sample("cloze", gaps=[{"choices": [option("a", True), option("A")]}, gap("x")]),
            "gaps.0.choices.1.text",
            "repeats “a”",
        ),
        (sample("categorise", groups=[{"id": "a", "text": "A"}]), "groups", "2 to 4"),
        (sample("categorise", cards=sample("categorise")["cards"][:3]), "cards", "4 to 9"),
        (
            sample("categorise", groups=[{"id": "a", "text": "A"}, {"id": "a", "text": "B"}]),
            "groups.1.id",
            "stands here twice",
        ),
        (
            sample("categorise", groups=[{"id": "a", "text": "A"}, {"id": "c", "text": "C"}]),
            "cards.1.group",
            "there is no group b; write one of: a, c",
        ),
        (
            sample(
                "categorise",
                cards=[
                    {"text": f"C{n}", "group": "a", "feedback": "x", "wrong": "x"} for n in range(4)
                ],
            ),
            "cards",
            "belong in one group",
        ),
        (sample("numeric", stem="Name the year."), "stem", "no whole question"),
        (sample("numeric", tolerance=-1), "tolerance", "below 0"),
        (sample("numeric", answer=1e300), "answer", "too large"),
        (
            sample("numeric", tolerance=2, mistakes=[{"value": 1953, "feedback": "x"}]),
            "mistakes.0.value",
            "counts as right",
        ),
        (
            sample("numeric", mistakes=[{"value": 1953, "feedback": "x"}] * 2),
            "mistakes.1.value",
            "a second time",
        ),
        (sample("scenario", steps=STEPS[:1]), "steps", "2 to 12"),
        (
            sample("scenario", steps=[STEPS[0], STEPS[1], step("one", *STEPS[2]["choices"])]),
            "steps.2.id",
            "no step can have the id one here",
        ),
        (
            sample("scenario", steps=[*STEPS[:2], step("three", decision("only", "best"))]),
            "steps.2.choices",
            "2 to 4",
        ),
        (
            sample(
                "scenario",
                steps=[*STEPS[:2], step("three", decision("a", "fair"), decision("b", "poor"))],
            ),
            "steps.2.choices",
            "0 choices are the best",
        ),
        (
            sample("truefalse", dilemma=["one aim"]),
            "dilemma",
            "two good aims that pull apart",
        ),
        (
            sample("scenario", steps=[{**STEPS[0], "dilemma": ["speed", "Speed"]}, *STEPS[1:]]),
            "steps.0.dilemma",
            "two good aims that pull apart",
        ),
        (
            sample("scenario", steps=STEPS[:2]),
            "steps.0.choices.1.next",
            "there is no step three; write one of: one, two, end",
        ),
        (
            sample(
                "scenario",
                steps=[
                    *STEPS[:2],
                    step("three", decision("a", "best", "one"), decision("b", "poor")),
                ],
            ),
            "steps.0",
            "lead round in a circle",
        ),
        (
            sample("scenario", steps=[*STEPS, step("four", *STEPS[1]["choices"])]),
            "steps.3",
            "no choice leads to four",
        ),
        (
            sample(
                "scenario",
                steps=[
                    step("one", decision("a", "best", "two"), decision("b", "poor", "two")),
                    STEPS[1],
                ],
            ),
            "steps",
            "let the ways part",
        ),
        (
            sample(
                "scenario",
                steps=[
                    *STEPS[:2],
                    {**STEPS[2], "evidence": {"unit": 8, "quote": "four words are few"}},
                ],
            ),
            "steps.2.evidence.quote",
            "has 4 words",
        ),
        (sample("single", evidence=[]), "evidence", "no evidence"),
        (
            sample("single", evidence=[{"unit": 8, "quote": "only four words here"}]),
            "evidence.0.quote",
            "has 4 words",
        ),
        (
            sample("single", evidence=[{"unit": "A3", "quote": "word " * 26}]),
            "evidence.0.quote",
            "has 26 words",
        ),
    ],
)
def test_each_flaw_is_found_where_it_is(data: dict[str, Any], path: str, said: str) -> None:
    assert any(path == where and said in message for where, message in flaws_of(data)), flaws_of(
        data
    )


def test_quotations_of_five_and_of_twenty_five_words_are_good() -> None:
    for count in (5, 25):
        quote = " ".join(f"word{n}" for n in range(count))
        assert flaws_of(sample("single", evidence=[{"unit": 8, "quote": quote}])) == []


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of the above.",
        "*none of these*",
        "Both A and B",
        "A and C",
        "A, B and D",
        "Only A and B",
        "Neither of the other options",
        "Some of the answers are right, and some are not",
        "All",
        "Both of them are right",
        "Both options A and B hold",
    ],
)
def test_options_that_lump_others_together_are_refused(text: str) -> None:
    data = sample("single", options=[option("States", True), option("Courts"), option(text)])
    assert any(path == "options.2.text" and "lumps" in m for path, m in flaws_of(data))


@pytest.mark.parametrize(
    "text",
    [
        "All of them must be protected by the State",
        "Both States and employers have duties",
        "None of the States has signed it",
        "The law above all others",
        "Every State, and all of its officials",
    ],
)
def test_options_that_only_sound_alike_are_not(text: str) -> None:
    data = sample("single", options=[option("States", True), option("Courts"), option(text)])
    assert flaws_of(data) == []


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is not a duty of States?",
        "Which of the following acts does not give protection?",
        "What must an officer not do first?",
        "An officer finds a child alone. Which step should she not take?",
        "Who isn't protected by it?",
        "All of these are duties except which one?",
    ],
)
def test_negative_questions_need_their_not_in_bold(stem: str) -> None:
    assert asks_negatively(stem)
    assert any("**NOT**" in message for _, message in flaws_of(sample("single", stem=stem)))
    marked = re.sub(r"\b(not|except)\b", r"**\1**", stem.replace("isn't", "is not"))
    assert flaws_of(sample("single", stem=marked)) == []
    assert read(sample("single", stem=marked)).negative


@pytest.mark.parametrize(
    "stem",
    [
        "Why does IOM not have a legal protection mandate?",
        "Which sentence explains why IOM does not have a mandate?",
        "A worker has not been paid. What should the inspector do?",
        "Which reply puts right the claim that States need not act?",
        "What follows if a State does not act?",
        "Which note, if any, is right?",
        "Is it true or not?",
    ],
)
def test_other_uses_of_not_are_no_negative_questions(stem: str) -> None:
    assert not asks_negatively(stem)


def test_a_statement_to_judge_may_say_not() -> None:
    item = read(sample("truefalse", stem="IOM does not supervise the application of norms."))
    assert not item.negative
    assert list(item.problems()) == []


def test_a_statement_may_ask_for_its_reason() -> None:
    item = read(sample("truefalse", reasons=REASONS))
    assert list(item.problems()) == []
    assert item.groups() == {"reasons": 3}
    alone = read(sample("truefalse"))
    assert alone.groups() == {}
    assert alone.score(alone.key()).points == item.score(item.key()).points == 1


@given(st.sampled_from(["true", "false"]), st.integers(0, 2))
def test_a_reason_alone_gains_nothing(judged: str, reason: int) -> None:
    item = read(sample("truefalse", reasons=REASONS))
    points = item.score([judged, part_id(item.id, "reasons", reason)]).points
    assert points == (0 if judged == "false" else 1 if reason == 0 else 0.5)


def test_in_a_dilemma_more_than_one_choice_may_be_the_best() -> None:
    both = step("two", decision("stay", "best"), decision("leave", "best"))
    (flaw,) = read(sample("scenario", steps=[STEPS[0], both, STEPS[2]])).problems()
    assert "2 choices are the best" in flaw.message
    item = read(
        sample("scenario", steps=[STEPS[0], {**both, "dilemma": ["speed", "care"]}, STEPS[2]])
    )
    assert list(item.problems()) == []
    assert list(item.dilemmas()) == [["speed", "care"]]
    groups = [part for part in item.parts() if part.group == "two"]
    first = next(part.id for part in item.parts() if part.group == "one" and part.right)
    assert [item.score([first, part.id]).points for part in groups] == [1, 1]


# --- versions and ids -----------------------------------------------------------------------


def test_the_version_follows_what_is_asked_and_nothing_else() -> None:
    item = read(sample("single"))
    mended = sample("single", objective="m06-o2", level="recall")
    mended["options"][0]["feedback"] = "Better said."
    mended["evidence"][0]["unit"] = "9"
    assert read(mended).version == item.version
    for path, new in ((("stem",), "Who else?"), (("options", 1, "text"), "Judges")):
        changed = sample("single")
        place: Any = changed
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = new
        assert read(changed).version != item.version
    keyed = sample("truefalse", key=False)
    assert read(keyed).version != read(sample("truefalse")).version


def test_part_ids_stay_when_a_text_is_mended_or_a_part_is_added() -> None:
    before = read(sample("single"))
    after = sample("single")
    after["options"][0]["text"] = "All States"
    after["options"].append(option("Ships"))
    assert read(after).key() == before.key() == part_id("t-single", "options", 0)


# --- scoring --------------------------------------------------------------------------------


@pytest.mark.parametrize(("item", "case"), CASES)
def test_vectors(item: dict[str, Any], case: dict[str, Any]) -> None:
    score = read(item).score(case["response"])
    assert score.points == pytest.approx(case["points"], abs=1e-12)
    assert score.parts == case["parts"]


def test_vectors_cover_every_type() -> None:
    assert {vector["item"]["type"] for vector in VECTORS} == set(ITEM_TYPES)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@st.composite
def cases(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Steps of a case in which each way leads on to a later step or to the end."""
    count = draw(st.integers(2, 6))
    steps = []
    for at in range(count):
        later = [f"s{n}" for n in range(at + 1, count)] + ["end"]
        ratings = [
            "best",
            *draw(st.lists(st.sampled_from(["fair", "poor"]), min_size=1, max_size=3)),
        ]
        choices = [
            decision(f"choice {at} {n}", rating, draw(st.sampled_from(later)))
            for n, rating in enumerate(draw(st.permutations(ratings)))
        ]
        steps.append(step(f"s{at}", *choices))
    return steps


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item that can be read, good or not."""
    kind = draw(st.sampled_from(sorted(ITEM_TYPES)))
    count = draw(st.integers(2, 7))
    data = sample(
        kind, id=draw(st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,3})?", fullmatch=True))
    )
    if "options" in data:
        right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=max(1, count - 1)))
        if kind == "single":
            right = {min(right)}
        data["options"] = [option(f"option {n}", n in right) for n in range(count)]
        data["order"] = draw(st.sampled_from(["shuffle", "natural"]))
    elif kind == "truefalse":
        data["key"] = draw(st.booleans())
        if draw(st.booleans()):
            right = {draw(st.integers(0, count - 1))}
            data["reasons"] = [option(f"reason {n}", n in right) for n in range(count)]
    elif kind == "cloze":
        numbers = range(1, draw(st.integers(1, 6)) + 1)
        data["text"] = " and ".join(f"{{{n}}}" for n in numbers)
        data["gaps"] = [
            draw(st.sampled_from([CHOSEN, gap("de facto", "in fact")])) for _ in numbers
        ]
    elif kind == "categorise":
        data["cards"] = [
            {"text": f"C{n}", "group": draw(st.sampled_from("ab")), "feedback": "x", "wrong": "x"}
            for n in range(count)
        ]
    elif kind == "numeric":
        data["answer"] = draw(st.integers(-9999, 9999) | st.sampled_from([0.5, 2.25, -1.5]))
        data["tolerance"] = draw(st.sampled_from([0, 1, 0.25]))
        data["mistakes"] = []
    elif kind == "scenario":
        data["steps"] = draw(cases())
    elif kind == "matching":
        data["pairs"] = [
            {"left": f"L{n}", "right": f"R{n}", "feedback": "x", "wrong": "x"} for n in range(count)
        ]
        extra = draw(st.integers(0, 2))
        data["distractors"] = [{"text": f"D{n}", "feedback": "x"} for n in range(extra)]
    else:
        data["steps"] = [{"text": f"S{n}", "feedback": "x"} for n in range(count)]
    return read(data)


def responses(item: Item) -> st.SearchStrategy[Any]:
    """Responses of the right shape, and of any other."""
    ids = sorted(set(re.findall(r'(?:value|data-part)="([^"]+)"', _html(item))))
    part = st.sampled_from(ids)
    typed = st.sampled_from(["De Facto", "de facot", "1951", "1 951", "٢٠٠٩", "-1,5", "", "x"])
    return st.one_of(
        JSON,
        part,
        typed,
        st.text(alphabet="0123456789 ,.-+", max_size=8),
        st.dictionaries(part, typed | part),
        st.lists(part, max_size=8).map(lambda ids: _way(item, ids)),
        st.lists(part, max_size=8),
        st.permutations(ids),
        st.lists(part, unique=True),
        st.tuples(st.sampled_from(["true", "false"]), part).map(list),
        st.dictionaries(part, part),
        st.dictionaries(part, JSON),
    )


def _way(item: Item, hints: list[str]) -> list[str]:
    """A way through a case, or a beginning of one, that takes the hinted choices."""
    if not isinstance(item, Scenario):
        return hints
    way: list[str] = []
    here = item.steps[0].id
    steps = {one.id: one for one in item.steps}
    for number in range(len(hints)):
        if here not in steps:
            break
        ids = item.choice_ids(steps[here])
        index = int(hints[number][-1], 36) % len(ids)
        way.append(ids[index])
        here = steps[here].choices[index].next
    return way


def _html(item: Item) -> str:
    return item_html(item, 1, places([item])[item.id], cite, STRINGS)


@given(st.data())
def test_no_response_scores_outside_0_to_1_or_raises(data: st.DataObject) -> None:
    item = data.draw(items())
    response = data.draw(responses(item))
    score = item.score(response)
    assert 0 <= score.points <= 1
    if score.points == 1:
        key = item.key()
        if item.type == "multiple":
            assert sorted(response) == sorted(key)
        elif item.type not in ("cloze", "numeric"):  # typed answers may be written otherwise
            assert response == key
        assert all(score.parts.values())
    if not response:
        assert score.points == 0


@given(items())
def test_the_key_has_full_marks(item: Item) -> None:
    score = item.score(item.key())
    assert score.points == 1
    assert score.parts
    assert all(score.parts.values())


@given(st.integers(1, 6), st.integers(1, 6))
def test_ticking_everything_gains_nothing(right: int, wrong: int) -> None:
    ticks = [option(f"option {n}", n < right) for n in range(right + wrong)]
    item = read(sample("multiple", options=ticks))
    every = [part_id(item.id, "options", n) for n in range(right + wrong)]
    assert item.score(every).points == 0
    for part in every:
        # To tick one more right option never costs, to tick one more wrong one never gains.
        less = [other for other in every if other != part]
        gain = item.score(every).points - item.score(less).points
        assert gain >= 0 if part in item.key() else gain <= 0


@given(st.integers(2, 6))
def test_only_the_exact_order_has_full_marks(count: int) -> None:
    steps = [{"text": f"S{n}", "feedback": "x"} for n in range(count)]
    item = read(sample("ordering", steps=steps))
    full = [p for p in itertools.permutations(item.key()) if item.score(list(p)).points == 1]
    assert full == [tuple(item.key())]


# --- order ----------------------------------------------------------------------------------


def bank(sizes: list[int], natural: int = 0) -> list[Item]:
    made = []
    for number, size in enumerate(sizes):
        choices = [option(f"option {n}", n == 0) for n in range(size)]
        order = "natural" if number < natural else "shuffle"
        made.append(read(sample("single", id=f"b-{number}", options=choices, order=order)))
    return made


@given(st.lists(items(), max_size=6, unique_by=lambda item: item.id), st.randoms())
def test_places_are_permutations_and_do_not_hang_on_the_order_of_the_bank(
    made: list[Item], random: Any
) -> None:
    orders = places(made)
    assert sorted(orders) == sorted(item.id for item in made)
    for item in made:
        for group, count in item.groups().items():
            assert sorted(orders[item.id][group]) == list(range(count))
    random.shuffle(made)
    assert places(made) == orders


@given(st.lists(st.integers(3, 5), min_size=1, max_size=60))
def test_the_key_stands_in_each_place_about_equally_often(sizes: list[int]) -> None:
    made = bank(sizes)
    orders = places(made)
    for size in set(sizes):
        of_size = [item for item in made if isinstance(item, Single) and len(item.options) == size]
        counts = Counter(key_place(item, orders[item.id]) for item in of_size)
        every = [counts[place] for place in range(size)]
        assert max(every) - min(every) <= 1


def test_keys_in_natural_order_are_counted() -> None:
    made = bank([4] * 8, natural=2)  # both keys stand first as written
    orders = places(made)
    counts = Counter(key_place(i, orders[i.id]) for i in made if isinstance(i, Single))
    assert counts == {0: 2, 1: 2, 2: 2, 3: 2}
    assert "options" not in orders["b-0"]


@given(st.integers(3, 6), st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True))
def test_steps_are_never_shown_solved_nor_with_any_step_in_place(count: int, id_: str) -> None:
    steps = [{"text": f"S{n}", "feedback": "x"} for n in range(count)]
    item = read(sample("ordering", id=id_, steps=steps))
    key = item.key()
    shown = [key[place] for place in places([item])[id_]["steps"]]
    assert shown != key
    assert item.score(shown).points == 0


# --- HTML -----------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects what matters of a piece of HTML, and refuses bad nesting."""

    _VOID = frozenset({"input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, name: str) -> list[str]:
        return [value for _, key, value in self.attributes if key == name]


def parsed(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    assert not page.open
    return page


HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)"> [x](javascript:alert(1)) '
    "' onfocus='alert(1)' autofocus </textarea></details></fieldset> \" onclick=\"alert(1)"
)
ALLOWED = {
    "bdi", "br", "details", "div", "em", "fieldset", "h3", "input", "label", "legend", "li", "ol",
    "option", "p", "q", "select", "span", "strong", "summary", "ul", "a",
}  # fmt: skip


NAMES = {"id", "type", "objective", "level", "order", "unit", "rating", "next", "group"}


def poisoned(value: Any, key: str = "") -> Any:
    """The same item with a hostile text in every field that holds text."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    if isinstance(value, str) and key not in NAMES:
        return f"{value} {HOSTILE}"
    return value


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_bank_text_is_data(kind: str) -> None:
    item = read(poisoned(sample(kind)))
    html = quiz_html("q", f"T {HOSTILE}", [item], places([item]), cite, STRINGS)
    page = parsed(html)
    assert set(page.tags) <= ALLOWED
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert not [name for _, name, _ in page.attributes if name in {"style", "autofocus", "src"}]
    assert set(page.all("href")) == {"guide.html#para-8"}


@given(items())
def test_html_is_whole(item: Item) -> None:
    html = quiz_html("q", "Title", [item], places([item]), cite, STRINGS)
    page = parsed(html)
    assert not re.search(r"\n\s*\n", html)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert set(page.all("for")) <= set(ids)
    assert set(page.all("aria-describedby")) <= set(ids)
    assert page.tags["details"] == page.tags["summary"] == 1
    assert page.tags["legend"] == page.tags["fieldset"] >= 1
    for path, text in item.texts():
        assert path == ("text",) or text in html  # the text of a cloze has gaps in it


def test_the_same_item_in_two_quizzes_has_ids_of_its_own_in_each() -> None:
    made = [read(sample(kind)) for kind in ITEM_TYPES]
    orders = places(made)
    page = parsed(
        quiz_html("a", "A", made, orders, cite, STRINGS)
        + quiz_html("b", None, made, orders, cite, STRINGS)
    )
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    names = {value for tag, key, value in page.attributes if (tag, key) == ("input", "name")}
    # Three types with one group of inputs, a typed gap, a number, three steps: in two quizzes.
    assert len(names) == 2 * (3 + 1 + 1 + 3)
    assert page.tags["h3"] == 1


def test_the_question_tells_nothing_of_the_key() -> None:
    for kind in ITEM_TYPES:
        item = read(sample(kind))
        question = _html(item).split("<details")[0]
        assert "data-iml-right" not in question
        assert "data-iml-answer" not in question
        assert "Why" not in question


def test_a_role_that_is_hostile_is_data() -> None:
    steps = copy.deepcopy(STEPS)
    steps[0]["variants"] = {'"><script>alert(1)</script>': "x"}
    page = parsed(_html(read(sample("scenario", steps=steps))))
    assert "script" not in page.tags


@pytest.mark.parametrize("sealed", ["answer", "item"])
def test_what_is_sealed_is_not_legible(sealed: Any) -> None:
    for kind in ITEM_TYPES:
        item = read(sample(kind))
        html = quiz_html(
            "q", "T", [item], places([item]), cite, STRINGS, mode="test", test={}, sealed=sealed
        )
        plain_html = _html(item)
        for told in ("data-iml-right=", "iml-key-text", "So it was", "five words that"):
            assert told not in html
        seals = re.findall(r'data-iml-sealed(?:-item)?="([^"]+)"', html)
        assert len(seals) == 1
        assert "iml-keys" not in seals[0]
        assert (item.stem in html) is (sealed == "answer")
        assert item.stem in plain_html


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), st.text(max_size=80))
def test_a_seal_keeps_length_and_differs_by_item(name: str, text: str) -> None:
    sealed = seal(name, text)
    assert len(sealed) == len(text)
    assert "\n" not in sealed
    plain_signs = "~" * 40
    assert seal(name, plain_signs) != seal(f"{name}x", plain_signs)


# --- typed answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  De  FACTO ", "de facto"),
        ("Détention", "detention"),
        ("l’État", "l etat"),
        ("حِمايَة", "حماية"),
        ("١٩٥١", "١٩٥١"),
        ("…", ""),
    ],
)
def test_what_is_forgiven_is_taken_off(typed: str, expected: str) -> None:
    assert plain(typed) == plain(expected)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("mandate", "mandate", 0),
        ("mandat", "mandate", 1),
        ("mandatee", "mandate", 1),
        ("mondate", "mandate", 1),
        ("madnate", "mandate", 1),
        ("", "abc", 3),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


@given(st.text(max_size=12), st.text(max_size=12))
def test_slips_are_never_more_than_letters(one: str, other: str) -> None:
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert (distance(one, other) == 0) is (one == other)


@pytest.mark.parametrize(
    ("typed", "number_"),
    [
        ("1951", 1951),
        (" 1 951 ", 1951),
        ("1,951", 1951),
        ("1.951", 1.951),
        ("2,5", 2.5),
        ("−3", -3),
        ("+7", 7),
        ("١٩٥١", 1951),
        ("۲۰۰۹", 2009),
        ("2٫5", 2.5),
        ("1e3", None),
        ("nineteen", None),
        ("", None),
        ("1,2,3", None),
        ("9" * 31, None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number_: float | None) -> None:
    assert typing_.number(typed) == number_


def test_a_citation_leads_to_no_script() -> None:
    item = read(sample("single"))
    with pytest.raises(ValueError, match="relative address"):
        item_html(item, 1, {}, lambda unit: Citation(unit, "JavaScript:alert(1)"), STRINGS)


def test_every_type_says_how_it_is_answered() -> None:
    for kind in ITEM_TYPES:
        assert STRINGS.text(f"items.{kind}.how")
