"""What a person has to look at: each doubt with its picture, and what was settled before."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.marking.judging import Judged
from imlcourse.marking.reading import ReadLine, ReadSheet
from imlcourse.marking.thresholds import SCALE
from imlcourse.markup.problems import Problems

if TYPE_CHECKING:
    from imlcourse.marking.photos import Gray

__all__ = ["LEAVE", "NONE", "Doubt", "read_settled", "settle", "settled_file"]

FORMAT = 1
_MOST_CODES = 6
LEAVE, NONE, YES, NO = "leave", "none", "yes", "no"
"""What is settled by a word: leave the sheet out; no box; marked; not marked."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person settles.

    Attributes
    ----------
    id
        What names it, from one run to the next.
    sheet
        What its photo is called.
    kind
        ``line``, ``box``, ``code``, ``page`` or ``photo``.
    reasons
        Why it is in doubt.
    question
        The number of its question; 0 for none.
    label
        What names the line or box in its question.
    choices
        What may be the case: an answer, and what it is called (empty: by its kind).
    picture
        What it looks like, as an address that holds the picture.
    settled
        What a person has said; empty where nobody has.
    """

    id: str
    sheet: str
    kind: str
    reasons: tuple[str, ...]
    question: int = 0
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    picture: str = ""
    settled: str = ""


@dataclass(slots=True)
class Settled:
    """What is settled of photos, and what is not.

    Attributes
    ----------
    doubts
        All that was or is in doubt.
    sheets
        Sheets whose person is known, to be counted.
    empty
        Names of photos on which nothing is marked.
    open_lines
        By photo, the lines that are not settled.
    missing
        By person and test, pages that nobody has photographed, and that are not settled.
    """

    doubts: list[Doubt] = field(default_factory=list)
    sheets: list[ReadSheet] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    open_lines: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    missing: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    @property
    def open(self) -> list[Doubt]:
        """What nobody has settled."""
        return [one for one in self.doubts if not one.settled]


def read_settled(paths: Sequence[Path], problems: Problems) -> dict[str, str]:
    """Read what was settled; of a file that makes no sense, a problem is told."""
    found: dict[str, str] = {}
    for path in paths:
        try:
            told = json.loads(path.read_text("utf-8-sig"))
            settled = told["settled"]
            if told["format"] != FORMAT or not all(isinstance(v, str) for v in settled.values()):
                raise ValueError
        except FileNotFoundError:
            problems.add(path, 0, "there is no such file; mend its name")
        except (ValueError, KeyError, TypeError, AttributeError):
            problems.add(path, 0, "this is no file of settled marks; save it anew from the page")
        else:
            found.update(settled)
    return found


def settled_file(settled: Mapping[str, str]) -> str:
    """Write what is settled as a file."""
    return json.dumps({"format": FORMAT, "settled": dict(settled)}, indent=1) + "\n"


def settle(sheets: Sequence[ReadSheet], said: Mapping[str, str]) -> Settled:
    """Bring together what was read, and what a person has said of it.

    Parameters
    ----------
    sheets
        What was read, photo by photo.
    said
        What a person has settled, by the id of each doubt.
    """
    result = Settled()
    for sheet in sheets:
        if sheet.problem:
            result.doubts.append(_of_photo(sheet, said))
        elif _nothing_on(sheet):
            result.empty.append(sheet.name)
        else:
            _of_sheet(sheet, said, result)
    _twice(result)
    _missing(result, said)
    return result


def _nothing_on(sheet: ReadSheet) -> bool:
    """Whether nobody has written on a sheet, as on question pages beside an answer sheet."""
    lines = [one.says for one in sheet.lines]
    if sheet.code is not None and sheet.code.person:
        # A sheet with a printed code was somebody's, also if all of it was left open.
        return sheet.code.kind == "questions" and not any(x.marked or x.doubts for x in lines)
    return not any(one.marked or one.doubts for one in [*lines, *sheet.digits])


def _of_photo(sheet: ReadSheet, said: Mapping[str, str]) -> Doubt:
    name = f"{sheet.photo}:photo"
    answer = said.get(name, "")
    return Doubt(
        name, sheet.name, "photo", (sheet.problem,), choices=((LEAVE, ""),),
        picture=_whole(sheet), settled=answer if answer == LEAVE else "",
    )  # fmt: skip


def _of_sheet(sheet: ReadSheet, said: Mapping[str, str], result: Settled) -> None:
    name = f"{sheet.photo}:code"
    answer = said.get(name, "")
    if answer == LEAVE:
        left = Doubt(name, sheet.name, "code", ("left",), choices=((LEAVE, ""),), settled=LEAVE)
        result.doubts.append(replace(left, picture=_code(sheet)))
        return
    valid = len(answer) == len(sheet.digits or "0000") and answer.isascii() and answer.isdigit()
    if not sheet.person:
        reasons = [doubt for one in sheet.digits for doubt in one.doubts]
        reasons += ["missing"] * any(not one.marked for one in sheet.digits)
        result.doubts.append(
            Doubt(
                name,
                sheet.name,
                "code",
                tuple(dict.fromkeys(reasons)),
                label="".join(_digit(one) for one in sheet.digits),
                choices=(*((one, one) for one in _likely(sheet.digits)), (LEAVE, "")),
                picture=_code(sheet),
                settled=answer if valid else "",
            )
        )
    if valid:
        sheet.person = answer
    lines = []
    for line in sheet.lines:
        if line.says.doubts:
            line = _of_line(sheet, line, said, result)
        lines.append(line)
    sheet.lines = lines
    result.sheets.append(sheet)


def _likely(digits: Sequence[Judged]) -> list[str]:
    """Give the codes that it may be, if they are few."""
    rows = [sorted({*one.marked, *one.boxes}) for one in digits]
    if prod(map(len, rows)) > _MOST_CODES:
        return []
    return ["".join(map(str, one)) for one in product(*rows)]


def _digit(says: Judged) -> str:
    return str(says.marked[0]) if len(says.marked) == 1 and not says.doubts else "?"


def _of_line(
    sheet: ReadSheet, line: ReadLine, said: Mapping[str, str], result: Settled
) -> ReadLine:
    several = line.line.several or line.line.written
    marked = set(line.says.marked)
    labels = [box.label for box in line.line.boxes]
    picture = _line_picture(sheet, line)
    number = line.question.number
    if not several:
        name = f"{sheet.photo}:{line.name}"
        answer = said.get(name, "")
        choices = (*((str(n), label) for n, label in enumerate(labels)), (NONE, ""))
        if answer not in dict(choices):
            answer = ""
            result.open_lines[sheet.photo].add(line.name)
        elif answer != NONE:
            marked = {int(answer)}
        else:
            marked = set()
        label = line.line.part if len(line.question.lines) > 1 else ""
        place = _place(line) if label else ""
        result.doubts.append(
            Doubt(
                name, sheet.name, "line", line.says.doubts, number, place, choices, picture, answer
            )
        )
    else:
        for n in line.says.boxes:
            name = f"{sheet.photo}:{line.name}:{n}"
            answer = said.get(name, "")
            if answer not in (YES, NO):
                answer = ""
                result.open_lines[sheet.photo].add(line.name)
            marked = (marked | {n}) if answer == YES else (marked - {n})
            result.doubts.append(
                Doubt(
                    name,
                    sheet.name,
                    "box",
                    line.says.doubts,
                    number,
                    labels[n],
                    ((YES, ""), (NO, "")),
                    _line_picture(sheet, line, n),
                    answer,
                )
            )
    return replace(line, says=Judged(tuple(sorted(marked))))


def _place(line: ReadLine) -> str:
    """Say which line of its question a line is, counted from 1."""
    return str(line.question.lines.index(line.line) + 1)


def _twice(result: Settled) -> None:
    """Ask of sheets that say they are of one person and cannot all be."""
    groups: dict[tuple[str, str], list[ReadSheet]] = defaultdict(list)
    for sheet in result.sheets:
        if sheet.person and sheet.code:
            groups[sheet.code.form, sheet.person].append(sheet)
    for same in groups.values():
        codes = [one.code for one in same if one.code]
        pages = {one.page for one in codes}
        versions = {(one.version, one.kind) for one in codes}
        if len(pages) == len(same) and len(versions) == 1:
            continue
        for sheet in same:
            name = f"{sheet.photo}:code"
            result.doubts = [one for one in result.doubts if one.id != name]
            choices = ((sheet.person, ""), (LEAVE, ""))
            doubt = Doubt(name, sheet.name, "code", ("twice",), label=sheet.person)
            result.doubts.append(replace(doubt, choices=choices, picture=_whole(sheet)))
            # Nothing of it counts before it is settled whose it is.
            sheet.person = ""


def _missing(result: Settled, said: Mapping[str, str]) -> None:
    """Ask of people of whom not every page was photographed."""
    pages: dict[tuple[str, str], list[ReadSheet]] = defaultdict(list)
    for sheet in result.sheets:
        if sheet.person and sheet.code:
            pages[sheet.code.form, sheet.person].append(sheet)
    for (form, person), own in pages.items():
        first = own[0]
        assert first.code is not None and first.places is not None
        version = first.places.versions[first.code.version]
        of_kind = version.answer_pages
        if first.code.kind == "questions":
            of_kind = version.question_pages
        there = {one.code.page for one in own if one.code}
        for page in sorted(set(range(1, of_kind + 1)) - there):
            name = f"{form}:{person}:{page}"
            answer = said.get(name, "")
            answer = answer if answer == NONE else ""
            result.doubts.append(
                Doubt(name, person, "page", ("missing",), label=str(page), choices=((NONE, ""),),
                      settled=answer)
            )  # fmt: skip
            if not answer:
                result.missing.setdefault((form, person), []).append(page)


# --- pictures -------------------------------------------------------------------------------------


def _address(part: Gray, quality: int = 60) -> str:
    import cv2

    done, data = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return f"data:image/jpeg;base64,{base64.b64encode(data.tobytes()).decode()}" if done else ""


def _shown(sheet: ReadSheet) -> Gray | None:
    import cv2
    import numpy as np

    if not sheet.page:
        return None
    return cv2.imdecode(np.frombuffer(sheet.page, np.uint8), cv2.IMREAD_GRAYSCALE)


def _part(sheet: ReadSheet, x: float, y: float, w: float, h: float, shrink: float) -> Gray | None:
    import cv2

    page = _shown(sheet)
    if page is None:
        return None
    left, top = max(0, round(x * SCALE)), max(0, round(y * SCALE))
    part = page[top : round((y + h) * SCALE), left : round((x + w) * SCALE)]
    if not part.size:
        return None
    return cv2.resize(part, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)


def _line_picture(sheet: ReadSheet, line: ReadLine, box: int = -1) -> str:
    import cv2
    import numpy as np

    if sheet.middles is None or sheet.places is None:
        return ""
    # The middle of each box as it was found: a curled page is not where a flat one is.
    every = [id_ for id_, one in enumerate(sheet.lines) if one.name == line.name]
    before = sum(len(one.spots) for one in sheet.lines[: every[0]])
    start = 10 * len(sheet.places.frame.code) + before
    middles = sheet.middles[start : start + len(line.spots)]
    size = line.spots[0].w
    left = float(middles[:, 0].min()) - size / 2 - 13
    right = float(middles[:, 0].max()) + size / 2 + 8
    top = float(middles[:, 1].min()) - size / 2 - 2.2
    bottom = float(middles[:, 1].max()) + size / 2 + 2.2
    part = _part(sheet, left, top, right - left, bottom - top, 0.6)
    if part is None:
        return ""
    if box >= 0:
        # A pointer below the box that is asked about.
        x = round((float(middles[box][0]) - max(0.0, left)) * SCALE * 0.6)
        shown = cv2.copyMakeBorder(part, 0, 9, 0, 0, cv2.BORDER_CONSTANT, value=255)
        high = shown.shape[0]
        points = np.array([[x, high - 9], [x - 6, high - 1], [x + 6, high - 1]])
        cv2.fillPoly(shown, [points], 0)
        part = shown
    return _address(part)


def _code(sheet: ReadSheet) -> str:
    if sheet.places is None or sheet.middles is None:
        return _whole(sheet)
    rows = sheet.places.frame.code
    xs = [box.x for row in rows for box in row]
    ys = [box.y for row in rows for box in row]
    size = rows[0][0].w
    part = _part(
        sheet, min(xs) - 10, min(ys) - 5, max(xs) - min(xs) + size + 13,
        max(ys) - min(ys) + size + 7, 0.5,
    )  # fmt: skip
    return _address(part) if part is not None else ""


def _whole(sheet: ReadSheet) -> str:
    """Show all of a photo, small."""
    import cv2

    shown = _shown(sheet)
    if shown is None:
        return ""
    scale = 420 / max(shown.shape)
    small = cv2.resize(shown, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _address(small, 45)
