"""Worksheets in a real browser: what is written is kept, judged, printed and taken along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader


@pytest.fixture(scope="module")
def small(built_small: Path) -> Path:
    """The offline copy of the small course, which has a worksheet."""
    made = built_small / "_build" / "offline"
    (folder,) = (path for path in made.iterdir() if path.is_dir())
    return folder


@pytest.fixture
def sheet(page: Page, small: Path) -> Iterator[Page]:
    page.goto((small / "m01-note.html").as_uri())
    expect(page.get_by_label("The problem")).to_be_visible()
    yield page


def write(tab: Page, label: str, words: str) -> None:
    """Write something and leave the field, which keeps it at once."""
    field = tab.get_by_label(label)
    field.fill(words)
    field.blur()
    expect(tab.locator(".iml-work-state")).to_have_text("Saved in this browser.")


def test_what_is_written_is_kept_and_said_to_be(sheet: Page) -> None:
    sheet.get_by_label("The problem").fill("Nobody speaks for them.\nThe duty is the State’s.")
    expect(sheet.locator(".iml-work-state")).to_have_text("Saved in this browser.")
    expect(sheet.locator(".iml-count").first).to_have_text("9 words (aim for about 20)")
    sheet.reload()
    expect(sheet.get_by_label("The problem")).to_have_value(
        "Nobody speaks for them.\nThe duty is the State’s."
    )


def test_a_page_that_is_left_at_once_has_kept_the_last_word(sheet: Page, small: Path) -> None:
    sheet.get_by_label("The help").fill("A lawyer")
    sheet.goto((small / "glossary.html").as_uri())
    sheet.goto((small / "m01-note.html").as_uri())
    expect(sheet.get_by_label("The help")).to_have_value("A lawyer")


def test_nothing_is_written_over_what_is_not_there_yet(sheet: Page) -> None:
    """Where the record comes late, a field waits for what was written in it before."""
    write(sheet, "The problem", "First draft")
    waiting: list[Route] = []
    sheet.route("**/store.html", lambda route: waiting.append(route))
    sheet.reload(wait_until="commit")
    field = sheet.get_by_label("The problem")
    field.focus()
    sheet.keyboard.type("lost?")
    expect(field).to_have_value("")
    expect(field).to_have_attribute("readonly", "")
    waiting[0].continue_()
    expect(field).to_have_value("First draft")
    sheet.keyboard.press("End")
    sheet.keyboard.type(", and more")
    field.blur()
    sheet.unroute("**/store.html")
    sheet.reload()
    expect(field).to_have_value("First draft, and more")


@pytest.mark.parametrize("then", ["2025-06-01T12:00:00Z", "2026-06-01T11:00:00Z"])
def test_what_is_written_after_the_clock_was_set_back_is_kept(sheet: Page, then: str) -> None:
    sheet.clock.set_fixed_time("2026-06-01T12:00:00Z")
    write(sheet, "The problem", "First draft")
    sheet.clock.set_fixed_time(then)
    for reloaded in (False, True):
        if reloaded:
            sheet.reload()
        words = f"Written on: {reloaded}"
        write(sheet, "The problem", words)
        sheet.reload()
        expect(sheet.get_by_label("The problem")).to_have_value(words)


def test_the_rubric_takes_points_of_two_and_adds_them_up(sheet: Page) -> None:
    sheet.get_by_label("Points that I give for: The duty").select_option("3")
    sheet.get_by_label("Points that I give for: A right").select_option("1")
    sheet.get_by_label("Points that a colleague gives for: The duty").select_option("2")
    expect(sheet.locator(".iml-work-sum")).to_have_text(
        "My own points: 4 of 6. A colleague’s points: 2 of 3."
    )
    sheet.reload()
    expect(sheet.locator(".iml-work-sum")).to_have_text(
        "My own points: 4 of 6. A colleague’s points: 2 of 3."
    )


def test_two_tabs_write_into_two_parts_and_neither_is_lost(
    context: BrowserContext, small: Path
) -> None:
    one, two = context.new_page(), context.new_page()
    for tab in (one, two):
        tab.goto((small / "m01-note.html").as_uri())
        expect(tab.get_by_label("The problem")).to_be_visible()
    write(one, "The problem", "From the first tab")
    write(two, "The help", "From the second tab")
    one.reload()
    expect(one.get_by_label("The problem")).to_have_value("From the first tab")
    expect(one.get_by_label("The help")).to_have_value("From the second tab")


def test_a_browser_that_keeps_nothing_is_told_and_the_text_can_be_saved(
    context: BrowserContext, small: Path, tmp_path: Path
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    page = context.new_page()
    page.goto((small / "m01-note.html").as_uri())
    page.get_by_label("The problem").fill("Only here")
    page.get_by_label("The problem").blur()
    expect(page.locator(".iml-work-state")).to_contain_text("This browser saves nothing.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a text file").click()
    saved = tmp_path / "note.txt"
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8")
    assert text.startswith("A note\n")
    assert "The problem\nOnly here\n" in text


def test_it_goes_into_the_export_and_comes_back(
    browser: Browser, small: Path, tmp_path: Path
) -> None:
    first = browser.new_context(offline=True).new_page()
    first.goto((small / "m01-note.html").as_uri())
    write(first, "The problem", "Carried along")
    first.goto((small / "my-progress.html").as_uri())
    first.get_by_text("Your record", exact=True).click()
    with first.expect_download() as download:
        first.get_by_role("button", name="Save my record as a file").first.click()
    record = tmp_path / "record.json"
    download.value.save_as(record)
    statements = json.loads(record.read_text(encoding="utf-8"))
    assert any(s["object"]["id"].endswith("worksheets/m01-note") for s in statements)
    second = browser.new_context(offline=True).new_page()
    second.goto((small / "my-progress.html").as_uri())
    second.get_by_text("Your record", exact=True).click()
    second.locator('input[type="file"]').set_input_files(record)
    second.get_by_role("button", name="It is mine").click()
    expect(second.locator(".iml-me-said")).to_contain_text("Entries: ")
    second.goto((small / "m01-note.html").as_uri())
    expect(second.get_by_label("The problem")).to_have_value("Carried along")
    first.context.close()
    second.context.close()


def test_what_was_written_prints_alone_on_one_page(sheet: Page, tmp_path: Path) -> None:
    sheet.get_by_label("The problem").fill("Line one\n" * 12)
    sheet.evaluate("window.print = () => { window.printed = true; }")
    sheet.get_by_role("button", name="Print what I wrote").click()
    assert sheet.evaluate("window.printed") is True
    made = tmp_path / "note.pdf"
    sheet.pdf(path=made, format="A4")
    (only,) = PdfReader(made).pages
    text = only.extract_text()
    assert text.count("Line one") == 12
    assert "The help" in text
    assert "Who has the duty" not in text
    assert "A colleague" not in text


def test_without_a_script_the_sheet_can_be_read_and_the_model_unfolded(
    browser: Browser, small: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((small / "m01-note.html").as_uri())
    expect(page.locator(".iml-field-label").first).to_have_text("The problem")
    expect(page.locator(".iml-criterion").first).to_be_visible()
    page.get_by_text("A model answer").click()
    expect(page.locator(".iml-model dd").last).to_have_text("A lawyer is paid.")
    # Who unfolded it prints a sheet to write on all the same.
    page.emulate_media(media="print")
    expect(page.locator(".iml-model dd").last).to_be_hidden()
    context.close()
