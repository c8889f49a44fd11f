"""Names of files that every system takes."""

from __future__ import annotations

import re

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


MOST = 90
"""Signs that a name has at most: with its folders it stays below what systems take."""


def fit_name(words: str) -> str:
    """Make words into the name of a file or a folder that every system takes."""
    name = " ".join(_UNFIT.sub(" ", words).split()).rstrip(". ")
    if len(name) > MOST:
        name = name[:MOST].rpartition(" ")[0].rstrip(".,;: ") + "…"
    return name
