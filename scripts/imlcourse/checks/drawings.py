"""Drawings of modules: an SVG file that fits a phone and holds nothing that runs or loads."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from imlcourse.course.module import Module
from imlcourse.languages.spelling import near
from imlcourse.markup.page import Block
from imlcourse.markup.problems import Problems
from imlcourse.markup.textfile import read_text


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
    folder = module.path.parent
    if not block.argument:
        return
    path = folder / block.argument
    if len(block.argument) > _LONGEST:
        problems.add(module.path, block.line, "no file has so long a name; write that of a drawing")
    elif not path.resolve().is_relative_to(folder.resolve()) or path.suffix.lower() != ".svg":
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


_LONGEST = 100
"""Longer names are none that a file could have everywhere."""
_SVG = "http://www.w3.org/2000/svg"
_FOREIGN = ("script", "foreignobject", "image", "iframe", "audio", "video")
_LOADS = re.compile(r"@import|url\(\s*[\"']?(?!\s*[\"']?#)", re.IGNORECASE)


def _drawing(path: Path, problems: Problems) -> None:
    text = read_text(path, problems)
    if text is not None:
        _Drawing(path, problems).read(text)


class _Drawing:
    """Reads a drawing element by element, and reports each mistake at its line."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.CharacterDataHandler = self._style
        self.names: list[str] = []
        self.parser.EndElementHandler = lambda _: self.names.pop()

    def read(self, text: str) -> None:
        try:
            self.parser.Parse(text, True)
        except _DoctypeError:
            self._report("a document type stands in the drawing; delete it")
        except expat.ExpatError as error:
            said = expat.ErrorString(error.code)
            self.problems.add(
                self.path, error.lineno, f"not SVG that can be read ({said}); export it again"
            )

    def _report(self, what: str) -> None:
        self.problems.add(self.path, self.parser.CurrentLineNumber, what)

    def _doctype(self, *_: object) -> None:
        # Entities that explode are declared in one: nothing behind it is read.
        raise _DoctypeError

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if not self.names:
            self._outermost(space, name, attributes)
        self.names.append(name)
        loads = any(
            key.rpartition(" ")[2].casefold().startswith("on")
            or (key.rpartition(" ")[2] in ("href", "src") and not value.startswith("#"))
            or _LOADS.search(value)
            for key, value in attributes.items()
        )
        if name.casefold() in _FOREIGN or loads:
            self._report(
                f"the drawing holds <{name}> with a script or an outside file; "
                "draw with shapes and text alone"
            )

    def _outermost(self, space: str, name: str, attributes: dict[str, str]) -> None:
        if name != "svg" or space != _SVG:
            self._report(f'the outermost element is no <svg>; write <svg xmlns="{_SVG}" …>')
        elif "viewBox" not in attributes:
            self._report("the drawing has no viewBox, so that it cannot fit a phone; add one")

    def _style(self, text: str) -> None:
        if self.names[-1:] == ["style"] and _LOADS.search(text):
            self._report("the style of the drawing loads an outside file; take that out")


class _DoctypeError(Exception):
    pass
