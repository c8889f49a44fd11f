"""How long a step takes: from its words and its items, by one formula.

A learner reads 130 words a minute: the pace of somebody who reads to learn, in a second language.
Adults read 238 words a minute silently in English, and more slowly if it is not their own
(M. Brysbaert, *How many words do we read per minute?*, Journal of Memory and Language 109, 2019).

An item takes the time to read what it shows, and besides the time to think, to answer and to take
in what is said of the answer, which depends on its type. The measure is the type that is known
best: a question with four options takes 54 seconds until it is answered, reading included
(Measurement Research Associates, *Test Insights*, October 2009). Our single-choice items are read
in about 34 seconds, so 20 remain for thinking. What has several parts to decide takes some seconds
more for each; these seconds, and those for feedback, are our own.

What is written into a worksheet takes a minute for each ten words. Who composes at a keyboard
writes 19 a minute (Karat and others, 1999); here each sentence is thought out first.

A figure takes 20 seconds. What is folded (what has changed since 2009, the description of a
figure) is not counted: nobody has to open it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from statistics import fmean
from typing import TYPE_CHECKING, Protocol

from imlcourse.items import Item
from imlcourse.items.parts import DecisionPart, DistractorPart, MistakePart, OtherPart
from imlcourse.markup.inline import inline_text

if TYPE_CHECKING:
    from imlcourse.course.bank import Bank
    from imlcourse.course.module import Module, Step
    from imlcourse.course.worksheet import Worksheet
    from imlcourse.markup.page import Block, Page

__all__ = [
    "FEWEST_MINUTES",
    "MOST_MINUTES",
    "WORDS_A_MINUTE",
    "answering_minutes",
    "item_seconds",
    "minutes",
    "module_minutes",
    "reading_seconds",
    "step_seconds",
    "without_roles",
]

WORDS_A_MINUTE = 130
FEWEST_MINUTES, MOST_MINUTES = 5, 8
"""How long a step should take."""

FEEDBACK = 15
"""Seconds for what is said of an answer."""
THINKING = {
    "truefalse": 15,
    "single": 20,
    "multiple": 30,
    "numeric": 20,
    "cloze": 15,
    "matching": 10,
    "ordering": 10,
    "categorise": 10,
    "scenario": 15,
}
"""Seconds to think and to answer, by type of item, for the whole of it or for its first part."""
EACH_PART = {"cloze": 10, "matching": 8, "ordering": 8, "categorise": 6}
"""Seconds for every further part that has to be decided by itself."""
FIGURE = 20
WRITTEN_WORDS_A_MINUTE = 10

_ROLE = re.compile(r"\{[a-z]+\}`([^`<]*)(?:<[^>`]*>)?`")


def without_roles(text: str) -> str:
    """Give a text with the words of its roles, and without their names and targets."""
    return _ROLE.sub(r"\1", text)


def reading_seconds(*texts: str) -> float:
    """Give how long texts take to read, in seconds; marks and the targets of roles do not count."""
    count = sum(len(without_roles(text).split()) for text in texts)
    return count * 60 / WORDS_A_MINUTE


def item_seconds(item: Item) -> float:
    """Give how long an item takes, in seconds: reading, thinking, and what is said then."""
    return item.worked_out("seconds", _item_seconds)


def answering_minutes(items: Iterable[Item]) -> int:
    """Give how long questions on paper take, without what is said of answers: in five minutes."""
    seconds = sum(item_seconds(item) - FEEDBACK for item in items)
    return 5 * max(1, math.ceil(seconds / 300))


def _item_seconds(item: Item) -> float:
    parts = item.parts()
    decisions = [part for part in parts if isinstance(part, DecisionPart)]
    if decisions:
        return reading_seconds(item.stem, item.closing) + _way(decisions)
    shown = [part for part in parts if not isinstance(part, MistakePart | OtherPart)]
    read = reading_seconds(
        inline_text(item.stem),
        inline_text(item.passage),
        *(part.text for part in shown),
        *{part.answer for part in shown},
    )
    decided = [part for part in shown if not isinstance(part, DistractorPart)]
    further = EACH_PART.get(item.type, 0) * (len(decided) - 1)
    return read + THINKING[item.type] + further + FEEDBACK


def _way(decisions: list[DecisionPart]) -> float:
    """Give how long the best way through a case takes: what is read and decided on it."""
    here, seconds, been = decisions[0].group, 0.0, set[str]()
    while here not in been and (choices := [one for one in decisions if one.group == here]):
        been.add(here)
        best = next((one for one in choices if one.right), choices[0])
        seconds += THINKING["scenario"] + reading_seconds(
            best.heading, *(one.text for one in choices), best.feedback
        )
        here = best.next
    return seconds


class Placed(Protocol):
    """What is placed in steps: a course has it, and so has what was read of one."""

    @property
    def banks(self) -> Mapping[str, Bank]:
        """Item banks by id of the module."""

    @property
    def pages(self) -> Mapping[str, Page]:
        """Written pages by name."""


def module_minutes(course: Placed, module: Module) -> dict[str, int]:
    """Give how many minutes each step of a module takes, by its id.

    Parameters
    ----------
    course
        The course, for its items and for what else stands in the steps.
    module
        The module. What it places has to be there.
    """
    return {step.id: minutes(step_seconds(course, step)) for step in module.steps}


def step_seconds(course: Placed, step: Step) -> float:
    """Give how long a step of a module takes, in seconds.

    Parameters
    ----------
    course
        The course, for its items and for what else stands in the step.
    step
        The step.
    """
    return reading_seconds(step.title) + sum(_block(course, step, block) for block in step.blocks)


def _block(course: Placed, step: Step, block: Block) -> float:
    bank = course.banks[step.module]
    match block.kind:
        case "item":
            return item_seconds(bank.items[block.argument])
        case "quiz":
            quiz = bank.quizzes[block.argument]
            items = [bank.items[name] for name in quiz.item_ids]
            if quiz.mode == "test":
                drawn = min(len(items), sum(cell.items for cell in quiz.blueprint))
                return drawn * fmean(map(item_seconds, items))
            if quiz.pick == "role":
                # One case is shown; the others may be opened.
                return fmean(map(item_seconds, items))
            return sum(map(item_seconds, items))
        case "worksheet":
            return _worksheet(bank.worksheets[block.argument])
        case "reading":
            page = course.pages[block.argument]
            return sum(_block(course, step, one) for one in page.blocks)
        case "since":
            return 0
        case "diagram" | "picture":
            return FIGURE + reading_seconds(block.options.get("caption", ""))
    return reading_seconds(block.argument, block.text, *block.options.values())


def _worksheet(work: Worksheet) -> float:
    written = sum(field.words for field in work.fields)
    read = (text for field in work.fields for text in (field.label, field.hint))
    return written * 60 / WRITTEN_WORDS_A_MINUTE + reading_seconds(work.intro, *read)


def minutes(seconds: float) -> int:
    """Give seconds as whole minutes; one at least."""
    return max(1, round(seconds / 60))
