"""The search index: the words of each section of each page, read from the page's HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import chain
from typing import NamedTuple

from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.course.session import is_plan_page

_STOPS = re.compile(r"[ ·]* · [ ·]*")  # where a block ends, so that sentences do not run together
_BLANK = re.compile(r"_{2,}")  # to be filled in by hand
_NEEDLESS = re.compile(r"([.!?…؟]\s?[”’)»]*) · ")


UNTOLD = frozenset(
    [
        *("iml-answer", "iml-hint", "iml-model"),
        *("iml-source", "iml-unit-facts", "iml-office", "headerlink"),
    ]
)
"""Classes of what no search finds: answers, sources, tables of facts, fields of an office."""


class Entry(NamedTuple):
    """A section that can be found."""

    anchor: str
    """The id of the section; empty at the top of the page."""
    title: str
    """Its heading."""
    tokens: str
    """`tokens_of` its text, without answers and without the lines that name sources."""
    also: str = ""
    """Words by which it may be looked for, and which nobody sees."""


_PLAIN_TAG = re.compile(r"<([a-z][a-z0-9]*)((?: [a-z][a-z0-9_-]*(?:=\"[^\"<>]*\")?)*)>")
_PLAIN_ATTRIBUTE = re.compile(r" ([a-z][a-z0-9_-]*)(?:=\"([^\"]*)\")?")
_PLAIN_END = re.compile(r"</([a-z][a-z0-9]*)>")
"""Tags in small letters, with nothing in them that needs a second look."""


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
        self.terms: list[str] = []
        """Ids of the glossary's terms that are linked, in order."""
        self._sections: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self._also: dict[int, str] = {}
        self._ids: list[str] = []
        self._in_heading = False
        self._hidden = 0
        self.feed(html)
        self.close()

    def parse_starttag(self, i: int) -> int:
        """Read a start tag; one as the book's writers write it, quickly."""
        plain = _PLAIN_TAG.match(self.rawdata, i)
        if plain is None or plain[1] in self.CDATA_CONTENT_ELEMENTS:
            return super().parse_starttag(i)
        self.handle_starttag(
            plain[1],
            [
                (name, unescape(value) if "&" in value else value)
                for name, value in _PLAIN_ATTRIBUTE.findall(plain[2])
            ],
        )
        return plain.end()

    def parse_endtag(self, i: int) -> int:
        """Read an end tag; one as the book's writers write it, quickly."""
        plain = None if self.cdata_elem else _PLAIN_END.match(self.rawdata, i)
        if plain is None:
            return super().parse_endtag(i)
        self.handle_endtag(plain[1])
        return plain.end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        named = {key: value or "" for key, value in attrs}
        classes = named.get("class", "").split()
        self.marks.update(classes, (key for key in named if key.startswith("data-")), [tag])
        if "iml-term" in classes:
            self.terms.append(named.get("aria-describedby", "").removeprefix("def-"))
        if self._hidden:
            self._hidden += tag not in self._VOID
            return
        # Neither a question nor its answer is found; nor, of a text, the line that names sources.
        if tag in self._SILENT or UNTOLD.intersection(classes):
            self._hidden = 1
            return
        if tag in ("section", "article"):
            self._ids.append(named.get("id", ""))
        if tag in ("h1", "h2", "h3") and "iml-quiz-title" not in classes:
            self._sections.append((self._ids[-1] if self._ids else "", [], []))
            self._in_heading = True
        if tag in self._BLOCKS:
            self._add(" ")
        if "data-iml-words" in named:
            self._also[len(self._sections) - 1] = named["data-iml-words"]

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

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - as the base names it
        """Count no lines: nobody asks where in a page something stands."""
        return j

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
        for at, (anchor, heading, words) in enumerate(self._sections):
            name = " ".join("".join(heading).split())
            text = _STOPS.sub(" · ", " ".join("".join(words).split())).strip(" ·")
            text = _BLANK.sub("…", _NEEDLESS.sub(r"\1 ", text))
            if name or text:
                place = "" if name == title else anchor
                also = self._also.get(at, "")
                found.append(Entry(place, name or title, tokens_of(text), also))
        return found


_TOKEN = re.compile(r" ?[^\W_]+(?:['’-][^\W_]+)*|\s|.", re.DOTALL)
"""Words, each with the space before it, its apostrophes and hyphens; and single signs."""
_GLUE, _END = "\ue000", "\ue001"
"""Tokens of their own: no space stands before the word; the text of a section ends."""
_ONE, _TWO = 160, 160 + 80 * 256
"""The numbers of so many tokens take one byte, and so many one or two."""

SITUATION, AID, MODULE, OTHER = range(4)
"""What a page is, in the order in which a search shows what it found."""


def _rank(name: str) -> int:
    if name == "what-is-in-front-of-you":
        return SITUATION
    if name.startswith("aid-"):
        return AID
    return MODULE if name.startswith("modules/") else OTHER


def _titles_only(name: str) -> bool:
    """Say whether a page is found by its titles alone: a plan says again what its module says."""
    made = PAGES_BY_NAME.get(name)
    return is_plan_page(name) or bool(made and made.titles_only)


def search_index(pages: Iterable[tuple[str, str, list[Entry]]]) -> str:
    """Write the search index.

    A text is written as the numbers of its words in a list of all words: packed so, a course takes
    a third less room than its texts would.

    Parameters
    ----------
    pages
        Name, title and sections of each page.

    Returns
    -------
    str
        A script that sets ``imlSearch``: what is packed by deflate (``size`` bytes) and base 85 is
        JSON with the ``tokens``, one a line, and the ``pages`` as ``[address, rank, title,
        [[anchor, title, also] …]]``; then, behind a NUL, the texts of all sections in that order.
    """
    listed, texts = [], []
    for name, title, entries in pages:
        if not entries:
            continue
        sections = [[one.anchor, one.title, *([one.also] if one.also else [])] for one in entries]
        listed.append([f"{name}.html", _rank(name), title, sections])
        texts += [_END if _titles_only(name) else entry.tokens for entry in entries]
    split = [text.split("\n") for text in texts]
    counted = Counter(chain.from_iterable(split))
    tokens = sorted(counted, key=lambda token: (-counted[token], token))
    # Of those that take two bytes, neighbours in the alphabet pack well.
    tokens[_ONE:] = sorted(tokens[_ONE:])
    code = {token: _code(number) for number, token in enumerate(tokens)}
    held = {"tokens": "\n".join(tokens), "pages": listed}
    head = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()
    stream = b"".join(map(code.__getitem__, chain.from_iterable(split)))
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = packer.compress(head + b"\0" + stream) + packer.flush()
    # Base 85 takes a fifteenth less room than base 64, and none of its signs needs an escape.
    packed = base64.b85encode(squeezed, pad=True).decode("ascii")
    return f'window.imlSearch = {{"size":{len(squeezed)},"packed":"{packed}"}};\n'


def _code(number: int) -> bytes:
    """Write the number of a token: the less used it is, the more bytes it takes."""
    if number < _ONE:
        return bytes([number])
    if number < _TWO:
        return bytes([_ONE + (number - _ONE) // 256, (number - _ONE) % 256])
    return bytes([240 + (number - _TWO) // 65536, *((number - _TWO) % 65536).to_bytes(2, "big")])


def tokens_of(text: str) -> str:
    """Take a text apart into words and signs.

    Parameters
    ----------
    text
        Words with single spaces between them, and no other blank, nor one at its beginning.

    Returns
    -------
    str
        Its tokens, one on a line.
    """
    return "\n".join(_tokens(text))


def _tokens(text: str) -> Iterator[str]:
    """Take a text apart. The space before a word goes without saying."""
    begun = False
    for part in _TOKEN.findall(text):
        if len(part) > 1 and part[0] == " ":
            yield part[1:]
        else:
            if begun and part[0].isalnum():
                yield _GLUE
            yield part
        begun = True
    yield _END


class Found(NamedTuple):
    """A section of a search index."""

    address: str
    title: str
    words: str
    also: str = ""


def read_index(script: str) -> list[Found]:
    """Read a search index, as the search does: for tests and for whoever wonders what is in it.

    Parameters
    ----------
    script
        What `search_index` wrote.
    """
    held = json.loads(script[len("window.imlSearch = ") : -2])
    squeezed = base64.b85decode(held["packed"])[: held["size"]]
    head, _, stream = zlib.decompress(squeezed, -zlib.MAX_WBITS).partition(b"\0")
    known = json.loads(head)
    tokens = known["tokens"].split("\n")
    texts, text = [], ""
    glued = True
    for number in _numbers(stream):
        token = tokens[number]
        if token == _END:
            texts.append(text)
            text, glued = "", True
        elif token == _GLUE:
            glued = True
        else:
            text += ("" if glued or not token[0].isalnum() else " ") + token
            glued = False
    sections = [(page[0], section) for page in known["pages"] for section in page[3]]
    return [
        Found(address + (f"#{one[0]}" if one[0] else ""), one[1], text, *one[2:])
        for (address, one), text in zip(sections, texts, strict=True)
    ]


def _numbers(stream: bytes) -> Iterator[int]:
    at = 0
    while at < len(stream):
        first = stream[at]
        if first < _ONE:
            yield first
        elif first < 240:
            yield _ONE + (first - _ONE) * 256 + stream[at + 1]
        else:
            yield _TWO + (first - 240) * 65536 + int.from_bytes(stream[at + 1 : at + 3], "big")
        at += 1 if first < _ONE else 2 if first < 240 else 3
