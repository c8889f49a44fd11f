"""The two commands, on machines where something is missing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path

import pytest

import environment
from environment import EnvironmentProblem, prepare
from imlcourse import __version__
from small_course import ROOT

SCRIPTS = ROOT / "scripts"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine where the project has no environment yet."""
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return tmp_path


@pytest.fixture
def without_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Environments are made without pip, which takes longest, for tests that never run it."""
    monkeypatch.setattr(venv.EnvBuilder, "_setup_pip", lambda *_: None)


def test_python_without_venv_says_what_to_install(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)  # as on Debian without python3-venv
    with pytest.raises(EnvironmentProblem, match=r"sudo apt install python3\.\d+-venv"):
        prepare("build")


def test_a_connection_that_fails_is_said_and_leaves_nothing_marked_as_done(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def lend_pip(*_: object) -> None:
        """Give the new environment the pip of this one, which is unpacked already."""
        pip = find_spec("pip")
        assert pip and pip.origin
        (machine / "lent").mkdir()
        (machine / "lent" / "pip").symlink_to(Path(pip.origin).parent)
        monkeypatch.setenv("PYTHONPATH", str(machine / "lent"))

    monkeypatch.setattr(venv.EnvBuilder, "_setup_pip", lend_pip)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(machine))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(EnvironmentProblem, match="Check the connection"):
        prepare("build")
    assert "No matching distribution found" in capfd.readouterr().err
    assert not (machine / ".venv" / "locks.json").exists()


def test_a_folder_that_cannot_be_written_is_said(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (machine / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(environment, "VENV", machine / "file" / ".venv")
    with pytest.raises(EnvironmentProblem, match="could not be made"):
        prepare("build")


@pytest.mark.usefixtures("without_pip")
def test_an_environment_that_was_moved_is_made_anew(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = environment.venv_python()
    python.parent.mkdir(parents=True)
    python.write_text("#!/nowhere/python\n", encoding="utf-8")
    python.chmod(0o755)
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, failed: commands.append(command))
    prepare("build")
    assert subprocess.run([environment.venv_python(), "-c", ""], check=False).returncode == 0
    assert any("--require-hashes" in command for command in commands)


@pytest.mark.usefixtures("without_pip")
def test_an_environment_that_has_everything_is_left_alone(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, failed: commands.append(command))
    prepare("test")
    first = len(commands)
    assert first == 3  # packages, the project, and what is locked for Node
    for purpose in ("test", "packages", "kit", "build"):
        prepare(purpose)
    assert len(commands) == first


@pytest.mark.usefixtures("without_pip")
def test_what_only_the_kit_needs_is_installed_for_the_kit(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "_run", lambda command, failed: commands.append(command))
    prepare("build")
    assert not any("kit.txt" in word for command in commands for word in command)
    prepare("kit")
    assert any(word.endswith("kit.txt") for command in commands for word in command)
    assert "python-pptx" not in (SCRIPTS / "requirements" / "build.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["build.py", "test.py", "environment.py",
                                  "imlcourse/__init__.py"])  # fmt: skip
def test_what_runs_before_the_set_up_needs_the_standard_library_alone(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    imported: set[str] = set()
    for node in tree.body:  # what is imported inside a function comes later
        if isinstance(node, ast.Import):
            imported.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    assert imported <= sys.stdlib_module_names | {"environment", "imlcourse"}


@pytest.mark.parametrize("name", ["build", "test"])
def test_the_locks_pin_everything_by_hash_and_name_no_index(name: str) -> None:
    text = (SCRIPTS / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==", entry), entry[:60]
        assert "--hash=sha256:" in entry
    assert "://" not in text
    assert "jupyter-book==1.0.4.post1" in text


def test_what_tests_add_does_not_change_what_builds() -> None:
    def pins(name: str) -> set[str]:
        text = (SCRIPTS / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        return {line.split(" ")[0] for line in text.splitlines() if "==" in line}

    assert pins("build") <= pins("test")


def distribution(name: str) -> str:
    """Give a distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).casefold()


def required(lines: Iterable[str]) -> set[str]:
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if not line.startswith("#"))
    return {distribution(name[0]) for name in names if name}


def imported_packages() -> set[str]:
    """Give the top names of all that the package imports and Python does not bring."""
    names: set[str] = set()
    for path in (SCRIPTS / "imlcourse").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"imlcourse"}


def test_what_the_package_imports_is_declared_and_what_is_declared_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = required(project["project"]["dependencies"])
    holders = packages_distributions()
    imported = {distribution(holders[name][0]) for name in imported_packages()}
    configured = (ROOT / "_config.yml").read_text(encoding="utf-8")
    named = {name for name in declared if re.search(rf"^\s+html_theme: {name}$", configured, re.M)}
    groups = project["project"]["optional-dependencies"].values()
    assert imported <= declared.union(*map(required, groups))
    assert declared <= imported | named


def test_what_is_declared_is_what_is_locked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (SCRIPTS / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()
    # setuptools builds the package itself.
    assert required(lines) - {"setuptools"} == required(project["project"]["dependencies"])


def test_versions_agree() -> None:
    import yaml

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    course = yaml.safe_load((ROOT / "book" / "course.yml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == __version__ == course["version"]
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_project_holds_no_address_of_a_package_registry() -> None:
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8"
    ).stdout.split("\0")
    if not listed[0]:
        pytest.skip("not a git checkout")
    for name in filter(None, listed):
        path = ROOT / name
        if path.is_file():
            data = path.read_text(encoding="utf-8", errors="replace")
            assert not any(host in data for host in hosts), name
