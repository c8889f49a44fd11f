"""The course as an e-book: EPUB 3."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.reading.chapters import reading_of
    from imlcourse.products.packages.reading.epub_file import epub_of

    return {f"{packing.name}.epub": epub_of(reading_of(packing), packing)}


PACKAGE = Package(
    "epub",
    "an e-book, EPUB 3",
    _make,
    (Opening("E-book: for a reading app on a phone, a tablet or a computer", "*.epub"),),
    libraries={"tinyhtml5": "tinyhtml5", "resvg_py": "resvg-py"},
)
