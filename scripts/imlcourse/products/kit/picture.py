"""Drawings of the course as pictures for programs that take no SVG of ours."""

from __future__ import annotations

import re

from imlcourse.languages.locales import direction
from imlcourse.player.palette import colours
from imlcourse.products.kit.pdf import TYPEFACE

_COLOUR = re.compile(r"var\(--iml-([a-z-]+)(?:,\s*([^()]+))?\)")
_PART = re.compile(r"""\bid=["']part-(\d+)["']""")
_TYPEFACE = re.compile(r'font-family="[^"]*"')
FAMILY = "Atkinson Hyperlegible Next"
"""The typeface of the course."""


def parts_of(svg: str) -> int:
    """Count the parts of a drawing that appear one after another; 0 of one that is shown whole."""
    return max(map(int, _PART.findall(svg)), default=0)


def up_to(svg: str, part: int) -> str:
    """Give a drawing with its parts up to a number, as the book shows it on its way."""

    def hide(found: re.Match[str]) -> str:
        later = int(found[1]) > part
        return f'{found[0]} display="none"' if later else found[0]

    return _PART.sub(hide, svg)


def painted(svg: str, family: str = FAMILY, accent: str | None = None) -> str:
    """Give a drawing with the colours that it has on light paper, and its words in a typeface.

    Parameters
    ----------
    svg
        The drawing, as it stands beside its module.
    family
        The typeface, and what may stand in for it.
    accent
        The colour of the part of the course, as six hexadecimal digits; the drawing's own if
        none is named.
    """

    def colour(found: re.Match[str]) -> str:
        if accent is not None and found[1] == "accent":
            return f"#{accent}"
        pair = colours().get(found[1])
        return pair[0] if pair else found[2]

    drawn = _COLOUR.sub(colour, svg).replace("currentColor", colours()["ink"][0])
    return _TYPEFACE.sub(f'font-family="{family}"', drawn)


def png(svg: str, language: str, *, width: int = 0, height: int = 0) -> bytes:
    """Draw an SVG as PNG, by resvg, in the course's typeface and its colours on light paper.

    Parameters
    ----------
    svg
        The drawing.
    language
        Its language: a script that our faces lack is drawn in those of the machine.
    width, height
        How many pixels it has on one side; the other follows.
    """
    import resvg_py

    drawn = painted(svg, f"{FAMILY}, sans-serif")
    faces = [str(path) for path in sorted(TYPEFACE.glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawn,
            width=width or None,
            height=height or None,
            skip_system_fonts=direction(language) == "ltr",
            font_files=faces,
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
