"""In what order the parts of items are shown.

The order is the same on every machine and in every build: it is drawn from the items' ids by a
hash, not by a random generator whose numbers may differ between versions of Python.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable

from imlcourse.items.base import Item, Order
from imlcourse.items.single import Single

__all__ = ["key_place", "places"]

_TRIES = 1000


def _draw(*seed: object) -> str:
    return hashlib.sha256("/".join(map(str, seed)).encode()).hexdigest()


def _shuffled(item: Item, salt: tuple[str, ...]) -> Order:
    for turn in range(_TRIES):
        order = {
            group: tuple(sorted(range(count), key=lambda i: _draw(*salt, item.id, group, turn, i)))
            for group, count in item.groups().items()
        }
        if item.accepts(order):
            return order
    return order  # no order is good enough: an item of one step, which is flawed anyway


def places(items: Iterable[Item], version: str = "") -> dict[str, Order]:
    """Decide in what order the parts of each item are shown.

    Parts are shuffled. The keys of single-choice items are then dealt out so that, among the
    items with equally many options, each place holds about as many keys as any other; items in
    natural order keep theirs, and are counted. Call it with the items of a module, over which
    learners would notice.

    Parameters
    ----------
    items
        The items of a bank. Their order does not matter.
    version
        Of a test on paper: for each version, everything is drawn anew.

    Returns
    -------
    dict
        By item id: for each group of parts, their written places in the order shown.
    """
    salt = (version,) if version else ()
    bank = sorted(items, key=lambda item: _draw(*salt, "bank", item.id))
    orders = {item.id: _shuffled(item, salt) for item in bank}
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    overall: Counter[int] = Counter()
    shuffled = []
    for item in bank:
        if isinstance(item, Single) and (key := _key_index(item)) is not None:
            if item.groups():
                shuffled.append((item, key))
            else:
                counts[len(item.options)][key] += 1
                overall[key] += 1
    for item, key in shuffled:
        count = len(item.options)
        place = min(
            range(count),
            key=lambda p: (counts[count][p], overall[p], _draw(*salt, "place", item.id, p)),
        )
        counts[count][place] += 1
        overall[place] += 1
        others = [i for i in orders[item.id]["options"] if i != key]
        orders[item.id] = {"options": (*others[:place], key, *others[place:])}
    return orders


def key_place(item: Single, order: Order) -> int | None:
    """Give the place, from 0, in which the key of an item is shown.

    Parameters
    ----------
    item
        A single-choice item.
    order
        The order that `places` gave it.

    Returns
    -------
    int or None
        The place; None where no option is right.
    """
    key = _key_index(item)
    if key is None:
        return None
    return order.get("options", tuple(range(len(item.options)))).index(key)


def _key_index(item: Single) -> int | None:
    return next((i for i, option in enumerate(item.options) if option.correct), None)
