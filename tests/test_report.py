"""``course report``: a page and a workbook for the trainer, with no name in them."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from accessibility import violations
from engine import Engine
from imlcourse.build.report import write_report
from imlcourse.course.model import Course
from imlcourse.results.errors import ReportError
from learners import NAMES, Group, account
from real_course import real_course
from small_course import ROOT

pytest.importorskip("scipy", reason="SciPy is not installed (kit.in)")
openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (kit.in)")


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def files(engine: Engine, course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty records with the learners’ names in them and in the names of the files."""
    folder = tmp_path_factory.mktemp("records")
    group = Group(engine, course)
    for number, name in enumerate(NAMES):
        text = json.dumps(group.record(number, same=number < 14), ensure_ascii=False)
        (folder / f"{name.split()[0].lower()}.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(files: Path, course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    begun = time.process_time()
    write_report(course, [files], folder, folder / "names.csv")
    assert time.process_time() - begun < 30  # of the minute that a trainer waits
    return folder


def test_no_name_stands_in_the_report_and_all_stand_in_the_file_of_names(report: Path) -> None:
    page = (report / "report.html").read_text("utf-8")
    with zipfile.ZipFile(report / "report.xlsx") as packed:
        workbook = "".join(packed.read(one).decode("utf-8") for one in packed.namelist())
    names = (report / "names.csv").read_text("utf-8-sig")
    for number, name in enumerate(NAMES):
        first = name.split()[0].lower()
        for text in (page, workbook):
            assert name not in text and f"{first}.json" not in text
            assert account(number) not in text
        assert name in names and f"{first}.json" in names and account(number) in names
    assert (report / "names.csv").stat().st_mode & 0o077 == 0


def test_the_same_files_give_the_same_bytes(
    report: Path, files: Path, course: Course, tmp_path: Path
) -> None:
    write_report(course, sorted(files.iterdir()), tmp_path)
    for name in ("report.html", "report.xlsx"):
        assert (tmp_path / name).read_bytes() == (report / name).read_bytes()


def test_a_file_of_names_is_written_over_no_other_file(
    files: Path, course: Course, tmp_path: Path
) -> None:
    precious = tmp_path / "thesis.csv"
    precious.write_text("my,thesis\n")
    with pytest.raises(ReportError, match="is no list of names"):
        write_report(course, [files], tmp_path / "to", precious)
    assert precious.read_text() == "my,thesis\n" and not (tmp_path / "to").exists()


def test_a_library_that_is_missing_is_named_with_its_remedy(
    files: Path, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imlcourse.products.report.LIBRARIES", {"no_such_module": "scipy"})
    with pytest.raises(ReportError, match=r"scipy is not installed.* scripts/build\.py report"):
        write_report(course, [files], tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_the_page_needs_no_network_and_no_script_and_can_be_read_by_all(
    report: Path, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((report / "report.html").as_uri())
    # Axe is a script of the test; the report has none.
    assert page.locator("script").count() == 0
    assert [one for one in asked if not one.startswith(("data:", "file:"))] == []
    assert len([one for one in asked if one.startswith("file:")]) == 1
    assert violations(page) == []
    for width in (1366, 800):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(media="print")
    assert page.locator("#debrief").evaluate("e => getComputedStyle(e).breakAfter") == "avoid"
    page.close()


def test_the_page_begins_with_what_to_debrief_and_what_settles_it(
    report: Path, browser: Browser, course: Course
) -> None:
    page = browser.new_page()
    page.goto((report / "report.html").as_uri())
    heads = page.locator("h2").all_inner_texts()
    assert heads[:3] == ["Before you use these figures", "What to talk about first",
                         "Who needs what next"]  # fmt: skip
    first = page.locator(".debrief > li").first
    item = next(one for one in course.items if one.id == first.locator(".missed .id").inner_text())
    assert item.evidence[0].quote in first.inner_text()
    assert "paragraph" in first.inner_text() or "footnote" in first.inner_text()
    page.close()


SHEETS = ["Notes", "Talk about first", "People", "Who needs what",
          "Objectives", "Tests", "Questions", "Options"]  # fmt: skip


def test_the_workbook_holds_numbers(report: Path) -> None:
    book = openpyxl.load_workbook(report / "report.xlsx")
    assert book.sheetnames == SHEETS
    people = list(book["People"].iter_rows(values_only=True))
    assert len(people) == 21 and isinstance(people[1][1], float)


def test_libreoffice_opens_every_sheet_of_the_workbook(opened_in_office: Path) -> None:
    marks = PdfReader(opened_in_office / "report.pdf").outline
    assert [mark.title for mark in marks if not isinstance(mark, list)] == SHEETS


@pytest.mark.usefixtures("read_once")
def test_the_command_names_what_it_left_out_and_says_what_it_wrote(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from imlcourse.cli import main

    table = tmp_path / "paper.csv"
    id_ = next(one.id for one in course.items)
    table.write_text(f"participant,test,item,points\nA,pre-test,{id_},1\nB,pre-test,{id_},9\n")
    words = ["--course", str(ROOT), "report", str(table), "--to", str(tmp_path / "to")]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert "Report on 1 person" in out and "report.html" in out
    assert "paper.csv:3: “9” are no points" in err
    page = (tmp_path / "to" / "report.html").read_text("utf-8")
    assert "1 row or statement could not be used" in page
    assert main(["--course", str(ROOT), "report", str(tmp_path / "none.csv")]) == 2
    assert "there is no file or folder" in capsys.readouterr().err
