"""``course bench``: what the course costs to build, beside the plain tool."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imlcourse.commands.arguments import number
from imlcourse.commands.package_names import package_name


def add(commands: Any) -> None:
    """Add the command to those that there are."""
    measure = commands.add_parser(
        "bench",
        help="measure what the course costs to build and to check, beside the plain tool",
        description="Measure processor time, memory and size of the course: built, edited, "
        "previewed and checked, beside jupyter-book build with its stock theme; and how they grow "
        "with the course; then each package: size, files, longest path, time and memory. It takes "
        "some minutes, works on copies, and changes nothing.",
    )
    measure.add_argument(
        "--packages",
        nargs="*",
        type=package_name,
        metavar="NAME",
        help="measure packages alone, these or all, of the pages that stand",
    )
    measure.add_argument(
        "--pairs",
        type=number(1, 100),
        default=3,
        metavar="N",
        help="how often to measure (default: 3)",
    )
    measure.add_argument(
        "--times",
        type=_times,
        default=[1, 10, 100],
        metavar="N,N",
        help="how many times the course to measure growth with (default: 1,10,100)",
    )
    measure.set_defaults(run=run)


def run(root: Path, parsed: argparse.Namespace) -> int:
    """Run the command, and give its exit code."""
    from imlcourse.bench import bench, bench_packages

    if parsed.packages is not None:
        return bench_packages(root, parsed.packages)
    bench(root, parsed.pairs, parsed.times)
    print()
    return bench_packages(root)


def _times(word: str) -> list[int]:
    try:
        return [number(1, 100)(one.strip()) for one in word.split(",") if one.strip()]
    except argparse.ArgumentTypeError:
        msg = f"{word} is not possible; write numbers from 1 to 100, as in 1,10,100"
        raise argparse.ArgumentTypeError(msg) from None
