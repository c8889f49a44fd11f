"""The course and each module for learning platforms, as SCORM 1.2."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.scorm.parcels import parcels

    return parcels(packing, "scorm12")


PACKAGE = Package(
    "scorm12",
    "the course and each module for learning platforms, as SCORM 1.2",
    _make,
    (
        Opening("The course for a learning platform (SCORM 1.2): upload this zip", "*.zip"),
        Opening("The same, one zip for each module", "modules"),
    ),
)
