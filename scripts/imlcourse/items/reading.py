"""Reading an item from the data of a file, with every fault told in the author's words."""

from __future__ import annotations

from pydantic import ValidationError

from imlcourse.items.base import Item
from imlcourse.languages.spelling import nearest
from imlcourse.markup.explain import Flaw, explain, shown

__all__ = ["read_item"]


def read_item(data: object, kinds: dict[str, type[Item]]) -> tuple[Item | None, list[Flaw]]:
    """Read an item.

    Parameters
    ----------
    data
        What stands in the file, as plain dictionaries, lists, texts, numbers and booleans.
    kinds
        The item types by name.

    Returns
    -------
    tuple
        The item and no flaws, or None and all that keeps it from being read.
    """
    if not isinstance(data, dict):
        return None, [Flaw((), "this is no item; write `id: ...`, `type: ...` and so on under it")]
    kind = data.get("type")
    if not isinstance(kind, str) or kind not in kinds:
        return None, [Flaw(("type",), _unknown_type(kind, kinds))]
    try:
        return kinds[kind].model_validate(data), []
    except ValidationError as error:
        return None, list(explain(error, kinds[kind]))


def _unknown_type(kind: object, kinds: dict[str, type[Item]]) -> str:
    names = ", ".join(kinds)
    if kind is None:
        return f"`type` is missing; write one of: {names}"
    near = nearest(str(kind), kinds)
    hint = f"did you mean {near}?" if near else f"write one of: {names}"
    return f"there is no item type {shown(kind)}; {hint}"
