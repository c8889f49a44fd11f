"""An office's own file: what it has written into the fields of ``book/office.yml``.

The page *Our rules here* saves one, and a build takes one: its words then stand in every page
where a field is shown. It is JSON as the page writes it, or the same as YAML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.course.reference.office import MOST, OfficeField
from imlcourse.languages.spelling import near
from imlcourse.markup.fields import Data
from imlcourse.markup.problems import CourseError, Problems
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import read_yaml

__all__ = ["VERSION", "OfficeWords", "read_office_file"]

VERSION = 1
"""The version of the format that this program writes and reads."""

Plain = Annotated[str, Field()]


class OfficeFile(Data):
    """The file of an office.

    Attributes
    ----------
    version
        The version of the format.
    course
        The id of the course that its fields belong to.
    office
        What the office is called; shown beside what it has written.
    fields
        What it has written, by field. Nothing of a person belongs into it.
    """

    version: Literal[1]
    course: Plain
    office: Plain = ""
    fields: dict[str, Plain] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What an office has written.

    Attributes
    ----------
    office
        What it is called; may be empty.
    fields
        Its words by field.
    """

    office: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def read_office_file(
    root: Path, path: Path, course: str, known: Mapping[str, OfficeField]
) -> OfficeWords:
    """Read and check the file of an office.

    Parameters
    ----------
    root
        The folder of the course; paths are reported relative to it.
    path
        The file.
    course
        The id of the course.
    known
        The fields that the course has.

    Returns
    -------
    OfficeWords
        What the office has written; line breaks become spaces.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        With everything that is wrong in it.
    """
    problems = Problems(root)
    file = read_yaml(path, problems)
    read = validated(OfficeFile, file, problems) if file else None
    if file is None or read is None:
        raise CourseError(problems.sorted())
    if read.course != course:
        problems.add(
            path,
            file.line(("course",)),
            f"this file is for the course “{read.course}”, and this one is {course}; take the "
            "file that was saved from it",
        )
    words: dict[str, str] = {}
    for name, written in read.fields.items():
        line = file.line(("fields", name))
        text = " ".join(written.split())
        if name not in known:
            problems.add(
                path,
                line,
                f"no field “{name}” in book/office.yml{near(name, known)}; delete it here, or "
                "write the field there",
            )
        elif len(text) > MOST[known[name].kind]:
            problems.add(
                path,
                line,
                f"{name} has {len(text)} characters; {MOST[known[name].kind]} are the most, so "
                "that it fits on a printed sheet",
            )
        elif text:
            words[name] = text
    if problems:
        raise CourseError(problems.sorted())
    return OfficeWords(" ".join(read.office.split()), words)
