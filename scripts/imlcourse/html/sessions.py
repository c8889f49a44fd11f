"""What the materials of a session are called, on pages and on paper."""

from __future__ import annotations

from imlcourse.course.pace import without_roles
from imlcourse.course.session import Material, SessionPlan
from imlcourse.html.writer import Writer
from imlcourse.languages.rules import rules_of
from imlcourse.markup.inline import inline_text


def material_name(writer: Writer, plan: SessionPlan, material: Material) -> str:
    """Say what a material is, in words.

    Parameters
    ----------
    writer
        The writer of the page.
    plan
        The plan that names it.
    material
        The material.
    """
    t, id_ = writer.course.strings.text, material.id
    if material.kind == "bring":
        training = writer.course.library.training
        brought = training.bring.get(id_) if training else None
        return inline_text(brought.name) if brought else id_
    named = t(f"session.material.{material.kind}")
    title = _title(writer, plan, material)
    return t("session.material.named", kind=named, title=title) if title else named


def shown_name(writer: Writer, plan: SessionPlan, name: str) -> str:
    """Say what an activity uses, in words: a material, or what stands on the screen."""
    t = writer.course.strings.text
    for material in plan.materials:
        if material.name == name:
            return material_name(writer, plan, material)
    if name == "scene":
        return t("session.slide.scene")
    if name.endswith(".svg"):
        title = _figure(writer, plan, name)
        return t("session.material.named", kind=t("session.material.figure"), title=title)
    if name in writer.course.quizzes:
        return inline_text(writer.course.quizzes[name][1].title)
    return t("session.item", question=_question(writer, name))


def _title(writer: Writer, plan: SessionPlan, material: Material) -> str:
    id_ = material.id
    if material.kind in ("aid", "reading"):
        return inline_text(writer.page_title(id_))
    if material.kind == "cards":
        return inline_text(plan.cards[id_].title)
    if material.kind == "flipchart":
        return inline_text(plan.flipcharts[id_].title)
    if material.kind == "figure":
        return _figure(writer, plan, id_)
    if material.kind == "sheet":
        quizzes = writer.course.quizzes
        return inline_text(quizzes[id_][1].title) if id_ in quizzes else _question(writer, id_)
    if material.kind == "worksheet":
        bank = writer.course.banks[plan.module]
        return inline_text(bank.worksheets[id_].title) if id_ in bank.worksheets else id_
    if material.kind == "case":
        items = writer.course.banks[plan.module].items
        return inline_text(items[id_].stem) if id_ in items else id_
    return id_


def _figure(writer: Writer, plan: SessionPlan, name: str) -> str:
    """Name a drawing of the module: by its caption, or the title of the situation that it opens."""
    page = writer.course.modules[plan.module].page
    for block in page.blocks:
        if block.kind == "diagram" and block.argument == name and block.options.get("caption"):
            caption = inline_text(without_roles(block.options["caption"]))
            return rules_of(writer.course.about.language).sentences(caption)[0].rstrip(".")
        if block.options.get("drawing") == name:
            return inline_text(block.argument)
    return name


def _question(writer: Writer, item_id: str) -> str:
    """Name an item by the question in which its stem ends."""
    stem = next((item.stem for item in writer.course.items if item.id == item_id), item_id)
    return rules_of(writer.course.about.language).last_sentence(inline_text(stem))
