"""Where quizzes, items, readings and worksheets stand: all somewhere, none of them twice."""

from __future__ import annotations

from collections import Counter

from imlcourse.course.module import Module
from imlcourse.course.sources import Sources
from imlcourse.languages.spelling import near, nearest
from imlcourse.markup.problems import Problems


def check_placing(sources: Sources) -> None:
    """Check that every item is asked somewhere, and everything that is placed exists.

    Parameters
    ----------
    sources
        What was read.
    """
    tests_unread = "quizzes/tests" in sources.unread  # and what they hold is not known
    for bank in sources.banks.values():
        path = bank.file.path
        asked = Counter(item_id for quiz in bank.quizzes.values() for item_id in quiz.items)
        asked.update(sources.tests.held if sources.tests else ())
        written = bank.written("items")
        meant: set[str | None] = set()
        for quiz in bank.quizzes.values():
            for number, item_id in enumerate(quiz.items):
                line = bank.line(quiz.id, ("items", number))
                if item_id not in written and bank.named("items"):
                    meant.add(nearest(item_id, bank.items))
                    sources.problems.add(
                        path, line, f"no item {item_id}{near(item_id, bank.items)}"
                    )
                if quiz.items.index(item_id) != number:
                    sources.problems.add(
                        path, line, f"{item_id} is asked twice in {quiz.id}; keep one"
                    )
        module = sources.modules.get(bank.module)
        placed_items: set[str] = set()
        placed_quizzes: set[str] = set()
        for block in module.page.blocks if module else ():
            if block.kind == "item":
                placed_items.add(block.argument)
            elif block.kind == "quiz":
                placed_quizzes.add(block.argument)
        if module is None:
            continue
        meant |= _known(module, "item", written, sources.problems)
        meant |= _known(module, "quiz", bank.written("quizzes"), sources.problems)
        _known(
            module, "reading", set(sources.page_names) - set(sources.generated), sources.problems
        )
        placed_work = {block.argument for block in module.placed("worksheet")}
        meant |= _known(module, "worksheet", bank.written("worksheets"), sources.problems)
        for work_id in bank.worksheets:
            if sources.generated.count(work_id) > 1 or work_id in sources.pages:
                sources.problems.add(
                    path,
                    bank.line(work_id),
                    f"a page is called {work_id} already; give the worksheet another id",
                )
            if work_id not in {*placed_work, *meant} and module.page.whole:
                sources.problems.add(
                    path,
                    bank.line(work_id),
                    f"the worksheet {work_id} is nowhere in the module; "
                    f"place it with :::{{worksheet}} {work_id}",
                )
        known = bank.read("quizzes") and module.page.whole and not tests_unread
        for item_id in bank.items if known else ():
            if item_id not in {*asked, *placed_items, *meant}:
                sources.problems.add(
                    path, bank.line(item_id), f"the item {item_id} is in no quiz; add it to one"
                )
        for quiz_id in bank.quizzes:
            if quiz_id not in {*placed_quizzes, *meant} and module.page.whole:
                sources.problems.add(
                    path,
                    bank.line(quiz_id),
                    f"the quiz {quiz_id} is nowhere in the module; "
                    f"place it with :::{{quiz}} {quiz_id}",
                )


def _known(module: Module, kind: str, known: set[str], problems: Problems) -> set[str | None]:
    """Report what is placed and is not there, and give what was probably meant."""
    meant: set[str | None] = set()
    seen: dict[str, int] = {}
    for block in module.placed(kind):
        if block.argument and block.argument not in known:
            meant.add(nearest(block.argument, known))
            problems.add(
                module.path, block.line, f"no {kind} {block.argument}{near(block.argument, known)}"
            )
        if block.argument in seen:
            problems.add(
                module.path,
                block.line,
                f"the {kind} {block.argument} is placed a "
                f"second time (first in line {seen[block.argument]}); keep one",
            )
        seen.setdefault(block.argument, block.line)
    return meant
