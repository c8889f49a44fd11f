"""Pictures by which library boxes show the course."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from imlcourse.products.kit.picture import png
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.tidying import drawing
from imlcourse.products.packages.reading.tree import element, parsed

__all__ = ["emblem", "thumbnail"]

_EMBLEM = "_static/emblem.svg"
_WIDE, _HIGH = 400, 225
_DRAWN = re.compile(r"""class=["']?iml-art\b.*?(<svg\b.*?</svg>)""", re.DOTALL)


def emblem(packing: Packing, width: int) -> bytes:
    """Draw the emblem of the course as PNG.

    Parameters
    ----------
    packing
        The finished pages.
    width
        How many pixels it is wide and high.
    """
    drawn = packing.book[_EMBLEM].decode("utf-8")
    return png(drawn, packing.course.about.language, width=width)


def thumbnail(packing: Packing, path: str) -> bytes:
    """Draw the first drawing of a page as PNG, as wide as library boxes show it.

    Parameters
    ----------
    packing
        The finished pages.
    path
        The page; where it has no drawing, the emblem stands for it.
    """
    language = packing.course.about.language
    found = _DRAWN.search(packing.book[path].decode("utf-8"))
    drawn = found[1] if found else packing.book[_EMBLEM].decode("utf-8")
    art = drawing(next(parsed(drawn).iter("svg")))
    fit = "xMidYMid slice" if found else "xMidYMid meet"
    art.attrib.update(width=str(_WIDE), height=str(_HIGH), preserveAspectRatio=fit)
    svg = element("svg", art, viewBox=f"0 0 {_WIDE} {_HIGH}")
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    return png(ET.tostring(svg, encoding="unicode"), language, width=_WIDE)
