"""What is the same on every page of a test on paper: where each part is, and how it is drawn.

There are four corner marks, a QR code, the letter of the version, and boxes for the code of the
person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from imlcourse.course.agenda import Paper
from imlcourse.products.kit.paper.geometry import Box, Code, FramePlaces
from imlcourse.products.kit.pdf import quoted

__all__ = ["DIGITS", "Frame"]

DIGITS = 4
"""How many digits the code of a person has."""
_SIZES: dict[Paper, tuple[float, float]] = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_EDGE = 8.0
"""How far the marks lie from the edges: no printer leaves out so much."""
_CORNER = 5.0
_SIDE = 18.0
"""The margin of what stands on a page, at both sides."""
_QR = 21.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of the pages of a test.

    Attributes
    ----------
    paper
        The paper.
    large
        Whether it is in large print.
    mirrored
        Whether the language is written from the right.
    alone
        Whether nothing but words stands in it, for pages that only people read.
    """

    paper: Paper
    large: bool
    mirrored: bool
    alone: bool = False

    # --- sizes, in millimetres --------------------------------------------------------------

    @property
    def width(self) -> float:
        """The width of the paper."""
        return _SIZES[self.paper][0]

    @property
    def height(self) -> float:
        """The height of the paper."""
        return _SIZES[self.paper][1]

    @property
    def side(self) -> float:
        """The margin at both sides."""
        return _SIDE

    @property
    def top(self) -> float:
        """Where the text of a page may begin."""
        if self.alone:
            return 22.0
        return self._code_top + DIGITS * self._code_pitch[1] + (9 if self.large else 7)

    @property
    def bottom(self) -> float:
        """How far above the edge the text of a page ends."""
        return 20.0 if self.large else 18.0

    @property
    def box(self) -> float:
        """The side of a box to mark."""
        return 6.5 if self.large else 4.4

    @property
    def text_size(self) -> float:
        """The size of the text, in points."""
        return 18.0 if self.large else 10.5

    @property
    def label_size(self) -> float:
        """The size of what explains the frame, in points."""
        return 14.0 if self.large else 8.5

    @property
    def _code_pitch(self) -> tuple[float, float]:
        return (6.8, 6.6) if self.large else (5.8, 5.2)

    @property
    def _code_box(self) -> float:
        return 4.8 if self.large else 3.8

    @property
    def _code_top(self) -> float:
        """Where the first row of the code begins; its caption and its digits stand above."""
        return 21.5 if self.large else 16.5

    @property
    def _code_start(self) -> float:
        """Where the boxes of the code begin, from the side on which lines begin."""
        return self.width - _SIDE - _QR - 6 - 10 * self._code_pitch[0]

    # --- places -----------------------------------------------------------------------------

    def at(self, x: float, y: float, w: float, h: float) -> Box:
        """Give a rectangle; `x` is counted from the side on which lines begin."""
        left = self.width - x - w if self.mirrored else x
        return Box(x=round(left, 3), y=round(y, 3), w=round(w, 3), h=round(h, 3))

    @property
    def corners(self) -> list[Box]:
        """The four marks, from the top left one clockwise."""
        far_x, far_y = self.width - _EDGE - _CORNER, self.height - _EDGE - _CORNER
        places = [(_EDGE, _EDGE), (far_x, _EDGE), (far_x, far_y), (_EDGE, far_y)]
        return [Box(x=round(x, 3), y=round(y, 3), w=_CORNER, h=_CORNER) for x, y in places]

    @property
    def qr(self) -> Box:
        """The QR code, without the white around it."""
        return self.at(self.width - _SIDE - _QR, 9.5, _QR, _QR)

    @property
    def code(self) -> list[list[Box]]:
        """Ten boxes for each digit of the code of a person."""
        (across, down), side = self._code_pitch, self._code_box
        return [
            [
                self.at(
                    self._code_start + digit * across + (across - side) / 2,
                    self._code_top + row * down + (down - side) / 2,
                    *(side, side),
                )
                for digit in range(10)
            ]
            for row in range(DIGITS)
        ]

    def places(self) -> FramePlaces:
        """Give the places of all of it."""
        return FramePlaces(
            width=self.width, height=self.height, corners=self.corners, qr=self.qr, code=self.code
        )

    # --- drawing ----------------------------------------------------------------------------

    def drawn(self, texts: dict[str, str], code: Code | None) -> Iterator[str]:
        """Draw it, as Typst.

        Parameters
        ----------
        texts
            ``version``, ``title``, ``page``, ``code``, ``foot``: what stands in it.
        code
            What the QR code says; none while it is not known how many pages there are.
        """
        if self.alone:
            yield from self._words_alone(texts)
            return
        for number, corner in enumerate(self.corners):
            yield f"#corner({four(corner)}, hole: {str(number == 2).lower()})"
        letter = 22.0 if self.large else 17.0
        caption = self.label_size * 0.3528
        yield self.words(_SIDE, 9.5, 22, texts["version"], self.label_size, soft=True)
        place = self.at(_SIDE, 10.5 + caption * 1.2, letter, letter)
        name = code.version if code else "A"
        yield f"#version-letter({four(place)}, {quoted(name)}, size: {letter * 2.1:.1f}pt)"
        start = _SIDE + max(letter, 17.0) + 5
        room = self._code_start - start - self._write_room - 2
        size = 14.0 if self.large else 11.5
        yield self.words(start, 9.5, room, texts["page"], self.label_size, soft=True)
        yield self.words(
            start, 10.5 + caption * 1.2, room, texts["title"], size, weight="bold", height=26
        )
        yield from self._code(texts, code)
        if code:
            yield f"#qr({four(self.qr)}, {quoted(qr_svg(code.text()))})"
        foot = self.height - _EDGE - _CORNER / 2 - self.label_size * 0.3528 / 2
        size = min(self.label_size, 10)
        yield self.words(
            _SIDE, foot, self.width - 2 * _SIDE, texts["foot"], size, soft=True, align="center"
        )

    def _words_alone(self, texts: dict[str, str]) -> Iterator[str]:
        """Draw what stands above and below a page that only people read."""
        room, size = self.width - 2 * _SIDE, self.label_size
        low = self.height - 12
        yield self.words(_SIDE, 11, room, texts["title"], size, soft=True)
        yield self.words(_SIDE, low, room * 0.75, texts["foot"], size, soft=True)
        end = _SIDE + room * 0.75
        yield self.words(end, low, room * 0.25, texts["page"], size, soft=True, align="end")

    @property
    def _write_room(self) -> float:
        """The room before the boxes of a digit, in which it is written or printed."""
        return 9.0 if self.large else 7.5

    def _code(self, texts: dict[str, str], code: Code | None) -> Iterator[str]:
        across, down = self._code_pitch
        digits = code.person if code else ""
        start = self._code_start - self._write_room
        room = self._write_room + 10 * across
        yield self.words(start, 9.5, room, texts["code"], self.label_size, soft=True)
        small = self.label_size * (0.8 if self.large else 0.9)
        above = self._code_top - small * 0.3528 - 0.4
        for digit in range(10):
            x = self._code_start + digit * across
            yield self.words(x, above, across, str(digit), small, soft=True, align="center")
        for row, boxes in enumerate(self.code):
            y = self._code_top + row * down
            written = self.at(start, y + 0.2, self._write_room - 2, down - 0.4)
            digit_text = digits[row] if digits else ""
            yield (f"#write-in({four(written)}, {quoted(digit_text)}, size: {down * 1.9:.1f}pt)")
            for digit, box in enumerate(boxes):
                marked = str(bool(digits) and digits[row] == str(digit)).lower()
                yield f"#fixed-mark({four(box)}, marked: {marked})"

    def words(
        self,
        x: float,
        y: float,
        w: float,
        words: str,
        size: float,
        *,
        soft: bool = False,
        weight: str = "regular",
        align: Literal["start", "center", "end"] = "start",
        height: float = 0,
    ) -> str:
        """Write words at a place, counted from the side on which lines begin."""
        box = self.at(x, y, w, height or size * 0.3528 * 1.3)
        return (
            f"#words-at({four(box)}, {quoted(words)}, size: {size:g}pt, "
            f'weight: "{weight}", soft: {str(soft).lower()}, side: {align})'
        )


def four(box: Box) -> str:
    """Write a rectangle for Typst: its place and its size, in millimetres."""
    return f"{box.x:g}mm, {box.y:g}mm, {box.w:g}mm, {box.h:g}mm"


def qr_svg(text: str) -> str:
    """Draw a QR code as SVG, without white around it, of the same size whatever it says."""
    import segno

    code = segno.make_qr(text, error="m", boost_error=False)
    drawn = code.svg_inline(scale=1, border=0, omitsize=True, dark="#000000")
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
