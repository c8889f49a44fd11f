"""The questions of the pre-test, the post-test and the start check, for trainers alone.

In the book they are sealed. Whoever holds these files can read every key, so they are a package of
their own, which nobody makes by the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

if TYPE_CHECKING:
    from imlcourse.products.packages.banks.questions import Purpose

_STEPS = ("choose", "moodle", "canvas", "others", "before", "after", "keep")


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.banks.bank_leaflet import Leaflet
    from imlcourse.products.packages.banks.gift_text import gift, left_out_of_gift
    from imlcourse.products.packages.banks.moodle_xml import moodle_xml
    from imlcourse.products.packages.banks.qti3 import qti3
    from imlcourse.products.packages.banks.qti12 import left_out_of_qti12, qti12
    from imlcourse.products.packages.banks.questions import questions_of
    from imlcourse.products.zip import zipped

    questions = questions_of(packing.course, "before", "after", "start")
    left_out = {"gaps": left_out_of_gift(questions), "mixed": left_out_of_qti12(questions)}
    files = {**Leaflet(questions, "tests", _STEPS, ("several-canvas",), left_out).files()}
    named: dict[Purpose, str] = {
        "before": "pre-test",
        "after": "post-test",
        "start": "start-check",
    }
    for purpose, name in named.items():
        some = questions.only(purpose)
        if not some.asked:
            continue
        files |= {
            f"moodle/{packing.name}-{name}.xml": moodle_xml(some),
            f"gift/{packing.name}-{name}.gift.txt": gift(some),
            f"qti3/{packing.name}-{name}-qti3.zip": zipped(qti3(some), packing.cache),
            f"canvas/{packing.name}-{name}-canvas.zip": zipped(qti12(some), packing.cache),
        }
    return files


PACKAGE = Package(
    "trainer-tests",
    "pre-test, post-test and start check for platforms, with their answers: for trainers only",
    _make,
    (Opening("Questions of the tests, with their answers: for trainers only"),),
)
