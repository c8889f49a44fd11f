"""The next day: the cover that knows the learner, what comes back, what was promised."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from accessibility import amiss_in_any_look, violations
from players import read_through
from test_progress import go, plan
from waiting import wait_for

# Keeps entries as they would stand here after some days.
KEEP = """(entries) => {
  const base = 'imlcourse/1/' + encodeURIComponent(imlCourse.id) + '/me/';
  for (const [key, entry] of Object.entries(entries)) {
    localStorage.setItem(base + key, JSON.stringify(entry));
  }
}"""
THEN = "2026-01-05T09:00:00.000Z"


def missed(page: Page, *ids: str) -> dict[str, Any]:
    """Items that were missed long ago, and are due."""
    version: dict[str, str] = page.evaluate(
        """() => Object.fromEntries(imlCourse.modules.flatMap(({ items }) =>
          items.map(([id, version]) => [id, version])))"""
    )
    first = {"response": "x", "points": 0, "at": THEN}
    return {
        f"item/{id_}": {
            "v": 1, "at": THEN, "item": version[id_], "type": "truefalse", "response": "x",
            "points": 0, "tries": 1, "best": 0, "shown": False, "first": first, "earlier": [],
            "review": {"box": 0, "due": "2026-01-05T09:10:00.000Z", "at": THEN},
        }
        for id_ in ids
    }  # fmt: skip


def me(name: str) -> dict[str, Any]:
    return {"me": {"v": 1, "at": THEN, "name": name, "role": "border"}}


def test_a_new_reader_finds_no_welcome(page: Page, offline: Path) -> None:
    page.goto((offline / "index.html").as_uri())
    page.locator(".iml-me-count").wait_for()
    expect(page.locator("[data-iml-welcome]")).to_be_hidden()


def test_the_next_day_continuing_is_one_press(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m09.html").as_uri())
    page.get_by_role("button", name="Continue", exact=True).click()
    page.locator(".iml-me-count").wait_for()
    wait_for(page, "Object.keys(localStorage).some((key) => key.endsWith('read/m09'))")
    page.goto((offline / "index.html").as_uri())
    welcome = page.get_by_role("region", name="Welcome back")
    welcome.get_by_role("link", name=re.compile("^Continue: step 2 of “Trafficking")).click()
    expect(page).to_have_url(re.compile(r"m09\.html#m09-s2$"))


def test_the_cover_knows_the_learner_and_asks_after_a_promise(page: Page, offline: Path) -> None:
    go(page, offline, "my-progress")
    promise = {
        "v": 1, "at": THEN, "text": "ask who answers for them", "made": THEN, "answer": "",
        "answered": "", "words": "",
    }  # fmt: skip
    ids = ("m06-i10", "m06-i15", "m09-i05")
    page.evaluate(KEEP, missed(page, *ids) | me("Amina") | {"promise/m06": promise})
    go(page, offline, "index")
    welcome = page.get_by_role("region", name="Welcome back, Amina")
    expect(welcome).to_contain_text(re.compile(r"3 questions are due \(about \d min\)\."))
    first, second = welcome.locator("a.iml-button").all_inner_texts()
    assert re.fullmatch(r"Review 3 questions \(\d min\)", first)
    assert second.startswith("Start “Migrants, States")
    expect(welcome).to_contain_text("ask who answers for them")
    assert amiss_in_any_look(page) == {}
    # It is asked once: what is answered goes to My progress.
    welcome.get_by_label("In a few words").fill("It took one call.")
    welcome.get_by_role("button", name="Done").click()
    expect(welcome.get_by_role("button", name="Done")).to_have_count(0)
    go(page, offline, "my-progress")
    assert plan(page)[0] == "Review 3 questions"
    expect(page.locator(".iml-promises")).to_contain_text(
        re.compile("ask who answers for them.*Done.*It took one call")
    )


def test_a_promise_is_made_where_a_module_ends(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m01.html").as_uri())
    field = page.get_by_label("On Monday I will")
    expect(page.get_by_role("button", name="Continue", exact=True)).to_be_visible()
    expect(field).to_be_hidden()
    read_through(page)
    page.goto("about:blank")
    page.goto((offline / "modules" / "m01.html").as_uri() + "#m01-end")
    field.fill("read one file twice")
    field.blur()
    wait_for(page, "Object.keys(localStorage).some((key) => key.endsWith('promise/m01'))")
    page.reload()
    expect(field).to_have_value("read one file twice")
    assert violations(page) == []


def answer(page: Page, right: bool) -> None:
    """Answer the true-or-false question that came back."""
    item = page.locator(".iml-practise [data-iml-item]")
    key = {"m06-i10": "false", "m06-i15": "false"}[str(item.get_attribute("data-iml-item"))]
    other = {"true": "false", "false": "true"}[key]
    item.locator(f'input[value="{key if right else other}"]').check()
    item.get_by_role("button", name="Check", exact=True).click()


def test_mistakes_of_all_modules_come_back_on_one_page_until_the_next_thing(
    page: Page, offline: Path
) -> None:
    go(page, offline, "my-progress")
    page.evaluate(KEEP, missed(page, "m06-i10", "m06-i15") | me("Amina"))
    # An address of 0.1.0 leads there too.
    page.goto((offline / "modules" / "m06.html").as_uri() + "#review")
    expect(page).to_have_url(re.compile(r"practise\.html$"))
    head = page.locator(".iml-practise h2")
    # It opens at the first question.
    expect(head).to_have_text("Question 1 of 2")
    expect(page.locator(".iml-practise [data-iml-item]")).to_have_count(1)
    assert amiss_in_any_look(page) == {}
    answer(page, right=True)
    assert violations(page) == []
    page.get_by_role("button", name="Next question").click()
    expect(head).to_have_text("Question 2 of 2")
    answer(page, right=False)
    page.get_by_role("button", name="Finish").click()
    expect(head).to_be_focused()
    expect(page.locator(".iml-practise")).to_contain_text("1 of 2 correct at the first try.")
    page.get_by_role("link", name=re.compile("^Start “Migrants, States")).click()
    expect(page).to_have_url(re.compile(r"m01\.html$"))
    # What was right waits longer than what was missed again.
    waits = page.evaluate(
        """() => ['m06-i10', 'm06-i15'].map(function (id) {
          const key = Object.keys(localStorage).find((one) => one.endsWith('/item/' + id));
          const { review } = JSON.parse(localStorage[key]);
          return Math.round((new Date(review.due) - new Date(review.at)) / 86400000);
        }).sort((a, b) => a - b)"""
    )
    assert waits[0] <= 1 < waits[1]
    page.goto((offline / "practise.html").as_uri())
    expect(head).to_have_text("Nothing to review now")
    assert violations(page) == []


def test_an_answer_that_comes_while_its_question_is_in_hand_is_shown_when_it_is_left(
    page: Page, offline: Path
) -> None:
    module = (offline / "modules" / "m06.html").as_uri() + "#m06-i10"
    page.goto(module)
    item = page.locator('[data-iml-item="m06-i10"]')
    item.locator('input[value="false"]').check()
    item.locator(".iml-check").click()
    expect(item.locator(".iml-result.iml-right")).to_be_visible()
    page.goto("about:blank")
    waiting: list[Route] = []
    page.route("**/store.html", lambda route: waiting.append(route))
    page.goto(module, wait_until="commit")
    item.locator("input").first.focus()
    page.keyboard.press("Shift")  # the learner is at it: the page goes nowhere by itself
    waiting[0].continue_()
    page.locator(".iml-me").wait_for()
    expect(item.locator(".iml-result")).to_be_hidden()
    item.locator("input").first.blur()
    expect(item.locator(".iml-result.iml-right")).to_be_visible()


def test_a_page_that_reviews_weighs_less_than_300_kilobytes(page: Page, offline: Path) -> None:
    """With the files of as many modules as three minutes can need."""
    packs = sorted(
        (offline / "_static" / f"practice-{name}.js").stat().st_size
        + (offline / "_static" / f"sealed-{name}.js").stat().st_size
        for name in (path.stem for path in (offline / "modules").glob("*.html"))
    )
    html = (offline / "practise.html").read_text("utf-8")
    loaded = set(re.findall(r"(?:src|href)=\"?(_static/[^\s\">]+\.(?:js|css|svg))", html))
    loaded |= {"_static/store.html", "_static/frame.js"}
    own = sum((offline / name).stat().st_size for name in loaded)
    assert own + len(html) + sum(packs[-5:]) < 300_000
