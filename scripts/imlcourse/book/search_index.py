"""The search index: the words of each section of each page, read from the page's HTML."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

from imlcourse.course.contents import PAGES_BY_NAME

_STOPS = re.compile(r"[ ·]* · [ ·]*")  # where a block ends, so that sentences do not run together
_BLANK = re.compile(r"_{2,}")  # to be filled in by hand
_NEEDLESS = re.compile(r"([.!?…؟]\s?[”’)»]*) · ")


class Entry(NamedTuple):
    """A section that can be found."""

    anchor: str
    """The id of the section; empty at the top of the page."""
    title: str
    """Its heading."""
    words: str
    """Its text, without answers and without the lines that name sources."""


class PageReader(HTMLParser):
    """Reads the HTML of a page once: its words by section, and the classes and data it uses."""

    _BLOCKS = frozenset(
        [
            "p",
            "li",
            "dt",
            "dd",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "tr",
            "td",
            "th",
            "legend",
            "label",
            "option",
            "figcaption",
            "summary",
            "br",
        ]
    )
    _VOID = frozenset(["br", "img", "input", "hr", "link", "meta", "source", "wbr"])
    _SILENT = frozenset(["style", "script", "noscript", "svg", "label", "select", "fieldset"])

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: set[str] = set()
        """Names of classes and of ``data-`` attributes."""
        self._sections: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._ids: list[str] = []
        self._in_heading = False
        self._hidden = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        named = {key: value or "" for key, value in attrs}
        classes = named.get("class", "").split()
        self.marks.update(classes, (key for key in named if key.startswith("data-")), [tag])
        if self._hidden:
            self._hidden += tag not in self._VOID
            return
        # Of a question, its stem is found, and neither its options nor its answer; of a text, not
        # the line that names its sources.
        if tag in self._SILENT or {"iml-answer", "iml-source", "headerlink"}.intersection(classes):
            self._hidden = 1
            return
        if tag in ("section", "article"):
            self._ids.append(named.get("id", ""))
        if tag in ("h1", "h2", "h3") and "iml-quiz-title" not in classes:
            self._sections.append((self._ids[-1] if self._ids else "", [], []))
            self._in_heading = True
        if tag in self._BLOCKS:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        """Take its end."""
        if self._hidden:
            self._hidden -= 1
            return
        if tag in ("h1", "h2", "h3"):
            self._in_heading = False
        if tag in ("section", "article") and self._ids:
            self._ids.pop()
        if tag in self._BLOCKS:
            self._add(" · ")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._hidden:
            self._add(data)

    def _add(self, data: str) -> None:
        _, title, words = self._sections[-1]
        (title if self._in_heading else words).append(data)

    def text(self) -> str:
        """Give all words."""
        return " ".join(
            "".join("".join(title + words) for _, title, words in self._sections).split()
        )

    def entries(self, title: str) -> list[Entry]:
        """Give the sections that have words.

        Parameters
        ----------
        title
            The title of the page, whose own heading is no section.
        """
        found = []
        for anchor, heading, words in self._sections:
            name = " ".join("".join(heading).split())
            text = _STOPS.sub(" · ", " ".join("".join(words).split())).strip(" ·")
            text = _BLANK.sub("…", _NEEDLESS.sub(r"\1 ", text))
            if name or text:
                found.append(Entry("" if name == title else anchor, name or title, text))
        return found


def search_index(pages: Iterable[tuple[str, str, list[Entry]]]) -> str:
    """Write the search index: titles in the open, the words of the sections packed.

    In the open, the words of a whole course would be several times what a page may weigh.

    Parameters
    ----------
    pages
        Name, title and sections of each page.

    Returns
    -------
    str
        A script that sets ``imlSearch``: ``titles`` as ``[address, title, [[anchor, title] …]]``,
        and the words of all sections in that order as JSON, by gzip (``size`` bytes) and base 85.
    """
    titles, words = [], []
    for name, title, entries in pages:
        if not entries:
            continue
        titles.append([f"{name}.html", title, [[entry.anchor, entry.title] for entry in entries]])
        made = PAGES_BY_NAME.get(name)
        words += ["" if made and made.titles_only else entry.words for entry in entries]
    squeezed = gzip.compress(json.dumps(words, ensure_ascii=False).encode(), 9, mtime=0)
    # Base 85 takes a fifteenth less room than base 64, and none of its signs needs an escape.
    packed = base64.b85encode(squeezed, pad=True).decode("ascii")
    index = json.dumps(
        {"titles": titles, "size": len(squeezed), "packed": packed},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f"window.imlSearch = {index};\n"
