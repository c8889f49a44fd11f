"""Session plans: the page that lists them with the ready agendas, and a page for each plan."""

from __future__ import annotations

from imlcourse.course.agenda import Agenda, Entry, clock
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.course.reference.training import Training
from imlcourse.course.session import (
    GROUP_SIZES,
    MOMENTS,
    WHENS,
    Activity,
    SessionPlan,
    plan_page,
    shown_by,
)
from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.html.links import link
from imlcourse.html.sessions import material_name, shown_name
from imlcourse.html.tables import Row, data_table, scrolling, table
from imlcourse.html.writer import Writer, module_label, module_link, plan_title
from imlcourse.markup.inline import inline_html
from imlcourse.markup.page import Block
from imlcourse.pages.making import made_of, rendered


@made_of("session-plans", lambda making: making.course.library.training)
def session_plans_page(course: Course, training: Training) -> str:
    """Make the page that lists the plans, the ready agendas, and what all plans share."""
    writer = Writer(course)
    return rendered(
        writer,
        "sessions.md",
        plans=_listed(course, writer) if course.sessions else "",
        agendas=list(course.agendas.values()),
        command=html("<code>{}</code>", "python3 scripts/build.py kit --agenda one-day"),
        days=lambda agenda: _days(course, writer, agenda),
        training=training,
        moments=[training.moments[at] for at in MOMENTS if at in training.moments],
    )


def session_page(course: Course, module: Module) -> str:
    """Make the page of a module's session plan.

    Parameters
    ----------
    course
        The course.
    module
        A module that has a plan.

    Returns
    -------
    str
        MyST Markdown.
    """
    plan = course.sessions[module.id]
    writer = Writer(course)
    training = course.library.training
    return rendered(
        writer,
        "session.md",
        plan=plan,
        title=plan_title(course, plan),
        module=html("{}: {}", module_label(module, course.strings), module_link(module)),
        minutes=course.strings.plural("kit.minutes", plan.minutes),
        bar=_bar(plan.activities),
        times=_times(course, writer, plan),
        materials=_materials(course, writer, plan),
        changes=_changes(course, writer, plan),
        whens=[when for when in WHENS if when in plan.prepare],
        sizes=[size for size in GROUP_SIZES if size in plan.people],
        moments=[
            (training.moments.get(at) if training else None, plan.moments[at])
            for at in MOMENTS
            if at in plan.moments
        ],
        shows={id(slide.block): slide.shows for slide in plan.slides if slide.shows != "words"},
        key=id,
        marks=lambda part: _marks(module, part),
        besides=lambda one: _besides(course, module, one),
        module_id=module.id,
        training=training,
    )


def _marks(module: Module, part: Block) -> Markup:
    """Mark a slide with what it shows, for who presents: a figure is named by its place."""
    if part.kind != "slide":
        return NOTHING
    shows, target = shown_by(part)
    if shows == "figure":
        return html(' data-iml-shows="{}"', _figure(module, target))
    name = f"{shows}:{target}" if target else shows
    return html(' data-iml-shows="{}"', name)


def _figure(module: Module, drawing: str) -> str:
    figures = [one.argument for one in module.page.blocks if one.kind == "diagram"]
    return f"figure:{figures.index(drawing)}"


def _besides(course: Course, module: Module, activity: Activity) -> Markup:
    """Mark an activity with what it uses on the screen and has no slide for."""
    shown = {slide.target or slide.shows for slide in activity.slides}
    figures = {one.argument for one in module.page.blocks if one.kind == "diagram"}
    items = course.banks[module.id].items
    names = [
        name if name == "scene" else _figure(module, name) if name in figures else f"item:{name}"
        for name in activity.uses
        if name not in shown and (name == "scene" or name in figures or name in items)
    ]
    return html(' data-iml-uses="{}"', " ".join(names)) if names else NOTHING


def _bar(activities: tuple[Activity, ...]) -> Markup:
    """Draw how the session is shared out; the table below it says the same in words."""
    parts = joined(
        html(
            '<span class="iml-plan-{}" style="flex-grow: {}">{}</span>',
            one.method,
            one.minutes,
            one.number,
        )
        for one in activities
    )
    return html('<div class="iml-plan-bar" aria-hidden="true">{}</div>', parts)


def _times(course: Course, writer: Writer, plan: SessionPlan) -> Markup:
    t = course.strings.text
    separator = t("list.separator")
    rows = (
        (
            t("session.span", start=one.starts, end=one.ends),
            link(f"#{activity_anchor(one)}", writer.inline(one.title)),
            t(f"session.method.{one.method}"),
            separator.join(shown_name(writer, plan, name) for name in one.uses),
        )
        for one in plan.activities
    )
    heads = ("session.minutes", "session.activity", "session.method", "session.uses")
    return scrolling(data_table(map(t, heads), rows), course.strings)


def activity_anchor(activity: Activity) -> str:
    """Give the id at which an activity stands on the page of its plan."""
    return f"activity-{activity.number}"


def _materials(course: Course, writer: Writer, plan: SessionPlan) -> Markup:
    t = course.strings.text
    rows = []
    for one in plan.materials:
        name: object = material_name(writer, plan, one)
        if one.kind in ("aid", "reading", "worksheet"):
            name = link(writer.links.page(one.id), str(name))
        rows.append(
            (name, t(f"session.for.{one.share}"), writer.inline(one.note) if one.note else "")
        )
    heads = ("session.material", "session.for", "session.note")
    return scrolling(table(map(t, heads), map(Row, rows), "iml-plan-things"), course.strings)


def _changes(course: Course, writer: Writer, plan: SessionPlan) -> Markup:
    t = course.strings.text
    rows = [
        (
            t(f"session.{key}"),
            t(f"session.{key}.minutes", count=change.minutes),
            html("<strong>{}</strong>", writer.inline(change.title)),
            writer.inline(change.block.text),
        )
        for key, changes in (("cut", plan.cuts), ("extend", plan.extras))
        for change in changes
    ]
    heads = ("session.when", "session.minutes", "session.part.of", "session.change")
    return scrolling(data_table(map(t, heads), rows), course.strings)


def _listed(course: Course, writer: Writer) -> Markup:
    """List the plans: the module, the plan, and its minutes."""
    t = course.strings.text
    rows = (
        (
            module_label(course.modules[plan.module], course.strings),
            link(writer.links.page(plan_page(plan.module)), inline_html(plan.title)),
            inline_html(course.modules[plan.module].title),
            plan.minutes,
        )
        for plan in course.sessions.values()
    )
    heads = ("session.of", "session.plan", "session.subject", "session.minutes")
    return scrolling(data_table(map(t, heads), rows), course.strings)


def _days(course: Course, writer: Writer, agenda: Agenda) -> list[Markup]:
    """Write a table for each day; of several, each heads its hours."""
    t = course.strings.text
    many = len(agenda.days) > 1
    tables = []
    for number, day in enumerate(agenda.days, start=1):
        first = t("kit.overview.day", number=number) if many else t("kit.overview.from")
        heads = (first, t("session.minutes"), t("kit.overview.block"))
        rows = (
            (clock(entry.starts), entry.minutes, _entry(course, writer, entry)) for entry in day
        )
        tables.append(scrolling(data_table(heads, rows), course.strings))
    return tables


def _entry(course: Course, writer: Writer, entry: Entry) -> Markup:
    """Say what a part of a day is; a session leads to its plan."""
    if not entry.module:
        if not entry.how:
            return inline_html(entry.title)
        return html("<strong>{}.</strong> {}", inline_html(entry.title), inline_html(entry.how))
    module = course.modules[entry.module]
    label = module_label(module, course.strings)
    page = plan_page(module.id) if module.id in course.sessions else f"modules/{module.id}"
    more = html(" ({})", course.strings.text("kit.overview.part")) if entry.before else Markup("")
    return html("{}: {}{}", label, link(writer.links.page(page), inline_html(module.title)), more)
