"""What is handed out: one product, one file of this folder, and one line in the list below.

The build, its record, the help and the list of what was made all read it. Every build makes all of
them; what is made ready for one kind of place is in `imlcourse.products.packages`.
"""

from __future__ import annotations

from imlcourse.products import book, notebooks, offline, sources, trainers
from imlcourse.products.product import Files, Making, Opening, Product

__all__ = ["PRODUCTS", "Files", "Making", "Opening", "Product", "in_order"]

PRODUCTS: list[Product] = [
    sources.PRODUCT,
    book.PRODUCT,
    notebooks.PRODUCT,
    offline.PRODUCT,
    trainers.PRODUCT,
]
"""All products. A list, so that a test can add one."""


def in_order() -> list[Product]:
    """Give all products in the order in which they are made.

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

    for name in known:
        add(name)
    return list(ordered.values())
