"""Treaties and declarations, and what shows each thing that is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Reference, Tag, When
from imlcourse.document.units import UnitId
from imlcourse.languages.spelling import nearest
from imlcourse.markup.fields import Data, Note, RoleText, Words
from imlcourse.markup.problems import repeated
from imlcourse.markup.yamlfile import Place

LONGEST_QUOTE = 25
"""Words of a treaty that may be quoted at a time: as many as of the document."""

_SHOWN = ("title", "adopted", "in_force", "articles")
"""What a reference may show, besides a single article."""


class Article(Data):
    """An article of an instrument.

    Attributes
    ----------
    article
        Its number. What is no article is named in full: ``Chapter V, regulation 33``.
    says
        What it says, in our words.
    quote
        Its own words, where they settle something: 25 at most.
    """

    article: Words
    says: Words
    quote: Note = ""

    @property
    def name(self) -> str:
        """Its number as roles write it."""
        return self.article.casefold()

    @property
    def anchor(self) -> str:
        """The id of its place on the page, behind that of its instrument."""
        return re.sub(r"\W+", "-", self.name).strip("-")

    @property
    def shown_as(self) -> str:
        """What `shows` calls it: its number after the word, or its whole name."""
        name = self.article.casefold()
        return name if " " in name else f"article {name}"


class Instrument(Data):
    """A treaty or a declaration.

    Attributes
    ----------
    id
        Its id, by which roles link it.
    title, short
        Its whole title, and what it is called in texts.
    cited
        What it is called where an article is cited, as in “ICCPR, article 9”; `short` if empty.
    official
        Where the official text is found: a symbol, or a volume and a number.
    kind
        Treaties come into force. Declarations do not, nor does guidance: what a treaty body or an
        organization advises, which binds nobody by itself.
    body
        The body of law that it belongs to: one of `Instruments.bodies`.
    adopted, in_force
        When, as far as a reference shows it.
    about
        What it means for migrants; roles work in it.
    articles
        Those that matter here.
    units
        Units of the document that it is relevant to.
    sources
        References; between them, they show everything that is said of it.
    """

    id: Id
    title: Words
    short: Words
    cited: Note = ""
    official: Note = ""
    kind: Literal["treaty", "declaration", "guidance"] = "treaty"
    body: Id
    adopted: When
    in_force: When | None = None
    about: RoleText
    articles: list[Article] = Field(min_length=1)
    units: list[UnitId] = Field(min_length=1)
    sources: list[Reference] = Field(min_length=1)


class Instruments(Part):
    """``book/instruments.yml``: instruments, by body of law.

    Attributes
    ----------
    unit
        The paragraph that says which bodies of law there are.
    bodies
        Bodies of law by id, in the order in which they are shown.
    instruments
        The instruments.
    """

    linking = ("about",)

    unit: UnitId
    bodies: dict[Id, Tag]
    instruments: list[Instrument] = Field(min_length=1)

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: D102
        yield "instruments.bodies", self.bodies
        yield "instrument", (instrument.id for instrument in self.instruments)
        yield "article", self.by_article()

    def by_article(self) -> dict[str, tuple[Instrument, Article]]:
        """Give the articles by what a role writes: ``crc 3``; of two with the same, the first."""
        found: dict[str, tuple[Instrument, Article]] = {}
        for instrument in self.instruments:
            for article in instrument.articles:
                found.setdefault(f"{instrument.id} {article.name}", (instrument, article))
        return found

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        yield ("unit",), self.unit
        for at, instrument in enumerate(self.instruments):
            for n, unit in enumerate(instrument.units):
                yield ("instruments", at, "units", n), unit

    def texts(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        for at, instrument in enumerate(self.instruments):
            yield ("instruments", at, "about"), instrument.about

    def references(self) -> Iterator[Reference]:  # noqa: D102
        for instrument in self.instruments:
            yield from instrument.sources

    def check(self, check: PartCheck) -> None:  # noqa: D102
        entries = list(enumerate(self.instruments))
        check.all_once((("instruments", at, "id"), one.id) for at, one in entries)
        for at, instrument in entries:
            place: Place = ("instruments", at)
            check.refer((*place, "body"), "instruments.bodies", instrument.body, "body of law")
            _check_dates(instrument, place, check)
            _check_shown(instrument, place, check)
        check.all_used("instruments.bodies", "bodies")


def _check_dates(instrument: Instrument, place: Place, check: PartCheck) -> None:
    seen = max(source.seen for source in instrument.sources)
    for name, when in (("adopted", instrument.adopted), ("in_force", instrument.in_force)):
        if when and when > seen:
            check.report(
                (*place, name),
                f"`{name}`: {when} is later than {seen}, when its references were seen; "
                "mend one of the two",
            )
    if instrument.in_force and _before(instrument.in_force, instrument.adopted):
        check.report(
            (*place, "in_force"),
            f"`in_force`: {instrument.in_force} is earlier than {instrument.adopted}, when it "
            "was adopted; mend one of the two",
        )
    if instrument.in_force and instrument.kind != "treaty":
        called = "a declaration" if instrument.kind == "declaration" else "guidance"
        check.report(
            (*place, "in_force"),
            f"{called} does not come into force; delete `in_force`, or write `kind: treaty`",
        )


def _before(one: str, other: str) -> bool:
    """Say whether a date is earlier, as far as both tell: 1990 is not before 1990-12-18."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _check_shown(instrument: Instrument, place: Place, check: PartCheck) -> None:
    """Check that for whatever is said of an instrument there is a reference that shows it."""
    shown = set()
    facts = ["title", "adopted"]
    if instrument.in_force and instrument.kind == "treaty":
        facts.append("in_force")
    articles = [article.shown_as for article in instrument.articles]
    for at, source in enumerate(instrument.sources):
        for n, what in enumerate(source.shows):
            shown.add(what.casefold())
            if what.casefold() not in articles and (guess := nearest(what, _SHOWN)):
                where = (*place, "sources", at, "shows", n)
                check.report(where, f"`shows`: no “{what}”; write {guess}")
                shown.add(guess)
    for fact in facts:
        if fact not in shown:
            check.report(
                (*place, fact),
                f"no reference of {instrument.id} shows `{fact}`; write `shows: [{fact}]` at "
                "the one that does, or leave the fact out",
            )
    for at, article in enumerate(articles):
        where = (*place, "articles", at)
        words = len(instrument.articles[at].quote.split())
        if words > LONGEST_QUOTE:
            check.report(
                (*where, "quote"),
                f"{words} words are quoted; quote {LONGEST_QUOTE} at most, and say the rest in "
                "your own",
            )
        if article in articles[:at]:
            check.report(where, repeated(article))
        elif "articles" not in shown and article not in shown:
            check.report(
                where,
                f"no reference of {instrument.id} shows {article}; write `shows: [{article}]` "
                "(or `articles` for all of them) at the one that does",
            )
