"""The reference parts that stand in data files: the course's own data, the digest, the glossary."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from imlcourse.document import UNIT_IDS
from imlcourse.inline import ROLE
from imlcourse.items.base import UnitId
from imlcourse.problems import Problems, near, nearest
from imlcourse.strings import languages
from imlcourse.validation import validated
from imlcourse.yamlfile import YamlFile, read_yaml


def real_day(when: str) -> str:
    """Give a day, a month or a year back if there is such a one.

    Parameters
    ----------
    when
        As in ``2016-09-19``, ``2016-09`` or ``2016``.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        If the calendar does not have it.
    """
    try:
        date.fromisoformat(f"{when}-01-01"[:10])
    except ValueError:
        raise PydanticCustomError("no_such_day", "is a day that the calendar lacks") from None
    return when


def told(text: str) -> str:
    """Give a text back if it has words.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        If there is nothing in it but space.
    """
    if not text.strip():
        raise PydanticCustomError("blank", "holds nothing")
    return text


def without_roles(text: str) -> str:
    """Give a text back if no role stands in it, for places where roles are not read.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        If a role stands in it.
    """
    if ROLE.search(text):
        raise PydanticCustomError("role", "holds a role")
    return text


Told = Annotated[str, AfterValidator(told)]
"""A text in which roles work."""
Words = Annotated[str, AfterValidator(told), AfterValidator(without_roles)]
"""A text in which only emphasis works."""
Note = Annotated[str, AfterValidator(without_roles)]
"""The same, or nothing."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MODULE_ID = r"^(m[0-9]{2}|capstone)$"


class RolePath(_Data):
    """A role of learners, and the order in which it meets the modules."""

    name: Words
    modules: list[Annotated[str, Field(pattern=MODULE_ID)]] = Field(min_length=1)


class About(_Data):
    """What the course is: ``book/course.yml``."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Words
    subtitle: Words
    version: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    date: Annotated[str, Field(pattern=DAY), AfterValidator(real_day)]
    language: str = Field(pattern=r"^[a-z]{2}$")
    licence: Words
    parts: dict[Annotated[str, Field(pattern=r"^[0-9]+$")], Words] = Field(min_length=1)
    coverage: Literal["modules", "whole"]
    modules_planned: int = Field(ge=1)
    iri: str = Field(pattern=r"^https?://[^\s?#]+/$")
    roles: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], RolePath] = {}


class Chapter(_Data):
    """A page of the contents, and pages under it."""

    file: Words
    title: Words | None = None
    sections: list[Chapter] = []


class BookPart(_Data):
    """A part of the contents."""

    caption: Words
    chapters: list[Chapter] = Field(min_length=1)


class Contents(_Data):
    """``book/_toc.yml``: what of sphinx-external-toc the book needs."""

    format: Literal["jb-book"]
    root: Literal["index"]
    parts: list[BookPart] = Field(min_length=1)


class Digest(_Data):
    """What a unit says, in our own words, and its topics."""

    digest: Told
    topics: list[str] = Field(min_length=1)


class DigestFile(_Data):
    """``book/digest.yml``."""

    topics: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], Words]
    units: dict[str, Digest]


class Term(_Data):
    """A term of the glossary.

    Its first use in each module is linked by itself, as `term` or one of `forms`, unless `auto`
    is false: words such as *return* have an everyday sense too, and are linked by hand.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    term: Words
    definition: Told
    forms: list[Words] = []
    auto: bool = True
    units: list[UnitId] = []
    see: list[str] = []


class GlossaryFile(_Data):
    """``book/glossary.yml``."""

    terms: list[Term] = Field(min_length=1)


_Read = TypeVar("_Read", bound=BaseModel)


def _read(model: type[_Read], path: Path, problems: Problems) -> tuple[_Read, YamlFile] | None:
    if not path.exists():
        problems.add(path, 0, "this file is missing; restore it from the project's history")
        return None
    file = read_yaml(path, problems)
    if file is None:
        return None
    read = validated(model, file, problems)
    return (read, file) if read else None


def read_about(path: Path, problems: Problems) -> tuple[About, YamlFile] | None:
    """Read ``book/course.yml``, or give ``None`` if it has problems (all reported)."""
    read = _read(About, path, problems)
    if read is None:
        return None
    about, file = read
    if about.language not in (known := languages()):
        problems.add(
            path,
            file.line(("language",)),
            f"no texts in the language “{about.language}”{near(about.language, known)}; there are "
            f"{', '.join(known)} (CONTRIBUTING.md, “Add a language”)",
        )
    # Where every way has the same number of modules, it is the plan that is behind.
    numbers = {len(set(way.modules)) for way in about.roles.values()}
    agree = len(numbers) == 1 < len(about.roles)
    if agree and numbers != {about.modules_planned}:
        problems.add(
            path,
            file.line(("modules_planned",)),
            f"{about.modules_planned} modules are planned, and the way of every role has "
            f"{numbers.pop()}; mend the number, or the ways",
        )
    for role, way in about.roles.items():
        place = ("roles", role, "modules")
        for number, module in enumerate(way.modules):
            if way.modules.index(module) != number:
                problems.add(
                    path, file.line((*place, number)), f"{module} stands here twice; keep one"
                )
        if len(set(way.modules)) != about.modules_planned and not agree:
            problems.add(
                path,
                file.line(place),
                f"the way of “{role}” has {len(set(way.modules))} modules, and "
                f"{about.modules_planned} are planned; name each once",
            )
    return about, file


def read_digest(path: Path, problems: Problems) -> tuple[DigestFile, YamlFile] | None:
    """Read ``book/digest.yml`` and check that it has every unit and uses every topic.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.

    Returns
    -------
    tuple or None
        The digest and its file; ``None`` if it cannot be used.
    """
    read = _read(DigestFile, path, problems)
    if read is None:
        return None
    digest, file = read
    for unit_id in UNIT_IDS:
        if unit_id not in digest.units:
            problems.add(path, file.line(("units",)), f"unit {unit_id} has no digest; write one")
    used: set[str | None] = set()
    for unit_id, entry in digest.units.items():
        line = file.line(("units", unit_id))
        if unit_id not in UNIT_IDS:
            problems.add(path, line, unknown_unit(unit_id))
        for number, topic in enumerate(entry.topics):
            if topic not in digest.topics:
                used.add(nearest(topic, digest.topics))
                problems.add(
                    path,
                    file.line(("units", unit_id, "topics", number)),
                    f"no topic “{topic}”{near(topic, digest.topics)}; "
                    "use one of `topics`, or add it there",
                )
    used.update(topic for entry in digest.units.values() for topic in entry.topics)
    for topic in digest.topics:
        if topic not in used:
            problems.add(
                path,
                file.line(("topics", topic)),
                f"no unit has the topic “{topic}”; give it to one, or delete it",
            )
    return digest, file


def read_glossary(path: Path, problems: Problems) -> tuple[dict[str, Term], dict[str, int]] | None:
    """Read ``book/glossary.yml`` and check ids, units and cross-references.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.

    Returns
    -------
    tuple or None
        Terms by id, and the line of each definition; ``None`` if the file cannot be used.
    """
    read = _read(GlossaryFile, path, problems)
    if read is None:
        return None
    glossary, file = read
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    ids = {term.id for term in glossary.terms}
    forms: dict[str, str] = {}
    for number, term in enumerate(glossary.terms):
        place = ("terms", number)
        if term.id in terms:
            problems.add(
                path,
                file.line((*place, "id")),
                f"the id {term.id} stands here a second time; give this term its own",
            )
        terms[term.id] = term
        lines[term.id] = file.line((*place, "definition"))
        for at, unit_id in enumerate(term.units):
            if unit_id not in UNIT_IDS:
                problems.add(path, file.line((*place, "units", at)), unknown_unit(unit_id))
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
            if other not in ids:
                problems.add(
                    path, file.line((*place, "see", at)), f"no term “{other}”{near(other, ids)}"
                )
    return terms, lines


def unknown_unit(unit_id: str) -> str:
    """Say that a unit does not exist, and which one was probably meant."""
    folded = unit_id.strip().replace(" ", "")
    candidates = {u.casefold(): u for u in UNIT_IDS}
    guess = candidates.get(folded.casefold()) or candidates.get(folded.casefold().replace("-", ""))
    hint = f" (did you mean {guess}?)" if guess else near(unit_id, UNIT_IDS)
    if re.search(r"\w\s*[,–]|\band\b", unit_id):
        return f"no unit {unit_id}; cite one unit at a time, as in {{para}}`8` and {{para}}`9`"
    return f"no unit {unit_id}{hint}; units are 1–24, fn1–fn15, A1–A48, A-fn1–A-fn4"
