"""The pages of a copy that a device may keep: as they are, and a few lines in the head of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imlcourse.book.kept import KeptTexts
from imlcourse.html.compose import html
from imlcourse.player.bundle import host_script
from imlcourse.player.minify import small_style
from imlcourse.player.palette import colours
from imlcourse.products.packages.installable.home_screen import (
    MANIFEST,
    TOUCH_ICON,
    home_screen_files,
)
from imlcourse.products.packages.installable.service_worker import worker_files, worker_scripts

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course

__all__ = ["installable"]

_SCRIPT, _STYLE = "_static/install.js", "_static/install.css"
_LOOK = Path(__file__).with_name("install.css")
_POLICY = re.compile(rb"content=\"(default-src 'none'; script-src 'nonce-([0-9a-f]+)'[^\"]*)\"")
_MORE = b"; worker-src 'self'; manifest-src 'self'"
_BODY = b"<body"
_MEGABYTE = 1_000_000


def installable(
    course: Course, pages: Mapping[str, bytes], cache: Cache | None = None
) -> dict[str, bytes]:
    """Give a copy that a device keeps when it has opened one page of it over HTTP(S).

    Parameters
    ----------
    course
        The course.
    pages
        Content by path: the finished pages, and what they load.
    cache
        Where small scripts are kept.

    Returns
    -------
    dict
        Content by path.
    """
    size = sum(map(len, pages.values())) // _MEGABYTE + 1
    files = {path: _page(path, data, size) for path, data in pages.items()}
    files |= home_screen_files(course)
    language = course.about.language
    scripts = KeptTexts(cache).make_of_program("installable", _scripts, language)
    files[_SCRIPT] = scripts.pop(_SCRIPT).encode()
    files[_STYLE] = scripts.pop(_STYLE).encode()
    # Servers that take underlines for their own, such as GitHub Pages, leave it with this.
    return {**files, **worker_files(files, scripts), ".nojekyll": b"\n"}


def _scripts(language: str) -> dict[str, str]:
    return {
        _SCRIPT: host_script("hosts/install", language),
        _STYLE: small_style(_LOOK.read_text(encoding="utf-8")),
        **worker_scripts(),
    }


def _page(path: str, data: bytes, size: int) -> bytes:
    """Let a page of the course have a worker, in this copy alone."""
    if not path.endswith(".html") or path.startswith("_static/"):
        return data
    policy = _POLICY.search(data)
    head, body, rest = data.partition(_BODY)
    if not policy or not body:
        msg = f"{path}: its head is not as the book writes it; mend products/packages/installable"
        raise ValueError(msg)
    up = "../" * path.count("/")
    light, dark = colours()["paper"]
    lines = html(
        '<link rel="manifest" href="{}"><link rel="apple-touch-icon" href="{}">'
        '<meta name="theme-color" content="{}" media="(prefers-color-scheme: light)">'
        '<meta name="theme-color" content="{}" media="(prefers-color-scheme: dark)">'
        '<link rel="stylesheet" href="{}">'
        '<script nonce="{}" defer src="{}" data-iml-size="{}"></script>',
        *(f"{up}{MANIFEST}", f"{up}{TOUCH_ICON}", light, dark),
        *(f"{up}{_STYLE}", policy[2].decode(), f"{up}{_SCRIPT}", size),
    )
    head = head.replace(policy[1], policy[1] + _MORE, 1)
    return head + lines.encode() + body + rest
