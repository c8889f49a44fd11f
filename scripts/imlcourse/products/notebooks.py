"""Each module as a notebook for JupyterLab, complete without a kernel; and all of them zipped.

Whoever has no JupyterLab cannot open them, so the offline copy does without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imlcourse.course.digests import digest_of
from imlcourse.products.product import Files, Making, Opening, Product

if TYPE_CHECKING:
    from imlcourse.book.cache import Cache
    from imlcourse.course.model import Course

_FOLDER = "notebooks/"


def _make(making: Making) -> Files:
    from imlcourse.products.zip import zipped

    files = {
        path.removeprefix(_FOLDER): data
        for path, data in making.made["book-src"].items()
        if path.startswith(_FOLDER)
    }
    for data in files.values():
        same = making.cache.key("notebook", digest_of(data))
        if making.cache.get(same) is None:
            _check(data.decode("utf-8"), making.cache)
            making.cache.put(same, b"valid")
    files["README.txt"] = _leaflet(making.course, files).encode()
    name = f"{making.name}-notebooks"
    folder = {f"{name}/{path}": data for path, data in files.items()}
    return {**files, f"{name}.zip": zipped(folder, making.cache)}


def _check(text: str, cache: Cache) -> None:
    """Check a notebook, unless one passed that differs in its words alone."""
    from imlcourse.notebooks.valid import check_notebook, form_of

    known = cache.key("notebook-form", form_of(text))
    if cache.get(known) is None:
        check_notebook(text)
        cache.put(known, b"valid")


def _leaflet(course: Course, files: Files) -> str:
    """Say which notebook is of what, and how they are opened."""
    from imlcourse.products.packages.leaflet import written

    commands = {"install": "pip install jupyterlab", "start": "jupyter lab", "open": ""}
    steps = [
        f"{number}. {course.strings.text(f'packages.notebooks.{step}', command=command)}"
        for number, (step, command) in enumerate(commands.items(), start=1)
    ]
    return written(course, course.strings.text("packages.notebooks"), files, steps)


PRODUCT = Product(
    "notebooks",
    "the notebooks",
    "notebooks",
    _make,
    needs=("book-src",),
    openings=(
        Opening("Notebooks, for JupyterLab"),
        Opening("The same, zipped, to hand round", "*.zip"),
    ),
)
