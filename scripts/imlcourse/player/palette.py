"""The colours, light and dark: they stand once, in ``colours.json``, for the book and for quizzes.

The look of the book has them as ``--iml-<name>``. A quiz takes them from there as ``--q-<name>``,
and has them of its own in a page that has no such look: a notebook's, above all. The edge of what
can be pressed or filled in (``edge``) is seen on paper at 3:1, in both schemes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

__all__ = ["PALETTE_MARK", "colours", "with_book_palette", "with_quiz_palette"]

PALETTE_MARK = "/* palette */"
"""Where the colours go in a style."""


@lru_cache(maxsize=1)
def colours() -> dict[str, tuple[str, str]]:
    """Give the colours.

    Returns
    -------
    dict
        By name: the one on light paper, and the one on dark.
    """
    path = Path(__file__).with_name("colours.json")
    return {name: (pair[0], pair[1]) for name, pair in json.loads(path.read_bytes()).items()}


def with_book_palette(style: str) -> str:
    """Put the colours into the style of the book, where its mark stands.

    Parameters
    ----------
    style
        The style.

    Returns
    -------
    str
        The style with the colours of both schemes: as the device has it, or as the reader chose.
        On paper it is always the light one.
    """
    light, dark = (
        "".join(f"--iml-{name}: {pair[scheme]};" for name, pair in colours().items())
        for scheme in (0, 1)
    )
    quiz = "".join(f"--q-{name}: var(--iml-{name});" for name in colours())
    dark += "color-scheme: dark;"
    palette = (
        f":root {{{light}{quiz}--q-radius: var(--iml-radius);color-scheme: light;}}\n"
        f'@media not print {{:root[data-theme="dark"] {{{dark}}}}}\n'
        "@media screen and (prefers-color-scheme: dark) "
        f'{{:root:not([data-theme="light"], [data-theme="dark"]) {{{dark}}}}}'
    )
    return style.replace(PALETTE_MARK, palette)


def with_quiz_palette(style: str, *, in_book: bool = False) -> str:
    """Put the colours into the style of quizzes, where its mark stands.

    Parameters
    ----------
    style
        The style.
    in_book
        Whether `with_book_palette` gives the page the colours, so that the style needs none.

    Returns
    -------
    str
        The style, whose colours are those of the page, or else its own.
    """
    if in_book:
        return style.replace(PALETTE_MARK, "")
    light, dark = (
        "".join(f"--q-{name}: var(--iml-{name}, {pair[at]});" for name, pair in colours().items())
        for at in (0, 1)
    )
    palette = (
        f".iml-quiz {{{light}}}\n@media (prefers-color-scheme: dark) {{\n.iml-quiz {{{dark}}}\n}}"
    )
    return style.replace(PALETTE_MARK, palette)
