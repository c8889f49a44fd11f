"""Pages as Kiwix wants them: with the tags that it looks for, and with marks of what is not shown.

Kiwix puts its own bar into a page before a literal ``</head>``, which our short pages do without.
And under each page that its search has found it shows words of the whole page: answers too, if
nothing says which words are to be passed over.
"""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from imlcourse.book.search_index import UNTOLD, read_index
from imlcourse.course.contents import MADE_PAGES

__all__ = ["kiwix_page", "plain", "words_by_page"]

_SHUT, _OPEN = "<!--htdig_noindex-->", "<!--/htdig_noindex-->"
_OF_HEADS = frozenset(
    ["base", "head", "html", "link", "meta", "noscript", "script", "style", "template", "title"]
)
_HIDDEN = frozenset(["iml-quiz", *UNTOLD])
_SILENT = frozenset(["nav", "noscript", "svg"])
_CLOSED = frozenset(["a", "details", "div", "fieldset", *_SILENT])
"""Elements that cannot end without a tag."""
_TESTS = frozenset(f"{page.name}.html" for page in MADE_PAGES if page.title.startswith("test."))
_BAR = "<style>#kiwixtoolbar{position:absolute!important}</style>"
"""The bar of an older Kiwix would stay at the top of the window, over ours."""


def kiwix_page(html: str) -> str:
    """Give a finished page the tags and marks that Kiwix looks for; nothing of it looks different.

    Parameters
    ----------
    html
        The page, as small as `imlcourse.book.template` makes it.
    """
    places = _Places(html)
    made, done = [], 0
    for at, tags in places.puts:
        made += [html[done:at], tags]
        done = at
    return "".join([*made, html[done:]])


def words_by_page(index: str) -> dict[str, str]:
    """Give the words by which pages are found: the same as in the search of the course itself.

    So neither answers nor questions are found, nor what stands on every page; and no page of a
    test.

    Parameters
    ----------
    index
        The script with the index of the course's own search.
    """
    words: dict[str, list[str]] = {}
    for found in read_index(index):
        path = found.address.partition("#")[0]
        if path not in _TESTS:
            words.setdefault(path, []).extend([found.title, found.words, found.also])
    return {path: _both_ways(" ".join(filter(None, texts))) for path, texts in words.items()}


def plain(words: str) -> str:
    """Write words as Kiwix looks for them: small letters, without accents and other marks.

    Parameters
    ----------
    words
        Any words.
    """
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFD", words.lower())
    bare = "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))
    return unicodedata.normalize("NFC", bare)


def _both_ways(words: str) -> str:
    """Add the words with marks as they are written: so an older Kiwix looks for them."""
    written = unicodedata.normalize("NFC", words.lower()).split()
    return " ".join([plain(words), *(one for one in written if plain(one) != one)])


class _Places(HTMLParser):
    """Finds where tags and marks are put in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.puts: list[tuple[int, str]] = []
        self._lines = [0, *(one.end() for one in re.finditer("\n", html))]
        self._in_head, self._in_main = True, False
        self._hidden, self._depth = "", 0
        self.feed(html)
        self.close()
        self.puts.append((len(html), f"{_OPEN}</body></html>"))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = self._at()
        after = at + len(self.get_starttag_text() or "")
        if self._in_head and tag not in _OF_HEADS:
            self._in_head = False
            if tag == "body":
                self.puts += [(at, f"{_BAR}</head>"), (after, _SHUT)]
            else:
                self.puts.append((at, f"{_BAR}</head><body>{_SHUT}"))
        if tag == "main":
            self._in_main = True
            self.puts.append((at, _OPEN))
        elif self._hidden:
            self._depth += tag == self._hidden
        elif self._in_main and tag in _CLOSED:
            classes = (dict(attrs).get("class") or "").split()
            if tag in _SILENT or _HIDDEN.intersection(classes):
                self._hidden, self._depth = tag, 1
                self.puts.append((at, _SHUT))

    def handle_endtag(self, tag: str) -> None:
        at = self._at()
        if self._hidden and tag == self._hidden:
            self._depth -= 1
            if not self._depth:
                self._hidden = ""
                self.puts.append((at + len(f"</{tag}>"), _OPEN))
        if tag == "main":
            self._in_main = False
            self.puts.append((at, _SHUT))
