"""Answers to items, right and with single slips, in the words that other programs are given.

The points are those of the course's own scorers. Readers of question banks are held to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from imlcourse.items import Item
from imlcourse.items.cloze import Cloze
from imlcourse.items.numeric import Numeric
from imlcourse.items.truefalse import TrueFalse
from imlcourse.languages.folding import plain
from imlcourse.markup.inline import inline_text
from imlcourse.products.packages.banks.questions import Question
from imlcourse.products.packages.banks.tasks import Choose, Fill, Judge, Match


@dataclass
class Given:
    """An answer, as other programs are given it.

    Attributes
    ----------
    points
        What the course gives for it, from 0 to 1.
    response
        What the course is given, by the ids of parts.
    chosen
        The texts of the options that are chosen; of a statement, whether it is judged true.
    pairs
        By the text of each line that is answered, the text of its answer.
    values
        For each gap what is typed or the text of what is chosen; None for one that is left.
    """

    points: float
    response: Any
    chosen: list[Any] = field(default_factory=list)
    pairs: dict[str, str] = field(default_factory=dict)
    values: list[str | None] = field(default_factory=list)


def given(question: Question) -> list[Given]:
    """Give the key of a question, no answer, and answers with one slip each.

    They are made once for all programs that are asked.
    """
    made = _GIVEN.get(id(question))
    if made is None or made[0] is not question:
        made = _GIVEN[id(question)] = (question, list(_given(question)))
    return made[1]


_GIVEN: dict[int, tuple[Question, list[Given]]] = {}


def _given(question: Question) -> Iterator[Given]:
    item, task = question.item, question.task
    for response in responses(item):
        one = Given(item.score(response).points, response)
        if isinstance(task, Judge):
            one.chosen = [response == "true"] if response else []
        elif isinstance(task, Choose):
            ids = [response] if isinstance(response, str) and response else list(response)
            if isinstance(item, TrueFalse):
                ids = ["-".join(ids)] if ids else []
            texts = {option.id: inline_text(option.text) for option in task.options}
            one.chosen = [texts[id_] for id_ in ids]
        elif isinstance(task, Match):
            answers = response
            if isinstance(response, list):  # steps: what comes straight before each
                answers = dict(zip(response, ["first", *response], strict=False))
                if any(answer not in task.answers for answer in answers.values()):
                    continue  # the last step stands before another: there is no such answer
            one.pairs = {
                inline_text(line.text): inline_text(task.answers[answers[line.id]])
                for line in task.lines
                if line.id in answers
            }
        elif isinstance(task, Fill):
            choices = {c.id: inline_text(c.text) for gap in task.gaps for c in gap.choices}
            answered = [response.get(gap.id) for gap in task.gaps]
            one.values = [choices.get(value, value) if value else None for value in answered]
        else:
            one.values = [response or None]
        yield one


def responses(item: Item) -> Iterator[Any]:
    """Give responses to an item: the key first, then none, then single slips."""
    key = item.key()
    yield key
    if isinstance(item, Cloze):
        yield {}
        yield from _cloze_slips(item, key)
    elif isinstance(item, Numeric):
        yield ""
        yield from (f"{item.answer + off:g}" for off in (-item.tolerance, item.tolerance))
        yield f"{item.answer + item.tolerance + 1:g}"
        yield from (f"{wrong.value:g}" for wrong in item.mistakes)
    elif isinstance(item, TrueFalse) and item.reasons:
        yield []
        reasons = [part for part, _ in item.reasons_by_id()]
        yield from ([judged, one] for judged in ("true", "false") for one in reasons)
    elif isinstance(key, dict):  # lines, each with an answer
        yield {}
        answers = list(dict.fromkeys(key.values()))
        answers += item.answer_ids() if hasattr(item, "answer_ids") else []
        for line in key:
            yield {other: answer for other, answer in key.items() if other != line}
            yield {**key, line: next(one for one in answers if one != key[line])}
        yield dict.fromkeys(key, answers[0])
    elif item.type == "ordering":
        yield []
        yield [key[-1], *key[:-1]]
        yield key[::-1]
        for at in range(len(key) - 1):
            yield [*key[:at], key[at + 1], key[at], *key[at + 2 :]]
    elif isinstance(key, list):  # several of the options
        yield []
        ids = [part.id for part in item.parts()]
        for one in ids:
            yield [id_ for id_ in ids if (id_ in key) != (id_ == one)]
        yield ids
    else:
        yield ""
        yield from (part.id for part in item.parts() if part.id != key)


def _cloze_slips(item: Cloze, key: dict[str, str]) -> Iterator[dict[str, str]]:
    for place, (id_, gap) in enumerate(zip(item.gap_ids(), item.gaps, strict=True)):
        yield {other: value for other, value in key.items() if other != id_}
        if gap.choices:
            yield from ({**key, id_: one} for one in item.choice_ids(place) if one != key[id_])
            continue
        for answer in gap.answers or []:
            yield {**key, id_: inline_text(answer)}
            yield {**key, id_: inline_text(answer).upper().replace("’", "'")}
        yield from ({**key, id_: inline_text(wrong.text)} for wrong in gap.mistakes)


def counted_twice(item: Item, response: object) -> bool:
    """Say whether a response gives a word in two gaps that counts in one of them only."""
    if not isinstance(item, Cloze) or not isinstance(response, dict):
        return False
    words = [plain(str(response.get(id_, ""))) for id_ in item.gap_ids()]
    return any(len({words[gap] for gap in gaps}) < len(gaps) for gaps in item.sets)


def plain_words(html: str) -> str:
    """Give the words of HTML, as a program that compares texts reads them."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()
