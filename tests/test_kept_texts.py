"""Texts of modules that are kept between processes: which change makes which of them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from imlcourse.bench.beside import copy_course
from imlcourse.book import sources
from imlcourse.book.cache import Cache
from imlcourse.book.kept import KeptTexts
from imlcourse.checks.load import load_course
from imlcourse.course.contents import PLANS
from imlcourse.course.model import Course, Slice
from imlcourse.course.module import Module
from imlcourse.course.reader import Reader
from imlcourse.course.session import plan_page
from imlcourse.pages import book_pages
from small_course import ROOT, write_small_course
from test_reading_again import with_second_module

MODULE, SECOND = "modules/m01-who-answers/module.md", "modules/m02-who-asks/module.md"
BANK, SECOND_BANK = "quizzes/m01.yml", "quizzes/m02.yml"
BOTH, FIRST, ONLY_SECOND, NONE = ["m01", "m02"], ["m01"], ["m02"], list[str]()


class Making:
    """A course of two modules, and what is made of it again and again."""

    def __init__(self, root: Path) -> None:
        self.root = with_second_module(write_small_course(root / "course"))
        self._folder = root / "cache"
        self._reader = Reader()
        self._living = KeptTexts()
        self.first = {path: path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def course(self) -> Course:
        return load_course(self.root, reader=self._reader)

    def anew(self, kept: KeptTexts | None = None) -> tuple[list[str], bool]:
        """Give the modules whose text is made, and whether what follows from all banks is."""
        made: list[str] = []
        of_banks: list[bool] = []
        cache = Cache(self._folder, "program")
        kept = kept or KeptTexts(cache)

        def notebook(_: Course, module: Module) -> str:
            made.append(module.id)
            return f"notebook of {module.title}"

        def banks(course: Course) -> dict[str, str]:
            of_banks.append(True)
            return {name: bank.module for name, bank in course.banks.items()}

        course = self.course()
        assert kept.make("notebook", notebook, course) == [
            f"notebook of {module.title}" for module in course.modules.values()
        ]
        assert kept.make_of_banks("banks", banks, course) == {"m01": "m01", "m02": "m02"}
        cache.commit(sweep=False)
        return made, bool(of_banks)

    def living(self) -> tuple[list[str], bool]:
        """The same of a preview, which goes on with what it holds."""
        return self.anew(self._living)

    def mend(self) -> None:
        for path in self.root.rglob("*"):
            if path.is_file() and path not in self.first:
                path.unlink()
        for path, data in self.first.items():
            if not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Making:
    making = Making(tmp_path_factory.mktemp("kept"))
    making.anew()
    making.living()
    return making


@pytest.fixture
def making(whole: Making) -> Iterator[Making]:
    yield whole
    whole.mend()
    whole.living()


@pytest.mark.parametrize(
    ("name", "old", "new", "modules", "banks"),
    [
        # what a module alone shows
        (MODULE, "A family waits.", "A family hopes.", FIRST, False),
        (SECOND, "Compare {module}`m01`.", "See {module}`m01`.", ONLY_SECOND, False),
        ("modules/m01-who-answers/duty.svg", 'r="40" fill', 'r="41" fill', FIRST, False),
        (BANK, "giving assistance", "giving some assistance", FIRST, True),
        (SECOND_BANK, "giving assistance", "giving some assistance", ONLY_SECOND, True),
        # what links of other modules show
        (MODULE, "title: Who answers for rights", "title: Who answers", BOTH, True),
        (SECOND, "## Who has the duty", "## Whose duty it is", BOTH, True),
        (BANK, "title: A note", "title: A longer note", BOTH, True),
        # what all share
        ("book/glossary.yml", "Protection that", "The protection that", BOTH, True),
        ("book/instruments.yml", "about: It matters.", "about: It matters much.", BOTH, True),
        ("book/for-learners.md", "# For learners", "# For all learners", BOTH, True),
        ("book/texts.yml", "texts:", "texts:  ", BOTH, True),
        ("book/_toc.yml", "caption: Part one", "caption: One part", BOTH, True),
        ("book/office.yml", "name: Legal aid", "name: Aid in law", BOTH, True),
        # where an item is read of, which follows from the module's text
        (MODULE, "m01-i06\n:::\n\n", "m01-i06\n:::\n\nWords.\n\n", FIRST, False),
    ],
)  # fmt: skip
def test_a_change_makes_anew_what_shows_it_and_nothing_else(
    making: Making, name: str, old: str, new: str, modules: list[str], banks: bool
) -> None:
    path = making.root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert making.anew() == (modules, banks)
    assert making.anew() == (NONE, False)


def test_what_a_preview_holds_follows_the_same_changes(making: Making) -> None:
    assert making.living() == (NONE, False)
    path = making.root / MODULE
    path.write_text(path.read_text("utf-8").replace("A family waits.", "They wait."), "utf-8")
    assert making.living() == (FIRST, False)
    path = making.root / "modules/m01-who-answers/duty.svg"
    path.write_text(path.read_text("utf-8").replace('r="40" fill', 'r="41" fill'), "utf-8")
    assert making.living() == (FIRST, False)
    path = making.root / SECOND_BANK
    path.write_text(path.read_text("utf-8").replace("giving assis", "some assis"), "utf-8")
    assert making.living() == (ONLY_SECOND, True)
    path = making.root / "book/glossary.yml"
    path.write_text(path.read_text("utf-8").replace("Protection that", "What"), "utf-8")
    assert making.living() == (BOTH, True)
    assert making.living() == (NONE, False)


def test_whoever_holds_what_is_kept_sees_what_has_changed_since(
    making: Making, tmp_path: Path
) -> None:
    kept = KeptTexts(Cache(tmp_path, "program"))
    assert making.anew(kept) == (BOTH, True)
    path = making.root / "book/glossary.yml"
    path.write_text(path.read_text("utf-8").replace("Protection that", "What"), "utf-8")
    assert making.anew(kept) == (BOTH, True)
    assert making.anew(kept) == (NONE, False)


def test_a_part_of_a_course_by_another_name_is_another_one(making: Making, tmp_path: Path) -> None:
    course = making.course()
    made: list[str] = []

    def notebook(of: Course, module: Module) -> str:
        assert of.slice
        made.append(f"{module.id} in {of.slice.name}")
        return made[-1]

    for name in ("m01-m02", "part-1", "m01-m02"):
        cache = Cache(tmp_path, "program")
        part = replace(course, slice=Slice(course, name, "two modules"))
        kept = KeptTexts(cache).make("notebook", notebook, part)
        assert kept == [f"m01 in {name}", f"m02 in {name}"]
        cache.commit(sweep=False)
    assert made == [f"{id_} in {name}" for name in ("m01-m02", "part-1") for id_ in course.modules]


def test_a_text_of_any_signs_is_kept_as_it_was_made(making: Making, tmp_path: Path) -> None:
    course = making.course()
    text = "half a sign: \ud800, and whole ones: 😀 \r\n"
    for _ in range(2):
        cache = Cache(tmp_path, "program")
        kept = KeptTexts(cache).make("notebook", lambda *_: text, course)
        assert kept == [text, text]
        cache.commit(sweep=False)


def test_another_kind_is_kept_by_itself(making: Making, tmp_path: Path) -> None:
    cache = Cache(tmp_path, "program")
    course, kept = making.course(), KeptTexts(cache)
    one = kept.make("one", lambda _, module: f"one of {module.id}", course)
    other = kept.make("other", lambda _, module: f"other of {module.id}", course)
    assert (one, other) == (["one of m01", "one of m02"], ["other of m01", "other of m02"])
    assert kept.make_of_banks("one", lambda _: {"a": "1"}, course) == {"a": "1"}
    assert kept.make_of_banks("other", lambda _: {"b": "2"}, course) == {"b": "2"}
    cache.commit()
    later = KeptTexts(Cache(tmp_path, "program"))
    assert later.make("other", lambda *_: "made anew", course) == other
    assert later.make_of_banks("other", lambda _: {}, course) == {"b": "2"}


def test_without_a_folder_all_is_made_and_given_again(making: Making) -> None:
    course, kept = making.course(), KeptTexts()
    assert kept.make("one", lambda _, module: module.id, course) == ["m01", "m02"]
    assert kept.make("one", lambda *_: "anew", course) == ["m01", "m02"]
    assert kept.make_of_banks("one", lambda _: {"a": "1"}, course) == {"a": "1"}
    assert kept.make_of_banks("one", lambda _: {}, course) == {"a": "1"}


# --- pages of the course itself -------------------------------------------------------------------


def test_pages_that_are_kept_follow_whatever_they_show_of_modules(tmp_path: Path) -> None:
    """Law boxes, facts, titles of sections and minutes stand on other pages too."""
    root, reader = tmp_path / "course", Reader()
    copy_course(ROOT, root)

    def made_anew() -> bool:
        """Say whether they are, having seen that they are what they would be."""
        course, cache = load_course(root, reader=reader), Cache(tmp_path / "cache", "program")
        kept, shown = KeptTexts(cache), sources._shown(course)
        plans = dict.fromkeys(map(plan_page, course.sessions), "a plan")
        pages = sources._pages(course, kept, plans, shown)
        anew = book_pages(course)
        assert {name: anew[name] for name in pages} == pages
        assert set(anew) - set(pages) == {PLANS, *plans}
        before = set(tmp_path.glob("cache/pages-*"))
        cache.commit(sweep=False)
        return set(tmp_path.glob("cache/pages-*")) != before

    assert made_anew()
    assert not made_anew()
    module = next((root / "modules").glob("m01-*")) / "module.md"
    text = module.read_text("utf-8")
    for pattern, new, is_shown in (
        (r"(:::\{law\} )", r"\1Once more: ", True),
        (r"(\n## [^\n]*)", r"\1 and more", True),
        (r"\n\n(:::\{law\})", f"\n\n{'Many words are read. ' * 60}\n\n\\1", True),
        (r"\n\n(:::\{law\})", r"\n\nTwo words.\n\n\1", False),
    ):
        changed = re.sub(pattern, new, text, count=1)
        assert changed != text, pattern
        module.write_text(changed, "utf-8")
        assert made_anew() is is_shown, pattern
    module.write_text(text, "utf-8")
    assert not made_anew()
    # Two modules change facts: neither gets longer.
    other = next((root / "modules").glob("m02-*")) / "module.md"
    ours, theirs = "new-york-declaration", "constitution-amended"
    for path, old, new in ((module, ours, theirs), (other, theirs, ours)):
        path.write_text(path.read_text("utf-8").replace(f"{{since}} {old}", f"{{since}} {new}"))
    assert made_anew()
