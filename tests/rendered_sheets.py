"""Filled answer sheets, rendered: printed sheets, marked by many hands, as a camera sees them.

They are no photographs. A sheet is drawn by PDFium from the file that people print; marks are
strokes with a wobble; the page is curled, turned, seen at a slant, shaded, blurred, and saved as
JPEG. Every sheet comes from its seed alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pypdfium2

from imlcourse.products.kit.paper.geometry import Box, OnPage, TestPlaces

# Threads that wait for one another take time from the tests that run beside these.
cv2.setNumThreads(1)

PX = 8.0
"""Pixels of a drawn page to the millimetre."""

HANDS = (
    *("cross", "tick", "fill", "scribble", "faint", "wandering", "corrected", "struck out"),
    "rubbed out",
)
DISTORTIONS = (
    "scan",
    "turned",
    "perspective",
    "curl",
    "blur",
    "motion",
    "shadow",
    "noise",
    "low resolution",
    "JPEG",
    "all together",
)

Array = np.ndarray[Any, Any]


@dataclass
class Truth:
    """What was marked: by question number and part, the places of the boxes that count."""

    version: str
    person: str
    hand: str
    distortion: str
    lines: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    taken: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)


def printed(pdf: bytes, page: int = 0) -> Array:
    """Render a page as it is printed."""
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = document[page].render(scale=PX * 25.4 / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(drawn.reshape(drawn.shape[:2])).astype(np.float32)


# --- the hand -------------------------------------------------------------------------------------


@dataclass
class Hand:
    """Somebody with a pen.

    ``ink`` is how much of the light the pen leaves: 0 is black.
    """

    rng: np.random.Generator
    style: str
    ink: float
    width: float

    def stroke(self, page: Array, points: list[tuple[float, float]], width: float = 0.0) -> None:
        """Draw a line through points in millimetres, with a wobble."""
        rng, wide = self.rng, width or self.width
        dense: list[tuple[float, float]] = []
        for (x0, y0), (x1, y1) in pairwise(points):
            steps = max(3, int(math.hypot(x1 - x0, y1 - y0) / 0.5))
            bend = rng.normal(0, 0.12)
            for k in range(steps + 1):
                t = k / steps
                swell = math.sin(math.pi * t) * bend
                dense.append((x0 + (x1 - x0) * t - swell * (y1 - y0) / 4,
                              y0 + (y1 - y0) * t + swell * (x1 - x0) / 4))  # fmt: skip
        xs, ys = [p[0] for p in dense], [p[1] for p in dense]
        left, top = int((min(xs) - 2) * PX), int((min(ys) - 2) * PX)
        right, bottom = int((max(xs) + 2) * PX), int((max(ys) + 2) * PX)
        left, top = max(0, left), max(0, top)
        part = page[top:bottom, left:right]
        if not part.size:
            return
        cover = np.zeros(part.shape, np.uint8)
        line = np.array([((x * PX - left) * 16, (y * PX - top) * 16) for x, y in dense])
        thick = max(1, round(wide * PX + rng.normal(0, 0.3)))
        cv2.polylines(cover, [line.round().astype(np.int32)], False, 255, thick, cv2.LINE_AA, 4)
        share = cv2.GaussianBlur(cover, (0, 0), 0.6).astype(np.float32) / 255
        if self.style == "faint":  # pencil takes on the grain of the paper
            grain = rng.uniform(0.55, 1.0, part.shape).astype(np.float32)
            share *= cv2.GaussianBlur(grain, (0, 0), 0.8)
        part *= 1 - share * (1 - self.ink)

    def cross(
        self, page: Array, box: Box, size: float = 1.0, off: tuple[float, float] = (0, 0)
    ) -> None:
        rng = self.rng
        cx, cy = box.x + box.w / 2 + off[0], box.y + box.h / 2 + off[1]
        r = box.w / 2 * size * rng.uniform(0.68, 1.05)
        for way in (1, -1):
            ax, ay, bx, by = (float(one) for one in rng.normal(0, 0.22, 4))
            self.stroke(page, [(cx - way * r + ax, cy - r + ay), (cx + way * r + bx, cy + r + by)])

    def tick(self, page: Array, box: Box) -> None:
        rng = self.rng
        cx, cy = box.x + box.w / 2, box.y + box.h / 2
        w = box.w * rng.uniform(0.85, 1.25)
        self.stroke(page, [
            (cx - w * 0.38 + rng.normal(0, 0.2), cy - w * 0.02 + rng.normal(0, 0.2)),
            (cx - w * 0.08 + rng.normal(0, 0.15), cy + w * 0.34 + rng.normal(0, 0.15)),
            (cx + w * 0.5 + rng.normal(0, 0.3), cy - w * 0.48 + rng.normal(0, 0.3)),
        ])  # fmt: skip

    def fill(self, page: Array, box: Box) -> None:
        """Fill a box, stroke beside stroke, to its edges and a little beyond."""
        rng, step = self.rng, 0.28
        y = box.y + 0.15
        points = []
        while y < box.y + box.h - 0.1:
            a, b = box.x + rng.uniform(-0.1, 0.35), box.x + box.w + rng.uniform(-0.35, 0.1)
            points += [(a, y), (b, y + rng.normal(0, 0.08))]
            y += step * rng.uniform(0.8, 1.1)
        self.stroke(page, points, max(self.width, 0.42))

    def scribble(self, page: Array, box: Box, loose: float = 1.0) -> None:
        """Go to and fro in a box: neither a cross nor filled."""
        rng = self.rng
        n = int(rng.integers(4, 8))
        points = []
        for k in range(n):
            x = box.x + box.w * (0.12 + 0.76 * k / (n - 1)) + rng.normal(0, 0.15)
            points.append(
                (x, box.y + box.h * (0.12 if k % 2 else 0.88) + rng.normal(0, 0.25) * loose)
            )
        self.stroke(page, points)

    def mark(self, page: Array, box: Box) -> None:
        """Mark a box in this person's way."""
        rng = self.rng
        match self.style:
            case "tick":
                self.tick(page, box)
            case "fill":
                self.fill(page, box)
            case "scribble":
                self.scribble(page, box)
            case "wandering":
                off = (float(rng.uniform(-1.3, 1.3)), float(rng.uniform(-1.1, 1.1)))
                self.cross(page, box, rng.uniform(0.9, 1.35), off)
            case _:
                self.cross(page, box)


def hand(rng: np.random.Generator, style: str) -> Hand:
    if style == "faint":
        return Hand(rng, style, float(rng.uniform(0.5, 0.68)), float(rng.uniform(0.35, 0.5)))
    return Hand(rng, style, float(rng.uniform(0.05, 0.35)), float(rng.uniform(0.35, 0.6)))


def filled_in(
    rng: np.random.Generator,
    blank: Array,
    places: TestPlaces,
    version: str,
    style: str,
    person: str,
    page: int = 1,
    kind: str = "answers",
) -> tuple[Array, Truth]:
    """Fill in a sheet by hand, with answers of all kinds and some left open."""
    drawn = blank.copy()
    pen = hand(rng, style)
    truth = Truth(version, person, style, "")
    if person:
        for digit, row in zip(person, places.frame.code, strict=True):
            pen.mark(drawn, row[int(digit)])
    for question in places.versions[version].questions:
        for line in question.lines:
            boxes: list[OnPage] = [getattr(one, f"on_{kind}") for one in line.boxes]
            if boxes[0].page != page:
                continue
            count = len(boxes)
            if rng.random() < 0.05:
                chosen: list[int] = []
            elif line.several:
                many = int(rng.integers(1, min(4, count) + 1))
                chosen = sorted(rng.choice(count, many, replace=False).tolist())
            else:
                chosen = [int(rng.integers(0, count))]
            taken: list[int] = []
            if (
                style in ("corrected", "struck out", "rubbed out")
                and chosen
                and rng.random() < 0.35
            ):
                others = [n for n in range(count) if n not in chosen]
                if others:
                    taken = [int(rng.choice(others))]
            for n in taken:
                if style == "rubbed out":  # a rubber leaves a trace
                    trace = Hand(rng, "faint", float(rng.uniform(0.86, 0.95)), pen.width)
                    trace.cross(drawn, boxes[n])
                    continue
                pen.mark(drawn, boxes[n])
                if style == "corrected":
                    pen.fill(drawn, boxes[n])
                else:
                    pen.scribble(drawn, boxes[n], 2.5)
                    pen.scribble(drawn, boxes[n], 2.5)
            for n in chosen:
                pen.mark(drawn, boxes[n])
            truth.lines[question.number, line.part] = tuple(chosen)
            truth.taken[question.number, line.part] = tuple(taken)
    return drawn, truth


# --- the camera -----------------------------------------------------------------------------------


def photographed(
    rng: np.random.Generator, page: Array, distortion: str, sharp: float = 1.0
) -> bytes:
    """Photograph a page, and save it as JPEG.

    With a camera that is less sharp, there are fewer pixels to the millimetre.
    """
    high, wide = page.shape
    w, h = wide / PX, high / PX
    every = distortion == "all together"
    scan = distortion == "scan"

    def has(name: str) -> bool:
        return every or distortion == name

    scale = float(rng.uniform(6.5, 9.5)) if scan else float(rng.uniform(6.0, 9.0))
    if has("low resolution"):
        scale = float(rng.uniform(4.2, 5.2)) if every else float(rng.uniform(3.4, 4.5))
    scale *= sharp
    turn = rng.normal(0, 0.6) if scan else rng.normal(0, 4)
    if has("turned"):
        turn = float(rng.uniform(0, 360))
    slant = (0.0, 0.0) if scan else tuple(rng.normal(0, 0.05, 2))
    if has("perspective"):
        slant = tuple(rng.uniform(0.16, 0.34, 2) * rng.choice([-1, 1], 2) * (0.6 if every else 1))
    curl = 0.0 if scan else float(rng.uniform(0, 2))
    if has("curl"):
        curl = float(rng.uniform(6, 14)) * (0.6 if every else 1)
    # Where each pixel of the photo looks: from the camera to a plane, and on it to the paper.
    room = 1.0 if scan else float(rng.uniform(1.05, 1.2))
    angle = math.radians(turn)
    ca, sa = math.cos(angle), math.sin(angle)
    corners = np.array([(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)])
    far = 420.0
    tilted = []
    for x, y in corners:
        depth = far + x * slant[0] + y * slant[1]
        px, py = x * far / depth, y * far / depth
        tilted.append((px * ca - py * sa, px * sa + py * ca))
    there = np.array(tilted)
    low, top = there.min(axis=0), there.max(axis=0)
    size = (top - low) * room
    out_w, out_h = int(size[0] * scale), int(size[1] * scale)
    there = (there - (low + top) / 2) * scale + np.array([out_w / 2, out_h / 2])
    homography = cv2.getPerspectiveTransform(
        (corners + np.array([w / 2, h / 2])).astype(np.float32), there.astype(np.float32)
    )
    # Where is smooth: every eighth pixel tells it.
    coarse_w, coarse_h = out_w // 8 + 2, out_h // 8 + 2
    xs, ys = np.meshgrid(
        (np.arange(coarse_w) + 0.5) * 8 - 0.5, (np.arange(coarse_h) + 0.5) * 8 - 0.5
    )
    back = np.linalg.inv(homography)
    depth = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    u = (back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / depth
    v = (back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / depth
    if curl:
        axis = float(rng.choice([0.0, math.pi / 2]) + rng.normal(0, 0.12))
        phase = float(rng.uniform(-0.15, 0.15))
        along = (math.cos(axis), math.sin(axis))
        length = abs(along[0]) * w + abs(along[1]) * h
        foot = (w / 2 + rng.normal(0, 25), h / 2 + rng.normal(0, 30))
        pu, pv = u, v
        for _ in range(4):
            s = ((pu - w / 2) * along[0] + (pv - h / 2) * along[1]) / length + 0.5 + phase
            z = curl * np.sin(np.pi * np.clip(s, -0.1, 1.1))
            # Paper is as long as it was: what rises draws nearer together.
            short = (curl**2) * np.pi / (8 * length) * np.sin(2 * np.pi * s)
            pu = foot[0] + (u - foot[0]) * (far - z) / far + short * along[0]
            pv = foot[1] + (v - foot[1]) * (far - z) / far + short * along[1]
        u, v = pu, pv

    def fine(coarse: Array, way: int = cv2.INTER_CUBIC) -> Array:
        large = cv2.resize(coarse.astype(np.float32), (coarse_w * 8, coarse_h * 8), None, 0, 0, way)
        return large[:out_h, :out_w]

    u, v = fine(u), fine(v)
    shrink = min(1.0, scale / PX * 1.05)
    source = page
    if shrink < 0.9:
        source = cv2.resize(page, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    px = PX * source.shape[1] / wide
    desk = float(rng.uniform(40, 170))
    seen: Array = cv2.remap(
        source, u * np.float32(px) - np.float32(0.5), v * np.float32(px) - np.float32(0.5),
        cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=-1,
    )  # fmt: skip
    # The pictures are large: what can be done in place is.
    off = seen < 0
    for beside in (u < 0, v < 0, u > w, v > h):
        off |= beside
    grain = cv2.GaussianBlur(rng.normal(0, 30, (out_h // 4 + 1, out_w // 4 + 1)), (0, 0), 3)
    texture: Array = cv2.resize(grain.astype(np.float32), (out_w, out_h))
    paper = 238.0 if scan else float(rng.uniform(185, 235))
    np.add(texture, np.float32(desk), out=texture)
    seen *= np.float32(paper / 255)
    np.copyto(seen, texture, where=off)
    light = np.ones(xs.shape)
    if not scan:
        gx, gy = rng.normal(0, 0.08, 2)
        light += gx * (xs / out_w - 0.5) + gy * (ys / out_h - 0.5)
    if has("shadow"):
        for _ in range(int(rng.integers(1, 3))):
            way = float(rng.uniform(0, 2 * math.pi))
            at = float(rng.uniform(-0.3, 0.3))
            side = (xs / out_w - 0.5) * math.cos(way) + (ys / out_h - 0.5) * math.sin(way) - at
            soft = float(rng.uniform(0.004, 0.12))
            light *= 1 - float(rng.uniform(0.25, 0.55)) / (
                1 + np.exp(-np.clip(side / soft, -30, 30))
            )
    seen *= fine(light, cv2.INTER_LINEAR)
    blur = float(rng.uniform(0.03, 0.06))
    if has("blur"):
        blur = float(rng.uniform(0.12, 0.19)) if every else float(rng.uniform(0.16, 0.30))
    seen = cv2.GaussianBlur(seen.astype(np.float32), (0, 0), max(0.3, blur * scale))
    if has("motion"):
        length = max(2.0, (float(rng.uniform(0.35, 0.9)) * (0.5 if every else 1)) * scale)
        n = int(length) * 2 + 3
        kernel = np.zeros((n, n), np.float32)
        way = float(rng.uniform(0, math.pi))
        dx, dy = math.cos(way) * length / 2, math.sin(way) * length / 2
        c = n // 2
        ends = [(int((c + k * dx) * 16), int((c + k * dy) * 16)) for k in (-1, 1)]
        cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_8, 4)
        seen = cv2.filter2D(seen, -1, kernel / kernel.sum())
    sigma = float(rng.uniform(1, 3))
    if has("noise"):
        sigma = float(rng.uniform(6, 9)) if every else float(rng.uniform(9, 18))
    noise: Array = np.empty(seen.shape, np.float32)
    rng.standard_normal(dtype=np.float32, out=noise)
    noise *= sigma
    seen += noise
    tint = np.array(rng.uniform(0.92, 1.0, 3), np.float32)
    colour = np.empty((*seen.shape, 3), np.uint8)
    for channel, share in enumerate(tint):
        np.multiply(seen, share, out=noise)
        np.clip(noise, 0, 255, out=noise)
        colour[:, :, channel] = noise
    quality = int(rng.integers(80, 95))
    if has("JPEG"):
        quality = int(rng.integers(35, 60)) if every else int(rng.integers(18, 40))
    done, data = cv2.imencode(".jpg", colour, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return data.tobytes()


def sheets(
    pdfs: dict[str, bytes], places: TestPlaces, seed: int, count: int
) -> Iterator[tuple[int, bytes, Truth]]:
    """Make filled sheets, every hand under every distortion in turn."""
    blanks = {version: printed(pdf) for version, pdf in pdfs.items()}
    versions = sorted(blanks)
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        style = HANDS[number % len(HANDS)]
        distortion = DISTORTIONS[(number // len(HANDS) + number) % len(DISTORTIONS)]
        version = versions[number % len(versions)]
        person = f"{int(rng.integers(0, 10000)):04d}"
        page, truth = filled_in(rng, blanks[version], places, version, style, person)
        truth.distortion = distortion
        yield number, photographed(rng, page, distortion), truth
