"""Waiting for what a page does a moment later, such as keeping an answer.

Playwright's own ``wait_for_function`` evaluates a text inside the page. A page with our
Content-Security-Policy refuses that from the second look on, so that such a wait passes where the
first look is late enough, and fails where it is not. Each look of these is a call of its own,
which no policy forbids.
"""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page

PATIENCE = 30.0
"""Seconds; a slow machine is no failure."""
PAUSE = 25
"""Milliseconds from one look to the next."""


def wait_for(page: Page, expression: str, arg: Any = None, patience: float = PATIENCE) -> None:
    """Wait until an expression, or a function of `arg`, is true in a page.

    Parameters
    ----------
    page
        The page.
    expression
        JavaScript.
    arg
        What a function is called with.
    patience
        Seconds until it fails.

    Raises
    ------
    TimeoutError
        If it is not true in time.
    """
    until = time.monotonic() + patience
    while not page.evaluate(expression, arg):
        if time.monotonic() > until:
            msg = f"not so after {patience:.0f} s: {expression}"
            raise TimeoutError(msg)
        page.wait_for_timeout(PAUSE)
