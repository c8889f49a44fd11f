"""Sealing what tells the key of test items: not to be read by the way, nor found by a search.

This keeps honest learners honest, and no more: the player has to open the seal, so anybody who
reads the player can. A test that must be secure is one on paper, or in a learning management
system that marks it on its server.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator
from functools import lru_cache

from imlcourse.items.shared import SHARED

__all__ = ["ITSELF", "ROOT", "seal", "sealed_script"]

ITSELF, ROOT = "\ue000", "\ue001"
"""Signs that stand in sealed HTML for the id of the item's element, and for what leads from the
page to the root of the book."""

_FIRST, _COUNT = SHARED["seal"]["first"], SHARED["seal"]["count"]


@lru_cache(maxsize=4096)  # a test item stands on several pages, and a preview makes them again
def seal(name: str, html: str) -> str:
    """Seal a text so that it is not legible on the page.

    Parameters
    ----------
    name
        The id of the item; the same text is sealed differently in another item.
    html
        What to seal. Its line ends become spaces.

    Returns
    -------
    str
        A text of the same length, which ``seal.js`` opens.
    """
    signs = " ".join(html.split("\n"))
    return "".join(
        chr(_FIRST + (ord(sign) - _FIRST + turn) % _COUNT)
        if _FIRST <= ord(sign) < _FIRST + _COUNT
        else sign
        for sign, turn in zip(signs, _stream(name), strict=False)
    )


def sealed_script(data: object) -> str:
    """Write a script that holds sealed data for the player: compressed, then sealed.

    Parameters
    ----------
    data
        What JSON can hold.

    Returns
    -------
    str
        JavaScript that calls ``imlPlayer.addSealed`` with the data in base 85.
    """
    return _sealed(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


@lru_cache(maxsize=64)  # a preview writes the same again at every save
def _sealed(text: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(text) + packer.flush()
    turned = bytes(byte ^ turn & 0xFF for byte, turn in zip(packed, _states(""), strict=False))
    signs = base64.b85encode(turned, pad=True).decode("ascii")
    return f'imlPlayer.addSealed({len(turned)},"{signs}");\n'


def _stream(name: str) -> Iterator[int]:
    for state in _states(name):
        yield state % _COUNT


def _states(name: str) -> Iterator[int]:
    """Give numbers that depend on a name alone: a linear congruential generator."""
    state = 2166136261
    for byte in name.encode():
        state = ((state ^ byte) * 16777619) & 0xFFFFFFFF
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state >> 16
