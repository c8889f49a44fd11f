"""What a product is: made from the course, standing in a place of its own, opened in some way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.book.make import BookMaker
    from imlcourse.course.model import Course
    from imlcourse.document.reader import Document

Files = Mapping[str, bytes]
"""Content by relative path, with ``/`` between its parts."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that a person opens.

    Attributes
    ----------
    what
        What it is and how it is opened, in a line.
    pattern
        Where it is in the product's place, as `pathlib.Path.glob` takes it; empty for the place
        itself. Of a file ``index.html``, all of its folder counts.
    """

    what: str
    pattern: str = ""


@dataclass
class Making:
    """What products are made from.

    Attributes
    ----------
    course
        The course, without a problem.
    document
        The document, where its text is to be shown.
    maker
        Makes the book.
    cache
        Where outcomes that took long are kept.
    made
        Files of the products that were made before, by name of the product.
    """

    course: Course
    document: Document | None
    maker: BookMaker
    cache: Cache
    made: dict[str, Files] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name under which the course is handed out, such as ``a-course-0.1.0``."""
        return handed_out_as(self.course, with_document=self.document is not None)


@dataclass(frozen=True, slots=True)
class Product:
    """A product.

    Attributes
    ----------
    name
        What the command line calls it.
    title
        What help calls it.
    place
        Its own folder below ``_build``.
    make
        Makes all of its files, in memory, from what the course is made from. What is slow to
        import is imported there, since every command reads this registry.
    needs
        Names of the products that it is made from.
    openings
        What of it a person opens; none if it only serves other products.
    """

    name: str
    title: str
    place: str
    make: Callable[[Making], Files]
    needs: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()


def handed_out_as(course: Course, *, with_document: bool) -> str:
    """Give the name under which a course is handed out, such as ``a-course-0.1.0``.

    Parameters
    ----------
    course
        The course.
    with_document
        Whether its pages show the document's text.
    """
    about = course.about
    language = f"-{about.language}" if course.own_language else ""
    held = "-with-document" if with_document else ""
    ours = "-with-our-rules" if course.office.fields else ""
    part = f"-{course.slice.name}" if course.slice else ""
    return f"{about.id}-{about.version}{part}{language}{held}{ours}"
