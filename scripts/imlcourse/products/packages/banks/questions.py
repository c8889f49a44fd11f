"""Which questions a bank holds, where each belongs, and what is said when it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.html.compose import Markup, html, joined
from imlcourse.html.writer import Writer, module_label, numbered_title
from imlcourse.items import Item, Order
from imlcourse.items.blueprint import draw
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_html, inline_text
from imlcourse.products.packages.banks.tasks import Match, Task, task_of

__all__ = ["PURPOSES", "Purpose", "Question", "Questions", "name_of", "questions_of"]

Purpose = Literal["practice", "quiz", "before", "after", "start"]
"""What a question is asked for: while learning, at the end of a module, before the course, after
it, or to find where to start."""
PURPOSES: tuple[Purpose, ...] = ("practice", "quiz", "before", "after", "start")
_SEED = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a bank.

    Attributes
    ----------
    item
        The item.
    task
        What it asks.
    module
        The module that it is of.
    purpose
        What it is asked for.
    closing
        What is said when all is answered, as paragraphs of HTML: why each line is so, the words
        of the document with their place, and where to read again.
    hint
        What is said after a first wrong answer, as paragraphs of HTML; none in a test.
    strings
        The texts of the interface.
    order
        For each group of its parts, their written places in the order shown.
    """

    item: Item
    task: Task
    module: Module
    purpose: Purpose
    closing: tuple[Markup, ...]
    hint: tuple[Markup, ...]
    strings: Strings
    order: Order

    @property
    def id(self) -> str:
        """Its id, which never changes."""
        return self.item.id

    @property
    def name(self) -> str:
        """Its id and how it begins, for lists of questions."""
        return name_of(self.item)

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is found by: module, objective, level, and what settles it."""
        item = self.item
        units = dict.fromkeys(evidence.unit for _, evidence in item.quotations())
        laws = dict.fromkeys(law.target.replace(" ", "-") for law in item.law)
        return (
            f"module:{self.module.id}",
            f"objective:{item.objective}",
            f"level:{item.level}",
            *(f"unit:{unit}" for unit in units),
            *(f"law:{law}" for law in laws),
        )


@dataclass(frozen=True)
class Questions:
    """The questions of a bank, module by module.

    Attributes
    ----------
    course
        The course.
    asked
        The questions, in the order of the modules and of their files.
    left_out
        Ids of the cases that branch: no question bank holds them.
    """

    course: Course
    asked: tuple[Question, ...]
    left_out: tuple[str, ...]

    @property
    def strings(self) -> Strings:
        """The texts of the interface."""
        return self.course.strings

    def by_module(self) -> Iterator[tuple[Purpose, Module, tuple[Question, ...]]]:
        """Give the questions of each purpose and module together, those that have some."""
        for purpose in PURPOSES:
            for module in self.course.modules.values():
                found = tuple(
                    one for one in self.asked if (one.purpose, one.module) == (purpose, module)
                )
                if found:
                    yield purpose, module, found

    def only(self, *purposes: Purpose) -> Questions:
        """Give those that are asked for some purposes."""
        left_out = self.left_out if "practice" in purposes else ()
        return Questions(
            self.course, tuple(one for one in self.asked if one.purpose in purposes), left_out
        )

    def named(self, purpose: Purpose) -> str:
        """Name a purpose, as in “Module quizzes”."""
        return self.strings.text(f"banks.purpose.{purpose}")

    def category(self, module: Module) -> str:
        """Name what holds the questions of a module."""
        return numbered_title(module, self.strings)


def name_of(item: Item) -> str:
    """Give the id of an item and how it begins."""
    stem = inline_text(item.stem)
    if len(stem) > 60:
        stem = stem[:60].rpartition(" ")[0] + "…"
    return f"{item.id} {stem}"


def _before_and_after(course: Course) -> dict[str, Purpose]:
    """Part the questions of the pre-test and the post-test: two drawn by the same blueprint.

    They are the ones that `course sheets` draws unless it is told a seed, so a group may take one
    test on paper and the other on a platform. A question that both leave goes to the post-test,
    from which the platform may draw.
    """
    if not course.tests:
        return {}
    tests = course.tests.before_after
    drawn = draw(course.drawn_from(tests), list(tests.blueprint), _SEED, {}, 2)
    return dict.fromkeys(drawn, "before")


def questions_of(course: Course, *purposes: Purpose) -> Questions:
    """Gather the questions of a course.

    Parameters
    ----------
    course
        The course.
    *purposes
        What they are asked for.
    """
    quiz = {id_ for one in course.module_quizzes.values() for id_ in one.item_ids}
    start = set(course.whole.start.items if course.whole.start else ())
    reserved, before = set(course.reserved_ids), _before_and_after(course)
    writer = Writer(course)
    asked, left_out = [], []
    for bank in course.banks.values():
        module = course.modules[bank.module]
        for item in bank.items.values():
            purpose: Purpose = "practice"
            if item.id in start:
                purpose = "start"
            elif item.id in reserved:
                purpose = before.get(item.id, "after")
            elif item.id in quiz:
                purpose = "quiz"
            if purpose not in purposes:
                continue
            order = course.orders.get(item.id, {})
            task = task_of(item, order, course.strings)
            if task is None:
                left_out.append(item.id)
                continue
            closing = (*_lines(task), *_grounds(item, course, writer), *_where(item, course))
            hint: tuple[Markup, ...] = ()
            if purpose == "practice":
                said = [html("<p>{}</p>", inline_html(item.hint))] if item.hint else []
                hint = (*said, *_where(item, course))
            asked.append(
                Question(item, task, module, purpose, closing, hint, course.strings, order)
            )
    return Questions(course, tuple(asked), tuple(left_out))


def _lines(task: Task) -> Iterator[Markup]:
    """Say why each line has its answer: most programs have no feedback for single lines."""
    if isinstance(task, Match):
        rows = [
            html(
                "<li><strong>{}</strong> → {}<br/>{}</li>",
                inline_html(line.text),
                inline_html(task.answers[line.answer]),
                inline_html(line.feedback),
            )
            for line in task.lines
        ]
        yield html("<ul>{}</ul>", joined(rows))


def _grounds(item: Item, course: Course, writer: Writer) -> Iterator[Markup]:
    """Quote what settles an item, with its place."""
    strings, edition = course.strings, course.index.edition
    for _, evidence in item.quotations():
        citation = writer.cite(evidence.unit)
        source = strings.text(
            "banks.source",
            publisher=edition.publisher,
            symbol=edition.symbol,
            unit=citation.label,
        )
        quoted = citation.words(inline_html(evidence.quote))
        yield html("<p>{}</p>", strings.html("banks.quote", words=quoted, source=source))
    for law in item.law:
        citation = writer.cite(law.target)
        lead = strings.text("items.law" if citation.binds else "items.guidance")
        yield html("<p>{} {} ({})</p>", lead, inline_html(citation.says), citation.label)


def _where(item: Item, course: Course) -> Iterator[Markup]:
    """Say where the answer can be read."""
    read = course.read_in.get(item.id)
    if read:
        module, number, _ = read
        label = module_label(course.modules[module], course.strings)
        words = course.strings.text("paper.key.read", module=label, number=number)
        yield html("<p>{}</p>", words)
