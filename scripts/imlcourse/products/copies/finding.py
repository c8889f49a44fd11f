"""What a look at a copy has found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found.

    Attributes
    ----------
    what
        What it is.
    files
        Where it was found.
    remedy
        What to do.
    harmless
        Whether the copy is whole all the same.
    """

    what: str
    files: tuple[str, ...] = ()
    remedy: str = ""
    harmless: bool = False

    def line(self) -> str:
        """Say it in a line, with the first of the files."""
        if not self.files:
            return self.what
        more = len(self.files) - _SHOWN
        named = ", ".join(self.files[:_SHOWN])
        named = named.encode("utf-8", "backslashreplace").decode()
        return f"{self.what}: {named}{f' and {more} more' if more > 0 else ''}"
