"""The answer sheet of a version: a line of boxes for each question, all on one page if they fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from imlcourse.products.kit.paper.frame import four
from imlcourse.products.kit.paper.geometry import OnPage
from imlcourse.products.kit.paper.question_pages import box_name, marked_words
from imlcourse.products.kit.paper.questions import Line, Question
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.pdf import quoted, typeset

__all__ = ["AnswerSheet"]

_GUTTER = 8.0
_MOST_PITCH = 9.5
"""Lines stand no further apart than this, or they would look lost."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How lines are laid out: how many columns, and how much room things have, in millimetres."""

    columns: int
    box: float
    number: float
    after_box: float
    between: float
    least_pitch: float
    size: float

    def label(self, words: str) -> float:
        """Give the room of words, which letters of this size never need more than."""
        return len(words) * self.size * 0.205 + 1.5 if words else 0.0

    def across(self, line: Line) -> float:
        """Give how far the boxes of a line lie apart."""
        widest = max(self.label(choice.label) for choice in line.choices)
        return self.box + self.after_box + widest + self.between

    def width(self, line: Line) -> float:
        """Give the room that a line needs."""
        if line.kind == "written":
            return self.number + self.before(line) + 26 + self.across(line)
        boxes = len(line.choices) * self.across(line) - self.between
        return self.number + self.before(line) + boxes

    def before(self, line: Line) -> float:
        """Give the room before the boxes of a line, behind the number of its question."""
        return max(self.label(line.label), self.size * 0.65) if line.label else 0.0


_SHAPES = [
    _Shape(2, 4.4, 9.0, 1.2, 2.6, 6.2, 9.5),
    _Shape(3, 4.2, 7.5, 0.9, 1.1, 6.0, 9.0),
]
_LARGE_SHAPES = [
    _Shape(2, 6.5, 13.0, 1.8, 1.2, 10.5, 18.0),
    _Shape(1, 6.5, 14.0, 2.0, 4.5, 10.5, 18.0),
]


@dataclass(frozen=True)
class AnswerSheet:
    """The answer sheet of a version.

    Attributes
    ----------
    paper
        The test.
    version
        The letter of the version.
    """

    paper: PaperTest
    version: str

    def pdf(self, people: Sequence[str] = ("",), *, key: bool = False) -> bytes:
        """Set the sheet.

        Parameters
        ----------
        people
            Codes to print, a sheet for each; one without a code if none is named.
        key
            Whether its right boxes are crossed.
        """
        t = self.paper.strings.text
        name = "paper.answers.key" if key else "paper.answers.title"
        title = t(name, title=self.paper.test.title, version=self.version)
        source = [self.paper.opening(title), *self.sheets(people, key=key)]
        return typeset("\n".join(source), self.paper.course.about.language)

    def sheets(self, people: Sequence[str], *, key: bool = False) -> Iterator[str]:
        """Give the sheets of people as Typst, page by page."""
        pages = len(self.pages)
        for person in people:
            for page in range(1, pages + 1):
                code = self.paper.code(self.version, "key" if key else "answers", page, person)
                texts = self.paper.texts(page, pages)
                frame = "".join(self.paper.frame.drawn(texts, code))
                body = "".join(self._page(page, person, key=key))
                yield f"#page(background: [{frame}])[{body}]"

    # --- where lines are --------------------------------------------------------------------

    @property
    def _questions(self) -> tuple[Question, ...]:
        return self.paper.versions[self.version]

    @property
    def _room(self) -> float:
        return self.paper.frame.width - 2 * self.paper.frame.side

    @property
    def _top(self) -> float:
        """Where the lines begin, below the title and what is to be done."""
        return self.paper.frame.top + (58 if self.paper.large else 24)

    @property
    def _high(self) -> float:
        return self.paper.frame.height - self.paper.frame.bottom - self._top

    @cached_property
    def _shape(self) -> _Shape:
        """The first shape in which all stands on one page, or else the first with room across."""
        lines = [line for question in self._questions for line in question.lines]
        wide = [
            shape
            for shape in (_LARGE_SHAPES if self.paper.large else _SHAPES)
            if max(map(shape.width, lines)) <= self._wide(shape)
        ]
        whole = (shape for shape in wide if len(self._filled(shape)) <= shape.columns)
        return next(whole, wide[0])

    def _wide(self, shape: _Shape) -> float:
        return (self._room - (shape.columns - 1) * _GUTTER) / shape.columns

    def _filled(self, shape: _Shape) -> list[list[Question]]:
        """Share questions out among columns, none of them parted."""
        most = int(self._high // shape.least_pitch)
        count = sum(len(question.lines) for question in self._questions)
        pages = math.ceil(count / (most * shape.columns))
        wanted = min(most, math.ceil(count / (pages * shape.columns)))
        columns: list[list[Question]] = [[]]
        for question in self._questions:
            held = sum(len(one.lines) for one in columns[-1])
            # A column takes the question that makes it full, as long as there is room.
            if held and (held >= wanted or held + len(question.lines) > most):
                columns.append([])
            columns[-1].append(question)
        return columns

    @cached_property
    def pages(self) -> list[list[list[Question]]]:
        """The questions of each column of each page."""
        columns = self._filled(self._shape)
        many = self._shape.columns
        return [columns[at : at + many] for at in range(0, len(columns), many)]

    @cached_property
    def _pitch(self) -> float:
        lines = (
            sum(len(question.lines) for question in column)
            for page in self.pages
            for column in page
        )
        most = 12.5 if self.paper.large else _MOST_PITCH
        return round(min(most, self._high / max(lines)), 2)

    def _starts(self, column: int) -> float:
        """Give where a column begins, from the side on which lines begin."""
        return self.paper.frame.side + column * (self._wide(self._shape) + _GUTTER)

    @cached_property
    def places(self) -> dict[str, OnPage]:
        """Where each box stands, by `box_name`."""
        shape, frame = self._shape, self.paper.frame
        found = {}
        for page, column, question, at, line, y in self._rows():
            x = self._starts(column) + shape.number + shape.before(line)
            if line.kind == "written":
                x = self._starts(column) + self._wide(shape) - shape.across(line) + shape.between
            for number in range(len(line.choices)):
                box = frame.at(
                    x + number * shape.across(line),
                    y + (self._pitch - shape.box) / 2,
                    *(shape.box, shape.box),
                )
                place = OnPage(**box.model_dump(), page=page)
                found[box_name(question.number, at, number)] = place
        return found

    def _rows(self) -> Iterator[tuple[int, int, Question, int, Line, float]]:
        """Give each line with its page, its column, its question, its place in it, and its top."""
        for page, columns in enumerate(self.pages, start=1):
            for column, questions in enumerate(columns):
                y = self._top
                for question in questions:
                    for at, line in enumerate(question.lines):
                        yield page, column, question, at, line, y
                        y += self._pitch

    # --- drawing ----------------------------------------------------------------------------

    def _page(self, page: int, person: str, *, key: bool) -> Iterator[str]:
        t, frame = self.paper.strings.text, self.paper.frame
        name = "paper.answers.heading.key" if key else "paper.answers.heading"
        heading = t(name, version=self.version)
        if person:
            heading = t("paper.answers.heading.person", version=self.version, person=person)
        title = frame.at(frame.side, frame.top - 1, self._room, 8)
        size = 22.0 if self.paper.large else 15.0
        yield (
            f"#block-at({four(title)}, heading(level: 1, "
            f'text(size: {size:g}pt, weight: "bold", fill: colour, {quoted(heading)})))'
        )
        said = t("paper.answers.key.how")
        if not key:
            cross = t("paper.how.cross", cross="{cross}", filled="{filled}")
            said = f"{t('paper.how.single')}\n{cross}"
        lead = frame.at(frame.side, frame.top + (11 if self.paper.large else 7), self._room, 10)
        how = marked_words(said)
        size = 18.0 if self.paper.large else 9.5
        yield f"#block-at({four(lead)}, text(size: {size:g}pt)[{how}])"
        rows = [row for row in self._rows() if row[0] == page]
        for _, column, question, at, line, y in rows:
            yield from self._line(column, question, at, line, y, key=key)

    def _line(
        self, column: int, question: Question, at: int, line: Line, y: float, *, key: bool
    ) -> Iterator[str]:
        shape, frame = self._shape, self.paper.frame
        start = self._starts(column)
        size = shape.size
        middle = y + self._pitch / 2 - size * 0.3528 * 0.36
        if at == 0:
            rule = frame.at(start, y, self._wide(shape), 0.4)
            yield f"#line-at({four(rule)})"
            yield frame.words(
                start, middle, shape.number, str(question.number), size, weight="bold"
            )
        if line.label:
            room = shape.before(line)
            yield frame.words(
                start + shape.number, middle, room, line.label, size * 0.95, soft=True
            )
        written = line.kind == "written"
        for number, choice in enumerate(line.choices):
            box = self.places[box_name(question.number, at, number)]
            crossed = key and choice.right and not written
            yield (
                f"#fixed-mark({four(box)}, trainer: {str(written).lower()}, "
                f"marked: {str(crossed).lower()})"
            )
            begins = frame.width - box.x - box.w if frame.mirrored else box.x
            room = shape.label(choice.label)
            yield frame.words(
                begins + box.w + shape.after_box, middle, room, choice.label, size, soft=written
            )
        if written:
            yield from self._to_write(start, y, middle, line, key=key)

    def _to_write(
        self, start: float, y: float, middle: float, line: Line, *, key: bool
    ) -> Iterable[str]:
        shape, frame = self._shape, self.paper.frame
        begins = start + shape.number + shape.before(line)
        room = start + self._wide(shape) - shape.across(line) - 1 - begins
        ruled = frame.at(begins, y + self._pitch * 0.5 + shape.size * 0.16, room, 0.7)
        yield f"#line-at({four(ruled)})"
        if key:
            yield frame.words(begins, middle, room, line.answer, shape.size * 0.95, weight="bold")
