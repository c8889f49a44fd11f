"""Result codes: typed into a text file, a table or the command, or photographed.

In a text file there is a code on each line, and before it, if you like, the name of whoever it
belongs to. A photo may hold several QR codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, time
from itertools import takewhile
from typing import Any, ClassVar

from imlcourse.live.entries import moment
from imlcourse.results.answers import Answer
from imlcourse.results.codes import CodeError, ReadCode, read_code
from imlcourse.results.intake import Intake, ReportError, Source
from imlcourse.results.readers.base import Reader, open_text

__all__ = ["CodeReader", "PhotoReader", "take_code", "take_codes"]

_LINES = tuple(
    re.compile(rf"^(?P<name>.*?)(?<!\w)(?P<code>(?:IML[\s:]+)?{code})\W*$", re.IGNORECASE)
    for code in (
        # Codes begin with 1, the sign of their format; a name before it may have any letters.
        r"1\w{3}(?:[\s.\-\u2010-\u2015]+\w{4}){4,6}",
        r"1(?:[\s.\-\u2010-\u2015]*\w){11,39}",
        r"[Il](?:[\s.\-\u2010-\u2015]*\w){11,39}",
        r"(?<=[,;:|=\t])\s*[^,;:|=\t]+",
        r"\w{4}(?:[\s.\-\u2010-\u2015]*\w{4}){4,6}",
    )
)
_PREFIX = re.compile(r"IML\s+\S")
_GROUP = 4
_ROOM = 4_000
"""Pixels of the longer side to which a photo is made smaller: larger ones tell no more."""


def take_code(
    source: Source, line: int, text: str, intake: Intake, name: str = ""
) -> ReadCode | None:
    """Take what a code says; tell what is wrong with it, if it cannot be read.

    Parameters
    ----------
    source, line
        Where it stands.
    text
        The code.
    intake
        Where it goes.
    name
        Whose it is, if somebody has written that.
    """
    try:
        read = read_code(text, intake.coded_tests)
    except CodeError as error:
        intake.problem(source, line, f"{error}; the code is left out")
        return None
    except ImportError:
        raise _missing("reedsolo", source) from None
    # Noon, so that it is the same day nearly everywhere; of one day, the first attempt first.
    begun = (moment(f"{datetime.combine(read.date, time(12)).isoformat()}Z") or 0.0) + read.attempt
    intake.coded(source, read.person, name, read.test, read.attempt)
    intake.sitting(
        source,
        line,
        read.person,
        read.test,
        [
            Answer("", "" if read.present else "?", one.points / one.count, None, one.name)
            for one in read.results
            for _ in range(one.count)
        ],
        attempt=f"code/{read.test}/{read.attempt}",
        begun=begun,
        ended=begun,
        edition="" if read.present else "?",
    )
    return read


def take_codes(source: Source, given: Sequence[str], intake: Intake) -> None:
    """Take codes of the command: each in one argument, or its groups one after the other."""
    for number, code in enumerate(_codes_in(list(given), intake), 1):
        _take_line(source, number, code, intake)


def _codes_in(rest: list[str], intake: Intake) -> Iterator[str]:
    while rest:
        groups = [*takewhile(lambda one: len(one) <= _GROUP, rest)]
        count = len(groups) or 1
        for many in (5, 6, 7):
            with suppress(CodeError):
                read_code(" ".join(groups[:many]), intake.coded_tests)
                count = many
                break
        yield " ".join(rest[:count])
        del rest[:count]


def _take_line(source: Source, line: int, text: str, intake: Intake) -> None:
    found = next((found for one in _LINES if (found := one.match(text.strip()))), None)
    if found:
        take_code(source, line, found["code"], intake, found["name"].strip(" \t,;:|=\"'"))
    else:
        what = "there is no code in this line; write it as the screen shows it, 20 to 28 signs"
        intake.problem(source, line, what)


class CodeReader(Reader):
    """Reads codes that somebody has typed."""

    endings: ClassVar[tuple[str, ...]] = (".txt",)

    def read(self, source: Source, intake: Intake) -> None:
        """Read a code from each line; empty lines, and those that begin with #, are passed over."""
        with open_text(source.path) as stream:
            for number, line in enumerate(stream.read().splitlines(), 1):
                if line.strip() and not line.lstrip().startswith("#"):
                    _take_line(source, number, line, intake)


class PhotoReader(Reader):
    """Reads the QR codes in photos of screens, and of paper."""

    endings: ClassVar[tuple[str, ...]] = (".jpg", ".jpeg", ".png", ".webp")
    text: ClassVar[bool] = False

    def read(self, source: Source, intake: Intake) -> None:
        """Read all codes in a photo; other QR codes are passed over."""
        try:
            import zxingcpp
            from PIL import Image, ImageOps
        except ImportError:
            raise _missing("zxing-cpp and pillow", source) from None
        try:
            with Image.open(source.path) as opened:
                photo: Any = ImageOps.exif_transpose(opened).convert("L")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            intake.problem(source, 0, "this is no photo that can be read; save it as JPEG or PNG")
            return
        photo.thumbnail((_ROOM, _ROOM))
        formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        found = sorted({one.text for one in zxingcpp.read_barcodes(photo, formats=formats)})
        codes = [text for text in found if _PREFIX.match(text)]
        if not codes:
            what = (
                "there is no QR code of a result in this photo that can be read; take it nearer "
                "and without reflections, or type the code"
            )
            intake.problem(source, 0, what)
        for code in codes:
            take_code(source, 0, code, intake)


def _missing(what: str, source: Source) -> ReportError:
    return ReportError(
        f"{what} {'are' if ' and ' in what else 'is'} not installed, and {source.path.name} cannot "
        "be read without; run python3 scripts/build.py report with the same files"
    )
