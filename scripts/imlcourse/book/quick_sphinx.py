"""Sphinx without what it always loads and the text of a page never needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sphinx import theming
from sphinx.application import Sphinx

_SKIPPED = frozenset(
    [
        *(f"sphinx.builders.{name}" for name in ("changes", "epub3", "dirhtml", "dummy")),
        *(f"sphinx.builders.{name}" for name in ("latex", "linkcheck", "manpage")),
        *(f"sphinx.builders.{name}" for name in ("singlehtml", "texinfo", "text", "xml")),
        *(f"sphinx.domains.{name}" for name in ("c", "cpp", "javascript", "python", "rst")),
        *(f"sphinxcontrib.{name}" for name in ("applehelp", "devhelp", "htmlhelp")),
        *(f"sphinxcontrib.{name}" for name in ("serializinghtml", "qthelp")),
        "alabaster",
    ]
)
"""Other builders, other themes, and the descriptions of programs: half of the time to set up."""


class QuickSphinx(Sphinx):
    """Sphinx for HTML alone."""

    def setup_extension(self, extname: str) -> None:
        """Load an extension, unless it is one of those that are not needed."""
        if extname not in _SKIPPED:
            super().setup_extension(extname)

    def _init_builder(self) -> None:
        with _without_other_themes():
            super()._init_builder()


@contextmanager
def _without_other_themes() -> Iterator[None]:
    """Let Sphinx know its own themes alone, of which the book has one.

    For others it would read what each package says of itself that is installed, hundreds of them.
    """
    module: Any = theming
    plain = module.entry_points
    module.entry_points = lambda **_: ()
    try:
        yield
    finally:
        module.entry_points = plain
