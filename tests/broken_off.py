"""A build in a process of its own that is killed before one of its changes to what is built.

It runs as ``python broken_off.py COURSE STEP`` and not in a fork: what makes scripts small brings
a runtime with threads, which a fork of a process that has used it does not survive.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

CHANGES = ("rename", "replace", "unlink", "write_bytes", "write_text", "mkdir")


@contextmanager
def before_each_change(act: Callable[[], None]) -> Iterator[None]:
    """Do something before each change to what is built."""
    with ExitStack() as stack:
        for name in CHANGES:
            stack.enter_context(patch.object(Path, name, _after(act, getattr(Path, name))))
        yield


def _after(act: Callable[[], None], plain: Callable[..., Any]) -> Callable[..., Any]:
    def changed(path: Path, *given: Any, **named: Any) -> Any:
        if "_build" in path.parts:
            act()
        return plain(path, *given, **named)

    return changed


def killed_at(root: Path, step: int) -> bool:
    """Build in a process that is killed before its n-th change; say whether it got that far."""
    command = [sys.executable, __file__, str(root), str(step)]
    done = subprocess.run(command, check=False, capture_output=True, timeout=120)
    return done.returncode == -signal.SIGKILL


def _build_until(root: Path, step: int) -> None:
    from imlcourse.build.build import build

    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with before_each_change(count):
        build(root)


if __name__ == "__main__":
    _build_until(Path(sys.argv[1]), int(sys.argv[2]))
