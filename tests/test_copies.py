"""Copies that travel: their list, their licences, their signature, and what became of them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import struct
import subprocess
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest

from conftest import COMMANDS, course
from imlcourse import cli
from imlcourse.build.build import build
from imlcourse.build.signing import sign_copies
from imlcourse.build.transaction import BuildError
from imlcourse.commands.exits import NOT_CHECKED, OK, PROBLEMS
from imlcourse.commands.verify import SAID
from imlcourse.products import PRODUCTS, Product
from imlcourse.products.copies.contents import of_zip
from imlcourse.products.copies.diagnosis import Diagnosis
from imlcourse.products.copies.doctor import diagnoses
from imlcourse.products.copies.licences import MANIFEST, manifest
from imlcourse.products.copies.names import name_problems, names_of
from imlcourse.products.copies.sums import LIST, SIGNATURE, read_sums, sums_of
from imlcourse.products.kit.names import fit_name
from imlcourse.products.signed.keys import make_key, read_public
from imlcourse.products.signed.verify import check
from imlcourse.products.zip import zipped
from real_course import real_course
from small_course import ROOT

VENDORED = ROOT / "scripts" / "imlcourse" / "player" / "vendor" / "vendored.json"


def only(path: Path) -> Diagnosis:
    [diagnosis] = diagnoses(path)
    return diagnosis


def archive_of(place: Path) -> Path:
    [archive] = place.glob("*.zip")
    return archive


# --- the list ---------------------------------------------------------------------------------


def test_sha256sum_finds_each_copy_as_its_list_says(built: Path) -> None:
    tool = shutil.which("sha256sum")
    if not tool:
        pytest.skip("there is no sha256sum")
    [learners], [trainers] = (
        [path for path in (built / place).iterdir() if path.is_dir()]
        for place in ("offline", "trainers")
    )
    packages = [path for path in (built / "packages").iterdir() if path.is_dir()]
    places = [built / "offline", built / "trainers", built / "packages", learners, trainers]
    places += packages
    assert packages
    assert [one.whole for one in diagnoses(built / "packages")] == [True]
    assert [(one.name, one.whole) for one in diagnoses(packages[0])] == [(str(packages[0]), True)]
    for place in places:
        done = subprocess.run([tool, "-c", "--strict", LIST], cwd=place, capture_output=True)
        assert done.returncode == 0, done.stderr
    for copy in (learners, trainers):
        there = {p.relative_to(copy).as_posix() for p in copy.rglob("*") if p.is_file()}
        assert set(read_sums((copy / LIST).read_bytes()).digests) == there - {LIST}


def test_the_zip_for_people_opens_in_one_folder_and_that_for_machines_at_its_root(
    built: Path,
) -> None:
    for place in ("offline", "trainers"):
        archive = archive_of(built / place)
        with ZipFile(archive) as opened:
            assert {name.split("/")[0] for name in opened.namelist()} == {archive.stem}
            assert f"{archive.stem}/index.html" in opened.namelist()
    with ZipFile(archive_of(built / "packages" / "web")) as opened:
        assert {"index.html", LIST, MANIFEST} <= set(opened.namelist())


# --- licences ---------------------------------------------------------------------------------


def valid_spdx(path: Path) -> Any:
    """Read a list of licences, as a program that we did not write does."""
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    document = parse_file(str(path))
    assert [one.validation_message for one in validate_full_spdx_document(document)] == []
    return document


def test_the_licences_of_everything_shipped_are_valid_spdx(learners_copy: Path) -> None:
    document = valid_spdx(learners_copy / MANIFEST)
    there = {
        f"./{path.relative_to(learners_copy).as_posix()}"
        for path in learners_copy.rglob("*")
        if path.is_file() and path.name not in (LIST, MANIFEST)
    }
    assert {file.name for file in document.files} == there
    licences = {package.name: str(package.license_concluded) for package in document.packages}
    assert "NOASSERTION" not in licences.values()
    vendored = json.loads(VENDORED.read_text("utf-8"))
    assert vendored.keys() <= licences.keys()
    assert licences["Atkinson Hyperlegible Next"] == "OFL-1.1"
    of_files = {file.name: str(file.license_concluded) for file in document.files}
    assert of_files["./modules/m01.html"] == "CC-BY-4.0 AND MIT"
    assert of_files["./_static/typeface.css"] == "OFL-1.1"
    assert of_files["./_static/sealed-m01.js"] == "CC-BY-4.0"
    assert of_files["./_static/player.js"] == "MIT"


def test_a_copy_with_the_text_of_the_document_says_that_no_licence_covers_it(
    tmp_path: Path,
) -> None:
    about = real_course().about.model_copy(update={"licence": "all rights kept"})
    path = tmp_path / MANIFEST
    path.write_bytes(manifest(about, {"index.html": b"a"}, "a-copy", with_document=True))
    document = valid_spdx(path)
    own = {one.license_id: one.extracted_text for one in document.extracted_licensing_info}
    assert "no licence covers it" in str(own["LicenseRef-IOM"])
    assert own["LicenseRef-course"] == "all rights kept"


def test_each_library_that_is_vendored_says_its_licence() -> None:
    for library in json.loads(VENDORED.read_text("utf-8")).values():
        text = (VENDORED.parent / library["licence"]).read_text("utf-8")
        assert library["spdx"] in text.replace("BSD 3-Clause", "BSD-3-Clause")


# --- names ------------------------------------------------------------------------------------


def test_every_disk_takes_the_names_of_all_that_is_made(built: Path) -> None:
    for place in (*(product.place for product in PRODUCTS), "packages"):
        files = {
            path.relative_to(built / place).as_posix(): path.read_bytes()
            for path in (built / place).rglob("*")
            if path.is_file()
        }
        for where, paths in names_of(files):
            assert name_problems(paths) == [], (place, where)


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["a" * 121], "121 characters"),
        (["modules/aux.html"], "Windows keeps this name"),
        (["COM1"], "Windows keeps this name"),
        (["what?.html"], "Windows takes no '?'"),
        (["a\\b"], "Windows takes no"),
        (["folder./a"], "drops the dot"),
        (["a "], "drops the dot or the space"),
        (["../a"], "leads elsewhere"),
        (["A.html", "a.html"], "one name on a stick"),
        (["Maps/a.html", "maps/b.html"], "one name on a stick"),
        (["cafe\u0301.html"], "composed"),
        (["caf\u00e9.html", "CAF\u00c9.html"], "one name on a stick"),
        (["straße.html", "strasse.html"], "one name on a stick"),
    ],
)
def test_a_name_that_some_disk_does_not_take_is_told(paths: list[str], said: str) -> None:
    assert any(said in problem for problem in name_problems(paths))


@pytest.mark.parametrize(
    "words", ["Aux. Bishop", "con", "A\u0301nh Nguye\u0302t", "What? Who: a/b"]
)
def test_what_is_named_after_people_and_texts_fits(words: str) -> None:
    assert name_problems([f"{fit_name(words)}.pdf"]) == []


def test_nothing_with_such_a_name_is_put_in_place(built_course: Path) -> None:
    page = built_course / "book" / "for-learners.md"
    page.write_text(page.read_text("utf-8") + "\nAnd more.\n", "utf-8")
    bad = Product("bad", "a bad one", "bad", lambda _: {"x.zip": zipped({"con.txt": b""})})
    before = list(PRODUCTS)
    PRODUCTS.append(bad)
    try:
        with pytest.raises(BuildError, match=r"bad/x\.zip holds con\.txt: Windows keeps"):
            build(built_course)
    finally:
        PRODUCTS[:] = before
    assert (built_course / "_build" / "book" / "index.html").is_file()
    assert not (built_course / "_build" / "bad").exists()


# --- whole copies -----------------------------------------------------------------------------


def test_a_whole_copy_is_whole_however_it_lies_on_the_stick(
    built: Path, learners_copy: Path, tmp_path: Path
) -> None:
    archive = archive_of(built / "offline")
    deep = tmp_path / "stick" / "course" / "course"
    shutil.copytree(learners_copy, deep)
    for name in ("._index.html", ".DS_Store", "Thumbs.db", "__MACOSX/x/._y", "desktop.ini"):
        (deep.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (deep.parent / name).write_bytes(b"x")
    (deep / "_static" / "._player.js").write_bytes(b"x")
    flat = tmp_path / "flat.zip"
    with ZipFile(flat, "w", ZIP_STORED) as packed:
        for path in sorted(learners_copy.rglob("*")):
            packed.write(path, path.relative_to(learners_copy))
    for given in (archive, learners_copy, learners_copy / "index.html", tmp_path / "stick", flat):
        diagnosis = only(given)
        assert diagnosis.whole, diagnosis.findings
        assert diagnosis.edition == "Migrants’ Rights in Practice, version 0.1.0"
        assert diagnosis.listed > 100
    [left] = only(tmp_path / "stick").findings
    assert left.harmless
    assert len(left.files) == 6
    assert [one.whole for one in diagnoses(built / "offline")] == [True, True]


def test_what_else_lies_on_a_stick_is_left_alone(built: Path, tmp_path: Path) -> None:
    shutil.copy(archive_of(built / "offline"), tmp_path)
    (tmp_path / "photos.zip").write_bytes(zipped({"a.txt": b"a"}))
    (tmp_path / "index.html").write_bytes(b"<p>Another site")
    (tmp_path / "letter.docx").write_bytes(b"PK")
    diagnosis = only(tmp_path)
    assert diagnosis.whole
    assert diagnosis.beside == ("index.html", "letter.docx", "photos.zip")
    assert diagnosis.name.endswith("> migrants-rights-in-practice-0.1.0.zip")


def test_the_doctor_needs_no_course_and_writes_nothing(learners_copy: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(learners_copy, copy)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in [copy, *copy.rglob("*")]}
    done = COMMANDS.run(["doctor", "copy"], folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "copy (Migrants’ Rights in Practice, version 0.1.0): whole" in done.stdout
    assert "Not signed: this shows damage by chance" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in [copy, *copy.rglob("*")]} == before
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755)
    (copy / "index.html").unlink()
    done = COMMANDS.run(["doctor", "copy"], folder=tmp_path)
    assert done.returncode == 1
    assert "- index.html is missing; without it nobody finds the beginning\n" in done.stdout
    assert "What to do: copy this anew" in done.stdout


def test_the_page_that_explains_it_says_what_the_programs_say(
    learners_copy: Path, tmp_path: Path
) -> None:
    page = (ROOT / "book" / "is-it-whole.md").read_text("utf-8")
    copy = tmp_path / "copy"
    shutil.copytree(learners_copy, copy)
    [line] = re.findall(r"Linux: `(sha256sum .*)`", page)
    tool = shutil.which("sha256sum")
    if tool:
        done = subprocess.run(line.split(), cwd=copy, capture_output=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (copy / "modules" / "m03.html").unlink()
    (copy / "glossary.html").rename(copy / "glossary (1).html")
    if tool:
        done = subprocess.run(line.split(), cwd=copy, capture_output=True)
        assert done.returncode == 1
        assert {b"modules/m03.html: FAILED", b"glossary.html: FAILED"} <= {
            said.partition(b" open")[0] for said in done.stdout.splitlines()
        }
    done_by = COMMANDS.run(["doctor", str(copy)])
    [shown] = re.findall(r"```\n(.*?)```", page, re.DOTALL)
    assert done_by.stdout.endswith(shown)
    for state in ("whole", "unknown", "changed"):
        assert f"*{SAID[state]}*" in page


# --- damaged copies ---------------------------------------------------------------------------

Damage = Callable[[Path], object]


def edited(name: str, how: Callable[[bytes], bytes]) -> Damage:
    def act(copy: Path) -> None:
        data = (copy / name).read_bytes()
        (copy / name).write_bytes(how(data))
        assert (copy / name).read_bytes() != data

    return act


def named(old: str, new: str) -> Damage:
    return lambda copy: (copy / old).rename(copy / new)


def flipped(data: bytes) -> bytes:
    return data[:5000] + bytes([data[5000] ^ 4]) + data[5001:]


def older(data: bytes) -> bytes:
    return data.replace(b'"version":"0.1.0"', b'"version":"0.0.9"')


def put(name: str, data: bytes) -> Damage:
    return lambda copy: (copy / name).write_bytes(data)


def second_index(copy: Path) -> None:
    shutil.copy(copy / "index.html", copy / "index (1).html")
    (copy / "index.html").write_bytes(b"<p>old")


def flattened(copy: Path) -> None:
    for path in (copy / "modules").iterdir():
        path.rename(copy / path.name)


def without(*names: str) -> Damage:
    def act(copy: Path) -> None:
        for name in names:
            path = copy / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return act


DAMAGES: dict[str, tuple[Damage, str, str]] = {
    "flipped": (edited("modules/m01.html", flipped), "bytes were damaged", "modules/m01.html"),
    "empty": (edited("modules/m01.html", lambda _: b""), "empty", "modules/m01.html"),
    "zeros": (edited("glossary.html", lambda d: bytes(len(d))), "filled with zeros", "glossary"),
    "cut": (edited("glossary.html", lambda d: d[:-900]), "cut off", "glossary.html"),
    "padded": (edited("glossary.html", lambda d: d + bytes(9)), "zeros stand behind", "glossary"),
    "crlf": (
        edited("_static/store.html", lambda d: d.replace(b"\n", b"\r\n")),
        "its line ends were changed",
        "_static/store.html",
    ),
    "bom": (edited("about.html", lambda d: b"\xef\xbb\xbf" + d), "(BOM)", "about.html"),
    "utf-16": (edited("about.html", lambda d: d.decode().encode("utf-16")), "UTF-16", "about"),
    "twice": (
        edited("pre-test.html", lambda d: d.decode("latin-1").encode()),
        "encoded twice",
        "pre-test.html",
    ),
    "swapped": (
        lambda copy: shutil.copy(copy / "about.html", copy / "glossary.html"),
        "but that of about.html",
        "glossary.html",
    ),
    "older": (edited("modules/m04.html", older), "of version 0.0.9", "modules/m04.html"),
    "missing": (without("modules/m01.html"), "1 file is missing", "modules/m01.html"),
    "without scripts": (without("_static"), "folder “_static” with", "pages are bare"),
    "without store": (without("_static/store.html"), "store.html is missing", "Firefox"),
    "renamed": (named("glossary.html", "words.html"), "another name", "(was glossary.html)"),
    "second": (named("index.html", "index (1).html"), "another name", "(was index.html)"),
    "second beside": (second_index, "“index (1).html” is", "index.html"),
    "copy": (named("index.html", "index - Copy.html"), "another name", "(was index.html)"),
    "txt": (named("index.html", "index.html.txt"), "another name", "(was index.html)"),
    "short": (named("case-atlas.html", "CASE-A~1.HTM"), "another name", "(was case-atlas.html)"),
    "case": (named("index.html", "INDEX.HTML"), "letter case", "INDEX.HTML (was index.html)"),
    "case of folder": (named("_static", "_STATIC"), "called “_STATIC” now", "letter case"),
    "name of folder": (named("_static", "static"), "called “static” now", "“_static”"),
    "flattened": (flattened, "in another folder", "m01.html (belongs at modules/m01.html)"),
    "virus": (put("autorun.inf", b"[autorun]"), "viruses", "autorun.inf"),
    "page of an older one": (
        put("old.js", b"/*! imlcourse player 0.0.9 */"),
        "pages of another version (0.0.9)",
        "old.js",
    ),
    "alike": (put("Index.html", b"other"), "letter case alone", "Index.html"),
    "list damaged": (
        edited(LIST, lambda d: d.replace(b"  index.html", b"..index.html")),
        "the list SHA256SUMS is damaged (line",
        "",
    ),
    "list renamed": (named(LIST, "sha256sums.txt"), "the list is called sha256sums.txt", ""),
    "list missing": (without(LIST), "its list SHA256SUMS is missing", ""),
    "list empty": (edited(LIST, lambda _: b""), "is empty or damaged", ""),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_each_fault_is_named_with_what_to_do(
    learners_copy: Path, small_copy: Path, tmp_path: Path, how: str
) -> None:
    damage, said, where = DAMAGES[how]
    copy = tmp_path / "copy"
    # Without a list, all pages are read.
    shutil.copytree(small_copy if how in ("list missing", "list empty") else learners_copy, copy)
    damage(copy)
    diagnosis = only(copy)
    lines = [fault.line() for fault in diagnosis.faults]
    assert any(said in line and where in line for line in lines), lines
    assert len(lines) == 1 or how.startswith(("list", "case", "alike")), lines
    assert all(fault.remedy for fault in diagnosis.faults)


@pytest.fixture(scope="module")
def small_copy(built_small: Path) -> Path:
    """The folder of the learners' offline copy of a small course."""
    [folder] = (path for path in (built_small / "_build" / "offline").iterdir() if path.is_dir())
    return folder


def test_without_its_list_a_copy_is_tried_by_its_links(small_copy: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(small_copy, copy)
    without(LIST)(copy)
    assert len(only(copy).faults) == 1  # and all links lead to files
    without("_static/player.css", "modules/m01.html")(copy)
    [_, links] = only(copy).faults
    assert set(links.files) == {"_static/player.css", "modules/m01.html"}


def test_zips_that_are_cut_off_locked_in_another_or_no_zips_are_told(
    built: Path, tmp_path: Path
) -> None:
    whole = archive_of(built / "offline").read_bytes()
    outer = BytesIO()
    with ZipFile(outer, "w") as packed:
        packed.writestr("course.zip", whole)
    for name, data, said in (
        ("cut.zip", whole[:-1000], "cut off"),
        ("half.zip", whole[: len(whole) // 2], "cut off"),
        ("empty.zip", b"", "empty"),
        ("zeros.zip", bytes(9000), "nothing but zeros"),
        ("page.zip", b"<!doctype html><p>Please log in", "a web page and no zip"),
        ("text.zip", b"Hello", "no zip"),
        ("outer.zip", outer.getvalue(), "a zip in a zip"),
        ("other.zip", zipped({"a.txt": b"a"}), "no copy of the course"),
        ("up.zip", zipped({"../a.html": b"a"}), "leave its folder"),
    ):
        (tmp_path / name).write_bytes(data)
        faults = only(tmp_path / name).faults
        assert any(said in fault.line() for fault in faults), (name, faults)
        assert all(fault.remedy for fault in faults)
    flip = bytearray(whole)
    flip[len(whole) // 2] ^= 1
    (tmp_path / "flip.zip").write_bytes(bytes(flip))
    [fault] = only(tmp_path / "flip.zip").faults
    assert "damaged" in fault.line()


def test_whatever_byte_of_a_zip_was_changed_or_lost_nothing_changed_passes_for_whole(
    tmp_path: Path,
) -> None:
    pages = {"index.html": b"<p>Hello", "_static/a.js": b"let a = 1;\n" * 3}
    listed = {**pages, LIST: sums_of(pages)}
    data = zipped({f"course/{path}": content for path, content in listed.items()})
    path = tmp_path / "copy.zip"
    path.write_bytes(data)
    assert only(path).whole
    for place in range(len(data)):
        for damaged in (data[:place], data[:place] + bytes([data[place] ^ 32]) + data[place + 1 :]):
            path.write_bytes(damaged)
            if all(one.whole for one in diagnoses(path)):
                with ZipFile(BytesIO(damaged)) as opened:
                    names = [name for name in opened.namelist() if name.endswith(tuple(pages))]
                    assert sorted(opened.read(name) for name in names) == sorted(pages.values())


def test_a_file_that_a_zip_holds_twice_is_told() -> None:
    twice = BytesIO()
    with ZipFile(twice, "w") as packed:
        packed.writestr("index.html", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("index.html", "two")
    [finding] = of_zip("twice.zip", twice.getvalue()).findings
    assert "twice" in finding.what


# --- files by themselves ----------------------------------------------------------------------


def zim_of(body: bytes) -> bytes:
    head = b"ZIM\x04" + bytes(68) + struct.pack("<Q", 80 + len(body)) + body
    return head + hashlib.md5(head, usedforsecurity=False).digest()


def manifest_of(*files: str) -> bytes:
    named = "".join(f'<file href="{name}"/>' for name in files)
    return f"<m>{named}</m>".encode()


EPUB = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": b'<c><rootfile full-path="OPS/book.opf"/></c>',
    "OPS/book.opf": b'<p><item href="a.xhtml"/></p>',
    "OPS/a.xhtml": b"<p>Hello",
}


def epub_of(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        for path, data in files.items():
            packed.writestr(path, data)
    return made.getvalue()


PAGE = (
    b'<!doctype html>\n<html lang="en" data-iml-home="index">\n<body>'
    + b"Hello " * 20
    + b"</body>\n</html>\n"
)
PDF = b"%PDF-1.7\nxref\n0 1\ntrailer\nstartxref\n9\n%%EOF\n"
QUIZ = b'<?xml version="1.0"?>\n<quiz><question type="essay"/></quiz>\n'
ALONE: dict[str, tuple[bytes, str]] = {
    "course.epub": (epub_of(EPUB), "whole"),
    "course.zim": (zim_of(b"Hello" * 50), "whole"),
    "course.apkg": (zipped({"collection.anki2": b"a", "media": b"{}"}), "whole"),
    "qti.zip": (zipped({"imsmanifest.xml": manifest_of("a.xml"), "a.xml": b"<a/>"}), "whole"),
    "cmi5.zip": (zipped({"cmi5.xml": b"<c><url>a.html?x=1</url></c>", "a.html": b"a"}), "whole"),
    "xapi.zip": (
        zipped({"tincan.xml": b"<t><launch>a.html</launch></t>", "a.html": b"a"}),
        "whole",
    ),
    "kit.zip": (zipped({"kit/00 Overview.pdf": b"a", "kit/01 Cards/a.pdf": b"b"}), "whole"),
    "course.pdf": (PDF, "not checked"),
    "course.html": (PAGE, "not checked"),
    "bank.xml": (QUIZ, "not checked"),
    "bank.gift.txt": (b"::a:: Is it so? {TRUE}\n", "not checked"),
}


@pytest.mark.parametrize("name", ALONE)
def test_a_file_by_itself_is_checked_by_what_it_carries_and_by_the_list_beside_it(
    tmp_path: Path, name: str
) -> None:
    data, state = ALONE[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert (only(path).state, only(path).faults) == (state, [])
    half = data[: len(data) // 2]
    path.write_bytes(half)
    cut = only(path)
    assert cut.state == ("not checked" if name.endswith(".txt") else "not whole")
    for place in range(len(data)):
        damaged = data[:place] + bytes([data[place] ^ 32]) + data[place + 1 :]
        path.write_bytes(damaged)
        if state == "not checked":
            assert only(path).state != "whole", place
        elif name.endswith(".zim"):
            assert only(path).state == "not whole", place
        elif only(path).state == "whole":
            assert of_members(damaged) == of_members(data), place
    # With a list beside it, or in the folder above, nothing passes.
    for folder, listed in ((tmp_path, name), (tmp_path / "inner", f"inner/{name}")):
        folder.mkdir(exist_ok=True)
        (tmp_path / LIST).write_bytes(sums_of({listed: data}))
        path = folder / name
        for damaged in (half, data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]):
            path.write_bytes(damaged)
            assert only(path).state == "not whole"
        path.write_bytes(data)
        assert only(path).state == "whole"
        for other in (name.upper(), f"a {name}", f"{name}.part"):
            moved = path.rename(folder / other)
            diagnosis = only(moved)
            assert name in diagnosis.findings[-1].line()
            assert diagnosis.state == ("whole" if other == f"a {name}" else "not whole")
            path = moved.rename(folder / name)


def of_members(data: bytes) -> list[bytes]:
    with ZipFile(BytesIO(data)) as opened:
        return sorted(opened.read(name) for name in opened.namelist())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.epub", epub_of({**EPUB, "mimetype": b"text/plain"}), "not that of an EPUB"),
        ("a.epub", epub_of(dict(reversed(EPUB.items()))), "not the first file"),
        ("a.epub", epub_of({k: v for k, v in EPUB.items() if "xhtml" not in k}), "OPS/a.xhtml"),
        ("a.zip", zipped({"imsmanifest.xml": manifest_of("a.xml"), "A.xml": b""}), ": a.xml"),
        ("a.zip", zipped({"IMSMANIFEST.XML": manifest_of()}), "called IMSMANIFEST.XML now"),
        ("a.zip", zipped({"cmi5.xml": b"<c><url>"}), "cmi5.xml cannot be read"),
        ("a.html", PAGE[:-9], "it is cut off"),
        ("a.pdf", PDF[:-5], "it is cut off"),
        ("a.pdf", PDF.replace(b"-1.7", b"-1.7 more"), "not where it should be"),
        ("a.xml", QUIZ[:-9], "it is cut off"),
        ("a.zim", zim_of(b"Hello")[:-1], "1 bytes are missing at its end"),
        ("a.htm", PAGE, "does not end in .html"),
    ],
)
def test_what_is_wrong_with_a_file_by_itself_is_named(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    faults = only(tmp_path / name).faults
    assert any(said in fault.line() for fault in faults), faults
    assert all(fault.remedy for fault in faults)


def test_what_was_not_checked_is_said_and_has_a_code_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    assert cli.main(["doctor", str(tmp_path / "a.pdf")]) == NOT_CHECKED
    said = capsys.readouterr().out
    assert "a.pdf: not checked, since there is no list" in said
    assert "put the SHA256SUMS" not in said  # it may be anybody's
    (tmp_path / "a.epub").write_bytes(epub_of(EPUB))
    assert cli.main(["doctor", str(tmp_path / "a.epub")]) == OK
    assert "whole. Checked: the checksum of each file" in capsys.readouterr().out
    assert [one.state for one in diagnoses(tmp_path)] == ["whole", "not checked"]
    (tmp_path / LIST).write_bytes(sums_of({"a.pdf": PDF}))
    for number in range(9):
        (tmp_path / f"photo-{number}.jpg").write_bytes(b"a")
    assert cli.main(["doctor", str(tmp_path)]) == OK
    said = capsys.readouterr().out
    assert "whole; the file is as the list says" in said


OURS = {
    "m-0.1.0.zim": zim_of(b"C/modules/m01.html"),
    "m-0.1.0.epub": epub_of({**EPUB, "EPUB/m01.xhtml": b"<p>Hello"}),
    "m-0.1.0.html": PAGE,
    "m-0.1.0-qti3.zip": zipped({"imsmanifest.xml": manifest_of(), "items/m01-i01.xml": b"<a/>"}),
}


def test_a_folder_of_files_that_no_list_names_is_looked_at_file_by_file(tmp_path: Path) -> None:
    for name, data in OURS.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "m-0.1.0-a4.pdf").write_bytes(PDF[:-9])
    foreign = {
        "a.docx": b"PK",
        "holiday.zip": zipped({"a.txt": b"a"})[:-9],
        "manual-2.0.0.pdf": PDF[:-9],
        "other.html": b"<p>Hello",
    }
    for name, data in foreign.items():
        (tmp_path / name).write_bytes(data)

    def states() -> dict[str, str]:
        return {re.split(r"/| > ", one.name)[-1]: one.state for one in diagnoses(tmp_path)}

    whole = {**dict.fromkeys(OURS, "whole"), "m-0.1.0.html": "not checked"}
    assert states() == {**whole, "m-0.1.0-a4.pdf": "not whole"}
    assert diagnoses(tmp_path)[0].beside == tuple(foreign)
    assert cli.main(["doctor", str(tmp_path)]) == PROBLEMS
    (tmp_path / "m-0.1.0-a4.pdf").unlink()
    assert cli.main(["doctor", str(tmp_path)]) == NOT_CHECKED
    # The same beside, and in, a copy of the course that has its list.
    pages = {"index.html": b"<p>Hello", "modules/m01.html": b"<p>Hello"}
    for root in (tmp_path / "course-0.1.0", tmp_path):
        for path, data in {**pages, LIST: sums_of(pages)}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        assert {**states(), **whole} == states()
        for name, data in OURS.items():
            (tmp_path / name).write_bytes(data[: len(data) // 2])
        cut = states()
        assert {cut[name] for name in OURS} == {"not whole"}
        assert "holiday.zip" not in cut
        for name, data in OURS.items():
            (tmp_path / name).write_bytes(data)


def test_a_channel_for_kolibri_is_looked_at_by_its_database(tmp_path: Path) -> None:
    stored = zipped({"_static/player.js": b"a"})
    name = hashlib.md5(stored, usedforsecurity=False).hexdigest()
    with closing(sqlite3.connect(":memory:")) as made:
        made.execute("CREATE TABLE content_localfile (id, extension, file_size)")
        made.execute("INSERT INTO content_localfile VALUES (?, 'zip', ?)", (name, len(stored)))
        made.commit()
        database = made.serialize()
    content = tmp_path / "KOLIBRI_DATA" / "content"
    app = content / "storage" / name[0] / name[1] / f"{name}.zip"
    known = content / "databases" / f"{name}.sqlite3"
    for path, data in ((app, stored), (known, database)):
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    for given in (tmp_path, tmp_path / "KOLIBRI_DATA", content):
        assert (only(given).state, only(given).faults) == ("not checked", [])

    def told() -> str:
        [fault] = only(tmp_path / "KOLIBRI_DATA").faults
        return fault.line()

    known.write_bytes(database[: len(database) // 2])
    assert "its database is cut off or damaged" in told()
    known.unlink()
    assert "its database is missing" in told()
    known.write_bytes(database)
    other = app.with_name(f"{name[:2]}{'0' * 30}.zip")
    app.rename(other)
    lines = [fault.line() for fault in only(tmp_path).faults]
    assert any("missing" in line and name in line for line in lines)
    other.rename(app)
    app.write_bytes(stored[:-1])
    assert "cut off or damaged" in told()
    app.write_bytes(zipped({"a.txt": b"a"}))  # the channel of somebody else
    assert all(one.checked == "" for one in diagnoses(tmp_path))


def test_packages_that_were_not_taken_along_are_no_damage(tmp_path: Path) -> None:
    files = {
        "epub/m-0.1.0.epub": OURS["m-0.1.0.epub"],
        "epub/README.txt": b"a",
        "pdf/m-0.1.0-a4.pdf": PDF,
        "pdf/README.txt": b"b",
    }
    own = {path.partition("/")[2]: data for path, data in files.items() if path.startswith("pdf/")}
    files["pdf/SHA256SUMS"] = sums_of(own)
    (tmp_path / "pdf").mkdir()
    (tmp_path / LIST).write_bytes(sums_of(files))
    (tmp_path / "pdf" / LIST).write_bytes(sums_of(own))
    for name, data in own.items():
        (tmp_path / "pdf" / name).write_bytes(data)
    diagnosis = only(tmp_path)
    assert diagnosis.whole, diagnosis.findings
    assert [one.line() for one in diagnosis.findings] == [
        "packages of the list that are not here: epub"
    ]
    assert diagnosis.listed == 3
    (tmp_path / "pdf" / "README.txt").unlink()
    alone = only(tmp_path / "pdf")
    assert alone.whole
    assert "not here" in alone.findings[0].line()
    (tmp_path / "pdf" / "m-0.1.0-a4.pdf").write_bytes(PDF[:-9])
    for given in (tmp_path, tmp_path / "pdf", tmp_path / "pdf" / "m-0.1.0-a4.pdf"):
        [fault] = only(given).faults
        assert "cut off" in fault.line()
        assert "somebody" not in fault.line()
        assert "unzip" not in fault.remedy


def test_the_first_page_by_itself_needs_its_folder(learners_copy: Path, tmp_path: Path) -> None:
    page = Path(shutil.copy(learners_copy / "index.html", tmp_path))
    [fault] = only(page).faults
    assert "without the folder that it was in" in fault.line()


# --- signed copies ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("key") / "mine"
    make_key(folder, "Regional Training Centre")
    return folder


@pytest.fixture(scope="module")
def signed(built: Path, key: Path) -> Path:
    """The folder of signed copies of the real course."""
    made, _ = sign_copies(built.parent, None, key=key, ask=str)
    return made.path


def test_signed_copies_are_verified_with_the_key_that_is_known(
    built: Path, signed: Path, key: Path, tmp_path: Path
) -> None:
    keys = read_public([key / "public-key.txt"])
    archive = next(signed.glob("*-for-trainers.zip"))
    for given in (signed, archive, next(signed.glob("web/*.zip")), signed / LIST):
        outcome = check(given, keys)
        assert outcome
        assert outcome.state == "whole", outcome
        assert outcome.key
        assert outcome.key.holder == "Regional Training Centre"
    # A package by itself, in its folder: its own list is signed too.
    folder = tmp_path / "alone" / "web"
    shutil.copytree(signed / "web", folder)
    for given in (folder, folder / "README.txt"):
        outcome = check(given, keys)
        assert outcome
        assert outcome.state == "whole", outcome
    shutil.rmtree(folder.parent)
    unknown, plain = check(archive, []), check(archive_of(built / "offline"), keys)
    assert unknown
    assert unknown.state == "unknown"
    assert plain
    assert plain.state == "unsigned"
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    [copy] = tmp_path.iterdir()
    page = copy / "modules" / "m01.html"
    page.write_bytes(page.read_bytes() + b"<p>More")
    outcome = check(copy, keys)
    assert outcome
    assert outcome.state == "changed"
    # Whoever changes the list as well has no key to sign it.
    files = {p.relative_to(copy).as_posix(): p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    (copy / LIST).write_bytes(
        sums_of({path: data for path, data in files.items() if path not in (LIST, SIGNATURE)})
    )
    outcome = check(copy, keys)
    assert outcome
    assert outcome.state == "changed"
    assert "not the one that was signed" in outcome.changed[0]


def test_signing_gives_the_same_bytes_and_leaves_the_build_as_it_is(
    built: Path, signed: Path, key: Path
) -> None:
    before = {path: path.read_bytes() for path in signed.rglob("*") if path.is_file()}
    made, _ = sign_copies(built.parent, None, key=key, ask=str)
    assert made.path == signed
    assert {path: path.read_bytes() for path in signed.rglob("*") if path.is_file()} == before
    done = course(built.parent, "build", "--without-kit")
    assert "Nothing has changed" in done.stdout


def test_what_was_changed_since_it_was_made_is_not_signed(built_course: Path, key: Path) -> None:
    archive = archive_of(built_course / "_build" / "offline")
    archive.write_bytes(archive.read_bytes() + b"x")
    with pytest.raises(BuildError, match="offline was changed since it was made; build it again"):
        sign_copies(built_course, None, key=key, ask=str)
    assert not (built_course / "_build" / "signed").exists()
    shutil.rmtree(built_course / "_build")
    with pytest.raises(BuildError, match="nothing is built"):
        sign_copies(built_course, None, key=key, ask=str)


def test_verify_says_what_an_unsigned_copy_proves(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    done = COMMANDS.run(["verify", str(archive_of(built / "offline"))], folder=tmp_path)
    assert done.returncode == 1
    assert "as its own list says, but nobody has signed that list" in done.stdout
    assert "not what somebody changed on purpose" in done.stdout
    assert "ask whoever gave it to you, or compare it" in done.stdout


def test_verify_says_what_to_do_with_a_file_taken_out_of_the_signed_folder(
    signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = Path(shutil.copy(signed / "web" / "README.txt", tmp_path))
    assert cli.main(["verify", str(alone)]) == 1
    assert "put SHA256SUMS and SHA256SUMS.sig of that folder beside it" in capsys.readouterr().out
    for name in (LIST, SIGNATURE):
        shutil.copy(signed / "web" / name, tmp_path)
    key = ["--key", str(signed / "public-key.txt")]
    assert cli.main(["verify", *key, str(alone)]) == 0
    assert SAID["whole"] in capsys.readouterr().out
    (tmp_path / "m-0.1.0.zim").write_bytes(OURS["m-0.1.0.zim"])
    assert cli.main(["verify", *key, str(tmp_path)]) == 1
    assert "m-0.1.0.zim, so nobody signed it" in capsys.readouterr().out
