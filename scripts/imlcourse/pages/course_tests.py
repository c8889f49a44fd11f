"""The tests of the whole course: the pre-test, the post-test, the final test."""

from __future__ import annotations

from imlcourse.course.bank import CourseTests, Draw, StartCheck
from imlcourse.course.model import Course
from imlcourse.html.links import link
from imlcourse.html.sealed import BEFORE_AFTER, FINAL, START, sealed_name
from imlcourse.html.writer import TestAbout, Writer
from imlcourse.items.shared import module_of
from imlcourse.pages.making import made_of, rendered

BOTH = ("pre-test", "post-test")


@made_of("pre-test", lambda making: making.course.tests)
def pre_test_page(course: Course, tests: CourseTests) -> str:
    """Make the page of the test that is taken before the course."""
    draw = tests.before_after
    return _page(course, TestAbout("pre-test", "pre", None, draw.blueprint, BOTH), draw)


@made_of("start-check", lambda making: making.course.start)
def start_check_page(course: Course, start: StartCheck) -> str:
    """Make the page of the short check that proposes where to begin."""
    about = TestAbout("start-check", "start", None, start.blueprint, ("start-check",))
    return _page(course, about, start)


@made_of("post-test", lambda making: making.course.tests)
def post_test_page(course: Course, tests: CourseTests) -> str:
    """Make the page of the test that is taken after the course, and shows what was gained."""
    draw = tests.before_after
    about = TestAbout("post-test", "post", None, draw.blueprint, BOTH)
    return _page(course, about, draw, leads_to="pre-test")


@made_of("final-test", lambda making: making.course.tests)
def final_test_page(course: Course, tests: CourseTests) -> str:
    """Make the page of the test that has to be passed for the certificate."""
    draw = tests.final
    about = TestAbout("final-test", "final", draw.pass_mark, draw.blueprint, ("final-test",))
    return _page(course, about, draw, leads_to="certificate")


def course_test_pages(course: Course) -> dict[str, str]:
    """Make all pages of tests, by name: they follow from the banks, and show no text of a module.

    Parameters
    ----------
    course
        The course.
    """
    pages = {}
    if course.tests:
        pages["pre-test"] = pre_test_page(course, course.tests)
        pages["post-test"] = post_test_page(course, course.tests)
        pages["final-test"] = final_test_page(course, course.tests)
    if course.start:
        pages["start-check"] = start_check_page(course, course.start)
    return pages


def _page(course: Course, about: TestAbout, draw: Draw | StartCheck, leads_to: str = "") -> str:
    writer = Writer(course)
    title = course.strings.text(f"test.{about.kind}.title")
    items = course.drawn_from(draw)
    if about.kind == "final":
        modules = sorted({module_of(item.id) for item in items} & set(course.module_quizzes))
        files = [sealed_name(name) for name in (FINAL, *modules)]
    else:
        files = [sealed_name(START if about.kind == "start" else BEFORE_AFTER)]
    values: dict[str, object] = {}
    lead = f"test.{about.kind}.lead"
    if leads_to:
        values["link"] = link(writer.links.page(leads_to), writer.page_title(leads_to))
    if about.kind == "start" and course.slice:
        lead, values["count"] = "slice.start.lead", len(items)
    return rendered(
        writer,
        "test.md",
        title=title,
        honest=about.kind != "start",
        lead=course.strings.html(lead, **values),
        test=writer.course_test(about, title, items, files),
    )
