"""The look at accessibility finds each fault of contrast, though most text is not measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from accessibility import violations


@pytest.fixture
def long_page(page: Page, offline: Path) -> Page:
    """The longest kind of page there is, all of it shown."""
    page.goto((offline / "glossary.html").as_uri())
    page.add_style_tag(content="* { transition: none !important; }")
    return page


@pytest.mark.parametrize("style", ["color: #999", "background: #26364a", "opacity: .3"])
def test_one_unreadable_text_among_many_alike_is_found(long_page: Page, style: str) -> None:
    assert violations(long_page) == []
    one = long_page.locator("main dd, main p").nth(30)
    text = one.inner_text()[:20]
    one.evaluate("(element, style) => element.setAttribute('style', style)", style)
    [(rule, broken)] = violations(long_page, looks_only=True)
    assert rule == "color-contrast"
    assert any(text[:10] in html for html in broken)
