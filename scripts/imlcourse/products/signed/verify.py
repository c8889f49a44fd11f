"""Checking what is signed: of each kind of file, whether it is whole, and who has signed it.

A kind is one line in the list below: what it is called, whether a file looks like one, and what
checks it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from imlcourse.products.certificates import signed_list
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["KINDS", "Kind", "Outcome", "check"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of signed file.

    Attributes
    ----------
    name
        What it is called, in a sentence.
    fits
        Whether a file, by its bytes, is one.
    check
        Checks it against the public keys that are known.
    """

    name: str
    fits: Callable[[bytes], bool]
    check: Callable[[bytes, Sequence[PublicKey]], Outcome]


KINDS: list[Kind] = [
    Kind("a certificate, as the text of its QR code", signed_list.is_certificate,
         signed_list.check_certificate),
    Kind("a signed list of certificates", signed_list.is_list, signed_list.check_list),
]  # fmt: skip
"""All kinds. A list, so that a test can add one."""


def check(data: bytes, keys: Sequence[PublicKey]) -> Outcome | None:
    """Check a file; None if it is of no kind that is known."""
    kind = next((one for one in KINDS if one.fits(data)), None)
    return kind.check(data, keys) if kind else None
