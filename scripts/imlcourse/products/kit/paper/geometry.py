"""Where everything is on the sheets of a test: the file beside them, and the codes on them.

Whatever reads photos of filled sheets needs this file, the course, and nothing else: a code on
each page names the test, the version and the page; the file says where the boxes of that page are,
and by which id a response names what each of them answers (`questions.response`).

Places are in millimetres from the top left corner of the paper, whatever the direction of the
language. A cross in a box is an answer; a box that is filled in wholly is taken back.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Box", "BoxPlace", "Code", "LinePlace", "QuestionPlace", "TestPlaces", "VersionPlaces"]

FORMAT = 1
SheetKind = Literal["questions", "answers", "key"]
_KINDS: dict[str, SheetKind] = {"Q": "questions", "A": "answers", "K": "key"}
_OPENING = "IML1"


class Data(BaseModel):
    """What stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Box(Data):
    """A rectangle: its top left corner, its width and its height."""

    x: float
    y: float
    w: float
    h: float


class OnPage(Box):
    """A box on a page, counted from 1."""

    page: int = Field(ge=1)


class BoxPlace(Data):
    """A box: what stands beside it, what a mark in it answers, and where it is."""

    label: str
    answer: str
    on_questions: OnPage
    on_answers: OnPage


class LinePlace(Data):
    """A line of boxes: of the part of the item that it answers.

    ``several`` says that more than one may be marked; ``written``, that people write there, and
    that the one box is the trainer's, who marks what is right.
    """

    part: str
    several: bool
    written: bool
    boxes: list[BoxPlace]


class QuestionPlace(Data):
    """A question of a version, with the item and its version that it asks."""

    number: int
    item: str
    item_version: str
    type: str
    lines: list[LinePlace]


class VersionPlaces(Data):
    """A version: how many pages its sheets have, and its questions."""

    question_pages: int
    answer_pages: int
    questions: list[QuestionPlace]


class FramePlaces(Data):
    """What is at the same place on every page.

    ``corners`` are the four marks, from the top left one clockwise; the last but one, at the
    bottom right, has a hole. ``code`` holds ten boxes, from 0 to 9, for each digit.
    """

    width: float
    height: float
    corners: list[Box]
    qr: Box
    code: list[list[Box]]


class TestPlaces(Data):
    """The file beside the sheets of a test."""

    __test__ = False

    format: int = FORMAT
    course: str
    course_version: str
    language: str
    test: str
    title: str
    form: str
    seed: int
    paper: Literal["A4", "Letter"]
    large: bool
    unit: Literal["mm"] = "mm"
    frame: FramePlaces
    versions: dict[str, VersionPlaces]


class Code(NamedTuple):
    """What the QR code of a page says.

    Attributes
    ----------
    course, test
        Which test of which course.
    form
        Eight hexadecimal digits that settle all that is on the sheets: the file beside them has
        the same.
    version
        The letter of the version.
    kind
        Which of its sheets it is.
    page
        Its page, from 1.
    paper
        ``A4`` or ``Letter``.
    person
        The code that is printed on it; empty where people fill it in.
    """

    course: str
    test: str
    form: str
    version: str
    kind: SheetKind
    page: int
    paper: str
    person: str = ""

    def text(self) -> str:
        """Write it in the signs that a QR code takes least room for."""
        kind = next(sign for sign, kind in _KINDS.items() if kind == self.kind)
        parts = [_OPENING, self.course, self.test, self.form, self.version, kind, str(self.page)]
        return "/".join([*parts, self.paper, self.person]).upper()

    @classmethod
    def read(cls, text: str) -> Code | None:
        """Read it again; None if it is none of ours."""
        parts = text.strip().split("/")
        if len(parts) != 9 or parts[0] != _OPENING or parts[5] not in _KINDS:
            return None
        _, course, test, form, version, kind, page, paper, person = parts
        if not (page.isascii() and page.isdigit()):
            return None
        papers = {"A4": "A4", "LETTER": "Letter"}
        return cls(
            *(course.lower(), test.lower(), form.lower(), version, _KINDS[kind], int(page)),
            *(papers.get(paper, paper), person),
        )
