"""Item banks: the ids in them, each item by itself, and no question asked twice."""

from __future__ import annotations

from imlcourse.course.bank import Bank
from imlcourse.course.known import within
from imlcourse.course.sources import Sources
from imlcourse.items.base import wording
from imlcourse.markup.problems import repeated


def check_banks(sources: Sources) -> None:
    """Check that each bank has its module, and ids of its own that name it.

    Parameters
    ----------
    sources
        What was read.
    """
    owners: dict[str, str] = {}
    for name, bank in sources.banks.items():
        if bank.module != name:
            continue  # one of the two names is wrong, which is reported
        line = bank.file.line(("module",))
        what = f"no module {bank.module}"
        sources.names.report_missing("module", bank.module, bank.file.path, line, what)
        _check_retired(sources, bank)
        for id_ in bank.places:
            if not id_.startswith(f"{bank.module}-"):
                sources.problems.add(
                    bank.file.path,
                    bank.line(id_, ("id",)),
                    f"the id {id_} is not named after its module; begin it with {bank.module}-",
                )
            if owners.setdefault(id_, name) != name:
                sources.problems.add(
                    bank.file.path,
                    bank.line(id_, ("id",)),
                    f"the id {id_} stands in quizzes/{owners[id_]}.yml too; give this one its own",
                )


def _check_retired(sources: Sources, bank: Bank) -> None:
    """Check that no item has an id under which another question was once answered."""
    seen: set[str] = set()
    for number, id_ in enumerate(bank.retired):
        line = bank.file.line(("retired", number))
        if id_ in bank.places:
            sources.problems.add(
                bank.file.path,
                bank.line(id_, ("id",)),
                f"the id {id_} is retired: learners' records hold answers to another question "
                "under it; give this one a new id",
            )
        if not id_.startswith(f"{bank.module}-"):
            sources.problems.add(
                bank.file.path,
                line,
                f"{id_} was no item of {bank.module}; list it in the bank where it stood",
            )
        if id_ in seen:
            sources.problems.add(bank.file.path, line, repeated(id_))
        seen.add(id_)


def check_mentions(sources: Sources) -> None:
    """Check that each section which a text of an item names is there.

    Parameters
    ----------
    sources
        What was read.
    """
    for bank in sources.banks.values():
        for place, section_id in bank.mentions:
            sources.names.report_missing(
                within("section", bank.module),
                section_id,
                bank.file.path,
                bank.file.line(place),
                f"no section “{section_id}” in {bank.module}",
            )


def check_hints(sources: Sources) -> None:
    """Check that each hint can be read: tests show none.

    Parameters
    ----------
    sources
        What was read.
    """
    for bank in sources.banks.values():
        tested = {
            id_ for quiz in bank.quizzes.values() if quiz.mode == "test" for id_ in quiz.item_ids
        }
        for item in bank.items.values():
            if item.hint and item.id in tested:
                sources.problems.add(
                    bank.file.path,
                    bank.line(item.id, ("hint",)),
                    f"{item.id} is asked in a test, and tests show no hints; delete the hint",
                )


def check_same_questions(sources: Sources) -> None:
    """Check that no two items ask the same.

    Parameters
    ----------
    sources
        What was read.
    """
    seen: dict[tuple[str, ...], str] = {}
    for bank in sources.banks.values():
        for item in bank.items.values():
            asked = wording(item.stem)
            if asked in seen:
                sources.problems.add(
                    bank.file.path,
                    bank.line(item.id, ("stem",)),
                    f"{item.id} asks what {seen[asked]} asks, word for word; "
                    "ask something else, or delete it",
                )
            seen.setdefault(asked, item.id)
