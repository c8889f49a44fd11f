"""The contents of the book, and which pages there are."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page of the book that is made from data files, and not written.

    Attributes
    ----------
    name
        Name of its file without ending: the page ``glossary`` is ``glossary.html``.
    title
        Key of the text that is its title.
    needs
        The source without which there is no such page, as in ``book/atlas`` or
        ``quizzes/tests``. Empty where every course has the page.
    script_name
        What the scripts of the pages call it (``imlCourse.pages``); empty where none leads there.
    titles_only
        Whether a search finds its titles alone, since its words stand on other pages too.
    """

    name: str
    title: str
    needs: str = ""
    script_name: str = ""
    titles_only: bool = False


PLANS = "session-plans"
"""The page under which the contents list the page of each session plan, by themselves."""

MADE_PAGES = (
    MadePage("paragraph-guide", "guide.title"),
    MadePage("glossary", "glossary.title"),
    MadePage("index-of-topics", "topics.title", titles_only=True),
    MadePage("my-progress", "progress.title", script_name="progress"),
    MadePage("practise", "practise.title", script_name="practise"),
    MadePage("start-check", "test.start.title", "quizzes/start-check", "start"),
    MadePage("pre-test", "test.pre.title", "quizzes/tests", "pre"),
    MadePage("post-test", "test.post.title", "quizzes/tests", "post"),
    MadePage("final-test", "test.final.title", "quizzes/tests", "final"),
    MadePage("certificate", "certificate.title", "quizzes/tests", "certificate"),
    MadePage("check-certificate", "check.title", "quizzes/tests", "check"),
    MadePage("case-atlas", "atlas.title", "book/atlas"),
    MadePage("rights-and-activities", "matrix.title", "book/matrix"),
    MadePage("instruments", "instruments.title", "book/instruments"),
    MadePage("time-line", "timeline.title", "book/timeline"),
    MadePage("since-2009", "since.title", "book/since", titles_only=True),
    MadePage("bibliography", "bibliography.title", "book/bibliography", titles_only=True),
    MadePage("what-is-in-front-of-you", "situations.title", "book/situations"),
    MadePage("our-rules-here", "office.title", "book/office", titles_only=True),
    MadePage("group-results", "group.title", "book/training"),
    MadePage(PLANS, "sessions.title", "book/training", titles_only=True),
)
"""Every made page of the book, but for those of worksheets, which have the names of their ids, and
of session plans, which stand under `PLANS`.

To add a page: a line here, and a module in `imlcourse.pages` with the function that makes it.
"""

REFERENCE_FILES = tuple(
    dict.fromkeys(
        [
            *(
                page.needs.removeprefix("book/")
                for page in MADE_PAGES
                if page.needs.startswith("book/")
            ),
            "evaluation",
        ]
    )
)
"""Names of the data files of ``book/`` of which pages are made; forms go on paper."""

PAGES_BY_NAME = {page.name: page for page in MADE_PAGES}


def pages_made_of(sources: Container[str]) -> list[MadePage]:
    """Give the made pages that a course has.

    Parameters
    ----------
    sources
        Names of the source files that are there: ``book/atlas``, ``quizzes/tests`` …

    Returns
    -------
    list of MadePage
        In the order of `MADE_PAGES`.
    """
    return [page for page in MADE_PAGES if not page.needs or page.needs in sources]


DATA_FILES = ("course", "document", "digest", "glossary", "texts", "_toc")
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


def with_plans(chapters: Sequence[Mapping[str, Any]], plans: Sequence[str]) -> list[dict[str, Any]]:
    """Put the pages of session plans under the page that lists them.

    Parameters
    ----------
    chapters
        Chapters of the contents.
    plans
        Names of the pages.

    Returns
    -------
    list of dict
        The chapters.
    """
    return [
        {**one, "sections": [*one.get("sections", ()), *({"file": plan} for plan in plans)]}
        if one["file"] == PLANS and plans
        else dict(one)
        for one in chapters
    ]
