"""Words as quotations are compared by: what typesetting changes is taken away, words are not."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Footnote marks are superscript digits in the document; no word of it holds one.
_FOOTNOTE_MARKS = re.compile("[⁰¹²³⁴-⁹]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’ʼ′`´", "'"))
_HYPHENS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
)  # soft hyphens go with the format characters
# A word is letters and digits, held together by single inner marks: health-care, migrants',
# www.imldb.iom.int. Free-standing dashes, quotes, brackets and emphasis marks are no words.
# The signs of vowels in Arabic, Hebrew and the scripts of India are part of their words.
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0dff"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:['.\-]{_LETTERS})*", re.UNICODE)


def words(text: str) -> list[str]:
    """Split a text into the words that count when a quotation is compared.

    Quotation marks, dashes, emphasis marks, footnote marks, punctuation at the edge of words,
    white space and case are normalised away. A word changed, dropped, added or moved
    changes the result.

    Parameters
    ----------
    text
        Any text, with or without Markdown emphasis.

    Returns
    -------
    list of str
        The words in order, in case-folded form.

    Examples
    --------
    >>> words("IOM’s *de facto*  protection.³")
    ["iom's", 'de', 'facto', 'protection']
    """
    return list(_words(text))


# Many checks compare the same texts, and a living preview compares them again at every save.
@lru_cache(maxsize=32768)
def _words(text: str) -> tuple[str, ...]:
    plain = _FOOTNOTE_MARKS.sub("", text)
    plain = unicodedata.normalize("NFC", plain).translate(_APOSTROPHES).translate(_HYPHENS)
    if not plain.isascii():
        plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return tuple(_WORD.findall(plain.casefold()))
