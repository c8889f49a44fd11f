"""The pages that a platform launches, and their scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from imlcourse.course.model import Course
from imlcourse.html.compose import Markup
from imlcourse.player.bundle import host_script, packed
from imlcourse.products.packages.launched.units import marks_of
from imlcourse.products.packages.scorm.frame import framed
from imlcourse.products.packages.scorm.table import known_of as known_of_course

__all__ = ["CONNECT", "Launched", "known_of", "launched_files"]

CONNECT = "'self' https: http://localhost:* http://127.0.0.1:*"
"""Where the page around the course may send to: the address stands in the launch alone. What is
sent cannot be read on the way, but for what stays on the machine or goes back where it came from;
``hosts/launch.js`` refuses all else."""
_SCRIPT, _DATA = "_static/launched.js", "_static/launched-course.js"
_LOADED = ("_static/unpack.js", "_static/record.js", _DATA, _SCRIPT)
_HEAD = Markup('<meta name="referrer" content="no-referrer">\n')


class Launched(dict[str, object]):
    """What the script knows of a page to launch: ``unit``, ``start``, ``files``."""


def known_of(course: Course, kind: str) -> dict[str, Any]:
    """Gather what the script of every package of a kind knows: ``cmi5`` or ``xapi``."""
    return {"kind": kind, **known_of_course(course), "marks": marks_of(course)}


def launched_files(
    course: Course, known: Mapping[str, Any], pages: Mapping[str, tuple[str, Launched]]
) -> dict[str, bytes]:
    """Write the pages to launch, and what they load.

    Parameters
    ----------
    course
        The course.
    known
        What `known_of` gives.
    pages
        By path of a page: what it is called in the data, and what the script knows of it.

    Returns
    -------
    dict
        Content by path.
    """
    data = {**known, "units": dict(pages.values())}
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    made = {
        path: framed(
            *(course, str(unit["start"]), _LOADED), unit=name, connect=CONNECT, head=_HEAD
        ).encode()
        for path, (name, unit) in pages.items()
    }
    return {
        **made,
        # It holds the keys of all items: no less sealed than they are on the pages.
        _DATA: packed(f"globalThis.imlLaunched={written};").encode(),
        _SCRIPT: host_script("hosts/xapi", course.about.language).encode(),
    }
