"""HTML that is escaped by its type.

Text is `str`; HTML is `markupsafe.Markup`. Whatever is put into HTML here is escaped unless it is
HTML already, so no writer has to remember which is which. ``Markup("…")`` itself is written around
literals of the code alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from string import Formatter

from markupsafe import Markup, escape

__all__ = ["NOTHING", "Markup", "escape", "html", "in_markdown", "joined", "lines"]

NOTHING = Markup("")
_MADE = str.__new__  # Markup(…) asks each time whether it is given HTML


def html(template: str, /, *values: object, **named: object) -> Markup:
    """Fill the places of a template.

    Parameters
    ----------
    template
        HTML, as it stands in the code, with ``{}`` or ``{name}`` where a value goes. Between
        tags and inside attributes that have double quotes, any value may stand.
    *values, **named
        The values. What is not `Markup` is text, and is escaped.

    Returns
    -------
    Markup
        HTML.

    Examples
    --------
    >>> html('<p title="{}">{}</p>', 'a "b"', Markup("<em>c</em>"))
    Markup('<p title="a &#34;b&#34;"><em>c</em></p>')
    """
    parts: list[str] = []
    for literal, place in _places(template):
        parts.append(literal)
        if place is not None:
            value = named[place] if isinstance(place, str) else values[place]
            parts.append(value if type(value) is Markup else escape(value))
    return _MADE(Markup, "".join(parts))


@cache
def _places(template: str) -> tuple[tuple[str, str | int | None], ...]:
    """Take a template apart once: what stands before each place, and what names the place."""
    places: list[tuple[str, str | int | None]] = []
    count = 0
    for literal, name, _, _ in Formatter().parse(template):
        if name == "":
            places.append((literal, count))
            count += 1
        else:
            places.append((literal, name))
    return tuple(places)


_ACTIVE = re.compile(r"(?P<tag><[^>]*>)|[\\`*_{}\[\]!~|]")


def in_markdown(html: Markup) -> str:
    """Write HTML for the middle of a line of Markdown, where its words mean nothing more.

    Parameters
    ----------
    html
        HTML without a line that is blank.

    Returns
    -------
    str
        The same HTML; what Markdown would read in its words is written as references.

    Examples
    --------
    >>> in_markdown(html('<a href="a_b_c">[a](b) *c*</a>', ))
    '<a href="a_b_c">&#91;a&#93;(b) &#42;c&#42;</a>'
    """
    return _ACTIVE.sub(lambda found: found[0] if found["tag"] else f"&#{ord(found[0])};", str(html))


def joined(parts: Iterable[object], separator: str = "") -> Markup:
    """Put pieces side by side; those that are text are escaped, the separator too."""
    escaped = [part if type(part) is Markup else escape(part) for part in parts]
    # All of it is HTML by now, so that it need not be looked at once more.
    return _MADE(Markup, str.join(escape(separator), escaped))


def lines(parts: Iterable[object]) -> Markup:
    """Put each piece on a line of its own; those that are text are escaped."""
    return joined(parts, "\n")
