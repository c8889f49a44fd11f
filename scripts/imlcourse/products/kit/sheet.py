"""What stands on paper, whatever it is written with: headings, text, boxes, tables.

A part of the kit gathers a `Sheet`, and `docx.py` and `pdf.py` write it. So what people edit and
what they print say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from imlcourse.products.rich import Para

Tone = Literal["say", "ask", "trouble", "show", "care", "plain"]
"""What a box is for, which its shape tells too: what is said aloud, asked, shown …"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 3; `aside` stands at the end of its line, such as minutes."""

    level: int
    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs and lists; with `boxes`, entries of a list have a box to tick."""

    paras: tuple[Para, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A text apart, with what it is before its title."""

    tone: Tone
    label: str
    title: str = ""
    paras: tuple[Para, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, the heads of its columns, its rows, and how wide columns are.

    With `high`, people write in it: each row is at least so many millimetres high, and lines part
    its columns.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Para, ...], ...], ...]
    widths: tuple[float, ...]
    high: float = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a timeline."""

    minutes: int
    label: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """How a time is shared out, as a bar; a table that says the same goes with it."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """Something to write: what it is, what is written there already, and how many lines it has.

    With few words it is a line beside its name; with `lines`, so many below it.
    """

    label: str
    words: str = ""
    hint: str = ""
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Fields:
    """Things to write, one below the other."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Pieces that stay on one page."""

    pieces: tuple[Heading | Prose | Box | Grid | Fields, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """Whatever follows begins on a page of its own."""


Piece = Heading | Prose | Box | Grid | Timeline | Fields | Together | NewPage


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document.

    Attributes
    ----------
    title, subtitle
        What it is called.
    above
        What stands at the head of each page, such as the title of the course.
    below
        What stands at the foot, before the number of the page.
    language
        Its language.
    colour
        The colour of its part of the course, as ``97451a``.
    paper
        ``A4`` or ``Letter``.
    date
        The date of the course, as in ``2026-11-27``: files carry it.
    author
        Whose it is.
    pieces
        What stands in it.
    columns
        In how many columns it is printed.
    size
        The size of its letters in print, in points.
    wide
        Whether the paper lies on its long side.
    """

    title: str
    subtitle: str
    above: str
    below: str
    language: str
    colour: str
    paper: Literal["A4", "Letter"]
    date: str
    author: str
    pieces: tuple[Piece, ...] = field(default=())
    columns: int = 1
    size: float = 10.5
    wide: bool = False
