"""Branching cases as sheets for a group: what is found, what may be done, and where to go on.

What a choice is worth, and what it leads to in the story, stands in the trainer's key alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from imlcourse.course.module import Module
from imlcourse.html.citation import cited
from imlcourse.html.writer import module_label
from imlcourse.items.base import Evidence
from imlcourse.items.scenario import Decision, Scenario, Step
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.sheet import (
    Box,
    Field,
    Fields,
    Grid,
    Heading,
    Piece,
    Prose,
    Sheet,
    Together,
)
from imlcourse.products.rich import Para, Run, plain, quiz_text

__all__ = ["PART", "Case", "case_sheet", "cases_of", "key_pieces"]

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a module that is held, with its place among the sessions.

    Attributes
    ----------
    session
        The place of its session, from 1.
    module
        Its module.
    item
        The case.
    """

    session: int
    module: Module
    item: Scenario


def cases_of(making: KitMaking) -> Iterator[Case]:
    """Give the cases of the sessions that are meant for the people who come."""
    here = set(making.agenda.roles)
    for session, module in enumerate(making.modules, start=1):
        for item in making.course.banks[module.id].items.values():
            if isinstance(item, Scenario) and (not item.roles or here & set(item.roles)):
                yield Case(session, module, item)


def case_sheet(making: KitMaking, case: Case) -> Sheet:
    """Lay out a case without what its choices are worth.

    Parameters
    ----------
    making
        What the kit is made from.
    case
        The case.
    """
    t, module = making.strings.text, case.module
    label = module_label(module, making.strings)
    subtitle = t("kit.overview.session", label=label, title=inline_text(module.title))
    return making.sheet(title_of_case(case), subtitle, _pieces(making, case), module=module)


def title_of_case(case: Case) -> str:
    """Name a case as plans and slides do: by its stem."""
    return inline_text(case.item.stem)


def _pieces(making: KitMaking, case: Case) -> Iterator[Piece]:
    t = making.strings.text
    yield Prose((plain(t("kit.case.how")),))
    numbers = {step.id: number for number, step in enumerate(case.item.steps, start=1)}
    for number, step in enumerate(case.item.steps, start=1):
        rows = tuple(
            (
                (plain(letter, bold=True),),
                (quiz_text(choice.text),),
                (plain(_onward(making, choice, numbers)),),
            )
            for letter, choice in _lettered(making, case.item, step)
        )
        head = (t("kit.case.letter"), t("kit.case.choice"), t("kit.case.then"))
        asked = Para(tuple(Run(run.text, bold=True) for run in quiz_text(step.question).runs))
        yield Together(
            (
                Heading(1, t("items.scenario.step", number=number)),
                Prose((*_found(making, step), asked)),
                Grid("", head, rows, (1.0, 6.2, 2.3)),
                Fields((Field(t("kit.case.chosen")), Field(t("kit.case.reason")))),
            )
        )


def _found(making: KitMaking, step: Step) -> Iterator[Para]:
    """Give what is found at a step, and what each role that comes finds in place of it."""
    roles = making.agenda.roles
    if len(roles) == 1:
        yield quiz_text(step.variants.get(roles[0], step.text))
        return
    own = [role for role in roles if role in step.variants]
    if not own:
        yield quiz_text(step.text)
        return
    t, about = making.strings.text, making.course.about
    yield Para((Run(t("kit.case.roles"), italic=True),))
    told = [(inline_text(about.roles[role].name), step.variants[role]) for role in own]
    if len(own) < len(roles):
        told.append((t("kit.case.others"), step.text))
    for name, text in told:
        head = t("kit.case.role", role=name)
        yield Para((Run(f"{head} ", bold=True), *quiz_text(text).runs), "ul")


def _lettered(making: KitMaking, item: Scenario, step: Step) -> Iterator[tuple[str, Decision]]:
    """Give the choices of a step in the order of the screen and of the slides."""
    order = making.course.orders[item.id].get(step.id, range(len(step.choices)))
    letters = making.strings["items.letters"]
    for letter, place in zip(letters, order, strict=False):
        yield letter, step.choices[place]


def _onward(making: KitMaking, choice: Decision, numbers: dict[str, int]) -> str:
    if choice.next not in numbers:
        return making.strings.text("items.scenario.end")
    return making.strings.text("items.scenario.next", number=numbers[choice.next])


# --- the trainer's key ----------------------------------------------------------------------------


def key_pieces(making: KitMaking, case: Case) -> Iterator[Piece]:
    """Give what each choice is worth and leads to, with what the document says, and the debrief.

    Parameters
    ----------
    making
        What the kit is made from.
    case
        The case.
    """
    t, item = making.strings.text, case.item
    yield Heading(1, title_of_case(case))
    numbers = {step.id: number for number, step in enumerate(item.steps, start=1)}
    for number, step in enumerate(item.steps, start=1):
        yield Heading(2, t("items.scenario.step", number=number))
        yield Prose((quiz_text(step.question),))
        paras = []
        for letter, choice in _lettered(making, item, step):
            worth = t(f"items.scenario.{choice.rating}")
            head = t("paper.key.choice", label=letter, text=inline_text(choice.text))
            follows = f"  {_onward(making, choice, numbers)}"
            runs = (
                *(Run(head, bold=True), Run(f" ({worth})  ")),
                *(*quiz_text(choice.consequence).runs, Run(follows, italic=True)),
            )
            paras.append(Para(runs, "ul"))
        said = [choice.evidence for choice in step.choices if choice.evidence]
        grounds = tuple(_ground(making, one) for one in (step.evidence, *said))
        yield Prose((*paras, *grounds))
    yield Box("care", t("items.scenario.debrief"), "", (quiz_text(item.debrief),))


def _ground(making: KitMaking, evidence: Evidence) -> Para:
    label = making.strings.text("paper.key.document", unit=cited(evidence.unit, making.strings))
    return Para((Run(label, italic=True), Run(f" “{evidence.quote}”")))


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.docx import write_docx
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import write_pdf

    t = making.strings.text
    files = []
    for case in cases_of(making):
        sheet = case_sheet(making, case)
        label, made_of = module_label(case.module, making.strings), (repr(sheet),)
        name = fit_name(f"{case.session:02d} {label} {sheet.title}")
        named = t("session.material.named", kind=t("session.material.case"), title=sheet.title)
        printed = making.kept("plan-pdf", made_of, partial(write_pdf, sheet))
        edited = making.kept("plan-docx", made_of, partial(write_docx, sheet))
        used = making.needed("case", case.item.id)
        groups = 0 if used else -(-making.agenda.people // _GROUP)
        module = case.module.id
        files.append(
            KitFile(f"{name}.pdf", printed, named, module=module, more=used, choice=groups)
        )
        files.append(KitFile(f"{name}.docx", edited, named, module=module, main=False))
    return files


PART = KitPart(
    "cases",
    "kit.folder.cases",
    _make,
    libraries={"docx": "python-docx", "typst": "typst"},
)
