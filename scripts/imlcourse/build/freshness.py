"""What was built from which files, so that an unchanged course is known at once.

This module is read before anything else is, on every build: it imports hardly more than the
standard library.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from io import FileIO
from pathlib import Path

from imlcourse.course.digests import digest_of
from imlcourse.course.find import is_by_the_way

_WATCHED = (
    "_config.yml",
    "book",
    "modules",
    "quizzes",
    "scripts/requirements",
    "pyproject.toml",
)
_PACKAGE = Path(__file__).resolve().parents[1]
STATE = ".state.json"
"""The record of what stands in the build folder, and from what it was made."""


def _files(path: str, name: str, above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Give files below a path, through links too, as whoever reads the course goes."""
    try:
        inner = sorted(os.scandir(path), key=lambda entry: entry.name)
    except NotADirectoryError:
        if Path(path).is_file():  # whoever reads a pipe may wait for ever
            yield name, path
        return
    except FileNotFoundError:
        return
    real = os.path.realpath(path)
    if real in above:
        return  # a link that leads back up
    for entry in inner:
        if not _counts(entry.name):
            continue
        if entry.is_dir():
            yield from _files(entry.path, f"{name}/{entry.name}", (*above, real))
        elif entry.is_file():
            yield f"{name}/{entry.name}", entry.path


def _counts(name: str) -> bool:
    return name != "__pycache__" and not is_by_the_way(name)


def input_files(root: Path) -> Iterator[tuple[str, str]]:
    """Give every file that a build depends on, in a fixed order.

    Parameters
    ----------
    root
        The folder of the course.

    Yields
    ------
    tuple
        A name and the file: of sources and lock files.
    """
    for name in _WATCHED:
        yield from _files(str(root / name), name)


def _read(path: str) -> bytes:
    with FileIO(path) as file:  # hundreds are read before anything else is done
        return file.readall()


def _hash(files: Iterable[tuple[str, str]], *before: str) -> str:
    digest = sha256()
    for text in before:
        digest.update(text.encode() + b"\0")
    for name, path in files:
        data = _read(path)
        # A file name need not be UTF-8.
        digest.update(os.fsencode(name) + b"\0%d\0" % len(data))
        digest.update(data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program_mark() -> str:
    """Give a hash of the program that builds: this package, Python, and what is installed.

    It is taken once: what a process has imported stays, whatever becomes of the files.
    """
    installed = [
        name
        for folder in sys.path
        if folder.endswith(("site-packages", "dist-packages")) and Path(folder).is_dir()
        for name in sorted(entry.name for entry in os.scandir(folder))
        if name.endswith((".dist-info", ".egg-info"))
    ]
    return _hash(_files(str(_PACKAGE), "imlcourse"), repr(sys.version_info[:3]), *installed)


def fingerprint(root: Path, document: Path | None, office: Path | None = None) -> str:
    """Give a hash of everything that a build depends on.

    Parameters
    ----------
    root
        The folder of the course.
    document
        The document, if the build shows its text.
    office
        The file of an office, if the build is for one.

    Returns
    -------
    str
        It changes when the content of a file changes, or one comes or goes.
    """
    given = {"document": document, "office": office}
    shown = [(name, str(path)) for name, path in given.items() if path is not None]
    return _hash([*input_files(root), *shown], program_mark())


def made_files(build: Path, places: Iterable[str]) -> dict[str, str]:
    """Give what stands in some places of the build folder.

    Parameters
    ----------
    build
        The folder of made things.
    places
        Names of folders in it.

    Returns
    -------
    dict
        A hash of the content by path.
    """
    return {
        os.fsencode(name).decode("utf-8", "backslashreplace"): sha256(_read(path)).hexdigest()
        for place in sorted(places)
        for name, path in _files(str(build / place), place)
    }


def hashes_of(places: Mapping[str, Mapping[str, bytes]]) -> dict[str, str]:
    """Give what `made_files` gives once files stand in their places.

    Parameters
    ----------
    places
        Files by place: content by path.
    """
    return {
        f"{place}/{path}": digest_of(content)
        for place, files in places.items()
        for path, content in files.items()
        if all(map(_counts, path.split("/")))
    }


def read_state(build: Path) -> dict[str, object]:
    """Read the record of the last build; empty where there is none that can be read."""
    try:
        state = json.loads((build / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def products_of(build: Path) -> list[str]:
    """Give the names of the products that the last build made."""
    products = read_state(build).get("products")
    return [str(name) for name in products] if isinstance(products, list) else []


def is_current(build: Path, mark: str) -> bool:
    """Say whether what stands in the build folder was made from these files, and is all there.

    Parameters
    ----------
    build
        The folder of made things.
    mark
        A `fingerprint`.

    Returns
    -------
    bool
        ``False`` too if the record of the last build cannot be read. What stands is compared by
        its content.
    """
    state = read_state(build)
    places = state.get("places")
    if state.get("fingerprint") != mark or not isinstance(places, list):
        return False
    try:
        return made_files(build, map(str, places)) == state.get("made")
    except OSError:
        return False


def current_places(build: Path, mark: str) -> set[str]:
    """Give the places of the build folder that were made from these files, and are all there.

    Parameters
    ----------
    build
        A folder of made things, whose places were made at different times.
    mark
        A `fingerprint`.
    """
    state = read_state(build)
    marks, made = state.get("marks"), state.get("made")
    if not isinstance(marks, dict) or not isinstance(made, dict):
        return set()

    def stands(place: str) -> bool:
        known = {path: digest for path, digest in made.items() if path.startswith(f"{place}/")}
        try:
            return made_files(build, [place]) == known
        except OSError:
            return False

    return {place for place, made_from in marks.items() if made_from == mark and stands(place)}
