"""What every reader of a kind of file is, and how text is opened."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from abc import ABC, abstractmethod
from pathlib import Path
from typing import BinaryIO, ClassVar, TextIO, cast

from imlcourse.results.intake import Intake, Source

__all__ = ["BEGINNING", "Reader", "UnreadableError", "beginning_of", "check_text", "open_text"]

BEGINNING = 65_536
"""Characters of a file by which its kind is told."""
_BLOCK = 1 << 20


class UnreadableError(Exception):
    """A file is no text, or damaged; the message says what to do."""


class Reader(ABC):
    """Reads one kind of file."""

    endings: ClassVar[tuple[str, ...]]
    """Of the names of its files, with their points: ``.json``, ``.csv.gz``."""
    text: ClassVar[bool] = True
    """Whether its files are text."""

    def ending_of(self, name: str) -> str:
        """Give the ending by which it knows a file; nothing if it does not."""
        return next((one for one in self.endings if name.lower().endswith(one)), "")

    def recognises(self, beginning: str) -> bool:  # noqa: ARG002 - who knows by the name alone
        """Say whether a file is of this kind, by its first characters."""
        return True

    def learn(self, source: Source, intake: Intake) -> None:  # noqa: B027 - most have nothing
        """Take from a file what others need to be understood; all files are asked first."""

    @abstractmethod
    def read(self, source: Source, intake: Intake) -> None:
        """Read a file into the intake; what cannot be used is told there, and the rest taken."""


def open_text(path: Path) -> TextIO:
    """Open a file of text: UTF-8 or UTF-16, packed by gzip or not, its line ends as they are."""
    data = _open(path)
    start = data.read(2)
    data.seek(0)
    encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return io.TextIOWrapper(data, encoding=encoding, newline="")


def beginning_of(path: Path) -> str:
    """Give the first characters of a file; as many as are text."""
    with open_text(path) as stream:
        try:
            return stream.read(BEGINNING)
        except (UnicodeDecodeError, EOFError, OSError, zlib.error):
            return ""


def check_text(path: Path) -> None:
    """Read a file of text once to its end: what is half read is worse than what is refused.

    Raises
    ------
    UnreadableError
        If it is no text, or damaged.
    """
    with open_text(path) as stream:
        encoding = stream.encoding
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with _open(path) as data:
            while block := data.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        what = "the file is not in UTF-8; in a spreadsheet, save it as “CSV UTF-8” or as XLSX"
        raise UnreadableError(what) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableError("the file is damaged or cut off; ask for it again") from None


def _open(path: Path) -> BinaryIO:
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")
