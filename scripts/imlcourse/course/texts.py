"""Texts about the one document: ``book/texts.yml``.

What pages say of this document (how many units it has, whose it is, from when) is no text of the
program, which serves any course: it stands with the course, and is translated with it. The program
names the texts that it needs here, and the check says which are missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from imlcourse.document.edition import Edition
from imlcourse.languages.spelling import near
from imlcourse.markup.fields import Data, Words, read_data
from imlcourse.markup.problems import Problems
from imlcourse.markup.yamlfile import YamlFile

__all__ = ["FILE", "NEEDED", "CourseTexts", "needed_texts", "read_texts"]

FILE = "texts.yml"
"""The file of ``book/`` that holds the texts about the document."""

_PLACE = re.compile(r"\{([a-z_]+)\}")

NEEDED: Mapping[str, tuple[str, ...]] = {
    "book.drawn": (),
    "book.licence": ("licence",),
    "certificate.own": (),
    "block.since": (),
    "guide.lead": (),
    "guide.lead_document": (),
    "guide.annex_section": (),
    "atlas.lead": ("count", "said"),
    "atlas.choose": (),
    "atlas.tags": (),
    "atlas.map.label": ("count",),
    "atlas.map.caption": (),
    "matrix.lead": ("link",),
    "matrix.annex": (),
    "instruments.lead": ("paragraph",),
    "timeline.lead": (),
    "timeline.until": (),
    "since.title": (),
    "since.lead": ("count",),
}
"""The texts that every course has, each with its places for values."""


class TextsFile(Data):
    """``book/texts.yml``."""

    texts: dict[str, Words] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CourseTexts:
    """The texts about the document.

    Attributes
    ----------
    texts
        Text by key; ``{name}`` in a text is a place for a value.
    file
        The file, for its lines.
    """

    texts: dict[str, str]
    file: YamlFile


def needed_texts(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Give the texts that a course needs, with their places for values.

    Parameters
    ----------
    edition
        What is known of the document: each part with a prefix needs names for its units.

    Returns
    -------
    dict
        Places by key.
    """
    needed = dict(NEEDED)
    for part in edition.parts:
        if part.prefix:
            for kind in (part.id, f"{part.id}_footnote"):
                needed[f"cite.{kind}"] = needed[f"unit.{kind}"] = ("number",)
    return needed


def read_texts(path: Path, problems: Problems, edition: Edition) -> CourseTexts | None:
    """Read ``book/texts.yml``, or give ``None`` if it cannot be used (which is reported).

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported: texts that are missing, that nothing asks for, and places for
        values that are not those that the program fills.
    edition
        What is known of the document.
    """
    read = read_data(TextsFile, path, problems)
    if read is None:
        return None
    texts, file = read
    needed = needed_texts(edition)
    meant: set[str] = set()
    for key, text in texts.texts.items():
        line = file.line(("texts", key))
        if key not in needed:
            hint = near(key, needed)
            meant.update(name for name in needed if hint.endswith(f" {name}?)"))
            problems.add(path, line, f"no page shows a text “{key}”{hint}; mend its name")
        elif (there := set(_PLACE.findall(text))) != set(needed[key]):
            given = ", ".join(f"{{{name}}}" for name in sorted(there)) or "none"
            wanted = ", ".join(f"{{{name}}}" for name in sorted(needed[key])) or "none"
            problems.add(path, line, f"“{key}” has the places {given}; write these: {wanted}")
    for key in [key for key in needed if key not in texts.texts and key not in meant]:
        problems.add(path, file.line(("texts",)), f"the text “{key}” is missing; write it")
    return CourseTexts(texts.texts, file)
