"""A course that is loaded again is the course that it would be if loaded for the first time."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imlcourse import checks
from imlcourse.book.kept import KeptTexts
from imlcourse.book.sources import book_sources
from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.reader import Reader
from imlcourse.course.sources import Sources
from imlcourse.document.quotations import DocumentIndex
from imlcourse.markup.problems import CourseError, Problems
from small_course import spoil, write_small_course
from translated_course import translated_course

MODULE = "modules/m01-who-answers/module.md"
EDITS = (
    # What is right, and what is wrong, in every kind of file.
    (MODULE, "A family waits.", "A family waits at night."),
    (MODULE, "{para}`9`", "{para}`25`"),
    (MODULE, "title: Who answers for rights", "title: Who answers"),
    (MODULE, "id: m01\n", "id: m02\n"),
    (MODULE, "## Who has the duty", "## Whose duty it is"),
    (MODULE, ":::{keypoints}", ":::{keypoint}"),
    ("modules/m01-who-answers/duty.svg", "<svg ", '<svg width="9" '),
    ("modules/m02-who-asks/module.md", "At the desk", "In the hall"),
    ("quizzes/m01.yml", "title: A note", "title: A longer note"),
    (MODULE, "<9>`", "<8>`"),
    ("quizzes/m01.yml", "level: understand", "level: know"),
    ("quizzes/m01.yml", "giving assistance", "giving some assistance"),
    ("quizzes/m01.yml", "- id: m01-i02", "- id: m01-i01"),
    ("quizzes/m01.yml", "pass_mark: 70", "pass_mark: 700"),
    ("book/glossary.yml", "- id:", "- name:"),
    ("book/glossary.yml", "definition: ", "definition: Once, "),
    ("book/course.yml", "title: ", "title: The "),
    ("book/course.yml", "language: en", "language: xx"),
    ("book/digest.yml", "units:", "unit:"),
    ("book/since.yml", "2026", "2008"),
    ("book/matrix.yml", "rights:", "rights: &a"),
    ("book/atlas.yml", "kind: ", "kind: no-"),
    ("book/_toc.yml", "- file: modules/m01", "- file: modules/m02"),
    ("book/for-learners.md", "#", "# The"),
    ("book/document.yml", "date: ", "day: "),
    ("book/document.yml", "paragraphs: 24", "paragraphs: 23"),
    ("book/document.yml", "2009-11-12", "1999-11-12"),
    ("book/document-index.json", '"', "'"),
    ("_config.yml", "sphinx", "sphynx"),
)
FILES = tuple(dict.fromkeys(name for name, _, _ in EDITS))


def loaded(root: Path, reader: Reader | None, kept: KeptTexts | None = None) -> Any:
    """The course and its book, taken apart so that they can be compared, or its problems."""
    try:
        course = load_course(root, reader=reader)
    except CourseError as error:
        return error.problems
    if kept:
        assert book_sources(course, kept=kept) == book_sources(course)
    parts = {field.name: getattr(course, field.name) for field in fields(course)}
    index = parts.pop("index")
    assert isinstance(index, DocumentIndex)
    return parts, index.units, index.title_marks, course.orders, list(parts["modules"])


def with_second_module(root: Path) -> Path:
    """Give a course a second module, which links to the first."""
    for name, other in (
        ("modules/m01-who-answers", "modules/m02-who-asks"),
        ("quizzes/m01.yml", "quizzes/m02.yml"),
    ):
        path = root / other
        if (root / name).is_dir():
            shutil.copytree(root / name, path)
            path = path / "module.md"
        text = (
            (root / name).read_text("utf-8") if path.suffix == ".yml" else path.read_text("utf-8")
        )
        text = text.replace("m01", "m02").replace("    stem: ", "    stem: Once more. ")
        path.write_text(text.replace("A family waits.", "Compare {module}`m01`."), "utf-8")
    toc = root / "book" / "_toc.yml"
    text = toc.read_text("utf-8")
    more = "      - file: modules/m02\n      - file: m02-note\n"
    toc.write_text(
        text.replace("      - file: m01-note\n", f"      - file: m01-note\n{more}"), "utf-8"
    )
    return root


@st.composite
def _edit(draw: st.DrawFn) -> tuple[str, Any]:
    kind = draw(st.sampled_from(("change", "change", "change", "back", "delete", "touch", "copy")))
    if kind == "change":
        return kind, draw(st.sampled_from(EDITS))
    return kind, (draw(st.sampled_from(FILES)), draw(st.sampled_from(FILES)))


def _do(root: Path, kind: str, what: Any, first: dict[str, bytes]) -> None:
    path = root / what[0]
    if kind == "change" and path.is_file():
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(what[1], what[2], 1), encoding="utf-8")
    elif kind == "back":
        path.write_bytes(first[what[0]])
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif kind == "touch" and path.is_file():
        os.utime(path, (1, 1))
    elif kind == "copy":
        path.write_bytes(first[what[1]])


@given(st.lists(_edit(), min_size=1, max_size=6))
@settings(max_examples=10)
def test_whatever_is_edited_reading_again_gives_what_reading_anew_gives(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, Any]]
) -> None:
    root = with_second_module(write_small_course(tmp_path_factory.mktemp("edited") / "course"))
    first = {name: (root / name).read_bytes() for name in FILES}
    reader, kept = Reader(), KeptTexts()
    book_sources(load_course(root, reader=reader), kept=kept)
    for kind, what in edits:
        _do(root, kind, what, first)
        anew = loaded(root, None)
        assert loaded(root, reader, kept) == anew
        assert loaded(root, reader) == anew
    shutil.rmtree(root)


def test_only_what_has_changed_is_read_again(small_course: Path) -> None:
    reader = Reader()
    before = load_course(small_course, reader=reader)
    module = small_course / MODULE
    module.write_text(module.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    after = load_course(small_course, reader=reader)
    assert after.banks["m01"] is before.banks["m01"]
    assert after.pages["index"] is before.pages["index"]
    assert after.modules["m01"] is not before.modules["m01"]


def test_problems_of_a_file_that_was_not_read_again_are_told_again(small_course: Path) -> None:
    bank = small_course / "quizzes" / "m01.yml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("pass_mark: 70", "pass_mark: 0"))
    reader = Reader()
    first = loaded(small_course, reader)
    assert "pass_mark" in str(first)
    assert loaded(small_course, reader) == first


def test_a_file_saved_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("first")

    def slow(path: Path, problems: Problems) -> str:
        text = path.read_text()
        path.write_text("second")
        return text

    reader = Reader()
    problems = Problems(tmp_path)
    assert reader.read(slow, path, problems) == "first"
    path.write_text("first")
    path.write_text("second")
    assert reader.read(slow, path, problems) == "second"


def test_a_pipe_among_the_sources_is_one_problem_and_no_wait(small_course: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes among its files")
    (small_course / "book" / "glossary.yml").unlink()
    os.mkfifo(small_course / "book" / "glossary.yml")
    with pytest.raises(CourseError, match=r"glossary\.yml: cannot be read \(no plain file\)"):
        load_course(small_course)


def test_a_notebook_is_made_again_only_where_it_would_change(small_course: Path) -> None:
    root = with_second_module(small_course)
    reader, kept, made = Reader(), KeptTexts(), []

    def maker(course: Course, module: Module) -> str:
        made.append(module.id)
        return module.title

    def update() -> list[str]:
        made.clear()
        kept.make("notebook", maker, load_course(root, reader=reader))
        return list(made)

    assert update() == ["m01", "m02"]
    assert update() == []
    change = {name: (root / name).read_text("utf-8") for name in FILES}
    for name, old, new, wanted in (
        (MODULE, "A family waits.", "A family has waited.", ["m01"]),
        ("quizzes/m01.yml", "giving assistance", "giving some assistance", ["m01"]),
        ("modules/m01-who-answers/duty.svg", "<svg ", '<svg width="9" ', ["m01"]),
        # What others show of it.
        (MODULE, "title: Who answers for rights", "title: Who answers", ["m01", "m02"]),
        ("book/glossary.yml", "definition: ", "definition: Once, ", ["m01", "m02"]),
    ):
        (root / name).write_text(change[name].replace(old, new, 1), "utf-8")
        assert update() == wanted, name
        (root / name).write_text(change[name], "utf-8")
        update()


def test_a_notebook_is_made_again_when_a_drawing_of_it_changes(small_course: Path) -> None:
    module, scene = small_course / MODULE, small_course / "modules/m01-who-answers/scene.svg"
    scene.write_bytes((small_course / "modules/m01-who-answers/duty.svg").read_bytes())
    situation = ":::{situation} At the desk\n"
    text = module.read_text("utf-8")
    assert situation in text
    shown = f"{situation}:drawing: scene.svg\n:alt: A desk with a lamp.\n"
    module.write_text(text.replace(situation, shown), "utf-8")
    reader, kept, made = Reader(), KeptTexts(), []

    def maker(course: Course, module: Module) -> str:
        made.append(module.id)
        return module.title

    def update() -> list[str]:
        made.clear()
        kept.make("notebook", maker, load_course(small_course, reader=reader))
        return list(made)

    assert update() == ["m01"]
    for path in (scene, scene.with_name("duty.svg")):
        assert update() == []
        path.write_text(path.read_text("utf-8").replace("<svg ", '<svg width="9" ', 1), "utf-8")
        assert update() == ["m01"], path.name


def test_every_edit_of_this_specification_changes_its_file(small_course: Path) -> None:
    with_second_module(small_course)
    for name, old, new in EDITS:
        assert old != new
        assert old in (small_course / name).read_text(encoding="utf-8")


def test_a_reader_takes_over_what_another_process_read(small_course: Path) -> None:
    first = Reader()
    load_course(small_course, reader=first)
    assert first.read_anew
    again = Reader(first.dumped())
    course = load_course(small_course, reader=again)
    assert again.read_anew == 0
    assert [item.version for item in course.items] == [
        item.version for item in load_course(small_course).items
    ]
    spoil(small_course, "quizzes/m01.yml", "title: A note", "title: A longer note")
    once_more = Reader(again.dumped())
    load_course(small_course, reader=once_more)
    assert once_more.read_anew == 1


def _never(_: Any) -> None:
    """Stand for a check of item banks."""


def test_what_passed_is_checked_again_only_where_a_bank_has_changed(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[list[str]] = []

    def check(sources: Sources) -> None:
        checked.append(list(sources.banks))
        if "assistance" not in sources.banks["m01"].file.path.read_text("utf-8"):
            sources.problems.add(sources.root / "quizzes/m01.yml", 1, "no assistance")

    monkeypatch.setattr(checks, "CHECKS", (check,))
    monkeypatch.setattr(checks, "_OF_BANKS", {check})
    reader = Reader()
    load_course(small_course, reader=reader)
    load_course(small_course, reader=reader)
    spoil(small_course, MODULE, "A family waits.", "A family has waited.")
    load_course(small_course, reader=reader)
    assert checked == [["m01"]]
    good = (small_course / "quizzes/m01.yml").read_text("utf-8")
    (small_course / "quizzes/m01.yml").write_text(good.replace("assistance", "help"), "utf-8")
    for _ in range(2):  # what did not pass is told each time
        with pytest.raises(CourseError, match="no assistance"):
            load_course(small_course, reader=reader)
    (small_course / "quizzes/m01.yml").write_text(good, "utf-8")
    load_course(small_course, reader=reader)
    assert len(checked) == 3  # it is as it was when it passed
    spoil(small_course, "quizzes/m01.yml", "title: A note", "title: A longer note")
    load_course(small_course, reader=reader)
    assert len(checked) == 4


def test_banks_of_a_translation_are_checked_again_where_the_original_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, checked = translated_course(tmp_path / "course", "fr"), list[str]()

    def check(sources: Sources) -> None:
        checked.append(sources.language)

    monkeypatch.setattr(checks, "CHECKS", (check,))
    monkeypatch.setattr(checks, "_OF_BANKS", {check})
    reader = Reader()
    load_course(root, "fr", reader=reader)
    load_course(root, "fr", reader=reader)
    assert checked == ["fr"]
    spoil(root, "quizzes/m01.yml", "title: A note", "title: A longer note")
    load_course(root, "fr", reader=reader)
    assert checked == ["fr", "fr"]


def test_nothing_counts_as_checked_that_passed_beside_a_problem(small_course: Path) -> None:
    """What could not be read of a bank was not checked either."""
    reader = Reader()
    (small_course / "book/glossary.yml").write_text("- [", "utf-8")
    with pytest.raises(CourseError):
        load_course(small_course, reader=reader)
    banks = [small_course / "quizzes/m01.yml"]
    assert not any(reader.passed(one, banks, repr(["en"])) for one in checks.CHECKS)


def test_what_passed_passes_in_another_process_with_the_same_files_and_language_alone(
    small_course: Path,
) -> None:
    banks = [small_course / "quizzes/m01.yml"]
    first = Reader()
    first.passes(_never, banks, "en")
    assert not first.passed(_never, banks, "en")  # they were not read here
    load_course(small_course, reader=first)
    first.passes(_never, banks, "en")
    again = Reader(first.dumped())
    assert again.passed(_never, banks, "en")
    assert not again.passed(_never, banks, "fr")
    assert not again.passed(_never, [], "en")
    assert not again.passed(_never, [*banks, small_course / "quizzes/m02.yml"], "en")
    assert not again.passed(loaded, banks, "en")


@pytest.mark.parametrize("kept", [b"", b"nothing of ours", b"\x80\x05."])
def test_what_another_process_kept_and_cannot_be_read_back_counts_for_nothing(
    small_course: Path, kept: bytes
) -> None:
    assert load_course(small_course, reader=Reader(kept)).modules
