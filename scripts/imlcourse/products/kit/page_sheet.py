"""Pages of the book on paper: their text, lists, tables and blocks as pieces of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.token import Token

from imlcourse.html.writer import Writer
from imlcourse.markup.myst import parse
from imlcourse.markup.page import Block, Page
from imlcourse.products.kit.rich import inline, rich
from imlcourse.products.kit.sheet import Box, Field, Fields, Grid, Heading, Piece, Prose

__all__ = ["page_pieces", "prose_pieces"]

_NUMBER = re.compile(r"^(\d+)([.)])")
"""A number before a heading: by itself it would begin a list."""
_LONG = 24
"""Signs of a cell from which on its column is counted as one of running text."""


def page_pieces(page: Page, writer: Writer, *, deeper: int = 1) -> Iterator[Piece]:
    """Give what stands on a page below its title.

    Parameters
    ----------
    page
        The page. Of directives it may have those of a job aid: fields of an office, and what the
        page does not do.
    writer
        Says what roles show.
    deeper
        By how much a heading stands higher on paper than on the page, where the title is one.
    """
    for block in page.blocks:
        if block.kind == "heading":
            if block.level > 1:
                words = inline(_NUMBER.sub(r"\1\\\2", block.text), writer).text
                yield Heading(min(block.level - deeper, 3), words)
        elif block.kind == "office":
            yield _office(block, writer)
        elif block.kind == "prose":
            yield from prose_pieces(block.text, writer)
        else:
            label = writer.course.strings.text(f"block.{block.kind}")
            yield Box("plain", label, "", tuple(rich(block.text, writer)))


def prose_pieces(text: str, writer: Writer) -> Iterator[Piece]:
    """Give the paragraphs, lists, quoted papers and tables of a text, in order."""
    tokens, _ = parse(text)
    lines = text.splitlines()
    begins = 0
    for token in tokens:
        if token.level or token.type not in ("table_open", "blockquote_open"):
            continue
        assert token.map is not None
        start, end = token.map
        yield from _plain(lines[begins:start], writer)
        if token.type == "table_open":
            yield _table(tokens, token, writer)
        else:
            inner = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[start:end])
            yield Box("plain", "", "", tuple(rich(inner, writer)))
        begins = end
    yield from _plain(lines[begins:], writer)


def _plain(lines: list[str], writer: Writer) -> Iterator[Piece]:
    if paras := tuple(rich("\n".join(lines), writer)):
        yield Prose(paras)


def _table(tokens: list[Token], opened: Token, writer: Writer) -> Grid:
    rows: list[list[str]] = []
    for token in tokens[tokens.index(opened) :]:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    head, *body = rows
    cells = tuple(tuple((inline(cell, writer),) for cell in row) for row in body)
    longest = [max(len(row[at]) for row in rows) for at in range(len(head))]
    widths = tuple(1.0 if most < _LONG else min(4.0, 1 + most / 40) for most in longest)
    return Grid("", tuple(inline(one, writer).text for one in head), cells, widths)


def _office(block: Block, writer: Writer) -> Fields:
    """Give fields of an office, with what it has written where the course is built for one."""
    course = writer.course
    known = course.library.office_fields
    return Fields(
        tuple(
            Field(known[id_].name, course.office.fields.get(id_, ""))
            for id_ in block.argument.split()
        )
    )
