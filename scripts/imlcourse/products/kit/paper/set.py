"""A test as it goes on paper: its versions, its frame, and what its files say of themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from imlcourse.book.paint import paint
from imlcourse.course.agenda import Paper
from imlcourse.course.model import Course
from imlcourse.html.writer import part_colour
from imlcourse.languages.locales import direction
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.paper.asked import AskedTest
from imlcourse.products.kit.paper.frame import Frame
from imlcourse.products.kit.paper.geometry import Code, SheetKind
from imlcourse.products.kit.paper.questions import Question, versions_of
from imlcourse.products.kit.pdf import quoted

__all__ = ["PaperTest", "paper_opening"]

_TEMPLATE = Path(__file__).with_name("paper.typ")
_COLOUR = "1d5c7a"


@dataclass(frozen=True)
class PaperTest:
    """A test in its versions.

    Attributes
    ----------
    course
        The course.
    test
        What is asked.
    paper, large
        What it is printed on, and whether in large print.
    count
        How many versions there are.
    alone
        Whether its pages are for the eyes of people alone: without answer sheet, codes and marks.
    sections
        Headings between its questions, each with the number of the question that it stands before.
    """

    course: Course
    test: AskedTest
    paper: Paper
    large: bool
    count: int
    alone: bool = False
    sections: tuple[tuple[int, str], ...] = ()

    @property
    def strings(self) -> Strings:
        """Texts of its language."""
        return self.course.strings

    @cached_property
    def versions(self) -> dict[str, tuple[Question, ...]]:
        """Its questions by the letter of the version."""
        # What stands for a screen has the letters of the screen; only tests have versions.
        shown = self.course.orders if self.alone else None
        return versions_of(self.test.items, self.strings, self.count, self.test.seed, shown)

    @cached_property
    def frame(self) -> Frame:
        """The frame of its pages."""
        rtl = direction(self.course.about.language) == "rtl"
        return Frame(self.paper, self.large, rtl, self.alone)

    @cached_property
    def form(self) -> str:
        """What settles all that is on its sheets, in eight hexadecimal digits."""
        told = [self.test.name, self.paper, str(self.large), self.course.about.language]
        for letter, questions in self.versions.items():
            told.append(letter)
            for one in questions:
                answers = [choice.answer for line in one.lines for choice in line.choices]
                told += [one.item.id, one.item.version, *answers]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]

    @property
    def colour(self) -> str:
        """The colour of its part of the course."""
        if not self.test.module:
            return _COLOUR
        module = self.course.modules[self.test.module]
        return paint()["parts"][part_colour(module)][0].removeprefix("#")

    def code(self, version: str, kind: SheetKind, page: int, person: str = "") -> Code:
        """Give what the QR code of a page says."""
        about = self.course.about
        return Code(about.id, self.test.name, self.form, version, kind, page, self.paper, person)

    def texts(self, page: int, pages: int) -> dict[str, str]:
        """Give the texts of the frame of a page."""
        about, t = self.course.about, self.strings.text
        return {
            "version": t("paper.version"),
            "title": self.test.title,
            "page": t("paper.page", page=page, pages=pages),
            "code": t("paper.code"),
            "foot": t("paper.foot", course=inline_text(about.title), version=about.version),
        }

    def opening(self, title: str, framed: str = "") -> str:
        """Write the beginning of a text of Typst: the template, and what the file is.

        Parameters
        ----------
        title
            What the file is called.
        framed
            Typst that says what `framed` draws behind each page. Without it pages have no
            margins, and what stands on them is put in its place.
        """
        return paper_opening(self.course, self.frame, self.colour, title, framed)


def paper_opening(course: Course, frame: Frame, colour: str, title: str, framed: str = "") -> str:
    """Write the beginning of a text of Typst for sheets with a frame; see `PaperTest.opening`."""
    about = course.about
    day = date.fromisoformat(about.date)
    language, _, region = about.language.partition("-")
    margin = "0mm"
    if framed:
        margin = f"(x: {frame.side:g}mm, top: {frame.top:g}mm, bottom: {frame.bottom:g}mm)"
    return "\n".join(
        [
            _TEMPLATE.read_text(encoding="utf-8"),
            f'#let colour = rgb("#{colour}")',
            framed,
            "#show: pages.with("
            f"title: {quoted(title)}, author: {quoted(inline_text(about.title))}, "
            f"language: {quoted(language)}, "
            f"region: {quoted(region) if len(region) == 2 else 'none'}, "
            f"direction: {direction(about.language)}, "
            f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}), "
            f"size: {frame.text_size:g}pt, box-side: {frame.box:g}mm, "
            f"width: {frame.width:g}mm, height: {frame.height:g}mm, "
            f"margin: {margin}, frame: {'framed' if framed else 'none'})",
        ]
    )
