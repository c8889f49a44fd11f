"""The units of the document: their ids, and what an author may have meant by a wrong one."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator
from pydantic import WithJsonSchema as _Schema

from imlcourse.languages.spelling import near

MAIN_PARAGRAPHS = 24


MAIN_FOOTNOTES = 15


ANNEX_PARAGRAPHS = 48


ANNEX_FOOTNOTES = 4


UNIT_IDS: tuple[str, ...] = (
    *(str(n) for n in range(1, MAIN_PARAGRAPHS + 1)),
    *(f"fn{n}" for n in range(1, MAIN_FOOTNOTES + 1)),
    *(f"A{n}" for n in range(1, ANNEX_PARAGRAPHS + 1)),
    *(f"A-fn{n}" for n in range(1, ANNEX_FOOTNOTES + 1)),
)
"""Ids of all units, in the order of the document, each part's footnotes after its paragraphs."""


def _as_text(value: object) -> object:
    # `unit: 8` is a number in YAML; bool is an int in Python, and no unit.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


UnitId = Annotated[
    str,
    BeforeValidator(_as_text),
    _Schema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]


def unknown_unit(unit_id: str) -> str:
    """Say that a unit does not exist, and which one was probably meant."""
    folded = unit_id.strip().replace(" ", "")
    candidates = {u.casefold(): u for u in UNIT_IDS}
    guess = candidates.get(folded.casefold()) or candidates.get(folded.casefold().replace("-", ""))
    hint = f" (did you mean {guess}?)" if guess else near(unit_id, UNIT_IDS)
    if re.search(r"\w\s*[,–]|\band\b", unit_id):
        return f"no unit {unit_id}; cite one unit at a time, as in {{para}}`8` and {{para}}`9`"
    return f"no unit {unit_id}{hint}; units are 1–24, fn1–fn15, A1–A48, A-fn1–A-fn4"
