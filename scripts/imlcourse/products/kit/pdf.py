"""Sheets as PDF, by Typst: tagged, with bookmarks, language and title."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from imlcourse.languages.locales import direction
from imlcourse.products.kit.rich import Para
from imlcourse.products.kit.sheet import Box, Grid, Heading, NewPage, Piece, Prose, Sheet, Timeline

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


def source_of(sheet: Sheet) -> str:
    """Write a sheet for Typst; what a part adds behind it stands at its end."""
    return "\n".join([_TEMPLATE.read_text(encoding="utf-8"), *_source(sheet)])


def typeset(source: str, language: str) -> bytes:
    """Set a text of Typst.

    Parameters
    ----------
    source
        The text.
    language
        Its language: a script that our faces lack is set in those of the machine.

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
            ignore_system_fonts=direction(language) == "ltr",
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
        f'paper: "{PAPERS[sheet.paper]}", colour: rgb("#{sheet.colour}"), '
        f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}))"
    )
    for piece in sheet.pieces:
        yield _piece(piece)


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
        return f"#grid-of({quoted(piece.caption)}, ({widths},), ({head},), ({cells},))"
    if isinstance(piece, Timeline):
        spans = ", ".join(
            f"({span.minutes}, {quoted(span.label)}, {str(span.quiet).lower()})"
            for span in piece.spans
        )
        return f"#timeline(({spans},))"
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
