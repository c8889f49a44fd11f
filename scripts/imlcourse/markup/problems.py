"""Problems that an author can mend, all gathered in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class UsageError(Exception):
    """A command asks for what cannot be; the message says what is wrong, and what to write."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a file of the course.

    Attributes
    ----------
    path
        The file, relative to the root of the course where it lies in it.
    line
        Line number, from 1; 0 where the file as a whole is meant.
    what
        What is wrong, and how to mend it.
    """

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}" if self.line else f"{self.path}: {self.what}"


MOST_OF_VALUE = 80
"""Characters of a value that a message repeats: enough to find it by."""
MOST_OF_MESSAGE = 600

_VALUE = re.compile(rf"“([^”]{{{MOST_OF_VALUE + 1},}})”|(\S{{{MOST_OF_VALUE * 2 + 1},}})")


def shortened(message: str) -> str:
    """Write a message on one line of bounded length, with long values cut.

    Parameters
    ----------
    message
        A message, in which values of a file may be repeated; they may have line ends.

    Returns
    -------
    str
        At most `MOST_OF_MESSAGE` characters.
    """
    # Long ones are cut first, since a pattern would take its time with a megabyte.
    if len(message) > 20 * MOST_OF_MESSAGE:
        message = f"{message[: 10 * MOST_OF_MESSAGE]} … {message[-10 * MOST_OF_MESSAGE :]}"
    message = _VALUE.sub(_cut, " ".join(message.split()))
    if len(message) > MOST_OF_MESSAGE:
        half = MOST_OF_MESSAGE // 2 - 2
        message = f"{message[:half]} … {message[-half:]}"
    return message


def _cut(value: re.Match[str]) -> str:
    if value[1] is not None:
        return f"“{value[1][: MOST_OF_VALUE - 1]}…”"
    return f"{value[2][:MOST_OF_VALUE]}…{value[2][-MOST_OF_VALUE:]}"


class Problems:
    """All problems found so far, through which every part of the check reports.

    Parameters
    ----------
    root
        The root of the course; paths are shown relative to it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._found: set[Problem] = set()

    def add(self, path: Path, line: int, what: str) -> None:
        """Report a problem: in a file, at a line (0: the whole file), what and how to mend it."""
        shown = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        # A name that is not UTF-8 has places that cannot be written.
        name = shown.as_posix().encode("utf-8", "replace").decode()
        what = what.encode("utf-8", "replace").decode()
        self._found.add(Problem(name, line, shortened(what)))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Report problems that were found elsewhere."""
        self._found.update(problems)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> list[Problem]:
        """All problems, by file and line."""
        return sorted(self._found)


def repeated(what: str, remedy: str = "keep one", *, line: int | None = None) -> str:
    """Say that something stands in a file a second time.

    Parameters
    ----------
    what
        What stands there.
    remedy
        How it is mended.
    line
        The line in which it stands first; 0 where that is not known, None where the two stand in
        one list.

    Returns
    -------
    str
        A message.
    """
    if line is None:
        return f"{what} stands here twice; {remedy}"
    first = f" (first in line {line})" if line else ""
    return f"{what} stands here a second time{first}; {remedy}"


class CourseError(Exception):
    """The course has problems, so nothing is made from it.

    Parameters
    ----------
    problems
        The problems, by file and line.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
