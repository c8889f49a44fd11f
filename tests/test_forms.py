"""The forms of a workshop: on paper, to edit, typed in, and read by the report."""

from __future__ import annotations

import csv
import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from imlcourse.book.cache import Cache
from imlcourse.course.model import Course
from imlcourse.products.kit.evaluation import PART
from imlcourse.products.kit.paper.form_pages import FormPages
from imlcourse.products.kit.paper.geometry import TestPlaces
from imlcourse.products.kit.paper.questions import response
from imlcourse.products.kit.part import KitMaking
from imlcourse.products.report import Report, make_report
from imlcourse.results.forms import Spread, form_figures
from imlcourse.results.gather import gather
from printed import drawn
from real_course import real_course

TABLE = "Answers to the forms, to type in.xlsx"
SAID = "On Monday I will put the job aid beside my screen."


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    cache = Cache(tmp_path_factory.mktemp("kit"), "test")
    making = KitMaking(real(), real().agendas["one-day"], cache)
    return {one.name: one.data for one in PART.make(making)}


def evaluation() -> Any:
    return real().library.evaluation


# --- on paper -------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Evaluation form", "Follow-up form"])
def test_a_form_is_a_tagged_sheet_of_two_pages(made: dict[str, bytes], title: str) -> None:
    reader = PdfReader(io.BytesIO(made[f"{title}.pdf"]))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert len(reader.pages) == 2
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    name = "evaluation" if title.startswith("Eval") else "follow-up"
    for line in evaluation().lines(name):
        assert line.text in text
    for question in evaluation().questions(name).values():
        assert question in text


def test_every_box_of_a_form_has_a_place_in_the_file_that_answer_sheets_have(
    made: dict[str, bytes],
) -> None:
    name = "Evaluation form, places of the boxes for the computer.json"
    places = TestPlaces.model_validate_json(made[name])
    (version,) = places.versions.values()
    assert places.test == "evaluation"
    statements = [one.item for one in version.questions]
    assert statements == list(dict.fromkeys(one.id for one in evaluation().lines("evaluation")))
    twice = next(one for one in version.questions if one.item == "b1")
    assert [line.part for line in twice.lines] == ["before", "now"]
    boxes = [box for one in version.questions for line in one.lines for box in line.boxes]
    assert len(boxes) == sum(len(one.scale) for one in evaluation().lines("evaluation"))
    spots = {(box.on_questions.page, box.on_questions.x, box.on_questions.y) for box in boxes}
    assert len(spots) == len(boxes)
    assert all(18 <= box.on_questions.x <= 192 for box in boxes)


@pytest.mark.parametrize("title", ["Evaluation form", "Follow-up form"])
def test_boxes_are_printed_where_the_file_says(made: dict[str, bytes], title: str) -> None:
    name = f"{title}, places of the boxes for the computer.json"
    places = TestPlaces.model_validate_json(made[name])
    pages = drawn(made[f"{title}.pdf"], 200)
    scale = 200 / 25.4
    for one in places.versions["A"].questions:
        for line in one.lines:
            for box in line.boxes:
                at = box.on_questions
                edges = (at.x, at.y, at.x + at.w, at.y + at.h)
                # The lines of a box run along its edges, and nothing stands inside.
                x, y, right, bottom = (round(edge * scale) for edge in edges)
                image = pages[at.page - 1]
                inside = image.crop((x + 5, y + 5, right - 5, bottom - 5)).tobytes()
                assert min(inside) > 200, (one.item, box.label)
                around = image.crop((x - 5, y - 5, right + 5, bottom + 5))
                data, wide = around.tobytes(), around.width
                middle = around.height // 2 * wide
                for line_across in (data[middle : middle + wide], data[wide // 2 :: wide]):
                    assert min(line_across[:10]) < 120, (one.item, box.label)
                    assert min(line_across[-10:]) < 120, (one.item, box.label)


@pytest.mark.parametrize("name", ["evaluation", "follow-up"])
def test_a_form_has_two_pages_on_letter_paper_too(name: Any) -> None:
    assert FormPages(real(), evaluation(), name, "Letter").pages == 2


def test_libreoffice_opens_a_form_to_edit(office_files: Path, opened_in_office: Path) -> None:
    assert len(Document(str(office_files / "form.docx")).tables) == 3
    pages = PdfReader(opened_in_office / "form.pdf").pages
    assert "I know whom to call" in " ".join(pages[0].extract_text().split())
    assert len(pages) == 2


# --- in the report --------------------------------------------------------------------------


def filled(made: dict[str, bytes], path: Path) -> Path:
    """Type in six evaluation forms and two follow-up forms, as a trainer does."""
    book = openpyxl.load_workbook(io.BytesIO(made[TABLE]))
    for sheet, many in zip(book.worksheets, (6, 2), strict=True):
        for row in range(2, 2 + many):
            for place, cell in enumerate(sheet[1]):
                head = str(cell.value)
                if head.startswith(("o", "p")) and ":" in head:
                    sheet.cell(row, place + 1).value = SAID if row == 3 else None
                elif ":" in head:
                    value = 2 if "before" in head else 3
                    sheet.cell(row, place + 1).value = value
        sheet.cell(2, 3).value = 1
    book.save(path)
    return path


@pytest.fixture(scope="module")
def table(made: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(made, tmp_path_factory.mktemp("forms") / "forms.xlsx")


@pytest.fixture(scope="module")
def report(table: Path) -> Report:
    return make_report(real(), [table])


def test_the_ready_table_is_read_as_it_was_filled_in(table: Path) -> None:
    gathered = gather(real(), [table])
    assert gathered.problems == []
    first, second = form_figures(evaluation(), gathered.kept["forms"])
    assert (first.form, first.count, second.form, second.count) == (
        *("evaluation", 6),
        *("follow-up", 2),
    )
    r1 = first.parts[0][1][0]
    assert r1.spreads[""].counts == (1, 0, 5, 0, 0)
    assert r1.spreads[""].mean == pytest.approx(16 / 6)
    b1 = first.parts[1][1][0]
    assert (b1.rose, b1.same, b1.fell) == (6, 0, 0)
    assert b1.spreads["before"].counts == (0, 6, 0, 0, 0)
    assert first.words["o1"] == [SAID]


def test_fewer_than_five_answers_have_no_mean() -> None:
    assert Spread((0, 2, 2)).mean is None
    assert Spread((0, 2, 3)).mean == pytest.approx(2.6)


def test_the_page_and_the_workbook_tell_counts_means_and_words(report: Report) -> None:
    page = report.page.decode()
    assert "What people said on the forms" in page
    assert "Evaluation form: 6" in page
    assert "Higher now: 6. The same: 0. Lower: 0." in page
    assert page.count(f"<li>{SAID}</li>") == 6
    assert "P01" not in page
    book = openpyxl.load_workbook(io.BytesIO(report.workbook))
    rows = list(book["Forms"].iter_rows(values_only=True))
    found = next(row for row in rows if row[1] == "r1")
    assert found[5:8] == (1, 0, 5)
    follow_up = next(row for row in rows if row[1] == "u1")
    assert follow_up[-2:] == (2, None)


def test_marked_sheets_and_typed_rows_are_read_in_the_form_of_answers(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    places = made["Evaluation form, places of the boxes for the computer.json"]
    (tmp_path / "places.json").write_bytes(places)
    number = next(
        one["number"]
        for one in json.loads(places)["versions"]["A"]["questions"]
        if one["item"] == "b2"
    )
    rows = [
        ["participant", "test", "version", "question", "item", "answer"],
        ["0001", "evaluation", "A", "1", "", "4"],
        ["0001", "evaluation", "A", str(number), "", "2 5"],
        ["0002", "evaluation", "", "", "r1", "5"],
        ["0002", "evaluation", "", "", "b2", "- 3"],
        ["0002", "evaluation", "", "", "r9", "5"],
        ["0002", "evaluation", "deadbeef", "", "r2", "5"],
    ]
    with (tmp_path / "marked.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    gathered = gather(real(), [tmp_path])
    first, second = gathered.kept["forms"]
    assert first.ratings == {"r1": 4, "b2 before": 2, "b2 now": 5}
    assert second.ratings == {"r1": 5, "b2 now": 3}
    assert [(one.line, one.what.partition(";")[0]) for one in gathered.problems] == [
        (6, "which statement of evaluation is “r9”? Write its id as the item"),
        (7, "r2 is worded otherwise now, so that its answers are not counted together"),
    ]


@pytest.mark.parametrize(
    ("marked", "answer"),
    [
        ({"answer": ["4"]}, "4"),
        ({"before": ["2"], "now": ["5"]}, "2 5"),
        ({"before": [], "now": ["5"]}, "- 5"),
        ({"answer": ["4", "5"]}, None),
    ],
)
def test_marks_in_boxes_are_the_answer_that_is_read(
    marked: dict[str, list[str]], answer: str | None
) -> None:
    assert response("rating", marked) == answer


def test_what_cannot_be_used_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    rows = [
        ["form", "participant", "r1: useful", "r2", "x: what"],
        ["evaluation", "1", "9", "Agree", ""],
        ["evaluatoin", "2", "3", "", ""],
        ["evaluation", "3", "", "", ""],
        ["evaluation", "1", "4", "2", ""],
    ]
    path = tmp_path / "forms.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    gathered = gather(real(), [path])
    assert [(one.line, one.what.partition(";")[0]) for one in gathered.problems] == [
        (1, "no statement is called “x: what”"),
        (2, "“9” does not rate r1"),
        (3, "no form is called “evaluatoin” (did you mean evaluation?)"),
        (5, "1 has another row of this form"),
    ]
    (answer,) = gathered.kept["forms"]
    assert answer.ratings == {"r2": 4}


# --- the file of the forms ------------------------------------------------------------------


def test_the_forms_ask_at_the_levels_and_four_weeks_later_the_same_again() -> None:
    forms = evaluation().forms
    assert {part.level for part in forms["evaluation"].parts} == {1, 2}
    assert 3 in {part.level for part in forms["follow-up"].parts}
    texts = [
        {line.id: line.text for line in evaluation().lines(name) if line.id.startswith("b")}
        for name in forms
    ]
    assert texts[0] == texts[1]
    assert any("opm" in one.url or "chcoc" in one.url for one in evaluation().sources)
