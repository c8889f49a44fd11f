"""The whole course as one page: for a phone, where a folder of pages cannot be opened.

The file holds all pages and what they load, each packed by itself; ``player/hosts/onefile.js``
puts the page that is asked for in place.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from imlcourse.course.digests import digest_of
from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

if TYPE_CHECKING:
    from imlcourse.course.model import Course

__all__ = ["one_file"]

_EMBLEM = "_static/emblem.svg"
# A page in another file, which a file by itself has no use for.
_FRAME = "_static/store.html"

# The words come before the parts, so that they are there too if the file was broken off; and after
# a while only, so that they do not flash by in a file that is whole.
_SHELL = """\
<!doctype html>
<html lang="{language}" data-iml-home="{home}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src \
'nonce-{nonce}' 'strict-dynamic'; style-src 'unsafe-inline'; font-src data:; img-src data:; \
form-action 'none'; base-uri 'none'">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{emblem}">
<style>body {{ font-family: sans-serif; line-height: 1.5; max-inline-size: 34rem; margin: 3rem \
auto; padding-inline: 1rem }}
main {{ animation: shown 0s 2s backwards }}
@keyframes shown {{ from {{ visibility: hidden }} }}</style>
</head>
<body>
<main><h1>{title}</h1><p>{wait}</p><p>{how}</p><p>{cut}</p></main>
{parts}<script nonce="{nonce}">
{script}</script>
</body>
</html>
"""


def one_file(
    course: Course,
    pages: Mapping[str, bytes],
    home: str,
    title: str,
    known: dict[str, list[Any]] | None = None,
) -> bytes:
    """Put pages and all that they load into one page.

    Parameters
    ----------
    course
        The course.
    pages
        Content by path in the book: HTML, and the scripts and styles that it names.
    home
        The page that is opened first.
    title
        What the file is called until its first page is there.
    known
        What was packed the last time, by a hash of the content: the size when packed, and the
        signs. What is packed this time takes its place.

    Returns
    -------
    bytes
        HTML.
    """
    from imlcourse.languages.strings import strings_of
    from imlcourse.player.bundle import scripts_for
    from imlcourse.player.minify import small_script

    about, strings = course.about, strings_of(course.about.language)
    held = {path: data for path, data in sorted(pages.items()) if path not in (_EMBLEM, _FRAME)}
    packed = {path: _packed(path, data, known or {}) for path, data in held.items()}
    parts = "".join(_part(path, *packed[path][1:]) for path in held)
    if known is not None:
        known.clear()
        known |= {mark: [size, signs] for mark, size, signs in packed.values()}
    script = small_script(scripts_for(["hosts/onefile"], about.language))
    emblem = pages[_EMBLEM].decode("utf-8")
    values = {
        "language": escape(about.language),
        "home": escape(home),
        "title": escape(title),
        "emblem": f"data:image/svg+xml,{quote(emblem)}",
        "wait": escape(strings["onefile.shell.wait"]),
        "how": escape(strings["onefile.shell.how"]),
        "cut": escape(strings["onefile.shell.cut"]),
        "parts": parts,
        "script": f"{script}\n",
    }
    # As on the pages: drawn from all that is there, so that the same course gives the same bytes.
    nonce = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:16]
    return _SHELL.format(nonce=nonce, **values).encode()


def _part(path: str, size: int, signs: str) -> str:
    """Write a file as an element that runs nothing."""
    # What could begin a comment would end the element elsewhere than it does.
    signs = signs.replace("<!", "<\n!")
    return (
        f'<script type="text/plain" data-iml-file="{escape(path)}" data-iml-size="{size}">'
        f"{signs}</script>\n"
    )


def _packed(path: str, data: bytes, known: Mapping[str, list[Any]]) -> tuple[str, int, str]:
    """Pack a file; give a hash of it, the size when packed, and that as signs."""
    is_script = path.endswith(".js")
    mark = ("script " if is_script else "") + digest_of(data)
    if mark in known:
        size, signs = known[mark]
        return mark, size, signs
    return mark, *_signs(data, is_script)


@lru_cache(maxsize=512)  # files of several modules hold much that is the same
def _signs(data: bytes, is_script: bool) -> tuple[int, str]:
    from imlcourse.player.bundle import unpacked
    from imlcourse.products.zip import deflated

    if is_script:  # packed once, as all that is here
        data = unpacked(data.decode("utf-8")).encode()
    packed = deflated(data)
    return len(packed), base64.b85encode(packed, pad=True).decode("ascii")


def _make(packing: Packing) -> Files:
    cache, title = packing.cache, packing.course.about.title
    key = cache.key("packed")
    kept = cache.get(key)
    known: dict[str, list[Any]] = json.loads(kept) if kept else {}
    page = one_file(packing.course, packing.book, "index.html", title, known)
    cache.put(key, json.dumps(known).encode())
    return {f"{packing.name}.html": page}


PACKAGE = Package(
    "one-file",
    "the whole course as one page, for phones",
    _make,
    (Opening("The course as one page, to send to a phone: open it in a browser", "*.html"),),
    light=True,
)
