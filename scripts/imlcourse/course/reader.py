"""Reading the files of a course, and reading again only those that have changed.

Whoever loads a course once needs nothing of this. A live preview loads it at every save, of which
one file is new and fifty are as they were; and so does a build, which is a process of its own and
takes over what the last one read.
"""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from imlcourse.markup.problems import Problem, Problems

_Made = TypeVar("_Made")
_More = ParamSpec("_More")


@dataclass(slots=True)
class _Kept:
    """What was made of a file: from what, and the result with the problems reported."""

    data: bytes
    more: tuple[Any, ...]
    made: tuple[Any, tuple[Problem, ...]] | None
    packed: bytes = b""
    """The same for another process; nothing until one asks for it."""

    def given(self) -> tuple[Any, tuple[Problem, ...]]:
        if self.made is None:
            self.made = pickle.loads(self.packed)
        return self.made

    def for_others(self) -> tuple[bytes, tuple[Any, ...], bytes]:
        if not self.packed:
            self.packed = pickle.dumps(self.made, pickle.HIGHEST_PROTOCOL)
        return self.data, self.more, self.packed


class Reader:
    """Reads files; gives again what was made of a file whose bytes are the same.

    What is made of a file must follow from its bytes, its path and the further arguments alone,
    and nobody may change it afterwards. It is kept by path, for as long as the reader is.

    Parameters
    ----------
    earlier
        What `dumped` gave, of the same program: a result must not outlive what made it, so
        whoever keeps it on disk keeps it under a mark of the program, and nobody else writes
        there, since reading it back runs what it holds. What cannot be read back counts for
        nothing.
    """

    def __init__(self, earlier: bytes | None = None) -> None:
        self._kept: dict[tuple[Any, Path], _Kept] = {}
        self._passed: dict[Any, str] = {}
        if earlier is not None:
            with suppress(Exception):  # whatever is wrong with it, the files are still there
                kept, self._passed = pickle.loads(earlier)
                self._kept = {
                    key: _Kept(data, more, None, packed)
                    for key, (data, more, packed) in kept.items()
                }
        self._asked: set[tuple[Any, Path]] = set()
        self.read_anew = 0
        """How many files were read, and not given again."""

    def dumped(self) -> bytes:
        """Give what is kept of the files that this reader was asked for, for another process."""
        asked = {key: kept.for_others() for key, kept in self._kept.items() if key in self._asked}
        return pickle.dumps((asked, self._passed), pickle.HIGHEST_PROTOCOL)

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
        self._asked.add((make, path))
        if data is None:  # it cannot be read, which `make` reports
            return make(path, problems, *args, **kwargs)
        key = (make, path)
        more = (args, kwargs, problems.root)
        made = self._given(key, data, more)
        if made is None:
            own = Problems(problems.root)
            self.read_anew += 1
            result = make(path, own, *args, **kwargs)
            made = result, tuple(own.sorted())
            # A file that was saved meanwhile may have been read in two states: it is read again
            # next time.
            if _bytes_of(path) == data:
                self._kept[key] = _Kept(data, more, made)
            else:
                self._kept.pop(key, None)
        again: _Made
        again, found = made
        problems.extend(found)
        return again

    def _given(
        self, key: tuple[Any, Path], data: bytes, more: tuple[Any, ...]
    ) -> tuple[Any, tuple[Problem, ...]] | None:
        kept = self._kept.get(key)
        if kept is None or kept.data != data or kept.more != more:
            return None
        with suppress(Exception):  # whatever is wrong with it, the file is still there
            return kept.given()
        return None

    def passed(self, check: Callable[..., None], paths: Iterable[Path], *more: str) -> bool:
        """Say whether a check that looks at some files alone passed with them as they were read.

        Parameters
        ----------
        check
            The check.
        paths
            Files that were read here.
        *more
            What else it looks at.
        """
        mark = self._mark(paths, *more)
        return mark is not None and self._passed.get(check) == mark

    def passes(self, check: Callable[..., None], paths: Iterable[Path], *more: str) -> None:
        """Remember that a check passed; see `passed`."""
        if mark := self._mark(paths, *more):
            self._passed[check] = mark

    def _mark(self, paths: Iterable[Path], *more: str) -> str | None:
        """Give what tells these files; None if one was saved while it was read."""
        read = {path: kept.data for (_, path), kept in self._kept.items()}
        digest = sha256()
        for text in more:
            digest.update(text.encode() + b"\0")
        for path in paths:
            if path not in read:
                return None
            digest.update(b"%s\0%d\0" % (os.fsencode(path), len(read[path])) + read[path])
        return digest.hexdigest()


def _bytes_of(path: Path) -> bytes | None:
    """Give the bytes of a plain file; None of anything else, such as a pipe that never ends."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else None
    except OSError:
        return None
