"""Job aids: each on one sheet with lines for the office's numbers, and as DOCX to be edited."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from imlcourse.html.writer import Writer, title_of
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart

__all__ = ["PART"]

SIZES = (11, 10.5, 10, 9.75, 9.5, 9.25, 9, 8.75, 8.5, 8.25, 8)
"""Sizes of letters in points, the first of which has room on one sheet."""


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.page_sheet import page_pieces
    from imlcourse.products.kit.pdf import write_one_page

    writer, t = Writer(making.course), making.strings.text
    files = []
    for name, page in making.course.pages.items():
        if not name.startswith("aid-"):
            continue
        title = title_of(page)
        sheet = making.sheet(title, "", page_pieces(page, writer), columns=2)
        made_of = (repr(sheet),)
        printed = making.kept("aid-pdf", made_of, partial(write_one_page, sheet, SIZES))
        whole = replace(sheet, columns=1)
        edited = making.kept("page-docx", (repr(whole),), partial(write_docx, whole))
        named = t("session.material.named", kind=t("session.material.aid"), title=title)
        used = making.needed("aid", name)
        file = fit_name(title)
        files.append(
            KitFile(
                f"{file}.pdf", printed, named, more=used, choice=0 if used else making.agenda.people
            )
        )
        files.append(KitFile(f"{file}.docx", edited, named, main=False))
    return files


PART = KitPart(
    "aids",
    "kit.folder.aids",
    _make,
    libraries={"docx": "python-docx", "typst": "typst"},
)
