"""Builds that are killed before one of their changes to what is built.

They run below a process of their own, ``python broken_off.py COURSE PACKAGE…``, which has loaded
the program once and forks for each build it is told of. It is not this process that forks: what
makes scripts small brings a runtime with threads, which a fork of a process that has used it does
not survive.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from command import import_for_forks

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


def changes_in(make: Callable[[], object]) -> int:
    """Make something, and count its changes to what is built."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with before_each_change(count):
        make()
    return steps


def left_by_killed(
    root: Path, chosen: Collection[int], make: Callable[[], object], to: Path
) -> list[Path]:
    """Copy a course before some of the changes that are made in it.

    Each copy is what a process leaves that is killed there: it writes no more, and undoes nothing.
    """
    copies: list[Path] = []
    step = 0

    def keep() -> None:
        nonlocal step
        if step in chosen:
            copies.append(Path(shutil.copytree(root, to / f"killed at {step}")))
        step += 1

    with before_each_change(keep):
        make()
    assert len(copies) == len(chosen)
    return copies


@contextmanager
def killing(root: Path, *packages: str) -> Iterator[Callable[[int], bool]]:
    """Give what builds a course, kills the build before its n-th change, and says if it was.

    Parameters
    ----------
    root
        The folder of the course.
    *packages
        Packages to make besides those that every build makes.

    Yields
    ------
    callable
        Takes the number of the change, from 0; gives False of a build that ended before.
    """
    command = [sys.executable, __file__, str(root), *packages]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    ) as process:
        told, asked = process.stdin, process.stdout
        assert told and asked

        def killed_at(step: int) -> bool:
            print(step, file=told, flush=True)
            return int(asked.readline()) == -signal.SIGKILL

        yield killed_at
        told.close()


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


def _serve(root: Path, *packages: str) -> None:
    import_for_forks()
    for line in sys.stdin:
        if not (child := os.fork()):
            _build_until(root, list(packages), int(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), *sys.argv[2:])
