"""Fields of an office: its number, its law, its deadline, wherever they are shown.

Without a script a field is what the office's build has put there, or a line to fill in by hand.
``player/pages/office.js`` makes it a field to type into, kept on the device.
"""

from __future__ import annotations

from collections.abc import Iterable

from imlcourse.course.model import Course
from imlcourse.course.reference.office import MOST, OfficeField
from imlcourse.html.compose import Markup, html, lines

__all__ = ["office_lines", "office_note"]


def office_lines(course: Course, names: Iterable[str], css: str = "") -> Markup:
    """Write fields as lines to fill in.

    Parameters
    ----------
    course
        The course, with what an office has written where it is built for one.
    names
        Ids of the fields.
    css
        A further name for style sheets.

    Returns
    -------
    Markup
        A list, on lines that are not blank.
    """
    fields = course.library.office_fields
    return lines(
        [
            html('<ul class="iml-lines iml-office{}">', f" {css}" if css else ""),
            *(_line(course, fields[name]) for name in names),
            Markup("</ul>"),
        ]
    )


def office_note(course: Course) -> Markup:
    """Say which office has filled in the fields, where the course is built for one."""
    if not course.office.fields:
        return Markup("")
    key = "office.filled_in" if course.office.office else "office.filled_in.nameless"
    said = course.strings.html(key, office=course.office.office)
    return html('<p class="iml-office-note">{}</p>', said)


def _line(course: Course, field: OfficeField) -> Markup:
    hint = html(' data-hint="{}"', field.hint) if field.hint else Markup("")
    return html(
        '<li data-iml-office="{}" data-kind="{}" data-most="{}"{}><span class="iml-office-name">{}'
        '</span> <span class="iml-office-words" dir="auto">{}</span></li>',
        field.id,
        field.kind,
        MOST[field.kind],
        hint,
        field.name,
        course.office.fields.get(field.id, ""),
    )
