"""Names that files of the course give to things, and names by which other files refer to them.

For each kind of thing (a page, a right, an item …) there is one answer to the question whether it
is there: yes, no, or that it cannot be known, since the file that would hold it could not be read.
A name that leads nowhere is reported once, with the name that was probably meant; what was
probably meant counts as used, so that one slip does not draw a second report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

from imlcourse.languages.spelling import nearest
from imlcourse.markup.problems import Problems

__all__ = ["Answer", "Names"]


class Answer(Enum):
    """Whether something is there."""

    YES = "it is there"
    NO = "it is not there"
    UNKNOWN = "what would hold it could not be read, which is reported"


class Names:
    """The names of all kinds of things.

    Parameters
    ----------
    problems
        Where names that lead nowhere are reported.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._known: dict[str, dict[str, None]] = {}
        self._sure: dict[str, bool | Callable[[str], bool]] = {}
        self._complete: dict[str, bool] = {}

    def declare(
        self,
        kind: str,
        names: Iterable[str],
        *,
        sure: bool | Callable[[str], bool] = True,
        complete: bool = True,
    ) -> None:
        """Say which names of a kind there are.

        Parameters
        ----------
        kind
            What they name, such as ``right``.
        names
            The names that are written, in order: of what has a mistake in it too.
        sure
            Whether it is known of a name that is not among them that it is not there; or what
            says so of a name.
        complete
            Whether everything of the kind could be read, with all that it holds.
        """
        self._known[kind] = dict.fromkeys(names)
        self._sure[kind] = sure
        self._complete[kind] = complete

    def known(self, kind: str) -> list[str]:
        """Give the names of a kind that are there, in order."""
        return list(self._known.get(kind, ()))

    def complete(self, kind: str) -> bool:
        """Say whether all of a kind could be read, so that what it lacks is lacking."""
        return self._complete.get(kind, False)

    def sure(self, kind: str) -> bool:
        """Say whether it is known of every name of a kind whether it is there."""
        return self._sure.get(kind, False) is True

    def has(self, kind: str, name: str) -> Answer:
        """Say whether a thing is there.

        Parameters
        ----------
        kind
            What it is. A kind of which nothing was declared cannot be known.
        name
            Its name.

        Returns
        -------
        Answer
            Yes, no, or that it cannot be known.
        """
        if name in self._known.get(kind, ()):
            return Answer.YES
        sure = self._sure.get(kind, False)
        return Answer.NO if (sure(name) if callable(sure) else sure) else Answer.UNKNOWN

    def guess(self, kind: str, name: str) -> str | None:
        """Give the name that was probably meant, if there is one. Numbers are never guessed."""
        known = self._known.get(kind, {})
        return None if name in known else nearest(name, known)

    def report_missing(
        self,
        kind: str,
        name: str,
        path: Path,
        line: int,
        message: str = "",
        remedy: str = "",
        *,
        guess: str | None = None,
    ) -> Answer:
        """Report a name that leads nowhere.

        Parameters
        ----------
        kind
            What it names.
        name
            The name, as it is written.
        path, line
            Where it is written.
        message
            What is said of it; that there is none of the kind, if nothing.
        remedy
            How it is mended, besides writing what was probably meant.
        guess
            What was probably meant, where more is known than how it is spelt.

        Returns
        -------
        Answer
            Whether the thing is there. Only ``NO`` is reported.
        """
        answer = self.has(kind, name)
        if answer is Answer.NO:
            meant = guess or self.guess(kind, name)
            hint = f" (did you mean {meant}?)" if meant else ""
            what = message or f"no {kind} “{name}”"
            self._problems.add(path, line, f"{what}{hint}{'; ' if remedy else ''}{remedy}")
        return answer

    def unused(self, kind: str, used: Iterable[str]) -> list[str]:
        """Give the names of a kind by which nothing refers to it.

        Parameters
        ----------
        kind
            What they name.
        used
            Names that are referred to, as they are written. What was probably meant by one counts
            as used.

        Returns
        -------
        list of str
            In order.
        """
        written = set(used)
        unused = [name for name in self.known(kind) if name not in written]
        # Guessing is slow, and there is nothing to guess where all of them are written.
        meant = {self.guess(kind, name) for name in written} if unused else set()
        return [name for name in unused if name not in meant]
