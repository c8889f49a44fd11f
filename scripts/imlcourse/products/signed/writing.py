"""How signed things are written: one form of bytes for what is said, and signs that travel well."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["SIGNATURE", "canonical", "decoded", "encoded", "spaced"]

SIGNATURE = 64
"""How many bytes a signature of Ed25519 has."""
_SIGNS = re.compile(r"[A-Za-z0-9_-]*")


def canonical(said: Mapping[str, Any]) -> str:
    """Write what is said in the one form that is signed.

    It is JSON with sorted names, without spaces, and of ASCII alone: no e-mail, no spreadsheet
    and no reader of QR codes can misread it. The player writes the same (``pages/signed.js``).
    """
    return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def encoded(data: bytes) -> str:
    """Write bytes in the signs of base64 that addresses take, without filling."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decoded(text: str, length: int) -> bytes | None:
    """Read so many bytes again; None if the text holds others."""
    if not _SIGNS.fullmatch(text) or len(text) != -(-length * 4 // 3):
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # Of the last sign some bits stand for nothing: only one way to write them is taken.
    return data if len(data) == length and encoded(data) == text else None


def spaced(text: str, size: int = 4) -> str:
    """Write a code in groups, as people compare it."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))
