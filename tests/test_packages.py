"""Packages: the course in the shapes that its hosts take, each put in place when it is whole."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from broken_off import changes_in, left_by_killed
from conftest import COMMANDS
from copied import copied
from imlcourse.build.build import build, up_to_date
from imlcourse.cli import main
from imlcourse.products import Files, Opening
from imlcourse.products.copies.sums import read_sums, sum_of
from imlcourse.products.packages import PACKAGES, Package, PackageError, Packing


def leaflet(packing: Packing) -> Files:
    return {f"{packing.name}.txt": f"{len(packing.book)} {packing.course.about.title}".encode()}


LEAFLET = Package("leaflet", "a leaflet", leaflet, (Opening("Leaflet, to fold", "*.txt"),))


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Package]]:
    """Packages on offer, in place of the course's own."""
    packages = [LEAFLET]
    before = list(PACKAGES)
    PACKAGES[:] = packages
    yield PACKAGES
    PACKAGES[:] = before


@pytest.fixture(scope="module")
def built_once(built_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course that is built, and has no package yet."""
    root = copied(built_small, tmp_path_factory.mktemp("once") / "course")
    for name in ("packages", ".package-cache"):
        shutil.rmtree(root / "_build" / name)
    return root


@pytest.fixture
def course(built_once: Path, tmp_path: Path) -> Path:
    """A copy of it, of which a build makes but the packages."""
    return copied(built_once, tmp_path / "course")


def test_a_package_is_one_line_in_the_registry(
    course: Path, offered: list[Package], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--course", str(course), "package", "--help"])
    assert "leaflet (a leaflet)" in " ".join(capsys.readouterr().out.split())
    made = course / "_build" / "packages" / "leaflet"
    build(course)
    assert not made.exists()
    assert main(["--course", str(course), "package", "leaflet"]) == 0
    assert "Leaflet, to fold" in capsys.readouterr().out
    [file] = made.glob("*.txt")
    assert read_sums((made / "SHA256SUMS").read_bytes()).digests == {
        file.name: sum_of(file.read_bytes())
    }
    assert int(file.read_text("utf-8").split()[0]) > 10  # pages of the book
    assert main(["--course", str(course), "package", "--all"]) == 0
    assert "Nothing has changed" in capsys.readouterr().out


def note(root: Path) -> None:
    """Change a file, and nothing that is made from it."""
    with (root / "book" / "glossary.yml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")


def test_a_build_leaves_a_heavy_package_as_it_is_and_makes_a_light_one_anew(
    course: Path, offered: list[Package]
) -> None:
    offered.append(replace(LEAFLET, name="flyer", title="a flyer", light=True))
    packages = course / "_build" / "packages"
    build(course, packages=["leaflet"])
    assert {path.name for path in packages.iterdir() if path.is_dir()} == {"flyer", "leaflet"}
    assert up_to_date(course, packages=["leaflet"])
    note(course)
    assert not up_to_date(course)
    build(course)
    assert up_to_date(course)
    assert not up_to_date(course, packages=["leaflet"])
    assert list((packages / "leaflet").iterdir())
    build(course, packages=["leaflet"])
    assert up_to_date(course, packages=["leaflet"])


def test_the_loss_of_a_file_of_a_package_is_noticed(course: Path, offered: list[Package]) -> None:
    build(course, packages=["leaflet"])
    [file] = (course / "_build" / "packages" / "leaflet").glob("*.txt")
    file.write_text("torn", encoding="utf-8")
    assert not up_to_date(course, packages=["leaflet"])
    assert up_to_date(course)
    build(course, packages=["leaflet"])
    assert file.read_text("utf-8") != "torn"


def test_a_package_that_fails_leaves_what_stood(
    course: Path, offered: list[Package], capsys: pytest.CaptureFixture[str]
) -> None:
    build(course, packages=["leaflet"])
    [file] = (course / "_build" / "packages" / "leaflet").glob("*.txt")
    whole = file.read_bytes()

    def refuse(_: Packing) -> Files:
        msg = "the printer is out of paper; put some in"
        raise PackageError(msg)

    offered[:] = [replace(LEAFLET, make=refuse)]
    assert main(["--course", str(course), "package", "leaflet", "--force"]) == 1
    assert "course: the printer is out of paper; put some in" in capsys.readouterr().err
    assert file.read_bytes() == whole


def test_what_is_not_installed_is_named_before_anything_is_made(
    small_course: Path, offered: list[Package], capsys: pytest.CaptureFixture[str]
) -> None:
    offered[:] = [replace(LEAFLET, libraries={"no_such_module": "paper", "json": "json"})]
    assert main(["--course", str(small_course), "package", "leaflet"]) == 1
    said = capsys.readouterr().err
    assert "paper is not installed" in said
    assert "python3 scripts/build.py package leaflet" in said
    assert not (small_course / "_build" / "book").exists()


def test_a_package_that_a_version_does_not_know_goes_with_the_next_one(
    course: Path, offered: list[Package]
) -> None:
    offered.append(replace(LEAFLET, name="flyer"))
    build(course, packages=["leaflet", "flyer"])
    packages = course / "_build" / "packages"
    del offered[0]
    build(course, packages=["flyer"], anew=True)
    assert [path.name for path in packages.iterdir() if path.is_dir()] == ["flyer"]


@pytest.mark.parametrize("words", [["nothing"], [], ["--all", "leaflet"]])
def test_a_name_that_no_package_has_none_and_too_many_are_exit_code_2(
    small_course: Path, offered: list[Package], words: list[str]
) -> None:
    try:
        code = main(["--course", str(small_course), "package", *words])
    except SystemExit as stopped:
        code = int(str(stopped.code))
    assert code == 2


# --- what may come between ----------------------------------------------------------------------


def sheet(packing: Packing) -> Files:
    return {"sheet.html": packing.book["modules/m01.html"], "title.txt": b"The same in each"}


SHEETS = [
    *(replace(LEAFLET, name=name, make=sheet, light=True) for name in ("one", "two")),
    replace(LEAFLET, name="three", make=sheet),
]
"""Two that every build makes, and one that is asked for; in each stands a page of the course."""


def packed(root: Path) -> dict[str, bytes]:
    """Everything that stands of the packages."""
    place = root / "_build" / "packages"
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != ".state.json"
    }


def gloss(root: Path, said: str, before: str = "A family waits.") -> None:
    """Change a word that is on a page."""
    module = root / "modules" / "m01-who-answers" / "module.md"
    text = module.read_text("utf-8").replace(before, said)
    module.write_text(text, encoding="utf-8")


def test_packages_that_are_killed_at_random_moments_are_the_old_ones_or_the_new(
    course: Path, tmp_path: Path, offered: list[Package]
) -> None:
    offered[:] = SHEETS
    build(course, packages=["three"])
    first = packed(course)
    again = copied(course, tmp_path / "again")
    gloss(course, "A family hopes.")
    step = len(changes_in(lambda: build(course, packages=["three"])))
    second = packed(course)
    assert first.keys() == second.keys()
    assert {path.split("/")[0] for path in first} == {"one", "two", "three", "SHA256SUMS"}
    assert first["SHA256SUMS"] != second["SHA256SUMS"]
    gloss(again, "A family hopes.")
    chosen = random.Random(13).sample(range(step - 60, step), 6)
    killed = left_by_killed(again, chosen, lambda: build(again, packages=["three"]), tmp_path)
    assert packed(again) == second
    for root in killed:
        gloss(root, "A family waits.", "A family hopes.")
        current = up_to_date(root, packages=["three"])
        for path, data in packed(root).items():
            if not path.startswith((".", "next/")):
                assert data in (first[path], second[path]), (root, path)
        if not current:
            build(root, packages=["three"])
        assert packed(root) == first, root


def test_two_that_make_packages_at_once_both_end_well(course: Path) -> None:
    words = ["--course", str(course), "package"]
    both = COMMANDS.run_at_once([[*words, name] for name in ("qti", "canvas")])
    assert [done.returncode for done in both] == [0, 0], both
    assert "Traceback" not in str(both)
    assert up_to_date(course, packages=["qti", "canvas"])
    place = course / "_build" / "packages"
    listed = read_sums((place / "SHA256SUMS").read_bytes()).digests
    assert {path: sum_of((place / path).read_bytes()) for path in listed} == listed
    light = {package.name for package in PACKAGES if package.light}
    assert {path.split("/")[0] for path in listed} == light | {"qti", "canvas"}


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full; make room"), (errno.EROFS, "a read-only disk")],
)
def test_a_full_disk_or_one_that_takes_nothing_is_one_message_and_leaves_what_stood(
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    offered: list[Package],
    number: int,
    said: str,
) -> None:
    offered[:] = SHEETS
    words = ["--course", str(course), "package", "three"]
    assert main(words) == 0
    before = packed(course)
    plain = Path.write_bytes
    room = 0

    def write(path: Path, data: bytes) -> int:
        nonlocal room
        if "packages" in path.parts:
            room -= 1
            if room < 0:
                raise OSError(number, os.strerror(number), str(path))
        return plain(path, data)

    for room_for in range(3):
        room = room_for
        note(course)
        monkeypatch.setattr(Path, "write_bytes", write)
        capsys.readouterr()
        assert main(words) == 1
        err = capsys.readouterr().err
        assert said in err
        assert "Traceback" not in err
        assert len([line for line in err.splitlines() if line.startswith("course:")]) == 1
        monkeypatch.undo()
        left = {
            path: data
            for path, data in packed(course).items()
            if not path.startswith("next/")  # what the next run finishes
        }
        assert {path: data for path, data in before.items() if path in left} == left
        assert before.keys() - left.keys() <= {"SHA256SUMS"}
    assert main(words) == 0
    assert packed(course) == before


def test_the_zip_for_a_web_server_has_the_pages_at_its_root(built: Path) -> None:
    [path] = (built / "packages" / "web").glob("*.zip")
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "index.html" in archive.namelist()
        names = set(archive.namelist())
        [copy] = (path for path in (built / "offline").iterdir() if path.is_dir())
        pages = {p.relative_to(copy).as_posix() for p in copy.rglob("*") if p.is_file()}
        # What a browser needs that is to keep them on a device: see test_installable.
        added = {"SHA256SUMS", "licences.spdx.json", "sw.js", "remove-from-devices/sw.js"}
        added |= {"manifest.json", ".nojekyll", "_static/install.js", "_static/install.css"}
        assert {name for name in names - pages - added if "icon-" not in name} == set()
        assert pages | added <= names
        # What a device keeps is what the server has, byte for byte.
        kept = json.loads(archive.read("sw.js").split(b";\n")[0].removeprefix(b"self.imlFiles="))
        for name, hash_ in kept.items():
            assert base64.b64encode(sha256(archive.read(name)).digest()).decode() == hash_, name
