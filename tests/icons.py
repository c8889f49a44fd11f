"""Draw anew the pictures that the course has on a home screen: ``python tests/icons.py``.

They are kept in the project, so that a build needs no library to draw them.
"""

from __future__ import annotations

import re
from pathlib import Path

import imlcourse

PACKAGE = Path(imlcourse.__file__).parent
EMBLEM = PACKAGE / "book" / "theme" / "static" / "emblem.svg"
FOLDER = PACKAGE / "products" / "packages" / "installable" / "icons"
ROUND = 0.8
"""How much of its size a drawing keeps where a device cuts the picture to its own shape: whatever
is within two fifths of the side around the middle stays."""
_GROUND = re.compile(r'(<rect width="32" height="32") rx="7"( fill="#[0-9a-f]{6}"/>)(.*)(</svg>)')


def drawings() -> dict[str, tuple[str, int]]:
    """Give the drawing and the side in pixels of each picture, by the name of its file."""
    emblem = EMBLEM.read_text(encoding="utf-8").strip()
    shift = 16 * (1 - ROUND)
    full, count = _GROUND.subn(
        rf'\1\2<g transform="translate({shift:g} {shift:g}) scale({ROUND})">\3</g>\4', emblem
    )
    assert count == 1, "the emblem has another ground"
    return {
        "icon-192.png": (emblem, 192),
        "icon-512.png": (emblem, 512),
        "icon-180.png": (full, 180),
        "icon-maskable-192.png": (full, 192),
        "icon-maskable-512.png": (full, 512),
    }


def drawn(drawing: str, side: int) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=side, height=side))


if __name__ == "__main__":
    for name, (drawing, side) in drawings().items():
        (FOLDER / name).write_bytes(drawn(drawing, side))
