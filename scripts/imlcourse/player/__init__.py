"""The player: the script and the style that make the static HTML of quizzes answerable.

Both are read from the files of this folder. The script needs no build step and no other script,
and runs from ``file://``. On a page, write ``<script src="player.js" data-iml-course="...">``;
elsewhere call ``imlPlayer.enhance(root, {course, learner, store})``.
"""

from __future__ import annotations

import json
from pathlib import Path

from imlcourse import __version__
from imlcourse.strings import load_strings

__all__ = ["player_script", "player_style"]

_FOLDER = Path(__file__).parent
# What a file uses stands before it: the shared things, then the types, the modes, and the start.
_TYPES = ("choice", "single", "truefalse", "multiple", "matching", "ordering")
_FILES = ("core", "store", "view", *_TYPES, "practice", "start")


def player_script(language: str) -> str:
    """Give the player as one classic script.

    Parameters
    ----------
    language
        The language of its texts, such as ``"en"``.

    Returns
    -------
    str
        JavaScript that defines ``imlPlayer``, once however often it is loaded.
    """
    texts = json.dumps(load_strings(language).under("player."), ensure_ascii=False, indent=1)
    # The script may be put into a page, where "</" could end it, and old browsers end a line at
    # U+2028 and U+2029.
    texts = texts.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    core, *others = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in _FILES]
    return "\n".join(
        [
            f"/* imlcourse player {__version__} */",
            "if (!globalThis.imlPlayer) {",
            core,
            f"globalThis.imlPlayer.strings = {texts};",
            *others,
            "}",
            "",
        ]
    )


def player_style() -> str:
    """Give the style of quizzes, with and without the player.

    Returns
    -------
    str
        CSS that styles nothing outside ``.iml-quiz``.
    """
    return (_FOLDER / "player.css").read_text(encoding="utf-8")
