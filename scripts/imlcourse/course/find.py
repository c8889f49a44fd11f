"""Where the course lies."""

from __future__ import annotations

import re
from pathlib import Path

_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)


def find_root(start: Path) -> Path | None:
    """Find the course that a folder lies in.

    Parameters
    ----------
    start
        A folder.

    Returns
    -------
    Path or None
        The nearest folder, upwards, with a ``_config.yml`` and ``modules``.
    """
    return next(
        (
            folder
            for folder in (start, *start.parents)
            if (folder / "_config.yml").is_file() and (folder / "modules").is_dir()
        ),
        None,
    )


def language_of_course(root: Path) -> str | None:
    """Give the language that a course is written in, before anything else of it is read.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    str or None
        What ``book/course.yml`` says; ``None`` where it says nothing that can be read.
    """
    try:
        text = (root / "book" / "course.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    found = _LANGUAGE.search(text)
    return found[1] if found else None


def is_by_the_way(name: str) -> bool:
    """Say whether a file is one that an editor or a system keeps for itself.

    Such are ``.#index.md`` (a lock), ``~$index.md``, ``._index.md`` and ``#index.md#``. They come
    and go beside what is written, and nobody means them to be part of the course.

    Parameters
    ----------
    name
        The name of a file or a folder, without its path.
    """
    return name[:1] in (".", "~", "#") or name.endswith("~")


def source_files(folder: Path, pattern: str) -> list[Path]:
    """Give the files of a folder that a person wrote, sorted by name.

    Parameters
    ----------
    folder
        The folder; one that is not there holds nothing.
    pattern
        What their names look like, such as ``*.yml``.

    Returns
    -------
    list of Path
        Whatever matches, plain files or not: who reads one reports what is wrong with it.
    """
    return sorted(path for path in folder.glob(pattern) if not is_by_the_way(path.name))
