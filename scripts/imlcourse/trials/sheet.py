"""The sheet of a trial: questions in random order, without keys and without their ids.

What a reader is given is plain text. Beside it a file for the program says which question is which
item, and which letter is which part, so that answers can be scored after the banks were edited.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from pydantic import BaseModel, ConfigDict

from imlcourse.items import Item
from imlcourse.items.parts import (
    CardPart,
    ChoicePart,
    DistractorPart,
    GapPart,
    JudgementPart,
    NumberPart,
    PairPart,
    StepPart,
)
from imlcourse.markup.inline import inline_text

__all__ = ["HOW", "Asked", "SheetKey", "sheet"]

HOW = """\
Answer every question on a line of its own: its number, a colon, the answer, a bar, and whether you
are sure of it or not. Where you cannot know, choose what you think likeliest, and say unsure.

  1: b | sure              one letter
  2: a c | unsure          several may be right, one at least; their number is not told
  3: false c | sure        true or false, and the reason if reasons are offered
  4: 1c 2a 3b | unsure     for each number the letter that fits; letters may be left over
  5: c a d b | sure        letters in their right order
  6: 1=word 2=b | unsure   for each gap the word that you would type, or the letter
  7: 1951 | unsure         a number
"""


class Asked(BaseModel):
    """A question of a sheet, for the program.

    Attributes
    ----------
    item, version
        The item, as it was worded.
    labels
        By what stands on the sheet (``a``, ``1``): the id by which a response names it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    version: str
    labels: dict[str, str]


class SheetKey(BaseModel):
    """What stands on a sheet, for the program: its questions in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: list[Asked]


def sheet(items: Iterable[Item], seed: int) -> tuple[str, SheetKey]:
    """Write the sheet of a trial.

    Parameters
    ----------
    items
        What is asked; cases are left out, since what follows in them tells what was right.
    seed
        Decides the order of questions and of their parts.

    Returns
    -------
    str
        Plain text for the reader.
    SheetKey
        What the program needs to read the answers.
    """
    chance = random.Random(seed)
    asked = [item for item in items if item.testable]
    chance.shuffle(asked)
    texts, questions = [HOW], []
    for number, item in enumerate(asked, 1):
        lines, labels = _question(item, chance)
        texts.append("\n".join([f"{number}. {inline_text(item.stem)}", *lines, ""]))
        questions.append(Asked(item=item.id, version=item.version, labels=labels))
    return "\n".join(texts), SheetKey(questions=questions)


def _question(item: Item, chance: random.Random) -> tuple[list[str], dict[str, str]]:
    parts = item.parts()
    lines: list[str] = []
    labels: dict[str, str] = {}
    if item.passage:
        lines.append(f"   {inline_text(item.passage)}")
    prompts = [part for part in parts if isinstance(part, PairPart | CardPart)]
    if prompts:
        answers = {part.answer_id: part.answer for part in prompts}
        answers |= {part.id: part.text for part in parts if isinstance(part, DistractorPart)}
        chance.shuffle(prompts)
        for number, part in enumerate(prompts, 1):
            labels[str(number)] = part.id
            lines.append(f"   {number}) {inline_text(part.text)}")
        lines.append("   What may fit:")
        lines += _lettered(answers, labels, chance)
        return lines, labels
    if any(isinstance(part, JudgementPart) for part in parts):
        labels |= {"true": "true", "false": "false"}
        lines.append("   true or false?")
    for gap in (part for part in parts if isinstance(part, GapPart)):
        labels[str(gap.number)] = gap.id
        chosen = [one for one in parts if isinstance(one, ChoicePart) and one.group == gap.id]
        lines.append(f"   gap {gap.number}: " + ("choose" if chosen else "type what is missing"))
        lines += _lettered({part.id: part.text for part in chosen}, labels, chance)
    if any(isinstance(part, NumberPart) for part in parts):
        lines.append("   a number")
    if not any(isinstance(part, GapPart) for part in parts):
        offered = {p.id: p.text for p in parts if isinstance(p, ChoicePart | StepPart)}
        if item.type == "multiple":
            lines.append("   one or more of these:")
        elif item.type == "ordering":
            lines.append("   put these in order:")
        elif offered and labels:
            lines.append("   and why:")
        lines += _lettered(offered, labels, chance)
    return lines, labels


def _lettered(
    texts: dict[str, str], labels: dict[str, str], chance: random.Random
) -> Iterator[str]:
    """Give each text with a letter that is still free, in random order, and note its label."""
    ids = list(texts)
    chance.shuffle(ids)
    free = (letter for letter in ascii_lowercase if letter not in labels)
    for letter, id_ in zip(free, ids, strict=False):
        labels[letter] = id_
        yield f"   {letter}) {inline_text(texts[id_])}"
