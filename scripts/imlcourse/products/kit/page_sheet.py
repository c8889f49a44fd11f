"""Pages of the book on paper: their text, lists, tables and blocks as pieces of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from imlcourse.course.model import Course
from imlcourse.course.session import MOMENTS
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_text
from imlcourse.markup.myst import parse
from imlcourse.markup.page import Block, Page
from imlcourse.products.kit.sheet import Box, Field, Fields, Grid, Heading, Piece, Prose
from imlcourse.products.rich import Para, inline, rich

__all__ = ["page_pieces", "prose_pieces", "training_pieces"]

CHECKLIST = "check-"
"""How the label of a heading begins whose list is ticked off on paper."""
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
    checklist = False
    for block in page.blocks:
        if block.kind == "heading":
            checklist = block.label.startswith(CHECKLIST)
            if block.level > 1:
                words = inline(_NUMBER.sub(r"\1\\\2", block.text), writer).text
                yield Heading(min(block.level - deeper, 3), words)
        elif block.kind == "office":
            yield _office(block, writer)
        elif block.kind == "prose":
            yield from prose_pieces(block.text, writer, boxes=checklist)
        else:
            label = writer.course.strings.text(f"block.{block.kind}")
            yield Box("plain", label, "", tuple(rich(block.text, writer)))


def prose_pieces(text: str, writer: Writer, *, boxes: bool = False) -> Iterator[Piece]:
    """Give the paragraphs, lists, quoted papers and tables of a text, in order.

    Parameters
    ----------
    text
        As an author wrote it.
    writer
        Says what roles show.
    boxes
        Whether entries of lists have a box to tick.
    """
    tokens, _ = parse(text)
    lines = text.splitlines()
    begins = 0
    for token in tokens:
        if token.level or token.type not in ("table_open", "blockquote_open"):
            continue
        assert token.map is not None
        start, end = token.map
        yield from _plain(lines[begins:start], writer, boxes=boxes)
        if token.type == "table_open":
            yield _table(tokens, token, writer)
        else:
            inner = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[start:end])
            yield Box("plain", "", "", tuple(rich(inner, writer)))
        begins = end
    yield from _plain(lines[begins:], writer, boxes=boxes)


def _plain(lines: list[str], writer: Writer, *, boxes: bool) -> Iterator[Piece]:
    if paras := tuple(rich("\n".join(lines), writer)):
        yield Prose(paras, boxes=boxes)


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


def training_pieces(course: Course, writer: Writer) -> Iterator[Piece]:
    """Give what holds in every session: rules, votes by hand, and what to do when it is difficult.

    Parameters
    ----------
    course
        The course.
    writer
        Says what roles show.
    """
    training = course.library.training
    if training is None:
        return
    t = course.strings.text
    yield Heading(1, t("session.care"))
    yield Heading(2, t("session.rules"))
    yield Prose(tuple(Para(inline(one, writer).runs, "ul") for one in training.rules))
    for moment in MOMENTS:
        if moment in training.moments:
            told = training.moments[moment]
            yield Heading(2, inline_text(told.title))
            yield _steps(told.steps, writer)
    yield Heading(2, t("session.vote"))
    yield _steps(training.vote, writer)


def _steps(steps: Iterable[str], writer: Writer) -> Prose:
    return Prose(
        tuple(
            Para(inline(step, writer).runs, "ol", 0, number)
            for number, step in enumerate(steps, start=1)
        )
    )


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
