"""Where readers put what they find: answers, names, and what cannot be used."""

from __future__ import annotations

import bisect
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from imlcourse.course.model import Course
from imlcourse.course.result_codes import CodedTest, coded_tests
from imlcourse.markup.problems import Problem, Problems
from imlcourse.results.answers import PRACTICE, Answer
from imlcourse.results.errors import ReportError
from imlcourse.results.shards import BUCKET_ROWS, SHARD_ROWS, Shards

__all__ = ["COLUMNS", "MOST_NAMED", "Intake", "ReportError", "SheetQuestion", "Source"]

MOST_NAMED = 200
"""Rows of one file that cannot be used and are named one by one; the rest is counted."""

SAT, PRACTISED, WRITTEN = 0, 1, 2
"""Whence a row comes: a test in a record, practice in a record, a table."""

COLUMNS: dict[str, pl.DataType] = {
    "key": pl.String(),
    "kind": pl.UInt8(),
    "source": pl.UInt32(),
    "line": pl.UInt32(),
    "sitting": pl.UInt64(),
    "test": pl.String(),
    "attempt": pl.String(),
    "begun": pl.Float64(),
    "ended": pl.Float64(),
    "edition": pl.String(),
    "team": pl.String(),
    "statement": pl.String(),
    "place": pl.UInt32(),
    "item": pl.String(),
    "version": pl.String(),
    "points": pl.Float64(),
    "response": pl.String(),
    "objective": pl.String(),
}
"""A row is an answer. `sitting` numbers what was read as one sitting; of a table, the table."""

_MOST_PEOPLE = 50_000  # who are spoken of before they are put away
_NESTED = ("place", "item", "version", "points", "response", "objective")
_PEOPLE: dict[str, pl.DataType] = {
    "key": pl.String(),
    "account": pl.String(),
    "name": pl.String(),
    "source": pl.UInt32(),
    "recorded": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """Which item a question of a sheet is.

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
class Source:
    """A file.

    Attributes
    ----------
    number
        Its number, from 1. The report names files by it, since a file may bear a name.
    path
        Where it lies.
    kind
        Its ending.
    learners
        How many learners something stands of in it.
    left_out
        The lines of what could not be used, as many as are named; 0 for the file as a whole.
    unnamed
        How many more could not be used.
    elsewhere
        How many statements were about something else than this course.
    """

    number: int
    path: Path
    kind: str = ""
    learners: int = 0
    left_out: list[int] = field(default_factory=list)
    unnamed: int = 0
    elsewhere: int = 0


@dataclass(slots=True)
class CodedPerson:
    """Somebody of whom there are result codes.

    Attributes
    ----------
    signs
        The four signs that all codes of one record have.
    names
        What is written beside the codes.
    sittings
        The tests, each with the number of the attempt.
    """

    signs: str
    names: set[str] = field(default_factory=set)
    sittings: set[tuple[str, int]] = field(default_factory=set)


class Intake:
    """Takes what readers find in files.

    Parameters
    ----------
    course
        The course.
    shard_rows, bucket_rows
        How many answers are held, and worked on at a time.
    """

    def __init__(
        self, course: Course, shard_rows: int = SHARD_ROWS, bucket_rows: int = BUCKET_ROWS
    ) -> None:
        self.course = course
        self.items = {item.id: item for item in course.items}
        self.questions: dict[tuple[str, str, str], SheetQuestion] = {}
        """Questions of sheets, by test, version of the sheet and number."""
        self.voided: set[str] = set()
        """Ids of statements that somebody has taken back."""
        self.kept: dict[str, list[Any]] = defaultdict(list)
        """What is no answer and another part of the report wants, by its name."""
        self.codes: dict[str, CodedPerson] = {}
        """Who has result codes, by key."""
        self.answers = Shards(COLUMNS, shard_rows, bucket_rows)
        self._problems: dict[int, set[Problem]] = defaultdict(set)
        self._pending: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self._pending_rows = 0
        self._people: set[tuple[str, str, str, int, bool]] = set()
        self._people_frames: list[pl.DataFrame] = []
        self._people_known = 0
        self._sittings = 0
        self._responses: dict[str, str] = {}

    @cached_property
    def coded_tests(self) -> list[CodedTest]:
        """What result codes hold of each test."""
        return coded_tests(self.course)

    # --- what readers call --------------------------------------------------------------------

    def problem(self, source: Source, line: int, what: str) -> None:
        """Tell what of a file cannot be used, why, and how to mend it; line 0: the whole file."""
        if len(source.left_out) >= MOST_NAMED:
            source.unnamed += 1
            return
        told = Problems(Path.cwd())
        told.add(source.path, line, what)
        (problem,) = told.sorted()
        if problem not in self._problems[source.number]:
            self._problems[source.number].add(problem)
            bisect.insort(source.left_out, line)

    def person(self, source: Source, account: str, name: str = "", recorded: bool = True) -> None:
        """Tell of somebody who stands in a file, by account or code, and of the name.

        Where somebody is `recorded`, the account names nobody else; a code in a table may be the
        name of somebody who is.
        """
        self._people.add((account.casefold(), account, name, source.number, recorded))
        if len(self._people) > _MOST_PEOPLE:
            self._put_people_away()

    def coded(self, source: Source, signs: str, name: str, test: str, attempt: int) -> None:
        """Tell of a result code: by the signs in it whose record it is of, and which sitting."""
        self.person(source, signs, name, recorded=False)
        known = self.codes.setdefault(signs.casefold(), CodedPerson(signs))
        known.sittings.add((test, attempt))
        if name:
            known.names.add(" ".join(name.casefold().split()))

    def sitting(
        self,
        source: Source,
        line: int,
        account: str,
        test: str,
        answers: Iterable[Answer],
        *,
        attempt: str = "",
        begun: float = 0.0,
        ended: float = 0.0,
        edition: str = "",
        team: str = "",
        statement: str = "",
    ) -> None:
        """Take a test that somebody has taken to its end.

        Parameters
        ----------
        source, line
            Where it stands.
        account
            Whose it is; tell `person` of it too.
        test
            Its id.
        answers
            All that was asked, in its order.
        attempt
            What names this sitting wherever it stands: of two with the same, the one that ended
            first counts.
        begun, ended
            When, in milliseconds since 1970.
        edition
            The version of the course that asked it.
        team
            The group or office, if the file names it.
        statement
            The id of the statement, which another may take back.
        """
        given = tuple(answers)
        if given:
            head = (account.casefold(), SAT, source.number, line, test, attempt, begun, ended)
            self._take(head, edition, team, statement, given)

    def practised(
        self,
        source: Source,
        line: int,
        account: str,
        answer: Answer,
        *,
        at: float = 0.0,
        team: str = "",
        statement: str = "",
    ) -> None:
        """Take the first answer to an item in practice; of several, the earliest counts."""
        head = (account.casefold(), PRACTISED, source.number, line, PRACTICE, "", 0.0, at)
        self._take(head, "", team, statement, (answer,))

    def table(self) -> int:
        """Give a number for a table, in which nobody answers an item twice on one day."""
        self._flush()
        self._sittings += 1
        return self._sittings

    def rows(self, frame: pl.DataFrame) -> None:
        """Take rows of a table, with all columns."""
        self.answers.add(frame.select(pl.col(n).cast(kind) for n, kind in COLUMNS.items()))

    def void(self, statement: str) -> None:
        """Take a statement back, wherever it stands."""
        self.voided.add(statement.lower())

    # --- what is made of it -------------------------------------------------------------------

    def taken(self) -> tuple[Shards, pl.DataFrame]:
        """Give all answers, and everybody who is spoken of."""
        self._flush()
        self._put_people_away()
        frames = self._people_frames
        people = pl.concat(frames).unique() if frames else pl.DataFrame(schema=_PEOPLE)
        return self.answers, people

    def problems(self, sources: Iterable[Source]) -> list[Problem]:
        """Give what could not be used, file by file; what is too much to name is counted."""
        told = Problems(Path.cwd())
        for source in sources:
            told.extend(self._problems[source.number])
            if source.unnamed:
                what = f"{source.unnamed:,} more rows or statements of this file are left out too"
                told.add(source.path, 0, what)
        return told.sorted()

    def _take(
        self,
        head: tuple[str, int, int, int, str, str, float, float],
        edition: str,
        team: str,
        statement: str,
        answers: tuple[Answer, ...],
    ) -> None:
        self._sittings += 1
        key, kind, source, line, test, attempt, begun, ended = head
        row = {
            "key": key,
            "kind": kind,
            "source": source,
            "line": line,
            "sitting": self._sittings,
            "test": test,
            "attempt": attempt,
            "begun": begun,
            "ended": ended,
            "edition": edition,
            "team": team,
            "statement": statement.lower(),
            "place": list(range(len(answers))),
            "item": [one.item for one in answers],
            "version": [one.version for one in answers],
            "points": [float(one.points) for one in answers],
            "response": [self.written(one.response) for one in answers],
            "objective": [one.objective for one in answers],
        }
        for name, value in row.items():
            self._pending[name].append(value)
        self._pending_rows += len(answers)
        if self._pending_rows >= min(50_000, self.answers.shard_rows):
            self._flush()

    def written(self, response: Any) -> str | None:
        """Write a response as it is kept: JSON in ASCII, None where it was left open."""
        if response is None:
            return None
        if isinstance(response, str):
            if len(self._responses) > 50_000:
                self._responses.clear()
            found = self._responses.get(response)
            if found is None:
                found = self._responses[response] = json.dumps(response)
            return found
        return json.dumps(response, sort_keys=True)

    def _flush(self) -> None:
        if self._pending_rows:
            schema = {n: pl.List(k) if n in _NESTED else k for n, k in COLUMNS.items()}
            frame = pl.DataFrame(self._pending, schema=schema)
            self._pending = {name: [] for name in COLUMNS}
            self._pending_rows = 0
            self.answers.add(frame.explode(*_NESTED))

    def _put_people_away(self) -> None:
        if self._people:
            rows = sorted(self._people)
            self._people_frames.append(pl.DataFrame(rows, schema=_PEOPLE, orient="row"))
            self._people.clear()
        # Of a table in no order, each piece speaks of nearly everybody.
        if sum(one.height for one in self._people_frames) > 2 * self._people_known + _MOST_PEOPLE:
            self._people_frames = [pl.concat(self._people_frames).unique()]
            self._people_known = self._people_frames[0].height
