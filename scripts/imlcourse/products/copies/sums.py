"""The list of the files of a copy, as ``sha256sum -c SHA256SUMS`` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from imlcourse.course.digests import digest_of

__all__ = ["LIST", "SIGNATURE", "Sums", "read_sums", "sum_of", "sums_of"]

LIST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
_LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](\S.*)")


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list says.

    Attributes
    ----------
    digests
        The SHA-256 of each file, by path.
    unreadable
        Numbers of the lines that say nothing.
    """

    digests: dict[str, str] = field(default_factory=dict)
    unreadable: list[int] = field(default_factory=list)

    def text(self) -> str:
        """Write it in the one form that is handed out, and signed."""
        return "".join(f"{digest}  {path}\n" for path, digest in sorted(self.digests.items()))


def sum_of(data: bytes) -> str:
    """Give the SHA-256 of some content, of a copy that may be large."""
    return sha256(data).hexdigest()


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """Write the list of files.

    Parameters
    ----------
    files
        Content by path.
    """
    return Sums({path: digest_of(data) for path, data in files.items()}).text().encode()


def read_sums(data: bytes) -> Sums:
    """Read a list; line ends that some system has changed are no matter."""
    sums = Sums()
    text = data.decode("utf-8-sig", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if read := _LINE.fullmatch(line):
            sums.digests[read[2]] = read[1].lower()
        elif line.strip() and not line.startswith("#"):
            sums.unreadable.append(number)
    return sums
