"""What axe finds on a page: every rule once, and the rules about looks wherever looks differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

COLOURS = ["color-contrast", "link-in-text-block"]
LOOKS = [*COLOURS, "scrollable-region-focusable", "target-size"]
"""The rules whose outcome depends on colours, and those with which it depends on how wide it is.

Contrast is measured once for each look that text has: its colour, size and weight, and all that
lies under it; links among words are told from them once for each look of a link and its words.
Measuring every element takes longer than all other rules together.

All others read structure, names and roles, which a colour scheme does not change.
"""


def violations(page: Page, only: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """Run axe on a page.

    Parameters
    ----------
    page
        The page, in the state that is meant.
    only
        Run these rules alone: `LOOKS` for another width and scheme of a page that was read with
        every rule, `COLOURS` for another scheme at the same width.

    Returns
    -------
    list
        For each rule that is broken, its name and the HTML of the elements that break it.
    """
    # Axe would fetch the style sheet, which the page's policy forbids; one rule is off by default.
    # What is in order is not described: on a long page that takes longer than finding what is not.
    options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    else:
        options["rules"] = {"target-size": {"enabled": True}}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[tuple[str, list[str]]] = page.evaluate(_RUN, options)
    return [(rule, elements) for rule, elements in found]


_RUN = """async (options) => {
  // Colours that are still changing are measured wrongly.
  await Promise.all(document.getAnimations().map((each) => each.finished));
  // What lies under the text of an element: colours and pictures, down to the page itself.
  const below = new Map();
  const ground = (element) => {
    if (!element) return '';
    if (!below.has(element)) {
      const style = getComputedStyle(element);
      const moved = ['absolute', 'fixed', 'sticky'].includes(style.position);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter,
        style.mixBlendMode, moved ? below.size : ''].join();
      const seen = own !== 'rgba(0, 0, 0, 0),none,1,none,normal,';
      below.set(element, (seen ? `${own}/` : '') + ground(element.parentElement));
    }
    return below.get(element);
  };
  const writing = (element) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.5 : 24);
    const able = !element.closest(':disabled, [aria-disabled=true]');
    return [color, large, textShadow, able, ground(element)].join();
  };
  // Of those that look alike, the one with the most to read.
  const oneOfEach = (found) => {
    const looks = new Map();
    for (const [element, words, look] of found) {
      if (!looks.has(look) || looks.get(look).words < words) looks.set(look, { element, words });
    }
    return Array.from(looks.values(), (one) => one.element);
  };
  function* texts() {
    for (const element of document.querySelectorAll('body, body *')) {
      const field = element.matches('input, select, textarea');
      const own = Array.from(element.childNodes,
        (node) => (node.nodeType === Node.TEXT_NODE ? node.data.trim() : '')).join('');
      if ((own || field) && element.checkVisibility()) {
        yield [element, own.length, [writing(element), field].join()];
      }
    }
  }
  function* links() {
    const told = (element) => {
      const style = getComputedStyle(element);
      return [writing(element), style.fontWeight, style.fontSize, style.fontFamily,
        style.fontStyle, style.textDecoration, style.borderBottom, style.display].join();
    };
    for (const link of document.querySelectorAll('a[href]')) {
      if (!link.checkVisibility()) continue;
      let block = link.parentElement;
      while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
      const around = Array.from(block.querySelectorAll('a[href]'))
        .reduce((left, one) => left - one.textContent.length, block.textContent.length);
      yield [link, around - link.textContent.length, [told(link), told(block)].join()];
    }
  }
  const chosen = { 'color-contrast': oneOfEach(texts()), 'link-in-text-block': oneOfEach(links()) };
  const rules = [];
  for (const [id, elements] of Object.entries(chosen)) {
    for (const element of elements) element.setAttribute(`data-axe-${id}`, '');
    rules.push({ id, selector: `[data-axe-${id}]` });
  }
  window.axe.configure({ rules });
  const found = (await window.axe.run(document, options)).violations;
  for (const [id, elements] of Object.entries(chosen)) {
    for (const element of elements) element.removeAttribute(`data-axe-${id}`);
  }
  const told = (node) => node.html.replace(/ data-axe-[a-z-]+=""/g, '').slice(0, 200);
  return found.map((rule) => [rule.id, rule.nodes.map(told)]);
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
        and forced colours with `COLOURS`; and how wide it is on a phone of 320 px if it is wider,
        with text from the left and from the right, as large as usual and twice as large.
    """
    found: dict[str, object] = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, COLOURS)
    page.emulate_media(color_scheme="light", forced_colors="active")
    found["forced colours"] = violations(page, COLOURS)
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
