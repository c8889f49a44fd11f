"""What an item is on paper: lines of boxes, each of which says what a mark in it answers.

Nothing here knows a type of item but `response`, which says what the marks of a line are together:
everything else follows from the parts of items.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from imlcourse.items import Item, Order, places
from imlcourse.items.blueprint import lot
from imlcourse.items.cloze import choices_group
from imlcourse.items.numeric import shown
from imlcourse.items.parts import (
    CardPart,
    ChoicePart,
    DistractorPart,
    GapPart,
    ItemPart,
    JudgementPart,
    NumberPart,
    PairPart,
    StepPart,
)
from imlcourse.languages.strings import Strings

__all__ = ["Choice", "Line", "Question", "response", "versions_of"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Names of versions: the same in every language, since codes name them."""

Kind = Literal["options", "grid", "gap", "written"]
"""How a line looks: options below one another, a row of a grid, the choices of a gap, or a line
to write on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a box offers.

    Attributes
    ----------
    label
        What stands beside the box: a letter, a place, or a word such as True.
    answer
        The id by which a response names it.
    text
        What it says, as a quiz text; empty where the label says all.
    right
        Whether it is to be marked.
    """

    label: str
    answer: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What is answered by itself: a question, a prompt, a step, a gap.

    Attributes
    ----------
    part
        The id by which a response names it; empty for the question itself.
    kind
        How it looks.
    label
        What stands before its boxes on the answer sheet, behind the number of the question.
    text
        What a prompt, a card or a step says.
    choices
        Its boxes. Of a line to write on: the one that the trainer marks if what is written is
        right.
    several
        Whether more than one box may be marked.
    answer
        Of a line to write on: what is right, in words.
    """

    part: str
    kind: Kind
    label: str
    text: str
    choices: tuple[Choice, ...]
    several: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a version.

    Attributes
    ----------
    number
        Its number on the sheet.
    item
        The item.
    lines
        What is answered in it.
    offered
        Of a grid: what its columns stand for, each with its letter, as quiz texts.
    order
        For each group of parts, their written places in the order shown.
    """

    number: int
    item: Item
    lines: tuple[Line, ...]
    offered: tuple[tuple[str, str], ...] = ()
    order: Order = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Whether something in it is written, and judged by the trainer."""
        return any(line.kind == "written" for line in self.lines)


def versions_of(
    items: Iterable[Item],
    strings: Strings,
    count: int,
    seed: int,
    shown: Mapping[str, Order] | None = None,
) -> dict[str, tuple[Question, ...]]:
    """Shuffle questions and what they offer, another way for each version.

    Keys are dealt out over the places of options as the player does it, version by version. The
    first version keeps the order of the questions.

    Parameters
    ----------
    items
        What is asked.
    strings
        Texts of the language.
    count
        How many versions.
    seed
        Decides every order.
    shown
        By item, the order in which the course shows it, if the first version is to have it.

    Returns
    -------
    dict
        The questions of each version by its letter.
    """
    items = list(items)
    found = {}
    for letter in LETTERS[:count]:
        orders = places(items, f"{seed}/{letter}")
        if shown is not None and letter == LETTERS[0]:
            orders = {item.id: shown.get(item.id, orders[item.id]) for item in items}
        shuffled = items
        if letter != LETTERS[0]:
            shuffled = sorted(items, key=lambda item: (lot(seed, f"{letter}/{item.id}"), item.id))
        found[letter] = tuple(
            replace(question(number, item, orders[item.id], strings), order=orders[item.id])
            for number, item in enumerate(shuffled, start=1)
        )
    return found


def question(number: int, item: Item, order: Order, strings: Strings) -> Question:
    """Put an item on paper, its parts in an order."""
    parts = item.parts()
    letters = strings["items.letters"]
    prompts = [part for part in parts if isinstance(part, PairPart | CardPart)]
    steps = [part for part in parts if isinstance(part, StepPart)]
    if prompts:
        return _grid(number, item, order, letters)
    if steps:
        in_order = _ordered(steps, order.get(steps[0].group))
        lines = tuple(
            Line(
                step.id,
                "grid",
                letters[at],
                step.text,
                tuple(
                    Choice(str(place), str(place), "", place == step.place)
                    for place in range(1, len(steps) + 1)
                ),
            )
            for at, step in enumerate(in_order)
        )
        return Question(number, item, lines)
    lines_of = [*_judged(parts, strings), *_gaps(parts, order, letters, strings)]
    chosen = [p for p in parts if isinstance(p, ChoicePart) and not _of_gap(p, parts)]
    if chosen:
        shown_options = _ordered(chosen, order.get(chosen[0].group))
        label = strings.text("paper.reason") if lines_of else ""
        lines_of.append(
            Line(
                chosen[0].group if lines_of else "",
                "options",
                label,
                "",
                _lettered(shown_options, letters),
                several=item.type == "multiple",
            )
        )
    return Question(number, item, tuple(lines_of))


def _grid(number: int, item: Item, order: Order, letters: str) -> Question:
    """Lay out what is matched or sorted: a line for each prompt, a column for each answer."""
    parts = item.parts()
    prompts = [part for part in parts if isinstance(part, PairPart | CardPart)]
    cards = any(isinstance(part, CardPart) for part in prompts)
    if cards:
        prompts = _ordered(prompts, next(iter(order.values()), None))
        offered = _groups(item)
    else:
        answers = {part.answer_id: part.answer for part in prompts}
        answers |= {part.id: part.text for part in parts if isinstance(part, DistractorPart)}
        offered = _ordered(list(answers.items()), next(iter(order.values()), None))
    named = dict(zip(letters, offered, strict=False))
    lines = tuple(
        Line(
            part.id,
            "grid",
            str(at),
            part.text,
            tuple(
                Choice(letter, id_, "", id_ == part.answer_id) for letter, (id_, _) in named.items()
            ),
        )
        for at, part in enumerate(prompts, start=1)
    )
    return Question(number, item, lines, tuple((one, text) for one, (_, text) in named.items()))


def _groups(item: Item) -> list[tuple[str, str]]:
    """Give the groups in which cards belong, in the written order, those without a card too."""
    from imlcourse.items.categorise import Categorise

    assert isinstance(item, Categorise)
    texts = (group.text for group in item.groups_)
    return list(zip(item.group_ids(), texts, strict=True))


def _judged(parts: Iterable[ItemPart], strings: Strings) -> list[Line]:
    choices = tuple(
        Choice(strings.text(f"items.truefalse.{part.text}"), part.id, "", part.right)
        for part in parts
        if isinstance(part, JudgementPart)
    )
    return [Line("judgement", "options", "", "", choices)] if choices else []


def _gaps(parts: tuple[ItemPart, ...], order: Order, letters: str, strings: Strings) -> list[Line]:
    found = []
    for part in parts:
        if isinstance(part, NumberPart):
            found.append(_to_write(part, part.unit, strings))
        elif isinstance(part, GapPart):
            inner = [one for one in parts if isinstance(one, ChoicePart) and one.group == part.id]
            label = strings.text("paper.gap", number=part.number)
            if inner:
                in_order = _ordered(inner, order.get(choices_group(part.number - 1)))
                choices = _lettered(in_order, letters)
                found.append(Line(part.id, "gap", label, "", choices))
            else:
                found.append(_to_write(part, label, strings))
    return found


def _to_write(part: ItemPart, label: str, strings: Strings) -> Line:
    key = shown(part.value) if isinstance(part, NumberPart) else part.answer
    right = Choice(strings.text("paper.trainer"), key, "", right=True)
    return Line(part.id, "written", label, "", (right,), answer=part.answer)


def _of_gap(part: ChoicePart, parts: Iterable[ItemPart]) -> bool:
    return any(isinstance(one, GapPart) and one.id == part.group for one in parts)


def _ordered(parts: list[Any], order: tuple[int, ...] | None) -> list[Any]:
    return [parts[place] for place in order] if order else parts


def _lettered(parts: Iterable[ItemPart], letters: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(letter, part.id, part.text, part.right)
        for letter, part in zip(letters, parts, strict=False)
    )


def response(kind: str, marked: Mapping[str, Collection[str]]) -> object:
    """Give the response that marks make: what the scorer of the item is given.

    Parameters
    ----------
    kind
        The type of the item.
    marked
        By the part of each line: the answers whose boxes are marked. Of a line with one answer,
        two marks are none.

    Returns
    -------
    object
        A response of this type; ``None`` if nothing is marked.
    """
    one = {part: next(iter(answers)) for part, answers in marked.items() if len(answers) == 1}
    if kind == "multiple":
        return list(marked.get("", ())) or None
    if kind == "truefalse":
        judged = one.get("judgement")
        if judged is None or "reasons" not in marked:
            return judged
        return [judged, one["reasons"]] if "reasons" in one else [judged]
    if kind == "ordering":
        placed = {place: part for part, place in one.items()}
        return [placed[place] for place in sorted(placed, key=int)] or None
    if kind in ("single", "numeric"):
        return next(iter(one.values()), None)
    if kind == "rating":  # of a form: the values of its lines, in their order
        return " ".join(one.get(part, "-") for part in marked) if one else None
    return one or None
