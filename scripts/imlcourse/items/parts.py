"""The parts of an item, the same for every type: what is chosen, typed, sorted or decided.

Whoever writes items in another form (plain text, GIFT, Moodle XML, QTI, cards, slides) reads
`imlcourse.items.base.Item.parts`, and needs no type of item for it. Each part is one of the small
classes below; what they all have is in `ItemPart`, so that a form that knows no more can still
show every part with its key and its feedback.

Texts are in the Markdown subset of quiz texts (`imlcourse.markup.inline`), except for the words
``true`` and ``false`` of a judgement, for which each language has its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "CardPart",
    "ChoicePart",
    "DecisionPart",
    "DistractorPart",
    "GapPart",
    "ItemPart",
    "JudgementPart",
    "MistakePart",
    "NumberPart",
    "OtherPart",
    "PairPart",
    "StepPart",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPart:
    """A part of an item.

    Attributes
    ----------
    id
        The id by which a response names it; empty for what a response cannot name, such as a
        frequent mistake.
    text
        What stands on it; empty where the learner has to give it.
    right
        Whether choosing it is right; of a part that is to be completed, whether it has a right
        answer, which `answer` gives.
    feedback
        Why it is right or wrong; empty where its choices have their own.
    group
        What it belongs in: the group in which parts are shuffled, the gap, or the step.
    answer
        What is right for it, in words; empty where the part itself is what is chosen.
    heading
        What a reader has to know before the parts of its group: the scene and its question.
    """

    id: str
    text: str
    right: bool
    feedback: str
    group: str = ""
    answer: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePart(ItemPart):
    """An option, a reason, or what may be chosen in a gap (`group` is then the gap's id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementPart(ItemPart):
    """True or false: its id and its text are the word ``true`` or ``false``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPart(ItemPart):
    """A prompt of a matching item, with the id of the answer that fits it."""

    answer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistractorPart(ItemPart):
    """An answer of a matching item that fits no prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPart(ItemPart):
    """A step of an ordering item; `place` is where it belongs, from 1."""

    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapPart(ItemPart):
    """A gap of a cloze text.

    Attributes
    ----------
    number
        Its number in the text, from 1: it stands there as ``{1}``.
    answers
        What is right when typed, the best first; empty for a gap that is chosen.
    tolerance
        How many slips of spelling are forgiven.
    """

    number: int
    answers: tuple[str, ...] = ()
    tolerance: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPart(ItemPart):
    """A card of a categorise item, with the id of the group in which it belongs."""

    answer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPart(ItemPart):
    """The number that a numeric item asks for.

    Attributes
    ----------
    value
        The number.
    tolerance
        How far off an answer may be and still count as right.
    unit
        What is counted; empty if nothing is said.
    """

    value: float
    tolerance: float = 0
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakePart(ItemPart):
    """What learners often type instead; `group` is the gap or the number it is typed for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPart(ItemPart):
    """Whatever else is typed; it has feedback and no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPart(ItemPart):
    """A choice that a step of a scenario offers; `group` is the id of the step.

    Attributes
    ----------
    rating
        What the decision is worth.
    next
        The id of the step that follows, or ``"end"``.
    scene
        What the learner finds at this step.
    question
        What has to be decided.
    """

    rating: Literal["best", "fair", "poor"]
    next: str
    scene: str
    question: str
