"""What a command says of the files that it has made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.products.packages import PACKAGES

if TYPE_CHECKING:
    from imlcourse.build.made import Made


def say_made(made: Iterable[Made], what: str = "Made") -> None:
    """Say what was made, how large it is, and where it stands."""
    print(f"{what}:")
    say_entries(made)


def say_entries(made: Iterable[Made]) -> None:
    """Name what was made, with its size and its place."""
    for entry in made:
        print(f"  {entry.what} ({size_in_words(entry.size)})\n    {entry.path}")


def size_in_words(size: int) -> str:
    """Write a number of bytes as people read it."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} KB"


def asked_for(folder: Path, names: Sequence[str]) -> list[Made]:
    """Name what a person opens of the packages that were asked for."""
    from imlcourse.build.packages import made_package

    return [
        made
        for package in PACKAGES
        if package.name in names
        for made in made_package(folder, package)
    ]
