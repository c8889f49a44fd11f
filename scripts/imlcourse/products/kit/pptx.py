"""Slides as PPTX, by python-pptx, to be shown and edited in PowerPoint and LibreOffice."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from datetime import date as day_of
from typing import Any

from imlcourse.languages.strings import Strings
from imlcourse.products.kit.deck import (
    AnswerSlide,
    AnySlide,
    Deck,
    FigureSlide,
    FollowSlide,
    Picture,
    PointsSlide,
    QuestionSlide,
    QuoteSlide,
    Row,
    SceneSlide,
    TalkSlide,
)
from imlcourse.products.kit.fitting import height_of, largest, lines_of
from imlcourse.products.kit.picture import png
from imlcourse.products.kit.slide_template import (
    ANSWERS,
    EDGE,
    FEW_ROWS,
    FIRST_ROW,
    FOLLOWING,
    LAYOUTS,
    LOWEST,
    QUESTION,
    TOLD,
    Side,
    emu,
    foot_box,
    lang_of,
    rows_in,
    template,
)
from imlcourse.products.rich import Para, Run, plain
from imlcourse.products.zip import zipped

_SCENE_WIDTH, _FIGURE_HEIGHT = 1920, 1400
"""Pixels: sharp on a projector."""
_BADGE = 0.6
_SIZES = (28, 26, 24, 22, 20, 18, 16)
"""Sizes of questions and of answers, the largest first."""
_READ_FROM_FAR = 20
_POINTS = 72


def write_pptx(deck: Deck, strings: Strings) -> bytes:
    """Write slides as PPTX.

    Parameters
    ----------
    deck
        The slides.
    strings
        Texts, for what the template says.

    Returns
    -------
    bytes
        The file, the same for the same slides.
    """
    return _Writer(deck, strings).write()


class _Writer:
    def __init__(self, deck: Deck, strings: Strings) -> None:
        self.deck, self.strings = deck, strings
        self.side = Side.of(deck.language)
        self.lang = lang_of(deck.language)
        self.shown, self.layouts = template(deck, strings)
        self.keys: dict[str, Any] = {}
        self.links: list[tuple[Any, str]] = []
        self.drawn: dict[str, bytes] = {}

    def write(self) -> bytes:
        for slide in self.deck.slides:
            self._slide(slide)
        for shape, key in self.links:
            if key in self.keys:
                shape.click_action.target_slide = self.keys[key]
        self._about()
        held = io.BytesIO()
        self.shown.save(held)
        with zipfile.ZipFile(held) as file:
            return zipped({name: file.read(name) for name in file.namelist()})

    def _about(self) -> None:
        about, deck = self.shown.core_properties, self.deck
        about.title, about.subject = deck.title, deck.label
        about.author = about.last_modified_by = deck.author
        about.language, about.comments, about.revision = deck.language, "", 1
        moment = datetime.combine(day_of.fromisoformat(deck.date), time(), UTC)
        about.created = about.modified = moment.replace(tzinfo=None)
        # What the template says of itself is true of no slides of ours.
        package, part = self.shown.part.package, self.shown.part
        for rels in (package._rels, part.rels):
            for rel in list(rels.values()):
                if rel.reltype.endswith(("/thumbnail", "/extended-properties", "/printerSettings")):
                    rels.pop(rel.rId)

    # --- slides -----------------------------------------------------------------------------

    def _slide(self, slide: AnySlide) -> None:
        make = {
            SceneSlide: self._scene,
            PointsSlide: self._points,
            TalkSlide: self._talk,
            FigureSlide: self._figure,
            QuestionSlide: self._question,
            AnswerSlide: self._answer,
            FollowSlide: self._follow,
            QuoteSlide: self._quote,
        }[type(slide)]
        made = make(slide)  # type: ignore[operator]
        self._notes(made, slide.notes)
        if slide.key:
            self.keys[slide.key] = made

    def _new(self, layout: str, title: str) -> Any:
        made = self.shown.slides.add_slide(self.layouts[layout])
        self._write(made, 0, [title], layout)
        colour = LAYOUTS[layout].foot
        for number, kind in ((90, "ftr"), (91, "sldNum")):
            made.shapes._spTree.append(
                foot_box(self.side, self.lang, kind, colour, number, self.deck.foot)
            )
        return made

    def _box(self, made: Any, idx: int) -> Any:
        return next(one for one in made.placeholders if one.placeholder_format.idx == idx)

    def _drop(self, made: Any, idx: int) -> None:
        element = self._box(made, idx)._element
        element.getparent().remove(element)

    def _fill(self, made: Any, idx: int, paras: Sequence[Para], size: float, lang: str = "") -> Any:
        """Write paragraphs with emphasis into a placeholder."""
        from pptx.util import Pt

        frame = self._box(made, idx).text_frame
        for number, para in enumerate(paras):
            line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            for run in para.runs:
                written = line.add_run()
                written.text = run.text
                written.font.size = Pt(size)
                written.font.bold = run.bold or None
                written.font.italic = run.italic or None
                self._in(written, lang)
            if para.kind == "ol":
                self._numbered(line, para.number, size)
            elif para.kind == "ul":
                self._bullet(line, size)
        return frame

    def _in(self, run: Any, lang: str = "") -> None:
        run._r.get_or_add_rPr().set("lang", lang or self.lang)

    def _hang(self, line: Any, size: float) -> Any:
        properties = line._p.get_or_add_pPr()
        wide = round(size * 12700 * 1.1)
        properties.set("marL", str(wide))
        properties.set("indent", str(-wide))
        return properties

    def _bullet(self, line: Any, size: float) -> None:
        from pptx.oxml.ns import qn

        properties = self._hang(line, size)
        properties.append(properties.makeelement(qn("a:buFont"), {"typeface": "Arial"}))
        properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))

    def _numbered(self, line: Any, number: int, size: float) -> None:
        from pptx.oxml.ns import qn

        properties = self._hang(line, size)
        counted = properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod"})
        if number > 1:
            counted.set("startAt", str(number))
        font = properties.makeelement(qn("a:buFont"), {"typeface": "+mj-lt"})
        properties.append(font)
        properties.append(counted)

    def _write(
        self, made: Any, idx: int, texts: Sequence[str], layout: str, sizes: Sequence[float] = ()
    ) -> None:
        """Write plain paragraphs into a placeholder, no larger than they fit into it."""
        box = next(one for one in LAYOUTS[layout].boxes if one.idx == idx)
        ladder = sizes or [box.size - step for step in range(0, 15, 2) if box.size - step >= 12]
        place = (texts, box.w * _POINTS, box.h * _POINTS)
        size = largest(ladder, [place], bold=box.bold)
        self._fill(made, idx, [plain(text) for text in texts], size)

    def _fitted(self, made: Any, idx: int, paras: Sequence[Para], layout: str) -> float:
        """Write paragraphs into a placeholder, no larger than they fit into it."""
        box = next(one for one in LAYOUTS[layout].boxes if one.idx == idx)
        ladder = [box.size - step for step in range(0, 23, 2) if box.size - step >= 14]
        indent = 40.0 if any(para.kind != "p" for para in paras) else 0.0
        texts = [para.text for para in paras]
        place = (texts, box.w * _POINTS - indent, box.h * _POINTS)
        size = largest(ladder, [place], bold=box.bold)
        self._fill(made, idx, paras, size)
        return size

    def _picture(self, made: Any, picture: Picture, layout: str, *, scene: bool) -> None:
        """Put a picture into its placeholder, whole."""
        size = {"width": _SCENE_WIDTH} if scene else {"height": _FIGURE_HEIGHT}
        if picture.svg not in self.drawn:
            self.drawn[picture.svg] = png(picture.svg, self.deck.language, **size)
        data = self.drawn[picture.svg]
        box = next(one for one in LAYOUTS[layout].boxes if one.kind == "pic")
        put = self._box(made, box.idx).insert_picture(io.BytesIO(data))
        put.crop_left = put.crop_right = put.crop_top = put.crop_bottom = 0
        wide, high = put.image.size
        scale = min(box.w / wide, box.h / high)
        w, h = wide * scale, high * scale
        put.width, put.height = emu(w), emu(h)
        put.left = self.side.x(box.x + (box.w - w) / 2, w)
        put.top = emu(box.y + (box.h - h) / 2)
        put._element.nvPicPr.cNvPr.set("descr", picture.alt)

    def _scene(self, slide: SceneSlide) -> Any:
        made = self._new("scene", slide.title)
        self._picture(made, slide.picture, "scene", scene=True)
        if slide.mark:
            self._write(made, 11, [slide.mark], "scene")
        else:
            self._drop(made, 11)
        if slide.lead:
            self._write(made, 12, [slide.lead], "scene", (20, 19, 18, 17, 16, 15, 14))
        else:
            self._drop(made, 12)
        return made

    def _points(self, slide: PointsSlide) -> Any:
        made = self._new("points", slide.title)
        self._fitted(made, 11, slide.paras, "points")
        return made

    def _talk(self, slide: TalkSlide) -> Any:
        made = self._new("talk", slide.title)
        self._fitted(made, 11, slide.paras, "talk")
        return made

    def _figure(self, slide: FigureSlide) -> Any:
        made = self._new("figure", slide.title)
        self._picture(made, slide.picture, "figure", scene=False)
        if slide.caption:
            self._fitted(made, 11, slide.caption, "figure")
        else:
            self._drop(made, 11)
        return made

    def _quote(self, slide: QuoteSlide) -> Any:
        made = self._new("quote", slide.title)
        self._fitted(made, 11, slide.paras, "quote")
        self._write(made, 12, [slide.cited], "quote")
        for line in self._box(made, 11).text_frame.paragraphs:
            own = [run for run in line.runs if run.text not in slide.said and run.text.strip()]
            self._quoted(line, [run for run in line.runs if run not in own], whole=not own)
        return made

    def _quoted(self, line: Any, runs: Iterable[Any], *, whole: bool) -> None:
        """Say that words are in the language of the document; a whole line has its direction."""
        language = self.deck.quoted_in
        for run in runs:
            self._in(run, lang_of(language))
        side = Side.of(language)
        if whole and side != self.side:
            properties = line._p.get_or_add_pPr()
            properties.set("rtl", str(int(side.rtl)))
            properties.set("algn", side.align("start"))

    # --- questions --------------------------------------------------------------------------

    def _question(self, slide: QuestionSlide) -> Any:
        layout = "question" if len(slide.rows) <= FEW_ROWS else "many"
        made = self._new(layout, slide.title)
        x, _, w, _ = ANSWERS
        _, top, wide, _ = QUESTION
        asked = [para.text for para in slide.lead]
        answers = [[row.text] for row in slide.rows]
        size, high = _shared(asked, slide.stem, answers, wide * _POINTS, w * _POINTS)
        rows_at = LOWEST - high / _POINTS
        box = self._box(made, 11)
        box.left, box.top = self.side.x(EDGE, wide), emu(top)
        box.width, box.height = emu(wide), emu(rows_at - top - 0.2)
        stem = Para((Run(slide.stem, bold=True),))
        frame = self._fill(made, 11, [*slide.lead, stem], size if slide.lead else size + 2)
        for line in frame.paragraphs[: len(slide.lead)]:
            for run in line.runs:
                run.font.bold = False
        place = (x, rows_at, w, LOWEST - rows_at)
        self._rows(made, layout, slide.rows, place, (size,), slide.to)
        return made

    def _answer(self, slide: AnswerSlide) -> Any:
        from pptx.enum.dml import MSO_THEME_COLOR
        from pptx.util import Pt

        layout = "answer" if len(slide.rows) <= FEW_ROWS else "answers"
        made = self._new(layout, slide.title)
        self._rows(made, layout, slide.rows, TOLD, (22, 20, 19, 18, 17, 16, 15, 14), told=True)
        if slide.reason:
            self._write(made, 12, [slide.reason], layout, (24, 22, 20, 18, 17, 16, 15, 14))
        else:
            self._drop(made, 12)
        if slide.said:
            ((words, cited), *_) = slide.said
            texts = [words, cited] if words else [cited]
            self._write(made, 13, texts, layout, (20, 19, 18, 17, 16, 15, 14))
            *quoted, place = self._box(made, 13).text_frame.paragraphs
            for line in quoted:
                self._quoted(line, line.runs, whole=True)
            place.runs[0].font.size = Pt(14)
            place.runs[0].font.color.theme_color = MSO_THEME_COLOR.ACCENT_4
        else:
            self._drop(made, 13)
        return made

    def _follow(self, slide: FollowSlide) -> Any:
        made = self._new("follow", slide.title)
        self._rows(made, "follow", slide.rows, FOLLOWING, (22, 20, 19, 18, 17, 16, 15, 14))
        return made

    def _rows(
        self,
        made: Any,
        layout: str,
        rows: tuple[Row, ...],
        place: tuple[float, float, float, float],
        sizes: Sequence[float],
        to: str = "",
        *,
        told: bool = False,
    ) -> None:
        """Write the rows of answers into their placeholders, each with its letter before it."""
        places = rows_in(len(rows), *place)
        texts = [[row.text, *((f"{row.then} {row.on}",) if row.then else ())] for row in rows]
        boxes = [
            (text, w * _POINTS, h * _POINTS)
            for text, (_, _, w, h) in zip(texts, places, strict=True)
        ]
        size = largest(sizes, boxes, bold=told)
        for at, (row, where) in enumerate(zip(rows, places, strict=True)):
            self._row(made, FIRST_ROW + at, row, where, size, to, told=told)
        for box in LAYOUTS[layout].boxes:
            if box.idx >= FIRST_ROW + len(rows):
                self._drop(made, box.idx)

    def _row(
        self,
        made: Any,
        idx: int,
        row: Row,
        where: tuple[float, float, float, float],
        size: float,
        to: str,
        *,
        told: bool,
    ) -> None:
        from pptx.enum.dml import MSO_THEME_COLOR
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        x, y, w, h = where
        box = self._box(made, idx)
        box.left, box.top, box.width, box.height = self.side.x(x, w), emu(y), emu(w), emu(h)
        paras = [Para((Run(row.text, bold=bool(row.then) or row.right),))]
        if row.then:
            on = (Run(f" {row.on}", italic=True),) if row.on else ()
            paras.append(Para((Run(row.then), *on)))
        frame = self._fill(made, idx, paras, size)
        if told and not row.right:
            for line in frame.paragraphs:
                for run in line.runs:
                    run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_4
        wide = 0.95 if told else _BADGE
        high = min(_BADGE, h)
        left = x - wide - (0.2 if told else 0.25)
        if told and row.right:
            self._frame(made, box, (left - 0.12, y - 0.04, w + wide + 0.44, h + 0.08))
        badge = made.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE,
            self.side.x(left, wide),
            emu(y + (h - high) / 2),
            emu(wide),
            emu(high),
        )
        badge.name = row.letter
        self._bare(badge)
        badge.line.fill.background()
        badge.fill.solid()
        quiet = told and not row.right
        badge.fill.fore_color.theme_color = (
            MSO_THEME_COLOR.ACCENT_2
            if row.right
            else MSO_THEME_COLOR.ACCENT_6
            if quiet
            else MSO_THEME_COLOR.ACCENT_1
        )
        text = badge.text_frame
        text.margin_left = text.margin_right = text.margin_top = text.margin_bottom = 0
        line = text.paragraphs[0]
        run = line.add_run()
        run.text = f"✓ {row.letter}" if row.right else row.letter
        run.font.size, run.font.bold = Pt(24 if high == _BADGE else 18), True
        run.font.color.theme_color = (
            MSO_THEME_COLOR.ACCENT_4 if quiet else MSO_THEME_COLOR.BACKGROUND_1
        )
        self._in(run)
        box._element.addprevious(badge._element)
        if row.to or to:
            self.links.append((badge, row.to or to))

    def _bare(self, shape: Any) -> None:
        """Take from a shape what the theme would draw of its own: shadow, line, colour."""
        from pptx.oxml.ns import qn

        style = shape._element.find(qn("p:style"))
        if style is not None:
            shape._element.remove(style)

    def _frame(self, made: Any, box: Any, where: tuple[float, float, float, float]) -> None:
        """Draw a frame round the right answer."""
        from pptx.enum.dml import MSO_THEME_COLOR
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        x, y, w, h = where
        drawn = made.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, self.side.x(x, w), emu(y), emu(w), emu(h)
        )
        drawn.name = self.strings.text("kit.slides.right")
        self._bare(drawn)
        drawn.fill.background()
        drawn.line.color.theme_color = MSO_THEME_COLOR.ACCENT_2
        drawn.line.width = Pt(3)
        box._element.addprevious(drawn._element)

    # --- notes ------------------------------------------------------------------------------

    def _notes(self, made: Any, paras: Iterable[Para]) -> None:
        frame = made.notes_slide.notes_text_frame
        for number, para in enumerate(paras):
            line = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            before = {"ul": "•  ", "ol": f"{para.number}.  ", "p": ""}[para.kind]
            if before:
                self._in(self._run(line, before))
            for run in para.runs:
                written = self._run(line, run.text)
                written.font.bold = run.bold or None
                written.font.italic = run.italic or None
                self._in(written)
            if self.side.rtl:
                line._p.get_or_add_pPr().set("rtl", "1")
                line._p.get_or_add_pPr().set("algn", "r")

    def _run(self, line: Any, text: str) -> Any:
        run = line.add_run()
        run.text = text
        return run


def _nearly_shorter(answers: Sequence[Sequence[str]], size: float, width: float) -> bool:
    """Say whether a step smaller would save half of the answers a line, often of one word."""
    smaller = next((one for one in _SIZES if one < size), size)
    if smaller < _READ_FROM_FAR:
        return False
    # Letters are reckoned a little wide, so that they fit; here they are taken as they are.
    saved = [
        sum(lines_of(text, smaller, width * 1.04) for text in texts)
        < sum(lines_of(text, size, width) for text in texts)
        for texts in answers
    ]
    return 2 * sum(saved) > len(saved)


def _shared(
    lead: Sequence[str], stem: str, answers: Sequence[Sequence[str]], wide: float, narrow: float
) -> tuple[float, float]:
    """Share a slide out between a question and its answers, which are read from the same seat.

    Returns
    -------
    tuple of float
        The size of words, and the height of all answers, in points.
    """
    _, top, _, _ = QUESTION
    room = (LOWEST - top - 0.25) * _POINTS
    gap = (0.14 if len(answers) <= FEW_ROWS else 0.08) * _POINTS
    for size in _SIZES:
        large = size if lead else size + 2
        above = height_of([*lead, stem], large, wide, bold=not lead)
        row = max(max(height_of(texts, size, narrow) for texts in answers), 0.42 * _POINTS)
        high = row * len(answers) + gap * (len(answers) - 1)
        if above + high <= room and not _nearly_shorter(answers, size, narrow):
            break
    # What is left is shared, so that answers stand apart.
    spare = max(room - above - high, 0) * 0.6
    most = (1.15 * _POINTS - row) * len(answers)
    return size, high + max(min(spare, most), 0)
