"""How a page of the book is made: what its maker is given, and how it is found by the page's name.

A module of this package holds the maker of one page, or of a few that are alike, and says with
`made` or `made_of` which page of `imlcourse.course.contents.MADE_PAGES` it makes. What a page
looks like stands in its template; the maker gathers what the template is filled with.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from imlcourse.course.model import Course
from imlcourse.document.reader import Document
from imlcourse.html.compose import Markup, joined
from imlcourse.html.tables import facts
from imlcourse.html.writer import Writer
from imlcourse.markup.inline import inline_html, inline_markdown

Part = TypeVar("Part")


@dataclass(frozen=True)
class Making:
    """What pages are made from.

    Attributes
    ----------
    course
        The course.
    document
        The document, where the user holds it.
    """

    course: Course
    document: Document | None = None


MAKERS: dict[str, Callable[[Making], str | None]] = {}
"""For each made page what makes it as MyST Markdown; None comes of a part that is not there."""


def made(name: str) -> Callable[[Callable[[Course], str]], Callable[[Course], str]]:
    """Say that a function makes a page of the course as a whole.

    Parameters
    ----------
    name
        Name of the page.

    Returns
    -------
    callable
        Takes the maker, and gives it back as it is.
    """

    def bind(maker: Callable[[Course], str]) -> Callable[[Course], str]:
        _register(name, lambda making: maker(making.course))
        return maker

    return bind


def made_of(
    name: str, part: Callable[[Making], Part | None]
) -> Callable[[Callable[[Course, Part], str]], Callable[[Course, Part], str]]:
    """Say that a function makes a page of one part of the course, which it is given.

    Parameters
    ----------
    name
        Name of the page.
    part
        Gives the part; where it gives None, there is no such page.

    Returns
    -------
    callable
        Takes the maker, and gives it back as it is.
    """

    def bind(maker: Callable[[Course, Part], str]) -> Callable[[Course, Part], str]:
        def make(making: Making) -> str | None:
            found = part(making)
            return None if found is None else maker(making.course, found)

        _register(name, make)
        return maker

    return bind


def _register(name: str, make: Callable[[Making], str | None]) -> None:
    if name in MAKERS:
        msg = f"two functions make the page {name}"
        raise ValueError(msg)
    MAKERS[name] = make


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["inline"] = inline_html
    environment.filters["flat"] = lambda text: " ".join(text.split())
    environment.filters["heading"] = lambda text: Markup(inline_markdown(text))
    return environment


class Kept(Protocol):
    """Where compiled templates are kept from one process to the next."""

    def key(self, kind: str, *parts: str | bytes) -> str:
        """Give the key of an outcome of a kind."""

    def get(self, key: str) -> bytes | None:
        """Give an outcome, or None."""

    def put(self, key: str, content: bytes) -> bytes:
        """Keep an outcome."""


class Compiled(BytecodeCache):
    """Templates as Python compiled them, kept from one process to the next."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take over what was compiled, if it is kept."""
        found = self._kept.get(self._kept.key("template", bucket.key, bucket.checksum))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        key = self._kept.key("template", bucket.key, bucket.checksum)
        self._kept.put(key, bucket.bytecode_to_string())


def keep_templates(kept: Kept) -> None:
    """Compile no template that was compiled before.

    Parameters
    ----------
    kept
        Where they are kept, by a mark of the program and of the template.
    """
    _templates().bytecode_cache = Compiled(kept)


def rendered(writer: Writer, template: str, **values: object) -> str:
    """Fill a template of the folder ``templates``.

    Whatever is put into a template is escaped, unless it is HTML by its type. A template has

    - ``t(key, …)``: a text of the interface, as HTML;
    - ``writer``: what writes citations, links, dates, roles;
    - ``listed(parts)``: parts in one line, with what separates them in the course's language;
    - ``facts(rows)``: a list of names and what is said of each;
    - ``| inline``: a text in which emphasis works, as HTML;
    - ``| flat``: a text on one line, for an attribute, since a blank line would end the HTML;
    - ``| heading``: the same, for a line that is Markdown.

    Parameters
    ----------
    writer
        The writer of the page.
    template
        Name of the file.
    **values
        What else the template needs; a name that it needs and nobody gives is an error.

    Returns
    -------
    str
        MyST Markdown, or HTML, with one line end at its end.
    """
    strings = writer.course.strings
    text = (
        _templates()
        .get_template(template)
        .render(
            t=strings.html,
            writer=writer,
            listed=lambda parts: joined(parts, strings.text("list.separator")),
            facts=facts,
            **values,
        )
    )
    return text.rstrip() + "\n"
