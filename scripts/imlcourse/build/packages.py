"""Making packages: each put in place when it is whole, beside those that stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from imlcourse.build.freshness import current_places, products_of, program_mark
from imlcourse.build.made import Made, opened
from imlcourse.build.progress_line import Progress
from imlcourse.build.transaction import put_in_place, settle, write_whole
from imlcourse.products import book, offline
from imlcourse.products.copies.sums import LIST, sums_of
from imlcourse.products.copies.whole import LISTS
from imlcourse.products.packages import PACKAGES, Package, Packing
from imlcourse.products.product import Files, handed_out_as

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course
    from imlcourse.document.reader import Document

FOLDER = "packages"
"""The folder of packages below that of made things."""
_CACHES = ".package-cache"


class FilesOnDisk(Mapping[str, bytes]):
    """The files of a folder, each read when it is asked for.

    Parameters
    ----------
    folder
        The folder, which nobody changes meanwhile.
    but
        Paths that are left out.
    """

    def __init__(self, folder: Path, but: Collection[str] = ()) -> None:
        self._folder = folder
        found = (path for path in folder.rglob("*") if path.is_file())
        self._paths = sorted(
            {path.relative_to(folder).as_posix() for path in found}.difference(but)
        )

    def __getitem__(self, path: str) -> bytes:
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def pages_of(copy: Path) -> FilesOnDisk:
    """Give the pages of a copy, without the lists that it has of itself.

    Parameters
    ----------
    copy
        The folder of the copy.
    """
    return FilesOnDisk(copy, LISTS)


def packages_current(folder: Path, mark: str, packages: Iterable[Package]) -> bool:
    """Say whether packages were made from these files, and are all there.

    Parameters
    ----------
    folder
        The folder of made things.
    mark
        An `imlcourse.build.freshness.fingerprint`.
    packages
        The packages.
    """
    names = {package.name for package in packages}
    place = folder / FOLDER
    return not names or (names <= current_places(place, mark) and (place / LIST).is_file())


class Source(Protocol):
    """Where a course comes from."""

    def load(self) -> tuple[Course, Document | None]:
        """Give the course, and the document if the book shows its text."""

    def keep(self, mark: str, caches: Iterable[Cache]) -> None:
        """Keep what was made, unless a file was saved since `mark` was taken."""


def make_packages(
    folder: Path,
    mark: str,
    packages: Sequence[Package],
    source: Source,
    *,
    anew: bool,
) -> None:
    """Make the packages that are not up to date, from the book that stands.

    Whoever calls this holds the folder.

    Parameters
    ----------
    folder
        The folder of made things.
    mark
        The `imlcourse.build.freshness.fingerprint` from which the book was made.
    packages
        The packages.
    source
        Where the course comes from.
    anew
        Whether to make all of them, and to use nothing of what was kept.

    Raises
    ------
    imlcourse.products.packages.PackageError
        If one cannot be made. Those before it are in place then, and all others stay.
    OSError
        If something cannot be read or written.
    """
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    settle(place)
    current = set() if anew else current_places(place, mark)
    due = [package for package in packages if package.name not in current]
    # While this is missing, what stands is not called up to date.
    if due:
        (place / LIST).unlink(missing_ok=True)
        _make_due(folder, mark, due, source, anew=anew)
    if not (place / LIST).is_file():
        _write_list(place)


def _make_due(
    folder: Path,
    mark: str,
    due: Sequence[Package],
    source: Source,
    *,
    anew: bool,
) -> None:
    from imlcourse.book.cache import Cache
    from imlcourse.products.packages.leaflet import with_leaflet

    place = folder / FOLDER
    course, document = source.load()
    # What stands is listed once for all of them; each has a cache of its own.
    packing = packing_of(folder, course, document, Cache(folder / _CACHES, program_mark()))
    known = {package.name for package in PACKAGES}
    gone = [name for name in products_of(place) if name not in known]
    progress = Progress(len(due))
    ready: dict[str, Files] = {}
    caches: list[Cache] = []

    def put() -> None:
        if ready:
            put_in_place(place, mark, ready, list(ready), gone, beside=True)
            ready.clear()
            source.keep(mark, caches)
            caches.clear()

    try:
        for package in due:
            progress.step(f"Packing {package.title}")
            cache = Cache(folder / _CACHES / package.name, program_mark())
            if anew:
                cache.forget()
            made = package.make(replace(packing, cache=cache))
            files = with_leaflet(course, package.name, made)
            # A folder that is given alone has what it is checked by.
            ready[package.name] = {**files, LIST: sums_of(files)}
            caches.append(cache)
            # Light ones are put in place together; of the others each is much by itself.
            if not package.light:
                put()
    finally:
        put()
    progress.done()


def packing_of(folder: Path, course: Course, document: Document | None, cache: Cache) -> Packing:
    """Give what packages are made from: the course, and the pages that stand.

    Parameters
    ----------
    folder
        The folder of made things.
    course, document
        The course, and the document if the pages show its text.
    cache
        Where outcomes that took long are kept.
    """
    held = document is not None
    name = handed_out_as(course, with_document=held)
    learners = pages_of(folder / offline.PRODUCT.place / name)
    whole = FilesOnDisk(folder / book.PRODUCT.place)
    return Packing(course, learners, whole, name, cache, with_document=held)


def _write_list(place: Path) -> None:
    """Write the list of the files of all packages that stand."""
    files = {
        f"{name}/{path}": data
        for name in products_of(place)
        for path, data in FilesOnDisk(place / name).items()
    }
    write_whole(place / LIST, sums_of(files))


def made_packages(folder: Path) -> list[Made]:
    """Name what a person opens of the packages that stand.

    Parameters
    ----------
    folder
        The folder of made things.
    """
    return [made for package in PACKAGES for made in made_package(folder, package)]


def made_package(folder: Path, package: Package) -> list[Made]:
    """Name what a person opens of a package; nothing if it does not stand.

    Parameters
    ----------
    folder
        The folder of made things.
    package
        The package.
    """
    place = folder / FOLDER
    if package.name not in products_of(place):
        return []
    return opened(place / package.name, package.openings)
