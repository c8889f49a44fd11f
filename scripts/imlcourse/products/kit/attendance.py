"""The attendance sheet that people sign, and the list from which certificates are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from imlcourse.course.agenda import clock
from imlcourse.html.writer import module_label
from imlcourse.markup.inline import inline_text
from imlcourse.products.certificates.sessions import (
    COLUMNS,
    GIVEN_BY,
    HalfDay,
    Session,
    half_days,
    sessions_of,
)
from imlcourse.products.kit.names import fit_name
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.sheet import Grid, Heading, NewPage, Piece, Prose, Sheet
from imlcourse.products.rich import plain

_COLOUR = "1d5c7a"
_MOST = 6
"""As many half-days as there is room to sign for on one page."""
_CODE, _NAME, _OFFICE, _SIGNED = 1.4, 4.2, 3.4, 2.6
_HIGH = 10.5
_HELP = ("names", "marks", "heads", "make", "hours")
MARK = "x"
"""What stands in the list for who was there."""


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.pdf import write_pdf

    t = making.strings.text
    sheet = _sheet(making)
    title = t("attendance.sheet")
    sessions = sessions_of(making.agenda, module_names(making))
    name = fit_name(title)
    listed = fit_name(t("attendance.list"))
    rows = [[code, "", "", *("" for _ in sessions)] for code in _codes(making)]
    workbook = making.kept(
        "attendance-xlsx", (repr((sessions, rows, sorted(making.strings.items()))),),
        lambda: _workbook(making, sessions, rows),
    )  # fmt: skip
    pages = making.kept("plan-pdf", (repr(sheet),), lambda: write_pdf(sheet))
    return [
        KitFile(f"{name}.pdf", pages, title, copies=1),
        KitFile(f"{listed}.xlsx", workbook, t("attendance.list")),
        KitFile(f"{listed}.csv", _csv(sessions, rows), t("attendance.list"), main=False),
    ]


def module_names(making: KitMaking) -> dict[str, str]:
    """Give what modules are called, by id: the number, and the title."""
    return {
        id_: making.strings.text(
            "module.named",
            label=module_label(module, making.strings),
            title=inline_text(module.title),
        )
        for id_, module in making.course.modules.items()
    }


def _codes(making: KitMaking) -> list[str]:
    from imlcourse.products.kit.paper.make import person_codes

    return person_codes(making.agenda.people)


def _sheet(making: KitMaking) -> Sheet:
    about, agenda, t = making.course.about, making.agenda, making.strings.text
    return Sheet(
        title=t("attendance.sheet"),
        subtitle=inline_text(agenda.title),
        above=inline_text(about.title),
        below=t("attendance.foot", version=about.version),
        language=about.language,
        colour=_COLOUR,
        paper=agenda.paper,
        date=about.date,
        author=inline_text(about.title),
        pieces=tuple(_pieces(making)),
        wide=True,
    )


def _pieces(making: KitMaking) -> Iterator[Piece]:
    t = making.strings.text
    halves = half_days(making.agenda)
    yield Prose((plain(t("attendance.given")), plain(t("attendance.how"))))
    many = len(making.agenda.days) > 1
    for at in range(0, len(halves), _MOST):
        shown = halves[at : at + _MOST]
        if at:
            yield NewPage()
            yield Heading(1, t("attendance.sheet.on"))
        head = (
            *(t("attendance.code"), t("attendance.name"), t("attendance.office")),
            *(_half(making, one, many=many) for one in shown),
        )
        blank = (plain(""),)
        rows = tuple(((plain(code),), *(blank for _ in head[1:])) for code in _codes(making))
        widths = (_CODE, _NAME, _OFFICE, *(_SIGNED for _ in shown))
        yield Grid("", head, rows, widths, high=_HIGH)
    yield Prose((plain(t("attendance.kept")),))


def _half(making: KitMaking, half: HalfDay, *, many: bool) -> str:
    times = {"starts": clock(half.starts), "ends": clock(half.ends)}
    if many:
        return making.strings.text(f"attendance.half.of.{half.half}", day=half.day, **times)
    return making.strings.text(f"attendance.half.{half.half}", **times)


def _heads(sessions: list[Session]) -> list[str]:
    return [*COLUMNS, *(one.head() for one in sessions)]


def _workbook(making: KitMaking, sessions: list[Session], rows: list[list[str]]) -> bytes:
    from imlcourse.products.xlsx import FillIn, to_fill_in

    t = making.strings.text
    places = range(len(COLUMNS), len(COLUMNS) + len(sessions))
    people = FillIn(
        t("attendance.list.people"),
        _heads(sessions),
        (9, 32, 26, *(14 for _ in sessions)),
        rows,
        dict.fromkeys(places, (MARK,)),
    )
    given = FillIn(
        t("attendance.list.workshop"),
        ("workshop", t("attendance.list.write"), t("attendance.list.what")),
        (14, 44, 60),
        [(key, "", t(f"attendance.about.{key}")) for key in GIVEN_BY],
    )
    help_rows = [(t(f"attendance.help.{name}"),) for name in _HELP]
    how = FillIn(t("attendance.list.how"), (t("attendance.list.how"),), (100,), help_rows)
    return to_fill_in(making.course, t("attendance.list"), [people, given, how], len(COLUMNS))


def _csv(sessions: list[Session], rows: list[list[str]]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(_heads(sessions))
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + made.getvalue().encode()


PART = KitPart(
    "attendance",
    "kit.folder.attendance",
    _make,
    libraries={"openpyxl": "openpyxl", "typst": "typst"},
)
