"""The items of quizzes: one module for each type.

To add a type: write a module with a subclass of `Item` (see `imlcourse.items.base`) and name it in
`AnyItem` here; write a module of the same name in ``html/items`` that draws it, and name it there;
write ``items.<type>.how`` in ``languages/en/items.json``, a file of the same name in the player,
and test vectors in ``tests/items/vectors.json``.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from imlcourse.items import reading
from imlcourse.items.base import Evidence, Flaw, Item, LawEvidence, Order, Score, Where
from imlcourse.items.categorise import Categorise
from imlcourse.items.cloze import Cloze
from imlcourse.items.matching import Matching
from imlcourse.items.multiple import Multiple
from imlcourse.items.numeric import Numeric
from imlcourse.items.ordering import Ordering
from imlcourse.items.scenario import Scenario
from imlcourse.items.shown_order import key_place, places
from imlcourse.items.single import Single
from imlcourse.items.truefalse import TrueFalse

__all__ = [
    "ITEM_TYPES",
    "AnyItem",
    "Categorise",
    "Cloze",
    "Evidence",
    "Flaw",
    "Item",
    "LawEvidence",
    "Matching",
    "Multiple",
    "Numeric",
    "Order",
    "Ordering",
    "Scenario",
    "Score",
    "Single",
    "TrueFalse",
    "Where",
    "key_place",
    "places",
    "read_item",
]

AnyItem = Annotated[
    Single | Multiple | TrueFalse | Matching | Ordering | Cloze | Categorise | Numeric | Scenario,
    Field(discriminator="type"),
]
"""An item of any type, told apart by `type`."""

ITEM_TYPES: dict[str, type[Item]] = {
    get_args(kind.model_fields["type"].annotation)[0]: kind
    for kind in get_args(get_args(AnyItem)[0])
}
"""The item types by the name that stands in a file."""


def read_item(data: object) -> tuple[Item | None, list[Flaw]]:
    """Read an item of any type.

    Parameters
    ----------
    data
        What stands in the file, as plain dictionaries, lists, texts, numbers and booleans.

    Returns
    -------
    tuple
        The item and no flaws, or None and all that keeps it from being read. Whether what was
        read is a good item, `Item.problems` says.
    """
    return reading.read_item(data, ITEM_TYPES)
