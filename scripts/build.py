#!/usr/bin/env python3
"""Build the course: ``python3 scripts/build.py``.

On a fresh clone this makes ``.venv``, installs what is locked, checks the course and builds it.
Words behind it are those of ``course build``, such as ``--document FILE``. With ``--without-kit``
what only the trainer's kit needs is not installed, and the kit is left out. With the name of
another command below as the first of them that command runs, and what only it needs is installed
too.
"""

import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what older versions get to see
    sys.exit(
        "The course is built with Python 3.11 or newer; this is {}.{}. Install a newer "
        "Python and run it with that.".format(*sys.version_info[:2])
    )

from environment import ROOT, EnvironmentProblem, prepare, venv_python

COMMANDS = {
    **dict.fromkeys(("kit", "report", "sheets", "mark", "certificates", "verify", "sign"), "kit"),
    "package": "packages",
    **dict.fromkeys(
        ("check", "doctor", "serve", "translations", "bench", "index", "trial", "schema"), "build"
    ),
}
"""The other commands of the command line, and what is installed for each."""


def main() -> int:
    """Set up what is missing, then build."""
    first = sys.argv[1] if sys.argv[1:] else ""
    # What is no option and no command is passed on all the same, for the one sentence it gets.
    other = bool(first) and (not first.startswith("-") or first in ("-h", "--help", "--version"))
    needs = COMMANDS.get(first, "build") if other and first != "build" else None
    light = needs is None and "--without-kit" in sys.argv
    try:
        prepare(needs or ("build" if light else "kit"))
    except EnvironmentProblem as problem:
        print(problem, file=sys.stderr)
        if needs or light:
            return 1
        # The course itself needs less; it is built all the same, and says that the kit is not.
        try:
            prepare("build")
        except EnvironmentProblem:
            return 1
    # The course that this file belongs to, from whichever folder it is called.
    command = [str(venv_python()), "-m", "imlcourse", "--course", str(ROOT)]
    command += sys.argv[1:] if other else ["build", *sys.argv[1:]]
    # Messages then name commands as they are typed.
    called = {**os.environ, "COURSE_CALLED": "python3 scripts/build.py"}
    try:
        return subprocess.run(command, check=False, env=called).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
