"""Names of files that every system takes."""

from __future__ import annotations

import re

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def fit_name(words: str) -> str:
    """Make words into the name of a file or a folder that every system takes."""
    return " ".join(_UNFIT.sub(" ", words).split()).rstrip(". ")
