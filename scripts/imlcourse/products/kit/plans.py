"""Session plans, each as DOCX to be edited and as PDF to be printed."""

from __future__ import annotations

from functools import partial

from imlcourse.html.writer import module_label
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import write_pdf
    from imlcourse.products.kit.plan_sheet import plan_sheet

    files = []
    for number, plan in enumerate(making.plans, start=1):
        course, agenda = making.course, making.agenda
        sheet = plan_sheet(course, plan, agenda.paper, agenda.people)
        made_of = (repr(sheet),)
        label = module_label(course.modules[plan.module], making.strings)
        name = fit_name(f"{number:02d} {label} {inline_text(plan.title)}")
        title = making.strings.text("kit.plan.title", title=inline_text(plan.title))
        printed = making.kept("plan-pdf", made_of, partial(write_pdf, sheet))
        edited = making.kept("plan-docx", made_of, partial(write_docx, sheet))
        files.append(KitFile(f"{name}.pdf", printed, title, copies=1, module=plan.module))
        files.append(KitFile(f"{name}.docx", edited, title, module=plan.module, main=False))
    return files


PART = KitPart(
    "plans",
    "kit.folder.plans",
    _make,
    libraries={"docx": "python-docx", "typst": "typst"},
)
