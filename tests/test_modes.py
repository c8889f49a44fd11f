"""Tests drawn by a blueprint, and what comes back: the modes of the player besides practice."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accessibility import amiss_in_any_look
from engine import Engine
from imlcourse.html.citation import Citation
from imlcourse.html.items import quiz_html
from imlcourse.items import places
from players import (
    COUNT,
    ITEMS,
    RIGHT_SAID,
    STRINGS,
    TYPES,
    WRONG_SAID,
    answer,
    has_focus,
    item,
    kept,
    live,
    made,
    press,
    printed,
    quiz,
    submit,
    tab_to,
    wait_until_pressable,
    write_page,
)
from waiting import wait_for

TESTABLE = [data for data in ITEMS if data["type"] != "scenario"]


def single(number: int, objective: str = "m06-o1", level: str = "apply") -> dict[str, Any]:
    return {
        "id": f"t-{number:02}",
        "type": "single",
        "objective": objective,
        "level": level,
        "stem": f"What is right in question {number}?",
        "options": [
            {"text": f"right {number}", "correct": True, "feedback": f"Because of {number}."},
            {"text": f"wrong {number}", "feedback": "Read it again."},
            {"text": f"false {number}", "feedback": "Read it once more."},
        ],
    }


def test_html(
    items: list[dict[str, Any]],
    blueprint: list[dict[str, Any]],
    *,
    name: str = "t",
    kind: str = "module",
    shares: list[str] | None = None,
    sealed: Any = "answer",
    pass_mark: int | None = 70,
) -> str:
    bank = [made(data) for data in items]
    objectives = {
        data.get("objective", "m06-o1"): {
            "text": f"Objective {data.get('objective', 'm06-o1')}",
            "sections": [{"href": "#section-1", "title": "The first section"}],
        }
        for data in items
    }
    about = {
        "test": name, "kind": kind, "pass": pass_mark, "blueprint": blueprint,
        "shares": shares or [name], "objectives": objectives, "version": "1.2.3",
    }  # fmt: skip
    return quiz_html(
        name, f"Quiz {name}", bank, places(bank),
        lambda unit: Citation(f"paragraph {unit}", f"guide.html#para-{unit}"),
        STRINGS, heading=2, mode="test", test=about, sealed=sealed,
    )  # fmt: skip


test_html.__test__ = False  # type: ignore[attr-defined]


def box(page: Page, name: str = "t") -> Locator:
    return page.locator(f"#quiz-{name}")


def head(page: Page, name: str = "t") -> Locator:
    return box(page, name).locator(".iml-test-head")


def attempts(page: Page, test: str = "t") -> list[dict[str, Any]]:
    """The attempts in the browser's store, the first one first."""
    found: dict[str, str] = page.evaluate("() => ({...localStorage})")
    mark = f"imlcourse/1/test/me/attempt/{test}/"
    read = [json.loads(raw) for key, raw in found.items() if key.startswith(mark)]
    return sorted(read, key=lambda attempt: str(attempt["begun"]))


def take(page: Page, right: set[int] | bool, name: str = "t") -> list[str]:
    """Take a test of single-choice items: right in those places, wrong in the others."""
    asked = []
    while True:
        shown = box(page, name).locator("[data-iml-item]")
        asked.append(shown.get_attribute("data-iml-item") or "")
        good = right if isinstance(right, bool) else len(asked) in right
        word = "right" if good else "wrong"
        shown.get_by_role("radio", name=re.compile(f"^{word}")).check()
        following = box(page, name).get_by_role("button", name="Next", exact=True)
        if not following.is_visible():
            break
        following.click()
    press(box(page, name), "Finish")
    expect(head(page, name)).to_have_text("Your result")
    return asked


FOUR = [{"objective": "m06-o1", "items": 2}, {"objective": "m06-o2", "level": "apply", "items": 2}]
POOL = [
    *(single(n) for n in range(1, 6)),
    *(single(n, "m06-o2") for n in range(6, 11)),
    single(11, "m06-o2", "recall"),
]


# --- drawing --------------------------------------------------------------------------------


def test_a_test_follows_its_blueprint_and_repeats_nothing_while_there_is_something_new(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    seen: list[list[str]] = []
    for number in range(3):
        press(box(page), "Start" if not number else STRINGS["player.test.again"])
        seen.append(take(page, right=True))
    for asked in seen:
        assert len(set(asked)) == 4
        assert sum(int(one[-2:]) <= 5 for one in asked) == 2
        assert "t-11" not in asked  # its level is not the one asked for
    # Five items for each two places: two attempts have nothing in common, and of a third the
    # one that was never asked is there.
    assert not set(seen[0]) & set(seen[1])
    never = {f"t-{n:02}" for n in range(1, 11)} - set(seen[0]) - set(seen[1])
    assert never <= set(seen[2])


def test_the_same_seed_draws_the_same(engine: Engine) -> None:
    draw = """(seed) => {
      const pool = Array.from({length: 20}, (_, n) => ({id: 'i' + n, module: 'm0' + n % 2,
        objective: 'o' + n % 4, level: n < 10 ? 'apply' : 'recall'}));
      return imlPlayer.blueprint.draw(pool, [{items: 3}, {module: 'm01', items: 2},
        {objective: 'o1', level: 'apply', items: 2}], seed, new Map());
    }"""
    drawn = [engine.evaluate(draw, seed) for seed in range(40)]
    assert drawn == [engine.evaluate(draw, seed) for seed in range(40)]
    assert len({tuple(one) for one in drawn}) > 30
    for one in drawn:
        assert len(set(one)) == 7
        numbers = [int(name[1:]) for name in one]
        assert sum(n % 4 == 1 and n < 10 for n in numbers) >= 2
        assert sum(n % 2 == 1 for n in numbers) >= 4
    first = [one[0] for one in drawn]
    assert len(set(first)) > 5, "the order differs too"


def test_pre_and_post_test_ask_different_items_and_show_the_gain(
    page: Page, tmp_path: Path
) -> None:
    both = ["pre-test", "post-test"]
    pages = {
        kind: write_page(
            tmp_path,
            kind,
            test_html(POOL, FOUR, name=f"{kind}-test", kind=kind, shares=both, sealed="item",
                      pass_mark=None),
        )
        for kind in ("pre", "post")
    }  # fmt: skip
    page.goto(pages["pre"])
    expect(box(page, "pre-test")).to_contain_text("You do not need to know the answers yet")
    press(box(page, "pre-test"), "Start")
    before = take(page, {1}, "pre-test")
    expect(box(page, "pre-test")).to_contain_text("25 %: 1 of 4 points.")
    expect(box(page, "pre-test")).not_to_contain_text("Passed")
    # What was asked before the course is not answered then.
    expect(
        box(page, "pre-test").get_by_role("button", name=STRINGS["player.test.answers"])
    ).to_be_hidden()
    page.goto(pages["post"])
    press(box(page, "post-test"), "Start")
    after = take(page, right=True, name="post-test")
    assert not set(before) & set(after)
    gain = box(page, "post-test").locator(".iml-gain")
    expect(gain).to_contain_text(
        "Before the course: 25 %. After the course: 100 %. Difference in percentage points: 75."
    )
    assert gain.locator(".iml-bar").evaluate_all(
        "bars => bars.map((bar) => bar.style.getPropertyValue('--iml-share'))"
    ) == ["25%", "100%"]
    # Both asked two items of each objective.
    for asked in (before, after):
        assert sum(int(one[-2:]) <= 5 for one in asked) == 2


# --- taking ---------------------------------------------------------------------------------


def test_nothing_tells_what_is_right_until_the_end(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(TESTABLE, [{"items": len(TESTABLE)}])))
    press(box(page), "Start")
    for number in range(1, len(TESTABLE) + 1):
        expect(head(page)).to_have_text(f"Question {number} of {len(TESTABLE)}")
        shown = box(page).locator("[data-iml-item]")
        kind = str(shown.get_attribute("data-iml-type"))
        answer(shown, kind, right=number % 2 == 0)
        expect(box(page).locator(".iml-kept")).to_have_text(STRINGS["player.test.kept"])
        html = page.content()
        for told in ("data-iml-right", "iml-key-text", "iml-is-right", "iml-is-wrong", "iml-note "):
            assert told not in html
        if number < len(TESTABLE):
            press(box(page), "Next")
    press(box(page), "Finish")
    expect(head(page)).to_have_text("Your result")
    (attempt,) = attempts(page)
    assert attempt["ended"]
    assert attempt["points"] == pytest.approx(sum(attempt["results"].values()) / len(TESTABLE))
    for place, one in enumerate(attempt["items"], start=1):
        scored = made(next(d for d in TESTABLE if d["id"] == one["id"]))
        given = attempt["answers"][one["id"]]["response"]
        assert scored.score(given).points == attempt["results"][one["id"]] == int(place % 2 == 0)
    # Now everything is told.
    press(box(page), STRINGS["player.test.answers"])
    items = box(page).locator(".iml-test-items [data-iml-item]")
    expect(items).to_have_count(len(TESTABLE))
    assert has_focus(items.first)
    for place in range(len(TESTABLE)):
        expect(items.nth(place).locator(".iml-result-head strong").first).to_have_text(
            "Correct" if place % 2 else "Incorrect"
        )
        expect(items.nth(place).get_by_role("link", name="paragraph 8")).to_be_visible()
        assert items.nth(place).locator("input:enabled, select:enabled").count() == 0


def test_the_result_says_passed_or_not_and_what_to_read_again(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    press(box(page), "Start")
    take(page, right={1, 2})
    expect(box(page)).to_contain_text("Not passed yet 50 %: 2 of 4 points. To pass, you need 70 %.")
    # First what to do, in a line or two; then each objective, folded.
    lines = box(page).locator(".iml-told")
    expect(lines.get_by_role("link", name="The first section")).to_have_count(1)
    rows = box(page).locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_be_hidden()
    box(page).get_by_text("See each objective").click()
    total = 0
    for row in rows.all():
        points = int(re.findall(r"(\d) of 2", row.inner_text())[0])
        total += points
        again = row.get_by_role("link", name="The first section")
        assert again.count() == int(points < 2)
        if points < 2:
            expect(again).to_have_attribute("href", "#section-1")
    assert total == 2
    expect(box(page).locator("> .iml-live")).to_contain_text("Not passed yet")
    press(box(page), STRINGS["player.test.again"])
    take(page, right=True)
    expect(box(page)).to_contain_text("Passed 100 %: 4 of 4 points.")
    expect(box(page)).to_contain_text("Everything was correct.")
    expect(box(page)).to_contain_text("2 of 2All correct")
    page.reload()
    expect(box(page)).to_contain_text(re.compile(r"Your best result: 100 % on .*Passed\."))
    assert [one["passed"] for one in attempts(page)] == [False, True]


def test_what_is_shown_is_never_more_than_was_earned(engine: Engine) -> None:
    shown = [engine.evaluate("(share) => imlPlayer.record.percent(share)", share)
             for share in (0.69999, 0.7, 2 / 3, 1, 0)]  # fmt: skip
    assert shown == [69, 70, 66, 100, 0]


@pytest.mark.parametrize("where", ["reload", "elsewhere"])
def test_leaving_and_coming_back_is_as_if_one_had_never_left(
    page: Page, tmp_path: Path, where: str
) -> None:
    """Answers of every type, left in the middle, are there at the same question."""
    address = write_page(tmp_path, "page", test_html(TESTABLE, [{"items": len(TESTABLE)}]))
    page.goto(address)
    press(box(page), "Start")
    shown_before = {}
    for number in range(1, len(TESTABLE) + 1):
        shown = box(page).locator("[data-iml-item]")
        kind = str(shown.get_attribute("data-iml-type"))
        answer(shown, kind, right=True)
        shown_before[kind] = shown.locator(".iml-question").inner_html()
        if number == 4:
            break
        press(box(page), "Next")
    expect(box(page).locator(".iml-kept")).to_have_text(STRINGS["player.test.kept"])
    page.wait_for_timeout(500)  # what is typed is written when the typing rests
    before = attempts(page)
    if where == "elsewhere":
        page.goto(write_page(tmp_path, "other", quiz("o", ITEMS[:1])))
        page.goto(address)
    else:
        page.reload()
    expect(head(page)).to_have_text(f"Question 4 of {len(TESTABLE)}")
    assert page.evaluate("document.activeElement === document.body"), "nobody asked for the focus"
    assert attempts(page) == before
    for number in range(4, 0, -1):
        shown = box(page).locator("[data-iml-item]")
        kind = str(shown.get_attribute("data-iml-type"))
        again = shown.locator(".iml-question")
        for control in again.locator("input, select").all():
            assert control.evaluate("c => c.disabled") is False
        if number > 1:
            press(box(page), "Back")
    press(box(page), "Finish")
    press(box(page), "Finish anyway")
    (attempt,) = attempts(page)
    assert attempt["points"] == pytest.approx(4 / len(TESTABLE))


def test_what_is_left_open_is_said_before_the_end(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    press(box(page), "Start")
    box(page).get_by_role("radio", name=re.compile("^right")).check()
    jumps = box(page).locator(".iml-jump button")
    expect(jumps.nth(0)).to_have_accessible_name("Question 1, answered")
    expect(jumps.nth(0)).to_have_attribute("aria-current", "step")
    expect(jumps.nth(2)).to_have_accessible_name("Question 3, not answered")
    jumps.nth(2).click()
    assert has_focus(head(page))
    expect(head(page)).to_have_text("Question 3 of 4")
    box(page).get_by_role("radio", name=re.compile("^wrong")).check()
    press(box(page), "Finish")
    asking = box(page).locator(".iml-test-asking")
    expect(asking).to_contain_text(
        "Questions without an answer: 2 (number 2, 4). They count as incorrect."
    )
    assert has_focus(asking.get_by_role("button").first)
    expect(box(page).locator("> .iml-live")).to_contain_text("Questions without an answer: 2")
    expect(box(page).get_by_role("button", name=re.compile("^Finish"))).to_have_count(1)
    press(box(page), "Go to question 2")
    expect(head(page)).to_have_text("Question 2 of 4")
    press(box(page), "Finish")
    press(box(page), "Finish anyway")
    expect(box(page)).to_contain_text("25 %: 1 of 4 points.")
    press(box(page), STRINGS["player.test.answers"])
    open_item = box(page).locator(".iml-test-items [data-iml-item]").nth(1)
    expect(open_item).to_contain_text("Not answered")
    expect(open_item).to_contain_text(re.compile(r"The correct answer: right \d+\."))


def test_a_test_is_taken_with_the_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    expect(head(page)).to_have_text("Before you start")
    tab_to(page, box(page).get_by_role("button", name="Start", exact=True))
    page.keyboard.press("Enter")
    for number in range(1, 5):
        expect(head(page)).to_have_text(f"Question {number} of 4")
        assert has_focus(head(page))
        tab_to(page, box(page).get_by_role("radio").first)
        page.keyboard.press("Space")
        last = number == 4
        tab_to(page, box(page).get_by_role("button", name="Finish" if last else "Next", exact=True))
        page.keyboard.press("Enter")
    expect(head(page)).to_have_text("Your result")
    assert has_focus(head(page))


def test_questions_that_changed_meanwhile_are_asked_anew(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL[:2], [{"items": 2}])))
    press(box(page), "Start")
    first = str(box(page).locator("[data-iml-item]").get_attribute("data-iml-item"))
    box(page).get_by_role("radio", name=re.compile("^right")).check()
    press(box(page), "Next")
    changed = [
        {**data, "stem": "What is right now?"} if data["id"] == first else data for data in POOL[:2]
    ]
    page.goto(write_page(tmp_path, "page", test_html(changed, [{"items": 2}])))
    expect(box(page)).to_contain_text("The course has changed since you started.")
    (attempt,) = attempts(page)
    assert attempt["answers"][first]["response"] is None
    expect(box(page).get_by_role("button", name="Question 1, not answered")).to_be_visible()


def test_two_pages_with_one_attempt_lose_nothing(context: BrowserContext, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", test_html(POOL, FOUR))
    first, second = context.new_page(), context.new_page()
    first.goto(address)
    press(box(first), "Start")
    expect(head(first)).to_have_text("Question 1 of 4")
    second.goto(address)
    expect(head(second)).to_have_text("Question 1 of 4")
    press(box(second), "Next")
    box(first).get_by_role("radio", name=re.compile("^right")).check()
    box(second).get_by_role("radio", name=re.compile("^right")).check()
    expect(box(second).locator(".iml-kept")).to_have_text(STRINGS["player.test.kept"])
    (attempt,) = attempts(first)
    given = [attempt["answers"].get(one["id"], {}).get("response") for one in attempt["items"]]
    assert [bool(response) for response in given] == [True, True, False, False]


def test_a_test_that_cannot_be_kept_says_so_and_can_be_finished(page: Page, tmp_path: Path) -> None:
    page.add_init_script(
        "Storage.prototype.setItem = () => {"
        " throw new DOMException('no room', 'QuotaExceededError'); };"
    )
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    expect(box(page).locator(".iml-troubles")).to_have_text(STRINGS["player.store.full"])
    press(box(page), "Start")
    box(page).get_by_role("radio", name=re.compile("^right")).check()
    expect(box(page).locator(".iml-kept")).to_have_text(STRINGS["player.test.not-kept"])
    take(page, right=True)
    expect(box(page)).to_contain_text("Passed 100 %")


@pytest.mark.parametrize("sealed", ["answer", "item"])
def test_every_seal_opens_to_what_was_sealed(page: Page, tmp_path: Path, sealed: str) -> None:
    html = test_html(TESTABLE, [{"items": 1}], sealed=sealed)
    page.goto(write_page(tmp_path, "page", html, starts=False))
    found = page.evaluate(
        """() => Array.from(document.querySelectorAll('[data-iml-item]'), (element) => {
          imlPlayer.seal.unsealItem(element);
          const answer = imlPlayer.seal.answerOf(element) || element.querySelector('.iml-answer');
          return [element.dataset.imlItem, answer.outerHTML];
        })"""
    )
    plain_page = write_page(tmp_path, "plain", quiz("t", TESTABLE), starts=False)
    page.goto(plain_page)
    plain = page.evaluate(
        """() => Array.from(document.querySelectorAll('[data-iml-item]'), (element) =>
          [element.dataset.imlItem, element.querySelector('.iml-answer').outerHTML])"""
    )
    squeeze = [[name, " ".join(str(text).split())] for name, text in found]
    assert squeeze == [[name, " ".join(str(text).split())] for name, text in plain]


# --- what comes back ------------------------------------------------------------------------

REVIEW = '<div data-iml-review id="back"></div>'


def back(page: Page) -> Locator:
    return page.locator("#back")


def forward(page: Page, minutes: float) -> None:
    """Let time pass for the page; every answer stays as old as it was."""
    page.evaluate(
        """(minutes) => {
          const shift = (window.shift || 0) + minutes * 60000;
          window.shift = shift;
          if (!window.RealDate) window.RealDate = Date;
          const Real = window.RealDate;
          window.Date = class extends Real {
            constructor(...given) {
              super(...(given.length ? given : [Real.now() + window.shift]));
            }
            static now() { return Real.now() + window.shift; }
          };
        }""",
        minutes,
    )


def test_what_was_missed_comes_back_at_growing_intervals(page: Page, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS), REVIEW)
    page.goto(address)
    # What is due on a day is due from its morning on. At noon, a day later is late enough.
    forward(page, page.evaluate("(new Date().setHours(12, 0, 0, 0) - Date.now()) / 60000"))
    expect(back(page)).to_be_hidden()
    answer(item(page, "single"), "single", right=False)
    press(item(page, "single"), "Check")
    live(item(page, "single"), WRONG_SAID["single"])
    expect(back(page)).to_be_visible()
    expect(back(page)).to_contain_text("Questions to review later: 1. The next one: ")
    expect(back(page)).to_contain_text("When you miss a question, it comes back the next day.")
    expect(back(page).get_by_role("button", name="Start", exact=True)).to_be_hidden()

    def again(right: bool) -> dict[str, Any]:
        press(back(page), "Start")
        one = back(page).locator("[data-iml-item]")
        expect(back(page)).to_contain_text("Question 1 of 1")
        answer(one, "single", right)
        press(one, "Check")
        live(one, (RIGHT_SAID if right else WRONG_SAID)["single"])
        # An answer that came back is told whole, and cannot be tried again at once.
        expect(one.get_by_role("button", name="Try again")).to_be_hidden()
        ending = one.get_by_role("button", name="Finish", exact=True)
        assert has_focus(ending)
        ending.click()
        expect(back(page)).to_contain_text(
            f"Finished. Correct at the first try: {int(right)} of 1."
        )
        record: dict[str, Any] = kept(page)["i-single"]
        return record

    waits = []
    for days in (1, 2, 6):
        forward(page, days * 24 * 60)
        page.evaluate("imlPlayer.store.open({course: 'test'}).listen(() => 0)")
        # The page looks again when something happens; a learner would open it anew.
        page.evaluate(
            "imlPlayer.store.open({course: 'test'}).put('me', {v: 1, at: new Date().toISOString()})"
        )
        page.evaluate(
            "imlPlayer.store.open({course: 'test'}).put('item/none', "
            "{...JSON.parse(localStorage['imlcourse/1/test/me/item/i-single'])})"
        )
        record = again(right=True)
        due = "r => Math.round((new Date(r.review.due) - new Date(r.review.at)) / 86400000)"
        waits.append(page.evaluate(due, record))
    assert waits[0] < waits[1] < waits[2]
    assert record["first"]["points"] == 0, "the first try stays the first"


def test_every_type_comes_back_and_may_come_early(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), REVIEW))
    for kind in TYPES:
        answer(item(page, kind), kind, right=False)
        submit(item(page, kind), kind)
    count = COUNT - 1  # a case is played again where it stands
    expect(back(page)).to_contain_text(f"Questions to review later: {count}.")
    press(back(page), STRINGS["player.review.early"])
    for number in range(1, count + 1):
        one = back(page).locator("[data-iml-item]")
        expect(back(page)).to_contain_text(f"Question {number} of {count}")
        kind = str(one.get_attribute("data-iml-type"))
        ids: list[str] = page.evaluate(
            "() => Array.from(document.querySelectorAll('[id]'), (element) => element.id)"
        )
        assert len(ids) == len(set(ids))
        answer(one, kind, right=True)
        submit(one, kind)
        live(one, RIGHT_SAID[kind])
        press(one, "Finish" if number == count else "Next question")
    expect(back(page)).to_contain_text(f"Finished. Correct at the first try: {count} of {count}.")
    boxes = {name: record["review"]["box"] for name, record in kept(page).items()}
    assert {box for name, box in boxes.items() if name != "i-scenario"} == {1}


def test_what_was_missed_in_a_test_comes_back_too(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR), REVIEW))
    press(box(page), "Start")
    asked = take(page, right={1, 2, 3})
    expect(back(page)).to_contain_text("Questions to review later: 1.")
    press(back(page), STRINGS["player.review.early"])
    one = back(page).locator("[data-iml-item]")
    expect(one).to_have_attribute("data-iml-item", asked[3])
    one.get_by_role("radio", name=re.compile("^right")).check()
    press(one, "Check")
    expect(one.locator(".iml-result-head strong")).to_have_text("Correct")


# --- scenarios ------------------------------------------------------------------------------


def test_a_case_that_was_left_is_gone_on_with(page: Page, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    case = item(page, "scenario")
    expect(case.locator(".iml-scene:visible")).to_have_count(1)
    case.get_by_role("radio", name="We go", exact=True).check()
    press(case, "Decide")
    live(case, "Poor choice. They go.")
    # What the document says of a poor choice may be read, and is not put in the way.
    expect(case.locator(".iml-scene:visible q")).to_be_hidden()
    page.reload()
    expect(case.locator(".iml-scene:visible")).to_have_count(2)
    expect(case.get_by_role("radio", name="We go", exact=True)).to_be_checked()
    expect(case.get_by_role("radio", name="We go", exact=True)).to_be_disabled()
    expect(case).to_contain_text("Poor choice They go.")
    case.get_by_role("radio", name="We return", exact=True).check()
    press(case, "Decide")
    press(case, "Next decision")
    case.get_by_role("radio", name="Both desks", exact=True).check()
    press(case, "Decide")
    # All is decided, and the learner leaves before the look back: it is still there.
    page.reload()
    expect(case.locator(".iml-scene:visible")).to_have_count(3)
    expect(case.get_by_role("button", name="Start the case again", exact=True)).to_be_visible()
    press(case, "Look back on the case")
    result = case.locator(".iml-result")
    expect(result).to_contain_text("Partly correct Best choices: 2 of 3.")
    expect(result).to_contain_text("Looking back. Help supports the duty.")
    ways = result.locator(".iml-way")
    expect(ways.nth(0).locator("li")).to_have_count(3)
    expect(ways.nth(0).locator("li").first).to_contain_text("We go. Poor choice")
    expect(ways).to_have_count(1)
    wait_until_pressable(page)
    press(case, "Show a better way")
    expect(ways.nth(1).locator("li")).to_have_count(2)
    expect(ways.nth(1).locator("li").first).to_contain_text("We stay.")
    record = kept(page)["i-scenario"]
    assert record["points"] == pytest.approx(4 / 6)
    # Finished, it stays finished after a reload; another try begins at the beginning.
    page.reload()
    expect(case.locator(".iml-scene:visible")).to_have_count(3)
    expect(result).to_contain_text("Best choices: 2 of 3")
    press(case, "Start the case again")
    expect(case.locator(".iml-scene:visible")).to_have_count(1)
    expect(case.get_by_role("radio", name="We go", exact=True)).not_to_be_checked()


def test_a_case_that_was_left_is_begun_again(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    case = item(page, "scenario")
    restart = case.get_by_role("button", name="Start the case again", exact=True)
    expect(restart).to_be_hidden()
    answer(case, "scenario", right=False)  # to the end, and not looked back on
    page.reload()
    expect(case.get_by_role("button", name="Look back on the case")).to_be_visible()
    restart.click()
    expect(case.locator(".iml-scene:visible")).to_have_count(1)
    first = case.get_by_role("radio", name="We stay", exact=True)
    expect(first).to_be_focused()
    expect(restart).to_be_hidden()
    # Nothing of the way that was given up comes back.
    page.reload()
    expect(case.locator(".iml-scene:visible")).to_have_count(1)
    expect(case.get_by_role("radio", checked=True)).to_have_count(0)
    answer(case, "scenario", right=True)
    submit(case, "scenario")
    live(case, RIGHT_SAID["scenario"])


def test_a_role_finds_what_is_meant_for_it(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    case = item(page, "scenario")
    expect(case).to_contain_text("The ministry calls.", use_inner_text=True)
    expect(case).not_to_contain_text("Your commander calls.", use_inner_text=True)
    page.evaluate(
        "imlPlayer.store.open({course: 'test'}).put('me',"
        " {v: 1, at: new Date().toISOString(), role: 'border'})"
    )
    expect(case).to_contain_text("Your commander calls.", use_inner_text=True)
    expect(case).not_to_contain_text("The ministry calls.", use_inner_text=True)


def test_a_role_picks_among_cases(page: Page, tmp_path: Path) -> None:
    scenario = next(data for data in ITEMS if data["type"] == "scenario")
    cases = [
        {**scenario, "id": "i-one", "stem": "For all."},
        {**scenario, "id": "i-two", "stem": "For the border.", "roles": ["border", "police"]},
        {**scenario, "id": "i-three", "stem": "For judges.", "roles": ["judges"]},
    ]
    html = quiz("q", cases).replace("data-iml-mode", 'data-iml-pick="role" data-iml-mode')
    page.goto(write_page(tmp_path, "page", html))
    shown = page.locator(".iml-item[data-iml-item]:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("For all.")
    page.evaluate(
        "imlPlayer.store.open({course: 'test'}).put('me',"
        " {v: 1, at: new Date().toISOString(), role: 'police'})"
    )
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("For the border.")
    progress = page.locator("#quiz-q .iml-progress-text")
    expect(progress).to_contain_text("0 of 1")
    press(page.locator("#quiz-q"), "Show the cases for other roles")
    expect(shown).to_have_count(3)
    expect(progress).to_contain_text("0 of 3")


@pytest.mark.parametrize(
    "change",
    [
        {"items": [{"id": "i-gone", "version": "v", "type": "single"}], "place": 0},
        {"items": [], "place": 0},
        {"place": -1},
        {"place": 99},
        {"answers": {"constructor": 1}},
    ],
    ids=str,
)
def test_an_attempt_that_cannot_be_gone_on_with_does_not_lock_the_test(
    page: Page, tmp_path: Path, change: dict[str, Any]
) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    press(box(page), "Start")
    expect(box(page)).to_contain_text("Question 1 of 4")
    wait_for(page, "Object.keys(localStorage).some((key) => key.includes('/attempt/'))")
    page.evaluate(
        """(change) => {
          const key = Object.keys(localStorage).find((name) => /me\\/attempt\\//.test(name));
          const open = JSON.parse(localStorage[key]);
          localStorage[key] = JSON.stringify(Object.assign(open, change));
        }""",
        change,
    )
    page.reload()
    press(box(page), "Start")
    expect(box(page)).to_contain_text("Question 1 of 4")


# --- how it looks and reads -----------------------------------------------------------------


def states(page: Page, see: Any) -> None:
    """Bring a test and what comes back into every state, and look at each."""
    see(page, "before it begins")
    press(box(page), "Start")
    for number in range(1, len(TESTABLE) + 1):
        shown = box(page).locator("[data-iml-item]")
        kind = str(shown.get_attribute("data-iml-type"))
        if number % 3:
            answer(shown, kind, right=number % 2 == 0)
        see(page, f"a {kind}")
        if number < len(TESTABLE):
            press(box(page), "Next")
    press(box(page), "Finish")
    see(page, "asking whether to finish")
    press(box(page), "Finish anyway")
    see(page, "the result")
    press(box(page), STRINGS["player.test.answers"])
    see(page, "the answers")
    press(back(page), STRINGS["player.review.early"])
    see(page, "what comes back")
    page.reload()
    expect(box(page)).to_contain_text("Your best result")
    see(page, "before the next attempt")


def test_no_state_has_anything_amiss_in_any_colours_or_on_a_phone_in_either_direction(
    page: Page, tmp_path: Path
) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    html = test_html(TESTABLE, [{"items": len(TESTABLE)}])
    page.goto(write_page(tmp_path, "page", html, REVIEW))

    def look(page: Page, state: str) -> None:
        assert amiss_in_any_look(page) == {}, state

    states(page, look)


def test_paper_shows_no_answers_of_a_test(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR)))
    press(box(page), "Start")
    take(page, right=True)
    press(box(page), STRINGS["player.test.answers"])
    page.emulate_media(media="print")
    expect(box(page)).to_contain_text("What is right in question", use_inner_text=True)
    for told in ("Because of", "paragraph 8", "Take it again"):
        expect(box(page)).not_to_contain_text(told, use_inner_text=True)


def asked_on(sheets: list[str]) -> list[str]:
    """The ids of the questions on printed sheets, in their order."""
    found = re.findall(r"Question (\d+)\. What is right in question (\d+)\?", " ".join(sheets))
    assert [number for number, _ in found] == [str(n + 1) for n in range(len(found))]
    return [f"t-{int(which):02}" for _, which in found]


@pytest.mark.parametrize("sealed", ["answer", "item"])
def test_paper_asks_what_a_test_asks(page: Page, tmp_path: Path, sealed: str) -> None:
    page.goto(write_page(tmp_path, "page", test_html(POOL, FOUR, sealed=sealed)))
    expect(head(page)).to_have_text("Before you start")
    sheets = printed(page, tmp_path)
    # As many as the test asks, the same for everybody who prints it, and nothing is kept of it.
    asked = asked_on(sheets)
    assert len(set(asked)) == 4
    assert asked_on(printed(page, tmp_path)) == asked
    assert attempts(page) == []
    for told in ("Before you start", "You can stop at any time", "Because of", "Read it again"):
        assert told not in " ".join(sheets)
    for option in ("right", "wrong", "false"):
        assert f"{option} {int(asked[0][2:])}" in sheets[0]
    expect(head(page)).to_have_text("Before you start")
    expect(box(page).locator("[data-iml-item]")).to_have_count(0)

    # What is being taken is printed in its order, and without what was answered.
    press(box(page), "Start")
    box(page).get_by_role("radio", name=re.compile("^right")).check()
    (attempt,) = attempts(page)
    own = [one["id"] for one in attempt["items"]]
    assert asked_on(printed(page, tmp_path)) == own
    expect(box(page).get_by_role("radio", name=re.compile("^right"))).to_be_checked()
    expect(box(page).locator("[data-iml-item]")).to_have_count(1)
    take(page, right=True)
    sheets = printed(page, tmp_path)
    assert asked_on(sheets) == own
    assert "100" not in " ".join(sheets)


@pytest.mark.parametrize("sealed", ["answer", "item"])
def test_no_key_is_legible_while_a_test_is_printed(page: Page, tmp_path: Path, sealed: str) -> None:
    page.goto(write_page(tmp_path, "page", test_html(TESTABLE, [{"items": 8}], sealed=sealed)))
    expect(head(page)).to_have_text("Before you start")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(box(page).locator(".iml-paper .iml-question")).to_have_count(len(TESTABLE))
    html = box(page).evaluate("e => e.outerHTML")
    for key in ("iml-answer", "iml-why", "data-iml-answer", "data-iml-right", "data-iml-sealed="):
        assert key not in html
    for data in TESTABLE:
        for path, text in made(data).texts():
            if {"feedback", "mistakes", "answers"} & set(path):
                assert text not in html
    # On the screen behind the dialogue nothing has changed, and afterwards nothing is left.
    expect(box(page).locator(".iml-paper")).to_be_hidden()
    expect(head(page)).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(box(page).locator(".iml-paper")).to_have_count(0)
