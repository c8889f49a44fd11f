"""What a check of something signed has found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from imlcourse.products.signed.keys import PublicKey

__all__ = ["Outcome", "known"]

State = Literal["whole", "unknown", "unsigned", "changed", "unreadable"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found.

    Attributes
    ----------
    state
        ``whole``: nothing was changed since a key that is known signed it; ``unknown``: nothing
        was changed since somebody signed it, with a key that is not known; ``unsigned``: as its own
        list says, which nobody has signed; ``changed``; ``unreadable``.
    key
        The key that it names; if it is known, with the name under which it is known.
    facts
        What it says, line by line.
    changed
        What was changed, as far as it can be told.
    """

    state: State
    key: PublicKey | None = None
    facts: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def known(data: bytes, keys: Sequence[PublicKey]) -> PublicKey | None:
    """Give a key as it is known, if it is."""
    return next((one for one in keys if one.data == data), None)
