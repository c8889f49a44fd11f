"""The edition: what the program must know of the document, read from ``book/document.yml``.

Nothing of one document stands in the code. Its title and date, how many paragraphs and footnotes
each part has, and the words that mark its parts are data.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from pydantic import Field

from imlcourse.languages.spelling import near
from imlcourse.markup.fields import Data, Day, Words, read_data
from imlcourse.markup.problems import Problems

FILE = "document.yml"
"""The file of ``book/`` that describes the document."""


class DocumentPart(Data):
    """A part of the document that numbers its paragraphs and its footnotes from 1.

    Attributes
    ----------
    id
        ``main`` for the part without a prefix; the texts that name its units are called by it.
    prefix
        What stands before the numbers of its units: nothing, or capitals such as ``A``.
    begins
        The line of the plain text at which it begins; nothing for the first part.
    paragraphs, footnotes
        How many there are.
    assessed_by
        How many items at least must rest on each paragraph that a module teaches.
    """

    id: str = Field(pattern=r"^[a-z]+$")
    prefix: str = Field(default="", pattern=r"^[A-Z]*$")
    begins: str = ""
    paragraphs: int = Field(ge=1, le=999)
    footnotes: int = Field(ge=0, le=999)
    assessed_by: int = Field(ge=0)

    def paragraph_id(self, number: int) -> str:
        """Give the id of a paragraph, such as ``8`` or ``A30``."""
        return f"{self.prefix}{number}"

    def footnote_id(self, number: int) -> str:
        """Give the id of a footnote, such as ``fn6`` or ``A-fn2``."""
        return f"{self.prefix}-fn{number}" if self.prefix else f"fn{number}"

    @property
    def paragraph_ids(self) -> list[str]:
        """Ids of its paragraphs, in order."""
        return [self.paragraph_id(number) for number in range(1, self.paragraphs + 1)]

    @property
    def footnote_ids(self) -> list[str]:
        """Ids of its footnotes, in order."""
        return [self.footnote_id(number) for number in range(1, self.footnotes + 1)]


class Edition(Data):
    """The document as data: ``book/document.yml``.

    Attributes
    ----------
    publisher, title, symbol, date
        What it is: whose, its title, its symbol, and its day as ``YYYY-MM-DD``.
    index_name
        What goes into every hash of the index. Another name needs a new index.
    parts
        Its parts, in order.
    substantial_footnotes
        Ids of the footnotes that say something of their own, and so are assessed.
    title_section
        What the index calls the section of a footnote whose mark stands in the title.
    conjunction
        The word that joins the last two places of a list, in the language of the document.
    """

    publisher: Words
    title: Words
    symbol: Words
    date: Day
    index_name: Words
    parts: list[DocumentPart] = Field(min_length=1)
    substantial_footnotes: list[str] = Field(default=[])
    title_section: Words
    conjunction: Words

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of all units, in order; a part's footnotes come after its paragraphs."""
        return tuple(
            unit_id for part in self.parts for unit_id in (*part.paragraph_ids, *part.footnote_ids)
        )

    @cached_property
    def _part_of(self) -> dict[str, DocumentPart]:
        return {
            unit_id: part
            for part in self.parts
            for unit_id in (*part.paragraph_ids, *part.footnote_ids)
        }

    @cached_property
    def footnote_ids(self) -> frozenset[str]:
        """Ids of all units that are footnotes."""
        return frozenset(unit_id for part in self.parts for unit_id in part.footnote_ids)

    def part_of(self, unit_id: str) -> DocumentPart:
        """Give the part in which a unit stands.

        Parameters
        ----------
        unit_id
            One of `unit_ids`.

        Raises
        ------
        KeyError
            If there is no such unit.
        """
        return self._part_of[unit_id]

    def items_wanted(self, unit_id: str) -> int:
        """Say how many items at least must rest on a unit that is taught."""
        if unit_id in self.footnote_ids:
            return 1 if unit_id in self.substantial_footnotes else 0
        return self.part_of(unit_id).assessed_by

    @property
    def ranges(self) -> str:
        """The units in short, such as ``1–24, fn1–fn15, A1–A48, A-fn1–A-fn4``."""
        series = (ids for part in self.parts for ids in (part.paragraph_ids, part.footnote_ids))
        return ", ".join(f"{ids[0]}–{ids[-1]}" if len(ids) > 1 else ids[0] for ids in series if ids)

    def unknown_unit(self, unit_id: str) -> str:
        """Say that a unit does not exist, and which one was probably meant.

        Parameters
        ----------
        unit_id
            What an author wrote; none of `unit_ids`.

        Returns
        -------
        str
            A message that says how to mend it.
        """
        folded = unit_id.strip().replace(" ", "").casefold()
        candidates = {u.casefold(): u for u in self.unit_ids}
        guess = candidates.get(folded) or candidates.get(folded.replace("-", ""))
        hint = f" (did you mean {guess}?)" if guess else near(unit_id, self.unit_ids)
        if re.search(r"\w\s*[,–]|\band\b", unit_id):
            return f"no unit {unit_id}; cite one unit at a time, as in {{para}}`8` and {{para}}`9`"
        return f"no unit {unit_id}{hint}; units are {self.ranges}"


def read_edition(path: Path, problems: Problems) -> Edition | None:
    """Read what the program must know of the document.

    Parameters
    ----------
    path
        ``book/document.yml``.
    problems
        Where problems are reported.

    Returns
    -------
    Edition or None
        ``None`` if it has problems, all reported.
    """
    read = read_data(Edition, path, problems)
    if read is None:
        return None
    edition, file = read
    for at, part in enumerate(edition.parts):
        same = [other.prefix for other in edition.parts[:at]]
        if part.prefix in same:
            problems.add(
                path,
                file.line(("parts", at, "prefix")),
                f"the prefix “{part.prefix}” belongs to a part before it; give each part its own",
            )
        if at and not part.begins:
            problems.add(
                path,
                file.line(("parts", at, "begins")),
                f"where the part {part.id} begins is not said; write the line that opens it",
            )
    for at, unit_id in enumerate(edition.substantial_footnotes):
        if unit_id not in edition.footnote_ids:
            problems.add(
                path,
                file.line(("substantial_footnotes", at)),
                f"no footnote {unit_id}{near(unit_id, edition.footnote_ids)}",
            )
    return edition
