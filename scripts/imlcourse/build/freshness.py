"""What was built from which files, so that an unchanged course is known at once.

This module is read before anything else is, on every build: it imports only the standard library.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_WATCHED = (
    "_config.yml",
    "book",
    "modules",
    "quizzes",
    "scripts/requirements",
    "pyproject.toml",
)
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


_PACKAGE = Path(__file__).resolve().parents[1]


def input_files(root: Path) -> Iterator[tuple[str, Path]]:
    """Give every file that a build depends on, in a fixed order.

    Parameters
    ----------
    root
        The folder of the course.

    Yields
    ------
    tuple
        A name and the file: of sources, lock files, and of the package that builds, wherever it
        stands.
    """
    for name, path in [*((name, root / name) for name in _WATCHED), ("imlcourse", _PACKAGE)]:
        if path.is_file():
            yield name, path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(f for f in folders if f not in _IGNORED)
            for file in sorted(files):
                inner = Path(folder, file)
                yield f"{name}/{inner.relative_to(path).as_posix()}", inner


def fingerprint(root: Path, document: Path | None) -> str:
    """Give a hash of everything that a build depends on.

    Parameters
    ----------
    root
        The folder of the course.
    document
        The document, if the build shows its text.

    Returns
    -------
    str
        It changes when the content of a file changes, or one comes or goes.
    """
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for name, path in input_files(root):
        data = path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    if document is not None:
        digest.update(b"document\0" + document.read_bytes())
    return digest.hexdigest()


def made_files(build: Path) -> dict[str, int]:
    """Give what stands in the folder of made things: sizes by path, of pages and packages."""
    return {
        path.relative_to(build).as_posix(): path.stat().st_size
        for name in ("book", "notebooks", "offline")
        for path in sorted((build / name).rglob("*"))
        if path.is_file()
    }


def is_current(build: Path, mark: str) -> bool:
    """Say whether what stands in the build folder was made from these files, and is all there.

    Parameters
    ----------
    build
        The folder of made things.
    mark
        A `fingerprint`.

    Returns
    -------
    bool
        ``False`` too if the record of the last build cannot be read.
    """
    try:
        state = json.loads((build / "state.json").read_text(encoding="utf-8"))
        return bool(state["fingerprint"] == mark and state["made"] == made_files(build))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def record(build: Path, mark: str) -> None:
    """Keep what was built from which files."""
    state = {"fingerprint": mark, "made": made_files(build)}
    (build / "state.json").write_text(json.dumps(state), encoding="utf-8")
