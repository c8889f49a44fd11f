#!/usr/bin/env python3
"""Run all tests: ``python3 scripts/test.py``.

Sets up what is missing, browsers too, then runs ruff, mypy and pytest. Words behind it go to
pytest alone, such as ``-k player``; with them, ruff and mypy are left out.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what older versions get to see
    sys.exit(
        "The course is tested with Python 3.11 or newer; this is {}.{}. Install a newer "
        "Python and run it with that.".format(*sys.version_info[:2])
    )

from environment import ROOT, EnvironmentProblem, prepare, venv_python

# The same engine without windows takes two thirds of the time.
_SHELL = "chromium-headless-shell"
_NAMES = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_READERS = {
    "zimcheck": ["zim-tools"],
    "kiwix-serve": ["kiwix-tools"],
    "soffice": [f"libreoffice-{part}-nogui" for part in ("calc", "impress", "writer")],
}
"""Programs that read and show files of the course, and the packages that have them."""
_FIND_PLAYWRIGHTS = (
    "import pathlib, sys\n"
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as p:\n"
    "    path = pathlib.Path(p.chromium.executable_path)\n"
    "    sys.exit(print(path) if path.exists() else 1)"
)


def chromium() -> str:
    """Find a Chromium, or install one.

    Returns
    -------
    str
        Path of its executable.

    Raises
    ------
    EnvironmentProblem
        If there is none and none can be installed.
    """
    found = _installed()
    if found and (os.environ.get("CHROMIUM") or Path(found).name == _SHELL):
        return found
    if _installed_by_apt(_SHELL) and (shell := shutil.which(_SHELL)):
        return shell
    if found:
        return found
    if not _installed_by_apt("chromium"):
        print("Fetching Playwright's Chromium …", flush=True)
        subprocess.run([str(venv_python()), "-m", "playwright", "install", "chromium"], check=False)
    if found := _installed():
        return found
    msg = (
        "The tests need Chromium, and none was found or could be installed.\n"
        "Install Chromium or Chrome (Debian and Ubuntu: sudo apt install chromium), or name "
        "one:  CHROMIUM=/path/to/chromium python3 scripts/test.py"
    )
    raise EnvironmentProblem(msg)


def firefox() -> str | None:
    """Find a Firefox, or install one; without one its tests are left out, which is said.

    Returns
    -------
    str or None
        Path of its executable.
    """
    if named := os.environ.get("FIREFOX"):
        return shutil.which(named)
    names = ("firefox-esr", "firefox")
    if not any(map(shutil.which, names)):
        _installed_by_apt("firefox-esr")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        print(
            "No Firefox was found, so the tests in Firefox are left out. Install it, or name one: "
            " FIREFOX=/path/to/firefox python3 scripts/test.py",
            flush=True,
        )
    return found


def readers() -> None:
    """Install what opens the course's files for others; without it, its tests are left out."""
    missing = [name for name in _READERS if not shutil.which(name)]
    packages = sorted({package for name in missing for package in _READERS[name]})
    if missing and not _installed_by_apt(*packages):
        print(
            f"There is no {' and no '.join(missing)}, so the tests that need it are left out. "
            f"Debian and Ubuntu: sudo apt install {' '.join(packages)}",
            flush=True,
        )


def _installed_by_apt(*packages: str) -> bool:
    """Install packages where this is Debian or Ubuntu and we may; say whether we tried."""
    if (
        os.name != "posix"
        or not hasattr(os, "geteuid")
        or os.geteuid() != 0
        or not shutil.which("apt-get")
    ):
        return False
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *words], check=False, stdout=subprocess.DEVNULL, env=environment
        )
    return True


def _installed() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    asked = subprocess.run(
        [str(venv_python()), "-c", _FIND_PLAYWRIGHTS], check=False, capture_output=True, text=True
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def main() -> int:
    """Set up what is missing, then run everything; the first failure decides the exit code."""
    try:
        prepare("test")
        os.environ["CHROMIUM"] = chromium()
        os.environ["FIREFOX"] = firefox() or ""
        readers()
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    python = str(venv_python())
    chosen = sys.argv[1:]
    steps = [["-m", "pytest", *(chosen or ["-n", "2"])]]
    if not chosen:
        steps = [
            ["-m", "ruff", "check", "."],
            ["-m", "ruff", "format", "--check", "."],
            ["-m", "mypy"],
            *steps,
        ]
    # Hundreds of processes start: none of them compiles anew what another has compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    codes = []
    for step in steps:
        print("==", " ".join(step[1:]), flush=True)
        codes.append(subprocess.run([python, *step], check=False, cwd=ROOT, env=kept).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
