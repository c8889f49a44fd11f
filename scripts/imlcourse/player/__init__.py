"""The player: the scripts and the style that make the static HTML of quizzes answerable.

All are read from the files of this folder. They need no build step and no other script, and run
from ``file://``. A host that takes the player as one script (a notebook, a package) uses
`player_script` and calls ``imlPlayer.enhance(root, options)``; the pages of the book share the
same files in the parts that `page_scripts` gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from imlcourse import __version__
from imlcourse.strings import load_strings

__all__ = ["STORE_PAGE", "page_scripts", "player_script", "player_style", "widget_script"]

_FOLDER = Path(__file__).parent
# What a file uses stands before it: the shared things, the record, the types, the modes.
_RECORD = ("core", "record", "store")
_TYPES = ("choice", "single", "truefalse", "multiple", "matching", "ordering")
_MORE_TYPES = ("typed", "cloze", "numeric", "categorise", "scenario")
_QUIZ = ("seal", "view", *_TYPES, *_MORE_TYPES, "practice", "review", "test")
_PAGES = ("course", "pages")
_PROGRESS = ("xapi", "progress", "certificate")


STORE_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:">
<title>store</title>
<script src="frame.js"></script>
"""
"""The page in the hidden frame that holds the record for all pages on ``file://``."""


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
    return _once("!globalThis.imlPlayer", (*_RECORD, "xapi", *_QUIZ, "start"), language)


def page_scripts(language: str) -> dict[str, str]:
    """Give the scripts of the pages of the book, each for the pages that need it.

    Parameters
    ----------
    language
        The language of their texts.

    Returns
    -------
    dict
        By file name: ``record.js`` for every page, ``player.js`` besides where there is a quiz,
        ``progress.js`` besides on the pages about the record, ``frame.js`` for the hidden frame.
    """
    return {
        "record.js": _once("!globalThis.imlPlayer", (*_RECORD, *_PAGES), language),
        "player.js": _once("!imlPlayer.view", (*_QUIZ, "start"), ""),
        "progress.js": _once("!imlPlayer.statements", _PROGRESS, ""),
        "frame.js": _once("!globalThis.imlPlayer", (*_RECORD, "frame"), ""),
    }


def _once(condition: str, names: Iterable[str], language: str) -> str:
    """Put files together so that they run once, after the texts if a language is given."""
    core, *others = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names]
    texts = [f"globalThis.imlPlayer.strings = {_texts(language)};"] if language else []
    return "\n".join(
        [
            f"/* imlcourse player {__version__} */",
            f"if ({condition}) {{",
            core,
            *texts,
            *others,
            "}",
            "",
        ]
    )


def _texts(language: str) -> str:
    texts = json.dumps(load_strings(language).under("player."), ensure_ascii=False, indent=1)
    # The script may be put into a page, where "</" could end it, and old browsers end a line at
    # U+2028 and U+2029.
    return texts.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def widget_script() -> str:
    """Give the front of the notebook's widget: an ES module, to be put after `player_script`.

    Returns
    -------
    str
        JavaScript with a default export, as anywidget wants it.
    """
    return (_FOLDER / "widget.js").read_text(encoding="utf-8")


def player_style() -> str:
    """Give the style of quizzes, with and without the player.

    Returns
    -------
    str
        CSS that styles nothing outside ``.iml-quiz``.
    """
    return (_FOLDER / "player.css").read_text(encoding="utf-8")
