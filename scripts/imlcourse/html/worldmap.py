"""World maps as SVG, drawn when the book is built.

The shapes are Natural Earth's countries at 1:110 million (`world.json`, which says where they come
from). The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas as they
are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

from imlcourse.html.compose import Markup, html, joined

__all__ = ["WORLD", "Shapes", "Window", "shapes", "world_map"]

_FILE = Path(__file__).with_name("world.json")

Ring = list[tuple[float, float]]
"""A closed line of longitudes and latitudes, in degrees."""


@dataclass(frozen=True)
class Window:
    """A part of the world to draw.

    Parameters
    ----------
    west, south, east, north
        Its edges, in degrees.
    width
        How wide it is drawn, in units of the drawing.
    """

    west: float
    south: float
    east: float
    north: float
    width: int


WORLD = Window(-170.0, -56.0, 180.0, 78.0, 960)
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_FEWEST_POINTS = 3
"""Outlines with fewer points, when they are rounded to units of the drawing, are left out."""


@lru_cache(maxsize=65536)  # several maps show the same coasts
def _projected(longitude: float, latitude: float) -> tuple[float, float]:
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    squared = theta * theta
    sixth = squared**3
    slope = _A[0] + 3 * _A[1] * squared + sixth * (7 * _A[2] + 9 * _A[3] * squared)
    x = 2 * math.radians(longitude) * math.cos(theta) / (math.sqrt(3) * slope)
    y = theta * (_A[0] + _A[1] * squared + sixth * (_A[2] + _A[3] * squared))
    return x, -y


@dataclass(frozen=True)
class Shapes:
    """The outlines of the world.

    Attributes
    ----------
    land
        All land.
    countries
        Outlines of each country by two-letter code of ISO 3166.
    """

    land: list[Ring]
    countries: dict[str, list[Ring]]


class _Topology(TypedDict):
    """What `world.json` holds: outlines cut into arcs, so that a shared border stands once.

    ``arcs`` are lists of steps in whole numbers; times ``scale`` and plus ``translate`` they are
    degrees of longitude and latitude. ``land`` and each of ``countries`` (by two-letter code) are
    rings, and each ring names its arcs by number; ``~n`` is arc *n* walked backwards.
    """

    scale: tuple[float, float]
    translate: tuple[float, float]
    land: list[list[int]]
    countries: dict[str, list[list[int]]]
    arcs: list[list[tuple[int, int]]]


@lru_cache(maxsize=1)
def shapes() -> Shapes:
    """Read the outlines of the world.

    Returns
    -------
    Shapes
        Land, and the countries that have a code.
    """
    topology: _Topology = json.loads(_FILE.read_text(encoding="utf-8"))
    arcs = list(_arcs(topology))
    return Shapes(
        [_ring(ring, arcs) for ring in topology["land"]],
        {
            code: [_ring(ring, arcs) for ring in rings]
            for code, rings in topology["countries"].items()
        },
    )


def _arcs(topology: _Topology) -> Iterator[Ring]:
    (scale_x, scale_y), (from_x, from_y) = topology["scale"], topology["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + from_x, y * scale_y + from_y))
        yield points


def _ring(indexes: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for index in indexes:
        # An arc that is walked backwards has its number's complement.
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def world_map(
    window: Window,
    counts: Mapping[str, int],
    names: Mapping[str, str],
    label: str,
    points: Mapping[str, tuple[float, float]] | None = None,
) -> Markup:
    """Draw a map on which countries are shaded by how often something happened there.

    Parameters
    ----------
    window
        The part of the world.
    counts
        How often, by two-letter code. Three or more are shaded alike.
    names
        What is shown when a pointer rests on a country, by code.
    label
        The drawing's text alternative.
    points
        Longitude and latitude of countries too small for these shapes; they are drawn as dots.

    Returns
    -------
    Markup
        SVG, to stand in a page. Each country of `counts` has ``data-country`` with its code.
    """
    frame = _frame(window)
    marked: list[Markup] = []
    for code in counts:
        if path := _country_path(code, window):
            shape = html('path {} d="{}"', _marks(code, counts), path)
            marked.append(_country("path", shape, names[code]))
    for code, where in (points or {}).items():
        x, y = frame.place(*where)
        if code in counts and 0 < x < window.width and 0 < y < frame.height:
            centre = html('cx="{}" cy="{}" r="5"', f"{x:.0f}", f"{y:.0f}")
            shape = html("circle {} {}", _marks(code, counts), centre)
            marked.append(_country("circle", shape, names[code]))
    return html(
        '<svg class="iml-map" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="iml-land" d="{}"/>{}</svg>',
        window.width,
        frame.height,
        label,
        _land_path(window),
        joined(marked),
    )


def _marks(code: str, counts: Mapping[str, int]) -> Markup:
    step = min(3, counts[code])
    return html('class="iml-marked iml-step-{}" data-country="{}"', step, code)


def _country(tag: str, shape: Markup, name: str) -> Markup:
    return html("<{}><title>{}</title></{}>", shape, name, tag)


@dataclass(frozen=True)
class _Frame:
    """Where places stand in a drawing of a part of the world."""

    west: float
    north: float
    scale: float
    width: float
    height: int

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Give where a place stands."""
        x, y = _projected(longitude, latitude)
        return (x - self.west) * self.scale, (y - self.north) * self.scale


def _frame(window: Window) -> _Frame:
    west, north = _projected(window.west, 0)[0], _projected(0, window.north)[1]
    east, south = _projected(window.east, 0)[0], _projected(0, window.south)[1]
    if window != WORLD:
        # Near a pole, meridians draw together: the window's own width there is what counts.
        middle = (window.south + window.north) / 2
        west, east = (_projected(edge, middle)[0] for edge in (window.west, window.east))
    scale = window.width / (east - west)
    return _Frame(west, north, scale, window.width, round((south - north) * scale))


@lru_cache(maxsize=16)
def _land_path(window: Window) -> str:
    """Draw all land, which is the same on each map of a window."""
    return "".join(_path(ring, _frame(window)) for ring in shapes().land)


@lru_cache(maxsize=1024)
def _country_path(code: str, window: Window) -> str:
    return "".join(_path(ring, _frame(window)) for ring in shapes().countries.get(code, []))


def _path(ring: Ring, frame: _Frame) -> str:
    points = [frame.place(*point) for point in ring]
    xs, ys = zip(*points, strict=True)
    if max(xs) < 0 or min(xs) > frame.width or max(ys) < 0 or min(ys) > frame.height:
        return ""
    whole = [(round(x), round(y)) for x, y in points]
    steps = [whole[0]]
    for point in whole[1:]:
        if point != steps[-1]:
            steps.append(point)
    if len(steps) < _FEWEST_POINTS:
        return ""
    (x, y), *rest = steps
    path = f"M{x} {y}l"
    for here in rest:
        path += f"{here[0] - x} {here[1] - y} "
        x, y = here
    return path.rstrip().replace(" -", "-") + "z"
