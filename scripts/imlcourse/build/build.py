"""Building: from the course to everything that is handed out, all or nothing."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.build.freshness import fingerprint, is_current, products_of, program_mark, read_state
from imlcourse.build.kit import built_kit, keep_kit, kit_is_current
from imlcourse.build.made import CACHE, Made, build_folder, opened
from imlcourse.build.packages import made_packages, make_packages, packages_current
from imlcourse.build.progress_line import Progress
from imlcourse.build.transaction import locked, put_in_place, settle, unsettled
from imlcourse.products import PRODUCTS, Making, in_order
from imlcourse.products.packages import check_installed, packages_named

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course
    from imlcourse.course.slice import Wanted
    from imlcourse.document.reader import Document


def up_to_date(
    root: Path,
    document_path: Path | None = None,
    packages: Iterable[str] = (),
    language: str | None = None,
    office: Path | None = None,
    *,
    part: Wanted | None = None,
    kit: bool = False,
) -> bool:
    """Say whether everything is built from the files as they are.

    Parameters
    ----------
    root
        The folder of the course.
    document_path
        The text of the document, if the build is to show it.
    packages
        Names of packages besides those that every build makes.
    language
        The language of the build; ``None`` for the course's own.
    office
        The file of an office, if the build is for one.
    part
        The slice of the course that is meant; ``None`` for the whole.
    kit
        Whether the trainer's kit of one day belongs to it.
    """
    folder = build_folder(root, language, part)
    if unsettled(folder):
        with locked(folder):
            settle(folder)
    mark = fingerprint(root, document_path, office)
    current = is_current(folder, mark) and (not kit or kit_is_current(folder, mark))
    return current and packages_current(folder, mark, packages_named(packages))


def build(
    root: Path,
    document_path: Path | None = None,
    packages: Iterable[str] = (),
    *,
    anew: bool = False,
    language: str | None = None,
    office: Path | None = None,
    part: Wanted | None = None,
    kit: bool = False,
) -> list[Made]:
    """Build everything.

    Only what changed since the last build is made anew; the outcome is what a build from nothing
    gives, byte for byte. It is put in place only when all of it is whole: what was built before
    stays until then.

    Parameters
    ----------
    root
        The folder of the course.
    document_path
        The text of the document, to show it in the paragraph guide.
    packages
        Names of packages besides those that every build makes. Each is put in place when it is
        whole, after all else.
    anew
        Whether to use nothing of what earlier builds kept.
    language
        A language that the course is translated into; ``None`` for its own. Each has a folder.
    office
        The file of an office, whose words then stand in its fields on every page.
    part
        A slice of the course, as `imlcourse.course.slice.wanted_slice` gives it; ``None`` for the
        whole. Each has a folder.
    kit
        Whether to make the trainer's kit of one day too, when all that learners need is in place.

    Returns
    -------
    list of Made
        What was made.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If the course has problems.
    imlcourse.course.slice.SliceError
        If nothing of the slice is written, or it is the whole course.
    imlcourse.document.reader.DocumentError
        If the file given is not the document.
    imlcourse.book.jupyter_config.BookError
        If Sphinx could not make the book.
    imlcourse.build.transaction.BuildError
        If the build folder cannot be used.
    imlcourse.products.packages.PackageError
        If a package cannot be made; what is no package is in place then.
    OSError
        If something cannot be read or written.
    """
    folder = build_folder(root, language, part)
    named = list(packages)
    wanted = packages_named(named)
    check_installed(wanted)
    with locked(folder) as waited:
        settle(folder)
        mark = fingerprint(root, document_path, office)
        # Much is made and little thrown away: looking for what could be costs a tenth.
        collects = gc.isenabled()
        gc.disable()
        try:
            source = _Source(root, document_path, language, office, part)
            # Who asks for packages, or lacks the kit alone, has the rest as it stands.
            if anew or not ((waited or named or kit) and is_current(folder, mark)):
                _build(source, mark, anew=anew)
            if wanted:
                make_packages(folder, mark, wanted, source, anew=anew)
        finally:
            if collects:
                gc.enable()
        if kit:
            keep_kit(folder, mark, lambda: source.load()[0])
    return [*what_is_made(root, language, part), *(built_kit(folder) if kit else ())]


@dataclass
class _Source:
    """Where a course is read from, and in which form."""

    root: Path
    document_path: Path | None
    language: str | None
    office: Path | None
    part: Wanted | None = None
    _loaded: tuple[Course, Document | None] | None = None

    @property
    def folder(self) -> Path:
        return build_folder(self.root, self.language, self.part)

    def cache(self) -> Cache:
        """Give what builds kept: for a slice or a language, of what it is made from too."""
        from imlcourse.book.cache import Cache

        made_from = build_folder(self.root, self.language if self.part else None)
        beside = made_from / CACHE if made_from != self.folder else None
        return Cache(self.folder / CACHE, program_mark(), beside)

    def load(self, cache: Cache | None = None) -> tuple[Course, Document | None]:
        """Read and check everything, once; `cache` is that of the build, which also writes it."""
        if self._loaded is None:
            from imlcourse.course.office_file import read_office_file
            from imlcourse.course.sources import read_held_document

            cache = cache or self.cache()
            _remember(cache)
            path = self.document_path
            document = read_held_document(self.root, path) if path else None
            course = _loaded(self.root, self.language, document, cache)
            if self.office:
                fields = course.library.office_fields
                written = read_office_file(self.root, self.office, course.about.id, fields)
                course = replace(course, office=written)
            if self.part:
                from imlcourse.course.slice import sliced

                course = sliced(course, self.part)
            self._loaded = course, document
        return self._loaded

    def keep(self, mark: str, caches: Iterable[Cache]) -> None:
        """Keep what was made for the next build, unless a file was saved meanwhile.

        What was made then is partly of what was read, and partly of what stands there now.
        """
        if fingerprint(self.root, self.document_path, self.office) != mark:
            return
        for cache in caches:
            with suppress(OSError):  # what it keeps is of use and not needed
                cache.commit()


def _build(source: _Source, mark: str, *, anew: bool) -> None:
    from imlcourse.book.make import BookMaker

    folder = source.folder
    products = in_order()
    cache = source.cache()
    if anew:
        cache.forget()
    progress = Progress(len(products) + 2)
    # 1. All sources are read and checked before anything is made.
    progress.step("Checking the course")
    course, document = source.load(cache)
    # 2. Each product, from what was made before it.
    maker = BookMaker(source.root, cache)
    making = Making(course, document, maker, cache)
    try:
        for product in products:
            progress.step(f"Making {product.title}")
            making.made[product.name] = product.make(making)
    finally:
        maker.close()
    # 3. Only now does anything that was there before give way.
    progress.step("Putting all in place")
    stood = read_state(folder).get("places")
    put_in_place(
        folder,
        mark,
        {product.place: making.made[product.name] for product in products},
        [product.name for product in products],
        [str(place) for place in stood] if isinstance(stood, list) else [],
    )
    _keep(cache)
    source.keep(mark, [cache])
    progress.done()


def _loaded(root: Path, language: str | None, document: Document | None, cache: Cache) -> Course:
    """Load the course; a file that is as it was at the last build is not read again."""
    from imlcourse.checks.load import load_course
    from imlcourse.course.reader import Reader

    key = cache.key("read")
    reader = Reader(cache.get(key))
    course = load_course(root, language, document=document, reader=reader)
    if reader.read_anew:
        cache.put(key, reader.dumped())
    return course


def _remember(cache: Cache) -> None:
    """Take over what the last build looked up in the lists of words, hashed, and read of roles."""
    from imlcourse.document.quotations import remember_hashed
    from imlcourse.languages.words import remember
    from imlcourse.markup.roles import remember_roles

    if kept := cache.get(cache.key("looked-up")):
        earlier = json.loads(kept)
        remember(earlier["words"])
        remember_hashed(earlier["hashed"])
        remember_roles(earlier["roles"])


def _keep(cache: Cache) -> None:
    from imlcourse.document.quotations import hashed
    from imlcourse.languages.words import found
    from imlcourse.markup.roles import roles_read

    kept = {"words": found(), "hashed": hashed(), "roles": roles_read()}
    cache.put(cache.key("looked-up"), json.dumps(kept).encode())


def what_is_made(root: Path, language: str | None = None, part: Wanted | None = None) -> list[Made]:
    """Name what stands in the build folder.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language of the build; ``None`` for the course's own.
    part
        A slice of the course; ``None`` for the whole.

    Returns
    -------
    list of Made
        What a person opens, of every product that the last build made, and of every package.
    """
    folder = build_folder(root, language, part)
    names = products_of(folder)
    return [
        *(
            made
            for product in PRODUCTS
            if product.name in names
            for made in opened(folder / product.place, product.openings)
        ),
        *made_packages(folder),
    ]
