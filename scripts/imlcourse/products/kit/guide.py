"""The trainer's guide: the page of the book, and what holds in every session."""

from __future__ import annotations

from functools import partial

from imlcourse.html.writer import Writer, title_of
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart

__all__ = ["PART"]

GUIDE = "trainers-guide"
"""The name of its page."""


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.page_sheet import page_pieces, training_pieces
    from imlcourse.products.kit.pdf import write_pdf

    course, writer = making.course, Writer(making.course)
    page = course.pages.get(GUIDE)
    if page is None:
        return []
    title = title_of(page)
    pieces = [*page_pieces(page, writer), *training_pieces(course, writer)]
    sheet = making.sheet(title, "", pieces)
    printed = making.kept("plan-pdf", (repr(sheet),), partial(write_pdf, sheet))
    return [KitFile(f"{fit_name(title)}.pdf", printed, title, copies=1)]


PART = KitPart("guide", "kit.folder.guide", _make, libraries={"typst": "typst"})
