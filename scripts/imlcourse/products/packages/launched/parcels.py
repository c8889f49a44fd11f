"""The zips of the packages that are launched with a record store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imlcourse.products.copies.whole import with_lists
from imlcourse.products.packages.hosted import hosted
from imlcourse.products.packages.launched.frame import Launched, known_of, launched_files
from imlcourse.products.packages.launched.structure import structure
from imlcourse.products.packages.launched.tincan import tincan
from imlcourse.products.packages.launched.units import Unit, units_of
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.scorm.parcels import goes_with
from imlcourse.products.product import Files
from imlcourse.products.zip import zipped

__all__ = ["cmi5_parcels", "xapi_parcels"]

_LAUNCHED = "xapi.html"
_ELSEWHERE = {"index.html", "search.html"}
"""Pages that lead to all units; each is launched by itself."""


def cmi5_parcels(packing: Packing) -> Files:
    """Make the zip for cmi5: the whole course, each module and each test launched by itself."""
    course = packing.course
    pages = _pages(packing.book)
    units = units_of(course, set(pages))
    beside = [page for page in pages if page not in _ELSEWHERE]
    apart = {unit.page for unit in units}
    addresses = {unit.name: f"cmi5-{unit.name}.html" for unit in units}
    launched = {
        addresses[unit.name]: (
            unit.name,
            Launched(
                unit=unit.name,
                start=unit.page,
                files=[page for page in beside if page == unit.page or page not in apart],
            ),
        )
        for unit in units
    }
    files = {
        **launched_files(course, known_of(course, "cmi5"), launched),
        "cmi5.xml": structure(course, units, addresses),
    }
    name = f"{packing.name}-cmi5"
    return {f"{name}.zip": _zip(packing, hosted(course, packing.book), files, name)}


def xapi_parcels(packing: Packing) -> Files:
    """Make the zips for an xAPI launch: the whole course, and each module by itself."""
    course = packing.course
    units = units_of(course, set(_pages(packing.book)))
    known = known_of(course, "xapi")
    made = {f"{packing.name}-xapi.zip": _xapi(packing, known, units, "")}
    for module in course.modules:
        made[f"modules/{packing.name}-{module}-xapi.zip"] = _xapi(packing, known, units, module)
    return made


def _xapi(packing: Packing, known: dict[str, Any], units: list[Unit], module: str) -> bytes:
    course = packing.course
    files = {
        path: packing.book[path] for path in packing.book if not module or goes_with(module, path)
    }
    start = f"modules/{module}.html" if module else "index.html"
    first = Launched(unit=module, start=start, files=_pages(files))
    more = {
        **launched_files(course, known, {_LAUNCHED: ("", first)}),
        "tincan.xml": tincan(course, units, _LAUNCHED, module),
    }
    name = "-".join(filter(None, (packing.name, module, "xapi")))
    return _zip(packing, hosted(course, files, module), more, name)


def _pages(files: Iterable[str]) -> list[str]:
    return sorted(
        path for path in files if path.endswith(".html") and not path.startswith("_static/")
    )


def _zip(packing: Packing, files: dict[str, bytes], more: dict[str, bytes], name: str) -> bytes:
    copy = with_lists(packing.course, {**files, **more}, name, with_document=packing.with_document)
    return zipped(copy, packing.cache)
