"""The glossary."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from imlcourse.course.names import Names
from imlcourse.document.edition import Edition
from imlcourse.document.units import UnitId
from imlcourse.document.words import words
from imlcourse.markup.fields import Data, RoleText, Words, read_data
from imlcourse.markup.problems import Problems, repeated


class Term(Data):
    """A term of the glossary.

    Its first use in each module is linked by itself, as `term` or one of `forms`, unless `auto`
    is false: words such as *return* have an everyday sense too, and are linked by hand.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    term: Words
    definition: RoleText
    forms: list[Words] = Field(default=[])
    auto: bool = True
    units: list[UnitId] = Field(default=[])
    see: list[str] = Field(default=[])


class GlossaryFile(Data):
    """``book/glossary.yml``."""

    terms: list[Term] = Field(min_length=1)


def read_glossary(
    path: Path, problems: Problems, edition: Edition
) -> tuple[dict[str, Term], dict[str, int]] | None:
    """Read ``book/glossary.yml`` and check ids, units and cross-references.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.
    edition
        What is known of the document.

    Returns
    -------
    tuple or None
        Terms by id, and the line of each definition; ``None`` if the file cannot be used.
    """
    read = read_data(GlossaryFile, path, problems)
    if read is None:
        return None
    glossary, file = read
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    names = Names(problems)
    names.declare("term", (term.id for term in glossary.terms))
    forms: dict[str, str] = {}
    for number, term in enumerate(glossary.terms):
        place = ("terms", number)
        if term.id in terms:
            ids = [other.id for other in glossary.terms]
            first = file.line(("terms", ids.index(term.id), "id"))
            problems.add(
                path,
                file.line((*place, "id")),
                repeated(f"the id {term.id}", "give this term its own", line=first),
            )
        terms[term.id] = term
        lines[term.id] = file.line((*place, "definition"))
        for at, unit_id in enumerate(term.units):
            if unit_id not in edition.unit_ids:
                problems.add(path, file.line((*place, "units", at)), edition.unknown_unit(unit_id))
        for at, form in enumerate((term.term, *term.forms)):
            written = (*place, "forms", at - 1) if at else (*place, "term")
            owner = forms.setdefault(form.casefold(), term.id)
            if owner != term.id:
                problems.add(
                    path,
                    file.line(written),
                    f"“{form}” stands at the term {owner} already; keep it at one of the two",
                )
        for at, other in enumerate(term.see):
            if other == term.id:
                problems.add(
                    path,
                    file.line((*place, "see", at)),
                    f"the term {other} names itself; name others, or none",
                )
            names.report_missing("term", other, path, file.line((*place, "see", at)))
    return terms, lines


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
