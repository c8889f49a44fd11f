"""The Markdown subset of quiz texts: ``*emphasis*``, ``**strong**``, a backslash for a plain star.

Everything else is text, and is escaped: no link, no image, no HTML can come out of a quiz bank.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

__all__ = ["inline_html", "inline_text"]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # "zero" knows nothing but text; only these two rules are added to it.
    return MarkdownIt("zero").enable(["emphasis", "escape"])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def inline_html(text: str) -> str:
    """Turn a quiz text into HTML.

    Parameters
    ----------
    text
        Text in the Markdown subset. White space, line ends too, counts as one space.

    Returns
    -------
    str
        One line of HTML in which ``<em>`` and ``<strong>`` are the only tags; it may stand
        between tags and inside a double-quoted attribute.

    Examples
    --------
    >>> inline_html('Which is **not** "law" <b>?')
    'Which is <strong>not</strong> &quot;law&quot; &lt;b&gt;?'
    """
    rendered: str = _parser().renderInline(_one_line(text))
    return rendered


def inline_text(text: str) -> str:
    """Give the plain words of a quiz text, for places that hold no tags.

    Parameters
    ----------
    text
        Text in the Markdown subset.

    Returns
    -------
    str
        The text without its emphasis marks. It is not escaped.

    Examples
    --------
    >>> inline_text("Which is **not** a *duty*?")
    'Which is not a duty?'
    """
    tokens = _parser().parseInline(_one_line(text))
    return "".join(child.content for token in tokens for child in token.children or [])
