"""HTML that is escaped by its type.

Text is `str`; HTML is `markupsafe.Markup`. Whatever is put into HTML here is escaped unless it is
HTML already, so no writer has to remember which is which. ``Markup("…")`` itself is written around
literals of the code alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from string import Formatter

from markupsafe import Markup, escape

__all__ = ["NOTHING", "Markup", "escape", "html", "joined", "lines"]

NOTHING = Markup("")


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
            parts.append(escape(value))
    return Markup("".join(parts))


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


def joined(parts: Iterable[object], separator: str = "") -> Markup:
    """Put pieces side by side; those that are text are escaped, the separator too."""
    return escape(separator).join(escape(part) for part in parts)


def lines(parts: Iterable[object]) -> Markup:
    """Put each piece on a line of its own; those that are text are escaped."""
    return joined(parts, "\n")
