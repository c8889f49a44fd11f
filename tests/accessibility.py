"""What axe finds on a page: every rule once, and the rules about looks wherever looks differ."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose outcome depends on colours or on how wide the window is.

All others read structure, names and roles, which a colour scheme does not change.
"""


def violations(page: Page, *, looks_only: bool = False) -> list[tuple[str, list[str]]]:
    """Run axe on a page.

    Parameters
    ----------
    page
        The page, in the state that is meant.
    looks_only
        Run `LOOKS` alone: for the second colour scheme of a page that was read with every rule.

    Returns
    -------
    list
        For each rule that is broken, its name and the HTML of the elements that break it.
    """
    # Colours that are still changing are measured wrongly.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    # Axe would fetch the style sheet, which the page's policy forbids; one rule is off by default.
    options: dict[str, Any] = {"preload": False}
    if looks_only:
        options["runOnly"] = {"type": "rule", "values": LOOKS}
    else:
        options["rules"] = {"target-size": {"enabled": True}}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]
