"""`course bench`: what the course costs to build and to check, beside the plain tool.

Plain is ``jupyter-book build`` of the same sources of the book, with its stock theme. Both run
side by side, one after the other in pairs, so that a busy machine slows both alike; what is
compared is processor time of the processes and their children, as medians over the pairs.

How cost grows is measured on copies of the course, in which every module and bank stands several
times under other ids: if time or memory grow faster than the course does, the exponent says so.
Nothing of the course itself is touched: all work is done in a folder that is deleted afterwards.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

__all__ = ["bench", "enlarged", "exponent", "weight"]

_SOURCES = ("_config.yml", "pyproject.toml", "book", "modules", "quizzes", "scripts/requirements")
_EDIT = "\nA line that was written for a measurement, and says nothing.\n"
_PLAIN_CONFIG = """\
title: The same sources
author: nobody
execute: {execute_notebooks: "off"}
only_build_toc_files: true
"""

# What runs in a process of its own, and prints what it used: seconds, and megabytes at most.
_LOAD = """
import resource, sys, time
from pathlib import Path
from imlcourse import checks
from imlcourse.checks.load import load_course
from imlcourse.markup.problems import CourseError
def peak():
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1e6 if sys.platform == "darwin" else 1e3)
before = peak()
began = time.process_time()
try:
    course, problems = load_course(Path(sys.argv[1])), 0
except CourseError as error:
    problems = len(error.problems)
print(time.process_time() - began, peak() - before, problems)
"""
_PREVIEW = """
import sys, time
from pathlib import Path
from imlcourse.preview.preview import Preview
root, module = Path(sys.argv[1]), Path(sys.argv[2])
preview = Preview(root)
assert preview.update(), preview.problems
text = module.read_text("utf-8")
for number in range(int(sys.argv[3])):
    module.write_text(f"{text}\\nA line for measurement {number}.\\n", "utf-8")
    began = time.process_time()
    assert preview.update(), preview.problems
    print(time.process_time() - began)
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """What one thing took here and with the plain tool, in seconds of the processor.

    Attributes
    ----------
    what
        What was done.
    ours, plain
        The times of each run; empty where there is nothing to compare with.
    """

    what: str
    ours: list[float]
    plain: list[float]

    def line(self) -> str:
        """Write it as a line of the table: medians, and the median of the ratios of pairs."""
        ours = f"{statistics.median(self.ours):8.2f} s"
        if not self.plain:
            return f"{self.what:<34}{ours}"
        ratios = [a / b for a, b in zip(self.ours, self.plain, strict=False)]
        plain = f"{statistics.median(self.plain):8.2f} s"
        return f"{self.what:<34}{ours}{plain}{statistics.median(ratios):8.2f}"


def bench(root: Path, pairs: int = 3, times: Sequence[int] = (1, 10, 100)) -> int:
    """Measure, and print the table.

    Parameters
    ----------
    root
        The folder of the course.
    pairs
        How often each pair is measured.
    times
        How many times the course the enlarged courses are.

    Returns
    -------
    int
        Exit code: 0.
    """
    print(f"Processor time, medians over {pairs} pairs (plain: jupyter-book build)\n")
    print(f"{'':<34}{'course':>10}{'plain':>10}{'ratio':>8}")
    with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
        for line in _builds(root, Path(folder), pairs):
            print(line, flush=True)
        if times:
            print(f"\n{'Growth: load and check':<34}{'time':>10}{'memory':>10}")
        for line in _growth(root, Path(folder), times):
            print(line, flush=True)
    return 0


def environment() -> dict[str, str]:
    """Give an environment in which modules stay compiled, as those that pip installs are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


# --- beside the plain tool ----------------------------------------------------------------------


def _builds(root: Path, folder: Path, pairs: int) -> Iterator[str]:
    course, plain = folder / "course", folder / "plain"
    cold = Pair("cold build", [], [])
    edit = Pair("build after an edit", [], [])
    nothing = Pair("build, nothing changed", [], [])
    check = Pair("check", [], [])
    for _ in range(pairs):
        shutil.rmtree(course, ignore_errors=True)
        shutil.rmtree(plain, ignore_errors=True)
        copy_course(root, course)
        build, plainly = _command(course, "build", "--without-kit"), _plain(plain)
        cold.ours.append(_used(build))
        _update(course / "_build" / "book-src", plain)
        cold.plain.append(_used(plainly))
        nothing.ours.append(_used(build))
        nothing.plain.append(_used(plainly))
        module = _module(course)
        module.write_text(module.read_text("utf-8") + _EDIT, "utf-8")
        edit.ours.append(_used(build))
        _update(course / "_build" / "book-src", plain)
        edit.plain.append(_used(plainly))
        check.ours.append(_used(_command(course, "check")))
    yield from (cold.line(), edit.line(), nothing.line(), check.line())
    preview = [sys.executable, "-c", _PREVIEW, str(course), str(_module(course)), str(pairs)]
    yield Pair("preview of an edit", _numbers(preview), edit.plain).line()
    ours, theirs = course / "_build" / "book", plain / "_build" / "html"
    for what, measure in (("heaviest page, all it loads", _heaviest), ("all, zipped", _zipped)):
        mine, other = measure(ours), measure(theirs)
        yield f"{what:<34}{mine / 1e3:7.0f} KB{other / 1e3:7.0f} KB{mine / other:8.2f}"


def copy_course(root: Path, course: Path) -> None:
    for name in _SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, course / name)
        elif (root / name).is_file():
            course.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, course / name)


def _module(course: Path) -> Path:
    modules = sorted((course / "modules").glob("*/module.md"))
    return modules[len(modules) // 2]


# What the tests bring makes every import of nbformat slower by half a second and more, above all in
# the plain tool. Neither is measured with what those who build do not have.
_AS_USERS_HAVE_IT = "import sys; sys.modules['rfc3987_syntax'] = None"


def _command(course: Path, *words: str) -> list[str]:
    run = f"{_AS_USERS_HAVE_IT}; from imlcourse.__main__ import run; run()"
    return [sys.executable, "-c", run, "--course", str(course), *words]


def _plain(plain: Path) -> list[str]:
    run = f"{_AS_USERS_HAVE_IT}; from jupyter_book.cli.main import main; sys.exit(main())"
    config, toc = plain / "stock_config.yml", plain / "_toc.yml"
    words = ["build", str(plain), "--config", str(config), "--toc", str(toc)]
    return [sys.executable, "-c", run, *words]


def _update(sources: Path, plain: Path) -> None:
    """Copy the sources of the book that have changed, as whoever edits them would save them."""
    for path in sorted(sources.rglob("*")):
        to = plain / path.relative_to(sources)
        if path.is_file() and not (to.is_file() and to.read_bytes() == path.read_bytes()):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
    if not (plain / "stock_config.yml").exists():
        (plain / "stock_config.yml").write_text(_PLAIN_CONFIG, "utf-8")


def _used(command: list[str]) -> float:
    """Run a command; give the processor time that it and its children used, in seconds."""
    before = os.times()
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment()
    )
    after = os.times()
    if done.returncode:
        last = (done.stderr or done.stdout).strip()
        raise OSError(None, f"a command that is measured ended with {done.returncode}: {last}")
    used = after.children_user + after.children_system
    return used - before.children_user - before.children_system


def _numbers(command: list[str]) -> list[float]:
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment()
    )
    if done.returncode:
        raise OSError(None, f"a command that is measured failed: {done.stderr.strip()}")
    return [float(number) for number in done.stdout.split()]


class _Loads(HTMLParser):
    """Finds the files that a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        loaded = named.get("href") if tag == "link" else named.get("src")
        # What stands in the page itself is weighed with it.
        if (
            loaded
            and not loaded.startswith("data:")
            and (tag != "link" or named.get("rel") in ("stylesheet", "preload", "icon"))
        ):
            self.names.add(loaded.partition("?")[0].partition("#")[0])


def weight(page: Path) -> int:
    """Give the bytes of a page with all that it loads from beside it.

    Parameters
    ----------
    page
        An HTML file.
    """
    loads = _Loads()
    loads.feed(page.read_text("utf-8"))
    files = {(page.parent / name).resolve() for name in loads.names if "://" not in name}
    return page.stat().st_size + sum(path.stat().st_size for path in files if path.is_file())


def _heaviest(book: Path) -> int:
    return max(weight(page) for page in book.rglob("*.html") if "_static" not in page.parts)


def _zipped(book: Path) -> int:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for path in sorted(book.rglob("*")):
                if path.is_file():
                    packed.write(path, path.relative_to(book))
        return file.tell()


# --- growth -------------------------------------------------------------------------------------


def _growth(root: Path, folder: Path, times: Iterable[int]) -> Iterator[str]:
    measured: list[tuple[int, float, float]] = []
    for count in times:
        course = folder / f"times-{count}"
        enlarged(root, course, count)
        used, memory, _ = _numbers([sys.executable, "-c", _LOAD, str(course)])
        shutil.rmtree(course)
        measured.append((count, used, memory))
        yield f"{f'{count} times the course':<34}{used:8.2f} s{memory:7.0f} MB"
    if len(measured) > 1:
        of_time = exponent([(count, used) for count, used, _ in measured])
        of_memory = exponent([(count, memory) for count, _, memory in measured])
        yield f"{'grows as the course to the power of':<36}{of_time:8.2f}{of_memory:10.2f}"


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Fit a power law: 1 is linear, 2 quadratic.

    Parameters
    ----------
    points
        Sizes, and what was measured for each; all above 0.

    Returns
    -------
    float
        The slope of the straight line through their logarithms.
    """
    logs = [(math.log(size), math.log(max(measured, 1e-9))) for size, measured in points]
    return statistics.linear_regression(*zip(*logs, strict=True)).slope


_MODULE_ID = re.compile(r"\b(?:m([0-9]{2})|capstone)(?=-|\b)")
_STEM = re.compile(r"^( *(?:- )?stem: *[\"']?)", re.MULTILINE)


def enlarged(root: Path, to: Path, times: int) -> None:
    """Write a course in which every module and bank stands several times.

    Parameters
    ----------
    root
        The folder of a course.
    to
        The folder to write.
    times
        How many times; from 1 to 100.
    """
    copy_course(root, to)
    renamings = [_renaming(number) for number in range(1, times)]
    for number, rename in enumerate(renamings, start=1):
        for module in sorted((root / "modules").glob("*/module.md")):
            new = to / "modules" / rename(module.parent.name)
            shutil.copytree(module.parent, new)
            (new / "module.md").write_text(rename(module.read_text("utf-8")), "utf-8")
        for bank in sorted((root / "quizzes").glob("*.yml")):
            if _MODULE_ID.match(bank.stem):
                # Nobody asks the same twice.
                text = _STEM.sub(rf"\g<1>In place {number} – ", rename(bank.read_text("utf-8")))
                (to / "quizzes" / rename(bank.name)).write_text(text, "utf-8")
    # What lists modules and their items lists those of the copies too.
    for path in (
        to / "book" / "_toc.yml",
        *(to / "quizzes" / f"{n}.yml" for n in ("tests", "start-check")),
    ):
        if path.is_file():
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(_repeated(lines, renamings)), "utf-8")


def _repeated(lines: list[str], renamings: list[Callable[[str], str]]) -> Iterator[str]:
    for line in lines:
        yield line
        if _MODULE_ID.search(line):
            yield from (rename(line) for rename in renamings)


def _renaming(number: int) -> Callable[[str], str]:
    """Give what renames the ids of modules, and all that begins with one: m06 becomes m1706."""
    return lambda text: _MODULE_ID.sub(lambda found: f"m{number:02d}{found[1] or '99'}", text)
