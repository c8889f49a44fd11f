"""The page with the frame in which a learning platform shows the course, and its scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from imlcourse.book.typeface import FAMILY
from imlcourse.course.model import Course
from imlcourse.html.compose import NOTHING, Markup, html, joined
from imlcourse.player.bundle import host_script, packed
from imlcourse.player.palette import colours

__all__ = ["PAGE", "frame_files", "framed"]

PAGE = "scorm.html"
"""What a platform opens."""
_SCRIPT, _DATA = "_static/scorm.js", "_static/scorm-course.js"
_LOADED = ("_static/unpack.js", "_static/record.js", _DATA, _SCRIPT)

_STYLE = """\
html,body{height:100%;margin:0}
body{background:PAPER;color:INK;color-scheme:light dark;display:flex;flex-direction:column}
iframe{border:0;flex:1;width:100%}
p,button{font:1rem/1.5 FACE}
p{border-block-end:1px solid EDGE;margin:0;padding:.5rem 1rem}
p:empty{border:0;padding:0}
button{align-self:end;background:none;border:1px solid;border-radius:.5rem;color:ACCENT;
cursor:pointer;margin:.375rem 1rem;min-height:2.5rem;padding:0 1rem}
button[hidden]{display:none}
button:focus-visible{outline:3px solid;outline-offset:2px}"""
_COLOURS = ("PAPER", "INK", "EDGE", "ACCENT")


def frame_files(
    course: Course, known: Mapping[str, Any], dialect: str, module: str, pages: Iterable[str]
) -> dict[str, bytes]:
    """Write the page with the frame, and what it loads.

    Parameters
    ----------
    course
        The course.
    known
        What the script knows of it: see `known_of`.
    dialect
        ``1.2`` or ``2004``.
    module
        The id of the module that the package has; empty for the whole course.
    pages
        The pages in the package.

    Returns
    -------
    dict
        Content by path.
    """
    start = f"modules/{module}.html" if module else "index.html"
    data = {
        **known,
        "module": module,
        "files": sorted(pages),
        "dialect": dialect,
        "start": start,
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return {
        PAGE: framed(course, start, _LOADED).encode(),
        # It holds the keys of all items: no less sealed than they are on the pages.
        _DATA: packed(f"globalThis.imlScorm={written};").encode(),
        _SCRIPT: host_script("hosts/scorm", course.about.language).encode(),
    }


def framed(
    course: Course,
    start: str,
    loaded: Iterable[str],
    *,
    folder: str = "",
    unit: str = "",
    connect: str = "",
    head: Markup = NOTHING,
) -> Markup:
    """Write a page with a frame for the pages of the course.

    Parameters
    ----------
    course
        The course.
    start
        The page that is there without scripts.
    loaded
        The scripts to load.
    folder
        Where the pages stand, seen from this one.
    unit
        What of the package the page is for.
    connect
        Where its scripts may send to, as a content policy has it; nowhere, if it is empty.
    head
        What else stands in its head.
    """
    scripts = [html('<script nonce="frame" defer src="{}"></script>\n', one) for one in loaded]
    title = course.about.title
    # What it says is in the letters of the course, which stand beside its scripts.
    face = f"{folder}_static/typeface.css"
    policy = (
        "default-src 'none'; script-src 'nonce-frame' 'strict-dynamic'; "
        "style-src 'self' 'unsafe-inline'; font-src data:; frame-src 'self'; "
        f"{f'connect-src {connect}; ' if connect else ''}base-uri 'none'"
    )
    return html(
        '<!doctype html>\n<html lang="{}" dir="{}" data-unit="{}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="{}">\n{}<title>{}</title>\n'
        '<link rel="stylesheet" href="{}">\n<style>\n{}\n</style>\n{}'
        '<body>\n<p role="status"></p>\n{}<iframe title="{}"></iframe>\n'
        '<noscript><a href="{}">{}</a></noscript>\n',
        *(course.about.language, course.strings.direction, unit),
        *(policy, head, title, face, _style(), joined(scripts)),
        Markup('<button type="button" hidden></button>\n') if connect else NOTHING,
        *(title, start, title),
    )


def _style() -> Markup:
    """Give the style of the page, in the colours of the course by light and by night."""
    style = _STYLE.replace("FACE", f'"{FAMILY}",system-ui,sans-serif')
    light, dark = style, f"{style.splitlines()[1]}button{{color:ACCENT}}p{{border-color:EDGE}}"
    for name in _COLOURS:
        by_day, by_night = colours()[name.lower()]
        light, dark = light.replace(name, by_day), dark.replace(name, by_night)
    return Markup(f"{light}\n@media(prefers-color-scheme:dark){{{dark}}}")
