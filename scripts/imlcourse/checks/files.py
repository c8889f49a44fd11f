"""Files by their names: none lies there unread, because it is called or placed a little wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from imlcourse.course.contents import DATA_FILES, REFERENCE_FILES
from imlcourse.course.find import source_files
from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import nearest
from imlcourse.markup.textfile import CONTROL, original_of

_BANK = re.compile(r"(m[0-9]{2,4}|capstone|tests)")
_NEARLY = re.compile(r"\.(ya?ml|md|markdown)(\.txt)?$", re.IGNORECASE)
"""Endings of a source file, as editors and mail programs change them."""


def check_files(sources: Sources) -> None:
    """Report files that nothing reads, and that were meant to be read.

    Parameters
    ----------
    sources
        What was read.
    """
    book, quizzes = sources.root / "book", sources.root / "quizzes"
    data = [f"{name}.yml" for name in (*DATA_FILES, *REFERENCE_FILES)]
    for path in _nearly(book):
        if path.suffix == ".yml" and original_of(path).name not in data:
            _tell(sources, path, nearest(path.name, data), "no page is made from this file")
        elif path.suffix not in (".yml", ".md"):
            _tell(sources, path, _mended(path), "nothing reads a file of this name")
    for path in _nearly(quizzes):
        mended = _mended(path)
        if path.suffix != ".yml" and _BANK.fullmatch(mended.partition(".")[0].lower()):
            _tell(sources, path, mended, "nothing reads a file of this name")
    modules = sources.root / "modules"
    for path in _nearly(modules):
        what = "a module is a folder with a module.md in it; move this file there"
        sources.problems.add(path, 0, what)
    for folder in (book, quizzes, modules):
        if not folder.is_dir():
            sources.problems.add(folder, 0, "this folder is missing; restore it")
        for path in _unnameable(folder):
            sources.problems.add(
                path,
                0,
                "the name of this file is not UTF-8, or holds a character that nobody sees; call "
                "it otherwise",
            )


def _unnameable(folder: Path) -> Iterator[Path]:
    """Give what has a name that no page and no message can show, in folders too."""
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (not name.isascii() and not _shows(name)) or CONTROL.search(name):
                yield Path(parent) / name


def _shows(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _nearly(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        return []
    named = source_files(folder, "*")
    return [path for path in named if _NEARLY.search(path.name) and path.is_file()]


def _mended(path: Path) -> str:
    kind = ".yml" if "y" in path.name[len(_stem(path)) :].lower() else ".md"
    return _stem(path) + kind


def _stem(path: Path) -> str:
    return _NEARLY.sub("", path.name)


def _tell(sources: Sources, path: Path, name: str | None, what: str) -> None:
    remedy = f"call it {name}" if name else "move it out of the course"
    sources.problems.add(path, 0, f"{what}; {remedy}, or delete it")
