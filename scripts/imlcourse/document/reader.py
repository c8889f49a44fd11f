"""The document, read from its plain text into units.

A unit is a numbered paragraph or a footnote. Which there are, the edition says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from imlcourse.document.edition import DocumentPart, Edition
from imlcourse.document.words import words

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FOOTNOTE = re.compile(r"^([⁰¹²³⁴-⁹]+)\s+(.+)$")
_PARAGRAPH = re.compile(r"^(\d{1,2})\.\s+(.+)$")
_SECTION = re.compile(r"^[IVX]+\.\s+([^\W\d_][^\W\d_ ’'-]*(?:[ ’'-]+[^\W\d_]+)*)$")
_MARK = re.compile("[⁰¹²³⁴-⁹]+")
_PLACE = re.compile(r"^\*\*(.+?):?\*\*:?")


class DocumentError(ValueError):
    """The text is not the document, or not in the form that can be read."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A numbered paragraph or a footnote.

    Attributes
    ----------
    id
        ``8``, ``fn6``, ``A30`` or ``A-fn2``.
    text
        Its words as they stand in the document, footnote marks taken out, page breaks joined.
    section
        The heading it stands under: a section of the main text, or the annex; for a footnote,
        the section of the paragraph that bears its mark (or the title).
    region
        For an annex paragraph, the heading of the region; else empty.
    place
        For an annex paragraph, the country or group of countries that it names, taken over from
        the paragraph before where it says "in another example"; else empty.
    marks
        Ids of the footnotes whose marks stand in it.
    """

    id: str
    text: str
    section: str
    region: str = ""
    place: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_footnote(self) -> bool:
        """Whether the unit is a footnote."""
        return "fn" in self.id

    @property
    def word_count(self) -> int:
        """Number of words, counted as quotations are compared."""
        return len(words(self.text))


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document.

    Attributes
    ----------
    units
        All units by id, in the order of `Edition.unit_ids`.
    title_marks
        Ids of the footnotes whose marks stand in the title.
    """

    units: dict[str, Unit]
    title_marks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """Where the reader stands: one part (main text or annex) at a time."""

    part: DocumentPart
    first: bool = True
    section: str = ""
    region: str = ""
    place: str = ""
    expected: int = 1
    open_id: str = ""


def parse_document(text: str, edition: Edition) -> Document:
    """Read the plain text of the document into its units.

    A page break may cut a paragraph in two, with the footnotes of the page in between: a line
    that begins nothing new goes on the last paragraph that was opened.

    Parameters
    ----------
    text
        The plain text: one paragraph a line, footnotes at the foot of their page as lines that
        begin with a superscript number, regions and sections as headings of their own.
    edition
        What is known of the document.

    Returns
    -------
    Document
        All units, complete.

    Raises
    ------
    DocumentError
        If a unit is missing or out of order, so that it is not this document.
    """
    at = _Reading(edition.parts[0])
    later = {part.begins: part for part in edition.parts[1:]}
    parts: dict[str, list[str]] = {}
    units: dict[str, Unit] = {}
    title_marks: tuple[str, ...] = ()
    for line in (raw.strip() for raw in text.lstrip("\ufeff").splitlines()):
        if not line:
            continue
        footnote = _FOOTNOTE.match(line)
        paragraph = _PARAGRAPH.match(line)
        heading = _SECTION.match(line)
        if footnote:
            unit_id = at.part.footnote_id(int(footnote[1].translate(_SUPERSCRIPTS)))
            parts[unit_id] = [footnote[2]]
            units[unit_id] = Unit(unit_id, "", at.section)
        elif heading and heading[1].isupper() and at.first:
            at.section, at.open_id = line, ""
        elif line in later:
            at = _Reading(later[line], first=False, section=line)
        elif paragraph and int(paragraph[1]) == at.expected:
            at.open_id = at.part.paragraph_id(at.expected)
            at.expected += 1
            named = _PLACE.match(paragraph[2])
            if named:
                at.place = named[1].strip()
            elif at.place:
                at.place = _narrowed(at.place, paragraph[2], edition.conjunction)
            parts[at.open_id] = [paragraph[2]]
            units[at.open_id] = Unit(at.open_id, "", at.section, at.region, at.place)
        elif not at.first and _is_region(line):
            at.region, at.place = line, ""
        elif at.open_id and not line.isupper():
            parts[at.open_id].append(line)
        elif at.first and not at.section:
            # Cover and title, before the first section.
            title_marks += tuple(at.part.footnote_id(n) for n in _marks(line))
    return _finish(units, parts, title_marks, edition)


def _is_region(line: str) -> bool:
    # A region's heading is short, ends without a full stop and begins nothing that goes on.
    return len(line) < 60 and line[0].isupper() and not line.isupper() and line[-1] not in ".,;:"


def _narrowed(places: str, text: str, conjunction: str) -> str:
    """Of the places taken over from the paragraph before, those that this one names, if any."""
    each = re.split(rf", | {re.escape(conjunction)} ", places)
    named = [place for place in each if re.search(rf"\b{re.escape(place)}\b", text)]
    if not named or len(named) == len(each):
        return places
    return f" {conjunction} ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def _marks(line: str) -> list[int]:
    return [int(mark.translate(_SUPERSCRIPTS)) for mark in _MARK.findall(line)]


def _finish(
    units: dict[str, Unit],
    parts: dict[str, list[str]],
    title_marks: tuple[str, ...],
    edition: Edition,
) -> Document:
    missing = [unit_id for unit_id in edition.unit_ids if unit_id not in units]
    extra = [unit_id for unit_id in units if unit_id not in edition.unit_ids]
    if missing or extra:
        msg = (
            f"this text is not {edition.symbol} as expected: {len(units)} units found, "
            f"{len(edition.unit_ids)} expected"
        )
        if missing:
            msg += f"; missing: {', '.join(missing[:8])}{' …' if len(missing) > 8 else ''}"
        if extra:
            msg += f"; not known: {', '.join(extra[:8])}"
        raise DocumentError(msg)
    bearer: dict[str, Unit] = {}
    whole: dict[str, Unit] = {}
    for unit_id in edition.unit_ids:
        joined = " ".join(parts[unit_id])
        part = edition.part_of(unit_id)
        marks = tuple(part.footnote_id(n) for n in _marks(joined))
        unit = replace(units[unit_id], text=_MARK.sub("", joined), marks=marks)
        whole[unit_id] = unit
        bearer.update(dict.fromkeys(marks, unit))
    for unit_id, unit in whole.items():
        if unit.is_footnote and unit_id in bearer:
            whole[unit_id] = replace(unit, section=bearer[unit_id].section)
        elif unit.is_footnote:
            whole[unit_id] = replace(unit, section=edition.title_section)
    return Document(whole, title_marks)


def read_document(path: Path, edition: Edition) -> Document:
    """Read the document from a file.

    Parameters
    ----------
    path
        A UTF-8 text file.
    edition
        What is known of the document.

    Returns
    -------
    Document
        All units.

    Raises
    ------
    DocumentError
        If the file cannot be read as text or is not the document.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 text (byte {error.start}); save the document as plain UTF-8 text"
        raise DocumentError(msg) from error
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); give the path of the document's text"
        raise DocumentError(msg) from error
    try:
        return parse_document(text, edition)
    except DocumentError as error:
        msg = f"{path}: {error}"
        raise DocumentError(msg) from error
