"""What the course is on a home screen: ``manifest.json``, and its pictures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.player.palette import colours

if TYPE_CHECKING:
    from imlcourse.course.model import Course

__all__ = ["ICONS", "MANIFEST", "TOUCH_ICON", "home_screen_files"]

MANIFEST = "manifest.json"
"""Not ``.webmanifest``: some servers hand out no file with an ending that they do not know."""
_FOLDER = Path(__file__).with_name("icons")
TOUCH_ICON = "_static/icon-180.png"
"""What Apple's devices take."""
ICONS = {
    "_static/icon-192.png": "any",
    "_static/icon-512.png": "any",
    "_static/icon-maskable-192.png": "maskable",
    "_static/icon-maskable-512.png": "maskable",
}
"""By path, whether a device may cut a picture to its own shape."""


def home_screen_files(course: Course) -> dict[str, bytes]:
    """Write what the course is on a home screen.

    Every address is read against that of the manifest, so the course may lie in any folder of a
    server. There is no ``id``: it would be read against the root of the server, and be the same
    for two courses there. Without it, the address of the first page is what names the course.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        Content by path.
    """
    paper = colours()["paper"][0]
    said = {
        "name": course.about.title,
        "description": course.about.subtitle,
        "lang": course.about.language,
        "dir": course.strings.direction,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "theme_color": paper,
        "background_color": paper,
        "categories": ["education"],
        "icons": [
            {"src": path, "sizes": _sizes(path), "type": "image/png", "purpose": purpose}
            for path, purpose in ICONS.items()
        ],
    }
    written = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    pictures = {path: (_FOLDER / Path(path).name).read_bytes() for path in (TOUCH_ICON, *ICONS)}
    return {MANIFEST: written.encode(), **pictures}


def _sizes(path: str) -> str:
    side = Path(path).stem.rpartition("-")[2]
    return f"{side}x{side}"
