"""Markdown read in strides.

markdown-it looks at a text character by character, in Python; this is where most of its time goes.
Regular expressions find the ends of plain text, and the ends and indents of lines, in one step.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.block import block as slow_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# What may begin something else than text: the characters at which markdown-it stops.
_PLAIN = re.compile(r"[^\n!#$%&*+\-:<=>@\[\\\]^_`{}~]+")
# A line: its indent, and the rest of it. One of blanks alone at the end of a text is none.
_LINE = re.compile(r"([ \t]*)(?:(?:[^ \t\n][^\n]*)?\n|[^ \t\n][^\n]*\Z)")


def _text(state: StateInline, silent: bool) -> bool:
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


class QuickState(StateBlock):
    """The lines of a text, as markdown-it's own state has them."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = list(_LINE.finditer(src))
        # At the end of each list is a line behind the last, by which rules know its end.
        self.bMarks = [*(line.start() for line in lines), len(src)]
        self.eMarks = [*(line.end() - (src[line.end() - 1] == "\n") for line in lines), len(src)]
        self.tShift = [*(len(line[1]) for line in lines), 0]
        self.sCount = [*(len(line[1].expandtabs(4)) for line in lines), 0]
        self.bsCount = [0] * (len(lines) + 1)
        self.lineMax = len(lines)


def _block(state: StateCore) -> None:
    if state.inlineMode:
        slow_block(state)
    elif state.src:
        lines = QuickState(state.src, state.md, state.env, state.tokens)
        state.md.block.tokenize(lines, lines.line, lines.lineMax)


def with_quick_rules(parser: MarkdownIt) -> MarkdownIt:
    """Let a parser read texts quickly; what it makes of a text stays the same.

    Parameters
    ----------
    parser
        A parser of Markdown, which is changed.

    Returns
    -------
    MarkdownIt
        The same parser.
    """
    parser.inline.ruler.at("text", _text)
    parser.core.ruler.at("block", _block)
    return parser
