"""Tracks: the core of the course for each role, and the certificate that it leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.player.data import course_data

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def test_each_role_has_a_track_of_about_four_hours_with_which_its_way_begins(
    course: Course,
) -> None:
    assert list(course.tracks) == list(course.about.roles)
    for role, track in course.tracks.items():
        ids = [module.id for module in track.modules]
        assert 4 <= len(ids) <= 6
        assert 180 <= track.minutes <= 300
        assert course.about.roles[role].modules[: len(ids)] == ids


def test_the_pages_know_the_tracks(course: Course) -> None:
    tracks = course_data(course)["tracks"]
    assert tracks["border"]["modules"] == ["m01", "m06", "m09", "m12", "m11"]
    assert tracks["border"]["minutes"] == course.tracks["border"].minutes
