"""Tables of answers, whichever kind of file they stand in: a row for each answer.

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
``group``
    The group or the office of whoever answered. It may be left out.
``open``
    Why a mark on a sheet is not settled yet, as ``course mark`` writes it; ``photo`` beside it
    names the picture. Such a row is left out, and told.

The files that ``course sheets`` makes beside its sheets, a list and the places, each say which
question of which version is which item. A list has the columns ``test``, ``version``,
``question`` and ``item``, and neither ``participant`` nor ``answer`` nor ``points``; and if the
options stand in another order than in the course, ``order``: the letters that they have in the
course, as in ``cabd``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import ascii_lowercase

import polars as pl

from imlcourse.course.model import Course
from imlcourse.items import Item, Order
from imlcourse.languages.spelling import near
from imlcourse.live.entries import moment
from imlcourse.results.answers import AFTER, BEFORE, FINAL, PRACTICE, START, Answer
from imlcourse.results.intake import WRITTEN, Intake, SheetQuestion, Source
from imlcourse.results.readers.form_rows import read_form_rows
from imlcourse.results.readers.questions import learned
from imlcourse.results.responses import letters_of, read_response

__all__ = ["CHUNK", "OPEN", "QUESTIONS", "READ", "TableRows", "heads_of", "learn_questions"]

CHUNK = 100_000
"""Rows that are read at a time."""
ANSWERS = (
    *("participant", "name", "test", "item", "question", "version", "answer", "points", "date"),
    "group",
)
"""The columns of a table of answers."""
READ = (*ANSWERS, "open", "photo")
"""What is read of it."""
OPEN = "open marks"
"""The name under which it is kept how many marks nobody has settled."""
QUESTIONS = ("test", "version", "question", "item", "order")
"""The columns of a list of a sheet's questions."""
_FOR_ANSWERS = {"participant", "answer", "points"}
_SAID = ("test", "item", "question", "version", "answer", "points")
_VERSION = re.compile(r"[A-Za-z0-9._-]{0,80}")
_MOST_KNOWN = 200_000


def lists_questions(heads: Mapping[str, int]) -> bool:
    """Say whether a table tells which question of a sheet is which item."""
    return {"question", "item"} <= heads.keys() and not (_FOR_ANSWERS & heads.keys())


def heads_of(source: Source, line: int, first: list[str], intake: Intake) -> dict[str, int] | None:
    """Read the first row of a table: each head with its place; None, and a problem, if one lacks.

    Parameters
    ----------
    source, line
        Where it stands.
    first
        What stands in it.
    intake
        Where it is told if a column is missing.
    """
    heads = {head.strip().lower(): place for place, head in enumerate(first) if head.strip()}
    if lists_questions(heads):
        wanted: set[str] = {"test", "question", "item"}
    else:
        wanted = {"participant", "test"}
        if not {"item", "question"} & heads.keys():
            wanted.add("item")
        if not {"answer", "points"} & heads.keys():
            wanted.add("answer")
    missing = sorted(wanted - heads.keys())
    if not missing:
        return heads
    unknown = [head for head in heads if head not in ANSWERS and head not in QUESTIONS]
    hint = "".join(near(head, missing) for head in unknown)
    what = (
        f"the first row has no column {', '.join(missing)}{hint}; name the columns "
        f"{', '.join(ANSWERS)} (those that you need), and leave the rest as it is"
    )
    intake.problem(source, line, what)
    return None


def learn_questions(source: Source, rows: pl.DataFrame, intake: Intake) -> None:
    """Learn the questions of a sheet from a list of them."""
    for line, test, version, question, item, order in rows.select("line", *QUESTIONS).iter_rows():
        place = (test, version.lower(), question)
        entry = SheetQuestion(item, order.lower().replace(" ", ""))
        if not question or not item:
            what = "this row names no question or no item; fill in both"
            intake.problem(source, line, what)
        elif not learned(intake.questions, place, entry):
            there = intake.questions[place].item
            what = f"question {question} is {there} in another row; keep the right one"
            intake.problem(source, line, what)


class TableRows:
    """Takes the rows of a table, some at a time.

    What rows say is read once for all that say the same, since a big table says few things often.

    Parameters
    ----------
    source
        The file.
    intake
        Where rows go, and where each row is told that cannot be used.
    """

    def __init__(self, source: Source, intake: Intake) -> None:
        self.source, self.intake = source, intake
        self.number = intake.table()
        course = intake.course
        self._tests = {BEFORE, AFTER, FINAL, START, PRACTICE, *course.quizzes}
        evaluation = course.library.evaluation
        self._forms: list[str] = list(evaluation.forms) if evaluation else []
        self._retired = {one for bank in course.banks.values() for one in bank.retired}
        self._known: dict[tuple[str, ...], Answer | str] = {}
        self._days: dict[str, float | None] = {}

    def take(self, rows: pl.DataFrame) -> None:
        """Take rows: columns of text as in `READ`, and ``line``."""
        not_settled = pl.col("open") != ""
        self._tell_open(rows.filter(not_settled))
        rows = rows.filter(~not_settled)
        if self._forms:
            of_form = pl.col("test").is_in(self._forms)
            read_form_rows(self.source, rows.filter(of_form), self.intake)
            rows = rows.filter(~of_form)
        said = rows.select(_SAID).unique()
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        answers = [self._read(one) for one in said.iter_rows()]
        found = [one if isinstance(one, Answer) else None for one in answers]
        write = self.intake.written
        read = said.with_columns(
            pl.Series(
                "what", [one if isinstance(one, str) else None for one in answers], pl.String
            ),
            pl.Series("_item", [one and one.item for one in found], pl.String),
            pl.Series("_version", [one and one.version for one in found], pl.String),
            pl.Series("_points", [one and float(one.points) for one in found], pl.Float64),
            pl.Series("response", [one and write(one.response) for one in found], pl.String),
        )
        for day in rows.get_column("date").unique():
            self._days.setdefault(day, moment(day) if day else 0.0)
        begun = pl.DataFrame(
            {"date": list(self._days), "begun": list(self._days.values())},
            schema={"date": pl.String, "begun": pl.Float64},
        )
        joined = rows.join(read, on=_SAID, how="left").join(begun, on="date", how="left")
        told = joined.with_columns(
            what=pl.when(pl.col("participant") == "")
            .then(pl.lit("there is no participant; write the code of whoever answered"))
            .when(pl.col("what").is_not_null())
            .then("what")
            .when(pl.col("begun").is_null())
            .then(pl.format("“{}” is no day; write it as in 2026-11-27", "date"))
        )
        for line, what in (
            told.filter(pl.col("what").is_not_null()).select("line", "what").iter_rows()
        ):
            self.intake.problem(self.source, line, f"{what}; the row is left out")
        used = told.filter(pl.col("what").is_null())
        for code, name in used.select("participant", "name").unique().iter_rows():
            self.intake.person(self.source, code, name, recorded=False)
        self.intake.rows(
            used.with_columns(
                key=_folded(used.get_column("participant")),
                kind=WRITTEN,
                source=self.source.number,
                sitting=self.number,
                attempt="date",
                ended=0.0,
                edition=pl.lit(""),
                team="group",
                statement=pl.lit(""),
                place="line",
                item="_item",
                version="_version",
                points="_points",
                objective=pl.lit(""),
            )
        )

    def _tell_open(self, rows: pl.DataFrame) -> None:
        """Tell of marks that nobody has settled."""
        columns = ("line", "participant", "question", "open", "photo")
        for line, code, question, why, photo in rows.select(columns).iter_rows():
            whose = f"question {question} of {code}" if code else photo
            what = (
                f"{whose}: {why}; settle it in the page that course mark has made, and run course "
                "mark again; the row is left out"
            )
            self.intake.problem(self.source, line, what)
            self.intake.kept[OPEN].append(whose)

    def _read(self, said: tuple[str, ...]) -> Answer | str:
        if said not in self._known:
            self._known[said] = self._answer(*said)
        return self._known[said]

    def _answer(
        self, test: str, id_: str, question: str, version: str, written: str, points: str
    ) -> Answer | str:
        """Give the answer of a row, or what is wrong with it."""
        course, items = self.intake.course, self.intake.items
        if test not in self._tests:
            return f"no test is called “{test}”{near(test, sorted(self._tests))}; write its id"
        if not _VERSION.fullmatch(version):
            return f"“{version}” is no version; leave it empty, or copy it whole"
        order: Order | None = None
        labels: dict[str, str] = {}
        if not id_:
            found = self.intake.questions.get((test, version.lower(), question))
            if found is None:
                return (
                    f"which item is question “{question}” of {test}, version “{version}”? "
                    "Name the item, or give the list of the sheet’s questions too"
                )
            id_, version, labels = found.item, found.version, dict(found.labels)
            order = _order(items.get(id_), course, found.order) if found.order else None
            if found.order and order is None:
                return f"the order “{found.order}” does not fit {id_}; write letters, as in cabd"
        item = items.get(id_)
        if item is None and id_ not in self._retired:
            return f"there is no item {id_}{near(id_, items)}; mend its id"
        shown = order or course.orders.get(id_, {})
        letters = labels or letters_of(item, shown) if item else {}
        return _scored(item, id_, version, letters, written, points)


def _folded(codes: pl.Series) -> pl.Series:
    """Give codes without regard to capitals, as Python does it."""
    each = codes.unique()
    folded = pl.Series([code.casefold() for code in each], dtype=pl.String)
    return codes.replace_strict(each, folded, return_dtype=pl.String)


def _scored(
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
