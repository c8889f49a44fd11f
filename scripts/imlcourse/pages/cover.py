"""The list of modules on the cover."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.compose import Markup
from imlcourse.html.writer import Writer, module_link
from imlcourse.pages.making import rendered


def module_list(course: Course) -> Markup:
    """List the modules that this edition holds, by part.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    Markup
        Headed lists, with each module's title and minutes, and how many are still to come.
    """
    parts = [
        (number, title, [m for m in course.modules.values() if str(m.front.part) == number])
        for number, title in course.about.parts.items()
    ]
    text = rendered(
        Writer(course),
        "cover.html",
        parts=[part for part in parts if part[2]],
        module_link=module_link,
        written=len(course.modules),
        planned=course.about.modules_planned,
    )
    return Markup(text.rstrip("\n"))
