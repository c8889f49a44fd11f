"""Cloze: the text with a field or a list in each gap."""

from __future__ import annotations

import json

from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.html.items.sheet import (
    Sheet,
    answer,
    feedback_span,
    key_list,
    on_paper,
    question,
    verdict,
)
from imlcourse.items.choice import Option
from imlcourse.items.cloze import GAP_MARK, Cloze, choices_group
from imlcourse.markup.inline import around, inline_html, inline_text


@question.register
def _question(item: Cloze, sheet: Sheet) -> Markup:
    gaps = [_gap(item, index, sheet) for index in range(len(item.gaps))]

    def control(number: str) -> Markup | None:
        return gaps[int(number) - 1] if 1 <= int(number) <= len(gaps) else None

    text = around(item.text, GAP_MARK, lambda found: control(found[1]))
    return html('<p class="iml-cloze-text"{}>{}</p>', sheet.auto(item.text), text)


def _gap(item: Cloze, index: int, sheet: Sheet) -> Markup:
    part = item.gap_ids()[index]
    choices = item.gaps[index].choices
    name = html(
        'name="{}-{}" aria-label="{}"',
        sheet.prefix,
        part,
        sheet.text("items.cloze.gap", number=index + 1, count=len(item.gaps)),
    )
    if choices is None:
        return html(
            '<span class="iml-gap" data-part="{}">'
            '<input type="text" dir="auto" autocomplete="off" spellcheck="false" size="14" {}>'
            "</span>",
            part,
            name,
        )
    shown = [(id_, inline_text(choice.text)) for id_, choice in _shown(item, index, sheet)]
    return html(
        '<span class="iml-gap" data-part="{}"{}><select class="iml-select" {}>'
        '<option value="">{}</option>{}</select></span>',
        part,
        # On paper a closed list shows nothing.
        on_paper(sheet, "items.cloze.choices", choices=" / ".join(text for _, text in shown)),
        name,
        sheet.text("items.cloze.choose"),
        joined(
            html('<option value="{}"{}>{}</option>', id_, sheet.auto(text), text)
            for id_, text in shown
        ),
    )


def _shown(item: Cloze, index: int, sheet: Sheet) -> list[tuple[str, Option]]:
    ids, choices = item.choice_ids(index), item.gaps[index].choices or []
    return [(ids[place], choices[place]) for place in sheet.places(choices_group(index), len(ids))]


@answer.register
def _answer(item: Cloze, sheet: Sheet) -> Markup:
    return key_list(
        (
            html('<li data-part="{}"{}</li>', part, _key(item, index, sheet))
            for index, part in enumerate(item.gap_ids())
        ),
        ordered=True,
    )


def _key(item: Cloze, index: int, sheet: Sheet) -> Markup:
    """Draw the key of a gap, from the attributes of its line on."""
    gap = item.gaps[index]
    if gap.choices is None:
        return _typed_key(item, index, sheet)
    return html(
        ">{}",
        joined(
            (
                html(
                    '<span data-iml-choice="{}"{}>{}: '
                    '<span class="iml-key-text"{}>{}</span>. {}</span>',
                    id_,
                    Markup(' data-iml-right="true"') if choice.correct else NOTHING,
                    verdict(sheet, choice.correct),
                    sheet.auto(choice.text),
                    inline_html(choice.text),
                    feedback_span(sheet, choice.feedback),
                )
                for id_, choice in _shown(item, index, sheet)
            ),
            sheet.text("list.separator"),
        ),
    )


def _typed_key(item: Cloze, index: int, sheet: Sheet) -> Markup:
    gap, key = item.gaps[index], item.right(index)
    answers = [inline_text(text) for text in gap.answers or []]
    others, once = item.others(index), item.once(index)
    also = ""
    if more := [text for text in answers if text != key]:
        also = " " + sheet.text("items.cloze.also", answers=sheet.text("list.separator").join(more))
    return html(
        ' data-iml-answers="{}" data-iml-tolerance="{}"{}{}>{}{} '
        '<strong class="iml-key-text"{}>{}</strong>{}<br>{}',
        json.dumps(answers, ensure_ascii=False),
        gap.tolerance,
        html(' data-iml-others="{}"', " ".join(others)) if others else NOTHING,
        html(' data-iml-once="{}"', once) if once is not None else NOTHING,
        joined(
            html(
                '<span data-iml-mistake="{}">{}: {}. <span class="iml-miss"{}>{}</span></span><br>',
                inline_text(wrong.text),
                verdict(sheet, False),
                sheet.apart(wrong.text),
                sheet.auto(wrong.feedback),
                sheet.told(wrong.feedback),
            )
            for wrong in gap.mistakes
        ),
        sheet.text("items.key"),
        sheet.auto(key),
        key,
        also,
        feedback_span(sheet, gap.feedback or ""),
    )
