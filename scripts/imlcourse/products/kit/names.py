"""Names of files that every system takes."""

from __future__ import annotations

import re
import unicodedata

from imlcourse.products.copies.names import is_reserved

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


MOST = 90
"""Signs that a name has at most: with its folders it stays below what systems take."""


def fit_name(words: str) -> str:
    """Make words into the name of a file or a folder that every system takes."""
    composed = unicodedata.normalize("NFC", words)
    name = " ".join(_UNFIT.sub(" ", composed).split()).rstrip(". ")
    if len(name) > MOST:
        name = name[:MOST].rpartition(" ")[0].rstrip(".,;: ") + "…"
    return f"_{name}" if is_reserved(name) else name
