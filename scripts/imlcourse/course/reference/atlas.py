"""The case atlas: what each paragraph of the annex tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from babel import Locale
from pydantic import Field

from imlcourse.course.reference.base import Id, Part, PartCheck, Quotation, Shown, Tag
from imlcourse.document.units import UnitId
from imlcourse.languages.spelling import near
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.yamlfile import Place

Point = Annotated[
    tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]],
    Field(strict=False),
]
"""Longitude and latitude in degrees; a list, as YAML has it."""
_NO_COUNTRIES = ("EU", "UN", "EZ", "ZZ", "QO", "XA", "XB")
"""Codes that name something in lists of territories, and no country."""
_HEADINGS = {
    "kinds": ("kinds", "kind"),
    "groups": ("groups", "group"),
    "learners": ("learners", "learner"),
    "settings": ("settings", ""),
    "outputs": ("outputs", "output"),
}
"""For each group of headings: the list of an activity that names them, and the key there."""


class KindShown(Data):
    """A kind of work that a paragraph shows.

    Attributes
    ----------
    kind
        One of the atlas's `kinds`.
    quote
        The words of the paragraph that show it.
    """

    kind: Id
    quote: Words


class GroupShown(Data):
    """A group of people that an activity serves.

    Attributes
    ----------
    group
        One of the atlas's `groups`.
    quote
        The words of the paragraph that name it.
    """

    group: Id
    quote: Words


class LearnersShown(Data):
    """People whom an activity trains or equips.

    Attributes
    ----------
    learner
        One of the atlas's `learners`.
    quote
        The words of the paragraph that name them.
    """

    learner: Id
    quote: Words


class RightServed(Data):
    """A right that an activity serves: named by the paragraph, or as the course reads it.

    Attributes
    ----------
    right
        One of the rights of ``book/matrix.yml``.
    says
        Words of the paragraph that name the right.
    why
        Where it does not name it: our own reading, in a sentence.
    """

    right: Id
    says: Words | None = None
    why: Words | None = None


class Output(Data):
    """Something that came out of an activity.

    Attributes
    ----------
    output
        One of the atlas's `outputs`: a fund, a manual …
    title
        What it is called, if it has a name.
    """

    output: Id
    title: Words | None = None


class Activity(Data):
    """What one paragraph of the annex tells.

    Attributes
    ----------
    unit
        The paragraph.
    title, summary
        What was done, in a few words and in a sentence or two, in the document's own tense.
    region
        One of the atlas's `regions`.
    countries
        Two-letter codes of ISO 3166.
    area
        Where it was, if that is no country, or more than countries.
    partners
        With whom IOM worked.
    kinds, groups, learners, settings, rights, outputs
        The headings that it stands under; most with the words that show it.
    named
        What the paragraph calls a country that is called otherwise today, by code.
    """

    unit: UnitId
    title: Words
    summary: Words
    region: Id
    countries: list[
        Annotated[
            str,
            Field(pattern=r"^[A-Z]{2}$"),
            Form("write the two letters of ISO 3166, such as NE"),
        ]
    ] = Field(default=[])
    area: Words | None = None
    partners: list[Words] = Field(default=[])
    kinds: list[KindShown] = Field(min_length=1)
    groups: list[GroupShown] = Field(default=[])
    learners: list[LearnersShown] = Field(default=[])
    settings: list[Id] = Field(default=[])
    rights: list[RightServed] = Field(default=[])
    outputs: list[Output] = Field(default=[])
    named: dict[str, Words] = Field(default={})

    def headings(self, group: str) -> list[tuple[Place, str]]:
        """Give the headings of a group that it stands under, each with its place in the entry."""
        entries, key = _HEADINGS[group]
        return [
            ((entries, at, key), getattr(entry, key)) if key else ((entries, at), entry)
            for at, entry in enumerate(getattr(self, entries))
        ]

    def quotes(self) -> Iterator[tuple[Place, str]]:
        """Give the words of its paragraph that it rests on, each with its place in the entry."""
        for at, kind in enumerate(self.kinds):
            yield ("kinds", at, "quote"), kind.quote
        for at, group in enumerate(self.groups):
            yield ("groups", at, "quote"), group.quote
        for at, learners in enumerate(self.learners):
            yield ("learners", at, "quote"), learners.quote
        for at, served in enumerate(self.rights):
            if served.says:
                yield ("rights", at, "says"), served.says


class Atlas(Part):
    """``book/atlas.yml``: the activities of the annex, and the headings they are found under.

    Attributes
    ----------
    says
        Words with which the document says what its annex is.
    regions
        Names of the regions by id, in the order of the annex.
    kinds, groups, learners, settings, outputs
        Headings by id, in the order in which they are shown.
    points
        Longitude and latitude of countries that are too small for the map, by code.
    activities
        One for each paragraph of the annex that tells of one.
    """

    says: Shown
    regions: dict[Id, Words]
    kinds: dict[Id, Tag]
    groups: dict[Id, Tag]
    learners: dict[Id, Tag]
    settings: dict[Id, Tag]
    outputs: dict[Id, Tag]
    points: dict[str, Point] = Field(default={})
    activities: list[Activity] = Field(min_length=1)

    def tags(self, activity: Activity) -> dict[str, list[str]]:
        """Give the headings an activity is found under.

        A heading that lies within another is found under that one too: unaccompanied children
        are children.

        Parameters
        ----------
        activity
            One of the activities.

        Returns
        -------
        dict
            Ids by facet: region, kind, group, setting, learner, right, output, country.
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

    def names(self) -> Iterator[tuple[str, Iterable[str]]]:  # noqa: D102
        yield "atlas.regions", self.regions
        for group in _HEADINGS:
            yield f"atlas.{group}", getattr(self, group)

    def units(self) -> Iterator[tuple[Place, str]]:  # noqa: D102
        yield ("says", "unit"), self.says.unit
        for at, activity in enumerate(self.activities):
            yield ("activities", at, "unit"), activity.unit

    def quotations(self) -> Iterator[Quotation]:  # noqa: D102
        yield Quotation(self.says.unit, self.says.quote, ("says", "quote"))
        for at, activity in enumerate(self.activities):
            for place, words in activity.quotes():
                yield Quotation(activity.unit, words, ("activities", at, *place))

    def check(self, check: PartCheck) -> None:  # noqa: D102
        entries = list(enumerate(self.activities))
        check.all_once((("activities", at, "unit"), one.unit) for at, one in entries)
        countries = Locale("en").territories
        for at, activity in entries:
            place: Place = ("activities", at)
            check.refer((*place, "region"), "atlas.regions", activity.region, "region")
            for group, (_, key) in _HEADINGS.items():
                for inner, name in activity.headings(group):
                    check.refer((*place, *inner), f"atlas.{group}", name, key or "setting")
            for n, served in enumerate(activity.rights):
                where = (*place, "rights", n)
                check.refer((*where, "right"), "right", served.right, "right")
                if bool(served.says) == bool(served.why):
                    check.report(
                        where,
                        "write `says` with words of the unit that name the right, or `why` with "
                        "our own reading: one of them",
                    )
            for code in activity.named:
                if code not in activity.countries:
                    guess = near(code, activity.countries)
                    check.report(
                        (*place, "named", code), f"no country of this activity “{code}”{guess}"
                    )
            for n, code in enumerate(activity.countries):
                if code not in countries or code in _NO_COUNTRIES:
                    check.report(
                        (*place, "countries", n),
                        f"{code} is no country; write the two letters of ISO 3166, such as NE",
                    )
        for group in _HEADINGS:
            self._check_headings(check, group)

    def _check_headings(self, check: PartCheck, group: str) -> None:
        tags: dict[str, Tag] = getattr(self, group)
        for name, tag in tags.items():
            if tag.within:
                check.refer((group, name, "within"), f"atlas.{group}", tag.within, "heading")
            if _within_itself(name, tags):
                check.used[f"atlas.{group}"].add(name)
                check.report(
                    (group, name, "within"),
                    f"“{name}” lies within itself; name the wider heading, or delete `within`",
                )
        check.all_used(f"atlas.{group}", group)


def _within_itself(name: str, tags: dict[str, Tag]) -> bool:
    """Say whether the way to wider headings leads back to the heading."""
    at = tags[name].within
    for _ in tags:
        if at == name:
            return True
        at = tags[at].within if at in tags else None
    return False
