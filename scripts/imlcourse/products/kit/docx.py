"""Sheets as DOCX, by python-docx: real styles, headings, lists and tables, to be edited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from datetime import date as day_of
from typing import Any

from imlcourse.languages.locales import direction
from imlcourse.products.kit.sheet import (
    Box,
    Field,
    Fields,
    Grid,
    Heading,
    NewPage,
    Piece,
    Prose,
    Sheet,
    Together,
)
from imlcourse.products.rich import Para
from imlcourse.products.zip import zipped

_FACE = "Calibri"
"""A face that the machines of trainers have, or replace by one of the same widths."""
_INK, _SOFT, _RULE = "1D2B33", "5B6A72", "C9D2D6"
_PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
_MARGIN = 20
_TICK = "☐ "
_BEHIND_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
"""What the format has behind the borders of a table."""


def write_docx(sheet: Sheet) -> bytes:
    """Write a sheet as DOCX.

    Parameters
    ----------
    sheet
        The sheet.

    Returns
    -------
    bytes
        The file, the same for the same sheet.
    """
    return _Writer(sheet).write()


def _light(colour: str) -> str:
    """Give a colour as it looks under words: a tenth of it on white."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * 0.1):02X}" for part in parts)


@dataclass
class _Styles:
    """The styles of all sheets of a language and a colour, which take long to make."""

    element: Any
    ids: dict[str, str | None] = field(default_factory=dict)


_MADE: dict[tuple[str, str], _Styles] = {}


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        from docx import Document

        self.sheet = sheet
        self.document = Document()
        self.rtl = direction(sheet.language) == "rtl"
        self.colour = sheet.colour.upper()
        self.numbered = 0
        self.style_ids = self._styles()

    def write(self) -> bytes:
        self._about()
        self._page()
        self._line(self.sheet.above, "Above")
        self._line(self.sheet.title, "Title")
        if self.sheet.subtitle:
            self._line(self.sheet.subtitle, "Subtitle")
        for piece in self.sheet.pieces:
            self._piece(piece)
        return self._bytes()

    def _bytes(self) -> bytes:
        """Give the file with the dates of its parts taken out, so that its bytes are the same."""
        held = io.BytesIO()
        self.document.save(held)
        with zipfile.ZipFile(held) as file:
            return zipped({name: file.read(name) for name in file.namelist()})

    # --- the document -----------------------------------------------------------------------

    def _about(self) -> None:
        about, sheet = self.document.core_properties, self.sheet
        about.title, about.author, about.language = sheet.title, sheet.author, sheet.language
        about.subject, about.comments, about.last_modified_by = sheet.subtitle, "", sheet.author
        about.created = about.modified = datetime.combine(
            day_of.fromisoformat(sheet.date), time(), UTC
        ).replace(tzinfo=None)
        about.revision = 1

    @property
    def _paper(self) -> tuple[float, float]:
        width, height = _PAPERS[self.sheet.paper]
        return (height, width) if self.sheet.wide else (width, height)

    def _page(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Mm

        (section,) = self.document.sections
        width, height = self._paper
        if self.sheet.wide:
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = Mm(_MARGIN)
        section.top_margin = section.bottom_margin = Mm(_MARGIN)
        section.different_first_page_header_footer = True
        end = Mm(width - 2 * _MARGIN)
        head = section.header.paragraphs[0]
        head.text = f"{self.sheet.above}\t{self.sheet.title}"
        for foot in (section.footer, section.first_page_footer):
            line = foot.paragraphs[0]
            line.text = f"{self.sheet.below}\t"
            self._field(line, "PAGE")
            line.add_run(" / ")
            self._field(line, "NUMPAGES")
        for name in ("Header", "Footer"):
            stops = self.document.styles[name].paragraph_format.tab_stops
            stops.clear_all()
            stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)

    def _field(self, paragraph: Any, code: str) -> None:
        """Add a number that the program counts: that of the page, or of all pages."""
        field = self._element("w:fldSimple", {"w:instr": code})
        run = self._element("w:r")
        text = self._element("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)

    def _element(self, name: str, attributes: dict[str, str] | None = None) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(name)
        for key, value in (attributes or {}).items():
            element.set(qn(key), value)
        return element

    # --- styles -----------------------------------------------------------------------------

    def _styles(self) -> dict[str, str | None]:
        """Give the document its styles; give where their ids are kept, by their names."""
        held = self.document.styles.element
        key = self.sheet.language, self.colour
        if key in _MADE:
            held[:] = deepcopy(_MADE[key].element)[:]
        else:
            self._make_styles()
            _MADE[key] = _Styles(deepcopy(held))
        return _MADE[key].ids

    def _make_styles(self) -> None:
        from docx.shared import Pt

        styles = self.document.styles
        self._style("Normal", 10.5, after=5)
        for level, size in ((1, 15.0), (2, 12.5), (3, 10.5)):
            colour = self.colour if level == 1 else _INK
            name = f"Heading {level}"
            self._style(name, size, bold=True, colour=colour, before=16 - 3 * level, after=4)
            styles[name].paragraph_format.keep_with_next = True
        self._style("Title", 23, bold=True, colour=self.colour, after=2)
        self._style("Subtitle", 12, colour=_SOFT, after=10)
        self._plain_title()
        self._style("Header", 8.5, colour=_SOFT)
        self._style("Footer", 8.5, colour=_SOFT)
        for name in ("List Bullet", "List Bullet 2", "List Number", "List Number 2"):
            self._style(name, 10.5, after=3)
        self._style("Caption", 9, bold=True, colour=self.colour, before=8, after=3)
        self._style("Above", 9, colour=_SOFT, base="Normal", after=4)
        for name, shade, edge in (
            ("Say", _light(self.colour), self.colour),
            ("Ask", "", self.colour),
            ("Trouble", "", _SOFT),
            ("Show", "", _RULE),
            ("Care", "F2F2F2", _INK),
            ("Plain box", "", _RULE),
        ):
            self._style(name, 10.5 if name == "Say" else 10, base="Normal", after=4)
            paragraph = styles[name].paragraph_format
            paragraph.left_indent = Pt(10)
            self._edge(styles[name], edge, shade)
            for kind in ("Bullet", "Number"):
                inner = f"{name} {kind.lower()}"
                self._style(inner, 10, base=f"List {kind}", after=3)
                self._edge(styles[inner], edge, shade)
                styles[inner].paragraph_format.left_indent = Pt(28)
                styles[inner].paragraph_format.first_line_indent = Pt(-14)
        self._style("Box title", 10, bold=True, base="Normal", before=7, after=2)
        styles["Box title"].paragraph_format.keep_with_next = True
        styles["Box title"].paragraph_format.left_indent = Pt(10)
        self._style("Table text", 9.5, base="Normal", after=2)
        for kind in ("Bullet", "Number"):
            self._style(f"Table {kind.lower()}", 9.5, base=f"List {kind}", after=2)
        self._style("Table head", 9, bold=True, colour=self.colour, base="Normal", after=2)

    def _style(
        self,
        name: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = _INK,
        before: float = 0,
        after: float = 0,
        base: str = "",
    ) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        if base:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            style.quick_style = True
        else:
            style = styles[name]
        style.font.name, style.font.size, style.font.bold = _FACE, Pt(size), bold
        style.font.italic = False
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), _FACE)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(kind), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        if name == "Normal":
            style.paragraph_format.line_spacing = 1.1
            self._language(style)

    def _language(self, style: Any) -> None:
        """Say in which language, and from which side, the text is written."""
        from docx.oxml.ns import qn

        properties = style.element.get_or_add_rPr()
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        key = "w:bidi" if self.rtl else "w:val"
        tag = "en-GB" if self.sheet.language == "en" else self.sheet.language
        properties.append(self._element("w:lang", {key: tag}))
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        for lang in defaults.iter(qn("w:lang")):
            lang.set(qn(key), tag)
        if self.rtl:
            style.element.get_or_add_pPr().insert_element_before(
                self._element("w:bidi"), *("w:adjustRightInd", "w:spacing", "w:ind", "w:jc")
            )

    def _plain_title(self) -> None:
        """Take away the line that the template draws under a title, and its wide letters."""
        from docx.oxml.ns import qn

        for name in ("Title", "Subtitle"):
            element = self.document.styles[name].element
            paragraph, run = element.get_or_add_pPr(), element.get_or_add_rPr()
            drawn = (paragraph.findall(qn("w:pBdr")), run.findall(qn("w:spacing")))
            for one in [*drawn[0], *drawn[1]]:
                one.getparent().remove(one)

    def _edge(self, style: Any, colour: str, shade: str) -> None:
        """Give a style a line at the side on which its text begins, and a ground."""
        properties = style.element.get_or_add_pPr()
        borders = self._element("w:pBdr")
        side = "w:right" if self.rtl else "w:left"
        line = {"w:val": "single", "w:sz": "18", "w:space": "6", "w:color": colour}
        borders.append(self._element(side, line))
        # The format has an order of what a paragraph may have; spacing and indents come later.
        properties.insert_element_before(
            borders,
            *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap"),
            *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi"),
            *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
            *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:outlineLvl"),
        )
        if shade:
            ground = {"w:val": "clear", "w:color": "auto", "w:fill": shade}
            properties.insert_element_before(
                self._element("w:shd", ground),
                *("w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc"),
            )

    # --- what stands in it ------------------------------------------------------------------

    def _piece(self, piece: Piece) -> None:
        if isinstance(piece, Heading):
            words = f"{piece.text}  ·  {piece.aside}" if piece.aside else piece.text
            self._line(words, f"Heading {piece.level}")
        elif isinstance(piece, Prose):
            self._paras(piece.paras, boxes=piece.boxes)
        elif isinstance(piece, Box):
            self._box(piece)
        elif isinstance(piece, Grid):
            self._grid(piece)
        elif isinstance(piece, Fields):
            for one in piece.fields:
                self._field_to_write(one)
        elif isinstance(piece, Together):
            self._together(piece)
        elif isinstance(piece, NewPage):
            self.document.add_paragraph().paragraph_format.page_break_before = True
        # A timeline says what the table below it says, and no program edits its bar.

    def _line(self, words: str, style: str) -> Any:
        """Add a paragraph of a style."""
        line = self.document.add_paragraph(words)
        self._give(line, style)
        return line

    def _give(self, line: Any, style: str) -> None:
        """Give a paragraph a style."""
        from docx.enum.style import WD_STYLE_TYPE

        line._p.style = self._id_of(style, WD_STYLE_TYPE.PARAGRAPH)

    def _id_of(self, style: str, kind: Any) -> str | None:
        """Give the id of a style, which python-docx looks for among all of them each time."""
        if style not in self.style_ids:
            part: Any = self.document.part
            self.style_ids[style] = part.get_style_id(style, kind)
        return self.style_ids[style]

    def _together(self, together: Together) -> None:
        """Write pieces of which each stays with what follows it."""
        from docx.oxml.ns import qn
        from docx.text.paragraph import Paragraph

        before = len(self.document.element.body)
        for inner in together.pieces:
            self._piece(inner)
        *written, _ = list(self.document.element.body)[before - 1 : -1]  # behind it is the section
        for element in written:
            for line in element.iter(qn("w:p")):
                Paragraph(line, self.document._body).paragraph_format.keep_with_next = True

    def _field_to_write(self, field: Field) -> None:
        """Write a name with a line behind it, or below it where much is to be written."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        if field.lines:
            title = self.document.add_paragraph()
            title.paragraph_format.keep_with_next = True
            title.add_run(field.label).bold = True
            if field.hint:
                self.document.add_paragraph(field.hint).paragraph_format.keep_with_next = True
        for number in range(max(1, field.lines)):
            line = self.document.add_paragraph()
            if number == 0 and not field.lines:
                line.add_run(f"{field.label} ")
            if field.words:
                line.add_run(field.words).bold = True
                continue
            line.paragraph_format.tab_stops.add_tab_stop(
                Mm(_PAPERS[self.sheet.paper][0] - 2 * _MARGIN),
                WD_TAB_ALIGNMENT.RIGHT,
                WD_TAB_LEADER.LINES,
            )
            line.add_run("\t")

    def _box(self, box: Box) -> None:
        from docx.shared import RGBColor

        style = {"plain": "Plain box"}.get(box.tone, box.tone.capitalize())
        if box.label or box.title:
            title = self._line("", "Box title")
            label = title.add_run(box.label)
            loud = box.tone in ("say", "ask")
            label.font.color.rgb = RGBColor.from_string(self.colour if loud else _SOFT)
            if box.title:
                title.add_run(f"  {box.title}")
        for para in box.paras:
            self._runs(self._styled(self.document.add_paragraph(), para, style), para)

    def _styled(self, line: Any, para: Para, style: str) -> Any:
        """Give a paragraph the style of its place: that of text, or of an entry of a list."""
        inner = {"ul": f"{style} bullet", "ol": f"{style} number", "p": style}[para.kind]
        if style == "Table" and para.kind == "p":
            inner = "Table text"
        self._give(line, inner)
        if para.kind == "ol":
            self._count(line, para)
        return line

    def _count(self, line: Any, para: Para) -> None:
        """Let a list go on counting, or begin anew."""
        if para.number == 1:
            self._begin(line)
        else:
            self._go_on(line)

    def _grid(self, grid: Grid) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.oxml.ns import qn
        from docx.shared import Mm

        if grid.caption:
            caption = self._line(grid.caption, "Caption")
            caption.paragraph_format.keep_with_next = True
        table = self.document.add_table(1 + len(grid.rows), len(grid.head))
        table._tbl.tblStyle_val = self._id_of("Table Grid", WD_STYLE_TYPE.TABLE)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        whole = self._paper[0] - 2 * _MARGIN
        widths = [Mm(whole * width / sum(grid.widths)) for width in grid.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        rows = [tuple((Para(()),) for _ in grid.head), *grid.rows]
        for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            for at, (cell, paras) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[at]
                if number == 0:
                    head = cell.paragraphs[0]
                    self._give(head, "Table head")
                    head.add_run(grid.head[at])
                else:
                    self._cell(cell, paras)
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(self._element("w:tblHeader"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(self._element("w:cantSplit"))
        if grid.high:
            for row in table.rows[1:]:
                row.height = Mm(grid.high)
        self._lines(table, upright=bool(grid.high))
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        if look is not None:
            look.set(qn("w:firstRow"), "1")
            look.set(qn("w:firstColumn"), "0")
        if self.rtl:
            table._tbl.tblPr.insert_element_before(
                self._element("w:bidiVisual"), *("w:tblW", "w:jc", *_BEHIND_BORDERS)
            )
        self._line("", "Table text")

    def _lines(self, table: Any, *, upright: bool) -> None:
        """Draw lines between rows alone, or between columns too."""
        borders = self._element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            drawn = side in ("top", "bottom", "insideH") or (upright and side == "insideV")
            line = {"w:val": "single" if drawn else "nil", "w:sz": "4", "w:color": _RULE}
            borders.append(self._element(f"w:{side}", line))
        table._tbl.tblPr.insert_element_before(borders, *_BEHIND_BORDERS)

    def _cell(self, cell: Any, paras: Iterable[Para]) -> None:
        line = cell.paragraphs[0]
        for number, para in enumerate(paras):
            if number:
                line = cell.add_paragraph()
            self._runs(self._styled(line, para, "Table"), para)

    def _paras(self, paras: Iterable[Para], *, boxes: bool = False) -> None:
        for para in paras:
            deep = " 2" if para.level else ""
            if para.kind == "p":
                line = self.document.add_paragraph()
            elif para.kind == "ul":
                line = self._line("", "Normal" if boxes else f"List Bullet{deep}")
                if boxes:
                    self._hang(line)
                    line.add_run(_TICK)
            else:
                line = self._line("", f"List Number{deep}")
                self._count(line, para)
            self._runs(line, para)

    def _hang(self, line: Any) -> None:
        from docx.shared import Pt

        line.paragraph_format.left_indent = Pt(16)
        line.paragraph_format.first_line_indent = Pt(-16)

    def _begin(self, line: Any) -> None:
        """Let a numbered list begin at 1, whatever was counted before."""
        from docx.oxml.ns import qn

        numbering = self.document.part.numbering_part.element
        style = self.document.styles["List Number"].element
        used = style.pPr.numPr.numId.val
        (kind,) = [one.abstractNumId.val for one in numbering.num_lst if one.numId == used]
        number = numbering.add_num(kind)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        self.numbered = number.numId
        self._go_on(line)
        assert number.tag == qn("w:num")

    def _go_on(self, line: Any) -> None:
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self.numbered

    def _runs(self, line: Any, para: Para) -> None:
        for run in para.runs:
            written = line.add_run(run.text)
            written.bold = run.bold or None
            written.italic = run.italic or None
            if self.rtl:
                written.font.rtl = True
