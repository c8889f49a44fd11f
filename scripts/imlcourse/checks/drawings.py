"""Drawings of modules: an SVG file that fits a phone and holds nothing that runs or loads."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.parsers import expat

from imlcourse.course.find import source_files
from imlcourse.course.module import Module
from imlcourse.course.reader import Reader
from imlcourse.languages.spelling import near
from imlcourse.markup.page import Block
from imlcourse.markup.problems import Problems
from imlcourse.markup.textfile import read_text


def check_diagram(module: Module, block: Block, problems: Problems, reader: Reader) -> None:
    """Check the drawing of a block.

    Parameters
    ----------
    module
        The module in whose folder it lies.
    block
        The block that shows it.
    problems
        Where problems are reported.
    reader
        Reads the drawing.
    """
    _check(module, block, block.argument, problems, reader)


def check_scene(module: Module, block: Block, problems: Problems, reader: Reader) -> None:
    """Check the scene that is drawn for an opening situation, where there is one.

    Parameters
    ----------
    module
        The module in whose folder it lies.
    block
        The situation.
    problems
        Where problems are reported.
    reader
        Reads the drawing.
    """
    drawing, alt = block.options.get("drawing", ""), block.options.get("alt", "")
    if drawing and not alt:
        problems.add(
            module.path,
            block.line,
            "the situation has a drawing and no words for it; write :alt: and what it shows",
        )
    elif alt and not drawing:
        problems.add(
            module.path,
            block.line,
            "the situation has :alt: and no :drawing:; add it, or drop :alt:",
        )
    _check(module, block, drawing, problems, reader)


def _check(module: Module, block: Block, drawing: str, problems: Problems, reader: Reader) -> None:
    folder = module.path.parent
    if not drawing:
        return
    path = folder / drawing
    if len(drawing) > _LONGEST:
        problems.add(module.path, block.line, "no file has so long a name; write that of a drawing")
    elif not _real(path).is_relative_to(_real(folder)) or path.suffix.lower() != ".svg":
        problems.add(
            module.path,
            block.line,
            f"“{drawing}” is no SVG file in the module's folder; put it there",
        )
    elif not path.is_file():
        there = [p.name for p in source_files(folder, "*.svg")]
        problems.add(
            module.path,
            block.line,
            f"no file {drawing} beside the module{near(drawing, there)}",
        )
    else:
        reader.read(check_drawing, path, problems)


def _real(path: Path) -> Path:
    # `Path.resolve` gives up at links that lead round in a circle.
    return Path(os.path.realpath(path))


_LONGEST = 100
"""Longer names are none that a file could have everywhere."""
_SVG = "http://www.w3.org/2000/svg"
_FOREIGN = ("script", "foreignobject", "image", "iframe", "audio", "video")
_SHAPES = frozenset(
    """
    svg g path circle ellipse line polyline polygon rect text tspan title desc defs marker
    linearGradient radialGradient stop use symbol clipPath mask pattern
    """.split()  # noqa: SIM905
)
"""Elements that a drawing is made of. It stands in the page itself: a style in it would dress the
whole page, or blank it."""
_LOOKS = frozenset(
    """
    id class role lang transform x y x1 x2 y1 y2 dx dy cx cy r rx ry width height d points
    viewBox preserveAspectRatio version rotate offset opacity fill fill-opacity fill-rule stroke
    stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
    stroke-dashoffset stroke-opacity stop-color stop-opacity font-family font-size font-weight
    font-style text-anchor dominant-baseline letter-spacing textLength lengthAdjust direction
    writing-mode unicode-bidi paint-order vector-effect clip-path clip-rule mask marker-start
    marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient gradientUnits
    gradientTransform spreadMethod fx fy patternUnits patternTransform patternContentUnits
    clipPathUnits maskUnits maskContentUnits color href space focusable aria-hidden aria-label
    aria-labelledby aria-describedby
    """.split()  # noqa: SIM905
)
"""Attributes that place or paint one shape, and nothing outside of the drawing."""
_LOADS = re.compile(r"@import|url\(\s*[\"']?(?!\s*[\"']?#)", re.IGNORECASE)


_PART = re.compile(r"""\bid=["']part-\d""")
_MOST_PARTS = 4
"""A drawing of more parts is shown whole: nobody presses six times for one picture."""


def check_drawing(path: Path, problems: Problems) -> None:
    """Check the file of a drawing.

    Parameters
    ----------
    path
        An SVG file.
    problems
        Where problems are reported.
    """
    text = read_text(path, problems)
    if text is None:
        return
    _Drawing(path, problems).read(text)
    parts = list(_PART.finditer(text))
    if len(parts) > _MOST_PARTS:
        problems.add(
            path,
            text.count("\n", 0, parts[_MOST_PARTS].start()) + 1,
            f"the drawing is built up of {len(parts)} parts, and a reader is asked to press for "
            f"each; join them into {_MOST_PARTS} at most, or take the ids off, and it shows whole",
        )


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
        self.styles = 0
        self.parser.EndElementHandler = self._end
        self.parser.ProcessingInstructionHandler = self._instruction

    def read(self, text: str) -> None:
        try:
            self.parser.Parse(text, True)
        except _DoctypeError:
            self._report("a document type stands in the drawing; delete it")
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            self.problems.add(
                self.path, error.lineno, f"not SVG that can be read ({reason}); export it again"
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
        others = [key for key in attributes if key.rpartition(" ")[2] not in _LOOKS]
        if name.casefold() in _FOREIGN or loads:
            self._report(
                f"the drawing holds <{name}> with a script or an outside file; "
                "draw with shapes and text alone"
            )
        elif len(self.names) > 1 and (name not in _SHAPES or space != _SVG):
            self.styles += name == "style"
            if name != "style":
                self._report(f"the drawing holds <{name}>, which is no shape; save it as plain SVG")
        elif others:
            self._report(
                f"<{name}> with `{others[0].rpartition(' ')[2]}`, which may change the page around "
                "the drawing; write fill, stroke and the like as attributes of each shape"
            )

    def _outermost(self, space: str, name: str, attributes: dict[str, str]) -> None:
        if name != "svg" or space != _SVG:
            self._report(f'the outermost element is no <svg>; write <svg xmlns="{_SVG}" …>')
        elif "viewBox" not in attributes:
            self._report("the drawing has no viewBox, so that it cannot fit a phone; add one")

    def _style(self, text: str) -> None:
        if self.names[-1:] == ["style"] and _LOADS.search(text):
            self.styles = 0
            self._report("the style of the drawing loads an outside file; take that out")

    def _end(self, _: str) -> None:
        if self.names.pop() == "style" and self.styles:
            self._report(
                "the drawing has a <style>, which would dress the whole page; write fill, stroke "
                "and the like as attributes of each shape"
            )

    def _instruction(self, target: str, _: str) -> None:
        self._report(f"the drawing holds <?{target}; take it out")


class _DoctypeError(Exception):
    pass
