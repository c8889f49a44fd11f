"""xAPI statements: records that the player exports, and what a learning record store gives out.

A file is a list of statements, an object with a list of them (a page of a store), or JSON lines,
packed by gzip or not. It may hold many learners and statements about other things. What is said
of one learner in several files is brought together as the player does it
(``player/record/record.js``); a statement that comes twice is one, and one that is voided is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.types import StringConstraints
from typing_extensions import TypedDict

from imlcourse.items.shared import SHARED
from imlcourse.live.entries import AnswerEntry, Dated, Entry, Share, Time, moment, written_at
from imlcourse.results.answers import Answer
from imlcourse.results.intake import Intake, Source
from imlcourse.results.readers.base import Reader, open_text
from imlcourse.results.readers.json_stream import values_in

__all__ = ["StatementReader", "take_statements"]

_LOOSE = ConfigDict(strict=True, extra="ignore")
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
_VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class StatementReader(Reader):
    """Reads statements."""

    endings: ClassVar[tuple[str, ...]] = (
        *(".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz"),
    )

    def read(self, source: Source, intake: Intake) -> None:
        """Read the statements of a file, one after the other."""

        def tell(line: int, what: str) -> None:
            intake.problem(source, line, what)

        with open_text(source.path) as stream:
            ours = take_statements(source, values_in(stream, tell), intake)
        if not ours:
            what = (
                "the file holds no record of this course; give the file that “My progress” saves, "
                "or statements of this course from a record store"
            )
            tell(0, what)


def take_statements(source: Source, values: Iterable[tuple[int, object]], intake: Intake) -> int:
    """Take statements from wherever they come; gives how many are of this course.

    Parameters
    ----------
    source
        Where they come from.
    values
        The statements, each with its line or its number.
    intake
        What takes them.
    """
    iri = intake.course.about.iri
    ours = 0
    for line, value in values:
        # Some stores export each statement with what they know about it.
        inner = value.get("statement") if isinstance(value, dict) else None
        statement = inner if isinstance(inner, dict) else value
        if not isinstance(statement, dict):
            intake.problem(source, line, "this is no statement, and is left out")
            continue
        about = statement.get("object")
        if _voids(statement) and isinstance(about, dict):
            intake.void(_whole(str(about.get("id", ""))))
        elif isinstance(about, dict) and str(about.get("id", "")).startswith(iri):
            ours += 1
            _take(source, line, statement, intake)
        else:
            source.elsewhere += 1
    return ours


def _voids(statement: dict[str, Any]) -> bool:
    verb = statement.get("verb")
    return isinstance(verb, dict) and verb.get("id") == _VOIDED


def _take(source: Source, line: int, statement: dict[str, Any], intake: Intake) -> None:
    """Take a statement of this course: whose it is, and the entry that it carries."""
    iri = intake.course.about.iri
    account, name = _actor(statement.get("actor"), iri)
    if not account:
        what = "the statement does not say whose it is (actor.account), and is left out"
        intake.problem(source, line, what)
        return
    intake.person(source, account, name)
    context = statement.get("context")
    more = context.get("extensions") if isinstance(context, dict) else None
    if not isinstance(context, dict) or not isinstance(more, dict):
        return
    key, entry = more.get(f"{iri}xapi/key"), more.get(f"{iri}xapi/entry")
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
        intake.problem(source, line, what)
        return
    team = context.get("team")
    of = str(team.get("name") or "") if isinstance(team, dict) else ""
    told = {"team": _whole(of)[:200], "statement": _whole(str(statement.get("id") or ""))}
    try:
        if kind == "attempt":
            attempt = _ATTEMPT.validate_python(entry)
            if attempt["ended"] is not None:
                _take_attempt(source, line, account, key, dict(attempt), told, intake)
        else:
            if not _ID.fullmatch(rest):
                raise ValueError
            item = _ITEM.validate_python(entry)
            for one in (*item["earlier"], item):
                first = one["first"]
                answer = Answer(rest, one["item"], first["points"], first.get("response"))
                at = written_at(dict(first))
                intake.practised(source, line, account, answer, at=at, **told)
    except (ValidationError, ValueError):
        what = f"“{key}” makes no sense (it was edited?), and is left out"
        intake.problem(source, line, what)


def _take_attempt(
    source: Source,
    line: int,
    account: str,
    key: str,
    attempt: Entry,
    told: dict[str, str],
    intake: Intake,
) -> None:
    """Take an ended attempt: all that was asked, in its order."""
    if attempt["points"] is None:
        raise ValueError
    answers = [
        Answer(
            one["id"],
            one["version"],
            attempt["results"].get(one["id"], 0.0),
            attempt["answers"].get(one["id"], {}).get("response"),
        )
        for one in attempt["items"]
    ]
    intake.sitting(
        source,
        line,
        account,
        attempt["test"],
        answers,
        attempt=_whole(key),
        begun=_begun(attempt),
        ended=moment(attempt["ended"]) or 0.0,
        edition=attempt.get("course") or "",
        **told,
    )


def _begun(attempt: Entry) -> float:
    seq = attempt.get("begunSeq")
    return float(seq) if seq is not None else moment(attempt["begun"]) or 0.0


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
