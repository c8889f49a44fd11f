"""The reference parts of the book, each from one data file of ``book/`` and in a module of its own.

`atlas.yml` (the activities of the annex), `matrix.yml` (which help makes which right real),
`instruments.yml` (treaties), `timeline.yml`, `since.yml` (what has changed since the document),
`bibliography.yml`, `situations.yml` (what stands in front of an official), `office.yml` (what
only an office can know), `training.yml` (what all session plans share) and `evaluation.yml` (the
forms of a workshop). A file that is missing leaves out its page and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from imlcourse.course.names import Names
from imlcourse.course.reader import Reader
from imlcourse.course.reference.atlas import Atlas
from imlcourse.course.reference.base import Part, PartCheck, Quotation, Reference
from imlcourse.course.reference.bibliography import Bibliography
from imlcourse.course.reference.evaluation import Evaluation
from imlcourse.course.reference.instruments import Article, Instrument, Instruments
from imlcourse.course.reference.matrix import Matrix
from imlcourse.course.reference.office import Office, OfficeField
from imlcourse.course.reference.since import Fact, Since
from imlcourse.course.reference.situations import Situations
from imlcourse.course.reference.timeline import TimeLine
from imlcourse.course.reference.training import Training
from imlcourse.course.translation import beside
from imlcourse.document.edition import Edition
from imlcourse.markup.marks import check_texts
from imlcourse.markup.problems import Problems
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import Place, YamlFile, read_yaml

__all__ = ["PARTS", "Library", "Reference", "read_library"]

PARTS: dict[str, type[Part]] = {
    "since": Since,
    "matrix": Matrix,
    "atlas": Atlas,
    "instruments": Instruments,
    "timeline": TimeLine,
    "bibliography": Bibliography,
    "office": Office,
    "situations": Situations,
    "training": Training,
    "evaluation": Evaluation,
}
"""What each file holds, by its name without ending."""

_Kind = TypeVar("_Kind", bound=Part)


@dataclass
class Library:
    """What the reference parts hold.

    Attributes
    ----------
    parts
        The parts that could be read, by name of their file.
    files
        The file of each part that is there, read or not, for the lines of what stands in it.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    files: dict[str, YamlFile] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether a part could be read, by the name of its file."""
        return name in self.parts

    def _part(self, kind: type[_Kind]) -> _Kind | None:
        return next((part for part in self.parts.values() if isinstance(part, kind)), None)

    @property
    def atlas(self) -> Atlas | None:
        """The activities of the annex."""
        return self._part(Atlas)

    @property
    def matrix(self) -> Matrix | None:
        """Which help makes which right real."""
        return self._part(Matrix)

    @property
    def instruments(self) -> Instruments | None:
        """Treaties and declarations."""
        return self._part(Instruments)

    @property
    def timeline(self) -> TimeLine | None:
        """What happened when."""
        return self._part(TimeLine)

    @property
    def bibliography(self) -> Bibliography | None:
        """Works that are named."""
        return self._part(Bibliography)

    @property
    def since(self) -> Since | None:
        """What has changed since the document."""
        return self._part(Since)

    @property
    def office(self) -> Office | None:
        """The fields that an office fills in."""
        return self._part(Office)

    @property
    def situations(self) -> Situations | None:
        """What stands in front of an official."""
        return self._part(Situations)

    @property
    def evaluation(self) -> Evaluation | None:
        """The forms that people fill in after a workshop."""
        return self._part(Evaluation)

    @property
    def training(self) -> Training | None:
        """What all session plans share."""
        return self._part(Training)

    @cached_property
    def office_fields(self) -> dict[str, OfficeField]:
        """The fields that an office fills in, by id."""
        return self.office.by_id() if self.office else {}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """The facts by id; of two with the same, the first."""
        return self.since.by_id() if self.since else {}

    @cached_property
    def instrument_ids(self) -> dict[str, Instrument]:
        """Instruments by id."""
        part = self.instruments
        return {one.id: one for one in part.instruments} if part else {}

    @cached_property
    def articles(self) -> dict[str, tuple[Instrument, Article]]:
        """Articles of instruments, by what a role writes: ``crc 3``."""
        return self.instruments.by_article() if self.instruments else {}

    def _each(self) -> Iterator[tuple[YamlFile, Part]]:
        for name, part in self.parts.items():
            yield self.files[name], part

    def quotations(self) -> Iterator[tuple[YamlFile, Quotation]]:
        """Give all words of the document that the parts rest on, each with its file."""
        for file, part in self._each():
            for quotation in part.quotations():
                yield file, quotation

    def units(self) -> Iterator[tuple[YamlFile, Place, str]]:
        """Give all units that the parts name, each with its file and place."""
        for file, part in self._each():
            for place, unit in part.units():
                yield file, place, unit

    def texts(self) -> Iterator[tuple[YamlFile, Place, str]]:
        """Give all texts in which roles work, each with its file and place."""
        for file, part in self._each():
            for place, text in part.texts():
                yield file, place, text

    def references(self) -> Iterator[Reference]:
        """Give every public reference of the parts, in order."""
        for part in self.parts.values():
            yield from part.references()


def read_library(
    folder: Path, problems: Problems, edition: Edition, reader: Reader, language: str | None = None
) -> Library:
    """Read the reference parts.

    Parameters
    ----------
    folder
        The folder ``book/``.
    problems
        Where problems are reported: what is no use as data, and names that nothing has.
    edition
        What is known of the document; nothing that it tells of is later than its day.
    reader
        Reads the files.
    language
        The language whose translations are read where there are any.

    Returns
    -------
    Library
        What could be read.
    """
    library = Library()
    for name, model in PARTS.items():
        path = beside(folder / f"{name}.yml", language)
        if not path.exists():
            continue
        file, part = reader.read(_read_part, path, problems, model)
        # What is there and cannot be read is not missing: no other file is wrong to name it.
        library.files[name] = file or YamlFile(path, None)
        if part is not None:
            library.parts[name] = part
    paths = [file.path for file in library.files.values()]
    if not reader.passed(_check, paths, edition.date):
        _check(library, problems, edition.date)
        if not problems:
            reader.passes(_check, paths, edition.date)
    return library


def _read_part(
    path: Path, problems: Problems, model: type[Part]
) -> tuple[YamlFile | None, Part | None]:
    file = read_yaml(path, problems)
    if file:
        check_texts(file, problems, model.linking)
    return file, (validated(model, file, problems) if file else None)


def _check(library: Library, problems: Problems, dated: str) -> None:
    """Check the names of all parts, and that rights are used, which two parts do."""
    names, used = Names(problems), defaultdict[str, set[str]](set)
    checks = {
        name: PartCheck(library.files[name], problems, names, used, dated) for name in library.parts
    }
    for part in library.parts.values():
        for kind, known in part.names():
            names.declare(kind, known)
    for name, part in library.parts.items():
        part.check(checks[name])
    if library.matrix and (library.atlas or "atlas" not in library.files):
        checks["matrix"].all_used("right", "rights")
