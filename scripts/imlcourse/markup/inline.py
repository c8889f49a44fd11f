"""The Markdown subset of quiz texts: ``*emphasis*``, ``**strong**``, a backslash for a plain star.

Everything else is text, and is escaped: no link, no image, no HTML can come out of a quiz bank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup

from imlcourse.markup.text_rule import with_quick_text

__all__ = [
    "PRIVATE",
    "ROLE",
    "around",
    "around_roles",
    "inline_html",
    "inline_markdown",
    "inline_text",
    "loose_marks",
    "slips",
]

ROLE = re.compile(r"\{([a-zA-Z_-]+)\}`([^`]*)`")
"""A role of the course: its name, and what stands between its backticks."""

PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Characters of the private use area: no text holds them, and `around` needs one of them."""
_PLACE = "\ue000"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # "zero" knows nothing but text; only these two rules are added to it.
    return with_quick_text(MarkdownIt("zero").enable(["emphasis", "escape"]))


# Most texts hold none of these, and need no parser. (A NUL would be replaced by it.)
_MARKED = re.compile(r"[*_\\\x00]")


_SPACES = re.compile(r"[ \t\n\r\f\v\u2028\u2029]+")


def one_line(text: str) -> str:
    """Write a text on one line, with one space between words.

    Spaces that keep a line together stay as they are: French sets them before ? and inside « ».
    """
    return _SPACES.sub(" ", text).strip()


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


def around_roles(text: str, write: Callable[[re.Match[str]], Markup]) -> Markup:
    """Turn a text with roles into HTML; emphasis may go around a role.

    Parameters
    ----------
    text
        Text in the Markdown subset, with roles.
    write
        Gives the HTML that stands for a role.

    Returns
    -------
    Markup
        One line of HTML.
    """
    return around(text, ROLE, write)


def slips(text: str) -> Iterator[str]:
    """Say which marks of a quiz text would reach the page as they were typed.

    Parameters
    ----------
    text
        Text in the Markdown subset, with or without roles.

    Yields
    ------
    str
        What is wrong, and how to mend it.
    """
    if "*" not in text and "_" not in text and "`" not in text:
        return
    if "://" in text:
        return  # an address has signs of its own
    plain = ROLE.sub(_PLACE, text)
    tokens: list[Token] = []
    _parser().inline.parse(one_line(plain), _parser(), {}, tokens)
    yield from loose_marks(tokens)


_LOOSE = re.compile(
    r"(?P<star>\*+)"
    # Several in a row are a blank to fill in, and one inside a word is part of it.
    r"|(?P<under>(?<![\w_])_{1,2}(?=[^\W_])|(?<=[^\W_])_{1,2}(?!\w))"
    r"|(?P<tick>`+)|(?P<link>\]\()"
)

_LOOSE_AT_ALL = re.compile(r"[*_`]|\]\(")
"""Without any of these, no mark can be loose; it is quicker to look for than `_LOOSE`."""


def loose_marks(tokens: Iterable[Token]) -> Iterator[str]:
    """Say which marks in a line stand alone, so that they would be read as they were typed.

    Parameters
    ----------
    tokens
        What a line was parsed into, before signs that a backslash guards are put back.

    Yields
    ------
    str
        What is wrong, and how to mend it; each once.
    """
    text = "\n".join([token.content if token.type == "text" else "x" for token in tokens])
    if not _LOOSE_AT_ALL.search(text):
        return
    for kind, mark in dict.fromkeys((m.lastgroup, m[0]) for m in _LOOSE.finditer(text)):
        if kind in ("star", "under"):
            sign = mark[0]
            yield (
                f"{mark} opens or closes no emphasis; write {sign}so{sign} or {sign * 2}so"
                f"{sign * 2}, with no space inside, or \\{sign} for the sign itself"
            )
        elif kind == "tick" and text.count(mark) % 2 == 0:
            yield "code does not work here; take the backticks out"
        elif kind == "tick":
            yield "a backtick without its other one; write {para}`8`, or take it out"
        else:
            yield "a link that is not whole; write [words](address)"
