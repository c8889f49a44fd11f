"""How long the quick commands take, beside what any Python process takes.

Run by hand: ``.venv/bin/python tests/benchmarks/commands.py``. Nothing fails on a clock; the
ratios say whether a change has made a command slow.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def seconds(*words: str) -> float:
    """Give the median time of a process, of seven runs."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Measure, and print a line for each command."""
    subprocess.run([sys.executable, "-m", "imlcourse", "build"], cwd=ROOT, check=True)
    bare = seconds("-c", "pass")
    print(f"{'a bare Python process':<32} {bare:6.3f} s")
    for name, words in {
        "course build, nothing changed": ("build",),
        "course check": ("check",),
        "course build --force": ("build", "--force"),
    }.items():
        took = seconds("-m", "imlcourse", *words)
        print(f"{name:<32} {took:6.3f} s   {took / bare:5.1f} times as long")


if __name__ == "__main__":
    main()
