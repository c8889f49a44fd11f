"""Session plans: how a trainer holds a session on a module, read from ``modules/*/session.md``.

A plan is front matter (what it is called, what has to lie ready) and blocks. An activity begins
with ``:::{activity}``; what is said, asked and shown in it, and what may go wrong, stands below it,
up to the next one. What is the same in every plan (ground rules, what to do when somebody tells of
what happened to them) stands once, in ``book/training.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Note, Words
from imlcourse.markup.page import Block, Page
from imlcourse.markup.yamlfile import YamlFile

PLAN = "session.md"
"""The name of the file of a plan, in the folder of its module."""

Method = Literal[
    "scene",
    "talk",
    "plenary",
    "pairs",
    "groups",
    "vote",
    "role-play",
    "case",
    "silent",
    "walk",
    "test",
    "debrief",
]
"""What people do in an activity."""
METHODS: tuple[Method, ...] = get_args(Method)

MaterialKind = Literal[
    "figure",
    "aid",
    "sheet",
    "case",
    "cards",
    "keypoints",
    "flipchart",
    "worksheet",
    "reading",
    "bring",
]
"""What may have to lie ready: all but the last is made from the course, or stands in it."""

Share = Literal["each", "pair", "group", "trainer", "wall"]
"""For whom there is one copy. A group has four people."""
PER_COPY: dict[Share, int] = {"each": 1, "pair": 2, "group": 4}
"""How many people share a copy, where their number counts."""

CardKind = Literal["slips", "case", "role", "signs"]
"""Slips to cut out and sort; case cards to read; cards with a part to play; and signs, one on a
page, in letters that are read from across the room: for the wall, the floor, or to hold up."""
CARD_KINDS: tuple[CardKind, ...] = get_args(CardKind)

When = Literal["week", "day", "room"]
"""When something is prepared: a week before, the day before, and in the room."""
WHENS: tuple[When, ...] = get_args(When)

Moment = Literal["hostile", "disclosure", "content"]
"""What needs care: hostile remarks, a participant who tells of what happened to them, and subjects
that hurt."""
MOMENTS: tuple[Moment, ...] = get_args(Moment)

GROUP_SIZES = (8, 20, 40)
"""For how many people a plan says what changes."""

ShownKind = Literal["words", "scene", "figure", "question", "case", "quote"]
"""What a slide shows: its own words, the scene of the module, a figure of it, an item, the steps
of a case, or words of the document."""

MOST_SIGNS_ON_SIGN = 300
"""Letters and other signs that a sign has room for, in letters of 40 points or more."""
MINUTES_OF_VOTE = 4
"""Minutes that a question takes by show of hands: to read, think, vote, give reasons and settle."""
MOST_WORDS_ON_SLIDE, MOST_WORDS_IN_TITLE = 40, 12
"""Words that a slide may have below its title, and in it: more are read and not listened to."""


class _Front(Data):
    model_config = ConfigDict(populate_by_name=True)


class Material(_Front):
    """Something that has to lie ready.

    Attributes
    ----------
    kind
        What it is.
    id
        What it is called: a drawing of the module (``first-steps.svg``), a page of the book, a
        quiz or an item, cards or a flip chart of the plan, a thing of ``book/training.yml``. Key
        points need none.
    share
        For whom there is a copy.
    count
        How many copies each of them has, such as three sticky dots.
    note
        What else to know of it.
    """

    kind: MaterialKind
    id: Annotated[str, Form("write a name, as in first-steps.svg or m09-s1")] = Field(
        default="", pattern=r"^([A-Za-z0-9]+([-._][A-Za-z0-9]+)*)?$"
    )
    share: Share = Field(alias="for")
    count: int = Field(default=1, ge=1, le=99)
    note: Note = ""

    @property
    def name(self) -> str:
        """By which activities name it."""
        return self.id or self.kind

    def copies(self, people: int) -> int:
        """Give how many copies a group needs.

        Parameters
        ----------
        people
            How many people there are, without the trainer.
        """
        shared_by = PER_COPY.get(self.share)
        return self.count * (1 if shared_by is None else -(-people // shared_by))


class PlanFront(_Front):
    """The front matter of a plan."""

    title: Words
    materials: list[Material] = Field(min_length=1)


def plan_page(module_id: str) -> str:
    """Name the page of the book with the plan of a module's session."""
    return f"session-{module_id}"


def is_plan_page(name: str) -> bool:
    """Say whether a page is that of a session plan, by its name."""
    return name.startswith(plan_page(""))


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide, shown from where it stands to the next one.

    Attributes
    ----------
    title
        Its title.
    shows
        What it shows.
    target
        Which figure, item or case.
    block
        Where it is written, with its words.
    notes
        What is said and asked while it is shown.
    """

    title: str
    shows: ShownKind
    target: str
    block: Block
    notes: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A part of a session in which people do one thing.

    Attributes
    ----------
    number
        Its place, from 1.
    title, minutes, method
        What it is called, how long it takes, what people do.
    starts
        The minute at which it begins.
    uses
        What it uses, by name, as it is written.
    block
        Where it is written; its text says what the trainer does.
    parts
        What is said (``say``), asked (``ask``) and shown (``slide``) in it, and what may go wrong
        (``trouble``), in order.
    """

    number: int
    title: str
    minutes: int
    method: Method
    starts: int
    uses: tuple[str, ...]
    block: Block
    parts: tuple[Block, ...] = ()

    @property
    def ends(self) -> int:
        """The minute at which it ends."""
        return self.starts + self.minutes

    def of_kind(self, kind: str) -> Iterator[Block]:
        """Give the parts of a kind."""
        return (part for part in self.parts if part.kind == kind)

    @property
    def slides(self) -> tuple[Slide, ...]:
        """Its slides; what is said before the first belongs to the first."""
        found: list[tuple[Block, list[Block]]] = []
        early: list[Block] = []
        for part in self.parts:
            if part.kind == "slide":
                found.append((part, early))
                early = []
            elif part.kind in ("say", "ask"):
                (found[-1][1] if found else early).append(part)
        return tuple(
            Slide(block.argument, *shown_by(block), block, tuple(notes)) for block, notes in found
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What is left out when time is short, or added when there is some: and the minutes of it."""

    title: str
    minutes: int
    block: Block


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards or slips to cut out.

    Attributes
    ----------
    id, title, kind
        What they are named by, what they are called, what they are for.
    texts
        The text of each card, as MyST Markdown. A card that begins in **bold** is named by that.
    block
        Where they are written.
    """

    id: str
    title: str
    kind: CardKind
    texts: tuple[str, ...]
    block: Block


@dataclass(frozen=True, slots=True)
class FlipChart:
    """What is written on a flip chart before the session."""

    id: str
    title: str
    block: Block


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """The plan of a session on a module.

    Attributes
    ----------
    module
        The id of the module.
    front
        Its title, and what has to lie ready.
    file
        The front matter as it is written, for the lines of what stands in it.
    page
        The parsed page.
    purpose
        What the session is for.
    prepare
        What to prepare, by when.
    activities
        The activities in order.
    cuts, extras
        What to leave out when it is late, and what to add when there is time.
    people
        What changes with the number of people.
    moments
        What needs care here, beside what holds everywhere.
    cards, flipcharts
        What the plan brings with it, by id.
    """

    module: str
    front: PlanFront
    file: YamlFile
    page: Page
    purpose: Block | None
    prepare: dict[When, Block]
    activities: tuple[Activity, ...]
    cuts: tuple[Change, ...]
    extras: tuple[Change, ...]
    people: dict[int, Block]
    moments: dict[Moment, Block]
    cards: dict[str, Cards] = field(default_factory=dict)
    flipcharts: dict[str, FlipChart] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the session is called."""
        return self.front.title

    @property
    def path(self) -> Path:
        """The `session.md` that it was read from."""
        return self.page.path

    @property
    def minutes(self) -> int:
        """How long all activities take."""
        return sum(activity.minutes for activity in self.activities)

    @property
    def materials(self) -> list[Material]:
        """What has to lie ready."""
        return self.front.materials

    @property
    def slides(self) -> tuple[Slide, ...]:
        """All slides, in order."""
        return tuple(slide for activity in self.activities for slide in activity.slides)


def shown_by(block: Block) -> tuple[ShownKind, str]:
    """Say what a slide shows, and which one of these."""
    kind, _, target = block.options.get("show", "").partition(" ")
    known: dict[str, ShownKind] = {
        "scene": "scene",
        "figure": "figure",
        "question": "question",
        "case": "case",
        "quote": "quote",
    }
    return known.get(kind, "words"), target.strip()
