"""Categorise: each card with a list of the groups; the player makes boxes of the groups."""

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
from imlcourse.items.categorise import CARDS, Categorise
from imlcourse.markup.inline import inline_html, inline_text


@question.register
def _question(item: Categorise, sheet: Sheet) -> Markup:
    groups = list(zip(item.group_ids(), item.groups_, strict=True))
    choices = joined(
        html(
            '<option value="{}"{}>{}</option>',
            part,
            sheet.auto(group.text),
            inline_text(group.text),
        )
        for part, group in groups
    )
    ids = item.card_ids()
    cards = [
        html(
            '<li class="iml-card" data-part="{part}">'
            '<span class="iml-card-text" id="{name}-text"{auto}>{text}</span> '
            '<select class="iml-select" name="{name}" aria-labelledby="{name}-text">'
            '<option value="">{choose}</option>{choices}</select></li>',
            part=ids[place],
            name=f"{sheet.prefix}-{ids[place]}",
            auto=sheet.auto(item.cards[place].text),
            text=inline_html(item.cards[place].text),
            choose=sheet.text("items.categorise.choose"),
            choices=choices,
        )
        for place in sheet.places(CARDS, len(ids))
    ]
    return lines(
        [
            html('<p class="iml-list-name">{}</p>', sheet.text("items.categorise.groups")),
            Markup('<ul class="iml-groups">'),
            *(
                html(
                    '<li data-iml-group="{}"><span class="iml-group-text"{}>{}</span></li>',
                    part,
                    sheet.auto(group.text),
                    inline_html(group.text),
                )
                for part, group in groups
            ),
            Markup("</ul>"),
            Markup('<ul class="iml-cards iml-unsorted">'),
            *cards,
            Markup("</ul>"),
        ]
    )


@answer.register
def _answer(item: Categorise, sheet: Sheet) -> Markup:
    headings = dict(zip(item.group_ids(), (group.text for group in item.groups_), strict=True))
    ids, key = item.card_ids(), item.key()
    return key_list(
        html(
            '<li data-part="{}" data-iml-answer="{}"><strong{}>{}</strong><br>{}{}{}</li>',
            ids[place],
            key[ids[place]],
            sheet.auto(card.text),
            inline_html(card.text),
            misses_html(
                sheet,
                card.wrong,
                {id_: (headings[id_], one.feedback) for id_, one in item.confused(card).items()},
            ),
            right_html(sheet, headings.get(key[ids[place]], "")),
            feedback_span(sheet, card.feedback),
        )
        for place in sheet.places(CARDS, len(ids))
        for card in [item.cards[place]]
    )
