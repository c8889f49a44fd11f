"""The pages of the book as they are where a host has the record: in a package for its platform."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from imlcourse.course.model import Course
from imlcourse.player.bundle import host_script
from imlcourse.player.data import course_scripts

__all__ = ["hosted"]

_COURSE = "_static/course.js"


def pages_in(files: Iterable[str]) -> list[str]:
    """Name the pages among some files, in order."""
    return sorted(
        path for path in files if path.endswith(".html") and not path.startswith("_static/")
    )


def hosted(course: Course, files: Mapping[str, bytes], module: str = "") -> dict[str, bytes]:
    """Give pages, and what they load, as they go into a package.

    Parameters
    ----------
    course
        The course.
    files
        Content by path in the book.
    module
        The id of the module that the package has; empty for the whole course.

    Returns
    -------
    dict
        The same; but the pages know of this module alone, and lead nowhere else. Those that stand
        in no frame say so
        (``player/hosts/beside.js``).
    """
    made = dict(files)
    if module:
        for name, script in course_scripts(course, only=[module]).items():
            made[f"_static/{name}"] = script.encode()
    if _COURSE in made:
        if module:
            made[_COURSE] += f"globalThis.imlHeld={json.dumps(pages_in(made))};\n".encode()
        made[_COURSE] += host_script("hosts/beside", course.about.language).encode()
    return made
