"""The player in a real browser, on pages opened from ``file://``: answering, for practice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from accessibility import amiss_in_any_look, violations
from players import (
    COUNT,
    GROUPS,
    HOLDERS,
    ITEMS,
    POLICY,
    RIGHT_SAID,
    STRINGS,
    TYPED,
    TYPES,
    VECTORS,
    WAYS,
    WRONG_SAID,
    answer,
    cards,
    has_focus,
    item,
    item_of,
    kept,
    live,
    made,
    press,
    printed,
    quiz,
    submit,
    tab_to,
    wait_until_pressable,
    way,
    write_page,
)
from served import served

# --- answering ------------------------------------------------------------------------------


def by_keyboard(page: Page, box: Locator, kind: str, right: bool) -> None:
    """Answer an item with nothing but keys."""
    keys = page.keyboard
    if kind in ("single", "truefalse"):
        name = {
            ("single", True): "States",
            ("single", False): "Employers",
            ("truefalse", True): "False",
            ("truefalse", False): "True",
        }[kind, right]
        wanted = box.get_by_role("radio", name=name, exact=True)
        tab_to(page, box.get_by_role("radio").first)
        keys.press("Space")
        for _ in range(4):
            if has_focus(wanted):
                break
            keys.press("ArrowDown")
        expect(wanted).to_be_checked()
    elif kind == "multiple":
        for name in ["A shelter", "A lawyer"] if right else ["A toll"]:
            page.locator("body").evaluate("() => document.activeElement.blur()")
            tab_to(page, box.get_by_role("checkbox", name=name, exact=True))
            keys.press("Space")
    elif kind == "matching":
        for place, wanted_answer in enumerate(HOLDERS[right]):
            select = box.get_by_role("combobox").nth(place)
            tab_to(page, select)
            label = select.locator("option", has_text=wanted_answer).inner_text()
            keys.press(label[0].lower())  # the answer's letter
    elif kind == "cloze":
        tab_to(page, box.get_by_role("textbox", name="Gap 1 of 2"))
        keys.type("de facto" if right else "de jure")
        keys.press("Tab")
        assert has_focus(box.get_by_role("combobox", name="Gap 2 of 2"))
        keys.type("pri" if right else "sha")
    elif kind == "categorise":
        for card, group in GROUPS[right].items():
            page.locator("body").evaluate("() => document.activeElement.blur()")
            select = box.get_by_role("combobox", name=card, exact=True)
            tab_to(page, select)
            keys.type(group[:3])
            live(box, f"{card}: moved to {group}.")
            assert has_focus(select), "a moved card keeps the focus on its list"
    elif kind == "numeric":
        tab_to(page, box.get_by_role("textbox", name="Your answer"))
        keys.type("1951" if right else "1953")
    elif kind == "scenario":
        for place, choice in enumerate(WAYS[right]):
            if place:
                keys.press("Enter")  # the button that goes on has the focus
                expect(box.locator(".iml-scene-number:visible").last).to_be_focused()
            scene = box.locator(".iml-scene:visible").last
            tab_to(page, scene.get_by_role("radio").first)
            keys.press("Space")
            wanted = scene.get_by_role("radio", name=choice, exact=True)
            if not wanted.is_checked():
                keys.press("ArrowDown")
            expect(wanted).to_be_checked()
            tab_to(page, scene.get_by_role("button", name="Decide", exact=True))
            keys.press("Enter")
            consequence = {"We stay": "They stay.", "Both desks": "She sits."}
            live(box, consequence.get(choice, "Poor choice."))
    else:
        order = ["Make safe", "Talk", "Refer", "Record"]
        for place, name in enumerate(order if right else order[::-1]):
            page.locator("body").evaluate("() => document.activeElement.blur()")
            up = box.get_by_role("button", name=f"Move up: {name}", exact=True)
            tab_to(page, up)
            for _ in range(cards(box).index(name) - place):
                keys.press("Enter")
                assert has_focus(up), "a moved card keeps the focus on its button"
            keys.press("Enter")
            live(
                box, f"{name}: cannot move further. It is at place {place + 1} of 4."
            ) if place == 0 else None
            if place:
                # One press too many; it goes back down.
                down = box.get_by_role("button", name=f"Move down: {name}", exact=True)
                tab_to(page, down)
                keys.press("Space")
                live(box, f"{name}: moved to place {place + 1} of 4.")
    if kind == "scenario":
        keys.press("Enter")  # the button that looks back has the focus
        return
    tab_to(page, box.get_by_role("button", name="Check", exact=True))
    keys.press("Enter")


def again(kind: str) -> str:
    """Give the name of the button that begins another try."""
    return "Start the case again" if kind == "scenario" else "Try again"


def item_before(kind: str) -> dict[str, Any]:
    return item_of(TYPES[TYPES.index(kind) - 1])


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_answered_with_the_keyboard_alone(
    page: Page, tmp_path: Path, kind: str, right: bool
) -> None:
    # The item before it is there too, so that the tab key has something to pass over.
    page.goto(write_page(tmp_path, "page", quiz("q", [item_before(kind), item_of(kind)])))
    box = item(page, kind)
    by_keyboard(page, box, kind, right)
    live(box, (RIGHT_SAID if right else WRONG_SAID)[kind])
    result = box.locator(".iml-result")
    expect(result).to_contain_text("Correct" if right else "Incorrect")
    expect(result.locator(".iml-icon").first).to_be_visible()
    words = result.locator("q")
    if right:
        expect(words).to_have_text("protection that is given through what it does")
        expect(words).to_be_visible()
    else:
        expect(words).to_be_hidden()  # they may hold the answer
    expect(page.locator(".iml-progress-text")).to_have_text(
        f"1 of 2 answered, {int(right)} correct at the first try"
    )
    # The focus is on the next thing to do, and can be seen.
    button = box.get_by_role("button", name=again(kind), exact=True)
    assert has_focus(button)
    expect(button).to_be_in_viewport()
    assert button.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    wait_until_pressable(page)
    if not right:
        tab_to(page, result.get_by_text("Show the document’s words"))
        page.keyboard.press("Enter")
        expect(words).to_be_visible()
        expect(result.get_by_role("link", name="paragraph 8")).to_have_attribute(
            "href", "guide.html#para-8"
        )
        tab_to(page, button)
    page.keyboard.press("Enter")
    live(box, "You can try again now.")
    expect(result).to_be_hidden()
    assert box.evaluate(
        "box => box.querySelector('.iml-question').contains(document.activeElement)"
    )
    assert box.locator(".iml-note").count() == 0
    ask = "Decide" if kind == "scenario" else "Check"
    expect(box.get_by_role("button", name=ask, exact=True)).to_be_visible()


def test_nothing_answered_is_said_and_nothing_is_recorded(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    for kind in TYPES:
        box = item(page, kind)
        press(box, "Decide" if kind == "scenario" else "Check")
        said = STRINGS.text(f"player.{kind}.nothing")
        live(box, said)
        expect(box.get_by_text(said)).to_be_in_viewport(ratio=1)
    expect(page.locator(".iml-progress-text")).to_have_text(
        f"0 of {COUNT} answered, 0 correct at the first try"
    )
    assert kept(page) == {}
    for kind in TYPES:
        box = item(page, kind)
        answer(box, kind, right=True)
        submit(box, kind)
        live(box, RIGHT_SAID[kind])


def test_feedback_stands_beside_what_was_chosen_and_tells_nothing_else(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    expect(page.get_by_text("Answer and reasons").first).to_be_hidden()
    box = item(page, "single")
    answer(box, "single", right=False)
    press(box, "Check")
    chosen = box.locator(".iml-options > li", has_text="Employers")
    expect(chosen.locator(".iml-note")).to_contain_text("Your answer: incorrect")
    expect(chosen.locator(".iml-note")).to_contain_text("Employers have duties")
    expect(chosen.locator(".iml-note svg")).to_be_visible()
    told = chosen.get_by_role("radio").get_attribute("aria-describedby")
    expect(page.locator(f"#{told}")).to_contain_text("Employers have duties")
    assert box.locator(".iml-note").count() == 1
    expect(box.get_by_role("radio", name="Employers")).to_be_checked()
    expect(box.get_by_role("radio", name="States")).to_be_disabled()


SHOWN: dict[str, str | re.Pattern[str]] = {
    "single": "They answer for everyone there.",
    "multiple": re.compile(r"Correct answer: A shelter\s*A shelter keeps people safe\."),
    "truefalse": re.compile(r"Correct answer: False\s*Its protection is de facto\."),
    "matching": re.compile(r"Correct answer: [A-D]\. The home State\s*It goes out\."),
    "ordering": re.compile(r"The correct order:\s*Make safe\s*Nothing goes before safety\."),
    "cloze": re.compile(r"Correct answer: de facto\s*It lies in the effect of help\."),
    "categorise": re.compile(r"Correct answer: The State\s*The duty is the State's\."),
    "numeric": re.compile(r"Correct answer: 1951\s*It began in Brussels\."),
}


def test_the_answer_is_shown_when_asked_for(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    for kind, shown in SHOWN.items():
        box = item(page, kind)
        show = box.locator(".iml-show")
        expect(show).to_be_hidden()
        answer(box, kind, right=False)
        press(box, "Check")
        expect(box).not_to_contain_text(shown, use_inner_text=True)
        wait_until_pressable(page)
        press(box, "Show the answer")
        expect(box).to_contain_text(shown, use_inner_text=True)
        live(box, "The correct answer:")
        assert has_focus(box.get_by_role("button", name="Try again", exact=True))
        # Another try begins from nothing, and does not count as the first.
        press(box, "Try again")
        press(box, "Check")
        live(box, STRINGS.text(f"player.{kind}.nothing"))
        answer(box, kind, right=True)
        press(box, "Check")
        live(box, RIGHT_SAID[kind])
        expect(show).to_be_hidden()
    expect(page.locator(".iml-progress-text")).to_have_text(
        f"{len(SHOWN)} of {COUNT} answered, 0 correct at the first try"
    )
    records = kept(page)
    for kind in SHOWN:
        record = records[f"i-{kind}"]
        assert (record["tries"], record["shown"]) == (2, True), kind
        assert (record["first"]["points"], record["points"], record["best"]) == (0, 1, 1), kind


def test_what_is_right_in_part_is_said_and_can_be_mended(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, "matching")
    answer(box, "matching", right=True)
    selects = box.get_by_role("combobox")
    selects.nth(2).select_option(label=selects.nth(0).locator("option:checked").inner_text())
    press(box, "Check")
    live(box, "Partly correct. Correct lines: 2 of 3. A shelter: Incorrect. Look at who runs it.")
    wait_until_pressable(page)
    press(box, "Try again")
    assert [bool(select.input_value()) for select in selects.all()] == [True, True, False]

    box = item(page, "multiple")
    box.get_by_role("checkbox", name="A shelter").check()
    press(box, "Check")
    live(box, "Partly correct. Correct answers ticked: 1 of 2. Incorrect answers ticked: 0.")
    expect(box.locator(".iml-note")).to_have_count(1)
    wait_until_pressable(page)
    press(box, "Try again")
    expect(box.get_by_role("checkbox", name="A shelter")).to_be_checked()


REASONED = {
    **item_of("truefalse"),
    "id": "i-reasoned",
    "reasons": [
        {"text": "No text gives it one", "correct": True, "feedback": "So it says of itself."},
        {"text": "It helps nobody", "feedback": "It helps, and protects by helping."},
        {"text": "States forbid it", "feedback": "Nothing of the kind is said."},
    ],
}


def test_a_judgement_and_its_reason_are_given_with_the_keyboard_alone(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [REASONED])))
    box = item(page, "truefalse")
    check = box.get_by_role("button", name="Check", exact=True)
    tab_to(page, box.get_by_role("radio", name="True", exact=True))
    page.keyboard.press("ArrowDown")
    expect(box.get_by_role("radio", name="False", exact=True)).to_be_checked()
    tab_to(page, check)
    page.keyboard.press("Enter")
    live(box, "Choose a reason too. Then press Check.")
    assert kept(page) == {}
    why = box.get_by_role("group", name="Which reason shows it?")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    tab_to(page, why.get_by_role("radio").first)
    page.keyboard.press("Space")
    wanted = why.get_by_role("radio", name="No text gives it one")
    for _ in range(3):
        if has_focus(wanted):
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()
    tab_to(page, check)
    page.keyboard.press("Enter")
    live(box, "Correct.")
    assert kept(page)["i-reasoned"]["points"] == 1
    axe_clean(page, "right, with its reason")


def test_a_right_judgement_for_a_wrong_reason_is_half_right(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [REASONED])))
    box = item(page, "truefalse")
    box.get_by_role("radio", name="False", exact=True).check()
    box.get_by_role("radio", name="It helps nobody").check()
    press(box, "Check")
    live(box, "Partly correct. True or false is correct. The reason is not.")
    live(box, "It helps, and protects by helping.")
    assert kept(page)["i-reasoned"]["points"] == 0.5
    wait_until_pressable(page)
    press(box, "Show the answer")
    live(box, re.compile("No text gives it one"))
    expect(box.locator(".iml-is-right")).to_contain_text(
        ["Its protection is de facto.", "Correct answer"]
    )
    expect(box.locator(".iml-result")).to_contain_text("No text gives it one So it says of itself.")
    page.reload()
    expect(box.get_by_role("radio", name="It helps nobody")).to_be_checked()


def test_a_double_click_checks_once(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, "single")
    answer(box, "single", right=False)
    place = box.get_by_role("button", name="Check", exact=True).bounding_box()
    assert place is not None
    page.mouse.dblclick(place["x"] + 9, place["y"] + 9)
    box.get_by_role("button", name="Try again", exact=True).dispatch_event("click")
    expect(box.locator(".iml-result")).to_be_visible()
    assert kept(page)["i-single"]["tries"] == 1


def test_cards_are_dragged_by_the_grip(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("ordering")])))
    box = item(page, "ordering")
    before = cards(box)
    grips = box.locator(".iml-grip")
    start, end = grips.first.bounding_box(), box.locator(".iml-card").last.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 4, end["y"] + end["height"] - 2, steps=8)
    page.mouse.up()
    assert cards(box) == [*before[1:], before[0]]
    live(box, f"{before[0]}: moved to place 4 of 4.")
    press(box, "Check")
    live(box, re.compile("Steps in the correct order: "))


# --- the page around it ---------------------------------------------------------------------


def test_the_same_item_twice_on_a_page(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), quiz("r", ITEMS, None)))
    ids: list[str] = page.evaluate("() => Array.from(document.querySelectorAll('[id]'), e => e.id)")
    assert len(ids) == len(set(ids))
    box = page.locator('#quiz-q [data-iml-type="single"]')
    answer(box, "single", right=True)
    twin = page.locator('#quiz-r [data-iml-type="single"]')
    expect(twin.get_by_role("radio", name="States")).not_to_be_checked()
    press(box, "Check")
    expect(twin.locator(".iml-result")).to_contain_text("Correct")
    expect(page.locator("#quiz-r .iml-progress")).to_have_count(0)


def test_nothing_outside_the_quiz_is_touched(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), quiz("r", ITEMS), starts=False))
    outside = """() => {
      const copy = document.documentElement.cloneNode(true);
      copy.querySelector('#quiz-q').remove();
      return copy.outerHTML + Object.keys(window).filter((k) => k !== 'imlPlayer').join();
    }"""
    before = page.evaluate(outside)
    page.evaluate("imlPlayer.enhance(document.querySelector('#quiz-q'), {course: 'test'})")
    box = page.locator('#quiz-q [data-iml-type="single"]')
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, RIGHT_SAID["single"])
    assert page.evaluate(outside) == before


def test_a_quiz_works_in_a_shadow_root(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), starts=False))
    page.evaluate(
        """() => {
          const host = document.createElement('div');
          const quiz = document.querySelector('#quiz-q');
          quiz.replaceWith(host);
          host.attachShadow({mode: 'open'}).append(quiz);
          imlPlayer.enhance(quiz, {course: 'test'});
        }"""
    )
    for kind in TYPES:
        answer(item(page, kind), kind, right=True)
        submit(item(page, kind), kind)
        live(item(page, kind), RIGHT_SAID[kind])


def test_an_item_that_a_host_has_mangled_leaves_the_others_working(
    context: BrowserContext, tmp_path: Path
) -> None:
    mangled = quiz("q", ITEMS).replace('data-iml-type="multiple"', "").replace("<select", "<span")
    page = context.new_page()
    page.goto(write_page(tmp_path, "page", mangled))
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), RIGHT_SAID["single"])
    untouched = page.locator('[data-iml-item="i-multiple"]')
    untouched.locator("summary").click()
    expect(untouched).to_contain_text("A shelter keeps people safe.")


def test_without_a_script_every_answer_unfolds(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    for data in ITEMS:
        box = item(page, data["type"])
        told = {"feedback", "consequence", "debrief"}
        texts = [text for path, text in made(data).texts() if told & set(path)]
        expect(box).not_to_contain_text(texts[0], use_inner_text=True)
        box.locator("summary").click()
        for text in texts:
            expect(box).to_contain_text(text, use_inner_text=True)
        expect(box.get_by_role("link", name="paragraph 8").first).to_be_visible()
        assert box.locator("input, select, .iml-card").first.is_visible()
        assert box.get_by_role("button").count() == 0
    # The reasons stand in the order of the options, and have their letters.
    box = item(page, "single")
    options = box.locator(".iml-options > li").all_inner_texts()
    at = next(n for n, option in enumerate(options) if "States" in option)
    expect(box.locator("ol.iml-keys[type=A] > li").nth(at)).to_contain_text("Correct")
    expect(box.locator("ol.iml-keys[type=A] > li", has_text="Incorrect")).to_have_count(2)
    context.close()


HOSTILE = (
    '<script>window.hit = 1</script><img src=x onerror="window.hit = 1"> '
    "[x](javascript:window.hit=1) \" onmouseover=\"window.hit=1\" ' autofocus onfocus='hit=1' "
    "</span></label></fieldset></details>"
)


NAMES = {"id", "type", "objective", "level", "rating", "next", "group"}


def poisoned(value: Any, key: str = "") -> Any:
    """The same data with a hostile text in every field that holds text."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    if isinstance(value, str) and key not in NAMES:
        return f"{value} {HOSTILE}"
    return value


def test_a_hostile_bank_does_nothing(page: Page, tmp_path: Path) -> None:
    items = [poisoned(data) for data in ITEMS]
    address = write_page(tmp_path, "page", quiz("q", items, f"Title {HOSTILE}"))
    # Without the policy that would forbid it anyway.
    path = tmp_path / "page.html"
    path.write_text(path.read_text("utf-8").replace(POLICY, ""), "utf-8")
    page.goto(address)
    for box in page.locator("[data-iml-item]").all():
        if box.locator("input[type=text]").count():
            box.locator("input[type=text]").first.fill("1953")
        elif box.locator("input").count():
            box.locator("input").first.check()
        elif box.locator("select").count():
            box.locator("select").first.select_option(index=1)
        else:
            box.locator(".iml-move").nth(1).click()
        if box.get_attribute("data-iml-type") == "scenario":
            press(box, "Decide")
            press(box, "Next decision")
            continue
        press(box, "Check")
        expect(box.locator(".iml-result")).to_be_visible()
    wait_until_pressable(page)
    for button in page.get_by_role("button", name="Show the answer").all()[::-1]:
        if button.is_visible():
            button.click()
    page.mouse.move(100, 100)
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 1
    assert page.locator("img, [onerror], [onmouseover], [autofocus]").count() == 0
    assert page.locator("[data-iml-quiz] a:not([href^='guide.html'])").count() == 0


# --- how it looks and reads -----------------------------------------------------------------


def axe_clean(page: Page, state: str) -> None:
    assert violations(page) == [], state


def all_states(page: Page, see: Callable[[Page, str], None]) -> None:
    """Bring every item into every state, and look at each."""
    see(page, "at first")
    for kind in TYPES:
        press(item(page, kind), "Decide" if kind == "scenario" else "Check")
    expect(page.locator(".iml-live.iml-shown")).to_have_count(COUNT)
    see(page, "nothing answered")
    for right in (False, True):
        for kind in TYPES:
            answer(item(page, kind), kind, right)
            submit(item(page, kind), kind)
        see(page, f"answered {'right' if right else 'wrong'}")
        wait_until_pressable(page)
        if not right:
            for kind in set(TYPES) - {"scenario"}:
                press(item(page, kind), "Show the answer")
            see(page, "answer shown")
        for kind in TYPES:
            press(item(page, kind), again(kind))


def test_no_state_has_anything_amiss_in_any_colours_or_on_a_phone_in_either_direction(
    page: Page, tmp_path: Path
) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    long = item_of("matching")
    long["pairs"][0]["right"] = "The home State " + "Verantwortungszuständigkeiten" * 2
    items = [long if data["type"] == "matching" else data for data in ITEMS]
    page.goto(write_page(tmp_path, "page", quiz("q", items)))

    def look(page: Page, state: str) -> None:
        assert amiss_in_any_look(page) == {}, state

    all_states(page, look)
    changed = item_of("single")
    changed["stem"] = "Who else holds it?"
    page.evaluate("localStorage.setItem('imlcourse/1/test/me/item/i-truefalse', '{')")
    page.goto(write_page(tmp_path, "page", quiz("q", [changed, *items[1:]])))
    expect(page.locator(".iml-changed")).to_be_visible()
    expect(page.locator(".iml-troubles")).to_be_visible()
    box = item(page, "matching")
    press(box, "Try again")
    answer(box, "matching", right=True)
    box.get_by_role("combobox").first.select_option(index=0)
    press(box, "Check")
    live(box, "Partly correct.")
    look(page, "restored, with an item changed, a record damaged, and an answer right in part")


def test_axe_finds_nothing_without_a_script(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), starts=False))
    for summary in page.locator("summary").all():
        summary.click()
    axe_clean(page, "unfolded")
    page.close()


def test_what_is_pressed_is_large_enough(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    for target in page.locator(".iml-options label, .iml-select, .iml-button, .iml-move").all():
        box = target.bounding_box()
        if box is not None:
            assert box["height"] >= 44
            assert box["width"] >= 44


def test_forced_colours_leave_states_to_be_seen(page: Page, tmp_path: Path) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, "single")
    answer(box, "single", right=False)
    radio = box.get_by_role("radio", name="Employers")
    assert radio.evaluate("r => getComputedStyle(r).appearance") == "auto"
    press(box, "Check")
    expect(box.locator(".iml-result")).to_contain_text("Incorrect")
    axe_clean(page, "forced colours")


_TOLD = {"feedback", "wrong", "consequence", "debrief", "answers", "mistakes", "gaps"}


def test_paper_shows_questions_and_no_answers(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    at_first = cards(item(page, "ordering"))
    for kind in TYPES:
        answer(item(page, kind), kind, right=True)
        submit(item(page, kind), kind)
    page.emulate_media(media="print")
    for data in ITEMS:
        box = item(page, data["type"])
        for path, text in made(data).texts():
            plain = text.replace("*", "")
            if "variants" in path or path == ("text",):
                continue  # of another role; and a text that has gaps
            if _TOLD & set(path):
                expect(box).not_to_contain_text(plain, use_inner_text=True)
            else:
                expect(box).to_contain_text(plain, use_inner_text=True)
        expect(box).not_to_contain_text("paragraph 8", use_inner_text=True)
        assert box.get_by_role("button").count() == 0
    # What was ticked and how the cards were put is not on paper either.
    for option in page.locator(".iml-options > li").all():
        look = (
            "e => { const s = getComputedStyle(e); return [s.borderTopWidth, s.backgroundColor] }"
        )
        assert option.evaluate(look) == ["0px", "rgba(0, 0, 0, 0)"]
    ticked = item(page, "multiple").get_by_role("checkbox", checked=True).first
    assert ticked.evaluate("e => getComputedStyle(e, '::before').content") == "none"
    tops = {
        card.locator(".iml-card-text").inner_text(): (card.bounding_box() or {"y": 0})["y"]
        for card in item(page, "ordering").locator(".iml-card").all()
    }
    assert sorted(tops, key=lambda name: tops[name]) == at_first
    assert cards(item(page, "ordering")) != at_first
    sorted_cards = item(page, "categorise").locator(".iml-box .iml-card")
    assert not [card for card in sorted_cards.all() if card.is_visible()]
    for kind in ("numeric", "cloze"):
        typed = item(page, kind).get_by_role("textbox", include_hidden=True)
        expect(typed).to_be_hidden()
    expect(item(page, "cloze").locator("select")).to_be_hidden()
    # All steps of the case, in the order in which they are written.
    steps = item(page, "scenario").locator(".iml-scene-number:visible").all()
    heights = {step.inner_text(): (step.bounding_box() or {"y": 0})["y"] for step in steps}
    assert sorted(heights, key=lambda name: heights[name]) == ["Step 1", "Step 2", "Step 3"]


def test_what_was_answered_leaves_no_trace_on_paper(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    shown = page.locator(".iml-quiz")

    def look() -> dict[str, bytes]:
        seen: dict[str, bytes] = {}
        schemes: list[Literal["light", "dark"]] = ["light", "dark"]
        for scheme in schemes:
            page.emulate_media(media="print", color_scheme=scheme)
            seen[scheme] = shown.screenshot(animations="disabled")
        page.emulate_media(media="null", color_scheme="light")
        return seen

    before, words = look(), printed(page, tmp_path)
    for right in (False, True):
        for kind in TYPES:
            box = item(page, kind)
            answer(box, kind, right=right)
            submit(box, kind)
        assert look() == before, "right" if right else "wrong"
        assert printed(page, tmp_path) == words
        wait_until_pressable(page)
        for box in page.locator("[data-iml-item]").all():
            if not right:
                press(box, again(str(box.get_attribute("data-iml-type"))))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_printed_sheet_can_be_filled_in_with_a_pen(
    browser: Browser, tmp_path: Path, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    words = " ".join(printed(page, tmp_path))
    shown = item(page, "cloze").locator("option").all_text_contents()[1:]
    assert f"({' / '.join(shown)}) responsibility." in words
    # A letter to write for each group, and for each answer that may fit.
    assert "A. The State B. IOM" in words
    for kind, said in [("matching", "letter"), ("categorise", "letter"), ("ordering", "from 1")]:
        told = STRINGS[f"items.{kind}.paper"]
        assert said in told
        assert f"{STRINGS[f'items.{kind}.how']} {told}" in words
    # Each choice of the case says where to go, and none what follows from it.
    for choice, onward in [
        ("We stay", "Continue with step 3."), ("We go", "Continue with step 2."),
        ("We return", "Continue with step 3."), ("We wait", "The case ends here."),
        ("Both desks", "The case ends here."), ("Neither", "The case ends here."),
    ]:  # fmt: skip
        assert f"{choice} {onward}" in words
    for told in ("They stay.", "They go.", "Best choice", "Answer and reasons", "Because"):
        assert told not in words
    assert "Step 1 The ministry calls." in words
    assert "Step 2 Nobody is there." in words
    context.close()


def test_on_the_screen_the_player_says_where_a_choice_leads_by_going_there(
    browser: Browser, tmp_path: Path
) -> None:
    address = write_page(tmp_path, "page", quiz("q", [item_of("scenario")]))
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address)
        onward = page.get_by_text("Continue with step 3.").first
        if scripts:
            expect(onward).to_be_hidden()
        else:
            expect(onward).to_be_visible()
        context.close()


def test_names_and_states_are_what_a_screen_reader_needs(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    group = page.get_by_role("group", name="Check yourself", exact=True)
    expect(
        group.get_by_role("group", name="Question 1 Who holds the prime responsibility?")
    ).to_have_accessible_description("Choose one answer.")
    expect(group.get_by_role("radio", name="States", exact=True)).to_be_visible()
    expect(group.get_by_role("checkbox", name="A border fence", exact=True)).to_be_visible()
    expect(group.get_by_role("combobox", name="An inspection", exact=True)).to_be_visible()
    expect(group.get_by_role("textbox", name="Gap 1 of 2", exact=True)).to_be_visible()
    expect(group.get_by_role("textbox", name="Your answer", exact=True)).to_be_visible()
    expect(group.get_by_role("combobox", name="To decide", exact=True)).to_be_visible()
    case = group.get_by_role("group", name="What do you answer?", exact=True)
    expect(case.get_by_role("radio", name="We stay", exact=True)).to_be_visible()
    first = cards(item(page, "ordering"))[0]
    up = group.get_by_role("button", name=f"Move up: {first}", exact=True)
    expect(up).to_have_attribute("aria-disabled", "true")
    answer(item(page, "single"), "single", right=False)
    press(item(page, "single"), "Check")
    expect(page.get_by_role("radio", name="Employers", exact=True)).to_have_accessible_description(
        "Your answer: incorrect Employers have duties, but other ones."
    )


def tree(page: Page) -> list[dict[str, Any]]:
    """What Chromium hands to a screen reader: role, name, value, description and states."""
    client = page.context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    client.detach()
    read = []
    for node in nodes:
        if node.get("ignored"):
            continue
        found = {
            key: node[key]["value"]
            for key in ("role", "name", "value", "description")
            if "value" in node.get(key, {})
        }
        for prop in node.get("properties", []):
            found[prop["name"]] = prop["value"].get("value")
        read.append(found)
    return read


def one(nodes: list[dict[str, Any]], role: str, name: str) -> dict[str, Any]:
    found = [n for n in nodes if n.get("role") == role and n.get("name") == name]
    assert len(found) == 1, [n.get("name") for n in nodes if n.get("role") == role]
    return found[0]


def test_chromium_tells_a_screen_reader_names_states_and_what_is_said(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    before = tree(page)
    question = one(before, "group", "Question 1 Who holds the prime responsibility?")
    assert question["description"] == "Choose one answer."
    assert one(before, "radio", "States")["checked"] == "false"
    assert one(before, "checkbox", "A shelter")["checked"] == "false"
    assert one(before, "combobox", "To decide")["value"] == "Choose a group"
    assert one(before, "textbox", "Gap 1 of 2").get("value", "") == ""
    assert one(before, "textbox", "Your answer")["editable"] == "plaintext"
    assert one(before, "group", "What do you answer?")
    assert [n for n in before if n.get("role") == "status"], "live regions are there beforehand"
    assert {n.get("live") for n in before if n.get("role") == "status"} == {"polite"}
    for kind in TYPES:
        answer(item(page, kind), kind, right=kind == "single")
        submit(item(page, kind), kind)
        live(item(page, kind), (RIGHT_SAID if kind == "single" else WRONG_SAID)[kind])
    after = tree(page)
    chosen = one(after, "radio", "States")
    assert (chosen["checked"], chosen["disabled"]) == ("true", True)
    assert chosen["description"] == "Your answer: correct They answer for everyone there."
    assert one(after, "radio", "Nobody")["disabled"] is True
    assert one(after, "textbox", "Your answer")["value"] == "1953"
    said = [str(n.get("name", "")) for n in after if n.get("role") == "StaticText"]
    for words in (
        "Correct. They answer for everyone there.",
        "Incorrect. That is its Constitution.",
        "Incorrect. No treaty gives one.",
    ):
        assert words in said
    # A picture says nothing that a word beside it does not say.
    assert not [n for n in after if n.get("role") in ("image", "img") and n.get("name")]
    buttons = {n.get("name") for n in after if n.get("role") == "button"}
    assert {"Try again", "Show the answer"} <= buttons
    assert "Check" not in buttons


def test_a_frame_that_forbids_forms_and_storage_does_not_stop_it(
    browser: Browser, tmp_path: Path
) -> None:
    """As in hosts that show a course in a sandbox."""
    write_page(tmp_path, "inner", quiz("q", ITEMS))
    inner = tmp_path / "inner.html"
    inner.write_text(inner.read_text("utf-8").replace("file:", "http:"), encoding="utf-8")
    (tmp_path / "outer.html").write_text(
        '<!doctype html><title>o</title><iframe sandbox="allow-scripts" width="900" height="900"'
        ' src="inner.html"></iframe>',
        encoding="utf-8",
    )
    with served(tmp_path) as address:
        page = browser.new_page()
        page.set_default_timeout(5000)
        page.goto(f"{address}/outer.html")
        frame = page.frame_locator("iframe")
        expect(frame.locator(".iml-troubles")).to_have_text(STRINGS["player.store.forbidden"])
        for kind in TYPES:
            box = frame.locator(f'[data-iml-type="{kind}"]')
            answer(box, kind, right=True)
            submit(box, kind)
            live(box, RIGHT_SAID[kind])
        page.close()


# --- scoring --------------------------------------------------------------------------------

SCORE = """([id, response]) => {
  const view = window.views[id];
  return view.type.score(view.data, JSON.parse(response));
}"""


@pytest.fixture
def scorer(page: Page, tmp_path: Path) -> Callable[[str, Any], dict[str, Any]]:
    """The player's own scorer, fed from the HTML that Python draws."""
    items = [vector["item"] for vector in VECTORS]
    page.goto(write_page(tmp_path, "page", quiz("v", items), starts=False))
    page.evaluate(
        """() => {
          const quiz = imlPlayer.enhance(document.querySelector('[data-iml-quiz]'), {});
          window.views = Object.fromEntries(quiz.views.map((view) => [view.id, view]));
        }"""
    )

    def score(id_: str, response: Any) -> dict[str, Any]:
        found: dict[str, Any] = page.evaluate(SCORE, [id_, json.dumps(response)])
        return found

    return score


def test_vectors(scorer: Callable[[str, Any], dict[str, Any]]) -> None:
    for vector in VECTORS:
        for case in vector["cases"]:
            score = scorer(vector["item"]["id"], case["response"])
            assert score["points"] == pytest.approx(case["points"], abs=1e-12), case
            assert score["parts"] == case["parts"], case


RESUME = """(tries) => tries.map(([id, response]) => {
  const view = window.views[id];
  view.type.reset(view, {shown: true, result: {points: 1, parts: {}}});
  return view.type.restore(view, response) ? view.type.collect(view) : null;
})"""


def test_what_is_put_back_is_what_was_answered(
    page: Page, scorer: Callable[[str, Any], dict[str, Any]]
) -> None:
    """To resume equals never having left: for random responses of every type."""
    random = Random(2009)
    resumed = set()
    for vector in VECTORS:
        scored = made(vector["item"])
        names = list(vector["names"])
        tries = [case["response"] for case in vector["cases"]] + [scored.key()]
        tries += [way(scored, random) for _ in range(20)]
        tries += [random.sample(names, random.randint(0, len(names))) for _ in range(20)]
        tries += [
            {p: random.choice(names + TYPED) for p in names if random.random() < 0.7}
            for _ in range(40)
        ]
        # The player takes off what stands around an answer.
        tries = [
            response
            for response in tries
            if not isinstance(response, dict)
            or all(not isinstance(one, str) or one == one.strip() for one in response.values())
        ]
        put_back = page.evaluate(RESUME, [[scored.id, response] for response in tries])
        for response, back in zip(tries, put_back, strict=True):
            if back is None:
                continue  # it can be no answer, and is not put back
            resumed.add(scored.type)
            assert scored.score(back).points == scored.score(response).points, response
    assert resumed == set(TYPES)


def test_the_enter_that_ends_a_composition_checks_nothing(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [ITEMS[5], ITEMS[7]])))
    for kind in ("cloze", "numeric"):
        box = item(page, kind)
        field = box.locator("input").first
        field.fill("1951")
        for told in ({"isComposing": True}, {"keyCode": 229}):
            field.dispatch_event("keydown", {"key": "Enter", **told})
            expect(box.locator(".iml-result")).to_be_hidden()
        assert kept(page) == {}
    field.press("Enter")
    expect(box.locator(".iml-result")).to_be_visible()


def test_a_word_that_stands_in_two_gaps_is_said_to_stand_in_both(
    page: Page, tmp_path: Path
) -> None:
    gaps = [{"answers": ["shelter", "food"], "feedback": "Both are needed."}] * 2
    asked = {**ITEMS[5], "text": "They need {1} and {2}.", "gaps": gaps}
    page.goto(write_page(tmp_path, "page", quiz("q", [asked])))
    box = item(page, "cloze")
    for field in box.locator("input").all():
        field.fill("shelter")
    press(box, "Check")
    live(box, re.compile("Partly correct.*1 of 2.*You used this word in another gap too"))
    assert kept(page)["i-cloze"]["points"] == 0.5
