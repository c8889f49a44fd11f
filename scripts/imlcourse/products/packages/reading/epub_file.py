"""The book as EPUB 3: its chapters as XHTML, the package document and the contents.

Written with the standard library. Of the libraries that write EPUB, ``ebooklib`` is AGPL, and the
others are not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from posixpath import dirname, relpath
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from imlcourse.languages.locales import direction
from imlcourse.languages.strings import Strings
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.reading.chapters import Chapter, Reading, target_of
from imlcourse.products.packages.reading.cover import cover_picture, edition, how_to_use
from imlcourse.products.packages.reading.tidying import Target, relinked
from imlcourse.products.packages.reading.tree import element, parents, replaced, words_of

__all__ = ["epub_of"]

_STYLE = Path(__file__).with_name("book.css")
_XHTML, _OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the bytes depend on the content alone
_FOLDER = "EPUB"
_TITLE = "title.xhtml"
_COLUMNS = 4
"""More columns than these are too many for a phone."""
_FEATURES = (
    *("alternativeText", "displayTransformability", "longDescription", "readingOrder"),
    *("structuralNavigation", "tableOfContents"),
)


def epub_of(reading: Reading, packing: Packing) -> bytes:
    """Write the book as EPUB.

    Parameters
    ----------
    reading
        The book; where its links lead is said in it.
    packing
        The course and its finished pages.

    Returns
    -------
    bytes
        The file; the same for the same course.
    """
    writer = _Epub(reading)
    files: dict[str, bytes] = {
        "style.css": _STYLE.read_bytes(),
        "cover.png": cover_picture(packing),
        "cover.xhtml": writer.cover(),
        _TITLE: writer.title_page(),
        "nav.xhtml": writer.nav(),
    }
    chapters = {f"{one.name}.xhtml": writer.chapter(one) for one in reading.chapters()}
    files |= chapters
    files["package.opf"] = writer.package(files, chapters)
    return _packed(files)


def _as_rows(table: ET.Element) -> ET.Element:
    """Write a table that no phone is wide enough for as a list: each row with what is in it."""
    names = [words_of(cell) for cell in table.iterfind("./thead/tr/*")]
    made = element("div")
    for row in table.iterfind("./tbody/tr"):
        first, *others = list(row)
        first.tag = "div"
        first.attrib = {"class": "iml-row"}
        made.append(first)
        lines = element("ul", class_="iml-rows")
        for name, cell in zip(names[1:], others, strict=False):
            if not words_of(cell):
                continue
            line = element("li", element("em", name))
            line[-1].tail = f": {cell.text or ''}"
            line.extend(list(cell))
            lines.append(line)
        made.append(lines)
    return made


class _Epub:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._course = reading.course
        self._strings: Strings = reading.course.strings
        self._about = reading.course.about
        self._ids = reading.ids()

    def _document(
        self, title: str, path: str, *content: ET.Element, attributes: dict[str, str] | None = None
    ) -> bytes:
        language = self._about.language
        root = element("html", xmlns=_XHTML, lang=language)
        root.set("xmlns:epub", _OPS)
        root.set("xml:lang", language)
        root.set("dir", direction(language))
        style = relpath("style.css", dirname(path) or ".")
        root.append(
            element(
                "head",
                element("title", title),
                element("link", rel="stylesheet", type="text/css", href=style),
            )
        )
        body = element("body", *content)
        body.attrib.update(attributes or {})
        root.append(body)
        for node in root.iter():
            if "lang" in node.attrib:
                node.set("xml:lang", node.attrib["lang"])
        return b"<!DOCTYPE html>\n" + _written(root)

    def chapter(self, chapter: Chapter) -> bytes:
        path = f"{chapter.name}.xhtml"

        def address(target: Target) -> str | None:
            found = target_of(target[0], self._ids, target[1])
            if found is None:
                return None
            name, fragment = found
            there = f"{name}.xhtml"
            where = "" if there == path and fragment else relpath(there, dirname(path) or ".")
            return where + (f"#{fragment}" if fragment else "")

        relinked(chapter.body, address)
        for parent, child in list(parents(chapter.body)):
            if child.tag == "table" and len(child.findall("./thead/tr/*")) > _COLUMNS:
                replaced(parent, child, _as_rows(child))
        return self._document(chapter.full_title, path, chapter.body)

    def cover(self) -> bytes:
        title = self._strings.text("reading.cover")
        picture = element("img", src="cover.png", alt=self._about.title)
        section = element("section", picture)
        section.set("epub:type", "cover")
        return self._document(title, "cover.xhtml", section)

    def title_page(self) -> bytes:
        about = self._about
        section = element(
            "section",
            element("h1", about.title),
            element("p", about.subtitle),
            element("p", edition(self._course)),
            how_to_use(self._course, "ebook"),
        )
        section.set("epub:type", "titlepage")
        return self._document(about.title, _TITLE, section)

    def nav(self) -> bytes:
        strings = self._strings
        title = strings.text("reading.contents")
        rows = [element("li", element("a", self._about.title, href=_TITLE))]
        for part in self._reading.parts:
            inner = [self._entry(chapter) for chapter in part.chapters]
            rows.append(element("li", element("span", part.title), element("ol", *inner)))
        contents = element("nav", element("h1", title), element("ol", *rows), id="toc")
        contents.set("epub:type", "toc")
        contents.set("role", "doc-toc")
        start = f"{next(self._reading.chapters()).name}.xhtml"
        places = [
            ("cover", "cover.xhtml", strings.text("reading.cover")),
            ("toc", "nav.xhtml", title),
            ("bodymatter", start, strings.text("reading.start")),
        ]
        landmarks = element("nav", element("ol"), hidden="hidden")
        landmarks.set("epub:type", "landmarks")
        for kind, href, words in places:
            link = element("a", words, href=href)
            link.set("epub:type", kind)
            landmarks[0].append(element("li", link))
        return self._document(title, "nav.xhtml", contents, landmarks)

    def _entry(self, chapter: Chapter) -> ET.Element:
        path = f"{chapter.name}.xhtml"
        entry = element("li", element("a", chapter.full_title, href=path))
        steps = list(chapter.sections()) if chapter.label else []
        if steps:
            rows = (
                element("li", element("a", title, href=f"{path}#{id_}")) for id_, title in steps
            )
            entry.append(element("ol", *rows))
        return entry

    def package(self, files: Iterable[str], chapters: Iterable[str]) -> bytes:
        about = self._about
        root = element("package", xmlns=_OPF, version="3.0")
        root.set("unique-identifier", "id")
        root.set("xml:lang", about.language)
        root.set("dir", direction(about.language))
        root.set("prefix", "schema: http://schema.org/")
        root.append(self._metadata())
        manifest = ET.SubElement(root, "manifest")
        spine = ET.SubElement(root, "spine")
        if direction(about.language) == "rtl":
            spine.set("page-progression-direction", "rtl")
        ids = {path: f"f{at}" for at, path in enumerate(sorted(files), start=1)}
        drawn = set(self._with_drawings())
        for path, id_ in ids.items():
            item = element("item", id=id_, href=path)
            item.set("media-type", _media_type(path))
            properties = {"nav.xhtml": "nav", "cover.png": "cover-image"}.get(path)
            if path in drawn:
                properties = "svg"
            if properties:
                item.set("properties", properties)
            manifest.append(item)
        for path in ("cover.xhtml", _TITLE, "nav.xhtml", *chapters):
            ET.SubElement(spine, "itemref", idref=ids[path])
        return _written(root)

    def _with_drawings(self) -> Iterator[str]:
        for chapter in self._reading.chapters():
            if next(chapter.body.iter("svg"), None) is not None:
                yield f"{chapter.name}.xhtml"

    def _metadata(self) -> ET.Element:
        about = self._about
        made = element("metadata")
        made.set("xmlns:dc", _DC)
        day = about.date.isoformat() if hasattr(about.date, "isoformat") else str(about.date)
        name = f"{about.iri}{self._reading.course.copy_id}/{about.language}/{about.version}"
        dublin = {
            "dc:identifier": f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
            "dc:title": about.title,
            "dc:language": about.language,
            "dc:date": day,
            "dc:description": about.subtitle,
            "dc:source": self._strings.text("book.drawn"),
            "dc:rights": about.licence,
        }
        for key, value in dublin.items():
            one = element(key, value)
            if key == "dc:identifier":
                one.set("id", "id")
            made.append(one)
        features = [("schema:accessibilityFeature", one) for one in _FEATURES]
        for key, value in (
            ("dcterms:modified", f"{day}T00:00:00Z"),
            ("schema:accessMode", "textual"),
            ("schema:accessMode", "visual"),
            ("schema:accessModeSufficient", "textual"),
            *features,
            ("schema:accessibilityHazard", "none"),
            ("schema:accessibilitySummary", self._strings.text("reading.accessibility")),
        ):
            made.append(element("meta", value, property=key))
        return made


def _media_type(path: str) -> str:
    kinds = {"xhtml": "application/xhtml+xml", "css": "text/css", "png": "image/png"}
    return kinds[path.rpartition(".")[2]]


def _written(root: ET.Element) -> bytes:
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f"{text}\n".encode()


def _packed(files: dict[str, bytes]) -> bytes:
    container = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        f'<rootfiles><rootfile full-path="{_FOLDER}/package.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
    )
    held = BytesIO()
    with ZipFile(held, "w") as book:
        # The first, and not deflated: by it the file is known.
        _put(book, "mimetype", b"application/epub+zip", ZIP_STORED)
        _put(book, "META-INF/container.xml", container.encode(), ZIP_DEFLATED)
        for path, data in sorted(files.items()):
            _put(book, f"{_FOLDER}/{path}", data, ZIP_DEFLATED)
    return held.getvalue()


def _put(book: ZipFile, path: str, data: bytes, how: int) -> None:
    info = ZipInfo(path, _OLDEST)
    info.compress_type = how
    info.create_system = 3
    info.external_attr = 0o644 << 16
    book.writestr(info, data, compresslevel=9)
