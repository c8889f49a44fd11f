"""The live preview: a saved change is seen in an open browser."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect


class Serving:
    """``course serve`` on a course, and what it says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "imlcourse", "--course", str(root), "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                self.address = found[0]
                break
        else:
            pytest.fail("".join(self.said))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        self.said.extend(self._process.stdout)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)


@pytest.fixture
def serving(small_course: Path) -> Iterator[Serving]:
    made = Serving(small_course)
    yield made
    made.stop()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_saved_change_is_seen_without_a_reload_by_hand(
    serving: Serving, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{serving.address}modules/m01.html")
    module = serving.root / "modules" / "m01-who-answers" / "module.md"
    # a module
    change(module, "A family waits.", "A family has waited since dawn.")
    expect(page.locator("main")).to_contain_text("since dawn", timeout=15_000)
    # a quiz
    change(serving.root / "quizzes" / "m01.yml", "Which kind of mandate", "What sort of mandate")
    expect(page.locator("main")).to_contain_text("What sort of mandate", timeout=15_000)
    # a mistake is shown, and the page stays
    change(module, "{para}`9`", "{para}`99`")
    expect(page.get_by_role("alert")).to_contain_text("no unit 99", timeout=15_000)
    expect(page.locator("main")).to_contain_text("since dawn")
    # and mended
    change(module, "{para}`99`", "{para}`9`")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=15_000)
    # a page of the book
    page.goto(f"{serving.address}for-learners.html")
    change(serving.root / "book" / "for-learners.md", "Read ", "Begin with ")
    expect(page.locator("main")).to_contain_text("Begin with", timeout=15_000)
    page.close()


def test_only_this_machine_is_served_and_only_the_book(serving: Serving, browser: Browser) -> None:
    page = browser.new_page()
    for wrong in ("nowhere.html", "..%2f..%2fbook%2fcourse.yml", "%00", "modules"):
        answer = page.request.get(serving.address + wrong)
        assert answer.status == 404, wrong
        assert "parts:" not in answer.text()
    page.close()


def test_a_port_that_is_taken_is_said(serving: Serving) -> None:
    port = serving.address.rpartition(":")[2].strip("/")
    done = subprocess.run(
        [sys.executable, "-m", "imlcourse", "--course", str(serving.root), "serve", "--port", port],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
