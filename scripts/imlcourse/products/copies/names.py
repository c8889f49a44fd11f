"""Names of files that every disk takes: FAT32 on a stick, Windows, and a server that tells cases.

One check for all that is made: every build applies it before it puts anything in place.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["LONGEST", "is_reserved", "name_problems", "names_of"]

LONGEST = 120
"""How many characters a path may have: Windows takes 259, and the folder above needs some."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')


def names_of(files: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Give the paths of files, and those in each zip among them, by where they stand."""
    import zipfile

    yield "", list(files)
    for path, data in files.items():
        if path.lower().endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield path, archive.namelist()


def name_problems(paths: Iterable[str]) -> list[str]:
    """Say which names some disk would not take, and why.

    Parameters
    ----------
    paths
        Paths in one folder, with ``/`` between their parts.
    """
    found = []
    seen: dict[str, str] = {}
    for path in sorted(paths):
        if len(path) > LONGEST:
            found.append(f"{path} has {len(path)} characters; at most {LONGEST} fit everywhere")
        parts = path.rstrip("/").split("/")
        found += [f"{path}: {why}" for part in parts if (why := _why_not(part))]
        # A folder in two cases is one folder on a stick, and its files lie together.
        for end in range(1, len(parts) + 1):
            name = "/".join(parts[:end])
            key = unicodedata.normalize("NFC", name).casefold()
            other = seen.setdefault(key, name)
            if other != name:
                found.append(f"{name} and {other} are one name on a stick and on Windows")
                seen[key] = name
    return found


def is_reserved(name: str) -> bool:
    """Say whether Windows keeps a name for itself, such as ``con`` and ``aux.txt``."""
    return bool(_RESERVED.fullmatch(name))


def _why_not(part: str) -> str:
    if part in ("", ".", ".."):
        return "an empty name, or one that leads elsewhere"
    if sign := _FORBIDDEN.search(part):
        return f"Windows takes no {sign[0]!r} in names"
    if not part.isascii() and unicodedata.normalize("NFC", part) != part:
        return "its letters are written in parts; write them composed (NFC)"
    try:
        part.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is no UTF-8"
    if part[-1] in ". ":
        return "Windows drops the dot or the space at the end"
    return "Windows keeps this name for itself" if is_reserved(part) else ""
