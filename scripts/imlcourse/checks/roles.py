"""Roles in texts: the unit, term, instrument, module or page that each points to exists."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from imlcourse.checks.quotations import check_quotation
from imlcourse.course.glossary import term_id
from imlcourse.course.names import Answer
from imlcourse.course.sources import Sources
from imlcourse.markup.marks import unread_marks
from imlcourse.markup.page import parse_page
from imlcourse.markup.problems import Problems
from imlcourse.markup.roles import Role, role_article


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


_MARKED = re.compile(r"[{`<*\[\t]|:::|    ")
"""Without any of these, a text of a data file is words alone."""


def _role(role: Role, path: Path, sources: Sources) -> None:
    problems = sources.problems
    for what in unread_marks(role.text):
        problems.add(path, role.line, what)
    if role.name in ("para", "quote"):
        if not role.target and role.name == "quote":
            problems.add(
                path, role.line, "a quotation without its unit; write {quote}`the words <8>`"
            )
        elif role.target not in sources.edition.unit_ids:
            problems.add(path, role.line, sources.edition.unknown_unit(role.target))
        elif role.name == "quote":
            check_quotation(sources, role.target, role.text, path, role.line)
        return
    if role.name == "article" and role.target:
        check_article(role.target, path, role.line, sources)
        return
    target = term_id(role.target) if role.name == "term" else role.target
    if not target:
        what = f"{{{role.name}}} names nothing; write {{{role.name}}}`name`, in single backticks"
        problems.add(path, role.line, what)
        return
    home = _HOMES.get(role.name, "")
    sources.names.report_missing(
        role.name, target, path, role.line, f"no {role.name}{home} “{target}”"
    )


def check_article(target: str, path: Path, line: int, sources: Sources) -> None:
    """Check that an article is among those of its instrument.

    Parameters
    ----------
    target
        As a role writes it: ``crc 3``.
    path, line
        Where it stands.
    sources
        What was read.
    """
    instrument, article = role_article(target)
    there = sources.names.report_missing(
        "instrument",
        instrument,
        path,
        line,
        f"no instrument in book/instruments.yml “{instrument}”",
    )
    if there is not Answer.YES:
        return
    known = sources.library.instrument_ids.get(instrument)
    listed = ", ".join(one.article for one in known.articles) if known else ""
    if not article:
        sources.problems.add(
            path,
            line,
            f"{{article}} names no article; write one behind the instrument, as in "
            f"{{article}}`{instrument} {known.articles[0].article if known else 1}`",
        )
    else:
        sources.names.report_missing(
            "article",
            f"{instrument} {article}",
            path,
            line,
            f"no article “{article}” of {instrument} in book/instruments.yml, which has {listed}",
            "write it there, with what it says and a reference that shows it",
        )


@lru_cache(maxsize=4096)  # whoever checks a course again and again has most texts as they were
def _read(path: Path, text: str) -> tuple[list[str], tuple[Role, ...]]:
    """Give what is wrong with the marks of a text, and its roles."""
    found = Problems(path.parent)
    page = parse_page(path, text, found)
    return [problem.what for problem in found.sorted()], page.roles


_HOMES = {"term": " in book/glossary.yml", "instrument": " in book/instruments.yml"}
"""Where what a role names is written, if that is one file."""


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
    if not _MARKED.search(text):
        return
    wrong, roles = _read(path, text)
    for what in wrong:
        sources.problems.add(path, line, what)
    for role in roles:
        _role(Role(role.name, role.text, role.target, line), path, sources)
