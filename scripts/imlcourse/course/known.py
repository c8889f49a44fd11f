"""What of the course is there, what is not, and what cannot be known, since it could not be read.

The cause of what could not be read is reported where it stands. That others look for it in vain is
no second problem, and a near match for its name would lead an author astray.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from imlcourse.course.bank import Bank
from imlcourse.course.names import Names
from imlcourse.course.translation import originals
from imlcourse.items.shared import module_of
from imlcourse.markup.yamlfile import YamlFile

if TYPE_CHECKING:
    from imlcourse.course.sources import Sources

__all__ = ["names_of", "within"]

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_IN_BANKS: dict[str, Literal["items", "quizzes", "worksheets"]] = {
    "item": "items",
    "quiz": "quizzes",
    "worksheet": "worksheets",
}
"""What a bank holds, and the list of its file in which that stands."""


def within(kind: str, module_id: str) -> str:
    """Name the kind of what belongs to one module, such as its items or its objectives."""
    return f"{kind} of {module_id}"


def names_of(sources: Sources) -> Names:
    """Gather the names of everything that files of the course refer to.

    Parameters
    ----------
    sources
        What was read.

    Returns
    -------
    Names
        Of the kinds ``module``, ``page`` (of the book, without modules), ``listed`` (what the
        contents may list), ``written page``, ``term``, ``instrument``, ``article``,
        ``office field``, ``fact``, ``role``, ``course tests``; `within` each module, ``objective``
        and ``section``; and, of the whole course and `within` each module, ``item``, ``quiz`` and
        ``worksheet``.
    """
    names = Names(sources.problems)
    unread_modules, unread_banks = _unread_modules(sources), _unread_banks(sources)

    def bank_read(name: str) -> bool:
        return module_of(name) not in unread_banks

    def module_read(name: str) -> bool:
        return name not in unread_modules

    pages = sources.page_names
    names.declare("module", sources.modules, sure=module_read, complete=_modules_complete(sources))
    names.declare("page", sorted(pages), sure=bank_read)
    names.declare("written page", sorted(pages - set(sources.generated)))
    names.declare(
        "listed",
        sorted(
            {*pages, *(f"modules/{name}" for name in sources.modules)} - set(sources.plan_pages)
        ),
        sure=lambda name: module_read(name.removeprefix("modules/")) and bank_read(name),
    )
    names.declare("term", sources.glossary, sure=bool(sources.glossary))
    names.declare(
        "instrument", sources.library.instrument_ids, sure=_part_sure(sources, "instruments")
    )
    names.declare("article", sources.library.articles, sure=_part_sure(sources, "instruments"))
    names.declare("office field", sources.library.office_fields, sure=_part_sure(sources, "office"))
    facts, facts_sure = _facts(sources)
    names.declare("fact", facts, sure=facts_sure)
    for module in sources.modules.values():
        objectives = (objective.id for objective in module.front.objectives)
        names.declare(within("objective", module.id), objectives)
        sections = (section.id for section in module.sections)
        names.declare(within("section", module.id), sections, sure=module.page.whole)
    names.declare(
        "section",
        [section.id for module in sources.modules.values() for section in module.sections],
        sure=lambda name: module_read(module_of(name)),
        complete=_modules_complete(sources),
    )
    about = sources.about
    names.declare("role", about.roles if about else (), sure=about is not None)
    tests = ["tests"] if sources.tests else []
    unread = {"tests", "start-check"} & set(unread_banks)
    names.declare("course tests", tests, complete=not unread)
    for kind, listed in _IN_BANKS.items():
        banks = sources.banks.values()
        names.declare(
            kind,
            [name for bank in banks for name in sorted(bank.written(listed))],
            sure=bank_read,
            complete=not unread_banks and all(_complete(bank, listed) for bank in banks),
        )
        for bank in banks:
            names.declare(
                within(kind, bank.module),
                sorted(bank.written(listed)),
                sure=_all_have_ids(bank, listed),
                complete=_complete(bank, listed),
            )
    return names


def _unread_modules(sources: Sources) -> set[str]:
    folders = (module_of(path.name) for path in (sources.root / "modules").glob("*/"))
    return {name for name in folders if name not in sources.modules}


def _unread_banks(sources: Sources) -> set[str]:
    files = {path.stem for path in originals(sources.root / "quizzes", "*.yml")}
    read = {
        *sources.banks,
        *(["tests"] if sources.tests else []),
        *(["start-check"] if sources.start else []),
    }
    # A bank that is missing is reported once too.
    return {*files, *sources.modules} - read


def _modules_complete(sources: Sources) -> bool:
    folders = [path for path in (sources.root / "modules").glob("*/") if path.name[0] not in "._"]
    pages = [module.page for module in sources.modules.values()]
    return len(pages) == len(folders) and all(page.whole for page in pages)


def _part_sure(sources: Sources, name: str) -> bool:
    return name not in sources.library.files or sources.library.has(name)


def _facts(sources: Sources) -> tuple[list[str], bool]:
    """Give the ids of facts, and whether there are no others: one with a mistake in it is there."""
    facts = list(sources.library.facts)
    file: YamlFile | None = sources.library.files.get("since")
    if file is None:
        return facts, True
    entries = file.value.get("facts") if isinstance(file.value, dict) else None
    written = entries if isinstance(entries, list) else []
    ids = [str(entry.get("id")) for entry in written if isinstance(entry, dict)]
    return [*facts, *ids], bool(ids or facts)


def _entries(bank: Bank, listed: str) -> list[Any]:
    entries: list[Any] = bank.file.value.get(listed, [])
    return entries


def _complete(bank: Bank, listed: Literal["items", "quizzes", "worksheets"]) -> bool:
    """Say whether all items of a bank could be read, or all quizzes, or all worksheets."""
    return len(getattr(bank, listed)) == len(_entries(bank, listed))


def _all_have_ids(bank: Bank, listed: str) -> bool:
    """Say whether every entry has an id of its own that others can name it by."""
    entries = _entries(bank, listed)
    ids = {str(entry.get("id")) for entry in entries if isinstance(entry, dict)}
    return len({id_ for id_ in ids if _ID.fullmatch(id_)}) == len(entries)
