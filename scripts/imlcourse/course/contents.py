"""The contents of the book, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from imlcourse.markup.fields import Data, Words


class Chapter(Data):
    """A page of the contents, and pages under it."""

    file: Words
    title: Words | None = None
    sections: list[Chapter] = Field(default=[])


class BookPart(Data):
    """A part of the contents."""

    caption: Words
    chapters: list[Chapter] = Field(min_length=1)


class Contents(Data):
    """``book/_toc.yml``: what of sphinx-external-toc the book needs."""

    format: Literal["jb-book"]
    root: Literal["index"]
    parts: list[BookPart] = Field(min_length=1)


GENERATED_PAGES = ("paragraph-guide", "glossary", "index-of-topics", "my-progress")
"""Pages of the book that are made from data files."""


TEST_PAGES = ("pre-test", "post-test", "final-test", "certificate")
"""Pages of the book that there are if the course has tests."""


DATA_FILES = ("course", "document", "digest", "glossary", "_toc")
"""Files of ``book/`` that every course has, besides those of its reference parts."""


def files_of(toc: Any) -> Iterator[str]:
    """Give the pages of a table of contents, in order."""
    if isinstance(toc, list):
        for inner in toc:
            yield from files_of(inner)
    elif isinstance(toc, dict):
        for key, inner in toc.items():
            if key == "file":
                yield str(inner)
            else:
                yield from files_of(inner)
