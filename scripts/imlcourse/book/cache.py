"""What was made before, kept by what it was made from, so that it need not be made again."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_DIGEST = 32  # bytes
_KEY = 40  # hexadecimal digits


def key_of(*parts: str | bytes) -> str:
    """Give the name of what is made from these parts: another one as soon as one of them differs.

    Parameters
    ----------
    *parts
        Everything that the outcome depends on, the program included.

    Returns
    -------
    str
        Forty hexadecimal digits.
    """
    digest = sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:_KEY]


class Cache:
    """A folder of outcomes by `key_of` what they were made from.

    An entry is written beside its place and put there whole, and begins with a hash of its
    content. So a build that was killed, a disk that was full or a file that was tampered with
    cost time and never a wrong page.

    Parameters
    ----------
    folder
        The folder; it is made with the first entry.
    program
        What the making program is told by, such as a hash of its files: part of every key.
    beside
        Another such folder, of which entries are used too; it is left as it is.
    """

    def __init__(self, folder: Path, program: str, beside: Path | None = None) -> None:
        self.program = program
        self._folder = folder
        self._read = [folder] if beside is None else [folder, beside]
        self._used: set[str] = set()
        self._new: dict[str, bytes] = {}
        self._forgotten = False

    def forget(self) -> None:
        """Use nothing of what was kept before."""
        self._forgotten = True

    def key(self, kind: str, *parts: str | bytes) -> str:
        """Give the key of an outcome of a kind; see `key_of`."""
        return f"{kind}-{key_of(self.program, *parts)}"

    def get(self, key: str) -> bytes | None:
        """Give an outcome, or None where it is not there or not whole."""
        self._used.add(key)
        if key in self._new:
            return self._new[key]
        if self._forgotten:
            return None
        for folder in self._read:
            with suppress(OSError):
                data = (folder / key).read_bytes()
                content = data[_DIGEST:]
                if _digest(content) == data[:_DIGEST]:
                    return content
        return None

    def put(self, key: str, content: bytes) -> bytes:
        """Keep an outcome from the next `commit` on, and give it back."""
        self._used.add(key)
        self._new[key] = content
        return content

    def use(self, key: str) -> None:
        """Say that an outcome is still of use, though it was not asked for."""
        self._used.add(key)

    def commit(self, *, sweep: bool = True) -> None:
        """Write what was put, and delete what nobody used since the last time.

        Parameters
        ----------
        sweep
            Whether to delete. Whoever makes a part of the products does not know what the others
            use.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        if self._new:
            self._folder.mkdir(parents=True, exist_ok=True)
        for key, content in self._new.items():
            new = self._folder / f".{key}.{os.getpid()}"
            new.write_bytes(_digest(content) + content)
            new.replace(self._folder / key)
        self._new.clear()
        for path in self._folder.iterdir() if sweep and self._folder.is_dir() else ():
            if path.name not in self._used:
                path.unlink(missing_ok=True)
        self._used.clear()


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()
