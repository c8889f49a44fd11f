"""Sphinx without what it always loads and the text of a page never needs."""

from __future__ import annotations

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
