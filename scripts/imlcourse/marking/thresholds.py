"""Every limit by which marks are judged, in one place, with what it rests on.

They were set on rendered sheets with seeds below 1000 (`tests/benchmarks/marking.py --tune`); the
figures in CONTRIBUTING come from other seeds. Ink is told from 0, paper, to 1, what is printed
black on the same sheet; lengths are in millimetres.
"""

from __future__ import annotations

SCALE = 8.0
"""Pixels of a straightened page to the millimetre: a line of a frame (0.28) has two of them."""

MOST_PIXELS = 5000
"""The longest side of a picture that is looked at; what phones take beyond tells no more."""

LEAST_PIXELS = 2.6
"""Pixels to the millimetre in the photo, below which a thin cross is as wide as the noise."""

# --- finding the sheet ----------------------------------------------------------------------------

QR_MISS = 2.5
"""How far the QR code may lie from where the corner marks say it is. It is at the edge, where paper
that curls is off by a millimetre or two; what is no corner mark is some boxes (5 and more) away."""

# --- finding each box -----------------------------------------------------------------------------

NEAR = 1.5
"""How far from its expected place a frame is looked for: less than half of the least distance of
two boxes (5.2), so that none is taken for its neighbour."""

FRAME_FOUND = 0.30
"""How well a place has to look like a frame, as a share of what frames of this photo do, in the
middle: a cross or a filled box inside takes little off, since only the line and the paper around
it are compared."""

FRAMES_NEEDED = 0.75
"""The share of frames that has to be found; of fewer, the page is not where it seems to be."""

OFF_MODEL = 0.45
"""How far a frame may lie from where its neighbours say it is; a stroke was taken for it beyond."""

# --- judging a box --------------------------------------------------------------------------------

INSET = 0.6
"""What is left out inside a box, where its frame blurs into it."""

STRONGEST = 0.12
"""The share of the inner pixels that tells whether there is a stroke: a thin cross has more."""

EMPTY_FLOOR, MARKED_FLOOR = 0.07, 0.14
"""Ink above the empty boxes of the same sheet: below the first, a box is empty; above the second,
something is in it, whatever the pen. Of 3,500 empty boxes none had more than 0.06, of 1,600 marks
by pen none less than 0.39; faint pencil lies between, and is judged by the other marks of its
sheet."""

EMPTY_NOISE, MARKED_NOISE = 4.0, 7.0
"""The same, in standard deviations of the empty boxes of this sheet."""

EMPTY_PEN, MARKED_PEN = 0.16, 0.42
"""The same, as shares of what this person's marks usually have: less than the second may be a
touch of the pen, or rubbed out."""

HEAVIER = 1.6
"""How much more of a box than this person's marks usually do, one may cover and be like them.
Crosses of one hand cover up to 1.3, ticks up to 1.7 of the usual; what was struck out 1.6 and
more, what was filled 1.8 and more."""

FULL, FULL_COVER, FULL_SHARE = 0.62, 0.8, 1.7
"""A box is filled if its lightest fifth is darker than the first, as a share of its own ink; or if
ink covers more than the second of it and more than the third times the usual: people fill with
gaps. No cross covered more than 0.7, and no box that was filled less than 0.82."""

CROSS_COVER = 0.65
"""What covers less of its box than this, and stands alone in its line, is not filled."""

DENSE_HAND, LIGHTER = 0.55, 0.45
"""Of a person who fills boxes or scribbles in them (whose marks cover more than the first), a mark
that covers less than the second, as a share of the usual, is another kind of mark."""

USUAL_COVER, USUAL_SIDE = 0.42, 3.2
"""What a cross covers of a box that is so wide within, as long as the sheet does not tell what
those of this person do."""

TRACE = 0.25
"""What a rubber leaves of a mark, at most, as a share of the pen: it is no doubt beside a whole
mark, where one is asked for."""

BESIDE = 0.35
"""Ink beside an empty box, as a share of the pen, that may be a mark that missed it."""

STYLE_LINES = 5
"""From so many marks that stand alone in their line, what a person's marks look like is known.
Nobody takes back five answers and gives no other."""
