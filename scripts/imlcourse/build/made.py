"""What was made: what it is, where it stands, and how big it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from imlcourse.products import Opening


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a build made: what it is, where, and its size in bytes."""

    what: str
    path: Path
    size: int


def build_folder(root: Path, language: str | None = None) -> Path:
    """Give the folder of made things: one for the course, and one in it for each other language.

    Parameters
    ----------
    root
        The folder of the course.
    language
        A language that the course is translated into; ``None`` for its own.
    """
    folder = root / "_build"
    return folder / language if language else folder


def opened(place: Path, openings: Iterable[Opening]) -> list[Made]:
    """Give what a person opens of what stands in a place."""
    found = []
    for opening in openings:
        for path in sorted(place.glob(opening.pattern)) if opening.pattern else [place]:
            measured = path.parent if path.name == "index.html" else path
            found.append(Made(opening.what, path, _size(measured)))
    return found


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
