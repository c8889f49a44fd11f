"""Notebooks, plans and banks, kept for as long as nothing in them would change.

A build, and the live preview at every save, makes the sources of the book, and most of them are
texts of modules that nobody touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from imlcourse.book.cache import Cache, key_of
from imlcourse.course.model import Course
from imlcourse.course.module import Module
from imlcourse.markup.page import Page

_Depends = tuple[list[Any], list[Any]]
"""What is compared as an object, and what by its value."""


class KeptTexts:
    """Makes texts of modules and of banks, and gives again those that would be the same.

    A text of a module (its notebook, its plan) follows from the module with its drawings and its
    bank, from what all modules share (glossary, reference parts, pages, texts of the interface),
    and of the other modules from what a link shows: their front matter, their sections, and the
    titles of their worksheets. Files that have not changed give the same objects when a course is
    loaded with one `imlcourse.course.reader.Reader`. From one process to the next, the content of
    the files is compared instead.

    Parameters
    ----------
    cache
        Where they are kept from one process to the next.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache
        self._made: dict[tuple[str, str], tuple[_Depends, str]] = {}
        self._of_banks: dict[str, tuple[_Depends, dict[str, str]]] = {}

    def make(self, kind: str, maker: Callable[[Course, Module], str], course: Course) -> list[str]:
        """Make a text of each module, in the order of the modules.

        Parameters
        ----------
        kind
            What `maker` makes; what it made is kept by this name.
        maker
            Makes the text.
        course
            The course.

        Returns
        -------
        list of str
            The texts.
        """
        shared = _shared(course)
        outline = _outline(course)
        texts = []
        for module in course.modules.values():
            depends = (
                [module, course.banks[module.id], course.sessions.get(module.id), *shared],
                [*outline, *_drawings(module.page)],
            )
            known = self._made.get((kind, module.id))
            if known is None or not _same(known[0], depends):
                text = self._from_cache(kind, maker, course, module)
                known = self._made[kind, module.id] = (depends, text)
            texts.append(known[1])
        return texts

    def make_of_banks(
        self,
        kind: str,
        maker: Callable[[Course], dict[str, str]],
        course: Course,
        shown: Sequence[Any] = (),
    ) -> dict[str, str]:
        """Make what follows from all banks, from what is shared, and from where items are asked.

        Parameters
        ----------
        kind
            What `maker` makes.
        maker
            Makes it; it may name sections of modules, and shows of their text what is named here.
        course
            The course.
        shown
            What it shows of the text of modules; what has one value in two processes also has one
            `repr`.
        """
        places = [
            (id_, module, number, section.id)
            for id_, (module, number, section) in course.read_in.items()
        ]
        depends = ([*course.banks.values(), *_shared(course)], [*_outline(course), places, *shown])
        known = self._of_banks.get(kind)
        if known is None or not _same(known[0], depends):
            made = self._of_banks_from_cache(kind, maker, course, repr((places, shown)))
            known = self._of_banks[kind] = (depends, made)
        return known[1]

    def make_of_program(
        self, kind: str, maker: Callable[[str], dict[str, str]], language: str
    ) -> dict[str, str]:
        """Make what follows from the program and a language alone.

        Parameters
        ----------
        kind
            What `maker` makes.
        maker
            Makes it of a language tag.
        language
            The language.
        """
        return self._texts_from_cache(lambda: (kind, language), lambda: maker(language))

    def _of_banks_from_cache(
        self,
        kind: str,
        maker: Callable[[Course], dict[str, str]],
        course: Course,
        shown: str,
    ) -> dict[str, str]:
        told = _Told.of(course)
        return self._texts_from_cache(
            lambda: (kind, told.shared, told.banks, shown), lambda: maker(course)
        )

    def _texts_from_cache(
        self, follows_from: Callable[[], tuple[str, ...]], make: Callable[[], dict[str, str]]
    ) -> dict[str, str]:
        if self._cache is None:
            return make()
        key = self._cache.key(*follows_from())
        kept = self._cache.get(key)
        if kept is None:
            kept = self._cache.put(key, json.dumps(make()).encode())
        found: dict[str, str] = json.loads(kept)
        return found

    def _from_cache(
        self, kind: str, maker: Callable[[Course, Module], str], course: Course, module: Module
    ) -> str:
        if self._cache is None:
            return maker(course, module)
        told = _Told.of(course)
        key = self._cache.key(kind, module.id, told.shared, told.own(module))
        kept = self._cache.get(key)
        if kept is None:
            kept = self._cache.put(key, maker(course, module).encode("utf-8", "surrogatepass"))
        return kept.decode("utf-8", "surrogatepass")


class _Told:
    """What tells the files of a course: they are read once for all that follows from them."""

    _last: ClassVar[_Told | None] = None

    def __init__(self, course: Course) -> None:
        self._course = course
        self._own: dict[str, str] = {}

    @classmethod
    def of(cls, course: Course) -> _Told:
        if cls._last is None or cls._last._course is not course:
            cls._last = cls(course)
        return cls._last

    @cached_property
    def shared(self) -> str:
        """What all modules share."""
        return key_of(repr(_outline(self._course)), *_contents(_shared_files(self._course)))

    @cached_property
    def banks(self) -> str:
        """The item banks."""
        return key_of(*_contents(_bank_files(self._course, self._course.modules)))

    def own(self, module: Module) -> str:
        """Give what tells the files of a module and its bank."""
        if module.id not in self._own:
            self._own[module.id] = key_of(*_contents(_own_files(self._course, module)))
        return self._own[module.id]


def _own_files(course: Course, module: Module) -> list[Path]:
    """Give the files of a module, its bank and their translations."""
    return [
        *sorted(module.page.path.parent.iterdir()),
        *_bank_files(course, [module.id]),
    ]


def _bank_files(course: Course, modules: Iterable[str]) -> list[Path]:
    """Give the files of the item banks of some modules."""
    return [
        path for name in modules for path in sorted((course.root / "quizzes").glob(f"{name}.*"))
    ]


def _shared_files(course: Course) -> list[Path]:
    """Give the files that are no module's."""
    banks = tuple(f"{name}." for name in course.banks)
    quizzes = sorted((course.root / "quizzes").iterdir())
    return [
        *sorted((course.root / "book").rglob("*")),
        *(path for path in quizzes if not path.name.startswith(banks)),
    ]


def _contents(paths: list[Path]) -> Iterator[bytes]:
    for path in paths:
        if path.is_file():
            yield os.fsencode(path.name)
            yield path.read_bytes()


def _same(one: _Depends, other: _Depends) -> bool:
    return (
        len(one[0]) == len(other[0])
        and all(a is b for a, b in zip(one[0], other[0], strict=True))
        and one[1] == other[1]
    )


def _shared(course: Course) -> list[Any]:
    """Give everything of a course but its modules and banks, as objects of one file each."""
    return [
        *(course.index, course.digest, course.toc, course.tests, course.start),
        *course.library.parts.values(),
        *course.glossary.values(),
        *course.pages.values(),
    ]


def _outline(course: Course) -> list[Any]:
    """Give what such texts show of other modules and banks, and what names there are."""
    return [
        *(course.about, course.own_language, course.document_language, course.strings.by_key()),
        (course.office.office, dict(course.office.fields)),
        *(list(named) for named in (course.library.parts, course.glossary, course.pages)),
        (list(course.modules), course.slice.name if course.slice else ""),
        # A slice names what it has not, too.
        *(
            (module.front, module.page.language, [(s.id, s.title) for s in module.sections])
            for module in course.whole.modules.values()
        ),
        *(
            (name, [(id_, work.title) for id_, work in bank.worksheets.items()])
            for name, bank in course.whole.banks.items()
        ),
        *((name, plan.title) for name, plan in course.whole.sessions.items()),
        *(drawing for page in course.pages.values() for drawing in _drawings(page)),
    ]


def _drawings(page: Page) -> list[bytes]:
    """Give the drawings of a page: files of their own, which are no part of it."""
    names = [
        *(block.argument for block in page.of_kind("diagram")),
        *(block.options.get("drawing", "") for block in page.of_kind("situation")),
    ]
    return [(page.path.parent / name).read_bytes() for name in names if name]
