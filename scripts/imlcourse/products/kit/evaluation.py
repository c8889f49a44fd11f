"""The forms of a workshop: at its end and four weeks later, to print, to edit, and to type in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from imlcourse.course.reference.evaluation import TIMES, Evaluation, FormPart
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.names import fit_name
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.sheet import Grid, Heading, NewPage, Piece, Prose, Sheet
from imlcourse.products.rich import Para, Run, plain

_COLOUR = "1d5c7a"
_BOX = "☐"
_LINES = 3
_LINE = "_" * 78
_ROWS = 40


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.paper.form_pages import FormPages

    evaluation = making.course.library.evaluation
    if evaluation is None:
        return []
    t, people = making.strings.text, making.agenda.people
    files = []
    for name, form in evaluation.forms.items():
        title = inline_text(form.title)
        pages = FormPages(making.course, evaluation, name, making.agenda.paper)
        # What is on the paper, and the frame around it, follow from these.
        made_of = (repr(form), pages.form, repr(sorted(making.strings.items())))
        sheet = form_sheet(making, evaluation, name)
        pdf = making.kept("form-pdf", made_of, pages.pdf)
        places = making.kept(
            "form-places",
            made_of,
            lambda pages=pages: (pages.places().model_dump_json(indent=1) + "\n").encode(),  # type: ignore[misc]
        )
        docx = making.kept("plan-docx", (repr(sheet),), lambda sheet=sheet: write_docx(sheet))  # type: ignore[misc]
        file = fit_name(title)
        files += [
            KitFile(f"{file}.pdf", pdf, title, copies=people, later=name == "follow-up"),
            KitFile(f"{file}.docx", docx, title, main=False),
            KitFile(
                f"{fit_name(t('evaluation.file.places', title=title))}.json",
                places,
                title,
                main=False,
            ),
            KitFile(
                f"{fit_name(t('evaluation.file.answers', title=title))}.csv",
                _csv(evaluation, name),
                title,
                main=False,
            ),
        ]
    book = making.kept(
        "forms-xlsx",
        (repr(evaluation), repr(sorted(making.strings.items()))),
        lambda: _workbook(making, evaluation),
    )
    title = t("evaluation.answers")
    return [*files, KitFile(f"{fit_name(title)}.xlsx", book, title)]


def heads(evaluation: Evaluation, name: str) -> list[str]:
    """Give the heads of the table in which the answers to a form are typed, a row for each person.

    The program reads their first words: `form`, `participant`, and the id of a statement, with
    `before` or `now` behind it where it is rated twice.
    """
    lines = (f"{line.key}: {inline_text(line.text)}" for line in evaluation.lines(name))
    questions = (f"{id_}: {inline_text(text)}" for id_, text in evaluation.questions(name).items())
    return ["form", "participant", *lines, *questions]


def _rows(evaluation: Evaluation, name: str) -> list[list[str]]:
    blank = [""] * (len(heads(evaluation, name)) - 2)
    return [[name, str(number), *blank] for number in range(1, _ROWS + 1)]


def _csv(evaluation: Evaluation, name: str) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads(evaluation, name))
    writer.writerows(_rows(evaluation, name))
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def _workbook(making: KitMaking, evaluation: Evaluation) -> bytes:
    from imlcourse.products.xlsx import FillIn, to_fill_in

    sheets = []
    for name, form in evaluation.forms.items():
        lines = list(evaluation.lines(name))
        choices = {
            place: [str(value) for value in range(1, len(line.scale) + 1)]
            for place, line in enumerate(lines, start=2)
        }
        widths = (12, 12, *(17 for _ in lines), *(40 for _ in evaluation.questions(name)))
        sheets.append(
            FillIn(
                inline_text(form.title),
                heads(evaluation, name),
                widths,
                _rows(evaluation, name),
                choices,
            )
        )
    return to_fill_in(making.course, making.strings.text("evaluation.answers"), sheets, 2)


# --- to edit --------------------------------------------------------------------------------


def form_sheet(making: KitMaking, evaluation: Evaluation, name: str) -> Sheet:
    """Make the sheet of a form that is there to be edited."""
    about, form = making.course.about, evaluation.form(name)
    return Sheet(
        title=inline_text(form.title),
        subtitle=inline_text(form.when),
        above=inline_text(about.title),
        below=making.strings.text("kit.foot", label=form.title, version=about.version),
        language=about.language,
        colour=_COLOUR,
        paper=making.agenda.paper,
        date=about.date,
        author=inline_text(about.title),
        pieces=tuple(_pieces(making, evaluation, name)),
    )


def _pieces(making: KitMaking, evaluation: Evaluation, name: str) -> Iterator[Piece]:
    form = evaluation.form(name)
    yield Prose((plain(inline_text(form.lead)),))
    for part in form.parts:
        if part.questions:
            yield NewPage()
        yield Heading(2, inline_text(part.title))
        if part.questions:
            for text in part.questions.values():
                yield Prose((Para((Run(inline_text(text), bold=True),)),))
                yield Prose(tuple(plain(_LINE) for _ in range(_LINES)))
        else:
            yield _grid(making, evaluation, part)


def _grid(making: KitMaking, evaluation: Evaluation, part: FormPart) -> Grid:
    t, scale = making.strings.text, evaluation.scale_of(part)
    if part.twice:
        head = ["", *(t(f"evaluation.{time}") for time in TIMES)]
        boxes = plain("  ".join(f"{_BOX}{number}" for number in range(1, len(scale) + 1)))
        widths = (5.0, *(2.9 for _ in TIMES))
        caption = t("list.separator").join(
            t("evaluation.scale", number=number, words=words)
            for number, words in enumerate(scale, start=1)
        )
    else:
        head, boxes, caption = ["", *scale], plain(_BOX), ""
        widths = (5.0, *(1.4 for _ in scale))
    rows = tuple(
        ((plain(inline_text(text)),), *((boxes,) for _ in head[1:]))
        for text in part.statements.values()
    )
    return Grid(caption, tuple(head), rows, widths)


PART = KitPart(
    "evaluation",
    "kit.folder.evaluation",
    _make,
    libraries={"docx": "python-docx", "openpyxl": "openpyxl", "segno": "segno", "typst": "typst"},
)
