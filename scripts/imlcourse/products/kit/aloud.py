"""What a trainer reads to the room: the scene that a session opens with, and questions for a vote.

It stands in the plan and in the notes of the slides, so that nobody has to look for the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.session import Activity, SessionPlan
from imlcourse.html.writer import Writer
from imlcourse.items import Item
from imlcourse.items.parts import ChoicePart, ItemPart, JudgementPart
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.paper.questions import Line, Question, question
from imlcourse.products.rich import Para, Run, plain, quiz_text, rich

__all__ = ["opening_activity", "question_aloud", "scene_aloud"]


def scene_aloud(module: Module, writer: Writer) -> tuple[Para, ...]:
    """Give the words of the scene that a module opens with; none if it has no scene."""
    opens = next((one for one in module.opening if one.options.get("drawing")), None)
    return tuple(rich(opens.text, writer)) if opens else ()


def opening_activity(plan: SessionPlan) -> Activity | None:
    """Give the activity in which the opening scene is read: the first that uses or shows it."""
    return next(
        (
            one
            for one in plan.activities
            if "scene" in one.uses or any(slide.shows == "scene" for slide in one.slides)
        ),
        None,
    )


def question_aloud(course: Course, item: Item) -> tuple[Para, ...]:
    """Give a question with the letters of the screen, and what is right, and why.

    Parameters
    ----------
    course
        The course.
    item
        The question.
    """
    asked = question(0, item, course.orders.get(item.id, {}), course.strings)
    return (
        Para(tuple(Run(run.text, bold=True) for run in quiz_text(item.stem).runs)),
        *_offered(course, asked),
        *_right(course, asked),
    )


def _offered(course: Course, asked: Question) -> Iterator[Para]:
    t = course.strings.text
    for letter, text in asked.offered:
        yield Para((Run(t("paper.key.choice", label=letter, text=inline_text(text))),))
    for line in asked.lines:
        if line.text:
            yield Para((Run(t("paper.key.choice", label=line.label, text=inline_text(line.text))),))
        for choice in line.choices:
            if choice.text:
                words = inline_text(choice.text)
                yield plain(t("paper.key.choice", label=choice.label, text=words))


def _right(course: Course, asked: Question) -> Iterator[Para]:
    t = course.strings.text
    parts = {part.id: part for part in asked.item.parts() if part.id}
    for line in asked.lines:
        right = [choice for choice in line.choices if choice.right]
        told = t("list.separator").join(choice.label for choice in right) or line.answer
        before = f"{line.label} → " if len(asked.lines) > 1 and line.label else ""
        head = t("kit.plan.right", answer=f"{before}{told}")
        yield Para((Run(head, bold=True), Run(f"  {_reason(line, parts)}")))


def _reason(line: Line, parts: Mapping[str, ItemPart]) -> str:
    found = [parts.get(choice.answer) for choice in line.choices if choice.right]
    said = [
        inline_text(part.feedback) for part in found if isinstance(part, ChoicePart | JudgementPart)
    ]
    if not said and line.part in parts:
        said = [inline_text(parts[line.part].feedback)]
    return " ".join(filter(None, said))
