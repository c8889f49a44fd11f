"""Workbooks: tables that trainers fill in, and the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from imlcourse.course.model import Course
from imlcourse.markup.inline import inline_text
from imlcourse.products.zip import zipped

__all__ = ["FillIn", "settled", "to_fill_in"]

_TYPEFACE = "Calibri"
_HEAD, _LINE, _SIGNS = "F4F1E8", 15, 1.15
_ROWS_TO_FILL = 200


@dataclass(frozen=True, slots=True)
class FillIn:
    """A sheet to fill in.

    Attributes
    ----------
    name
        What it is called.
    heads
        The heads of its columns, which programs read again.
    widths
        How wide columns are, in signs.
    rows
        What stands in it already.
    choices
        What may be written in a column, by its place.
    """

    name: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def to_fill_in(course: Course, title: str, sheets: Sequence[FillIn], fixed: int = 0) -> bytes:
    """Write a workbook to fill in: every cell is text, so that codes keep their zeros.

    Parameters
    ----------
    course
        The course, in the language of the workbook.
    title
        What the workbook is called.
    sheets
        Its sheets.
    fixed
        How many columns of the first sheet stay in view.
    """
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    book.remove(book.active)
    about = course.about
    book.properties.title, book.properties.creator = title, inline_text(about.title)
    book.properties.language = about.language
    # The style of every cell: given to one of them, and copied, which takes a tenth of the time.
    model = book.create_sheet("model")["A1"]
    model.number_format, model.alignment = "@", Alignment(wrap_text=True, vertical="top")
    book.remove(model.parent)
    for number, sheet in enumerate(sheets):
        made = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31])
        made.sheet_view.rightToLeft = course.strings.direction == "rtl"
        made.append(list(sheet.heads))
        for row in sheet.rows:
            made.append(list(row))
        last = max(_ROWS_TO_FILL, len(sheet.rows) + 1)
        for place, width in enumerate(sheet.widths, start=1):
            letter = get_column_letter(place)
            made.column_dimensions[letter].width = width
            for (cell,) in made.iter_rows(min_row=1, max_row=last, min_col=place, max_col=place):
                cell._style = copy(model._style)
            head = made.cell(1, place)
            head.font = Font(name=_TYPEFACE, size=11, bold=True)
            head.fill = PatternFill("solid", fgColor=_HEAD)
            if allowed := sheet.choices.get(place - 1):
                listed = f'"{",".join(allowed)}"'
                rule = DataValidation(type="list", formula1=listed, allow_blank=True)
                rule.add(f"{letter}2:{letter}{last}")
                made.add_data_validation(rule)
        for at, row in enumerate([sheet.heads, *sheet.rows], start=1):
            lines = max(
                -(-len(one) * _SIGNS // sheet.widths[place]) for place, one in enumerate(row)
            )
            made.row_dimensions[at].height = _LINE * max(1, int(lines))
        made.freeze_panes = made.cell(2, 1 + (fixed if number == 0 else 0))
        made.print_title_rows = "1:1"
        made.page_setup.orientation = "landscape"
        made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
        made.sheet_properties.pageSetUpPr.fitToPage = True
    held = io.BytesIO()
    book.save(held)
    return settled(held.getvalue(), about.date)


def settled(data: bytes, date: str) -> bytes:
    """Give the same bytes for the same content: the library writes the time into them."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    core = "docProps/core.xml"
    stamp = f">{date}T00:00:00Z</dcterms:".encode()
    files[core] = re.sub(rb">[^<]*</dcterms:", stamp, files[core])
    return zipped(files)
