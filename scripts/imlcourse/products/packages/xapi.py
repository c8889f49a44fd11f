"""The course and each module for platforms that launch by ``tincan.xml``, with their store."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.launched.parcels import xapi_parcels

    return xapi_parcels(packing)


PACKAGE = Package(
    "xapi",
    "the course and each module for learning platforms, as xAPI (tincan.xml)",
    _make,
    (
        Opening("Whole course for a learning platform (xAPI): upload this zip", "*.zip"),
        Opening("The same, one zip for each module", "modules"),
    ),
)
