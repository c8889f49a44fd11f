"""Learners' records, as the player exports them and as a record store has them: xAPI statements.

A file is a list of statements, an object with a list of them, or JSON lines (one in each). It may
hold several learners. What is said of one learner in several files is brought together as the
player does (``player/record/record.js``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.types import StringConstraints
from typing_extensions import TypedDict

from imlcourse.items.shared import SHARED
from imlcourse.live.entries import AnswerEntry, Dated, Entry, Share, Time, moment, written_at
from imlcourse.markup.problems import Problems
from imlcourse.results.answers import Answer, Sitting

__all__ = ["Record", "read_records", "statements_in"]

_LOOSE = ConfigDict(strict=True, extra="ignore")
_DECODER = json.JSONDecoder()
Named = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{0,80}$")]
"""An id or a version. It stands in the report, so that it may hold nothing else."""


@with_config(_LOOSE)
class _Drawn(TypedDict):
    id: Named
    version: Named


@with_config(_LOOSE)
class _Attempt(Dated):
    v: int
    test: Named
    course: NotRequired[Named | None]
    begun: Time
    begunSeq: NotRequired[Annotated[int, Field(ge=0)] | None]  # noqa: N815 - the player says so
    ended: Time | None
    items: list[_Drawn]
    answers: dict[str, AnswerEntry]
    results: dict[str, Share]
    points: Share | None


@with_config(_LOOSE)
class _Try(Dated):
    points: Share
    response: NotRequired[Any]


@with_config(_LOOSE)
class _Version(_Try):
    item: Named
    first: _Try


@with_config(_LOOSE)
class _ItemEntry(_Version):
    v: int
    earlier: list[_Version]


_ID = re.compile(r"[a-z][a-z0-9-]{0,80}")
_ATTEMPT = TypeAdapter(_Attempt)
_ITEM = TypeAdapter(_ItemEntry)


@dataclass(slots=True)
class Record:
    """What files say of one account.

    Attributes
    ----------
    account
        What names it and no other.
    names
        What the learner is called.
    attempts
        Ended attempts, by key.
    firsts
        The first answer to each version of each item.
    """

    account: str
    names: set[str] = field(default_factory=set)
    attempts: dict[str, Entry] = field(default_factory=dict)
    firsts: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def add(self, other: Record) -> None:
        """Bring in what another file says of the same account; whichever comes first."""
        self.names |= other.names
        for key, entry in other.attempts.items():
            self.take_attempt(key, entry)
        for named, first in other.firsts.items():
            self.take_first(named, first)

    def take_attempt(self, key: str, entry: Entry) -> None:
        """Take an ended attempt: what ended it first is settled."""
        there = self.attempts.get(key)
        self.attempts[key] = entry if there is None else min(there, entry, key=_ended)

    def take_first(self, named: tuple[str, str], first: Entry) -> None:
        """Take the first answer to a version of an item: the earliest that is known."""
        there = self.firsts.get(named)
        self.firsts[named] = first if there is None else min(there, first, key=_written)

    def sittings(self) -> list[Sitting]:
        """Give the finished tests, the first one first."""
        ordered = sorted(self.attempts.values(), key=lambda one: (_begun(one), one["begun"]))
        return [
            Sitting(
                entry["test"],
                _begun(entry),
                entry.get("course") or "",
                tuple(
                    Answer(
                        one["id"],
                        one["version"],
                        entry["results"].get(one["id"], 0.0),
                        entry["answers"].get(one["id"], {}).get("response"),
                    )
                    for one in entry["items"]
                ),
            )
            for entry in ordered
            if entry["items"]
        ]

    def practice(self) -> list[Answer]:
        """Give the first answers to items that no test of this learner has asked."""
        tested = {one["id"] for entry in self.attempts.values() for one in entry["items"]}
        return [
            Answer(item, version, first["points"], first.get("response"))
            for (item, version), first in sorted(self.firsts.items())
            if item not in tested
        ]


def _begun(attempt: Entry) -> float:
    seq = attempt.get("begunSeq")
    return float(seq) if seq is not None else moment(attempt["begun"]) or 0.0


def _canonical(value: Entry) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _ended(attempt: Entry) -> tuple[float, str]:
    bare = {name: one for name, one in attempt.items() if name not in ("at", "seq")}
    return moment(attempt["ended"]) or 0.0, _canonical(bare)


def _written(dated: Entry) -> tuple[float, str]:
    return written_at(dated), _canonical(dated)


# --- the file --------------------------------------------------------------------------------


def statements_in(path: Path, text: str, problems: Problems) -> Iterator[tuple[int, Any]]:
    """Give what stands in a file of statements, one after the other, each with its line.

    Parameters
    ----------
    path
        The file, for messages.
    text
        What it holds.
    problems
        Where it is told from which line on the file could not be read. What stands before it
        is given.

    Yields
    ------
    tuple
        The line, and the value.
    """
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        yield from _listed(path, text, start, problems)
        return
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(path, text, problems)
        return
    line = text.count("\n", 0, start) + 1
    if isinstance(whole, dict) and isinstance(whole.get("statements"), list):
        yield from ((line, one) for one in whole["statements"])
    else:
        yield line, whole


def _listed(path: Path, text: str, start: int, problems: Problems) -> Iterator[tuple[int, Any]]:
    at, line, counted = start + 1, 1, 0

    def skip(signs: str) -> None:
        nonlocal at
        while at < len(text) and (text[at].isspace() or text[at] in signs):
            at += 1

    while True:
        skip("" if at == start + 1 else ",")
        line += text.count("\n", counted, at)
        counted = at
        if text[at : at + 1] == "]":
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            where = error.lineno if isinstance(error, json.JSONDecodeError) else line
            what = (
                "the file is damaged or cut off from here on; what stands before it is used. Ask "
                "for the file again"
            )
            problems.add(path, where, what)
            return
        yield line, value


def _lines(path: Path, text: str, problems: Problems) -> Iterator[tuple[int, Any]]:
    for number, one in enumerate(text.splitlines(), 1):
        if not one.strip():
            continue
        try:
            yield number, json.loads(one)
        except (ValueError, RecursionError):
            what = "this line is no statement in JSON, and is left out; ask for the file again"
            problems.add(path, number, what)


def read_records(path: Path, text: str, iri: str, problems: Problems) -> dict[str, Record]:
    """Read the records in a file of statements.

    Parameters
    ----------
    path
        The file, for messages.
    text
        What it holds.
    iri
        What the course is named by; statements of other courses are passed over.
    problems
        Where each statement is told that makes no sense; the others are used.

    Returns
    -------
    dict
        The records by account.
    """
    records: dict[str, Record] = {}
    ours = 0
    for line, value in statements_in(path, text, problems):
        # Some stores export each statement with what they know about it.
        inner = value.get("statement") if isinstance(value, dict) else None
        statement = inner if isinstance(inner, dict) else value
        if not isinstance(statement, dict):
            problems.add(path, line, "this is no statement, and is left out")
            continue
        about = statement.get("object")
        if not isinstance(about, dict) or not str(about.get("id", "")).startswith(iri):
            continue
        ours += 1
        account, name = _actor(statement.get("actor"), iri)
        if not account:
            what = "the statement does not say whose it is (actor.account), and is left out"
            problems.add(path, line, what)
            continue
        record = records.setdefault(account, Record(account))
        if name:
            record.names.add(name)
        context = statement.get("context")
        more = context.get("extensions") if isinstance(context, dict) else None
        if isinstance(more, dict):
            _take(record, more.get(f"{iri}xapi/key"), more.get(f"{iri}xapi/entry"), path, line,
                  problems)  # fmt: skip
    if not ours:
        what = (
            "the file holds no record of this course; give the file that “My progress” saves, or "
            "statements of this course from a record store"
        )
        problems.add(path, 0, what)
    return records


def _actor(actor: object, iri: str) -> tuple[str, str]:
    """Give what names the account of whoever acted, and what he or she is called."""
    if not isinstance(actor, dict):
        return "", ""
    name = actor.get("name")
    account = actor.get("account")
    if isinstance(account, dict) and isinstance(account.get("name"), str) and account["name"]:
        home = account.get("homePage")
        named = account["name"] if home in (iri, None) else f"{home} {account['name']}"
    else:
        found = (actor.get(one) for one in ("mbox", "mbox_sha1sum", "openid"))
        named = next((one for one in found if isinstance(one, str) and one), "")
    return _whole(named), _whole(name) if isinstance(name, str) else ""


def _whole(text: str) -> str:
    """Give a text that a file can hold: half a letter (a lone surrogate) becomes a sign."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _take(
    record: Record, key: object, entry: object, path: Path, line: int, problems: Problems
) -> None:
    """Take the entry that a statement carries, if it is an answer."""
    if not isinstance(key, str) or not isinstance(entry, dict):
        return  # it tells of an entry that another statement carries
    kind, _, rest = key.partition("/")
    if kind not in ("attempt", "item"):
        return
    version = entry.get("v")
    if isinstance(version, int) and version > SHARED["record"]["format"]:
        what = (
            f"“{key}” was written by a newer version of the course, and is left out; make the "
            "report with that version"
        )
        problems.add(path, line, what)
        return
    try:
        if kind == "attempt":
            attempt = _ATTEMPT.validate_python(entry)
            if attempt["ended"] is None:
                return
            if attempt["points"] is None:
                raise ValueError
            record.take_attempt(key, dict(attempt))
        else:
            if not _ID.fullmatch(rest):
                raise ValueError
            item = _ITEM.validate_python(entry)
            for one in (*item["earlier"], item):
                record.take_first((rest, one["item"]), dict(one["first"]))
    except (ValidationError, ValueError):
        problems.add(path, line, f"“{key}” makes no sense (it was edited?), and is left out")
