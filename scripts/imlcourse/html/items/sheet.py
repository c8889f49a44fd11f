"""What the items of every type are drawn with.

Each type of item draws itself in the module of this package that has its name: a function for
`question` and one for `answer`, registered by the class of the item. Nothing else knows the types.

What the player reads
    ``data-iml-quiz``, ``data-iml-mode`` on the quiz, and ``data-iml-test`` on a test;
    ``data-iml-item``, ``data-iml-type``, ``data-iml-version`` on an item, and besides
    ``data-iml-objective``, ``data-iml-level`` on one that a test draws; ``data-part`` on each
    part, in the question and in the answer (an option of a question has it as the value of its
    control). Everything that tells the key stands in the answer (``.iml-answer``), so that
    another mode can put something else there.

What only paper shows
    ``data-iml-paper`` on an element holds words that are printed after it: how to answer with a
    pen, and the choices of a gap. ``.iml-onward`` beside a choice of a case says where it leads.

There are no blank lines in the HTML (one would end an HTML block in Markdown), no form (hosts may
forbid submission), no script, no event handler and no style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal
from unicodedata import bidirectional

from imlcourse.html.citation import Citation
from imlcourse.html.compose import NOTHING, Markup, html, joined, lines
from imlcourse.html.links import link
from imlcourse.items.base import Evidence, Item, LawEvidence, Order
from imlcourse.languages.locales import direction, disturbs
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_html

__all__ = [
    "Cite",
    "Control",
    "Sheet",
    "Told",
    "answer",
    "evidence_html",
    "feedback_span",
    "key_html",
    "key_list",
    "law_html",
    "misses_html",
    "on_paper",
    "options_html",
    "question",
    "right_html",
    "verdict",
]

Cite = Callable[[str], Citation]
"""Gives the citation of a unit by its id."""
Control = Literal["radio", "checkbox"]
Told = Callable[[str], Markup]
"""Draws a text that stands in no control, so that what it names may be linked."""


@dataclass(frozen=True)
class Sheet:
    """What is needed to draw an item.

    Parameters
    ----------
    prefix
        The id of the item's element; every id and name in it begins with it.
    order
        The order in which each group of parts is shown; the written order where it is silent.
    cite
        Gives the citation of a unit.
    strings
        The texts of the interface.
    language
        The language of the item's own texts, as a tag.
    told
        Draws stems, hints and feedback.
    """

    prefix: str
    order: Order
    cite: Cite
    strings: Strings
    language: str
    told: Told = inline_html

    def text(self, key: str, **values: object) -> str:
        """Give a text of the interface."""
        return self.strings.text(key, **values)

    def isolated(self, text: str) -> str:
        """Keep a text together that runs the other way, where no tag can: in an option of a list.

        Elsewhere it is `auto` or `apart` that keep what authors write together.
        """
        strong = next((c for c in map(bidirectional, text) if c in ("L", "R", "AL")), "L")
        way = "ltr" if strong == "L" else "rtl"
        return text if way == self.strings.direction else f"\u2068{text}\u2069"

    def auto(self, text: str) -> Markup:
        """Give the attribute by which an element runs as the first letter in it does.

        Parameters
        ----------
        text
            What the author wrote into the element.

        Returns
        -------
        Markup
            `` dir="auto"``; nothing where the text runs as the item around it, as most texts do.
        """
        return Markup(' dir="auto"') if self._alone(text) else NOTHING

    def apart(self, text: str) -> Markup:
        """Draw a text within others, kept together where it may run the other way."""
        return html("<bdi>{}</bdi>" if self._alone(text) else "{}", inline_html(text))

    def _alone(self, text: str) -> bool:
        # In an item that is not translated yet, the words of the interface may run the other way.
        way = self.strings.direction
        return way != direction(self.language) or disturbs(text, way)

    def places(self, group: str, count: int) -> tuple[int, ...]:
        """Give the written places of a group in the order in which they are shown."""
        return self.order.get(group, tuple(range(count)))


@singledispatch
def question(item: Item, sheet: Sheet) -> Markup:
    """Draw what the learner answers with: native controls, and nothing of the key."""
    raise NotImplementedError(f"html/items/ has no module that draws {item.type!r}")


@singledispatch
def answer(item: Item, sheet: Sheet) -> Markup:
    """Draw the key and the feedback for every part."""
    raise NotImplementedError(f"html/items/ has no module that draws {item.type!r}")


def on_paper(sheet: Sheet, key: str, **values: object) -> Markup:
    """Give the attribute with the words that only paper shows, where there are some.

    An attribute, since a screen reader is not to come upon them.
    """
    if key not in sheet.strings:
        return NOTHING
    return html(' data-iml-paper="{}"', sheet.text(key, **values))


def verdict(sheet: Sheet, right: bool) -> Markup:
    """Draw the word that tells whether a part is right."""
    kind = "right" if right else "wrong"
    return html('<strong class="iml-{}">{}</strong>', kind, sheet.text(f"items.{kind}"))


def feedback_span(sheet: Sheet, feedback: str) -> Markup:
    """Draw the feedback for a part, where the player finds it."""
    return html('<span class="iml-why"{}>{}</span>', sheet.auto(feedback), sheet.told(feedback))


def misses_html(sheet: Sheet, wrong: str, confused: Mapping[str, tuple[str, str]]) -> Markup:
    """Draw what is said of a line of which another choice was made, where the player finds it.

    Parameters
    ----------
    sheet
        What it is drawn with.
    wrong
        What is said of any other choice.
    confused
        What is said of single other choices: by the id of the choice, its text and the feedback.
    """
    return joined(
        [
            html(
                '{} <span class="iml-miss"{}>{}</span><br>',
                sheet.text("items.other"),
                sheet.auto(wrong),
                sheet.told(wrong),
            ),
            *(
                html(
                    '{}: <span class="iml-miss" data-iml-chosen="{}"{}>{}</span><br>',
                    sheet.apart(text),
                    choice,
                    sheet.auto(feedback),
                    sheet.told(feedback),
                )
                for choice, (text, feedback) in confused.items()
            ),
        ]
    )


def right_html(sheet: Sheet, text: str) -> Markup:
    """Draw what is right for a line, with the words that lead to it."""
    return html(
        '{} <strong class="iml-key-text"{}>{}</strong><br>',
        sheet.text("items.key"),
        sheet.auto(text),
        inline_html(text),
    )


def key_list(parts: Iterable[Markup], *, ordered: bool = False, lettered: bool = False) -> Markup:
    """Draw the list of an answer's parts."""
    tag = "ol" if ordered or lettered else "ul"
    kind = Markup(' type="A"') if lettered else NOTHING
    return lines(
        [html('<{} class="iml-keys"{}>', tag, kind), *parts, html("</{}>", tag)],
    )


def options_html(
    sheet: Sheet,
    control: Control,
    options: Iterable[tuple[str, str]],
    *,
    name: str = "",
    lettered: bool = False,
    onward: Mapping[str, str] | None = None,
) -> Markup:
    """Draw options with a radio button or a tick box each; the row is its label.

    Where options lead somewhere, what says where stands beside the label and not in it: it is no
    part of the answer.
    """
    leads = {
        part: html('<span class="iml-onward">{}</span>', where)
        for part, where in (onward or {}).items()
    }
    tag, kind = ("ol", Markup(' type="A"')) if lettered else ("ul", NOTHING)
    rows = (
        html(
            "<li><label>"
            '<input type="{control}" name="{name}" value="{part}">'
            " <span>{text}</span></label>{onward}</li>",
            part=part,
            control=control,
            name=name or sheet.prefix,
            text=sheet.apart(text),
            onward=leads.get(part, NOTHING),
        )
        for part, text in options
    )
    return lines([html('<{} class="iml-options"{}>', tag, kind), *rows, html("</{}>", tag)])


def key_html(sheet: Sheet, part: str, right: bool, feedback: str, text: str = "") -> Markup:
    """Draw whether an option is right, and why; with its text where it has no letter."""
    named = (
        html('<span class="iml-key-text"{}>{}</span><br>', sheet.auto(text), inline_html(text))
        if text
        else NOTHING
    )
    return html(
        '<li data-part="{}"{}>{}: {}{}</li>',
        part,
        Markup(' data-iml-right="true"') if right else NOTHING,
        verdict(sheet, right),
        named,
        feedback_span(sheet, feedback),
    )


_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.\-]*:", re.IGNORECASE)


def law_html(evidence: LawEvidence, sheet: Sheet) -> Markup:
    """Draw the article that settles an item: what it says, as no part of the document."""
    citation = sheet.cite(evidence.target)
    return html(
        '<p class="iml-evidence iml-evidence-law"><span class="iml-evidence-lead">{}</span> '
        "<span{}>{}</span> ({})</p>",
        sheet.text("items.law" if citation.binds else "items.guidance"),
        sheet.auto(citation.says),
        inline_html(citation.says),
        link(citation.href, citation.label, "iml-cite"),
    )


def evidence_html(evidence: Evidence, sheet: Sheet, *, lead: bool) -> Markup:
    """Draw a quotation with its citation, with or without the words that lead to it."""
    citation = sheet.cite(evidence.unit)
    if _SCHEME.match(citation.href.strip()):
        msg = f"a citation leads to {citation.href!r}: give a relative address, or one of the web"
        raise ValueError(msg)
    begins = html('<span class="iml-evidence-lead">{}</span> ', sheet.text("items.evidence"))
    return html(
        '<p class="iml-evidence">{}<q class="iml-quote"{}>{}</q> ({})</p>',
        begins if lead else NOTHING,
        sheet.auto(evidence.quote),
        citation.words(inline_html(evidence.quote)),
        link(citation.href, citation.label, "iml-cite"),
    )
