"""The template of slides: size, colours and fonts of the theme, and layouts with placeholders.

It starts from the template of python-pptx, which has no way to add layouts: its own are filled
anew. What stands on a slide comes from a placeholder of its layout, so that whoever changes the
layout, or the theme, changes all slides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from imlcourse.languages.locales import direction
from imlcourse.player.palette import colours

if TYPE_CHECKING:
    from imlcourse.languages.strings import Strings
    from imlcourse.products.kit.deck import Deck

WIDTH, HEIGHT = 40 / 3, 7.5
"""Inches: 16 to 9."""
EDGE = 0.75
"""Inches that stay free at the sides."""
FACE = "Arial"
"""A face of every machine that shows slides, or that one of the same widths stands in for."""
MOST_ROWS, FEW_ROWS = 9, 4
FIRST_ROW = 20
"""The number of the placeholder of the first answer."""
_EMU = 914400
_NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A placeholder of a layout.

    Attributes
    ----------
    kind
        ``title``, ``body`` or ``pic``.
    idx
        Its number, by which slides find it; 0 for a title.
    x, y, w, h
        Where it stands, in inches, as it is in a language that is written from the left.
    size, bold, colour
        How its words look; the colour by its name in the theme.
    anchor
        Whether words stand at the top, in the middle (``ctr``) or at the bottom (``b``).
    bullets
        Whether paragraphs have bullets.
    align
        ``start``, ``end`` or ``ctr``.
    """

    kind: Literal["title", "body", "pic"]
    idx: int
    x: float
    y: float
    w: float
    h: float
    size: float = 24
    bold: bool = False
    colour: str = "tx1"
    anchor: Literal["t", "ctr", "b"] = "t"
    bullets: bool = False
    align: Literal["start", "end", "ctr"] = "start"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout: its name, its placeholders, its ground, and bands of colour that stand in it."""

    name: str
    boxes: tuple[Box, ...]
    ground: str = "bg1"
    bands: tuple[tuple[float, float, float, float, str], ...] = ()
    foot: str = "accent4"


_BAR = ((0.0, 0.0, 0.22, HEIGHT, "accent1"),)
_WIDE = WIDTH - 2 * EDGE
_TITLE = Box("title", 0, EDGE, 0.45, _WIDE, 0.95, 32, bold=True, colour="accent1", anchor="ctr")
_SMALL = Box("title", 0, EDGE, 0.35, _WIDE, 0.55, 20, bold=True, colour="accent1", anchor="ctr")


def rows_in(
    count: int, x: float, y: float, w: float, h: float, most: float = 1.9
) -> list[tuple[float, float, float, float]]:
    """Share a place out among rows, none higher than the most: where each stands, in inches."""
    gap = 0.14 if count <= FEW_ROWS else 0.08
    high = min((h - gap * (count - 1)) / count, most)
    return [(x, y + at * (high + gap), w, high) for at in range(count)]


ANSWERS = (EDGE + 0.85, 3.0, _WIDE - 0.85, 3.75)
"""Where answers stand below a question; their letters stand before them."""
QUESTION = (EDGE, 0.95, _WIDE, 1.85)
"""Where a question stands."""
LOWEST = 6.8
"""Above the foot, in inches."""
TOLD = (EDGE + 1.15, 1.35, 5.3, 5.35)
"""Where they stand when the right one is marked."""
FOLLOWING = (EDGE + 0.85, 1.15, _WIDE - 0.85, 5.6)
"""Where stands what follows from each."""


def _rows(count: int, place: tuple[float, float, float, float], size: float) -> tuple[Box, ...]:
    return tuple(
        Box("body", FIRST_ROW + at, *where, size, anchor="ctr")
        for at, where in enumerate(rows_in(count, *place))
    )


def _question(name: str, count: int) -> Layout:
    stem = Box("body", 11, *QUESTION, 28, True, anchor="ctr")
    return Layout(name, (_SMALL, stem, *_rows(count, ANSWERS, 24)), bands=_BAR)


def _answer(name: str, count: int) -> Layout:
    beside = 7.8
    return Layout(
        name,
        (
            _SMALL,
            *_rows(count, TOLD, 18),
            Box("body", 12, beside + 0.35, 1.45, 4.6, 2.6, 24, anchor="ctr"),
            Box("body", 13, beside + 0.35, 4.3, 4.6, 2.3, 20, colour="accent1"),
        ),
        bands=(
            *_BAR,
            (beside, 1.2, WIDTH - beside, 5.65, "bg2"),
            (beside + 0.35, 4.15, 1.2, 0.04, "accent1"),
        ),
    )


LAYOUTS: dict[str, Layout] = {
    "title": Layout(
        "kit.slides.layout.title",
        (
            Box("title", 0, 1.733, 2.2, 10.85, 1.6, 44, True, "bg1", "b"),
            Box("body", 11, 1.733, 3.95, 10.85, 1.2, 24, False, "bg1"),
        ),
        ground="accent1",
        foot="bg1",
    ),
    "scene": Layout(
        "kit.slides.layout.scene",
        (
            Box("pic", 10, WIDTH - 11.6, 0, 11.6, 5.8),
            Box("body", 11, 0.15, 0.3, 1.43, 1.1, 54, True, "bg1", "ctr", align="ctr"),
            Box("title", 0, 1.733, 5.9, 10.85, 0.6, 30, True, "bg1", "ctr"),
            Box("body", 12, 1.733, 6.47, 10.85, 0.5, 20, False, "bg1", "t"),
        ),
        ground="accent1",
        foot="bg1",
    ),
    "points": Layout(
        "kit.slides.layout.points",
        (_TITLE, Box("body", 11, EDGE, 1.75, _WIDE, 5.0, 40, bullets=True)),
        bands=_BAR,
    ),
    "talk": Layout(
        "kit.slides.layout.talk",
        (_TITLE, Box("body", 11, EDGE, 1.5, _WIDE, 5.2, 48, anchor="ctr")),
        ground="bg2",
        bands=_BAR,
    ),
    "figure": Layout(
        "kit.slides.layout.figure",
        (
            Box("title", 0, EDGE, 1.0, 5.2, 2.5, 36, True, "accent1", "b"),
            Box("body", 11, EDGE, 3.75, 5.2, 2.9, 24),
            Box("pic", 10, 6.3, 0.3, 6.7, 6.65),
        ),
        bands=_BAR,
    ),
    "question": _question("kit.slides.layout.question", FEW_ROWS),
    "many": _question("kit.slides.layout.questions", MOST_ROWS),
    "answer": _answer("kit.slides.layout.answer", FEW_ROWS),
    "answers": _answer("kit.slides.layout.answers", MOST_ROWS),
    "follow": Layout(
        "kit.slides.layout.follow",
        (_SMALL, *_rows(FEW_ROWS, FOLLOWING, 18)),
        bands=_BAR,
    ),
    "quote": Layout(
        "kit.slides.layout.quote",
        (
            Box("title", 0, 1.733, 0.6, 10.0, 0.9, 24, True, "bg1", "ctr"),
            Box("body", 11, 1.733, 1.7, 10.0, 3.9, 40, False, "bg1", "ctr"),
            Box("body", 12, 1.733, 5.75, 10.0, 0.7, 18, False, "bg1"),
        ),
        ground="accent1",
        bands=((1.1, 1.7, 0.08, 3.9, "bg1"),),
        foot="bg1",
    ),
}


def emu(inches: float) -> int:
    """Give inches in the unit of the format."""
    return round(inches * _EMU)


@dataclass(frozen=True, slots=True)
class Side:
    """From which side the slides are written: what stands left is mirrored for the right."""

    rtl: bool

    @classmethod
    def of(cls, language: str) -> Side:
        """Give the side of a language."""
        return cls(direction(language) == "rtl")

    def x(self, x: float, w: float) -> int:
        """Give the left edge of what stands at a place."""
        return emu(WIDTH - x - w if self.rtl else x)

    def align(self, align: str) -> str:
        """Name a side as the format does."""
        if align == "ctr":
            return "ctr"
        return "r" if (align == "end") != self.rtl else "l"


def template(deck: Deck, strings: Strings) -> tuple[Any, dict[str, Any]]:
    """Make an empty presentation with the theme and the layouts of the course.

    Parameters
    ----------
    deck
        For its colours and its language.
    strings
        Texts, for the names of layouts and what stands in empty placeholders.

    Returns
    -------
    tuple
        The presentation, and its layouts by their names in `LAYOUTS`.
    """
    from pptx import Presentation
    from pptx.util import Emu

    shown = Presentation()
    shown.slide_width, shown.slide_height = Emu(emu(WIDTH)), Emu(emu(HEIGHT))
    # The size of the template has a name, which is no longer true.
    shown.element.sldSz.attrib.pop("type", None)
    made = _Template(shown, deck, strings)
    made.theme()
    made.master()
    return shown, made.layouts()


class _Template:
    def __init__(self, shown: Any, deck: Deck, strings: Strings) -> None:
        self.shown, self.deck, self.t = shown, deck, strings.text
        self.side = Side.of(deck.language)
        self.lang = lang_of(deck.language)

    # --- theme ------------------------------------------------------------------------------

    def theme(self) -> None:
        from pptx.opc.constants import RELATIONSHIP_TYPE
        from pptx.opc.oxml import serialize_part_xml
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import qn

        part = self.shown.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme = parse_xml(part.blob)
        colours_of, fonts = (next(theme.iter(qn(name))) for name in ("a:clrScheme", "a:fontScheme"))
        for named in (theme, colours_of, fonts):
            named.set("name", self.deck.author)
        wanted = self._colours()
        for slot in colours_of:
            for old in list(slot):
                slot.remove(old)
            value = wanted[slot.tag.rpartition("}")[2]].upper()
            slot.append(slot.makeelement(qn("a:srgbClr"), {"val": value}))
        for face in fonts.iter(qn("a:latin"), qn("a:cs")):
            face.set("typeface", FACE)
        for face in fonts.iter(qn("a:font")):
            if face.get("script") in ("Arab", "Hebr"):
                face.set("typeface", FACE)
        part._blob = serialize_part_xml(theme)

    def _colours(self) -> dict[str, str]:
        """Name the colours of the theme as the format does."""
        paper = {name: pair[0].removeprefix("#") for name, pair in colours().items()}
        return {
            "dk1": paper["ink"],
            "lt1": paper["paper"],
            "dk2": self.deck.colour,
            "lt2": self.deck.soft,
            "accent1": self.deck.colour,
            "accent2": paper["right"],
            "accent3": paper["wrong"],
            "accent4": paper["muted"],
            "accent5": paper["accent"],
            "accent6": paper["line"],
            "hlink": paper["accent"],
            "folHlink": paper["muted"],
        }

    # --- master -----------------------------------------------------------------------------

    def master(self) -> None:
        master = self.shown.slide_master
        for one in list(master.placeholders):
            kind = one.element.ph.get("type")
            if kind == "dt":
                one.element.getparent().remove(one.element)
                continue
            x, y, w, h = {
                "title": (EDGE, 0.45, _WIDE, 0.95),
                "body": (EDGE, 1.65, _WIDE, 5.1),
                "ftr": _FOOT,
                "sldNum": _NUMBER,
            }[kind]
            one.left, one.top = self.side.x(x, w), emu(y)
            one.width, one.height = emu(w), emu(h)
            if kind in ("ftr", "sldNum"):
                number = 20 if kind == "ftr" else 21
                self._replace(one.element, self._foot_box(kind, "accent4", number))
        self._styles(master)

    def _replace(self, old: Any, new: Any) -> None:
        old.getparent().replace(old, new)

    def _styles(self, master: Any) -> None:
        """Say how titles and text look, and from which side they are written."""
        from pptx.oxml.ns import qn

        styles = master.element.find(qn("p:txStyles"))
        for level in styles.iter():
            if not str(level.tag).endswith("pPr"):
                continue
            level.set("rtl", "1" if self.side.rtl else "0")
            if level.get("algn") != "ctr" or level.getparent().tag == qn("p:titleStyle"):
                level.set("algn", self.side.align("start"))
            for run in level.iter(qn("a:defRPr")):
                run.set("lang", self.lang)
                if level.getparent().tag == qn("p:titleStyle"):
                    run.set("sz", "3200")
                    run.set("b", "1")
        defaults = self.shown.element.find(qn("p:defaultTextStyle"))
        for run in defaults.iter(qn("a:defRPr")):
            run.set("lang", self.lang)

    # --- layouts ----------------------------------------------------------------------------

    def layouts(self) -> dict[str, Any]:
        layouts = self.shown.slide_layouts
        for spare in list(layouts)[len(LAYOUTS) :]:
            layouts.remove(spare)
        found: dict[str, Any] = {}
        for (name, wanted), layout in zip(LAYOUTS.items(), list(layouts), strict=True):
            self._fill(layout, wanted)
            found[name] = layout
        return found

    def _fill(self, layout: Any, wanted: Layout) -> None:
        element = layout._element
        element.cSld.set("name", self.t(wanted.name))
        for key in ("type", "matchingName"):
            element.attrib.pop(key, None)
        element.set("preserve", "1")
        element.set("userDrawn", "1")
        self._ground(element, wanted.ground)
        tree = element.cSld.spTree
        for old in list(tree)[2:]:
            tree.remove(old)
        number = 2
        for x, y, w, h, colour in wanted.bands:
            tree.append(self._band(number, x, y, w, h, colour))
            number += 1
        for box in wanted.boxes:
            tree.append(self._box(number, box))
            number += 1
        for kind in ("ftr", "sldNum"):
            tree.append(self._foot_box(kind, wanted.foot, number))
            number += 1

    def _ground(self, element: Any, colour: str) -> None:
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import qn

        old = element.cSld.find(qn("p:bg"))
        if old is not None:
            element.cSld.remove(old)
        ground = (
            f'<p:bg {_NS}><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        )
        element.cSld.insert(0, parse_xml(ground))

    def _place(self, x: float, y: float, w: float, h: float) -> str:
        return (
            f'<a:xfrm><a:off x="{self.side.x(x, w)}" y="{emu(y)}"/>'
            f'<a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
        )

    def _band(self, number: int, x: float, y: float, w: float, h: float, colour: str) -> Any:
        from pptx.oxml import parse_xml

        return parse_xml(
            f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="Band {number}"/><p:cNvSpPr/>'
            f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{self._place(x, y, w, h)}'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
            f'</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{self.lang}"/>'
            "</a:p></p:txBody></p:sp>"
        )

    def _box(self, number: int, box: Box) -> Any:
        from xml.sax.saxutils import escape

        from pptx.oxml import parse_xml

        face = "+mj-lt" if box.kind == "title" else "+mn-lt"
        rtl = int(self.side.rtl)
        hang = 'marL="342900" indent="-342900"' if box.bullets else 'marL="0" indent="0"'
        if box.bullets:
            bullet = (
                '<a:buClr><a:schemeClr val="accent1"/></a:buClr>'
                '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
            )
        else:
            bullet = "<a:buNone/>"
        after = round(box.size * 35) if box.kind == "body" else 0
        style = (
            f'<a:lvl1pPr {hang} algn="{self.side.align(box.align)}" rtl="{rtl}">'
            '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
            '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
            f'<a:spcAft><a:spcPts val="{after}"/></a:spcAft>'
            f'{bullet}<a:defRPr sz="{round(box.size * 100)}" b="{int(box.bold)}" '
            f'lang="{self.lang}"><a:solidFill><a:schemeClr val="{box.colour}"/></a:solidFill>'
            f'<a:latin typeface="{face}"/></a:defRPr></a:lvl1pPr>'
        )
        prompt = self.t(f"kit.slides.prompt.{box.kind}")
        ph = 'type="title"' if box.kind == "title" else f'type="{box.kind}" idx="{box.idx}"'
        return parse_xml(
            f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(prompt)} {number}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr>"
            f"<p:spPr>{self._place(box.x, box.y, box.w, box.h)}</p:spPr>"
            f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{box.anchor}">'
            f"<a:normAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>"
            f'<a:p><a:r><a:rPr lang="{self.lang}"/><a:t>{escape(prompt)}</a:t></a:r></a:p>'
            "</p:txBody></p:sp>"
        )

    def _foot_box(self, kind: str, colour: str, number: int) -> Any:
        return foot_box(self.side, self.lang, kind, colour, number, "")


_FOOT = (1.733, 7.02, 9.6, 0.3)
_NUMBER = (WIDTH - EDGE - 1.0, 7.02, 1.0, 0.3)


def foot_box(side: Side, lang: str, kind: str, colour: str, number: int, words: str) -> Any:
    """Make what stands at the foot: ``ftr``, words, or ``sldNum``, the number of the slide."""
    from xml.sax.saxutils import escape

    from pptx.oxml import parse_xml

    x, y, w, h = _FOOT if kind == "ftr" else _NUMBER
    if kind == "ftr" and colour != "bg1":
        x = EDGE
    align = side.align("start" if kind == "ftr" else "end")
    field = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        f'<a:rPr lang="{lang}"/><a:t>‹#›</a:t></a:fld>'
    )
    text = f'<a:r><a:rPr lang="{lang}"/><a:t>{escape(words)}</a:t></a:r>' if words else ""
    idx = 30 if kind == "ftr" else 31
    return parse_xml(
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="{kind} {number}"/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{side.x(x, w)}" y="{emu(y)}"/>'
        f'<a:ext cx="{emu(w)}" cy="{emu(h)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle>'
        f'<a:lvl1pPr algn="{align}" rtl="{int(side.rtl)}"><a:defRPr sz="1100">'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        f"</a:lstStyle><a:p>{field if kind == 'sldNum' else text}"
        f'<a:endParaRPr lang="{lang}"/></a:p></p:txBody></p:sp>'
    )


def lang_of(language: str) -> str:
    """Name a language as office programs do, with a country where they want one."""
    return "en-GB" if language == "en" else language
