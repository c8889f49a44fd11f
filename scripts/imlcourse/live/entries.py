"""What a learner's record holds, as Python reads it; the player's ``record/record.js`` says more.

A record is a set of entries, each under a key such as ``item/m06-i01``. A file may have been
edited, or brought in from elsewhere: `valid` gives an entry only if it has the shape of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NotRequired, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.types import StringConstraints
from typing_extensions import TypedDict

__all__ = [
    "AnswerEntry",
    "Attempt",
    "Entry",
    "ItemEntry",
    "Statement",
    "attempts_of",
    "item_entry",
    "moment",
    "written_at",
]

Entry = dict[str, Any]
"""An entry of any kind, as JSON has it."""
Statement = dict[str, Any]
"""An xAPI statement."""

T = TypeVar("T")
_LOOSE = ConfigDict(strict=True, extra="ignore")
Share = Annotated[float, Field(ge=0, le=1)]
"""Points from 0 to 1."""


def moment(text: object) -> float | None:
    """Give an ISO time in milliseconds since 1970, with its offset minded; UTC if it has none.

    Parameters
    ----------
    text
        Such as ``"2026-01-31T12:00:00.000Z"``.

    Returns
    -------
    float or None
        The moment; None if it is no time.
    """
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000
    except (ValueError, OverflowError):
        return None


def _time(value: object) -> object:
    if moment(value) is None:
        msg = "no time"
        raise ValueError(msg)
    return value


Time = Annotated[str, BeforeValidator(_time), StringConstraints(max_length=40)]
"""ISO time, such as ``"2026-01-31T12:00:00.000Z"``."""


@with_config(_LOOSE)
class Dated(TypedDict):
    """When something was written: `at`, and by the clock that never runs back, `seq` (in ms)."""

    at: Time
    seq: NotRequired[Annotated[int, Field(ge=0)]]


@with_config(_LOOSE)
class Review(Dated):
    """When an item comes back: the number of its box, and the time; None when it is learned."""

    box: Annotated[int, Field(ge=0)]
    due: Time | None


@with_config(_LOOSE)
class ItemEntry(Dated):
    """The answers to an item, under ``item/<id>``; `item` is the version of the item."""

    v: int
    item: str
    response: Any
    points: Share
    tries: Annotated[int, Field(ge=1)]
    best: Share
    review: NotRequired[Review | None]


@with_config(_LOOSE)
class AnswerEntry(Dated):
    """An answer in a test; None where the question was left open."""

    response: Any


@with_config(_LOOSE)
class Attempt(Dated):
    """An attempt at a test, under ``attempt/<test>/<n>``; `ended` is None while it is taken."""

    v: int
    test: str
    begun: Time
    begunSeq: NotRequired[Annotated[int, Field(ge=0)]]  # the player's name
    ended: Time | None
    answers: dict[str, AnswerEntry]
    points: Share | None
    passed: NotRequired[bool | None]


_ITEM = TypeAdapter(ItemEntry)
_ATTEMPT = TypeAdapter(Attempt)


def item_entry(entries: Mapping[str, Entry], item_id: str) -> ItemEntry | None:
    """Give the answers to an item.

    Parameters
    ----------
    entries
        The record.
    item_id
        The item's id.

    Returns
    -------
    ItemEntry or None
        None if there are none, or what stands there makes no sense.
    """
    return _valid(_ITEM, entries.get(f"item/{item_id}"))


def attempts_of(entries: Mapping[str, Entry], test_id: str) -> list[Attempt]:
    """Give the attempts at a test, the first one first; what makes no sense is left out.

    Parameters
    ----------
    entries
        The record.
    test_id
        The id of the test: that of a module quiz, ``"pre-test"`` and so on.

    Returns
    -------
    list of Attempt
        In the order in which they were begun.
    """
    start = f"attempt/{test_id}/"
    read = [_valid(_ATTEMPT, entry) for key, entry in entries.items() if key.startswith(start)]
    attempts = [one for one in read if one and (one["ended"] is None or one["points"] is not None)]

    def begun(one: Attempt) -> float:
        return one.get("begunSeq", moment(one["begun"]) or 0.0)

    return sorted(attempts, key=begun)


def _valid(shape: TypeAdapter[T], entry: object) -> T | None:
    try:
        return shape.validate_python(entry)
    except ValidationError:
        return None


def written_at(dated: Mapping[str, Any]) -> float:
    """Give when something was written, by the clock that never runs back, in milliseconds."""
    seq = dated.get("seq")
    return float(seq) if isinstance(seq, int) else moment(dated.get("at")) or 0.0
