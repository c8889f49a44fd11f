"""Loading the course: read, checked, whole."""

from __future__ import annotations

from pathlib import Path

from imlcourse.course.model import Course
from imlcourse.course.reader import Reader
from imlcourse.course.sources import Sources, read_sources
from imlcourse.course.translation import beside
from imlcourse.document.edition import FILE, read_edition
from imlcourse.document.reader import Document
from imlcourse.languages.locales import known_language
from imlcourse.markup.problems import CourseError, Problems


def load_course(
    root: Path,
    language: str | None = None,
    *,
    document: Document | None = None,
    reader: Reader | None = None,
) -> Course:
    """Load the course and check it.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language whose translations are read; the course's own if none is named. What is not
        translated stays in the course's own.
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
    from imlcourse.checks.config import check_config

    problems = Problems(root)
    reader = reader or Reader()
    sources = read_course(root, problems, language, reader)
    if sources is None:
        raise CourseError(problems.sorted())
    sources.document = document
    reader.read(check_config, root / "_config.yml", problems)
    check_sources(sources)
    if problems:
        raise CourseError(problems.sorted())
    return Course.from_sources(sources)


def read_course(
    root: Path, problems: Problems, language: str | None, reader: Reader
) -> Sources | None:
    """Read the sources of the course in a language.

    Parameters
    ----------
    root
        The folder of the course.
    problems
        Where problems are reported.
    language
        The language; ``None`` for the course's own.
    reader
        Reads the files.

    Returns
    -------
    Sources or None
        What could be read; nothing without a description of the document, since no unit can be
        known then.

    Raises
    ------
    ValueError
        If there is no such language.
    """
    if language is not None and not known_language(language):
        msg = f"there is no language {language!r}; write a tag, as in fr, ar or es-419"
        raise ValueError(msg)
    # What is wrong in the original only is reported when the original is loaded.
    aside = problems if language is None else Problems(root)
    edition = reader.read(read_edition, root / "book" / FILE, aside)
    if edition is None:
        problems.extend(aside.sorted())
        return None
    original = read_sources(root, aside, edition, reader)
    if language is None or language == original.language:
        problems.extend(aside.sorted())
        return original
    path = beside(root / "book" / FILE, language)
    edition = reader.read(read_edition, path, problems)
    if edition is None:
        return None
    return read_sources(root, problems, edition, reader, language=language, original=original)
