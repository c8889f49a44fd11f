"""The course as a book on paper: PDF, for A4 and for Letter."""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.packages.reading.chapters import reading_of
    from imlcourse.products.packages.reading.paper import SHEETS, book_html, pdf_of

    reading = reading_of(packing)
    html = book_html(reading, packing)
    return {f"{packing.name}-{sheet.lower()}.pdf": pdf_of(html, sheet, reading) for sheet in SHEETS}


PACKAGE = Package(
    "pdf",
    "a book to print, PDF",
    _make,
    (
        Opening("Book on A4 paper, with the answers at the end", "*-a4.pdf"),
        Opening("The same on US Letter paper", "*-letter.pdf"),
    ),
    libraries={"weasyprint": "weasyprint", "tinyhtml5": "tinyhtml5"},
)
