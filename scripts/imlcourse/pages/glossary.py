"""The glossary: what terms mean, and where the document uses them."""

from __future__ import annotations

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.languages.locales import sorted_by_name
from imlcourse.pages.making import made, rendered


@made("glossary")
def glossary_page(course: Course) -> str:
    """Make the glossary: each term with its definition, its units and the terms near to it."""
    terms = course.glossary
    language = course.strings.language
    return rendered(
        Writer(course),
        "glossary.md",
        terms=sorted_by_name(terms.values(), lambda term: term.term, language),
        by_id=terms,
    )
