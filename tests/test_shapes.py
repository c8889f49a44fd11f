"""What holds for every shape of the course: names, sizes, instructions, and where it may lie."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import course
from every_page import Watch
from imlcourse.products.packages import PACKAGES
from served import served

HEAVY = ("pdf",)
"""What takes minutes to make; `course bench --packages` makes it."""


@pytest.fixture(scope="module")
def packed(built: Path) -> Path:
    """The folder of all packages of the real course but the heavy ones."""
    done = course(built.parent, "package", *(p.name for p in PACKAGES if p.name not in HEAVY))
    assert done.returncode == 0, done.stderr
    return built / "packages"


# --- where it may lie -------------------------------------------------------------------------


def learn(page: Page, address: str) -> None:
    """Choose a role, open a module, answer a question, go on, and find it all again."""
    page.goto(f"{address}/index.html")
    page.locator("main").get_by_text("Labour inspectors").first.click()
    page.locator("main a.iml-button:visible").first.click()
    box = page.locator("[data-iml-item]:visible").first
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".iml-feedback, [role=status]").first).not_to_be_empty()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    page.goto(f"{address}/my-progress.html")
    expect(page.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
    for trouble in page.locator(".iml-troubles").all():
        expect(trouble).to_be_hidden()


def test_the_zip_for_a_web_server_works_from_a_folder_that_is_served(
    built: Path, browser: Browser, tmp_path: Path
) -> None:
    [path] = (built / "packages" / "web").glob("*.zip")
    with ZipFile(path) as archive:
        archive.extractall(tmp_path / "course")
    log = Watch()
    with browser.new_context() as context, served(tmp_path) as address:
        learn(log.on(context.new_page()), f"{address}/course")
        assert log.errors == []
        assert [one for one in log.requests if not one.startswith(address)] == []


def test_a_copy_on_a_medium_that_takes_no_writing_works_and_stays_as_it_is(
    learners_copy: Path, browser: Browser, tmp_path: Path
) -> None:
    copy = tmp_path / "stick" / "course"
    shutil.copytree(learners_copy, copy)
    every = [copy, *copy.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in every}
    log = Watch()
    with browser.new_context(offline=True) as context:
        learn(log.on(context.new_page()), copy.as_uri())
    assert (log.errors, log.requests) == ([], [])
    assert {path: path.stat().st_mtime_ns for path in [copy, *copy.rglob("*")]} == before
