"""The course as a channel for Kolibri, to be imported from a stick."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.boxes.channel import channel_files

    return channel_files(packing)


PACKAGE = Package(
    "kolibri",
    "a channel for Kolibri",
    _make,
    (
        Opening(
            "Channel for Kolibri: copy this folder to a stick, and import from it", "KOLIBRI_*"
        ),
        Opening("The whole course for Kolibri Studio: upload this zip as an HTML5 app", "*.zip"),
    ),
    libraries={"resvg_py": "resvg-py", "tinyhtml5": "tinyhtml5"},
)
