"""Scenario: every step, and where each choice leads; the player shows one after the other."""

from __future__ import annotations

from imlcourse.html.compose import NOTHING, Markup, html, lines
from imlcourse.html.items.sheet import (
    Sheet,
    answer,
    evidence_html,
    feedback_span,
    options_html,
    question,
)
from imlcourse.items.base import part_id
from imlcourse.items.scenario import Decision, Scenario, Step
from imlcourse.markup.inline import inline_html

_SHADES = {"best": "right", "fair": "partly", "poor": "wrong"}


@question.register
def _question(item: Scenario, sheet: Sheet) -> Markup:
    numbers = _numbers(item)
    scenes: list[Markup] = []
    for number, step in enumerate(item.steps, start=1):
        ids = item.choice_ids(step)
        options = options_html(
            sheet,
            "radio",
            [(ids[place], step.choices[place].text) for place in sheet.places(step.id, len(ids))],
            name=f"{sheet.prefix}-{part_id(item.id, 'steps', number - 1)}",
            onward={
                part: _onward(choice, numbers, sheet)
                for part, choice in zip(ids, step.choices, strict=True)
            },
        )
        scenes += [
            html('<div class="iml-scene" data-iml-step="{}">', step.id),
            html(
                '<p class="iml-scene-number">{}</p>',
                sheet.text("items.scenario.step", number=number),
            ),
            html(
                '<p class="iml-scene-text"{}>{}</p>', sheet.auto(step.text), sheet.told(step.text)
            ),
            *(
                html(
                    '<p class="iml-scene-text"{} data-iml-role="{}" hidden>{}</p>',
                    sheet.auto(text),
                    role,
                    sheet.told(text),
                )
                for role, text in step.variants.items()
            ),
            html(
                '<fieldset class="iml-scene-choices"><legend class="iml-scene-question"{}>'
                "{}</legend>",
                sheet.auto(step.question),
                sheet.told(step.question),
            ),
            options,
            Markup("</fieldset>"),
            Markup("</div>"),
        ]
    return lines([Markup('<div class="iml-scenes">'), *scenes, Markup("</div>")])


def _numbers(item: Scenario) -> dict[str, int]:
    return {step.id: number for number, step in enumerate(item.steps, start=1)}


def _onward(choice: Decision, numbers: dict[str, int], sheet: Sheet) -> str:
    """Say where a choice leads: on paper, and without the player, the reader goes there."""
    number = numbers.get(choice.next)
    if number is None:
        return sheet.text("items.scenario.end")
    return sheet.text("items.scenario.next", number=number)


@answer.register
def _answer(item: Scenario, sheet: Sheet) -> Markup:
    keys: list[Markup] = []
    for number, step in enumerate(item.steps, start=1):
        head = sheet.text("items.scenario.step", number=number)
        keys += [
            html('<div class="iml-scene-key" data-iml-step="{}">', step.id),
            html('<p class="iml-list-name">{}</p>', head),
            Markup('<ul class="iml-keys">'),
            *_decisions(item, step, sheet),
            Markup("</ul>"),
            evidence_html(step.evidence, sheet, lead=True),
            Markup("</div>"),
        ]
    debrief = html(
        '<p class="iml-debrief"><strong>{}</strong> {}</p>',
        sheet.text("items.scenario.debrief"),
        feedback_span(sheet, item.debrief),
    )
    return lines([*keys, debrief])


def _decisions(item: Scenario, step: Step, sheet: Sheet) -> list[Markup]:
    ids = item.choice_ids(step)
    shown = [(ids[place], step.choices[place]) for place in sheet.places(step.id, len(ids))]
    return [
        html(
            '<li data-part="{}" data-iml-rating="{}" data-iml-next="{}">'
            '<strong class="iml-{}">{}</strong>: '
            '<span class="iml-key-text"{}>{}</span><br>{}{}</li>',
            part,
            choice.rating,
            choice.next,
            _SHADES[choice.rating],
            sheet.text(f"items.scenario.{choice.rating}"),
            sheet.auto(choice.text),
            inline_html(choice.text),
            feedback_span(sheet, choice.consequence),
            evidence_html(choice.evidence, sheet, lead=True) if choice.evidence else NOTHING,
        )
        for part, choice in shown
    ]
