"""Questions alone: the practice of a module without its answers, to be answered with a pen.

The keys stand apart, in `keys.py`. For tests with answer sheets that a program reads, see
`paper`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imlcourse.course.module import Module
from imlcourse.html.writer import module_label
from imlcourse.items import Item
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.paper.asked import AskedTest
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart, Use

__all__ = ["PART", "Practice", "practices"]


@dataclass(frozen=True, slots=True)
class Practice:
    """Questions of a module that are printed together.

    Attributes
    ----------
    session
        The place of its session, from 1.
    module
        Its module.
    paper
        The questions, as they go on paper.
    used
        The sessions that need them.
    name
        What the overview calls them.
    """

    session: int
    module: Module
    paper: PaperTest
    used: tuple[Use, ...]
    name: str


def practices(making: KitMaking) -> Iterator[Practice]:
    """Give the practice of each module that is held, and what its plan needs of it on paper."""
    from imlcourse.html.sessions import material_name
    from imlcourse.html.writer import Writer

    t, course = making.strings.text, making.course
    for session, plan in enumerate(making.plans, start=1):
        module = course.modules[plan.module]
        items, sections = _practice(making, module)
        if items:
            title = t(
                "kit.overview.session",
                label=module_label(module, making.strings),
                title=inline_text(module.title),
            )
            paper = _paper(making, title, module, items, sections)
            yield Practice(session, module, paper, (), t("kit.questions.all"))
        for material in plan.materials:
            if material.kind == "sheet":
                quiz = course.quizzes[material.id][1] if material.id in course.quizzes else None
                ids = quiz.item_ids if quiz else [material.id]
                known = course.banks[module.id].items
                asked = [known[id_] for id_ in ids if known[id_].testable]
                title = inline_text(quiz.title if quiz else plan.title)
                paper = _paper(making, title, module, asked, ())
                used = making.needed("sheet", material.id)
                name = material_name(Writer(course), plan, material)
                yield Practice(session, module, paper, used, name)


def _practice(making: KitMaking, module: Module) -> tuple[list[Item], tuple[tuple[int, str], ...]]:
    """Give the questions that a module asks on its way, and which of them opens which section."""
    bank = making.course.banks[module.id]
    items: list[Item] = []
    sections: list[tuple[int, str]] = []
    for section in module.sections:
        ids: list[str] = []
        for block in section.blocks:
            if block.kind == "item":
                ids.append(block.argument)
            elif block.kind == "quiz" and bank.quizzes[block.argument].mode == "practice":
                ids += bank.quizzes[block.argument].item_ids
        asked = [bank.items[id_] for id_ in dict.fromkeys(ids)]
        asked = [item for item in asked if item.testable and item not in items]
        if asked:
            sections.append((len(items) + 1, inline_text(section.title)))
            items += asked
    return items, tuple(sections)


def _paper(
    making: KitMaking,
    title: str,
    module: Module,
    items: list[Item],
    sections: tuple[tuple[int, str], ...],
) -> PaperTest:
    asked = AskedTest("practice", title, module.id, tuple(items), (), None, 0)
    return PaperTest(
        *(making.course, asked, making.agenda.paper),
        large=False,
        count=1,
        alone=True,
        sections=sections,
    )


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.paper.question_pages import question_source
    from imlcourse.products.kit.pdf import typeset

    files = []
    for one in practices(making):
        label = module_label(one.module, making.strings)
        source = question_source(one.paper, "A")
        made = partial(typeset, source, making.course.about.language)
        files.append(
            KitFile(
                fit_name(f"{one.session:02d} {label} {one.name}") + ".pdf",
                making.kept("questions", (source,), made),
                one.name,
                module=one.module.id,
                more=one.used,
                choice=0 if one.used else making.agenda.people,
            )
        )
    return files


PART = KitPart(
    "questions",
    "kit.folder.questions",
    _make,
    libraries={"segno": "segno", "typst": "typst"},
)
