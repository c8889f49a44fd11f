"""Tracks: the core of the course for each role, and the certificate that it leads to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import violations
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


# --- on the pages ----------------------------------------------------------------------------


def go(page: Page, offline: Path, name: str) -> None:
    page.goto((offline / f"{name}.html").as_uri())
    expect(page.locator(".iml-me-count")).to_be_visible()


def test_from_the_cover_to_the_first_step_of_ones_track_it_is_two_presses(
    page: Page, offline: Path
) -> None:
    go(page, offline, "index")
    assert violations(page) == []
    expect(page.locator(".iml-track:visible")).to_have_count(0)
    page.get_by_role("button", name="Reception and shelter staff").click()
    track = page.get_by_role("region", name="Reception and shelter staff")
    expect(page.get_by_role("heading", name="Reception and shelter staff")).to_be_focused()
    expect(track.get_by_role("listitem")).to_have_count(5)
    expect(track.get_by_role("listitem").first).to_contain_text("Module 6")
    expect(page.locator(".iml-me-count")).to_have_text("0 of 5")
    assert violations(page) == []
    track.get_by_role("link", name="Start Module 6").click()
    expect(page).to_have_url(re.compile(r"m06\.html"))
    # Contents and foot of the page follow the track, and say one thing.
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents).to_contain_text("Your track")
    own = contents.locator("ol.iml-nav-track a")
    assert [link.get_attribute("href") for link in own.all()] == [
        "#", "m01.html", "m12.html", "m11.html", "m09.html",
    ]  # fmt: skip
    expect(contents.locator('a[href="m01.html"]')).to_have_count(1)
    turn = page.get_by_role("navigation", name="Previous and next page")
    expect(turn.get_by_role("link")).to_have_count(2)
    turn.get_by_role("link", name="Next Module 1").click()
    expect(page).to_have_url(re.compile(r"m01\.html"))
    expect(turn.get_by_role("link", name="Previous Module 6")).to_be_visible()
    # Another role is one press away, and where the first track ended, its certificate follows.
    go(page, offline, "index")
    page.get_by_role("button", name="Change my work").click()
    page.get_by_role("button", name="Staff of NGOs").click()
    go(page, offline, "modules/m09")
    expect(turn.get_by_role("link", name="The certificate of your track")).to_be_visible()


def test_without_scripts_the_cover_links_all_tracks(browser: Browser, offline: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((offline / "index.html").as_uri())
    expect(page.locator(".iml-track:visible")).to_have_count(9)
    expect(page.locator(".iml-roles")).to_be_hidden()
    expect(page.locator(".iml-track:visible li a")).to_have_count(45)
    context.close()
