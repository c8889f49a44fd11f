"""Sealing what tells the key of test items: not to be read by the way, nor found by a search.

This keeps honest learners honest, and no more: the player has to open the seal, so anybody who
reads the player can. A test that must be secure is one on paper, or in a learning management
system that marks it on its server.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

__all__ = ["seal"]


def seal(name: str, html: str) -> str:
    """Seal a text so that it is not legible on the page.

    Parameters
    ----------
    name
        The id of the item; the same text is sealed differently in another item.
    html
        What to seal.

    Returns
    -------
    str
        Base64, which ``seal.js`` opens.
    """
    data = html.encode()
    return base64.b64encode(bytes(a ^ b for a, b in zip(data, _stream(name), strict=False))).decode(
        "ascii"
    )


def _stream(name: str) -> Iterator[int]:
    state = 2166136261
    for byte in name.encode():
        state = ((state ^ byte) * 16777619) & 0xFFFFFFFF
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state >> 24
