"""What the script of a package has to know of the course: modules, items, tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.parts import CardPart, PairPart
from imlcourse.player.data import course_data

__all__ = ["course_table", "known_of", "pages_data"]

_KINDS = {
    "start-check": "start",
    "pre-test": "pre",
    "post-test": "post",
    "final-test": "final",
}


def known_of(course: Course) -> dict[str, Any]:
    """Gather what the script of every package of a course knows of it."""
    return {"course": pages_data(course), "table": course_table(course)}


def course_table(course: Course) -> dict[str, Any]:
    """Gather what ``record/compact.js`` takes as the table of a course.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        JSON-like: ``version``; ids of the ``modules``; by id of each item its version, its type,
        the ids of which its responses are made, in order, its objective and its key; by id of
        each test its kind.
    """
    quizzes = {quiz.id: "module" for quiz in course.module_quizzes.values()}
    return {
        "version": course.about.version,
        "modules": list(course.modules),
        "items": {
            item.id: [item.version, item.type, _ids(item), item.objective, item.key()]
            for item in course.items
        },
        "tests": {**_KINDS, **quizzes},
    }


def pages_data(course: Course) -> dict[str, Any]:
    """Gather what pages know of the course, as far as its standing needs it."""
    data = course_data(course, [])
    return {
        **{name: data[name] for name in ("id", "iri", "title", "version", "language")},
        **{name: data[name] for name in ("tests", "roles", "tracks", "pages")},
        "modules": [
            {name: module[name] for name in ("id", "title", "href", "sections", "steps", "quiz")}
            | {"objectives": [one["id"] for one in module["objectives"]]}
            for module in data["modules"]
        ],
    }


def _ids(item: Item) -> list[str]:
    """Give the ids that a response to an item may hold, in an order that no text changes."""
    return sorted(set(_named(item)))


def _named(item: Item) -> Iterable[str]:
    for part in item.parts():
        if part.id:
            yield part.id
        if isinstance(part, CardPart | PairPart):
            yield part.answer_id
