"""A full disk, a medium that takes nothing, a kill, two at once: what was there stays whole.

Of builds and packages `test_incremental.py` and `test_packages.py` say so; here it is what other
commands make: kits, sheets, marks, reports, certificates and signed copies.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import COMMANDS
from imlcourse.build import kit
from imlcourse.build.placing import put_files, put_folder
from imlcourse.build.transaction import BuildError
from imlcourse.cli import main
from imlcourse.products.kit import make
from imlcourse.products.signed.keys import make_key
from real_course import real_course

Command = tuple[list[str], str]
"""The words of a command, and the folder of what is made into which it writes."""


def standing(place: Path) -> dict[str, bytes]:
    """Everything in a folder, what is hidden too."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def workshop(
    built_small: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Command]]:
    """A small course in which every command has been run once; and the commands, by name."""
    folder = tmp_path_factory.mktemp("workshop")
    root = Path(shutil.copytree(built_small, folder / "course"))
    make_key(folder / "key", "Regional Training Centre")
    answers = folder / "answers.csv"
    answers.write_text("participant,test,item,points\nA,practice,m01-i04,1\n", "utf-8")
    sheets = ["sheets", "m01", "--versions", "1"]
    assert main(["--course", str(root), *sheets]) == 0
    [sheet] = (root / "_build" / "kit").glob("*/Answer sheet, version A.pdf")
    scanned = folder / "scanned.pdf"
    scanned.write_bytes(sheet.read_bytes())
    commands = {
        "sheets": (sheets, "kit"),
        "mark": (["mark", str(scanned)], "marking"),
        "report": (["report", str(answers)], "report"),
        "sign": (["sign", "--key", str(folder / "key")], "signed"),
        "kit": (["kit", "--agenda", "half-day"], "kit"),
    }
    return root, commands


@pytest.fixture
def quick_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kit of two files, in place of the real one."""
    course = real_course()
    monkeypatch.setattr(kit, "course_and_agenda", lambda *_: (course, course.agendas["half-day"]))
    monkeypatch.setattr(
        make, "kit_files", lambda *_: {"00 Overview.pdf": b"%PDF", "01 Plans/01.pdf": b"%PDF"}
    )


@pytest.mark.usefixtures("quick_kit")
@pytest.mark.parametrize("name", ["sheets", "mark", "report", "sign", "kit"])
def test_a_disk_that_is_full_or_takes_nothing_is_one_message_and_changes_nothing(
    workshop: tuple[Path, dict[str, Command]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    root, commands = workshop
    words, folder = commands[name]
    place = root / "_build" / folder
    assert main(["--course", str(root), *words]) == 0, capsys.readouterr().err
    before = standing(place)
    assert before
    plain = Path.write_bytes
    for number, room, said in (
        (errno.ENOSPC, 1, "the disk is full; make room on it, and run this again"),
        (errno.EROFS, 0, "nothing can be written there (a read-only disk)"),
    ):
        left = room

        def write(path: Path, data: bytes, number: int = number) -> int:
            nonlocal left
            if folder in path.relative_to(root / "_build").parts[0]:
                left -= 1
                if left < 0:
                    raise OSError(number, os.strerror(number), str(path))
            return plain(path, data)

        capsys.readouterr()
        with monkeypatch.context() as patched:
            patched.setattr(Path, "write_bytes", write)
            assert main(["--course", str(root), *words]) == 1
        out, err = capsys.readouterr()
        lines = [line for line in err.splitlines() if line]
        assert len(lines) == 1, err
        assert lines[0].startswith("course: ") and said in lines[0]
        assert "Made" not in out and "Report" not in out
        assert standing(place) == before


@pytest.mark.parametrize("name", ["sheets", "sign", "kit"])
def test_a_folder_of_made_things_that_takes_nothing_is_said_with_what_to_do(
    workshop: tuple[Path, dict[str, Command]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    root, commands = workshop
    before = standing(root / "_build")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(root / "_build" / ".lock"))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    assert main(["--course", str(root), *commands[name][0]]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "_build cannot be written to (" in err
    assert "copy the course to a disk with room on which you may write" in err
    assert standing(root / "_build") == before


def test_nothing_that_a_disk_would_refuse_is_put_in_place(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Windows keeps this name"):
        put_folder(tmp_path, "kit", {"con.txt": b"new"})
    with pytest.raises(BuildError, match="at most 120"):
        put_folder(tmp_path, "kit", {"a" * 117: b"new"})
    assert standing(tmp_path) == {}


# --- killed -------------------------------------------------------------------------------------

# Forks for each step, and kills the child before its n-th change to what is made.
KILLED = """
import os, signal, sys
from pathlib import Path
from broken_off import before_each_change
from imlcourse.build.placing import put_files, put_folder
import filelock
place, how = Path(sys.argv[1]), sys.argv[2]

def put(word):
    if how == "folder":
        put_folder(place, "kit", {"a.txt": word, "b/c.txt": word}, {"kit.json": word})
    else:
        put_files({place / "a.txt": word, place / "b.txt": word})

def standing():
    found = {p.relative_to(place).as_posix(): p.read_bytes().decode()
             for p in sorted(place.rglob("*")) if p.is_file()}
    return {path: word for path, word in found.items() if not path.startswith(".")}, found

step = 0
while True:
    put(b"old")
    if not (child := os.fork()):
        left = step
        def count():
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        with before_each_change(count):
            put(b"new")
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    seen, all_of_it = standing()
    for path, word in all_of_it.items():
        if "new" not in path.partition("/")[0]:  # being written
            assert word in ("old", "new"), (step, path, word)
    if how == "folder":
        inside = {word for path, word in seen.items() if path.startswith("kit/")}
        if inside:
            assert len(inside) == 1 and sum(path.startswith("kit/") for path in seen) == 2
        else:  # between two renames: the old one is whole beside its place
            assert {all_of_it[".kit.old/a.txt"], all_of_it[".kit.old/b/c.txt"]} == {"old"}
            try:  # a command that cannot end well brings it back
                with before_each_change(lambda: None):
                    put_folder(place, "kit", {"d.txt": None})
            except TypeError:
                pass
            assert standing()[1]["kit/a.txt"] == "old"
    else:
        assert len(seen) == 2
    put(b"last")
    seen, all_of_it = standing()
    assert set(seen.values()) == {"last"} and seen == all_of_it, (step, all_of_it)
    if not killed:
        break
    step += 1
print(step)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked and killed")
@pytest.mark.parametrize(("how", "least"), [("folder", 7), ("files", 4)])
def test_killed_at_any_moment_all_is_whole_and_the_next_command_leaves_nothing_behind(
    tmp_path: Path, how: str, least: int
) -> None:
    place = tmp_path / "_build" / "kit"
    done = script(KILLED, str(place), how)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= least


def script(text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", text, *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


# --- two at once --------------------------------------------------------------------------------

TWICE = """
import sys
from pathlib import Path
from imlcourse.build.placing import put_files
place, word = Path(sys.argv[1]), sys.argv[2].encode()
for number in range(150):
    put_files({place / f"{name}.txt": word * 20_000 for name in "ab"})
"""


def test_two_reports_at_once_are_never_mixed(tmp_path: Path) -> None:
    both = [
        subprocess.Popen([sys.executable, "-c", TWICE, str(tmp_path), word], stderr=subprocess.PIPE)
        for word in ("x", "y")
    ]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert list(standing(tmp_path)) == ["a.txt", "b.txt"]
    a, b = standing(tmp_path).values()
    assert a == b and len(a) == 20_000


def test_two_that_make_sheets_at_once_both_end_well(
    workshop: tuple[Path, dict[str, Command]],
) -> None:
    root, commands = workshop
    both = COMMANDS.run_at_once([["--course", str(root), *commands["sheets"][0]]] * 2)
    assert [done.returncode for done in both] == [0, 0], both
    assert "Traceback" not in str(both)
    assert not [path for path in standing(root / "_build" / "kit") if path.startswith(".")]


def test_files_that_stand_in_the_way_are_told_and_none_is_changed(tmp_path: Path) -> None:
    put_files({tmp_path / "a.txt": b"old"})
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(IsADirectoryError, match=r"b\.txt"):
        put_files({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})
    assert standing(tmp_path) == {"a.txt": b"old"}


def test_what_is_private_is_for_nobody_else_and_what_is_untrue_now_goes(tmp_path: Path) -> None:
    names, old = tmp_path / "names.csv", tmp_path / "people.csv"
    put_files({old: b"of before"})
    put_files({names: b"P01,Amina"}, private=[names], gone=[old])
    assert standing(tmp_path) == {"names.csv": b"P01,Amina"}
    if os.name == "posix":
        assert names.stat().st_mode & 0o077 == 0
