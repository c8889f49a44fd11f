"""A book for Kiwix: which pages are in it, under which titles, and what it says of itself.

libzim, which writes the format, is under the GPL. So it is run as a program of its own
(`zim_writer`), which nothing here imports; no part of it is in what it writes.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from imlcourse.course.model import Course
from imlcourse.languages.locales import locale_of
from imlcourse.products.copies.sums import LIST
from imlcourse.products.copies.whole import with_lists
from imlcourse.products.packages.boxes.kiwix_pages import kiwix_page, plain, words_by_page
from imlcourse.products.packages.boxes.pictures import emblem
from imlcourse.products.packages.package import PackageError, Packing

__all__ = ["Entry", "entries_of", "kiwix_book", "metadata"]

_PROGRAM = Path(__file__).with_name("zim_writer.py")
_MAIN_PAGE = "index.html"
_INDEX = "search-index.js"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# What only pages opened from a disk load.
_LEFT_OUT = frozenset({"_static/store.html"})
_MOST_TITLE, _MOST_DESCRIPTION = 30, 80
_GLASS = b"\x0f\rXapian Glass"
_MAGIC = b"ZIM\x04"
_UUID_AT, _SUM = 8, 16
_KINDS = {
    "css": "text/css",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
# ISO 639-3 of the languages of the United Nations and some more: Kiwix sorts its books by it.
_LANGUAGES: dict[str, str] = dict(
    re.findall(
        "(..)=(...)",
        "ar=ara bn=ben de=deu en=eng es=spa fa=fas fr=fra hi=hin id=ind it=ita ja=jpn ms=msa "
        "pt=por ru=rus sw=swa tr=tur uk=ukr ur=urd vi=vie zh=zho",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the book.

    Attributes
    ----------
    path
        Its path in the book.
    kind
        Its media type.
    title
        What Kiwix suggests it by; nothing of what is no page.
    words
        The text by which it is found.
    """

    path: str
    kind: str
    title: str = ""
    words: str = ""


def kiwix_book(packing: Packing) -> bytes:
    """Write the course as a ZIM file.

    Parameters
    ----------
    packing
        The course and its finished pages.

    Returns
    -------
    bytes
        The file; the same for the same course.

    Raises
    ------
    PackageError
        If the program that writes it fails.
    """
    files = _files(packing)
    about = {"language": _language(packing.course), "metadata": metadata(packing)}
    entries = list(entries_of(packing.course, files))
    with TemporaryDirectory() as folder:
        place = Path(folder)
        plan: list[dict[str, Any]] = []
        for number, entry in enumerate(entries):
            (place / str(number)).write_bytes(files[entry.path])
            plan.append({**asdict(entry), "file": str(number), "called": plain(entry.title)})
        (place / "illustration").write_bytes(emblem(packing, 48))
        written = json.dumps({**about, "main": _MAIN_PAGE, "entries": plan}, ensure_ascii=False)
        (place / "plan.json").write_text(written, encoding="utf-8")
        made = place / "book.zim"
        done = subprocess.run(
            [sys.executable, str(_PROGRAM), str(place), str(made)],
            check=False,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode or not made.is_file():
            said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
            msg = f"the book for Kiwix could not be written: {said}"
            raise PackageError(msg)
        sums = {entry.path: hashlib.sha256(files[entry.path]).hexdigest() for entry in entries}
        return _of_any_moment(made.read_bytes(), f"{written}{sorted(sums.items())}")


def metadata(packing: Packing) -> dict[str, str]:
    """Say what the book tells of itself, by the names of the openZIM metadata."""
    course = packing.course
    about, strings = course.about, course.strings
    language = about.language.partition("-")[0]
    return {
        "Title": _short(about.title, _MOST_TITLE),
        "Description": _short(
            course.slice.which if course.slice else about.subtitle, _MOST_DESCRIPTION
        ),
        "LongDescription": strings.text("boxes.long", title=about.title, subtitle=about.subtitle),
        "Language": _language(course),
        "Name": f"{about.id}_{language}_{course.slice.name if course.slice else 'all'}",
        "Flavour": "maxi",
        "Creator": strings.text("boxes.creator", title=about.title),
        "Publisher": "imlcourse",
        "Date": about.date,
        "License": about.licence,
        "Source": about.iri,
        "Scraper": f"imlcourse {about.version}",
        "Tags": "_category:other;_ftindex:yes;_pictures:yes;_videos:no;_details:yes",
    }


def entries_of(course: Course, files: dict[str, bytes]) -> Iterator[Entry]:
    """Give the files of the book in the order of their paths, pages with their titles."""
    ending = f" – {course.about.title}"
    words = words_by_page(files[_INDEX].decode("utf-8"))
    for path in sorted(files):
        kind = _KINDS.get(path.rpartition(".")[2])
        if kind is None:
            msg = (
                f"a book for Kiwix needs the media type of {path}: "
                "name it in products/packages/boxes/kiwix.py"
            )
            raise PackageError(msg)
        if kind == "text/html":
            title = _TITLE.search(files[path].decode("utf-8"))
            shown = unescape(title[1]).strip().removesuffix(ending) if title else ""
            yield Entry(path, kind, shown, words.get(path, ""))
        else:
            yield Entry(path, kind)


def _files(packing: Packing) -> dict[str, bytes]:
    pages = {
        path: kiwix_page(data.decode("utf-8")).encode() if path.endswith(".html") else data
        for path, data in packing.book.items()
        if path not in _LEFT_OUT
    }
    held = packing.with_document
    listed = with_lists(packing.course, pages, packing.name, with_document=held)
    # The file carries a sum of its own.
    return {path: data for path, data in listed.items() if path != LIST}


def _language(course: Course) -> str:
    tag = course.about.language
    language = locale_of(tag).language if len(tag.partition("-")[0]) == 2 else tag.partition("-")[0]
    found = _LANGUAGES.get(language, language)
    if len(found) != 3:
        msg = (
            f"Kiwix names languages by three letters, and those of “{tag}” are not known: "
            "name them in products/packages/boxes/kiwix.py"
        )
        raise PackageError(msg)
    return found


def _short(words: str, most: int) -> str:
    """Cut words between two of them, so that they have as many letters as Kiwix takes."""
    if len(words) <= most:
        return words
    kept = words[:most].rpartition(" ")[0] or words[: most - 1]
    return f"{kept.rstrip(' ,;:–-')}…"


def _of_any_moment(data: bytes, content: str) -> bytes:
    """Put names drawn from the content in place of those drawn by lot."""
    if not data.startswith(_MAGIC):
        msg = "the book for Kiwix could not be written: what was written is no ZIM file"
        raise PackageError(msg)
    made = bytearray(data)
    drawn = hashlib.sha256(content.encode()).digest()
    made[_UUID_AT : _UUID_AT + 16] = UUID(bytes=drawn[:16], version=5).bytes
    # Each index, of titles and of the text, has a name too.
    at = made.find(_GLASS)
    while at >= 0:
        name = at + len(_GLASS) + 2
        made[name : name + 16] = UUID(bytes=drawn[16:], version=5).bytes
        at = made.find(_GLASS, name)
    made[-_SUM:] = hashlib.md5(made[:-_SUM], usedforsecurity=False).digest()
    return bytes(made)
