"""Single choice: radio buttons."""

from __future__ import annotations

from imlcourse.html.compose import Markup
from imlcourse.html.items.choice import choice_answer, choice_question
from imlcourse.html.items.sheet import Sheet, answer, question
from imlcourse.items.single import Single


@question.register
def _question(item: Single, sheet: Sheet) -> Markup:
    return choice_question(item, sheet, "radio")


@answer.register
def _answer(item: Single, sheet: Sheet) -> Markup:
    return choice_answer(item, sheet)
