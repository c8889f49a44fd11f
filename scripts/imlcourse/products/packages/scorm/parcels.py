"""The zips of one dialect: the whole course, and each module by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from imlcourse.course.model import Course
from imlcourse.html.writer import numbered_title
from imlcourse.markup.inline import inline_text
from imlcourse.products.copies.whole import LISTS, with_lists
from imlcourse.products.packages.hosted import hosted
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.scorm.frame import PAGE, frame_files
from imlcourse.products.packages.scorm.manifest import DIALECTS, Dialect
from imlcourse.products.packages.scorm.table import known_of
from imlcourse.products.product import Files
from imlcourse.products.zip import zipped

__all__ = ["goes_with", "parcels"]

_BESIDE = (
    *("paragraph-guide", "glossary", "instruments", "since-2009", "bibliography"),
    "my-progress",
)
"""Pages that go with a module: what its citations lead to, and where a record is saved."""
_OF_OTHERS = re.compile(r"_static/(?:sealed|practice)-(.+)\.js")
_SEARCHED = re.compile(r"search-index[^/]*\.js|_static/(?:find|search|stemmer)[^/]*")


def parcels(packing: Packing, kind: str) -> Files:
    """Make the zips of a dialect.

    Parameters
    ----------
    packing
        What packages are made from.
    kind
        The name of the package: a key of `DIALECTS`.

    Returns
    -------
    Mapping
        Zips by path: the whole course, and below ``modules/`` one for each module.
    """
    course, dialect = packing.course, DIALECTS[kind]
    known = known_of(course)
    made = {f"{packing.name}-{kind}.zip": _zip(packing, known, dialect, dict(packing.book), "")}
    for module in course.modules:
        files = {path: packing.book[path] for path in packing.book if goes_with(module, path)}
        zip_of = _zip(packing, known, dialect, files, module)
        made[f"modules/{packing.name}-{module}-{kind}.zip"] = zip_of
    return made


def goes_with(module: str, path: str) -> bool:
    """Say whether a file goes with a module that is handed out by itself."""
    if path.endswith(".html") and not path.startswith("_static/"):
        return path == f"modules/{module}.html" or path.removesuffix(".html") in _BESIDE
    if found := _OF_OTHERS.fullmatch(path):
        return found[1] == module and "practice" not in path
    return not _SEARCHED.fullmatch(path)


def _zip(
    packing: Packing,
    known: Mapping[str, Any],
    dialect: Dialect,
    files: dict[str, bytes],
    module: str,
) -> bytes:
    course = packing.course
    pages = [path for path in files if path.endswith(".html") and not path.startswith("_static/")]
    whole = {
        **hosted(course, files, module),
        **frame_files(course, known, dialect.name, module, pages),
    }
    others = [path for path in (*whole, *sorted(LISTS)) if path != PAGE]
    identifier = f"{course.copy_id}-{module}" if module else course.copy_id
    manifest = dialect.manifest(identifier, _title(course, module), PAGE, others)
    copy = {**whole, "imsmanifest.xml": manifest}
    name = "-".join(filter(None, (packing.name, module, f"scorm{dialect.name.replace('.', '')}")))
    held = packing.with_document
    return zipped(with_lists(course, copy, name, with_document=held), packing.cache)


def _title(course: Course, module: str) -> str:
    if not module:
        return course.about.title
    return inline_text(numbered_title(course.modules[module], course.strings))
