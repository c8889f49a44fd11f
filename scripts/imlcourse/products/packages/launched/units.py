"""What a platform can launch by itself: each module, and each test of the whole course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.html.writer import numbered_title
from imlcourse.markup.inline import inline_text

__all__ = ["Unit", "course_iri", "marks_of", "objective_iri", "units_of"]

FINAL = "final-test"
_TESTS = {
    "start-check": ("test.start.lead", ""),
    "pre-test": ("test.pre.lead", ""),
    "post-test": ("test.post.lead", "pre-test"),
    FINAL: ("test.final.lead", "certificate"),
}
"""Each with what is said of it, and the page that this names."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Something that a platform launches.

    Attributes
    ----------
    name
        The id of a module, or of a test.
    iri
        What names it everywhere.
    title, description
        What people read.
    page
        The page of the book.
    module
        The module; none of a test.
    mastery
        The share of points that passes, if there is one.
    needed
        What of it the course is satisfied with, in the words of cmi5.
    """

    name: str
    iri: str
    title: str
    description: str
    page: str
    module: Module | None = None
    mastery: float | None = None
    needed: str = "NotApplicable"


def marks_of(course: Course) -> dict[str, float]:
    """Give the share of points that passes, by test."""
    marks = {
        quiz.id: course.banks[module].pass_mark / 100
        for module, quiz in course.module_quizzes.items()
    }
    return {**marks, FINAL: course.tests.final.pass_mark / 100} if course.tests else marks


def course_iri(course: Course) -> str:
    """Give what names the course everywhere; a slice of it is another one."""
    whole = course.copy_id == course.about.id
    return f"{course.about.iri}{'course' if whole else f'courses/{course.copy_id}'}"


def objective_iri(course: Course, objective: str) -> str:
    """Give what names an objective everywhere."""
    return f"{course.about.iri}objectives/{objective}"


def units_of(course: Course, pages: set[str]) -> list[Unit]:
    """Give all that can be launched, in the order in which it is learned.

    Parameters
    ----------
    course
        The course.
    pages
        The pages that there are.
    """
    modules = [_module(course, module) for module in course.modules.values()]
    tests = {unit.name: unit for unit in _tests(course, pages)}
    first = [tests.pop(name) for name in ("start-check", "pre-test") if name in tests]
    last = [tests.pop(name) for name in (FINAL, "post-test") if name in tests]
    return [*first, *modules, *last]


def _module(course: Course, module: Module) -> Unit:
    quiz = course.module_quizzes.get(module.id)
    objectives = " ".join(inline_text(one.text) for one in module.front.objectives)
    return Unit(
        module.id,
        f"{course.about.iri}modules/{module.id}",
        inline_text(numbered_title(module, course.strings)),
        objectives,
        f"modules/{module.id}.html",
        module,
        course.banks[module.id].pass_mark / 100 if quiz else None,
        "CompletedAndPassed" if quiz else "Completed",
    )


def _tests(course: Course, pages: set[str]) -> Iterator[Unit]:
    def title(name: str) -> str:
        return course.strings[PAGES_BY_NAME[name].title]

    for name, (lead, link) in _TESTS.items():
        page = f"{name}.html"
        if page in pages:
            mark = marks_of(course).get(name)
            yield Unit(
                name,
                f"{course.about.iri}tests/{name}",
                title(name),
                course.strings.text(lead, **({"link": title(link)} if link else {})),
                page,
                mastery=mark,
                needed="NotApplicable" if mark is None else "CompletedAndPassed",
            )
