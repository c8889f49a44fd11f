"""The questions as GIFT, plain text that many platforms read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.products.packages.kept_banks import of_banks
from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

if TYPE_CHECKING:
    from imlcourse.course.model import Course

_STEPS = ("import", "format", "upload", "look")
_DIFFERS = ("reasons-list", "steps", "lines")
_WITHOUT = ("hints", "matched")


def _make(packing: Packing) -> Files:
    return of_banks("gift", _written, packing)


def _written(course: Course, name: str) -> Files:
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.gift_text import gift, left_out_of_gift
    from imlcourse.products.packages.banks.questions import questions_of

    questions = questions_of(course, "practice", "quiz")
    left_out = {"gaps": left_out_of_gift(questions)}
    return {
        **Leaflet(questions, "gift", _STEPS, _DIFFERS, left_out, _WITHOUT).files(),
        f"{name}-practice.gift.txt": gift(questions.only("practice")),
        f"{name}-module-quizzes.gift.txt": gift(questions.only("quiz")),
    }


PACKAGE = Package(
    "gift",
    "questions as GIFT",
    _make,
    (Opening("Questions as GIFT, for platforms that read it", "*.gift.txt"),),
    light=True,
)
