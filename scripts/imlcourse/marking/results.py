"""From what is marked to a table of answers, which a report reads and scores as all others."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from imlcourse.items import Item
from imlcourse.marking.reading import ReadLine, ReadSheet
from imlcourse.marking.settling import Settled
from imlcourse.products.kit.paper.asked import ITEMS
from imlcourse.products.kit.paper.geometry import QuestionPlace, TestPlaces
from imlcourse.products.kit.paper.questions import response
from imlcourse.results.answers import PRACTICE

__all__ = ["COLUMNS", "Marked", "MarkedPerson", "answers_csv", "marked_people"]

COLUMNS = (
    "participant", "test", "question", "item", "version", "answer", "open", "sheet", "photo",
)  # fmt: skip
"""The columns of the table; `imlcourse.results.tables` says what most of them mean. ``open`` says
why an answer is not settled; a row with it counts nowhere."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer: to which question, and its points; why it is open, if it is."""

    question: QuestionPlace
    answer: object
    points: float | None
    open: str
    photo: str


@dataclass(frozen=True, slots=True)
class MarkedPerson:
    """What a person has answered in a test."""

    person: str
    places: TestPlaces
    version: str
    answers: tuple[Marked, ...]

    @property
    def points(self) -> float:
        """The points of all that is settled."""
        return sum(one.points or 0.0 for one in self.answers if not one.open)

    @property
    def open(self) -> int:
        """How many answers are not settled."""
        return sum(bool(one.open) for one in self.answers)


def marked_people(settled: Settled, items: Mapping[str, Item]) -> list[MarkedPerson]:
    """Give what each person has answered, scored by the scorer of its item.

    Parameters
    ----------
    settled
        The sheets, and what is settled of them.
    items
        The items of the course, by id.
    """
    own: dict[tuple[str, str], list[ReadSheet]] = defaultdict(list)
    for sheet in settled.sheets:
        if sheet.person and sheet.places and sheet.code:
            own[sheet.code.form, sheet.person].append(sheet)
    found = []
    for (form, person), sheets in own.items():
        places, code = sheets[0].places, sheets[0].code
        assert places is not None and code is not None
        lines: dict[int, list[tuple[ReadSheet, ReadLine]]] = defaultdict(list)
        for sheet in sheets:
            for line in sheet.lines:
                lines[line.question.number].append((sheet, line))
        missing = settled.missing.get((form, person), [])
        answers = tuple(
            _marked(question, lines[question.number], settled, items, page_missing=bool(missing))
            for question in places.versions[code.version].questions
        )
        found.append(MarkedPerson(person, places, code.version, answers))
    return sorted(found, key=lambda one: (one.places.test, one.person))


def _marked(
    question: QuestionPlace,
    lines: list[tuple[ReadSheet, ReadLine]],
    settled: Settled,
    items: Mapping[str, Item],
    *,
    page_missing: bool,
) -> Marked:
    marks = {}
    why = ""
    if not lines and page_missing:
        why = "page missing"
    for sheet, line in lines:
        marks[line.line.part] = [line.line.boxes[n].answer for n in line.says.marked]
        if line.name in settled.open_lines.get(sheet.photo, ()):
            why = "mark not settled"
    answer = response(question.type, marks)
    item = items.get(question.item)
    points = None
    if item is not None and item.version == question.item_version:
        points = item.score(answer).points if answer is not None else 0.0
    photo = ", ".join(dict.fromkeys(sheet.name for sheet, _ in lines))
    return Marked(question, answer, points, why, photo)


def answers_csv(people: Iterable[MarkedPerson], settled: Settled) -> str:
    """Write the table of answers."""
    made = io.StringIO()
    rows = csv.writer(made, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person in people:
        test = PRACTICE if person.places.test == ITEMS else person.places.test
        for one in person.answers:
            question = one.question
            answer = "" if one.open or one.answer is None else _written(one.answer)
            rows.writerow([
                person.person, test, question.number, question.item, question.item_version,
                answer, one.open, person.version, _plain(one.photo),
            ])  # fmt: skip
    for name, test in _nobodys(settled):
        rows.writerow(["", test, "", "", "", "", "sheet not settled", "", _plain(name)])
    return made.getvalue()


def _nobodys(settled: Settled) -> Iterator[tuple[str, str]]:
    """Give the photos whose person, or all of which, is not settled, with their test."""
    tests = {sheet.name: sheet.places.test for sheet in settled.sheets if sheet.places}
    open_sheets = [one for one in settled.open if one.kind in ("code", "photo")]
    for name in dict.fromkeys(one.sheet for one in open_sheets):
        yield name, tests.get(name, "")


def _written(answer: object) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking the name of a file for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
