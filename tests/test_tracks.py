"""Tracks: the core of the course for each role, and the certificate that it leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import Engine
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


AT = "2026-01-01T00:00:00.000Z"
STATE = """([course, entries]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  return imlPlayer.course.stateOf(Object.assign({pages: {}, tests: false}, course), store, '');
}"""
SMALL: dict[str, Any] = {
    "modules": [
        {"id": id_, "title": id_, "href": f"{id_}.html", "minutes": 40, "objectives": [],
         "items": [], "sections": [{"id": f"{id_}-s1"}], "quiz": None}
        for id_ in ("m01", "m02", "m03", "m04")
    ],
    "roles": {"border": {"name": "Border", "modules": ["m03", "m01", "m02", "m04"]}},
    "tracks": {"border": {"modules": ["m03", "m01"], "minutes": 80}},
}  # fmt: skip


def read(*modules: str) -> dict[str, Any]:
    return {f"read/{id_}": {"v": 1, "at": AT, "sections": {}, "done": AT} for id_ in modules}


def test_the_state_of_a_learner_tells_how_far_the_track_is(engine: Engine) -> None:
    border = {"me": {"v": 1, "at": AT, "role": "border"}}
    begun = engine.evaluate(STATE, [SMALL, {**border, **read("m03", "m04")}])["track"]
    assert [one["module"]["id"] for one in begun["modules"]] == ["m03", "m01"]
    assert (begun["complete"], begun["certified"]) == (1, False)
    done = engine.evaluate(STATE, [SMALL, {**border, **read("m03", "m01")}])
    assert done["track"]["certified"]
    assert not done["certified"], "the whole course is not done"


@pytest.mark.parametrize("role", [None, "sailor", "constructor", "border"])
def test_without_a_role_that_the_course_knows_there_is_no_track(
    engine: Engine, role: str | None
) -> None:
    me = {"me": {"v": 1, "at": AT, **({"role": role} if role else {})}}
    track = engine.evaluate(STATE, [SMALL, me])["track"]
    assert (track is not None) == (role == "border")


@pytest.mark.parametrize(
    ("role", "module", "before", "after", "ends"),
    [
        ("border", "m03", None, "m01", False),
        ("border", "m01", "m03", "m02", True),
        ("border", "m04", "m02", None, False),
        (None, "m03", "m02", "m04", False),
        (None, "m09", None, None, False),
    ],
)
def test_what_stands_beside_a_module_follows_the_role(
    engine: Engine, role: str | None, module: str, before: str | None, after: str | None, ends: bool
) -> None:
    found = engine.evaluate(
        """([course, role, id]) => {
          const {before, after, ends} = imlPlayer.tracks.beside(course, role, id);
          return [before && before.id, after && after.id, ends];
        }""",
        [SMALL, role, module],
    )
    assert found == [before, after, ends]
