"""From Sphinx's trees to the HTML of the book, where it is other than what Sphinx writes."""

from __future__ import annotations

from typing import Any

from sphinx.writers.html5 import HTML5Translator

from imlcourse.html.tables import scroller
from imlcourse.languages.strings import strings_of


class BookTranslator(HTML5Translator):
    """Writes tables so that each scrolls by itself on a phone."""

    def visit_table(self, node: Any) -> None:
        """Open a table, and what it scrolls in."""
        self.body.append(scroller(strings_of(self.config.language.replace("_", "-"))))
        super().visit_table(node)

    def depart_table(self, node: Any) -> None:
        """Close both."""
        super().depart_table(node)
        self.body.append("</div>\n")
