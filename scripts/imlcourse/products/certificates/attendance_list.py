"""Reading the list that a trainer has filled in: who was at which session, and who gives what."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from imlcourse.languages.spelling import near
from imlcourse.markup.problems import Problems
from imlcourse.products.certificates.sessions import COLUMNS, GIVEN_BY, Session
from imlcourse.results.cells import Row, written

__all__ = ["Attended", "Listed", "read_list"]

_SESSION = re.compile(r"(\d+)\s+(\d?\d:\d\d)\b")
_THERE = {"x", "×", "✓", "✔", "☑", "1", "yes", "true", "+"}
_NOT_THERE = {"", "0", "-", "–", "—", "no", "false"}
_MOST = {"name": 120, "office": 120, "organizer": 120, "trainer": 120, "place": 100}
"""As many signs as there is room for, on the paper and in the code."""
_CONTROL = ("Cc", "Cf", "Cs", "Co", "Cn")
_JOINERS = "\u200c\u200d"
"""What joins or parts letters inside names of some scripts."""


@dataclass(frozen=True, slots=True)
class Attended:
    """A person of the list, and what they attended.

    Attributes
    ----------
    line
        The line in the file.
    code, name, office
        What stands there.
    sessions
        What they attended, in order.
    """

    line: int
    code: str
    name: str
    office: str
    sessions: tuple[Session, ...]

    @property
    def minutes(self) -> int:
        """How long these sessions took."""
        return sum(one.minutes for one in self.sessions)

    def modules(self, every: Sequence[Session]) -> list[str]:
        """Give the modules of which they attended all that was held."""
        missed = {one.module for one in every if one not in self.sessions}
        held = dict.fromkeys(one.module for one in self.sessions if one.module)
        return [id_ for id_ in held if id_ not in missed]


@dataclass(slots=True)
class Listed:
    """What a list says.

    Attributes
    ----------
    people
        Who has a name, in order.
    given_by
        What it says of the workshop.
    is_list
        Whether it is such a list at all, so that what it lacks is worth telling.
    """

    people: list[Attended] = field(default_factory=list)
    given_by: dict[str, str] = field(default_factory=dict)
    is_list: bool = True


def read_list(path: Path, sessions: Sequence[Session], problems: Problems) -> Listed:
    """Read a list.

    Parameters
    ----------
    path
        A workbook or a CSV file.
    sessions
        The sessions of the agenda.
    problems
        Where all that is wrong in it is reported, by line.
    """
    listed = Listed()
    grids = _grids(path, problems)
    if grids is None:
        listed.is_list = False
        return listed
    people = next((grid for grid in grids if _heads(grid) >= set(COLUMNS[:2])), None)
    if people is None:
        what = (
            "the first row has no columns “code” and “name”; fill in the list that the kit holds, "
            "and leave the heads of its columns as they are"
        )
        problems.add(path, 1, what)
        listed.is_list = False
        return listed
    for grid in grids:
        if "workshop" in _heads(grid):
            rows = [row for _, row in grid[1:] if len(row) > 1]
            listed.given_by = {row[0].strip(): tidy(row[1]) for row in rows if row[0].strip()}
    _people(path, people, sessions, listed, problems)
    return listed


def checked_given_by(given: dict[str, str], path: Path, problems: Problems) -> dict[str, str]:
    """Check what is said of a workshop, wherever it was said; gives it with both days."""
    given = {name: tidy(given.get(name, "")) for name in GIVEN_BY}
    for name in ("organizer", "trainer", "place", "from"):
        if not given[name]:
            option = "first-day" if name == "from" else name
            what = (
                f"“{name}” is not filled in; write it on the sheet “Workshop” of the list, or "
                f"give it with --{option}"
            )
            problems.add(path, 0, what)
    for name in ("organizer", "trainer", "place"):
        _check_words(name, given[name], path, 0, problems)
    given["to"] = given["to"] or given["from"]
    days = []
    for name in ("from", "to"):
        try:
            days.append(date.fromisoformat(given[name]))
        except ValueError:
            if given[name]:
                what = f"“{name}” is “{given[name]}”; write the day as in 2026-11-27"
                problems.add(path, 0, what)
    if len(days) == 2 and days[1] < days[0]:
        problems.add(path, 0, "the last day is before the first; change one of them")
    return given


def tidy(words: str) -> str:
    """Write words in the one form of their letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def _grids(path: Path, problems: Problems) -> list[list[Row]] | None:
    """Give the rows of each sheet in which anything stands; None if it is no table."""
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        data = path.read_bytes()
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        try:
            text = data.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError:
            what = "the file is not in UTF-8; in a spreadsheet, save it as “CSV UTF-8” or as XLSX"
            problems.add(path, 0, what)
            return None
        divider = max(",;\t", key=text.partition("\n")[0].count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
        return [[(rows.line_num, row) for row in rows if any(row)]]
    if suffix == ".xlsx":
        import openpyxl

        try:
            book = openpyxl.load_workbook(path, data_only=True)
        except Exception:  # the library raises what its parsers raise
            problems.add(path, 0, "this is no XLSX file that can be read; save it anew")
            return None
        grids = [
            [
                (number, [written(cell) for cell in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            ]
            for sheet in book.worksheets
        ]
        return [[row for row in grid if any(row[1])] for grid in grids]
    problems.add(path, 0, "only .xlsx and .csv are read; save the list as one of them")
    return None


def _heads(grid: list[Row]) -> set[str]:
    return {head.strip().lower() for head in grid[0][1]} if grid else set()


def _people(
    path: Path, grid: list[Row], sessions: Sequence[Session], listed: Listed, problems: Problems
) -> None:
    line, heads = grid[0]
    places = dict.fromkeys(COLUMNS, -1)
    columns: dict[int, Session] = {}
    by_key = {one.key: one for one in sessions}
    for place, head in enumerate(heads):
        name = head.strip().lower()
        if name in COLUMNS:
            places[name] = place
        elif found := _SESSION.match(head.strip()):
            key = f"{int(found[1])} {found[2].zfill(5)}"
            if key not in by_key:
                what = (
                    f"the agenda has no session on day {int(found[1])} at {found[2]}"
                    f"{near(key, by_key)}; give the agenda of this workshop with --agenda, or take "
                    "the column out"
                )
                problems.add(path, line, what)
            elif by_key[key] in columns.values():
                problems.add(path, line, f"there are two columns of “{key}”; take one out")
            else:
                columns[place] = by_key[key]
        elif name:
            what = (
                f"there is no column “{head}”{near(name, COLUMNS)}; take it out, or mend its head"
            )
            problems.add(path, line, what)
    for one in sessions:
        if one not in columns.values():
            what = f"no column begins with “{one.key}” ({one.title}); put it in as the kit has it"
            problems.add(path, line, what)
    seen: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    for number, row in grid[1:]:
        code, name, office = (
            tidy(row[at]) if 0 <= (at := places[column]) < len(row) else "" for column in COLUMNS
        )
        marks = {place: row[place].strip() if place < len(row) else "" for place in columns}
        if not name:
            if any(mark.lower() not in _NOT_THERE for mark in marks.values()):
                problems.add(path, number, "somebody was there and has no name; write the name")
            continue
        _check_words("name", name, path, number, problems)
        _check_words("office", office, path, number, problems)
        if not code:
            problems.add(path, number, f"{name} has no code; write the one of the signed sheet")
        elif code in seen:
            what = f"code {code} stands in line {seen[code]} already; give each person their own"
            problems.add(path, number, what)
        elif (name, office) in names:
            what = (
                f"{name} stands in line {names[name, office]} already; take one out, or tell two "
                "people apart by their office"
            )
            problems.add(path, number, what)
        seen.setdefault(code, number)
        names.setdefault((name, office), number)
        attended = []
        for place, session in columns.items():
            mark = marks[place].lower()
            if mark in _THERE:
                attended.append(session)
            elif mark not in _NOT_THERE:
                what = f"“{marks[place]}” under “{session.key}” is no mark; write x, or nothing"
                problems.add(path, number, what)
        there = tuple(one for one in sessions if one in attended)
        listed.people.append(Attended(number, code, name, office, there))


def _check_words(what: str, words: str, path: Path, line: int, problems: Problems) -> None:
    strange = [
        sign for sign in words if unicodedata.category(sign) in _CONTROL and sign not in _JOINERS
    ]
    if strange:
        told = f"the {what} holds a sign that nobody sees (U+{ord(strange[0]):04X}); take it out"
        problems.add(path, line, told)
    if len(words) > _MOST[what]:
        told = f"the {what} has {len(words)} signs, and there is room for {_MOST[what]}; shorten it"
        problems.add(path, line, told)
