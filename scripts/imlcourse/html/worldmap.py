"""World maps as SVG, drawn when the book is built.

The shapes are Natural Earth's countries at 1:110 million (`world.json`, which says where they come
from). The projection is Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas as they
are.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TypedDict

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
) -> str:
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
    str
        SVG, to stand in a page. Each country of `counts` has ``data-country`` with its code.
    """
    west, north = _projected(window.west, 0)[0], _projected(0, window.north)[1]
    east, south = _projected(window.east, 0)[0], _projected(0, window.south)[1]
    if window is not WORLD:
        # Near a pole, meridians draw together: the window's own width there is what counts.
        middle = (window.south + window.north) / 2
        west, east = (_projected(edge, middle)[0] for edge in (window.west, window.east))
    scale = window.width / (east - west)
    height = round((south - north) * scale)

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = _projected(longitude, latitude)
        return (x - west) * scale, (y - north) * scale

    world = shapes()
    land = "".join(_path(ring, place, window.width, height) for ring in world.land)
    marked: list[str] = []
    for code in counts:
        rings = world.countries.get(code, [])
        path = "".join(_path(ring, place, window.width, height) for ring in rings)
        if path:
            marked.append(_country(code, f'<path d="{path}">', "path", counts, names))
    for code, where in (points or {}).items():
        x, y = place(*where)
        if code in counts and 0 < x < window.width and 0 < y < height:
            dot = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5">'
            marked.append(_country(code, dot, "circle", counts, names))
    return "".join(
        [
            f'<svg class="iml-map" viewBox="0 0 {window.width} {height}" role="img" '
            f'aria-label="{escape(label)}">',
            f'<path class="iml-land" d="{land}"/>',
            *marked,
            "</svg>",
        ]
    )


def _country(
    code: str, opening: str, tag: str, counts: Mapping[str, int], names: Mapping[str, str]
) -> str:
    step = min(3, counts[code])
    attributes = f'class="iml-marked iml-step-{step}" data-country="{code}"'
    opened = opening.replace(f"<{tag}", f"<{tag} {attributes}", 1)
    return f"{opened}<title>{escape(names[code])}</title></{tag}>"


def _path(
    ring: Ring, place: Callable[[float, float], tuple[float, float]], width: float, height: float
) -> str:
    points = [place(*point) for point in ring]
    xs, ys = zip(*points, strict=True)
    if max(xs) < 0 or min(xs) > width or max(ys) < 0 or min(ys) > height:
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
