"""The slides of a session, gathered from its plan: what each shows, and what is said with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from imlcourse.book.paint import paint
from imlcourse.course.model import Course
from imlcourse.course.pace import without_roles
from imlcourse.course.session import Activity, SessionPlan
from imlcourse.course.session import Slide as Planned
from imlcourse.html.compose import Markup, html
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.items import Item
from imlcourse.items.parts import ChoicePart, ItemPart, JudgementPart
from imlcourse.items.scenario import END, Scenario
from imlcourse.items.truefalse import CHOICES
from imlcourse.languages.rules import rules_of
from imlcourse.markup.inline import inline_text
from imlcourse.markup.page import Block
from imlcourse.markup.roles import Role
from imlcourse.products.kit.aloud import opening_activity, scene_aloud
from imlcourse.products.kit.picture import parts_of, up_to
from imlcourse.products.rich import Para, Run, inline, plain, rich

_QUOTES = (("“", "”"), ("«", "»"))
MOST_WORDS_BESIDE = 25
"""A longer sentence is not read below a picture or beside it."""
MOST_FOLLOWING = 4
"""How many answers are explained on one slide."""
MOST_PARTS = 4
"""A figure of more parts is shown whole."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, as SVG, and what it shows in words."""

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Row:
    """An answer to choose, or what follows from it.

    Attributes
    ----------
    letter
        The letter by which people vote; empty where none is voted for.
    text
        Its words.
    right
        Whether it is the right one, where that is told.
    then
        What follows.
    on
        What is said of the step that comes next.
    to
        The key of the slide that comes next.
    """

    letter: str
    text: str
    right: bool = False
    then: str = ""
    on: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A slide: its title, what is said with it, and a key where others lead to it."""

    title: str
    notes: tuple[Para, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneSlide(Slide):
    """The scene of the module, with one sentence at most."""

    picture: Picture
    mark: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsSlide(Slide):
    """A title and points."""

    paras: tuple[Para, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkSlide(Slide):
    """Something to talk about, large."""

    paras: tuple[Para, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSlide(Slide):
    """A figure, with a sentence beside it."""

    picture: Picture
    caption: tuple[Para, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSlide(Slide):
    """A question with its answers; `lead` is what one has to know first."""

    stem: str
    rows: tuple[Row, ...]
    lead: tuple[Para, ...] = ()
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSlide(Slide):
    """The answers with the right one marked, the reason, and the words that settle it.

    Where several are right, their reasons stand in the notes: together they are too many words.
    """

    rows: tuple[Row, ...]
    reason: str
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowSlide(Slide):
    """What follows from each answer."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteSlide(Slide):
    """Words of the document (`said`), with the place where they stand."""

    paras: tuple[Para, ...]
    said: tuple[str, ...]
    cited: str


AnySlide = (
    SceneSlide
    | PointsSlide
    | TalkSlide
    | FigureSlide
    | QuestionSlide
    | AnswerSlide
    | FollowSlide
    | QuoteSlide
)


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of a session.

    Attributes
    ----------
    title
        What the session is called.
    label
        Which module it is.
    foot
        What stands at the foot of slides.
    author
        Whose they are.
    language, quoted_in
        The language of the course, and that of the document's words.
    date
        The date of the course, as in ``2026-11-27``.
    colour, soft
        The colour of its part of the course, and the soft one, as ``97451a``.
    slides
        The slides in order.
    """

    title: str
    label: str
    foot: str
    author: str
    language: str
    quoted_in: str
    date: str
    colour: str
    soft: str
    slides: tuple[AnySlide, ...]


def deck_of(course: Course, plan: SessionPlan) -> Deck:
    """Gather the slides of a session.

    Parameters
    ----------
    course
        The course.
    plan
        The plan of the session.
    """
    about, module = course.about, course.modules[plan.module]
    label = module_label(module, course.strings)
    colour, soft, *_ = paint()["parts"][part_colour(module)]
    author = inline_text(about.title)
    return Deck(
        title=inline_text(plan.title),
        label=label,
        foot=course.strings.text("kit.slides.foot", label=label, course=author),
        author=author,
        language=about.language,
        quoted_in=course.document_language or about.language,
        date=about.date,
        colour=colour.removeprefix("#"),
        soft=soft.removeprefix("#"),
        slides=tuple(_Gathering(course, plan).slides()),
    )


@dataclass(frozen=True)
class _Bare(Writer):
    """Writes quotations without their places, which stand below them."""

    found: dict[str, None] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def role(self, role: Role) -> Markup:
        if role.name == "quote":
            self.found[role.target] = None
            self.said.append(self.course.strings.text("said", words=role.text))
            return html("{}", self.said[-1])
        return super().role(role)


class _Gathering:
    def __init__(self, course: Course, plan: SessionPlan) -> None:
        self.course, self.plan = course, plan
        self.module = course.modules[plan.module]
        self.writer = Writer(course)
        self.t = course.strings.text
        self.letters = course.strings["items.letters"]
        self.items = course.banks[plan.module].items
        self.scenes = 0

    def slides(self) -> Iterator[AnySlide]:
        for activity in self.plan.activities:
            notes = (*self._heading(activity), *self._prose(activity.block))
            shown = any(slide.shows == "scene" for slide in activity.slides)
            if activity is opening_activity(self.plan) and not shown:
                notes = (*notes, *self._aloud())
            for slide in activity.slides:
                yield from self._slide(slide, notes)
                notes = ()
            if not activity.slides:
                yield self._talk(activity, notes)

    def _slide(self, slide: Planned, notes: tuple[Para, ...]) -> Iterator[AnySlide]:
        said = (*notes, *self._said(slide.notes))
        title = self._line(slide.title)
        paras = tuple(rich(slide.block.text, self.writer))
        if slide.shows == "scene":
            if not self.scenes:
                aloud = self._aloud()
                before, after = (self._said(slide.notes, kind) for kind in ("say", "ask"))
                said = (*notes, *before, *aloud, *after)
            yield self._scene(title, paras, said)
        elif slide.shows == "figure":
            yield from self._figure(slide.target, title, paras, said)
        elif slide.shows == "question":
            before = (*notes, *self._said(slide.notes, "say"))
            yield from self._question(slide, title, before, self._said(slide.notes, "ask"))
        elif slide.shows == "case":
            yield from self._case(slide, title, said)
        elif slide.shows == "quote":
            yield self._quote(slide.block, title, said)
        elif all(para.kind == "p" for para in paras):
            yield TalkSlide(title=title, notes=said, paras=paras)
        else:
            yield PointsSlide(title=title, notes=said, paras=paras)

    # --- what is said -----------------------------------------------------------------------

    def _line(self, text: str) -> str:
        return inline(text, self.writer).text

    def _heading(self, activity: Activity) -> Iterator[Para]:
        span = self.t("session.span", start=activity.starts, end=activity.ends)
        method = self.t(f"session.method.{activity.method}")
        title = self._line(activity.title)
        words = self.t("session.numbered", number=activity.number, title=title)
        aside = self.t("session.aside", span=span, method=method)
        yield Para((Run(words, bold=True), Run(f"  {aside}")))

    def _prose(self, block: Block) -> list[Para]:
        return rich(block.text, self.writer)

    def _said(self, blocks: tuple[Block, ...], kind: str = "") -> tuple[Para, ...]:
        found: list[Para] = []
        for block in blocks:
            if kind and block.kind != kind:
                continue
            label = Run(self.t(f"session.part.{block.kind}"), bold=True)
            title = Run(f"  {self._line(block.argument)}") if block.argument else Run("")
            found += [Para((label, title)), *self._prose(block)]
        return tuple(found)

    # --- kinds of slides --------------------------------------------------------------------

    def _talk(self, activity: Activity, notes: tuple[Para, ...]) -> TalkSlide:
        """Make a slide for an activity whose plan has none: what it asks first."""
        said = tuple(part for part in activity.parts if part.kind in ("say", "ask"))
        asked = next(activity.of_kind("ask"), None)
        if asked:
            paras = (inline(asked.argument, self.writer),)
        else:
            minutes = self.course.strings.plural("kit.minutes", activity.minutes)
            method = self.t(f"session.method.{activity.method}")
            words = self.t("kit.slides.work", method=method, minutes=minutes)
            paras = (plain(words[:1].upper() + words[1:]),)
        title = self._line(activity.title)
        return TalkSlide(title=title, notes=(*notes, *self._said(said)), paras=paras)

    def _aloud(self) -> tuple[Para, ...]:
        """Give the words of the opening scene, which are read while it is on the screen."""
        words = scene_aloud(self.module, self.writer)
        label = Run(self.t("session.part.say"), bold=True)
        return (Para((label, Run(f"  {self.t('kit.plan.aloud')}"))), *words) if words else ()

    def _scene(self, title: str, paras: tuple[Para, ...], notes: tuple[Para, ...]) -> SceneSlide:
        (block, *_) = [one for one in self.module.page.blocks if one.options.get("drawing")]
        self.scenes += 1
        lead = " ".join(para.text for para in paras)
        if not lead and self.scenes == 1:
            first = " ".join(para.text for para in rich(block.text, self.writer)[:1])
            lead = self._first_sentence(first)
        picture = Picture(self._svg(block.options["drawing"]), block.options.get("alt", ""))
        mark = str(self.module.number) if self.module.number else ""
        return SceneSlide(title=title, notes=notes, picture=picture, lead=lead, mark=mark)

    def _first_sentence(self, text: str) -> str:
        """Give the first sentence, with those in the same quotation marks; none if it is long."""
        found: list[str] = []
        for sentence in rules_of(self.course.about.language).sentences(text):
            found.append(sentence)
            words = " ".join(found)
            if all(words.count(opens) == words.count(closes) for opens, closes in _QUOTES):
                break
        first = " ".join(found)
        return first if len(first.split()) <= MOST_WORDS_BESIDE else ""

    def _svg(self, name: str) -> str:
        return (Path(self.module.path).parent / name).read_text(encoding="utf-8")

    def _figure(
        self, name: str, title: str, paras: tuple[Para, ...], notes: tuple[Para, ...]
    ) -> Iterator[FigureSlide]:
        block = next(
            one for one in self.module.page.blocks if one.kind == "diagram" and one.argument == name
        )
        caption = inline_text(without_roles(block.options.get("caption", "")))
        if not paras and caption:
            first = self._first_sentence(caption)
            # What ends in a colon needs what comes next.
            if first and not first.endswith(":") and first.rstrip(".") != title:
                paras = (plain(first),)
        svg, alt = self._svg(name), block.options["alt"]
        count = parts_of(svg)
        if not 1 < count <= MOST_PARTS:
            yield FigureSlide(title=title, notes=notes, picture=Picture(svg, alt), caption=paras)
            return
        for part in range(1, count + 1):
            words = alt
            if part < count:
                words = self.t("kit.slides.part", number=part, count=count, alt=alt)
            picture = Picture(up_to(svg, part), words)
            yield FigureSlide(title=title, notes=notes, picture=picture, caption=paras)

    # --- questions --------------------------------------------------------------------------

    def _question(
        self, slide: Planned, title: str, before: tuple[Para, ...], after: tuple[Para, ...]
    ) -> Iterator[AnySlide]:
        item = self.items[slide.target]
        shown = list(self._shown(item))
        stem = inline_text(item.stem)
        chosen = [one for one in shown if isinstance(one, ChoicePart | JudgementPart)]
        if not chosen or len(chosen) != len(shown):
            yield from self._placing(item, title, shown, before, after)
            return
        rows = tuple(
            Row(self.letters[at], self._option(part), part.right) for at, part in enumerate(shown)
        )
        asked = tuple(replace(row, right=False) for row in rows)
        yield QuestionSlide(title=title, notes=before, stem=stem, rows=asked)
        told = tuple(
            Para((Run(row.letter, bold=True), Run(f"  {inline_text(part.feedback)}")))
            for row, part in zip(rows, shown, strict=True)
        )
        reasons = [inline_text(part.feedback) for part in shown if part.right]
        said = [(self.t("said", words=one.quote), self._cited(one.unit)) for one in item.evidence]
        said += [("", self.writer.cite(one.target).label) for one in item.law]
        yield AnswerSlide(
            title=title,
            notes=(*told, *after),
            rows=rows,
            reason=" ".join(reasons) if len(reasons) == 1 else "",
            said=tuple(said[:1]),
        )

    def _shown(self, item: Item) -> Iterator[ItemPart]:
        """Give the parts that people see, in the order in which the course shows them."""
        order = self.course.orders.get(item.id, {})
        groups: dict[str, list[ItemPart]] = {}
        for part in item.parts():
            if part.id and part.text and part.group != "reasons":
                groups.setdefault(part.group, []).append(part)
        for group, parts in groups.items():
            # An item with one group of parts names it as it likes.
            places = order.get(group) or (
                next(iter(order.values()), ()) if len(groups) == 1 else ()
            )
            fits = sorted(places) == list(range(len(parts)))
            yield from ([parts[at] for at in places] if fits else parts)

    def _option(self, part: ItemPart) -> str:
        if isinstance(part, JudgementPart) and part.text in CHOICES:
            return self.t(f"items.truefalse.{part.text}")
        return inline_text(part.text)

    def _cited(self, unit: str) -> str:
        edition = self.course.index.edition
        return self.t(
            "kit.slides.cited",
            publisher=edition.publisher,
            symbol=edition.symbol,
            unit=self.writer.cited(unit),
        )

    def _placing(
        self,
        item: Item,
        title: str,
        shown: list[ItemPart],
        before: tuple[Para, ...],
        after: tuple[Para, ...],
    ) -> Iterator[AnySlide]:
        """Show an item whose parts are placed or completed: the parts, then where they belong."""
        texts = [inline_text(part.text) for part in shown]
        places = list(dict.fromkeys(inline_text(one.answer) for one in item.parts() if one.answer))
        lead = tuple(Para((Run(place),), "ul") for place in places)
        rows = tuple(Row(self.letters[at], text) for at, text in enumerate(texts))
        yield QuestionSlide(
            title=title, notes=before, stem=inline_text(item.stem), rows=rows, lead=lead
        )
        told = tuple(
            Para((Run(self.letters[at], bold=True), Run(f"  {inline_text(part.feedback)}")))
            for at, part in enumerate(shown)
        )
        answers = tuple(
            replace(row, then=inline_text(part.answer))
            for row, part in zip(rows, shown, strict=True)
        )
        # As many on each slide as on any other, and never more than stand well on one.
        slides = -(-len(answers) // MOST_FOLLOWING)
        each = -(-len(answers) // slides)
        for first in range(0, len(answers), each):
            rows = answers[first : first + each]
            yield FollowSlide(title=title, notes=(*told, *after), rows=rows)

    # --- cases ------------------------------------------------------------------------------

    def _case(self, slide: Planned, title: str, notes: tuple[Para, ...]) -> Iterator[AnySlide]:
        item = self.items[slide.target]
        assert isinstance(item, Scenario)
        numbers = {step.id: number for number, step in enumerate(item.steps, start=1)}
        order = self.course.orders.get(item.id, {})
        links = Para((Run(self.t("kit.slides.links"), italic=True),))
        for step in item.steps:
            number = numbers[step.id]
            places = order.get(step.id, tuple(range(len(step.choices))))
            choices = [step.choices[at] for at in places]
            about = self.t("kit.slides.step", title=title, number=number)
            rows = tuple(
                Row(self.letters[at], inline_text(choice.text)) for at, choice in enumerate(choices)
            )
            roles = self.course.about.roles
            others = tuple(
                Para((Run(inline_text(roles[role].name), bold=True), Run(f"  {inline_text(text)}")))
                for role, text in step.variants.items()
                if role in roles
            )
            yield QuestionSlide(
                title=about,
                notes=(*((*notes, links) if number == 1 else ()), *others),
                key=step.id,
                lead=(plain(inline_text(step.text)),),
                stem=inline_text(step.question),
                rows=rows,
                to=f"{step.id} then",
            )
            told = tuple(
                Para(
                    (Run(row.letter, bold=True), Run(f"  {self.t(f'items.scenario.{one.rating}')}"))
                )
                for row, one in zip(rows, choices, strict=True)
            )
            quoted = self.t(
                "quote", words=step.evidence.quote, link=self._cited(step.evidence.unit)
            )
            follow = tuple(
                replace(
                    row,
                    then=inline_text(one.consequence),
                    on=self.t("items.scenario.next", number=numbers[one.next])
                    if one.next != END
                    else self.t("items.scenario.end"),
                    to=one.next,
                )
                for row, one in zip(rows, choices, strict=True)
            )
            yield FollowSlide(
                title=self.t("kit.slides.follows", title=title, number=number),
                notes=(*told, plain(quoted)),
                key=f"{step.id} then",
                rows=follow,
            )
        yield TalkSlide(
            title=self.t("kit.slides.debrief", title=title),
            notes=self._said(slide.notes, "ask"),
            key=END,
            paras=(plain(inline_text(item.debrief)),),
        )

    # --- the document -----------------------------------------------------------------------

    def _quote(self, block: Block, title: str, notes: tuple[Para, ...]) -> QuoteSlide:
        bare = _Bare(self.course)
        paras = tuple(rich(block.text, bare))
        cited = self.t("list.separator").join(map(self._cited, bare.found))
        said = tuple(bare.said)
        return QuoteSlide(title=title, notes=notes, paras=paras, said=said, cited=cited)
