"""What stands in the build folder is one whole build, wherever putting it there was broken off."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from imlcourse.build import transaction
from imlcourse.build.freshness import STATE, read_state
from imlcourse.build.transaction import (
    BuildError,
    locked,
    put_in_place,
    settle,
    unsettled,
    write_whole,
)

Places = dict[str, dict[str, bytes]]
OLD: Places = {
    "html": {"index.html": b"old", "modules/1/m01.html": b"old 1", "modules/all.html": b"all"},
    "notebooks": {"m01.ipynb": b"old"},
}
NEW: Places = {
    "html": {"index.html": b"new", "modules/m02.html": b"new 2"},
    "epub": {"course.epub": b"new"},
}


def standing(build: Path) -> dict[str, bytes]:
    """Everything in the build folder but what is known of it."""
    return {
        path.relative_to(build).as_posix(): path.read_bytes()
        for path in build.rglob("*")
        if path.is_file() and path.name != STATE
    }


def flat(places: Places) -> dict[str, bytes]:
    return {
        f"{place}/{path}": data for place, files in places.items() for path, data in files.items()
    }


def hashes(places: Places) -> dict[str, str]:
    return {path: sha256(data).hexdigest() for path, data in flat(places).items()}


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build folder in which one build stands."""
    (tmp_path / "_build").mkdir()
    put_in_place(tmp_path / "_build", "mark 1", OLD, ["book", "notebooks"])
    return tmp_path / "_build"


def test_a_build_stands_with_what_is_known_of_it(build: Path) -> None:
    assert standing(build) == flat(OLD)
    assert read_state(build) == {
        "fingerprint": "mark 1", "marks": {"html": "mark 1", "notebooks": "mark 1"},
        "products": ["book", "notebooks"], "places": ["html", "notebooks"], "gone": [],
        "made": hashes(OLD),
    }  # fmt: skip


def test_a_new_build_takes_the_place_of_the_last_one(build: Path) -> None:
    (build / "mine").mkdir()
    (build / "mine/notes.txt").write_bytes(b"mine")
    put_in_place(build, "mark 2", NEW, ["book", "epub"], ["notebooks", "html", "nothing"])
    assert standing(build) == flat(NEW) | {"mine/notes.txt": b"mine"}
    assert read_state(build) == {
        "fingerprint": "mark 2", "marks": {"html": "mark 2", "epub": "mark 2"},
        "products": ["book", "epub"], "places": ["epub", "html"],
        "gone": ["notebooks", "nothing"], "made": hashes(NEW),
    }  # fmt: skip


def test_a_file_that_is_as_it_was_is_not_written_anew(build: Path) -> None:
    places: Places = {"html": {**OLD["html"], "index.html": b"OLD"}, "epub": NEW["epub"]}
    marks = {path: (build / path).stat().st_ino for path in standing(build)}
    put_in_place(build, "mark 2", places, ["book"], ["notebooks"])
    assert standing(build) == flat(places)
    again = {path: (build / path).stat() for path in standing(build)}
    same = {path for path, stat in again.items() if stat.st_ino == marks.get(path)}
    assert same == {"html/modules/1/m01.html", "html/modules/all.html"}
    assert all(stat.st_nlink == 1 for stat in again.values())  # nobody else's file changes with it


@pytest.mark.parametrize("error", [PermissionError(1, "no"), NotImplementedError("no")])
def test_on_a_disk_without_second_names_all_is_written(
    build: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    put_in_place(build, "mark 2", {"html": OLD["html"]}, ["book"], ["notebooks"])
    assert standing(build) == flat({"html": OLD["html"]})


def test_a_link_where_a_file_belongs_gives_way_though_it_leads_to_the_same(build: Path) -> None:
    mine, made = build.parent / "mine.html", build / "html/index.html"
    mine.write_bytes(b"old")
    made.unlink()
    made.symlink_to(mine)
    put_in_place(build, "mark 2", {"html": OLD["html"]}, ["book"])
    assert made.read_bytes() == b"old" and not made.is_symlink()
    assert mine.stat().st_nlink == 1


def test_what_a_build_of_everything_does_not_name_is_no_part_of_it(build: Path) -> None:
    put_in_place(build, "mark 2", {"html": NEW["html"]}, ["book"])
    assert (build / "notebooks/m01.ipynb").read_bytes() == b"old"
    assert read_state(build)["places"] == ["html"]
    assert read_state(build)["made"] == hashes({"html": NEW["html"]})


def test_what_stands_beside_stays_with_what_is_known_of_it(build: Path) -> None:
    shutil.rmtree(build / "notebooks")
    put_in_place(build, "mark 2", {"notebooks": {"m02.ipynb": b"2"}}, ["notebooks"], beside=True)
    assert standing(build) == flat({"html": OLD["html"], "notebooks": {"m02.ipynb": b"2"}})
    put_in_place(build, "mark 3", {"epub": {"course.epub": b"3"}}, ["epub"], ["html"], beside=True)
    assert read_state(build) == {
        "fingerprint": "mark 3", "marks": {"notebooks": "mark 2", "epub": "mark 3"},
        "products": ["notebooks", "epub"], "places": ["epub", "notebooks"], "gone": ["html"],
        "made": hashes({"notebooks": {"m02.ipynb": b"2"}, "epub": {"course.epub": b"3"}}),
    }  # fmt: skip


def test_of_what_was_taken_away_by_hand_nothing_is_said_to_stand(build: Path) -> None:
    shutil.rmtree(build / "html")
    put_in_place(build, "mark 2", {"epub": {"course.epub": b"2"}}, ["epub"], beside=True)
    assert read_state(build)["places"] == ["epub", "notebooks"]
    (build / STATE).write_text('{"marks": 5, "made": {}}', "utf-8")
    put_in_place(build, "mark 3", {"epub": {"course.epub": b"3"}}, ["epub"], beside=True)
    assert read_state(build)["places"] == ["epub"]


@pytest.mark.parametrize("name", ["..", ".", "", "../beside", "/", 5, None])
def test_nothing_but_folders_of_its_own_is_taken_away(build: Path, name: Any) -> None:
    beside = build.parent / "beside"
    beside.mkdir()
    put_in_place(build, "mark 2", {"html": OLD["html"]}, ["book"], [name])
    assert read_state(build)["gone"] == []
    assert beside.is_dir() and standing(build) == flat(OLD)


@pytest.mark.parametrize("link", [True, False])
def test_a_file_or_a_link_where_a_folder_belongs_gives_way_and_what_it_leads_to_stays(
    build: Path, link: bool
) -> None:
    beside = build.parent / "beside"
    beside.mkdir()
    (beside / "notes.txt").write_bytes(b"mine")
    if link:
        (build / "epub").symlink_to(beside)
    else:
        (build / "epub").write_bytes(b"a file")
    put_in_place(build, "mark 2", NEW, ["book", "epub"], ["notebooks"])
    assert standing(build) == flat(NEW)
    assert (beside / "notes.txt").read_bytes() == b"mine"


class Broken(BaseException):
    """A kill."""


def steps(monkeypatch: pytest.MonkeyPatch, until: int) -> Callable[[], int]:
    """Let everything end at one step of those that change something; give how many were taken."""
    taken = 0

    def counted(plain: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **more: Any) -> Any:
            nonlocal taken
            if taken >= until:
                raise Broken
            taken += 1
            return plain(*args, **more)

        return step

    for name in ("write_bytes", "rename", "replace", "unlink", "mkdir"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))
    return lambda: taken


def broken_off(
    monkeypatch: pytest.MonkeyPatch, build: Path, do: Callable[[], None]
) -> Iterator[int]:
    """Break off at each step in turn; what stood is put back before each."""
    kept = build.with_name("kept")
    shutil.copytree(build, kept)
    at = 0
    while True:
        shutil.rmtree(build)
        shutil.copytree(kept, build)
        with monkeypatch.context() as patched:
            taken = steps(patched, at)
            with suppress(Broken):
                do()
            if taken() < at:
                return
        yield at
        at += 1


def test_broken_off_at_any_step_it_is_one_build_whole_once_it_is_settled(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def do() -> None:
        put_in_place(build, "mark 2", NEW, ["book", "epub"], ["notebooks"])

    for _ in broken_off(monkeypatch, build, do):
        mark = str(read_state(build).get("fingerprint", "none"))
        stands = {"mark 1": OLD, "mark 2": NEW, "none": {}}[mark]
        assert standing(build).items() >= flat(stands).items(), "what is said to stand does"
        settle(build)
        assert not unsettled(build)
        mark = str(read_state(build)["fingerprint"])
        assert standing(build) == flat(OLD if mark == "mark 1" else NEW)
        told.append(mark)
    assert told == sorted(told) and set(told) == {"mark 1", "mark 2"}


def test_settling_that_is_broken_off_is_settled_by_the_next(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise Broken

    with monkeypatch.context() as patched, pytest.raises(Broken):
        patched.setattr(transaction, "_exchange", stop)
        patched.setattr(transaction, "_delete", lambda path: None)
        put_in_place(build, "mark 2", NEW, ["book", "epub"], ["notebooks"])
    assert unsettled(build) and read_state(build)["fingerprint"] == "mark 1"
    for _ in broken_off(monkeypatch, build, lambda: settle(build)):
        settle(build)
        assert standing(build) == flat(NEW)
        assert read_state(build)["fingerprint"] == "mark 2"


def test_what_cannot_be_written_changes_nothing_and_leaves_nothing(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "course.epub":
            raise OSError(28, "No space left on device")
        return plain(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space"):
            put_in_place(build, "mark 2", NEW, ["book", "epub"], ["notebooks"])
    assert standing(build) == flat(OLD)
    assert not unsettled(build) and read_state(build)["fingerprint"] == "mark 1"


@pytest.mark.parametrize(
    "ready",
    ["", "[]", "{}", '{"places": ["html"]}', '{"places": [5], "gone": []}',
     '{"places": ["../beside"], "gone": []}', '{"places": [], "gone": ["html", ".."]}'],
)  # fmt: skip
def test_a_record_that_makes_no_sense_moves_nothing(build: Path, ready: str) -> None:
    (build / "next/html").mkdir(parents=True)
    (build / "next/ready.json").write_text(ready, "utf-8")
    assert unsettled(build)
    settle(build)
    assert standing(build) == flat(OLD) and not unsettled(build)
    assert read_state(build)["fingerprint"] == "mark 1"


def test_leftovers_go_and_what_was_kept_in_plain_sight_is_hidden(build: Path) -> None:
    for name in ("new-abc", ".old-html"):
        (build / name / "inner").mkdir(parents=True)
    for name in (f".{STATE}.77", ".SHA256SUMS.77"):
        (build / name).write_bytes(b"half")
    for name in ("cache", "package-cache"):
        (build / name).mkdir()
        (build / name / "one").write_bytes(b"1")
    (build / ".kit-cache").mkdir()
    (build / "kit-cache").mkdir()
    (build / STATE).rename(build / "state.json")
    settle(build)
    assert standing(build) == flat(OLD) | {".cache/one": b"1", ".package-cache/one": b"1"}
    assert {path.name for path in build.iterdir()} == {
        "html", "notebooks", STATE, ".cache", ".package-cache", ".kit-cache",
    }  # fmt: skip
    assert read_state(build)["fingerprint"] == "mark 1"


@pytest.mark.parametrize("written", [0, 2])
def test_a_file_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    file = tmp_path / "list.json"
    write_whole(file, b"first")

    def fails(path: Path, data: bytes) -> int:
        if written:
            with path.open("wb") as out:
                out.write(data[:written])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr(Path, "write_bytes", fails)
        write_whole(file, b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
        ("list.json", b"first")
    ]


def test_the_folder_is_held_alone_and_let_go_whatever_happens(tmp_path: Path) -> None:
    build = tmp_path / "some/_build"
    with pytest.raises(ZeroDivisionError), locked(build) as waited:
        assert waited is False
        assert json.loads(str(1 / 0))
    with locked(build) as waited:
        assert waited is False
        with pytest.raises(Timeout):
            FileLock(build / ".lock").acquire(timeout=0)
    FileLock(build / ".lock").acquire(timeout=0)
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    with pytest.raises(BuildError) as error, locked(file / "_build"):
        pass
    assert str(error.value) == f"{file} is a file, and a folder has to stand there; move it away"
    assert file.read_bytes() == b"mine"
