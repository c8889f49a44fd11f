"""The page on which what a learner has missed comes back, from all modules."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made, rendered


@made("practise")
def practise_page(course: Course) -> str:
    """Make the page: the player fills it with what is due, and a lead is all it has."""
    return rendered(Writer(course), "practise.md")
