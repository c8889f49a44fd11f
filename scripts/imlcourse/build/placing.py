"""Putting files and folders in place: each whole or not at all, and no two commands mixed.

All is written beside its place before anything that stands gives way, so a full disk changes
nothing. What a command left that was broken off is put right by the next one.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from imlcourse.build.transaction import check_names

__all__ = ["put_files", "put_folder"]


def put_folder(
    place: Path, name: str, files: Mapping[str, bytes], beside: Mapping[str, bytes] | None = None
) -> None:
    """Put a folder in place, and take the one that was there away.

    Whoever calls this holds the folder of made things.

    Parameters
    ----------
    place
        The folder in which it stands.
    name
        What it is called.
    files
        Content by path in it.
    beside
        Files that go with it and stand beside it, such as its zip.

    Raises
    ------
    imlcourse.build.transaction.BuildError
        If some disk would not take a name of it.
    OSError
        If it cannot be written; nothing that stood has changed then.
    """
    beside = beside or {}
    inside = {f"{name}/{path}": data for path, data in files.items()}
    check_names({place.name: {**inside, **beside}})
    place.mkdir(parents=True, exist_ok=True)
    new, old = place / f".{name}.new", place / f".{name}.old"
    _settle(place, name)
    try:
        new.mkdir()
        for path, data in files.items():
            file = new / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        for path, data in beside.items():
            _beside(place, path).write_bytes(data)
        if (place / name).exists():
            (place / name).rename(old)
        new.rename(place / name)
    except BaseException:
        for path in beside:
            _beside(place, path).unlink(missing_ok=True)
        _settle(place, name)
        raise
    for path in beside:
        _beside(place, path).replace(place / path)
    shutil.rmtree(old, ignore_errors=True)


def _settle(place: Path, name: str) -> None:
    """Put the old folder back where no new one came, and sweep what was left."""
    new, old = place / f".{name}.new", place / f".{name}.old"
    if old.is_dir() and not (place / name).exists():
        old.rename(place / name)
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)


def _beside(place: Path, path: str) -> Path:
    return place / f".{path}.new"


def put_files(
    files: Mapping[Path, bytes], private: Collection[Path] = (), gone: Collection[Path] = ()
) -> None:
    """Put files in place that belong together, and leave alone what else is in their folders.

    Parameters
    ----------
    files
        Content by path.
    private
        Those that nobody else on this machine may read.
    gone
        Files of an earlier time that these make untrue; they are taken away.

    Raises
    ------
    OSError
        If they cannot be written; nothing that stood has changed then.
    """
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
    with _alone({path.parent for path in files}):
        written = {path: path.with_name(f".{path.name}.new") for path in files}
        try:
            for path, data in files.items():
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
                new = written[path]
                new.unlink(missing_ok=True)  # of a command that was broken off
                new.write_bytes(data)
                if path in private:
                    new.chmod(0o600)
        except BaseException:
            for new in written.values():
                new.unlink(missing_ok=True)
            raise
        for path, new in written.items():
            new.replace(path)
        for path in gone:
            path.unlink(missing_ok=True)


@contextmanager
def _alone(folders: Collection[Path]) -> Iterator[None]:
    """Wait for another command that writes into one of these folders.

    The lock is in the folder for what is temporary: somebody else's folder gets no file of ours.
    """
    from filelock import FileLock

    user = os.getuid() if hasattr(os, "getuid") else 0
    with ExitStack() as stack:
        for folder in sorted({str(folder.resolve()) for folder in folders}):
            mark = hashlib.sha256(folder.encode("utf-8", "surrogateescape")).hexdigest()[:24]
            lock = Path(tempfile.gettempdir()) / f"imlcourse-{user}-{mark}.lock"
            stack.enter_context(FileLock(lock))
        yield
