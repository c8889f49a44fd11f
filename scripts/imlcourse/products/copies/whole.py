"""A copy with all that it needs to be checked where it arrives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from imlcourse.products.copies.licences import MANIFEST, manifest
from imlcourse.products.copies.sums import LIST, sums_of

if TYPE_CHECKING:
    from imlcourse.course.model import Course

__all__ = ["LISTS", "with_lists"]

LISTS = frozenset({LIST, MANIFEST})
"""The files that a copy has of itself: what is made of its pages has others."""


def with_lists(
    course: Course, pages: Mapping[str, bytes], name: str, *, with_document: bool
) -> dict[str, bytes]:
    """Add to the pages of a copy the list of its licences, and that of its files.

    Parameters
    ----------
    course
        The course.
    pages
        Content by path.
    name
        What the copy is called.
    with_document
        Whether its pages hold the text of the document.
    """
    files = dict(pages)
    files[MANIFEST] = manifest(course.about, pages, name, with_document=with_document)
    return {**files, LIST: sums_of(files)}
