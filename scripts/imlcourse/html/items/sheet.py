"""Items and quizzes as HTML that is complete without a script.

The HTML is the only form in which a quiz reaches the page: the player finds the parts, the key
and the feedback in it. So a page whose scripts are stripped or switched off still shows every
question with native controls, and every answer under a heading that unfolds.

What the player reads
    ``data-iml-quiz``, ``data-iml-mode`` on the quiz, and ``data-iml-test`` on a test;
    ``data-iml-item``, ``data-iml-type``, ``data-iml-version`` on an item, and besides
    ``data-iml-objective``, ``data-iml-level`` on one that a test draws; ``data-part`` on each
    part, in the question and in the answer. Everything that tells the key stands in the answer
    (``.iml-answer``), so that another mode can put something else there.

What only paper shows
    ``data-iml-paper`` on an element holds words that are printed after it: how to answer with a
    pen, and the choices of a gap. ``.iml-onward`` beside a choice of a case says where it leads.

There are no blank lines in the HTML (one would end an HTML block in Markdown), no form (hosts may
forbid submission), no script, no event handler and no style.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from imlcourse.html.seal import seal
from imlcourse.markup.inline import inline_html

if TYPE_CHECKING:
    from imlcourse.items.base import Evidence, Item, Order
    from imlcourse.languages.strings import Strings

__all__ = ["Citation", "Cite", "Sheet", "item_html", "quiz_html"]


@dataclass(frozen=True)
class Citation:
    """A unit of the document, as it is cited.

    Parameters
    ----------
    label
        What is shown, such as ``"paragraph 8"``.
    href
        Where it leads: a relative address, or one of the web.
    """

    label: str
    href: str


Cite = Callable[[str], Citation]
"""Gives the citation of a unit by its id."""
Sealed = Literal["answer", "item"]
"""What is sealed of a test item: its answer, or all of it."""


@dataclass(frozen=True)
class Sheet:
    """What an item type needs to draw itself.

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
    """

    prefix: str
    order: Order
    cite: Cite
    strings: Strings

    def text(self, key: str, **values: object) -> str:
        """Give a text of the interface, escaped."""
        return escape(self.strings.text(key, **values))

    def places(self, group: str, count: int) -> tuple[int, ...]:
        """Give the written places of a group in the order in which they are shown."""
        return self.order.get(group, tuple(range(count)))


def item_html(
    item: Item,
    number: int,
    order: Order,
    cite: Cite,
    strings: Strings,
    *,
    prefix: str = "",
    sealed: Sealed | None = None,
    drawn_from: bool = False,
) -> str:
    """Draw one item: the question, and the answer under a heading that unfolds.

    Parameters
    ----------
    item
        The item.
    number
        Its number in the quiz, from 1.
    order
        The order of its parts, as `imlcourse.items.order.places` gives it.
    cite
        Gives the citation of a unit.
    strings
        The texts of the interface.
    prefix
        What the ids in it begin with, where the same item may stand twice on a page.
    sealed
        What a reader of the page is not to come upon: the answer, or the whole item.
    drawn_from
        Whether a test draws it, and has to know its objective and level.

    Returns
    -------
    str
        HTML without blank lines.
    """
    sheet = Sheet(f"{prefix}-{number}" if prefix else item.id, order, cite, strings)
    kind = escape(item.type)
    roles = escape(" ".join(getattr(item, "roles", [])))
    head = (
        f'<div class="iml-item iml-{kind}" id="{sheet.prefix}" data-iml-item="{item.id}"'
        f' data-iml-type="{kind}" data-iml-version="{item.version}"'
        + (f' data-iml-roles="{roles}"' if roles else "")
    )
    if drawn_from:
        head += f' data-iml-objective="{escape(item.objective)}" data-iml-level="{item.level}"'
    inner = [
        f'<fieldset class="iml-question" aria-describedby="{sheet.prefix}-how">',
        "<legend>"
        f'<span class="iml-number">{sheet.text("items.number", number=number)}</span> '
        f'<span class="iml-stem">{inline_html(item.stem)}</span></legend>',
        f'<p class="iml-how" id="{sheet.prefix}-how"{on_paper(sheet, f"items.{kind}.paper")}>'
        f"{sheet.text(f'items.{kind}.how')}</p>",
        item.question_html(sheet),
        "</fieldset>",
    ]
    answer = answer_part(item, sheet)
    if sealed == "item":
        whole = _attribute(seal(item.id, "\n".join([*inner, answer])))
        return f'{head} data-iml-sealed-item="{whole}" hidden></div>'
    if sealed == "answer":
        answer = f'<div data-iml-sealed="{_attribute(seal(item.id, answer))}" hidden></div>'
    return "\n".join([f"{head}>", *inner, answer, "</div>"])


def _attribute(text: str) -> str:
    """Escape what has to be escaped in an attribute, and no more: sealed texts are long."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def on_paper(sheet: Sheet, key: str, **values: object) -> str:
    """Give the attribute with the words that only paper shows, where there are some.

    An attribute, since a screen reader is not to come upon them.
    """
    if key not in sheet.strings:
        return ""
    return f' data-iml-paper="{sheet.text(key, **values)}"'


def answer_part(item: Item, sheet: Sheet) -> str:
    """Draw what tells the answer: the key, the feedback for every part, and the evidence."""
    return "\n".join(
        [
            '<details class="iml-answer">',
            f"<summary>{sheet.text('items.answer')}</summary>",
            item.answer_html(sheet),
            *(
                evidence_html(evidence, sheet, lead=not index)
                for index, evidence in enumerate(item.evidence)
            ),
            "</details>",
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
    pick: str = "all",
) -> str:
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
        The order of the parts of each item by item id, as `imlcourse.items.order.places` gives it.
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
    pick
        ``"role"`` where the learner's role picks one of several scenarios.

    Returns
    -------
    str
        HTML without blank lines.
    """
    # Sections are called m06-s1 too, so a quiz needs ids of its own.
    name = f"quiz-{escape(quiz_id)}"
    if title is None:
        label = f'aria-label="{escape(strings.text("items.alone"))}"'
        head = []
    else:
        label = f'aria-labelledby="{name}-title"'
        shown = inline_html(title)
        head = [
            '<div class="iml-quiz-head">',
            f'<h{heading} class="iml-quiz-title" id="{name}-title">{shown}</h{heading}>',
            "</div>",
        ]
    drawn = [
        item_html(
            item,
            number,
            orders.get(item.id, {}),
            cite,
            strings,
            prefix=f"q-{escape(quiz_id)}",
            sealed=sealed,
            drawn_from=mode == "test",
        )
        for number, item in enumerate(items, start=1)
    ]
    about = ""
    if test is not None:
        about = f' data-iml-test="{escape(json.dumps(test, ensure_ascii=False))}"'
        # Taken away by the player; without it, nothing else would say how the test is marked.
        unscripted = "items.unscripted.sealed" if sealed == "item" else "items.unscripted"
        drawn.insert(0, f'<p class="iml-item iml-unscripted">{strings.text(unscripted)}</p>')
    if pick != "all":
        about += f' data-iml-pick="{escape(pick)}"'
    # A group and not a section: a page with five quizzes is not to have five more landmarks.
    return "\n".join(
        [
            f'<div class="iml-quiz" id="{name}" role="group" {label}'
            f' data-iml-quiz="{escape(quiz_id)}"'
            f' data-iml-mode="{escape(mode)}"{about} lang="{escape(strings.language)}">',
            *head,
            *drawn,
            "</div>",
        ]
    )


def verdict(sheet: Sheet, right: bool) -> str:
    """Draw the word that tells whether a part is right."""
    kind = "right" if right else "wrong"
    return f'<strong class="iml-{kind}">{sheet.text(f"items.{kind}")}</strong>'


def feedback_span(feedback: str) -> str:
    """Draw the feedback for a part, where the player finds it."""
    return f'<span class="iml-why">{inline_html(feedback)}</span>'


def key_list(lines: Iterable[str], *, ordered: bool = False, lettered: bool = False) -> str:
    """Draw the list of an answer's parts."""
    tag = "ol" if ordered or lettered else "ul"
    kind = ' type="A"' if lettered else ""
    return "\n".join([f'<{tag} class="iml-keys"{kind}>', *lines, f"</{tag}>"])


def evidence_html(evidence: Evidence, sheet: Sheet, *, lead: bool) -> str:
    """Draw a quotation with its citation, with or without the words that lead to it."""
    citation = sheet.cite(evidence.unit)
    if re.match(r"(?!https?:)[a-z][a-z0-9+.\-]*:", citation.href.strip(), re.IGNORECASE):
        msg = f"a citation leads to {citation.href!r}: give a relative address, or one of the web"
        raise ValueError(msg)
    begins = f'<span class="iml-evidence-lead">{sheet.text("items.evidence")}</span> '
    return (
        f'<p class="iml-evidence">{begins if lead else ""}'
        f'<q class="iml-quote">{inline_html(evidence.quote)}</q> '
        f'(<a class="iml-cite" href="{escape(citation.href)}">{escape(citation.label)}</a>)</p>'
    )
