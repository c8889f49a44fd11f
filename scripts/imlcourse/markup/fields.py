"""Kinds of values that data files hold, and the base of the models that read them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from imlcourse.markup.explain import Form
from imlcourse.markup.inline import one_line
from imlcourse.markup.marks import check_texts
from imlcourse.markup.myst import parse, roles_in
from imlcourse.markup.problems import Problems
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import YamlFile, read_yaml


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


def not_blank(text: str) -> str:
    """Give a text back, on one line, if it has words.

    A blank line would end the HTML that it is put into, where a page is written as Markdown.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same, on one line.

    Raises
    ------
    ValueError
        If there is nothing in it but space.
    """
    if not text.strip():
        raise PydanticCustomError("blank", "holds nothing")
    return one_line(text)


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
    if "`" in text and any(roles_in(text, parse(text)[0])):
        raise PydanticCustomError("role", "holds a role")
    return text


RoleText = Annotated[str, AfterValidator(not_blank)]
"""A text in which roles work."""


Words = Annotated[str, AfterValidator(not_blank), AfterValidator(without_roles)]
"""A text in which only emphasis works."""


Note = Annotated[str, AfterValidator(one_line), AfterValidator(without_roles)]
"""The same, or nothing."""


class Data(BaseModel):
    """A value of a data file: nothing but what the model names, and never changed."""

    # What reads a file is made ready when one is read: few are, once a course was built.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Day = Annotated[
    str, Field(pattern=DAY), AfterValidator(real_day), Form("write the day as in 2026-11-23")
]
"""A day: ``2016-09-19``."""


Read = TypeVar("Read", bound=BaseModel)


def read_data(
    model: type[Read], path: Path, problems: Problems, links: Collection[str] = ()
) -> tuple[Read, YamlFile] | None:
    """Read a data file.

    Parameters
    ----------
    model
        What it holds.
    path
        The file.
    problems
        Where every problem is reported.
    links
        Names of values in which links to addresses of the web work.

    Returns
    -------
    tuple or None
        What it holds, and the file with the line of each value; ``None`` if it has problems.
    """
    if not path.exists():
        problems.add(path, 0, "this file is missing; restore it from the project's history")
        return None
    file = read_yaml(path, problems)
    if file is None:
        return None
    check_texts(file, problems, links)
    read = validated(model, file, problems)
    return (read, file) if read else None
