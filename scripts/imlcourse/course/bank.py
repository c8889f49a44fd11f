"""Item banks: the quizzes and items of a module, read from ``quizzes/<module>.yml``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from imlcourse.course.worksheet import Worksheet
from imlcourse.items import AnyItem, Item, read_item
from imlcourse.items.blueprint import Cell
from imlcourse.items.shared import module_of
from imlcourse.languages.spelling import near, nearest
from imlcourse.languages.strings import Strings, strings_of
from imlcourse.markup.explain import Form
from imlcourse.markup.fields import Data, Words
from imlcourse.markup.marks import check_texts
from imlcourse.markup.problems import Problems, repeated
from imlcourse.markup.roles import begins_sentence
from imlcourse.markup.validation import validated
from imlcourse.markup.yamlfile import Place, YamlFile, read_yaml


class Quiz(Data):
    """A quiz: items asked together, in this order, or drawn by a blueprint."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="An id that never changes, such as m06-s1 for the quiz of section 1.",
    )
    title: Annotated[Words, Field(min_length=1, description="The heading of the quiz.")]
    mode: Literal["practice", "test"] = Field(
        default="practice",
        description="practice: told at once. test: drawn by the blueprint, told at the end.",
    )
    pick: Literal["all", "role"] = Field(
        default="all",
        description="role: of several scenarios, the one for the learner's role is shown first.",
    )
    items: list[str] = Field(
        min_length=1, description="Ids of its items, in order; of a test, all it may draw from."
    )
    blueprint: list[Cell] = Field(
        default_factory=list, description="Of a test: how many items of each kind are drawn."
    )

    @property
    def item_ids(self) -> list[str]:
        """Ids of its items; the file calls them `items`, as people do."""
        return self.items


MODULE_QUIZZES = "module quizzes"
"""What stands in place of items to draw from all that module quizzes draw from."""


class Draw(Data):
    """Items from which tests of the whole course are drawn, and how many of each kind."""

    items: Annotated[
        list[str] | Literal["module quizzes"], Form("write a list of ids, or: module quizzes")
    ] = Field(
        description="Ids of items, or: module quizzes, for all that module quizzes draw from."
    )
    blueprint: list[Cell] = Field(min_length=1)


class FinalDraw(Draw):
    """The final test."""

    pass_mark: int = Field(ge=1, le=100, description="Share of points that passes, in per cent.")


class CourseTests(Data):
    """``quizzes/tests.yml``: the tests of the whole course."""

    before_after: Draw = Field(
        description="The pre-test and the post-test: one blueprint, never the same items."
    )
    final: FinalDraw

    @property
    def reserved_ids(self) -> list[str]:
        """Ids of the items that are kept for the pre-test and the post-test."""
        items = self.before_after.items
        return list(items) if isinstance(items, list) else []


class StartCheck(Data):
    """``quizzes/start-check.yml``: short situations that propose where to begin."""

    items: list[str] = Field(
        min_length=1, description="Ids of items, one of a module, that are asked nowhere else."
    )

    @property
    def blueprint(self) -> list[Cell]:
        """How it is drawn: all of it."""
        return [Cell(module=module_of(id_), items=1) for id_ in self.items]


class BankFile(BaseModel):
    """A file of ``quizzes/``."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    module: str = Field(description="Id of the module, such as m06.")
    pass_mark: int = Field(ge=1, le=100, description="Share of points that passes, in per cent.")
    quizzes: list[Quiz] = Field(min_length=1)
    items: list[AnyItem] = Field(min_length=1)
    retired: list[str] = Field(
        default=[],
        description="Ids of items that were asked once. Learners' records hold them, so no other "
        "item ever gets one.",
    )
    worksheets: list[Worksheet] = Field(
        default=[], description="What the learner is to write, with a rubric and a model answer."
    )


@dataclass(frozen=True, slots=True)
class Bank:
    """The quizzes and items of a module.

    Attributes
    ----------
    module
        Id of the module.
    pass_mark
        Share of points that passes, in per cent.
    quizzes
        Quizzes by id, in order.
    items
        Items by id, in order.
    worksheets
        Worksheets by id, in order.
    file
        The file, for the lines of each.
    places
        Where each stands in the file.
    retired
        Ids of items that were asked once.
    """

    module: str
    pass_mark: int
    quizzes: dict[str, Quiz]
    items: dict[str, Item]
    worksheets: dict[str, Worksheet]
    file: YamlFile
    places: dict[str, Place]
    mentions: tuple[tuple[Place, str], ...] = ()
    """Sections that texts of items name with a role, and where."""
    retired: tuple[str, ...] = ()

    def translating(self, original: Bank) -> Bank:
        """Give the same bank, its items bound to those of another that they translate."""
        items = {
            id_: item.translating(original.items[id_]) if id_ in original.items else item
            for id_, item in self.items.items()
        }
        return replace(self, items=items)

    def line(self, id_: str, path: Place = ()) -> int:
        """Give the line of an item or a quiz, or of something inside it."""
        return self.file.line((*self.places[id_], *path))

    def written(self, name: str) -> set[str]:
        """Give the ids of all items (``items``), quizzes or worksheets in the file.

        Those that could not be read are among them, so that naming one is no error of its own.
        """
        return {
            str(entry["id"])
            for entry in self.file.value.get(name, [])
            if isinstance(entry, dict) and isinstance(entry.get("id"), (str, int))
        }


def item_schema() -> str:
    """Give the JSON Schema that editors complete and check item banks with.

    Returns
    -------
    str
        The text of ``quizzes/items.schema.json``.
    """
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Item bank of a module",
        **BankFile.model_json_schema(),
    }
    schema["properties"]["source"] = {
        "type": "string",
        "description": "In a translation: the mark of the text that it was made from "
        "(course translations).",
    }
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def read_bank(path: Path, problems: Problems, language: str = "en") -> Bank | None:
    """Read an item bank.

    Parameters
    ----------
    path
        A file of ``quizzes/``.
    problems
        Where problems are reported.
    language
        The language that it is written in.

    Returns
    -------
    Bank or None
        What could be read of it: items with errors are reported and left out. ``None`` if the
        file as a whole cannot be used.
    """
    file = read_yaml(path, problems)
    if file is None:
        return None
    check_texts(file, problems)
    head = _head(file, problems)
    if head is None:
        return None
    retired = tuple(map(str, head.get("retired", [])))
    bank = Bank(str(head["module"]), head["pass_mark"], {}, {}, {}, file, {}, retired=retired)
    for number in range(len(head["quizzes"])):
        quiz = validated(Quiz, file, problems, ("quizzes", number))
        if quiz and _is_new(quiz.id, ("quizzes", number), bank, problems):
            bank.quizzes[quiz.id] = quiz
    for number in range(len(head.get("worksheets", []))):
        work = validated(Worksheet, file, problems, ("worksheets", number))
        if work and _is_new(work.id, ("worksheets", number), bank, problems):
            bank.worksheets[work.id] = work
    mentions: list[tuple[Place, str]] = []
    for number, data in enumerate(head["items"]):
        place = ("items", number)
        item, flaws = read_item(_in_words(data, place, language, mentions))
        for flaw in flaws:
            problems.add(path, file.line((*place, *flaw.path)), flaw.message)
        if item and _is_new(item.id, place, bank, problems):
            bank.items[item.id] = item.in_language(language)
    # Each by itself, by the rules of its type: this follows from the file alone, as the rest does.
    checked: list[tuple[str, Item | Worksheet]] = [*bank.items.items(), *bank.worksheets.items()]
    for id_, one in checked:
        for flaw in one.problems():
            problems.add(path, bank.line(id_, flaw.path), flaw.message)
    return replace(bank, mentions=tuple(mentions))


_SECTION = re.compile(r"\{section\}`\s*([^`<>]*?)\s*`")


def _in_words(data: Any, place: Place, language: str, found: list[tuple[Place, str]]) -> Any:
    """Write in words what names a section, so that every form of an item reads it.

    The version of an item is that of its words. Where it is a page, the words are linked again
    (`imlcourse.html.writer.Writer.told`).
    """
    if isinstance(data, dict):
        return {k: _in_words(v, (*place, k), language, found) for k, v in data.items()}
    if isinstance(data, list):
        return [_in_words(v, (*place, n), language, found) for n, v in enumerate(data)]
    if not isinstance(data, str) or "{section}" not in data:
        return data

    def words(role: re.Match[str]) -> str:
        found.append((place, role[1]))
        return section_words(
            role[1], strings_of(language), begins=begins_sentence(data, role.start())
        )

    return _SECTION.sub(words, data)


def section_words(section_id: str, strings: Strings, *, begins: bool) -> str:
    """Name a section by its number, as “section 3”."""
    said = strings.text("section.cited", number=section_id.rpartition("-s")[2])
    return said[:1].upper() + said[1:] if begins else said


def _is_new(id_: str, place: Place, bank: Bank, problems: Problems) -> bool:
    if id_ in bank.places:
        problems.add(
            bank.file.path,
            bank.file.line((*place, "id")),
            repeated(f"the id {id_}", "give this entry an id of its own", line=bank.line(id_)),
        )
        return False
    bank.places[id_] = place
    return True


def _head(file: YamlFile, problems: Problems) -> dict[str, Any] | None:
    if not isinstance(file.value, dict):
        problems.add(file.path, 1, "no item bank; write module, pass_mark, quizzes and items")
        return None
    fields = BankFile.model_fields
    for name in file.value:
        if name not in fields:
            problems.add(
                file.path,
                file.line((name,)),
                f"no name “{name}” belongs here{near(name, fields)}; mend or delete it",
            )
    usable = True
    mistyped = {nearest(str(name), fields) for name in file.value if name not in fields}
    for name in fields:
        value = file.value.get(name)
        if name not in file.value and not fields[name].is_required():
            continue
        if name not in file.value:
            if name not in mistyped:
                problems.add(file.path, 1, f"“{name}” is missing; add it")
            usable = usable and name not in ("module", "items", "quizzes", "pass_mark")
        elif name == "module" and not (isinstance(value, str) and value):
            problems.add(
                file.path,
                file.line((name,)),
                "“module” names the module of the bank; write its id, as in m06",
            )
            usable = False
        elif name in ("quizzes", "items", "worksheets", "retired") and not (
            isinstance(value, list) and value
        ):
            problems.add(
                file.path,
                file.line((name,)),
                f"“{name}” is to be a list, with entries in it; begin each with “- ”",
            )
            usable = False
    mark = file.value.get("pass_mark", 70)
    if not (isinstance(mark, int) and not isinstance(mark, bool) and 1 <= mark <= 100):
        problems.add(
            file.path,
            file.line(("pass_mark",)),
            "“pass_mark” is a share in per cent; write a whole number from 1 to 100",
        )
        usable = False
    return dict(file.value) if usable else None
