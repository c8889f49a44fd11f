"""The trainers' offline copy: all pages, theirs too, in a folder and zipped."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product


def _make(making: Making) -> Files:
    from imlcourse.products.copies.sums import LIST, sums_of
    from imlcourse.products.copies.whole import with_lists
    from imlcourse.products.zip import zipped

    name = f"{making.name}-for-trainers"
    held = making.document is not None
    copy = with_lists(making.course, making.made["book"], name, with_document=held)
    folder = {f"{name}/{path}": data for path, data in copy.items()}
    archive = {f"{name}.zip": zipped(folder, making.cache)}
    return {**folder, **archive, LIST: sums_of(archive)}


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
