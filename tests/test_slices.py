"""A part of the course: complete in itself, and the same course as far as it goes."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from accessibility import violations
from conftest import OF_PART, course
from engine import Engine
from every_page import PHONE, WIDE, Watch
from imlcourse.book.search_index import read_index
from imlcourse.book.sources import book_sources
from imlcourse.build.build import build
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.course.result_codes import coded_tests
from imlcourse.course.slice import SliceError, Wanted, sliced, wanted_slice
from imlcourse.html.sealed import practice_script, sealed_files
from imlcourse.html.writer import Writer
from imlcourse.items.blueprint import draw
from imlcourse.markup.roles import Role
from imlcourse.player.data import course_data
from imlcourse.products.packages import Packing
from imlcourse.products.packages.boxes.channel import channel_id
from imlcourse.products.packages.boxes.kiwix import metadata as kiwix_metadata
from imlcourse.products.packages.launched.structure import structure
from imlcourse.products.packages.launched.units import course_iri, units_of
from real_course import real_course
from small_course import ROOT
from test_kiwix import run as kiwix
from test_launched import CMI5, SCHEMA

ONE, TWO = Wanted(("m06",)), Wanted(("m06", "m09"))
TRACK, PART, CAPSTONE = Wanted(track="border"), Wanted(part="3"), Wanted(("capstone",))
EVERY = [ONE, TWO, TRACK, PART, CAPSTONE]


@cache
def cut(wanted: Wanted) -> Course:
    return sliced(real_course(), wanted)


@cache
def sources(wanted: Wanted) -> dict[str, str]:
    return book_sources(cut(wanted))


def named(wanted: Wanted) -> str:
    return wanted.name


# --- which part --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "name", "which", "modules"),
    [
        (ONE, "m06", "Module 6", ["m06"]),
        (Wanted(("m09", "m06", "m09")), "m06-m09", "Module 6 and Module 9", ["m06", "m09"]),
        (CAPSTONE, "capstone", "Capstone", ["capstone"]),
        (TRACK, "track-border", "Track: Border and immigration officers",
         ["m01", "m06", "m09", "m11", "m12"]),
        (PART, "part-3", "Part 3: Field practice",
         ["m09", "m10", "m11", "m12", "m13", "capstone"]),
    ],
)  # fmt: skip
def test_it_has_the_modules_that_are_named_in_the_order_of_the_course(
    wanted: Wanted, name: str, which: str, modules: list[str]
) -> None:
    course = cut(wanted)
    assert course.slice is not None
    assert (course.slice.name, course.slice.which) == (name, which)
    assert list(course.modules) == list(course.sessions) == modules
    assert sorted(course.banks) == sorted(modules)
    assert course.about.title == f"Migrants’ Rights in Practice – {which}"


def test_many_modules_make_no_long_name() -> None:
    some = Wanted(("m01", "m03", "m05", "m07", "m09"))
    assert re.fullmatch(r"5-modules-[0-9a-f]{6}", some.name)
    assert cut(some).about.title.endswith(" – Module 1, Module 3, Module 5, Module 7 and Module 9")
    ids = [one for one in real_course().modules if one != "m02"]
    wanted = wanted_slice(ROOT, [",".join(ids)])
    assert wanted is not None
    assert re.fullmatch(r"13-modules-[0-9a-f]{6}", wanted.name)
    assert cut(wanted).about.title.endswith(" – 13 of 14 modules")


def test_a_part_may_be_named_by_its_title_and_modules_one_by_one() -> None:
    assert wanted_slice(ROOT, part="protection") == Wanted(part="2")
    assert wanted_slice(ROOT, ["M06 9", "m1"]) == Wanted(("m06", "m09", "m01"))
    assert wanted_slice(ROOT) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "m06,m99"], "no module “m99”; there are m01, m02, "),
        (["--only", "capston"], "no module “capston” (did you mean capstone?); there are "),
        (["--only", " , "], "no module is named; name some: --only m06,m09"),
        (["--track", "boarder"], "no track “boarder” (did you mean border?); there are border, "),
        (["--track", ""], "no track and no part is named"),
        (["--part", "4"], "no part “4”; there are 1 (International Migration Law), 2 (Protection)"),
        (["--part", "../.."], "no part “../..”; there are "),
        (["--only", ",".join(f"m{n:02}" for n in range(1, 14)) + ",capstone"], "these are all mod"),
    ],
)
@pytest.mark.parametrize("command", ["build", "package one-file"])
def test_what_there_is_not_is_one_line_and_nothing_is_made(
    command: str, words: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("book", "modules", "quizzes", "_config.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert main(["--course", str(tmp_path), *command.split(), *words]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"course: {said}")
    assert told.count("\n") == 1
    assert not (tmp_path / "_build").exists()


def test_two_kinds_at_once_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--course", str(ROOT), "build", "--only", "m06", "--track", "border"])
    assert "exclude each other" in capsys.readouterr().err


def test_a_part_of_which_nothing_is_written_is_told(small_course: Path) -> None:
    from imlcourse.checks.load import load_course

    with pytest.raises(SliceError, match="has all modules; build the whole course"):
        sliced(load_course(small_course), Wanted(part="1"))


# --- complete in itself ------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", EVERY, ids=named)
def test_no_link_leads_to_what_is_not_in_it(wanted: Wanted) -> None:
    made = sources(wanted)
    pages = {path.rpartition(".")[0] for path in made if path.endswith((".md", ".ipynb"))}
    files = {path.removeprefix("notebooks/") for path in made if path.startswith("notebooks/")}
    lost = set()
    for path, text in made.items():
        if not path.endswith((".md", ".ipynb", ".js")):
            continue
        for name in re.findall(r'href=\\*"(?:\.\./|\{[^}]*\})?([\w/-]+)\.html', text):
            if name not in {*pages, "search"}:
                lost.add((path, name))
        for name in re.findall(r"\]\(([\w/.-]+\.(?:md|ipynb))", text):
            if path.startswith("notebooks/") and name not in files:
                lost.add((path, name))
    assert lost == set()
    listed = set(re.findall(r'"file": "([^"]+)"', made["_toc.yml"])) | {"index"}
    assert listed == pages - {f"notebooks/{name.rpartition('.')[0]}" for name in files}


def test_what_a_text_names_and_is_not_in_it_is_told_in_its_place() -> None:
    writer = Writer(cut(TWO))

    def role(name: str, target: str, text: str = "") -> str:
        return str(writer.role(Role(name, text, target, 0)))

    assert role("module", "m09").startswith('<a href="modules/m09.html"')
    title = real_course().modules["m03"].title
    assert role("module", "m03") == f"Module 3: {title} [not in this copy]"
    assert role("module", "m12", "Detention") == "Detention [Module 12, not in this copy]"
    assert role("module", "capstone", "the end") == "the end [not in this copy]"
    assert role("section", "m03-s3") == "section 3 [Module 3, not in this copy]"
    assert role("page", "final-test") == "Final test [not in this copy]"
    assert role("page", "orvela-dossier").endswith(" [not in this copy]")
    assert role("page", "glossary") == '<a href="glossary.html">Glossary</a>'


def test_so_are_ordinary_links() -> None:
    writer = Writer(cut(ONE))
    assert (
        writer.markdown('[the test](final-test.md) and <a href="modules/m03.html#m03-s1">this</a>')
        == "the test &#91;not in this copy&#93; and this &#91;not in this copy&#93;"
    )
    for whole in (
        "[atlas](case-atlas.md)",
        '<a href="modules/m06.html">it</a>',
        "[a](https://a.b)",
    ):
        assert writer.markdown(whole) == whole


@pytest.mark.parametrize("wanted", [TRACK, PART], ids=named)
def test_the_cover_says_which_part_it_is_and_what_is_not_there(wanted: Wanted) -> None:
    course, cover = cut(wanted), sources(wanted)["index.md"]
    assert course.slice is not None
    which = course.slice.which
    assert cover.startswith(f"# Migrants’ Rights in Practice – {which}\n")
    assert f"This copy is a part of the course ({which})." in cover
    for module in real_course().modules.values():
        assert (f"<li>{module.label(course.strings)}: " in cover) == (
            module.id not in course.modules
        )
    assert "Tests and other pages of the whole course: Pre-test" not in cover
    assert re.search("whole course:.*Final test.*Pre-test and Post-test</p>", cover)


def test_it_has_all_that_is_told_of_the_document() -> None:
    whole = real_course()
    course = cut(ONE)
    assert course.library is whole.library
    assert course.glossary == whole.glossary
    left_out = {name for name in course.left_out if not re.match("modules/|session-", name)}
    assert left_out == {
        "start-check", "pre-test", "post-test", "final-test", "certificate", "check-certificate",
        "orvela-dossier", "capstone-note",
    }  # fmt: skip
    assert {"orvela-dossier", "capstone-note"} <= cut(CAPSTONE).page_names


# --- the same course ---------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", EVERY, ids=named)
def test_items_and_tests_are_those_of_the_whole_course(wanted: Wanted) -> None:
    course, whole = cut(wanted), real_course()
    known = {item.id: item.version for item in whole.items}
    assert {item.id: item.version for item in course.items}.items() <= known.items()
    assert course.orders.items() <= whole.orders.items()
    by_id = {one["id"]: one for one in course_data(whole)["modules"]}
    assert all(one == by_id[one["id"]] for one in course_data(course)["modules"])
    codes = {test.test: test for test in coded_tests(whole)}
    assert {test.test: test for test in coded_tests(course)} == {
        f"{id_}-quiz": codes[f"{id_}-quiz"] for id_ in course.modules if f"{id_}-quiz" in codes
    }


@pytest.mark.parametrize("wanted", EVERY, ids=named)
def test_its_tests_can_be_drawn_and_what_is_kept_for_others_is_not_practised(
    wanted: Wanted,
) -> None:
    course, whole = cut(wanted), real_course()
    items = {item.id: item for item in course.items}
    for quiz in course.module_quizzes.values():
        pool = [items[id_] for id_ in quiz.item_ids]
        wanted_items = sum(cell.items for cell in quiz.blueprint)
        assert len(draw(pool, quiz.blueprint, 1, {})) == wanted_items
    if course.start:
        asked = course.drawn_from(course.start)
        assert len(draw(asked, course.start.blueprint, 1, {})) == len(course.start.items) >= 3
    assert course.tests is None
    asked_of_some = {"sealed-start-check.js"}
    for name, text in sealed_files(course).items():
        assert name in asked_of_some or text == sealed_in_the_whole()[name]
    for module in course.modules:
        assert practice_script(course, module) == practice_script(whole, module)


@cache
def sealed_in_the_whole() -> dict[str, str]:
    return sealed_files(real_course())


def test_a_record_goes_to_the_whole_course_and_back(engine: Engine) -> None:
    at = "2026-02-01T12:00:00.000Z"
    answer = {"response": "a", "points": 1, "at": at}
    more: dict[str, dict[str, Any]] = {
        "read/m06": {"sections": {"m06-s1": at}, "done": at},
        "read/m03": {"sections": {"m03-s1": at}, "done": ""},
        "item/m03-i01": {
            "item": "v", "type": "single", **answer, "tries": 1, "best": 1, "shown": False,
            "first": answer, "earlier": [],
        },
        "promise/m03": {"text": "I ask first.", "made": at},
    }  # fmt: skip
    entries = {key: {"v": 1, "at": at, **one} for key, one in more.items()}
    went = engine.evaluate(
        """([entries, courses]) => courses.reduce((now, course) => imlPlayer.xapi.recordFrom(course,
          imlPlayer.xapi.statements(course, 'me', now, {})).entries, entries)""",
        [entries, [course_data(one) for one in (real_course(), cut(ONE), real_course())]],
    )
    assert went == entries


# --- tracks and certificates -------------------------------------------------------------------


STATE = """([course, entries]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  const state = imlPlayer.course.stateOf(course, store, '2027-01-01T00:00:00.000Z');
  return {
    awards: imlPlayer.award.awardsOf(course, store, state), track: state.track,
    next: imlPlayer.next.thingsOf(course, state).map(({kind}) => kind),
    known: state.modules.filter((one) => one.known).map(({module}) => module.id),
  };
}"""


def done(*modules: str, role: str = "border") -> dict[str, Any]:
    """A record in which modules are read and their quizzes passed."""
    at = "2026-02-01T12:00:00.000Z"
    entries: dict[str, Any] = {"me": {"v": 1, "at": at, "role": role}}
    for id_ in modules:
        entries[f"read/{id_}"] = {"v": 1, "at": at, "sections": {}, "done": at}
        entries |= attempt(f"{id_}-quiz", at, {})
    return entries


def attempt(test: str, at: str, results: dict[str, float]) -> dict[str, Any]:
    return {
        f"attempt/{test}/{at}": {
            "v": 1, "at": at, "test": test, "kind": "module", "course": "0.1.0",
            "id": f"{at}-{test}", "begun": at, "ended": at, "seed": 1, "place": 0, "items": [],
            "answers": {}, "results": results, "points": 0.9, "passed": True,
        }
    }  # fmt: skip


def test_a_track_that_is_whole_in_it_has_the_certificate_of_the_whole_course(
    engine: Engine,
) -> None:
    entries = done("m01", "m06", "m09", "m11", "m12")
    of_whole = engine.evaluate(STATE, [course_data(real_course()), entries])
    of_slice = engine.evaluate(STATE, [course_data(cut(TRACK)), entries])
    assert [one["role"] for one in of_slice["awards"]] == ["border"]
    assert of_slice["awards"] == of_whole["awards"]
    assert of_slice["next"] == ["certificate"]
    assert course_data(cut(TRACK))["title"] == real_course().about.title


def test_a_track_that_is_not_whole_in_it_has_none(engine: Engine) -> None:
    course = cut(TWO)
    assert [one.id for one in course.tracks["border"].left_out] == ["m01", "m12", "m11"]
    assert not course.has_certificates
    told = engine.evaluate(STATE, [course_data(course), done("m06", "m09")])
    assert told["awards"] == told["next"] == []
    assert (told["track"]["complete"], told["track"]["left"]) == (2, 3)
    assert told["track"]["certified"] is False
    # Somebody whose track has nothing in it goes its way without one.
    drafter = engine.evaluate(STATE, [course_data(course), done("m06", role="legislators")])
    assert drafter["track"] is None
    assert drafter["next"] == ["module"]


def test_a_platform_takes_it_for_passed_when_the_quizzes_of_its_modules_are(engine: Engine) -> None:
    def reported(entries: dict[str, Any]) -> tuple[str, str, float | None]:
        told = engine.evaluate(
            """([course, entries]) => imlPlayer.reported.reportedOf({
              get: (key) => entries[key] || null,
              keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
            }, course, '', {items: {}})""",
            [course_data(cut(TWO)), entries],
        )
        return told["completion"], told["success"], told["points"]

    assert reported(done("m06")) == ("incomplete", "unknown", None)
    assert reported(done("m06", "m09")) == ("completed", "passed", 0.9)


def test_a_start_check_taken_in_it_leaves_what_was_known_of_other_modules(engine: Engine) -> None:
    first = attempt("start-check", "2026-01-01T12:00:00.000Z", {"m03-i60": 1, "m06-i60": 1})
    then = attempt("start-check", "2026-01-02T12:00:00.000Z", {"m06-i60": 0, "m09-i60": 1})
    told = engine.evaluate(STATE, [course_data(real_course()), {**first, **then}])
    assert told["known"] == ["m03", "m09"]


# --- made and opened ---------------------------------------------------------------------------


def opens_in_kiwix(place: Path) -> None:
    (book,) = place.glob("*-m06-m09.zim")
    said = json.loads(kiwix("zimcheck", "--all", "--json", book))
    assert (said["status"], said["logs"]) == (True, [])
    listed = kiwix("zimdump", "list", book).split()
    assert {one for one in listed if re.match(r"modules/\w+\.html", one)} == {
        *("modules/m06.html", "modules/m09.html")
    }
    found = kiwix("zimsearch", book, "trafficking")
    assert "Module 9: Trafficking: identify, assist, prosecute" in found
    assert "Module 10" not in found


def opens_in_kolibri(place: Path) -> None:
    (path,) = (place / "KOLIBRI_DATA" / "content" / "databases").glob("*.sqlite3")
    # It does not take the place of the whole course.
    assert path.stem == channel_id(cut(TWO)).hex != channel_id(real_course()).hex
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        titles = database.execute("SELECT title FROM content_contentnode ORDER BY lft").fetchall()
        files = database.execute("SELECT id, extension FROM content_localfile").fetchall()
    whole, app, *parts = [one for (one,) in titles]
    assert (whole, app) == (cut(TWO).about.title, "Module 6 and Module 9")
    modules = [one.partition(":")[0] for one in parts if one.startswith("Module")]
    assert modules == ["Module 6", "Module 9"]
    storage = place / "KOLIBRI_DATA" / "content" / "storage"
    for name, ending in files:
        data = (storage / name[0] / name[1] / f"{name}.{ending}").read_bytes()
        assert hashlib.md5(data, usedforsecurity=False).hexdigest() == name


def opens_by_cmi5(place: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    (path,) = place.glob("*-m06-m09-cmi5.zip")
    with ZipFile(path) as archive:
        listed = etree.fromstring(archive.read("cmi5.xml"))
        assert schema.validate(listed), schema.error_log
        urls = [one.text for one in listed.iter(f"{CMI5}url")]
        assert urls == ["cmi5-m06.html", "cmi5-m09.html"]
        assert set(urls) <= set(archive.namelist())
    assert listed.find(f"{CMI5}course").get("id") == course_iri(cut(TWO))


OPENED = {"zim": opens_in_kiwix, "kolibri": opens_in_kolibri, "cmi5": opens_by_cmi5}
assert {"one-file", *OPENED} == set(OF_PART)


@pytest.mark.parametrize("wanted", EVERY, ids=named)
def test_a_host_takes_it_for_a_course_of_its_own(wanted: Wanted) -> None:
    course, whole = cut(wanted), real_course()
    said, all_said = (
        kiwix_metadata(Packing(one, {}, {}, "a-course", None))  # type: ignore[arg-type]
        for one in (course, whole)
    )
    assert said["Name"] != all_said["Name"]
    assert len(said["Title"]) <= 30 and len(said["Description"]) <= 80
    assert channel_id(course) != channel_id(whole)
    assert course_iri(course) != course_iri(whole)
    units = units_of(course, {f"modules/{name}.html" for name in course.modules})
    written = structure(course, units, {one.name: f"cmi5-{one.name}.html" for one in units})
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(etree.fromstring(written)), schema.error_log
    assert [one.name for one in units] == list(course.modules)


@pytest.mark.parametrize("package", OPENED)
def test_its_packages_are_opened_as_those_of_the_whole_course_are(
    package: str, built: Path
) -> None:
    OPENED[package](built / "slices" / "m06-m09" / "packages" / package)


@pytest.fixture(scope="module")
def built(part: Path) -> Path:
    """The folder of made things, with what is made of a part beside the whole course."""
    return part / "_build"


def test_the_whole_course_beside_it_stays_as_it_is(built: Path, whole_build: Path) -> None:
    before = saved_at(whole_build / "_build")
    assert before
    assert saved_at(built) == before


def saved_at(folder: Path) -> dict[Path, int]:
    """Give the files of the whole course, and when each was written."""
    named = {path.relative_to(folder): path for path in folder.rglob("*")}
    return {
        name: path.stat().st_mtime_ns for name, path in named.items() if name.parts[0] != "slices"
    }


def test_made_elsewhere_by_another_process_with_nothing_else_it_is_the_same_bytes(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "elsewhere"
    (root / "scripts").mkdir(parents=True)
    for name in ("_config.yml", "pyproject.toml", "book", "modules", "quizzes"):
        (root / name).symlink_to(ROOT / name)
    (root / "scripts" / "requirements").symlink_to(ROOT / "scripts" / "requirements")
    monkeypatch.setattr("imlcourse.checks.load.load_course", lambda *_, **__: real_course())
    build(root, packages=OF_PART, part=TWO)
    assert [path.name for path in (root / "_build").iterdir()] == ["slices"]
    here, there = (handed_out(one / "slices" / "m06-m09") for one in (built, root / "_build"))
    assert list(here) == list(there)
    assert [path for path in here if here[path] != there[path]] == []
    assert {path.partition("/")[0] for path in here} == {
        *("book", "book-src", "notebooks", "offline", "trainers", "packages")
    }


def handed_out(folder: Path) -> dict[str, bytes]:
    """Give all files but those that builds keep for themselves."""
    named = {path.relative_to(folder): path for path in sorted(folder.rglob("*"))}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in named.items()
        if path.is_file() and not any(part.startswith(".") for part in name.parts)
    }


def test_it_stands_in_a_folder_of_its_own(built: Path) -> None:
    place = built / "slices" / "m06-m09"
    name = "migrants-rights-in-practice-0.1.0-m06-m09"
    # What a person sees there is handed out; what builds keep is hidden.
    assert {path.name for path in place.iterdir() if path.name[0] != "."} == {
        *("book", "book-src", "notebooks", "offline", "trainers", "packages")
    }
    file = place / "packages" / "one-file" / f"{name}.html"
    assert file.stat().st_size < 800_000
    assert (place / "offline" / f"{name}.zip").stat().st_size < 700_000
    again = course(built.parent, "build", "--only", "m09,m06")
    assert "Nothing has changed" in again.stdout


def test_every_link_and_every_file_that_its_pages_load_is_there(built: Path) -> None:
    for folder in (built / "slices" / "m06-m09" / "book", offline(built)):
        lost = {(page.name, link) for page in folder.rglob("*.html") for link in _lost(page)}
        assert lost == set()
        script = (folder / "search-index.js").read_text("utf-8")
        assert {folder / one.address.partition("#")[0] for one in read_index(script)} <= set(
            folder.rglob("*.html")
        )


_ID = re.compile(r"""\bid=(?:"([^"]*)"|([^\s>]+))""")


@cache
def _ids(page: Path) -> set[str]:
    return {unescape(a or b) for a, b in _ID.findall(page.read_text("utf-8"))}


def _lost(page: Path) -> Iterator[str]:
    found = re.findall(r"\b(?:href|src)=(\"[^\"]*\"|[^\s>]+)", page.read_text("utf-8"))
    for link in {unescape(one.strip('"')) for one in found}:
        address, place = urldefrag(link)
        if re.match(r"[a-z]+:", address):
            continue
        target = (page.parent / unquote(address)).resolve() if address else page
        if not target.exists():
            yield link
        # What stands behind “=” is a choice, and no place.
        page_of_place = target.suffix == ".html" and place and "=" not in place
        if page_of_place and target.exists() and unquote(place) not in _ids(target):
            yield link


def offline(built: Path) -> Path:
    (folder,) = (
        path for path in (built / "slices" / "m06-m09" / "offline").iterdir() if path.is_dir()
    )
    return folder


@pytest.mark.parametrize("shape", ["folder", "one file"])
def test_one_learns_searches_and_sees_how_far_one_is(
    shape: str, built: Path, browser: Browser
) -> None:
    log = Watch()
    window = browser.new_context(viewport=WIDE if shape == "folder" else PHONE, offline=True)
    page = log.on(window.new_page())
    (file,) = (built / "slices" / "m06-m09" / "packages" / "one-file").glob("*.html")
    start = offline(built).as_uri() if shape == "folder" else f"{file.as_uri()}#"

    def visit(name: str) -> Page:
        page.goto("about:blank")
        page.goto(f"{start}/{name}")
        return page

    visit("index.html")
    expect(page.locator(".iml-slice")).to_contain_text("a part of the course (Module 6 and Mod")
    page.get_by_text("What is not in this copy").click()
    expect(page.locator(".iml-slice li")).to_have_count(12)
    page.get_by_role("button", name="Border and immigration officers").click()
    track = page.locator("[data-iml-track=border]")
    expect(track).to_contain_text("2 of the 5 modules of this track")
    if shape == "folder":
        assert violations(page) == []
    # A question, and what its text names elsewhere.
    visit("modules/m09.html")
    box = page.locator("[data-iml-item]:visible").first
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".iml-feedback, [role=status]").first).not_to_be_empty()
    note = page.get_by_text("Module 11: Health and children [not in this copy]")
    expect(note).to_have_count(1)
    assert note.locator("xpath=self::a").count() == 0
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2")
    # How far one is: of what is here.
    visit("my-progress.html")
    facts = page.locator(".iml-facts")
    expect(facts).to_contain_text("Modules in this copy")
    expect(facts).to_contain_text("0 of 2")
    # The search.
    visit("search.html")
    page.locator("#iml-query").fill("passports taken away")
    page.keyboard.press("Enter")
    expect(page.locator("#iml-results a").first).to_be_visible()
    assert (log.errors, log.requests) == ([], [])
    window.close()
