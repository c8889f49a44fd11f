"""The typeface of the book, embedded in a style, so that pages look the same on every machine.

On ``file://`` Firefox loads no font from another folder, so that the files go into the style as
``data:`` addresses. How they were made says ``theme/typeface/README.md``.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from pathlib import Path

__all__ = ["FAMILY", "MORE_FACES", "faces_for", "letters", "typeface_styles"]

_FOLDER = Path(__file__).parent / "theme" / "typeface"
FAMILY = "Atkinson Hyperlegible Next"
"""What styles call it."""
_NEAR = (
    "U+20-7E,U+A0,U+A7,U+A9,U+AB,U+AD,U+B0,U+B7,U+BB,U+BD,U+C9,U+D7,U+E0,U+E1,U+E4,U+E7-E9,U+ED,"
    "U+F1,U+F3,U+F6,U+FA,U+FC,U+2013-2014,U+2018-201E,U+2022,U+2026,U+20AC,U+2212"
)
_WEST = (
    "U+A1-A6,U+A8,U+AA,U+AC,U+AE-AF,U+B1-B6,U+B8-BA,U+BC,U+BE-C8,U+CA-D6,U+D8-DF,U+E2-E3,U+E5-E6,"
    "U+EA-EC,U+EE-F0,U+F2,U+F4-F5,U+F7-F9,U+FB,U+FD-FF,U+102,U+131,U+152-153,U+2039-203A,U+2122"
)
_FAR = "U+100-101,U+103-130,U+132-151,U+154-21B,U+1E80-1EF3"


def letters(ranges: str) -> set[str]:
    """Give the letters of a list of ranges, as styles write it."""
    found: set[str] = set()
    for one in ranges.split(","):
        first, _, last = one.removeprefix("U+").partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return found


_IN_WEST, _IN_FAR = letters(_WEST), letters(_FAR)


@lru_cache(maxsize=256)  # the learners' copy has the same texts
def faces_for(html: str) -> tuple[str, ...]:
    """Name the styles with letters that a text has and ``typeface.css`` has not."""
    signs = set(html)
    return tuple(name for name, more in MORE_FACES.items() if signs & more)


MORE_FACES = {"typeface-west.css": _IN_WEST, "typeface-far.css": _IN_FAR}
"""By file name: the letters of western Europe that are rare in English, and those of the rest of
Europe."""


@lru_cache(1)
def typeface_styles() -> dict[str, str]:
    """Give the styles that bring the typeface.

    Returns
    -------
    dict
        By file name: ``typeface.css`` for every page, and those of `MORE_FACES` for pages with
        such letters, or with a learner's name.
    """
    return {
        "typeface.css": _face("near.woff2", _NEAR),
        "typeface-west.css": _face("west.woff2", _WEST),
        "typeface-far.css": _face("far.woff2", _FAR),
    }


def _face(file: str, letters: str) -> str:
    data = base64.b64encode((_FOLDER / file).read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:400 700;unicode-range:{letters};'
        f"src:url(data:font/woff2;base64,{data})format('woff2')}}\n"
    )
