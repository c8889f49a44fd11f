"""A session plan as a sheet: what the trainer holds in the hand."""

from __future__ import annotations

from collections.abc import Iterator

from imlcourse.book.paint import paint
from imlcourse.course.agenda import Paper
from imlcourse.course.model import Course
from imlcourse.course.session import GROUP_SIZES, MOMENTS, WHENS, Activity, Material, SessionPlan
from imlcourse.html.sessions import material_name, shown_name
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.markup.inline import inline_text
from imlcourse.markup.page import Block
from imlcourse.products.kit.aloud import opening_activity, question_aloud, scene_aloud
from imlcourse.products.kit.sheet import (
    Box,
    Grid,
    Heading,
    NewPage,
    Piece,
    Prose,
    Sheet,
    Span,
    Timeline,
    Tone,
)
from imlcourse.products.rich import Para, Run, inline, plain, rich

_TONES: dict[str, Tone] = {"say": "say", "ask": "ask", "trouble": "trouble", "slide": "show"}


def plan_sheet(course: Course, plan: SessionPlan, paper: Paper, people: int) -> Sheet:
    """Lay out a session plan.

    Parameters
    ----------
    course
        The course.
    plan
        The plan.
    paper
        What it is printed on.
    people
        For how many people things are counted.
    """
    return _Layout(course, plan, paper, people).sheet()


class _Layout:
    def __init__(self, course: Course, plan: SessionPlan, paper: Paper, people: int) -> None:
        self.course = course
        self.plan = plan
        self.paper: Paper = paper
        self.people = people
        self.module = course.modules[plan.module]
        self.writer = Writer(course)
        self.t = course.strings.text

    def sheet(self) -> Sheet:
        about, module = self.course.about, self.module
        label = module_label(module, self.course.strings)
        minutes = self.course.strings.plural("kit.minutes", self.plan.minutes)
        return Sheet(
            title=inline_text(self.plan.title),
            subtitle=self.t(
                "kit.plan.subtitle", module=label, title=inline_text(module.title), minutes=minutes
            ),
            above=inline_text(about.title),
            below=self.t("kit.foot", label=label, version=about.version),
            language=about.language,
            colour=paint()["parts"][part_colour(module)][0].removeprefix("#"),
            paper=self.paper,
            date=about.date,
            author=inline_text(about.title),
            pieces=tuple(self._pieces()),
        )

    # --- the plan, from the first page to the last ------------------------------------------

    def _pieces(self) -> Iterator[Piece]:
        plan, t = self.plan, self.t
        if plan.purpose:
            yield Heading(1, t("session.purpose"))
            yield self._prose(plan.purpose)
        yield Heading(1, t("session.timeline"))
        yield Timeline(
            tuple(
                Span(one.minutes, str(one.number), one.method in ("silent", "debrief"))
                for one in plan.activities
            )
        )
        yield self._times()
        yield Heading(1, t("session.prepare"))
        for when in WHENS:
            if when in plan.prepare:
                yield Heading(2, t(f"session.prepare.{when}"))
                yield Prose(tuple(rich(plan.prepare[when].text, self.writer)), boxes=True)
        yield Heading(1, t("session.materials"))
        yield self._materials()
        yield Heading(1, t("session.steps"))
        for activity in plan.activities:
            yield from self._activity(activity)
        yield Heading(1, t("session.time"))
        yield self._changes()
        yield Heading(1, t("session.people"))
        for size in GROUP_SIZES:
            if size in plan.people:
                yield Box("plain", t("session.people.count", count=size), "", self._paras(size))
        yield from self._care()
        yield from self._props()

    def _paras(self, size: int) -> tuple[Para, ...]:
        return tuple(rich(self.plan.people[size].text, self.writer))

    def _prose(self, block: Block) -> Prose:
        return Prose(tuple(rich(block.text, self.writer)))

    def _times(self) -> Grid:
        t = self.t
        rows = tuple(
            (
                (plain(t("session.span", start=one.starts, end=one.ends)),),
                (Para((Run(f"{one.number}  "), *inline(one.title, self.writer).runs)),),
                (plain(t(f"session.method.{one.method}")),),
                (plain(self._uses(one)),),
            )
            for one in self.plan.activities
        )
        head = ("session.minutes", "session.activity", "session.method", "session.uses")
        return Grid("", tuple(map(t, head)), rows, (1.4, 3.2, 2.0, 4.2))

    def _uses(self, activity: Activity) -> str:
        names = [shown_name(self.writer, self.plan, name) for name in activity.uses]
        return self.t("list.separator").join(names)

    def _materials(self) -> Grid:
        t = self.t
        head = ("session.material", "session.copies", "session.for", "session.note")
        rows = tuple(self._material(one) for one in self.plan.materials)
        return Grid("", tuple(map(t, head)), rows, (4.2, 1.0, 2.0, 3.4))

    def _material(self, material: Material) -> tuple[tuple[Para, ...], ...]:
        copies = material.copies(self.people)
        return (
            (plain(material_name(self.writer, self.plan, material)),),
            (plain(str(copies)),),
            (plain(self.t(f"session.for.{material.share}")),),
            (inline(material.note, self.writer),) if material.note else (),
        )

    def _activity(self, activity: Activity) -> Iterator[Piece]:
        span = self.t("session.span", start=activity.starts, end=activity.ends)
        aside = self.t(
            "session.aside", span=span, method=self.t(f"session.method.{activity.method}")
        )
        title = inline(activity.title, self.writer).text
        yield Heading(2, self.t("session.numbered", number=activity.number, title=title), aside)
        yield self._prose(activity.block)
        scene = self._scene(activity)
        for part in activity.parts:
            # The scene is read after what is said before it, and before what is asked of it.
            if scene and part.kind in ("ask", "trouble"):
                yield scene
                scene = None
            yield self._part(activity, part)
        if scene:
            yield scene

    def _scene(self, activity: Activity) -> Box | None:
        """Give the words of the opening scene where it is shown first: they are read aloud."""
        if activity is not opening_activity(self.plan):
            return None
        words = scene_aloud(self.module, self.writer)
        title = self.t("kit.plan.aloud")
        return Box("say", self.t("session.part.say"), title, words) if words else None

    def _part(self, activity: Activity, part: Block) -> Box:
        title = inline(part.argument, self.writer).text
        paras = tuple(rich(part.text, self.writer))
        if part.kind == "slide":
            slide = next(one for one in activity.slides if one.block is part)
            if slide.shows != "words":
                shown = self.t(f"session.slide.{slide.shows}")
                paras = (plain(shown), *paras)
            if slide.shows == "question":
                item = self.course.banks[self.plan.module].items[slide.target]
                paras = (*paras, *question_aloud(self.course, item))
        return Box(_TONES[part.kind], self.t(f"session.part.{part.kind}"), title, paras)

    def _changes(self) -> Grid:
        t = self.t
        rows = []
        for key, changes in (("cut", self.plan.cuts), ("extend", self.plan.extras)):
            for change in changes:
                minutes = t(f"session.{key}.minutes", count=change.minutes)
                title = Para((Run(inline(change.title, self.writer).text, bold=True),))
                rows.append(
                    (
                        (plain(t(f"session.{key}")),),
                        (plain(minutes),),
                        (title, *rich(change.block.text, self.writer)),
                    )
                )
        head = ("session.when", "session.minutes", "session.change")
        return Grid("", tuple(map(t, head)), tuple(rows), (1.6, 1.2, 6.5))

    def _care(self) -> Iterator[Piece]:
        """Give what needs care: what is particular to the session, then what holds in each."""
        plan, training = self.plan, self.course.library.training
        yield Heading(1, self.t("session.care"))
        for moment in MOMENTS:
            common = training.moments.get(moment) if training else None
            if common:
                yield Heading(2, inline_text(common.title))
            if moment in plan.moments:
                here = tuple(rich(plan.moments[moment].text, self.writer))
                yield Box("care", self.t("session.here"), "", here)
            if common:
                steps = tuple(
                    Para(inline(step, self.writer).runs, "ol", 0, number)
                    for number, step in enumerate(common.steps, start=1)
                )
                yield Prose(steps)
        if training:
            yield Heading(2, self.t("session.rules"))
            yield Prose(tuple(Para(inline(one, self.writer).runs, "ul") for one in training.rules))
            if any(one.method in ("vote", "case") for one in plan.activities):
                yield Heading(2, self.t("session.vote"))
                yield Prose(
                    tuple(
                        Para(inline(step, self.writer).runs, "ol", 0, number)
                        for number, step in enumerate(training.vote, start=1)
                    )
                )

    def _props(self) -> Iterator[Piece]:
        """Give what is written on flip charts, and the words of cards."""
        plan, t = self.plan, self.t
        if not plan.cards and not plan.flipcharts:
            return
        yield NewPage()
        yield Heading(1, t("session.props"))
        for chart in plan.flipcharts.values():
            yield Heading(2, inline_text(chart.title), t("session.material.flipchart"))
            yield self._prose(chart.block)
        for cards in plan.cards.values():
            yield Heading(2, inline_text(cards.title), t(f"session.cards.{cards.kind}"))
            rows = tuple(
                ((plain(str(number)),), tuple(rich(text, self.writer)))
                for number, text in enumerate(cards.texts, start=1)
            )
            head = (t("session.card"), t("session.card.text"))
            yield Grid("", head, rows, (0.6, 8.5))
