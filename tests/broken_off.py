"""Builds that are killed before one of their changes to what is built.

``python broken_off.py COURSE CHANGE PACKAGE…`` is such a build.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
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


def changes_in(make: Callable[[], object]) -> list[str]:
    """Make something, and name its changes to what is built, in their order."""
    changes: list[str] = []
    with ExitStack() as stack:
        for name in CHANGES:
            act = partial(changes.append, name)
            stack.enter_context(patch.object(Path, name, _after(act, getattr(Path, name))))
        make()
    return changes


def left_by_killed(
    root: Path, chosen: Collection[int], make: Callable[[], object], to: Path
) -> list[Path]:
    """Copy a course before some of the changes that are made in it.

    Each copy is what a process leaves that is killed there: it writes no more, and undoes nothing.
    """
    from copied import copied  # a build of its own, below, does not find it

    copies: list[Path] = []
    step = 0

    def keep() -> None:
        nonlocal step
        if step in chosen:
            copies.append(copied(root, to / f"killed at {step}"))
        step += 1

    with before_each_change(keep):
        make()
    assert len(copies) == len(chosen)
    return copies


def killed_at(root: Path, step: int, *packages: str) -> bool:
    """Build a course in a process that is killed before its n-th change, and say if it was.

    Parameters
    ----------
    root
        The folder of the course.
    step
        The number of the change, from 0; a build may end before.
    *packages
        Packages to make besides those that every build makes.
    """
    from conftest import COMMANDS

    done = COMMANDS.run([str(root), str(step), *packages], __file__)
    return done.returncode == -signal.SIGKILL


def _build_until(root: Path, packages: list[str], step: int) -> None:
    from imlcourse.build.build import build

    left = step

    def count() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    with before_each_change(count):
        build(root, packages=packages)


if __name__ == "__main__":
    _build_until(Path(sys.argv[1]), sys.argv[3:], int(sys.argv[2]))
