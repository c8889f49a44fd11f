"""Which quiz or test goes on paper, and what it asks: drawn by the routine of the player."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from imlcourse.course.bank import Draw, StartCheck
from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.items.blueprint import Cell, Use, draw
from imlcourse.items.shared import module_of
from imlcourse.languages.spelling import near
from imlcourse.markup.inline import inline_text

__all__ = ["ITEMS", "AskedTest", "UnknownTestError", "asked_items", "asked_test"]

PRE, POST, FINAL, START = "pre-test", "post-test", "final-test", "start-check"
ITEMS = "items"
"""What single items are called together."""
MOST_ITEMS = 100
"""More questions than this are no sheet that people fill in."""


class UnknownTestError(Exception):
    """Nothing can be put on paper under this name; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class AskedTest:
    """A quiz or a test, drawn.

    Attributes
    ----------
    name
        What it is called on the command line, in file names and in codes.
    title
        What people call it.
    module
        The module that it is of; empty for one of the whole course.
    items
        What it asks, in order.
    left_out
        Ids of cases that it would ask on a screen: they branch, which paper cannot.
    pass_mark
        The share of points that passes, in per cent, where there is one.
    seed
        What it was drawn by.
    """

    name: str
    title: str
    module: str
    items: tuple[Item, ...]
    left_out: tuple[str, ...]
    pass_mark: int | None
    seed: int


def asked_test(
    course: Course, name: str, seed: int, modules: Collection[str] | None = None
) -> AskedTest:
    """Draw a quiz or a test of the course.

    Parameters
    ----------
    course
        The course.
    name
        ``pre-test``, ``post-test``, ``final-test``, ``start-check``, the id of a quiz, or that of
        a module for its module quiz.
    seed
        The same seed draws the same items. A post-test never asks what the pre-test of the same
        seed asks.
    modules
        Ids of the modules that are held. Of a test of the whole course, only what belongs to them
        is asked; everything, if none are given.

    Raises
    ------
    UnknownTestError
        If there is nothing of this name, or nothing of it can be answered on paper.
    """
    by_id = {item.id: item for item in course.items}
    if name in course.module_quizzes:
        name = course.module_quizzes[name].id
    if name in course.quizzes:
        bank, quiz = course.quizzes[name]
        ids = list(quiz.item_ids)
        if quiz.mode == "test":
            ids = draw([by_id[id_] for id_ in ids], quiz.blueprint, seed, {})
        module = course.modules[bank.module]
        title = f"{inline_text(module.title)}: {inline_text(quiz.title)}"
        mark = bank.pass_mark if quiz.mode == "test" else None
        return _on_paper(name, title, bank.module, [by_id[id_] for id_ in ids], mark, seed)
    draws = _course_draws(course)
    if name not in draws:
        msg = f"no quiz or test “{name}”{near(name, [*draws, *course.quizzes])}; " + _what_there_is(
            draws
        )
        raise UnknownTestError(msg)
    kind, of = draws[name]
    pool, blueprint = course.drawn_from(of), list(of.blueprint)
    if modules is not None:
        pool = [item for item in pool if module_of(item.objective) in modules]
        blueprint = [cell for cell in blueprint if _held(cell, modules)]
    # As the player does: what the one test takes leaves enough for the other.
    rounds = 2 if name in (PRE, POST) else 1
    drawn = draw(pool, blueprint, seed, {}, rounds)
    if name == POST:
        drawn = draw(pool, blueprint, seed, {id_: Use(1) for id_ in drawn}, rounds)
    title = course.strings.text(f"test.{kind}.title")
    mark = course.tests.final.pass_mark if name == FINAL and course.tests else None
    return _on_paper(name, title, "", [by_id[id_] for id_ in drawn], mark, seed)


def _held(cell: Cell, modules: Collection[str]) -> bool:
    """Say whether a line of a blueprint asks for something that belongs to some modules."""
    of = module_of(cell.objective) if cell.objective else cell.module
    return of is None or of in modules


def asked_items(course: Course, ids: Sequence[str], seed: int) -> AskedTest:
    """Ask single items, in the order in which they are named.

    Raises
    ------
    UnknownTestError
        For ids that no item has, that come twice, or that name a case; all of them are told.
    """
    by_id = {item.id: item for item in course.items}
    wrong = []
    for place, id_ in enumerate(ids):
        if id_ not in by_id:
            wrong.append(f"no item “{id_}”{near(id_, by_id)}")
        elif id_ in ids[:place]:
            wrong.append(f"{id_} is named twice; name it once")
        elif not by_id[id_].testable:
            wrong.append(f"{id_} is a case that branches, which paper cannot; leave it out")
    unknown = any(id_ not in by_id for id_ in ids)
    if wrong:
        where = "; ids stand at the questions in quizzes/, as in m06-i27" if unknown else ""
        raise UnknownTestError("; ".join(wrong) + where)
    title = course.strings.text("paper.items.title")
    modules = {module_of(by_id[id_].objective) for id_ in ids}
    module = modules.pop() if len(modules) == 1 else ""
    return _on_paper(ITEMS, title, module, [by_id[id_] for id_ in ids], None, seed)


def _course_draws(course: Course) -> dict[str, tuple[str, Draw | StartCheck]]:
    found: dict[str, tuple[str, Draw | StartCheck]] = {}
    if course.tests:
        found[PRE] = "pre", course.tests.before_after
        found[POST] = "post", course.tests.before_after
        found[FINAL] = "final", course.tests.final
    if course.start:
        found[START] = "start", course.start
    return found


def _what_there_is(draws: Iterable[str]) -> str:
    named = ", ".join(draws)
    tests = f"{named}, " if named else ""
    return f"there are {tests}a module such as m06 for its module quiz, and a quiz such as m06-s1"


def _on_paper(
    name: str, title: str, module: str, items: Iterable[Item], pass_mark: int | None, seed: int
) -> AskedTest:
    items = list(items)
    kept = tuple(item for item in items if item.testable)
    out = tuple(item.id for item in items if not item.testable)
    if not kept:
        msg = f"{name} holds cases that branch, which paper cannot; choose another quiz"
        raise UnknownTestError(msg)
    if len(kept) > MOST_ITEMS:
        msg = f"{len(kept)} questions; {MOST_ITEMS} are the most that a sheet has"
        raise UnknownTestError(msg)
    return AskedTest(name, title, module, kept, out, pass_mark, seed)
