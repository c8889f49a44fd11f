"""HTML5 apps for Kolibri: the pages as they are, in a frame of the page that Kolibri opens."""

from __future__ import annotations

import json
from collections.abc import Iterable

from imlcourse.player.bundle import host_script, packed
from imlcourse.products.copies.whole import with_lists
from imlcourse.products.packages.hosted import hosted
from imlcourse.products.packages.package import Packing
from imlcourse.products.packages.scorm.frame import framed
from imlcourse.products.packages.scorm.parcels import goes_with
from imlcourse.products.packages.scorm.table import known_of
from imlcourse.products.zip import zipped

__all__ = ["Apps"]

_ENTRY = "index.html"
_FOLDER = "course/"
_SCRIPT, _DATA = "_static/kolibri.js", "_static/kolibri-course.js"
_LOADED = ("_static/unpack.js", "_static/record.js", _DATA, _SCRIPT)


class Apps:
    """Makes the zips of apps: of the whole course, and of single modules.

    Parameters
    ----------
    packing
        The course and its finished pages.
    """

    def __init__(self, packing: Packing) -> None:
        course = packing.course
        self._packing = packing
        self._known = known_of(course)
        self._script = host_script("hosts/kolibri", course.about.language).encode()

    def app(self, module: str = "") -> bytes:
        """Make the zip of an app.

        Parameters
        ----------
        module
            The id of the module that it has; empty for the whole course.

        Returns
        -------
        bytes
            The zip: at its root the page that Kolibri opens, and in a folder a copy of the pages.
        """
        packing, course = self._packing, self._packing.course
        files = {
            path: packing.book[path]
            for path in packing.book
            if not module or goes_with(module, path)
        }
        files = hosted(course, files, module)
        start = f"{_FOLDER}modules/{module}.html" if module else f"{_FOLDER}index.html"
        files[_DATA] = self._data(module, start, files)
        files[_SCRIPT] = self._script
        name = "-".join(filter(None, (packing.name, module, "kolibri")))
        copy = with_lists(course, files, name, with_document=packing.with_document)
        page = framed(course, start, [_FOLDER + path for path in _LOADED], folder=_FOLDER)
        whole = {_ENTRY: page.encode(), **{_FOLDER + path: data for path, data in copy.items()}}
        return zipped(whole, packing.cache)

    def _data(self, module: str, start: str, files: Iterable[str]) -> bytes:
        pages = [
            _FOLDER + path
            for path in sorted(files)
            if path.endswith(".html") and not path.startswith("_static/")
        ]
        data = {**self._known, "module": module, "files": pages, "start": start}
        written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
        # It holds the keys of all items: no less sealed than they are on the pages.
        return packed(f"globalThis.imlKolibri={written};").encode()
