"""What the preview watches: the files that pages are made of, and whether one has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from imlcourse.course.find import is_by_the_way

_PACKAGE = Path(__file__).resolve().parents[1]
_SOURCES = ("_config.yml", "book", "modules", "quizzes")
_LOOK = ("languages", "player", "book/theme")

State = dict[str, tuple[int, int, int]]
"""For each file its time of change in nanoseconds, its size in bytes and its inode: together they
tell whether it was saved since."""


def watched(root: Path) -> list[Path]:
    """Give the files and folders that pages are made of, those that are there.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    list of Path
        The sources of the course, and of the package what gives pages their look and their texts.
    """
    places = [*(root / name for name in _SOURCES), *(_PACKAGE / name for name in _LOOK)]
    return [place for place in places if place.exists()]


def state_of(root: Path) -> State:
    """Look at every file that pages are made of, without reading it.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    State
        It differs from an earlier one if a file was saved, came or went since.
    """
    state: State = {}
    for path in _files(watched(root)):
        try:
            status = path.stat()
        except OSError:  # it went meanwhile
            continue
        state[str(path)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return state


def look_of(state: State) -> State:
    """Give that part of a state which gives every page its look and its texts."""
    return {path: kept for path, kept in state.items() if Path(path).is_relative_to(_PACKAGE)}


def _files(places: list[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for place in places:
        if place.is_file():
            yield place
        # A module's folder may be a link to another place.
        for folder, folders, files in os.walk(place, followlinks=True):
            real = os.path.realpath(folder)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            folders[:] = sorted(f for f in folders if not is_by_the_way(f) and f != "__pycache__")
            yield from (Path(folder, file) for file in files if not is_by_the_way(file))
