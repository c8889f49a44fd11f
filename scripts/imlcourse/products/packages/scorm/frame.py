"""The page with the frame in which a learning platform shows the course, and its scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from imlcourse.course.model import Course
from imlcourse.html.compose import Markup, html, joined
from imlcourse.player.bundle import host_script, packed
from imlcourse.products.packages.scorm.table import course_table, pages_data

__all__ = ["PAGE", "frame_files"]

PAGE = "scorm.html"
"""What a platform opens."""
_SCRIPT, _DATA = "_static/scorm.js", "_static/scorm-course.js"
_LOADED = ("_static/unpack.js", "_static/record.js", _DATA, _SCRIPT)

_STYLE = """\
html,body{height:100%;margin:0}
body{background:#fff;color:#1f2328;color-scheme:light dark;display:flex;flex-direction:column}
iframe{border:0;flex:1;width:100%}
p{border-block-end:1px solid;font:1rem/1.5 system-ui,sans-serif;margin:0;padding:.5rem 1rem}
p:empty{border:0;padding:0}
@media(prefers-color-scheme:dark){body{background:#16191d;color:#e6e8eb}}"""


def frame_files(
    course: Course, dialect: str, module: str, pages: Iterable[str]
) -> dict[str, bytes]:
    """Write the page with the frame, and what it loads.

    Parameters
    ----------
    course
        The course.
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
        "course": pages_data(course),
        "module": module,
        "table": course_table(course),
        "files": sorted(pages),
        "dialect": dialect,
        "start": start,
    }
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return {
        PAGE: _page(course, start).encode(),
        # It holds the keys of all items: no less sealed than they are on the pages.
        _DATA: packed(f"globalThis.imlScorm={written};").encode(),
        _SCRIPT: host_script("hosts/scorm", course.about.language).encode(),
    }


def _page(course: Course, start: str) -> Markup:
    scripts = [html('<script nonce="scorm" defer src="{}"></script>\n', one) for one in _LOADED]
    title = course.about.title
    return html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "script-src 'nonce-scorm' 'strict-dynamic'; style-src 'unsafe-inline'; frame-src 'self'; "
        "base-uri 'none'\">\n<title>{}</title>\n<style>\n{}\n</style>\n{}"
        '<body>\n<p role="status"></p>\n<iframe title="{}"></iframe>\n'
        '<noscript><a href="{}">{}</a></noscript>\n',
        *(course.about.language, course.strings.direction),
        *(title, Markup(_STYLE), joined(scripts), title, start, title),
    )
