"""Where quizzes, items, readings and worksheets stand: all somewhere, none of them twice."""

from __future__ import annotations

from imlcourse.course.bank import Bank
from imlcourse.course.known import within
from imlcourse.course.module import Module
from imlcourse.course.sources import Sources
from imlcourse.markup.problems import repeated


def check_placing(sources: Sources) -> None:
    """Check that every item is asked somewhere, and everything that is placed exists.

    Parameters
    ----------
    sources
        What was read.
    """
    for bank in sources.banks.values():
        _asked(bank, sources)
        module = sources.modules.get(bank.module)
        if module is None:
            continue
        for kind in ("item", "quiz", "worksheet"):
            _placed(module, kind, within(kind, module.id), sources)
        _placed(module, "reading", "written page", sources)
        for work_id in bank.worksheets:
            if sources.generated.count(work_id) > 1 or work_id in sources.pages:
                sources.problems.add(
                    bank.file.path,
                    bank.line(work_id),
                    f"a page is called {work_id} already; give the worksheet another id",
                )
        _unplaced(bank, module, sources)


def _asked(bank: Bank, sources: Sources) -> None:
    """Report what quizzes ask that is not there, or twice."""
    for quiz in bank.quizzes.values():
        for number, item_id in enumerate(quiz.item_ids):
            line = bank.line(quiz.id, ("items", number))
            sources.names.report_missing(
                within("item", bank.module), item_id, bank.file.path, line, f"no item {item_id}"
            )
            if quiz.item_ids.index(item_id) != number:
                sources.problems.add(
                    bank.file.path, line, f"{item_id} is asked twice in {quiz.id}; keep one"
                )


def _placed(module: Module, directive: str, kind: str, sources: Sources) -> None:
    """Report what a module places that is not there, or twice."""
    first: dict[str, int] = {}
    for block in module.placed(directive):
        name = block.argument
        if name:
            sources.names.report_missing(
                kind, name, module.path, block.line, f"no {directive} {name}"
            )
        if name in first:
            sources.problems.add(
                module.path,
                block.line,
                repeated(f"the {directive} {name}", line=first[name]),
            )
        first.setdefault(name, block.line)


def _unplaced(bank: Bank, module: Module, sources: Sources) -> None:
    """Report what a bank holds and nobody meets, where the module could be read to its end."""
    if not module.page.whole:
        return
    names, report = sources.names, sources.problems.add

    def placed(directive: str) -> list[str]:
        return [block.argument for block in module.placed(directive)]

    for kind in ("worksheet", "quiz"):
        known = bank.worksheets if kind == "worksheet" else bank.quizzes
        for name in names.unused(within(kind, module.id), placed(kind)):
            if name in known:
                report(
                    bank.file.path,
                    bank.line(name),
                    f"the {kind} {name} is nowhere in the module; "
                    f"place it with :::{{{kind}}} {name}",
                )
    if not (names.complete(within("quiz", module.id)) and names.complete("course tests")):
        return
    asked = [item_id for quiz in bank.quizzes.values() for item_id in quiz.item_ids]
    kept = [
        *(sources.tests.reserved_ids if sources.tests else ()),
        *(sources.start.items if sources.start else ()),
    ]
    for item_id in names.unused(within("item", module.id), [*asked, *kept, *placed("item")]):
        if item_id in bank.items:
            report(
                bank.file.path,
                bank.line(item_id),
                f"the item {item_id} is in no quiz; add it to one",
            )
