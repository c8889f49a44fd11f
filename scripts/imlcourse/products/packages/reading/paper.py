"""The book on paper: one PDF for each size of sheet, tagged, set by WeasyPrint.

WeasyPrint was chosen over Typst, since it takes the pages as they are finished, with their own
style; and over a browser, which no package can bring along.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from imlcourse.languages.locales import direction
from imlcourse.products.kit.pdf import TYPEFACE
from imlcourse.products.kit.picture import FAMILY
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.chapters import Chapter, Reading, target_of
from imlcourse.products.packages.reading.cover import edition, how_to_use, ornament
from imlcourse.products.packages.reading.tidying import Target, relinked
from imlcourse.products.packages.reading.tree import element, first, parents, replaced

__all__ = ["SHEETS", "Sheet", "book_html", "pdf_of"]

Sheet = Literal["A4", "letter"]
SHEETS: tuple[Sheet, ...] = ("A4", "letter")

_STYLES = [Path(__file__).with_name(name) for name in ("book.css", "paper.css")]
_FACES = (("regular", 400, "normal"), ("bold", 700, "normal"), ("italic", 400, "italic"))


def book_html(reading: Reading, packing: Packing) -> str:
    """Put all chapters into one document.

    Parameters
    ----------
    reading
        The book; where its links lead, and how its headings stand, is said in it.
    packing
        The course and its finished pages.
    """
    return _Paper(reading, packing).html()


def pdf_of(html: str, sheet: Sheet, reading: Reading) -> bytes:
    """Set the book.

    Parameters
    ----------
    html
        As `book_html` gives it.
    sheet
        The size of its pages.
    reading
        The book.

    Returns
    -------
    bytes
        The PDF; the same for the same course.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    styles = [
        CSS(string=text, font_config=fonts, base_url=str(TYPEFACE) + "/")
        for text in (
            *_styles(reading),
            f"@page {{ size: {sheet} }} @page wide {{ size: {sheet} landscape }}",
        )
    ]
    about = reading.course.about
    name = f"{about.iri}{reading.course.copy_id}/{about.language}/{about.version}/{sheet}"
    document = HTML(string=html, base_url=str(TYPEFACE) + "/", url_fetcher=_own_files())
    data: bytes = document.write_pdf(
        stylesheets=styles,
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=uuid5(NAMESPACE_URL, name).bytes,
    )
    return data


def _own_files() -> object:
    """Give what fetches files: those of this machine, and nothing from a network."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["file", "data"], allow_redirects=False)


def _styles(reading: Reading) -> Iterator[str]:
    for face, weight, style in _FACES:
        yield (
            f'@font-face {{ font-family: "{FAMILY}"; src: url("{face}.ttf"); '
            f"font-weight: {weight}; font-style: {style} }}"
        )
    for path in _STYLES:
        text = path.read_text("utf-8")
        if direction(reading.course.about.language) == "rtl":  # the margin boxes have no other name
            text = text.replace("@top-left", "@top-right").replace("@bottom-right", "@bottom-left")
        yield text
    # How a page is named, in the language of the course, after what leads to another page.
    before, after = reading.course.strings.text("reading.page", page="\0").split("\0")
    page = f'"{before}" target-counter(attr(href), page) "{after}"'
    links = ".iml-to-answer a::after, .iml-back::after, .iml-reading a::after, .iml-index a::after"
    yield f'{links} {{ content: " (" {page} ")"; font-weight: normal }}'


class _Paper:
    def __init__(self, reading: Reading, packing: Packing) -> None:
        self._reading, self._packing = reading, packing
        self._course, self._strings = reading.course, reading.course.strings
        self._ids = reading.ids()

    def html(self) -> str:
        about = self._course.about
        head = element("head", element("title", about.title))
        day = f"{about.date}T00:00:00Z"
        for name, content in (
            ("description", about.subtitle),
            ("dcterms.created", day),
            ("dcterms.modified", day),
        ):
            head.append(element("meta", name=name, content=content))
        body = element("body", self._cover(), self._about(), self._contents())
        for part_at, part in enumerate(self._reading.parts, start=1):
            body.append(element("div", element("h1", part.title), class_="book-part"))
            body[-1].set("id", f"part-{part_at}")
            body.extend(self._chapter(chapter) for chapter in part.chapters)
        root = element("html", head, body, lang=about.language, dir=direction(about.language))
        written = ET.tostring(root, encoding="unicode", method="html")
        return f"<!DOCTYPE html>\n{written}"

    def _cover(self) -> ET.Element:
        about = self._course.about
        art = ornament(self._packing)
        made = element(
            "div",
            element("h1", about.title),
            element("p", about.subtitle, class_="book-subtitle"),
            class_="book-cover",
        )
        if art is not None:
            # It says nothing: as a background, no reader comes upon it.
            source = _picture(art).get("src", "")
            style = f"background-image: url({source})"
            made.append(element("div", class_="book-ornament", style=style))
        made.append(element("p", edition(self._course), class_="book-edition"))
        return made

    def _about(self) -> ET.Element:
        return element("div", how_to_use(self._course, "paper"), class_="book-about")

    def _contents(self) -> ET.Element:
        rows = []
        for part in self._reading.parts:
            inner = [self._entry(chapter) for chapter in part.chapters]
            name = element("span", part.title, class_="book-part-name")
            rows.append(element("li", name, element("ol", *inner)))
        title = element("h2", self._strings.text("reading.contents"))
        return element("div", title, element("ol", *rows), class_="book-contents")

    def _entry(self, chapter: Chapter) -> ET.Element:
        link = element("a", chapter.full_title, href=f"#{_slug(chapter.name)}")
        entry = element("li", link)
        steps = list(chapter.sections()) if chapter.label else []
        if steps:
            rows = (
                element("li", element("a", title, href=f"#{_slug(chapter.name)}--{id_}"))
                for id_, title in steps
            )
            entry.append(element("ol", *rows))
        return entry

    def _chapter(self, chapter: Chapter) -> ET.Element:
        slug = _slug(chapter.name)

        def address(target: Target) -> str | None:
            found = target_of(target[0], self._ids, target[1])
            if found is None:
                return None
            return f"#{_slug(found[0])}" + (f"--{found[1]}" if found[1] else "")

        relinked(chapter.body, address)
        for parent, child in list(parents(chapter.body)):
            if child.tag == "svg":
                replaced(parent, child, _picture(child))
        turned = None  # the innermost section around the table that needs the long side
        for node in chapter.body.iter():
            if "id" in node.attrib:
                node.set("id", f"{slug}--{node.attrib['id']}")
            if node.tag == "h1":
                node.set("data-mark", chapter.full_title)
            # Under the heading of its part.
            if node.tag in {"h1", "h2", "h3", "h4", "h5"}:
                node.tag = f"h{int(node.tag[1]) + 1}"
            if node.tag == "section" and any(
                first(one, "iml-matrix") is not None for one in node.iter("div")
            ):
                turned = node
        if turned is not None:
            turned.set("class", "book-wide")
        chapter.body.set("data-title", chapter.full_title)
        return element("div", chapter.body, class_="book-chapter", id=slug)


def _picture(svg: ET.Element) -> ET.Element:
    """Make a drawing a picture, so that what it shows can be said in its tag."""
    tail, svg.tail = svg.tail, None
    data = base64.b64encode(ET.tostring(svg)).decode("ascii")
    made = element("img", src=f"data:image/svg+xml;base64,{data}", alt=svg.get("aria-label", ""))
    made.tail = tail
    return made


def _slug(name: str) -> str:
    return name.replace("/", "-")
