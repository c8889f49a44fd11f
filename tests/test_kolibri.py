"""The channel for Kolibri: what Kolibri reads of it, and its apps in frames as Kolibri's.

A real Kolibri is too heavy for the tests: ``tests/hosts/kolibri.py`` tries the channel in one.
"""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from conftest import NAME, files_of
from every_page import PHONE, WIDE
from imlcourse.build.packages import pages_of
from imlcourse.products.copies.sums import LIST, read_sums, sum_of
from imlcourse.products.packages import Packing
from imlcourse.products.packages.boxes.channel import channel_id
from real_course import real_course
from served import served
from test_scorm import PLATFORM, practise

CHANNEL = "b255109c7f9850ab90ad1f9850df0548"
"""For good: by it Kolibri knows that a new edition is one of the same channel."""
PREFIX = "KOLIBRI_DATA/content/"

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def packing(learners_copy: Path) -> Packing:
    book = dict(pages_of(learners_copy))
    return Packing(real_course(), book, book, NAME, None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def channel(packed: Path) -> Files:
    return files_of(packed, "kolibri")


@pytest.fixture(scope="module")
def database(
    channel: Files, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("kolibri") / "channel.sqlite3"
    path.write_bytes(channel[f"{PREFIX}databases/{CHANNEL}.sqlite3"])
    with closing(sqlite3.connect(path)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def rows(database: sqlite3.Connection, table: str, order: str = "id") -> list[dict[str, Any]]:
    return [
        dict(row) for row in database.execute(f"SELECT * FROM content_{table} ORDER BY {order}")
    ]


def test_the_database_is_sound_and_says_what_the_channel_is(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    [said] = rows(database, "channelmetadata")
    assert said["id"] == said["root_id"] == CHANNEL == channel_id(real_course()).hex
    assert said["name"] == "Migrants’ Rights in Practice"
    assert said["min_schema_version"] == "5"
    assert said["version"] == 100
    assert said["last_updated"].startswith(real_course().about.date)
    assert said["thumbnail"].startswith("data:image/png;base64,iVBOR")
    [language] = rows(database, "language")
    assert (language["id"], language["lang_name"], language["lang_direction"]) == (
        *("en", "English"),
        "ltr",
    )


def test_the_whole_course_comes_first_and_then_each_module_in_its_part(
    database: sqlite3.Connection,
) -> None:
    nodes = rows(database, "contentnode", "lft")
    by_id = {one["id"]: one for one in nodes}
    above = {one["title"]: by_id.get(one["parent_id"], {}).get("title") for one in nodes}
    assert list(above)[:3] == [
        *("Migrants’ Rights in Practice", "The whole course", "Part 1: International Migration Law")
    ]
    assert above["Module 9: Trafficking: identify, assist, prosecute"] == "Part 3: Field practice"
    apps = [one for one in nodes if one["kind"] == "html5"]
    assert len(apps) == 1 + len(real_course().modules)
    for one in apps:
        assert one["license_name"] == "CC BY"
        assert one["license_owner"] and one["description"] and one["duration"] > 0
        criteria = json.loads(one["options"])["completion_criteria"]
        assert criteria["model"] == "determined_by_resource"
    # Each node lies within the one above it, and no two edges are the same.
    edges = [edge for one in nodes for edge in (one["lft"], one["rght"])]
    assert sorted(edges) == list(range(1, 2 * len(nodes) + 1))
    for one in nodes:
        if parent := by_id.get(one["parent_id"]):
            assert parent["lft"] < one["lft"] < one["rght"] < parent["rght"]
            assert one["level"] == parent["level"] + 1


def test_what_somebody_has_learned_stays_when_a_new_edition_comes(packing: Packing) -> None:
    about = packing.course.about.model_copy(update={"version": "1.2.3", "date": "2027-01-31"})
    course = replace(packing.course, about=about)
    assert channel_id(course) == channel_id(packing.course)
    assert channel_id(course).hex == CHANNEL


def test_every_file_has_its_digest_for_a_name_and_stands_in_the_database(
    channel: Files, database: sqlite3.Connection
) -> None:
    stored = {path: data for path, data in channel.items() if path.startswith(f"{PREFIX}storage/")}
    known = {one["id"]: one for one in rows(database, "localfile")}
    for path, data in stored.items():
        first, second, name = path.removeprefix(f"{PREFIX}storage/").split("/")
        digest, _, ending = name.partition(".")
        assert digest == hashlib.md5(data, usedforsecurity=False).hexdigest()
        assert (first, second) == (digest[0], digest[1])
        assert known[digest]["extension"] == ending
        assert known[digest]["file_size"] == len(data)
    assert len(stored) == len(known)
    presets = {one["preset"] for one in rows(database, "file")}
    assert presets == {"html5_zip", "html5_thumbnail", "topic_thumbnail"}


def unpacked(channel: Files, database: sqlite3.Connection, title: str) -> Files:
    """The files of an app, by the title under which Kolibri has it."""
    [(digest,)] = database.execute(
        "SELECT local_file_id FROM content_file JOIN content_contentnode AS node "
        "ON node.id = contentnode_id WHERE preset = 'html5_zip' AND title LIKE ?",
        (title,),
    ).fetchall()
    data = channel[f"{PREFIX}storage/{digest[0]}/{digest[1]}/{digest}.zip"]
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_app_has_the_page_that_kolibri_opens_at_its_root_and_a_whole_copy_beside_it(
    channel: Files, database: sqlite3.Connection
) -> None:
    for title in ("The whole course", "Module 6%"):
        files = unpacked(channel, database, title)
        assert [path for path in files if "/" not in path] == ["index.html"]
        copy = {path.removeprefix("course/"): data for path, data in files.items() if "/" in path}
        assert read_sums(copy[LIST]).digests == {
            path: sum_of(data) for path, data in copy.items() if path != LIST
        }
        modules = [path for path in copy if path.startswith("modules/")]
        assert len(modules) == (1 if title.startswith("Module") else 14)
    assert channel[f"{NAME}-kolibri.zip"] in channel.values()


# --- in a frame -------------------------------------------------------------------------------

HOST = """<!doctype html><meta charset="utf-8"><title>box</title><style>
html,body{height:100%;margin:0} iframe{border:0;width:100%;height:99%}</style>
<script src="platform.js"></script><script>
  const wish = new URLSearchParams(location.search);
  if (wish.has('learner')) {
    const inner = new Scorm12API({ autocommit: false, logLevel: 5 });
    const name = wish.get('learner').replace('-', '');
    inner.loadFromJSON({ core: { student_id: name, student_name: name } }, 'cmi');
    window.API = inner;
  }
</script><body><script>
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', wish.get('sandbox'));
  frame.src = wish.get('app') + '/index.html';
  document.body.append(frame);
</script>
"""
LIKE_KOLIBRI = "allow-scripts allow-same-origin"
STRICTEST = "allow-scripts"


@pytest.fixture(scope="module")
def box(
    channel: Files, database: sqlite3.Connection, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A library box with two apps; gives its address."""
    folder = tmp_path_factory.mktemp("box")
    for name, title in {"whole": "The whole course", "m06": "Module 6%"}.items():
        for path, data in unpacked(channel, database, title).items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_bytes(data)
    (folder / "platform.js").write_bytes(PLATFORM.read_bytes())
    (folder / "box.html").write_text(HOST, encoding="utf-8")
    with served(folder) as address:
        yield f"{address}/box.html"


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A window in which no page may complain but of what the frame forbids."""
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(10_000)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    yield page
    context.close()
    assert said == []


def opened(page: Page, box: str, app: str, sandbox: str, learner: str = "") -> FrameLocator:
    known = f"&learner={learner}" if learner else ""
    page.goto(f"{box}?app={app}&sandbox={sandbox}{known}")
    pages = page.frame_locator("iframe").frame_locator("iframe")
    expect(pages.locator("main").first).to_be_visible()
    return pages


def follow(page: Page, link: Locator, path: str) -> None:
    """Follow a link, and wait until the page around the course has seen to the page."""
    link.click()
    inner = page.frames[2]
    inner.wait_for_url(f"**/{path}*", wait_until="load")


def test_in_a_frame_as_kolibris_forms_work_and_the_record_goes_with_the_learner(
    visitor: Page, box: str
) -> None:
    line = visitor.frame_locator("iframe").get_by_role("status")
    pages = opened(visitor, box, "whole", LIKE_KOLIBRI, "Amina")
    expect(line).to_be_empty()
    follow(visitor, pages.locator("a.iml-find"), "search.html")
    # The frame sends no form: Enter and the button lead to results all the same.
    field = pages.locator("#iml-query")
    field.fill("no passport")
    field.press("Enter")
    expect(pages.locator("#iml-results a").first).to_be_visible()
    follow(visitor, pages.locator("a.iml-me"), "my-progress.html")
    # A file cannot be saved, and nothing says that it was.
    pages.get_by_text("Save my record as a file").dispatch_event("click")
    expect(line).to_contain_text("does not let this page save a file")
    expect(pages.locator("main")).not_to_contain_text("Downloads")
    # The record is one text of the storage that Kolibri gives the page around the course.
    keys = visitor.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('iml'))")
    kept = visitor.evaluate("localStorage.getItem('imlcourse/1/migrants-rights-in-practice')")
    assert json.loads(kept)["me"]["name"] == "Amina"
    assert sorted(keys) == [
        "imlcourse/1/migrants-rights-in-practice",
        "imlcourse/1/migrants-rights-in-practice/place",
    ]


def test_progress_is_told_as_a_score_and_the_learner_goes_on_where_they_were(
    visitor: Page, box: str
) -> None:
    score = "Number(API.cmi.core.score.raw)"
    pages = opened(visitor, box, "m06", LIKE_KOLIBRI, "Amina")
    assert visitor.evaluate(score) == 0
    # It counts what is here, and nothing is missing in it.
    expect(pages.locator("a.iml-me")).to_contain_text("0 of 1")
    expect(pages.locator(".iml-gone")).to_be_hidden()
    [item] = practise(pages, real_course(), 1)
    pages.get_by_role("button", name="Continue", exact=True).click()
    step = pages.locator(".iml-step-at:visible").first.inner_text()
    assert 0 < visitor.evaluate(score) < 100
    pages = opened(visitor, box, "m06", LIKE_KOLIBRI, "Amina")
    expect(pages.locator(".iml-step-at:visible").first).to_have_text(step)
    kept = json.loads(
        visitor.evaluate("localStorage.getItem('imlcourse/1/migrants-rights-in-practice')")
    )
    assert f"item/{item}" in kept
    # What is not in this app is no link.
    assert pages.locator("a[href$='m07.html']:visible").count() == 0


def test_who_is_not_signed_in_is_told_that_nothing_is_kept(visitor: Page, box: str) -> None:
    opened(visitor, box, "m06", LIKE_KOLIBRI, "-")
    line = visitor.frame_locator("iframe").get_by_role("status")
    expect(line).to_contain_text("You are not signed in")


def test_in_the_strictest_frame_it_can_be_read_and_answered(browser: Browser, box: str) -> None:
    page = browser.new_page(viewport=WIDE)
    pages = opened(page, box, "m06", STRICTEST)
    practise(pages, real_course(), 1)
    expect(pages.locator("body")).to_contain_text("not saved")
    page.close()
