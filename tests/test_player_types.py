"""The scripts hold together: a compiler reads all of them, with the shapes that they share."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from engine import NODE
from imlcourse.player import bundle

PLAYER = Path(bundle.__file__).parent
COMPILER = Path(sys.prefix) / "node" / "node_modules" / "typescript" / "lib" / "tsc.js"
# A name that is not there, a text where a number belongs, and something that may be missing.
WRONG = """\
imlPlayer.dom.maek('p');
imlPlayer.values.distance('a', 1);
imlPlayer.record.bestAttempt([]).points;
"""


def test_the_types_of_the_scripts_fit_and_what_does_not_fit_is_seen(tmp_path: Path) -> None:
    (tmp_path / "wrong.js").write_text(WRONG, encoding="utf-8")
    config = json.loads((PLAYER / "tsconfig.json").read_text(encoding="utf-8"))
    shared = [str((PLAYER / name).as_posix()) for name in config["include"]]
    (tmp_path / "tsconfig.json").write_text(
        json.dumps({
            "extends": str((PLAYER / "tsconfig.json").as_posix()),
            "include": [*shared, "wrong.js"],
        }),
        encoding="utf-8",
    )  # fmt: skip
    assert COMPILER.is_file(), "python3 scripts/test.py installs it"
    done = subprocess.run(
        [str(NODE), str(COMPILER), "-p", str(tmp_path), "--pretty", "false"],
        check=False, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    wrong = [line for line in lines if line.startswith("wrong.js")]
    assert [line for line in lines if line not in wrong] == []
    assert [line.split(":")[0] for line in wrong] == [
        "wrong.js(1,15)", "wrong.js(2,32)", "wrong.js(3,1)",
    ]  # fmt: skip
