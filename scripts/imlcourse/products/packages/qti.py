"""The questions as packages of QTI 3."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

_STEPS = ("import", "upload", "look", "tags")
_DIFFERS = ("lines", "slips")
_WITHOUT = ("hints",)


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.qti3 import qti3
    from imlcourse.products.packages.banks.questions import questions_of
    from imlcourse.products.zip import zipped

    questions = questions_of(packing.course, "practice", "quiz")
    practice, quizzes = qti3(questions.only("practice")), qti3(questions.only("quiz"))
    return {
        **Leaflet(questions, "qti", _STEPS, _DIFFERS, without=_WITHOUT).files(),
        f"{packing.name}-practice-qti3.zip": zipped(practice, packing.cache),
        f"{packing.name}-module-quizzes-qti3.zip": zipped(quizzes, packing.cache),
    }


PACKAGE = Package(
    "qti",
    "questions as QTI 3",
    _make,
    (Opening("Questions as QTI 3, for testing platforms that read it", "*.zip"),),
)
