"""MyST without what it makes anew for each document, and what all documents can share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document
from myst_parser.mdit_to_docutils import base
from myst_parser.parsers import sphinx_
from myst_parser.parsers.mdit import create_md_parser

from imlcourse.markup.quick_rules import with_quick_rules


@contextmanager
def quick_myst() -> Iterator[None]:
    """Let MyST make one parser of Markdown and one set of docutils' settings, and use them again.

    Of each document it would ask docutils for the settings of another one, which it has no use
    for, and build a parser with all its rules. The parser reads texts in strides.
    """
    settings: dict[type, Any] = {}
    parsers: dict[type, tuple[Any, Any]] = {}
    of_parts: Any = base
    of_parser: Any = sphinx_
    plain_document = base.make_document

    def document(source_path: str = "notset", parser_cls: type = Parser) -> Any:
        if parser_cls not in settings:
            settings[parser_cls] = get_default_settings(parser_cls)
        return new_document(source_path, settings=settings[parser_cls].copy())

    def parser(config: Any, renderer: type) -> Any:
        known = parsers.get(renderer)
        if known is None or known[0] is not config:  # a document may have settings of its own
            made = with_quick_rules(create_md_parser(config, renderer))
            known = parsers[renderer] = (config, made)
        return known[1]

    of_parts.make_document, of_parser.create_md_parser = document, parser
    try:
        yield
    finally:
        of_parts.make_document, of_parser.create_md_parser = plain_document, create_md_parser
