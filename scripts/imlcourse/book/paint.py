"""The colours that only the book has: those of the parts of the course, and of drawn scenes.

They stand once, in ``theme/colours.json``. A part has its colour and a soft one to lay under
words, each for light paper and for dark. A scene is painted with the colours of the list and no
others, written as they are on light paper, so that its file is whole wherever it goes; in dark
colours the style of the book paints each of them anew.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

__all__ = ["Paint", "paint", "with_paint"]

PARTS_MARK, SCENES_MARK = "/* parts */", "/* scenes */"
"""Where the colours go in a style."""


class Paint(TypedDict):
    """The colours."""

    parts: dict[str, tuple[str, str, str, str]]
    """By name of the part: its colour and the soft one on light paper, then both on dark."""
    scenes: dict[str, str]
    """Colours of scenes: by the one on light paper, the one on dark."""


@lru_cache(1)
def paint() -> Paint:
    """Read the colours."""
    path = Path(__file__).parent / "theme" / "colours.json"
    read: Paint = json.loads(path.read_bytes())
    return read


def with_paint(style: str) -> str:
    """Put the colours into a style of the book, where their marks stand.

    Parameters
    ----------
    style
        The style.
    """
    if PARTS_MARK in style:
        style = style.replace(PARTS_MARK, _parts())
    if SCENES_MARK in style:
        style = style.replace(SCENES_MARK, _scenes())
    return style


def _parts() -> str:
    lines = []
    for name, (light, soft, dark, dark_soft) in paint()["parts"].items():
        one = f'[data-iml-part="{name}"]'
        lines += [
            f"{one} {{--iml-part: {light};--iml-part-soft: {soft};}}",
            _in_dark(one, f"--iml-part: {dark};--iml-part-soft: {dark_soft};"),
        ]
    return "\n".join(lines)


def _scenes() -> str:
    scenes = paint()["scenes"]
    dark = "".join(f"--s{at}: {colour};" for at, colour in enumerate(scenes.values()))
    painted = (
        f'.iml-art [{what}="{colour}"] {{{what}: var(--s{at}, {colour});}}'
        for at, colour in enumerate(scenes)
        for what in ("fill", "stroke")
    )
    return "\n".join([_in_dark(".iml-art", dark), *painted])


def _in_dark(selector: str, style: str) -> str:
    """Write what holds in dark colours, as the reader chose or as the device has it."""
    return (
        f'@media not print {{:root[data-theme="dark"] {selector} {{{style}}}}}\n'
        "@media screen and (prefers-color-scheme: dark) "
        f'{{:root:not([data-theme="light"], [data-theme="dark"]) {selector} {{{style}}}}}'
    )
