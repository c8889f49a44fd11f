"""Where the course lies."""

from __future__ import annotations

from pathlib import Path


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
