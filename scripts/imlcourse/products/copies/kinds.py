"""Files by themselves: what each kind carries to be checked by, and whether it is as it should be.

A kind that has a checksum of its own can be found whole without any list. Of the others only the
beginning, the end and the order of their parts can be seen: a fault is found, but without a list
beside it nobody can say that such a file is whole.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from imlcourse.products.copies.contents import Contents, DamagedFileError, of_zip
from imlcourse.products.copies.finding import Finding

__all__ = ["Kind", "faults_of", "kind_of", "zip_kind"]

_AGAIN = "copy or download it again"
_ENDINGS = (".epub", ".zim", ".pdf", ".apkg", ".html", ".xml", ".txt", ".zip")
_ONE_FILE = re.compile(rb"\s*<!doctype html>\s*<html [^>]*data-iml-home=", re.IGNORECASE)
_BANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<quiz[\s>]")
_ZIM_MAGIC, _ZIM_HEADER, _MD5 = b"ZIM\x04", 80, 16
_OVERVIEW = re.compile(r"(?:[^/]+/)?0+ [^/]+\.(?:pdf|docx)")
_PACKED = "the checksum of each file in it"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes
    ----------
    name
        What it is called, in a sentence.
    checked
        What is checked of it.
    check
        Finds what is wrong with its bytes.
    proves
        Whether this shows that it is whole: whether it has a checksum of its own.
    ending
        What its name ends in.
    """

    name: str
    checked: str
    check: Callable[[bytes], list[Finding]]
    proves: bool
    ending: str


def kind_of(name: str, data: bytes) -> Kind | None:
    """Say of which kind a file is, by what it holds or, if that is lost, by its name; or none.

    Parameters
    ----------
    name
        How it is called.
    data
        Its bytes.
    """
    if data.startswith(b"PK\x03\x04"):
        return zip_kind(of_zip(name, data)) or _by_name(name, data)
    for kind, begins in _BEGINNINGS:
        if begins(data):
            return kind
    return _by_name(name, data)


def faults_of(name: str, data: bytes) -> list[Finding]:
    """Give what can be seen to be wrong with a file that is not as it was, without its list.

    Parameters
    ----------
    name
        How it is called.
    data
        Its bytes.
    """
    if kind := kind_of(name, data):
        return kind.check(data)
    if name.lower().endswith(".zip"):
        return of_zip(name, data).findings
    return []


def _by_name(name: str, data: bytes) -> Kind | None:
    ending = PurePosixPath(name.lower()).suffix
    if ending == ".zip" or ending not in _ENDINGS:
        return None
    if ending == ".html":  # other pages are no business of ours
        return _PAGE if b"data-iml-home" in data[:4000] or not data.strip(b"\0") else None
    return next((kind for kind in _BY_NAME if kind.ending == ending), None)


# --- zips


def zip_kind(contents: Contents) -> Kind | None:
    """Say which kind of zip this is, by the file that its host reads first; or none."""
    names = {path.casefold(): path for path in contents.files}
    for first, kind in _ZIPS.items():
        if first in names:
            return kind
    return _KIT if any(_OVERVIEW.fullmatch(path) for path in contents.files) else None


def _zip_faults(first: str, more: Callable[[Contents], Iterator[Finding]]) -> Kind:
    def check(data: bytes) -> list[Finding]:
        contents = of_zip("", data)
        found = list(contents.findings)
        if found and not contents.files:
            return found
        damaged = []
        for path in contents.files:
            try:
                contents.read(path)
            except DamagedFileError:
                damaged.append(path)
        if damaged:
            found.append(Finding("bytes in it are damaged", tuple(damaged), _AGAIN))
        if first and first not in contents.files:
            other = next((path for path in contents.files if path.casefold() == first), "")
            told = f" (it is called {other} now)" if other else ""
            what = f"{first} is missing{told}; without it no program takes this file"
            found.append(Finding(what, remedy="take the file as it was made; do not pack it anew"))
        elif not damaged:
            found += more(contents)
        return found

    ending = {"mimetype": ".epub", "collection.anki2": ".apkg"}.get(first, ".zip")
    lists = "META-INF/container.xml" if first == "mimetype" else first
    checked = f"{_PACKED}, and that all files are there that {lists} leads to" if first else _PACKED
    if first == "collection.anki2":
        checked = f"{_PACKED}, and that {first} is there"
    return Kind(_ZIP_NAMES[first], checked, check, proves=True, ending=ending)


def _lacking(contents: Contents, names: set[str], by: str) -> Iterator[Finding]:
    lost = sorted(names - contents.files.keys())
    if lost:
        yield Finding(f"files that {by} names are missing", tuple(lost), _AGAIN)


def _xml(contents: Contents, path: str) -> ET.Element | Finding:
    try:
        return ET.fromstring(contents.read(path))
    except (ET.ParseError, KeyError, DamagedFileError, ValueError):
        return Finding(f"{path} cannot be read", remedy=_AGAIN)


def _named(element: ET.Element, tags: set[str], attribute: str) -> set[str]:
    """Give the files that some elements name."""
    found = set()
    for one in element.iter():
        said = one.get(attribute, "") if attribute else (one.text or "").strip()
        if one.tag.rpartition("}")[2] in tags and said:
            address = urlsplit(said)
            if not address.scheme and not address.netloc:
                found.add(normpath(unquote(address.path)))
    return found


def _by_manifest(path: str, tags: set[str], attribute: str) -> Callable[..., Iterator[Finding]]:
    def more(contents: Contents) -> Iterator[Finding]:
        read = _xml(contents, path)
        if isinstance(read, Finding):
            yield read
        else:
            yield from _lacking(contents, _named(read, tags, attribute), path)

    return more


def _epub(contents: Contents) -> Iterator[Finding]:
    if contents.read("mimetype").strip() != b"application/epub+zip":
        yield Finding("its mimetype is not that of an EPUB", remedy=_AGAIN)
    if next(iter(contents.files)) != "mimetype":
        what = "mimetype is not the first file in it, and some readers refuse it"
        yield Finding(what, remedy="take the EPUB as it was made; do not pack it anew")
    read = _xml(contents, "META-INF/container.xml")
    if isinstance(read, Finding):
        yield read
        return
    books = _named(read, {"rootfile"}, "full-path")
    yield from _lacking(contents, books, "META-INF/container.xml")
    for book in sorted(books & contents.files.keys()):
        listing = _xml(contents, book)
        if isinstance(listing, Finding):
            yield listing
        else:
            inner = {
                normpath(join(dirname(book), one)) for one in _named(listing, {"item"}, "href")
            }
            yield from _lacking(contents, inner, book)


def _nothing(_: Contents) -> Iterator[Finding]:
    yield from ()


_ZIP_NAMES = {
    "mimetype": "an EPUB",
    "cmi5.xml": "a cmi5 package",
    "tincan.xml": "an xAPI package",
    "imsmanifest.xml": "a package for a learning platform",
    "collection.anki2": "an Anki package",
    "": "a trainer’s kit",
}
_ZIPS = {
    "mimetype": _zip_faults("mimetype", _epub),
    "cmi5.xml": _zip_faults("cmi5.xml", _by_manifest("cmi5.xml", {"url"}, "")),
    "tincan.xml": _zip_faults("tincan.xml", _by_manifest("tincan.xml", {"launch"}, "")),
    "imsmanifest.xml": _zip_faults(
        "imsmanifest.xml", _by_manifest("imsmanifest.xml", {"file"}, "href")
    ),
    "collection.anki2": _zip_faults("collection.anki2", _nothing),
}
"""By the file that a host reads first."""
_KIT = _zip_faults("", _nothing)


# --- others


def _zim(data: bytes) -> list[Finding]:
    place = struct.unpack_from("<Q", data, 72)[0] if len(data) >= _ZIM_HEADER else 0
    if not data.startswith(_ZIM_MAGIC) or not place:
        return [Finding("its beginning is damaged: it is no ZIM any more", remedy=_AGAIN)]
    if len(data) < place + _MD5:
        what = f"it is cut off: {place + _MD5 - len(data):,} bytes are missing at its end"
        return [Finding(what, remedy=_AGAIN)]
    own = hashlib.md5(data[:place], usedforsecurity=False).digest()
    if len(data) != place + _MD5 or own != data[place:]:
        return [Finding("its bytes are not those that its own checksum is of", remedy=_AGAIN)]
    return []


def _pdf(data: bytes) -> list[Finding]:
    if not data.startswith(b"%PDF-"):
        return [Finding("its beginning is damaged: it is no PDF any more", remedy=_AGAIN)]
    end = data[-1024:].rstrip(b"\r\n \0")
    if not end.endswith(b"%%EOF"):
        return [Finding("it is cut off: the mark at its end is not there", remedy=_AGAIN)]
    place = re.search(rb"startxref\s+(\d+)\s+%%EOF$", end)
    at = data[int(place[1]) : int(place[1]) + 40] if place else b""
    if not re.match(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)", at):
        what = "the table of its parts is not where it should be: bytes are missing or were added"
        return [Finding(what, remedy=_AGAIN)]
    return []


def _page(data: bytes) -> list[Finding]:
    if not data.strip(b"\0"):
        return [Finding("it is empty, or filled with zeros", remedy=_AGAIN)]
    if not _ONE_FILE.match(data):
        return [Finding("its beginning is damaged", remedy=_AGAIN)]
    if not re.search(rb"</body>\s*</html>\s*$", data[-200:]):
        return [Finding("it is cut off: its end is not there", remedy=_AGAIN)]
    return []


def _bank(data: bytes) -> list[Finding]:
    try:
        ET.fromstring(data)
    except (ET.ParseError, ValueError):
        return [Finding("it is cut off or damaged: it is no whole XML", remedy=_AGAIN)]
    return []


_ZIM = Kind("a ZIM", "the checksum at its end", _zim, proves=True, ending=".zim")
_PDF = Kind("a PDF", "its beginning, its end and the place of its table", _pdf, False, ".pdf")
_PAGE = Kind("the course in one file", "its beginning and its end", _page, False, ".html")
_QUIZ = Kind("a question bank", "that it is XML to its end", _bank, False, ".xml")
_BEGINNINGS: list[tuple[Kind, Callable[[bytes], object]]] = [
    (_ZIM, lambda data: data.startswith(_ZIM_MAGIC)),
    (_PDF, lambda data: data.startswith(b"%PDF-")),
    (_PAGE, _ONE_FILE.match),
    (_QUIZ, _BANK.match),
]
_BY_NAME = [_ZIM, _PDF, _QUIZ, _ZIPS["mimetype"], _ZIPS["collection.anki2"]]
