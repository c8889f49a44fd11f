"""Renew the pictures of README that show the trainer's kit: ``python tests/pictures.py``.

The kit of one day and the report on an invented group are made anew, drawn by programs that did
not write them (PDFium, LibreOffice, Chromium), and laid side by side in ``book/images/``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageFilter
from playwright.sync_api import sync_playwright

from conftest import BROWSER_FLAGS
from engine import Engine
from imlcourse.book.cache import Cache
from imlcourse.build.report import write_report
from imlcourse.course.model import Course
from imlcourse.products.kit.make import kit_files
from learners import NAMES, Group
from printed import drawn_in_colour
from real_course import real_course
from small_course import ROOT

HEIGHT, GAP = 520, 26
"""Dots of a page in a picture, and between two."""
DPI = 110
MOST = 60_000
"""Bytes of a picture."""
GROUND = (243, 241, 235)
PICTURES = {
    "kit.webp": ["00 Overview.pdf", "Session plans/01", "Cards to cut out/01", "slide"],
    "kit-sheets.webp": ["Handouts/01*Key", "Cases", "Answer sheet, version A", "report"],
}
"""Of each picture: what stands in it, as the names of files of the kit begin."""


def slide(deck: Path) -> Image.Image:
    """Draw a slide with a question."""
    home = f"-env:UserInstallation={(deck.parent / 'home').as_uri()}"
    command = [str(shutil.which("soffice")), home, "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(deck.parent), str(deck)], check=True, capture_output=True
    )
    return drawn_in_colour(deck.with_suffix(".pdf"), 5, DPI)


def records(group: Group, folder: Path) -> Path:
    """Write the records of twenty learners."""
    folder.mkdir()
    for number, name in enumerate(NAMES):
        text = json.dumps(group.record(number, same=number < 14), ensure_ascii=False)
        (folder / f"{name.split()[0].lower()}.json").write_text(text, encoding="utf-8")
    return folder


def report(course: Course, folder: Path) -> Image.Image:
    """Draw the first screen of the report on an invented group."""
    engine = Engine(folder / "player.js")
    try:
        files = records(Group(engine, course), folder / "records")
    finally:
        engine.close()
    write_report(course, [files], folder / "report")
    (page_of,) = (folder / "report").glob("*.html")
    named = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": 860, "height": 1216})
        page.goto(page_of.as_uri())
        page.screenshot(path=folder / "report.png")
        browser.close()
    return Image.open(folder / "report.png").convert("RGB")


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Lay pages side by side on a ground, each with a shadow."""
    fitted = [page.resize((page.width * HEIGHT // page.height, HEIGHT)) for page in pages]
    for at, page in enumerate(fitted):
        if page.width > page.height:  # a slide is as wide as a sheet and a half
            wide = HEIGHT * 9 // 10
            fitted[at] = page.resize((wide, page.height * wide // page.width))
    width = sum(page.width for page in fitted) + GAP * (len(fitted) + 1)
    canvas = Image.new("RGB", (width, HEIGHT + 2 * GAP), GROUND)
    across = GAP
    for page in fitted:
        down = (canvas.height - page.height) // 2
        shadow = Image.new("L", canvas.size, 0)
        shadow.paste(90, (across + 3, down + 4, across + page.width + 3, down + page.height + 4))
        dark = Image.new("RGB", canvas.size, (120, 116, 105))
        canvas.paste(dark, mask=shadow.filter(ImageFilter.GaussianBlur(6)))
        canvas.paste(page, (across, down))
        across += page.width + GAP
    return canvas


def main() -> int:
    """Make all pictures."""
    course = real_course()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = kit_files(course, course.agendas["one-day"], Cache(folder / "cache", "pictures"))
        for picture, wanted in PICTURES.items():
            pages = []
            for what in wanted:
                if what == "report":
                    pages.append(report(course, folder))
                    continue
                ending, first = (".pptx", "Slides/01") if what == "slide" else (".pdf", what)
                begins = first.split("*")
                path = next(
                    path
                    for path in sorted(files)
                    if path.endswith(ending) and all(part in path for part in begins)
                )
                local = folder / f"page{ending}"
                local.write_bytes(files[path])
                pages.append(slide(local) if what == "slide" else drawn_in_colour(local, 1, DPI))
            laid = side_by_side(pages)
            place = ROOT / "book" / "images" / picture
            for quality in range(80, 20, -5):
                laid.save(place, quality=quality, method=6)
                if place.stat().st_size <= MOST:
                    break
            print(f"{place.name}: {laid.width} by {laid.height}, {place.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
