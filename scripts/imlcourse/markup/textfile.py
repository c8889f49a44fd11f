"""Text files as authors save them, checked before anything reads them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from functools import lru_cache
from pathlib import Path

from imlcourse.languages.locales import known_language
from imlcourse.markup.problems import Problems

MAX_BYTES = 2_000_000
"""Larger than any file of a course; past it, something else was saved under its name."""

CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    # Signs that nobody sees: some turn the text round, some end a line, one stands for a letter
    # that was lost when the file was saved.
    "\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]"
)
"""Characters that nobody sees, and none of which belongs in a text."""


def read_text(path: Path, problems: Problems) -> str | None:
    """Read a text file, reporting what makes it unreadable.

    Parameters
    ----------
    path
        The file.
    problems
        Where problems are reported.

    Returns
    -------
    str or None
        The text, with plain line ends; ``None`` if it cannot be used.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # whoever opens a pipe may wait for ever
            problems.add(path, 0, "cannot be read (no plain file); put a text file in its place")
            return None
        if path.is_symlink() and _leads_out(path, problems.root):
            problems.add(
                path, 0, "a link that leads out of the course; put the file itself in its place"
            )
            return None
        size = status.st_size
        if size > MAX_BYTES:
            problems.add(
                path,
                0,
                f"{size / 1e6:.0f} MB, more than any file of a course has (2 MB); "
                "restore the text that belongs here",
            )
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.add(path, 0, f"cannot be read ({error.strerror}); check that it is a plain file")
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        problems.add(
            path, 1, "begins with a byte order mark; save it as UTF-8 without BOM (signature)"
        )
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.add(
            path, line, f"not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8"
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        problems.add(
            path,
            line,
            f"holds a control character (U+{ord(control[0]):04X}), which nobody sees; delete it",
        )
        return None
    return text


def _leads_out(path: Path, root: Path) -> bool:
    real = Path(os.path.realpath(path))
    return not any(real.is_relative_to(os.path.realpath(inside)) for inside in (root, path.parent))


@lru_cache(maxsize=1024)
def language_of(path: Path) -> str | None:
    """Give the language that the name of a file ends in; ``None`` for what is no translation.

    Parameters
    ----------
    path
        Such as ``module.fr.md``.

    Returns
    -------
    str or None
        Such as ``"fr"``.
    """
    _, dot, tag = path.stem.rpartition(".")
    return tag if dot and known_language(tag) else None


def original_of(path: Path) -> Path:
    """Give the file that a translation translates: ``module.md`` for ``module.fr.md``."""
    if language_of(path) is None:
        return path
    return path.with_name(path.stem.rpartition(".")[0] + path.suffix)


def mark_of(text: str) -> str:
    """Give a short mark of a text, by which a translation says what it was made from.

    Parameters
    ----------
    text
        The text of a file, with plain line ends.

    Returns
    -------
    str
        A letter and seven letters and digits (which YAML takes for a word, whatever they are);
        others as soon as the text has changed.
    """
    return f"t{hashlib.sha256(text.encode()).hexdigest()[:7]}"
