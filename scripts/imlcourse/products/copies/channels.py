"""Channels for Kolibri that lie there without their list: their database, and what it names."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from imlcourse.products.copies.contents import Contents, DamagedFileError
from imlcourse.products.copies.finding import Finding
from imlcourse.products.copies.ours import is_of_the_course

__all__ = ["CHECKED", "Channel", "channels_in"]

CHECKED = (
    "that its database can be read, and the size and the checksum of each file that it names "
    "(it is a channel for Kolibri)"
)
_AGAIN = "copy the whole folder KOLIBRI_DATA again"
_FILE = re.compile(
    r"(?P<root>(?:.*/)?)"
    r"(?:databases/[0-9a-f]{32}\.sqlite3|storage/[0-9a-f]/[0-9a-f]/[0-9a-f]{32}\.\w+)"
)


@dataclass
class Channel:
    """A folder with channels.

    Attributes
    ----------
    root
        Where it lies, with ``/`` at its end.
    files
        The paths of what is in it.
    findings
        What is wrong with what is of the course.
    """

    root: str
    files: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def channels_in(contents: Contents) -> list[Channel]:
    """Find the channels of the course, and look at them.

    Parameters
    ----------
    contents
        What lies in a folder, or in a zip.
    """
    found: dict[str, Channel] = {}
    for path in contents.files:
        if read := _FILE.fullmatch(path):
            found.setdefault(read["root"], Channel(read["root"])).files.append(path)
    looked = [_Look(contents, channel) for channel in found.values()]
    for look in looked:
        look.channel.findings += look.findings()
    return [look.channel for look in looked if look.ours]


class _Look:
    def __init__(self, contents: Contents, channel: Channel) -> None:
        self.contents, self.channel = contents, channel
        stored = [path for path in channel.files if not path.endswith(".sqlite3")]
        self.stored = {PurePosixPath(path).name: path for path in stored}
        self.ours = any(
            is_of_the_course(path, data, ())
            for path in stored
            if path.endswith(".zip") and (data := self._read(path))
        )

    def _read(self, path: str) -> bytes:
        try:
            return self.contents.read(path)
        except DamagedFileError:
            return b""

    def findings(self) -> Iterator[Finding]:
        databases = [path for path in self.channel.files if path.endswith(".sqlite3")]
        if not databases:
            what = "its database is missing; without it, Kolibri finds no channel"
            yield Finding(what, remedy=_AGAIN)
        named: dict[str, int] = {}
        for path in databases:
            read = _named_in(self._read(path))
            if read is None:
                what = "its database is cut off or damaged, and Kolibri cannot read it"
                yield Finding(what, (path,), _AGAIN)
            else:
                named.update(read)
        root = self.channel.root
        lost = [f"{root}storage/{name[0]}/{name[1]}/{name}" for name in named.keys() - self.stored]
        if lost:
            yield Finding("files that its database names are missing", tuple(sorted(lost)), _AGAIN)
        damaged = [path for name, path in self.stored.items() if self._damaged(path, named, name)]
        if damaged:
            yield Finding("files in it are cut off or damaged", tuple(sorted(damaged)), _AGAIN)

    def _damaged(self, path: str, named: dict[str, int], name: str) -> bool:
        data = self._read(path)
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        return digest != PurePosixPath(name).stem or named.get(name, len(data)) != len(data)


def _named_in(data: bytes) -> dict[str, int] | None:
    """Give the size of each file that a database names; None if it cannot be read."""
    if not data:
        return None
    try:
        with closing(sqlite3.connect(":memory:")) as opened:
            opened.deserialize(data)
            if opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            rows = opened.execute("SELECT id, extension, file_size FROM content_localfile")
            return {f"{digest}.{ending}": int(size) for digest, ending, size in rows}
    except (sqlite3.Error, TypeError, ValueError, OverflowError):
        return None
