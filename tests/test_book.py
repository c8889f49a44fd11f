"""The book: our build, plain Jupyter Book and the preview give the same pages, again and again."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from conftest import COMMANDS
from imlcourse.book.search_index import read_index
from imlcourse.build.build import build
from imlcourse.cli import parser_of
from imlcourse.notebooks.valid import check_notebook, form_of
from imlcourse.preview.preview import Preview
from imlcourse.products.packages import PACKAGES
from plain_yaml import load_yaml
from small_course import ROOT

SPHINX_ALONE = (".buildinfo", ".buildinfo.bak", "objects.inv", "searchindex.js")
MODULE = "modules/m01-who-answers/module.md"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in SPHINX_ALONE
    }


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody types it whose environment is active."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command, shell=True, cwd=folder, env={**os.environ, "PATH": path},
        capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip


def documented_in_the_configuration() -> str:
    text = (ROOT / "_config.yml").read_text(encoding="utf-8")
    (command,) = re.findall(r"^#\s+(jupyter-book build .*)$", text, re.M)
    return str(command)


def test_plain_jupyter_book_as_documented_gives_our_pages_before_and_after_edits(
    built_course: Path,
) -> None:
    program, *words = shlex.split(documented_in_the_configuration())
    (typed,) = entry_points(group="console_scripts", name=program)
    assert typed.value == "jupyter_book.cli.main:main"
    assert (Path(sys.executable).parent / program).exists()

    def both(*more: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
        build(built_course)
        # Not typed, but begun where its modules are imported.
        done = COMMANDS.run([*words, *more], "jupyter_book", built_course)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WARNING" not in done.stdout + done.stderr
        made = built_course / "_build"
        return files(made / "book"), files(made / "html")

    ours, plain = both()
    assert list(ours) == list(plain)
    assert [name for name in ours if ours[name] != plain[name]] == []
    assert BeautifulSoup(plain["modules/m01.html"], "lxml").select('[data-iml-quiz="m01-s1"]')
    # One page changes: what the others gave to the search and to the tests stays.
    change(built_course / "book" / "for-learners.md", "Read ", "Begin with ")
    again, plain = both("-W", "--keep-going")
    assert [name for name in again if again[name] != plain.get(name)] == []
    assert list(again) == list(plain) == list(ours)
    # A title changes, which all pages show.
    change(built_course / "book" / "for-learners.md", "# For learners", "# For *you*")
    # And a page goes.
    change(built_course / "book" / "_toc.yml", "      - file: aid-first-hour\n", "")
    change(built_course / "book" / "situations.yml", "    aid: aid-first-hour\n", "")
    (built_course / "book" / "aid-first-hour.md").unlink()
    ours, plain = both()
    assert [name for name in ours if ours[name] != plain.get(name)] == []
    assert b"For <em>you</em>" in ours["glossary.html"]


def test_a_second_preview_keeps_the_search_and_every_test(small_course: Path) -> None:
    first = Preview(small_course)
    assert first.update(), first.problems
    change(small_course / MODULE, "A family waits.", "A family has waited since dawn.")
    second = Preview(small_course)
    assert second.update(), second.problems
    build(small_course)
    assert files(second.pages) == files(small_course / "_build" / "book")
    sealed = [name for name in files(second.pages) if "sealed" in name]
    assert sealed
    index = read_index((second.pages / "search-index.js").read_text(encoding="utf-8"))
    found = {one.address.partition("#")[0] for one in index}
    assert {"for-learners.html", "modules/m01.html", "glossary.html"} <= found


def test_a_preview_that_goes_on_gives_the_pages_of_a_build(small_course: Path) -> None:
    preview = Preview(small_course)
    for old, new in (("family waits", "family hopes"), ("# Who has", "# Who holds")):
        assert preview.update(), preview.problems
        change(small_course / MODULE, old, new)
    change(small_course / "book" / "glossary.yml", "Protection that help", "Shelter that help")
    assert preview.update(), preview.problems
    build(small_course)
    assert files(preview.pages) == files(small_course / "_build" / "book")


def test_a_link_that_shows_another_pages_title_follows_it(built_course: Path) -> None:
    page = built_course / "book" / "for-learners.md"
    page.write_text(page.read_text("utf-8") + "\nSee [](index.md).\n", encoding="utf-8")
    build(built_course)
    change(built_course / "book" / "index.md", "# A small course", "# A renamed course")
    build(built_course)
    assert "A renamed course</span></a>" in (
        built_course / "_build" / "book" / "for-learners.html"
    ).read_text("utf-8")


def test_a_notebook_that_jupyter_would_refuse_stops_the_build() -> None:
    whole = json.dumps(
        {
            "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["One.\n"]}],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    check_notebook(whole)
    cell = whole[whole.index("[{") + 1 : whole.index("]}]") + 2]
    # Another word, another line or one cell more is no new form; a cell without its id is, and so
    # is an id that stands twice.
    another = cell.replace('"a"', '"b"')
    assert form_of(whole) == form_of(whole.replace('"One.\\n"', '"Two.\\n", "Three."'))
    assert form_of(whole) == form_of(whole.replace(cell, f"{cell}, {another}"))
    assert form_of(whole) != form_of(whole.replace(cell, f"{cell}, {cell}"))
    assert form_of(whole) != form_of(whole.replace('"id": "a"', '"id": "a b"'))
    spoilt = whole.replace('"id": "a", ', "")
    assert form_of(spoilt) != form_of(whole)
    with pytest.raises(nbformat.ValidationError):
        check_notebook(spoilt.replace('"metadata": {}, "source"', '"source"'))


def test_notebooks_are_written_as_nbformat_writes_them(built_course: Path) -> None:
    notebooks = list((built_course / "_build" / "notebooks").glob("*.ipynb"))
    assert len(notebooks) == 2
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        assert nbformat.writes(notebook, version=4) + "\n" == text


DOCUMENTED = sorted(
    {
        command.strip()
        for name in ("README.md", "CONTRIBUTING.md")
        for text in [(ROOT / name).read_text(encoding="utf-8")]
        for command in (
            *re.findall(r"`(course [^`]+)`", text),
            *re.findall(r"^(?:\.venv/bin/)?(course [^#\n]*)", text, re.M),
        )
    }
)


@pytest.mark.parametrize("command", DOCUMENTED)
def test_a_documented_command_is_understood(command: str, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.touch()
    words = shlex.split(command)[1:]
    named = PACKAGES[0].name if "package" in words else "book"
    words = [
        {"FILE": str(file), "LIST": str(file), "NAME": named}.get(word, word) for word in words
    ]
    assert parser_of().parse_args(words).run


def test_a_documented_command_runs_as_it_is_written(small_course: Path) -> None:
    assert "course check" in DOCUMENTED
    done = run("course check", small_course)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["course check --items", "course build"])
def test_a_documented_command_runs_in_the_folder_of_a_course(
    built_course: Path, command: str
) -> None:
    assert command in DOCUMENTED
    change(built_course / MODULE, "A family waits.", "A family hopes.")
    done = COMMANDS.run(shlex.split(command)[1:], folder=built_course)
    assert done.returncode == 0, done.stderr


def test_the_sources_hold_their_contents_where_jupyter_book_looks_for_them(
    built_course: Path,
) -> None:
    toc = built_course / "_build" / "book-src" / "_toc.yml"
    assert load_yaml(toc.read_text("utf-8"))["root"] == "index"
