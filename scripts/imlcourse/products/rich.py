"""Text with emphasis, as paragraphs and runs: what every form on paper is written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Literal

from markdown_it.token import Token

from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html
from imlcourse.markup.myst import parse
from imlcourse.markup.roles import begins_sentence, read_role

_TAG = re.compile(r"<[^>]+>")
_PIECE = re.compile(r"(</?(?:em|strong)>)")
_EMPHASIS = re.compile(r"<(/?)(em|strong)>")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or an entry of a list.

    Attributes
    ----------
    runs
        Its words.
    kind
        ``p``, ``ul`` (an entry with a bullet) or ``ol`` (one with a number).
    level
        How deep a list lies in others, from 0.
    number
        The number of an entry of a numbered list.
    """

    runs: tuple[Run, ...]
    kind: Literal["p", "ul", "ol"] = "p"
    level: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        """Its words, without emphasis."""
        return "".join(run.text for run in self.runs)


def plain(words: str, *, bold: bool = False) -> Para:
    """Make a paragraph of words that are no Markdown."""
    return Para((Run(words, bold),))


def rich(text: str, writer: Writer) -> list[Para]:
    """Read MyST Markdown of the course: paragraphs, lists, emphasis, and roles as their words.

    Parameters
    ----------
    text
        As an author wrote it.
    writer
        Says what roles show.

    Returns
    -------
    list of Para
        In order. A table is given row by row.
    """
    tokens, _ = parse(text)
    found: list[Para] = []
    lists: list[list[int | None]] = []  # of each open list, the next number; None for bullets
    entry = False  # whether the next paragraph begins an entry
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append([None])
        elif token.type == "ordered_list_open":
            lists.append([int(token.attrGet("start") or 1)])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            entry = True
        elif token.type == "inline":
            runs = tuple(_runs(token, writer))
            if not lists or not entry:
                found.append(Para(runs, level=len(lists)))
                continue
            number = lists[-1][0]
            level = len(lists) - 1
            if number is None:
                found.append(Para(runs, "ul", level))
            else:
                found.append(Para(runs, "ol", level, number))
                lists[-1][0] = number + 1
            entry = False
    return found


def inline(text: str, writer: Writer) -> Para:
    """Read a text of one line."""
    return next(iter(rich(text, writer)), Para(()))


def quiz_text(text: str) -> Para:
    """Read a text of a quiz: emphasis, and nothing else."""
    runs = []
    bold = italic = False
    for piece in _PIECE.split(inline_html(text)):
        if found := _EMPHASIS.fullmatch(piece):
            opens = not found[1]
            bold = opens if found[2] == "strong" else bold
            italic = opens if found[2] == "em" else italic
        elif piece:
            runs.append(Run(unescape(piece), bold, italic))
    return Para(tuple(runs))


def _runs(text: Token, writer: Writer) -> Iterator[Run]:
    bold = italic = 0
    address = ""
    for token in text.children or []:
        if token.type == "strong_open":
            bold += 1
        elif token.type == "strong_close":
            bold -= 1
        elif token.type == "em_open":
            italic += 1
        elif token.type == "em_close":
            italic -= 1
        elif token.type == "myst_role":
            role = read_role(token.meta["name"], token.content, 0)
            begins = begins_sentence(text.content, token.meta["start"])
            words = writer.role(replace(role, begins=begins))
            yield Run(unescape(_TAG.sub("", words)), bool(bold), bool(italic))
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            if address.startswith("http"):  # on paper nothing can be clicked
                yield Run(f" ({address})", bool(bold), bool(italic))
        elif token.type == "softbreak":
            yield Run(" ", bool(bold), bool(italic))
        elif token.type == "hardbreak":
            yield Run("\n", bool(bold), bool(italic))
        elif token.type in ("text", "text_special", "code_inline"):
            yield Run(token.content, bool(bold), bool(italic))
