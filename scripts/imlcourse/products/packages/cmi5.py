"""The course for learning platforms that speak cmi5, with their record store."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.launched.parcels import cmi5_parcels

    return cmi5_parcels(packing)


PACKAGE = Package(
    "cmi5",
    "the course for learning platforms, as cmi5: modules and tests, with a record store",
    _make,
    (Opening("Whole course for a learning platform (cmi5): upload this zip", "*.zip"),),
)
