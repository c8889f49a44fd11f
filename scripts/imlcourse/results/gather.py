"""From files to learners: every file read, the same learner brought together, names set apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from imlcourse.course.model import Course
from imlcourse.markup.problems import Problem, Problems
from imlcourse.results.answers import PRACTICE, Answer, Learner, Sitting
from imlcourse.results.codes import person_of
from imlcourse.results.intake import CodedPerson, Intake, ReportError, Source
from imlcourse.results.readers import Reader, endings, reader_of
from imlcourse.results.readers.base import UnreadableError, beginning_of, check_text
from imlcourse.results.readers.codes import take_codes
from imlcourse.results.readers.statements import take_statements
from imlcourse.results.settle import ANSWERS, settled
from imlcourse.results.shards import BUCKET_ROWS, SHARD_ROWS, Shards
from imlcourse.results.store import Endpoint, statements

__all__ = ["Gathered", "ReportError", "gather"]

TYPED = "--codes"
"""What stands in place of a file for codes that were typed into the command."""


@dataclass(slots=True)
class Coded:
    """What is said of somebody who has result codes.

    Attributes
    ----------
    only
        Whether there is nothing else of them: no answer to a single question.
    names
        The names that are written beside the codes.
    """

    only: bool
    names: set[str] = field(default_factory=set)


@dataclass
class Gathered:
    """All that files say.

    Attributes
    ----------
    course
        The course.
    people
        Who answered: `code` (``P01`` and so on, in an order that tells nothing of names), `key`,
        `account`, `names`, and `files` by their numbers.
    answers
        What they answered; see `imlcourse.results.settle.ANSWERS`.
    sources
        The files.
    problems
        What could not be used, by file and line; of each file, the first ones.
    merged
        How many learners stand in more than one file.
    by_name
        How many participants of tables or owners of codes were taken for somebody else in the
        files by the name alone.
    coded
        Who has result codes, by pseudonym.
    voided
        How many statements were taken back, and are left out.
    namesakes
        Pseudonyms of different accounts with one name.
    kept
        What is no answer and another part of the report wants, by its name.
    """

    course: Course
    people: pl.DataFrame
    answers: Shards
    sources: list[Source]
    problems: list[Problem]
    merged: int = 0
    by_name: int = 0
    voided: int = 0
    namesakes: list[list[str]] = field(default_factory=list)
    coded: dict[str, Coded] = field(default_factory=dict)
    kept: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """How many rows, statements and files could not be used."""
        return sum(len(one.left_out) + one.unnamed for one in self.sources)

    @cached_property
    def learners(self) -> dict[str, Learner]:
        """Everybody with all answers, by pseudonym: to look at few people, not at many."""
        found = {
            code: Learner(account, set(names), [], [], set(files))
            for code, account, names, files in self.people.select(
                "code", "account", "names", "files"
            ).iter_rows()
        }
        codes = dict(self.people.select("key", "code").iter_rows())
        for rows in self.answers.buckets():
            for part in rows.partition_by("key", "sat", maintain_order=True):
                head = part.row(0, named=True)
                answers = tuple(
                    Answer(item, version, points, json.loads(response or "null"), objective)
                    for item, version, points, response, objective in part.select(
                        "item", "version", "points", "response", "objective"
                    ).iter_rows()
                )
                learner = found[codes[head["key"]]]
                if head["test"] == PRACTICE:
                    learner.practice += answers
                else:
                    learner.sittings.append(
                        Sitting(head["test"], head["begun"], head["edition"], answers)
                    )
        return found


def gather(
    course: Course,
    paths: Sequence[Path],
    codes: Sequence[str] = (),
    *,
    stores: Sequence[Endpoint] = (),
    shard_rows: int = SHARD_ROWS,
    bucket_rows: int = BUCKET_ROWS,
) -> Gathered:
    """Read files of learners' answers, of any kinds together and in any order.

    Parameters
    ----------
    course
        The course.
    paths
        The files; of a folder, all that can be read in it.
    codes
        Result codes that somebody has typed.
    stores
        Record stores that are asked for what they have of the course.
    shard_rows, bucket_rows
        How many answers are held, and worked on at a time.

    Raises
    ------
    ReportError
        If nothing in them can be used, or a library is missing.
    """
    general = Problems(Path.cwd())
    found = sorted(_files(paths, general), key=lambda one: (one.name, str(one)))
    sources = [Source(number, path) for number, path in enumerate(found, 1)]
    intake = Intake(course, shard_rows, bucket_rows)
    readers = [(source, reader) for source in sources if (reader := _reader(source, intake))]
    for source, reader in readers:
        reader.learn(source, intake)
    for source, reader in readers:
        reader.read(source, intake)
    for store in stores:
        sources.append(Source(len(sources) + 1, Path(store.host), "store"))
        numbered = enumerate(statements(store, f"{course.about.iri}course"), 1)
        if not take_statements(sources[-1], numbered, intake):
            intake.problem(sources[-1], 0, "the store holds nothing of this course")
    if codes:
        sources.append(Source(len(sources) + 1, Path(TYPED), TYPED.strip("-")))
        take_codes(sources[-1], codes, intake)
    said, spoken_of = intake.taken()
    told = spoken_of.group_by("source").agg(pl.col("key").n_unique())
    for number, count in told.iter_rows():
        sources[number - 1].learners = count
    by_signs = _same_by_signs(spoken_of, intake.codes)
    by_name = _same_by_name(spoken_of.filter(~pl.col("key").is_in(list(by_signs))))
    two_codes = _same_coded(intake.codes, {**by_signs, **by_name})
    others = {**by_signs, **by_name, **two_codes}
    if others:
        key = pl.col("key").replace(others)
        said = said.changed(lambda rows: rows.with_columns(key))
        spoken_of = spoken_of.with_columns(key)
    answers, used, voided = _settled(said, intake, sources)
    people = _people(spoken_of, used)
    for problem in general.sorted():
        sources.append(Source(len(sources) + 1, Path(problem.path)))
        intake.problem(sources[-1], problem.line, problem.what)
    if people.is_empty() and not intake.kept:
        listed = "".join(f"\n{problem}" for problem in intake.problems(sources))
        msg = (
            "nobody’s answers could be read; give files that “My progress” saves, statements of a "
            f"record store, or tables of answers (course report --help){listed}"
        )
        raise ReportError(msg)
    return Gathered(
        course,
        people,
        answers,
        sources,
        intake.problems(sources),
        merged=people.filter(pl.col("files").list.len() > 1).height,
        by_name=len(by_name) + len(two_codes),
        coded=_coded(people, intake.codes, others, answers),
        voided=voided,
        namesakes=_namesakes(people),
        kept=dict(intake.kept),
    )


def _files(paths: Iterable[Path], problems: Problems) -> Iterator[Path]:
    """Give the files, those of folders too, each once."""
    seen: set[Path] = set()
    known = endings()
    for given in paths:
        if given.is_dir():
            found = sorted(
                one for one in given.iterdir() if one.name.lower().endswith(tuple(known))
            )
            if not found:
                problems.add(given, 0, f"the folder holds no file that ends in {' '.join(known)}")
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
            elif not path.name.lower().endswith(tuple(known)):
                what = f"only files that end in {' '.join(known)} are read; save it as one of them"
                problems.add(path, 0, what)
            else:
                yield path


def _reader(source: Source, intake: Intake) -> Reader | None:
    """Find who reads a file; None if nobody can."""
    name = source.path.name
    reader = reader_of(name, "")
    beginning = ""
    if reader is None or reader.text:
        try:
            check_text(source.path)
        except UnreadableError as error:
            intake.problem(source, 0, str(error))
            return None
        beginning = beginning_of(source.path)
        reader = reader_of(name, beginning)
    if reader is None:
        intake.problem(
            source, 0, "no kind of file that is read begins so; see course report --help"
        )
        return None
    source.kind = reader.ending_of(name)[1:]
    return reader


def _same_by_name(people: pl.DataFrame) -> dict[str, str]:
    """Find the participants of tables who are somebody in a record, by the name alone."""
    recorded = people.filter("recorded")
    if recorded.is_empty() or recorded.height == people.height:
        return {}
    keys = set(recorded.get_column("key"))
    named: dict[str, set[str]] = {}
    for key, name in recorded.select("key", "name").iter_rows():
        if name:
            named.setdefault(_folded(name), set()).add(key)
    candidates: dict[str, set[str]] = {}
    coded = people.filter(~pl.col("recorded")).select("key", "account", "name")
    for key, account, name in coded.iter_rows():
        if key not in keys:
            candidates.setdefault(key, set()).update(named.get(_folded(name or account), ()))
    return {key: min(found) for key, found in candidates.items() if len(found) == 1}


def _same_by_signs(people: pl.DataFrame, codes: Mapping[str, CodedPerson]) -> dict[str, str]:
    """Find those with result codes who are somebody in a record, by the signs of its account."""
    if not codes:
        return {}
    recorded = people.filter("recorded").select("key", "account").unique()
    found: dict[str, set[str]] = {}
    for key, account in recorded.iter_rows():
        found.setdefault(person_of(account).casefold(), set()).add(key)
    return {signs: min(found[signs]) for signs in codes if len(found.get(signs, ())) == 1}


def _same_coded(codes: Mapping[str, CodedPerson], known: Mapping[str, str]) -> dict[str, str]:
    """Find who has codes of two devices: the same name beside them, and no test in both."""
    first: dict[str, str] = {}
    same: dict[str, str] = {}
    for key, one in sorted(codes.items()):
        if key in known or len(one.names) != 1:
            continue
        (name,) = one.names
        there = first.setdefault(name, key)
        if there != key and not {*codes[there].sittings} & one.sittings:
            codes[there].sittings.update(one.sittings)
            same[key] = there
    return same


def _coded(
    people: pl.DataFrame,
    codes: Mapping[str, CodedPerson],
    others: Mapping[str, str],
    answers: Shards,
) -> dict[str, Coded]:
    """Give those who have result codes, by pseudonym."""
    if not codes:
        return {}
    answered: set[str] = set()
    for rows in answers.buckets():
        answered.update(rows.filter(pl.col("item") != "").get_column("key").unique())
    called = dict(people.select("key", "code").iter_rows())
    found: dict[str, Coded] = {}
    for signs, one in codes.items():
        key = others.get(signs, signs)
        if (code := called.get(key)) is not None:
            coded = found.setdefault(code, Coded(only=key not in answered))
            coded.names.update(one.names)
    return found


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _settled(
    said: Shards, intake: Intake, sources: list[Source]
) -> tuple[Shards, pl.DataFrame, int]:
    """Give what was answered, who answered anything, and how many statements were taken back."""

    def twice(source: int, line: int, item: str, already: int) -> None:
        what = (
            f"{item} was answered in line {already} already; give the second test a date; the "
            "row is left out"
        )
        intake.problem(sources[source - 1], line, what)

    answers = Shards(ANSWERS, said.shard_rows, said.bucket_rows)
    used = [pl.Series("key", [], pl.String)]
    voided = 0
    back = pl.col("statement").is_in(list(intake.voided))
    for rows in said.buckets():
        kept = rows
        if intake.voided:
            voided += rows.filter(back).get_column("statement").n_unique()
            kept = rows.filter(~back)
        found = settled(kept, twice)
        used.append(found.get_column("key").unique())
        answers.add(found)
    return answers, pl.concat(used).to_frame(), voided


def _people(spoken_of: pl.DataFrame, used: pl.DataFrame) -> pl.DataFrame:
    """Give everybody who answered a pseudonym, in an order that tells nothing of names."""
    people = (
        spoken_of.join(used, on="key", how="semi")
        .sort(~pl.col("recorded"), "account")
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("account").first(),
            pl.col("name").filter(pl.col("name") != "").unique().sort().alias("names"),
            pl.col("source").unique().sort().alias("files"),
        )
    )
    accounts = people.get_column("account")
    lots = [hashlib.sha256(f"report/{one}".encode()).hexdigest() for one in accounts]
    width = max(2, len(str(people.height)))
    codes = [f"P{number:0{width}}" for number in range(1, people.height + 1)]
    return (
        people.with_columns(pl.Series("lot", lots, dtype=pl.String))
        .sort("lot")
        .with_columns(pl.Series("code", codes, dtype=pl.String))
        .drop("lot")
    )


def _namesakes(people: pl.DataFrame) -> list[list[str]]:
    """Give the pseudonyms of those who have one name."""
    found: dict[str, list[str]] = {}
    for code, names in people.select("code", "names").iter_rows():
        for name in {_folded(one) for one in names}:
            found.setdefault(name, []).append(code)
    return sorted(codes for codes in found.values() if len(codes) > 1)
