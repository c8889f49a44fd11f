"""Ids of the document's units as authors write them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator
from pydantic import WithJsonSchema as _Schema


def _as_text(value: object) -> object:
    # `unit: 8` is a number in YAML; bool is an int in Python, and no unit.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


UnitId = Annotated[
    str,
    BeforeValidator(_as_text),
    _Schema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]
"""The id of a unit: ``8``, ``fn6``, ``A30`` or ``A-fn2``. Whether it exists, `Edition` knows."""
