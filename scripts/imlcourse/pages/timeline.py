"""The time line: what the document gives, and what other sources do."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from imlcourse.course.library import Event, TimeLine
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.pages.making import made_of, page_text


@made_of("time-line", lambda making: making.course.library.timeline)
def timelinepage_text(course: Course, line: TimeLine) -> str:
    """Make the time line: events that the document gives apart from those after it."""
    strings, writer = course.strings, Writer(course)
    given = [event for event in line.events if event.unit]
    other = [event for event in line.events if not event.unit]
    return page_text(
        f"# {strings.text('timeline.title')}",
        strings.text("timeline.lead"),
        f"## {strings.text('timeline.until')}",
        _events(course, given, writer),
        f"## {strings.text('timeline.after')}",
        _events(course, other, writer),
    )


def _events(course: Course, events: Iterable[Event], writer: Writer) -> str:
    lines = []
    for event in events:
        if event.unit and event.quote:
            said = course.strings.text(
                "quote", words=escape(event.quote), link=writer.cite_html(event.unit)
            )
            source = f'<p class="iml-source">{said}</p>'
            mark = "iml-given"
        else:
            assert event.source is not None
            source = f'<p class="iml-source">{writer.reference(event.source)}</p>'
            mark = "iml-other"
        lines.append(
            f'<li class="{mark}"><p class="iml-when"><time datetime="{event.date}">'
            f"{writer.date(event.date)}</time></p>"
            f"<p><strong>{inline_html(event.title)}</strong></p>"
            f"<p>{writer.inline(event.text)}</p>{source}</li>"
        )
    return "\n".join(['<ol class="iml-timeline">', *lines, "</ol>"])
