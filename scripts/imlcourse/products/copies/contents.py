"""What lies in a copy: a folder or a zip, each file read when it is asked for."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from imlcourse.products.copies.finding import Finding

__all__ = ["Contents", "DamagedFileError", "contents_of", "zips_in"]

_MOST = 1_000_000_000
"""How many bytes a zip may unpack to. No copy of the course comes near it."""
_UNCOUNTED = 0xFFFF
"""What stands for a number of files that has no room."""
_AGAIN = "copy or download it again, and let the copying end before you take the stick out"


class DamagedFileError(Exception):
    """A file cannot be read; the message says why."""


@dataclass
class Contents:
    """What was found.

    Attributes
    ----------
    name
        How it is named to people.
    files
        What reads each file, by path.
    findings
        What is wrong with the whole of it.
    """

    name: str
    files: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, path: str) -> bytes:
        """Read a file.

        Raises
        ------
        DamagedFileError
            If it cannot be read.
        """
        return self.files[path]()

    def damaged(self) -> bool:
        """Say whether nothing of it can be read."""
        return any(not finding.harmless for finding in self.findings)


def contents_of(path: Path) -> Contents:
    """Look into a folder or a zip.

    Parameters
    ----------
    path
        The folder or the zip.
    """
    if path.is_dir():
        return _of_folder(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        return Contents(str(path), findings=[Finding(what, remedy=_AGAIN)])
    return of_zip(str(path), data)


def _of_folder(folder: Path) -> Contents:
    contents = Contents(str(folder))

    def failed(error: OSError) -> None:
        what = "a folder of it cannot be read"
        name = os.path.relpath(str(error.filename), folder)
        contents.findings.append(
            Finding(what, (name,), "the stick or disk may be failing; copy it")
        )

    for above, folders, names in os.walk(folder, onerror=failed):
        folders.sort()
        for name in sorted(names):
            path = Path(above, name)
            if path.is_file():
                inner = path.relative_to(folder).as_posix()
                contents.files[inner] = partial(_read, path)
    return contents


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedFileError(error.strerror or "it cannot be read") from error


def of_zip(name: str, data: bytes) -> Contents:
    """Look into a zip.

    Parameters
    ----------
    name
        How it is named to people.
    data
        Its bytes.
    """
    contents = Contents(name)
    if fault := _no_zip(data):
        contents.findings.append(fault)
        return contents
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        whole = _members(data)
        what = (
            "the zip is cut off or damaged: the list at its end, without which none opens, is not "
            f"there ({len(data):,} bytes, the beginnings of {whole} files)"
        )
        contents.findings.append(Finding(what, remedy=_AGAIN))
        return contents
    if (said := _counted(data)) not in (len(members), _UNCOUNTED):
        what = f"the list at the end of the zip is damaged: it names {len(members)} of {said} files"
        contents.findings.append(Finding(what, remedy=_AGAIN))
    if sum(member.file_size for member in members) > _MOST:
        what = "the zip says that it unpacks to more than a gigabyte: it is no copy of the course"
        contents.findings.append(Finding(what, remedy="do not unzip it; take another copy"))
        return contents
    for member in members:
        if member.is_dir():
            continue
        # Some old programs write the separator of Windows.
        path = member.filename.replace("\\", "/")
        if path in contents.files:
            what = "the zip holds a file twice, and programs differ in which of the two they take"
            remedy = "do not unzip it; take another copy"
            contents.findings.append(Finding(what, (path,), remedy))
        if path.startswith("/") or ".." in PurePosixPath(path).parts or path[1:2] == ":":
            what = "the zip holds files that would leave its folder"
            contents.findings.append(Finding(what, (path,), "do not unzip it; take another copy"))
        else:
            contents.files[path] = partial(_read_member, archive, member)
    return contents


def _no_zip(data: bytes) -> Finding | None:
    """Say of something that begins as no zip what it may be."""
    if not data:
        return Finding("the file is empty", remedy=_AGAIN)
    if not data.strip(b"\0"):
        what = "the file holds nothing but zeros: it was never written to the end"
        return Finding(what, remedy=_AGAIN)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        what = "this is a web page and no zip: often the message of a site in place of the download"
        return Finding(what, remedy="open it to read what it says, and download the zip again")
    if b"PK\x03\x04" not in data[:4096] and not data.startswith(b"PK"):
        what = "this is no zip, or its beginning is damaged"
        return Finding(what, remedy="give the zip or the folder of the course; or copy it again")
    return None


def _counted(data: bytes) -> int:
    """Say how many files a zip says that it holds."""
    at = data.rfind(b"PK\x05\x06")
    return int.from_bytes(data[at + 10 : at + 12], "little")


def _members(data: bytes) -> int:
    return data.count(b"PK\x03\x04")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise DamagedFileError("it is locked with a password")
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise DamagedFileError("its bytes in the zip are damaged") from None


def zips_in(contents: Contents, but: Callable[[str], bool]) -> Iterator[str]:
    """Name the zips in a copy, without those that something is said of already."""
    for path in contents.files:
        if path.lower().endswith(".zip") and not but(path):
            yield path
