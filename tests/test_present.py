"""Presenting a module: a screen at a time, by keys, with votes, timer and notes, from the stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from accessibility import LOOKS, violations
from firefox import Firefox
from players import has_focus, printed, settled
from waiting import wait_for

SIZES = [(1024, 768), (1920, 1080)]
"""Of projectors. Letters are a share of the height, so that lines are shortest on the first."""
QUESTION = "m09-i73"
CASE = "m09-i18"

# Shows every stage of every screen, and gives those on which something is cut, runs out of the
# stage, has to be scrolled, is small, or is covered where it begins. What the other order of the
# module has shown at the same size is passed over, by how its first stage looks.
MEASURED = """() => {
  const stage = document.querySelector('.iml-p-stage');
  const bad = [];
  let count = 0;
  const seen = window.seenAt ??= {};
  const shown = seen[innerWidth] ??= new Set();
  const press = (key) =>
    window.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  for (const line of document.querySelectorAll('.iml-p-line')) {
    line.click();
    const { hash } = location;
    count += 1;
    const first = stage.dataset.kind + stage.innerHTML;
    if (shown.has(first)) continue;
    shown.add(first);
    for (let before = ''; location.hash === hash; press('PageDown')) {
      const now = stage.innerText + stage.querySelectorAll('.iml-later').length;
      if (now === before) break;
      before = now;
      const place = stage.getBoundingClientRect();
      const say = (what) => bad.push([hash, stage.dataset.kind, what].join(' '));
      if (stage.scrollHeight > stage.clientHeight + 1) say('is too high');
      if (stage.scrollWidth > stage.clientWidth + 1) say('is too wide');
      if (stage.matches('.iml-p-scrolled')) say('scrolls');
      for (const one of stage.querySelectorAll('h2, p, li, th, td, svg')) {
        const box = one.getBoundingClientRect();
        if (box.width && (box.top < place.top - 1 || box.bottom > place.bottom + 1 ||
            box.left < place.left - 1 || box.right > place.right + 1)) {
          say('runs out: ' + one.textContent);
        }
      }
      const size = Math.min(...Array.from(stage.querySelectorAll('p, li, h2, td'), (one) =>
        (one.textContent.trim() ? parseFloat(getComputedStyle(one).fontSize) : Infinity)));
      if (size < innerHeight * 0.0225) say('is small: ' + size);
      const head = stage.querySelector('h2, p, li, td');
      const box = head.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + 4, box.top + 4);
      if (!top || !stage.contains(top)) say('is covered by ' + (top && top.className));
    }
  }
  return [count, bad];
}"""
KEPT = """async () => {
  const store = imlPlayer.store.open({ course: imlCourse.id, frame: '../_static/store.html' });
  await store.load();
  return JSON.stringify(store.keys('').sort().map((key) => [key, store.get(key)]));
}"""


def present(page: Page, offline: Path, address: str) -> Locator:
    """Open a module that presents at once, and give the stage."""
    page.goto("about:blank")
    page.goto(f"{(offline / 'modules').as_uri()}/{address}")
    page.locator(".iml-p-buttons").wait_for()
    return page.locator(".iml-p-stage")


def button(page: Page, name: str) -> Locator:
    return page.locator(".iml-p-buttons").get_by_role("button", name=name, exact=True)


@pytest.mark.parametrize("share", [0, 1])
def test_every_screen_of_every_module_fits_and_nothing_lies_over_it(
    browser: Browser, offline: Path, share: int
) -> None:
    page = browser.new_page()
    modules = sorted(path.name for path in (offline / "modules").glob("*.html"))[share::2]
    assert len(modules) == 7
    for module in modules:
        present(page, offline, f"{module}#present")
        page.evaluate("document.fonts.ready.then(() => 1)")
        for order in ("of the module", "of the plan"):
            if order == "of the plan":
                page.keyboard.press("Escape")
                page.evaluate("imlPlayer.present.open('plan')")
                assert page.evaluate("location.hash").startswith("#present=plan.")
            # What only the plan has is of the same kinds: where it fits in short lines, it fits.
            for width, height in SIZES if order == "of the module" else SIZES[:1]:
                page.set_viewport_size({"width": width, "height": height})
                count, bad = page.evaluate(MEASURED)
                where = f"{module} in the order {order}, {width} px wide"
                assert bad == [], where
                assert count >= 15, where
    page.close()


def test_keys_and_a_remote_lead_through_the_screens(page: Page, offline: Path) -> None:
    stage = present(page, offline, f"m09.html#present={QUESTION}")
    place = page.locator(".iml-p-where b")
    at = place.inner_text()
    expect(stage.locator(".iml-p-stem")).to_contain_text("Ten to three at night")
    expect(stage).not_to_contain_text("Correct")
    page.keyboard.press("PageDown")
    expect(stage).to_contain_text("Away from the foreman he may tell you")
    expect(stage).to_contain_text("annex, paragraph 7")
    expect(stage.locator(".iml-p-right .iml-p-letter")).to_have_text("D")
    page.keyboard.press("ArrowRight")
    expect(stage).to_contain_text("A group gives courage, and it also listens.")
    assert place.inner_text() == at
    page.keyboard.press("PageDown")
    assert place.inner_text() != at
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(stage).not_to_contain_text("Correct")
    page.keyboard.press("a")
    expect(stage).to_contain_text("Correct")
    page.keyboard.press("a")
    expect(stage).not_to_contain_text("Correct")
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".iml-p-black")).to_be_visible()
        page.keyboard.press("PageDown")
        expect(page.locator(".iml-p-black")).to_be_hidden()
    assert place.inner_text() == at
    page.keyboard.press("o")
    line = page.locator(".iml-p-line[aria-current]")
    assert has_focus(line)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert place.inner_text() == "4 of " + at.split()[-1]
    page.keyboard.press("End")
    expect(button(page, "Next")).to_be_disabled()
    # A page that is loaded again shows the screen that it showed.
    hash_ = page.evaluate("location.hash")
    page.reload()
    page.locator(".iml-p-buttons").wait_for()
    assert page.evaluate("location.hash") == hash_


def test_votes_are_counted_and_the_second_stands_beside_the_first(
    page: Page, offline: Path
) -> None:
    stage = present(page, offline, f"m09.html#present={QUESTION}")
    page.keyboard.press("v")
    # The keys count up at once; a number is typed by those who go into a field.
    for key in ("1", "2", "2", "3"):
        page.keyboard.press(key)
    expect(stage.locator(".iml-p-count")).to_have_text(
        ["1 · 25 %", "2 · 50 %", "1 · 25 %", "0 · 0 %"]
    )
    stage.locator(".iml-p-field").first.click()
    for count in ("6", "9", "1", "3"):
        page.keyboard.press("Control+a")
        page.keyboard.type(count)
        page.keyboard.press("Enter")
    stage.get_by_role("button", name="One more for D").click()
    expect(stage.locator(".iml-p-count")).to_have_text(
        ["6 · 30 %", "9 · 45 %", "1 · 5 %", "4 · 20 %"]
    )
    expect(stage.get_by_text("20 votes", exact=True)).to_be_visible()
    stage.get_by_role("button", name="Vote again").click()
    stage.focus()
    for key in ("1", "4", "4", "4"):
        page.keyboard.press(key)
    page.keyboard.press("Shift+Digit4")
    row = stage.locator(".iml-p-option").last
    expect(row.locator(".iml-p-round")).to_have_text(["First vote", "Second vote"])
    expect(row.locator(".iml-p-count")).to_have_text(["4 · 20 %", "2 · 67 %"])
    page.keyboard.press("PageDown")
    expect(stage.locator(".iml-p-right .iml-p-count")).to_have_text(["4 · 20 %", "2 · 67 %"])


def test_a_case_leads_where_the_group_decides(page: Page, offline: Path) -> None:
    stage = present(page, offline, f"m09.html#present={CASE}/first")
    page.keyboard.press("2")
    expect(stage.locator(".iml-p-option")).to_have_count(1)
    expect(stage).to_contain_text("Poor choice")
    expect(stage).to_contain_text("Continue with step 3.")
    page.keyboard.press("PageDown")
    third = page.evaluate("location.hash")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    assert page.evaluate("location.hash") == f"#present={CASE}/first"
    # Who goes on without a choice looks at all of them.
    page.keyboard.press("PageDown")
    expect(stage.locator(".iml-p-option")).to_have_count(3)
    page.keyboard.press("PageDown")
    assert page.evaluate("location.hash") not in (third, f"#present={CASE}/first")


def test_the_timer_has_the_minutes_of_the_plan_and_ends_gently(page: Page, offline: Path) -> None:
    page.clock.install()
    present(page, offline, "m09.html#present=plan.a4-0")
    page.keyboard.press("t")
    digits = page.get_by_role("timer")
    expect(digits).to_have_text("8:00")
    page.keyboard.press("+")
    page.keyboard.press("t")
    page.clock.run_for(60_000)
    expect(digits).to_have_text("8:00")
    page.keyboard.press("t")
    page.clock.run_for(60_000)
    expect(digits).to_have_text("8:00")
    page.keyboard.press("t")
    page.clock.run_for(8 * 60_000 + 500)
    expect(digits).to_have_text("0:00")
    expect(page.get_by_text("Time to finish")).to_be_visible()


def test_a_timer_that_has_not_begun_follows_the_activity(page: Page, offline: Path) -> None:
    page.clock.install()
    present(page, offline, "m09.html#present=plan.a4-0")
    digits = page.get_by_role("timer")
    page.keyboard.press("t")
    expect(digits).to_have_text("8:00")
    page.keyboard.press("PageUp")
    expect(digits).to_have_text("10:00")
    # Once it has begun, it is left alone.
    page.keyboard.press("t")
    page.keyboard.press("PageDown")
    expect(digits).to_have_text("10:00")


def test_leaving_leads_to_the_same_place_and_the_record_and_print_stay_as_they_were(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    page.goto((offline / "modules" / "m09.html").as_uri() + f"#{QUESTION}")
    settled(page)
    item = page.locator(f'[data-iml-item="{QUESTION}"]')
    item.get_by_role("radio").first.check()
    item.get_by_role("button", name="Check").click()
    expect(item.locator(".iml-note").first).to_be_visible()
    page.goto("about:blank")
    page.goto((offline / "modules" / "m09.html").as_uri() + "#m09-s6")
    settled(page)
    before, sheets = page.evaluate(KEPT), printed(page, tmp_path)
    start = page.get_by_role("button", name="Present", exact=True)
    page.keyboard.press("Shift")  # a hand: the page aims at nothing any more
    page.evaluate("scrollTo({top: 70, behavior: 'instant'})")
    start.evaluate("(one) => one.focus({preventScroll: true})")
    place = page.evaluate("[scrollY, location.href]")
    page.keyboard.press("Enter")
    page.locator(".iml-p-buttons").wait_for()
    # It begins at the step that is read.
    expect(page.locator(".iml-p-where")).to_contain_text("6. Row nine, to the end")
    page.keyboard.press("2")
    page.keyboard.press("Home")
    for key in ("PageDown", "PageDown", "v", "5", "PageDown", "PageDown", "PageDown"):
        page.keyboard.press(key)
    assert printed(page, tmp_path) == sheets
    wait_for(page, "document.fullscreenElement !== null")
    page.keyboard.press("Escape")  # out of the full screen
    wait_for(page, "document.fullscreenElement === null")
    page.keyboard.press("Escape")
    expect(page.locator(".iml-present")).to_have_count(0)
    assert page.evaluate("[scrollY, location.href]") == place
    assert has_focus(start)
    assert page.evaluate(KEPT) == before
    # Begun again, it is where it was left.
    page.keyboard.press("Enter")
    expect(page.locator(".iml-p-where b")).to_contain_text("4 of")


def test_notes_in_a_second_window_follow_and_lead_from_the_page_of_the_plan(
    page: Page, offline: Path
) -> None:
    page.clock.install()
    page.goto((offline / "session-m09.html").as_uri())
    page.evaluate("scrollTo(0, 500)")
    start = page.get_by_role("button", name="Present this session")
    start.evaluate("(one) => one.click()")
    page.locator(".iml-p-buttons").wait_for()
    expect(page.locator(".iml-p-where")).to_contain_text("1. The night bus")
    with page.expect_popup() as opening:
        button(page, "Notes").click()
    notes = opening.value
    expect(notes.locator(".iml-n-now")).to_contain_text("Today we stop a bus at night.")
    for _ in range(3):
        notes.keyboard.press("PageDown")
    expect(page.locator(".iml-p-stage")).to_contain_text("Ten to three at night")
    expect(notes.locator(".iml-n-title")).to_have_text("Whom do you speak with first?")
    expect(notes.locator(".iml-n-key")).to_have_text("Correct answer: D")
    expect(notes.locator(".iml-n-next")).to_have_text("Next: the answer")
    expect(notes.locator(".iml-n-now")).to_contain_text("Why him, and why alone?")
    notes.keyboard.press("t")
    expect(notes.locator(".iml-n-timer")).to_have_text("5:00")
    assert violations(notes) == []
    # After the first window was loaded again, the second finds it.
    page.reload()
    page.locator(".iml-p-buttons").wait_for()
    page.clock.run_for(1_000)
    wait_for(notes, "document.querySelector('.iml-n-timer').textContent === ''")
    button(page, "Leave").click()
    expect(start).to_be_attached()
    assert page.evaluate("scrollY") == 500
    page.clock.run_for(5_000)
    expect(notes.locator(".iml-n-said")).to_contain_text("does not present any more")


def test_a_blocked_window_is_told(page: Page, offline: Path) -> None:
    present(page, offline, "m09.html#present")
    page.evaluate("window.open = () => null")
    page.keyboard.press("s")
    expect(page.get_by_text("The browser has blocked the window")).to_be_visible()


def test_notes_follow_in_firefox(firefox: Firefox, offline: Path) -> None:
    firefox.open((offline / "modules" / "m09.html").as_uri() + "#present=plan.m09-i73")
    firefox.wait("document.querySelector('.iml-p-buttons')")
    tabs = {one["context"] for one in firefox.send("browsingContext.getTree", {})["contexts"]}
    firefox.run("(Array.from(document.querySelectorAll('.iml-p-buttons button'))"
                ".find((one) => one.textContent === 'Notes').click(), 1)")  # fmt: skip
    first = firefox.tab
    opened: set[str] = set()
    while not opened:
        contexts = firefox.send("browsingContext.getTree", {})["contexts"]
        opened = {one["context"] for one in contexts} - tabs
    (firefox.tab,) = opened
    firefox.wait("/Why him/.test(document.querySelector('.iml-n-now').textContent)")
    firefox.run("dispatchEvent(new KeyboardEvent('keydown', {key: 'PageDown', cancelable: true}))")
    firefox.wait("/Next: the reasons/.test(document.querySelector('.iml-n-next').textContent)")
    firefox.send("browsingContext.close", {"context": firefox.tab})
    firefox.tab = first
    assert firefox.said == []
    firefox.wait("/Away from the foreman/.test(document.querySelector('.iml-p-stage').textContent)")


def test_what_is_presented_can_be_read_by_everybody(page: Page, offline: Path) -> None:
    stage = present(page, offline, f"m09.html#present={QUESTION}")
    assert violations(page) == []
    page.keyboard.press("v")
    page.keyboard.type("7")
    page.keyboard.press("t")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, LOOKS) == []
    stage.focus()
    page.keyboard.press("a")
    assert violations(page, LOOKS) == []
    page.keyboard.press("o")
    assert violations(page) == []
