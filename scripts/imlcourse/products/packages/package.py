"""What a package is: the finished course in the shape that some host takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

from imlcourse.products.product import Files, Opening

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course


class PackageError(Exception):
    """A package cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Packing:
    """What packages are made from.

    Attributes
    ----------
    course
        The course, without a problem.
    book
        The finished pages for learners, by their path in the book, without the lists that a copy
        has of itself: read from the disk when they are asked for.
    whole
        The same with the pages for trainers.
    name
        The name under which the course is handed out, such as ``a-course-0.1.0``.
    cache
        Where outcomes that took long are kept; each package has one of its own.
    with_document
        Whether the pages show the document's text.
    """

    course: Course
    book: Files
    whole: Files
    name: str
    cache: Cache
    with_document: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """A package.

    Attributes
    ----------
    name
        What the command line calls it, and its folder in ``_build/packages``.
    title
        What it is, in a few words: for help and lists.
    make
        Makes all of its files, in memory: content by path in its folder. What is slow to import is
        imported there, since every command reads this registry.
    openings
        What of it a person opens, and with what.
    light
        Whether ``course build`` makes it. Others wait for ``course package NAME``. A light one
        needs no library, and after an edit of a module all of them together may take a tenth of
        the build: what did not change is kept (`imlcourse.products.packages.kept_banks`, the
        packed files of ``one-file``). So those that are one file for everybody are light (``web``,
        ``one-file``, ``moodle``, ``gift``); those that make a file for each module, or for one
        platform alone, would double the build together. ``trainer-tests`` holds the keys of tests
        to come, and is made on purpose only.
    libraries
        What it needs besides what the course does: the name to install by the name to import.
    """

    name: str
    title: str
    make: Callable[[Packing], Files]
    openings: tuple[Opening, ...]
    light: bool = False
    libraries: Mapping[str, str] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Name what it needs and is not installed."""
        return sorted(called for module, called in self.libraries.items() if not find_spec(module))


def check_installed(packages: Iterable[Package]) -> None:
    """Raise `PackageError` if something is not installed that these packages need."""
    packages = list(packages)
    missing = sorted({name for package in packages for name in package.missing()})
    if missing:
        wanted = " ".join(package.name for package in packages)
        msg = (
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not installed, and "
            "these packages need more than the course does; run "
            f"python3 scripts/build.py package {wanted}"
        )
        raise PackageError(msg)
