"""Markdown as the book reads it: the very rules of MyST, so that a check sees what Sphinx sees.

A pattern on lines would be fooled by a space more, a quotation around or a directive inside
another. Here the text is parsed as the book's own parser does it (`tests/test_page_safety.py`
holds the two together), and what stands in it is decided from that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

from imlcourse.markup.quick_rules import with_quick_rules

EXTENSIONS = ("colon_fence",)
"""Extensions of MyST that the book is read with: `myst_enable_extensions` in ``_config.yml``."""

MOST_CHARACTERS = 20_000
"""Characters that one paragraph, cell or value may have: more than any text of a course."""
MOST_MARKS = 1_000
"""Marks that one paragraph may have. Emphasis takes memory by the square of its marks: 1,000 take
4 MB, and 60,000 would take 1.8 GB."""

_MARK = re.compile(r"[*_`\[<&\\{!~]")
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_WHOLE = re.compile(r".+", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IN_HTML = re.compile(r"\{(?P<name>[a-zA-Z_-]+)\}`(?P<content>[^`]*)`")


@dataclass(frozen=True, slots=True)
class RoleAt:
    """A role as it stands in a text.

    Attributes
    ----------
    name
        What stands between the curly brackets.
    content
        What stands between the backticks.
    line
        Its line in the text, from 0.
    start, end
        Offsets in the text of its first character and of the one behind its last.
    ticks
        How many backticks it has on each side.
    """

    name: str
    content: str
    line: int
    start: int
    end: int
    ticks: int


def _role_with_place(state: StateInline, silent: bool) -> bool:
    """Read a role as MyST does, and note where it begins in the text of its paragraph."""
    start = state.pos
    if not myst_role(state, silent):
        return False
    if not silent:
        state.tokens[-1].meta["start"] = start
    return True


def use_roles(parser: MarkdownIt) -> MarkdownIt:
    """Let a parser know roles; each of their tokens has `start` in its `meta`."""
    parser.use(myst_role_plugin)
    parser.inline.ruler.at("myst_role", _role_with_place)
    return parser


@lru_cache(maxsize=1)
def myst_parser() -> MarkdownIt:
    """Give the parser, with the rules of MyST and the extensions of the book.

    Unlike MyST's own it leaves characters that a backslash guards in tokens of their own, so that
    they are told from marks that are loose.
    """
    parser = (
        MarkdownIt("commonmark", {"html": True})
        .enable("table")
        .disable("text_join")
        .use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(footnote_plugin)
        .disable("footnote_inline")
        .disable("footnote_tail")
        .use(colon_fence_plugin)
    )
    return with_quick_rules(use_roles(parser))


def parse(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Parse a text.

    Parameters
    ----------
    text
        MyST Markdown.

    Returns
    -------
    tuple
        Its tokens, and the definitions of links that it holds: under ``references``, by name.
    """
    env: dict[str, Any] = {}
    # The rule for lines with % reads one character past a text that does not end its last line.
    tokens = myst_parser().parse(text if text.endswith("\n") else f"{text}\n", env)
    return tokens, env.get("references", {})


def too_much(text: str, *, one: bool = False) -> tuple[int, str] | None:
    """Say whether a paragraph is longer, or has more marks, than can be parsed in fair time.

    Parameters
    ----------
    text
        Any text.
    one
        Whether it is read as one paragraph, empty lines or not.

    Returns
    -------
    tuple or None
        The line in which the paragraph begins, from 0, and what is wrong with it.
    """
    if len(text) <= MOST_MARKS:
        return None
    for number, line in enumerate(text.split("\n")):
        if len(line) > MOST_CHARACTERS:
            what = f"a line of {len(line):,} characters; {MOST_CHARACTERS:,} are the most"
            return number, f"{what}: make several paragraphs of it"
    for part in (_WHOLE if one else _PARAGRAPH).finditer(text):
        if part.end() - part.start() > MOST_MARKS:
            marks = sum(1 for _ in _MARK.finditer(part[0]))
            if marks > MOST_MARKS:
                what = f"{marks:,} marks in one paragraph; {MOST_MARKS:,} are the most"
                number = text.count("\n", 0, part.start())
                return number, f"{what}: make several paragraphs of it"
    return None


def roles_in(text: str, tokens: list[Token]) -> Iterator[RoleAt]:
    """Find the roles of a text: none in code, in comments or behind a backslash.

    Parameters
    ----------
    text
        The text.
    tokens
        What it was parsed into.

    Yields
    ------
    RoleAt
        Each role, in order.
    """
    if "{" not in text or "`" not in text:
        return
    lines = text.split("\n")
    starts = [0]
    for written in lines:
        starts.append(starts[-1] + len(written) + 1)
    at = 0
    for token in tokens:
        if not token.map:
            continue
        if token.type == "html_block":
            # Markdown leaves HTML alone; the roles in it are read all the same.
            first, last = starts[token.map[0]], starts[token.map[1]]
            comments = [found.span() for found in _COMMENT.finditer(text, first, last)]
            for found in _IN_HTML.finditer(text, first, last):
                if not any(begin <= found.start() < end for begin, end in comments):
                    line = text.count("\n", 0, found.start())
                    yield RoleAt(found["name"], found["content"], line, *found.span(), 1)
                    at = found.end()
        for child in token.children or ():
            if child.type != "myst_role":
                continue
            name, before = child.meta["name"], token.content[: child.meta["start"]]
            number = min(token.map[0] + before.count("\n"), len(lines) - 1)
            # What a quotation or a list puts before a line is no part of the paragraph's text.
            shown = token.content.split("\n")[before.count("\n")]
            column = max(lines[number].find(shown), 0) + len(before.rpartition("\n")[2])
            opening = f"{{{name}}}`"
            start = text.find(opening, max(starts[number] + column, at))
            if start < 0:
                start = text.find(opening, max(starts[number], at))
            if start < 0:
                continue  # nothing of the text: what a reference put there
            ticks = re.match("`+", text[start + len(opening) - 1 :])
            assert ticks
            inner = start + len(opening) - 1 + len(ticks[0])
            end = text.find(ticks[0], inner + 1) + len(ticks[0])
            line = text.count("\n", 0, start)
            yield RoleAt(name, child.content, line, start, end, len(ticks[0]))
            at = end
