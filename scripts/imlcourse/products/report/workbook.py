"""The report as a workbook, for whoever works on with the figures: numbers as numbers."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from imlcourse.products.report.forms import MOST, forms_shown, rating_rows, word_rows
from imlcourse.products.report.words import Words
from imlcourse.products.xlsx import settled
from imlcourse.results.analysis import Analysis
from imlcourse.results.gather import Gathered
from imlcourse.results.tally import STAGES

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["report_workbook"]

PERCENT, COEFFICIENT, WHOLE, TEXT = "0%", "0.00", "0", "@"
_WIDEST, _NARROWEST = 48, 9
_LINE = 15  # points
_TYPEFACE = "Calibri"  # the library’s own, whose widths it counts with
_MOST_ON_A_SHEET = 31  # characters of a sheet's name
_FORMULA = re.compile(r"^[=+\-@\t\r]")

Column = tuple[str, str]
"""The head of a column, and the format of its numbers."""


def report_workbook(words: Words, gathered: Gathered, analysis: Analysis) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    words
        The words of the course.
    gathered
        The learners and the files.
    analysis
        The figures.

    Returns
    -------
    bytes
        The XLSX; the same from the same files. Nobody’s name and no name of a file stands in it.

    Raises
    ------
    ImportError
        If openpyxl is not installed.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    about, text = words.course.about, words.strings.text
    book.properties.title = text("report.title")
    book.properties.creator = about.title
    book.properties.language = about.language
    stages = [one for one in STAGES if any(one in row.shares for row in analysis.objectives)]

    def sheet(key: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        made = book.create_sheet(_name(text(key)))
        made.sheet_view.rightToLeft = words.strings.direction == "rtl"
        _fill(made, columns, rows)

    sheet("report.sheet.notes", [(text("report.notes"), TEXT)], (
        [note] for note in words.notes(gathered, analysis)))  # fmt: skip
    sheet(
        "report.sheet.debrief",
        [
            (text("report.head.item"), TEXT),
            (text("report.items.question"), TEXT),
            (text("report.head.missed"), WHOLE),
            (text("report.head.of"), WHOLE),
            (text("report.debrief.right"), TEXT),
            (text("report.head.feedback"), TEXT),
            (text("report.head.unit"), TEXT),
            (text("report.debrief.again"), TEXT),
        ],
        (
            (
                one.item,
                words.stem(one.item),
                one.missed,
                one.count,
                "; ".join(words.key(words.items[one.item])),
                words.reason(words.items[one.item]),
                words.units(words.items[one.item]),
                words.read_again(words.items[one.item]),
            )
            for one in analysis.debrief
        ),
    )
    if analysis.people:
        sheet(
            "report.sheet.people",
            [
                (text("report.person"), TEXT),
                *((text(f"report.stage.{stage}"), PERCENT) for stage in STAGES),
                (text("report.gain.points"), PERCENT),
                (text("report.next.modules"), TEXT),
            ],
            (
                (
                    one.code,
                    *(one.shares.get(stage) for stage in STAGES),
                    one.gain,
                    ", ".join(words.module_short(need.module) for need in one.needs),
                )
                for one in analysis.people
            ),
        )
        sheet(
            "report.sheet.next",
            [
                (text("report.person"), TEXT),
                (text("report.next.module"), TEXT),
                (text("report.head.objective"), TEXT),
                (text("report.head.text"), TEXT),
            ],
            (
                (
                    *(one.code, words.module(need.module), objective),
                    words.objective(objective) if objective else "",
                )
                for one in analysis.people
                for need in one.needs
                for objective in need.objectives or ("",)
            ),
        )
    if analysis.groups:
        sheet(
            "report.sheet.groups",
            [
                (text("report.groups.group"), TEXT),
                (text("report.tests.people"), WHOLE),
                (text("report.stage.before"), PERCENT),
                (text("report.stage.after"), PERCENT),
                (text("report.gain.points"), PERCENT),
                (text("report.head.low"), PERCENT),
                (text("report.head.high"), PERCENT),
                (text("report.groups.needs"), TEXT),
            ],
            (
                (
                    words.group(one),
                    one.count,
                    one.before,
                    one.after,
                    one.gain and one.gain.gain,
                    *((one.gain and one.gain.interval) or (None, None)),
                    ", ".join(words.module_short(module) for module, _ in one.needs),
                )
                for one in analysis.groups
            ),
        )
    sheet(
        "report.sheet.objectives",
        [
            (text("report.next.module"), TEXT),
            (text("report.head.objective"), TEXT),
            (text("report.head.text"), TEXT),
            *(
                column
                for stage in stages
                for column in (
                    (text(f"report.stage.{stage}"), PERCENT),
                    (text("report.head.answers", stage=text(f"report.stage.{stage}")), WHOLE),
                )
            ),
        ],
        (
            (
                words.module(one.module),
                one.objective,
                words.objective(one.objective) if one.objective else "",
                *(value for stage in stages for value in one.shares.get(stage, (None, None))),
            )
            for one in analysis.objectives
        ),
    )
    sheet(
        "report.sheet.tests",
        [
            (text("report.test"), TEXT),
            (text("report.tests.people"), WHOLE),
            (text("report.tests.items"), WHOLE),
            (text("report.tests.mean"), PERCENT),
            (text("report.head.lowest"), PERCENT),
            (text("report.head.highest"), PERCENT),
            (text("report.tests.kr"), COEFFICIENT),
            (text("report.tests.alpha"), COEFFICIENT),
            (text("report.head.same"), WHOLE),
        ],
        (
            (
                words.edition(one),
                one.count,
                one.items,
                one.mean,
                one.lowest,
                one.highest,
                one.kr20,
                one.alpha,
                one.same,
            )
            for one in analysis.tests
        ),
    )
    sheet(
        "report.sheet.items",
        [
            (text("report.test"), TEXT),
            (text("report.head.item"), TEXT),
            (text("report.head.version"), TEXT),
            (text("report.items.question"), TEXT),
            (text("report.items.asked"), WHOLE),
            (text("report.items.right"), WHOLE),
            (text("report.unanswered"), WHOLE),
            (text("report.head.low"), PERCENT),
            (text("report.head.high"), PERCENT),
            (text("report.items.difficulty"), COEFFICIENT),
            (text("report.items.discrimination"), COEFFICIENT),
        ],
        (
            (
                words.test(one.test),
                one.item,
                one.version,
                words.stem(one.item),
                one.count,
                one.right,
                one.unanswered,
                *one.interval,
                one.difficulty,
                one.discrimination,
            )
            for one in analysis.items
        ),
    )
    sheet(
        "report.sheet.choices",
        [
            (text("report.test"), TEXT),
            (text("report.head.item"), TEXT),
            (text("report.head.option"), TEXT),
            (text("report.head.key"), TEXT),
            (text("report.head.chosen"), WHOLE),
            (text("report.head.of"), WHOLE),
        ],
        (
            (
                words.test(one.test),
                one.item,
                words.option(choice),
                text("report.key.right" if choice.right else "report.key.wrong"),
                choice.count,
                one.count,
            )
            for one in analysis.items
            for choice in one.choices
        ),
    )
    if forms := forms_shown(words, gathered):
        sheet(
            "report.sheet.forms",
            [
                (text("report.forms.form"), TEXT),
                (text("report.head.item"), TEXT),
                (text("report.forms.statement"), TEXT),
                (text("report.forms.time"), TEXT),
                (text("report.forms.scale"), TEXT),
                *((str(value), WHOLE) for value in range(1, MOST + 1)),
                (text("report.forms.answers"), WHOLE),
                (text("report.forms.average"), COEFFICIENT),
            ],
            rating_rows(words, forms),
        )
        sheet(
            "report.sheet.words",
            [
                (text("report.forms.form"), TEXT),
                (text("report.items.question"), TEXT),
                (text("report.forms.said"), TEXT),
            ],
            word_rows(forms),
        )
    made = io.BytesIO()
    book.save(made)
    return settled(made.getvalue(), about.date)


def _name(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", text)[:_MOST_ON_A_SHEET]


def _fill(made: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write heads and rows, as wide as what stands in them, and ready to print."""
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    filled = [list(row) for row in rows]
    made.append([head for head, _ in columns])
    for row in filled:
        made.append([None if value is None else value for value in row])
    for cell, (_, shape) in zip(made[1], columns, strict=True):
        cell.font = Font(name=_TYPEFACE, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="F4F1E8")
        cell.alignment = _placed(shape)
    for place, (head, shape) in enumerate(columns, 1):
        texts = [str(row[place - 1]) for row in filled] if shape == TEXT else []
        longest = max([len(word) for word in head.split()] + [len(one) for one in texts])
        letter = get_column_letter(place)
        made.column_dimensions[letter].width = min(_WIDEST, max(_NARROWEST, longest) + 2)
        if len(columns) == 1:
            made.column_dimensions[letter].width = 2 * _WIDEST
        for (cell,) in made.iter_rows(min_row=2, min_col=place, max_col=place):
            if shape != TEXT:
                cell.number_format = shape
            elif isinstance(cell.value, str) and _FORMULA.match(cell.value):
                cell.data_type = "s"  # a text, and no formula
            cell.alignment = _placed(shape)
    # Who opens it need not set heights: what wraps shows whole.
    widths = [made.column_dimensions[get_column_letter(n + 1)].width for n in range(len(columns))]
    for number, row in enumerate([[head for head, _ in columns], *filled], 1):
        lines = [
            math.ceil(1.15 * len(one) / width)
            for one, width in zip(row, widths, strict=True)
            if isinstance(one, str)
        ]
        made.row_dimensions[number].height = _LINE * max([1, *lines])
    made.freeze_panes = "A2"
    made.print_title_rows = "1:1"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    if filled and len(columns) > 1:
        made.auto_filter.ref = made.dimensions


def _placed(shape: str) -> Alignment:
    """Say where something stands in its cell: numbers in the middle, whichever way texts run."""
    from openpyxl.styles import Alignment

    middle = None if shape == TEXT else "center"
    return Alignment(wrap_text=True, vertical="top", horizontal=middle)
