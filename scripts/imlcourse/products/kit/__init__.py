"""The trainer's kit: everything for the room, for one agenda, in one folder and its zip.

A part of the kit is one file of this folder and one line in the list below. The kit's overview
page, its list of what to print, and the message about what is not installed all follow from it.
"""

from __future__ import annotations

from imlcourse.products.kit import (
    aids,
    attendance,
    cards,
    cases,
    evaluation,
    guide,
    handouts,
    keys,
    papers,
    plans,
    questions,
    slides,
    test_papers,
)
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart

__all__ = ["PARTS", "KitFile", "KitMaking", "KitPart"]

PARTS: list[KitPart] = [
    plans.PART,
    cards.PART,
    slides.PART,
    handouts.PART,
    questions.PART,
    cases.PART,
    aids.PART,
    papers.PART,
    test_papers.PART,
    keys.PART,
    attendance.PART,
    evaluation.PART,
    guide.PART,
]
"""All parts, in the order of their folders. A list, so that a test can add one."""
