"""Every page of the offline copy, opened once on a wide screen and once on a phone.

What is to be true of every page is measured on these two visits, so that a course with more pages
does not open each of them a dozen times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlparse

from playwright.sync_api import BrowserContext, Page, ViewportSize

from accessibility import violations

WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
BOTH_WIDE = frozenset({"index", "m06", "search"})
"""Pages that are looked at in dark colours on the wide screen too.

What stands only there, such as the contents beside the text, is the same on every page.
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
    """What the two visits found on a page.

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
    stacked
        Tables that are shown row by row there.
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
    stacked: int


def pages(offline: Path) -> list[Path]:
    """Give the pages for people; not the one in the hidden frame."""
    return sorted(path for path in offline.rglob("*.html") if path.name != "store.html")


def see(context: BrowserContext, path: Path) -> Seen:
    """Visit a page twice, and give what was found.

    Parameters
    ----------
    context
        A browser of `WIDE` size with the network off.
    path
        The page.
    """
    # Each as if it were the first: nothing of another page is in memory.
    page = context.new_page()
    try:
        return _see(page, path)
    finally:
        page.close()


def _show_all_steps(page: Page) -> None:
    """Show the whole of a module, so that all of it is looked at."""
    if page.locator(".iml-steps").count():
        page.locator("html[data-iml-steps]:not([data-iml-wait])").wait_for(state="attached")
        page.evaluate(
            "document.querySelectorAll('.iml-away').forEach((one) => one.removeAttribute('hidden'))"
        )


def _see(page: Page, path: Path) -> Seen:
    watch = Watch()
    watch.on(page)
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
    if path.stem in BOTH_WIDE:
        looks["wide, dark"] = violations(page, looks_only=True)
    page.set_viewport_size(PHONE)
    page.reload()
    _show_all_steps(page)
    looks["phone, dark"] = violations(page, looks_only=True)
    page.emulate_media(color_scheme="light")
    width = int(page.evaluate(_WIDTH))
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    doubled = int(page.evaluate(_WIDTH))
    page.evaluate("document.documentElement.style.fontSize = ''")
    cut = int(page.evaluate(_CUT))
    stacked = page.locator("table.iml-stack").count()
    return Seen(
        watch,
        title,
        headings,
        footer,
        weight,
        rules,
        looks,
        width,
        doubled,
        cut,
        stacked,
    )
