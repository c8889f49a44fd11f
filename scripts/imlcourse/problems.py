"""Problems that an author can mend, all gathered in one run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from imlcourse.spelling import distance


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

    def __bool__(self) -> bool:
        return bool(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def sorted(self) -> list[Problem]:
        """All problems, by file and line."""
        return sorted(self._found)


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


def near(word: str, known: Iterable[str]) -> str:
    """Say which known word a mistyped one probably is.

    A guess that is wrong leads further astray than none. So numbers are never changed: *m01-i3*
    is m01-i03, and *m01-i99* is nothing.

    Parameters
    ----------
    word
        The word as written.
    known
        The words that would have been right.

    Returns
    -------
    str
        `` (did you mean …?)``, or nothing where none is near.
    """
    guess = nearest(word, known)
    return f" (did you mean {guess}?)" if guess else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Give the known word that a mistyped one probably is, if there is one.

    Parameters
    ----------
    word
        The word as written.
    known
        The words that would have been right.

    Returns
    -------
    str or None
        The word that is written alike, has the same words in it, or differs by few letters.
    """
    pieces = {name: _pieces(name) for name in sorted(set(known))}
    if word in pieces:
        return None
    written = _pieces(word)
    alike = {name: of for name, of in pieces.items() if _numbers(of) == _numbers(written)}
    for name, of in alike.items():
        if of == written:
            return name
    spelt = "".join(written)
    most = _slips(spelt)
    far = {
        name: distance(spelt, "".join(of))
        for name, of in alike.items()
        if abs(len(name) - len(word)) <= most
    }
    if far and min(far.values()) <= most:
        return min(far, key=lambda name: far[name])
    # The right words in another order, or the first or the last of them left out.
    holding = [
        name
        for name, of in alike.items()
        if len(written) > 1 and len(of) > 1 and (set(written) <= set(of) or set(written) >= set(of))
    ]
    return holding[0] if len(holding) == 1 else None


_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")


def _pieces(word: str) -> list[str]:
    """Take a word apart, so that case, zeros and joining signs do not count."""
    return [
        piece.lstrip("0") or "0" if piece.isdigit() else piece
        for piece in _PIECE.findall(word.casefold())
    ]


def _numbers(pieces: list[str]) -> list[str]:
    return [piece for piece in pieces if piece.isdigit()]


def _slips(word: str) -> int:
    """Say how many slips of the hand still leave a word known: none in very short ones."""
    return min(2, len(word) // 4)
