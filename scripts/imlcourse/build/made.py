"""What was made: what it is, where it stands, and how big it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.products import Opening

if TYPE_CHECKING:
    from imlcourse.course.slice import Wanted


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a build made: what it is, where, and its size in bytes."""

    what: str
    path: Path
    size: int


CACHE = ".cache"
"""What is kept of earlier builds; hidden, since a person looks here for what is handed out."""
SLICES = "slices"
"""The folder of slices below that of made things: each has one of its own in it."""


def build_folder(root: Path, language: str | None = None, part: Wanted | None = None) -> Path:
    """Give the folder of made things: one for the course, and in it for each language and slice.

    Parameters
    ----------
    root
        The folder of the course.
    language
        A language that the course is translated into; ``None`` for its own.
    part
        A slice of the course; ``None`` for the whole.
    """
    folder = root / "_build"
    if language:
        folder /= language
    return folder / SLICES / part.name if part else folder


_MANY = 4
"""Files of one kind that are named each; of more, the folder is named."""


def opened(place: Path, openings: Iterable[Opening]) -> list[Made]:
    """Give what a person opens of what stands in a place."""
    found = []
    for opening in openings:
        paths = sorted(place.glob(opening.pattern)) if opening.pattern else [place]
        if len(paths) > _MANY:
            found.append(Made(opening.what, place, sum(map(_size, paths))))
            continue
        for path in paths:
            measured = path.parent if path.name == "index.html" else path
            found.append(Made(opening.what, path, _size(measured)))
    return found


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
