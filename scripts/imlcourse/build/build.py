"""Building: from the course to notebooks, the book and offline copies, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from imlcourse.book.sphinx import book_sources, build_pages, write_changed
from imlcourse.build.freshness import fingerprint, record
from imlcourse.build.progress_line import Progress
from imlcourse.checks.load import load_course
from imlcourse.course.sources import read_held_document
from imlcourse.products.offline import copy_site, zip_folder


@dataclass(frozen=True, slots=True)
class Made:
    """Something that a build made: what it is, where, and its size in bytes."""

    what: str
    path: Path
    size: int


def build(root: Path, document_path: Path | None = None) -> list[Made]:
    """Build everything.

    The work is done in a folder of its own, and put in place only when all of it is whole: what
    was built before stays until then.

    Parameters
    ----------
    root
        The folder of the course.
    document_path
        The text of the document, to show it in the paragraph guide.

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
    imlcourse.book.sphinx.BookError
        If Sphinx could not make the book.
    """
    mark = fingerprint(root, document_path)
    progress = Progress(5)
    # 1. All sources are read and checked before anything is made.
    progress.step("Checking the course")
    document = read_held_document(root, document_path) if document_path else None
    course = load_course(root, document)
    made = root / "_build"
    made.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=made) as temporary:
        new = Path(temporary)
        # 2. The notebooks and pages, as any Jupyter Book has them.
        progress.step("Writing notebooks and pages")
        sources = new / "book-src"
        write_changed(sources, book_sources(course, document))
        # 3. The book, by Sphinx: the longest step.
        progress.step("Making the book")
        build_pages(root, sources, new / "html", new / "doctrees")
        # 4. The copies to hand round, from the same pages.
        progress.step("Packing the offline copy")
        name = f"{course.about.id}-{course.about.version}"
        if document:
            name += "-with-document"
        copy_site(new / "html", new / "book")
        copy_site(new / "html", new / "offline" / name)
        zip_folder(new / "offline" / name, new / "offline" / f"{name}.zip")
        shutil.copytree(sources / "modules", new / "notebooks")
        # 5. Only now does anything that was there before give way.
        progress.step("Putting all in place")
        for folder in ("book-src", "notebooks", "book", "offline"):
            _put(new / folder, made / folder)
        record(made, mark)
    progress.done()
    return what_is_made(root)


def _put(new: Path, place: Path) -> None:
    old = place.with_name(f".old-{place.name}")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def what_is_made(root: Path) -> list[Made]:
    """Name what stands in the build folder.

    Parameters
    ----------
    root
        The folder of the course.

    Returns
    -------
    list of Made
        The book, the notebooks, the offline folder and its zip.
    """
    made = root / "_build"
    offline = sorted((made / "offline").iterdir())
    folders = [path for path in offline if path.is_dir()]
    zips = [path for path in offline if path.suffix == ".zip"]
    found = [("The book: open this page in a browser", made / "book" / "index.html", made / "book")]
    found += [("Notebooks, for JupyterLab", made / "notebooks", made / "notebooks")]
    found += [
        ("Offline copy: open this page by double-click", folder / "index.html", folder)
        for folder in folders
    ]
    found += [("The same, zipped, to hand round", path, path) for path in zips]
    return [Made(what, path, _size(measured)) for what, path, measured in found]


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
