"""The words of a language, to tell a slip of spelling from another word.

The lists are those of pyspellchecker. A language that it does not have has no known words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TypedDict

from imlcourse.languages.folding import plain
from imlcourse.languages.rules import rules_of

__all__ = [
    "Found",
    "found",
    "is_word",
    "opposites",
    "remember",
    "same_word",
    "words_near",
]


@lru_cache(maxsize=4)
def _words(language: str) -> dict[int, frozenset[str]]:
    """Give the words of a language as `plain` has them, by their number of letters."""
    # It takes 0.2 s, and most commands do without.
    from spellchecker import SpellChecker

    main = language.partition("-")[0]
    if main not in SpellChecker.languages():
        return {}
    by_length: defaultdict[int, set[str]] = defaultdict(set)
    for word in SpellChecker(language=main).word_frequency.words():
        folded = word if word.isascii() and word.isalpha() and word.islower() else plain(word)
        if " " not in folded:  # "state's" is no word of its own
            by_length[len(folded)].add(folded)
    return {length: frozenset(words) for length, words in by_length.items()}


@lru_cache(maxsize=4)
def _letters(language: str) -> frozenset[str]:
    """Give the letters of which the words of a language are made."""
    return frozenset().union(*("".join(words) for words in _words(language).values()))


_known: dict[tuple[str, str], bool] = {}


def is_word(word: str, language: str) -> bool:
    """Say whether a word, as `plain` gives it, is known to be one of a language."""
    asked = (word, language)
    if asked not in _known:
        _known[asked] = word in _words(language).get(len(word), ())
    return _known[asked]


def same_word(one: str, other: str, language: str) -> bool:
    """Say whether two words are one in two spellings, such as the British and the American."""
    return one == other or _one_form(one, language) == _one_form(other, language)


def _one_form(word: str, language: str) -> str:
    for pattern, form in rules_of(language).spellings:
        word = re.sub(pattern, form, word)
    return word


_near: dict[tuple[str, int, str], tuple[str, ...]] = {}


class Found(TypedDict):
    """What was looked up in the lists of words."""

    near: list[tuple[str, int, str, list[str]]]
    """Word, slips, language, and what `words_near` gave."""
    known: list[tuple[str, str, bool]]
    """Word, language, and what `is_word` gave."""


def found() -> Found:
    """Give what was looked up so far, for `remember` in another process."""
    return {
        "near": [(*asked, list(near)) for asked, near in sorted(_near.items())],
        "known": [(*asked, known) for asked, known in sorted(_known.items())],
    }


def remember(earlier: Found) -> None:
    """Take over what was looked up in lists of the same version, since they are slow to read."""
    for word, slips, language, near in earlier["near"]:
        _near[word, slips, language] = tuple(near)
    for word, language, known in earlier["known"]:
        _known[word, language] = known


def words_near(word: str, slips: int, language: str) -> tuple[str, ...]:
    """Give the other words of a language that a few slips make of a word.

    Parameters
    ----------
    word
        A word, as `plain` gives it.
    slips
        How many slips they may be away.
    language
        A language tag, such as ``"en"`` or ``"fr-CA"``.

    Returns
    -------
    tuple of str
        In order; without other spellings of the word itself.
    """
    asked = (word, slips, language)
    if asked not in _near:
        _near[asked] = tuple(_look_for(*asked))
    return _near[asked]


def _look_for(word: str, slips: int, language: str) -> list[str]:
    if slips < 1 or not word:
        return []
    found = _one_slip_from(word, language) if slips == 1 else _compared(word, slips, language)
    return sorted(other for other in found if not same_word(word, other, language))


def _one_slip_from(word: str, language: str) -> set[str]:
    """Look up all that one slip makes of a word: some hundred, where the list has 200,000."""
    words, letters = _words(language), _letters(language)
    parted = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = {before + letter + after for before, after in parted for letter in letters}
    made |= {before + letter + after[1:] for before, after in parted for letter in letters}
    made |= {before + after[1:] for before, after in parted}
    made |= {before + after[1::-1] + after[2:] for before, after in parted}
    return {other for other in made if other in words.get(len(other), ())}


def _compared(word: str, slips: int, language: str) -> list[str]:
    # Builds have looked up nearly all of it before, and do without.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    return [
        other
        for length in range(len(word) - slips, len(word) + slips + 1)
        for other, *_ in extract(
            word,
            _words(language).get(length, ()),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=None,
        )
    ]


def opposites(word: str, slips: int, language: str) -> list[str]:
    """Give the opposites of a word that a few slips make of it, as *regular* of *irregular*.

    Parameters
    ----------
    word
        A word, as `plain` gives it.
    slips
        How many slips they may be away.
    language
        A language tag.

    Returns
    -------
    list of str
        Words that differ from it by a prefix that negates; empty in languages without such.
    """
    prefixes = rules_of(language).negations
    made = [word.removeprefix(p) for p in prefixes if word.startswith(p)]
    made += [p + word for p in prefixes]
    near = [other for other in made if len(other) >= 4 and abs(len(other) - len(word)) <= slips]
    return [other for other in near if is_word(other, language)]
