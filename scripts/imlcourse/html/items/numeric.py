"""Numeric: a field for a number."""

from __future__ import annotations

from imlcourse.html.compose import NOTHING, Markup, html
from imlcourse.html.items.sheet import Sheet, answer, feedback_span, key_list, question, verdict
from imlcourse.items.numeric import VALUE, Numeric, shown
from imlcourse.markup.inline import inline_html


@question.register
def _question(item: Numeric, sheet: Sheet) -> Markup:
    return html(
        '<div class="iml-entry" data-part="{}"><label class="iml-entry-label">'
        '<span class="iml-entry-name">{}</span> '
        '<input type="text" inputmode="decimal" autocomplete="off" size="12"'
        ' name="{}">{}</label></div>',
        VALUE,
        sheet.text("items.numeric.label"),
        sheet.prefix,
        html(' <span class="iml-unit"{}>{}</span>', sheet.auto(item.unit), inline_html(item.unit))
        if item.unit
        else NOTHING,
    )


@answer.register
def _answer(item: Numeric, sheet: Sheet) -> Markup:
    about = ""
    if item.tolerance:
        about = " " + sheet.text("items.numeric.about", tolerance=shown(item.tolerance))
    keys = [
        html(
            '<li data-iml-mistake="{}">{}: {}<br>{}</li>',
            shown(wrong.value),
            verdict(sheet, False),
            shown(wrong.value),
            feedback_span(sheet, wrong.feedback),
        )
        for wrong in item.mistakes
    ]
    keys.append(
        html(
            '<li data-iml-other="true">{}: {}<br>{}</li>',
            verdict(sheet, False),
            sheet.text("items.numeric.other"),
            feedback_span(sheet, item.feedback.wrong),
        )
    )
    keys.append(
        html(
            '<li data-part="{}" data-iml-value="{}" data-iml-tolerance="{}">{} '
            '<strong class="iml-key-text">{}{}</strong>{}<br>{}</li>',
            VALUE,
            shown(item.answer),
            shown(item.tolerance),
            sheet.text("items.key"),
            shown(item.answer),
            html(" {}", inline_html(item.unit)) if item.unit else NOTHING,
            about,
            feedback_span(sheet, item.feedback.right),
        )
    )
    return key_list(keys)
