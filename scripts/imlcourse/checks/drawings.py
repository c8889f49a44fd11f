"""Drawings of modules: an SVG file that fits a phone and holds nothing that runs or loads."""

from __future__ import annotations

from pathlib import Path

from imlcourse.markdown import Block
from imlcourse.module import Module
from imlcourse.problems import Problems, near


def check_diagram(module: Module, block: Block, problems: Problems) -> None:
    """Check the drawing of a block.

    Parameters
    ----------
    module
        The module in whose folder it lies.
    block
        The block that shows it.
    problems
        Where problems are reported.
    """
    path = module.path.parent / block.argument
    folder = module.path.parent
    if not block.argument:
        return
    if not path.resolve().is_relative_to(folder.resolve()) or path.suffix.lower() != ".svg":
        problems.add(
            module.path,
            block.line,
            f"“{block.argument}” is no SVG file in the module's folder; put it there",
        )
    elif not path.is_file():
        there = [p.name for p in folder.glob("*.svg")]
        problems.add(
            module.path,
            block.line,
            f"no file {block.argument} beside the module{near(block.argument, there)}",
        )
    else:
        _drawing(path, problems)


def _drawing(path: Path, problems: Problems) -> None:
    from xml.etree import ElementTree

    try:
        text = path.read_text(encoding="utf-8")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            problems.add(path, 1, "a document type stands in the drawing; delete it")
            return
        root = ElementTree.fromstring(text)
    except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
        line = getattr(error, "position", (1, 0))[0]
        problems.add(path, line, f"not SVG that can be read ({error}); export it again")
        return
    if not root.tag.endswith("svg") or "viewBox" not in root.attrib:
        problems.add(path, 1, "the drawing has no viewBox, so that it cannot fit a phone; add one")
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].casefold()
        if name in ("script", "foreignobject", "image") or any(
            key.rpartition("}")[2].casefold().startswith("on")
            or (key.rpartition("}")[2] == "href" and not value.startswith("#"))
            for key, value in element.attrib.items()
        ):
            problems.add(
                path,
                1,
                f"the drawing holds <{name}> with a script or an outside file; "
                "draw with shapes and text alone",
            )
