"""Scripts and styles made small, for pages that are sent to phones and carried on sticks."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["small_script", "small_style"]


def small_script(code: str) -> str:
    """Make a classic script smaller, with the same effect.

    Parameters
    ----------
    code
        JavaScript. Names that only the script itself sees may become shorter; texts, names of
        members and a first comment that begins with ``/*!`` stay.
    """
    return _small("application/javascript", code)


def small_style(style: str) -> str:
    """Make a style sheet smaller, with the same effect.

    Parameters
    ----------
    style
        CSS.
    """
    return _small("text/css", style)


@lru_cache(maxsize=256)  # a preview, and whoever makes several courses, asks for the same ones
def _small(kind: str, text: str) -> str:
    # Only who makes pages or shows a quiz needs it.
    import minify

    return str(minify.string(kind, text))
