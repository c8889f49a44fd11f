"""The world map: the shapes it is drawn from, and what is drawn of them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from imlcourse.html.worldmap import WORLD, Window, shapes, world_map
from real_course import real_course
from small_course import ROOT

SHAPES = ROOT / "scripts" / "imlcourse" / "html" / "world.json"


def test_the_shapes_are_small_and_say_where_they_come_from_and_that_they_are_free() -> None:
    text = SHAPES.read_text(encoding="utf-8")
    assert len(text) < 120_000
    assert "Natural Earth" in text
    assert "public domain" in text
    assert "Natural Earth" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_outlines_are_closed_and_none_leaps_across_the_edge_of_the_map() -> None:
    world = shapes()
    for ring in [*world.land, *(ring for rings in world.countries.values() for ring in rings)]:
        assert ring[0] == ring[-1]
        assert all(abs(here[0] - there[0]) < 180 for here, there in pairwise(ring))
        assert all(-180 <= x <= 180 and -90 < y < 90 for x, y in ring)


def test_every_country_of_the_atlas_has_a_shape_or_a_point() -> None:
    atlas = real_course().library.atlas
    assert atlas
    codes = {code for activity in atlas.activities for code in activity.countries}
    assert codes <= shapes().countries.keys() | atlas.points.keys()


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("UA", 34.1, 45.2), ("NE", 8.0, 17.0), ("JP", 138.5, 36.0), ("ZA", 24.0, -30.0)],
)
def test_a_country_lies_where_it_lies(code: str, longitude: float, latitude: float) -> None:
    """The borders are those that the United Nations draw: Crimea lies in Ukraine."""
    inside = False
    for ring in shapes().countries[code]:
        for (x, y), (next_x, next_y) in pairwise(ring):
            crosses = (y > latitude) != (next_y > latitude)
            if crosses and longitude < x + (latitude - y) / (next_y - y) * (next_x - x):
                inside = not inside
    assert inside


def test_a_country_is_shaded_by_its_number_and_named_for_pointers() -> None:
    drawn = world_map(WORLD, {"NE": 1, "EG": 5}, {"NE": "Niger & x", "EG": "Egypt"}, "A <map>")
    assert 'aria-label="A &lt;map&gt;"' in drawn
    assert re.search(
        r'class="iml-marked iml-step-1" data-country="NE"[^>]*><title>Niger &amp; x<', drawn
    )
    assert re.search(r'class="iml-marked iml-step-3" data-country="EG"', drawn)


def test_what_lies_outside_the_window_is_not_drawn() -> None:
    europe = Window(-12.0, 22.0, 57.0, 62.0, 640)
    drawn = world_map(europe, {"BO": 1, "IT": 1}, {"BO": "Bolivia", "IT": "Italy"}, "Europe")
    assert 'data-country="IT"' in drawn
    assert 'data-country="BO"' not in drawn
