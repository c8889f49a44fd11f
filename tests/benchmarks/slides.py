"""Measure on rendered images that nothing overflows its box, on every slide of every deck.

``python tests/benchmarks/slides.py`` lets LibreOffice, which has written none of it, draw the decks
of all sessions, with nothing made smaller to fit. Of each slide it measures two things: whether
each word stands in the box of its text (by PDFium), and whether a pixel is painted outside all
boxes. `tests/test_kit_slides.py` measures the first on four decks.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pptx import Presentation

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from imlcourse.checks.load import load_course
from imlcourse.products.kit.deck import deck_of
from imlcourse.products.kit.pptx import write_pptx
from libreoffice import unshrunk
from printed import drawn_in_colour, sheets
from small_course import ROOT
from test_kit_slides import EMU, misplaced

DOTS = 60
"""Dots of an inch of the images."""
SPARE = 3
"""Points by which a line or a letter may stand out of its box: the width of a rule."""
STRAY = 0.00002
"""The share of pixels that may differ by their edges alone."""


def boxes(slide: Any) -> Iterator[tuple[float, float, float, float]]:
    """Give the places of all shapes of a slide, and of what its layout and its master draw."""
    drawn = [one for one in slide.slide_layout.shapes if not one.is_placeholder]
    drawn += [one for one in slide.slide_layout.slide_master.shapes if not one.is_placeholder]
    for shape in [*slide.shapes, *drawn]:
        x, y = shape.left / EMU, shape.top / EMU
        yield x, y, x + shape.width / EMU, y + shape.height / EMU


def painted_outside(slide: Any, image: Image.Image, width: float) -> float:
    """Give the share of a slide's pixels that are painted outside all boxes."""
    pixels = np.asarray(image).astype(int)
    scale = pixels.shape[1] / width
    outside = np.zeros(pixels.shape[:2], dtype=bool)
    outside[:-2, :-2] = True  # the last dots are but half on the slide
    for left, top, right, bottom in boxes(slide):
        rows = slice(max(0, int((top - SPARE) * scale)), int((bottom + SPARE) * scale) + 1)
        columns = slice(max(0, int((left - SPARE) * scale)), int((right + SPARE) * scale) + 1)
        outside[rows, columns] = False
    colours, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    ground = colours[counts.argmax()]
    differs = np.abs(pixels - ground).max(axis=2) > 24
    return float((differs & outside).mean())


def main() -> int:
    """Draw and measure all decks."""
    office = shutil.which("soffice")
    if not office:
        print("This needs LibreOffice (soffice).")
        return 1
    course = load_course(ROOT)
    found = slides = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        for id_, plan in course.sessions.items():
            data = write_pptx(deck_of(course, plan), course.strings)
            (folder / f"{id_}.pptx").write_bytes(unshrunk(data))
            command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", name]
            subprocess.run([*command, f"{name}/{id_}.pptx"], check=True, capture_output=True)
            pdf = folder / f"{id_}.pdf"
            deck = Presentation(io.BytesIO(data))
            pages = sheets(pdf)
            told = misplaced(deck, [page.words for page in pages])
            assert len(pages) == len(deck.slides)
            for number, slide in enumerate(deck.slides, start=1):
                image = drawn_in_colour(pdf, number, DOTS)
                share = painted_outside(slide, image, deck.slide_width / EMU)
                if share > STRAY:
                    told.append(f"slide {number}: {share:.4%} of it is painted outside all boxes")
            print(f"{id_:<9}{len(pages):3} slides, {len(told)} overflow", flush=True)
            for line in told:
                print(f"    {line}")
            slides, found = slides + len(pages), found + len(told)
    print(f"{slides} slides of {len(course.sessions)} decks: {found} overflow")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
