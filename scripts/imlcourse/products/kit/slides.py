"""Slides of each session, as PPTX to be shown and edited."""

from __future__ import annotations

from functools import partial

from imlcourse.html.writer import module_label
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.deck import deck_of
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pptx import write_pptx

    files = []
    for number, plan in enumerate(making.plans, start=1):
        deck = deck_of(making.course, plan)
        data = making.kept("slides", (repr(deck),), partial(write_pptx, deck, making.strings))
        label = module_label(making.course.modules[plan.module], making.strings)
        name = fit_name(f"{number:02d} {label} {inline_text(plan.title)}")
        title = making.strings.text("kit.slides.title", title=inline_text(plan.title))
        files.append(KitFile(f"{name}.pptx", data, title, module=plan.module))
    return files


PART = KitPart(
    "slides",
    "kit.folder.slides",
    _make,
    libraries={"pptx": "python-pptx", "resvg_py": "resvg-py"},
)
