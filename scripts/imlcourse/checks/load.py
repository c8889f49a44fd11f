"""Loading the course: read, checked, whole."""

from __future__ import annotations

from pathlib import Path

from imlcourse.course.model import Course
from imlcourse.course.reader import Reader
from imlcourse.course.sources import read_sources
from imlcourse.document.edition import FILE, read_edition
from imlcourse.document.reader import Document
from imlcourse.markup.problems import CourseError, Problems


def load_course(
    root: Path, document: Document | None = None, reader: Reader | None = None
) -> Course:
    """Load the course and check it.

    Parameters
    ----------
    root
        The folder of the course.
    document
        The document, where the user holds it: a quotation that departs is then reported to the
        word. Whether one departs is known without.
    reader
        Whoever loads the course again and again keeps one: only files that have changed are then
        read again.

    Returns
    -------
    Course
        The course, without a problem.

    Raises
    ------
    CourseError
        With every problem of every file, if there is one.
    """
    from imlcourse.checks import check_sources

    problems = Problems(root)
    # No unit can be known without it, so nothing else can be checked.
    reader = reader or Reader()
    edition = reader.read(read_edition, root / "book" / FILE, problems)
    if edition is None:
        raise CourseError(problems.sorted())
    sources = read_sources(root, problems, edition, reader)
    sources.document = document
    check_sources(sources)
    if problems:
        raise CourseError(problems.sorted())
    assert sources.about and sources.index and sources.digest and sources.toc
    return Course(
        root,
        sources.about,
        sources.index,
        sources.modules,
        sources.banks,
        sources.digest,
        sources.glossary,
        sources.pages,
        sources.toc,
        sources.tests,
        sources.library,
    )
