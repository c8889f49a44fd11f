"""What a learner is told of an answer: in which order, and nothing too early.

A wrong answer first gets its reason and the place to read. The quotation, which often holds the
answer, waits for the second try, or until it is asked for. Always in this order: what was chosen
and why it is wrong, what is right, what settles it, where to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accessibility import violations
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.html.items import quiz_html
from imlcourse.html.links import BookLinks
from imlcourse.html.writer import Writer
from imlcourse.items import ITEM_TYPES, Categorise, Cloze, Item, Matching, Numeric, Scenario
from imlcourse.items.giveaways import told_early
from imlcourse.items.parts import CardPart, ChoicePart, GapPart, MistakePart, OtherPart, PairPart
from imlcourse.markup.inline import inline_text
from imlcourse.markup.problems import CourseError
from players import press, wait_until_pressable, write_page
from real_course import real_course
from test_items import flaws_of, read, sample

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def practised(course: Course) -> Iterator[Item]:
    """Give the items that are asked in practice, in the order of the modules."""
    tested = {id_ for quiz in course.module_quizzes.values() for id_ in quiz.item_ids}
    return (i for i in course.items if i.id not in tested and i.id not in course.reserved_ids)


# --- each line for itself ---------------------------------------------------------------------


def test_each_line_says_by_itself_why_another_choice_does_not_fit_it(course: Course) -> None:
    for item in course.items:
        lines = [part for part in item.parts() if isinstance(part, PairPart | CardPart)]
        for line in lines:
            (wrong,) = (
                part
                for part in item.parts()
                if isinstance(part, OtherPart) and part.group == line.id
            )
            assert wrong.feedback != line.feedback, item.id
        said = [p.feedback for p in item.parts() if isinstance(p, OtherPart) and lines]
        # Two lines may share their words where the same thing decides both, and no more.
        assert all(said.count(words) <= 3 for words in said), item.id


def test_a_line_that_is_right_is_not_told_what_was_confused(course: Course) -> None:
    for item in course.items:
        for part in item.parts():
            if isinstance(part, PairPart | CardPart):
                assert not re.search(r"\byou may\b|\bconfus", part.feedback, re.I), part.feedback


def test_no_feedback_for_a_wrong_answer_holds_the_right_one(course: Course) -> None:
    assert [(item.id, *told) for item in course.items for told in told_early(item)] == []


def test_what_is_said_of_a_wrong_answer_is_held_against_the_key() -> None:
    pair = {"left": "L0", "right": "The labour office", "feedback": "x"}
    pairs = [{**pair, "wrong": "Ask the labour office."}, *sample("matching")["pairs"][1:]]
    ((path, said),) = flaws_of(sample("matching", pairs=pairs, distractors=[]))
    assert path == "pairs.0.wrong"
    assert "told the right one here, “The labour office”" in said


def test_a_confusion_names_a_choice_that_is_there_and_wrong() -> None:
    def confused(answer: str) -> list[tuple[str, str]]:
        pairs = sample("matching")["pairs"]
        pairs[0]["confusions"] = [{"answer": answer, "feedback": "Not so."}]
        return flaws_of(sample("matching", pairs=pairs))

    assert confused("R1") == confused("R9") == []
    assert "the answer that fits" in confused("R0")[0][1]
    assert "there is no answer “R7”" in confused("R7")[0][1]
    cards = sample("categorise")["cards"]
    cards[0]["confusions"] = [{"group": "a", "feedback": "x"}]
    assert "the group in which it belongs" in flaws_of(sample("categorise", cards=cards))[0][1]


def test_feedback_and_hints_leave_the_version_of_an_item(course: Course) -> None:
    for kind in ("matching", "categorise"):
        before = read(sample(kind)).version
        data = sample(kind, hint="Look twice.")
        for line in data.get("pairs", []) + data.get("cards", []):
            line["wrong"] = "Something else."
        (data.get("pairs") or data["cards"])[0]["confusions"] = [
            {"answer": "R1", "feedback": "x"}
            if kind == "matching"
            else {"group": "b", "feedback": "x"}
        ]
        assert read(data).version == before
    # As they were when answers to them were first kept.
    versions = {item.id: item.version for item in course.items}
    assert versions["m06-i02"] == "77db0f7d"


# --- hints ------------------------------------------------------------------------------------


def test_many_questions_of_practice_have_a_hint_and_no_question_of_a_test_has(
    course: Course,
) -> None:
    asked = list(practised(course))
    assert sum(item.hint is not None for item in asked) >= 40
    assert all(item.hint is None for item in course.items if item not in asked)
    # What has to be typed or put in order is the hardest.
    assert all(item.hint for item in asked if isinstance(item, Cloze | Numeric))


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("One. Two. Three.", "2 short sentences at most"),
        ("Look " * 41, "and 41 words"),
        ("Think of the duties.", "words of the key: duties"),
        ("See [here](x).", "only *emphasis* and **strong** work"),
    ],
)
def test_a_hint_is_short_and_says_nothing_of_the_key(hint: str, said: str) -> None:
    options = [
        {"text": "States have duties", "correct": True, "feedback": "x"},
        {"text": "States have shops", "feedback": "x"},
        {"text": "States have hats", "feedback": "x"},
    ]
    (flaw,) = flaws_of(sample("single", options=options, hint=hint.strip()))
    assert flaw[0] == "hint"
    assert said in flaw[1]
    assert flaws_of(sample("single", options=options, hint="Think of what States have.")) == []


def test_a_hint_that_nobody_would_see_is_told(small_course: Path) -> None:
    path = small_course / "quizzes" / "m01.yml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("- id: m01-i04")
    tail = tail.replace("    stem:", "    hint: Look.\n    stem:", 1)
    path.write_text("- id: m01-i04".join([head, tail]), encoding="utf-8")
    with pytest.raises(CourseError) as told:
        load_course(small_course)
    assert "m01-i04 is asked in a test, and tests show no hints" in str(told.value)


# --- one item of each type, in a browser ------------------------------------------------------


def chosen_items(course: Course) -> list[Item]:
    """Give the first practised item of each type, one with a hint where there is one."""
    found: dict[str, Item] = {}
    for item in practised(course):
        if item.type not in found or (item.hint and not found[item.type].hint):
            found[item.type] = item
    # A type that the course does not ask at present is looked at all the same.
    return [found.get(kind) or read(sample(kind)) for kind in ITEM_TYPES]


def wrong_response(item: Item) -> Any:
    """Answer an item wrong in every part."""
    parts = item.parts()
    if isinstance(item, Matching):
        ids = item.answer_ids()
        return {prompt: next(i for i in ids if i != key) for prompt, key in item.key().items()}
    if isinstance(item, Categorise):
        ids = item.group_ids()
        return {card: next(i for i in ids if i != key) for card, key in item.key().items()}
    if isinstance(item, Numeric):
        return next((part.text for part in parts if isinstance(part, MistakePart)), "1")
    if isinstance(item, Cloze):
        return {
            gap.id: next(
                (part.id or part.text for part in parts if part.group == gap.id and not part.right),
                "zzzz",
            )
            for gap in parts
            if isinstance(gap, GapPart)
        }
    if isinstance(item, Scenario):
        way, here = [], item.steps[0].id
        while here != "end":
            step = next(step for step in item.steps if step.id == here)
            ids = item.choice_ids(step)
            at = next(n for n, choice in enumerate(step.choices) if choice.rating != "best")
            way.append(ids[at])
            here = step.choices[at].next
        return way
    if item.type == "ordering":
        return list(reversed(item.key()))
    if item.type == "truefalse":
        judged = "false" if "true" in item.key() else "true"
        reason = next((p.id for p in parts if isinstance(p, ChoicePart) and not p.right), None)
        return [judged, reason] if reason else judged
    wrong = next(part.id for part in parts if not part.right)
    return [wrong] if item.type == "multiple" else wrong


def secrets(item: Item) -> list[str]:
    """Give the words that may not be read in the notes of a first wrong answer."""
    quotes = [evidence.quote for _, evidence in item.quotations()]
    if isinstance(item, Scenario):
        return quotes
    parts = item.parts()
    keys = [part.answer for part in parts if isinstance(part, PairPart | GapPart) and part.answer]
    if item.type in ("single", "multiple"):
        keys = [part.text for part in parts if part.right]
    if isinstance(item, Numeric):
        keys = [item.key()]
    # An answer that the learner reads in the question is no secret.
    return quotes + [key for key in map(inline_text, keys) if key not in item.passage]


SHOW = {"scenario": "Show a better way"}
AGAIN = {"scenario": "Start the case again"}


def give(page: Page, box: Locator, item: Item) -> None:
    """Answer an item wrong, and have it checked."""
    page.evaluate(
        "([id, response]) => { const view = window.views.get(id);"
        " view.type.restore(view, response); }",
        [item.id, wrong_response(item)],
    )
    press(box, "Look back on the case" if item.type == "scenario" else "Check")


def told_of_lines(item: Matching | Categorise, box: Locator) -> None:
    """Expect each line to speak of itself: of the choice that was made, or else of any."""
    said: list[tuple[str, dict[str, Any]]] = (
        [(line.wrong, {**item.confused(line)}) for line in item.pairs]
        if isinstance(item, Matching)
        else [(line.wrong, {**item.confused(line)}) for line in item.cards]
    )
    for part, (wrong, confused) in zip(item.key(), said, strict=True):
        chosen = confused.get(wrong_response(item)[part])
        words = inline_text(chosen.feedback if chosen else wrong)
        note = box.locator(f'.iml-question [data-part="{part}"] .iml-note')
        expect(note).to_contain_text(words)


def in_order(item: Item, text: str) -> None:
    """Expect what is told of an item in its order."""
    text = " ".join(text.split())
    wrong = wrong_response(item)
    parts = item.parts()
    why = [
        part.feedback
        for part in parts
        if (isinstance(part, OtherPart) and item.type in ("matching", "categorise"))
        or (part.id and part.id in str(wrong) and not part.right)
        or (isinstance(part, MistakePart) and part.text in str(wrong) and item.type != "matching")
    ]
    right = re.search(r"Correct answer: |The correct order:|A better way:", text)
    quote = text.rfind(inline_text(item.evidence[0].quote))
    assert right, text
    told = [text.find(inline_text(words)) for words in why if inline_text(words) in text]
    assert told or item.type == "ordering", (item.id, text)
    if item.type not in ("matching", "categorise", "cloze"):
        assert all(at < right.start() for at in told), text
    else:  # line by line
        assert min(told) < right.start()
    assert right.start() < quote, text
    if "Read again: " in text:
        assert quote < text.rfind("Read again: Section"), text


def test_a_wrong_answer_is_told_in_order_and_nothing_too_early(
    page: Page, tmp_path: Path, course: Course
) -> None:
    items = chosen_items(course)
    assert {item.type for item in items} == set(ITEM_TYPES)
    writer = Writer(course, BookLinks())
    made = quiz_html(
        "q", "Check", items, course.orders, writer.cite, course.strings,
        heading=2, read=writer.reading_place,
    )  # fmt: skip
    page.goto(write_page(tmp_path, "page", str(made)))
    page.evaluate(
        "() => { const quiz = imlPlayer.enhance(document.querySelector('[data-iml-quiz]'));"
        " window.quiz = quiz;"
        " window.views = new Map(quiz.views.map((view) => [view.id, view])); }"
    )
    for hint in page.locator(".iml-hint > summary").all():
        hint.press("Enter")  # a native control: it opens to the keyboard
    assert violations(page) == []
    for item in items:
        box = page.locator(f'[data-iml-item="{item.id}"]')
        if item.hint:
            expect(box.locator(".iml-hint p")).to_have_text(inline_text(item.hint))
        give(page, box, item)
        result = box.locator("> .iml-result")
        expect(result).to_be_visible()
        expect(result.locator("q").first).to_be_hidden()
        if writer.reading_place(item.id):
            link = result.locator(".iml-reading a")
            expect(link).to_have_attribute("href", re.compile("#m|#cap"))
        told = "\n".join([result.inner_text(), *box.locator(".iml-note").all_inner_texts()])
        if isinstance(item, Matching | Categorise):
            told_of_lines(item, box)
        for secret in secrets(item):
            assert inline_text(secret) not in told, (item.id, secret)
    # Whether a hint had been read is in the record.
    hinted = next(item for item in items if item.hint)
    record = page.evaluate("(id) => window.quiz.store.get('item/' + id)", hinted.id)
    assert record["hinted"] is record["first"]["hinted"] is True
    assert violations(page) == []
    # It is there on demand ...
    page.locator(".iml-result .iml-words > summary").first.click()
    expect(page.locator(".iml-result q").first).to_be_visible()
    wait_until_pressable(page)
    for item in items:
        box = page.locator(f'[data-iml-item="{item.id}"]')
        press(box, AGAIN.get(item.type, "Try again"))
        give(page, box, item)
        # ... and with the second try.
        expect(box.locator("> .iml-result q").first).to_be_visible()
    wait_until_pressable(page)
    for item in items:
        box = page.locator(f'[data-iml-item="{item.id}"]')
        press(box, SHOW.get(item.type, "Show the answer"))
        in_order(item, box.inner_text())
    assert violations(page) == []
    # When a test is looked back on, the same in the same order.
    for item in items:
        if item.testable:
            looked = page.evaluate(
                "([id, response]) => { const copy = imlPlayer.items.copyOf(window.quiz, id, 'x-');"
                " document.querySelector('main').append(copy);"
                " const view = imlPlayer.items.view(copy);"
                " imlPlayer.result.itemResult(view, view.version, response);"
                " return copy.innerText; }",
                [item.id, wrong_response(item)],
            )
            in_order(item, looked)


def test_without_scripts_answers_are_told_in_the_same_order(course: Course) -> None:
    writer = Writer(course, BookLinks())
    for item in chosen_items(course):
        html = str(
            quiz_html(
                "q", None, [item], course.orders, writer.cite, course.strings,
                read=writer.reading_place,
            )
        )  # fmt: skip
        text = html[html.index("Answer and reasons") :]
        if writer.reading_place(item.id):
            assert text.index("iml-evidence") < text.index("iml-reading")
        if item.type in ("matching", "categorise", "numeric", "cloze"):
            first = re.search(r"iml-miss|Incorrect", text)
            assert first
            assert first.start() < text.index("iml-key-text") or item.type == "cloze"
        if item.hint:
            assert f"<summary>{course.strings.text('items.hint')}</summary>" in html
