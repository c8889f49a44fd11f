"""What is true of every page of the offline copy, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from every_page import MOST, PHONE, Seen, Visitor, pages

SHARES = 12
"""The pages are dealt out, so that several workers visit them."""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    made = Visitor(browser)
    yield made
    made.close()


def faults(page: Seen) -> dict[str, object]:
    """Give what is not as it has to be on a page, by what it is about."""
    found: dict[str, object] = {
        "requests to elsewhere": page.watch.requests,
        "errors": page.watch.errors,
        "first headings, one of them": [] if page.headings == 1 else page.headings,
        "title with that of the course": "" if "Migrants’ Rights in" in page.title else page.title,
        "foot with version and date": ""
        if "Version 0.1.0, 27 November 2026" in page.footer
        else page.footer,
        "weight, with all it loads": page.weight if page.weight >= MOST else 0,
        "nothing loaded": page.weight < 10_000,
        "rules of axe that are broken": page.rules,
        "scrolling sideways on a small phone": page.width if page.width > 320 else 0,
        "scrolling sideways with letters twice as large": page.width_doubled
        if page.width_doubled > 360
        else 0,
        "tables that are cut off on a phone": page.cut,
    }
    found.update({f"rules of axe about looks, {name}": looks for name, looks in page.looks.items()})
    return {about: fault for about, fault in found.items() if fault}


@pytest.mark.parametrize("share", range(SHARES))
def test_no_page_has_a_fault_on_a_wide_screen_or_a_phone_in_light_or_dark(
    visitor: Visitor, offline: Path, share: int
) -> None:
    mine = pages(offline)[share::SHARES]
    assert mine
    seen = {path.relative_to(offline).as_posix(): visitor.see(path) for path in mine}
    assert {name: bad for name, page in seen.items() if (bad := faults(page))} == {}


def test_a_wide_table_is_shown_row_by_row_on_a_phone(page: Page, offline: Path) -> None:
    page.set_viewport_size(PHONE)
    page.goto((offline / "aid-trafficking-or-smuggling.html").as_uri())
    expect(page.locator("table.iml-stack").first).to_be_visible()
