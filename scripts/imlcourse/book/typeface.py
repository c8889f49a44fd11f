"""The typeface of the book, embedded in a style, so that pages look the same on every machine.

On ``file://`` Firefox loads no font from another folder, so that the files go into the style as
``data:`` addresses. How they were made says ``theme/typeface/README.md``.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from pathlib import Path

__all__ = ["FAMILY", "needs_far_letters", "typeface_styles"]

_FOLDER = Path(__file__).parent / "theme" / "typeface"
FAMILY = "Atkinson Hyperlegible Next"
"""What styles call it."""
_NEAR = "U+0-FF,U+102,U+131,U+152-153,U+2000-206F,U+20AC,U+2122,U+2212"
_FAR = "U+100-101,U+103-130,U+132-151,U+154-21B,U+1E80-1EF3"
"""Letters of European languages that English, French and Spanish do not have."""
_FAR_LETTERS = re.compile("[\u0100\u0101\u0103-\u0130\u0132-\u0151\u0154-\u021b\u1e80-\u1ef3]")


def needs_far_letters(html: str) -> bool:
    """Say whether a text has letters that only the second part of the typeface has."""
    return _FAR_LETTERS.search(html) is not None


@lru_cache(1)
def typeface_styles() -> dict[str, str]:
    """Give the styles that bring the typeface.

    Returns
    -------
    dict
        By file name: ``typeface.css`` for every page, and ``typeface-far.css`` for pages with
        letters of other European languages, or with a learner's name.
    """
    return {
        "typeface.css": _face("latin.woff2", _NEAR),
        "typeface-far.css": _face("latin-ext.woff2", _FAR),
    }


def _face(file: str, letters: str) -> str:
    data = base64.b64encode((_FOLDER / file).read_bytes()).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:400 700;unicode-range:{letters};'
        f"src:url(data:font/woff2;base64,{data})format('woff2')}}\n"
    )
