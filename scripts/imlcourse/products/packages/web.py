"""The pages for a web server, or a platform that takes a folder: the zip has them at its root.

Where they are served over HTTPS, a device keeps them: see `installable`.
"""

from __future__ import annotations

from imlcourse.products.packages.package import Package, Packing
from imlcourse.products.product import Files, Opening


def _make(packing: Packing) -> Files:
    from imlcourse.products.copies.whole import with_lists
    from imlcourse.products.packages.installable.kept_pages import installable
    from imlcourse.products.zip import zipped

    name = f"{packing.name}-web"
    held = packing.with_document
    pages = installable(packing.course, packing.book, packing.cache)
    copy = with_lists(packing.course, pages, name, with_document=held)
    return {f"{name}.zip": zipped(copy, packing.cache)}


PACKAGE = Package(
    "web",
    "a zip for a web server",
    _make,
    (Opening("For a web server or an intranet: unzip it into a folder that is served", "*.zip"),),
    light=True,
)
