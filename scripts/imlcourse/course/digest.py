"""The digest: what each unit says, in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from imlcourse.course.names import Names
from imlcourse.document.edition import Edition
from imlcourse.markup.fields import Data, RoleText, Words, read_data
from imlcourse.markup.problems import Problems
from imlcourse.markup.yamlfile import YamlFile


class Digest(Data):
    """What a unit says, in our own words, and its topics."""

    digest: RoleText
    topics: list[str] = Field(min_length=1)


class DigestFile(Data):
    """``book/digest.yml``."""

    topics: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], Words]
    units: dict[str, Digest]


def read_digest(
    path: Path, problems: Problems, edition: Edition
) -> tuple[DigestFile, YamlFile] | None:
    """Read ``book/digest.yml`` and check that it has every unit and uses every topic.

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
        The digest and its file; ``None`` if it cannot be used.
    """
    read = read_data(DigestFile, path, problems, links=("digest",))
    if read is None:
        return None
    digest, file = read
    for unit_id in edition.unit_ids:
        if unit_id not in digest.units:
            problems.add(path, file.line(("units",)), f"unit {unit_id} has no digest; write one")
    names = Names(problems)
    names.declare("topic", digest.topics)
    for unit_id, entry in digest.units.items():
        line = file.line(("units", unit_id))
        if unit_id not in edition.unit_ids:
            problems.add(path, line, edition.unknown_unit(unit_id))
        for number, topic in enumerate(entry.topics):
            line = file.line(("units", unit_id, "topics", number))
            remedy = "use one of `topics`, or add it there"
            names.report_missing("topic", topic, path, line, remedy=remedy)
    used = (topic for entry in digest.units.values() for topic in entry.topics)
    for topic in names.unused("topic", used):
        problems.add(
            path,
            file.line(("topics", topic)),
            f"no unit has the topic “{topic}”; give it to one, or delete it",
        )
    return digest, file
