"""The bibliography: works that the document names, and those that the course adds."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.course.reference import Reference
from imlcourse.course.reference.bibliography import Bibliography
from imlcourse.html.writer import Writer
from imlcourse.languages.locales import sorted_by_name
from imlcourse.pages.making import made_of, rendered


@made_of("bibliography", lambda making: making.course.library.bibliography)
def bibliography_page(course: Course, part: Bibliography) -> str:
    """Make the lists of works: cited by the document, added by the course, seen for its facts."""
    writer = Writer(course)
    references: dict[str, Reference] = {}
    for reference in course.library.references():
        references.setdefault(reference.url, reference)
    return rendered(
        writer,
        "bibliography.md",
        cited=part.cited,
        added=part.added,
        references=sorted_by_name(
            references.values(), lambda reference: reference.title, course.strings.language
        ),
        seen=lambda url, day: writer.reference(
            Reference(title=url, url=url, seen=day), "bibliography.seen"
        ),
    )
