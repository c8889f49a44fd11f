"""Progress of long work: seen by a person, silent when piped."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Progress:
    """Names each step as it begins, and how long it took.

    Parameters
    ----------
    steps
        How many there will be.
    stream
        Where to write; nothing is written unless it is a terminal.
    """

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        self._steps = steps
        self._stream = stream or sys.stderr
        self._shown = self._stream.isatty()
        self._number = 0
        self._began = 0.0

    def step(self, what: str) -> None:
        """Begin the next step."""
        self.done()
        self._number += 1
        self._began = time.monotonic()
        if self._shown:
            self._stream.write(f"[{self._number}/{self._steps}] {what} … ")
            self._stream.flush()

    def done(self) -> None:
        """End the step under way."""
        if self._shown and self._began:
            self._stream.write(f"{time.monotonic() - self._began:.1f} s\n")
            self._stream.flush()
        self._began = 0.0
