"""What an item asks, in the few forms that other programs know.

Question banks have questions to choose in, statements to judge, lines to match, gaps to fill and
numbers to give. Here each type of item is turned into one of these, with what every answer is
worth by the course's own rule, so that each format is written from these forms alone:

=================  =============================================================================
single, multiple   `Choose`; a right option of several gives its share, a wrong one takes its share
truefalse          `Judge`; with reasons `Choose`, each judgement with each reason an option: so a
                   right judgement with a wrong reason gives half, and a wrong judgement nothing
matching           `Match`
categorise         `Match`: each card to its group
ordering           `Match`: each step to the step straight before it, which is how it is scored
cloze              `Fill`
numeric            `Number`
scenario           none: a case that branches is no question
=================  =============================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from imlcourse.items import Item, Order
from imlcourse.items.categorise import Categorise
from imlcourse.items.cloze import Cloze, choices_group
from imlcourse.items.numeric import shown
from imlcourse.items.parts import (
    CardPart,
    ChoicePart,
    DecisionPart,
    DistractorPart,
    GapPart,
    ItemPart,
    JudgementPart,
    MistakePart,
    NumberPart,
    OtherPart,
    PairPart,
    StepPart,
)
from imlcourse.languages.folding import plain
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_text

__all__ = [
    "Choose",
    "Fill",
    "Gap",
    "Judge",
    "Line",
    "Match",
    "Number",
    "Option",
    "Slip",
    "Task",
    "reasons_of",
    "task_of",
]

WHOLE, NOTHING = Fraction(1), Fraction(0)
FIRST = "first"
"""The answer of the step that has none before it."""


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen.

    Attributes
    ----------
    id
        The id by which a response names it.
    text
        What it says, as a quiz text.
    share
        What choosing it is worth, from -1 to 1.
    feedback
        What is said of it, as quiz texts.
    """

    id: str
    text: str
    share: Fraction
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong answer that is often given, as a quiz text, and what is said of it."""

    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Choose:
    """One option, or several, to choose; never worth less than nothing.

    Attributes
    ----------
    options
        In the order in which they are shown.
    several
        Whether more than one may be chosen.
    shuffled
        Whether another program may show them in another order.
    how
        What to do, where the question does not say it.
    """

    options: tuple[Option, ...]
    several: bool = False
    shuffled: bool = True
    how: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """A statement to judge, with what is said to who judges it true and to who judges it false."""

    key: bool
    when_true: str
    when_false: str
    how: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line to which an answer is chosen: its quiz text, the right answer and the reason."""

    id: str
    text: str
    answer: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Match:
    """Lines, each with an answer to choose; each right line is worth the same.

    Attributes
    ----------
    lines
        The lines, as they are written.
    answers
        What may be chosen for each of them, by id, as quiz texts, as it is shown.
    how
        What to do.
    reused
        Whether an answer may be right for several lines.
    """

    lines: tuple[Line, ...]
    answers: dict[str, str]
    how: str
    reused: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap to fill.

    Attributes
    ----------
    id
        The id by which a response names it.
    number
        Its number in the passage, from 1.
    key
        What is right, as plain text.
    answers
        What is right when typed, as plain text, the best first, with other ways to write each;
        none for a gap that is chosen.
    choices
        What may be chosen, as it is shown; none for a gap that is typed.
    slips
        What is often typed instead.
    feedback
        Of a typed gap: why its answer belongs there.
    tolerance
        How many slips of spelling the course forgives.
    """

    id: str
    number: int
    key: str
    answers: tuple[str, ...]
    choices: tuple[Option, ...]
    slips: tuple[Slip, ...]
    feedback: str
    tolerance: int


@dataclass(frozen=True, slots=True)
class Fill:
    """A passage with gaps, each worth the same.

    Attributes
    ----------
    passage
        A quiz text with ``{1}``, ``{2}`` where the gaps are.
    gaps
        The gaps, in the order of their numbers.
    once
        Sets of gaps, by their place from 0, in which a word counts once only.
    how
        What to do.
    """

    passage: str
    gaps: tuple[Gap, ...]
    once: tuple[tuple[int, ...], ...]
    how: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number to give, right within the tolerance, its edges included."""

    value: str
    tolerance: str
    unit: str
    feedback: str
    slips: tuple[Slip, ...]
    other: str
    how: str


Task = Choose | Judge | Match | Fill | Number


def task_of(item: Item, order: Order, strings: Strings) -> Task | None:
    """Say what an item asks, in a form that other programs know.

    Parameters
    ----------
    item
        The item.
    order
        The order in which its parts are shown.
    strings
        The texts of the interface.

    Returns
    -------
    Task or None
        None for a case that branches.
    """
    parts = item.parts()
    if any(isinstance(part, DecisionPart) for part in parts):
        return None
    judgements = [part for part in parts if isinstance(part, JudgementPart)]
    if judgements:
        return _judged(judgements, parts, order, strings)
    if any(isinstance(part, PairPart) for part in parts):
        return _paired(parts, order, strings)
    if any(isinstance(part, CardPart) for part in parts):
        return _sorted_in(item, parts, order, strings)
    if steps := [part for part in parts if isinstance(part, StepPart)]:
        return _in_order(steps, order, strings)
    if isinstance(item, Cloze):
        return _filled(item, parts, order, strings)
    if numbers := [part for part in parts if isinstance(part, NumberPart)]:
        return _number(numbers[0], parts, strings)
    return _chosen(item, parts, order)


def reasons_of(item: Item) -> list[ChoicePart]:
    """Give the reasons that a statement asks for; none for any other item."""
    parts = item.parts()
    if not any(isinstance(part, JudgementPart) for part in parts):
        return []
    return [part for part in parts if isinstance(part, ChoicePart)]


def _shown(parts: list[ChoicePart], group: str, order: Order) -> list[ChoicePart]:
    return [parts[place] for place in order.get(group, range(len(parts)))]


def _chosen(item: Item, parts: tuple[ItemPart, ...], order: Order) -> Choose:
    options = [part for part in parts if isinstance(part, ChoicePart)]
    several = isinstance(item.key(), list)
    right = sum(option.right for option in options)
    gain = Fraction(1, right) if several else WHOLE
    loss = -Fraction(1, len(options) - right) if several else NOTHING
    group = options[0].group
    return Choose(
        tuple(
            Option(one.id, one.text, gain if one.right else loss, (one.feedback,))
            for one in _shown(options, group, order)
        ),
        several=several,
        shuffled=group in item.groups(),
    )


def _judged(
    judgements: list[JudgementPart],
    parts: tuple[ItemPart, ...],
    order: Order,
    strings: Strings,
) -> Choose | Judge:
    said = {part.id: part for part in judgements}
    reasons = [part for part in parts if isinstance(part, ChoicePart)]
    if not reasons:
        return Judge(
            said["true"].right,
            said["true"].feedback,
            said["false"].feedback,
            strings.text("items.truefalse.how"),
        )
    options = []
    for judged in judgements:
        word = strings.text(f"items.truefalse.{judged.id}")
        for reason in _shown(reasons, reasons[0].group, order):
            share = Fraction(1 + reason.right, 2) if judged.right else NOTHING
            options.append(
                Option(
                    f"{judged.id}-{reason.id}",
                    strings.text("banks.reasons.option", judgement=word, reason=reason.text),
                    share,
                    # Of a reason for the wrong judgement nothing is said: it is not the matter.
                    (judged.feedback, reason.feedback) if judged.right else (judged.feedback,),
                )
            )
    return Choose(tuple(options), shuffled=False, how=strings.text("banks.reasons.how"))


def _paired(parts: tuple[ItemPart, ...], order: Order, strings: Strings) -> Match:
    pairs = [part for part in parts if isinstance(part, PairPart)]
    extras = [part for part in parts if isinstance(part, DistractorPart)]
    answers = [(pair.answer_id, pair.answer) for pair in pairs]
    answers += [(extra.id, extra.text) for extra in extras]
    places = order.get("answers", range(len(answers)))
    return Match(
        tuple(Line(pair.id, pair.text, pair.answer_id, pair.feedback) for pair in pairs),
        dict(answers[place] for place in places),
        strings.text("items.matching.how"),
    )


def _sorted_in(item: Item, parts: tuple[ItemPart, ...], order: Order, strings: Strings) -> Match:
    cards = [part for part in parts if isinstance(part, CardPart)]
    shown = [cards[place] for place in order.get(cards[0].group, range(len(cards)))]
    groups = dict.fromkeys((card.answer_id for card in cards), "")
    groups |= {card.answer_id: card.answer for card in cards}
    if isinstance(item, Categorise):  # in their own order, those with no card too
        texts = (group.text for group in item.groups_)
        groups = dict(zip(item.group_ids(), texts, strict=True))
    return Match(
        tuple(Line(card.id, card.text, card.answer_id, card.feedback) for card in shown),
        groups,
        strings.text("banks.cards.how"),
        reused=True,
    )


def _in_order(steps: list[StepPart], order: Order, strings: Strings) -> Match:
    ordered = sorted(steps, key=lambda step: step.place)
    before = {step.id: previous for step, previous in zip(ordered[1:], ordered, strict=False)}
    shown = [ordered[place] for place in order.get(steps[0].group, range(len(steps)))]
    answers = {FIRST: strings.text("banks.steps.first")}
    answers |= {step.id: step.text for step in shown if step is not ordered[-1]}
    return Match(
        tuple(
            Line(
                step.id,
                step.text,
                before[step.id].id if step.id in before else FIRST,
                step.feedback,
            )
            for step in shown
        ),
        answers,
        strings.text("banks.steps.how"),
    )


_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def written_ways(answer: str) -> tuple[str, ...]:
    """Give the ways to type an answer that differ in what the course forgives.

    Other programs forgive capitals; marks, hyphens and accents they compare as they are.

    Parameters
    ----------
    answer
        The answer, as plain text.
    """
    return tuple(dict.fromkeys([answer, answer.translate(_STRAIGHT), plain(answer)]))


def _without_repeats(words: list[str]) -> tuple[str, ...]:
    """Give words once each, whatever their capitals."""
    return tuple({word.casefold(): word for word in reversed(words)}.values())[::-1]


def _filled(item: Cloze, parts: tuple[ItemPart, ...], order: Order, strings: Strings) -> Fill:
    gaps = []
    for part in parts:
        if not isinstance(part, GapPart):
            continue
        choices = [one for one in parts if isinstance(one, ChoicePart) and one.group == part.id]
        places = order.get(choices_group(part.number - 1), range(len(choices)))
        best = dict.fromkeys([part.answer, *part.answers]) if part.answers else {}
        ways = [way for answer in best for way in written_ways(inline_text(answer))]
        right = _without_repeats(ways)
        known = {way.casefold() for way in right}
        slips = [
            Slip(way, one.feedback)
            for one in parts
            if isinstance(one, MistakePart) and one.group == part.id
            for way in written_ways(inline_text(one.text))
            if way.casefold() not in known
        ]
        gaps.append(
            Gap(
                part.id,
                part.number,
                inline_text(part.answer),
                right,
                tuple(
                    Option(one.id, one.text, WHOLE if one.right else NOTHING, (one.feedback,))
                    for one in (choices[place] for place in places)
                ),
                tuple({slip.text.casefold(): slip for slip in slips}.values()),
                part.feedback,
                part.tolerance,
            )
        )
    typed = {bool(gap.answers) for gap in gaps}
    how = "banks.gaps.how" if typed == {True, False} else ""
    how = how or ("banks.gaps.how.typed" if True in typed else "items.cloze.how.chosen")
    once = tuple(tuple(gaps) for gaps in item.sets)
    return Fill(item.passage, tuple(gaps), once, strings.text(how))


def _number(asked: NumberPart, parts: tuple[ItemPart, ...], strings: Strings) -> Number:
    slips = [Slip(one.text, one.feedback) for one in parts if isinstance(one, MistakePart)]
    other = next((one.feedback for one in parts if isinstance(one, OtherPart)), "")
    how = [strings.text("items.numeric.how")]
    if asked.unit:
        how.append(strings.text("banks.number.unit", unit=asked.unit))
    return Number(
        shown(asked.value),
        shown(asked.tolerance),
        asked.unit,
        asked.feedback,
        tuple(slips),
        other,
        " ".join(how),
    )
