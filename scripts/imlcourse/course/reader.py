"""Reading the files of a course, and reading again only those that have changed.

Whoever loads a course once needs nothing of this. A live preview loads it at every save, of which
one file is new and fifty are as they were.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from imlcourse.markup.problems import Problem, Problems

_Made = TypeVar("_Made")
_More = ParamSpec("_More")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was made of a file: from what, the result, and the problems reported."""

    data: bytes
    more: tuple[Any, ...]
    result: Any
    problems: tuple[Problem, ...]


class Reader:
    """Reads files; gives again what was made of a file whose bytes are the same.

    What is made of a file must follow from its bytes, its path and the further arguments alone,
    and nobody may change it afterwards. It is kept in memory, by path, for as long as the reader
    is: nothing is kept on disk, so that no result can outlive the program that made it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[Any, Path], _Kept] = {}

    def read(
        self,
        make: Callable[Concatenate[Path, Problems, _More], _Made],
        path: Path,
        problems: Problems,
        *args: _More.args,
        **kwargs: _More.kwargs,
    ) -> _Made:
        """Make something of a file, or give again what was made of the same bytes.

        Parameters
        ----------
        make
            Reads the file and reports its problems.
        path
            The file.
        problems
            Where its problems are reported, also those of an earlier reading.
        *args, **kwargs
            More of what `make` takes; compared by value.

        Returns
        -------
        object
            What `make` gives.
        """
        data = _bytes_of(path)
        if data is None:  # it cannot be read, which `make` reports
            return make(path, problems, *args, **kwargs)
        key = (make, path)
        more = (args, kwargs, problems.root)
        kept = self._kept.get(key)
        if kept is None or kept.data != data or kept.more != more:
            own = Problems(problems.root)
            result = make(path, own, *args, **kwargs)
            kept = _Kept(data, more, result, tuple(own.sorted()))
            # A file that was saved meanwhile may have been read in two states: it is read again
            # next time.
            if _bytes_of(path) == data:
                self._kept[key] = kept
            else:
                self._kept.pop(key, None)
        problems.extend(kept.problems)
        again: _Made = kept.result
        return again


def _bytes_of(path: Path) -> bytes | None:
    """Give the bytes of a plain file; None of anything else, such as a pipe that never ends."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else None
    except OSError:
        return None
