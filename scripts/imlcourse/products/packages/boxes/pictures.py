"""Pictures by which library boxes show the course."""

from __future__ import annotations

from imlcourse.products.kit.picture import png
from imlcourse.products.packages.package import Packing

__all__ = ["emblem"]

_EMBLEM = "_static/emblem.svg"


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
