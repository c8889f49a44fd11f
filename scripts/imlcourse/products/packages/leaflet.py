"""README.txt beside a package: what is in it, and how whoever receives it uses it.

How a package is used stands once, in the section of `book/other-shapes.md` that names the command
which makes it. The leaflet says it in plain text, so a new package has one as soon as it has its
section. A package that writes a README.txt of its own keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from imlcourse.languages.strings import Strings
from imlcourse.markup.page import Block
from imlcourse.products.copies.sums import LIST
from imlcourse.products.product import Files

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.html.writer import Writer

__all__ = ["NAME", "PAGE", "packages_of", "section_of", "with_leaflet"]

NAME, PAGE = "README.txt", "other-shapes"
_COMMANDS = {
    "list": LIST,
    "linux": f"sha256sum -c --ignore-missing {LIST}",
    "mac": f"shasum -a 256 -c {LIST}",
    "windows": "certutil -hashfile NAME SHA256",
}
"""What each system has, to compare files with the list."""
_COMMAND = re.compile(r"`course package ([a-z0-9 -]+)`")


def packages_of(text: str) -> set[str]:
    """Name the packages that the commands in a text make."""
    return {name for found in _COMMAND.findall(text) if "--" not in found for name in found.split()}


def section_of(course: Course, name: str) -> list[Block]:
    """Give the heading and the text of the section about a package; nothing if there is none.

    Parameters
    ----------
    course
        The course.
    name
        The name of the package.
    """
    page = course.pages.get(PAGE)
    section: list[Block] = []
    for block in page.blocks if page else ():
        if block.kind == "heading":
            if _names(section, name):
                break
            section = []
        section.append(block)
    return section if _names(section, name) else []


def _names(section: list[Block], name: str) -> bool:
    # What stands before the first section is about all of them.
    if not section or section[0].kind != "heading" or section[0].level < 2:
        return False
    return any(name in packages_of(block.text) for block in section)


def with_leaflet(course: Course, name: str, files: Files) -> Files:
    """Add the leaflet to the files of a package.

    Parameters
    ----------
    course
        The course.
    name
        The name of the package.
    files
        Its files.
    """
    section = section_of(course, name)
    if NAME in files or not section:
        return files
    return {NAME: _leaflet(course, section, files).encode(), **files}


def _leaflet(course: Course, section: list[Block], files: Files) -> str:
    from imlcourse.html.writer import Writer
    from imlcourse.markup.inline import inline_text

    strings, about = course.strings, course.about
    heading, *blocks = section
    title = strings.text(
        "packages.leaflet.title",
        course=inline_text(about.title),
        version=about.version,
        kind=inline_text(heading.text),
    )
    licence = strings.text("book.licence", licence=about.licence)
    lines = [
        *(title, "", strings.text("packages.leaflet.holds"), *_held(strings, files), ""),
        *((strings.text("packages.leaflet.slice"), "") if course.slice else ()),
        *(strings.text("packages.leaflet.how"), *_said(Writer(course), blocks)),
        *(
            strings.text("packages.leaflet.whole"),
            strings.text("packages.leaflet.sums", **_COMMANDS),
            "",
        ),
        *(strings.text("book.drawn"), licence),
    ]
    return "\n".join(lines) + "\n"


def _held(strings: Strings, files: Files) -> Iterator[str]:
    """List what is in the folder: its files, and each folder in it."""
    folders: dict[str, list[int]] = {}
    for path, data in files.items():
        folders.setdefault(path.partition("/")[0], []).append(len(data))
    for name, sizes in sorted(folders.items()):
        size = _size(strings, sum(sizes))
        if name in files:
            yield f"- {strings.text('packages.leaflet.file', name=name, size=size)}"
        else:
            told = strings.plural("packages.leaflet.folder", len(sizes), name=name, size=size)
            yield f"- {told}"


def _size(strings: Strings, size: int) -> str:
    if size < 1_000_000:
        return strings.text("packages.size.kb", size=f"{size / 1e3:.0f}")
    return strings.text("packages.size.mb", size=f"{size / 1e6:.1f}")


def _said(writer: Writer, blocks: list[Block]) -> Iterator[str]:
    """Give the text of a section, but for how the package is made."""
    from imlcourse.products.rich import rich

    for block in blocks:
        if packages_of(block.text):
            continue
        for para in rich(block.text, writer):
            begin = {"ul": "- ", "ol": f"{para.number}. ", "p": ""}[para.kind]
            yield f"{'  ' * para.level}{begin}{para.text}"
        yield ""
