"""Notebooks of modules, kept for as long as nothing in them would change.

The live preview makes the sources of the book at every save, and most of them are notebooks of
modules that nobody touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.markup.page import Page

_Depends = tuple[list[Any], list[Any]]
"""What is compared as an object, and what by its value."""


class KeptNotebooks:
    """Makes the notebooks of modules, and gives again those that would be the same.

    A module's notebook follows from the module with its drawings and its bank, from what all
    modules share (glossary, reference parts, pages, texts of the interface), and of the other
    modules from what a link shows: their front matter, their sections, and the titles of their
    worksheets. Files that have not changed give the same objects when a course is loaded with one
    `imlcourse.course.reader.Reader`; with another, nothing is given again.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], tuple[_Depends, str]] = {}

    def make(self, kind: str, maker: Callable[[Course, Module], str], course: Course) -> list[str]:
        """Make a notebook of each module, in the order of the modules.

        Parameters
        ----------
        kind
            What `maker` makes; what it made is kept by this name.
        maker
            Makes a notebook.
        course
            The course.

        Returns
        -------
        list of str
            The notebooks.
        """
        shared = _shared(course)
        outline = _outline(course)
        notebooks = []
        for module in course.modules.values():
            depends = (
                [module, course.banks[module.id], *shared],
                [*outline, *_drawings(module.page)],
            )
            known = self._made.get((kind, module.id))
            if known is None or not _same(known[0], depends):
                known = self._made[kind, module.id] = (depends, maker(course, module))
            notebooks.append(known[1])
        return notebooks


def _same(one: _Depends, other: _Depends) -> bool:
    return (
        len(one[0]) == len(other[0])
        and all(a is b for a, b in zip(one[0], other[0], strict=True))
        and one[1] == other[1]
    )


def _shared(course: Course) -> list[Any]:
    """Give everything of a course but its modules and banks, as objects of one file each."""
    return [
        *(course.index, course.digest, course.toc, course.tests),
        *course.library.parts.values(),
        *course.glossary.values(),
        *course.pages.values(),
    ]


def _outline(course: Course) -> list[Any]:
    """Give what notebooks show of other modules and banks, and what names there are."""
    return [
        *(course.about, course.own_language, course.document_language, dict(course.strings)),
        *(list(named) for named in (course.library.parts, course.glossary, course.pages)),
        *(
            (module.front, module.page.language, [(s.id, s.title) for s in module.sections])
            for module in course.modules.values()
        ),
        *(
            (name, [(id_, work.title) for id_, work in bank.worksheets.items()])
            for name, bank in course.banks.items()
        ),
        *(drawing for page in course.pages.values() for drawing in _drawings(page)),
    ]


def _drawings(page: Page) -> list[bytes]:
    """Give the drawings of a page: files of their own, which are no part of it."""
    return [(page.path.parent / block.argument).read_bytes() for block in page.of_kind("diagram")]
