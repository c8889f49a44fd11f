"""The sources of the Jupyter Book, which plain ``jupyter-book build`` takes too."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Product


def _make(making: Making) -> Files:
    from imlcourse.book.kept import KeptTexts
    from imlcourse.book.sources import book_sources
    from imlcourse.pages.making import keep_templates

    keep_templates(making.cache)
    sources = book_sources(making.course, making.document, KeptTexts(making.cache))
    return {path: text.encode("utf-8") for path, text in sources.items()}


PRODUCT = Product("book-src", "the sources of the Jupyter Book", "book-src", _make)
