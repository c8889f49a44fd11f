"""The index: it checks quotations from the document without holding the document.

For each unit the index keeps, in order, a hash of every five words that follow one another. A
quotation stands in a unit, word for word and in order, exactly when the hashes of its own
five-word stretches stand there side by side. No word can be read from the hashes: each takes in
five words at once, is salted, and is slow to compute. What no such index can prevent is that who
already knows four words in a row tries a dictionary for the fifth, one slow guess after another:
whatever confirms quotations also confirms guesses.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from imlcourse.document.edition import Edition
from imlcourse.document.reader import Document
from imlcourse.document.words import words

STRETCH = 5
"""Words in a stretch, and so in the shortest quotation that can be checked."""

# Slow on purpose, so that guessing is dear: about 0.1 ms a stretch. A quotation of 20 words
# takes five of them, so that a whole course is still checked in a fraction of a second.
_ROUNDS = 500
_HASH_BYTES = 5
_FORMAT = 1


class IndexFileError(ValueError):
    """The index file is missing, damaged or of another format."""


@dataclass(frozen=True, slots=True)
class IndexedUnit:
    """What the index knows of a unit.

    Attributes
    ----------
    id, section, region, place, marks
        As in `imlcourse.document.reader.Unit`.
    word_count
        Number of words.
    hashes
        The hash of each five-word stretch, in order: ``word_count - 4`` of them.
    """

    id: str
    section: str
    region: str
    place: str
    marks: tuple[str, ...]
    word_count: int
    hashes: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of a quotation found.

    Attributes
    ----------
    found
        Whether the quotation stands in the unit, word for word and in order.
    words
        The words of the quotation, as compared.
    departs
        Positions in `words` among which the first word lies that departs from the unit: one
        position as a rule; all of the first stretch if no stretch of the quotation stands in the
        unit, since hashes tell no more; ``None`` if found.
    elsewhere
        Ids of other units in which the whole quotation stands.
    """

    found: bool
    words: tuple[str, ...]
    departs: range | None = None
    elsewhere: tuple[str, ...] = ()


class DocumentIndex:
    """The units of the document and the hashes that check quotations from them.

    Parameters
    ----------
    units
        All units by id.
    edition
        What is known of the document; its `index_name` goes into every hash.
    title_marks
        Ids of the footnotes whose marks stand in the title.
    """

    def __init__(
        self,
        units: Mapping[str, IndexedUnit],
        edition: Edition,
        title_marks: Iterable[str] = (),
    ) -> None:
        self.units = dict(units)
        self.edition = edition
        self.title_marks = tuple(title_marks)
        self._hashes: dict[tuple[str, ...], bytes] = {}

    @cached_property
    def bearer(self) -> dict[str, str]:
        """For each footnote, the id of the paragraph in which its mark stands."""
        return {mark: unit.id for unit in self.units.values() for mark in unit.marks}

    def check(self, unit_id: str, quotation: str) -> Verdict:
        """Check that a quotation stands in a unit.

        Parameters
        ----------
        unit_id
            Id of a unit, as in `Edition.unit_ids`.
        quotation
            The words quoted, at least `STRETCH` of them.

        Returns
        -------
        Verdict
            Whether it stands there; if not, where it departs and where else it stands.

        Raises
        ------
        KeyError
            If there is no such unit.
        ValueError
            If the quotation has fewer words than can be checked.
        """
        quoted = tuple(words(quotation))
        if len(quoted) < STRETCH:
            msg = f"a quotation of {len(quoted)} words; at least {STRETCH} can be checked"
            raise ValueError(msg)
        if self._stands_in(self.units[unit_id], quoted):
            return Verdict(True, quoted)
        elsewhere = tuple(
            other.id
            for other in self.units.values()
            if other.id != unit_id and self._stands_in(other, quoted)
        )
        return Verdict(False, quoted, self._departure(self.units[unit_id], quoted), elsewhere)

    def _hash(self, stretch: tuple[str, ...]) -> bytes:
        known = self._hashes.get(stretch)
        if known is None:
            known = self._hashes[stretch] = hash_stretch(stretch, self.edition.index_name)
        return known

    def _stands_in(self, unit: IndexedUnit, quoted: tuple[str, ...]) -> bool:
        last = len(quoted) - STRETCH
        # Stretches side by side cover every word at its own place; the last one may overlap.
        starts = [*range(0, last, STRETCH), last]
        first = self._hash(quoted[:STRETCH])
        at = -1
        while True:
            try:
                at = unit.hashes.index(first, at + 1)
            except ValueError:
                return False
            if at + last < len(unit.hashes) and all(
                unit.hashes[at + i] == self._hash(quoted[i : i + STRETCH]) for i in starts[1:]
            ):
                return True

    def _departure(self, unit: IndexedUnit, quoted: tuple[str, ...]) -> range:
        hashes = [self._hash(quoted[i : i + STRETCH]) for i in range(len(quoted) - STRETCH + 1)]
        longest = 0
        for at, here in enumerate(unit.hashes):
            if here == hashes[0]:
                run = 1
                while (
                    run < len(hashes)
                    and at + run < len(unit.hashes)
                    and unit.hashes[at + run] == hashes[run]
                ):
                    run += 1
                longest = max(longest, run)
        if longest:
            return range(longest + STRETCH - 1, longest + STRETCH)
        # The first stretch departs. If the next ones do too until one stands in the unit, then the
        # word right before that one departs: a single changed word is found in this way.
        in_unit = set(unit.hashes)
        for i, later in enumerate(hashes[: STRETCH + 1]):
            if later in in_unit:
                return range(i - 1, i)
        return range(STRETCH)


_hashed: dict[tuple[str, str], bytes] = {}


def hash_stretch(stretch: Iterable[str], name: str) -> bytes:
    """Hash a stretch of words.

    Parameters
    ----------
    stretch
        `STRETCH` words as `imlcourse.document.words.words` gives them.
    name
        `Edition.index_name`, the salt.

    Returns
    -------
    bytes
        Five bytes.
    """
    joined = " ".join(stretch)
    known = _hashed.get((name, joined))
    if known is None:
        known = hashlib.pbkdf2_hmac("sha256", joined.encode(), name.encode(), _ROUNDS, _HASH_BYTES)
        _hashed[name, joined] = known
    return known


def hashed() -> list[tuple[str, str, str]]:
    """Give what was hashed so far, for `remember_hashed` in another process.

    The words are those of the course's own quotations.
    """
    return [(*asked, known.hex()) for asked, known in sorted(_hashed.items())]


def remember_hashed(earlier: Iterable[tuple[str, str, str]]) -> None:
    """Take over what the same version hashed, since it is slow by intent."""
    for name, joined, known in earlier:
        _hashed[name, joined] = bytes.fromhex(known)


def index_document(document: Document, edition: Edition) -> DocumentIndex:
    """Make the index of a document.

    Parameters
    ----------
    document
        The document as read.
    edition
        What is known of it.

    Returns
    -------
    DocumentIndex
        Its index, from which no text can be read back.
    """
    units = {}
    for unit in document.units.values():
        text = words(unit.text)
        hashes = tuple(
            hash_stretch(text[i : i + STRETCH], edition.index_name)
            for i in range(len(text) - STRETCH + 1)
        )
        units[unit.id] = IndexedUnit(
            unit.id, unit.section, unit.region, unit.place, unit.marks, len(text), hashes
        )
    return DocumentIndex(units, edition, document.title_marks)


def index_text(index: DocumentIndex) -> str:
    """Write an index as the text of the file that the project commits.

    Parameters
    ----------
    index
        The index.

    Returns
    -------
    str
        JSON, one unit a line, the same for the same document.
    """
    head = {
        "document": f"{index.edition.publisher}, {index.edition.index_name}",
        "format": _FORMAT,
        "title_marks": list(index.title_marks),
    }
    lines = [json.dumps(head, ensure_ascii=False)[:-1] + ', "units": {']
    for unit in index.units.values():
        entry = {
            "section": unit.section,
            "region": unit.region,
            "place": unit.place,
            "marks": list(unit.marks),
            "words": unit.word_count,
            "hashes": base64.b64encode(b"".join(unit.hashes)).decode("ascii"),
        }
        lines.append(f"{json.dumps(unit.id)}: {json.dumps(entry, ensure_ascii=False)},")
    lines[-1] = lines[-1][:-1] + "}}"
    return "\n".join(lines) + "\n"


def read_index(path: Path, edition: Edition) -> DocumentIndex:
    """Read the index that the project commits.

    Parameters
    ----------
    path
        The file that ``course index`` wrote.
    edition
        What is known of the document.

    Returns
    -------
    DocumentIndex
        The index.

    Raises
    ------
    IndexFileError
        If the file is missing, damaged or of another format.
    """
    remedy = "restore it from the project's history, or make it anew: course index DOCUMENT"
    try:
        if path.exists() and not path.is_file():  # whoever reads a pipe may wait for ever
            msg = f"the index of the document is no plain file; {remedy}"
            raise IndexFileError(msg)
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            msg = f"of format {data['format']}, not {_FORMAT}; {remedy}"
            raise IndexFileError(msg)
        units = {unit_id: _read_unit(unit_id, entry) for unit_id, entry in data["units"].items()}
        if tuple(units) != edition.unit_ids:
            msg = f"it does not hold the {len(edition.unit_ids)} units in order; {remedy}"
            raise IndexFileError(msg)
        return DocumentIndex(units, edition, data["title_marks"])
    except FileNotFoundError as error:
        msg = f"the index of the document is missing; {remedy}"
        raise IndexFileError(msg) from error
    except IndexFileError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        msg = f"the index of the document is damaged ({type(error).__name__}); {remedy}"
        raise IndexFileError(msg) from error


def _read_unit(unit_id: str, entry: Mapping[str, Any]) -> IndexedUnit:
    texts = [*(entry[name] for name in ("section", "region", "place")), *entry["marks"]]
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        msg = f"unit {unit_id}: its section, region, place and marks are texts of one line"
        raise ValueError(msg)
    joined = base64.b64decode(entry["hashes"], validate=True)
    if len(joined) != _HASH_BYTES * max(0, entry["words"] - STRETCH + 1):
        msg = f"unit {unit_id}: {len(joined)} bytes of hashes for {entry['words']} words"
        raise ValueError(msg)
    hashes = tuple(one for (one,) in struct.iter_unpack(f"{_HASH_BYTES}s", joined))
    return IndexedUnit(
        unit_id,
        entry["section"],
        entry["region"],
        entry["place"],
        tuple(entry["marks"]),
        entry["words"],
        hashes,
    )
