"""The pages of the book as they are where a host has the record: in a package for its platform."""

from __future__ import annotations

from collections.abc import Mapping

from imlcourse.course.model import Course
from imlcourse.player.bundle import host_script
from imlcourse.player.data import course_scripts

__all__ = ["hosted"]

_COURSE = "_static/course.js"


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
        The same; but the pages know of this module alone, and say so where they stand in no frame
        (``player/hosts/beside.js``).
    """
    made = dict(files)
    if module:
        for name, script in course_scripts(course, only=[module]).items():
            made[f"_static/{name}"] = script.encode()
    if _COURSE in made:
        made[_COURSE] += host_script("hosts/beside", course.about.language).encode()
    return made
