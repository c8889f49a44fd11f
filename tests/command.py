"""The command line, run as a process that begins where all of its modules are imported.

A command needs a second and more to import Sphinx and what belongs to it, and most of them then
do the work of half a second. So one process for each worker imports what a build imports, does
nothing else, and forks for each command: the fork begins with modules and with no state, as a new
process does.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

# What a build imports, but for what these import themselves. A name that is missing here costs
# time and changes nothing. What starts threads (minify) does not belong here.
_IMPORTED = (
    "imlcourse.checks.load",
    "imlcourse.build.build",
    "imlcourse.book.make",
    "imlcourse.book.sphinx_ext",
    "imlcourse.book.translator",
    "imlcourse.book.quick_sphinx",
    "imlcourse.notebooks.make",
    "imlcourse.products",
    "imlcourse.pages.written",
    "jupyter_book.cli.main",
    "sphinx.application",
    "sphinx.builders.html",
    "sphinx.builders.gettext",
    "sphinx.domains.std",
    "sphinx.ext.mathjax",
    "sphinx.ext.doctest",
    "sphinx.search.en",
    "sphinx.theming",
    "sphinx.jinja2glue",
    "sphinx.util.parallel",
    "sphinx.util.inventory",
    "sphinx.transforms.post_transforms.code",
    "sphinx.directives.code",
    "sphinx.directives.other",
    "sphinx.directives.patches",
    "docutils.parsers.rst.directives.admonitions",
    "docutils.parsers.rst.directives.body",
    "docutils.parsers.rst.directives.misc",
    "docutils.parsers.rst.directives.tables",
    "docutils.writers.html4css1",
    "requests",
)


class Commands:
    """The process that forks for commands, started when the first one is asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, words: list[str], program: str = "imlcourse", folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with some words, and wait for its end.

        Parameters
        ----------
        words
            What stands behind the command.
        program
            What is run as ``python -m`` runs it: ours, or ``"jupyter_book"``.
        folder
            Where it is run; where this process is, if nothing is said.

        Returns
        -------
        subprocess.CompletedProcess
            Its exit code, and what it wrote.
        """
        if not hasattr(os, "fork"):
            return subprocess.run(
                [sys.executable, "-m", program, *words], cwd=folder,
                capture_output=True, encoding="utf-8", check=False,
            )  # fmt: skip
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            atexit.register(self._process.kill)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory(prefix="command") as said:
            out, err = Path(said, "out"), Path(said, "err")
            asked = {
                "program": program,
                "words": words,
                "out": str(out),
                "err": str(err),
                "folder": str(folder or Path.cwd()),
                "environment": dict(os.environ),
            }
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            return subprocess.CompletedProcess(
                words, code, out.read_text("utf-8"), err.read_text("utf-8")
            )


def import_for_forks() -> None:
    """Import what a build imports, and nothing that starts threads, which a fork would lose."""
    for name in _IMPORTED:
        importlib.import_module(name)
    if len(list(Path("/proc/self").glob("task/*"))) > 1:
        sys.exit("What was imported for commands has started threads, which a fork would lose.")


def _serve() -> None:
    sys.path.pop(0)  # the folder of this file, in which ``python -m`` does not look
    import_for_forks()
    gc.freeze()  # what was imported is shared with the forks, as long as nobody looks through it
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(_run(**asked))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(
    program: str, words: list[str], out: str, err: str, folder: str, environment: dict[str, str]
) -> int:
    """Do in the forked process what ``python -m imlcourse`` does, to its end."""
    for number, path in ((0, os.devnull), (1, out), (2, err)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [program, *words]
    try:
        if program == "jupyter_book":
            importlib.import_module("jupyter_book.cli.main").main()
        else:
            from imlcourse.__main__ import run

            run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1 if end.code else 0
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:  # as Python ends for any of them
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code


if __name__ == "__main__":
    _serve()
