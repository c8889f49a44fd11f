"""The copy to hand round on a USB stick: a folder, and the same folder zipped."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product


def _make(making: Making) -> Files:
    from imlcourse.products.zip import zipped

    folder = {f"{making.name}/{path}": data for path, data in making.made["book"].items()}
    return {**folder, f"{making.name}.zip": zipped(folder, making.cache)}


PRODUCT = Product(
    "offline",
    "the offline copy",
    "offline",
    _make,
    needs=("book",),
    openings=(
        Opening("Offline copy: open this page by double-click", "*/index.html"),
        Opening("The same, zipped, to hand round", "*.zip"),
    ),
)
