"""What the reference parts have in common: their base, and kinds of values in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from imlcourse.course.names import Names
from imlcourse.document.units import UnitId
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Day, Note, Words, real_day
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.yamlfile import Place, YamlFile

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
"""A name in small letters, digits and single hyphens."""
When = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(real_day),
    Form("write a date as in 2016, 2016-09 or 2016-09-19"),
]
"""A day, a month or a year, as far as it is known."""
Address = Annotated[
    str,
    Field(pattern=r"^https?://[^\s/]+\.[^\s/]+\S*$"),
    Form("write a whole address of the web, as in https://www.example.org/page"),
]
"""A public address on the web."""


class Tag(Data):
    """A heading that entries are found under.

    Attributes
    ----------
    name
        Its words.
    about
        What it means, in a sentence; may be left out.
    within
        Id of a wider heading that it lies in: who looks for that one finds this one too.
    """

    name: Words
    about: Note = ""
    within: str | None = None


class Reference(Data):
    """A public reference.

    Attributes
    ----------
    title
        What it is called, and who published it.
    url
        Where it stands.
    seen
        The day on which it was last seen there.
    shows
        Of an instrument's references, what each shows: ``title``, ``adopted``, ``in_force``,
        ``articles`` or ``article 13``.
    """

    title: Words
    url: Address
    seen: Day
    shows: list[str] = Field(default=[])


class Shown(Data):
    """Words of the document.

    Attributes
    ----------
    unit
        The unit in which they stand.
    quote
        5 to 25 words, word for word.
    """

    unit: UnitId
    quote: Words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the document that a data file rests on.

    Attributes
    ----------
    unit
        The unit that they are quoted from.
    words
        As they are written in the file.
    place
        Where they stand in the file.
    """

    unit: str
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class PartCheck:
    """What a part needs to check its names: it reports by place in its file.

    Attributes
    ----------
    file
        The file of the part.
    problems
        Where problems are reported.
    names
        The names of all parts. Kinds that belong to one part have its name before them:
        ``atlas.kinds``.
    used
        For each kind, the names by which all parts refer to it.
    dated
        The day of the document.
    """

    file: YamlFile
    problems: Problems
    names: Names
    used: defaultdict[str, set[str]]
    dated: str

    def report(self, place: Place, message: str) -> None:
        """Report what is wrong at a place of the file, and how to mend it."""
        self.problems.add(self.file.path, self.file.line(place), message)

    def refer(self, place: Place, kind: str, name: str, called: str) -> None:
        """Report a name that leads nowhere; ``called`` says what it is the name of."""
        self.used[kind].add(name)
        self.names.report_missing(
            kind, name, self.file.path, self.file.line(place), f"no {called} “{name}”"
        )

    def all_used(self, kind: str, group: str) -> None:
        """Report the names of a group of the file that nothing is under."""
        for name in self.names.unused(kind, self.used[kind]):
            self.report((group, name), f"nothing is under “{name}”; use it, or delete it")

    def all_once(self, entries: Iterable[tuple[Place, str]]) -> None:
        """Report names that stand in the file a second time."""
        first: dict[str, int] = {}
        for place, name in entries:
            line = self.file.line(place)
            if name in first:
                self.report(place, repeated(name, line=first[name]))
            first.setdefault(name, line)


class Part(Data):
    """What a data file of the reference parts holds, and what there is to check in it.

    Attributes
    ----------
    linking
        Names of the values in which links work: they become Markdown.
    """

    linking: ClassVar[tuple[str, ...]] = ()

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Give the names that the part gives to things, by kind."""
        return iter(())

    def check(self, check: PartCheck) -> None:
        """Check the part's own names, dates and order."""

    def quotations(self) -> Iterator[Quotation]:
        """Give the words of the document that the part rests on."""
        return iter(())

    def units(self) -> Iterator[tuple[Place, str]]:
        """Give the units of the document that the part names."""
        return iter(())

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Give the texts in which roles work."""
        return iter(())

    def references(self) -> Iterator[Reference]:
        """Give the public references that facts of the part rest on."""
        return iter(())
