"""A learner's record in a file: xAPI statements, as the browser exports and reads them.

Each entry of the record stands in one statement or more; which one, an extension says, and the
last of them holds the entry itself. What entries are, ``player/record/record.js`` says.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

__all__ = ["FILE_NAME", "Kept", "RecordFile"]

FILE_NAME = "my-record.json"
"""The record beside a notebook."""
_PATIENCE = 5.0  # seconds that another kernel may take to write

Entry = dict[str, Any]
Statement = dict[str, Any]


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
            read = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
            msg = f"{self.path.name} is no list of statements"
            raise ValueError(msg)
        return read

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
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self.path}.lock", timeout=_PATIENCE):
                try:
                    before = self.statements()
                except ValueError:
                    self.set_aside()
                    before = []
                there = self.entries_of(before).get(key)
                if there is not None and there != known:
                    return Kept(kept=False, there=there)
                others = [s for s in before if self._extensions(s).get(self._key) != key]
                whole = sorted([*others, *statements], key=lambda s: str(s.get("timestamp", "")))
                self._write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            full = error.errno in (28, 122)  # no space left on the device, or in the quota
            return Kept(kept=False, trouble="full" if full else "forbidden")
        except Timeout:
            return Kept(kept=False, trouble="forbidden")
        return Kept(kept=True)

    def set_aside(self) -> Path:
        """Rename a file that cannot be read, so that it is not written over, and give its name."""
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = self.path.with_name(f"{self.path.stem}.damaged-{moment}{self.path.suffix}")
        self.path.rename(aside)
        return aside

    def _write(self, text: str) -> None:
        handle, name = tempfile.mkstemp(prefix=f".{self.path.name}-", dir=self.path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
