"""Our rules here: all fields of an office on one page, and how they are saved and handed on."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference.office import Office
from imlcourse.html.office import office_lines, office_note
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made_of, rendered


@made_of("our-rules-here", lambda making: making.course.library.office)
def office_page(course: Course, part: Office) -> str:
    """Make the page on which an office fills in its fields."""
    return rendered(
        Writer(course),
        "office.md",
        kinds=[
            (kind, name, office_lines(course, [one.id for one in part.fields if one.kind == kind]))
            for kind, name in part.kinds.items()
        ],
        note=office_note(course),
        office=course.office.office,
    )
