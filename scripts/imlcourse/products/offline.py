"""The copy to hand round on a USB stick: a folder, and the same folder zipped.

It is the learners': the pages for trainers are in a copy of their own.
"""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product


def _make(making: Making) -> Files:
    from imlcourse.book.learners import sources_for_learners, without_unused
    from imlcourse.products.copies.sums import LIST, sums_of
    from imlcourse.products.copies.whole import with_lists
    from imlcourse.products.zip import zipped

    texts = {path: data.decode("utf-8") for path, data in making.made["book-src"].items()}
    made = making.maker.make(sources_for_learners(making.course, texts))
    pages = without_unused(made, making.made["book"])
    held = making.document is not None
    copy = with_lists(making.course, pages, making.name, with_document=held)
    folder = {f"{making.name}/{path}": data for path, data in copy.items()}
    archive = {f"{making.name}.zip": zipped(folder, making.cache)}
    return {**folder, **archive, LIST: sums_of(archive)}


PRODUCT = Product(
    "offline",
    "the learners' offline copy",
    "offline",
    _make,
    needs=("book-src", "book"),
    openings=(
        Opening("Offline copy for learners: open this page by double-click", "*/index.html"),
        Opening("The same, zipped, to hand round", "*.zip"),
    ),
)
