"""Papers to read and to write on: dossiers and worksheets, for the sessions that use them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from imlcourse.course.worksheet import Worksheet
from imlcourse.html.writer import Writer, title_of
from imlcourse.items.base import Evidence
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart, Use
from imlcourse.products.kit.sheet import Field, Fields, Grid, Heading, NewPage, Piece, Prose, Sheet
from imlcourse.products.rich import Para, Run, inline, plain, quiz_text

__all__ = ["PART"]

_WORDS_ON_LINE = 9
"""Words that a hand writes on a line."""
_SPARE_LINES = 1


def _make(making: KitMaking) -> list[KitFile]:
    writer = Writer(making.course)
    files: list[KitFile] = []
    for plan in making.plans:
        module = making.course.modules[plan.module]
        for material in plan.materials:
            use = making.needed(material.kind, material.id)
            if use[0].module != plan.module:
                continue  # another session needs it first
            if material.kind == "reading":
                from imlcourse.products.kit.page_sheet import page_pieces

                page = making.course.pages[material.id]
                title = title_of(page)
                sheet = making.sheet(title, "", page_pieces(page, writer), module=module)
                files += _files(making, sheet, "session.material.reading", use)
            elif material.kind == "worksheet":
                work = making.course.banks[plan.module].worksheets[material.id]
                title = inline_text(work.title)
                sheet = making.sheet(title, "", _worksheet(work, writer), module=module)
                files += _files(making, sheet, "session.material.worksheet", use)
    return files


def _files(making: KitMaking, sheet: Sheet, kind: str, uses: tuple[Use, ...]) -> Iterator[KitFile]:
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import write_pdf

    t = making.strings.text
    named = t("session.material.named", kind=t(kind), title=sheet.title)
    made_of, file = (repr(sheet),), fit_name(sheet.title)
    printed = making.kept("plan-pdf", made_of, partial(write_pdf, sheet))
    edited = making.kept("plan-docx", made_of, partial(write_docx, sheet))
    yield KitFile(f"{file}.pdf", printed, named, module=uses[0].module, more=uses)
    yield KitFile(f"{file}.docx", edited, named, module=uses[0].module, main=False)


def _worksheet(work: Worksheet, writer: Writer) -> Iterator[Piece]:
    """Lay out what is written, and the rubric on a page of its own; never the model answer."""
    t = writer.course.strings.text
    yield Prose((inline(work.intro, writer),))
    yield Fields(
        tuple(
            Field(
                inline_text(part.label),
                hint=f"{inline_text(part.hint)} ({t('work.words', n=part.words)})",
                lines=-(-part.words // _WORDS_ON_LINE) + _SPARE_LINES,
            )
            for part in work.fields
        )
    )
    yield NewPage()
    yield Heading(1, t("work.rubric"))
    most = (len(work.rubric[0].levels) - 1) * len(work.rubric)
    yield Prose((plain(t("work.rubric.how", most=most)),))
    rows = []
    for line in work.rubric:
        settled = tuple(_quoted(one, writer) for one in line.evidence)
        levels = tuple(
            Para((Run(f"{points}  ", bold=True), *quiz_text(text).runs))
            for points, text in enumerate(line.levels)
        )
        criterion = Para(tuple(Run(run.text, bold=True) for run in quiz_text(line.criterion).runs))
        rows.append(((criterion, *settled), levels, (Para(()),), (Para(()),)))
    head = (t("work.criterion"), t("work.points"), t("work.self"), t("work.peer"))
    yield Grid("", head, tuple(rows), (4.0, 5.0, 0.9, 1.1))


def _quoted(evidence: Evidence, writer: Writer) -> Para:
    words = f"“{evidence.quote}” ({writer.cited(evidence.unit)})"
    return Para((Run(words, italic=True),))


PART = KitPart(
    "papers",
    "kit.folder.papers",
    _make,
    libraries={"docx": "python-docx", "typst": "typst"},
)
