"""Module quizzes and the tests of the course: they can be drawn, from items of their own."""

from __future__ import annotations

from imlcourse.course.bank import CourseTests, StartCheck
from imlcourse.course.known import within
from imlcourse.course.names import Answer
from imlcourse.course.sources import Sources
from imlcourse.items import Item
from imlcourse.items.blueprint import Cell, served
from imlcourse.items.shared import module_of
from imlcourse.languages.spelling import near
from imlcourse.markup.problems import repeated
from imlcourse.markup.yamlfile import Place, YamlFile


def check_tests(sources: Sources) -> None:
    """Check that tests can be drawn, from items that are asked nowhere else.

    Parameters
    ----------
    sources
        What was read.
    """
    report = sources.problems.add
    practised: dict[str, str] = {}
    items = {item.id: item for item in sources.items}
    for bank in sources.banks.values():
        for quiz in bank.quizzes.values():
            if quiz.mode == "practice":
                practised.update(dict.fromkeys(quiz.item_ids, quiz.id))
        module = sources.modules.get(bank.module)
        for block in module.page.of_kind("item") if module else ():
            practised.setdefault(block.argument, f"{bank.module} by itself")
    for bank in sources.banks.values():
        tests = [quiz for quiz in bank.quizzes.values() if quiz.mode == "test"]
        counted = sources.names.complete(within("quiz", bank.module))
        for quiz in bank.quizzes.values():
            line = bank.line(quiz.id)
            if quiz.mode == "practice" and quiz.blueprint:
                report(
                    bank.file.path,
                    bank.line(quiz.id, ("blueprint",)),
                    f"{quiz.id} has a blueprint and is for practice; write `mode: test`, or "
                    "delete the blueprint",
                )
            if quiz.mode == "test":
                place = bank.places[quiz.id]
                if not quiz.blueprint:
                    report(bank.file.path, line, f"{quiz.id} has no `blueprint`; write one")
                pool = [bank.items[i] for i in quiz.item_ids if i in bank.items]
                if sources.names.complete(within("item", bank.module)):
                    _drawable(sources, bank.file, place, pool, quiz.blueprint, 1)
                _only_asked_in_tests(
                    sources, bank.file, (*place, "items"), quiz.item_ids, practised, items
                )
        if bank.module in sources.modules and len(tests) != 1 and counted:
            report(
                bank.file.path,
                bank.file.line(("quizzes",)),
                f"{len(tests)} quizzes have `mode: test`; write one, the module quiz",
            )
    if sources.tests and sources.tests_file:
        _course_tests(sources, sources.tests, sources.tests_file, practised, items)
    if sources.start and sources.start_file:
        _start_check(sources, sources.start, sources.start_file, practised, items)


def _quizzed(sources: Sources) -> dict[str, str]:
    """Give the items of the module quizzes, each with its quiz."""
    return {
        item_id: quiz.id
        for bank in sources.banks.values()
        for quiz in bank.quizzes.values()
        if quiz.mode == "test"
        for item_id in quiz.item_ids
    }


def _course_tests(
    sources: Sources,
    tests: CourseTests,
    file: YamlFile,
    practised: dict[str, str],
    by_id: dict[str, Item],
) -> None:
    quizzed = _quizzed(sources)
    for name, draw, rounds in (("before_after", tests.before_after, 2), ("final", tests.final, 1)):
        ids = draw.items if isinstance(draw.items, list) else list(quizzed)
        if isinstance(draw.items, list):
            first = {item_id: n for n, item_id in reversed([*enumerate(draw.items)])}
            for number, item_id in enumerate(draw.items):
                line = file.line((name, "items", number))
                what = f"no item {item_id}"
                there = sources.names.report_missing("item", item_id, file.path, line, what)
                if there is not Answer.YES:
                    continue
                if first[item_id] != number:
                    sources.problems.add(file.path, line, repeated(item_id))
                elif name == "before_after" and item_id in quizzed:
                    sources.problems.add(
                        file.path,
                        line,
                        f"{item_id} is drawn in {quizzed[item_id]} too; keep it for one of them",
                    )
            _only_asked_in_tests(sources, file, (name, "items"), draw.items, practised, by_id)
        elif name == "before_after":
            sources.problems.add(
                file.path,
                file.line((name, "items")),
                "the pre-test and the post-test need items of their own; write a list of ids",
            )
        pool = [by_id[i] for i in ids if i in by_id]
        if not (sources.names.complete("item") and sources.names.complete("quiz")):
            continue
        _drawable(sources, file, (name,), pool, draw.blueprint, rounds)


def _start_check(
    sources: Sources,
    start: StartCheck,
    file: YamlFile,
    practised: dict[str, str],
    items: dict[str, Item],
) -> None:
    """Check that the start check asks one item of a module, which no other test asks."""
    elsewhere = _quizzed(sources)
    for item_id in sources.tests.reserved_ids if sources.tests else ():
        elsewhere.setdefault(item_id, "the pre-test and the post-test")
    first: dict[str, str] = {}
    for number, item_id in enumerate(start.items):
        line = file.line(("items", number))
        there = sources.names.report_missing("item", item_id, file.path, line, f"no item {item_id}")
        if there is not Answer.YES:
            continue
        module = module_of(item_id)
        if module in first:
            sources.problems.add(
                file.path,
                line,
                f"the start check asks {first[module]} of {module} already; keep one of them",
            )
        elif item_id in elsewhere:
            sources.problems.add(
                file.path,
                line,
                f"{item_id} is drawn in {elsewhere[item_id]} too; keep it for one of them",
            )
        first.setdefault(module, item_id)
    _only_asked_in_tests(sources, file, ("items",), start.items, practised, items)


def _only_asked_in_tests(
    sources: Sources,
    file: YamlFile,
    place: Place,
    ids: list[str],
    practised: dict[str, str],
    items: dict[str, Item],
) -> None:
    for number, item_id in enumerate(ids):
        line = file.line((*place, number))
        if item_id in practised:
            sources.problems.add(
                file.path,
                line,
                f"{item_id} is asked for practice in {practised[item_id]}, where its answer is "
                "told; take it out of one of the two",
            )
        if item_id in items and not items[item_id].testable:
            sources.problems.add(
                file.path,
                line,
                f"{item_id} is a {items[item_id].type}, which tells what is right as it goes; "
                "ask it for practice",
            )


def _drawable(
    sources: Sources,
    file: YamlFile,
    place: Place,
    pool: list[Item],
    blueprint: list[Cell],
    rounds: int,
) -> None:
    """Report each line of a blueprint that the player could not draw in full."""
    pool = list({item.id: item for item in pool}.values())
    known = {item.objective for item in pool} | {module_of(item.objective) for item in pool}
    for index, count in enumerate(served(pool, blueprint, rounds)):
        cell = blueprint[index]
        wanted = cell.items * rounds
        name = cell.objective or cell.module or ""
        if count == wanted or sources.names.has("item", name) is Answer.UNKNOWN:
            continue
        hint = near(name, known) if name else ""
        both = " for both tests" if rounds > 1 else ""
        sources.problems.add(
            file.path,
            file.line((*place, "blueprint", index)),
            f"the blueprint asks for {wanted} items of {cell}{both}, and {count} are "
            f"left to draw from{hint}; write more of them, or ask for fewer",
        )
