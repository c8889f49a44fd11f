"""The page on which the player shows what its learner has done so far."""

from __future__ import annotations

from html import escape

from imlcourse.course.model import Course
from imlcourse.pages.making import made


@made("my-progress")
def progress_page(course: Course) -> str:
    """Make the page on which the player shows the learner's progress.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    str
        MyST Markdown.
    """
    lead = course.strings.text("progress.lead")
    return (
        f"# {course.strings.text('progress.title')}\n\n"
        f'<div class="iml-page" data-iml-page="progress">\n<p>{escape(lead)}</p>\n</div>\n'
    )
