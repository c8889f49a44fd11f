"""The widget of live notebooks: what goes to the page, how often, and what is left of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import test_modes
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.live.widget import QuizWidget, player_files
from imlcourse.player.bundle import player_script, player_style, widget_script
from players import ITEMS, press, quiz

COURSE = {"id": "test", "iri": "https://course.invalid/", "title": "A course", "version": "1",
          "language": "en"}  # fmt: skip


@pytest.fixture
def course(small_course: Path) -> Course:
    return load_course(small_course)


def state_of(widget: Any) -> dict[str, Any]:
    """Give what the kernel sends to the page for a widget."""
    return dict(widget.get_state())


def test_all_widgets_share_one_player_and_each_is_small(course: Course, tmp_path: Path) -> None:
    first, second = (
        QuizWidget(course, name, "<p>The quiz</p>", tmp_path / "record.json")
        for name in list(course.quizzes)[:2]
    )
    assert first.player is second.player
    states = [state_of(first), state_of(second)]
    assert states[0]["player"] == states[1]["player"] == f"IPY_MODEL_{first.player.model_id}"
    assert states[0]["name"] != states[1]["name"]
    for state in states:
        assert len(json.dumps(state)) < 12_000
        assert "globalThis.imlPlayer = " not in state["_esm"]
    # The script is made small, and so is the style.
    files = state_of(player_files("en"))
    assert len(files["script"]) < 0.8 * len(player_script("en"))
    assert len(files["style"]) < len(player_style())


def test_a_player_that_was_closed_is_made_anew(course: Course, tmp_path: Path) -> None:
    name = next(iter(course.quizzes))
    QuizWidget(course, name, "", tmp_path / "record.json").player.close()
    assert QuizWidget(course, name, "", tmp_path / "record.json").player.comm is not None


# --- on the page ----------------------------------------------------------------------------

# The listeners outside the cells are counted, and a kernel is played that keeps all it is given.
PAGE = """
window.listeners = 0;
window.runs = 0;
for (const target of [window, document]) {
  const [add, remove] = [target.addEventListener, target.removeEventListener];
  target.addEventListener = function (...args) { window.listeners += 1; add.apply(target, args); };
  target.removeEventListener = function (...args) {
    window.listeners -= 1;
    remove.apply(target, args);
  };
}
window.show = async function (code, html, course, files, name) {
  const address = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  window.widget = window.widget || (await import(address)).default;
  const traits = { player: 'IPY_MODEL_files', name, html, course, learner: 'me', entries: {},
    troubles: [] };
  window.models = window.models || new Map();
  if (!window.models.has(name)) {
    const heard = [];
    window.models.set(name, {
      get: (trait) => traits[trait],
      on: (_, action) => heard.push(action),
      send: function ({ number, put, entry }) {
        traits.entries[put] = entry;
        setTimeout(() => heard.forEach((action) => action({ number, kept: true })));
      },
      widget_manager: {
        get_model: async (id) => ({ get: (trait) => (trait === 'script' ? files.script +
          '\\nwindow.runs += 1;' : files.style) }),
      },
    });
    window.widget.initialize({ model: window.models.get(name) });
  }
  const el = document.createElement('div');
  document.body.append(el);
  const end = await window.widget.render({ model: window.models.get(name), el });
  return () => { end(); el.remove(); };
};
undefined; // what is evaluated must be no function, or it is called
"""
FILES = {"script": player_script("en"), "style": player_style()}


def show(page: Page, html: str, name: str, times: int = 1) -> list[int]:
    """Show a widget, and take it away again, some times; give the listeners after each."""
    counted: list[int] = page.evaluate(
        """async ([code, html, course, files, name, times]) => {
          const counted = [];
          for (let n = 0; n < times; n += 1) {
            const end = await show(code, html, course, files, name);
            await new Promise((done) => setTimeout(done, 50));
            end();
            counted.push(window.listeners);
          }
          return counted;
        }""",
        [widget_script(), html, COURSE, FILES, name, times],
    )
    return counted


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a notebook, on which modules are loaded from what is in memory."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto("about:blank")
    opened.evaluate(PAGE)
    yield opened
    context.close()
    assert errors == []


@pytest.mark.parametrize("kind", ["practice", "test"])
def test_a_cell_that_is_run_again_leaves_no_listener_behind(page: Page, kind: str) -> None:
    html = (
        quiz("q", ITEMS)
        if kind == "practice"
        else test_modes.test_html(test_modes.POOL, test_modes.FOUR, sealed="item")
    )
    counted = show(page, html, "one", times=6)
    assert counted == [counted[0]] * 6
    assert page.evaluate("window.runs") == 1
    assert page.locator("style[data-iml-player]").count() == 1


def test_what_listens_to_the_record_goes_with_its_cell(page: Page) -> None:
    heard = page.evaluate(
        """async ([code, html, course, files]) => {
          const held = [];
          for (let n = 0; n < 3; n += 1) held.push(await show(code, html, course, files, 'one'));
          const { store } = imlPlayer; // each store is asked how many listen to it
          let count = 0;
          const stored = imlPlayer.enhance(document.querySelector('[data-iml-quiz]')).store;
          const listen = stored.listen;
          stored.listen = (action) => { count += 1; const end = listen(action);
            return () => { count -= 1; end(); }; };
          for (let n = 0; n < 3; n += 1) held.push(await show(code, html, course, files, 'one'));
          const most = count;
          for (const end of held) end();
          return [most, count];
        }""",
        [widget_script(), quiz("q", ITEMS), COURSE, FILES],
    )
    assert heard[0] > 0
    assert heard[1] == 0


def test_the_same_quiz_in_two_cells_is_answered_in_each(page: Page) -> None:
    for name in ("one", "two"):
        page.evaluate(
            "([code, html, course, files, name]) => show(code, html, course, files, name)"
            ".then(() => 0)",
            [widget_script(), quiz("q", ITEMS[:1]), COURSE, FILES, name],
        )
    cells = page.locator("[data-iml-quiz]")
    for at, choice in ((0, "States"), (1, "Employers")):
        cells.nth(at).get_by_role("radio", name=choice, exact=True).check()
    expect(cells.nth(0).get_by_role("radio", name="States", exact=True)).to_be_checked()
    press(cells.nth(0), "Check")
    expect(cells.nth(0).locator(".iml-result-head strong")).to_have_text("Correct")
    ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), (one) => one.id)")
    assert len(ids) == len(set(ids))
