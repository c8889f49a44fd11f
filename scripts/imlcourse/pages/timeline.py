"""The time line: what the document gives, and what other sources do."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference.timeline import TimeLine
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made_of, rendered


@made_of("time-line", lambda making: making.course.library.timeline)
def timeline_page(course: Course, line: TimeLine) -> str:
    """Make the time line: events that the document gives apart from those after it."""
    return rendered(
        Writer(course),
        "timeline.md",
        given=[event for event in line.events if event.unit],
        later=[event for event in line.events if not event.unit],
    )
