"""The Markdown subset of quiz texts: ``*emphasis*``, ``**strong**``, a backslash for a plain star.

Everything else is text, and is escaped: no link, no image, no HTML can come out of a quiz bank.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markupsafe import Markup

from imlcourse.markup.myst import use_roles
from imlcourse.markup.quick_rules import with_quick_rules

__all__ = [
    "PRIVATE",
    "around",
    "around_roles",
    "inline_html",
    "inline_markdown",
    "inline_text",
    "one_line",
]

PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters of the private use area: no text holds them, and `around` needs one of them."""
_PLACE = "\ue000"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # "zero" knows nothing but text; only these two rules are added to it.
    return with_quick_rules(MarkdownIt("zero").enable(["emphasis", "escape"]))


_OF_THE_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _role_parser() -> MarkdownIt:
    parser = use_roles(with_quick_rules(MarkdownIt("zero").enable(["emphasis", "escape", "link"])))
    parser.validateLink = lambda url: bool(_OF_THE_WEB.match(url))  # type: ignore[method-assign]
    return parser


# Most texts hold none of these, and need no parser. (A NUL would be replaced by it.)
_MARKED = re.compile(r"[*_\\\x00]")


_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


def one_line(text: str) -> str:
    """Write a text on one line, with one space between words.

    Spaces that keep a line together stay as they are: French sets them before ? and inside « ».
    """
    if text.isprintable() and "  " not in text:  # so its only spaces are single ones
        return text.strip()
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=16384)  # an item stands in the book, in a notebook and in tests
def inline_html(text: str) -> Markup:
    """Turn a quiz text into HTML.

    Parameters
    ----------
    text
        Text in the Markdown subset. White space, line ends too, counts as one space.

    Returns
    -------
    Markup
        One line of HTML in which ``<em>`` and ``<strong>`` are the only tags; it may stand
        between tags and inside a double-quoted attribute.

    Examples
    --------
    >>> inline_html('Which is **not** "law" <b>?')
    Markup('Which is <strong>not</strong> &quot;law&quot; &lt;b&gt;?')
    """
    text = one_line(text)
    return Markup(_parser().renderInline(text) if _MARKED.search(text) else escapeHtml(text))


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
    text = one_line(text)
    if not _MARKED.search(text):
        return text
    tokens = _parser().parseInline(text)
    return "".join(child.content for token in tokens for child in token.children or [])


_ACTIVE = re.compile(r"[\\`*_{}\[\]<>&#|~]")


def inline_markdown(text: str) -> str:
    r"""Turn a quiz text into Markdown in which it means the same: emphasis, and words.

    It is for lines that have to be Markdown, such as headings, which the book's contents are made
    of; whatever else means something in Markdown, tags too, is guarded by a backslash.

    Parameters
    ----------
    text
        Text in the Markdown subset.

    Returns
    -------
    str
        One line of Markdown.

    Examples
    --------
    >>> print(inline_markdown("A *plain* <b>title</b> [of](x)"))
    A *plain* \<b\>title\</b\> \[of\](x)
    """
    tokens = _parser().parseInline(one_line(text))
    return "".join(
        child.markup if child.nesting else _ACTIVE.sub(r"\\\g<0>", child.content)
        for token in tokens
        for child in token.children or []
    )


def around(
    text: str, pattern: re.Pattern[str], write: Callable[[re.Match[str]], Markup | None]
) -> Markup:
    """Turn a text into HTML with something else in some of its places.

    Emphasis may go around such a place.

    Parameters
    ----------
    text
        Text in the Markdown subset.
    pattern
        Finds the places.
    write
        Gives the HTML that stands in a place; None to leave it as it was written.

    Returns
    -------
    Markup
        One line of HTML.
    """
    written: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        html = write(found)
        if html is None:
            return found[0]
        written.append(html)
        return _PLACE

    html = inline_html(pattern.sub(keep, PRIVATE.sub("", text)))
    before, *after = html.split(_PLACE)
    return before + Markup("").join(
        piece for pair in zip(written, after, strict=True) for piece in pair
    )


def around_roles(text: str, write: Callable[[str, str, int], Markup]) -> Markup:
    """Turn a text with roles and links to the web into HTML; emphasis may go around a role.

    Parameters
    ----------
    text
        Text in the Markdown subset, with roles, and links such as ``[words](https://…)``; one to
        anything but ``http``, ``https`` and ``mailto`` stays text.
    write
        Gives the HTML that stands for a role, from its name, what stands between its backticks,
        and where it begins in the text when that is written on one line.

    Returns
    -------
    Markup
        One line of HTML.
    """
    text = one_line(text)
    if "{" not in text and "](" not in text:
        return inline_html(text)
    parser = _role_parser()
    tokens = parser.parseInline(text)
    for token in (child for parent in tokens for child in parent.children or []):
        if token.type == "myst_role":
            token.type = "html_inline"
            token.content = str(write(token.meta["name"], token.content, token.meta["start"]))
    return Markup(parser.renderer.render(tokens, parser.options, {}))
