"""Tags in Markdown: each that opens closes again in the same text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markdown_it.token import Token

_VOID = {"br", "hr", "img", "input", "wbr", "source", "col", "area"}


def loose_tags(tokens: Iterable[Token], first: int) -> Iterator[tuple[int, str]]:
    """Say which tags open or close nothing, so that what follows would lie inside them.

    Parameters
    ----------
    tokens
        What a text was parsed into.
    first
        The line of the file in which the text begins.

    Yields
    ------
    tuple
        A line of the file, and what to mend.
    """
    reader = _Tags()
    for token in tokens:
        if token.map:
            reader.line = token.map[0] + first
        if token.type == "html_block":
            for html in token.content.splitlines(keepends=True):
                reader.feed(html)
                reader.line += 1
        for child in token.children or []:
            if child.type == "html_inline":
                reader.feed(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                reader.line += 1
    yield from reader.loose
    for tag, line in reader.open:
        yield line, _not_closed(tag)


def _not_closed(tag: str) -> str:
    return f"<{tag}> is not closed; write </{tag}> where it ends"


class _Tags(HTMLParser):
    """Keeps the tags that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.line = 1
        self.open: list[tuple[str, int]] = []
        self.loose: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag not in _VOID:
            self.open.append((tag, self.line))

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self.open):
            self.loose.append((self.line, f"</{tag}> closes nothing; delete it"))
            return
        while (top := self.open.pop())[0] != tag:
            self.loose.append((top[1], _not_closed(top[0])))
