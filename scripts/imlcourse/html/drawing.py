"""Drawings: SVG files that go into the page itself, or stand in it as images."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from imlcourse.html.compose import Markup, html
from imlcourse.markup.directives import PICTURES

__all__ = [
    "BUILT_UP",
    "drawing_as_image",
    "drawing_in_page",
    "picture_in_page",
    "picture_path",
]

BUILT_UP = "data-iml-part-of"
"""What marks the parts of a drawing that is built up, step by step, on a page with scripts."""

_PROLOGUE = re.compile(r"\A\ufeff?\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
_STEP = re.compile(r"""\bid=["']part-\d+["']""")
_ID = re.compile(r"""(\bid=["'])""")
_USE = re.compile(r"""(\bhref=["']#|url\(["']?#)""")


def drawing_in_page(path: Path, alt: str, prefix: str) -> Markup:
    """Write a drawing as part of the page, so that its colours follow light and dark.

    Parameters
    ----------
    path
        The SVG file; `imlcourse.checks.drawings` has found it harmless.
    alt
        What it shows, in words.
    prefix
        What its ids are to begin with, so that two drawings on a page have none in common.

    Returns
    -------
    Markup
        HTML without blank lines. Groups with the ids ``part-1``, ``part-2`` … are marked as those
        that appear one after the other.
    """
    svg = _PROLOGUE.sub("", path.read_text(encoding="utf-8"), count=1).strip()
    svg = _STEP.sub(rf"{BUILT_UP} \g<0>", svg)
    svg = _USE.sub(rf"\g<1>{prefix}", _ID.sub(rf"\g<1>{prefix}", _BLANK_LINES.sub("\n", svg)))
    opening = html('<svg role="img" aria-label="{}" ', alt)
    return Markup(svg.replace("<svg ", opening, 1))


def drawing_as_image(path: Path, alt: str) -> Markup:
    """Write a drawing as an image that holds its file, for hosts that take SVG out of a page.

    JupyterLab does so.

    Parameters
    ----------
    path
        The SVG file.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
        HTML on one line.
    """
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return html('<img src="data:image/svg+xml;base64,{}" alt="{}">', data, alt)


def picture_path(root: Path, name: str) -> Path:
    """Give the file of a picture of a written page."""
    return root / "book" / "images" / name


def picture_in_page(path: Path, alt: str) -> Markup:
    """Write a picture with its file inside.

    Parameters
    ----------
    path
        The file, of a kind that `imlcourse.markup.directives.PICTURES` names.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
        HTML on one line.
    """
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    kind = PICTURES[path.suffix.lower()]
    return html('<img src="data:{};base64,{}" alt="{}">', kind, data, alt)
