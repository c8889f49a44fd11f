"""What stands in a cell of a table, whichever file it is in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

__all__ = ["Row", "written"]

Row = tuple[int, list[str]]
"""The line, and what stands in its cells."""


def written(cell: Any) -> str:
    """Give what stands in a cell of a workbook as people read it: 3 for 3.0, days as in CSV."""
    match cell:
        case None:
            return ""
        case bool():
            return str(cell).lower()
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()[:10]
    return str(cell).strip()
