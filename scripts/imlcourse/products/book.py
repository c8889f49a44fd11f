"""The book, to be read in a browser."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product


def _make(making: Making) -> Files:
    sources = making.made["book-src"]
    return making.maker.make({path: data.decode("utf-8") for path, data in sources.items()})


PRODUCT = Product(
    "book",
    "the book",
    "book",
    _make,
    needs=("book-src",),
    openings=(Opening("The book: open this page in a browser", "index.html"),),
)
