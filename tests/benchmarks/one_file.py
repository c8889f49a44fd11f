"""How soon one file shows its first screen on a phone: ``python tests/benchmarks/one_file.py``.

Both packages are opened in Chromium from ``file://``, as on a phone, slowed four times: the whole
course at its cover and at its longest pages, and each module by itself. The first screen is there
when the heading of the page has been painted, and not when the file says that it opens. The aim is
one second. What else runs on the machine is in the figures, so the quickest of the runs is told
beside the median, and ``course package one-file one-file-modules`` has to have made the files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from conftest import BROWSER_FLAGS
from small_course import ROOT

PHONE: ViewportSize = {"width": 360, "height": 740}
RATE = 4
AIM = 1000
"""Milliseconds."""
ANCHORS = ("", "#/modules/m09.html", "#/case-atlas.html", "#/instruments.html", "#/final-test.html")
"""Where the whole course is opened: the cover, a module, and what is longest."""
# The heading is in the page; the frame that has it is painted before the one after it begins.
PAINTED = """
globalThis.firstScreen = new Promise(function (found) {
  (function look() {
    requestAnimationFrame(function () {
      if (!document.querySelector('.iml-main h1')) look();
      else requestAnimationFrame(() => found(performance.now()));
    });
  }());
});"""


def first_screen(browser: Browser, address: str) -> float:
    """Give the milliseconds from the opening of a file to its first screen."""
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True, offline=True
    )
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": RATE})
    page.add_init_script(PAINTED)
    page.goto(address)
    taken = float(page.evaluate("firstScreen"))
    context.close()
    return taken


def files(packages: Path) -> Iterator[tuple[str, str]]:
    """Give what is opened: what it is called here, and its address."""
    [whole] = (packages / "one-file").glob("*.html")
    for anchor in ANCHORS:
        yield f"whole course {anchor}", whole.as_uri() + anchor
    for path in sorted((packages / "one-file-modules").glob("*.html")):
        yield path.stem.rpartition("-")[2], path.as_uri()


def main() -> int:
    """Measure and print; fails if the quickest run of a page is over the aim."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("packages", nargs="?", type=Path, default=ROOT / "_build" / "packages")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    over = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=BROWSER_FLAGS,
        )
        print(f"{'slowed ' + str(RATE) + ' times':36}{'quickest':>12}{'median':>12}")
        for name, address in files(given.packages):
            taken = [first_screen(browser, address) for _ in range(given.runs)]
            print(f"{name:36}{min(taken):9.0f} ms{statistics.median(taken):9.0f} ms", flush=True)
            if min(taken) > AIM:
                over.append(name)
        browser.close()
    print(f"over {AIM} ms: {', '.join(over)}" if over else f"all below {AIM} ms")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
