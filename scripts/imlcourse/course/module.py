"""Modules: what is taught, each read from its folder's ``module.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.document.units import UnitId
from imlcourse.languages.strings import Strings
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.page import Block, Page, read_fronted_page
from imlcourse.markup.problems import Problems
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import YamlFile


class Objective(Data):
    """What a learner can do after the module: one verb, one result."""

    id: Annotated[str, Form("write the module's id and a number, as in m06-o1")] = Field(
        pattern=r"^[a-z]+[0-9]*-o[0-9]+$"
    )
    text: Words


class Minutes(Data):
    """How long a module takes, in minutes: alone, and in a session with a trainer."""

    self_paced: int = Field(alias="self", ge=5, le=240)
    session: int = Field(ge=5, le=480)


class ModuleFront(Data):
    """The front matter of a module."""

    id: Annotated[str, Form("write m and two digits, as in m06; or capstone")] = Field(
        pattern=r"^(m[0-9]{2,4}|capstone)$"
    )
    part: int
    title: Words
    units: list[UnitId] = Field(min_length=1)
    minutes: Minutes
    objectives: list[Objective] = Field(min_length=2, max_length=5)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a module: its heading, the label it is linked by, and its blocks."""

    id: str
    title: str
    line: int
    blocks: tuple[Block, ...]


StepKind = Literal["scene", "idea", "case", "task", "end"]
"""What a step is: the opening scene with its first idea, an idea, a case, a task, or the end."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a module: what a learner does in one go.

    Attributes
    ----------
    module
        The id of its module.
    id
        What it is linked by: the label of its section, or the module's id and ``-end``.
    number
        Its place in the module, from 1.
    title
        The heading of its section; empty at the end, whose heading is a text of the interface.
    kind
        What it is.
    blocks
        What stands in it, in order; in the first, the opening too.
    """

    module: str
    id: str
    number: int
    title: str
    kind: StepKind
    blocks: tuple[Block, ...]


_ENDING = ("since", "keypoints")
"""Blocks with which the end of a module begins, in its last section."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module.

    Attributes
    ----------
    front
        What its front matter says.
    file
        The front matter as it is written, for the lines of what stands in it.
    page
        The parsed page.
    opening
        Blocks before the first section.
    sections
        The sections in order.
    """

    front: ModuleFront
    file: YamlFile
    page: Page
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]

    @property
    def id(self) -> str:
        """The module's id."""
        return self.front.id

    @property
    def title(self) -> str:
        """The module's title."""
        return self.front.title

    @property
    def number(self) -> int | None:
        """Its number, which its id holds; ``None`` for a capstone, which has a name instead."""
        digits = self.id.removeprefix("m")
        return int(digits) if digits.isdecimal() else None

    def label(self, strings: Strings) -> str:
        """Say which module it is, as in “Module 9”; a capstone has a name instead."""
        if self.number is None:
            return strings.text("module.capstone")
        return strings.text("module.number", number=self.number)

    @property
    def path(self) -> Path:
        """The file it was read from."""
        return self.page.path

    @property
    def end(self) -> Block | None:
        """The block with which the end begins: key points, what has changed, the module quiz."""
        last = self.sections[-1].blocks if self.sections else ()
        return next((block for block in last if block.kind in _ENDING), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order: a step for each section, and the end.

        The opening belongs to the first. What stands in the last section from its key points on,
        or from what has changed since, is a step of its own.
        """
        end = self.end
        steps: list[Step] = []
        for section in self.sections:
            blocks, rest = section.blocks, None
            if end is not None and section is self.sections[-1]:
                at = blocks.index(end)
                blocks, rest = blocks[:at], blocks[at:]
            number = len(steps) + 1
            if number == 1:
                blocks = (*self.opening, *blocks)
            kind = _kind_of(number, blocks, last=section is self.sections[-1])
            steps.append(Step(self.id, section.id, number, section.title, kind, blocks))
            if rest is not None:
                steps.append(Step(self.id, f"{self.id}-end", number + 1, "", "end", rest))
        return tuple(steps)

    def placed(self, kind: str) -> Iterator[Block]:
        """Give the places of quizzes (``quiz``) or of single items (``item``)."""
        return self.page.of_kind(kind)


def _kind_of(number: int, blocks: tuple[Block, ...], *, last: bool) -> StepKind:
    """Say what a step is, by what stands in it: a case alone, or something to write."""
    placed = {block.kind for block in blocks}
    if number == 1:
        return "scene"
    if "worksheet" in placed:
        return "task"
    if last or ("item" in placed and "quiz" not in placed):
        return "case"
    return "idea"


def read_module(path: Path, problems: Problems) -> Module | None:
    """Read a module.

    Parameters
    ----------
    path
        Its ``module.md``.
    problems
        Where problems are reported.

    Returns
    -------
    Module or None
        The module; ``None`` if its front matter cannot be used.
    """
    page = read_fronted_page(path, problems, "--- and id, part, title, units, minutes, objectives")
    if page is None or page.front is None:
        return None
    front = validated(ModuleFront, page.front, problems)
    if front is None:
        return None
    opening, sections = _sections(page, front.id, problems)
    return Module(front, page.front, page, opening, sections)


def _sections(
    page: Page, module_id: str, problems: Problems
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    opening: list[Block] = []
    sections: list[tuple[Block, list[Block]]] = []
    for block in page.blocks:
        if block.kind == "heading" and block.level == 1:
            problems.add(
                page.path,
                block.line,
                "a heading of level 1; the title stands in the "
                "front matter: write ## for a section",
            )
        if block.kind == "heading" and block.level > 3:
            problems.add(page.path, block.line, "a heading deeper than ###; write ## or ###")
        if block.kind == "heading" and block.level == 3 and not sections:
            problems.add(page.path, block.line, "a heading ### above the first section; write ##")
        if block.kind == "heading" and block.level == 2:
            sections.append((block, []))
            wanted = f"{module_id}-s{len(sections)}"
            if block.label != wanted:
                found = f"its label is ({block.label})=" if block.label else "it has no label"
                problems.add(
                    page.path,
                    block.line,
                    f"the section “{block.text}” is number {len(sections)} and {found}; "
                    f"write ({wanted})= on a line of its own above it",
                )
        elif sections:
            sections[-1][1].append(block)
        else:
            opening.append(block)
    return tuple(opening), tuple(
        Section(head.label, head.text, head.line, tuple(blocks)) for head, blocks in sections
    )
