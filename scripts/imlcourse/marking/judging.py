"""From ink to answers: each box beside the empty ones of its sheet and the pen of its person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from statistics import median

from imlcourse.marking.boxes import InBox
from imlcourse.marking.thresholds import (
    BESIDE,
    CROSS_COVER,
    DENSE_HAND,
    EMPTY_FLOOR,
    EMPTY_NOISE,
    EMPTY_PEN,
    FULL,
    FULL_COVER,
    FULL_SHARE,
    HEAVIER,
    LIGHTER,
    MARKED_FLOOR,
    MARKED_NOISE,
    MARKED_PEN,
    STYLE_LINES,
    TRACE,
    USUAL_COVER,
    USUAL_SIDE,
)

__all__ = ["Judged", "LineKind", "Pen", "State", "judge_line", "pen_of", "state_of"]


class State(Enum):
    """What a box is."""

    EMPTY = "empty"
    CROSSED = "crossed"
    FILLED = "filled"
    FAINT = "faint"
    """Empty or crossed: nobody can say by the ink alone."""
    DENSE = "dense"
    """Crossed or filled: much more, or much less, than this person's marks are."""
    BESIDE = "beside"
    """Empty, with ink beside it."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What is usual on a sheet.

    Attributes
    ----------
    empty, noise
        What empty boxes have, and how much that varies.
    mark
        How much more this person's marks have where they are darkest.
    cover
        How much of a box of the usual size this person's marks cover.
    fills
        Whether this person marks by filling boxes.
    """

    empty: float
    noise: float
    mark: float
    cover: float
    fills: bool = False

    def covered(self, box: InBox) -> float:
        """Say how much of a box is covered, by this person's ink."""
        return (box.mean - self.empty * 0.5) / self.mark

    def share(self, box: InBox) -> float:
        """Say how much more of a box is covered than this person's marks would cover of it."""
        # The same stroke covers more of a smaller box; more than all of it, none can.
        usual = min(self.cover * USUAL_SIDE / box.side, max(self.cover, 1.0))
        return self.covered(box) / usual

    def lightest(self, box: InBox) -> float:
        """Say how dark the lightest part of a box is, by its own ink."""
        above = max(box.strongest - self.empty, 0.6 * self.mark)
        return (box.lightest - self.empty * 0.5) / above


@dataclass(frozen=True, slots=True)
class LineKind:
    """What a line asks for: more than one box, or what its trainer marks."""

    several: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What a line says.

    Attributes
    ----------
    marked
        Places of the boxes that count, from 0; of a line that is not sure, what it would be.
    doubts
        Why it is not sure: ``faint``, ``dense``, ``beside``, ``double``, ``taken`` or ``frame``.
    boxes
        Of a line where more than one box may be marked, the boxes that are in doubt.
    """

    marked: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()
    boxes: tuple[int, ...] = field(default=())


def pen_of(
    lines: Sequence[Sequence[InBox]], single: Sequence[Sequence[InBox]], empties: Sequence[InBox]
) -> Pen:
    """Learn from a sheet what empty boxes have on it, and what this person's marks have.

    Parameters
    ----------
    lines
        All lines that this person marks.
    single
        Those of them that ask for one mark, and the rows of the code.
    empties
        Boxes of which most are empty: those of the code.
    """
    every = sorted(one.strongest for one in [*(box for line in lines for box in line), *empties])
    if not every:
        return Pen(0.0, 0.012, 0.5, USUAL_COVER)
    # Most boxes of any sheet are empty: nine in ten of a code, three in four of a line.
    low = every[: max(1, len(every) * 6 // 10)]
    empty = median(low)
    noise = max(0.012, 1.4826 * median(abs(one - empty) for one in low))
    floor = empty + max(MARKED_FLOOR, MARKED_NOISE * noise)
    held = [[one for one in line if one.strongest > floor] for line in [*lines, *single]]
    marks = [max(one.strongest for one in line) - empty for line in held if line]
    pen = Pen(empty, noise, median(marks) if marks else 0.5, USUAL_COVER)
    # A mark that is alone in its line is an answer, whatever it looks like, if all are like it.
    alone = [
        marked[0]
        for line in single
        if len(marked := [one for one in line if one.strongest > floor]) == 1
    ]
    if len(alone) < STYLE_LINES:
        return pen
    cover = median(pen.covered(one) * one.side / USUAL_SIDE for one in alone)
    fills = median(pen.lightest(one) for one in alone) > FULL
    return Pen(pen.empty, pen.noise, pen.mark, cover, fills)


def state_of(box: InBox, pen: Pen) -> State:
    """Say what a box is."""
    above = box.strongest - pen.empty
    empty = max(EMPTY_FLOOR, EMPTY_NOISE * pen.noise, EMPTY_PEN * pen.mark)
    marked = max(MARKED_FLOOR, MARKED_NOISE * pen.noise, MARKED_PEN * pen.mark, empty)
    if above < empty:
        return State.BESIDE if box.beside > pen.empty + BESIDE * max(0.4, pen.mark) else State.EMPTY
    if above < marked:
        return State.FAINT
    share = pen.share(box)
    if share > HEAVIER:
        full = pen.covered(box) > FULL_COVER and share > FULL_SHARE
        return State.FILLED if full or pen.lightest(box) > FULL else State.DENSE
    if pen.cover > DENSE_HAND and share < LIGHTER:
        return State.DENSE
    return State.CROSSED


def judge_line(line: Sequence[InBox], pen: Pen, kind: LineKind) -> Judged:
    """Say what a line answers, and what of it is not sure."""
    states = [state_of(one, pen) for one in line]
    crossed = [n for n, one in enumerate(states) if one == State.CROSSED]
    filled = [n for n, one in enumerate(states) if one == State.FILLED]
    unsure = [n for n, one in enumerate(states) if one in (State.FAINT, State.DENSE)]
    if not crossed and not filled and not kind.several and len(unsure) == 1:
        # The only mark of its line is an answer if it leaves much of its box free, as crosses do.
        (at,) = unsure
        much = pen.share(line[at]) > HEAVIER
        if states[at] == State.DENSE and much and pen.covered(line[at]) < CROSS_COVER:
            crossed, unsure = unsure, []
    if len(crossed) == 1 and not kind.several:
        # Beside a whole mark, a trace is one that was rubbed out.
        trace = max(TRACE * pen.mark, MARKED_NOISE * pen.noise)
        unsure = [
            n for n in unsure if states[n] != State.FAINT or line[n].strongest - pen.empty > trace
        ]
    doubts = [states[n].value for n in unsure]
    open_boxes = list(unsure)
    lost = [n for n, one in enumerate(line) if not one.found]
    if lost:
        doubts.append("frame")
        open_boxes += lost
    if not crossed:
        beside = [n for n, one in enumerate(states) if one == State.BESIDE]
        doubts += ["beside"] * bool(beside)
        open_boxes += beside
        if filled:
            doubts.append("taken")
            open_boxes += filled
    if len(crossed) > 1 and not kind.several:
        doubts.append("double")
    return Judged(
        tuple(crossed), tuple(dict.fromkeys(doubts)), tuple(sorted(dict.fromkeys(open_boxes)))
    )
