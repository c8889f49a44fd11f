"""What a PDF shows, as PDFium reads and draws it, which has written none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pypdfium2 import PdfDocument, PdfTextPage, raw

_BROKEN = "\x02"  # what PDFium gives for the hyphen at the end of a line


class Word(NamedTuple):
    """A word, and the box around its letters, in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Sheet(NamedTuple):
    """A page: its width and height in points, and what stands on it."""

    width: float
    height: float
    words: list[Word]


def drawn(pdf: bytes | Path, dpi: float) -> list[Image.Image]:
    """Draw each page, in shades of grey."""
    with PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]


def drawn_in_colour(pdf: Path, number: int, dpi: float) -> Image.Image:
    """Draw one page."""
    with PdfDocument(pdf) as document:
        image: Image.Image = document[number - 1].render(scale=dpi / 72).to_pil()
        return image.convert("RGB")


def sheets(pdf: bytes | Path) -> list[Sheet]:
    """Read each page word by word."""
    return _read(pdf, _words)


def sheets_by_line(pdf: bytes | Path) -> list[Sheet]:
    """Read each page by the pieces of its lines, each for one word: quicker."""
    return _read(pdf, _pieces)


def _read(
    pdf: bytes | Path, words_of: Callable[[PdfTextPage, float], Iterator[Word]]
) -> list[Sheet]:
    with PdfDocument(pdf) as document:
        return [
            Sheet(width, height, list(words_of(page.get_textpage(), height)))
            for page in document
            for width, height in [page.get_size()]
        ]


def _words(text: PdfTextPage, height: float) -> Iterator[Word]:
    letters, boxes = "", []
    for at in range(text.count_chars() + 1):
        letter = chr(raw.FPDFText_GetUnicode(text, at)) if at < text.count_chars() else " "
        if not letter.isspace():
            letters += letter.replace(_BROKEN, "-")
            boxes.append(text.get_charbox(at))
        elif boxes:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            yield Word(letters, min(lefts), height - max(tops), max(rights), height - min(bottoms))
            letters, boxes = "", []


def _pieces(text: PdfTextPage, height: float) -> Iterator[Word]:
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top)
        yield Word(words, left, height - top, right, height - bottom)
