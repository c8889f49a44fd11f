"""Comparing what a learner typed with what was expected, forgivingly.

Forgiven are capitals, accents, punctuation and the like (see `imlcourse.languages.folding`), and as
many slips of spelling as the author allows. A slip is no other word. So a text is not taken for an
answer

- if one of its words is known to be another word (`others`, see `imlcourse.languages.words`);
- if it is as near to a mistake, or to the answer of another gap, as to the answer;
- if its numbers differ, Roman ones too: another year or article is another answer;
- in words of fewer than four letters, and for more than one slip for each four letters of a word.

The player does the same, in ``typed.js``; the vectors hold both to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from imlcourse.items.shared import SHARED
from imlcourse.languages.folding import decimal_digits, plain
from imlcourse.languages.spelling import distance
from imlcourse.languages.words import words_near

__all__ = [
    "LETTERS_FOR_A_SLIP",
    "LONGEST",
    "accepted",
    "distance",
    "has_number",
    "number",
    "other_words",
    "plain",
]

LONGEST = SHARED["typed"]["longest"]
"""More characters than this are no answer to a gap."""
LETTERS_FOR_A_SLIP = SHARED["typed"]["letters_for_a_slip"]
"""So many letters of a word allow for one slip in it."""
_LONGEST_NUMBER = SHARED["typed"]["longest_number"]  # characters

# Digits, and words that are Roman numerals.
_NUMERALS = re.compile(
    r"[0-9]|(?<!\w)(?=\w\w)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?!\w)"
)
_DIRECTIONS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# Signs that stand for the ASCII ones: minus and hyphens, full width, Arabic separators.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
        "\uff0b": "+",
        "\uff0e": ".",
        "\uff0c": ",",
        "\u066b": ".",
        "\u066c": "'",
        "\u2019": "'",
        "\u02bc": "'",
    }
)
_NUMBER = re.compile(r"([+-]?)([.,]?[0-9][0-9.,']*)")
# What ends a number and is no part of it: a sign for per cent, the stop of a sentence.
_ENDING = re.compile("[%\u066a\ufe6a\uff05]?\\.?$")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?:'[0-9]{3})+")
_GROUPED_BY_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")


def accepted(
    given: str,
    answers: Sequence[str],
    tolerance: int,
    mistakes: Iterable[str],
    others: Collection[str] = (),
) -> int | None:
    """Say which of the answers is meant by what was typed.

    Parameters
    ----------
    given
        What was typed.
    answers
        What is right.
    tolerance
        How many slips of spelling are forgiven.
    mistakes
        What is wrong however near it comes to an answer.
    others
        Words that lie near those of the answers and are not meant: see `other_words`.

    Returns
    -------
    int or None
        The place of the nearest answer in the list; None if what was typed is wrong.
    """
    typed = plain(given)
    if not typed or len(given) > LONGEST:
        return None
    wrong = [plain(mistake) for mistake in mistakes]
    right = [plain(answer) for answer in answers]
    if typed in wrong:
        return None
    if typed in right:
        return right.index(typed)
    if any(word in others for word in typed.split()):
        return None
    found, fewest = None, tolerance + 1
    for index, answer in enumerate(right):
        slips = _slips(typed, answer, tolerance)
        if slips < fewest:
            found, fewest = index, slips
    if any(distance(typed, mistake) <= fewest for mistake in wrong):
        return None
    return found


def _slips(typed: str, answer: str, tolerance: int) -> int:
    """Count the slips between two texts, word for word; more than the tolerance where too many."""
    too_many = tolerance + 1
    if _NUMERALS.findall(typed) != _NUMERALS.findall(answer):
        return too_many
    words, wanted = typed.split(), answer.split()
    if len(words) != len(wanted):
        # A space too many or too few is a slip too.
        one, other = "".join(words), "".join(wanted)
        spaces = abs(len(words) - len(wanted))
        far = abs(len(one) - len(other)) > tolerance
        return too_many if far else min(too_many, spaces + distance(one, other))
    slips = 0
    for word, right in zip(words, wanted, strict=True):
        most = min(tolerance, len(right) // LETTERS_FOR_A_SLIP)
        if word != right:
            far = abs(len(word) - len(right)) > most
            apart = too_many if far else distance(word, right)
            slips += apart if apart <= most else too_many
    return min(slips, too_many)


def has_number(text: str) -> bool:
    """Say whether a text, as `plain` gives it, holds a number, be it a Roman one."""
    return _NUMERALS.search(text) is not None


def other_words(answers: Iterable[str], tolerance: int, language: str) -> list[str]:
    """Give the words of a language that the tolerance alone would take for one of the answers.

    Parameters
    ----------
    answers
        What is right.
    tolerance
        How many slips of spelling are forgiven.
    language
        The language of the answers, as a tag.

    Returns
    -------
    list of str
        In order, as `plain` gives them; without the words of the answers themselves.
    """
    if tolerance < 1:
        return []
    words = {word for answer in answers for word in plain(answer).split()}
    near = {
        other
        for word in words
        for other in words_near(word, min(tolerance, len(word) // LETTERS_FOR_A_SLIP), language)
    }
    return sorted(near - words)


def number(given: str) -> float | None:
    """Read a number as people write it, in whatever digits.

    Spaces and apostrophes part thousands. A comma parts them where three digits follow each
    comma and the number begins with another digit than 0 (*1,951*; but *0,125* is a decimal), and
    so do points if there are two or more of them (*1.234.567*). Where commas and points both
    stand, the last of them is the decimal one (*1.234,5*, *1,234.5*). The 0 before a decimal mark
    may lack (*.5*); a sign for per cent and a full stop behind the number count for nothing.

    Parameters
    ----------
    given
        What was typed.

    Returns
    -------
    float or None
        The number; None if it is none.
    """
    text = "".join(_DIRECTIONS.sub("", decimal_digits(given)).translate(_SIGNS).split())
    text = _ENDING.sub("", text)
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > _LONGEST_NUMBER:
        return None
    sign, body = match.groups()
    body = f"0{body}" if body[0] in ".," else body
    whole, decimals = body, ""
    if "," in body and "." in body:
        mark = max(",.", key=body.rfind)
        whole, decimals = body.rsplit(mark, 1)
        if mark == ",":
            whole = whole.replace(".", ",")
        if not _GROUPED.fullmatch(whole) or not decimals.isdigit():
            return None
    elif _GROUPED_BY_POINTS.fullmatch(body):
        whole = body.replace(".", "")
    elif not _GROUPED.fullmatch(body) and ("," in body or "." in body):
        whole, _, decimals = body.replace(",", ".").partition(".")
        if not decimals.isdigit():
            return None
    elif "'" in body and not _GROUPED.fullmatch(body):
        return None
    if "'" in whole and not _GROUPED.fullmatch(whole):
        return None
    whole = whole.replace(",", "").replace("'", "")
    return float(f"{sign}{whole}.{decimals or 0}") if whole.isdigit() else None
