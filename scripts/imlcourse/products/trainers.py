"""The trainers' offline copy: all pages, theirs too, in a folder and zipped."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product


def _make(making: Making) -> Files:
    from imlcourse.products.zip import zipped

    name = f"{making.name}-for-trainers"
    folder = {f"{name}/{path}": data for path, data in making.made["book"].items()}
    return {**folder, f"{name}.zip": zipped(folder, making.cache)}


PRODUCT = Product(
    "trainers",
    "the trainers' offline copy",
    "trainers",
    _make,
    needs=("book",),
    openings=(
        Opening("Offline copy for trainers, with their pages: open this page", "*/index.html"),
        Opening("The same, zipped", "*.zip"),
    ),
)
