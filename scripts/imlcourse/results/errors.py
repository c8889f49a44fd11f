"""What ends a report; known without the libraries that a report needs."""

from __future__ import annotations

from imlcourse.markup.problems import UsageError

__all__ = ["ReportError", "ReportUsageError"]


class ReportError(Exception):
    """No report can be made; the message says why and what to do."""


class ReportUsageError(ReportError, UsageError):
    """What the command names is not what a report is made from."""
