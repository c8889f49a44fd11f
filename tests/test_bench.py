"""`course bench` measures beside the plain tool, and how cost grows with the course."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from conftest import COMMANDS, copy_course
from imlcourse import bench, cli
from imlcourse.bench import beside, shapes
from imlcourse.checks.load import load_course
from imlcourse.items.blueprint import Cell, Drawable, served
from imlcourse.products.packages import PACKAGES
from real_course import real_course


@pytest.fixture(autouse=True)
def quick_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let what is measured begin where all is imported: no number is compared here."""
    plain = subprocess.run

    def run(command: list[str], **named: Any) -> subprocess.CompletedProcess[str]:
        program, how, what, *words = command
        assert program == sys.executable
        if how == "-m":
            return COMMANDS.run(words, what)
        if "from imlcourse" not in what:
            return plain(command, **named)
        script = tmp_path / "measured.py"
        script.write_text(what, "utf-8")
        return COMMANDS.run(words, str(script))

    monkeypatch.setattr(subprocess, "run", run)


def test_the_table_is_printed(
    built_course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What would be built first is copied with the course.
    monkeypatch.setattr(beside, "_SOURCES", (*beside._SOURCES, "_build"))
    page = "p.mkdir(parents=True, exist_ok=True); (p / 'index.html').write_text('<p>Plain')"

    def plain(folder: Path) -> list[str]:
        """Something that is quicker than Jupyter Book, and writes a page where it does."""
        run = f"from pathlib import Path; p = Path({str(folder)!r}, '_build', 'html'); {page}"
        return [sys.executable, "-c", run]

    monkeypatch.setattr(beside, "_plain", plain)
    monkeypatch.setattr(shapes, "PACKAGES", [])
    before = sorted(built_course.rglob("*"))
    assert cli.main(["--course", str(built_course), "bench", "--pairs", "1", "--times", "1,3"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert [line[:34].strip() for line in lines[1:]] == [
        "",
        "cold build",
        "build after an edit",
        "build, nothing changed",
        "check",
        "preview of an edit",
        "heaviest page, all it loads",
        "all, zipped",
        "Growth: load and check",
        "1 times the course",
        "3 times the course",
        "grows as the course to the power of"[:34],
    ]
    assert sorted(built_course.rglob("*")) == before


def test_each_package_is_measured_from_the_finished_pages(
    built_course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["--course", str(built_course), "bench", "--packages"]
    [web] = (built_course / "_build" / "packages" / "web").glob("*.zip")
    before = {path: path.stat().st_mtime_ns for path in built_course.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert cli.main([*words, "web"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split()[-5:] == ["size", "files", "path", "time", "memory"]
    table = {line.split()[0]: line.split()[1:] for line in lines}
    assert list(table) == ["web"]
    size, unit, files, path, _, seconds, memory, of_memory = table["web"]
    assert (int(size), unit) == (round(web.stat().st_size / 1e3), "KB")
    assert files == "1"
    with ZipFile(web) as archive:
        assert int(path) == max(map(len, [web.name, *archive.namelist()]))
    assert (seconds, of_memory) == ("s", "MB")
    assert 20 < int(memory) < 2000
    left = {path: path.stat().st_mtime_ns for path in built_course.rglob("*") if path.is_file()}
    assert left.items() >= before.items()
    # All, if none is named.
    monkeypatch.setattr(shapes, "PACKAGES", [one for one in PACKAGES if one.name == "gift"])
    assert cli.main(words) == 0
    packages, _, rest = capsys.readouterr().out.partition("What builds make")
    assert [line.split()[0] for line in packages.splitlines()[1:] if line] == ["gift"]
    named = [line[:34].strip() for line in rest.splitlines()[1:]]
    assert named == [
        *("book", "notebooks", "notebooks, zipped", "offline", "offline, zipped"),
        *("trainers", "trainers, zipped"),
    ]


def test_an_enlarged_course_is_a_course_without_problems(tmp_path: Path) -> None:
    real = copy_course(tmp_path / "course")
    bench.enlarged(real, tmp_path / "twice", 2)
    course = load_course(tmp_path / "twice")
    assert len(course.modules) == 2 * len(real_course().modules)


def test_an_exponent_is_that_of_the_power_law() -> None:
    assert bench.exponent([(n, 3 * n) for n in (1, 10, 100)]) == pytest.approx(1)
    assert bench.exponent([(n, n * n) for n in (1, 10, 100)]) == pytest.approx(2)


def test_the_weight_of_a_page_is_that_of_all_it_loads(tmp_path: Path) -> None:
    (tmp_path / "look.css").write_text("x" * 100)
    (tmp_path / "run.js").write_text("y" * 50)
    page = tmp_path / "page.html"
    page.write_text(
        '<link rel="stylesheet" href="look.css?1"><link rel="next" href="run.js">'
        '<script src="run.js"></script><script src="run.js"></script>'
        '<img src="https://example.org/far.png"><a href="other.html">'
        f'<img src="data:image/webp;base64,{"UklG" * 2000}">'
    )
    assert bench.weight(page) == page.stat().st_size + 150


def test_what_can_be_drawn_is_counted_line_by_line_however_a_line_names_its_items() -> None:
    class Known:
        def __init__(self, id_: str, objective: str, level: str) -> None:
            self.id, self.objective, self.level = id_, objective, level

    pool: list[Drawable] = [
        Known("m01-i01", "m01-o1", "apply"),
        Known("m01-i02", "m01-o1", "recall"),
        Known("m01-i03", "m01-o2", "apply"),
        Known("m02-i01", "m02-o1", "apply"),
    ]
    lines = [
        Cell(module="m01", items=3),
        Cell(objective="m02-o1", items=1),
        Cell(level="apply", items=1),
    ]
    assert served(pool, lines) == [3, 1, 0]
    assert served(pool, [Cell(objective="m03-o1", items=1), Cell(module="m03", items=1)]) == [0, 0]
