"""What axe finds on a page: every rule once, and the rules about looks wherever looks differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

LOOKS = ["link-in-text-block", "scrollable-region-focusable", "target-size"]
"""The rules whose outcome depends on colours or on how wide the window is, besides contrast.

Contrast is measured once for each look that text has: its colour, size and weight, and all that
lies under it. Measuring it for every element takes longer than all other rules together.

All others read structure, names and roles, which a colour scheme does not change.
"""


def violations(page: Page, *, looks_only: bool = False) -> list[tuple[str, list[str]]]:
    """Run axe on a page.

    Parameters
    ----------
    page
        The page, in the state that is meant.
    looks_only
        Run `LOOKS` and contrast alone: for the second colour scheme of a page that was read with
        every rule.

    Returns
    -------
    list
        For each rule that is broken, its name and the HTML of the elements that break it.
    """
    # Colours that are still changing are measured wrongly.
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    # Axe would fetch the style sheet, which the page's policy forbids; one rule is off by default.
    # What is in order is not described: on a long page that takes longer than finding what is not.
    options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
    if looks_only:
        options["runOnly"] = {"type": "rule", "values": LOOKS}
    else:
        options["rules"] = {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(_RUN, options)
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


_RUN = """async (options) => {
  // What lies under the text of an element: colours and pictures, down to the page itself.
  const below = new Map();
  const ground = (element) => {
    if (!element) return '';
    if (!below.has(element)) {
      const style = getComputedStyle(element);
      const moved = ['absolute', 'fixed', 'sticky'].includes(style.position);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter,
        style.mixBlendMode, moved ? below.size : ''].join();
      below.set(element, `${own}/${ground(element.parentElement)}`);
    }
    return below.get(element);
  };
  const one_of_each_look = () => {
    const looks = new Map();
    for (const element of document.querySelectorAll('body, body *')) {
      const field = element.matches('input, select, textarea');
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const writes = own.some((node) => node.data.trim());
      if (!(writes || field) || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const look = [style.color, style.fontSize, style.fontWeight, style.textShadow, field,
        ground(element)].join();
      if (!looks.has(look)) looks.set(look, element);
    }
    return [...looks.values()];
  };
  const found = (await window.axe.run(document, options)).violations;
  const chosen = one_of_each_look();
  if (chosen.length) {
    const only = {preload: false, resultTypes: ['violations'], runOnly: ['color-contrast']};
    found.push(...(await window.axe.run({include: chosen}, only)).violations);
  }
  return found;
}"""
_FIT = """([direction, text]) => {
  const root = document.documentElement;
  const [before, size] = [root.dir, root.style.fontSize];
  root.dir = direction;
  root.style.fontSize = text;
  const width = root.scrollWidth;
  root.dir = before;
  root.style.fontSize = size;
  return width;
}"""


def amiss_in_any_look(page: Page) -> dict[str, object]:
    """Look at a page, in the state it is in, in every way in which it may be shown.

    Parameters
    ----------
    page
        The page, in light colours.

    Returns
    -------
    dict
        By the way of showing it, what is wrong there: what axe finds with every rule, and in dark
        and forced colours with `LOOKS`; and how wide it is on a phone of 320 px if it is wider,
        with text from the left and from the right, as large as usual and twice as large.
    """
    found: dict[str, object] = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, looks_only=True)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced colours"] = violations(page, looks_only=True)
    page.emulate_media(forced_colors="none")
    wide = page.viewport_size
    assert wide
    for phone, text in ((320, "100%"), (360, "200%")):
        page.set_viewport_size({"width": phone, "height": 640})
        for direction in ("ltr", "rtl"):
            width = page.evaluate(_FIT, [direction, text])
            found[f"px on a phone of {phone}, {direction}, {text}"] = width if width > phone else 0
    page.set_viewport_size(wide)
    return {look: wrong for look, wrong in found.items() if wrong}
