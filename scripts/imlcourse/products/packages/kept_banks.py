"""Packages of questions, kept for as long as no bank and nothing that all share has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imlcourse.course.model import Course
    from imlcourse.products.packages.package import Packing
    from imlcourse.products.product import Files


def of_banks(kind: str, write: Callable[[Course, str], Files], packing: Packing) -> Files:
    """Give what follows from the banks, written anew only where it would be other.

    Parameters
    ----------
    kind
        What is written; it is kept by this name.
    write
        Writes the files, which are text in UTF-8, of a course under a name.
    packing
        What packages are made from.
    """
    from imlcourse.book.kept import KeptTexts

    def written(course: Course) -> dict[str, str]:
        return {path: data.decode() for path, data in write(course, packing.name).items()}

    made = KeptTexts(packing.cache).make_of_banks(f"{kind}-{packing.name}", written, packing.course)
    return {path: text.encode() for path, text in made.items()}
