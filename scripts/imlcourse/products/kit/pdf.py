"""Sheets as PDF, by Typst: tagged, with bookmarks, language and title."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from imlcourse.languages.locales import direction
from imlcourse.products.kit.sheet import (
    Box,
    Fields,
    Grid,
    Heading,
    NewPage,
    Piece,
    Prose,
    Sheet,
    Timeline,
    Together,
)
from imlcourse.products.rich import Para

_HERE = Path(__file__).parent
TYPEFACE = _HERE / "typeface"
"""The faces that Typst sets in; it takes no others, so that every machine gives the same bytes."""
_TEMPLATE = _HERE / "sheet.typ"
PAPERS = {"A4": "a4", "Letter": "us-letter"}
"""What Typst calls the sizes of paper."""


def write_pdf(sheet: Sheet) -> bytes:
    """Write a sheet as PDF.

    Parameters
    ----------
    sheet
        The sheet.

    Returns
    -------
    bytes
        The file, the same for the same sheet.
    """
    return typeset(source_of(sheet), sheet.language)


def write_one_page(sheet: Sheet, sizes: Iterable[float]) -> bytes:
    """Write a sheet as PDF of one page, in the first of some sizes in which it has room.

    Parameters
    ----------
    sheet
        The sheet.
    sizes
        Sizes of letters, in points, from the largest on; the last is taken whatever it gives.
    """
    made = b""
    for size in sizes:
        made = write_pdf(replace(sheet, size=size))
        if page_count(made) == 1:
            break
    return made


def page_count(pdf: bytes) -> int:
    """Count the pages of a PDF."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def source_of(sheet: Sheet) -> str:
    """Write a sheet for Typst; what a part adds behind it stands at its end."""
    return "\n".join([_TEMPLATE.read_text(encoding="utf-8"), *_source(sheet)])


def typeset(source: str, language: str, *, any_script: bool = False) -> bytes:
    """Set a text of Typst.

    Parameters
    ----------
    source
        The text.
    language
        Its language: a script that our faces lack is set in those of the machine.
    any_script
        Whether names in it may be of any script.

    Returns
    -------
    bytes
        A PDF that keeps to PDF/UA-1.
    """
    import typst

    with _written(source) as path:
        made = typst.compile(
            str(path),
            font_paths=[str(TYPEFACE)],
            ignore_system_fonts=direction(language) == "ltr" and not any_script,
            pdf_standards="ua-1",
            timestamp=0,
        )
    assert isinstance(made, bytes)
    return made


def told(source: str, language: str, label: str) -> list[Any]:
    """Give what a text of Typst tells of itself when it is set: the metadata of a label."""
    import typst

    with _written(source) as path:
        found = typst.query(
            str(path),
            f"<{label}>",
            field="value",
            font_paths=[str(TYPEFACE)],
            ignore_system_fonts=direction(language) == "ltr",
        )
    values = json.loads(found)
    assert isinstance(values, list)
    return values


@contextmanager
def _written(source: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.typ"
        path.write_text(source, encoding="utf-8")
        yield path


def quoted(text: str) -> str:
    """Write a text as a string of Typst."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inner}"'


def _source(sheet: Sheet) -> Iterator[str]:
    day = date.fromisoformat(sheet.date)
    language, _, region = sheet.language.partition("-")
    yield (
        "#show: sheet.with("
        f"title: {quoted(sheet.title)}, subtitle: {quoted(sheet.subtitle)}, "
        f"above: {quoted(sheet.above)}, below: {quoted(sheet.below)}, "
        f"author: {quoted(sheet.author)}, "
        f"language: {quoted(language)}, region: {quoted(region) if len(region) == 2 else 'none'}, "
        f"direction: {direction(sheet.language)}, "
        f'paper: "{PAPERS[sheet.paper]}", wide: {str(sheet.wide).lower()}, '
        f'colour: rgb("#{sheet.colour}"), '
        f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}), "
        f"columns: {sheet.columns}, size: {sheet.size:g}pt)"
    )
    if sheet.columns == 1:
        yield from map(_piece, sheet.pieces)
    else:
        yield from _in_columns(sheet.pieces, sheet.columns)


def _in_columns(pieces: Iterable[Piece], columns: int) -> Iterator[str]:
    """Write sections side by side; one with a table, or with things to write, over all columns."""
    sections: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Heading):
            sections.append([])
        sections[-1].append(piece)
    narrow: list[list[Piece]] = []
    for section in sections:
        if _is_narrow(section):
            narrow.append(section)
            continue
        yield from _shared_out(narrow, columns)
        narrow = []
        yield from map(_piece, section)
    yield from _shared_out(narrow, columns)


def _is_narrow(section: list[Piece]) -> bool:
    """Say whether a section has room in a column: it begins with a heading, and is but text."""
    begins = bool(section) and isinstance(section[0], Heading)
    return begins and not any(isinstance(piece, Grid | Fields) for piece in section)


def _shared_out(sections: list[list[Piece]], columns: int) -> Iterator[str]:
    """Write sections in columns, in order, so that the longest column is as short as it can be."""
    written = ["\n".join(map(_piece, section)) for section in sections]
    if len(written) < columns:
        yield from written
        return
    best: tuple[int, list[str]] | None = None
    for cuts in combinations(range(1, len(written)), columns - 1):
        edges = [0, *cuts, len(written)]
        parts = ["\n".join(written[a:b]) for a, b in pairwise(edges)]
        longest = max(map(len, parts))
        if best is None or longest < best[0]:
            best = longest, parts
    assert best is not None
    yield f"#side-by-side({', '.join(f'[{part}]' for part in best[1])})"


def _piece(piece: Piece) -> str:
    if isinstance(piece, Heading):
        aside = f", aside: {quoted(piece.aside)}" if piece.aside else ""
        return f"#title-of({piece.level}, {quoted(piece.text)}{aside})"
    if isinstance(piece, Prose):
        return paras_source(piece.paras, boxes=piece.boxes)
    if isinstance(piece, Box):
        title = f", title: {quoted(piece.title)}" if piece.title else ""
        return f'#note("{piece.tone}", {quoted(piece.label)}{title})[{paras_source(piece.paras)}]'
    if isinstance(piece, Grid):
        widths = ", ".join(f"{width:g}fr" for width in piece.widths)
        head = ", ".join(quoted(one) for one in piece.head)
        cells = ", ".join(f"[{paras_source(cell)}]" for row in piece.rows for cell in row)
        high = f", high: {piece.high:g}mm" if piece.high else ""
        return f"#grid-of({quoted(piece.caption)}, ({widths},), ({head},), ({cells},){high})"
    if isinstance(piece, Timeline):
        spans = ", ".join(
            f"({span.minutes}, {quoted(span.label)}, {str(span.quiet).lower()})"
            for span in piece.spans
        )
        return f"#timeline(({spans},))"
    if isinstance(piece, Fields):
        entries = ", ".join(
            f"({quoted(one.label)}, {quoted(one.words)}, {quoted(one.hint)}, {one.lines})"
            for one in piece.fields
        )
        return f"#fields-of({entries},)"
    if isinstance(piece, Together):
        inner = "\n".join(map(_piece, piece.pieces))
        return f"#together[{inner}]"
    assert isinstance(piece, NewPage)
    return "#pagebreak(weak: true)"


def paras_source(paras: Iterable[Para], *, boxes: bool = False) -> str:
    """Write paragraphs and lists; what belongs to an entry stands inside it."""
    paras = list(paras)
    written: list[str] = []
    at = 0
    while at < len(paras):
        para = paras[at]
        if para.kind == "p":
            written.append(f"#par[{runs_of(para)}]")
            at += 1
            continue
        level, kind, first = para.level, para.kind, para.number
        entries: list[str] = []
        while at < len(paras) and (paras[at].level, paras[at].kind) == (level, kind):
            entry = runs_of(paras[at])
            inner = at = at + 1
            while at < len(paras) and paras[at].level > level:
                at += 1
            entries.append(f"[{entry}{paras_source(paras[inner:at])}]")
        many = ", ".join(entries)
        if kind == "ol":
            written.append(f"#enum(start: {first}, {many})")
        else:
            marker = "marker: tick, " if boxes else ""
            written.append(f"#list({marker}{many})")
    return "".join(written)


def runs_of(para: Para) -> str:
    """Write the words of a paragraph, with their emphasis."""
    written = ""
    for run in para.runs:
        word = f"#{quoted(run.text)}"
        if run.italic:
            word = f"#emph[{word}]"
        if run.bold:
            word = f"#strong[{word}]"
        written += word + ";"
    return written
