"""True or false: two radio buttons, and those of the reasons below them."""

from __future__ import annotations

from imlcourse.html.compose import Markup, html, lines
from imlcourse.html.items.sheet import Sheet, answer, key_html, key_list, options_html, question
from imlcourse.items.truefalse import CHOICES, REASONS, TrueFalse


@question.register
def _question(item: TrueFalse, sheet: Sheet) -> Markup:
    judge = options_html(sheet, "radio", [(choice, _word(sheet, choice)) for choice in CHOICES])
    if not item.reasons:
        return judge
    why, reasons = f"{sheet.prefix}-why", item.reasons_by_id()
    shown = [reasons[place] for place in sheet.places(REASONS, len(reasons))]
    return lines(
        [
            judge,
            html('<div class="iml-reasons" role="group" aria-labelledby="{}">', why),
            html('<p class="iml-list-name" id="{}">{}</p>', why, sheet.text("items.truefalse.why")),
            options_html(sheet, "radio", [(part, reason.text) for part, reason in shown], name=why),
            Markup("</div>"),
        ]
    )


@answer.register
def _answer(item: TrueFalse, sheet: Sheet) -> Markup:
    feedback = {"true": item.feedback.when_true, "false": item.feedback.when_false}
    reasons = item.reasons_by_id()
    keys = [
        key_html(sheet, choice, choice == item.judgement, feedback[choice], _word(sheet, choice))
        for choice in CHOICES
    ]
    for place in sheet.places(REASONS, len(reasons)):
        part, reason = reasons[place]
        keys.append(key_html(sheet, part, reason.correct, reason.feedback, reason.text))
    return key_list(keys)


def _word(sheet: Sheet, choice: str) -> str:
    return sheet.text(f"items.truefalse.{choice}")
