"""Notebooks held against nbformat's schema, which loads only when their form is a new one."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["check_notebook", "form_of", "without_formats"]

_WRITTEN = ("source", "text/html", "text/plain", "title")
"""Names of what is but written: any text, or list of lines, is as good for the schema."""


def form_of(text: str) -> str:
    """Give what the validity of a notebook depends on: all of it but what is written in it.

    Parameters
    ----------
    text
        The notebook as JSON.

    Returns
    -------
    str
        JSON. A corrected word leaves it as it was, and so does a cell more of a kind that is
        there; a cell of another kind does not, and neither does an id that stands twice.
    """
    notebook = json.loads(text)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if isinstance(cells, list) and all(isinstance(cell, dict) for cell in cells):
        ids = [cell.get("id") for cell in cells]
        kinds = {json.dumps(_form(_without_id(cell)), sort_keys=True) for cell in cells}
        notebook["cells"] = sorted(kinds)
        notebook["ids"] = [_is_id(one) for one in ids] if not all(map(_is_id, ids)) else "ids"
        notebook["twice"] = len(set(map(str, ids))) < len(ids)
    return json.dumps(_form(notebook), sort_keys=True)


_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def _without_id(cell: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in cell.items() if name != "id"}


def _form(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _form(inner, key) for key, inner in value.items()}
    if name in _WRITTEN:
        lines: Iterable[Any] = value if isinstance(value, list) else [value]
        return sorted({type(line).__name__ for line in lines})
    if isinstance(value, list):
        return [_form(inner) for inner in value]
    return value


def check_notebook(text: str) -> None:
    """Make sure that Jupyter will read a notebook.

    Parameters
    ----------
    text
        The notebook as JSON.

    Raises
    ------
    nbformat.ValidationError
        If it is not of the form that nbformat describes: a fault of the program, not of the
        course.
    """
    with without_formats():
        import nbformat

    nbformat.validate(nbformat.reads(text, as_version=4))


@contextmanager
def without_formats() -> Iterator[None]:
    """Keep jsonschema from building the grammars of formats, two thirds of a second of work.

    They are optional to it, and no schema that is used here names such a format.
    """
    name = "rfc3987_syntax"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
