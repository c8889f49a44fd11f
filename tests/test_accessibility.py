"""The look at accessibility finds each fault of contrast, though most text is not measured."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from accessibility import LOOKS, violations

UNREADABLE = ["color: #999", "background: #26364a", "opacity: .3"]
LIKE_WORDS = "color: #444; text-decoration: none"


def test_one_fault_among_many_elements_that_are_alike_is_found(page: Page, offline: Path) -> None:
    # The longest kind of page there is, all of it shown.
    page.goto((offline / "glossary.html").as_uri())
    page.add_style_tag(content="* { transition: none !important; }")
    assert violations(page) == []
    text = page.locator("main dd, main p").nth(30)
    for style in UNREADABLE:
        text.evaluate("(element, style) => element.setAttribute('style', style)", style)
        [(rule, broken)] = violations(page, LOOKS)
        assert rule == "color-contrast", style
        assert any(text.inner_text()[:10] in html for html in broken), style
    text.evaluate("(element) => element.removeAttribute('style')")
    link = f'<a href="#" style="{LIKE_WORDS}">a link</a>'
    text.evaluate("(element, link) => element.insertAdjacentHTML('beforeend', link)", link)
    [(rule, broken)] = violations(page, LOOKS)
    assert (rule, broken) == ("link-in-text-block", [link])
