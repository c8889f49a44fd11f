"""Building: all or nothing, the same bytes each time, quick when nothing has changed."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from lxml.html import document_fromstring

from conftest import course
from imlcourse.book.sources import book_sources
from imlcourse.build.build import build
from imlcourse.cli import main
from imlcourse.document.reader import Document
from imlcourse.version import __version__
from plain_yaml import load_yaml
from real_course import real_course
from small_course import ROOT

BANK = "quizzes/m01.yml"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_build_names_what_it_made_how_large_and_how_to_open_it(built_course: Path) -> None:
    (built_course / "_build" / ".state.json").unlink()
    done = course(built_course, "build")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # piped: no progress
    for made in ("book/index.html", "notebooks", "index.html", ".zip"):
        assert made in done.stdout
    assert re.search(r"\(\d+ KB\)", done.stdout)


def test_another_process_makes_the_same_sources_of_the_same_course(built: Path) -> None:
    """And of them the same bytes: see `test_slices`."""
    made = {name: text.encode() for name, text in book_sources(real_course()).items()}
    there = files(built / "book-src")
    assert [name for name in made if made[name] != there.get(name)] == []


def test_a_second_build_says_that_nothing_changed_and_does_not_load_sphinx(
    built_course: Path,
) -> None:
    before = {p: p.stat().st_mtime_ns for p in (built_course / "_build").rglob("*")}
    code = (
        "import sys; from imlcourse.cli import main; "
        f"code = main(['--course', {str(built_course)!r}, 'build']); "
        "print(sorted({'sphinx', 'pydantic', 'rapidfuzz'} & sys.modules.keys())); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0
    assert "Nothing has changed" in done.stdout
    assert done.stdout.endswith("[]\n")
    assert {p: p.stat().st_mtime_ns for p in (built_course / "_build").rglob("*")} == before


@pytest.mark.parametrize("spoilt", ["missing", "changed", "state"])
def test_a_build_with_something_missing_is_made_anew(
    built_course: Path, spoilt: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--course", str(built_course), "build"]
    assert main(words) == 0
    assert "Nothing has changed" in capsys.readouterr().out
    page = built_course / "_build" / "book" / "index.html"
    if spoilt == "missing":
        page.unlink()
    elif spoilt == "changed":
        page.write_text("x", encoding="utf-8")
    else:
        (built_course / "_build" / ".state.json").write_text("{", encoding="utf-8")
    assert main(words) == 0
    assert "Built:" in capsys.readouterr().out
    assert "A small course" in page.read_text(encoding="utf-8")


def test_nothing_is_built_from_a_course_with_problems_and_what_was_there_stays(
    built_course: Path,
) -> None:
    before = files(built_course / "_build")
    bank = built_course / BANK
    bank.write_text(bank.read_text(encoding="utf-8").replace("key: true", "key: 3"), "utf-8")
    done = course(built_course, "build")
    assert done.returncode == 1
    assert "quizzes/m01.yml:" in done.stderr
    assert files(built_course / "_build") == before


def test_a_build_that_sphinx_cannot_finish_leaves_what_was_there(built_course: Path) -> None:
    before = files(built_course / "_build")
    config = built_course / "_config.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("html_theme: basic", "html_theme: none"), "utf-8"
    )
    done = course(built_course, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert files(built_course / "_build") == before


def test_the_zip_holds_the_folder_and_nothing_of_this_machine(built: Path) -> None:
    (archive,) = (built / "offline").glob("*.zip")
    (folder,) = (path for path in (built / "offline").iterdir() if path.is_dir())
    with zipfile.ZipFile(archive) as zipped:
        assert {name: zipped.read(name) for name in zipped.namelist()} == {
            f"{folder.name}/{name}": data for name, data in files(folder).items()
        }
    assert archive.stat().st_size < 1_500_000  # goes by e-mail
    here = str(built.parent).encode()
    assert [name for name, data in files(folder).items() if here in data] == []


def test_the_notebooks_are_valid_and_complete_without_a_kernel(built: Path) -> None:
    import nbformat

    notebook = nbformat.read(built / "notebooks" / "m06.ipynb", as_version=4)
    nbformat.validate(notebook)
    quizzes = [cell for cell in notebook.cells if cell.source.startswith("quiz(")]
    assert [cell.source for cell in quizzes] == [
        'quiz("m06-i52")',
        *(f'quiz("m06-s{n}")' for n in range(1, 6)),
        'quiz("m06-quiz")',
    ]
    for cell in quizzes:
        html = cell.outputs[0].data["text/html"]
        told = "data-iml-sealed=" if "m06-quiz" in cell.source else '<details class="iml-answer"'
        assert html.count("data-iml-item=") == html.count(told) > 0
        # Of a test, the answers are sealed, and so is the evidence in them.
        assert ("iml-evidence" in html) is ("m06-quiz" not in cell.source)
        assert "<script" not in html
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_editing_one_section_leaves_the_other_cells_and_their_ids(built_course: Path) -> None:
    import nbformat

    def cells() -> dict[str, str]:
        notebook = nbformat.read(built_course / "_build" / "notebooks" / "m01.ipynb", as_version=4)
        return {cell.id: cell.source for cell in notebook.cells}

    before = cells()
    module = built_course / "modules" / "m01-who-answers" / "module.md"
    text = module.read_text(encoding="utf-8").replace("IOM says so itself", "IOM says it itself")
    module.write_text(text, encoding="utf-8")
    build(built_course)
    after = cells()
    assert list(before) == list(after)
    assert [key for key in before if before[key] != after[key]] == ["m01-s1"]


def test_with_the_document_the_guide_shows_each_units_own_text(
    built_course: Path, document_path: Path
) -> None:
    build(built_course, document_path)
    guide = (built_course / "_build" / "book" / "paragraph-guide.html").read_text("utf-8")
    assert len(BeautifulSoup(guide, "html.parser").select(".iml-own-text")) == 91
    assert "While there is no simple definition of protection" in guide
    (archive,) = (built_course / "_build" / "offline").glob("*.zip")
    assert "with-document" in archive.name


def runs_of(said: list[str], length: int) -> Iterator[str]:
    """Give each run of so many words."""
    return (" ".join(said[i : i + length]) for i in range(len(said) - length + 1))


def test_without_the_document_no_page_holds_its_text(built: Path, document: Document) -> None:
    """Longer than any quotation may be, 25 words; in the guide not even 12 words in a row."""
    from imlcourse.document.words import words

    units = [words(unit.text) for unit in document.units.values()]
    short, long = ({run for said in units for run in runs_of(said, length)} for length in (12, 26))
    guide = words((built / "book-src" / "paragraph-guide.md").read_text("utf-8"))
    assert short.intersection(runs_of(guide, 12)) == set()
    pages = sorted((built / "book").rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        page = document_fromstring(path.read_bytes())
        etree.strip_elements(page, "script", "style", etree.Comment, with_tail=False)
        # Two quotations in a list stand apart; so do two paragraphs.
        for block in page.iter("p", "li", "dd", "dt", "td", "div"):
            block.text = f"parted {block.text or ''}"
        said = words(" ".join(page.itertext()))
        assert long.intersection(runs_of(said, 26)) == set(), path


def test_another_document_is_refused(small_course: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Madam", encoding="utf-8")
    done = course(small_course, "build", "--document", str(letter))
    assert done.returncode == 1
    assert "letter.txt" in done.stderr
    assert not (small_course / "_build" / "book").exists()


def test_a_document_with_one_word_changed_is_refused(
    small_course: Path, tmp_path: Path, document_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    text = document_path.read_text(encoding="utf-8")
    other.write_text(text.replace("does not have a legal", "does not own a legal"), "utf-8")
    assert main(["--course", str(small_course), "check", "--document", str(other)]) == 1
    assert "unit 9 differs" in capsys.readouterr().err


def test_the_schema_in_the_project_is_that_of_the_item_types() -> None:
    from imlcourse.course.bank import item_schema

    schema = ROOT / "quizzes" / "items.schema.json"
    assert schema.read_text(encoding="utf-8") == item_schema(), "run: course schema"


def test_the_banks_of_the_project_fit_the_schema() -> None:
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "quizzes" / "items.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for bank in (ROOT / "quizzes").glob("m*.yml"):
        data = load_yaml(bank.read_text(encoding="utf-8"))
        for item in data["items"]:
            if item["type"] == "truefalse":  # JSON has no names but texts
                item["feedback"] = {str(k).lower(): v for k, v in item["feedback"].items()}
        errors = list(Draft202012Validator(schema).iter_errors(data))
        assert errors == []


@pytest.mark.parametrize("command", [[], ["build"], ["check"], ["serve"], ["index"], ["schema"]])
def test_every_command_explains_itself(small_course: Path, command: list[str]) -> None:
    done = course(small_course, *command, "--help")
    assert done.returncode == 0
    assert "usage: course" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["bild"],
        ["build", "--nothing"],
        ["build", "--document", "no-such-file"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "²"],
        [],
    ],
)
def test_what_is_not_understood_is_exit_code_2(small_course: Path, words: list[str]) -> None:
    assert course(small_course, *words).returncode == 2


def test_the_program_says_its_version(small_course: Path) -> None:
    done = course(small_course, "--version")
    assert (done.returncode, done.stdout) == (0, f"course {__version__}\n")


def test_a_folder_without_a_course_is_exit_code_2(tmp_path: Path) -> None:
    done = course(tmp_path, "check")
    assert done.returncode == 2
    assert "is no course" in done.stderr


def test_what_has_a_page_of_its_own_in_the_book_stands_in_the_notebook(built: Path) -> None:
    import nbformat

    notebook = nbformat.read(built / "notebooks" / "capstone.ipynb", as_version=4)
    cells = {cell.id: cell for cell in notebook.cells}
    dossier, sheet = cells["capstone-orvela-dossier"], cells["capstone-note-read"]
    assert "Paper 1. Border post Stone Bridge" in dossier.source
    assert "The rubric" in sheet.source
    assert "…" in cells["capstone-note-write"].source
    page = BeautifulSoup((built / "book" / "modules" / "capstone.html").read_bytes(), "html.parser")
    links = {str(told.select("a")[0]["href"]) for told in page.select(".iml-to-page")}
    assert links == {"../orvela-dossier.html", "../capstone-note.html"}
    assert "Paper 1. Border post" not in page.get_text()
    for name, words in (("orvela-dossier", "Paper 1. Border post"), ("capstone-note", "rubric")):
        own = (built / "book" / f"{name}.html").read_text("utf-8")
        assert words in BeautifulSoup(own, "html.parser").get_text()


def test_the_final_test_holds_nothing_that_it_could_not_draw(built: Path) -> None:
    final = (built / "book" / "final-test.html").read_bytes()
    asked = {
        item.get("data-iml-item", "").split("-")[0]
        for item in document_fromstring(final).iterfind(".//*[@data-iml-item]")
    }
    tests = real_course().tests
    assert tests is not None
    assert asked == {cell.module for cell in tests.final.blueprint}


def test_the_readme_counts_as_the_course_does() -> None:
    whole = real_course()
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"They ask {len(list(whole.items))} questions." in readme
    assert f"a glossary of {len(whole.glossary)} terms" in readme
