"""A quiz for Canvas for each module, in its form of QTI 1.2."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

_STEPS = ("import", "format", "upload", "see", "publish")
_DIFFERS = ("several-canvas", "reasons-whole", "steps", "lines", "slips", "once")
_WITHOUT = ("hints", "tags", "matched")


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.qti12 import left_out_of_qti12, qti12
    from imlcourse.products.packages.banks.questions import questions_of
    from imlcourse.products.zip import zipped

    questions = questions_of(packing.course, "practice", "quiz")
    left_out = {"mixed": left_out_of_qti12(questions)}
    practice, quizzes = qti12(questions.only("practice")), qti12(questions.only("quiz"))
    return {
        **Leaflet(questions, "canvas", _STEPS, _DIFFERS, left_out, _WITHOUT).files(),
        f"{packing.name}-practice-canvas.zip": zipped(practice, packing.cache),
        f"{packing.name}-module-quizzes-canvas.zip": zipped(quizzes, packing.cache),
    }


PACKAGE = Package(
    "canvas",
    "quizzes for Canvas",
    _make,
    (Opening("Quizzes for Canvas: as course content, QTI .zip file", "*.zip"),),
)
