"""README.txt beside a package: what is in it, and how whoever receives it uses it.

How a package is used stands once, in the section of `book/other-shapes.md` that names the command
which makes it. The leaflet says it in plain text, so a new package has one as soon as it has its
section. A package that writes a README.txt of its own keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from imlcourse.course.contents import PAGES_BY_NAME
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_text
from imlcourse.markup.page import Block
from imlcourse.products.copies.sums import LIST
from imlcourse.products.product import Files

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.course.module import Module
    from imlcourse.html.writer import Writer

__all__ = ["NAME", "PAGE", "packages_of", "section_of", "with_leaflet", "written"]

NAME, PAGE = "README.txt", "other-shapes"
_COMMANDS = {
    "list": LIST,
    "linux": f"sha256sum -c {LIST}",
    "mac": f"shasum -a 256 -c {LIST}",
    "windows": 'certutil -hashfile "NAME" SHA256',
    "find": f'findstr /c:"NAME" {LIST}',
}
"""What each system has, to compare files with the list."""
_ROW, _RULE = re.compile(r"^\|(.+)\|[ \t]*$", re.MULTILINE), re.compile(r"[-|: ]+$")
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
    if NAME in files:
        title, _, text = files[NAME].decode().partition("\n\n")
        own = "\n\n".join([title, *_part(course), text.rstrip("\n"), ""])
        own += "\n".join([*_whole(course), ""])
        return {**files, NAME: own.encode()}
    section = section_of(course, name)
    return {NAME: _leaflet(course, section, files).encode(), **files} if section else files


def _part(course: Course) -> list[str]:
    """Say which part of the course a slice is: its modules, its hours, and what it has not.

    Parameters
    ----------
    course
        The course.

    Returns
    -------
    list of str
        Paragraphs of plain text; none for the whole course.
    """
    from imlcourse.html.writer import numbered_title
    from imlcourse.pages.cover import about_hours, pages_left_out

    if course.slice is None:
        return []
    strings, modules = course.strings, course.modules.values()
    minutes = {one.id: course.minutes_of(one) for one in modules}
    lead = strings.plural(
        "packages.leaflet.part.modules",
        len(minutes),
        which=course.slice.which,
        all=len(course.whole.modules),
        time=about_hours(sum(minutes.values()), strings),
    )
    listed = [
        f"- {inline_text(numbered_title(one, strings))}, "
        f"{strings.text('minutes.short', minutes=minutes[one.id])}"
        for one in modules
    ]
    lacks = strings.text(
        "packages.leaflet.part.lacks", pages=strings.enumerated(pages_left_out(course))
    )
    return ["\n".join([strings.text("packages.leaflet.part"), lead, *listed]), lacks]


def _leaflet(course: Course, section: list[Block], files: Files) -> str:
    from imlcourse.html.writer import Writer

    heading, *blocks = section
    said = [*_said(Writer(course), blocks), *_whole(course)]
    return written(course, inline_text(heading.text), files, said)


def _whole(course: Course) -> list[str]:
    """Say how it is found out whether the files are whole, in lines."""
    text = course.strings.text
    steps = (f"{number}. {said}" for number, said in enumerate(_steps(course), start=1))
    return [text("packages.leaflet.whole"), text("packages.leaflet.sums", list=LIST), *steps]


def _steps(course: Course) -> Iterator[str]:
    """Say how the files are compared with their list."""
    text = course.strings.text
    yield text("packages.leaflet.sums.open")
    yield text("packages.leaflet.sums.type", linux=_COMMANDS["linux"], mac=_COMMANDS["mac"])
    yield text(
        "packages.leaflet.sums.windows", windows=_COMMANDS["windows"], find=_COMMANDS["find"]
    )
    yield text("packages.leaflet.sums.again")


def written(course: Course, kind: str, files: Files, said: Iterable[str]) -> str:
    """Write a leaflet: which course, which part of it, what is in the folder, and how it is used.

    Parameters
    ----------
    course
        The course.
    kind
        What the files are.
    files
        Content by path in the folder.
    said
        How they are used, in lines.
    """
    strings, about = course.strings, course.about
    title = strings.text(
        "packages.leaflet.title",
        course=inline_text(about.title),
        version=about.version,
        kind=kind,
    )
    lines = [
        *(title, ""),
        *(line for one in _part(course) for line in (one, "")),
        *(strings.text("packages.leaflet.holds"), *_held(course, files), ""),
        *(strings.text("packages.leaflet.how"), *said, ""),
        *(strings.text("book.drawn"), strings.text("book.licence", licence=about.licence)),
    ]
    return "\n".join(lines) + "\n"


def _held(course: Course, files: Files) -> Iterator[str]:
    """List what is in a folder, and which module each file of one module is.

    Parameters
    ----------
    course
        The course.
    files
        Content by path in the folder.

    Yields
    ------
    str
        Its files, and each folder in it; a folder of modules with its files.
    """
    strings, order = course.strings, list(course.modules)
    folders: dict[str, list[str]] = {}
    for path in files:
        folders.setdefault(path.partition("/")[0], []).append(path)

    def place(path: str) -> tuple[int, str]:
        """Modules stand in their order, and behind them what is of none."""
        module = _module(course, path)
        return (order.index(module.id) if module else len(order), path)

    for name, paths in sorted(folders.items(), key=lambda one: place(one[0])):
        if name in files:
            yield f"- {_file(course, name, len(files[name]))}"
            continue
        size = _size(strings, sum(len(files[path]) for path in paths))
        told = strings.plural("packages.leaflet.folder", len(paths), name=name, size=size)
        yield f"- {told}"
        if all(_module(course, path) for path in paths):
            for path in sorted(paths, key=place):
                yield f"  - {_file(course, path.rpartition('/')[2], len(files[path]))}"


def _file(course: Course, name: str, size: int) -> str:
    from imlcourse.html.writer import numbered_title

    strings = course.strings
    told = strings.text("packages.leaflet.file", name=name, size=_size(strings, size))
    module, page = _module(course, name), PAGES_BY_NAME.get(name.partition(".")[0])
    if module is not None:
        what = inline_text(numbered_title(module, strings))
    elif page is not None:
        what = strings.text(page.title)
    else:
        return told
    return strings.text("packages.leaflet.of", file=told, what=what)


def _module(course: Course, path: str) -> Module | None:
    """Find the module that a file is of, by its name; the name of a slice is no module's."""
    part = f"-{course.slice.name}" if course.slice else ""
    name = path.rpartition("/")[2].removeprefix(f"{course.about.id}-{course.about.version}{part}")
    pieces = re.split(r"[-.]", name)
    return next((one for id_, one in course.modules.items() if id_ in pieces), None)


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
        if rows := _ROW.findall(block.text):
            yield from (f"- {_row(cells, writer)}" for cells in rows[1:] if not _RULE.match(cells))
            yield ""
            continue
        for para in rich(block.text, writer):
            begin = {"ul": "- ", "ol": f"{para.number}. ", "p": ""}[para.kind]
            yield f"{'  ' * para.level}{begin}{para.text}"
        yield ""


def _row(cells: str, writer: Writer) -> str:
    """Write a row of a table, its first cell before the others."""
    from imlcourse.products.rich import inline

    first, *rest = [inline(cell.strip(), writer).text for cell in cells.split("|")]
    return f"{first}: {', '.join(rest)}"
