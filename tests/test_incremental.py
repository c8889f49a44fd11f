"""Builds that go on from the last one: the same bytes as from nothing, whatever came between."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from broken_off import changes_in, killed_at, left_by_killed
from conftest import COMMANDS, course
from copied import copied
from imlcourse.book.cache import Cache
from imlcourse.book.kept import KeptTexts
from imlcourse.book.sources import book_sources
from imlcourse.build.build import build, up_to_date, what_is_made
from imlcourse.build.transaction import BuildError, locked
from imlcourse.cli import main
from imlcourse.products import PRODUCTS, Files, Making, Opening, Product, in_order
from imlcourse.products.packages import PACKAGES
from plain_yaml import dump_yaml, load_yaml
from small_course import BANK, ROOT, load_again, write_small_course

PLACES = [product.place for product in PRODUCTS]
LIGHT = [package.name for package in PACKAGES if package.light]
MODULE = "modules/m01-who-answers/module.md"
CODES = "_static/course-items.js"
"""Where the pages find what result codes hold."""

unix = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")


def standing(root: Path, *more: str) -> dict[str, bytes]:
    """Everything that the last build put in place; packages are put there one by one, after it."""
    made = root / "_build"
    return {
        path.relative_to(made).as_posix(): path.read_bytes()
        for place in (*PLACES, *more)
        for path in sorted((made / place).rglob("*"))
        if path.is_file() and path.name not in (".state.json", ".lock")
    }


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"no {old!r} in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def from_nothing(root: Path, to: Path) -> dict[str, bytes]:
    """Build a copy of the sources that has never been built."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns("_build"))
    build(to, packages=LIGHT)
    made = standing(to, "packages")
    shutil.rmtree(to)
    return made


# --- edits ------------------------------------------------------------------------------------


class Author:
    """Somebody who edits the small course, and keeps it without a problem."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.number = 0
        self.edits: list[Callable[[], None]] = [
            self.text, self.item, self.test_item, self.title, self.heading, self.term, self.drawing,
            self.caption, self.page_comes_or_goes, self.course_title, self.nothing,
            self.module_comes_or_goes, self.other_module,
        ]  # fmt: skip

    def do(self, edit: Callable[[], None]) -> str:
        """Edit something, and say what."""
        self.number += 1
        edit()
        return edit.__name__

    def _put(self, name: str, begins: str, ends: str, text: str) -> None:
        path = self.root / name
        old = path.read_text(encoding="utf-8")
        start = old.index(begins) + len(begins)
        path.write_text(old[:start] + text + old[old.index(ends, start) :], encoding="utf-8")

    def text(self) -> None:
        self._put(MODULE, "A family waits", " *Who*", f" for {self.number} hours.")

    def item(self) -> None:
        self._put(
            "quizzes/m01.yml",
            "feedback: The document says so of IOM itself",
            "\n",
            f", {self.number} times.",
        )

    def test_item(self) -> None:
        self._put("quizzes/m01.yml", "feedback: First she must know them", "}", f" ({self.number})")

    def title(self) -> None:
        self._put("book/for-learners.md", "# For learners", "\n", f" of year {self.number}")

    def heading(self) -> None:
        self._put(MODULE, "## What help does", "\n", f" ({self.number})")

    def term(self) -> None:
        self._put("book/glossary.yml", "gives in effect", ";", f" {self.number} times")

    def drawing(self) -> None:
        self._put("modules/m01-who-answers/duty.svg", 'cx="50" cy="50" r="4', '"', f"{self.number}")

    def caption(self) -> None:
        self._put("book/_toc.yml", "caption: Part one", "\n", f" of {self.number}")

    def course_title(self) -> None:
        self._put("book/course.yml", "subtitle: ", "\n", f"For the officials of {self.number}")

    def page_comes_or_goes(self) -> None:
        page, line = self.root / "book" / "more.md", "      - file: more\n"
        toc = self.root / "book" / "_toc.yml"
        if page.exists():
            page.unlink()
            change(toc, line, "")
        else:
            page.write_text("# More\n\nRead {page}`for-learners`.\n", encoding="utf-8")
            change(toc, "      - file: paragraph-guide\n", f"{line}      - file: paragraph-guide\n")

    def module_comes_or_goes(self) -> None:
        folder, bank = self.root / "modules" / "m02-more", self.root / "quizzes" / "m02.yml"
        toc, line = self.root / "book" / "_toc.yml", "      - file: modules/m02\n"
        if folder.exists():
            shutil.rmtree(folder)
            bank.unlink()
            change(toc, line, "")
            return
        shutil.copytree(self.root / "modules" / "m01-who-answers", folder)
        page = folder / "module.md"
        text = page.read_text(encoding="utf-8").replace("m01", "m02")
        sheet = text.index(":::{worksheet}")
        text = text[:sheet].replace("title: Who answers", "title: Who else answers")
        page.write_text(text.rstrip() + "\n", encoding="utf-8")
        bank.write_text(second_bank(), encoding="utf-8")
        change(toc, "      - file: m01-note\n", f"{line}      - file: m01-note\n")

    def other_module(self) -> None:
        module = self.root / "modules" / "m02-more" / "module.md"
        if module.exists():
            self._put(module.relative_to(self.root).as_posix(), "title: Who else", "\n",
                      f" answers ({self.number})")  # fmt: skip

    def nothing(self) -> None:
        pass


def second_bank() -> str:
    """Give the bank of a second module, which has no worksheet."""
    bank = load_yaml(BANK)
    del bank["worksheets"]
    for item in bank["items"]:
        item["stem"] = f"Once more: {item['stem']}"
    return re.sub("m01", "m02", dump_yaml(bank))


def test_after_any_edits_a_build_gives_what_a_build_from_nothing_gives(
    built_course: Path, tmp_path: Path
) -> None:
    root = built_course
    author = Author(root)
    done: list[str] = []
    for number, edits in enumerate(apart(author)):
        done += [author.do(edit) for edit in edits]
        build(root)
        assert up_to_date(root)
        expected = from_nothing(root, tmp_path / f"copy-{number}")
        made = standing(root, "packages")
        assert list(made) == list(expected), done
        assert [name for name in made if made[name] != expected[name]] == [], done
    assert {edit.__name__ for edit in author.edits} <= set(done)


def apart(author: Author) -> Iterator[list[Callable[[], None]]]:
    """Give every edit; between two builds those alone of which none makes anew what others do.

    So whatever is kept in spite of an edit is found.
    """
    yield [author.drawing]
    yield [author.item, author.nothing]
    yield [author.text, author.test_item]
    yield [author.title, author.caption]
    yield [author.term, author.course_title]
    yield [author.module_comes_or_goes, author.page_comes_or_goes]
    yield [author.heading, author.other_module]
    yield [author.module_comes_or_goes, author.page_comes_or_goes]


PLAN = """\
---
title: At the desk
materials:
  - {kind: keypoints, for: each}
---
:::{purpose}
People leave able to say who has the duty.
:::

:::{prepare} week
- Do the module yourself.
:::

:::{prepare} day
- Print the key points.
:::

:::{prepare} room
- Put the chairs in a circle.
:::

:::{activity} A family waits
:minutes: 45
:method: debrief
:uses: keypoints
1. Ask who is to act, and hand out the key points.
:::

:::{say}
Today we stop at the desk.
:::

:::{cut} The circle
:minutes: 5
Stay where you are.
:::

:::{extend} A case of your own
:minutes: 5
Ask for one.
:::

:::{people} 8
One circle.
:::

:::{people} 20
Two circles.
:::

:::{people} 40
Four circles.
:::

:::{sensitive} content
Say what may be hard to hear.
:::

:::{sensitive} disclosure
Listen, and promise nothing.
:::

:::{sensitive} hostile
Ask for the reason.
:::
"""


def test_session_plans_and_codes_that_are_kept_follow_what_they_show(
    small_course: Path, tmp_path: Path
) -> None:
    root = small_course
    plan = root / "modules" / "m01-who-answers" / "session.md"
    plan.write_text(PLAN, encoding="utf-8")
    shutil.copyfile(ROOT / "book" / "training.yml", root / "book" / "training.yml")
    with (root / "book" / "_toc.yml").open("a", encoding="utf-8") as contents:
        contents.write("      - file: session-plans\n      - file: group-results\n")
    cache = Cache(tmp_path / "cache", "test")
    preview = KeptTexts(cache)
    before = book_sources(load_again(root), kept=preview)
    cache.commit()
    for path, old, new, shown in (
        (plan, "Today we stop", "Today we all stop", "session-m01.md"),
        (root / "quizzes" / "m01.yml", "In which order", "Once more, in which order", CODES),
        (root / MODULE, "title: Who answers", "title: Who really answers", "session-m01.md"),
    ):
        change(path, old, new)
        course = load_again(root)
        after = book_sources(course)
        assert after[shown] != before[shown]
        # In one process, and in one that begins with what others kept.
        assert book_sources(course, kept=preview) == after
        assert book_sources(course, kept=KeptTexts(cache)) == after
        before = after


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MODULE, "A family waits", "One family waits"),
        ("quizzes/m01.yml", "A note", "A longer note"),
    ],
)
def test_a_file_that_is_saved_while_it_is_built_leaves_nothing_wrong_behind(
    built_course: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    old: str,
    new: str,
) -> None:
    """Some of what is made then is of what was read before, and some of what stands there now."""

    def saved_meanwhile(*given: Any) -> dict[str, str]:
        change(built_course / name, old, new)
        return book_sources(*given)

    change(built_course / MODULE, "title: Who answers", "title: Who still answers")
    with monkeypatch.context() as patch:
        patch.setattr("imlcourse.book.sources.book_sources", saved_meanwhile)
        build(built_course, packages=LIGHT)
    assert not up_to_date(built_course)
    build(built_course, packages=LIGHT)
    made = standing(built_course, "packages")
    assert made == from_nothing(built_course, tmp_path / "anew")


def test_how_long_a_module_takes_makes_no_other_page_anew(built_course: Path) -> None:
    cache = built_course / "_build" / ".cache"
    before = {path.name for path in cache.glob("page-*")}
    page = built_course / "_build" / "book" / "modules" / "m01.html"

    def steps() -> list[str]:
        return re.findall(r"iml-minutes>[^<]*", page.read_text("utf-8"))

    minutes = steps()
    change(built_course / MODULE, "A family waits", f"A family waits {'a long time ' * 200}")
    build(built_course)
    # Its own, and the cover, which names the hours of the whole.
    assert len(before - {path.name for path in cache.glob("page-*")}) <= 2
    assert steps() != minutes


# --- broken off --------------------------------------------------------------------------------


@unix
def test_killed_at_any_step_what_is_called_up_to_date_is_and_nothing_is_left(
    built_course: Path, tmp_path: Path
) -> None:
    root = built_course
    module = root / MODULE
    first_text = module.read_text(encoding="utf-8")
    first = standing(root)
    change(module, "A family waits.", "A family hopes.")
    unbuilt = copied(root, tmp_path / "unbuilt")
    killed = copied(root, tmp_path / "killed")
    changes = changes_in(lambda: build(root))
    second = standing(root)
    # The folders of the book change places, each in two steps, and later those of the packages.
    moved = [at for at, change in enumerate(changes) if change == "rename"]
    places = moved[: 2 * len(PLACES)]
    chosen = {
        *random.Random(4).sample(range(places[0]), 2),
        *range(places[0] - 5, places[-1] + 3, 3),
        *range(moved[-1] - 17, len(changes), 7),
    }
    left = left_by_killed(unbuilt, chosen, lambda: build(unbuilt), tmp_path)
    assert standing(unbuilt) == second
    # One process is killed indeed.
    assert killed_at(killed, places[4])
    for copy in [*left, killed]:
        # The edit is taken back: never may the book of the withdrawn edit pass for this one.
        (copy / MODULE).write_text(first_text, encoding="utf-8")
        if up_to_date(copy):
            assert standing(copy) == first, copy
        else:
            assert standing(copy) in (first, second), copy  # whole in either case
            build(copy)
        assert standing(copy) == first, copy
        there = {path.name for path in (copy / "_build").iterdir()}
        caches = {".cache", ".package-cache", ".kit-cache"}
        assert there == {*PLACES, *caches, "packages", ".state.json", ".lock"}, copy
        packed = {path.name for path in (copy / "_build" / "packages").iterdir()}
        assert packed == {*LIGHT, "SHA256SUMS", ".state.json"}, copy


def test_a_second_build_at_once_waits_and_both_end_well(built_course: Path) -> None:
    change(built_course / MODULE, "A family waits", "A family hopes")
    both = COMMANDS.run_at_once([["--course", str(built_course), "build"]] * 2)
    assert [done.returncode for done in both] == [0, 0], both
    assert "Traceback" not in str(both)
    assert sum("waiting for it" in done.stderr for done in both) == 1
    assert up_to_date(built_course)


def test_a_build_that_waited_says_so_in_one_line(
    built_course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = built_course / "_build"
    held = ExitStack()
    held.enter_context(locked(folder))
    plain = FileLock.acquire

    def acquire(lock: FileLock, *given: Any, **named: Any) -> Any:
        if not named:  # without end: the other build ends meanwhile
            said.append(capsys.readouterr().err)
            held.close()
        return plain(lock, *given, **named)

    said: list[str] = []
    change(built_course / MODULE, "A family waits", "A family hopes")
    monkeypatch.setattr(FileLock, "acquire", acquire)
    assert main(["--course", str(built_course), "build"]) == 0
    assert said == ["Another build of this course is running; waiting for it.\n"]
    assert capsys.readouterr().err == ""
    assert up_to_date(built_course)


def test_leftovers_of_earlier_versions_are_swept(built_course: Path) -> None:
    for name in ("new-abc", ".old-book"):
        (built_course / "_build" / name / "html").mkdir(parents=True)
    build(built_course)
    made = built_course / "_build"
    assert not [*made.glob("new-*"), *made.glob(".old*")]
    hidden = (".cache", ".package-cache", ".state.json")
    for name in hidden:
        (made / name).rename(made / name[1:])
    assert up_to_date(built_course) is False
    build(built_course)
    there = {path.name for path in made.iterdir()}
    assert there.issuperset(hidden)
    assert there.isdisjoint(name[1:] for name in hidden)


@pytest.mark.parametrize(
    "ready",
    [
        {},
        [],
        {"places": 5, "gone": None},
        {"places": [5], "gone": []},
        {"places": ["../../beside"], "gone": []},
        {"places": [], "gone": ["../../beside"]},
    ],
)
def test_a_record_of_a_build_that_makes_no_sense_moves_nothing(
    built_course: Path, tmp_path: Path, ready: object
) -> None:
    stood = standing(built_course)
    (tmp_path / "beside").mkdir(exist_ok=True)
    new = built_course / "_build" / "next"
    new.mkdir()
    (new / "ready.json").write_text(json.dumps(ready), "utf-8")
    assert up_to_date(built_course)
    assert standing(built_course) == stood
    assert (tmp_path / "beside").is_dir()
    assert not new.exists()


def test_nothing_outside_the_build_folder_is_taken_for_an_earlier_build(built_course: Path) -> None:
    path = built_course / "_build" / ".state.json"
    state = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(state | {"places": ["../book"]}), "utf-8")
    build(built_course)
    assert (built_course / "book" / "index.md").is_file()


def test_what_is_kept_from_earlier_builds_is_swept_when_it_is_of_no_use(
    built_course: Path,
) -> None:
    cache = built_course / "_build" / ".cache"
    counts = []
    for number in range(2):
        change(built_course / MODULE, "A family waits", f"A family waits {number}")
        build(built_course)
        # Of templates, a process that goes on has no more need.
        counts.append(sum(not path.name.startswith("template-") for path in cache.iterdir()))
    assert counts[0] == counts[1]


def test_what_is_kept_and_was_tampered_with_is_not_used(built_course: Path) -> None:
    before = standing(built_course, "packages")
    for path in (built_course / "_build" / ".cache").iterdir():
        data = bytearray(path.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
    # Nothing that is made changes, and so all of it would be used.
    change(built_course / "book" / "glossary.yml", "terms:", "# A note.\nterms:")
    assert not up_to_date(built_course)
    build(built_course)
    assert standing(built_course, "packages") == before


# --- up to date --------------------------------------------------------------------------------


def same_size(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


SPOILT: dict[str, Callable[[Path], object]] = {
    "no sources": lambda made: shutil.rmtree(made / "book-src"),
    "no notebooks": lambda made: shutil.rmtree(made / "notebooks"),
    "page": lambda made: same_size(made / "book" / "glossary.html"),
    "zip": lambda made: same_size(next((made / "offline").glob("*.zip"))),
    "more": lambda made: (made / "book" / "more.html").write_text("x"),
    "record": lambda made: (made / ".state.json").write_text("[]"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_stands_is_compared_by_its_content(
    what: str, tmp_path: Path, built_small: Path
) -> None:
    root = copied(built_small, tmp_path / "course")
    assert up_to_date(root)
    SPOILT[what](root / "_build")
    assert not up_to_date(root)


def test_a_build_makes_good_whatever_was_spoilt(built_course: Path) -> None:
    before = standing(built_course)
    for spoil in SPOILT.values():
        spoil(built_course / "_build")
    build(built_course)
    assert standing(built_course) == before


@pytest.mark.parametrize(
    "name",
    ["_config.yml", MODULE, "quizzes/m01.yml", "book/glossary.yml", "pyproject.toml",
     "scripts/requirements/build.txt"],
)  # fmt: skip
def test_every_file_that_a_build_reads_counts(built_small: Path, name: str, tmp_path: Path) -> None:
    root = tmp_path / "course"
    copied(built_small, root)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(b"\n")
    assert not up_to_date(root)


@pytest.mark.parametrize(
    "name",
    ["modules/.#module.md", "book/~$index.md", "book/.ipynb_checkpoints/index.md",
     "quizzes/__pycache__/m01.yml"],
)  # fmt: skip
def test_what_a_program_leaves_beside_a_file_is_no_change(
    built_small: Path, name: str, tmp_path: Path
) -> None:
    root = tmp_path / "course"
    copied(built_small, root)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("left by the way", encoding="utf-8")
    assert up_to_date(root)


@unix
def test_a_module_folder_that_is_a_link_is_followed(built_course: Path, tmp_path: Path) -> None:
    folder = built_course / "modules" / "m01-who-answers"
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert up_to_date(built_course)
    change(elsewhere / "module.md", "A family waits", "A family hopes")
    assert not up_to_date(built_course)
    build(built_course)
    page = built_course / "_build" / "book" / "modules" / "m01.html"
    assert "A family hopes" in page.read_text(encoding="utf-8")


@unix
def test_a_link_that_leads_back_up_does_not_go_round_for_ever(built_course: Path) -> None:
    (built_course / "book" / "images").mkdir()
    (built_course / "book" / "images" / "up").symlink_to(built_course / "book")
    assert up_to_date(built_course)  # it brings no file


# --- names, places, disks ----------------------------------------------------------------------


@unix
def test_a_file_name_that_is_not_utf_8_is_no_hindrance(built_course: Path) -> None:
    folder = built_course / "book" / "images"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.svg")).touch()
    except OSError:
        pytest.skip("this disk takes no such name")
    checked, *built = (course(built_course, *words) for words in (["check"], ["build"], ["build"]))
    assert "Traceback" not in f"{checked.stderr}{built}"
    assert {done.returncode for done in built} == {checked.returncode}


def test_a_course_may_lie_in_a_folder_of_any_name(tmp_path: Path, built_small: Path) -> None:
    name = "ein Kurs für alle [1], 50% {x} #1"
    if os.name != "nt":  # which has no such names
        name += " a*b?c"
    root = write_small_course(tmp_path / name / "course")
    made = build(root)
    assert all(one.path.exists() and one.size for one in made)
    assert {one.path.relative_to(root / "_build").parts[0] for one in made} >= {
        *(product.place for product in PRODUCTS if product.openings),
        "packages",
    }
    assert standing(root, "packages") == standing(built_small, "packages")


def test_a_file_in_the_place_of_the_build_folder_is_one_message(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_course / "_build").write_text("mine", encoding="utf-8")
    assert main(["--course", str(small_course), "build"]) == 1
    said = capsys.readouterr().err
    assert said == (
        f"course: {small_course / '_build'} is a file, and a folder has to stand there; "
        "move it away\n"
    )
    assert (small_course / "_build").read_text(encoding="utf-8") == "mine"


def test_a_disk_that_is_full_changes_nothing(
    built_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(built_course)
    change(built_course / MODULE, "A family waits", "A family hopes")
    plain, left = Path.write_bytes, 3

    def full(path: Path, data: bytes) -> int:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(28, "No space left on device", str(path))
        return plain(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        build(built_course)
    assert standing(built_course) == before
    assert not (built_course / "_build" / "next").exists()


def test_a_folder_that_cannot_be_written_to_is_one_message(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(BuildError, match=r"_build cannot be made \(Read-only file system\)"):
        build(small_course)


def test_a_file_where_a_product_belongs_is_replaced(built_course: Path) -> None:
    shutil.rmtree(built_course / "_build" / "book")
    (built_course / "_build" / "book").write_text("x", encoding="utf-8")
    build(built_course)
    assert (built_course / "_build" / "book" / "index.html").is_file()


# --- products ----------------------------------------------------------------------------------


def a_poster(making: Making) -> Files:
    return {"poster.txt": f"{making.course.about.title}: {len(making.made['book'])}".encode()}


POSTER = Product(
    "poster",
    "a poster",
    "poster",
    a_poster,
    needs=("book",),
    openings=(Opening("Poster, to hang up", "poster.txt"),),
)


def test_a_product_more_is_one_line_in_the_registry(
    built_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    poster = built_course / "_build" / "poster"
    (built_course / "_build" / ".state.json").unlink()  # of a program without the line
    with monkeypatch.context() as patch:
        patch.setattr("imlcourse.products.PRODUCTS", PRODUCTS)
        PRODUCTS.append(POSTER)
        try:
            with pytest.raises(SystemExit):
                main(["--course", str(built_course), "build", "--help"])
            assert "a poster" in " ".join(capsys.readouterr().out.split())
            assert main(["--course", str(built_course), "build"]) == 0
            assert "Poster, to hang up" in capsys.readouterr().out
            # Its loss is noticed.
            (poster / "poster.txt").unlink()
            assert not up_to_date(built_course)
            build(built_course)
            assert (poster / "poster.txt").is_file()
        finally:
            PRODUCTS.remove(POSTER)
    # A version that does not know it takes it away.
    build(built_course)
    assert not poster.exists()
    assert "poster" not in {made.path.parent.name for made in what_is_made(built_course)}


def test_what_a_product_needs_is_made_before_it() -> None:
    names = [product.name for product in in_order()]
    assert sorted(names) == sorted(product.name for product in PRODUCTS)
    for product in PRODUCTS:
        assert all(names.index(needed) < names.index(product.name) for needed in product.needs)


def test_the_readme_names_every_product() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## What is made") : readme.index("## While you write")]
    for product in PRODUCTS:
        assert f"`{product.place}/" in table, product.name


def test_the_state_says_nothing_while_folders_change_places(
    built_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    plain = Path.rename

    def look(path: Path, to: Path) -> Path:
        if path.name in PLACES:
            seen.append((built_course / "_build" / ".state.json").exists())
        return plain(path, to)

    monkeypatch.setattr(Path, "rename", look)
    change(built_course / MODULE, "A family waits", "A family hopes")
    build(built_course)
    assert seen and not any(seen)
