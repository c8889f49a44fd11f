"""How quick the player is on a slow machine: ``python tests/benchmarks/player.py``.

Chromium is slowed four times. Each type is answered and checked, and a page with 60 items is made
answerable; beside each figure stands what the same work costs without the slowing, so that two
machines can be compared by the ratio.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from conftest import BROWSER_FLAGS
from players import ITEMS, TYPES, answer, item, quiz, write_page

CHECK = """(kind) => {
  const box = document.querySelector(`[data-iml-type="${kind}"]`);
  const name = kind === 'scenario' ? '.iml-onward-button:not([hidden])' : '.iml-check';
  const button = Array.from(box.querySelectorAll(name)).pop();
  const before = performance.now();
  button.click();
  box.getBoundingClientRect();  // what changed is laid out too
  return performance.now() - before;
}"""
START = """() => {
  const before = performance.now();
  imlPlayer.start(document, {course: 'benchmark'});
  document.body.getBoundingClientRect();
  return performance.now() - before;
}"""


def feedback(page: Page, address: str, kind: str) -> float:
    """Give milliseconds from the press to the feedback, laid out; not of the page's first answer.

    The first answer on a page costs about as much again, since its code runs for the first time.
    """
    page.goto(address)
    page.evaluate("localStorage.clear()")
    page.goto(address)
    for before in ("truefalse", "single", "multiple"):
        if before != kind:
            answer(item(page, before), before, right=False)
            page.evaluate(CHECK, before)
            page.wait_for_timeout(60)
    answer(item(page, kind), kind, right=False)
    return float(page.evaluate(CHECK, kind))


def main() -> None:
    """Measure and print."""
    many = [
        {**data, "id": f"{data['id']}-{turn}"} for turn in range(7) for data in ITEMS
    ][:60]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=BROWSER_FLAGS
        )
        page = browser.new_page()
        one = write_page(Path(folder), "one", quiz("q", ITEMS))
        sixty = write_page(Path(folder), "sixty", quiz("q", many), starts=False)
        client = page.context.new_cdp_session(page)
        print(f"{'':24}{'slowed':>10}{'not slowed':>12}{'ratio':>8}")
        for kind in [*TYPES, "60 items"]:
            found = []
            for rate in (4, 1):
                client.send("Emulation.setCPUThrottlingRate", {"rate": rate})
                runs = []
                for _ in range(5):
                    if kind == "60 items":
                        page.goto(sixty)
                        runs.append(float(page.evaluate(START)))
                    else:
                        runs.append(feedback(page, one, kind))
                found.append(statistics.median(runs))
            slow, quick = found
            print(f"{kind:24}{slow:8.1f} ms{quick:9.1f} ms{slow / max(quick, 0.1):8.1f}")
        browser.close()


if __name__ == "__main__":
    main()
