"""Each module as a notebook for JupyterLab, complete without a kernel."""

from __future__ import annotations

from imlcourse.products.product import Files, Making, Opening, Product

_FOLDER = "notebooks/"


def _make(making: Making) -> Files:
    return {
        path.removeprefix(_FOLDER): data
        for path, data in making.made["book-src"].items()
        if path.startswith(_FOLDER)
    }


PRODUCT = Product(
    "notebooks",
    "the notebooks",
    "notebooks",
    _make,
    needs=("book-src",),
    openings=(Opening("Notebooks, for JupyterLab"),),
)
