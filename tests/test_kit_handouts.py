"""Handouts of the kit: everything that plans name, by choice, and never an answer on a sheet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from docx import Document
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from imlcourse.book.cache import Cache
from imlcourse.course.agenda import Entry
from imlcourse.course.model import Course
from imlcourse.items.base import Item
from imlcourse.items.scenario import Scenario
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit import (
    KitFile,
    KitMaking,
    aids,
    cases,
    docx,
    keys,
    papers,
    pdf,
    questions,
)
from imlcourse.products.kit import cards as cards_part
from imlcourse.products.kit import handouts as handouts_part
from imlcourse.products.kit.overview import overview_files
from imlcourse.products.kit.paper import answer_sheet, question_pages
from imlcourse.products.kit.paper import make as paper_make
from imlcourse.products.kit.test_papers import PART as TESTS
from real_course import real_course

NOT_PRINTED = ("bring", "flipchart")


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


def making(folder: Path, *modules: str, people: int = 20) -> KitMaking:
    """Give what a kit is made from, for a day with some sessions; with all, if none is named."""
    agenda = real().agendas["one-day"]
    entries = tuple(Entry("module", id_, id_, 540, 60) for id_ in modules or real().modules)
    held = replace(agenda, people=people, days=(entries,))
    return KitMaking(real(), held, Cache(folder / "cache", "test"))


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are not set: the file holds what would be."""
    monkeypatch.setattr(pdf, "typeset", lambda source, _: source.encode())
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)
    told: dict[str, list[Any]] = {"too-high": [[]], "pages": [1]}
    monkeypatch.setattr(question_pages, "told", lambda source, language, label: told[label])
    monkeypatch.setattr(docx, "write_docx", lambda _: b"")


@pytest.fixture
def printed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there to be edited is left blank."""
    monkeypatch.setattr(docx, "write_docx", lambda _: b"")


def words(data: bytes) -> str:
    with PdfDocument(data) as sheets:
        texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    return " ".join(normalize("NFKC", " ".join(texts)).split())


def named(files: list[KitFile], ending: str) -> list[KitFile]:
    return [file for file in files if file.name.endswith(ending)]


# --- whole ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("unset")
def test_everything_that_a_plan_has_printed_is_made(tmp_path: Path) -> None:
    made = making(tmp_path)
    parts = (cards_part, handouts_part, questions, cases, aids, papers)
    files = [file for part in parts for file in part.PART.make(made)]
    there = {(use.module, use.material): use.copies for file in files for use in file.uses}
    for plan in real().sessions.values():
        for material in plan.materials:
            if material.kind not in NOT_PRINTED:
                copies = material.copies(made.agenda.people)
                assert there.get((plan.module, material.name)) == copies, material


def test_signs_have_a_page_each_in_letters_that_are_read_across_the_room(tmp_path: Path) -> None:
    made = making(tmp_path, "m12")
    (plan,) = made.plans
    for name in ("places", "arrivals"):
        data = pdf.typeset(cards_part.cards_source(made, plan, plan.cards[name]), "en")
        pages = PdfReader(io.BytesIO(data)).pages
        assert len(pages) == len(plan.cards[name].texts)
        for page, text in zip(pages, plan.cards[name].texts, strict=True):
            sizes: list[float] = []

            def note(said: str, _: Any, place: Any, __: Any, size: float, to: Any = sizes) -> None:
                to += [abs(place[3]) * size] * (said.strip() != "")

            said = " ".join(page.extract_text(visitor_text=note).split())
            assert text.replace("**", "") in said
            # The head and the foot of the page are small.
            assert [size for size in sizes if 10 < size < 40] == []


def test_lines_to_write_on_stand_below_their_labels(tmp_path: Path) -> None:
    made = making(tmp_path, "m06")
    (plan,) = made.plans
    text = words(pdf.typeset(cards_part.cards_source(made, plan, plan.cards["a-helper"]), "en"))
    assert "What does its help do for one person?" in text
    assert "_" not in text  # they are drawn


@pytest.mark.usefixtures("unset")
def test_what_no_plan_needs_is_offered_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is set here is text, in which no pages can be counted.
    counted: list[str] = []

    def count(file: KitFile) -> int:
        counted.append(file.name)
        return 1

    monkeypatch.setattr("imlcourse.products.kit.overview._pages", count)
    made = making(tmp_path, "m06")
    offered = {file.title: file.choice for file in aids.PART.make(made) if file.main}
    assert len(offered) == 7
    files = [("7 Job aids", aids.PART.make(made)), ("6 Cases", cases.PART.make(made))]
    overview = next(iter(overview_files(made, files))).data.decode()
    chosen = overview.partition("To choose")[2]
    assert "Job aid: Trafficking or smuggling?" in chosen
    assert "The night on the quay" in chosen
    assert len(set(counted)) == len(counted)  # each file is opened once


# --- never an answer ------------------------------------------------------------------------


def secrets(item: Item) -> Iterator[str]:
    """Give what only the trainer reads of an item."""
    for part in item.parts():
        if part.feedback:
            yield inline_text(part.feedback)
    if item.closing:
        yield inline_text(item.closing)


def test_questions_and_cases_come_without_answers_and_the_key_has_them(tmp_path: Path) -> None:
    made = making(tmp_path, "m09")
    (sheet,) = named(questions.PART.make(made), ".pdf")
    printed, to_edit = cases.PART.make(made)
    case, alone = words(printed.data), words(sheet.data)
    paragraphs = Document(io.BytesIO(to_edit.data))
    tables = [cell.text for table in paragraphs.tables for row in table.rows for cell in row.cells]
    edited = " ".join([*(one.text for one in paragraphs.paragraphs), *tables])
    to_cases, to_questions = (
        words(next(one.data for one in keys.PART.make(made) if kind in one.name))
        for kind in ("cases", "questions")
    )
    items = real().banks["m09"].items
    asked = [item for item in items.values() if inline_text(item.stem) in alone]
    assert len(asked) >= 10
    for item in asked:
        assert not [one for one in secrets(item) if one in alone]
        assert [one for one in secrets(item) if " ".join(one.split()) not in to_questions] == []
    scenario = items["m09-i18"]
    assert isinstance(scenario, Scenario)
    for step in scenario.steps:
        assert inline_text(step.question) in case
        for choice in step.choices:
            assert inline_text(choice.text) in case
            assert inline_text(choice.text) in edited
            for text in (case, edited):
                assert inline_text(choice.consequence) not in text
            assert inline_text(choice.consequence) in to_cases
    assert "Best choice" in to_cases
    assert "Best choice" not in case + edited
    assert "Continue with step 4." in case


@pytest.mark.usefixtures("unset")
def test_a_worksheet_and_the_dossier_hold_no_model_answer(tmp_path: Path) -> None:
    made = making(tmp_path, "capstone")
    files = named(papers.PART.make(made), ".pdf")
    text = b" ".join(file.data for file in files).decode()
    (work,) = real().banks["capstone"].worksheets.values()
    assert len(files) == 2
    for part in work.fields:
        assert inline_text(part.label) in text
        assert part.model[:60] not in text
    assert [use.copies for file in files for use in file.uses if use.copies] == [10, 20]


def test_a_case_is_told_as_the_one_role_in_the_room_finds_it(tmp_path: Path) -> None:
    made = making(tmp_path, "m01")
    (case,) = cases.cases_of(made)
    step = case.item.steps[0]
    only = replace(made.agenda, roles=("police",))
    alone = KitMaking(real(), only, made.cache)
    mixed = repr(cases.case_sheet(made, case))
    assert inline_text(step.text)[:40] in mixed
    for role, text in step.variants.items():
        begins = mixed.index(f"text='{inline_text(real().about.roles[role].name)}: '")
        assert inline_text(text)[:60] in mixed[begins:]
    assert inline_text(step.variants["police"])[:60] in repr(cases.case_sheet(alone, case))


def test_questions_on_paper_have_the_letters_of_the_screen(tmp_path: Path) -> None:
    for one in questions.practices(making(tmp_path, "m09")):
        for asked in one.paper.versions["A"]:
            if asked.item.type == "single":
                shown = real().orders[asked.item.id]["options"]
                written = [part.text for part in asked.item.parts() if part.id]
                (line,) = asked.lines
                assert [choice.text for choice in line.choices] == [written[at] for at in shown]


# --- on paper -------------------------------------------------------------------------------


@pytest.mark.usefixtures("printed_alone")
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_each_job_aid_has_one_sheet_with_lines_for_numbers(tmp_path: Path, paper: str) -> None:
    made = making(tmp_path, "m09")
    made = KitMaking(real(), replace(made.agenda, paper=paper), made.cache)  # type: ignore[arg-type]
    printed = named(aids.PART.make(made), ".pdf")
    assert [len(PdfReader(io.BytesIO(file.data)).pages) for file in printed] == [1] * 7
    text = words(next(file.data for file in printed if "may have been trafficked" in file.name))
    order = ["1. See", "2. Make safe", "3. Note as you go", "4. Ask little", "5. Pass on"]
    places = [text.index(heading) for heading in [*order, "Our numbers", "Interpreters"]]
    assert places == sorted(places)


@pytest.mark.usefixtures("printed_alone")
def test_what_an_office_has_written_stands_on_its_lines(tmp_path: Path) -> None:
    office = replace(real().office, office="Harbour", fields={"interpreters": "0800 555"})
    made = KitMaking(
        replace(real(), office=office), making(tmp_path, "m09").agenda, Cache(tmp_path, "x")
    )
    sheet = next(file for file in aids.PART.make(made) if "may have been" in file.name)
    assert "0800 555" in words(sheet.data)


# --- large print ----------------------------------------------------------------------------


def test_some_people_get_their_test_in_large_print_with_places_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (answer_sheet, paper_make, pdf, question_pages):
        monkeypatch.setattr(module, "typeset", lambda source, _: source.encode())
    made = making(tmp_path, "m09", people=3)
    made = KitMaking(real(), replace(made.agenda, large_print=1), made.cache)
    files = {file.name: file for file in TESTS.make(made)}
    places = "Places of the boxes for the computer.json"
    large = json.loads(files[f"Pre-test, large/{places}"].data)
    ordinary = json.loads(files[f"Pre-test/{places}"].data)
    assert (large["large"], ordinary["large"]) == (True, False)
    assert large["form"] != ordinary["form"]
    asked = [
        [one["item"] for one in form["versions"]["A"]["questions"]] for form in (large, ordinary)
    ]
    assert asked[0] == asked[1]
    sheets = "Answer sheets with printed codes.pdf"
    assert b'"Answer sheet 0003' in files[f"Post-test, large/{sheets}"].data
    assert b'"Answer sheet 0003' not in files[f"Post-test/{sheets}"].data
    copies = {name: file.copies for name, file in files.items() if "Pre-test" in name}
    assert copies["Pre-test, large/Questions, version A.pdf"] == 1
    assert copies["Pre-test, large/Questions, version B.pdf"] == 0
    assert copies["Pre-test/Questions, version B.pdf"] == 1
