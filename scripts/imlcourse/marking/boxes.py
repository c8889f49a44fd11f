"""What is in each box: how much ink, how it is spread, and what lies beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imlcourse.marking.straightening import Straight
from imlcourse.marking.thresholds import INSET, SCALE, STRONGEST
from imlcourse.products.kit.paper.geometry import Box

if TYPE_CHECKING:
    from imlcourse.marking.finding import Floats
    from imlcourse.marking.straightening import Ink

__all__ = ["InBox", "look_into"]

_BESIDE = (0.45, 1.15)
"""From where to where beside a frame a mark is looked for that missed it."""


@dataclass(frozen=True, slots=True)
class InBox:
    """What is in a box.

    Attributes
    ----------
    strongest
        The mean of its darkest pixels: whether there is a stroke.
    lightest
        How dark its lightest tenth is: whether it is filled.
    mean
        The mean of all.
    beside
        The darkest that lies above, below or before it.
    side
        How wide it is within, in millimetres.
    found
        Whether its frame was found.
    """

    strongest: float
    lightest: float
    mean: float
    beside: float
    side: float
    found: bool


def look_into(page: Straight, boxes: Sequence[Box], *, mirrored: bool = False) -> list[InBox]:
    """Look into each box of a page.

    Parameters
    ----------
    page
        The page.
    boxes
        Its boxes, in the order in which it was made flat by them.
    mirrored
        Whether what stands beside a box stands at its left.
    """
    import cv2

    soft = cv2.GaussianBlur(page.ink, (0, 0), 0.14 * SCALE)
    return [
        _one(soft, box, place, found=found, mirrored=mirrored)
        for box, place, found in zip(boxes, page.places, page.found, strict=True)
    ]


def _one(soft: Ink, box: Box, place: Floats, *, found: bool, mirrored: bool) -> InBox:
    import numpy as np

    x, y = (float(one) for one in place)
    half_w, half_h = (box.w / 2 - INSET) * SCALE, (box.h / 2 - INSET) * SCALE
    inner = soft[
        max(0, round(y - half_h)) : round(y + half_h) + 1,
        max(0, round(x - half_w)) : round(x + half_w) + 1,
    ]
    if not inner.size:
        return InBox(0.0, 0.0, 0.0, 0.0, 1.0, found=False)
    values = np.sort(inner, axis=None)
    count = max(1, round(len(values) * STRONGEST))
    tenth = max(1, round(len(values) * 0.2))
    near, far = (one * SCALE for one in _BESIDE)
    wide, high = box.w / 2 * SCALE, box.h / 2 * SCALE
    strips = [
        soft[round(y - high - far) : round(y - high - near), round(x - wide) : round(x + wide)],
        soft[round(y + high + near) : round(y + high + far), round(x - wide) : round(x + wide)],
    ]
    start = x + wide + near if mirrored else x - wide - far
    strips.append(
        soft[round(y - high) : round(y + high), max(0, round(start)) : round(start + far - near)]
    )
    beside = 0.0
    for strip in strips:
        if strip.size:
            dark = np.sort(strip, axis=None)[-max(1, strip.size // 6) :]
            beside = max(beside, float(dark.mean()))
    return InBox(
        strongest=float(values[-count:].mean()),
        lightest=float(values[:tenth].mean()),
        mean=float(values.mean()),
        beside=beside,
        side=box.w - 2 * INSET,
        found=found,
    )
