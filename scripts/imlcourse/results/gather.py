"""From files to learners: every file read, the same learner brought together, names set apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imlcourse.course.model import Course
from imlcourse.markup.problems import Problem, Problems
from imlcourse.results.answers import Learner
from imlcourse.results.records import Record, read_records
from imlcourse.results.tables import (
    Row,
    SheetQuestion,
    Table,
    TablePerson,
    csv_rows,
    read_heads,
    read_table,
    sheet_places,
    sheet_questions,
    xlsx_rows,
)

__all__ = ["Gathered", "ReportError", "Source", "gather"]

RECORDS = (".json", ".jsonl", ".ndjson")
TABLES = (".csv", ".tsv")
WORKBOOKS = (".xlsx",)
_KNOWN = (*RECORDS, *TABLES, *WORKBOOKS)


class ReportError(Exception):
    """No report can be made; the message says why and what to do."""


@dataclass(slots=True)
class Source:
    """A file.

    Attributes
    ----------
    number
        Its number, from 1. The report names files by it, since a file may bear a name.
    path
        Where it lies.
    learners
        How many learners something stands of in it.
    left_out
        The lines of what could not be used; 0 for the file as a whole.
    """

    number: int
    path: Path
    learners: int = 0
    left_out: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Gathered:
    """All that files say.

    Attributes
    ----------
    learners
        By pseudonym, ``P01`` and so on. The order tells nothing of names.
    sources
        The files.
    problems
        What could not be used, by file and line.
    merged
        How many learners stand in more than one file.
    by_name
        How many rows of tables were taken for a record by the name alone.
    namesakes
        Pseudonyms of different accounts with one name.
    """

    learners: dict[str, Learner]
    sources: list[Source]
    problems: list[Problem]
    merged: int = 0
    by_name: int = 0
    namesakes: list[list[str]] = field(default_factory=list)


def gather(course: Course, paths: Sequence[Path]) -> Gathered:
    """Read files of learners' answers, of any kinds together.

    Parameters
    ----------
    course
        The course.
    paths
        The files; of a folder, all that can be read in it.

    Raises
    ------
    ReportError
        If nothing in them can be used, or a library is missing.
    """
    problems = Problems(Path.cwd())
    sources = [Source(number, path) for number, path in enumerate(_files(paths, problems), 1)]
    records: dict[str, tuple[Record, set[int]]] = {}
    tables: list[tuple[int, Table]] = []
    questions: dict[tuple[str, str, str], SheetQuestion] = {}
    told: dict[int, Problems] = {source.number: Problems(Path.cwd()) for source in sources}
    for source in sources:
        own = told[source.number]
        suffix = source.path.suffix.lower()
        if suffix in WORKBOOKS:
            grids = _workbook(source.path, own)
        else:
            text = _text(source.path, own)
            if text is None:
                continue
            if suffix in RECORDS and (places := _places(text)):
                sheet_places(source.path, places, questions, own)
                continue
            if suffix in RECORDS:
                found = read_records(source.path, text, course.about.iri, own)
                for account, record in found.items():
                    there, files = records.setdefault(account, (Record(account), set()))
                    there.add(record)
                    files.add(source.number)
                source.learners += len(found)
                continue
            grids = [csv_rows(text)]
        for grid in grids:
            table = read_heads(source.path, grid, own)
            if table is None:
                continue
            if table.lists_questions:
                sheet_questions(table, questions, own)
            else:
                tables.append((source.number, table))
    items = {item.id: item for item in course.items}
    people: list[tuple[int, str, TablePerson]] = []
    for number, table in tables:
        read = read_table(table, course, items, questions, told[number])
        sources[number - 1].learners += len(read)
        people += [(number, code, person) for code, person in read.items()]
    for source in sources:
        found_problems = told[source.number].sorted()
        source.left_out = [problem.line for problem in found_problems]
        problems.extend(found_problems)
    learners, by_name = _brought_together(records, people)
    used = [one for one in learners if one.sittings or one.practice]
    if not used:
        listed = "".join(f"\n{problem}" for problem in problems.sorted())
        msg = (
            "nobody’s answers could be read; give files that “My progress” saves, statements of a "
            f"record store, or tables of answers (course report --help){listed}"
        )
        raise ReportError(msg)
    return _gathered(used, sources, problems.sorted(), by_name)


def _files(paths: Iterable[Path], problems: Problems) -> Iterator[Path]:
    """Give the files, those of folders too, each once."""
    seen: set[Path] = set()
    for given in paths:
        if given.is_dir():
            found = sorted(one for one in given.iterdir() if one.suffix.lower() in _KNOWN)
            if not found:
                problems.add(given, 0, f"the folder holds no file that ends in {' '.join(_KNOWN)}")
        else:
            found = [given]
        for path in found:
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            if path.name.startswith((".", "~$")) and path not in paths:
                continue  # what an editor keeps beside a file
            if not path.is_file():
                problems.add(path, 0, "there is no such file; mend its name")
            elif path.suffix.lower() not in _KNOWN:
                what = f"only files that end in {' '.join(_KNOWN)} are read; save it as one of them"
                problems.add(path, 0, what)
            else:
                yield path


def _text(path: Path, problems: Problems) -> str | None:
    data = path.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        what = "the file is not in UTF-8; in a spreadsheet, save it as “CSV UTF-8” or as XLSX"
        problems.add(path, 0, what)
        return None


def _places(text: str) -> dict[str, Any]:
    """Give what the file beside the sheets of a test says; nothing if it is another file."""
    if not text.lstrip().startswith("{") or '"versions"' not in text:
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    named = isinstance(read, dict) and {"test", "form", "versions"} <= read.keys()
    return read if named else {}


def _workbook(path: Path, problems: Problems) -> list[list[Row]]:
    try:
        return xlsx_rows(path)
    except ImportError:
        msg = (
            f"openpyxl is not installed, and {path.name} cannot be read without it; run "
            "python3 scripts/build.py report with the same files, or save it as CSV"
        )
        raise ReportError(msg) from None
    except Exception:  # the library raises what its parsers raise
        problems.add(path, 0, "this is no XLSX file that can be read; save it anew")
        return []


def _brought_together(
    records: dict[str, tuple[Record, set[int]]], people: list[tuple[int, str, TablePerson]]
) -> tuple[list[Learner], int]:
    """Bring the same learner together; says how often the name alone said that it is the same."""
    learners: dict[str, Learner] = {}
    named: dict[str, list[Learner]] = {}
    for account, (record, files) in records.items():
        learner = Learner(account, record.names, record.sittings(), record.practice(), files)
        learners[account.casefold()] = learner
        for name in record.names:
            named.setdefault(_folded(name), []).append(learner)
    by_name: set[str] = set()
    for number, code, person in people:
        key = code.casefold()
        if key not in learners:
            same = named.get(_folded(person.name or code), [])
            if len(same) == 1:
                learners[key] = same[0]
                by_name.add(key)
            else:
                learners[key] = Learner(code)
        learner = learners[key]
        learner.files.add(number)
        if person.name:
            learner.names.add(person.name)
        # The same table may be given twice, as CSV and as XLSX.
        learner.sittings += [one for one in person.finished() if one not in learner.sittings]
        known = {(one.item, one.version) for one in learner.practice}
        learner.practice += [
            one for one in person.practice() if (one.item, one.version) not in known
        ]
    unique = list({id(one): one for one in learners.values()}.values())
    for learner in unique:
        learner.sittings.sort(key=lambda one: one.begun)
    return unique, len(by_name)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _gathered(
    learners: list[Learner], sources: list[Source], problems: list[Problem], by_name: int
) -> Gathered:
    """Give each learner a pseudonym, in an order that tells nothing of names."""

    def lot(learner: Learner) -> str:
        return hashlib.sha256(f"report/{learner.account}".encode()).hexdigest()

    width = max(2, len(str(len(learners))))
    coded = {
        f"P{number:0{width}}": learner
        for number, learner in enumerate(sorted(learners, key=lot), 1)
    }
    namesakes: dict[str, list[str]] = {}
    for code, learner in coded.items():
        for name in {_folded(one) for one in learner.names}:
            namesakes.setdefault(name, []).append(code)
    return Gathered(
        coded,
        sources,
        problems,
        merged=sum(len(one.files) > 1 for one in learners),
        by_name=by_name,
        namesakes=sorted(codes for codes in namesakes.values() if len(codes) > 1),
    )
