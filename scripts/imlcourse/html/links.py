"""Where links lead: from what is meant to an address, in one place for every product.

Writers of HTML name what they link (a unit, a term, a module, a page) and never spell an address.
A product whose pages lie elsewhere (one page for all, a notebook, a package of a learning
platform) brings a subclass of `Links` and overrides `page`; where it has no such page, the address
is empty, and `link` writes the words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar
from urllib.parse import urlencode

from imlcourse.html.citation import anchor
from imlcourse.html.compose import NOTHING, Markup, escape, html

__all__ = [
    "ATLAS",
    "GLOSSARY",
    "GUIDE",
    "INSTRUMENTS",
    "TOPICS",
    "BookLinks",
    "Links",
    "link",
]

GUIDE = "paragraph-guide"
GLOSSARY = "glossary"
INSTRUMENTS = "instruments"
TOPICS = "index-of-topics"
ATLAS = "case-atlas"


class Links:
    """Gives the address of what a page links. As it stands, nothing has an address.

    Each method gives an address as it stands in ``href``, not escaped; empty if there is none.

    Attributes
    ----------
    defines_terms
        Whether the definition of each linked term stands on the page, as ``def-<term>``.
    """

    defines_terms: ClassVar[bool] = False

    def page(self, name: str, fragment: str = "") -> str:  # noqa: ARG002
        """Give the address of a page of the book, or of a place in it.

        Parameters
        ----------
        name
            The page's name, such as ``glossary`` or ``modules/m06``.
        fragment
            The id of an element in it.
        """
        return ""

    def file(self, name: str) -> str:  # noqa: ARG002
        """Give the address of a script, a style or a picture that pages share."""
        return ""

    def module(self, module_id: str, section: str = "") -> str:
        """Give the address of a module, or of one of its sections by its label."""
        return self.page(f"modules/{module_id}", section)

    def worksheet(self, worksheet_id: str) -> str:
        """Give the address at which a worksheet is written."""
        return self.page(worksheet_id)

    def unit(self, unit_id: str) -> str:
        """Give the address at which a unit of the document is explained."""
        return self.page(GUIDE, anchor(unit_id))

    def term(self, term_id: str) -> str:
        """Give the address of a term's definition."""
        return self.page(GLOSSARY, f"term-{term_id}")

    def instrument(self, instrument_id: str) -> str:
        """Give the address at which an instrument is described."""
        return self.page(INSTRUMENTS, instrument_id)

    def article(self, instrument_id: str, article: str) -> str:
        """Give the address at which an article of an instrument is summed up."""
        return self.page(INSTRUMENTS, f"{instrument_id}-art-{article}")

    def topic(self, topic: str) -> str:
        """Give the address of a topic in the index."""
        return self.page(TOPICS, f"topic-{topic}")

    def activities(self, facets: Mapping[str, str]) -> str:
        """Give the address of the atlas with some of its choices made, by facet."""
        return self.page(ATLAS, urlencode(facets))


@dataclass(frozen=True)
class BookLinks(Links):
    """Links between pages of the book.

    Parameters
    ----------
    base
        What leads from the page to the root of the book: empty, or ``../``.
    here
        The name of the page itself, if its links to its own places are to be short.
    """

    base: str = ""
    here: str = ""

    defines_terms: ClassVar[bool] = True

    def page(self, name: str, fragment: str = "") -> str:  # noqa: D102
        if fragment and name == self.here:
            return f"#{fragment}"
        return f"{self.base}{name}.html" + (f"#{fragment}" if fragment else "")

    def file(self, name: str) -> str:  # noqa: D102
        return f"{self.base}_static/{name}"


@lru_cache(10_000, typed=True)  # most are written again and again; text and HTML are two things
def link(href: str, words: str, css: str = "", described: str = "") -> Markup:
    """Write a link, or the words alone where there is nothing to lead to.

    Parameters
    ----------
    href
        The address; empty if there is none.
    words
        What is shown, as text or as HTML.
    css
        Names for style sheets and scripts.
    described
        Id of the element that says more of it.

    Returns
    -------
    Markup
        HTML.
    """
    if not href:
        return escape(words)
    named = html('class="{}" ', css) if css else NOTHING
    more = html(' aria-describedby="{}"', described) if described else NOTHING
    return html('<a {}href="{}"{}>{}</a>', named, href, more, words)
