"""What counts for whether a build is up to date, and what is kept by what it was made from."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from imlcourse.book.cache import Cache, key_of
from imlcourse.build.freshness import (
    STATE,
    current_places,
    fingerprint,
    hashes_of,
    input_files,
    is_current,
    made_files,
    products_of,
    program_mark,
    read_state,
)

unix = pytest.mark.skipif(os.name == "nt", reason="links and pipes as Unix has them")


def write(root: Path, *files: tuple[str, str]) -> Path:
    for name, text in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with a file of each kind that a build reads."""
    return write(
        tmp_path / "course",
        ("_config.yml", "title: x\n"),
        ("pyproject.toml", "[project]\n"),
        ("book/index.md", "# One\n"),
        ("book/images/a.webp", "picture"),
        ("modules/m01/module.md", "text"),
        ("quizzes/m01.yml", "module: m01\n"),
        ("scripts/requirements/build.txt", "sphinx\n"),
    )


# --- the sources --------------------------------------------------------------------------------


def test_the_files_that_count_come_in_a_fixed_order(sources: Path) -> None:
    write(sources, ("book/b.md", ""), ("book/a.md", ""), ("README.md", ""), ("tests/test.py", ""))
    assert [name for name, _ in input_files(sources)] == [
        "_config.yml",
        "book/a.md",
        "book/b.md",
        "book/images/a.webp",
        "book/index.md",
        "modules/m01/module.md",
        "quizzes/m01.yml",
        "scripts/requirements/build.txt",
        "pyproject.toml",
    ]
    assert all(Path(path) == sources / name for name, path in input_files(sources))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file has other words": lambda root: write(root, ("book/index.md", "# Two\n")),
    "a file has one sign more": lambda root: write(root, ("book/index.md", "# One\n\n")),
    "a file comes": lambda root: write(root, ("book/more.md", "")),
    "a file goes": lambda root: (root / "quizzes/m01.yml").unlink(),
    "a folder goes": lambda root: shutil.rmtree(root / "modules"),
    "a file is called otherwise": lambda root: (root / "book/index.md").rename(root / "book/in.md"),
    "a file lies elsewhere": lambda root: (root / "book/index.md").rename(
        root / "modules/index.md"
    ),
    "the settings change": lambda root: write(root, ("_config.yml", "title: y\n")),
    "a lock changes": lambda root: write(root, ("scripts/requirements/build.txt", "sphinx 2\n")),
    "the project changes": lambda root: write(root, ("pyproject.toml", "[tool]\n")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_build_depends_on_changes_its_mark(sources: Path, change: str) -> None:
    before = fingerprint(sources, None)
    assert fingerprint(sources, None) == before
    CHANGES[change](sources)
    assert fingerprint(sources, None) != before


def test_words_that_move_from_one_file_to_the_next_are_another_course(sources: Path) -> None:
    write(sources, ("book/a.md", "one two"), ("book/b.md", "three"))
    before = fingerprint(sources, None)
    write(sources, ("book/a.md", "one"), ("book/b.md", " twothree"))
    assert fingerprint(sources, None) != before


@pytest.mark.parametrize(
    "name",
    ["README.md", "tests/test.py", "scripts/build.py", "book/__pycache__/a.pyc",
     "modules/m01/.ipynb_checkpoints/module.md", "book/.#index.md", "quizzes/~$m01.yml"],
)  # fmt: skip
def test_what_no_build_reads_changes_nothing(sources: Path, name: str) -> None:
    before = fingerprint(sources, None)
    write(sources, (name, "words"))
    assert fingerprint(sources, None) == before


def test_the_document_and_the_file_of_an_office_count_each_as_what_it_is(
    sources: Path, tmp_path: Path
) -> None:
    given = write(tmp_path, ("given.txt", "words")) / "given.txt"
    marks = {
        fingerprint(sources, None),
        fingerprint(sources, given),
        fingerprint(sources, None, given),
        fingerprint(sources, given, given),
    }
    assert len(marks) == 4
    write(tmp_path, ("given.txt", "other words"))
    assert fingerprint(sources, given) not in marks
    assert fingerprint(sources, None, given) not in marks


@unix
def test_a_link_to_a_folder_is_followed_and_one_that_leads_back_up_is_not(
    sources: Path, tmp_path: Path
) -> None:
    write(tmp_path, ("elsewhere/more.md", "words"))
    (sources / "book/more").symlink_to(tmp_path / "elsewhere")
    (sources / "book/images/up").symlink_to(sources / "book")
    (sources / "book/nowhere").symlink_to(tmp_path / "nothing")
    # The same folder twice, one beside the other, is no circle.
    (sources / "book/once-more").symlink_to(tmp_path / "elsewhere")
    names = [name for name, _ in input_files(sources) if name.startswith("book/")]
    assert names == ["book/images/a.webp", "book/index.md", "book/more/more.md",
                     "book/once-more/more.md"]  # fmt: skip


@unix
def test_a_pipe_is_not_waited_for(sources: Path) -> None:
    os.mkfifo(sources / "book/pipe")
    (sources / "_config.yml").unlink()
    os.mkfifo(sources / "_config.yml")
    names = [name for name, _ in input_files(sources)]
    assert "book/pipe" not in names
    assert "_config.yml" not in names
    assert fingerprint(sources, None)


# --- the program --------------------------------------------------------------------------------


def mark_with(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> str:
    monkeypatch.setattr(sys, "path", [str(folder) for folder in folders])
    return program_mark.__wrapped__()


@pytest.mark.parametrize("place", ["site-packages", "dist-packages"])
@pytest.mark.parametrize("kind", ["dist-info", "egg-info"])
def test_a_package_that_is_installed_in_another_version_is_another_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str, kind: str
) -> None:
    folder = tmp_path / place
    write(folder, (f"sphinx-8.{kind}/METADATA", ""), ("sphinx/__init__.py", ""))
    first = mark_with(monkeypatch, folder)
    assert mark_with(monkeypatch, folder) == first
    # What it is made of is told by its version; and what is no package's folder tells of none.
    write(folder, ("sphinx/more.py", ""))
    write(tmp_path, (f"other/x-1.{kind}/METADATA", ""))
    missing = tmp_path / "missing" / place
    assert mark_with(monkeypatch, folder, tmp_path / "other", missing) == first
    (folder / f"sphinx-8.{kind}").rename(folder / f"sphinx-9.{kind}")
    assert mark_with(monkeypatch, folder) != first


def test_another_python_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    first = mark_with(monkeypatch)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    second = mark_with(monkeypatch)
    assert second != first
    monkeypatch.setattr(sys, "version_info", (3, 99, 1, "final", 0))
    assert mark_with(monkeypatch) != second


def test_the_programs_own_files_are_the_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = write(tmp_path / "imlcourse", ("a.py", "x = 1"), ("__pycache__/a.pyc", "1"))
    monkeypatch.setattr("imlcourse.build.freshness._PACKAGE", package)
    first = mark_with(monkeypatch)
    write(package, ("__pycache__/a.pyc", "2"))
    assert mark_with(monkeypatch) == first
    write(package, ("a.py", "x = 2"))
    assert mark_with(monkeypatch) != first


def test_a_course_that_another_program_built_is_not_up_to_date(
    monkeypatch: pytest.MonkeyPatch, sources: Path
) -> None:
    first = fingerprint(sources, None)
    monkeypatch.setattr("imlcourse.build.freshness.program_mark", lambda: "another")
    assert fingerprint(sources, None) != first


# --- what stands in the build folder ------------------------------------------------------------


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A build folder with two places, made from “m”, and the record of it."""
    build = write(
        tmp_path / "_build",
        ("book/index.html", "<p>"),
        ("book/deep/a.html", "<b>"),
        ("notebooks/m01.ipynb", "{}"),
    )
    places = ["book", "notebooks"]
    return record(build, fingerprint="m", places=places, products=places,
                  marks=dict.fromkeys(places, "m"), made=made_files(build, places))  # fmt: skip


def record(build: Path, **state: object) -> Path:
    return write(build, (STATE, json.dumps(state)))


def test_what_is_made_is_told_by_name_and_content(made: Path) -> None:
    files = made_files(made, ["notebooks", "book", "missing"])
    assert list(files) == ["book/deep/a.html", "book/index.html", "notebooks/m01.ipynb"]
    assert len(set(files.values())) == 3
    assert all(len(digest) == 64 for digest in files.values())


def test_what_is_told_before_it_is_written_is_what_is_found(tmp_path: Path) -> None:
    files = {"index.html": b"1", ".nojekyll": b"", "deep/~$a.html": b"2", "deep/.x/b.html": b"3",
             "deep/a.html": b"4", "__pycache__/c.pyc": b"5"}  # fmt: skip
    for path, content in files.items():
        (tmp_path / "book" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "book" / path).write_bytes(content)
    told = hashes_of({"book": files})
    assert told == made_files(tmp_path, ["book"])
    assert list(told) == ["book/index.html", "book/deep/a.html"]


@unix
def test_a_name_that_is_not_utf_8_can_be_recorded(made: Path) -> None:
    name = os.fsencode(made / "book") + b"/caf\xe9.html"
    Path(os.fsdecode(name)).write_text("x", encoding="utf-8")
    assert r"book/caf\xe9.html" in made_files(made, ["book"])


def test_a_build_that_stands_as_it_was_recorded_is_up_to_date(made: Path) -> None:
    assert is_current(made, "m")
    assert current_places(made, "m") == {"book", "notebooks"}
    assert products_of(made) == ["book", "notebooks"]


def unreadable(made: Path) -> None:
    (made / "book").rename(made / "away")
    (made / "book").symlink_to(made / "book")


SPOILT: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a file has other words": (
        lambda made: write(made, ("book/index.html", "<i>")), {"notebooks"}),
    "a file is missing": (lambda made: (made / "book/deep/a.html").unlink(), {"notebooks"}),
    "a file too many": (lambda made: write(made, ("notebooks/more", "")), {"book"}),
    "a place is missing": (lambda made: shutil.rmtree(made / "notebooks"), {"book"}),
    "a place cannot be read": (unreadable, {"notebooks"}),
    "the record is missing": (lambda made: (made / STATE).unlink(), set()),
    "the record is cut short": (lambda made: write(made, (STATE, '{"fingerprint": "m"')), set()),
    "the record is a list": (lambda made: write(made, (STATE, '["fingerprint"]')), set()),
    "the record is not UTF-8": (lambda made: (made / STATE).write_bytes(b'"\xe9"'), set()),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_build_that_does_not_stand_as_it_was_recorded_is_not_up_to_date(
    made: Path, what: str
) -> None:
    if what == "a place cannot be read" and os.name == "nt":
        pytest.skip("links as Unix has them")
    spoil, stand = SPOILT[what]
    spoil(made)
    assert not is_current(made, "m")
    assert current_places(made, "m") == stand


def test_a_build_from_other_sources_is_not_up_to_date(made: Path) -> None:
    assert not is_current(made, "n")
    assert current_places(made, "n") == set()
    state = read_state(made)
    record(made, **{**state, "marks": {"book": "n", "notebooks": "m"}})
    assert current_places(made, "m") == {"notebooks"}
    assert current_places(made, "n") == {"book"}


def test_a_place_whose_name_begins_as_another_is_another(made: Path) -> None:
    write(made, ("book-src/a", ""))
    state = read_state(made)
    places = ["book", "book-src", "notebooks"]
    record(made, **{**state, "marks": dict.fromkeys(places, "m"),
                    "made": made_files(made, places)})  # fmt: skip
    assert current_places(made, "m") == set(places)
    write(made, ("book-src/a", "x"))
    assert current_places(made, "m") == {"book", "notebooks"}


@pytest.mark.parametrize(
    "state",
    [{}, {"fingerprint": "m"}, {"fingerprint": "m", "places": "book", "made": {}},
     {"fingerprint": "m", "places": None, "made": {}}, {"marks": [], "made": {}},
     {"marks": {"book": "m"}, "made": []}, {"products": "book"}, {"products": None}],
    ids=str,
)  # fmt: skip
def test_a_record_that_makes_no_sense_says_nothing(made: Path, state: dict[str, object]) -> None:
    record(made, **state)
    assert not is_current(made, "m")
    assert current_places(made, "m") == set()
    assert products_of(made) == []


# --- what is kept -------------------------------------------------------------------------------


def test_a_key_is_another_one_as_soon_as_one_part_differs() -> None:
    parts = [(), ("",), ("", ""), ("ab", "c"), ("a", "bc"), ("abc",), ("c", "ab"), ("a", "bc", "")]
    keys = [key_of(*some) for some in parts]
    assert len(set(keys)) == len(parts)
    assert all(len(key) == 40 and int(key, 16) for key in keys)
    assert key_of("é") == key_of("é".encode())
    assert key_of("\udce9")  # of a file name that is not UTF-8


def test_what_is_kept_is_there_for_the_next_one_when_it_is_committed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    first = Cache(folder, "program")
    key = first.key("page", "words")
    assert first.get(key) is None
    assert first.put(key, b"made") == b"made"
    assert first.get(key) == b"made"
    assert not folder.exists()
    assert Cache(folder, "program").get(key) is None
    first.commit()
    assert [path.name for path in folder.iterdir()] == [key]
    assert Cache(folder, "program").get(key) == b"made"


def test_a_key_is_of_its_kind_its_parts_and_its_program(tmp_path: Path) -> None:
    cache, newer = Cache(tmp_path, "program"), Cache(tmp_path, "newer program")
    keys = {
        cache.key("page", "a"),
        cache.key("page", "b"),
        cache.key("page", "a", "b"),
        cache.key("sheet", "a"),
        newer.key("page", "a"),
    }
    assert len(keys) == 5
    assert cache.key("page", "a") == Cache(tmp_path / "other", "program").key("page", "a")


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 31, b"\0" * 32, b"\0" * 40, b"made"], ids=lambda data: str(len(data))
)
def test_what_is_not_whole_is_not_used(tmp_path: Path, data: bytes) -> None:
    cache = Cache(tmp_path, "program")
    cache.put("key", b"made")
    cache.commit()
    whole = (tmp_path / "key").read_bytes()
    for spoilt in (data, whole[:-1], whole + b"x", whole[1:], whole[:-1] + b"E"):
        (tmp_path / "key").write_bytes(spoilt)
        assert Cache(tmp_path, "program").get("key") is None
    (tmp_path / "key").write_bytes(whole)
    assert Cache(tmp_path, "program").get("key") == b"made"


def test_nothing_may_be_kept_as_well_as_something(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "program")
    cache.put("key", b"")
    cache.commit()
    assert Cache(tmp_path, "program").get("key") == b""


def test_a_build_anew_uses_nothing_and_keeps_what_it_makes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "program")
    cache.put("key", b"old")
    cache.commit()
    anew = Cache(tmp_path, "program")
    anew.forget()
    assert anew.get("key") is None
    anew.put("key", b"new")
    assert anew.get("key") == b"new"
    anew.commit()
    assert Cache(tmp_path, "program").get("key") == b"new"


def test_what_nobody_used_since_the_last_time_is_swept(tmp_path: Path) -> None:
    first = Cache(tmp_path, "program")
    for key in ("asked", "said", "unused"):
        first.put(key, b"made")
    first.commit()
    second = Cache(tmp_path, "program")
    second.get("asked")
    second.use("said")
    second.put("new", b"made")
    second.commit()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["asked", "new", "said"]
    # One that lives on counts what was used since.
    second.get("asked")
    second.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["asked"]


def test_whoever_makes_a_part_sweeps_nothing(tmp_path: Path) -> None:
    first = Cache(tmp_path, "program")
    first.put("others", b"made")
    first.commit()
    part = Cache(tmp_path, "program")
    part.put("own", b"made")
    part.commit(sweep=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["others", "own"]


def test_to_commit_nothing_makes_no_folder(tmp_path: Path) -> None:
    Cache(tmp_path / "cache", "program").commit()
    assert not (tmp_path / "cache").exists()


def test_what_was_written_once_is_not_written_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "program")
    cache.put("key", b"made")
    cache.commit()
    os.utime(tmp_path / "key", (1, 1))
    cache.get("key")
    cache.commit()
    assert (tmp_path / "key").stat().st_mtime == 1
