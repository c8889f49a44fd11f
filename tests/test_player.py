"""The player in a real browser, on pages opened from ``file://``."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from imlcourse.items import Citation, Item, places, quiz_html, read_item
from imlcourse.player import player_script, player_style
from imlcourse.strings import load_strings

VECTORS = json.loads((Path(__file__).parent / "items" / "vectors.json").read_text("utf-8"))
STRINGS = load_strings("en")
COMMON = {
    "objective": "m06-o1",
    "level": "apply",
    "evidence": [{"unit": 8, "quote": "protection that is given through what it does"}],
}
ITEMS: list[dict[str, Any]] = [
    {
        "id": "i-single",
        "type": "single",
        "stem": "Who holds the *prime* responsibility?",
        "options": [
            {"text": "States", "correct": True, "feedback": "They answer for everyone there."},
            {"text": "Employers", "feedback": "Employers have duties, but other ones."},
            {"text": "Nobody", "feedback": "Somebody always answers."},
        ],
    },
    {
        "id": "i-multiple",
        "type": "multiple",
        "stem": "Which of these show protection?",
        "options": [
            {"text": "A shelter", "correct": True, "feedback": "A shelter keeps people safe."},
            {"text": "A lawyer", "correct": True, "feedback": "A lawyer makes a right real."},
            {"text": "A border fence", "feedback": "A fence keeps people out."},
            {"text": "A toll", "feedback": "A toll raises money."},
        ],
    },
    {
        "id": "i-truefalse",
        "type": "truefalse",
        "stem": "IOM has a legal protection mandate.",
        "key": False,
        "feedback": {"true": "No treaty gives one.", "false": "Its protection is de facto."},
    },
    {
        "id": "i-matching",
        "type": "matching",
        "stem": "Whose act is it?",
        "pairs": [
            {"left": "A visit by a consul", "right": "The home State", "feedback": "It goes out."},
            {"left": "An inspection", "right": "The host State", "feedback": "It looks inside."},
            {"left": "A shelter", "right": "An organization", "feedback": "It takes people in."},
        ],
        "distractors": [{"text": "A court", "feedback": "No court acts here."}],
    },
    {
        "id": "i-ordering",
        "type": "ordering",
        "stem": "What comes first, and what after it?",
        "steps": [
            {"text": "Make safe", "feedback": "Nothing goes before safety."},
            {"text": "Talk", "feedback": "Who is safe can speak."},
            {"text": "Refer", "feedback": "What was said shows where to."},
            {"text": "Record", "feedback": "Records come last."},
        ],
    },
]
TYPES = [item["type"] for item in ITEMS]
# What the policy of a page may forbid. Nothing inline is needed, and nothing from elsewhere.
POLICY = "default-src 'none'; script-src file:; style-src file:; img-src file:"


def made(data: dict[str, Any]) -> Item:
    item, flaws = read_item({**COMMON, **data})
    assert item is not None, flaws
    return item


def item_of(kind: str) -> dict[str, Any]:
    return copy.deepcopy(next(item for item in ITEMS if item["type"] == kind))


def quiz(name: str, items: list[dict[str, Any]], title: str | None = "Check yourself") -> str:
    bank = [made(data) for data in items]

    def cite(unit: str) -> Citation:
        return Citation(f"paragraph {unit}", f"guide.html#para-{unit}")

    return quiz_html(name, title, bank, places(bank), cite, STRINGS, heading=2)


def write_page(folder: Path, name: str, *quizzes: str, starts: bool = True) -> str:
    """Write a page with quizzes, with the player beside it, and give its address."""
    (folder / "player.js").write_text(player_script("en"), encoding="utf-8")
    # The page says nothing of colours, but lets the browser draw it dark.
    scheme = ":root { color-scheme: light dark } body { font: 1rem sans-serif }\n"
    (folder / "player.css").write_text(scheme + player_style(), encoding="utf-8")
    course = ' data-iml-course="test"' if starts else ""
    path = folder / f"{name}.html"
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="player.css"><script src="player.js" defer{course}></script>'
        f'</head><body><main><h1>{name}</h1><p id="outside">Outside.</p>'
        f"{''.join(quizzes)}</main></body></html>",
        encoding="utf-8",
    )
    return path.as_uri()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made_context = browser.new_context(offline=True)
    made_context.set_default_timeout(5000)
    yield made_context
    made_context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must stay without errors and without requests to anywhere."""
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda r: None if r.url.startswith("file:") else said.append(f"asked {r.url}")
    )
    yield opened
    assert said == []


def item(page: Page, kind: str) -> Locator:
    return page.locator(f'[data-iml-type="{kind}"]')


def live(box: Locator, said: str | re.Pattern[str]) -> None:
    """Expect something in the live region of an item."""
    expect(box.get_by_role("status")).to_contain_text(said)


def press(box: Locator, name: str) -> None:
    box.get_by_role("button", name=name, exact=True).click()


def wait_until_pressable(page: Page) -> None:
    page.wait_for_timeout(450)  # a press that comes sooner is taken for a double click


def has_focus(locator: Locator) -> bool:
    return bool(locator.evaluate("element => element === document.activeElement"))


def tab_to(page: Page, target: Locator) -> None:
    """Press the tab key until an element has the focus."""
    for _ in range(80):
        if has_focus(target):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tab key does not lead to {target}")


def answer(box: Locator, kind: str, right: bool) -> None:
    """Answer an item with the pointer, wholly right or wholly wrong."""
    if kind in ("single", "truefalse", "multiple"):
        role: Any = "checkbox" if kind == "multiple" else "radio"
        chosen = {
            ("single", True): ["States"],
            ("single", False): ["Employers"],
            ("truefalse", True): ["False"],
            ("truefalse", False): ["True"],
            ("multiple", True): ["A shelter", "A lawyer"],
            ("multiple", False): ["A toll"],
        }[kind, right]
        for name in chosen:
            box.get_by_role(role, name=name, exact=True).check()
    elif kind == "matching":
        fits = dict(zip(*(["consul", "inspection", "shelter"], HOLDERS[right]), strict=True))
        for prompt, wanted in fits.items():
            select = box.get_by_role("combobox", name=re.compile(prompt))
            label = select.locator("option", has_text=wanted).inner_text()
            select.select_option(label=label)
    else:
        wanted_order = ["Make safe", "Talk", "Refer", "Record"]
        for place, name in enumerate(wanted_order if right else wanted_order[::-1]):
            while cards(box).index(name) > place:
                press(box, f"Move up: {name}")
        if not right:
            # It may have stood so from the start, and untouched is unanswered.
            press(box, "Move up: Talk")
            press(box, "Move down: Talk")


HOLDERS = {
    True: ["The home State", "The host State", "An organization"],
    False: ["The host State", "An organization", "A court"],
}


def cards(box: Locator) -> list[str]:
    return box.locator(".iml-card-text").all_inner_texts()


RIGHT_SAID: dict[str, str | re.Pattern[str]] = {
    "single": "Right. They answer for everyone there.",
    "multiple": re.compile(r"Right\. Right answers ticked: 2 of 2.*keeps people safe"),
    "truefalse": "Right. Its protection is de facto.",
    "matching": re.compile(r"Right\. 3 of 3 fit\. A visit by a consul: Right\. It goes out\."),
    "ordering": re.compile(r"Right\. 4 of 4 .*Make safe: Rightly first\. Nothing goes before"),
}
WRONG_SAID: dict[str, str | re.Pattern[str]] = {
    "single": "Not right. Employers have duties, but other ones.",
    "multiple": re.compile(r"Not right\. Right answers ticked: 0 of 2.*A toll raises money"),
    "truefalse": "Not right. No treaty gives one.",
    "matching": re.compile(r"Not right\. 0 of 3 fit\..*Not right\. It looks inside\."),
    "ordering": re.compile(
        r"Not right\. 0 of 4 .*Make safe: Does not follow on here\. "
        r"Where it belongs: Nothing goes before safety\."
    ),
}


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
            live(box, f"{name}: stays at place {place + 1} of 4.") if place == 0 else None
            if place:
                # One press too many; it goes back down.
                down = box.get_by_role("button", name=f"Move down: {name}", exact=True)
                tab_to(page, down)
                keys.press("Space")
                live(box, f"{name}: moved to place {place + 1} of 4.")
    tab_to(page, box.get_by_role("button", name="Check", exact=True))
    keys.press("Enter")


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_answered_with_the_keyboard_alone(
    page: Page, tmp_path: Path, kind: str, right: bool
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, kind)
    by_keyboard(page, box, kind, right)
    live(box, (RIGHT_SAID if right else WRONG_SAID)[kind])
    result = box.locator(".iml-result")
    expect(result).to_contain_text("Right" if right else "Not right")
    expect(result.locator(".iml-icon").first).to_be_visible()
    expect(result.get_by_role("link", name="paragraph 8")).to_have_attribute(
        "href", "guide.html#para-8"
    )
    expect(result.locator("q")).to_have_text("protection that is given through what it does")
    expect(page.locator(".iml-progress-text")).to_have_text(
        f"1 of 5 answered, {int(right)} right at first try"
    )
    # The focus is on the next thing to do, and can be seen.
    again = box.get_by_role("button", name="Try again", exact=True)
    assert has_focus(again)
    expect(again).to_be_in_viewport()
    assert again.evaluate("b => getComputedStyle(b).outlineStyle") == "solid"
    wait_until_pressable(page)
    page.keyboard.press("Enter")
    live(box, "Ready for another try.")
    expect(result).to_be_hidden()
    assert box.evaluate(
        "box => box.querySelector('.iml-question').contains(document.activeElement)"
    )
    assert box.locator(".iml-note").count() == 0
    expect(box.get_by_role("button", name="Check", exact=True)).to_be_visible()


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_answered_is_said_and_nothing_is_recorded(
    page: Page, tmp_path: Path, kind: str
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, kind)
    press(box, "Check")
    said = STRINGS.text(f"player.{kind}.nothing")
    live(box, said)
    expect(box.get_by_text(said)).to_be_in_viewport(ratio=1)
    expect(page.locator(".iml-progress-text")).to_have_text("0 of 5 answered, 0 right at first try")
    assert kept(page) == {}
    answer(box, kind, right=True)
    press(box, "Check")
    live(box, RIGHT_SAID[kind])


def test_feedback_stands_beside_what_was_chosen_and_tells_nothing_else(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    expect(page.get_by_text("Answer and reasons").first).to_be_hidden()
    box = item(page, "single")
    answer(box, "single", right=False)
    press(box, "Check")
    chosen = box.locator(".iml-option", has_text="Employers")
    expect(chosen.locator(".iml-note")).to_contain_text("Not right")
    expect(chosen.locator(".iml-note")).to_contain_text("Employers have duties")
    expect(chosen.locator(".iml-note svg")).to_be_visible()
    told = chosen.get_by_role("radio").get_attribute("aria-describedby")
    expect(page.locator(f"#{told}")).to_contain_text("Employers have duties")
    assert box.locator(".iml-note").count() == 1
    expect(box.get_by_role("radio", name="Employers")).to_be_checked()
    expect(box.get_by_role("radio", name="States")).to_be_disabled()


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("single", "They answer for everyone there."),
        ("multiple", "Right, but not ticked A shelter keeps people safe."),
        ("truefalse", "Right answer Its protection is de facto."),
        ("matching", re.compile(r"Right answer: [A-D]\. The home State It goes out\.")),
        ("ordering", re.compile(r"The right order:\s*Make safe\s*Nothing goes before safety\.")),
    ],
)
def test_the_answer_is_shown_when_asked_for(
    page: Page, tmp_path: Path, kind: str, shown: str | re.Pattern[str]
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, kind)
    show = box.get_by_role("button", name="Show the answer", exact=True)
    expect(show).to_be_hidden()
    answer(box, kind, right=False)
    press(box, "Check")
    expect(box).not_to_contain_text(shown, use_inner_text=True)
    wait_until_pressable(page)
    show.click()
    expect(box).to_contain_text(shown, use_inner_text=True)
    live(box, "The right answer:")
    assert has_focus(box.get_by_role("button", name="Try again", exact=True))
    # Another try begins from nothing, and does not count as the first.
    press(box, "Try again")
    press(box, "Check")
    live(box, STRINGS.text(f"player.{kind}.nothing"))
    answer(box, kind, right=True)
    press(box, "Check")
    live(box, RIGHT_SAID[kind])
    expect(show).to_be_hidden()
    expect(page.locator(".iml-progress-text")).to_have_text("1 of 5 answered, 0 right at first try")
    record = kept(page)[f"i-{kind}"]
    assert (record["tries"], record["shown"]) == (2, True)
    assert (record["first"]["points"], record["points"], record["best"]) == (0, 1, 1)


def test_what_is_right_in_part_is_said_and_can_be_mended(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, "matching")
    answer(box, "matching", right=True)
    selects = box.get_by_role("combobox")
    selects.nth(2).select_option(label=selects.nth(0).locator("option:checked").inner_text())
    press(box, "Check")
    live(box, "Partly right. 2 of 3 fit. A shelter: Not right. It goes out.")
    wait_until_pressable(page)
    press(box, "Try again")
    assert [bool(select.input_value()) for select in selects.all()] == [True, True, False]

    box = item(page, "multiple")
    box.get_by_role("checkbox", name="A shelter").check()
    press(box, "Check")
    live(box, "Partly right. Right answers ticked: 1 of 2. Wrong ones ticked: 0.")
    expect(box.locator(".iml-note")).to_have_count(1)
    wait_until_pressable(page)
    press(box, "Try again")
    expect(box.get_by_role("checkbox", name="A shelter")).to_be_checked()


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
    live(box, re.compile("steps follow on rightly"))


# --- what is kept ---------------------------------------------------------------------------


def kept(page: Page) -> dict[str, Any]:
    """Give the records in the browser's store, by item id."""
    found: dict[str, str] = page.evaluate("() => ({...localStorage})")
    mark = "imlcourse/1/test/me/item/"
    return {k.removeprefix(mark): json.loads(v) for k, v in found.items() if k.startswith(mark)}


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
@pytest.mark.parametrize("kind", TYPES)
def test_answers_are_there_after_reload_and_on_another_page(
    page: Page, tmp_path: Path, kind: str, right: bool
) -> None:
    (tmp_path / "other").mkdir()
    other = write_page(tmp_path / "other", "other", quiz("r", ITEMS[::-1]))
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    answer(item(page, kind), kind, right)
    press(item(page, kind), "Check")
    expect(item(page, kind).locator(".iml-result")).to_be_visible()
    shown = item(page, kind).locator(".iml-question").inner_text()
    word = "Right" if right else "Not right"
    for where in (address, other):
        page.goto(where)
        box = item(page, kind)
        expect(box.locator(".iml-result-head strong")).to_have_text(word)
        expect(box.locator(".iml-when")).to_contain_text("Your answer of")
        now = box.locator(".iml-question").inner_text()
        assert now.split("\n", 1)[1] == shown.split("\n", 1)[1]  # but for the number
        # Nothing is announced or focused that nobody asked for.
        assert box.get_by_role("status").inner_text() == ""
        assert page.evaluate("document.activeElement === document.body")
        expect(page.locator(".iml-progress-text")).to_have_text(
            f"1 of 5 answered, {int(right)} right at first try"
        )
    for other_kind in set(TYPES) - {kind}:
        expect(item(page, other_kind).locator(".iml-result")).to_be_hidden()
    record = kept(page)[f"i-{kind}"]
    assert record["v"] == 1
    assert record["item"] == made(item_of(kind)).version
    assert made(item_of(kind)).score(record["response"]).points == record["points"] == int(right)


DAMAGED = [
    "{",
    "null",
    "7",
    '"text"',
    "[]",
    "{}",
    '{"v":1}',
    '{"v":99,"item":"x","response":"x","points":1,"at":"x","tries":1,"best":1,"earlier":[],'
    '"first":{"points":1,"at":"x"}}',
    '{"v":1,"item":"VERSION","response":["no","part"],"points":1,"at":"x","tries":1,"best":1,'
    '"earlier":[],"first":{"points":1,"at":"x"}}',
    '{"v":1,"item":"VERSION","response":"<img src=x onerror=alert(1)>","points":9,"at":"x",'
    '"tries":1,"best":1,"earlier":[],"first":{"points":1,"at":"x"}}',
]


@pytest.mark.parametrize("raw", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_record_is_set_aside_and_said(page: Page, tmp_path: Path, raw: str) -> None:
    raw = raw.replace("VERSION", made(item_of("single")).version)
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    page.evaluate("raw => localStorage.setItem('imlcourse/1/test/me/item/i-single', raw)", raw)
    page.reload()
    expect(page.locator(".iml-troubles")).to_have_text(STRINGS["player.store.damaged"])
    expect(item(page, "truefalse").locator(".iml-result")).to_be_visible()
    aside: list[str] = page.evaluate(
        "() => Object.keys(localStorage).filter(key => key.includes('/aside/i-single/'))"
        ".map(key => localStorage.getItem(key))"
    )
    assert aside == [raw]
    box = item(page, "single")
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, RIGHT_SAID["single"])
    page.reload()
    expect(item(page, "single").locator(".iml-result")).to_contain_text("Right")
    expect(page.locator(".iml-troubles")).to_be_hidden()


FULL = """Storage.prototype.setItem = function () {
  throw new DOMException('no room', 'QuotaExceededError');
};"""
FORBIDDEN = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); },
});"""
REFUSING = """Storage.prototype.setItem = function () { throw new Error('no'); };"""
FORGETTING = """Storage.prototype.setItem = function () {};"""
GONE = "Object.defineProperty(window, 'localStorage', {value: null});"


@pytest.mark.parametrize(
    ("stub", "trouble"),
    [
        (FULL, "full"),
        (FORBIDDEN, "forbidden"),
        (REFUSING, "forbidden"),
        (GONE, "forbidden"),
    ],
    ids=["full", "forbidden", "refusing", "gone"],
)
def test_where_nothing_can_be_kept_the_page_works_and_says_so(
    page: Page, tmp_path: Path, stub: str, trouble: str
) -> None:
    page.add_init_script(stub)
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), quiz("r", ITEMS)))
    said = STRINGS[f"player.store.{trouble}"]
    expect(page.locator("#quiz-q .iml-troubles")).to_have_text(said)
    box = page.locator('#quiz-q [data-iml-type="single"]')
    answer(box, "single", right=False)
    press(box, "Check")
    live(box, WRONG_SAID["single"])
    wait_until_pressable(page)
    press(box, "Try again")
    for kind in TYPES:
        box = page.locator(f'#quiz-q [data-iml-type="{kind}"]')
        answer(box, kind, right=True)
        press(box, "Check")
        live(box, RIGHT_SAID[kind])
        live(box, "This answer is not kept. " + said)
    expect(page.locator("#quiz-q .iml-progress-text")).to_have_text(
        "5 of 5 answered, 4 right at first try"
    )


def test_a_store_that_forgets_at_once_is_noticed(page: Page, tmp_path: Path) -> None:
    page.add_init_script(FORGETTING)
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), "This answer is not kept.")
    expect(page.locator(".iml-troubles")).to_be_visible()


def test_when_there_is_room_again_it_is_no_longer_said(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    page.evaluate("() => { window.whole = Storage.prototype.setItem }")
    page.evaluate("() => {" + FULL + "}")
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), "This answer is not kept.")
    expect(page.locator(".iml-troubles")).to_have_text(STRINGS["player.store.full"])
    page.evaluate("() => { Storage.prototype.setItem = window.whole }")
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    expect(page.locator(".iml-troubles")).to_be_hidden()
    assert list(kept(page)) == ["i-truefalse"]


def test_two_pages_at_once_lose_nothing(context: BrowserContext, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    first, second = context.new_page(), context.new_page()
    first.goto(address)
    second.goto(address)
    answer(item(first, "single"), "single", right=False)
    press(item(first, "single"), "Check")
    # The other page has it at once, where the learner is not at work on the same question.
    expect(item(second, "single").locator(".iml-result")).to_contain_text("Not right")
    expect(second.locator(".iml-progress-text")).to_contain_text("1 of 5 answered")
    # Both answer the same item, the second without knowing of the first.
    item(second, "truefalse").get_by_role("radio", name="True", exact=True).focus()
    answer(item(first, "truefalse"), "truefalse", right=True)
    press(item(first, "truefalse"), "Check")
    expect(second.locator(".iml-progress-text")).to_contain_text("2 of 5 answered")
    expect(item(second, "truefalse").locator(".iml-result")).to_be_hidden()
    assert has_focus(item(second, "truefalse").get_by_role("radio", name="True", exact=True))
    answer(item(second, "truefalse"), "truefalse", right=False)
    press(item(second, "truefalse"), "Check")
    record = kept(first)["i-truefalse"]
    assert (record["response"], record["first"]["response"]) == ("true", "false")
    assert (record["points"], record["best"], record["tries"]) == (0, 1, 2)


def test_an_answer_that_was_not_heard_of_is_not_written_over(
    context: BrowserContext, tmp_path: Path
) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    first, second = context.new_page(), context.new_page()
    second.add_init_script("addEventListener('storage', (e) => e.stopImmediatePropagation())")
    first.goto(address)
    second.goto(address)
    for page, right in ((first, False), (second, True)):
        answer(item(page, "single"), "single", right)
        press(item(page, "single"), "Check")
        live(item(page, "single"), (RIGHT_SAID if right else WRONG_SAID)["single"])
    record = kept(second)["i-single"]
    assert (record["first"]["points"], record["points"]) == (0, 1)


def test_records_are_merged_whichever_comes_first(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    one, two, old = (
        {
            "v": 1,
            "item": version,
            "response": response,
            "points": points,
            "best": points,
            "at": at,
            "tries": tries,
            "shown": shown,
            "first": {"response": response, "points": points, "at": at},
            "earlier": [],
        }
        for version, response, points, at, tries, shown in [
            ("x", "a", 0, "2026-01-01T00:00:00.000Z", 3, True),
            ("x", "b", 1, "2026-01-02T00:00:00.000Z", 1, False),
            ("w", "c", 1, "2025-01-01T00:00:00.000Z", 1, False),
        ]
    )
    merge = "([a, b]) => imlPlayer.mergeRecords(a, b)"
    both = page.evaluate(merge, [one, two])
    assert both == page.evaluate(merge, [two, one])
    assert both == page.evaluate(merge, [both, one])  # again changes nothing
    assert both["response"] == "b"
    assert both["first"]["response"] == "a"
    assert (both["best"], both["tries"], both["shown"]) == (1, 3, True)
    aged = page.evaluate(merge, [old, both])
    assert aged == page.evaluate(merge, [aged, old])
    assert [past["response"] for past in aged["earlier"]] == ["c"]
    assert page.evaluate(merge, [None, one]) == one


def test_an_answer_to_an_earlier_version_is_marked_and_not_lost(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("single")])))
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    expect(page.locator(".iml-progress-text")).to_contain_text("1 of 1 answered")
    old = kept(page)["i-single"]

    changed = item_of("single")
    changed["stem"] = "Who else holds responsibility?"
    page.goto(write_page(tmp_path, "page", quiz("q", [changed])))
    box = item(page, "single")
    expect(box.locator(".iml-changed")).to_contain_text("This question has changed")
    expect(box.locator(".iml-result")).to_be_hidden()
    expect(page.locator(".iml-progress-text")).to_contain_text("0 of 1 answered")
    assert kept(page)["i-single"] == old
    answer(box, "single", right=False)
    press(box, "Check")
    expect(box.locator(".iml-changed")).to_have_count(0)
    record = kept(page)["i-single"]
    assert record["item"] == made(changed).version != old["item"]
    assert record["tries"] == 1
    assert [past["response"] for past in record["earlier"]] == [old["response"]]
    assert record["earlier"][0]["item"] == old["item"]


def test_courses_and_learners_are_kept_apart(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), starts=False))
    seen: list[list[str]] = page.evaluate(
        """async () => {
          const record = {v: 1, item: 'x', response: 'r', points: 1, best: 1, tries: 1,
            at: '2026', shown: false, first: {points: 1, at: '2026'}, earlier: []};
          await imlPlayer.localStore('a', 'one').put('i', record);
          return [['a', 'one'], ['a', 'two'], ['b', 'one'], ['a/one', '']].map(
            (names) => Object.keys(imlPlayer.localStore(...names).get('i') || {}));
        }"""
    )
    assert [bool(found) for found in seen] == [True, False, False, False]


def test_another_store_may_be_slow_and_may_keep_nothing(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("truefalse")]), starts=False))
    page.evaluate(
        """(version) => {
          const first = {response: 'true', points: 0, at: '2026-01-01T00:00:00Z'};
          const held = {v: 1, item: version, response: 'true', points: 0, best: 0, tries: 1,
            at: first.at, shown: false, first, earlier: []};
          let loaded = false;
          window.puts = [];
          const store = {
            load: () => new Promise((done) => {
              window.finish = () => { loaded = true; done(); };
            }),
            get: (id) => (loaded ? held : null),
            put: (id, record) => { window.puts.push(record); return Promise.resolve(false); },
            setAside() {}, troubles: () => [], listen() {},
          };
          const root = document.querySelector('[data-iml-quiz]');
          window.same = imlPlayer.enhance(root, {store}) === imlPlayer.enhance(root, {store});
        }""",
        made(item_of("truefalse")).version,
    )
    box = item(page, "truefalse")
    expect(box.get_by_role("button", name="Check", exact=True)).to_have_count(1)
    assert page.evaluate("window.same")
    page.evaluate("window.finish()")
    expect(box.locator(".iml-result")).to_contain_text("Not right")
    press(box, "Try again")
    answer(box, "truefalse", right=True)
    press(box, "Check")
    live(box, "This answer is not kept.")
    assert page.evaluate("window.puts.length") == 1


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
    expect(twin.locator(".iml-result")).to_contain_text("Right")
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
        press(item(page, kind), "Check")
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
        texts = [text for path, text in made(data).texts() if "feedback" in path]
        expect(box).not_to_contain_text(texts[0], use_inner_text=True)
        box.locator("summary").click()
        for text in texts:
            expect(box).to_contain_text(text, use_inner_text=True)
        expect(box.get_by_role("link", name="paragraph 8")).to_be_visible()
        assert box.locator("input, select, .iml-card").first.is_visible()
        assert box.get_by_role("button").count() == 0
    right = item(page, "single").locator(".iml-keys li", has_text="States")
    expect(right).to_contain_text("Right")
    context.close()


HOSTILE = (
    '<script>window.hit = 1</script><img src=x onerror="window.hit = 1"> '
    "[x](javascript:window.hit=1) \" onmouseover=\"window.hit=1\" ' autofocus onfocus='hit=1' "
    "</span></label></fieldset></details>"
)


def poisoned(value: Any, key: str = "") -> Any:
    """The same data with a hostile text in every field that holds text."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, key) for inner in value]
    if isinstance(value, str) and key not in {"id", "type", "objective", "level"}:
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
        if box.locator("input").count():
            box.locator("input").first.check()
        elif box.locator("select").count():
            box.locator("select").first.select_option(index=1)
        else:
            box.locator(".iml-move").nth(1).click()
        press(box, "Check")
        expect(box.locator(".iml-result")).to_be_visible()
    wait_until_pressable(page)
    for button in page.get_by_role("button", name="Show the answer").all()[::-1]:
        button.click()
    page.mouse.move(100, 100)
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 1
    assert page.locator("img, [onerror], [onmouseover], [autofocus]").count() == 0
    assert page.locator("[data-iml-quiz] a:not([href^='guide.html'])").count() == 0


# --- how it looks and reads -----------------------------------------------------------------


def axe_clean(page: Page, state: str) -> None:
    # Colours that are still changing are measured wrongly.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    # Axe would fetch the style sheet, which the page's policy forbids; one rule is off by default.
    options = {"preload": False, "rules": {"target-size": {"enabled": True}}}
    found = Axe().run(page, options=options).response["violations"]
    told = [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]
    assert told == [], state


def all_states(page: Page, see: Callable[[Page, str], None]) -> None:
    """Bring every item into every state, and look at each."""
    see(page, "at first")
    for kind in TYPES:
        press(item(page, kind), "Check")
    expect(page.locator(".iml-live.iml-shown")).to_have_count(5)
    see(page, "nothing answered")
    for right in (False, True):
        for kind in TYPES:
            answer(item(page, kind), kind, right)
            press(item(page, kind), "Check")
        see(page, f"answered {'right' if right else 'wrong'}")
        wait_until_pressable(page)
        if not right:
            for kind in TYPES:
                press(item(page, kind), "Show the answer")
            see(page, "answer shown")
        for kind in TYPES:
            press(item(page, kind), "Try again")
    box = item(page, "matching")
    answer(box, "matching", right=True)
    box.get_by_role("combobox").first.select_option(index=0)
    press(box, "Check")
    see(page, "partly right")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(page: Page, tmp_path: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    all_states(page, axe_clean)
    changed = item_of("single")
    changed["stem"] = "Who else holds it?"
    page.evaluate("localStorage.setItem('imlcourse/1/test/me/item/i-truefalse', '{')")
    page.goto(write_page(tmp_path, "page", quiz("q", [changed, *ITEMS[1:]])))
    expect(page.locator(".iml-changed")).to_be_visible()
    expect(page.locator(".iml-troubles")).to_be_visible()
    axe_clean(page, "restored, with an item changed and a record damaged")


def test_axe_finds_nothing_without_a_script(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), starts=False))
    for summary in page.locator("summary").all():
        summary.click()
    axe_clean(page, "unfolded")
    page.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_narrow_page_does_not_scroll_sideways(page: Page, tmp_path: Path, direction: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    long = item_of("matching")
    long["pairs"][0]["right"] = "The home State " + "Verantwortungszuständigkeiten" * 2
    items = [long if data["type"] == "matching" else data for data in ITEMS]
    page.goto(write_page(tmp_path, "page", quiz("q", items)))
    page.evaluate("direction => { document.dir = direction }", direction)

    def fits(page: Page, state: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, state

    all_states(page, fits)


def test_what_is_pressed_is_large_enough(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    for target in page.locator(".iml-option-label, .iml-select, .iml-button, .iml-move").all():
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
    expect(box.locator(".iml-result")).to_contain_text("Not right")
    axe_clean(page, "forced colours")


def test_paper_shows_questions_and_no_answers(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    at_first = cards(item(page, "ordering"))
    for kind in TYPES:
        answer(item(page, kind), kind, right=True)
        press(item(page, kind), "Check")
    page.emulate_media(media="print")
    for data in ITEMS:
        box = item(page, data["type"])
        for path, text in made(data).texts():
            plain = text.replace("*", "")
            if "feedback" in path:
                expect(box).not_to_contain_text(plain, use_inner_text=True)
            else:
                expect(box).to_contain_text(plain, use_inner_text=True)
        expect(box).not_to_contain_text("paragraph 8", use_inner_text=True)
        assert box.get_by_role("button").count() == 0
    # What was ticked and how the cards were put is not on paper either.
    for option in page.locator(".iml-option").all():
        look = (
            "e => { const s = getComputedStyle(e); return [s.borderTopWidth, s.backgroundColor] }"
        )
        assert option.evaluate(look) == ["0px", "rgba(0, 0, 0, 0)"]
    ticked = item(page, "multiple").get_by_role("checkbox", checked=True).first
    assert ticked.evaluate("e => getComputedStyle(e, '::before').content") == "none"
    tops = {
        card.locator(".iml-card-text").inner_text(): (card.bounding_box() or {"y": 0})["y"]
        for card in page.locator(".iml-card").all()
    }
    assert sorted(tops, key=lambda name: tops[name]) == at_first
    assert cards(item(page, "ordering")) != at_first


def test_names_and_states_are_what_a_screen_reader_needs(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    group = page.get_by_role("group", name="Check yourself", exact=True)
    expect(
        group.get_by_role("group", name="Question 1 Who holds the prime responsibility?")
    ).to_have_accessible_description("Choose one answer.")
    expect(group.get_by_role("radio", name="States", exact=True)).to_be_visible()
    expect(group.get_by_role("checkbox", name="A border fence", exact=True)).to_be_visible()
    expect(group.get_by_role("combobox", name="An inspection", exact=True)).to_be_visible()
    first = cards(item(page, "ordering"))[0]
    up = group.get_by_role("button", name=f"Move up: {first}", exact=True)
    expect(up).to_have_attribute("aria-disabled", "true")
    answer(item(page, "single"), "single", right=False)
    press(item(page, "single"), "Check")
    expect(page.get_by_role("radio", name="Employers", exact=True)).to_have_accessible_description(
        "Not right Employers have duties, but other ones."
    )


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
          const quiz = imlPlayer.enhance(document.querySelector('[data-iml-quiz]'));
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


def test_both_scorers_give_the_same_numbers(scorer: Callable[[str, Any], dict[str, Any]]) -> None:
    random = Random(298)
    for vector in VECTORS:
        scored = made(vector["item"])
        names = [*vector["names"], "p000000"]
        for _ in range(60):
            some = random.sample(names, random.randint(0, len(names)))
            response: Any = random.choice(
                [
                    some,
                    random.sample(list(vector["names"]), len(vector["names"])),
                    some[0] if some else None,
                    dict(zip(some, random.choices(names, k=len(some)), strict=True)),
                    {p: random.choice(names) for p in vector["names"] if random.random() < 0.7},
                ]
            )
            ours = scored.score(response)
            theirs = scorer(scored.id, response)
            assert (theirs["points"], theirs["parts"]) == (ours.points, ours.parts), response


# --- the files ------------------------------------------------------------------------------


def test_the_script_is_safe_in_a_page_and_whole() -> None:
    script = player_script("en")
    assert "</" not in script
    assert "\u2028" not in script
    assert "import(" not in script
    assert "fetch(" not in script


def test_every_text_is_there_and_every_text_is_used() -> None:
    script = player_script("en")
    texts = STRINGS.under("player.")
    code = script
    for key, text in texts.items():
        code = code.replace(f"{json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}", "")
    named = set(re.findall(r"'(player\.[a-z.-]+[a-z])'", code))
    made_up = {f"player.{kind}.nothing" for kind in TYPES}
    made_up |= {f"player.store.{trouble}" for trouble in ("full", "forbidden", "damaged")}
    made_up |= {"player.ordering.up", "player.ordering.down"}
    assert named | made_up == set(texts)


def test_texts_are_filled_and_what_is_missing_is_named() -> None:
    assert STRINGS.text("items.number", number=3) == "Question 3"
    with pytest.raises(KeyError, match=r"needs a value for \{number\}"):
        STRINGS.text("items.number")
    with pytest.raises(KeyError, match=r"no text 'items\.nothing' in 'en'"):
        STRINGS.text("items.nothing")
    for language in ("xx", "..", "en/../en", ""):
        with pytest.raises(ValueError, match="there are: en"):
            load_strings(language)


def test_the_style_keeps_to_logical_sides_and_to_itself() -> None:
    style = re.sub(r"/\*.*?\*/", "", player_style(), flags=re.DOTALL)
    assert not re.search(r"(?<![\w-])(left|right|margin-left|padding-right)\s*:", style)
    assert not re.search(r"\b(margin|padding|border)-(left|right|top|bottom)\b", style)
    for selector in re.findall(r"^([^@{}\s][^{}]*)\{", style, flags=re.MULTILINE):
        assert all("iml-" in part for part in re.split(r",(?![^(]*\))", selector)), selector


def test_the_player_is_small() -> None:
    assert len(player_script("en").encode()) + len(player_style().encode()) < 65_000
