"""Notebooks held against nbformat's schema, which loads only when their form is a new one."""

from __future__ import annotations

import json
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
        JSON. A corrected word leaves it as it was; a cell more does not.
    """
    return json.dumps(_form(json.loads(text)), sort_keys=True)


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
