"""The project's own environment: made where it is missing, renewed where the locks changed.

Only the standard library is used, since this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
_LOCKS = ROOT / "scripts" / "requirements"


class EnvironmentProblem(Exception):  # noqa: N818 - it is shown to people, who read "problem"
    """Something on the machine keeps the environment from being made; the text says what to do."""


def venv_python() -> Path:
    """Give the interpreter of the project's environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def prepare(purpose: str) -> None:
    """Make sure that the environment has what is locked for a purpose.

    Parameters
    ----------
    purpose
        ``"build"`` or ``"test"``; what tests need includes what building needs.

    Raises
    ------
    EnvironmentProblem
        If it cannot be made.
    """
    wanted = {name: _hash(_LOCKS / f"{name}.txt") for name in ("build", "test")}
    have = _stamp()
    if have.get(purpose) == wanted[purpose] and have.get("at") == str(VENV):
        return
    if not _works():
        _make_venv()
    _say(f"Installing what the project needs to {purpose}; this takes a minute or two …")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install"]
    if not sys.stdout.isatty():
        pip.append("--quiet")
    lock = _LOCKS / f"{purpose}.txt"
    _run(
        [*pip, "--require-hashes", "-r", str(lock)],
        "Packages could not be installed. Check the connection and try again; where packages "
        "come from a mirror, tell pip so in its own configuration.",
    )
    _run(
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
        "The package imlcourse could not be installed; see above.",
    )
    installed = ("build", "test") if purpose == "test" else ("build",)
    stamp = {"at": str(VENV), **{name: wanted[name] for name in installed}}
    (VENV / "locks.json").write_text(json.dumps(stamp), encoding="utf-8")


def _hash(lock: Path) -> str:
    project = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(lock.read_bytes() + project).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        stamp = json.loads((VENV / "locks.json").read_text(encoding="utf-8"))
        return dict(stamp) if _works() else {}
    except (OSError, ValueError, TypeError):
        return {}


def _works() -> bool:
    """Say whether the environment's interpreter runs: it does not after its folder was moved."""
    if not venv_python().is_file():
        return False
    try:
        code = "import sys; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([str(venv_python()), "-c", code], check=False).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    _say(f"Making an environment in {VENV} …")
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it
        import venv
    except ImportError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        msg = (
            "This Python cannot make environments: a part of it is missing.\n"
            f"On Debian and Ubuntu, install it first:  sudo apt install python{version}-venv\n"
            "Then run the same command again."
        )
        raise EnvironmentProblem(msg) from error
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        msg = (
            f"The environment {VENV} could not be made ({error}).\n"
            "Delete that folder, check that there is room on the disk, and try again."
        )
        raise EnvironmentProblem(msg) from error


def _run(command: list[str], failed: str) -> None:
    if subprocess.run(command, check=False).returncode:
        raise EnvironmentProblem(failed)


def _say(what: str) -> None:
    print(what, flush=True)
