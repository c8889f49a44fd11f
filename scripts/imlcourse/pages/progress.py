"""The page on which the player shows what its learner has done so far."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made, rendered


@made("my-progress")
def progress_page(course: Course) -> str:
    """Make the page of the learner's record: the player fills it, and a lead is all it has."""
    return rendered(
        Writer(course), "player.md", page="progress", title="progress.title", lead="progress.lead"
    )
