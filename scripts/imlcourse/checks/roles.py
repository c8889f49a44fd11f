"""Roles in texts: the unit, term, instrument, module or page that each points to exists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from imlcourse.checks.quotations import check_quotation
from imlcourse.course import Sources
from imlcourse.document import UNIT_IDS
from imlcourse.markdown import Role, parse_page
from imlcourse.problems import Problems, near
from imlcourse.reference import unknown_unit
from imlcourse.words import words


def check_roles(sources: Sources) -> None:
    """Check the roles in all pages.

    Parameters
    ----------
    sources
        What was read.
    """
    for page in sources.every_page:
        for role in page.roles:
            _role(role, page.path, sources)


def _role(role: Role, path: Path, sources: Sources) -> None:
    problems = sources.problems
    known: Iterable[str]
    if role.name in ("para", "quote"):
        if not role.target and role.name == "quote":
            problems.add(
                path, role.line, "a quotation without its unit; write {quote}`the words <8>`"
            )
        elif role.target not in UNIT_IDS:
            problems.add(path, role.line, unknown_unit(role.target))
        elif role.name == "quote":
            check_quotation(sources, role.target, role.text, path, role.line)
        return
    if role.name == "term":
        target, known, kind = term_id(role.target), sources.glossary, "term in book/glossary.yml"
    elif role.name == "instrument":
        target, known = role.target, sources.library.instrument_ids()
        kind = "instrument in book/instruments.yml"
    elif role.name == "module":
        target, known, kind = role.target, sources.modules, "module"
    else:
        target, known, kind = role.target, {*sources.pages, *sources.generated}, "page"
    if target not in known:
        problems.add(path, role.line, f"no {kind} “{target}”{near(target, known)}")


def text_of_data(sources: Sources, path: Path, line: int, text: str) -> None:
    """Check the roles in a text of a data file, and that it holds no directive.

    Parameters
    ----------
    sources
        What was read.
    path, line
        Where it stands.
    text
        The text.
    """
    found = Problems(sources.root)
    page = parse_page(path, text, found)
    for problem in found.sorted():
        sources.problems.add(path, line, problem.what)
    for role in page.roles:
        _role(Role(role.name, role.text, role.target, line), path, sources)


def term_id(words_of_it: str) -> str:
    """Give the id of a glossary term from its words: “De facto protection” is de-facto-protection.

    Parameters
    ----------
    words_of_it
        The term as written, or its id.

    Returns
    -------
    str
        The id.
    """
    return "-".join(words(words_of_it)).replace("'", "")
