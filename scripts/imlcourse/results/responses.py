"""Answers as people write them into a table: letters, true or false, numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from imlcourse.items import Item, Order
from imlcourse.items.parts import ChoicePart, JudgementPart, NumberPart, StepPart

__all__ = ["letters_of", "read_response"]


def read_response(item: Item, letters: Mapping[str, str], written: str) -> Any:
    """Give the response that stands for what somebody has written.

    Parameters
    ----------
    item
        The item.
    letters
        The id of each option by what it was called there.
    written
        ``b``; ``a c``; ``true``, or with the letter of the reason ``false b``; ``1951``; for any
        type, the response as JSON.

    Returns
    -------
    object
        As JSON has it; None if it stands for nothing.
    """
    text = written.strip()
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except ValueError:
            return None
    parts = item.parts()
    if any(isinstance(part, NumberPart) for part in parts):
        return text
    words = re.findall(r"[^\s,;+]+", text.lower())
    judgements = [part.id for part in parts if isinstance(part, JudgementPart)]
    if judgements:
        words[:1] = [{"t": "true", "f": "false"}.get(one, one) for one in words[:1]]
        if not words or words[0] not in judgements or any(w not in letters for w in words[1:]):
            return None
        reasons = [letters[one] for one in words[1:]]
        return [words[0], *reasons] if item.groups() else words[0]
    if item.type in ("multiple", "ordering") and len(words) == 1 and words[0] not in letters:
        words = list(words[0])  # “acd” for “a c d”
    if not words or any(one not in letters for one in words):
        return None
    ids = [letters[one] for one in words]
    if item.type == "single":
        return ids[0] if len(ids) == 1 else None
    return ids


def letters_of(item: Item, order: Order) -> dict[str, str]:
    """Give the id of each option and step by its letter, and by itself.

    Parameters
    ----------
    item
        The item.
    order
        The order in which they were shown: a is the first of them.
    """
    if item.type not in ("single", "multiple", "truefalse", "ordering"):
        return {}
    offered = [part for part in item.parts() if isinstance(part, ChoicePart | StepPart)]
    groups = list(item.groups()) or [""]
    shown = order.get(groups[0], tuple(range(len(offered))))
    letters = {
        letter: offered[place].id for letter, place in zip(ascii_lowercase, shown, strict=False)
    }
    return letters | {part.id: part.id for part in offered}
