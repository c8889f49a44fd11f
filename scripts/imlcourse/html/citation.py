"""How units of the document, and articles beside it, are named, in one place for every product."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imlcourse.html.compose import Markup, html
from imlcourse.languages.locales import direction
from imlcourse.languages.strings import Strings

_UNIT = re.compile(r"(A-fn|fn|A|)([0-9]+)")
_KINDS = {"": "paragraph", "fn": "footnote", "A": "annex", "A-fn": "annex_footnote"}
_ANCHORS = {"": "para-", "fn": "fn-", "A": "para-a", "A-fn": "fn-a"}


@dataclass(frozen=True)
class Citation:
    """A unit of the document, or an article beside it, as it is cited.

    Parameters
    ----------
    label
        What is shown, such as ``"paragraph 8"``.
    href
        Where it leads: a relative address, or one of the web; empty if it leads nowhere.
    language
        The language of the document's words, where it is not that of the page.
    says
        Of an article: what it says, in the course's own words.
    binds
        Of an article: whether it is law, and not guidance.
    """

    label: str
    href: str
    language: str | None = None
    says: str = ""
    binds: bool = True

    def words(self, quote: object) -> Markup:
        """Write words of the unit as HTML, marked where they are in another language."""
        return in_language(quote, self.language)


def in_language(words: object, language: str | None) -> Markup:
    """Mark words that are in another language than the page around them.

    Parameters
    ----------
    words
        Text or HTML.
    language
        Their language; ``None`` for that of the page, which needs no mark.

    Returns
    -------
    Markup
        HTML.
    """
    if language is None:
        return html("{}", words)
    return html('<span lang="{}" dir="{}">{}</span>', language, direction(language), words)


def _parts(unit_id: str) -> tuple[str, str]:
    found = _UNIT.fullmatch(unit_id)
    if not found:
        msg = f"no unit has the form {unit_id!r}"
        raise ValueError(msg)
    return found[1], found[2]


def anchor(unit_id: str) -> str:
    """Give the stable address of a unit in the paragraph guide, such as ``para-a30``."""
    kind, number = _parts(unit_id)
    return _ANCHORS[kind] + number


def cited(unit_id: str, strings: Strings) -> str:
    """Name a unit inside a sentence: “annex, paragraph 30”."""
    kind, number = _parts(unit_id)
    return strings.text(f"cite.{_KINDS[kind]}", number=number)


def headed(unit_id: str, strings: Strings) -> str:
    """Name a unit as a heading: “Annex, paragraph 30”."""
    kind, number = _parts(unit_id)
    return strings.text(f"unit.{_KINDS[kind]}", number=number)
