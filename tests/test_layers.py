"""The packages stand in the order of the flow, and each knows only what comes before it."""

from __future__ import annotations

import graphlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import grimp

from small_course import ROOT


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold a copy of the package against the contract of the project."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    return subprocess.run(
        [*command, str(ROOT / "pyproject.toml"), "--no-cache"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=root,
        env={"PYTHONPATH": str(root), "PATH": ""},
    )


def test_each_package_imports_only_from_those_before_it() -> None:
    done = lint(ROOT / "scripts")
    assert done.returncode == 0, done.stdout


def test_an_import_from_a_later_package_is_refused(tmp_path: Path) -> None:
    later = {
        "markup/problems.py": "from imlcourse.items import Item",
        "items/base.py": "from imlcourse.html import writer",
        "course/model.py": "from imlcourse.checks import check_sources",
        "html/links.py": "from imlcourse.pages import guide",
    }
    shutil.copytree(
        ROOT / "scripts" / "imlcourse",
        tmp_path / "imlcourse",
        ignore=shutil.ignore_patterns("__pycache__", "*.json", "*.js", "*.css"),
    )
    for file, line in later.items():
        path = tmp_path / "imlcourse" / file
        path.write_text(path.read_text("utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1
    refused = " ".join(done.stdout.split())
    assert "is not allowed to import" in refused
    for file, line in later.items():
        module = f"imlcourse.{file.removesuffix('.py').replace('/', '.')}"
        imported = line.split()[1]
        assert re.search(rf"{module} -> {imported}\b", refused), refused


def test_no_two_files_import_each_other_on_any_way() -> None:
    graph = grimp.build_graph("imlcourse", exclude_type_checking_imports=True, cache_dir=None)
    # The package imports what it offers only when that is called.
    graph.squash_module("imlcourse.live")
    tree = {
        module: graph.find_modules_directly_imported_by(module)
        for module in graph.modules - {"imlcourse"}
    }
    graphlib.TopologicalSorter(tree).prepare()
