"""What Unicode's tables say of a language: dates, plural, direction, and how names are sorted.

The tables come with Babel (CLDR); the pages of the book ask the browser, which has the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, TypeVar
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton

__all__ = [
    "TAG",
    "date_in_words",
    "direction",
    "disturbs",
    "fallbacks",
    "known_language",
    "locale_of",
    "name_key",
    "plural_categories",
    "plural_category",
    "sorted_by_name",
]

TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
"""A language tag: a language, if need be its script and its region: ``fr``, ``es-419``."""


def fallbacks(tag: str) -> tuple[str, ...]:
    """Give the languages in which a text is looked for, the nearest first.

    Parameters
    ----------
    tag
        A language tag, such as ``es-MX``.

    Returns
    -------
    tuple of str
        The tag, then ever wider ones, English left out: ``es-MX``, ``es-419``, ``es``.
    """
    parents: Mapping[str, str] = get_global("parent_exceptions")
    found = [tag]
    while True:
        here = found[-1].replace("-", "_")
        wider = parents.get(here) or here.rpartition("_")[0]
        if not wider or wider in ("root", "en_001"):
            wider = here.rpartition("_")[0]
        if not wider or wider.replace("_", "-") in found:
            break
        found.append(wider.replace("_", "-"))
    return tuple(found)


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """Give the tables of a language.

    Parameters
    ----------
    tag
        A language tag. What stands behind ``-u-``, as a script of the browser may take it, does
        not count.

    Returns
    -------
    babel.Locale
        Of the tag, or of the nearest wider one that there are tables for; English if there is none.
    """
    for wider in fallbacks(tag.partition("-u-")[0]):
        try:
            return Locale.parse(wider, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=64)
def known_language(tag: str) -> bool:
    """Say whether a tag is well formed and names a language that Unicode's tables have."""
    if not re.fullmatch(TAG, tag):
        return False
    try:
        Locale.parse(tag.partition("-")[0])
    except (UnknownLocaleError, ValueError):
        return False
    return True


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Say from which side a language is written: ``"ltr"`` from the left, ``"rtl"`` the right."""
    return "rtl" if locale_of(tag).text_direction == "rtl" else "ltr"


# Bidirectional classes of Unicode: letters and digits of the other side, and signs that turn text.
_TURNS = frozenset(["LRE", "LRO", "LRI", "RLE", "RLO", "RLI", "FSI", "PDF", "PDI"])
_DISTURBS: Mapping[str, frozenset[str]] = {
    "ltr": _TURNS | {"R", "AL", "AN"},
    "rtl": _TURNS | {"L", "EN"},
}


def disturbs(text: str, way: Literal["ltr", "rtl"]) -> bool:
    """Say whether a text, in a line that runs one way, may run otherwise or move what is beside it.

    Parameters
    ----------
    text
        Plain text, or text in the Markdown subset.
    way
        How the line runs.

    Returns
    -------
    bool
        Whether it has a letter or a digit of the other side, or a sign that turns text. Digits
        such as 7 count where lines run from the right: the letters before them would order them.
    """
    # All that ASCII has is made for lines that run from the left.
    if way == "ltr" and text.isascii():
        return False
    classes = _DISTURBS[way]
    return any(bidirectional(char) in classes for char in text)


def date_in_words(when: str, locale: str) -> str:
    """Write a day, a month or a year in words.

    Parameters
    ----------
    when
        As in ``2016-09-19``, ``2016-09`` or ``2016``.
    locale
        The tag of the locale, such as ``en-GB``.

    Returns
    -------
    str
        Such as *19 September 2016*, *September 2016* or *2016*.
    """
    parts = [int(part) for part in when.split("-")]
    if len(parts) == 1:
        return when
    day = date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    if len(parts) == 2:
        return str(format_skeleton("yMMMM", day, locale=locale_of(locale)))
    return str(format_date(day, "long", locale=locale_of(locale)))


def plural_categories(tag: str) -> tuple[str, ...]:
    """Give the plural categories of a language, ``other`` last: ``one``, ``other`` in English.

    A category for numbers with a fraction or an exponent alone is left out: what is counted here
    is whole.
    """
    form = locale_of(tag).plural_form
    used = {form(number) for number in range(1001)}
    order = ("zero", "one", "two", "few", "many", "other")
    return tuple(name for name in order if name in used or name == "other")


def plural_category(tag: str, number: int) -> str:
    """Give the plural category of a whole number: ``few`` for 3 in Arabic."""
    return str(locale_of(tag).plural_form(number))


# --- sorting --------------------------------------------------------------------------------

# Letters that a language counts as its own stand behind the letter that they are drawn from; in
# all others a mark counts only between words that are the same without it.
_OWN_LETTERS: Mapping[str, str] = {"es": "ñ", "gl": "ñ", "eu": "ñ", "tr": "çğöşü"}
_JOINED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_UNWRITTEN = "\u0640"  # the stroke that draws an Arabic word out
_LAST = "\U0010ffff"

Named = TypeVar("Named")


def name_key(text: str, tag: str) -> tuple[str, str, str]:
    """Give what a name is sorted by.

    Parameters
    ----------
    text
        The name.
    tag
        The language whose order it is.

    Returns
    -------
    tuple of str
        First the letters alone (É as E, أ as ا; in Spanish Ñ behind N), then the letters with
        their marks, then small letters before capitals.
    """
    if text.isascii():  # as most names are: no marks, and no letters of one language
        return text.lower(), text.lower(), text.swapcase()
    own = _OWN_LETTERS.get(tag.partition("-")[0], "")
    bare: list[str] = []
    for char in unicodedata.normalize("NFC", text).casefold().translate(_JOINED):
        plain = "".join(
            piece
            for piece in unicodedata.normalize("NFD", char)
            if unicodedata.category(piece) != "Mn" and piece != _UNWRITTEN
        )
        bare.append(plain + _LAST if char in own else plain)
    # Small letters stand before capitals, as in dictionaries.
    return "".join(bare), unicodedata.normalize("NFD", text.casefold()), text.swapcase()


def sorted_by_name(entries: Iterable[Named], name: Callable[[Named], str], tag: str) -> list[Named]:
    """Sort entries by their names, in the order of a language.

    Parameters
    ----------
    entries
        What is sorted.
    name
        Gives the name of an entry.
    tag
        The language.

    Returns
    -------
    list
        The entries; those of equal names stay in their order.
    """
    return sorted(entries, key=lambda entry: name_key(name(entry), tag))
