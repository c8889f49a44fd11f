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
from imlcourse.build.progress_line import Progress
from imlcourse.build.transaction import locked, put_in_place, settle, unsettled
from imlcourse.products import PRODUCTS, Making, Product, in_order

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course
    from imlcourse.document.reader import Document


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a build made: what it is, where, and its size in bytes."""

    what: str
    path: Path
    size: int


def build_folder(root: Path, language: str | None = None) -> Path:
    """Give the folder of made things: one for the course, and one in it for each other language.

    Parameters
    ----------
    root
        The folder of the course.
    language
        A language that the course is translated into; ``None`` for its own.
    """
    folder = root / "_build"
    return folder / language if language else folder


def up_to_date(
    root: Path,
    document_path: Path | None = None,
    also: Iterable[str] = (),
    language: str | None = None,
    office: Path | None = None,
) -> bool:
    """Say whether everything is built from the files as they are.

    Parameters
    ----------
    root
        The folder of the course.
    document_path
        The text of the document, if the build is to show it.
    also
        Names of products besides those that every build makes.
    language
        The language of the build; ``None`` for the course's own.
    office
        The file of an office, if the build is for one.
    """
    folder = build_folder(root, language)
    if unsettled(folder):
        with locked(folder):
            settle(folder)
    return is_current(folder, fingerprint(root, document_path, office), also)


def build(
    root: Path,
    document_path: Path | None = None,
    also: Iterable[str] = (),
    *,
    anew: bool = False,
    language: str | None = None,
    office: Path | None = None,
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
    also
        Names of products besides those that every build makes. Those of the last build are made
        again too.
    anew
        Whether to use nothing of what earlier builds kept.
    language
        A language that the course is translated into; ``None`` for its own. Each has a folder.
    office
        The file of an office, whose words then stand in its fields on every page.

    Returns
    -------
    list of Made
        What was made.

    Raises
    ------
    imlcourse.markup.problems.CourseError
        If the course has problems.
    imlcourse.document.reader.DocumentError
        If the file given is not the document.
    imlcourse.book.jupyter_config.BookError
        If Sphinx could not make the book.
    imlcourse.build.transaction.BuildError
        If the build folder cannot be used.
    OSError
        If something cannot be read or written.
    """
    folder = build_folder(root, language)
    with locked(folder) as waited:
        settle(folder)
        mark = fingerprint(root, document_path, office)
        if not (waited and is_current(folder, mark, also)):
            # Much is made and little thrown away: looking for what could be costs a tenth.
            collects = gc.isenabled()
            gc.disable()
            try:
                _build(root, document_path, mark, also, anew=anew, language=language, office=office)
            finally:
                if collects:
                    gc.enable()
    return what_is_made(root, language)


def _build(
    root: Path,
    document_path: Path | None,
    mark: str,
    also: Iterable[str],
    *,
    anew: bool,
    language: str | None,
    office: Path | None,
) -> None:
    from imlcourse.book.cache import Cache
    from imlcourse.book.make import BookMaker
    from imlcourse.course.office_file import read_office_file
    from imlcourse.course.sources import read_held_document

    folder = build_folder(root, language)
    known = {product.name for product in PRODUCTS}
    products = in_order([*(name for name in products_of(folder) if name in known), *also])
    cache = Cache(folder / "cache", program_mark())
    if anew:
        cache.forget()
    _remember(cache)
    progress = Progress(len(products) + 2)
    # 1. All sources are read and checked before anything is made.
    progress.step("Checking the course")
    document = read_held_document(root, document_path) if document_path else None
    course = _loaded(root, language, document, cache)
    if office:
        fields = course.library.office_fields
        written = read_office_file(root, office, course.about.id, fields)
        course = replace(course, office=written)
    # 2. Each product, from what was made before it.
    maker = BookMaker(root, cache)
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
    with suppress(OSError):  # what it keeps is of use and not needed
        cache.commit()
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
    """Take over what the last build looked up in the lists of words, and what it hashed."""
    from imlcourse.document.quotations import remember_hashed
    from imlcourse.languages.words import remember

    if kept := cache.get(cache.key("looked-up")):
        earlier = json.loads(kept)
        remember(earlier["words"])
        remember_hashed(earlier["hashed"])


def _keep(cache: Cache) -> None:
    from imlcourse.document.quotations import hashed
    from imlcourse.languages.words import found

    kept = {"words": found(), "hashed": hashed()}
    cache.put(cache.key("looked-up"), json.dumps(kept).encode())


def what_is_made(root: Path, language: str | None = None) -> list[Made]:
    """Name what stands in the build folder.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language of the build; ``None`` for the course's own.

    Returns
    -------
    list of Made
        What a person opens, of every product that the last build made.
    """
    folder = build_folder(root, language)
    names = products_of(folder)
    return [
        made for product in PRODUCTS if product.name in names for made in _opened(folder, product)
    ]


def _opened(folder: Path, product: Product) -> list[Made]:
    place = folder / product.place
    found = []
    for opening in product.openings:
        for path in sorted(place.glob(opening.pattern)) if opening.pattern else [place]:
            measured = path.parent if path.name == "index.html" else path
            found.append(Made(opening.what, path, _size(measured)))
    return found


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
