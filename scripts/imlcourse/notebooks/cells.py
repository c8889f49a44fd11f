"""The JSON of a notebook, in the very form in which nbformat writes it.

nbformat itself takes a second to load, for a schema that a test holds these against.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict


class Output(TypedDict):
    """What a code cell shows."""

    output_type: Literal["display_data"]
    data: dict[str, list[str]]
    """Lines by media type."""
    metadata: dict[str, Any]


class Cell(TypedDict):
    """A cell of a notebook."""

    cell_type: Literal["markdown", "code"]
    id: str
    metadata: dict[str, Any]
    source: list[str]
    """Lines, with their ends."""
    outputs: NotRequired[list[Output]]
    execution_count: NotRequired[None]


def markdown_cell(source: str, name: str, tags: Sequence[str] = ()) -> Cell:
    """Make a cell of text.

    Parameters
    ----------
    source
        Markdown.
    name
        The id of the cell.
    tags
        What Jupyter Book is told of it, such as ``remove-cell``.
    """
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source.splitlines(True),
    }


def code_cell(
    source: str, name: str, tags: Sequence[str] = (), shown: Mapping[str, str] | None = None
) -> Cell:
    """Make a cell of code.

    Parameters
    ----------
    source
        Python.
    name
        The id of the cell.
    tags
        What Jupyter Book is told of it.
    shown
        What it shows before it is run: text by media type.
    """
    output: Output = {
        "output_type": "display_data",
        "data": {kind: text.splitlines(True) for kind, text in (shown or {}).items()},
        "metadata": {},
    }
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source.splitlines(True),
        "outputs": [output] if shown else [],
        "execution_count": None,
    }


def notebook_text(cells: Iterable[Cell], metadata: Mapping[str, Any]) -> str:
    """Write a notebook.

    Parameters
    ----------
    cells
        Its cells.
    metadata
        What is said of all of it.

    Returns
    -------
    str
        JSON of notebook format 4.5.
    """
    notebook = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(
        notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")
    )
    return f"{text}\n"
