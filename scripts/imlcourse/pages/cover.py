"""The list of modules on the cover."""

from __future__ import annotations

from html import escape

from imlcourse.course.model import Course
from imlcourse.html.writer import module_link


def module_list(course: Course) -> str:
    """List the modules that this edition holds, by part, as HTML.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        Headed lists, with each module's title and minutes, and how many are still to come.
    """
    strings = course.strings
    lines = ['<div class="iml-cover" data-iml-cover hidden></div>']
    for number, title in course.about.parts.items():
        modules = [m for m in course.modules.values() if str(m.front.part) == number]
        if not modules:
            continue
        part = escape(strings.text("part", number=number, title=title))
        lines += [f'<p class="iml-part-name">{part}</p>', '<ul class="iml-modules">']
        for module in modules:
            minutes = strings.text("minutes.short", minutes=module.front.minutes.self_paced)
            lines.append(
                f'<li>{module_link(module)} <span class="iml-minutes">{minutes}</span></li>'
            )
        lines.append("</ul>")
    written, planned = len(course.modules), course.about.modules_planned
    if written < planned:
        words = strings.text("cover.planned", written=written, planned=planned)
        lines.append(f"<p>{escape(words)}</p>")
    return "\n".join(lines)
