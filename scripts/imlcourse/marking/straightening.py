"""A sheet made flat: first as a whole, then box by box, since paper curls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imlcourse.marking.finding import Found, Seen, moved
from imlcourse.marking.thresholds import FRAME_FOUND, NEAR, OFF_MODEL, SCALE
from imlcourse.products.kit.paper.geometry import Box, FramePlaces

if TYPE_CHECKING:
    import numpy as np

    from imlcourse.marking.finding import Floats
    from imlcourse.marking.photos import Gray

    Ink = np.ndarray[Any, Any]

__all__ = ["Straight", "straighten"]

_LINE = 0.28
"""How thick the frame of a box is printed, in millimetres."""
_BAND = 0.75
"""How far around a frame paper is expected."""
_LEAST_CONTRAST = 0.10
"""How much darker than the paper around it a line is, to be taken for a frame at all."""


@dataclass(frozen=True, slots=True)
class Straight:
    """A page made flat.

    Attributes
    ----------
    page
        The page as people see it, `SCALE` pixels to the millimetre.
    ink
        How dark it is beside the paper nearby: from 0, paper, to 1, printed black.
    places
        Where the middle of each box lies on it, in pixels.
    found
        Whether its frame was found there; where not, the place is that of its neighbours.
    resolution
        How many pixels to the millimetre the photo has, where it has fewest.
    """

    page: Gray
    ink: Ink
    places: Floats
    found: list[bool]
    resolution: float

    @property
    def share_found(self) -> float:
        """The share of frames that were found."""
        return sum(self.found) / max(1, len(self.found))


def straighten(
    gray: Gray, frame: FramePlaces, boxes: Sequence[Box], found: Found, seen: Seen | None
) -> Straight:
    """Make a page flat.

    Parameters
    ----------
    gray
        The photo.
    frame
        What is at the same place on every page.
    boxes
        Every box of this page, those of the code too.
    found
        Where the sheet is.
    seen
        Its QR code, if that was read.
    """
    import cv2
    import numpy as np

    middles = np.array([(box.x + box.w / 2, box.y + box.h / 2) for box in boxes])
    homography = found.homography
    anchors = np.array([(b.x + b.w / 2, b.y + b.h / 2) for b in frame.corners])
    # Without all corner marks, what the frames say corrects where the page is.
    for _ in range(1 if found.corners == 4 else 3):
        page, resolution = _flat(gray, homography, frame)
        ink = _ink(page, frame)
        known = [(tuple(place), (0.0, 0.0)) for place in anchors] if found.corners == 4 else []
        if seen is not None:
            qr = frame.qr
            ideal = np.array([
                (qr.x, qr.y), (qr.x + qr.w, qr.y), (qr.x + qr.w, qr.y + qr.h), (qr.x, qr.y + qr.h),
            ])  # fmt: skip
            off = moved(np.linalg.inv(homography), seen.corners) - ideal
            mean = off.mean(axis=0)
            known.append(((qr.x + qr.w / 2, qr.y + qr.h / 2), (float(mean[0]), float(mean[1]))))
        shifts, good = _frames(ink, boxes, middles, known)
        if found.corners < 4 and sum(good) >= 12:
            here = middles[good]
            there = moved(homography, middles[good] + shifts[good])
            again, _ = cv2.findHomography(here, there, cv2.RANSAC, 3.0)
            if again is not None:
                homography = np.asarray(again, dtype=float)
    places = (middles + shifts) * SCALE - 0.5
    return Straight(page, ink, places, [bool(one) for one in good], resolution)


def _flat(gray: Gray, homography: Floats, frame: FramePlaces) -> tuple[Gray, float]:
    import cv2
    import numpy as np

    xs, ys = np.meshgrid(
        np.linspace(10, frame.width - 10, 5), np.linspace(10, frame.height - 10, 7)
    )
    spots = np.column_stack([xs.ravel(), ys.ravel()])
    there = moved(homography, spots)
    steps = [
        np.hypot(*(moved(homography, spots + step) - there).T) for step in ((1.0, 0.0), (0.0, 1.0))
    ]
    resolution = float(min(step.min() for step in steps))
    typical = float(np.median(np.concatenate(steps)))
    shrink = min(1.0, SCALE * 1.15 / typical)
    if shrink < 0.8:
        gray = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        homography = np.diag([shrink, shrink, 1.0]) @ homography
    wide, high = round(frame.width * SCALE), round(frame.height * SCALE)
    half = np.array([[1 / SCALE, 0, 0.5 / SCALE], [0, 1 / SCALE, 0.5 / SCALE], [0, 0, 1]])
    page = cv2.warpPerspective(
        gray,
        homography @ half,
        (wide, high),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return page, resolution


def _ink(page: Gray, frame: FramePlaces) -> Ink:
    """Say how dark each pixel is beside the paper nearby, so that shadows are paper."""
    import cv2
    import numpy as np

    small = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    # Wider than a filled box, so that none is taken for a shadow.
    side = round(8 * SCALE / 4) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    paper = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, kernel)
    paper = cv2.GaussianBlur(paper, (0, 0), SCALE / 4 * 1.2)
    paper = cv2.resize(paper, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    dark = 1 - page.astype(np.float32) / np.maximum(paper.astype(np.float32), 12)
    qr = frame.qr
    printed = dark[
        round(qr.y * SCALE) : round((qr.y + qr.h) * SCALE),
        round(qr.x * SCALE) : round((qr.x + qr.w) * SCALE),
    ]
    black = float(np.clip(np.percentile(printed, 80), 0.25, 1.0))
    result: Ink = np.clip(dark / black, -0.2, 1.2).astype(np.float32)
    return result


@lru_cache(maxsize=16)
def _template(w: float, h: float) -> Any:
    """Draw what a frame looks like: a dark line, paper around it, and anything within."""
    import numpy as np

    around = _LINE / 2 + _BAND
    wide, high = round((w + 2 * around) * SCALE), round((h + 2 * around) * SCALE)
    ys, xs = np.mgrid[0:high, 0:wide].astype(np.float32)
    dx = np.abs((xs + 0.5 - wide / 2) / SCALE) - w / 2
    dy = np.abs((ys + 0.5 - high / 2) / SCALE) - h / 2
    edge = np.maximum(dx, dy)  # below 0 inside
    line = np.abs(edge) <= _LINE / 2 + 0.02
    outer = edge > _LINE / 2 + 0.12
    inner = (edge < -_LINE / 2 - 0.12) & (edge > -0.6)
    made = line / line.sum() - 0.8 * outer / outer.sum() - 0.2 * inner / inner.sum()
    return made.astype(np.float32)


def _frames(
    ink: Ink,
    boxes: Sequence[Box],
    middles: Floats,
    known: Sequence[tuple[tuple[float, ...], tuple[float, float]]],
) -> tuple[Floats, Any]:
    """Find each frame near the place that those found before say, from known places outwards.

    Gives how far each box lies from where a flat page has it, in millimetres, and whether its own
    frame says so.
    """
    import numpy as np

    count = len(boxes)
    spots = [place for place, _ in known]
    offs = [off for _, off in known]
    good = np.zeros(count, dtype=bool)
    shifts = np.zeros((count, 2))
    scores = np.zeros(count)
    far = np.full(count, np.inf)
    for place in spots:
        far = np.minimum(far, np.hypot(*(middles - place).T))
    if not spots:
        far = np.hypot(*(middles - middles[0]).T)
    waiting = np.ones(count, dtype=bool)
    while waiting.any():
        at = int(np.where(waiting, far, np.inf).argmin())
        waiting[at] = False
        guess = _told_by(middles[at], np.array(spots), np.array(offs)) if spots else np.zeros(2)
        score, shift = _best_place(ink, boxes[at], middles[at], guess)
        scores[at], shifts[at] = score, shift
        if score >= _LEAST_CONTRAST:
            good[at] = True
            spots.append(tuple(middles[at]))
            offs.append((float(shift[0]), float(shift[1])))
            far = np.minimum(far, np.hypot(*(middles - middles[at]).T))
    if good.any():
        good &= scores >= FRAME_FOUND * np.median(scores[good])
    sure, sure_shifts = middles[good], shifts[good].copy()
    if len(sure) >= 8:
        for at in range(count):
            others = np.hypot(*(sure - middles[at]).T) > 0.1
            guess = _told_by(middles[at], sure[others], sure_shifts[others])
            if not good[at] or np.hypot(*(shifts[at] - guess)) > OFF_MODEL:
                good[at] = False
                shifts[at] = guess
    return shifts, good


def _told_by(spot: Floats, spots: Floats, offs: Floats) -> Floats:
    """Say how far a place is off, by what is known of the nearest ones: a slope, as far as told."""
    import numpy as np

    far = np.hypot(*(spots - spot).T)
    near = np.argsort(far)[:14]
    weight = 1 / (far[near] ** 2 + 36.0)
    rows = np.column_stack([np.ones(len(near)), spots[near] - spot])
    left = rows.T @ (rows * weight[:, None])
    # What is near tells a place, and only what is spread out tells a slope.
    left += np.diag([1e-9, 3.0, 3.0]) * weight.mean() * 8
    solved: Floats = np.linalg.solve(left, rows.T @ (offs[near] * weight[:, None]))
    result: Floats = solved[0]
    return result


@lru_cache(maxsize=1)
def _farness(reach: int) -> Floats:
    """Say how little places count by their distance: of those that fit alike, the expected one."""
    import numpy as np

    ys, xs = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    result: Floats = 0.03 * (np.hypot(xs, ys) / reach) ** 2
    return result


def _best_place(ink: Ink, box: Box, middle: Floats, guess: Floats) -> tuple[float, Floats]:
    import cv2
    import numpy as np

    template = _template(box.w, box.h)
    high, wide = template.shape
    reach = round(NEAR * SCALE)
    centre = (middle + guess) * SCALE
    left = round(float(centre[0]) - wide / 2) - reach
    top = round(float(centre[1]) - high / 2) - reach
    right, bottom = left + wide + 2 * reach, top + high + 2 * reach
    if left < 0 or top < 0 or right > ink.shape[1] or bottom > ink.shape[0]:
        return 0.0, guess
    fit = cv2.matchTemplate(ink[top:bottom, left:right], template, cv2.TM_CCORR)
    _, score, _, (x, y) = cv2.minMaxLoc(fit - _farness(reach))
    found = np.array([left + x + wide / 2, top + y + high / 2]) / SCALE - middle
    return float(score), found
