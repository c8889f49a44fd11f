"""Every page of the offline copy, opened on a wide screen that is then made as narrow as a phone.

What is to be true of every page is measured on this one visit, so that a course with more pages
does not open each of them a dozen times.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlparse

from playwright.sync_api import Browser, Page, ViewportSize

from accessibility import COLOURS, LOOKS, violations
from players import settled

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
THOROUGH = frozenset({"index", "m06", "search"})
"""Pages that are looked at in dark colours on the wide screen too, and loaded anew on the phone.

What stands only on the wide screen, such as the contents beside the text, is the same on every
page; and so are the scripts that make a page fit its screen, whenever that changes.
"""

MOST = 300_000
"""Bytes that a page may weigh with all that it loads, its test begun."""

_CUT = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const settle = new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
  return settle.then(() => Array.from(document.querySelectorAll('.iml-table'))
    .filter((wrap) => wrap.checkVisibility() && wrap.scrollWidth > wrap.clientWidth).length);
}"""
_WIDTH = "document.documentElement.scrollWidth"


@dataclass
class Watch:
    """What a page did that it should not do."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    loaded: set[str] = field(default_factory=set)

    def on(self, page: Page) -> Page:
        page.on("console", lambda message: self._logged(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        page.on("request", lambda request: self._requested(request.url))
        return page

    def _logged(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.errors.append(text)

    def _requested(self, url: str) -> None:
        if url.startswith("file:"):
            self.loaded.add(url)
        elif not url.startswith("data:"):
            self.requests.append(url)


@dataclass(frozen=True)
class Seen:
    """What the visit found on a page.

    Attributes
    ----------
    watch
        What it asked for, loaded and complained of.
    title, headings, footer
        Its title, how many first headings it has, and the text of its foot.
    weight
        Bytes of the page and all that it loaded.
    rules
        What axe found, with every rule, on the wide screen in light colours.
    looks
        What axe found of the rules about looks, by screen and colours.
    width, width_doubled
        How wide it is, in px, on a phone of 320, and on one of 360 with letters twice as large.
    cut
        Tables that are cut off on a phone of 360 px with everything unfolded.
    """

    watch: Watch
    title: str
    headings: int
    footer: str
    weight: int
    rules: list[tuple[str, list[str]]]
    looks: dict[str, list[tuple[str, list[str]]]]
    width: int
    width_doubled: int
    cut: int


def pages(offline: Path) -> list[Path]:
    """Give the pages for people; not the one in the hidden frame."""
    return sorted(path for path in offline.rglob("*.html") if path.name != "store.html")


class Visitor:
    """A page of `WIDE` size with the network off, in which nothing read stays in memory.

    It visits pages one after the other, each as if it were the first.

    Parameters
    ----------
    browser
        The browser.
    """

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(viewport=WIDE, offline=True, reduced_motion="reduce")
        self._page = self._context.new_page()
        memory = self._context.new_cdp_session(self._page)
        memory.send("Network.enable")
        memory.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._watch = Watch()
        self._watch.on(self._page)

    def see(self, path: Path) -> Seen:
        """Visit a page, and give what was found."""
        self._page.goto("about:blank")
        self._page.set_viewport_size(WIDE)
        self._watch.requests, self._watch.errors, self._watch.loaded = [], [], set()
        return _see(self._page, path, self._watch)

    def close(self) -> None:
        """Close the page."""
        self._context.close()


def _show_all_steps(page: Page) -> None:
    """Show the whole of a module, so that all of it is looked at."""
    if page.locator(".iml-steps").count():
        settled(page)
        page.evaluate(
            "document.querySelectorAll('.iml-away').forEach((one) => one.removeAttribute('hidden'))"
        )


def _see(page: Page, path: Path, watch: Watch) -> Seen:
    page.goto(path.as_uri())
    _show_all_steps(page)
    weight = sum(
        Path(unquote(urlparse(url).path)).stat().st_size
        for url in sorted({url.partition("?")[0].partition("#")[0] for url in watch.loaded})
    )
    title, headings = page.title(), page.locator("main h1").count()
    footer = page.locator("footer").inner_text()
    rules = violations(page)
    looks = {}
    page.emulate_media(color_scheme="dark")
    if path.stem in THOROUGH:
        looks["wide, dark"] = violations(page, COLOURS)
        page.set_viewport_size(PHONE)
        page.reload()
        _show_all_steps(page)
    page.set_viewport_size(PHONE)
    looks["phone, dark"] = violations(page, LOOKS)
    page.emulate_media(color_scheme="light")
    width = int(page.evaluate(_WIDTH))
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    doubled = int(page.evaluate(_WIDTH))
    page.evaluate("document.documentElement.style.fontSize = ''")
    cut = int(page.evaluate(_CUT))
    return Seen(
        replace(watch),
        title,
        headings,
        footer,
        weight,
        rules,
        looks,
        width,
        doubled,
        cut,
    )
