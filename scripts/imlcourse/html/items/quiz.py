"""Items and quizzes as HTML that is complete without a script.

The HTML is the only form in which a quiz reaches the page: the player finds the parts, the key
and the feedback in it. So a page whose scripts are stripped or switched off still shows every
question with native controls, and every answer under a heading that unfolds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from imlcourse.html.compose import NOTHING, Markup, html, lines
from imlcourse.html.items.sheet import (
    Cite,
    Sheet,
    Told,
    answer,
    evidence_html,
    law_html,
    on_paper,
    question,
)
from imlcourse.html.seal import seal
from imlcourse.items.base import Item, Order
from imlcourse.items.cloze import Cloze
from imlcourse.languages.locales import direction
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_html

__all__ = ["Sealed", "answer_part", "item_html", "question_part", "quiz_html"]

Sealed = Literal["answer", "item"]
"""What is sealed of a test item: its answer, or all of it."""


def item_html(
    item: Item,
    number: int,
    order: Order,
    cite: Cite,
    strings: Strings,
    *,
    prefix: str = "",
    sealed: Sealed | None = None,
    apart: bool = False,
    drawn_from: bool = False,
    read: Markup | None = None,
    told: Told = inline_html,
) -> Markup:
    """Draw one item: the question, and the answer under a heading that unfolds.

    Parameters
    ----------
    item
        The item.
    number
        Its number in the quiz, from 1.
    order
        The order of its parts, as `imlcourse.items.shown_order.places` gives it.
    cite
        Gives the citation of a unit.
    strings
        The texts of the interface.
    prefix
        What the ids in it begin with, where the same item may stand twice on a page.
    sealed
        What a reader of the page is not to come upon: the answer, or the whole item.
    apart
        Whether what is sealed stands in a file of its own (`imlcourse.html.sealed`).
    drawn_from
        Whether a test draws it, and has to know its objective and level.
    read
        The link to where its answer can be read.
    told
        Draws stems, hints and feedback.

    Returns
    -------
    Markup
        HTML without blank lines.
    """
    name = f"{prefix}-{number}" if prefix else item.id
    sheet = Sheet(name, order, cite, strings, item.language, told)
    roles = " ".join(getattr(item, "roles", []))
    head = html(
        '<div class="iml-item iml-{type}" id="{prefix}" data-iml-item="{id}"'
        ' data-iml-type="{type}" data-iml-version="{version}"{roles}{drawn}{other}',
        type=item.type,
        prefix=sheet.prefix,
        id=item.id,
        version=item.version,
        roles=html(' data-iml-roles="{}"', roles) if roles else NOTHING,
        drawn=html(
            ' data-iml-objective="{}" data-iml-level="{}"',
            item.objective,
            item.level,
        )
        if drawn_from
        else NOTHING,
        # One that is not translated yet is in another language than the quiz around it.
        other=html(' lang="{}" dir="{}"', item.language, direction(item.language))
        if item.language.partition("-")[0] != strings.language.partition("-")[0]
        else NOTHING,
    )
    # Tests give no hints: they are there to show what is known without.
    asked = question_part(item, number, sheet, hinted=not drawn_from)
    if sealed == "item":
        whole = (
            NOTHING
            if apart
            else _sealed_attribute(item.id, lines([asked, answer_part(item, sheet, read)]))
        )
        return html('{} data-iml-sealed-item="{}" hidden></div>', head, whole)
    if sealed == "answer":
        kept = NOTHING if apart else _sealed_attribute(item.id, answer_part(item, sheet, read))
        answered = html('<div data-iml-sealed="{}" hidden></div>', kept)
    else:
        answered = answer_part(item, sheet, read)
    return lines([html("{}>", head), asked, answered, Markup("</div>")])


def _how(item: Item) -> str:
    """Name the text that says how to answer: where no gap can be chosen, it speaks of none."""
    if isinstance(item, Cloze):
        typed = {gap.choices is None for gap in item.gaps}
        if len(typed) == 1:
            return "items.cloze.how.typed" if typed == {True} else "items.cloze.how.chosen"
    return f"items.{item.type}.how"


def question_part(item: Item, number: int, sheet: Sheet, *, hinted: bool = False) -> Markup:
    """Draw what asks: the stem, the controls, and in practice the hint.

    Parameters
    ----------
    item
        The item.
    number
        Its number in the quiz, from 1.
    sheet
        What it needs to draw itself.
    hinted
        Whether its hint can be asked for, where it has one.
    """
    hint: list[Markup] = []
    if hinted and item.hint:
        # Unfolds without a script too, and opens to the keyboard.
        hint = [
            html(
                '<details class="iml-hint"><summary>{}</summary><p{}>{}</p></details>',
                sheet.text("items.hint"),
                sheet.auto(item.hint),
                sheet.told(item.hint),
            )
        ]
    return lines(
        [
            html('<fieldset class="iml-question" aria-describedby="{}-how">', sheet.prefix),
            html(
                '<legend><span class="iml-number">{}</span> {}'
                '<span class="iml-stem"{}>{}</span></legend>',
                sheet.text("items.number", number=number),
                html('<span class="iml-beside">{}.</span> ', sheet.text("block.law"))
                if item.law
                else NOTHING,
                sheet.auto(item.stem),
                sheet.told(item.stem),
            ),
            html(
                '<p class="iml-how" id="{}-how"{}>{}</p>',
                sheet.prefix,
                on_paper(sheet, f"items.{item.type}.paper"),
                sheet.text(_how(item)),
            ),
            question(item, sheet),
            Markup("</fieldset>"),
            *hint,
        ]
    )


def _sealed_attribute(item_id: str, what: Markup) -> Markup:
    """Seal HTML, escaped as an attribute has to be and no more: sealed texts are long."""
    # `str` first: the methods of `Markup` escape what they put in.
    text = seal(item_id, str(what))
    return Markup(text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;"))


def answer_part(item: Item, sheet: Sheet, read: Markup | None = None) -> Markup:
    """Draw what tells the answer: the feedback for every part, the key, the evidence, the place.

    Parameters
    ----------
    item
        The item.
    sheet
        What it needs to draw itself.
    read
        The link to where the answer can be read.
    """
    place: list[Markup] = []
    if read:
        words = sheet.strings.html("items.reading", link=read)
        place = [html('<p class="iml-reading">{}</p>', words)]
    return lines(
        [
            Markup('<details class="iml-answer">'),
            html("<summary>{}</summary>", sheet.text("items.answer")),
            answer(item, sheet),
            *(
                evidence_html(evidence, sheet, lead=not index)
                for index, evidence in enumerate(item.evidence)
            ),
            *(law_html(evidence, sheet) for evidence in item.law),
            *place,
            Markup("</details>"),
        ]
    )


def quiz_html(
    quiz_id: str,
    title: str | None,
    items: Iterable[Item],
    orders: Mapping[str, Order],
    cite: Cite,
    strings: Strings,
    *,
    heading: int = 3,
    mode: str = "practice",
    test: Mapping[str, Any] | None = None,
    sealed: Sealed | None = None,
    sealed_in: Sequence[str] = (),
    pick: str = "all",
    read: Callable[[str], Markup | None] | None = None,
    told: Told = inline_html,
) -> Markup:
    """Draw a quiz.

    Parameters
    ----------
    quiz_id
        Its id, unique on the page. Element ids in it begin with ``quiz-`` or ``q-`` and this id.
    title
        Its title, in the Markdown subset; None for items that stand alone, without a heading.
    items
        Its items, in their order.
    orders
        The order of the parts of each item by item id, as `imlcourse.items.shown_order.places`
        gives it.
    cite
        Gives the citation of a unit.
    strings
        The texts of the interface.
    heading
        The level of the heading: one below that of the section in which the quiz stands.
    mode
        How the player runs it.
    test
        Of a test: what the player has to know of it (see ``test.js``).
    sealed
        What is sealed of each item, of a test.
    sealed_in
        Addresses of the files that hold what is sealed, where it does not stand in the items.
    pick
        ``"role"`` where the learner's role picks one of several scenarios.
    read
        Gives, by the id of an item, the link to where its answer can be read.
    told
        Draws stems, hints and feedback.

    Returns
    -------
    Markup
        HTML without blank lines.
    """
    # Sections are called m06-s1 too, so a quiz needs ids of its own.
    name = f"quiz-{quiz_id}"
    head: list[Markup] = []
    if title is None:
        label = html('aria-label="{}"', strings.text("items.alone"))
    else:
        label = html('aria-labelledby="{}-title"', name)
        head = [
            Markup('<div class="iml-quiz-head">'),
            html(
                '<h{level} class="iml-quiz-title" id="{name}-title" dir="auto">{title}</h{level}>',
                level=heading,
                name=name,
                title=inline_html(title),
            ),
            Markup("</div>"),
        ]
    drawn = [
        item_html(
            item,
            number,
            orders.get(item.id, {}),
            cite,
            strings,
            prefix=f"q-{quiz_id}",
            sealed=sealed,
            apart=bool(sealed_in),
            drawn_from=mode == "test",
            read=read(item.id) if read else None,
            told=told,
        )
        for number, item in enumerate(items, start=1)
    ]
    about = NOTHING
    if test is not None:
        about = html(
            ' data-iml-test="{}"', json.dumps(test, ensure_ascii=False, separators=(",", ":"))
        )
        # Taken away by the player; without it, nothing else would say how the test is marked.
        unscripted = "items.unscripted.sealed" if sealed == "item" else "items.unscripted"
        drawn.insert(0, html('<p class="iml-item iml-unscripted">{}</p>', strings.text(unscripted)))
    if sealed_in:
        about += html(' data-iml-sealed-in="{}"', " ".join(sealed_in))
    if pick != "all":
        about += html(' data-iml-pick="{}"', pick)
    # A group and not a section: a page with five quizzes is not to have five more landmarks.
    return lines(
        [
            html(
                '<div class="iml-quiz" id="{name}" role="group" {label} data-iml-quiz="{id}"'
                ' data-iml-mode="{mode}"{about} lang="{language}"{direction}>',
                name=name,
                label=label,
                id=quiz_id,
                mode=mode,
                about=about,
                language=strings.language,
                # A notebook around it runs from the left.
                direction=Markup(' dir="rtl"') if strings.direction == "rtl" else NOTHING,
            ),
            *head,
            *drawn,
            Markup("</div>"),
        ]
    )
