"""Where the sheet is in a photo: by its QR code and its corner marks, which test each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from imlcourse.marking.thresholds import QR_MISS
from imlcourse.products.kit.paper.geometry import Box, Code, FramePlaces

if TYPE_CHECKING:
    import numpy as np

    from imlcourse.marking.photos import Gray

    Floats = np.ndarray[Any, Any]

__all__ = ["Found", "Seen", "codes_in", "find_sheet", "moved"]

_MOST_SIDE = 1800
"""Corner marks are looked for in a picture no larger than this."""
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A QR code that is ours: what it says, and its four corners from its own top left."""

    code: Code
    corners: Floats


@dataclass(frozen=True, slots=True)
class Found:
    """A sheet: how its millimetres become pixels of the photo, and by how many corner marks."""

    homography: Floats
    corners: int


def codes_in(gray: Gray) -> list[Seen]:
    """Read the QR codes of sheets in a picture, with more and more effort as long as none is."""
    for picture, scale in _efforts(gray):
        found = _read(picture, scale)
        if found:
            return found
    return []


def _efforts(gray: Gray) -> Iterator[tuple[Gray, float]]:
    import cv2

    yield gray, 1.0
    large = max(gray.shape)
    if large > 2600:
        yield cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5
    even = cv2.createCLAHE(3.0, (8, 8)).apply(gray)
    yield even, 1.0
    if large < 2600:
        twice = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        yield twice, 2.0
        soft = cv2.GaussianBlur(twice, (0, 0), 2.5)
        yield cv2.addWeighted(twice, 2.5, soft, -1.5, 0), 2.0
    else:
        soft = cv2.GaussianBlur(gray, (0, 0), 2.5)
        yield cv2.addWeighted(gray, 2.5, soft, -1.5, 0), 1.0


def _read(picture: Gray, scale: float) -> list[Seen]:
    import numpy as np
    import zxingcpp

    found = []
    for one in zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        code = Code.read(one.text)
        if code:
            place = one.position
            four = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            found.append(Seen(code, np.array([(p.x, p.y) for p in four], dtype=float) / scale))
    return found


def _four(box: Box) -> list[tuple[float, float]]:
    return [
        (box.x, box.y),
        (box.x + box.w, box.y),
        (box.x + box.w, box.y + box.h),
        (box.x, box.y + box.h),
    ]


def _middle(box: Box) -> tuple[float, float]:
    return box.x + box.w / 2, box.y + box.h / 2


def moved(homography: Floats, points: Sequence[tuple[float, float]] | Floats) -> Floats:
    """Move points by a homography."""
    import numpy as np

    flat = np.asarray(points, dtype=float).reshape(-1, 2)
    there = np.column_stack([flat, np.ones(len(flat))]) @ np.asarray(homography).T
    result: Floats = there[:, :2] / there[:, 2:]
    return result


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something dark and square: its middle, its side, a hole in it, and how much is dark."""

    x: float
    y: float
    side: float
    hole: bool
    dark: float


def _marks(gray: Gray, least: float, most: float) -> list[_Mark]:
    """Find what looks like a corner mark, of sides between two lengths in pixels."""
    import cv2
    import numpy as np

    scale = min(1.0, _MOST_SIDE / max(gray.shape))
    small = gray
    if scale < 1:
        small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found: dict[tuple[int, int], _Mark] = {}
    # Under a shadow the one way of telling dark from light works, at a dark desk the other.
    block = max(15, int(most * scale * 2.2)) | 1
    soft = cv2.GaussianBlur(small, (0, 0), max(0.8, least * scale * 0.06))
    ways = [
        cv2.adaptiveThreshold(
            soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, cut
        )
        for cut in (12, 28)
    ]
    ways.append(cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1])
    for way in ways:
        contours, tree = cv2.findContours(way, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
        if tree is None:
            continue
        for contour, around in zip(contours, tree[0, :, 3].tolist(), strict=True):
            if around >= 0:
                continue  # the inside of something
            area = cv2.contourArea(contour)
            side = area**0.5 / scale
            if not least <= side <= most:
                continue
            (_, _), (w, h), _ = cv2.minAreaRect(contour)
            if min(w, h) < 3 or max(w, h) > 1.9 * min(w, h) or area < 0.78 * w * h:
                continue
            moments = cv2.moments(contour)
            x, y = moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]
            bx, by, bw, bh = cv2.boundingRect(contour)
            part = np.zeros((bh, bw), np.uint8)
            cv2.drawContours(part, [contour - (bx, by)], -1, 255, -1)
            dark = way[by : by + bh, bx : bx + bw][part > 0] > 0
            if dark.mean() < 0.6:
                continue
            inner = soft[
                int(y - h * 0.08) : int(y + h * 0.08) + 1, int(x - w * 0.08) : int(x + w * 0.08) + 1
            ]
            ring = soft[by : by + bh, bx : bx + bw][(part > 0)]
            hole = bool(
                inner.size and inner.mean() > ring.min() + 0.35 * (255 - float(ring.min())) * 0.6
            )
            mark = _Mark(
                (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5, side, hole, float(dark.mean())
            )
            found.setdefault((round(mark.x / 6), round(mark.y / 6)), mark)
    return list(found.values())


def find_sheet(gray: Gray, frame: FramePlaces, seen: Seen | None) -> Found | None:
    """Find a sheet by its corner marks, and by its QR code where marks are missing.

    Parameters
    ----------
    gray
        The photo.
    frame
        What is at the same place on every page.
    seen
        Its QR code, if that was read.
    """
    if seen is None:
        return _by_marks_alone(gray, frame)
    import cv2
    import numpy as np

    qr = np.array(_four(frame.qr))
    start = cv2.getPerspectiveTransform(qr.astype(np.float32), seen.corners.astype(np.float32))
    # The side of the code is short: only its turn, size and slant are trusted so far away.
    affine, _ = cv2.estimateAffine2D(qr, seen.corners)
    size = float(np.sqrt(abs(np.linalg.det(affine[:, :2]))))
    marks = _marks(gray, size * 2.6, size * 8.0)
    ideal = [_middle(box) for box in frame.corners]
    near = []
    for number, place in enumerate(ideal):
        there = affine @ (*place, 1.0)
        far = float(np.hypot(*(np.array(place) - qr.mean(axis=0))))
        reach = size * (8 + 0.42 * far)
        inside = [m for m in marks if np.hypot(m.x - there[0], m.y - there[1]) < reach]
        # The mark with the hole is at its own corner, and others are not.
        inside.sort(
            key=lambda m: (
                np.hypot(m.x - there[0], m.y - there[1]) + (m.hole != (number == 2)) * size * 12
            )
        )
        near.append([None, *inside[:_CANDIDATES]])
    best: tuple[float, int, Floats] | None = None
    for chosen in product(*near):
        known = [(ideal[n], (m.x, m.y)) for n, m in enumerate(chosen) if m is not None]
        if len(known) < 2:
            continue
        here, seen_at = (np.array(one) for one in zip(*known, strict=True))
        if len(known) == 4:
            turned = cv2.getPerspectiveTransform(
                here.astype(np.float32), seen_at.astype(np.float32)
            )
        else:
            turned, _ = cv2.findHomography(
                np.vstack([here, qr]), np.vstack([seen_at, seen.corners])
            )
            if turned is None:
                continue
        if abs(np.linalg.det(turned)) < 1e-12:
            continue
        back = np.linalg.inv(turned)
        miss = float(np.abs(moved(back, seen.corners) - qr).max())
        marks_miss = float(np.abs(moved(back, seen_at) - here).max())
        worst = max(miss, marks_miss)
        if worst > QR_MISS:
            continue
        rank = worst + (4 - len(known)) * 1.5
        rank += sum(m.hole != (n == 2) for n, m in enumerate(chosen) if m is not None) * 0.4
        if best is None or rank < best[0]:
            best = (rank, len(known), turned)
    if best is None:
        return Found(np.asarray(start, dtype=float), 0)
    return Found(np.asarray(best[2], dtype=float), best[1])


def _sizes_fit(turned: Floats, frame: FramePlaces, sides: Sequence[float]) -> bool:
    """Say whether marks are as large as those of a sheet that lies so."""
    for box, side in zip(frame.corners, sides, strict=True):
        spots = moved(turned, _four(box))
        across = [float(((spots[n] - spots[n - 1]) ** 2).sum()) ** 0.5 for n in range(4)]
        if not 0.75 < side / max(1e-6, sum(across) / 4) < 1.33:
            return False
    return True


def _by_marks_alone(gray: Gray, frame: FramePlaces) -> Found | None:
    """Find a sheet whose QR code was not read; the mark with the hole says how it lies."""
    import cv2
    import numpy as np

    high, wide = gray.shape
    size = max(high, wide) / frame.height
    marks = _marks(gray, size * 1.8, size * 6.5)
    # Boxes with a mark in them look alike, but less of them is dark.
    darkest = sorted(marks, key=lambda m: -m.dark)
    holes = [m for m in darkest if m.hole][:10]
    solid = [m for m in darkest if not m.hole][:10]
    ideal = np.array([_middle(box) for box in frame.corners], dtype=np.float32)
    best: tuple[float, Floats] | None = None
    for third in holes:
        for first, second, fourth in product(solid, repeat=3):
            four = [first, second, third, fourth]
            points = np.array([(m.x, m.y) for m in four])
            sides = [m.side for m in four]
            if len({(m.x, m.y) for m in four}) < 4 or max(sides) > 1.7 * min(sides):
                continue
            area = cv2.contourArea(points.astype(np.float32), oriented=True)
            if area < 0.1 * high * wide or not cv2.isContourConvex(points.astype(np.float32)):
                continue
            turned = cv2.getPerspectiveTransform(ideal, points.astype(np.float32))
            if (best is None or area > best[0]) and _sizes_fit(turned, frame, sides):
                best = (area, turned)
    return Found(best[1], 4) if best else None
