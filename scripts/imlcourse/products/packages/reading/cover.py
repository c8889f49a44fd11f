"""The cover of the book: a picture, and the words of the page behind it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.products.kit.picture import png
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.tidying import drawing
from imlcourse.products.packages.reading.tree import element, first, parsed

__all__ = ["cover_picture", "edition", "how_to_use", "ornament"]

_WIDTH, _HEIGHT = 1200, 1600
_TITLE = ((17, 118), (24, 84))
"""Letters of the title on a line, and how large they are: the first that makes few lines."""
_LINES = 4


def cover_picture(packing: Packing) -> bytes:
    """Draw the cover as PNG: the drawing of the book's first page, the title and the edition."""
    about = packing.course.about
    art = ornament(packing)
    svg = element("svg", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", width=str(_WIDTH), height=str(_HEIGHT))
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    svg.append(_box(0, _HEIGHT, "#fdfcf8"))
    svg.append(_box(0, 36, "#1d5c7a"))
    if art is not None:
        art.attrib.update(x="90", y="1080", width="1020", height="240")
        svg.append(art)
    at = 330
    title, size = _title(about.title)
    for line in title:
        svg.append(_words(line, at, size, "bold", "#1d5c7a"))
        at += size + 20
    at += 20
    for line in _broken(about.subtitle, 38):
        svg.append(_words(line, at, 50, "normal", "#1e2830"))
        at += 68
    said = edition(packing.course)
    svg.append(_words(said, 1500, 34, "normal", "#55616b"))
    return png(ET.tostring(svg, encoding="unicode"), about.language, width=_WIDTH)


def ornament(packing: Packing) -> ET.Element | None:
    """Give the drawing of the book's first page; nothing where it has none."""
    found = first(parsed(packing.book["index.html"].decode("utf-8")), "iml-cover-ornament")
    svg = next(found.iter("svg"), None) if found is not None else None
    return drawing(svg) if svg is not None else None


def edition(course: Course) -> str:
    """Say which version the course has, and of which day."""
    day = Writer(course).date(course.about.date)
    return course.strings.text("book.version", version=course.about.version, date=day)


def how_to_use(course: Course, kind: str) -> ET.Element:
    """Write how the book is used, and where it comes from.

    Parameters
    ----------
    course
        The course.
    kind
        ``ebook`` or ``paper``.
    """
    strings = course.strings
    whole = strings.text("reading.how.whole")
    if course.slice:
        whole = strings.text("slice.reading", which=course.slice.which)
    lines = [whole, *(strings.text(f"reading.how.{key}") for key in (kind, "browser"))]
    foot = [
        strings.text("book.drawn"),
        strings.text("book.licence", licence=course.about.licence),
    ]
    return element(
        "div",
        element("h2", strings.text("reading.how")),
        *(element("p", line) for line in lines),
        *(element("p", element("small", line)) for line in foot),
        class_="iml-how-to",
    )


def _title(words: str) -> tuple[list[str], int]:
    """Break the title into lines, and say how large its letters are: long ones have smaller."""
    tries = [(list(_broken(words, most)), size) for most, size in _TITLE]
    return next((one for one in tries if len(one[0]) <= _LINES), tries[-1])


def _box(top: int, height: int, fill: str) -> ET.Element:
    return element("rect", x="0", y=str(top), width=str(_WIDTH), height=str(height), fill=fill)


def _words(words: str, top: int, size: int, weight: str, fill: str) -> ET.Element:
    made = element("text", words, x=str(_WIDTH // 2), y=str(top), fill=fill)
    made.set("font-size", str(size))
    made.set("font-weight", weight)
    made.set("text-anchor", "middle")
    return made


def _broken(words: str, most: int) -> Iterable[str]:
    line = ""
    for word in words.split():
        if line and len(line) + 1 + len(word) > most:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
