"""The questions for the question bank of Moodle, as Moodle XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.products.packages.kept_banks import of_banks
from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

if TYPE_CHECKING:
    from imlcourse.course.model import Course

_STEPS = ("import", "format", "upload", "see", "practice", "quiz", "renew")
_DIFFERS = ("attempts", "reasons-list", "steps", "lines", "gaps", "slips", "once")
_WITHOUT = ("matched",)


def _make(packing: Packing) -> Files:
    return of_banks("moodle", _written, packing)


def _written(course: Course, name: str) -> Files:
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.moodle_xml import moodle_xml
    from imlcourse.products.packages.banks.questions import questions_of

    questions = questions_of(course, "practice", "quiz")
    return {
        **Leaflet(questions, "moodle", _STEPS, _DIFFERS, without=_WITHOUT).files(),
        f"{name}-practice.xml": moodle_xml(questions.only("practice")),
        f"{name}-module-quizzes.xml": moodle_xml(questions.only("quiz")),
    }


PACKAGE = Package(
    "moodle",
    "questions for Moodle",
    _make,
    (Opening("Questions for Moodle: in its question bank, read from a file", "*.xml"),),
    light=True,
)
