"""What the page and the workbook of a report both say: tests, modules, answers and numbers."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from imlcourse.course.model import Course
from imlcourse.html.citation import cited, headed
from imlcourse.html.writer import module_label
from imlcourse.items import Item
from imlcourse.items.parts import (
    CardPart,
    ChoicePart,
    DecisionPart,
    GapPart,
    JudgementPart,
    NumberPart,
    PairPart,
    StepPart,
)
from imlcourse.items.shared import module_of
from imlcourse.markup.inline import inline_text
from imlcourse.results.analysis import Analysis, Choice, TestFigures
from imlcourse.results.answers import AFTER, BEFORE, FINAL, PRACTICE, START
from imlcourse.results.gather import Gathered
from imlcourse.results.groups import GroupFigures
from imlcourse.results.readers.rows import OPEN

__all__ = ["PEOPLE_TABLE", "Words"]

_SECTION = re.compile(r"\{section\}`([^`]+)`")
PEOPLE_TABLE = "people.csv"
"""The file of those whom neither the page nor the workbook can list."""
MOST_NAMESAKES = 10
_MINUS, _PLUS = "\u2212", "+"


class Words:
    """Words of a report, in the language of the course.

    Parameters
    ----------
    course
        The course.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.strings = course.strings
        self.items = {item.id: item for item in course.items}

    def plain(self, text: str) -> str:
        """Give a text without its marks; a section that it names by its number."""

        def section(found: re.Match[str]) -> str:
            module = self.course.modules.get(module_of(found[1]))
            ids = [one.id for one in module.sections] if module else []
            if found[1] not in ids:
                return found[0]
            return self.strings.text("section.cited", number=ids.index(found[1]) + 1)

        return inline_text(_SECTION.sub(section, text))

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """Write a number as the language does, with a sign if that is wanted."""
        shape = "#,##0" + ("." + "0" * digits if digits else "")
        rounded = round(value, digits) or 0.0  # no “−0”
        text = format_decimal(abs(rounded), shape, locale=self.strings.locale.replace("-", "_"))
        sign = _MINUS if rounded < 0 else _PLUS if signed and rounded else ""
        return f"{sign}{text}"

    def percent(self, share: float, digits: int = 0, *, signed: bool = False) -> str:
        """Write a share in per cent, without the sign of per cent."""
        return self.number(share * 100, digits, signed=signed)

    def coefficient(self, value: float | None) -> str:
        """Write a coefficient; a dash where there is none."""
        return self.strings.text("report.none") if value is None else self.number(value, 2)

    def test(self, id_: str) -> str:
        """Give the name of a test."""
        if id_ in (BEFORE, AFTER, FINAL, START, PRACTICE):
            return self.strings.text(f"report.name.{id_}")
        found = self.course.quizzes.get(id_)
        if found is None:
            return id_
        bank, quiz = found
        label = self.module_short(bank.module)
        return self.strings.text("module.named", label=label, title=self.plain(quiz.title))

    def edition(self, figures: TestFigures) -> str:
        """Give the name of a test in its edition."""
        name = self.test(figures.test)
        if not figures.edition:
            return name
        if figures.edition == "?":
            return self.strings.text("report.tests.unknown", test=name)
        return self.strings.text("report.tests.edition", test=name, edition=figures.edition)

    def module(self, id_: str) -> str:
        """Give a module by its number and title."""
        label = self.module_short(id_)
        title = self.plain(self.course.modules[id_].title)
        return self.strings.text("module.named", label=label, title=title)

    def module_short(self, id_: str) -> str:
        """Give a module by its number alone."""
        return module_label(self.course.modules[id_], self.strings)

    def objective(self, id_: str) -> str:
        """Give the text of an objective."""
        module = self.course.modules[module_of(id_)]
        return next(self.plain(one.text) for one in module.front.objectives if one.id == id_)

    def stem(self, id_: str) -> str:
        """Give a question; its id where it is asked no more."""
        item = self.items.get(id_)
        return self.plain(item.stem) if item else id_

    def option(self, choice: Choice) -> str:
        """Give what stands on an option."""
        return self.judged(choice.part, choice.text)

    def judged(self, part: str, text: str) -> str:
        """Give the text of a part; true and false have words of their own."""
        if part in ("true", "false"):
            return self.strings.text(f"items.truefalse.{part}")
        return self.plain(text)

    def key(self, item: Item) -> list[str]:
        """Give the right answer to an item."""
        found: list[str] = []
        for part in item.parts():
            text = self.plain(part.text)
            match part:
                case ChoicePart() | JudgementPart() if part.right:
                    found.append(self.judged(part.id, part.text))
                case PairPart() | CardPart():
                    found.append(f"{text}: {self.plain(part.answer)}")
                case GapPart() if part.answer:
                    found.append(f"({part.number}) {self.plain(part.answer)}")
                case NumberPart():
                    found.append(part.answer or self.number(part.value))
                case StepPart():
                    found.append(f"{part.place}. {text}")
                case DecisionPart() if part.rating == "best":
                    found.append(text)
        return list(dict.fromkeys(found))

    def reason(self, item: Item) -> str:
        """Give why the right answer is right, of an item with options."""
        return next(
            (
                self.plain(part.feedback)
                for part in item.parts()
                if isinstance(part, ChoicePart | JudgementPart) and part.right and part.feedback
            ),
            "",
        )

    def settled_by(self, item: Item) -> list[tuple[str, str]]:
        """Give the units that settle an item, with their words."""
        return [(cited(one.unit, self.strings), one.quote) for one in item.evidence]

    def units(self, item: Item) -> str:
        """Name the units that settle an item."""
        return "; ".join(dict.fromkeys(headed(one.unit, self.strings) for one in item.evidence))

    def read_again(self, item: Item) -> str:
        """Give the module and the section in which the answer can be read."""
        found = self.course.read_in.get(item.id)
        if found is None:
            return self.module(module_of(item.objective))
        module, _, section = found
        label = self.module_short(module)
        return self.strings.text("module.named", label=label, title=self.plain(section.title))

    def notes(self, gathered: Gathered, analysis: Analysis) -> list[str]:
        """Give what a reader has to know before the figures."""
        text, plural = self.strings.text, self.strings.plural
        people = analysis.count
        waiting = len(gathered.kept.get(OPEN, ()))
        notes = []
        if not people:
            pass  # nobody answered a test: there are forms alone
        elif analysis.very_small:
            notes.append(plural("report.note.tiny", people))
        elif analysis.small:
            notes.append(text("report.note.small", count=people))
        if people:
            listed = people == len(analysis.people)
            key = "report.note.pseudonyms" if listed else "report.note.table"
            notes += [text(key, file=PEOPLE_TABLE), text("report.note.honest")]
        for key, count in (
            ("report.note.open", waiting),
            ("report.note.left", gathered.left_out - waiting),
            ("report.note.merged", gathered.merged),
            ("report.note.voided", gathered.voided),
            ("report.note.elsewhere", sum(one.elsewhere for one in gathered.sources)),
            ("report.note.names", gathered.by_name),
            ("report.note.earlier", analysis.earlier),
            ("report.note.unpaired", analysis.unpaired),
        ):
            if count:
                notes.append(plural(key, count))
        shown = gathered.namesakes[:MOST_NAMESAKES]
        notes += [text("report.note.namesakes", codes=", ".join(codes)) for codes in shown]
        if more := len(gathered.namesakes) - len(shown):
            notes.append(plural("report.note.namesakes.more", more))
        notes += self._codes(gathered, people)
        return notes

    def _codes(self, gathered: Gathered, people: int) -> list[str]:
        """Say for whom what rests on single answers does not hold."""
        text = self.strings.text
        only = sum(one.only for one in gathered.coded.values())
        notes = []
        if only:
            key = "report.note.codes"
            notes.append(
                text("report.note.codes.all") if only == people else self.strings.plural(key, only)
            )
        double = sorted(code for code, one in gathered.coded.items() if len(one.names) > 1)
        if double:
            notes.append(text("report.note.codes.names", codes=", ".join(double)))
        return notes

    def group(self, figures: GroupFigures) -> str:
        """Give the name of a group, and that it is small; what is left has a name of its own."""
        name = figures.name or self.strings.text("report.groups.rest")
        return self.strings.text("report.groups.small", name=name) if figures.small else name
