"""On a slow phone, what is read stays where it is while the rest of the page comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from players import settled

SMALL = {"width": 360, "height": 640}
FIRST = ".iml-text .iml-situation"
SHIFTS = """new PerformanceObserver(function (list) {
  for (const { value } of list.getEntries()) globalThis.shifted = (globalThis.shifted || 0) + value;
}).observe({ type: 'layout-shift', buffered: true });"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SMALL, offline=True)  # type: ignore[arg-type]
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


def held(page: Page, script: str) -> Callable[[], None]:
    """Keep a script from a page, and give what lets it come."""
    waiting: list[Route] = []
    page.route(f"**/_static/{script}", lambda route: waiting.append(route))

    def release() -> None:
        for route in waiting:
            route.continue_()

    return release


def open_early(page: Page, path: Path) -> None:
    page.goto(path.as_uri(), wait_until="commit")
    page.locator(".iml-foot").wait_for(state="attached")


def test_a_module_begins_with_its_first_step_which_stays_where_it_is(
    phone: Page, offline: Path
) -> None:
    release = held(phone, "steps.js")
    open_early(phone, offline / "modules" / "m02.html")
    first, sections = phone.locator(FIRST), phone.locator(".iml-text > section > section")
    expect(first).to_be_visible()
    expect(sections.nth(1)).not_to_be_visible()
    before = first.bounding_box()
    release()
    settled(phone)
    after = first.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=3)


def test_who_reads_already_is_not_shown_an_empty_page(phone: Page, offline: Path) -> None:
    release = held(phone, "steps.js")
    open_early(phone, offline / "modules" / "m02.html")
    phone.evaluate(
        """() => {
          globalThis.hidden = 0;
          new MutationObserver(() => {
            const { visibility } = getComputedStyle(document.querySelector('h1'));
            globalThis.hidden += visibility === 'hidden';
          }).observe(document.documentElement, { attributes: true });
        }"""
    )
    phone.wait_for_timeout(400)  # for so long, a page waits for the record
    release()
    settled(phone)
    assert phone.evaluate("globalThis.hidden") == 0


def test_a_module_is_whole_where_the_script_does_not_come(phone: Page, offline: Path) -> None:
    phone.route("**/_static/steps.js", lambda route: route.abort())
    phone.goto((offline / "modules" / "m02.html").as_uri())
    for section in phone.locator(".iml-text > section > section").all():
        expect(section).to_be_visible()


def test_nobody_is_told_that_a_script_does_not_run_while_it_is_on_its_way(
    phone: Page, offline: Path
) -> None:
    release = held(phone, "player.js")
    open_early(phone, offline / "pre-test.html")
    words = phone.get_by_text("This test needs JavaScript")
    expect(words).not_to_be_visible()
    release()
    expect(phone.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(words).to_have_count(0)


def test_a_test_whose_script_does_not_come_says_so(phone: Page, offline: Path) -> None:
    phone.route("**/_static/player.js", lambda route: route.abort())
    phone.goto((offline / "pre-test.html").as_uri())
    expect(phone.get_by_text("This test needs JavaScript")).to_be_visible()


@pytest.mark.parametrize(
    "name",
    ["aid-before-detention", "case-atlas", "modules/m04", "start-check", "what-is-in-front-of-you"],
)
def test_nothing_that_is_seen_jumps_on_a_slow_phone(phone: Page, offline: Path, name: str) -> None:
    session = phone.context.new_cdp_session(phone)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    phone.add_init_script(SHIFTS)
    phone.goto((offline / f"{name}.html").as_uri())
    phone.locator(".iml-me").wait_for(state="attached")
    phone.wait_for_timeout(300)
    assert phone.evaluate("globalThis.shifted || 0") < 0.03
