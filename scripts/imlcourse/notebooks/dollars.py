"""Text that Jupyter would set as mathematics, and the book would not."""

from __future__ import annotations

import re

from imlcourse.html.compose import Markup, html

__all__ = ["plain_html", "plain_markdown"]

_IGNORED = "tex2jax_ignore mathjax_ignore"
"""Classes at which MathJax, in its second and third version, leaves everything alone."""

# A tag; code, which Jupyter leaves alone too; a sign of mathematics.
_SIGNS = re.compile(
    r"(?P<tag><[a-zA-Z/!][^>]*>)"
    r"|(?P<code>^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
    r"|\\?(?P<dollar>\$)|(?P<slash>\\\\)(?=[()\[\]])|(?P<begin>\\\\?)(?=begin\{)",
    re.DOTALL | re.MULTILINE,
)


def plain_markdown(source: str) -> str:
    r"""Write Markdown so that Jupyter sets nothing in it as mathematics.

    A reader that sets mathematics looks for it first in the source and then, as MathJax does, in
    the text of each element; so a sign is written as a reference, in an element of its own.

    Parameters
    ----------
    source
        Markdown with HTML in it.

    Returns
    -------
    str
        Markdown that shows the same words.

    Examples
    --------
    >>> print(plain_markdown("costs $5, or `$5`"))
    costs <span>&#36;</span>5, or `$5`
    """

    def written(found: re.Match[str]) -> str:
        if found["tag"]:
            return found[0].replace("$", "&#36;")
        if found["code"]:
            return found[0]
        return "<span>&#36;</span>" if found["dollar"] else "<span>&#92;</span>"

    return _SIGNS.sub(written, source)


def plain_html(output: Markup) -> Markup:
    """Put HTML, as an output of a cell, where MathJax leaves it alone."""
    return html('<div class="{}">\n{}\n</div>', _IGNORED, output)
