"""What is true of every page of the offline copy, with the network off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from every_page import Seen, pages, see_every_page

# The pages are visited once, by whichever worker has these tests.
pytestmark = pytest.mark.xdist_group("every page")


@pytest.fixture(scope="module")
def seen(browser: Browser, offline: Path) -> dict[str, Seen]:
    return see_every_page(browser, offline)


def test_every_page_opens_without_an_error_or_a_request_elsewhere(
    seen: dict[str, Seen], offline: Path
) -> None:
    assert len(seen) == len(pages(offline)) >= 10
    for name, page in seen.items():
        assert (page.watch.requests, page.watch.errors) == ([], []), name
        assert page.headings == 1, name
        assert "Migrants’ Rights in Practice" in page.title, name
        assert "Version 0.1.0, 23 November 2026" in page.footer, name


def test_every_page_stays_below_300_kilobytes_with_all_it_loads(seen: dict[str, Seen]) -> None:
    assert {name: page.weight for name, page in seen.items() if page.weight >= 300_000} == {}
    assert all(page.weight > 10_000 for page in seen.values())


def test_no_page_has_an_axe_violation_of_any_rule(seen: dict[str, Seen]) -> None:
    assert {name: page.rules for name, page in seen.items() if page.rules} == {}


@pytest.mark.parametrize("looks", ["wide, dark", "phone, dark", "phone, light"])
def test_no_page_has_an_axe_violation_that_comes_with_its_looks(
    seen: dict[str, Seen], looks: str
) -> None:
    assert {name: page.looks[looks] for name, page in seen.items() if page.looks[looks]} == {}


def test_no_page_scrolls_sideways_on_a_small_phone(seen: dict[str, Seen]) -> None:
    assert {name: page.width for name, page in seen.items() if page.width > 320} == {}


def test_no_page_scrolls_sideways_on_a_phone_with_letters_twice_as_large(
    seen: dict[str, Seen],
) -> None:
    assert {
        name: page.width_doubled for name, page in seen.items() if page.width_doubled > 360
    } == {}


def test_no_table_is_cut_off_on_a_phone(seen: dict[str, Seen]) -> None:
    """One that does not fit is shown row by row."""
    assert {name: page.cut for name, page in seen.items() if page.cut} == {}
    assert sum(page.stacked for page in seen.values()) > 10
