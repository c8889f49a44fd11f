"""One photo, read: which sheet it is, whose, and what each line of it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imlcourse.marking.boxes import InBox, look_into
from imlcourse.marking.finding import Seen, codes_in, find_sheet, moved
from imlcourse.marking.judging import Judged, LineKind, Pen, judge_line, pen_of
from imlcourse.marking.photos import Photo
from imlcourse.marking.straightening import straighten
from imlcourse.marking.thresholds import FRAMES_NEEDED, LEAST_PIXELS, SCALE
from imlcourse.products.kit.paper.geometry import (
    Box,
    Code,
    FramePlaces,
    LinePlace,
    QuestionPlace,
    TestPlaces,
)

if TYPE_CHECKING:
    from imlcourse.marking.finding import Floats
    from imlcourse.marking.photos import Gray

__all__ = ["ReadLine", "ReadSheet", "read_sheet"]

_AROUND = 4.0
"""How much paper around a code is looked at with it, in millimetres."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a sheet: of which question it is, where its boxes are, and what it says."""

    question: QuestionPlace
    line: LinePlace
    spots: tuple[Box, ...]
    says: Judged

    @property
    def name(self) -> str:
        """What names it on its sheet."""
        return f"{self.question.number}{'/' if self.line.part else ''}{self.line.part}"


@dataclass(slots=True)
class ReadSheet:
    """What a photo says.

    Attributes
    ----------
    photo
        What names the photo: of its bytes.
    name
        What people call it.
    problem
        Why nothing of it can be used: ``no-sheet``, ``no-code``, ``several``, ``unknown``, ``key``,
        ``page`` or ``frames``; empty where it can.
    code
        What its QR code says.
    places
        The file beside its sheets.
    person
        The code of the person; empty where it is in doubt.
    digits
        What each row of the code says.
    code_spots
        Where its boxes are.
    lines
        Its lines.
    pen
        What is usual on it.
    page
        The page made flat, as JPEG; the photo, where no sheet was found in it.
    middles
        Where the middle of each box is on it, in millimetres: those of the code, then line by line.
    """

    photo: str
    name: str
    problem: str = ""
    code: Code | None = None
    places: TestPlaces | None = None
    person: str = ""
    digits: list[Judged] = field(default_factory=list)
    lines: list[ReadLine] = field(default_factory=list)
    pen: Pen | None = None
    page: bytes = b""
    middles: Floats | None = None

    @property
    def fills(self) -> bool:
        """Whether its person marks by filling boxes."""
        return self.pen is not None and self.pen.fills


def read_sheet(photo: Photo, known: Mapping[str, TestPlaces]) -> ReadSheet:
    """Read a photo.

    Parameters
    ----------
    photo
        The photo.
    known
        Files beside sheets, by their form.
    """
    sheet = ReadSheet(photo.mark, photo.name)
    sheet.problem = _read(sheet, photo, known)
    if not sheet.page:
        sheet.page = _kept(photo.gray)
    return sheet


def _read(sheet: ReadSheet, photo: Photo, known: Mapping[str, TestPlaces]) -> str:
    """Read a photo; gives why nothing of it can be used."""
    seen = codes_in(photo.gray)
    if not seen:
        seen = _codes_when_flat(photo.gray, known)
        if not seen:
            # Without the code nobody knows which questions these are.
            return "no-code"
    if len({one.code for one in seen}) > 1 or len(seen) > 1:
        return "several"
    (one,) = seen
    sheet.code = one.code
    if one.code.kind == "key":
        return "key"
    sheet.places = known.get(one.code.form)
    if sheet.places is None or one.code.version not in sheet.places.versions:
        return "unknown"
    lines = _lines(sheet.places, one.code)
    frame = sheet.places.frame
    found = find_sheet(photo.gray, frame, one)
    if found is None:
        return "no-sheet"
    code_boxes = [box for row in frame.code for box in row]
    boxes = [*code_boxes, *(box for _, _, spots in lines for box in spots)]
    straight = straighten(photo.gray, frame, boxes, found, one)
    sheet.page, sheet.middles = _kept(straight.page), straight.places / SCALE
    if straight.share_found < FRAMES_NEEDED or straight.resolution < LEAST_PIXELS:
        return "frames"
    mirrored = _mirrored(frame)
    inside = look_into(straight, boxes, mirrored=mirrored)
    _judge(sheet, lines, inside)
    return ""


def _kept(gray: Gray) -> bytes:
    """Keep a picture small: a room of people has many."""
    import cv2

    done, data = cv2.imencode(".jpg", gray, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return data.tobytes() if done else b""


def _mirrored(frame: FramePlaces) -> bool:
    """Whether the language is written from the right: then the QR code is at the left."""
    return frame.qr.x < frame.width / 2


def _codes_when_flat(gray: Gray, known: Mapping[str, TestPlaces]) -> list[Seen]:
    """Look for the code again where the corner marks say that it is, made flat and larger."""
    frames = {(one.paper, one.large): one.frame for one in known.values()}
    for frame in frames.values():
        found = find_sheet(gray, frame, None)
        for scale in (12.0, 10.0, 14.0, 8.0) if found else ():
            assert found is not None
            turn = found.homography @ _around(frame.qr, scale)
            side = round((frame.qr.w + 2 * _AROUND) * scale)
            seen = codes_in(_cut(gray, turn, side))
            if seen:
                return [Seen(one.code, moved(turn, one.corners)) for one in seen]
    return []


def _around(qr: Box, scale: float) -> Floats:
    """Give how pixels of a cutting around a code become millimetres of its sheet."""
    import numpy as np

    return np.array([
        [1 / scale, 0, qr.x - _AROUND], [0, 1 / scale, qr.y - _AROUND], [0, 0, 1],
    ])  # fmt: skip


def _cut(gray: Gray, turn: Floats, side: int) -> Gray:
    import cv2

    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(gray, turn, (side, side), flags=flags)


def _lines(
    places: TestPlaces, code: Code
) -> list[tuple[QuestionPlace, LinePlace, tuple[Box, ...]]]:
    """Give the lines of a page with where their boxes are."""
    found: list[tuple[QuestionPlace, LinePlace, tuple[Box, ...]]] = []
    for question in places.versions[code.version].questions:
        for line in question.lines:
            if code.kind == "answers":
                spots = [box.on_answers for box in line.boxes]
            else:
                spots = [box.on_questions for box in line.boxes]
            if spots[0].page == code.page:
                found.append((question, line, tuple(spots)))
    return found


def _judge(
    sheet: ReadSheet,
    lines: Sequence[tuple[QuestionPlace, LinePlace, tuple[Box, ...]]],
    inside: Sequence[InBox],
) -> None:
    assert sheet.places is not None and sheet.code is not None
    rows = len(sheet.places.frame.code)
    code = [inside[10 * n : 10 * n + 10] for n in range(rows)]
    at, held = 10 * rows, []
    for _, _, spots in lines:
        held.append(inside[at : at + len(spots)])
        at += len(spots)
    printed = bool(sheet.code.person)
    own = [(part, one) for part, (_, one, _) in zip(held, lines, strict=True) if not one.written]
    single = [part for part, one in own if not one.several]
    rows_of_code = [] if printed else code
    empties = [box for row in rows_of_code for box in row]
    sheet.pen = pen_of([part for part, _ in own], [*single, *rows_of_code], empties)
    for part, (question, line, spots) in zip(held, lines, strict=True):
        kind = LineKind(line.several or line.written, line.written)
        sheet.lines.append(ReadLine(question, line, spots, judge_line(part, sheet.pen, kind)))
    if printed:
        sheet.person = sheet.code.person
        return
    sheet.digits = [judge_line(row, sheet.pen, LineKind()) for row in code]
    if all(len(one.marked) == 1 and not one.doubts for one in sheet.digits):
        sheet.person = "".join(str(one.marked[0]) for one in sheet.digits)
