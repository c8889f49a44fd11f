"""The certificates as PDF: one a page, A4 or Letter on its long side, names in any script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from imlcourse.course.agenda import Paper
from imlcourse.course.model import Course
from imlcourse.html.writer import module_label
from imlcourse.languages.locales import direction
from imlcourse.languages.strings import Strings
from imlcourse.markup.inline import inline_text
from imlcourse.pages.certificate import certificate_art
from imlcourse.products.kit.pdf import quoted, typeset

__all__ = ["CertificateSheet", "certificates_pdf", "duration", "module_name", "without_letters"]

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_SIZES: dict[Paper, tuple[float, float]] = {"A4": (297, 210), "Letter": (279.4, 215.9)}


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """A certificate: what it says, and the text of its QR code."""

    said: dict[str, Any]
    text: str
    fingerprint: str


def certificates_pdf(
    course: Course, sheets: Sequence[CertificateSheet], paper: Paper, *, title: str = ""
) -> bytes:
    """Set certificates, one a page.

    Parameters
    ----------
    course
        The course, in the language of the certificates.
    sheets
        The certificates.
    paper
        The paper.
    title
        What the file is called; the name of what it holds if none is given.

    Returns
    -------
    bytes
        A PDF that keeps to PDF/UA-1, with a bookmark for each person.
    """
    t = course.strings.text
    told = [
        words
        for sheet in sheets
        for name in ("name", "office", "organizer", "trainer", "place")
        for words in [sheet.said[name]]
    ]
    source = [_opening(course, title or t("attendance.certificates"), paper)]
    source += [_page(course, sheet, first=at == 0) for at, sheet in enumerate(sheets)]
    any_script = not all(map(_in_our_letters, told))
    return typeset("\n".join(source), course.about.language, any_script=any_script)


def without_letters(words: str, language: str) -> str:
    """Give the first letters of words that no face of this machine has; nothing if all are there.

    Typst refuses to write a PDF for everybody (PDF/UA) in which a letter would be an empty box.
    """
    import typst

    if _in_our_letters(words):
        return ""
    source = f'{_TEMPLATE.read_text(encoding="utf-8")}\n#set document(title: "-")\n#{_named(words)}'
    try:
        typeset(source, language, any_script=True)
    except typst.TypstError as error:
        said = str(error).partition("`")[2].partition("`")[0]
        return said.strip('"') or words
    return ""


@lru_cache(maxsize=256)
def _in_our_letters(words: str) -> bool:
    """Say whether our own typeface has all letters of some words."""
    import typst

    if words.isascii():
        return True
    face = '#set text(font: "Atkinson Hyperlegible Next", fallback: false)'
    try:
        typeset(f'#set document(title: "-")\n{face}\n#{quoted(words)}', "en")
    except typst.TypstError:
        return False
    return True


def _opening(course: Course, title: str, paper: Paper) -> str:
    about = course.about
    day = date.fromisoformat(about.date)
    language, _, region = about.language.partition("-")
    width, height = _SIZES[paper]
    art = certificate_art()
    return "\n".join(
        [
            _TEMPLATE.read_text(encoding="utf-8"),
            f"#let emblem = {quoted(art['emblem'])}",
            "#show: certificates.with("
            f"title: {quoted(title)}, author: {quoted(inline_text(about.title))}, "
            f"language: {quoted(language)}, "
            f"region: {quoted(region) if len(region) == 2 else 'none'}, "
            f"direction: {direction(about.language)}, "
            f"day: datetime(year: {day.year}, month: {day.month}, day: {day.day}), "
            f"width: {width:g}mm, height: {height:g}mm, "
            f"corner: {quoted(art['corner'])}, waves: {quoted(art['waves'])})",
        ]
    )


def _page(course: Course, sheet: CertificateSheet, *, first: bool) -> str:
    said, about, t = sheet.said, course.about, course.strings.text
    strings = course.strings
    days = strings.date(said["from"])
    if said["to"] != said["from"]:
        days = t("attendance.days", first=days, last=strings.date(said["to"]))
    facts = [
        (t("attendance.reference"), said["ref"]),
        (t("attendance.key"), sheet.fingerprint),
        (t("player.cert.version"), about.version),
    ]
    lines = [
        (said["trainer"], t("attendance.trainer")),
        (said["organizer"], t("attendance.organizer")),
    ]
    small = [
        f"{t('attendance.says.breaks')} {t('attendance.says.no.test')} "
        f"{course.strings['certificate.own']}",
        t("attendance.says.check"),
    ]
    values = {
        "emblem": "emblem",
        "course": quoted(inline_text(about.title)),
        "subtitle": quoted(inline_text(about.subtitle)),
        "title": quoted(t("attendance.certificate")),
        "says": quoted(t("player.cert.says")),
        "name": _named(said["name"]),
        "office": _named(said["office"]) if said["office"] else "none",
        "took": quoted(t("attendance.took")),
        "attended": quoted(
            t("attendance.hours", attended=duration(strings, said["minutes"]),
              whole=duration(strings, said["of"]))
            if said["minutes"] != said["of"]
            else t("attendance.hours.all", whole=duration(strings, said["of"]))
        ),
        "when": _named(t("attendance.when", days=days, place=said["place"])),
        "heading-of-modules": quoted(t("attendance.modules")),
        "modules": _array(quoted(module_name(course, one)) for one in said["modules"]),
        "lines": _array(f"({_named(one)}, {quoted(two)})" for one, two in lines),
        "facts": _array(f"({quoted(one)}, {quoted(two)})" for one, two in facts),
        "small": _array(map(quoted, small)),
        "qr": quoted(qr_drawn(sheet.text)),
        "qr-says": quoted(t("attendance.qr")),
        "first": str(first).lower(),
    }  # fmt: skip
    return "#certificate(" + ", ".join(f"{name}: {value}" for name, value in values.items()) + ")"


def _named(words: str) -> str:
    """Write a name: in our typeface if it has all of its letters, else in one of the machine."""
    return f"named({quoted(words)}, {str(_in_our_letters(words)).lower()})"


def _array(values: Iterable[str]) -> str:
    return "(" + "".join(f"{value}, " for value in values) + ")"


def duration(strings: Strings, minutes: int) -> str:
    """Write how long something took, in hours and minutes."""
    hours, rest = divmod(minutes, 60)
    written = [strings.plural("attendance.h", hours)] if hours else []
    if rest or not hours:
        written.append(strings.plural("kit.minutes", rest))
    return strings.text("attendance.and").join(written)


def module_name(course: Course, id_: str) -> str:
    """Give a module by its number and its title."""
    module = course.modules[id_]
    label = module_label(module, course.strings)
    return course.strings.text("module.named", label=label, title=inline_text(module.title))


def qr_drawn(text: str) -> str:
    """Draw the QR code of a certificate: as small as it gets, since a name may be long."""
    import segno

    drawn = segno.make_qr(text, error="l").svg_inline(scale=1, border=0, omitsize=True, dark="#000")
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
