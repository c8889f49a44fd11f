"""Problems that an author can mend, all gathered in one run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


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
        # A text that is named in it may have line ends; a problem is one line.
        self._found.add(Problem(shown.as_posix(), line, " ".join(what.split())))

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


def repeated(what: str, mend: str = "keep one", *, line: int | None = None) -> str:
    """Say that something stands in a file a second time.

    Parameters
    ----------
    what
        What stands there.
    mend
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
        return f"{what} stands here twice; {mend}"
    first = f" (first in line {line})" if line else ""
    return f"{what} stands here a second time{first}; {mend}"


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
