"""Names of files that every system takes, made of words that people read."""

from __future__ import annotations

import re
import unicodedata

from imlcourse.products.copies.names import is_reserved

__all__ = ["MOST", "fit_name", "fit_path"]

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
MOST = 80
"""Signs that a name has at most."""
_ENDING = 5
"""Signs of the longest ending, ``.docx``: files in two forms keep one name."""
_LEAST = 12
"""Signs below which a name says nothing."""


def fit_name(words: str) -> str:
    """Make words into the name of a file or a folder that every system takes."""
    composed = unicodedata.normalize("NFC", words)
    name = _cut(" ".join(_UNFIT.sub(" ", composed).split()).rstrip(". "), MOST)
    return f"_{name}" if is_reserved(name) else name


def fit_path(path: str, room: int) -> str | None:
    """Shorten the name of a file until its path has room.

    Parameters
    ----------
    path
        The path, with ``/`` between its parts.
    room
        How many signs it may have.

    Returns
    -------
    str or None
        The path; ``None`` if its folders leave no room for a name.
    """
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    most = room - len(folder + slash) - max(len(dot + ending), _ENDING)
    if len(stem) > most and most < _LEAST:
        return None
    return f"{folder}{slash}{_cut(stem, most)}{dot}{ending}"


def _cut(name: str, most: int) -> str:
    """Leave out the last words of a name; the letter of a version at its end stays."""
    if len(name) <= most:
        return name
    last = name.rpartition(" ")[2]
    end = f" {last}" if len(last) == 1 else ""
    room = most - len(end) - 1
    kept = name[:room]
    if name[room] != " ":
        kept = kept.rpartition(" ")[0] or kept
    return f"{kept.rstrip('.,;:- ')}…{end}"
