"""What ends a report; known without the libraries that a report needs."""

from __future__ import annotations

__all__ = ["ReportError"]


class ReportError(Exception):
    """No report can be made; the message says why and what to do."""
