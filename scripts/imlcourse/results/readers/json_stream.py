"""JSON values of a file one after the other, with their lines, without holding the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, TextIO

__all__ = ["values_in"]

_BLOCK = 1 << 20
_LONGEST = 64 << 20  # characters of one value
_SPACE, _BETWEEN = re.compile(r"\s*"), re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()
_PAGE = re.compile(
    r'\{\s*(?:"more"\s*:\s*(?:null|"(?:[^"\\]|\\.)*")\s*,\s*)?"statements"\s*:\s*(?=\[)'
)
"""How a page of a record store begins: its statements, and where more are."""
_DAMAGED = (
    "the file is damaged or cut off from here on; what stands before it is used. Ask for the file "
    "again"
)
_NO_JSON = "this line is no statement in JSON, and is left out; ask for the file again"

Tell = Callable[[int, str], None]
"""Takes a line, and what is wrong there."""


class _Buffer:
    """A piece of a text, and where in it somebody has come to."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text, self.at, self.line = "", 0, 1

    def more(self) -> bool:
        """Take in another piece, longer than what is not yet used; says whether there was one."""
        block = self.stream.read(max(_BLOCK, len(self.text) - self.at))
        if block:
            self.text, self.at = self.text[self.at :] + block, 0
        return bool(block)

    def move(self, to: int) -> None:
        """Go on to a place."""
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def skip(self, what: re.Pattern[str] = _SPACE) -> str:
        """Go past signs; gives the one that follows, nothing at the end."""
        while True:
            found = what.match(self.text, self.at)
            self.move(found.end() if found else self.at)
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """Give the value that begins here, and go past it.

        Raises
        ------
        ValueError
            If there is none, or it is cut off.
        """
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if len(self.text) - self.at < _LONGEST and self.more():
                    continue
                raise
            if end == len(self.text) and self.more():
                continue  # a number may go on
            self.move(end)
            return value

    def rest_of_line(self) -> str:
        """Give what stands here up to the end of the line."""
        while (end := self.text.find("\n", self.at)) < 0:
            if len(self.text) - self.at > _LONGEST or not self.more():
                return self.text[self.at :]
        return self.text[self.at : end]


def values_in(stream: TextIO, tell: Tell) -> Iterator[tuple[int, Any]]:
    """Give the statements of a file, one after the other, each with its line.

    Parameters
    ----------
    stream
        The text: a list, one value, one a line, or pages of a record store (``statements`` and
        ``more``), one or several.
    tell
        Is told what could not be read. What else stands in the file is given.
    """
    buffer = _Buffer(stream)
    first = True
    while sign := buffer.skip():
        if sign == "[":
            if not (yield from _listed(buffer, tell)):
                return
        elif sign == "{" and (page := _page(buffer)):
            buffer.move(page)
            if not (yield from _listed(buffer, tell)) or not _closed(buffer, tell):
                return
        else:
            line = buffer.line
            text = buffer.rest_of_line()
            try:
                value = json.loads(text)
                buffer.move(buffer.at + len(text))
            except (ValueError, RecursionError):
                found = None
                if first and sign == "{":
                    found = _over_lines(buffer)
                if found is None:
                    tell(line, _NO_JSON)
                    buffer.move(buffer.at + len(text))
                    first = False
                    continue
                value = found
            if isinstance(value, dict) and isinstance(value.get("statements"), list):
                yield from ((line, one) for one in value["statements"])
            else:
                yield line, value
        first = False


def _page(buffer: _Buffer) -> int:
    """Give where the list of a page begins; 0 if no page begins here."""
    while len(buffer.text) - buffer.at < 4096 and buffer.more():
        pass
    found = _PAGE.match(buffer.text, buffer.at)
    return found.end() if found else 0


def _over_lines(buffer: _Buffer) -> dict[str, Any] | None:
    """Give an object that is written over several lines; None if there is none."""
    try:
        value = buffer.value()  # what cannot be read moves nothing
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _listed(buffer: _Buffer, tell: Tell) -> Generator[tuple[int, Any], None, bool]:
    """Give the values of a list; returns whether it was whole."""
    buffer.move(buffer.at + 1)
    between = _SPACE
    while buffer.skip(between) != "]":
        between = _BETWEEN
        line = buffer.line
        try:
            value = buffer.value()
        except (ValueError, RecursionError) as error:
            if isinstance(error, json.JSONDecodeError):
                line += buffer.text.count("\n", buffer.at, error.pos)
            tell(line, _DAMAGED)
            return False
        yield line, value
    buffer.move(buffer.at + 1)
    return True


def _closed(buffer: _Buffer, tell: Tell) -> bool:
    """Go past what else a page says; says whether it was whole."""
    try:
        while (sign := buffer.skip(_BETWEEN)) != "}":
            if sign != '"':
                raise ValueError
            buffer.value()
            if buffer.skip() != ":":
                raise ValueError
            buffer.move(buffer.at + 1)
            buffer.skip()
            buffer.value()
    except (ValueError, RecursionError):
        tell(buffer.line, _DAMAGED)
        return False
    buffer.move(buffer.at + 1)
    return True
