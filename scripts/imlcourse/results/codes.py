"""Result codes, as a trainer types them or a photo of a screen holds them.

``player/record/code.js`` says what a code is made of, and writes it; ``tests/codes.json`` holds
both to the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from imlcourse.course.result_codes import CodedTest
from imlcourse.items.blueprint import lot

__all__ = ["CodeError", "CodedResult", "ReadCode", "person_of", "read_code"]

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32."""
_ALIKE = {"I": "1", "L": "1", "O": "0", "U": "V"}
_FORMAT = 1
_HEAD, _CHECKS, _GROUP = 12, 4, 4
_LENGTHS = (20, 24, 28)
_FIRST_DAY = date(2026, 1, 1)
_DAYS = 4096
_BETWEEN = re.compile(r"[\s.,\-_\u2010-\u2015\u2212]")
_PREFIX = re.compile(r"IML[\s:]+", re.IGNORECASE)
_ORDINALS = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th")


class CodeError(Exception):
    """A code cannot be read.

    Parameters
    ----------
    kind
        What is wrong, as the player says it: ``slip``, ``length`` …
    message
        What is wrong and how to mend it.
    groups
        The groups, from 1, in which it is.
    meant
        What the code may have to be, where one or two signs are wrong.
    """

    def __init__(
        self, kind: str, message: str, groups: tuple[int, ...] = (), meant: str = ""
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.groups = groups
        self.meant = meant


@dataclass(frozen=True, slots=True)
class CodedResult:
    """A line of the result that a code says.

    Attributes
    ----------
    name
        The id of the objective, or of the module; empty for the test as a whole.
    points, count
        The points, of how many questions.
    """

    name: str
    points: float
    count: int


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a code says.

    Attributes
    ----------
    code
        The code, in groups of four.
    test
        The id of the test.
    present
        Whether all was asked in the words that the course has now.
    person
        The learner's four signs: the same in every code of one record.
    attempt
        The number of the attempt; 8 for the eighth or a later one.
    date
        The day.
    results
        What was earned, line by line.
    """

    code: str
    test: str
    present: bool
    person: str
    attempt: int
    date: date
    results: tuple[CodedResult, ...]


def person_of(account: str) -> str:
    """Give the four signs that codes of a record have, by its account."""
    return _written(_values(lot(0, f"code/{account}") % 32**4, 4))


def read_code(text: str, tests: Sequence[CodedTest]) -> ReadCode:
    """Read a code.

    Parameters
    ----------
    text
        What was typed, or stands in a QR code. Spaces, dashes and capitals are forgiven, and signs
        that look alike.
    tests
        The tests of the course.

    Raises
    ------
    CodeError
        If it is no code of this course, or there is a slip in it.
    ImportError
        If reedsolo is not installed.
    """
    signs = _signs(text)
    values = bytes(map(SIGNS.index, signs))
    whole, slips = _mended(values)
    if slips:
        raise _slipped(values, whole, slips, tests)
    return _read(values, tests)


def _read(values: bytes, tests: Sequence[CodedTest]) -> ReadCode:
    """Read a code whose check signs fit."""
    if values[0] != _FORMAT:
        raise CodeError("newer", "the code is of a later version of the course; make the report "
                        "with that version")  # fmt: skip
    test = next((one for one in tests if one.place == values[1]), None)
    if test is None:
        what = "the code is of a test that this course does not have; is it of another course?"
        raise CodeError("test", what)
    edition, person, about = (_number(values[a:b]) for a, b in ((2, 4), (4, 8), (8, 12)))
    left = _number(values[_HEAD:-_CHECKS])
    results = []
    for row in reversed(test.rows):
        left, steps = divmod(left, row.values)
        results.append(CodedResult(row.name, steps / row.steps, row.count))
    present = edition == test.edition
    whole = len(values) == _HEAD + test.signs + _CHECKS and not left
    if not whole or not (present or about >> 15 == test.shape):
        what = (
            f"the code is of another edition of {test.test}, whose questions are divided otherwise;"
            " make the report with the course as it was then"
        )
        raise CodeError("edition", what)
    return ReadCode(
        _grouped(_written(values)),
        test.test,
        present,
        _written(_values(person, 4)),
        (about >> 12) % 8 or 8,
        _FIRST_DAY + timedelta(days=about % _DAYS),
        tuple(reversed(results)),
    )


def _signs(text: str) -> str:
    bare = _PREFIX.sub("", unicodedata.normalize("NFKC", text).strip(), count=1)
    found = []
    for sign in _BETWEEN.sub("", bare).upper():
        digit = unicodedata.decimal(sign, None)
        found.append(_ALIKE.get(sign, sign if digit is None else str(digit)))
    if not found:
        raise CodeError("empty", "there is no code; write it as the screen shows it")
    for place, sign in enumerate(found):
        if sign not in SIGNS:
            group = place // _GROUP + 1
            what = (
                f"“{sign}” is no sign of a code; look at the {_ORDINALS[min(group, 7) - 1]} group"
            )
            raise CodeError("strange", what, (group,))
    if len(found) not in _LENGTHS:
        groups = " ".join(bare.split())
        short = [part for part in re.split(r"[\s\-]+", groups) if len(part) != _GROUP]
        where = f" (“{short[0]}” is no group of four)" if short and len(found) > _GROUP else ""
        what = (
            f"the code has {len(found)} signs, and has to have 20, 24 or 28{where}; compare it "
            "with the screen"
        )
        raise CodeError("length", what)
    return "".join(found)


def _mended(values: bytes) -> tuple[bytes, tuple[int, ...]]:
    """Give the nearest code, and where the two differ: all places, if more than two are wrong."""
    from reedsolo import ReedSolomonError, RSCodec

    codec = RSCodec(_CHECKS, nsize=31, fcr=1, prim=0x25, generator=2, c_exp=5)
    try:
        _, whole, slips = codec.decode(values)
    except ReedSolomonError:
        return values, tuple(range(len(values)))
    return bytes(whole), tuple(sorted(slips))


def _slipped(
    values: bytes, whole: bytes, slips: Sequence[int], tests: Sequence[CodedTest]
) -> CodeError:
    """Say where the slips are, if one or two signs are wrong."""
    several = CodeError(
        "slip", "there are several slips in the code; compare it with the screen, group by group"
    )
    if whole == values:
        return several
    try:
        meant = _read(whole, tests).code
    except CodeError:
        # With more slips than two, what was found is chance, and seldom a code of this course.
        return several
    groups = tuple(sorted({place // _GROUP + 1 for place in slips}))
    written, wanted = _grouped(_written(values)).split(), meant.split()
    where = " and ".join(_ORDINALS[group - 1] for group in groups)
    told = ", ".join(f"“{written[g - 1]}” may have to be “{wanted[g - 1]}”" for g in groups)
    each = "group has" if len(groups) == 1 else "groups have"
    what = f"the {where} {each} a slip ({told}); compare it with the screen"
    return CodeError("slip", what, groups, meant)


def _values(number: int, count: int) -> list[int]:
    return [number >> 5 * (count - 1 - at) & 31 for at in range(count)]


def _number(values: Iterable[int]) -> int:
    number = 0
    for value in values:
        number = number << 5 | value
    return number


def _written(values: Iterable[int]) -> str:
    return "".join(SIGNS[value] for value in values)


def _grouped(code: str) -> str:
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
