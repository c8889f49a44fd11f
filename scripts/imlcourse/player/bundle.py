"""The player: the scripts and the style that make the static HTML of quizzes answerable.

All are read from the files of this folder. They need no build step and no other script, and run
from ``file://``. A host that takes the player as one script (a notebook, a package) uses
`player_script` and calls ``imlPlayer.enhance(root, options)``; the pages of the book share the
same files in the parts that `page_scripts` gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from imlcourse import __version__
from imlcourse.languages.strings import load_strings

__all__ = ["STORE_PAGE", "page_scripts", "player_script", "player_style", "widget_script"]

_FOLDER = Path(__file__).parent
# What a file uses stands before it: the shared things, the record, the types, the modes.
_RECORD = ("core", "record", "store")
_TYPES = ("choice", "single", "truefalse", "multiple", "matching", "ordering")
_MORE_TYPES = ("typed", "cloze", "numeric", "categorise", "scenario")
_QUIZ = ("seal", "view", *_TYPES, *_MORE_TYPES, "practice", "test")
_SITTING = ("review", "sitting")
_PAGES = ("course", "pages")
_PROGRESS = ("xapi", "progress", "certificate")


STORE_PAGE = """\
<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' file:">
<title>store</title>
<script src="record.js"></script>
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
    return _once("!globalThis.imlPlayer", (*_RECORD, "xapi", *_QUIZ, *_SITTING, "start"), language)


def page_scripts(language: str) -> dict[str, str]:
    """Give the scripts of the pages of the book, made small, each for the pages that need it.

    Parameters
    ----------
    language
        The language of their texts.

    Returns
    -------
    dict
        By file name: ``record.js`` for every page, ``player.js`` besides where there is a quiz,
        ``progress.js`` besides on the pages about the record,
        ``sitting.js`` when a test is begun or something comes back, ``worksheet.js`` besides
        where something is to be written, and ``frame.js`` besides in the
        hidden frame.
    """
    # Whoever builds pays for what makes them small; a notebook that asks for a quiz does not.
    import rjsmin

    scripts = {
        "record.js": _once("!globalThis.imlPlayer", (*_RECORD, *_PAGES), language),
        "player.js": _once("!imlPlayer.view", (*_QUIZ, "start"), language),
        "progress.js": _once("!imlPlayer.statements", _PROGRESS, language),
        "sitting.js": _once("!imlPlayer.sitting", _SITTING, language),
        "worksheet.js": _once("!imlPlayer.worksheet", ("worksheet",), language),
        "frame.js": _once("imlPlayer", ("frame",), language),
    }
    return {name: f"{rjsmin.jsmin(script, True)}\n" for name, script in scripts.items()}


def _once(condition: str, names: Iterable[str], language: str) -> str:
    """Put files together so that they run once, with the texts that they use."""
    files = [(_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names]
    texts = f"Object.assign(imlPlayer.strings, {_texts(language, files)});"
    # The first of all files makes imlPlayer; the texts come after it, or first.
    at = 1 if "globalThis.imlPlayer =" in files[0] else 0
    return "\n".join(
        [
            # With the mark of a comment that stays when the script is made small.
            f"/*! imlcourse player {__version__} */",
            f"if ({condition}) {{",
            *files[:at],
            texts,
            *files[at:],
            "}",
            "",
        ]
    )


# Keys whose last part is put on by the code, and the one with a part in the middle.
_FAMILY = re.compile(r"'(player\.(?:[a-z-]+\.)+)'")
_SAID = re.compile(r"'player\.' \+ \w+(?:\.\w+)? \+ '(\.[a-z]+)'")
_BARE = ("player.right", "player.partly", "player.wrong")  # 'player.' + kind


def _texts(language: str, files: Iterable[str]) -> str:
    """Give those texts that some files use, as JSON."""
    code = "\n".join(files)
    beginnings = tuple(_FAMILY.findall(code))
    ends = tuple(_SAID.findall(code))
    texts = {
        key: text
        for key, text in load_strings(language).under("player.").items()
        if f"'{key}'" in code
        or (beginnings and key.startswith(beginnings))
        or (ends and key.endswith(ends))
        or ("'player.' + kind)" in code and key in _BARE)
    }
    written = json.dumps(texts, ensure_ascii=False, indent=0)
    # The script may be put into a page, where "</" could end it, and old browsers end a line at
    # U+2028 and U+2029.
    return written.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


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
