"""Putting in place: what stands in the build folder is always one whole build.

A build is written into ``_build/next`` until it is whole, which the file ``ready.json`` in it
says. From then on the new build is the one that counts: its folders change places with the old
ones, and whoever comes next finishes that if it is broken off. Before that, the old one counts,
and nothing of it has been touched.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from stat import S_ISREG

from imlcourse.build.freshness import STATE, hashes_of, read_state
from imlcourse.products.copies.names import name_problems, names_of
from imlcourse.products.copies.sums import LIST

_NEXT = "next"
_READY = "ready.json"
_LOCK = ".lock"
_MEND = "copy the course to a disk with room on which you may write, or change the permissions"


class BuildError(Exception):
    """The build folder cannot be used; the message says why and what to do."""


@contextmanager
def locked(build: Path) -> Iterator[bool]:
    """Hold the build folder alone, waiting for another build to end.

    Parameters
    ----------
    build
        The folder of made things; it is made if need be.

    Yields
    ------
    bool
        Whether another build had to be waited for.

    Raises
    ------
    BuildError
        If the folder cannot be made or written to.
    """
    from filelock import FileLock, Timeout

    try:
        build.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        file = next((path for path in (build, *build.parents) if path.is_file()), build)
        msg = f"{file} is a file, and a folder has to stand there; move it away"
        raise BuildError(msg) from None
    except OSError as error:
        raise BuildError(f"{build} cannot be made ({error.strerror}); {_MEND}") from error
    lock = FileLock(build / _LOCK)
    waited = False
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            waited = True
            print("Another build of this course is running; waiting for it.", file=sys.stderr)
            lock.acquire()
    except OSError as error:
        raise BuildError(f"{build} cannot be written to ({error.strerror}); {_MEND}") from error
    try:
        yield waited
    finally:
        lock.release()


_ONCE_VISIBLE = ("cache", "package-cache", "kit-cache", "state.json")
"""What earlier versions kept in plain sight: it goes on as what is hidden now."""


def settle(build: Path) -> None:
    """Finish what a build that was broken off had begun to put in place, and sweep leftovers.

    Whoever calls this holds the folder.

    Parameters
    ----------
    build
        The folder of made things.
    """
    for name in _ONCE_VISIBLE:
        seen, hidden = build / name, build / f".{name}"
        if not hidden.exists() and seen.exists():
            seen.rename(hidden)
        _delete(seen)
    new = build / _NEXT
    try:
        ready = json.loads((new / _READY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        ready = None
    if isinstance(ready, dict) and all(
        isinstance(ready.get(names), list) and all(map(_is_place, ready[names]))
        for names in ("places", "gone")
    ):
        _exchange(build, new, ready)
    _delete(new)
    for left in [
        left
        for pattern in ("new-*", ".old-*", f".{STATE}.*", f".{LIST}.*")
        for left in build.glob(pattern)
    ]:
        _delete(left)  # by a version before this one too


def _is_place(name: object) -> bool:
    """Say whether something names a folder of the build folder; no other may be taken away."""
    return isinstance(name, str) and name not in ("", ".", "..") and Path(name).name == name


def unsettled(build: Path) -> bool:
    """Say whether a build was broken off, or is under way."""
    return (build / _NEXT).exists()


def put_in_place(
    build: Path,
    mark: str,
    places: Mapping[str, Mapping[str, bytes]],
    products: Sequence[str],
    gone: Sequence[str] = (),
    *,
    beside: bool = False,
) -> None:
    """Write a build, and let it take the place of the last one.

    Whoever calls this holds the folder.

    Parameters
    ----------
    build
        The folder of made things.
    mark
        The `imlcourse.build.freshness.fingerprint` from which it was made.
    places
        Files by place: content by path.
    products
        Names of the products.
    gone
        Places that the new build has no more.
    beside
        Whether what stands in other places stays, with what is known of it.

    Raises
    ------
    BuildError
        If some disk would not take a name of it.
    OSError
        If it cannot be written; nothing that stood has changed then.
    """
    check_names(places)
    new = build / _NEXT
    _delete(new)
    try:
        for place, files in places.items():
            (new / place).mkdir(parents=True)
            there = {""}
            for path, content in files.items():
                inside = path.rpartition("/")[0]
                if inside not in there:
                    (new / place / inside).mkdir(parents=True, exist_ok=True)
                    there.add(inside)
                _write(f"{new}/{place}/{path}", content, f"{build}/{place}/{path}")
        stay = _standing(build, {*places, *gone}) if beside else {}
        ready = {
            "fingerprint": mark,
            "marks": {
                **{place: kept[0] for place, kept in stay.items()},
                **dict.fromkeys(places, mark),
            },
            "products": [*stay, *products],
            "places": sorted([*stay, *places]),
            "gone": sorted(set(filter(_is_place, gone)) - set(places)),
            "made": {
                **{path: digest for kept in stay.values() for path, digest in kept[1].items()},
                **hashes_of(places),
            },
        }
        write_whole(new / _READY, json.dumps(ready).encode())
    except BaseException:
        _delete(new)
        raise
    _exchange(build, new, ready)
    _delete(new)


def _write(file: str, content: bytes, stood: str) -> None:
    """Write a file; where one stands with the same content, give that another name.

    A disk makes a file ten times slower than a second name of one, and after an edit most files
    are as they were. Only whole folders change places, and nothing is written into a file that
    stands: so the old folder keeps what it has until it goes.
    """
    with suppress(OSError, NotImplementedError):  # not there, or on a disk without such names
        known = os.lstat(stood)
        if S_ISREG(known.st_mode) and known.st_size == len(content):
            with FileIO(stood) as old:
                same = old.readall() == content
            if same:
                Path(file).hardlink_to(stood)
                return
    Path(file).write_bytes(content)


def _standing(build: Path, but: Container[str]) -> dict[str, tuple[str, dict[str, str]]]:
    """Give what is known of the other places: from what each was made, and what stands in it."""
    state = read_state(build)
    marks, made = state.get("marks"), state.get("made")
    if not isinstance(marks, dict) or not isinstance(made, dict):
        return {}
    return {
        place: (
            str(mark),
            {path: digest for path, digest in made.items() if path.startswith(f"{place}/")},
        )
        for place, mark in marks.items()
        if _is_place(place) and place not in but and (build / place).is_dir()
    }


def _exchange(build: Path, new: Path, ready: Mapping[str, object]) -> None:
    """Put the folders of a whole new build in place, from wherever this was broken off."""
    old = new / ".old"
    old.mkdir(exist_ok=True)
    # From here on to the end nothing may say that what stands is up to date.
    (build / STATE).unlink(missing_ok=True)
    places, gone = ready["places"], ready["gone"]
    assert isinstance(places, list) and isinstance(gone, list)
    for place in [*places, *gone]:
        if place in places and not os.path.lexists(new / place):
            continue  # it stands already
        if os.path.lexists(build / place):
            _delete(old / place)
            (build / place).rename(old / place)
        if place in places:
            (new / place).rename(build / place)
    write_whole(build / STATE, json.dumps(ready).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def check_names(places: Mapping[str, Mapping[str, bytes]]) -> None:
    """See that every disk takes the names of what is put in place, and of what its zips hold.

    Raises
    ------
    BuildError
        If some disk would not.
    """
    found = [
        f"{place}/{where}{' holds ' if where else ''}{problem}"
        for place, files in places.items()
        for where, paths in names_of(files)
        for problem in name_problems(paths)
    ]
    if found:
        told = "\n".join(found)
        msg = f"these names would not work on every disk; give their sources other names:\n{told}"
        raise BuildError(msg)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
