"""What lies in the folders of a course besides what authors write, and in the place of it."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import course
from imlcourse.book.sources import book_sources
from small_course import load_again
from test_authors_mistakes import BANK, CONFIG, COURSE, GLOSSARY, LEARNERS, MODULE, SINCE, TOC, told

DRAWN, INDEX = "modules/m01-who-answers/duty.svg", "book/document-index.json"
SOURCES = [MODULE, BANK, CONFIG, COURSE, GLOSSARY, LEARNERS, SINCE, TOC, INDEX]


def beside(path: Path) -> list[Path]:
    """Names that editors and systems give to files of their own, beside a file."""
    name, stem = path.name, path.stem
    names = [f".#{name}", f"~${name}", f"._{name}", f"{name}~", f"#{name}#", f".{name}.swp",
             f".~lock.{name}#", f".{stem}.fr{path.suffix}"]  # fmt: skip
    return [path.with_name(one) for one in names]


@pytest.mark.parametrize("content", [b"", b"\x00\xff rubbish", b"---\nid: [\n"])
def test_what_editors_leave_beside_a_file_is_left_alone(small_course: Path, content: bytes) -> None:
    whole = book_sources(load_again(small_course))
    for name in [*SOURCES, DRAWN]:
        for path in beside(small_course / name):
            path.write_bytes(content)
    assert book_sources(load_again(small_course)) == whole


def test_a_lock_that_leads_nowhere_is_left_alone(small_course: Path) -> None:
    for name in SOURCES:
        path = small_course / name
        path.with_name(f".#{path.name}").symlink_to("author@machine.1234:5678")
    load_again(small_course)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def lost_link(path: Path) -> None:
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def listening(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.parametrize("name", [*SOURCES, DRAWN])
@pytest.mark.parametrize("make", [pipe, folder, lost_link, loop, listening])
def test_what_stands_in_the_place_of_a_file_is_one_sentence(
    small_course: Path, name: str, make: Callable[[Path], None]
) -> None:
    (small_course / name).unlink()
    make(small_course / name)
    problems = told(small_course)
    assert any(Path(name).name in problem for problem in problems), problems
    assert sum(problem.startswith(name) for problem in problems) <= 1


@pytest.mark.parametrize("make", [pipe, folder, lost_link, loop, listening])
@pytest.mark.parametrize("name", ["book/more.md", "quizzes/m02.yml", "modules/m02-x/module.md"])
def test_what_is_no_file_beside_the_others_is_one_sentence(
    small_course: Path, name: str, make: Callable[[Path], None]
) -> None:
    path = small_course / name
    path.parent.mkdir(exist_ok=True)
    make(path)
    assert any(problem.startswith(name) for problem in told(small_course))


@pytest.mark.parametrize("name", [*SOURCES[:-1], DRAWN, "book/more.md"])
def test_a_link_to_a_file_outside_of_the_course_is_not_followed(
    small_course: Path, tmp_path: Path, name: str
) -> None:
    path, outside = small_course / name, tmp_path / f"outside{Path(name).suffix}"
    outside.write_text("# A secret\n\nthe-combination-is-4711\n", "utf-8")
    path.unlink(missing_ok=True)
    path.symlink_to(outside)
    problems = told(small_course)
    assert any(path.name in problem for problem in problems)
    assert "4711" not in "".join(problems)
    if path.suffix != ".svg":
        assert any(f"{name}: a link that leads out of the course" in told for told in problems)


@pytest.mark.parametrize(
    "name", [b"caf\xe9.md", b"caf\xe9.txt", b"caf\xe9", "a\u202eb.md".encode()]
)
@pytest.mark.parametrize("where", ["book", "quizzes", "modules", "modules/m01-who-answers"])
def test_a_name_that_cannot_be_shown_is_told(small_course: Path, where: str, name: bytes) -> None:
    path = os.path.join(os.fsencode(small_course / where), name)  # noqa: PTH118
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"# Words\n")
    problems = told(small_course)
    assert any("the name of this file is not UTF-8" in problem for problem in problems)
    assert all(problem.encode() for problem in problems)


def test_a_name_that_cannot_be_shown_ends_no_command(small_course: Path) -> None:
    (small_course / "book" / os.fsdecode(b"caf\xe9.md")).write_text("# Words\n", "utf-8")
    for command in ("check", "build"):
        done = course(small_course, command)
        assert done.returncode == 1
        assert "the name of this file is not UTF-8" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("where", ["book", "quizzes", "modules"])
@pytest.mark.parametrize("instead", [None, pipe, lost_link, loop])
def test_a_folder_that_is_gone_is_told(
    small_course: Path, where: str, instead: Callable[[Path], None] | None
) -> None:
    shutil.rmtree(small_course / where)
    if instead:
        instead(small_course / where)
    assert told(small_course)


@pytest.mark.parametrize(
    ("name", "value"),
    [("place", 5), ("region", None), ("section", ["a"]), ("place", "a\n\n## b"), ("marks", [5]),
     ("marks", 5), ("words", "9"), ("hashes", 5)],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_in_the_index_is_damage(
    small_course: Path, name: str, value: object
) -> None:
    path = small_course / INDEX
    index = json.loads(path.read_text("utf-8"))
    index["units"]["9"][name] = value
    path.write_text(json.dumps(index), "utf-8")
    assert any("the index of the document is damaged" in problem for problem in told(small_course))
