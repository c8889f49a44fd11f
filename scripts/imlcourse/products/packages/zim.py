"""The course as a book for Kiwix: on a phone, a computer or a library box."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.boxes.kiwix import kiwix_book

    return {f"{packing.name}.zim": kiwix_book(packing)}


PACKAGE = Package(
    "zim",
    "a book for Kiwix, ZIM",
    _make,
    (Opening("The course for Kiwix: open it in the app, or copy it to a library box", "*.zim"),),
    libraries={"libzim": "libzim", "resvg_py": "resvg-py"},
)
