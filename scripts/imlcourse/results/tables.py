"""Tables of answers, as CSV and XLSX: a row for each answer.

Columns, in any order, named in the first row:

``participant``
    The code or name of whoever answered.
``name``
    What he or she is called, if the code does not say it. It may be left out.
``test``
    The id of the test: ``pre-test``, ``post-test``, ``final-test``, ``start-check``, that of a
    quiz (``m06-quiz``), or ``practice``.
``item``
    The id of the item, such as ``m06-i05``.
``question``
    In place of it, the number of the question on a sheet. A list of the sheet's questions then
    stands beside the answers (see below).
``version``
    Beside ``item``, the version of its wording; where it is empty, the present one. Beside
    ``question``, the version of the sheet.
``answer``
    What was answered: ``b``, ``a c``, ``true``, ``false b``, ``1951``. Letters are those in the
    order of the page or the sheet. Empty: left open.
``points``
    In place of it, from 0 to 1.
``date``
    The day on which the test was taken, as in ``2026-11-27``. It may be left out; it tells two
    sittings of one test apart.

The files that ``course sheets`` makes beside its sheets, a list and the places, each say which
question of which version is which item. A list has the columns ``test``, ``version``,
``question`` and ``item``, and neither ``participant`` nor ``answer`` nor ``points``; and if the
options stand in another order than in the course, ``order``: the letters that they have in the
course, as in ``cabd``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from imlcourse.course.model import Course
from imlcourse.items import Item, Order
from imlcourse.languages.spelling import near
from imlcourse.live.entries import moment
from imlcourse.markup.problems import Problems
from imlcourse.results.answers import AFTER, BEFORE, FINAL, PRACTICE, START, Answer, Sitting
from imlcourse.results.responses import letters_of, read_response

__all__ = ["Row", "SheetQuestion", "Table", "TablePerson", "csv_rows", "read_table", "xlsx_rows"]

COLUMNS = ("participant", "name", "test", "item", "question", "version", "answer", "points", "date")
_SHEET = ("test", "version", "question", "item", "order")
_FOR_ANSWERS = {"participant", "answer", "points"}
_VERSION = re.compile(r"[A-Za-z0-9._-]{0,80}")
_MOST_ROWS = 1_000_000

Row = tuple[int, list[str]]
"""The number of a line, and what stands in its cells."""


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A question of a sheet.

    Attributes
    ----------
    item, version
        The item, and the version of its wording; empty for the present one.
    order
        The order of its options, as letters of the course.
    labels
        In place of it, what is printed on each box, with the id of what it stands for.
    """

    item: str
    order: str = ""
    version: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class TablePerson:
    """What a table says of one participant."""

    name: str = ""
    sittings: dict[tuple[str, str], dict[str, tuple[int, Answer]]] = field(default_factory=dict)

    def finished(self) -> Iterator[Sitting]:
        """Give the tests, practice left out."""
        for (test, day), answers in self.sittings.items():
            if test != PRACTICE:
                asked = tuple(answer for _, answer in answers.values())
                yield Sitting(test, moment(day) or 0.0, "", asked)

    def practice(self) -> Iterator[Answer]:
        """Give the answers to items of practice."""
        for (test, _), answers in self.sittings.items():
            if test == PRACTICE:
                yield from (answer for _, answer in answers.values())


@dataclass(slots=True)
class Table:
    """A table: its heads with their place, and its rows."""

    path: Path
    heads: dict[str, int]
    rows: list[Row]

    @property
    def lists_questions(self) -> bool:
        """Whether it says which question of a sheet is which item."""
        return {"question", "item"} <= self.heads.keys() and not (_FOR_ANSWERS & self.heads.keys())

    def cell(self, row: list[str], head: str) -> str:
        """Give what stands under a head."""
        place = self.heads.get(head, -1)
        return row[place] if 0 <= place < len(row) else ""


def csv_rows(text: str) -> list[Row]:
    """Give the rows of a CSV file, whichever of comma, semicolon and tab divides them."""
    first = text.partition("\n")[0]
    divider = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=divider)
    return [(reader.line_num, [cell.strip() for cell in row]) for row in reader]


def xlsx_rows(path: Path) -> list[list[Row]]:
    """Give the rows of each sheet of a workbook.

    Raises
    ------
    ImportError
        If openpyxl is not installed.
    Exception
        If the file is no workbook; openpyxl has many kinds.
    """
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [
            [
                (number, [_written(cell) for cell in row])
                for number, row in enumerate(
                    sheet.iter_rows(values_only=True, max_row=_MOST_ROWS), 1
                )
            ]
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _written(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
    return str(cell).strip()


def read_heads(path: Path, rows: Iterable[Row], problems: Problems) -> Table | None:
    """Read the first row of a table; None, and a problem, if it is not what it has to be."""
    filled = [(line, row) for line, row in rows if any(row)]
    if not filled:
        return None
    line, first = filled[0]
    heads = {head.strip().lower(): place for place, head in enumerate(first) if head.strip()}
    table = Table(path, heads, filled[1:])
    if table.lists_questions:
        wanted: set[str] = {"test", "question", "item"}
    else:
        wanted = {"participant", "test"}
        if not {"item", "question"} & heads.keys():
            wanted.add("item")
        if not {"answer", "points"} & heads.keys():
            wanted.add("answer")
    missing = sorted(wanted - heads.keys())
    unknown = [head for head in heads if head not in COLUMNS and head not in _SHEET]
    hint = "".join(near(head, missing) for head in unknown)
    if missing:
        what = (
            f"the first row has no column {', '.join(missing)}{hint}; name the columns "
            f"{', '.join(COLUMNS)} (those that you need), and leave the rest as it is"
        )
        problems.add(path, line, what)
        return None
    return table


def sheet_questions(
    table: Table, known: dict[tuple[str, str, str], SheetQuestion], problems: Problems
) -> None:
    """Read a list of a sheet's questions into those that are known."""
    for line, row in table.rows:
        test, version, question, item, order = (table.cell(row, head) for head in _SHEET)
        place = (test, version.lower(), question)
        entry = SheetQuestion(item, order.lower().replace(" ", ""))
        if not question or not item:
            problems.add(table.path, line, "this row names no question or no item; fill in both")
        elif not _learned(known, place, entry):
            what = f"question {question} is {known[place].item} in another row; keep the right one"
            problems.add(table.path, line, what)


def sheet_places(
    path: Path,
    told: Mapping[str, Any],
    known: dict[tuple[str, str, str], SheetQuestion],
    problems: Problems,
) -> None:
    """Read the questions of sheets from the file that is made beside them.

    Parameters
    ----------
    path
        The file, for messages.
    told
        What it holds: see `imlcourse.products.kit.paper.geometry.TestPlaces`.
    known
        The questions of sheets, by test, version of the sheet and number.
    problems
        Where it is told if the file makes no sense, or if there are two of one test.
    """
    found: dict[tuple[str, str, str], SheetQuestion] = {}
    try:
        for letter, version in told["versions"].items():
            for one in version["questions"]:
                labels = [(b["label"], b["answer"]) for line in one["lines"] for b in line["boxes"]]
                if one["type"] not in ("single", "multiple", "truefalse"):
                    labels = []
                pairs = tuple((str(label).lower(), str(answer)) for label, answer in labels)
                if len(dict(pairs)) < len(pairs):
                    pairs = ()
                place = (str(told["test"]), str(letter).lower(), str(one["number"]))
                found[place] = SheetQuestion(str(one["item"]), "", str(one["item_version"]), pairs)
    except (KeyError, TypeError, AttributeError):
        what = "the file of places makes no sense; make the sheets anew with the same seed"
        problems.add(path, 0, what)
        return
    agreed = [_learned(known, place, one) for place, one in found.items()]
    if not all(agreed):
        what = f"another file tells of other sheets of {told['test']}; give the one that was used"
        problems.add(path, 0, what)


def _learned(
    known: dict[tuple[str, str, str], SheetQuestion],
    place: tuple[str, str, str],
    entry: SheetQuestion,
) -> bool:
    """Learn which item a question is; says whether nobody has said otherwise.

    Of the list and the places of one test, which lie side by side, the places tell more.
    """
    there = known.setdefault(place, entry)
    if there.item != entry.item:
        return False
    if entry.version and not there.version:
        known[place] = entry
        return True
    return there == entry or bool(there.version and not entry.version)


def read_table(
    table: Table,
    course: Course,
    items: Mapping[str, Item],
    questions: Mapping[tuple[str, str, str], SheetQuestion],
    problems: Problems,
) -> dict[str, TablePerson]:
    """Read the answers of a table.

    Parameters
    ----------
    table
        The table.
    course
        The course.
    items
        Its items by id.
    questions
        The questions of sheets, by test, version of the sheet and number.
    problems
        Where each row is told that cannot be used; the others are used.

    Returns
    -------
    dict
        What it says of each participant.
    """
    people: dict[str, TablePerson] = {}
    tests = {BEFORE, AFTER, FINAL, START, PRACTICE, *course.quizzes}
    retired = {one for bank in course.banks.values() for one in bank.retired}
    for line, row in table.rows:

        def tell(what: str, line: int = line) -> None:
            problems.add(table.path, line, f"{what}; the row is left out")

        def cell(head: str, row: list[str] = row) -> str:
            return table.cell(row, head)

        code, test, id_, version = (cell(one) for one in ("participant", "test", "item", "version"))
        order: Order | None = None
        labels: dict[str, str] = {}
        if not code:
            tell("there is no participant; write the code of whoever answered")
            continue
        if test not in tests:
            tell(f"no test is called “{test}”{near(test, sorted(tests))}; write its id")
            continue
        if not _VERSION.fullmatch(version):
            tell(f"“{version}” is no version; leave it empty, or copy it whole")
            continue
        if not id_:
            found = questions.get((test, version.lower(), cell("question")))
            if found is None:
                tell(
                    f"which item is question “{cell('question')}” of {test}, version “{version}”? "
                    "Name the item, or give the list of the sheet’s questions too"
                )
                continue
            id_, version = found.item, found.version
            labels = dict(found.labels)
            order = _order(items.get(id_), course, found.order) if found.order else None
            if found.order and order is None:
                tell(f"the order “{found.order}” does not fit {id_}; write letters, as in cabd")
                continue
        item = items.get(id_)
        if item is None and id_ not in retired:
            tell(f"there is no item {id_}{near(id_, items)}; mend its id")
            continue
        shown = order or course.orders.get(id_, {})
        letters = labels or letters_of(item, shown) if item else {}
        answer = _answer(item, id_, version, letters, cell("answer"), cell("points"))
        if isinstance(answer, str):
            tell(answer)
            continue
        day = cell("date")
        if day and moment(day) is None:
            tell(f"“{day}” is no day; write it as in 2026-11-27")
            continue
        person = people.setdefault(code, TablePerson())
        person.name = person.name or cell("name")
        asked = person.sittings.setdefault((test, day), {})
        if id_ in asked:
            tell(f"{id_} was answered in line {asked[id_][0]} already; give the second test a date")
            continue
        asked[id_] = (line, answer)
    return people


def _answer(
    item: Item | None,
    id_: str,
    version: str,
    letters: Mapping[str, str],
    written: str,
    points: str,
) -> Answer | str:
    """Give the answer of a row, or what is wrong with it."""
    present = item is not None and version in ("", item.version)
    asked = version or (item.version if item else "")
    response = None
    if item is not None and present and written:
        response = read_response(item, letters, written)
        if response is None and not points:
            return (
                f"“{written}” does not answer {id_}; write letters as on the page, or points "
                "from 0 to 1"
            )
    if points:
        try:
            number = float(points.replace(",", "."))
        except ValueError:
            number = -1
        if not 0 <= number <= 1:
            return f"“{points}” are no points; write a number from 0 to 1"
        return Answer(id_, asked, number, response)
    if written and (item is None or not present):
        return (
            f"{id_} is worded otherwise now, so that its answer cannot be scored; write its points"
        )
    return Answer(id_, asked, item.score(response).points if item and written else 0.0, response)


def _order(item: Item | None, course: Course, letters: str) -> Order | None:
    """Give the order of a sheet, from the letters that its options have in the course."""
    if item is None or not re.fullmatch("[a-z]+", letters):
        return None
    group, count = next(iter(item.groups().items()), ("", 0))
    if sorted(letters) != list(ascii_lowercase[:count]):
        return None
    shown = course.orders.get(item.id, {}).get(group, tuple(range(count)))
    return {group: tuple(shown[ascii_lowercase.index(letter)] for letter in letters)}
