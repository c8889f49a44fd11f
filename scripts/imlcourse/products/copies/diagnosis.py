"""What was found of a copy, or of a file that was looked at by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Literal

from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.sums import LIST, SIGNATURE, Sums
from imlcourse.products.signed.keys import PublicKey
from imlcourse.products.signed.outcome import Outcome

__all__ = ["NO_COPY", "Diagnosis"]

NO_COPY = "there is no copy of the course in it: no index.html, and no list of files"
"""What is said of a folder or zip in which nothing is of the course."""


@dataclass
class Diagnosis:
    """What was found of a copy.

    Attributes
    ----------
    name
        What was looked at.
    edition
        Which course, and which version; empty if it does not say.
    listed
        How many files its list names; 0 without one.
    findings
        What was found.
    signature
        What its signature says; None without one, or where it could not be checked.
    checked
        What was checked in place of a list; empty with a list.
    unsure
        Whether this does not show that it is whole.
    beside
        What lies beside it and was not looked at, since no list names it.
    free
        What no list names, in a copy or beside it.
    ours
        Whether it is of this course, as far as can be seen.
    shut
        Whether it is a zip that cannot be opened.
    """

    name: str
    edition: str = ""
    listed: int = 0
    findings: list[Finding] = field(default_factory=list)
    signature: Outcome | None = None
    checked: str = ""
    unsure: bool = False
    beside: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    ours: bool = True
    shut: bool = False

    @property
    def state(self) -> Literal["whole", "not whole", "not checked"]:
        """What is to be said of it."""
        if not self.whole:
            return "not whole"
        return "not checked" if self.unsure else "whole"

    @property
    def whole(self) -> bool:
        """Whether it is whole, and would work."""
        return not any(not finding.harmless for finding in self.findings)

    @property
    def faults(self) -> list[Finding]:
        """What is wrong."""
        return [finding for finding in self.findings if not finding.harmless]

    @property
    def is_copy(self) -> bool:
        """Whether there was a copy of the course to look at."""
        return not any(NO_COPY in fault.what for fault in self.faults)

    def check_signature(self, data: bytes, sums: Sums, keys: Sequence[PublicKey]) -> None:
        """See who has signed its list, where that can be checked.

        Parameters
        ----------
        data
            The signature, as its file holds it.
        sums
            The list.
        keys
            The public keys that are known.
        """
        if not find_spec("cryptography"):
            return
        from imlcourse.products.copies.signature import check_signature

        signature = self.signature = check_signature(data, sums, keys)
        if signature.state in ("changed", "unreadable"):
            what = f"its list is not the one that was signed: {LIST} or {SIGNATURE} was changed"
            remedy = "trust nothing in it; take a copy from the publisher"
            self.findings.append(Finding(what, remedy=remedy))
