"""A learner's record in a file: xAPI statements, as the browser exports and reads them.

Each entry of the record stands in one statement or more; which one, an extension says, and the
last of them holds the entry itself. What entries are, ``player/record/record.js`` says.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from filelock import FileLock

from imlcourse.live.entries import Entry, Statement, moment

__all__ = ["FILE_NAME", "Kept", "RecordFile"]

FILE_NAME = "my-record.json"
"""The record beside a notebook."""
_PATIENCE = 5.0  # seconds that another kernel may take to write


@cache
def _new_account(_path: Path) -> str:
    """Give a name for an account by lot: the same one until something is written to the file."""
    return secrets.token_hex(12)


@dataclass(frozen=True)
class Kept:
    """What became of an entry that was to be written.

    Attributes
    ----------
    kept
        Whether it stands in the file.
    there
        What stands in the file instead, where somebody else had written it: it has to be merged.
    trouble
        Why it could not be written: ``"forbidden"`` or ``"full"``.
    """

    kept: bool
    there: Entry | None = None
    trouble: str | None = None


class RecordFile:
    """A record in a file.

    Parameters
    ----------
    path
        The file, which need not exist yet.
    iri
        What the course is named by; statements of other courses are kept and not read.
    """

    def __init__(self, path: Path, iri: str) -> None:
        self.path = path
        self._key = f"{iri}xapi/key"
        self._entry = f"{iri}xapi/entry"

    def statements(self) -> list[Statement]:
        """Give all statements in the file.

        Returns
        -------
        list of dict
            In the order of the file; empty if there is no file.

        Raises
        ------
        ValueError
            If the file holds no statements.
        OSError
            If it cannot be read.
        """
        try:
            # A signature of the encoding at the beginning is no damage.
            text = self.path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return []
        try:
            read = json.loads(text, parse_constant=_no_number, parse_float=_finite)
            if isinstance(read, list) and all(isinstance(one, dict) for one in read):
                return [_in_whole_letters(one) for one in read]
        except RecursionError:
            msg = f"{self.path.name} is nested too deeply"
            raise ValueError(msg) from None
        msg = f"{self.path.name} is no list of statements"
        raise ValueError(msg)

    def statements_or_aside(self) -> tuple[list[Statement], str]:
        """Give the statements, and set the file aside if it holds none.

        Returns
        -------
        tuple
            The statements, and what is the trouble with the file: ``"damaged"`` if it was set
            aside, ``"forbidden"`` if it can neither be read nor set aside, else nothing.
        """
        try:
            return self.statements(), ""
        except OSError:
            return [], "forbidden"
        except ValueError:
            pass
        try:
            with self._lock():
                try:  # another kernel may have been quicker
                    return self.statements(), "damaged"
                except ValueError:
                    self._set_aside(Path.rename)
        except OSError:  # a lock that another holds too long is one too
            return [], "forbidden"
        return [], "damaged"

    def _extensions(self, statement: Statement) -> dict[str, Any]:
        context = statement.get("context")
        found = context.get("extensions") if isinstance(context, dict) else None
        return found if isinstance(found, dict) else {}

    def account_of(self, statements: Sequence[Statement]) -> str:
        """Give what names the learner's account in statements, made by lot for a new record.

        No two learners may share it, or a learning record store would take them for one.
        """
        for statement in statements:
            actor = statement.get("actor")
            account = actor.get("account") if isinstance(actor, dict) else None
            if isinstance(account, dict) and isinstance(account.get("name"), str):
                return str(account["name"])
        return _new_account(self.path.resolve())

    def entries(self) -> dict[str, Entry]:
        """Give the entries of the record by key.

        Raises
        ------
        ValueError, OSError
            As `statements` does.
        """
        return self.entries_of(self.statements())

    def entries_of(self, statements: Sequence[Statement]) -> dict[str, Entry]:
        """Give the entries that some statements hold, by key."""
        found: dict[str, Entry] = {}
        for statement in statements:
            extensions = self._extensions(statement)
            key, entry = extensions.get(self._key), extensions.get(self._entry)
            if isinstance(key, str) and isinstance(entry, dict):
                found[key] = entry
        return found

    def statements_of(self, keys: Collection[str]) -> list[Statement]:
        """Give the statements of some entries.

        Raises
        ------
        ValueError, OSError
            As `statements` does.
        """
        return [s for s in self.statements() if self._extensions(s).get(self._key) in keys]

    def put(self, key: str, known: Entry | None, statements: Sequence[Statement]) -> Kept:
        """Write an entry in place of an earlier one.

        Parameters
        ----------
        key
            The entry's key.
        known
            The earlier entry as the writer knows it; None if it knows of none.
        statements
            The statements of the new entry.

        Returns
        -------
        Kept
            Not kept if the file holds another entry than the one known. The file is written
            whole or not at all.
        """
        try:
            self._target().parent.mkdir(parents=True, exist_ok=True)
            with self._lock():
                try:
                    before = self.statements()
                except ValueError:
                    self._set_aside(Path.rename)
                    before = []
                there = self.entries_of(before).get(key)
                if there is not None and there != known:
                    return Kept(kept=False, there=there)
                others = [s for s in before if self._extensions(s).get(self._key) != key]
                whole = sorted([*others, *map(_in_whole_letters, statements)], key=_written)
                self._write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            full = error.errno in (28, 122)  # no space left on the device, or in the quota
            return Kept(kept=False, trouble="full" if full else "forbidden")
        return Kept(kept=True)

    def keep_copy(self) -> None:
        """Keep a copy of the file as it is, before an entry that makes no sense is written over.

        Raises
        ------
        OSError
            If the copy cannot be written.
        """
        self._set_aside(shutil.copyfile)

    def _set_aside(self, move: Callable[[Path, Path], object]) -> None:
        """Bring a file under another name, so that nothing in it is lost."""
        date = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        file = self._target()
        move(file, file.with_name(f"{file.stem}.damaged-{date}{file.suffix}"))

    def _target(self) -> Path:
        """Give the file itself, where a link to it stands beside the notebook."""
        try:
            return self.path.resolve()
        except RuntimeError as error:  # a link that leads to itself
            raise OSError(str(error)) from None

    def _lock(self) -> FileLock:
        return FileLock(f"{self._target()}.lock", timeout=_PATIENCE)

    def _write(self, text: str) -> None:
        """Write the file whole or not at all; who may read it stays as it was."""
        file = self._target()
        made = file.with_name(f".{file.name}-{secrets.token_hex(6)}")
        try:
            with made.open("x", encoding="utf-8", newline="\n") as writing:
                writing.write(text)
                writing.flush()
                os.fsync(writing.fileno())
            if file.exists():
                made.chmod(stat.S_IMODE(file.stat().st_mode))
            made.replace(file)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def _written(statement: Statement) -> float:
    """Give when a statement was made; what says no time comes first."""
    told = moment(statement.get("timestamp"))
    return float("-inf") if told is None else told


def _no_number(name: str) -> NoReturn:
    msg = f"{name} is no number of JSON"
    raise ValueError(msg)


def _finite(written: str) -> float | None:
    """Read a number; one such as 1e999 would be written as what JSON has no number for."""
    number = float(written)
    return number if math.isfinite(number) else None


def _in_whole_letters(value: Any) -> Any:
    """Put a sign in place of each half of a letter (a lone surrogate), which no file can hold."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return value
    if isinstance(value, list):
        return [_in_whole_letters(one) for one in value]
    if isinstance(value, dict):
        return {_in_whole_letters(k): _in_whole_letters(one) for k, one in value.items()}
    return value
