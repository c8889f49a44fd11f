"""What is sealed of the tests, in files that a page loads when a test is begun.

Each answer stands once, in the file of its module's test, and each question that no page shows in
the file of the test that asks it. A test loads the files that it draws on.

Besides, each module has a file of the items that may come back (``practice-<module>.js``), for the
page on which they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from imlcourse.course.model import Course
from imlcourse.html.items.quiz import answer_part, item_html, question_part
from imlcourse.html.items.sheet import Sheet
from imlcourse.html.links import BookLinks
from imlcourse.html.seal import ITSELF, ROOT, sealed_script
from imlcourse.html.writer import Writer
from imlcourse.items.base import Item
from imlcourse.items.shared import module_of

__all__ = ["BEFORE_AFTER", "FINAL", "START", "sealed_files", "sealed_name"]

BEFORE_AFTER, FINAL, START = "before-after", "final-test", "start-check"
"""The files of the tests before and after the course, which ask the same, of the final test, and of
the start check."""


class Sealed(TypedDict):
    """What is in a file: HTML by id of the item."""

    questions: Mapping[str, str]
    answers: Mapping[str, str]


def sealed_name(name: str) -> str:
    """Give the name of a file.

    Parameters
    ----------
    name
        A module's id, or one of the names above.
    """
    return f"sealed-{name}.js"


def sealed_files(course: Course) -> dict[str, str]:
    """Write all files.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    dict
        Script by file name.
    """
    # The same on every page: the player puts in what leads to the root and the id of the element.
    writer = Writer(course, BookLinks(ROOT))
    by_id = {item.id: item for item in course.items}
    files: dict[str, Sealed] = {
        module: {
            "questions": {},
            "answers": _answers(writer, map(by_id.__getitem__, quiz.item_ids)),
        }
        for module, quiz in course.module_quizzes.items()
    }
    if course.tests:
        kept = course.drawn_from(course.tests.before_after)
        files[BEFORE_AFTER] = {
            "questions": _questions(writer, kept),
            "answers": _answers(writer, kept),
        }
        final = course.drawn_from(course.tests.final)
        known = {name for file in files.values() for name in file["answers"]}
        files[FINAL] = {
            "questions": _questions(writer, final),
            "answers": _answers(writer, (item for item in final if item.id not in known)),
        }
    if course.start:
        asked = course.drawn_from(course.start)
        files[START] = {"questions": _questions(writer, asked), "answers": _answers(writer, asked)}
    return {sealed_name(name): sealed_script(file) for name, file in files.items()}


def practice_script(course: Course, module: str) -> str:
    """Write what may come back of a module: items whole, but for answers that are sealed apart.

    Parameters
    ----------
    course
        The course.
    module
        Id of the module.

    Returns
    -------
    str
        A script like those of `sealed_files`.
    """
    writer = Writer(course, BookLinks(ROOT))
    quiz = course.module_quizzes.get(module)
    tested = set(quiz.item_ids) if quiz else set()
    held = set(course.reserved_ids)
    questions = {
        item.id: str(
            item_html(
                item,
                1,
                course.orders.get(item.id, {}),
                writer.cite,
                course.strings,
                sealed="answer" if item.id in tested else None,
                apart=item.id in tested,
                told=writer.told(module),
            )
        )
        for item in course.banks[module].items.values()
        if item.id not in held and item.type != "scenario"
    }
    return sealed_script({"questions": questions})


def _sheet(writer: Writer, item: Item) -> Sheet:
    course = writer.course
    order = course.orders.get(item.id, {})
    told = writer.told(module_of(item.id))
    return Sheet(ITSELF, order, writer.cite, course.strings, item.language, told)


def _questions(writer: Writer, items: Iterable[Item]) -> dict[str, str]:
    return {
        item.id: str(question_part(item, number, _sheet(writer, item)))
        for number, item in enumerate(items, start=1)
    }


def _answers(writer: Writer, items: Iterable[Item]) -> dict[str, str]:
    return {
        item.id: str(answer_part(item, _sheet(writer, item), writer.reading_place(item.id)))
        for item in items
    }
