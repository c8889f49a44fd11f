"""Packages: the course in the shapes that its hosts take, each put in place when it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from imlcourse.build.build import build, up_to_date
from imlcourse.cli import main
from imlcourse.products import Files, Opening
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


def test_a_package_is_one_line_in_the_registry(
    small_course: Path, offered: list[Package], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--course", str(small_course), "package", "--help"])
    assert "leaflet (a leaflet)" in " ".join(capsys.readouterr().out.split())
    made = small_course / "_build" / "packages" / "leaflet"
    build(small_course)
    assert not made.exists()
    assert main(["--course", str(small_course), "package", "leaflet"]) == 0
    assert "Leaflet, to fold" in capsys.readouterr().out
    [file] = made.iterdir()
    assert int(file.read_text("utf-8").split()[0]) > 10  # pages of the book
    assert main(["--course", str(small_course), "package", "--all"]) == 0
    assert "Nothing has changed" in capsys.readouterr().out


def test_a_build_leaves_a_heavy_package_as_it_is_and_makes_a_light_one_anew(
    small_course: Path, offered: list[Package]
) -> None:
    offered.append(replace(LEAFLET, name="flyer", title="a flyer", light=True))
    packages = small_course / "_build" / "packages"
    build(small_course, packages=["leaflet"])
    assert {path.name for path in packages.iterdir() if path.is_dir()} == {"flyer", "leaflet"}
    assert up_to_date(small_course, packages=["leaflet"])
    config = small_course / "book" / "glossary.yml"
    config.write_text(config.read_text("utf-8") + "\n# changed\n", encoding="utf-8")
    assert not up_to_date(small_course)
    build(small_course)
    assert up_to_date(small_course)
    assert not up_to_date(small_course, packages=["leaflet"])
    assert list((packages / "leaflet").iterdir())
    build(small_course, packages=["leaflet"])
    assert up_to_date(small_course, packages=["leaflet"])


def test_the_loss_of_a_file_of_a_package_is_noticed(
    small_course: Path, offered: list[Package]
) -> None:
    build(small_course, packages=["leaflet"])
    [file] = (small_course / "_build" / "packages" / "leaflet").iterdir()
    file.write_text("torn", encoding="utf-8")
    assert not up_to_date(small_course, packages=["leaflet"])
    assert up_to_date(small_course)
    build(small_course, packages=["leaflet"])
    assert file.read_text("utf-8") != "torn"


def test_a_package_that_fails_leaves_what_stood(
    small_course: Path, offered: list[Package], capsys: pytest.CaptureFixture[str]
) -> None:
    build(small_course, packages=["leaflet"])
    [file] = (small_course / "_build" / "packages" / "leaflet").iterdir()
    whole = file.read_bytes()

    def refuse(_: Packing) -> Files:
        msg = "the printer is out of paper; put some in"
        raise PackageError(msg)

    offered[:] = [replace(LEAFLET, make=refuse)]
    assert main(["--course", str(small_course), "package", "leaflet", "--force"]) == 1
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
    small_course: Path, offered: list[Package]
) -> None:
    offered.append(replace(LEAFLET, name="flyer"))
    build(small_course, packages=["leaflet", "flyer"])
    packages = small_course / "_build" / "packages"
    del offered[0]
    build(small_course, packages=["flyer"], anew=True)
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


def test_the_zip_for_a_web_server_has_the_pages_at_its_root(built: Path) -> None:
    [path] = (built / "packages" / "web").iterdir()
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "index.html" in archive.namelist()
        assert len(archive.namelist()) == sum(
            1 for one in (built / "book").rglob("*") if one.is_file()
        )
