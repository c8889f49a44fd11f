"""What each shape of the course weighs and takes: packages, copies and the trainer's kit.

Every package is made in a process of its own, from the finished pages and with nothing kept, so
that time and memory are its own. Of zips the paths inside count too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from imlcourse.bench.beside import copy_course, environment
from imlcourse.build.build import build, up_to_date
from imlcourse.build.kit import built_kit
from imlcourse.build.made import build_folder
from imlcourse.build.packages import FilesOnDisk
from imlcourse.build.transaction import locked
from imlcourse.products import PRODUCTS
from imlcourse.products.copies.names import names_of
from imlcourse.products.packages import PACKAGES, Package

__all__ = ["bench_packages", "package_lines"]

# What runs in a process of its own, and prints what it made and used.
_MAKE = """
import json, os, resource, sys, tempfile
from pathlib import Path
from imlcourse.bench.shapes import Shape
from imlcourse.book.cache import Cache
from imlcourse.build.packages import packing_of
from imlcourse.checks.load import load_course
from imlcourse.products.packages import PACKAGES
root, folder, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
[package] = [package for package in PACKAGES if package.name == name]
def used():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
with tempfile.TemporaryDirectory(prefix="course-bench-") as kept:
    packing = packing_of(folder, load_course(root), None, Cache(Path(kept), "bench"))
    began = used()
    shape = Shape.of(package.make(packing))
    taken = used() - began
most = max(resource.getrusage(who).ru_maxrss for who in (
    resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
memory = most / (1e6 if sys.platform == "darwin" else 1e3)
print(json.dumps([shape.size, shape.files, shape.longest, taken, memory]))
"""
_HEAD = f"{'size':>10}{'files':>7}{'path':>6}"


@dataclass(frozen=True, slots=True)
class Shape:
    """What something is like that was made: bytes, files, and signs of its longest path."""

    size: int
    files: int
    longest: int

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Shape:
        """Measure files."""
        paths = [path for _, names in names_of(files) for path in names]
        size = sum(len(files[path]) for path in files)
        return cls(size, len(files), max(map(len, paths), default=0))

    def cells(self) -> str:
        """Write it as cells of a table."""
        return f"{self.size / 1e3:7.0f} KB{self.files:7}{self.longest:6}"


def bench_packages(root: Path, names: Sequence[str] = ()) -> int:
    """Measure packages, and print the table.

    Parameters
    ----------
    root
        The folder of the course.
    names
        Names of packages; all if none is named.

    Returns
    -------
    int
        Exit code: 0.
    """
    with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
        for line in package_lines(root, Path(folder), names):
            print(line, flush=True)
    return 0


def package_lines(root: Path, folder: Path, names: Sequence[str] = ()) -> Iterator[str]:
    """Measure packages, from the pages that stand or from a build in a folder.

    Parameters
    ----------
    root
        The folder of the course.
    folder
        Where the course is built if what stands is not up to date.
    names
        Names of packages; all if none is named.

    Yields
    ------
    str
        Lines of the table.
    """
    wanted = [package for package in PACKAGES if not names or package.name in names]
    if not wanted:
        return
    if not up_to_date(root):
        copy = folder / "packed"
        copy_course(root, copy)
        build(copy)
        root = copy
    made = build_folder(root)
    with locked(made):
        yield f"{'Each package, of the finished pages':<34}{_HEAD}{'time':>9}{'memory':>10}"
        yield from (_package_line(root, made, package) for package in wanted)
        if not names:
            yield f"\n{'What builds make':<34}{_HEAD}"
            yield from _standing_lines(made)


def _package_line(root: Path, made: Path, package: Package) -> str:
    if missing := package.missing():
        return f"{package.name:<34}{' and '.join(missing)} not installed"
    command = [sys.executable, "-c", _MAKE, str(root), str(made), package.name]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment()
    )
    if done.returncode:
        raise OSError(None, f"{package.name} could not be made: {done.stderr.strip()}")
    size, files, longest, taken, memory = json.loads(done.stdout)
    return f"{package.name:<34}{Shape(size, files, longest).cells()}{taken:7.1f} s{memory:7.0f} MB"


def _standing_lines(made: Path) -> Iterator[str]:
    """Measure what stands that is no package: products that a person opens, and the kit."""
    for product in PRODUCTS:
        if product.openings:
            yield from _folder_and_zip(product.name, made / product.place)
    for kit in built_kit(made)[:1]:
        yield from _folder_and_zip("kit", kit.path.parent, kit.path.name)


def _folder_and_zip(name: str, place: Path, only: str = "") -> Iterator[str]:
    """Measure what lies in a folder, and each zip of it."""
    meant = (f"{only}/", f"{only}.zip") if only else ""
    files = {path: data for path, data in FilesOnDisk(place).items() if path.startswith(meant)}
    zips = {path: files.pop(path) for path in list(files) if path.endswith(".zip")}
    yield f"{name:<34}{Shape.of(files).cells()}"
    for path, data in zips.items():
        yield f"{f'  {name}, zipped':<34}{Shape.of({path: data}).cells()}"
