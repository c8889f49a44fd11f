"""Words as they are compared: without what a writer may leave out or write otherwise.

The player does the same, in ``typed.js``; the vectors hold both to it.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["decimal_digits", "plain"]

# Letters of Latin, Greek, Cyrillic, Hebrew and Arabic as they are after compatibility
# decomposition. Only of these do marks go: elsewhere (Hindi, Thai) a mark is a vowel, without
# which the word is another.
_UNMARKED = re.compile(
    "[A-Za-z\u00c0-\u02af\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u065f\u066a-\u06ef"
    "\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff\u1c80-\u1c8f\u1d00-\u1dbf\u1e00-\u1fff\u2c60-\u2c7f"
    "\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f]"
)
# What is seen by nobody or only draws a word out: fillers, variation selectors, the Arabic
# elongation mark. Characters of category Cf (soft hyphen, zero width, direction) go too.
_IGNORED = re.compile("[\u034f\u0640\u07fa\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]")
# Letters with a stroke and ligatures have no decomposition.
_STROKES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ς": "σ"}
)


def decimal_digits(text: str) -> str:
    """Write the decimal digits of every script as 0 to 9; full width and Arabic ones, say."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def plain(text: str) -> str:
    """Take off a text what a writer is forgiven.

    That is capitals, accents, vowel points of Arabic and Hebrew, punctuation, wide spaces, the
    form of digits, and characters that nobody sees.

    Parameters
    ----------
    text
        What was typed, or what was expected.

    Returns
    -------
    str
        Small letters and digits, one space between words.
    """
    if text.isascii():
        return " ".join(re.sub("[^a-z0-9]+", " ", text.lower()).split())
    kept: list[str] = []
    marks = False  # whether marks belong to the word here
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if category == "Cf" or _IGNORED.match(char):
            continue
        if category[0] == "M":
            if marks:
                kept.append(char)
            continue
        is_word = category[0] in "LN"
        marks = is_word and not _UNMARKED.match(char)
        kept.append(char if is_word else " ")
    # There and back, so that ß is ss, and the letters i with and without a dot are one.
    folded = "".join(kept).lower().upper().lower().translate(_STROKES)
    return " ".join(decimal_digits(folded).split())
