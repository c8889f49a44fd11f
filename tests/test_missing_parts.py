"""A copy that is not whole says so, whatever of it is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from imlcourse.build.packages import pages_of
from imlcourse.products.packages.one_file import one_file
from real_course import real_course


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 390, "height": 800}, offline=True)


def copy_without(offline: Path, to: Path, missing: str) -> Path:
    """Copy the course without one file of ``_static``; without all of them if none is named."""
    shutil.copytree(offline, to, copy_function=os.link)
    if missing:
        (to / "_static" / missing).unlink()
    else:
        shutil.rmtree(to / "_static")
    return to


@pytest.mark.parametrize("missing", ["course.js", "steps.js", "player.css", "course.css", ""])
def test_a_page_for_which_something_is_missing_says_so(
    page: Page, offline: Path, tmp_path: Path, missing: str
) -> None:
    course = copy_without(offline, tmp_path / "copy", missing)
    page.goto((course / "modules" / "m06.html").as_uri())
    line = page.get_by_text("A part of the course is missing")
    expect(line).to_be_visible()
    expect(line).to_be_in_viewport()
    if missing in ("", "course.css"):
        heights = page.evaluate(
            "Array.from(document.querySelectorAll('body svg'), (one) =>"
            " one.getBoundingClientRect().height)"
        )
        assert max(heights) < 60
    page.context.close()


def test_a_page_of_a_whole_copy_says_nothing_of_it(page: Page, offline: Path) -> None:
    page.goto((offline / "modules" / "m06.html").as_uri())
    expect(page.locator(".iml-gone")).to_be_hidden()
    # What a host has put into the page, and does not come, is no part of the course.
    page.evaluate(
        """() => new Promise((done) => {
          const script = document.createElement('script');
          script.onerror = done;
          script.src = 'skin/taskbar.js';
          document.head.append(script);
        })"""
    )
    expect(page.locator(".iml-gone")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".iml-gone")).to_be_hidden()
    page.context.close()


def test_one_file_that_was_cut_off_says_so(page: Page, learners_copy: Path, tmp_path: Path) -> None:
    course = real_course()
    html = one_file(course, pages_of(learners_copy), "index.html", course.about.title)
    path = tmp_path / "course.html"
    path.write_bytes(html[: len(html) // 2])
    page.goto(path.as_uri())
    expect(page.get_by_text("was not copied whole")).to_be_visible()
    page.context.close()
