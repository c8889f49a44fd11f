"""The reference parts that stand in data files: the course's own data, the digest, the glossary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.languages.locales import TAG
from imlcourse.languages.spelling import near
from imlcourse.languages.strings import has_texts, languages
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Day, Words, read_data
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.yamlfile import YamlFile

MODULE_ID = r"^(m[0-9]{2,4}|capstone)$"


PartNumber = Annotated[str, Field(pattern=r"^[0-9]+$"), Form("number the parts: 1, 2, 3")]
"""The number of a part of the course."""


RoleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
"""The id of a role."""


ModuleName = Annotated[str, Field(pattern=MODULE_ID), Form("write ids of modules, as in m06")]
"""The id of a module, where a list names it."""


class RolePath(Data):
    """A role of learners, and the order in which it meets the modules."""

    name: Words
    modules: list[ModuleName] = Field(min_length=1)


class About(Data):
    """What the course is: ``book/course.yml``."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: Words
    subtitle: Words
    version: Annotated[str, Form("write three numbers, as in 0.1.0")] = Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$"
    )
    date: Day
    language: Annotated[str, Form("write a language tag, as in en or es-419")] = Field(pattern=TAG)
    licence: Words
    parts: dict[PartNumber, Words] = Field(min_length=1)
    coverage: Literal["modules", "whole"]
    modules_planned: int = Field(ge=1)
    iri: Annotated[
        str,
        Form("write an address of the web that ends with /, as in https://www.example.org/course/"),
    ] = Field(pattern=r"^https?://[^\s?#]+/$")
    roles: dict[RoleId, RolePath] = Field(default={})
    tracks: dict[RoleId, list[ModuleName]] = Field(default={})


class RoleName(Data):
    """What a role is called in a translation."""

    name: Words


class AboutWords(Data):
    """What a translation says of the course: ``book/course.fr.yml``, the words alone."""

    title: Words
    subtitle: Words
    licence: Words | None = None
    parts: dict[PartNumber, Words] = Field(min_length=1)
    roles: dict[RoleId, RoleName] = Field(default={})


def read_about_words(path: Path, problems: Problems) -> tuple[AboutWords, YamlFile] | None:
    """Read ``book/course.<language>.yml``, or give ``None`` if it has problems (all reported)."""
    return read_data(AboutWords, path, problems)


def in_other_words(about: About, language: str, words: AboutWords | None) -> About:
    """Give what the course is in another language.

    Parameters
    ----------
    about
        What it is in its own.
    language
        The other language.
    words
        Its words; ``None`` where they are not translated.

    Returns
    -------
    About
        The same course: id, version and ways of the roles stay.
    """
    if words is None:
        return about.model_copy(update={"language": language})
    roles = {
        role: way.model_copy(update={"name": words.roles[role].name})
        if role in words.roles
        else way
        for role, way in about.roles.items()
    }
    return about.model_copy(
        update={
            "language": language,
            "title": words.title,
            "subtitle": words.subtitle,
            "licence": words.licence or about.licence,
            "parts": {**about.parts, **words.parts},
            "roles": roles,
        }
    )


def read_about(path: Path, problems: Problems) -> tuple[About, YamlFile] | None:
    """Read ``book/course.yml``, or give ``None`` if it has problems (all reported)."""
    read = read_data(About, path, problems)
    if read is None:
        return None
    about, file = read
    if not has_texts(about.language):
        known = languages()
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
                problems.add(path, file.line((*place, number)), repeated(module))
        if len(set(way.modules)) != about.modules_planned and not agree:
            problems.add(
                path,
                file.line(place),
                f"the way of “{role}” has {len(set(way.modules))} modules, and "
                f"{about.modules_planned} are planned; name each once",
            )
    return about, file
