"""Roles in texts: the unit, term, instrument, module or page that each points to exists."""

from __future__ import annotations

import re
from pathlib import Path

from imlcourse.checks.quotations import check_quotation
from imlcourse.course.glossary import term_id
from imlcourse.course.sources import Sources
from imlcourse.markup.marks import unread_marks
from imlcourse.markup.page import parse_page
from imlcourse.markup.problems import Problems
from imlcourse.markup.roles import Role


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
    target = term_id(role.target) if role.name == "term" else role.target
    if not target:
        what = f"{{{role.name}}} names nothing; write {{{role.name}}}`name`, in single backticks"
        problems.add(path, role.line, what)
        return
    home = _HOMES.get(role.name, "")
    sources.names.report_missing(
        role.name, target, path, role.line, f"no {role.name}{home} “{target}”"
    )


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
    found = Problems(sources.root)
    page = parse_page(path, text, found)
    for problem in found.sorted():
        sources.problems.add(path, line, problem.what)
    for role in page.roles:
        _role(Role(role.name, role.text, role.target, line), path, sources)
