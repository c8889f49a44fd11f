"""What is handed out: one product, one file of this folder, and one line in the list below.

The build, its record, ``course package``, the help and the list of what was made all read it.
"""

from __future__ import annotations

from collections.abc import Iterable

from imlcourse.products import book, notebooks, offline, sources
from imlcourse.products.product import Files, Making, Opening, Product

__all__ = ["PRODUCTS", "Files", "Making", "Opening", "Product", "in_order"]

PRODUCTS: list[Product] = [
    sources.PRODUCT,
    book.PRODUCT,
    notebooks.PRODUCT,
    offline.PRODUCT,
]
"""All products. A list, so that a test can add one."""


def in_order(names: Iterable[str] = ()) -> list[Product]:
    """Give the products that every build makes and the named ones, with all that they need.

    Parameters
    ----------
    names
        Names of further products.

    Returns
    -------
    list of Product
        What a product needs stands before it.

    Raises
    ------
    KeyError
        If a name is not known, or two products have one name or one place.
    """
    known = {product.name: product for product in PRODUCTS}
    places = {product.place for product in PRODUCTS}
    if not len(known) == len(places) == len(PRODUCTS):
        msg = "two products have one name or one place"
        raise KeyError(msg)
    ordered: dict[str, Product] = {}

    def add(name: str) -> None:
        for needed in known[name].needs:
            add(needed)
        ordered.setdefault(name, known[name])

    for product in PRODUCTS:
        if product.always:
            add(product.name)
    for name in names:
        add(name)
    return list(ordered.values())
