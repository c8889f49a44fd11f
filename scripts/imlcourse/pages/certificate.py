"""The certificate, which the player fills in once the final test is passed."""

from __future__ import annotations

from imlcourse.course.bank import CourseTests
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.pages.making import made_of, rendered


@made_of("certificate", lambda making: making.course.tests)
def certificate_page(course: Course, _tests: CourseTests) -> str:
    """Make the page of the certificate: a lead, until the player knows that it was earned."""
    return rendered(
        Writer(course),
        "player.md",
        page="certificate",
        title="certificate.title",
        lead="certificate.lead",
    )
