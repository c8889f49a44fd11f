"""Translations: files that stand beside those that they translate, and what is made of each.

``load_course(root, "fr")`` reads ``modules/*/module.fr.md`` in place of ``module.md`` where there
is one, ``quizzes/m06.fr.yml`` in place of ``m06.yml``, ``book/glossary.fr.yml``,
``book/document-index.fr.json`` and so on. What has no translation stays in the course's own
language. A translation says at its top from which text it was made (``source: 1a2b3c4d``), so that
it is known to be stale as soon as that text changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from imlcourse.course.agenda import AGENDAS
from imlcourse.course.contents import DATA_FILES, REFERENCE_FILES
from imlcourse.course.find import source_files
from imlcourse.languages.locales import fallbacks
from imlcourse.markup.problems import Problems
from imlcourse.markup.textfile import language_of, mark_of, original_of, read_text
from imlcourse.markup.yamlfile import read_yaml

__all__ = [
    "Translation",
    "beside",
    "mark_of_file",
    "originals",
    "translatable",
    "translated_languages",
    "translations",
]

_DATA = (*(name for name in DATA_FILES if name != "document"), *REFERENCE_FILES)
"""Data files of ``book/`` that hold words for readers."""


_UNKNOWN = "?"
_PLACES = (
    "modules/*/*.md",
    "quizzes/*.yml",
    "book/*.yml",
    "book/*.md",
    f"book/{AGENDAS}/*.yml",
)
"""Where translations stand beside what they translate."""


@dataclass(frozen=True, slots=True)
class Translation:
    """How a file of the course stands in a language.

    Attributes
    ----------
    original
        The file that is translated.
    path
        The translation; where there is none yet, the place in which it would stand.
    state
        ``"missing"``; ``"stale"``, if the original has changed since it was made; ``"unmarked"``,
        if it does not say from what it was made; else ``"current"``.
    mark
        The mark of the original as it is now, which a translation made from it holds.
    """

    original: Path
    path: Path
    state: Literal["missing", "stale", "unmarked", "current"]
    mark: str


def originals(folder: Path, pattern: str) -> list[Path]:
    """Give the files of a folder that are no translations, by name."""
    return [path for path in source_files(folder, pattern) if language_of(path) is None]


def beside(path: Path, language: str | None) -> Path:
    """Give the translation of a file, or the file itself where there is none.

    Parameters
    ----------
    path
        A file in the course's own language.
    language
        The language that is asked for; ``None`` for the course's own.

    Returns
    -------
    Path
        The translation into the language, or into the nearest wider one (`fallbacks`).
    """
    for tag in fallbacks(language) if language else ():
        translated = path.with_name(f"{path.stem}.{tag}{path.suffix}")
        if translated.exists():
            return translated
    return path


def translatable(root: Path) -> Iterator[Path]:
    """Give the files of a course that hold words for readers, in their own language.

    Parameters
    ----------
    root
        The folder of the course.

    Yields
    ------
    Path
        Modules, plans of sessions, banks of items, pages and data files.
    """
    book = root / "book"
    yield from (
        path
        for name in ("module.md", "session.md")
        for path in sorted((root / "modules").glob(f"*/{name}"))
        if path.parent.name[0] not in "._"
    )
    for path in source_files(root / "quizzes", "*.yml"):
        if path.name not in ("tests.yml", "start-check.yml") and language_of(path) is None:
            yield path
    for path in source_files(book, "*.md"):
        if language_of(path) is None:
            yield path
    for path in source_files(book / AGENDAS, "*.yml"):
        if language_of(path) is None:
            yield path
    for name in _DATA:
        if (book / f"{name}.yml").is_file():
            yield book / f"{name}.yml"


def translated_languages(root: Path) -> list[str]:
    """Give the languages that some file of a course is translated into."""
    found = {language_of(path) for pattern in _PLACES for path in source_files(root, pattern)}
    return sorted(tag for tag in found if tag)


def mark_of_file(path: Path) -> str | None:
    """Give the mark of a file as it is now; ``None`` if it cannot be read."""
    text = read_text(path, Problems(path.parent))
    return None if text is None else mark_of(text)


def translations(root: Path, language: str) -> list[Translation]:
    """Say of each file of a course how it stands in a language.

    Parameters
    ----------
    root
        The folder of the course.
    language
        The language.

    Returns
    -------
    list of Translation
        One for each file that holds words for readers.
    """
    found = []
    for original in translatable(root):
        path = beside(original, language)
        mark = mark_of_file(original) or ""
        if path == original:
            place = original.with_name(f"{original.stem}.{language}{original.suffix}")
            found.append(Translation(original, place, "missing", mark))
            continue
        made_from = _made_from(path)
        state: Literal["stale", "unmarked", "current"] = "stale"
        if made_from is None:
            state = "unmarked"
        elif str(made_from) == mark:
            state = "current"
        found.append(Translation(original, path, state, mark))
    return found


def _made_from(path: Path) -> object:
    """Read what a translation says it was made from; ``None`` if it does not say so.

    Of a file that cannot be read nobody knows; whoever loads it reports that.
    """
    aside = Problems(path.parent)
    text = read_text(path, aside)
    if text is None:
        return _UNKNOWN
    if path.suffix == ".md":
        if not text.startswith("---\n"):
            return _UNKNOWN if text.lstrip().startswith("---") else None
        text = text[4:].partition("\n---")[0]
    file = read_yaml(path, aside, text=text)
    return file.made_from if file else _UNKNOWN


def strays(root: Path) -> Iterator[Path]:
    """Give the translations of files that there are not."""
    for pattern in _PLACES:
        for path in source_files(root, pattern):
            if language_of(path) and not original_of(path).exists():
                yield path
