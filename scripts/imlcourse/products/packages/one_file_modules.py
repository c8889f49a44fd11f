"""Each module as one page, small enough for any mail: with its quiz and the learner's progress.

What its text names in the course comes with it: terms, units of the document, instruments, job
aids. What leads elsewhere in the course is text (``player/hosts/onefile.js`` sees to it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening

_PROGRESS = "my-progress.html"
_LINK = re.compile(rb"""href="?(?:\.\./)?([\w/.-]+\.html)""")
_LOADED = re.compile(rb"_static/[\w.-]+")
_MAIN = b"<main"


def _make(packing: Packing) -> Files:
    from imlcourse.markup.inline import inline_text
    from imlcourse.player.data import course_scripts
    from imlcourse.products.packages.one_file import one_file

    course, made = packing.course, {}
    for module in course.modules.values():
        home = f"modules/{module.id}.html"
        held = _held(packing.book, home)
        for name, script in course_scripts(course, only=[module.id]).items():
            held[f"_static/{name}"] = script.encode()
        title = f"{course.about.title} – {inline_text(module.title)}"
        made[f"{packing.name}-{module.id}.html"] = one_file(course, held, home, title)
    return made


def _held(book: Mapping[str, bytes], home: str) -> dict[str, bytes]:
    """Give the page of a module, the pages that its text names, and all that they load."""
    _, _, text = book[home].partition(_MAIN)
    named = {found.decode() for found in _LINK.findall(text)}
    others = {name for name in book if name.startswith("modules/") or name in _tests(book)}
    pages = {home, _PROGRESS, *((named & set(book)) - others)}
    loaded = {found.decode() for page in pages for found in _LOADED.findall(book[page])}
    return {path: book[path] for path in sorted({*pages, *loaded, *_later(book)}) if path in book}


def _tests(book: Mapping[str, bytes]) -> set[str]:
    """Name the pages on which a test of the whole course is taken."""
    return {"final-test.html", "pre-test.html", "post-test.html", "start-check.html"} & set(book)


def _later(book: Iterable[str]) -> set[str]:
    """Name the scripts that others load when they are asked for."""
    from imlcourse.player.bundle import loaded_later

    return {f"_static/{name}" for name in loaded_later()} & set(book)


PACKAGE = Package(
    "one-file-modules",
    "each module as one page, for phones and mail",
    _make,
    (Opening("Each module as one page, to send by mail: open it in a browser", "*.html"),),
)
