"""The text of a page, from the HTML that Sphinx writes to what stands in the page."""

from __future__ import annotations

from html import escape
from typing import TypedDict

from imlcourse.book.search_index import Entry, PageReader
from imlcourse.languages.strings import Strings


class Written(TypedDict):
    """What Sphinx wrote of a document."""

    body: str
    """HTML of its text."""
    title: str
    """HTML of its title."""
    toc: str
    """HTML of the list of its sections, as links."""
    many: bool
    """Whether it has more than one heading, so that the list is worth showing."""


class Body(TypedDict):
    """The text of a page, ready to stand in it, and what the page has to know of it."""

    html: str
    title: str
    """HTML of its title."""
    name: str
    """Its title as plain text."""
    toc: str
    """HTML of the list of its sections; empty where there is but one."""
    terms: list[str]
    """Ids of the glossary's terms that it links, in order."""
    marks: list[str]
    """Names of elements, classes and ``data-`` attributes in it."""
    entries: list[Entry]
    """Its sections, for the search."""


def page_body(written: Written) -> Body:
    """Make the text of a page.

    Parameters
    ----------
    written
        What Sphinx wrote.

    Returns
    -------
    Body
        It depends on this alone.
    """
    html = written["body"].strip()
    title = PageReader(written["title"]).text()
    reader = PageReader(html)
    return Body(
        html=html,
        title=written["title"],
        name=title,
        toc=written["toc"] if written["many"] else "",
        terms=list(dict.fromkeys(reader.terms)),
        marks=sorted(reader.marks),
        entries=reader.entries(title),
    )


def with_definitions(body: Body, terms: dict[str, str], strings: Strings) -> str:
    """Give the text of a page with the definitions of the terms that it links at its end.

    Parameters
    ----------
    body
        The text.
    terms
        Definitions by id of the term, as plain text.
    strings
        Texts of the interface.
    """
    used = [term for term in body["terms"] if term in terms]
    if not used:
        return body["html"]
    lines = [f'<p id="def-{term}">{escape(terms[term])}</p>' for term in used]
    again = escape(strings.text("book.term_again"))
    opening = f'<div class="iml-defs" hidden data-again="{again}">'
    return "\n".join([body["html"], opening, *lines, "</div>"])
