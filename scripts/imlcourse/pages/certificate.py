"""The certificate, which the player fills in once the final test is passed."""

from __future__ import annotations

from html import escape

from imlcourse.course.bank import CourseTests
from imlcourse.course.model import Course
from imlcourse.pages.making import made_of


@made_of("certificate", lambda making: making.course.tests)
def certificate_page(course: Course, _tests: CourseTests) -> str:
    """Make the page of the certificate."""
    lead = escape(course.strings.text("certificate.lead"))
    return (
        f"# {course.strings.text('certificate.title')}\n\n"
        f'<div class="iml-page" data-iml-page="certificate">\n<p>{lead}</p>\n</div>\n'
    )
