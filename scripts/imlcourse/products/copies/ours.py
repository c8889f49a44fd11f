"""Which files are of this course: by what they hold or, where that is lost, by their names."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from imlcourse.products.copies.contents import DamagedFileError, of_zip

__all__ = ["MOST", "edition_in", "is_of_the_course", "may_be_of_the_course"]

MOST = 300_000_000
"""How many bytes a file may have to be looked into. None of the course comes near it."""
_ENDINGS = (".epub", ".zim", ".pdf", ".apkg", ".html", ".xml", ".txt", ".zip", ".part", ".download")
_EDITION = re.compile(r"(?:[a-z0-9]+-)+\d+\.\d+\.\d+(?=[-. (]|$)")
_PART = rb"(?:m\d\d|capstone)"
_PACKED = re.compile(
    rb"(?:modules|items|EPUB|EPUB/modules)/%(part)s[-./]|EPUB/aid-|_static/player\.js"
    rb"|%(part)s-(?:practice|module-quizzes)/" % {b"part": _PART}
)
_ONE_FILE = re.compile(rb"<html [^>]{0,99}data-iml-home=")
_BANK = re.compile(rb"\[id:%(part)s-i\d+\]|<text>%(part)s-i\d+ " % {b"part": _PART})
_MARKS = {".html": _ONE_FILE, ".xml": _BANK, ".txt": _BANK}
_ITEM = re.compile(_PART + rb"-i\d\d")


def edition_in(name: str) -> str:
    """Give the course and version that a name begins with; empty if it names none."""
    found = _EDITION.match(PurePosixPath(name).name.casefold())
    return found[0] if found else ""


def may_be_of_the_course(name: str, path: Path) -> bool:
    """Say whether it is worth a look into a file, by its name and its size."""
    try:
        return PurePosixPath(name.lower()).suffix in _ENDINGS and path.stat().st_size <= MOST
    except OSError:
        return False


def is_of_the_course(name: str, data: bytes, editions: Collection[str]) -> bool:
    """Say whether a file is of this course.

    Parameters
    ----------
    name
        How it is called.
    data
        Its bytes.
    editions
        The courses and versions that are known to be ours, as their files begin.
    """
    mark = _MARKS.get(PurePosixPath(name.lower()).suffix, _PACKED)
    if edition_in(name) in editions or mark.search(data):
        return True
    if data.startswith(b"PK\x03\x04"):
        contents = of_zip(name, data)
        try:
            return bool(_ITEM.search(contents.read("collection.anki2")))
        except (KeyError, DamagedFileError):
            pass
    return False
