"""Ordering: cards, which the player lets the learner move."""

from __future__ import annotations

from imlcourse.html.compose import Markup, html, lines
from imlcourse.html.items.sheet import Sheet, answer, feedback_span, key_list, question
from imlcourse.items.ordering import STEPS, Ordering
from imlcourse.markup.inline import inline_html


@question.register
def _question(item: Ordering, sheet: Sheet) -> Markup:
    ids = item.step_ids()
    cards = (
        html(
            '<li class="iml-card" data-part="{}"><span class="iml-card-text"{}>{}</span></li>',
            ids[place],
            sheet.auto(item.steps[place].text),
            inline_html(item.steps[place].text),
        )
        for place in sheet.places(STEPS, len(ids))
    )
    return lines([Markup('<ol class="iml-cards">'), *cards, Markup("</ol>")])


@answer.register
def _answer(item: Ordering, sheet: Sheet) -> Markup:
    return key_list(
        (
            html(
                '<li data-part="{}"><strong class="iml-key-text"{}>{}</strong><br>{}</li>',
                part,
                sheet.auto(step.text),
                inline_html(step.text),
                feedback_span(sheet, step.feedback),
            )
            for part, step in zip(item.step_ids(), item.steps, strict=True)
        ),
        ordered=True,
    )
