"""How modules and items are written, as counts: words, sentences, worn-out turns of phrase.

Nothing here is refused. Readers whose English is a second language follow sentences of 11 to 17
words best, and read on where these are not chopped into pieces; a turn of phrase that comes back
on every page tires them. The measures are those of two readers of the course
(``CONTRIBUTING.md``, *Style in counts*).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from imlcourse.course.pace import without_roles
from imlcourse.languages.rules import rules_of
from imlcourse.markup.inline import inline_text

if TYPE_CHECKING:
    from imlcourse.course.module import Module
    from imlcourse.items import Item
    from imlcourse.markup.page import Block

__all__ = [
    "FEWEST_WORDS",
    "GREATEST_MEAN",
    "LEAST_MEAN",
    "LONG",
    "MOST_WORDS",
    "RUN",
    "SHORT",
    "Prose",
    "item_texts",
    "module_texts",
    "taught_words",
    "turns_in",
]

FEWEST_WORDS, MOST_WORDS = 1500, 1900
"""Words of teaching in a module of a whole course."""
LEAST_MEAN, GREATEST_MEAN = 11, 17
"""Words of a sentence, in the mean."""
SHORT, LONG, RUN = 5, 25, 3
"""Sentences of fewer words are short, of more are long; so many short ones make a run."""

_ASKED = {"item", "quiz", "worksheet", "reading"}
_FOLDED = {"since", "office"}
_ENDED = re.compile(r"[.!?؟。！？][”’\"'»)\]]*$")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prose:
    """The sentences of some texts, counted.

    Attributes
    ----------
    lengths
        Words of each sentence; a list for each text, in order.
    """

    lengths: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, texts: Iterable[str], language: str) -> Prose:
        """Count the sentences of texts that are written in a language.

        What does not end as a sentence does, such as an option in a few words, is none.
        """
        rules = rules_of(language)
        return cls(
            tuple(
                tuple(len(one.split()) for one in rules.sentences(text) if _ENDED.search(one))
                for text in texts
            )
        )

    @property
    def count(self) -> int:
        """How many sentences there are."""
        return sum(map(len, self.lengths))

    @property
    def mean(self) -> float:
        """Words of a sentence, in the mean; 0 where there is none."""
        return sum(map(sum, self.lengths)) / self.count if self.count else 0.0

    @property
    def long(self) -> int:
        """How many sentences are long."""
        return sum(one > LONG for text in self.lengths for one in text)

    @property
    def runs(self) -> int:
        """How often several short sentences come one behind another."""
        return sum(
            short and len(list(several)) >= RUN
            for text in self.lengths
            for short, several in groupby(text, lambda one: one < SHORT)
        )


_DRAWN = ("diagram", "picture")  # their argument is the name of a file


def taught_words(module: Module) -> int:
    """Count the words that a module teaches with.

    Questions, what a learner writes, what is folded and the description of a figure do not count;
    titles, tables, cases and law boxes do.

    Parameters
    ----------
    module
        The module.
    """
    texts = [step.title for step in module.steps if step.title]
    for block in _taught(module):
        texts += [block.argument if block.kind not in _DRAWN else "", *_texts(block)]
        if block.kind == "case":
            texts += block.options.values()
    return sum(len(without_roles(text).split()) for text in texts)


def module_texts(module: Module) -> Iterator[str]:
    """Give each paragraph of a module's running text, without marks; no table, no title."""
    for block in _taught(module):
        for text in _texts(block):
            for paragraph in re.split(r"\n\s*\n", _ITEM.sub("\n\n", text)):
                plain = inline_text(without_roles(paragraph))
                if plain and not paragraph.lstrip().startswith("|"):
                    yield plain


def item_texts(item: Item) -> Iterator[str]:
    """Give each text of an item, without marks."""
    return (inline_text(text) for _, text in item.texts())


def turns_in(texts: Iterable[str], language: str) -> Counter[str]:
    """Count the worn-out turns of phrase of a language, by their names for a report."""
    found: Counter[str] = Counter()
    turns = rules_of(language).turns
    for text in texts:
        for name, pattern in turns:
            found[name] += len(pattern.findall(text))
    return found


def _taught(module: Module) -> Iterator[Block]:
    for step in module.steps:
        for block in step.blocks:
            if block.kind not in _ASKED | _FOLDED:
                yield block


def _texts(block: Block) -> list[str]:
    return [block.options.get("caption", "")] if block.kind in _DRAWN else [block.text]
