"""The reference parts of the book, each from one data file: what they hold, and how it is read.

`book/atlas.yml` (the activities of the annex), `book/matrix.yml` (which help makes which right
real), `book/instruments.yml` (treaties), `book/timeline.yml`, `book/since.yml` (what has changed
since 2009) and `book/bibliography.yml`. A file that is missing leaves out its page and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from imlcourse.course.reader import Reader
from imlcourse.course.translation import beside
from imlcourse.document.edition import Edition
from imlcourse.document.units import UnitId
from imlcourse.languages.spelling import near, nearest
from imlcourse.markup.fields import DAY, Data, Note, Told, Words, real_day
from imlcourse.markup.marks import check_texts
from imlcourse.markup.problems import Problems
from imlcourse.markup.textfile import original_of
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import Place, YamlFile, read_yaml

__all__ = [
    "Activity",
    "Atlas",
    "Bibliography",
    "Event",
    "Fact",
    "Instrument",
    "Instruments",
    "Library",
    "Matrix",
    "Quotation",
    "Reference",
    "TimeLine",
    "read_library",
]


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Day = Annotated[str, Field(pattern=DAY), AfterValidator(real_day)]
When = Annotated[
    str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"), AfterValidator(real_day)
]
Point = Annotated[
    tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]],
    Field(strict=False),
]
"""Longitude and latitude; a list, as YAML has it."""
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+\.[^\s/]+\S*$")]


class Reference(Data):
    """A public reference: what it is, where it stands, and on which day it was seen."""

    title: Words
    url: Address
    seen: Day
    shows: list[str] = Field(default=[])


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of the document that a data file rests on, and where they stand in the file."""

    unit: str
    words: str
    place: Place


# --- since 2009 -----------------------------------------------------------------------------


class Fact(Data):
    """Something that has changed since 2009."""

    id: Id
    years: str = Field(pattern=r"^[0-9]{4}(–[0-9]{4})?$")
    title: Words
    text: Told
    source: Reference


class FactFile(Data):
    """``book/since.yml``."""

    facts: list[Fact] = Field(min_length=1)


# --- the atlas ------------------------------------------------------------------------------


class Tag(Data):
    """A heading that activities are found under."""

    name: Words
    about: Note = ""
    within: str | None = None


class KindShown(Data):
    """A kind of activity, and the words that show it."""

    kind: Id
    quote: Words


class GroupShown(Data):
    """A group that an activity serves, and the words that show it."""

    group: Id
    quote: Words


class LearnersShown(Data):
    """Whom an activity trains or equips, and the words that show it."""

    learner: Id
    quote: Words


class RightServed(Data):
    """A right that an activity serves: named by the document, or as the course reads it."""

    right: Id
    says: Words | None = None
    why: Words | None = None


class Output(Data):
    """Something that came out of an activity."""

    output: Id
    title: Words | None = None


class Activity(Data):
    """What one paragraph of the annex tells."""

    unit: UnitId
    title: Words
    summary: Words
    region: Id
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = Field(default=[])
    area: Words | None = None
    partners: list[Words] = Field(default=[])
    kinds: list[KindShown] = Field(min_length=1)
    groups: list[GroupShown] = Field(default=[])
    learners: list[LearnersShown] = Field(default=[])
    settings: list[Id] = Field(default=[])
    rights: list[RightServed] = Field(default=[])
    outputs: list[Output] = Field(default=[])
    named: dict[str, Words] = Field(default={})


class Atlas(Data):
    """``book/atlas.yml``: the activities of the annex."""

    regions: dict[Id, Words]
    kinds: dict[Id, Tag]
    groups: dict[Id, Tag]
    learners: dict[Id, Tag]
    settings: dict[Id, Tag]
    outputs: dict[Id, Tag]
    points: dict[str, Point] = Field(default={})
    activities: list[Activity] = Field(min_length=1)

    def tags(self, activity: Activity) -> dict[str, list[str]]:
        """Give, by facet, the headings an activity is found under.

        A heading that lies within another is found under that one too: unaccompanied children
        are children.
        """
        return {
            "region": [activity.region],
            "kind": list(self._within("kinds", (k.kind for k in activity.kinds))),
            "group": list(self._within("groups", (g.group for g in activity.groups))),
            "setting": list(self._within("settings", activity.settings)),
            "learner": list(self._within("learners", (x.learner for x in activity.learners))),
            "right": list(dict.fromkeys(served.right for served in activity.rights)),
            "output": list(dict.fromkeys(o.output for o in activity.outputs)),
            "country": list(dict.fromkeys(activity.countries)),
        }

    def _within(self, facet: str, ids: Iterable[str]) -> Iterator[str]:
        known: dict[str, Tag] = getattr(self, facet)
        seen: set[str] = set()
        for id_ in ids:
            at: str | None = id_
            while at is not None and at not in seen:
                seen.add(at)
                yield at
                at = known[at].within if at in known else None


# --- rights and activities ------------------------------------------------------------------


class RightMade(Data):
    """A right, and the words that join it to a kind of help."""

    right: Id
    quote: Words


class Help(Data):
    """A kind of help that the main text names, and the rights it makes real."""

    help: Words
    unit: UnitId
    quote: Words
    rights: list[RightMade] = Field(min_length=1)


class Matrix(Data):
    """``book/matrix.yml``: which kind of help makes which right real."""

    rights: dict[Id, Tag]
    helps: list[Help] = Field(min_length=1)


# --- instruments, time line, bibliography ---------------------------------------------------


class Article(Data):
    """An article of a treaty, and what it says, in our words.

    ``article`` is its number. What is no article is named in full: ``Chapter V, regulation 33``.
    """

    article: Words
    says: Words


class Instrument(Data):
    """A treaty or a declaration."""

    id: Id
    title: Words
    short: Words
    kind: Literal["treaty", "declaration"] = "treaty"
    body: Id
    adopted: When
    in_force: When | None = None
    about: Told
    articles: list[Article] = Field(min_length=1)
    units: list[UnitId] = Field(min_length=1)
    sources: list[Reference] = Field(min_length=1)


class Instruments(Data):
    """``book/instruments.yml``."""

    bodies: dict[Id, Tag]
    instruments: list[Instrument] = Field(min_length=1)


class Event(Data):
    """Something on the time line: as the document gives it, or from a public reference."""

    date: When
    title: Words
    text: Told
    unit: UnitId | None = None
    quote: Words | None = None
    source: Reference | None = None


class TimeLine(Data):
    """``book/timeline.yml``."""

    events: list[Event] = Field(min_length=1)


class Cited(Data):
    """A work that the document names."""

    title: Words
    by: Words | None = None
    year: str | None = None
    units: list[UnitId] = Field(min_length=1)
    note: Words | None = None
    url: Address | None = None
    seen: Day | None = None


class Added(Data):
    """A work that the course uses."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    title: Words
    by: Words | None = None
    year: str | None = None
    use: Words = Field(alias="for")
    url: Address
    seen: Day


class Bibliography(Data):
    """``book/bibliography.yml``."""

    cited: list[Cited] = Field(min_length=1)
    added: list[Added] = Field(default=[])


# --- the library ----------------------------------------------------------------------------

_FILES: dict[str, type[BaseModel]] = {
    "since": FactFile,
    "matrix": Matrix,
    "atlas": Atlas,
    "instruments": Instruments,
    "timeline": TimeLine,
    "bibliography": Bibliography,
}

REFERENCE_FILES = tuple(_FILES)
"""Names of the files, which lie in ``book/``."""


@dataclass
class Library:
    """What the reference parts hold; None for a part whose file is missing or has problems.

    Attributes
    ----------
    facts
        What has changed since 2009, by id.
    atlas, matrix, instruments, timeline, bibliography
        The other parts.
    files
        The file of each part, for the lines of what stands in it.
    fact_places
        Where each fact stands in its file.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    atlas: Atlas | None = None
    matrix: Matrix | None = None
    instruments: Instruments | None = None
    timeline: TimeLine | None = None
    bibliography: Bibliography | None = None
    files: dict[str, YamlFile] = field(default_factory=dict)
    fact_places: dict[str, Place] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether a part could be read, by the name of its file."""
        return bool(self.facts) if name == "since" else getattr(self, name) is not None

    def instrument_ids(self) -> dict[str, Instrument]:
        """Give the instruments by id."""
        return {one.id: one for one in self.instruments.instruments} if self.instruments else {}

    def quotations(self) -> Iterator[tuple[YamlFile, Quotation]]:
        """Give all words of the document that the parts rest on, each with its file."""
        if self.atlas:
            for at, activity in enumerate(self.atlas.activities):
                for place, words in _shown(activity):
                    place = ("activities", at, *place)
                    yield self.files["atlas"], Quotation(activity.unit, words, place)
        if self.matrix:
            for at, help_ in enumerate(self.matrix.helps):
                yield (
                    self.files["matrix"],
                    Quotation(help_.unit, help_.quote, ("helps", at, "quote")),
                )
                for n, made in enumerate(help_.rights):
                    place = ("helps", at, "rights", n, "quote")
                    yield self.files["matrix"], Quotation(help_.unit, made.quote, place)
        for at, event in enumerate(self.timeline.events if self.timeline else ()):
            if event.unit and event.quote:
                place = ("events", at, "quote")
                yield self.files["timeline"], Quotation(event.unit, event.quote, place)

    def units(self) -> Iterator[tuple[YamlFile, str, Place]]:
        """Give all units that the parts name, each with its file and place."""
        named: list[tuple[str, Place, Any]] = []
        if self.atlas:
            named += [("atlas", ("activities", i), a.unit) for i, a in _each(self.atlas.activities)]
        if self.matrix:
            named += [("matrix", ("helps", i), h.unit) for i, h in _each(self.matrix.helps)]
        if self.timeline:
            named += [("timeline", ("events", i), e.unit) for i, e in _each(self.timeline.events)]
        for name, place, unit in named:
            if unit:
                yield self.files[name], unit, (*place, "unit")
        if self.instruments:
            for i, instrument in _each(self.instruments.instruments):
                for n, unit in _each(instrument.units):
                    yield self.files["instruments"], unit, ("instruments", i, "units", n)
        if self.bibliography:
            for i, cited in _each(self.bibliography.cited):
                for n, unit in _each(cited.units):
                    yield self.files["bibliography"], unit, ("cited", i, "units", n)

    def references(self) -> Iterator[Reference]:
        """Give every public reference of the parts, in order."""
        for fact in self.facts.values():
            yield fact.source
        for instrument in self.instruments.instruments if self.instruments else ():
            yield from instrument.sources
        for event in self.timeline.events if self.timeline else ():
            if event.source:
                yield event.source


def _each(entries: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    return iter(enumerate(entries))


def _shown(activity: Activity) -> Iterator[tuple[Place, str]]:
    for n, kind in enumerate(activity.kinds):
        yield ("kinds", n, "quote"), kind.quote
    for n, group in enumerate(activity.groups):
        yield ("groups", n, "quote"), group.quote
    for n, learner in enumerate(activity.learners):
        yield ("learners", n, "quote"), learner.quote
    for n, served in enumerate(activity.rights):
        if served.says:
            yield ("rights", n, "says"), served.says


_LINKS = {"since": ("text",), "instruments": ("about",)}
"""Values of each file in which links work: they become Markdown."""


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
    for name, model in _FILES.items():
        path = beside(folder / f"{name}.yml", language)
        if not path.exists():
            continue
        file, read = reader.read(_read_part, path, problems, model)
        # What is there and cannot be read is not missing: no other file is wrong to name it.
        library.files[name] = file or YamlFile(path, None)
        if file is None:
            continue
        if isinstance(read, FactFile):
            for n, fact in _each(read.facts):
                if library.facts.setdefault(fact.id, fact) is fact:
                    library.fact_places[fact.id] = ("facts", n)
            _once(file, problems, [(("facts", n, "id"), f.id) for n, f in _each(read.facts)])
        elif read is not None:
            setattr(library, name, read)
    _Names(library, problems, edition.date).check()
    return library


def _read_part(
    path: Path, problems: Problems, model: type[BaseModel]
) -> tuple[YamlFile | None, BaseModel | None]:
    file = read_yaml(path, problems)
    if file:
        check_texts(file, problems, _LINKS.get(original_of(path).stem, ()))
    return file, (validated(model, file, problems) if file else None)


def _once(file: YamlFile, problems: Problems, entries: Iterable[tuple[Place, str]]) -> None:
    seen: dict[str, int] = {}
    for place, id_ in entries:
        line = file.line(place)
        if id_ in seen:
            problems.add(
                file.path,
                line,
                f"{id_} stands here a second time (first in line {seen[id_]}); keep one",
            )
        seen.setdefault(id_, line)


class _Names:
    """Checks that names in the reference parts lead to something, and that all are used."""

    def __init__(self, library: Library, problems: Problems, dated: str) -> None:
        self.library = library
        self.dated = dated
        self.problems = problems
        self.meant: set[str | None] = set()

    def check(self) -> None:
        if self.library.atlas:
            self._atlas(self.library.atlas)
        if self.library.matrix:
            self._matrix(self.library.matrix)
        if self.library.instruments:
            self._instruments(self.library.instruments)
        if self.library.timeline:
            self._timeline(self.library.timeline)
        if self.library.bibliography:
            self._bibliography(self.library.bibliography)
        for fact in self.library.facts.values():
            self._fact(fact)

    def _report(self, name: str, place: Place, what: str) -> None:
        file = self.library.files[name]
        self.problems.add(file.path, file.line(place), what)

    def _used(self, file: str, group: str, known: Iterable[str], used: set[str]) -> None:
        for name in known:
            if name not in {*used, *self.meant}:
                self._report(
                    file, (group, name), f"nothing is under “{name}”; use it, or delete it"
                )

    def _known(self, file: str, place: Place, name: str, known: Iterable[str], what: str) -> None:
        if name not in known:
            self.meant.add(nearest(name, known))
            self._report(file, place, f"no {what} “{name}”{near(name, known)}")

    def _atlas(self, atlas: Atlas) -> None:
        used: dict[str, set[str]] = {facet: set() for facet in _FACETS}
        rights = self.library.matrix.rights if self.library.matrix else None
        countries = Locale("en").territories
        units = [(("activities", n, "unit"), a.unit) for n, a in _each(atlas.activities)]
        _once(self.library.files["atlas"], self.problems, units)
        for n, activity in enumerate(atlas.activities):
            place: Place = ("activities", n)
            self._known("atlas", (*place, "region"), activity.region, atlas.regions, "region")
            for facet, (entries, key) in _FACETS.items():
                for at, entry in enumerate(getattr(activity, entries)):
                    name = entry if key is None else getattr(entry, key)
                    used[facet].add(name)
                    where = (*place, entries, at, *([key] if key else []))
                    self._known("atlas", where, name, getattr(atlas, facet), key or "setting")
            for at, served in enumerate(activity.rights):
                where = (*place, "rights", at)
                if rights is not None:
                    self._known("atlas", (*where, "right"), served.right, rights, "right")
                if bool(served.says) == bool(served.why):
                    self._report(
                        "atlas",
                        where,
                        "write `says` with words of the unit that name the right, or `why` with "
                        "our own reading: one of them",
                    )
            for code in activity.named:
                where = (*place, "named", code)
                self._known("atlas", where, code, activity.countries, "country of this activity")
            for at, code in enumerate(activity.countries):
                if code not in countries or code in ("EU", "UN", "EZ", "ZZ", "QO", "XA", "XB"):
                    self._report(
                        "atlas",
                        (*place, "countries", at),
                        f"{code} is no country; write the two letters of ISO 3166, such as NE",
                    )
        for facet in _FACETS:
            tags: dict[str, Tag] = getattr(atlas, facet)
            within = {tag.within for tag in tags.values() if tag.within}
            within |= {name for name in tags if _within_itself(name, tags)}
            for name, tag in tags.items():
                if tag.within:
                    self._known("atlas", (facet, name, "within"), tag.within, tags, "heading")
                if _within_itself(name, tags):
                    self._report(
                        "atlas",
                        (facet, name, "within"),
                        f"“{name}” lies within itself; name the wider heading, or delete `within`",
                    )
            self._used("atlas", facet, tags, used[facet] | within)

    def _matrix(self, matrix: Matrix) -> None:
        used = set()
        for n, help_ in enumerate(matrix.helps):
            for at, made in enumerate(help_.rights):
                used.add(made.right)
                where = ("helps", n, "rights", at, "right")
                self._known("matrix", where, made.right, matrix.rights, "right")
        if self.library.atlas:
            used |= {s.right for a in self.library.atlas.activities for s in a.rights}
        if self.library.atlas or "atlas" not in self.library.files:
            self._used("matrix", "rights", matrix.rights, used)

    def _instruments(self, part: Instruments) -> None:
        ids = [(("instruments", n, "id"), i.id) for n, i in _each(part.instruments)]
        _once(self.library.files["instruments"], self.problems, ids)
        for n, instrument in enumerate(part.instruments):
            where = ("instruments", n, "body")
            self._known("instruments", where, instrument.body, part.bodies, "body of law")
            self._dates(n, instrument)
            self._shown(n, instrument)
        self._used("instruments", "bodies", part.bodies, {i.body for i in part.instruments})

    def _dates(self, n: int, instrument: Instrument) -> None:
        seen = max(source.seen for source in instrument.sources)
        for name, when in (("adopted", instrument.adopted), ("in_force", instrument.in_force)):
            if when and when > seen:
                self._report(
                    "instruments",
                    ("instruments", n, name),
                    f"`{name}`: {when} is later than {seen}, when its references were seen; "
                    "mend one of the two",
                )
        if instrument.in_force and _before(instrument.in_force, instrument.adopted):
            self._report(
                "instruments",
                ("instruments", n, "in_force"),
                f"`in_force`: {instrument.in_force} is earlier than {instrument.adopted}, when it "
                "was adopted; mend one of the two",
            )
        if instrument.in_force and instrument.kind == "declaration":
            self._report(
                "instruments",
                ("instruments", n, "in_force"),
                "a declaration does not come into force; delete `in_force`, or write "
                "`kind: treaty`",
            )

    def _shown(self, n: int, instrument: Instrument) -> None:
        """Check that for whatever is said of an instrument there is a reference that shows it."""
        shown = set()
        articles = [_article_shown(article.article) for article in instrument.articles]
        facts = ["title", "adopted", *(["in_force"] if instrument.in_force else [])]
        for at, source in enumerate(instrument.sources):
            for number, what in enumerate(source.shows):
                shown.add(what.casefold())
                guess = nearest(what, ("title", "adopted", "in_force", "articles"))
                if guess:
                    where = ("instruments", n, "sources", at, "shows", number)
                    self._report("instruments", where, f"`shows`: no “{what}”; write {guess}")
        for fact in facts:
            if fact not in shown:
                self._report(
                    "instruments",
                    ("instruments", n, fact),
                    f"no reference of {instrument.id} shows `{fact}`; write `shows: [{fact}]` at "
                    "the one that does, or leave the fact out",
                )
        for at, article in enumerate(articles):
            place = ("instruments", n, "articles", at)
            if article in articles[:at]:
                self._report("instruments", place, f"{article} stands here twice; keep one")
            elif "articles" not in shown and article not in shown:
                self._report(
                    "instruments",
                    place,
                    f"no reference of {instrument.id} shows {article}; write `shows: [{article}]` "
                    "(or `articles` for all of them) at the one that does",
                )

    def _fact(self, fact: Fact) -> None:
        place: Place = (*self.library.fact_places[fact.id], "years")
        begin, end = fact.years[:4], fact.years[-4:]
        if end < begin:
            self._report("since", place, f"{fact.years} ends before it begins; mend the years")
        elif begin < self.dated[:4]:
            self._report(
                "since",
                place,
                f"{begin} lies before the document of {self.dated[:4]}; tell what is later",
            )
        elif begin > fact.source.seen[:4]:
            self._report(
                "since",
                place,
                f"{begin} is later than {fact.source.seen}, when its reference was seen; mend one "
                "of the two",
            )

    def _bibliography(self, part: Bibliography) -> None:
        for n, work in _each(part.cited):
            if bool(work.url) != bool(work.seen):
                self._report(
                    "bibliography",
                    ("cited", n, "url" if work.url else "seen"),
                    "an address and the day on which it was seen go together; write `url` and "
                    "`seen`, or neither",
                )

    def _timeline(self, part: TimeLine) -> None:
        dates = [event.date for event in part.events]
        for n, event in enumerate(part.events):
            if bool(event.unit and event.quote) == bool(event.source):
                self._report(
                    "timeline",
                    ("events", n),
                    f"“{event.title}” rests on nothing, or on two things; write `unit` and `quote` "
                    "for what the document gives, or `source` for what it does not",
                )
            if event.unit and event.date > self.dated:
                self._report(
                    "timeline",
                    ("events", n, "date"),
                    f"{event.date} is later than the document, which is of {self.dated}; mend the "
                    "date, or write `source` in place of `unit` and `quote`",
                )
            if event.source and event.date > event.source.seen:
                self._report(
                    "timeline",
                    ("events", n, "date"),
                    f"{event.date} is later than {event.source.seen}, when its reference was "
                    "seen; mend one of the two",
                )
            if n and dates[n] < dates[n - 1]:
                self._report(
                    "timeline",
                    ("events", n, "date"),
                    f"{event.date} stands after {dates[n - 1]}; put the events in order",
                )


def _within_itself(name: str, tags: dict[str, Tag]) -> bool:
    """Say whether the way to wider headings leads back to the heading."""
    at = tags[name].within
    for _ in tags:
        if at == name:
            return True
        at = tags[at].within if at in tags else None
    return False


def _before(one: str, other: str) -> bool:
    """Say whether a date is earlier, as far as both tell: 1990 is not before 1990-12-18."""
    told = min(len(one), len(other))
    return one[:told] < other[:told]


def _article_shown(article: str) -> str:
    """Give what `shows` calls an article: its number after the word, or its whole name."""
    return article.casefold() if " " in article else f"article {article.casefold()}"


_FACETS: dict[str, tuple[str, str | None]] = {
    "kinds": ("kinds", "kind"),
    "groups": ("groups", "group"),
    "learners": ("learners", "learner"),
    "settings": ("settings", None),
    "outputs": ("outputs", "output"),
}
