"""Matching: the answers with a letter each, and a list of the letters for each prompt."""

from __future__ import annotations

from imlcourse.html.compose import Markup, html, joined, lines
from imlcourse.html.items.sheet import (
    Sheet,
    answer,
    feedback_span,
    key_list,
    misses_html,
    question,
    right_html,
)
from imlcourse.items.matching import ANSWERS, Matching
from imlcourse.markup.inline import inline_html, inline_text


@question.register
def _question(item: Matching, sheet: Sheet) -> Markup:
    # The answers stand in the open too, because a closed list cuts long ones short, and on
    # paper it shows nothing.
    ids, texts = item.answer_ids(), item.answer_texts()
    letters = sheet.text("items.letters")
    answers = [
        (ids[place], letters[shown], texts[place])
        for shown, place in enumerate(sheet.places(ANSWERS, len(ids)))
    ]
    choices = joined(
        [
            html('<option value="">{}</option>', sheet.text("items.matching.choose")),
            *(
                html(
                    '<option value="{}">{}</option>',
                    part,
                    sheet.text(
                        "items.matching.lettered",
                        letter=letter,
                        text=sheet.isolated(inline_text(text)),
                    ),
                )
                for part, letter, text in answers
            ),
        ]
    )
    prompts = (
        html(
            '<li class="iml-prompt" data-part="{part}">'
            '<label class="iml-prompt-text" for="{prefix}-{part}"{auto}>{prompt}</label>'
            ' <select class="iml-select" id="{prefix}-{part}">{choices}</select></li>',
            part=part,
            prefix=sheet.prefix,
            auto=sheet.auto(pair.left),
            prompt=inline_html(pair.left),
            choices=choices,
        )
        for part, pair in zip(item.prompt_ids(), item.pairs, strict=True)
    )
    return lines(
        [
            html('<p class="iml-list-name">{}</p>', sheet.text("items.matching.answers")),
            Markup('<ul class="iml-lettered">'),
            *(
                html(
                    '<li data-part="{}"><span class="iml-letter">{}</span> '
                    '<span class="iml-lettered-text"{}>{}</span></li>',
                    part,
                    letter,
                    sheet.auto(text),
                    inline_html(text),
                )
                for part, letter, text in answers
            ),
            Markup("</ul>"),
            Markup('<ul class="iml-prompts">'),
            *prompts,
            Markup("</ul>"),
        ]
    )


@answer.register
def _answer(item: Matching, sheet: Sheet) -> Markup:
    texts = dict(zip(item.answer_ids(), item.answer_texts(), strict=True))
    keys = [
        html(
            '<li data-part="{}" data-iml-answer="{}"><strong{}>{}</strong><br>{}{}{}</li>',
            prompt,
            right,
            sheet.auto(pair.left),
            inline_html(pair.left),
            misses_html(
                sheet,
                pair.wrong,
                {id_: (texts[id_], one.feedback) for id_, one in item.confused(pair).items()},
            ),
            right_html(sheet, pair.right),
            feedback_span(sheet, pair.feedback),
        )
        for (prompt, right), pair in zip(item.key().items(), item.pairs, strict=True)
    ]
    keys += [
        html(
            '<li data-iml-extra="{}">{}: <span class="iml-key-text"{}>{}</span><br>{}</li>',
            part,
            sheet.text("items.matching.extra"),
            sheet.auto(extra.text),
            inline_html(extra.text),
            feedback_span(sheet, extra.feedback),
        )
        for part, extra in zip(item.answer_ids()[len(item.pairs) :], item.distractors, strict=True)
    ]
    return key_list(keys)
