"""How a page of the book is made: what its maker is given, and how it is found by the page's name.

A module of this package holds the maker of one page, or of a few that are alike, and says with
`made` or `made_of` which page of `imlcourse.course.contents.MADE_PAGES` it makes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from imlcourse.course.model import Course
from imlcourse.document.reader import Document

Part = TypeVar("Part")


@dataclass(frozen=True)
class Making:
    """What pages are made from.

    Attributes
    ----------
    course
        The course.
    document
        The document, where the user holds it.
    """

    course: Course
    document: Document | None = None


MAKERS: dict[str, Callable[[Making], str | None]] = {}
"""For each made page what makes it as MyST Markdown; None comes of a part that is not there."""


def made(name: str) -> Callable[[Callable[[Course], str]], Callable[[Course], str]]:
    """Say that a function makes a page of the course as a whole.

    Parameters
    ----------
    name
        Name of the page.

    Returns
    -------
    callable
        Takes the maker, and gives it back as it is.
    """

    def bind(maker: Callable[[Course], str]) -> Callable[[Course], str]:
        _register(name, lambda making: maker(making.course))
        return maker

    return bind


def made_of(
    name: str, part: Callable[[Making], Part | None]
) -> Callable[[Callable[[Course, Part], str]], Callable[[Course, Part], str]]:
    """Say that a function makes a page of one part of the course, which it is given.

    Parameters
    ----------
    name
        Name of the page.
    part
        Gives the part; where it gives None, there is no such page.

    Returns
    -------
    callable
        Takes the maker, and gives it back as it is.
    """

    def bind(maker: Callable[[Course, Part], str]) -> Callable[[Course, Part], str]:
        def make(making: Making) -> str | None:
            found = part(making)
            return None if found is None else maker(making.course, found)

        _register(name, make)
        return maker

    return bind


def _register(name: str, make: Callable[[Making], str | None]) -> None:
    if name in MAKERS:
        msg = f"two functions make the page {name}"
        raise ValueError(msg)
    MAKERS[name] = make


def page_text(*parts: str) -> str:
    """Join the parts of a page, with a blank line between them."""
    return "\n\n".join(parts) + "\n"
