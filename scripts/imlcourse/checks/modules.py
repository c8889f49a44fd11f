"""Modules: their front matter, the units they name and teach, the units of their cases."""

from __future__ import annotations

from imlcourse.checks.drawings import check_diagram, check_scene
from imlcourse.checks.library import check_since
from imlcourse.course.module import Module
from imlcourse.course.sources import Sources
from imlcourse.markup.directives import OF_PLANS, of_a_plan
from imlcourse.markup.page import Block
from imlcourse.markup.problems import repeated


def check_modules(sources: Sources) -> None:
    """Check the front matter of modules, and the blocks that point outside their text.

    Parameters
    ----------
    sources
        What was read.
    """
    problems = sources.problems
    for module in sources.modules.values():
        front = module.file
        if sources.about and str(module.front.part) not in sources.about.parts:
            problems.add(
                module.path,
                front.line(("part",)),
                f"no part {module.front.part} in book/course.yml; write one of "
                f"{', '.join(sources.about.parts)}",
            )
        for number, unit_id in enumerate(module.front.units):
            if unit_id not in sources.edition.unit_ids:
                problems.add(
                    module.path,
                    front.line(("units", number)),
                    sources.edition.unknown_unit(unit_id),
                )
            elif module.front.units.index(unit_id) != number:
                problems.add(
                    module.path,
                    front.line(("units", number)),
                    repeated(f"unit {unit_id}"),
                )
        seen: dict[str, int] = {}
        for number, objective in enumerate(module.front.objectives):
            line = front.line(("objectives", number, "id"))
            if objective.id in seen:
                problems.add(
                    module.path,
                    line,
                    repeated(
                        f"the id {objective.id}",
                        "give this objective its own",
                        line=seen[objective.id],
                    ),
                )
            if not objective.id.startswith(f"{module.id}-"):
                problems.add(
                    module.path,
                    line,
                    f"the objective {objective.id} is not named "
                    f"after its module; write {module.id}-o{number + 1}",
                )
            seen.setdefault(objective.id, line)
        if module.page.whole:
            _taught(module, sources)
        for block in module.page.blocks:
            if block.kind in OF_PLANS:
                problems.add(module.path, block.line, of_a_plan(block.kind))
            if block.kind == "picture":
                problems.add(
                    module.path,
                    block.line,
                    "{picture} belongs on a page of book/; in a module, draw a {diagram}",
                )
        for block in module.page.of_kind("diagram"):
            check_diagram(module, block, problems, sources.reader)
        for block in module.page.of_kind("situation"):
            check_scene(module, block, problems, sources.reader)
        for block in module.page.of_kind("case"):
            _case(module, block, sources)
        for block in module.page.of_kind("since"):
            check_since(module.path, block, sources)
        elsewhere = any(bank.module == module.id for bank in sources.banks.values())
        bank = sources.root / "quizzes" / f"{module.id}.yml"
        # A link that leads nowhere is there, and cannot be read.
        if not bank.exists() and not bank.is_symlink() and not elsewhere:
            problems.add(bank, 0, f"the module {module.id} has no item bank; write this file")


def check_ways(sources: Sources) -> None:
    """Check that the ways of roles lead through modules that there are, once all are written.

    Parameters
    ----------
    sources
        What was read.
    """
    about, file = sources.about, sources.about_file
    if (
        about is None
        or file is None
        or about.coverage != "whole"
        or not sources.names.complete("module")
    ):
        return
    for role, way in about.roles.items():
        for number, module_id in enumerate(way.modules):
            sources.names.report_missing(
                "module",
                module_id,
                file.path,
                file.line(("roles", role, "modules", number)),
                f"no module {module_id}",
                "name one there is",
            )


def _taught(module: Module, sources: Sources) -> None:
    cited = module.page.cited
    for block in module.page.of_kind("case"):
        cited.update(_listed(block.argument))
    front = module.file
    for number, unit_id in enumerate(module.front.units):
        if unit_id in sources.edition.unit_ids and unit_id not in cited:
            sources.problems.add(
                module.path,
                front.line(("units", number)),
                f"unit {unit_id} is named here and never taught; cite it in the text with "
                f"{{para}}`{unit_id}`, or take it out of the units",
            )


def _listed(argument: str) -> list[str]:
    return [part.strip() for part in argument.split(",") if part.strip()]


def _case(module: Module, block: Block, sources: Sources) -> None:
    problems = sources.problems
    for unit_id in _listed(block.argument):
        if unit_id not in sources.edition.unit_ids:
            problems.add(module.path, block.line, sources.edition.unknown_unit(unit_id))
