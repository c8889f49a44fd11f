"""Tags in Markdown: each that opens closes again in the same text, and none brings anything in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it.token import Token

ALLOWED_TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div
    dl dt em figcaption figure hr i ins kbd li mark ol p q rp rt ruby s samp small span strong
    sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    h2 h3 h4
    svg g path circle ellipse line polyline polygon rect text tspan
    """.split()  # noqa: SIM905
)
"""Tags that pages may hold: they say what a text is, and neither load nor run anything."""
ALLOWED_ATTRIBUTES = frozenset(
    """
    aria-hidden aria-label class colspan datetime dir href id lang open role rowspan scope start
    title
    cx cy d dx dy fill fill-rule focusable font-size font-weight height opacity points r rx ry
    stroke stroke-dasharray stroke-linecap stroke-linejoin stroke-width text-anchor transform
    viewbox width x x1 x2 xmlns y y1 y2
    """.split()  # noqa: SIM905
)
_VOID = frozenset(
    """
    area base br col embed hr img input link meta source track wbr
    """.split()  # noqa: SIM905
)
_PAINTS = ("fill", "stroke")
_PAINTED = re.compile(r"\\|\((?!--)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|#|(?:\.\./)*(?:modules/)?[a-z0-9-]+\.html(?:#|\Z))")
# Written so, a tag is read alike by every reader of HTML.
_PLAIN_TAG = re.compile(
    r"<[a-zA-Z][a-zA-Z0-9]*(?:\s+[a-zA-Z][a-zA-Z0-9-]*(?:=(?:\"[^\"<>]*\"|'[^'<>]*'))?)*\s*/?>"
)
_PLAIN_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!--!?>|<!--).)*-->", re.DOTALL)
_COMMENT_BEGINS = re.compile(r"<!--")


@dataclass(slots=True)
class TagsRead:
    """What a text holds in tags.

    Attributes
    ----------
    faults
        The line of each mistake in the file, and what it is and how to mend it.
    links
        The line of each link, and its address.
    open_comment
        Whether a comment has no end, so that what stands below it is lost.
    """

    faults: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    open_comment: bool = False


def read_tags(tokens: Iterable[Token], first: int) -> TagsRead:
    """Read the tags of a text.

    Parameters
    ----------
    tokens
        What the text was parsed into.
    first
        The line of the file in which the text begins.

    Returns
    -------
    TagsRead
        Its links, and what is wrong with its tags: those that open or close nothing, so that what
        follows would lie inside them, and those that pages do without.
    """
    reader = _Tags()
    for token in tokens:
        if token.map:
            reader.line = token.map[0] + first
        if token.type == "html_block":
            reader.read(token.content, block=True)
        for child in token.children or []:
            if child.type == "html_inline":
                reader.read(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                reader.line += 1
    for tag, line in reader.open:
        reader.found.faults.append((line, _not_closed(tag)))
    return reader.found


def _not_closed(tag: str) -> str:
    return f"<{tag}> is not closed; write </{tag}> where it ends"


class _Tags(HTMLParser):
    """Keeps the tags that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.line = 1
        self.found = TagsRead()
        self.open: list[tuple[str, int]] = []
        self.open_names: Counter[str] = Counter()
        self._empty = False

    def read(self, html: str, *, block: bool = False) -> None:
        """Read a piece of HTML that stands by itself, and go on to the line behind it."""
        plain = _PLAIN_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), html)
        if left := _COMMENT_BEGINS.search(plain):
            self.line += plain.count("\n", 0, left.start())
            self._fault("a comment that has no end; close it with -->")
            self.found.open_comment = True
            return
        for written in plain.splitlines(keepends=True):
            self.feed(written)
            self.line += written.endswith("\n")
        if self.rawdata.strip() and block:
            self.line -= 1
            self._fault("a tag that has no end; close it with >")
            self.line += 1
        self.rawdata = ""
        # A script or a style has no tags in it; what follows has.
        self.clear_cdata_mode()

    def _fault(self, what: str) -> None:
        self.found.faults.append((self.line, what))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        address = next((value or "" for name, value in attrs if name == "href"), None)
        runs = tag == "script" or any(name.startswith("on") for name in names)
        if runs or (address or "").strip().casefold().startswith("javascript:"):
            self._fault("a script or an event handler; take it out: pages run none")
        elif tag not in ALLOWED_TAGS:
            self._fault(
                f"a tag <{tag}>, which brings in what pages do without; take it out (a drawing is "
                "a block :::{diagram})"
            )
        elif any(_PAINTED.search(value or "") for name, value in attrs if name in _PAINTS):
            self._fault(f"<{tag}> is painted from elsewhere; write a colour")
        elif others := sorted(names - ALLOWED_ATTRIBUTES):
            self._fault(f"<{tag}> with `{others[0]}`, which no page needs; take it out")
        elif not _PLAIN_TAG.fullmatch(self.get_starttag_text() or ""):
            self._fault(f'a tag that is not written plainly; write <{tag} class="…">')
        elif address is not None and (tag != "a" or not _ADDRESS.match(address)):
            self._fault(
                f"a link to “{address}”; write a page as name.html, or an address of the web"
            )
        elif address is not None:
            self.found.links.append((self.line, address))
        if tag not in _VOID and not self._empty:
            self.open.append((tag, self.line))
            self.open_names[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # To a browser <p/> opens a paragraph; in a drawing, <path/> is whole.
        self._empty = bool(self.open_names["svg"])
        self.handle_starttag(tag, attrs)
        self._empty = False

    def handle_endtag(self, tag: str) -> None:
        if not self.open_names[tag]:
            self._fault(f"</{tag}> closes nothing; delete it")
            return
        while True:
            name, line = self.open.pop()
            self.open_names[name] -= 1
            if name == tag:
                return
            self.found.faults.append((line, _not_closed(name)))

    def handle_comment(self, data: str) -> None:
        # Whole comments are taken out before; what is left is what browsers take for one.
        self._fault(f"<!{data[:20].partition(' ')[0]}, which has no place on a page; take it out")

    def handle_decl(self, decl: str) -> None:
        self._fault(f"<!{decl.partition(' ')[0]}>, which has no place on a page; take it out")

    def unknown_decl(self, data: str) -> None:
        self._fault(f"<![{data.partition('[')[0]}[, which has no place on a page; take it out")

    def handle_pi(self, data: str) -> None:
        self._fault(f"<?{data.partition(' ')[0]}, which has no place on a page; take it out")
