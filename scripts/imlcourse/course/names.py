"""Names that files of the course give to things, and names by which other files refer to them.

For each kind of thing (a unit, a right, an item …) there is one answer to the question whether it
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
    """The names of all kinds of things, and how they are used.

    Parameters
    ----------
    problems
        Where names that lead nowhere are reported.
    """

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._known: dict[str, dict[str, None]] = {}
        self._whole: dict[str, bool | Callable[[str], bool]] = {}
        self._used: dict[str, set[str]] = {}

    def declare(
        self, kind: str, names: Iterable[str], *, whole: bool | Callable[[str], bool] = True
    ) -> None:
        """Say which names of a kind there are.

        Parameters
        ----------
        kind
            What they name, such as ``right``.
        names
            The names that are there, in order; more may be declared later.
        whole
            Whether these are all; or, for a name that is not among them, whether it is sure that
            it is not there.
        """
        self._known.setdefault(kind, {}).update(dict.fromkeys(names))
        self._whole[kind] = whole

    def known(self, kind: str) -> list[str]:
        """Give the names of a kind that are there for sure, in order."""
        return list(self._known.get(kind, ()))

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
        whole = self._whole.get(kind, False)
        sure = whole(name) if callable(whole) else whole
        return Answer.NO if sure else Answer.UNKNOWN

    def guess(self, kind: str, name: str) -> str | None:
        """Give the name that was probably meant, if there is one. Numbers are never guessed."""
        known = self._known.get(kind, {})
        return None if name in known else nearest(name, known)

    def use(self, kind: str, name: str) -> None:
        """Say that a thing is used, or what was probably meant by its name."""
        self._used.setdefault(kind, set()).update({name, self.guess(kind, name) or name})

    def report_missing(
        self, kind: str, name: str, path: Path, line: int, message: str = "", mend: str = ""
    ) -> Answer:
        """Report a name that leads nowhere; it counts as used, whatever the answer is.

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
        mend
            How it is mended, besides writing what was probably meant.

        Returns
        -------
        Answer
            Whether the thing is there. Only ``NO`` is reported.
        """
        self.use(kind, name)
        answer = self.has(kind, name)
        if answer is Answer.NO:
            guess = self.guess(kind, name)
            hint = f" (did you mean {guess}?)" if guess else ""
            what = message or f"no {kind} “{name}”"
            self._problems.add(path, line, f"{what}{hint}{'; ' if mend else ''}{mend}")
        return answer

    def unused(self, kind: str) -> list[str]:
        """Give the names of a kind by which nothing refers to it, in order."""
        used = self._used.get(kind, set())
        return [name for name in self.known(kind) if name not in used]
