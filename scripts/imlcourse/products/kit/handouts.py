"""Handouts: the key points of a module with its figure on one sheet, and pictures for the wall."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from imlcourse.book.paint import paint
from imlcourse.course.module import Module
from imlcourse.course.session import SessionPlan
from imlcourse.html.sessions import material_name
from imlcourse.html.writer import Writer, module_label, part_colour
from imlcourse.markup.inline import inline_text
from imlcourse.markup.page import Block
from imlcourse.products.kit.part import KitFile, KitMaking, KitPart
from imlcourse.products.kit.sheet import Sheet
from imlcourse.products.rich import inline, rich


def _make(making: KitMaking) -> list[KitFile]:
    from imlcourse.products.kit.names import fit_name
    from imlcourse.products.kit.pdf import typeset

    files = []
    for number, plan in enumerate(making.plans, start=1):
        module = making.course.modules[plan.module]
        label = module_label(module, making.strings)
        for material in plan.materials:
            if material.kind == "keypoints":
                source = _key_points(making, module)
            elif material.kind == "figure":
                source = _poster(making, plan, module, material.id)
            else:
                continue
            name = material_name(Writer(making.course), plan, material)
            made = partial(typeset, source, making.course.about.language)
            files.append(
                KitFile(
                    fit_name(f"{number:02d} {label} {name}") + ".pdf",
                    making.kept("handout", (source,), made),
                    name,
                    copies=material.copies(making.agenda.people),
                    module=plan.module,
                    material=material.name,
                )
            )
    return files


def _sheet(making: KitMaking, module: Module, title: str, subtitle: str) -> Sheet:
    about, label = making.course.about, module_label(module, making.strings)
    return Sheet(
        title=title,
        subtitle=subtitle,
        above=inline_text(about.title),
        below=making.strings.text("kit.foot", label=label, version=about.version),
        language=about.language,
        colour=_part_colour(module),
        paper=making.agenda.paper,
        date=about.date,
        author=inline_text(about.title),
    )


def _part_colour(module: Module) -> str:
    return paint()["parts"][part_colour(module)][0].removeprefix("#")


def _key_points(making: KitMaking, module: Module) -> str:
    """Write the key points of a module, and below them its first figure, on one page."""
    from imlcourse.products.kit.pdf import paras_source, source_of

    t, writer = making.strings.text, Writer(making.course)
    title = t("kit.handout.module", label=module_label(module, making.strings))
    sheet = _sheet(making, module, title, inline_text(module.title))
    points = [
        para for block in module.page.of_kind("keypoints") for para in rich(block.text, writer)
    ]
    figure = next(iter(module.page.of_kind("diagram")), None)
    return "\n".join(
        [
            source_of(sheet),
            "#set text(size: 11.5pt)",
            f"#title-of(1, {_quoted(t('kit.handout.keypoints'))})",
            paras_source(points),
            *(_figure(writer, module, figure) if figure else ()),
        ]
    )


def _poster(making: KitMaking, plan: SessionPlan, module: Module, name: str) -> str:
    """Write a drawing of a module as large as the page allows."""
    from imlcourse.products.kit.pdf import source_of

    writer = Writer(making.course)
    blocks = [*module.page.of_kind("diagram"), *module.page.of_kind("situation")]
    block = next(one for one in blocks if name in (one.argument, one.options.get("drawing")))
    scene = block.kind == "situation"
    title = inline_text(block.argument) if scene else inline_text(plan.title)
    sheet = _sheet(making, module, title, inline_text(module.title))
    return "\n".join([source_of(sheet), *_figure(writer, module, block)])


def _figure(writer: Writer, module: Module, block: Block) -> Iterator[str]:
    """Write a drawing that takes what is left of the page, with its caption."""
    name = block.options["drawing"] if block.kind == "situation" else block.argument
    from imlcourse.products.kit.picture import painted

    drawing = (module.path.parent / name).read_text(encoding="utf-8")
    svg = painted(drawing, accent=_part_colour(module))
    alt = _quoted(inline(block.options.get("alt", ""), writer).text)
    yield f"#rest(bytes({_quoted(svg)}), {alt})"
    if caption := block.options.get("caption"):
        yield f"#caption-of({_quoted(inline(caption, writer).text)})"


def _quoted(text: str) -> str:
    from imlcourse.products.kit.pdf import quoted

    return quoted(text)


PART = KitPart("handouts", "kit.folder.handouts", _make, libraries={"typst": "typst"})
