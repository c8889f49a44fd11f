"""Quizzes and tests on paper: what is asked, what marks score, and where the boxes are."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import pytest
import segno
from PIL import Image
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from imlcourse.book.cache import Cache
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.course.pace import answering_minutes
from imlcourse.products.kit import pdf
from imlcourse.products.kit.paper import question_pages as question_setting
from imlcourse.products.kit.paper.answer_sheet import AnswerSheet
from imlcourse.products.kit.paper.asked import (
    UnknownTestError,
    asked_items,
    asked_test,
)
from imlcourse.products.kit.paper.geometry import Box, Code, SheetKind, TestPlaces
from imlcourse.products.kit.paper.make import PaperFile, paper_files, question_list
from imlcourse.products.kit.paper.question_pages import question_pages
from imlcourse.products.kit.paper.questions import Question, response, versions_of
from imlcourse.products.kit.paper.set import PaperTest
from imlcourse.products.kit.part import KitMaking
from imlcourse.products.kit.test_papers import PART
from imlcourse.results.gather import gather
from printed import drawn
from real_course import real_course
from small_course import ROOT

DPI = 150
PEOPLE = 3


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


def each_kind() -> list[str]:
    """Give an item of each type that a sheet can ask, and one whose gaps are written."""
    found: dict[object, str] = {}
    for item in real().items:
        if item.testable:
            found.setdefault((item.type, "reasons" in item.groups(), not item.groups()), item.id)
    return list(found.values())


@lru_cache(maxsize=4)
def made(paper: str, large: bool, language: str = "en") -> tuple[PaperTest, dict[str, PaperFile]]:
    test = asked_items(real(), each_kind(), seed=3)
    # The direction of a script is what matters here, and the words may stay.
    course = replace(real(), about=real().about.model_copy(update={"language": language}))
    count = 2 if not large and language == "en" else 1
    sheets = PaperTest(course, test, "Letter" if paper == "Letter" else "A4", large, count)
    return sheets, {file.kind + file.version: file for file in paper_files(sheets, PEOPLE)}


def places(files: dict[str, PaperFile]) -> TestPlaces:
    return TestPlaces.model_validate_json(files["places"].data)


def marked(question: Question, right: bool = True) -> object:
    """Answer a question by crosses in its right boxes, or in all others."""
    crosses = {
        line.part: [choice.answer for choice in line.choices if choice.right == right]
        for line in question.lines
    }
    return response(question.item.type, crosses)


def test_crosses_in_the_right_boxes_score_as_the_right_answer_of_every_item() -> None:
    asked = [item for item in real().items if item.testable]
    assert len(asked) >= 390
    for questions in versions_of(asked, real().strings, 2, seed=5).values():
        for question in questions:
            assert question.item.score(marked(question)).points == 1, question.item.id
            wrong = question.item.score(marked(question, right=False))
            assert wrong.points == 0 or question.item.type in ("matching", "categorise")


def test_two_crosses_where_one_is_asked_for_are_no_answer() -> None:
    (question,) = versions_of([real().banks["m09"].items["m09-i69"]], real().strings, 1, 1)["A"]
    both = [choice.answer for choice in question.lines[0].choices][:2]
    assert question.item.score(response(question.item.type, {"": both})).points == 0
    assert response(question.item.type, {"": []}) is None


def test_a_pre_test_and_a_post_test_are_of_equal_form_and_ask_nothing_twice() -> None:
    for seed in (1, 2, 77):
        before = asked_test(real(), "pre-test", seed)
        after = asked_test(real(), "post-test", seed)
        assert not {item.id for item in before.items} & {item.id for item in after.items}
        forms = [
            Counter((item.objective, item.level) for item in test.items) for test in (before, after)
        ]
        assert forms[0] == forms[1]
    assert asked_test(real(), "pre-test", 1).items != asked_test(real(), "pre-test", 2).items


def test_the_tests_of_a_day_ask_about_the_modules_of_the_day() -> None:
    for name, count in (("half-day", 6), ("one-day", 8), ("three-days", 24)):
        held = real().agendas[name].modules
        before, after = (
            asked_test(real(), one, 1, held).items for one in ("pre-test", "post-test")
        )
        assert len(before) == len(after) == count
        assert not {item.id for item in before} & {item.id for item in after}
        assert {item.id[:3] for item in (*before, *after)} == {id_[:3] for id_ in held} - {"cap"}
    every = asked_test(real(), "pre-test", 1, real().modules).items
    assert every == asked_test(real(), "pre-test", 1).items
    assert answering_minutes(every) == 25


def test_versions_ask_the_same_in_other_orders_with_keys_in_all_places() -> None:
    versions = versions_of(asked_test(real(), "final-test", 1).items, real().strings, 3, 1)
    asked = [[question.item.id for question in questions] for questions in versions.values()]
    assert len({tuple(ids) for ids in asked}) == 3
    assert len({frozenset(ids) for ids in asked}) == 1
    for questions in versions.values():
        keys = Counter(
            choice.label
            for question in questions
            if question.item.type == "single" and len(question.lines[0].choices) == 4
            for choice in question.lines[0].choices
            if choice.right
        )
        assert max(keys.values()) - min(keys[letter] for letter in "ABCD") <= 2


WORDS = [
    ("pretest", "no quiz or test “pretest” (did you mean pre-test?); there are pre-test,"),
    ("m99", "no quiz or test “m99”"),
    ("m06-s5", "cases that branch, which paper cannot; choose another quiz"),
]


@pytest.mark.parametrize(("name", "said"), WORDS)
def test_what_is_no_test_is_said_in_one_message(name: str, said: str) -> None:
    with pytest.raises(UnknownTestError) as told:
        asked_test(real(), name, 1)
    assert said in str(told.value)


def test_all_that_is_wrong_with_named_items_is_told_at_once() -> None:
    with pytest.raises(UnknownTestError) as told:
        asked_items(real(), ["m09-i69", "m09-i69", "m09-i999", "m06-i27"], 1)
    said = str(told.value)
    assert "m09-i69 is named twice" in said
    assert "no item “m09-i999”" in said
    assert "m06-i27 is a case that branches" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sheets"], "name a test, or items with --items, and not both"),
        (["sheets", "m09", "--items", "m09-i69"], "and not both"),
    ],
)
def test_a_command_that_names_no_test_says_how(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--course", str(ROOT), *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--versions", "0", "write a number from 1 to 26"),
        ("--seed", "-1", "write a number from 0 to 4294967295"),
        ("--people", "900", "write a number from 2 to 200"),
        ("--paper", "A5", "write A4 or Letter"),
    ],
)
def test_a_number_that_cannot_be_says_which_can(
    option: str, value: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--course", str(ROOT), "sheets", "m09", f"{option}={value}"])
    assert said in capsys.readouterr().err


def test_the_code_of_a_page_is_read_as_it_was_written() -> None:
    code = made("A4", False)[0].code("B", "answers", 2, "0017")
    assert Code.read(code.text()) == code
    assert Code.read("https://example.org/1/2/3/4/5/6") is None


# --- the sheets as they are printed ---------------------------------------------------------------


def dark(image: Image.Image, x: float, y: float, w: float, h: float) -> float:
    """Say how much of a rectangle, in millimetres, is dark."""
    px = DPI / 25.4
    part = image.crop((round(x * px), round(y * px), round((x + w) * px), round((y + h) * px)))
    counts = part.histogram()
    return sum(counts[:140]) / (part.width * part.height)


def assert_box(page: Image.Image, box: Box, what: str, *, dashed: bool = False) -> None:
    """A box is where the file says: lines at its four sides, and white within them."""
    near = 0.35
    sides = [
        (box.x + 1, box.y - near, box.w - 2, 2 * near),
        (box.x + 1, box.y + box.h - near, box.w - 2, 2 * near),
        (box.x - near, box.y + 1, 2 * near, box.h - 2),
        (box.x + box.w - near, box.y + 1, 2 * near, box.h - 2),
    ]
    for side in sides:
        assert dark(page, *side) > (0.05 if dashed else 0.15), (what, side)
    inner = (box.x + 0.6, box.y + 0.6, box.w - 1.2, box.h - 1.2)
    assert dark(page, *inner) == 0, what


@pytest.mark.parametrize(
    ("paper", "large", "language"),
    [("A4", False, "en"), ("Letter", True, "en"), ("A4", False, "ar")],
)
@pytest.mark.parametrize("kind", ["questions", "answers"])
def test_every_box_is_where_the_file_says(
    kind: SheetKind, paper: str, large: bool, language: str
) -> None:
    sheets, files = made(paper, large, language)
    told = places(files)
    letter, version = list(told.versions.items())[-1]
    pages = drawn(files[f"{kind}{letter}"].data, DPI)
    assert len(pages) == (version.question_pages if kind == "questions" else version.answer_pages)
    size = (told.frame.width / 25.4 * DPI, told.frame.height / 25.4 * DPI)
    assert pages[0].size == pytest.approx(size, abs=1.5)
    seen = set()
    for question in version.questions:
        for line in question.lines:
            for choice in line.boxes:
                box = choice.on_questions if kind == "questions" else choice.on_answers
                what = f"question {question.number}, line {line.part}, box {choice.label}"
                assert_box(pages[box.page - 1], box, what, dashed=line.written)
                assert str(box) not in seen, what
                seen.add(str(box))
    for number, page in enumerate(pages, start=1):
        for row in told.frame.code:
            assert len(row) == 10
            for digit in row:
                assert_box(page, digit, "the code of the person")
        for at, mark in enumerate(told.frame.corners):
            assert dark(page, mark.x + 2, mark.y + 2, 1, 1) == (0 if at == 2 else 1)
            assert dark(page, mark.x + 0.3, mark.y + 0.3, 0.8, mark.h - 0.6) == 1
        assert_code(page, told.frame.qr, sheets.code(letter, kind, number))


def assert_code(page: Image.Image, qr: Box, code: Code) -> None:
    """The QR code stands where the file says, and says what it is to say."""
    modules = list(segno.make_qr(code.text(), error="m", boost_error=False).matrix)
    side = qr.w / len(modules)
    for y, row in enumerate(modules):
        for x, module in enumerate(row):
            middle = (qr.x + (x + 0.3) * side, qr.y + (y + 0.3) * side, side * 0.4, side * 0.4)
            assert (dark(page, *middle) > 0.5) == bool(module)


def test_no_question_is_parted_from_its_options() -> None:
    _, files = made("A4", False)
    for version in places(files).versions.values():
        for question in version.questions:
            boxes = [box for line in question.lines for box in line.boxes]
            assert len({box.on_questions.page for box in boxes}) == 1
            assert len({box.on_answers.page for box in boxes}) == 1


def test_a_question_that_is_higher_than_a_page_begins_a_page_and_goes_on_over_the_next() -> None:
    test = asked_items(real(), ["m09-i69", "m09-i73"], 1)
    long = test.items[1].model_copy(update={"stem": "A long story. " * 500})
    told = PaperTest(real(), replace(test, items=(test.items[0], long)), "A4", False, 1)
    pages = question_pages(told, "A")
    assert pages.places["1/0/0"].page == 1
    assert pages.places["2/0/0"].page == pages.pages == 3
    lowest = told.frame.height - told.frame.bottom
    assert max(place.y + place.h for place in pages.places.values()) < lowest


def test_the_answer_sheet_of_sixty_questions_is_one_page() -> None:
    singles = [item.id for item in real().items if item.type == "single"][:60]
    for paper in ("A4", "Letter"):
        test = asked_items(real(), singles, 1)
        sheet = PaperTest(real(), test, "A4" if paper == "A4" else "Letter", False, 1)
        assert len(AnswerSheet(sheet, "A").pages) == 1


def test_each_person_gets_a_sheet_with_a_printed_code_and_another_version_than_the_neighbour() -> (
    None
):
    sheets, files = made("A4", False)
    pages = drawn(files["people"].data, DPI)
    told = places(files)
    assert len(pages) == PEOPLE * told.versions["A"].answer_pages
    for number, (page, letter) in enumerate(zip(pages, "ABA", strict=True), start=1):
        code = f"{number:04d}"
        assert_code(page, told.frame.qr, sheets.code(letter, "answers", 1, code))
        for digit, row in zip(code, told.frame.code, strict=True):
            crossed = [dark(page, box.x + 1, box.y + 1, box.w - 2, box.h - 2) > 0.1 for box in row]
            assert [at for at, one in enumerate(crossed) if one] == [int(digit)]


def test_the_files_say_their_language_and_title_and_are_tagged() -> None:
    _, files = made("A4", False)
    for name, title in [
        ("questionsA", "Questions: questions, version A"),
        ("answersB", "Questions: answer sheet, version B"),
        ("keyB", "Key: Questions, version B"),
    ]:
        reader = PdfReader(io.BytesIO(files[name].data))
        assert reader.metadata is not None
        assert reader.metadata.title == title
        root = reader.root_object
        assert str(root["/Lang"]).startswith("en")
        assert "/StructTreeRoot" in root
        assert reader.outline


def words(file: PaperFile) -> str:
    with PdfDocument(file.data) as sheets:
        texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    return " ".join(normalize("NFKC", " ".join(texts)).split())


def test_the_key_names_the_letters_of_its_version_and_the_sheets_do_not_tell_them() -> None:
    sheets, files = made("A4", False)
    for version, questions in sheets.versions.items():
        flat = words(files[f"key{version}"])
        for question in questions:
            for choice in question.lines[0].choices if question.item.type == "single" else ():
                if choice.right:
                    assert f"{choice.label}. " in flat
        assert "written: " in flat
        for kind in ("questions", "answers"):
            text = words(files[kind + version])
            assert "Correct" not in text
            assert not any(question.item.id in text for question in questions)


def test_answers_typed_from_a_sheet_are_read_by_the_list_of_its_questions(tmp_path: Path) -> None:
    test = asked_test(real(), "pre-test", 1)
    sheets = PaperTest(real(), test, "A4", False, 2)
    listed = tmp_path / "list.csv"
    listed.write_text(question_list(sheets), encoding="utf-8")
    rows = ["participant,test,version,question,answer"]
    for question in sheets.versions["B"]:
        if question.item.type in ("single", "multiple"):
            letters = " ".join(one.label for one in question.lines[0].choices if one.right)
            rows.append(f"7,pre-test,B,{question.number},{letters}")
    answers = tmp_path / "answers.csv"
    answers.write_text("\n".join(rows), encoding="utf-8")
    (learner,) = gather(real(), [answers, listed]).learners.values()
    assert len(rows) > 20
    assert learner.sittings[0].points == 1
    assert len(learner.sittings[0].answers) == len(rows) - 1


def test_the_same_course_gives_the_same_bytes() -> None:
    sheets, files = made("A4", False)
    again = paper_files(replace(sheets), PEOPLE)
    assert {file.name: file.data for file in again} == {
        file.name: file.data for file in files.values()
    }


def test_the_kit_has_the_pre_test_and_the_post_test_with_keys_for_its_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (pdf, question_setting):  # of what is counted here, the sheets alone are set
        monkeypatch.setattr(module, "typeset", lambda source, _: source.encode())
    agenda = replace(real().agendas["half-day"], people=4)
    making = KitMaking(real(), agenda, Cache(tmp_path / "cache", "test"))
    files = {file.name: file for file in PART.make(making)}
    for title in ("Pre-test", "Post-test"):
        assert files[f"{title}/Questions, version B.pdf"].copies == 2
        once = ("Answer sheet", "Key for the trainer", "Correct answers for the trainer")
        for named_so in once:
            file = files[f"{title}/{named_so}, version A.pdf"]
            assert (file.copies, file.main) == (1, True)
        sheets = files[f"{title}/Answer sheets with printed codes.pdf"]
        assert len(PdfReader(io.BytesIO(sheets.data)).pages) == agenda.people
        named = json.loads(files[f"{title}/Places of the boxes for the computer.json"].data)
        assert named["test"] == title.lower()
