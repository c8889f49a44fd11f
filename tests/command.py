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
import runpy
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

# What a build imports, but for what these import themselves. A name that is missing here costs
# time and changes nothing. What starts threads (minify) does not belong here.
_IMPORTED = (
    "imlcourse.checks.load",
    "imlcourse.build.build",
    "imlcourse.book.make",
    "imlcourse.book.sphinx_ext",
    "imlcourse.book.translator",
    "imlcourse.book.quick_myst",
    "imlcourse.book.quick_sphinx",
    "imlcourse.book.notebook_parser",
    "imlcourse.book.sources",
    "imlcourse.player.bundle",
    "imlcourse.notebooks.make",
    "imlcourse.products",
    "imlcourse.products.packages.leaflet",
    "imlcourse.products.packages.installable.kept_pages",
    "imlcourse.pages.written",
    "jupyter_book.cli.main",
    "jupyter_book.config",
    "myst_parser.sphinx_ext.main",
    "minify_html",
    "nbformat",
    "filelock",
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
_OF_PLAIN = (
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_external_toc",
    "sphinx_jupyterbook_latex",
    "sphinx_multitoc_numbering",
    "sphinx_thebe",
    "sphinx_togglebutton",
    "jupyter_book.sphinx",
)
"""What plain Jupyter Book imports besides, in more than a second: when it is asked for."""


class Commands:
    """The process that forks for commands, started when the first one is asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def begin(self, steps: dict[str, tuple[str, list[str]]], said: Path) -> None:
        """Begin to run commands one after another, beside all that comes, and go on.

        Parameters
        ----------
        steps
            By a name: what is run, as `run` names it, and what stands behind it.
        said
            A folder. What a command writes lies in one of its name in it; at the command's end,
            its exit code stands there in ``code``.
        """
        for name in steps:
            (said / name).mkdir()
        places = [said / name for name in steps]
        if hasattr(os, "fork"):
            self._ask(list(steps.values()), places, None, beside=True)
            return
        for (program, words), place in zip(steps.values(), places, strict=True):
            done = self.run(words, program)
            told = (("out", done.stdout), ("err", done.stderr), ("code", done.returncode))
            for name, text in told:
                (place / name).write_text(str(text), "utf-8")

    def run(
        self, words: list[str], program: str = "imlcourse", folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with some words, and wait for its end.

        Parameters
        ----------
        words
            What stands behind the command.
        program
            What is run as ``python -m`` runs it: ours, or ``"jupyter_book"``; or a file.
        folder
            Where it is run; where this process is, if nothing is said.

        Returns
        -------
        subprocess.CompletedProcess
            Its exit code, and what it wrote.
        """
        return self.run_at_once([words], program, folder)[0]

    def run_at_once(
        self, commands: list[list[str]], program: str = "imlcourse", folder: Path | None = None
    ) -> list[subprocess.CompletedProcess[str]]:
        """Run commands beside each other, as somebody does who types each in a window of its own.

        Parameters
        ----------
        commands
            What stands behind each.
        program, folder
            As `run` takes them.
        """
        if not hasattr(os, "fork"):
            begun = [
                subprocess.Popen(
                    [sys.executable, *_named(program), *words], cwd=folder, encoding="utf-8",
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )
                for words in commands
            ]  # fmt: skip
            said = [process.communicate() for process in begun]
            return [
                subprocess.CompletedProcess(words, process.returncode, *texts)
                for words, process, texts in zip(commands, begun, said, strict=True)
            ]
        with tempfile.TemporaryDirectory(prefix="command") as made:
            places = [Path(made, str(number)) for number in range(len(commands))]
            for place in places:
                place.mkdir()
            asked = self._ask([(program, words) for words in commands], places, folder)
            assert asked.stdout is not None
            asked.stdout.readline()
            return [ended(words, place) for words, place in zip(commands, places, strict=True)]

    def _ask(
        self,
        commands: list[tuple[str, list[str]]],
        places: list[Path],
        folder: Path | None,
        *,
        beside: bool = False,
    ) -> subprocess.Popen[str]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            atexit.register(self._process.kill)
        asked = [
            {
                "program": program,
                "words": words,
                "said": str(said),
                "folder": str(folder or Path.cwd()),
                "environment": dict(os.environ),
            }
            for (program, words), said in zip(commands, places, strict=True)
        ]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"asked": asked, "beside": beside}) + "\n")
        self._process.stdin.flush()
        return self._process


def ended(words: list[str], said: Path) -> subprocess.CompletedProcess[str]:
    """Give how a command ended, of which all is said in a folder.

    Parameters
    ----------
    words
        What stands behind the command.
    said
        The folder.
    """
    out, err = ((said / name).read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(words, int((said / "code").read_text("utf-8")), out, err)


def _named(program: str) -> list[str]:
    return [program] if program.endswith(".py") else ["-m", program]


def import_for_forks() -> None:
    """Import what a build imports, and nothing that starts threads, which a fork would lose."""
    from imlcourse.notebooks.valid import without_formats

    with without_formats():
        for name in _IMPORTED:
            importlib.import_module(name)
    _check_threads()


def _check_threads() -> None:
    if len(list(Path("/proc/self").glob("task/*"))) > 1:
        sys.exit("What was imported for commands has started threads, which a fork would lose.")


def _serve() -> None:
    sys.path.pop(0)  # the folder of this file, in which ``python -m`` does not look
    import_for_forks()
    gc.freeze()  # what was imported is shared with the forks, as long as nobody looks through it
    for line in sys.stdin:
        given = json.loads(line)
        if given["beside"]:
            _run_beside(given["asked"])
            continue
        children = []
        for asked in given["asked"]:
            if asked["program"] == "jupyter_book" and _OF_PLAIN[0] not in sys.modules:
                for name in _OF_PLAIN:
                    importlib.import_module(name)
                _check_threads()
                gc.freeze()
            children.append((_forked(asked), asked))
        for child, asked in children:
            _wait(child, asked)
        print("ended", flush=True)


def _run_beside(steps: list[dict[str, Any]]) -> None:
    """Run commands one after another in a process of their own, as long as this one lives."""
    asking = os.getpid()
    if os.fork():
        return
    for step in steps:
        if os.getppid() == asking:
            _wait(_forked(step), step)
    os._exit(0)


def _forked(asked: dict[str, Any]) -> int:
    child = os.fork()
    if not child:
        os._exit(_run(**asked))
    return child


def _wait(child: int, asked: dict[str, Any]) -> None:
    """Wait for the end of a command, and write its exit code where it is looked for."""
    code = Path(asked["said"], "code")
    new = code.with_name("code-new")
    new.write_text(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])), "utf-8")
    new.replace(code)


def _run(
    program: str, words: list[str], said: str, folder: str, environment: dict[str, str]
) -> int:
    """Do in the forked process what ``python -m imlcourse`` does, to its end."""
    for number, path in ((0, os.devnull), (1, f"{said}/out"), (2, f"{said}/err")):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [program, *words]
    code = 0
    try:
        if program == "jupyter_book":
            importlib.import_module("jupyter_book.cli.main").main()
        elif program.endswith(".py"):
            runpy.run_path(program, run_name="__main__")
            code = 0
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
