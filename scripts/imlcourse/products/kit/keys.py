"""For the trainer alone: the answers and reasons of the questions and cases of the kit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from imlcourse.html.writer import module_label
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.cases import cases_of, key_pieces
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.questions import Practice, practices
from imlcourse.products.kit.sheet import Box, NewPage, Piece, Sheet
from imlcourse.products.rich import plain

__all__ = ["PART"]


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import write_pdf

    files = []
    for session, sheet, module in _sheets(making):
        name = fit_name(f"{session:02d} {sheet.title}")
        printed = making.kept("plan-pdf", (repr(sheet),), partial(write_pdf, sheet))
        files.append(KitFile(f"{name}.pdf", printed, sheet.title, copies=1, module=module))
    return files


def _sheets(making: KitMaking) -> Iterator[tuple[int, Sheet, str]]:
    from imlcourse.products.kit.paper.key import reasons_of

    t = making.strings.text
    care = Box("care", t("paper.key.care"), "", (plain(t("kit.keys.care")),))
    asked, cases = list(practices(making)), list(cases_of(making))
    for session, module in enumerate(making.modules, start=1):
        label = module_label(module, making.strings)
        for kind in ("questions", "cases"):
            pieces: list[Piece] = [care]
            if kind == "questions":
                for at, one in enumerate(one for one in asked if one.module is module):
                    if at:
                        pieces.append(NewPage())
                    pieces += reasons_of(one.paper, "A", _title(making, one))
            else:
                for at, case in enumerate(case for case in cases if case.module is module):
                    if at:
                        pieces.append(NewPage())
                    pieces += key_pieces(making, case)
            if len(pieces) > 1:
                title = t(f"kit.keys.{kind}", label=label)
                subtitle = inline_text(module.title)
                yield session, making.sheet(title, subtitle, pieces, module=module), module.id


def _title(making: KitMaking, one: Practice) -> str:
    return one.name if one.used else making.strings.text("kit.keys.all")


PART = KitPart("keys", "kit.folder.keys", _make, libraries={"typst": "typst"})
