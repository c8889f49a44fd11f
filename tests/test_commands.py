"""The command line: whatever happens, it ends with a sentence and an exit code."""

from __future__ import annotations

import argparse
import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import course
from imlcourse import checks, cli
from imlcourse.checks import load
from imlcourse.commands import COMMANDS
from small_course import ROOT


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full; make room"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "you may not read or write it"),
        (errno.EEXIST, "a file stands where a folder belongs"),
        (errno.ENOTDIR, "a file stands where a folder belongs"),
        (errno.EISDIR, "a folder stands where a file belongs"),
        (errno.ENOENT, "it is not there"),
        (errno.EIO, f"{os.strerror(errno.EIO)}; check it"),
    ],
)
def test_what_the_system_refuses_is_one_sentence_that_names_the_file(
    small_course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    said: str,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number), str(small_course / "book" / "index.md"))

    monkeypatch.setattr(load, "load_course", fail)
    assert cli.main(["--course", str(small_course), "check"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"course: {small_course}/book/index.md: ")
    assert said in told.err
    assert told.err.count("\n") == 1


def test_of_two_files_the_one_in_the_way_is_named(
    small_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOTDIR, "Not a directory", "new", None, "old")

    monkeypatch.setattr(load, "load_course", fail)
    assert cli.main(["--course", str(small_course), "check"]) == 1
    assert capsys.readouterr().err.startswith("course: old: a file stands")


def test_a_fault_of_the_program_itself_is_not_hidden(
    small_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(checks, "CHECKS", (fail,))
    with pytest.raises(ZeroDivisionError):
        cli.main(["--course", str(small_course), "check"])


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_file_in_place_of_the_folder_of_made_things_is_one_sentence(
    small_course: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (small_course / "_build").write_text("in the way")
    words = ["--port", "0"] if command == "serve" else []
    assert cli.main(["--course", str(small_course), command, *words]) == 1
    told = capsys.readouterr().err
    assert told.startswith("course: ")
    assert "_build" in told
    assert "move it away" in told
    assert told.count("\n") == 1


def test_a_folder_in_place_of_a_file_that_is_written_is_one_sentence(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_course / "quizzes" / "items.schema.json").unlink(missing_ok=True)
    (small_course / "quizzes" / "items.schema.json").mkdir()
    assert cli.main(["--course", str(small_course), "schema"]) == 1
    told = capsys.readouterr().err
    assert "items.schema.json: a folder stands where a file belongs" in told


def test_stopped_by_hand_it_says_so(
    small_course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(load, "load_course", stop)
    assert cli.main(["--course", str(small_course), "check"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def run(root: Path, *words: str, stdout: Any, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "imlcourse", "--course", str(root), *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **env},
        check=False,
    )


def test_nobody_who_reads_on_is_no_fault(small_course: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = run(small_course, "check", stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_what_cannot_be_printed_for_want_of_room_is_said(small_course: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(small_course, "check", stdout=full)
    assert done.returncode == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_knows_no_letters_but_its_own_gets_all_problems(
    small_course: Path,
) -> None:
    module = small_course / "modules" / "m01-who-answers" / "module.md"
    text = module.read_text("utf-8").replace("{term}`de facto protection`", "{term}`ἀρχή “x”`")
    module.write_text(text, "utf-8")
    done = run(
        small_course, "check", stdout=subprocess.PIPE,
        PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ἀρχή" in done.stderr


@pytest.mark.parametrize("words", [[], ["build"], ["check"], ["serve"], ["package"], ["index"]])
def test_every_command_explains_itself(small_course: Path, words: list[str]) -> None:
    done = course(small_course, *words, "--help")
    assert done.returncode == 0
    assert "usage: course" in done.stdout


def test_the_program_of_a_fresh_clone_passes_every_command_on() -> None:
    text = (ROOT / "scripts" / "build.py").read_text("utf-8")
    [actions] = [one for one in cli.parser_of()._actions if one.nargs == "A..."]
    named = re.findall(r'"([a-z]+)"', text.partition("COMMANDS = {")[2].partition('"""')[0])
    assert actions.choices
    assert {"build", *named} >= set(actions.choices)


@pytest.mark.parametrize(
    ("written", "name"), [("EPUB", "epub"), ("e-pub", "epub"), ("one_file", "one-file")]
)
def test_the_name_of_a_package_may_be_written_otherwise(written: str, name: str) -> None:
    assert cli.parser_of().parse_args(["package", written]).packages == [name]


def test_a_name_that_leads_to_nothing_is_no_fault_of_a_copy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["doctor", "no-such.zip"]) == 2
    assert "there is no file or folder no-such.zip; check its name" in capsys.readouterr().err


def test_a_package_that_is_asked_for_is_named_alone_also_where_it_stands(
    small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for said in ("Built:", "Nothing has changed"):
        assert cli.main(["--course", str(small_course), "package", "gift"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith(said)
        paths = [line.strip() for line in lines if line.startswith("    ")]
        assert paths
        assert all("packages" in Path(path).parts and "gift" in path for path in paths), lines


def test_a_command_more_is_one_file_and_its_name_in_the_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small_course: Path
) -> None:
    def run(root: Path, parsed: argparse.Namespace) -> int:
        print(f"{root.name} {parsed.word}")
        return 0

    def add(commands: Any) -> None:
        count = commands.add_parser("count", help="count something")
        count.add_argument("word")
        count.set_defaults(run=run)

    file = ModuleType("imlcourse.commands.count")
    vars(file)["add"] = add
    monkeypatch.setitem(sys.modules, file.__name__, file)
    monkeypatch.setattr(cli, "COMMANDS", (*COMMANDS, "count"))

    assert cli.main(["--course", str(small_course), "count", "modules"]) == 0
    with pytest.raises(SystemExit):
        cli.main(["coumt", "items"])
    out, err = capsys.readouterr()
    assert out == "course modules\n"
    assert "there is no command “coumt” (did you mean count?)" in err
