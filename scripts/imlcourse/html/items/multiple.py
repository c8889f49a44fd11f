"""Multiple response: tick boxes."""

from __future__ import annotations

from imlcourse.html.compose import Markup
from imlcourse.html.items.choice import choice_answer, choice_question
from imlcourse.html.items.sheet import Sheet, answer, question
from imlcourse.items.multiple import Multiple


@question.register
def _question(item: Multiple, sheet: Sheet) -> Markup:
    return choice_question(item, sheet, "checkbox")


@answer.register
def _answer(item: Multiple, sheet: Sheet) -> Markup:
    return choice_answer(item, sheet)
