"""What is said before an item is solved, and may therefore not tell its key.

Two texts are read before the second try: the hint, which is asked for, and the feedback for a
wrong answer. Both are to lead to the key and not to hold it. The quotation, which often does,
waits for the second try.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from imlcourse.document.words import words
from imlcourse.items.parts import (
    CardPart,
    ChoicePart,
    DecisionPart,
    GapPart,
    ItemPart,
    MistakePart,
    NumberPart,
    OtherPart,
    PairPart,
)
from imlcourse.markup.explain import Flaw
from imlcourse.markup.inline import inline_text

if TYPE_CHECKING:
    from imlcourse.items.base import Item

__all__ = ["MOST_HINT_SENTENCES", "MOST_HINT_WORDS", "giveaway_problems", "told_early"]

MOST_HINT_SENTENCES, MOST_HINT_WORDS = 2, 40
"""A hint is read in the middle of thinking."""
_SENTENCE_END = re.compile(r"[.!?\u2026\u061f](?=[\s\u201d\u00bb)]|$)")
_LONG_WORD = 4
"""Letters of the shortest word that tells anything of a key."""


def giveaway_problems(item: Item) -> Iterator[Flaw]:
    """Report a hint that is long or tells the key, and feedback for a wrong answer that does.

    Parameters
    ----------
    item
        The item.
    """
    yield from _hint_problems(item)
    for feedback, key in told_early(item):
        where = next((path for path, text in item.texts() if text == feedback), ("stem",))
        yield Flaw(
            where,
            f"a wrong answer is told the right one here, “{key}”; "
            "say why the wrong one does not fit, and leave the key to the second try",
        )


def told_early(item: Item) -> Iterator[tuple[str, str]]:
    """Find feedback that is shown beside a wrong answer, and holds the key of what is asked.

    Yields
    ------
    tuple
        The feedback, and the key that stands in it.
    """
    parts = item.parts()
    asks = words(inline_text(f"{item.stem} {item.passage}"))
    for part in parts:
        # What a wrong choice says itself, its feedback may say again.
        read = [*asks, "", *words(inline_text(part.text))]
        for asked, text in _before_the_key(part, parts):
            for key in _keys(asked):
                phrase = words(inline_text(key))
                if not _tells(item, phrase) or _holds(read, phrase):
                    continue
                if _holds(words(inline_text(text)), phrase):
                    yield text, inline_text(key)
                    break


def _before_the_key(part: ItemPart, parts: Sequence[ItemPart]) -> Iterator[tuple[ItemPart, str]]:
    """Give what may be read at a part while another is not solved: that other, and the text."""
    wrong = isinstance(part, MistakePart | OtherPart)
    wrong = wrong or (isinstance(part, ChoicePart) and not part.right)
    for asked in parts:
        if isinstance(asked, GapPart):
            # What is said of a gap that is right is read beside another that is not.
            own = asked.id in (part.id, part.group)
            key = asked if asked.answers else _chosen(asked, parts)
            if part.feedback and (wrong if own else True):
                yield key, part.feedback
        elif wrong and (asked.id == part.group) and _open(asked, parts):
            yield asked, part.feedback
    if isinstance(part, ChoicePart) and wrong and not _of_gap(part, parts):
        keys = [one for one in parts if one.right and one.group == part.group]
        if len(keys) == 1:
            yield keys[0], part.feedback


def _of_gap(part: ItemPart, parts: Sequence[ItemPart]) -> bool:
    return any(isinstance(one, GapPart) and one.id == part.group for one in parts)


def _chosen(gap: GapPart, parts: Sequence[ItemPart]) -> ItemPart:
    return next((one for one in parts if one.group == gap.id and one.right), gap)


def _open(part: ItemPart, parts: Sequence[ItemPart]) -> bool:
    """Say whether a wrong answer leaves more than one that could be right."""
    if not isinstance(part, CardPart):
        return True
    return len({one.answer for one in parts if isinstance(one, CardPart)}) > 2


def _keys(part: ItemPart) -> tuple[str, ...]:
    if isinstance(part, GapPart) and part.answers:
        return part.answers
    if isinstance(part, NumberPart):
        return (part.answer.split(" ")[0],)
    return (part.answer or part.text,)


def _tells(item: Item, phrase: Sequence[str]) -> bool:
    """Say whether words are such that nobody writes them by chance."""
    common = item.rules.common_words or frozenset()
    return any(
        word.isdigit() or (len(word) >= _LONG_WORD and item.rules.bare(word) not in common)
        for word in phrase
    )


def _holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(list(text[at : at + size]) == list(phrase) for at in range(len(text) - size + 1))


def _hint_problems(item: Item) -> Iterator[Flaw]:
    if not item.hint:
        return
    text = inline_text(item.hint)
    given = words(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    if sentences > MOST_HINT_SENTENCES or len(given) > MOST_HINT_WORDS:
        yield Flaw(
            ("hint",),
            f"the hint has {sentences} sentences and {len(given)} words; "
            f"write {MOST_HINT_SENTENCES} short sentences at most, and {MOST_HINT_WORDS} words",
        )
    key = _words_of_the_key(item)
    told = [word for word in dict.fromkeys(given) if word in key]
    if told:
        yield Flaw(
            ("hint",),
            f"the hint has words of the key: {', '.join(told)}; "
            "say what to look at, and not what is right",
        )


def _words_of_the_key(item: Item) -> frozenset[str]:
    """Give the words that only what is right has: not the question, nor anything wrong.

    Where everything can be read in the question and has only to be put in its place (pairs, cards,
    steps), there are none.
    """
    right: set[str] = set()
    other = {*words(inline_text(f"{item.stem} {item.passage}"))}
    for part in item.parts():
        if isinstance(part, ChoicePart | DecisionPart):
            best = part.rating == "best" if isinstance(part, DecisionPart) else part.right
            (right if best else other).update(words(inline_text(part.text)))
        elif isinstance(part, MistakePart):
            other.update(words(inline_text(part.text)))
        elif isinstance(part, GapPart | NumberPart):
            right.update(word for key in _keys(part) for word in words(inline_text(key)))
        elif isinstance(part, PairPart):
            other.update(words(inline_text(part.answer)))
    return frozenset(word for word in right - other if _tells(item, [word]))
