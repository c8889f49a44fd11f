"""Checking what is signed: of each kind of file, whether it is whole, and who has signed it.

A kind is one line in the list below: what it is called, whether something looks like one, and what
checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from imlcourse.products.certificates import signed_list
from imlcourse.products.copies import verify as copies
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["KINDS", "Given", "Kind", "Outcome", "check"]


@dataclass(frozen=True)
class Given:
    """What is to be checked: where it lies, or its bytes alone."""

    path: Path | None = None
    text: bytes = b""

    @cached_property
    def data(self) -> bytes:
        """Its bytes; none of a folder."""
        return self.path.read_bytes() if self.path and self.path.is_file() else self.text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of what is signed.

    Attributes
    ----------
    name
        What it is called, in a sentence.
    fits
        Whether something is one.
    check
        Checks it against the public keys that are known.
    """

    name: str
    fits: Callable[[Given], bool]
    check: Callable[[Given, Sequence[PublicKey]], Outcome]


def _of_bytes(
    name: str,
    fits: Callable[[bytes], bool],
    check: Callable[[bytes, Sequence[PublicKey]], Outcome],
) -> Kind:
    """Give a kind that is a file, wherever it lies."""
    return Kind(name, lambda given: fits(given.data), lambda given, keys: check(given.data, keys))


KINDS: list[Kind] = [
    _of_bytes("a certificate, as the text of its QR code", signed_list.is_certificate,
              signed_list.check_certificate),
    _of_bytes("a signed list of certificates", signed_list.is_list, signed_list.check_list),
    Kind("a copy of the course, as a zip or a folder, or its SHA256SUMS",
         lambda given: given.path is not None and copies.is_copy(given.path),
         lambda given, keys: copies.check_copy(given.path or Path(), keys)),
]  # fmt: skip
"""All kinds. A list, so that a test can add one."""


def check(given: bytes | Path, keys: Sequence[PublicKey]) -> Outcome | None:
    """Check something; None if it is of no kind that is known."""
    one = Given(given) if isinstance(given, Path) else Given(text=given)
    kind = next((kind for kind in KINDS if kind.fits(one)), None)
    return kind.check(one, keys) if kind else None
