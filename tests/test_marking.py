"""Filled sheets, photographed: what is read of them, what is asked, and what comes of it.

Sheets are rendered (`rendered_sheets.py`), in a dozen of the hardest ways; `benchmarks/marking.py`
does it with hundreds.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from imlcourse.build.marking import mark_photos
from imlcourse.cli import main
from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.marking.judging import Judged
from imlcourse.marking.photos import Photo, photos
from imlcourse.marking.reading import ReadSheet, read_sheet
from imlcourse.marking.results import marked_people
from imlcourse.marking.settling import read_settled, settle, settled_file
from imlcourse.markup.problems import Problems
from imlcourse.products.kit.make import KitError
from imlcourse.products.kit.paper.asked import asked_items, asked_test
from imlcourse.products.kit.paper.geometry import TestPlaces, VersionPlaces
from imlcourse.products.kit.paper.make import paper_files
from imlcourse.products.kit.paper.questions import response
from imlcourse.products.kit.paper.set import PaperTest
from real_course import real_course
from rendered_sheets import Hand, Truth, filled_in, photographed, printed
from small_course import ROOT

SHARP = 0.7
"""Of the pixels that a camera gives: fewer are harder to read, and quicker."""


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


@lru_cache(maxsize=4)
def made(name: str = "pre-test", people: int = 0) -> tuple[PaperTest, TestPlaces, dict[str, bytes]]:
    asked = asked_items(real(), name.split(), 1) if " " in name else asked_test(real(), name, 1)
    paper = PaperTest(real(), asked, "A4", False, 2)
    files = {file.kind + file.version: file.data for file in paper_files(paper, people)}
    return paper, TestPlaces.model_validate_json(files["places"]), files


@lru_cache(maxsize=8)
def blank(
    kind: str, version: str, page: int = 0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return printed(made()[2][kind + version], page)


def filled(seed: int, style: str, person: str, version: str = "B") -> tuple[object, Truth]:
    rng = np.random.default_rng(seed)
    return filled_in(rng, blank("answers", version), made()[1], version, style, person)


def shot(folder: Path, page: object, distortion: str, seed: int = 1, name: str = "a.jpg") -> Path:
    path = folder / name
    sharp = 1.0 if distortion in ("all together", "low resolution") else SHARP
    path.write_bytes(photographed(np.random.default_rng(seed), page, distortion, sharp))  # type: ignore[arg-type]
    return path


def read(path: Path) -> ReadSheet:
    (photo,) = photos(path, Problems(path.parent))
    places = made()[1]
    return read_sheet(photo, {places.form: places})


HARD = [
    ("cross", "all together"),
    ("tick", "turned"),
    ("fill", "shadow"),
    ("scribble", "JPEG"),
    ("faint", "noise"),
    ("faint", "low resolution"),
    ("wandering", "perspective"),
    ("wandering", "curl"),
    ("corrected", "blur"),
    ("corrected", "all together"),
    ("struck out", "motion"),
    ("rubbed out", "scan"),
]


@pytest.mark.parametrize(("style", "distortion"), HARD)
def test_what_is_read_without_a_doubt_is_what_was_marked(
    style: str, distortion: str, tmp_path: Path
) -> None:
    page, truth = filled(40 + HARD.index((style, distortion)), style, "3071")
    sheet = read(shot(tmp_path, page, distortion, seed=77))
    assert sheet.problem == ""
    assert sheet.person in ("3071", "")
    sure = [one for one in sheet.lines if not one.says.doubts]
    for one in sure:
        wanted = truth.lines[one.question.number, one.line.part]
        assert one.says.marked == wanted, (one.name, one.says)
    assert len(sure) >= len(truth.lines) - 2
    assert sheet.fills == (style == "fill")


def crossed(*boxes: tuple[int, int], person: str = "0042", version: str = "A") -> object:
    """Cross boxes of an answer sheet: each by the place of its question, and its own in it."""
    _, places, _ = made()
    drawn = blank("answers", version).copy()
    pen = Hand(np.random.default_rng(5), "cross", 0.1, 0.45)
    for digit, row in zip(person, places.frame.code, strict=False):
        pen.cross(drawn, row[int(digit)])
    questions = places.versions[version].questions
    for question, box in boxes:
        pen.cross(drawn, questions[question].lines[0].boxes[box].on_answers)
    return drawn


def single(version: str = "A") -> list[int]:
    """Give the places of the questions that ask for one mark."""
    questions = made()[1].versions[version].questions
    return [n for n, one in enumerate(questions) if not one.lines[0].several]


def test_two_marks_for_one_answer_and_a_mark_beside_a_box_are_asked_about(tmp_path: Path) -> None:
    first, second, third, *_ = single()
    page = crossed((first, 0), (first, 2), (second, 1))
    pen = Hand(np.random.default_rng(1), "cross", 0.1, 0.45)
    box = made()[1].versions["A"].questions[third].lines[0].boxes[1].on_answers
    pen.cross(page, box.model_copy(update={"y": box.y - 4.6}))  # type: ignore[arg-type]
    sheet = read(shot(tmp_path, page, "turned"))
    doubts = {n: sheet.lines[n].says.doubts for n in (first, second, third)}
    assert doubts[first] == ("double",)
    assert doubts[second] == ()
    assert doubts[third] == ("beside",)


def test_one_filled_box_of_a_person_who_crosses_is_asked_about_and_counts_as_nothing_beside_a_cross(
    tmp_path: Path,
) -> None:
    lines = single()
    page = crossed(*((n, 0) for n in lines[1:]))
    pen = Hand(np.random.default_rng(1), "cross", 0.1, 0.45)
    for n in lines[:2]:
        pen.fill(page, made()[1].versions["A"].questions[n].lines[0].boxes[3].on_answers)  # type: ignore[arg-type]
    sheet = read(shot(tmp_path, page, "perspective"))
    assert sheet.lines[lines[0]].says.doubts == ("taken",)
    assert sheet.lines[lines[1]].says == replace(sheet.lines[lines[2]].says, marked=(0,))


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give photos of a room: a hard one, two of one person, one without a code, what is none."""
    folder = tmp_path_factory.mktemp("room")
    page, _ = filled(101, HARD[0][0], "0001", "B")
    shot(folder, page, HARD[0][1], 1, "1.jpg")
    first = single()[0]
    shot(folder, crossed((first, 0), (first, 1), person="0007"), "scan", 1, "two-marks.jpg")
    shot(folder, crossed((first, 2), person=""), "scan", 1, "no-code.jpg")
    shot(folder, crossed((first, 2), person="0009"), "scan", 1, "nine.jpg")
    shot(folder, crossed((first, 1), person="0009"), "scan", 1, "nine-again.jpg")
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("not looked at")
    two = Image.new("L", (2600, 1900), 90)
    for place, page in enumerate((crossed((first, 2)), crossed((first, 3)))):
        data = photographed(np.random.default_rng(place), page, "scan", SHARP)  # type: ignore[arg-type]
        seen = Image.open(io.BytesIO(data))
        two.paste(seen.resize((1250, 1768)), (20 + 1290 * place, 60))
    two.save(folder / "two-sheets.png")
    (folder / "places").mkdir()
    (folder / "places" / "places.json").write_bytes(made()[2]["places"])
    return folder


@pytest.fixture
def seen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a picture that is read again tell what it told before."""
    told: dict[str, ReadSheet] = {}

    def read_again(photo: Photo, known: Mapping[str, TestPlaces]) -> ReadSheet:
        if photo.mark not in told:
            told[photo.mark] = read_sheet(photo, known)
        return deepcopy(told[photo.mark])

    monkeypatch.setattr("imlcourse.marking.reading.read_sheet", read_again)


def rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def doubts_in(page: str) -> dict[str, tuple[str, list[str]]]:
    """Give what the page asks: by the id, its text and what may be chosen."""
    found = {}
    for id_, inner in re.findall(r'<fieldset data-id="([^"]+)">(.*?)</fieldset>', page, re.S):
        values = re.findall(r'type="radio" name="[^"]+" value="([^"]+)"', inner)
        found[id_] = (re.sub("<[^>]+>", " ", inner), values)
    return found


@pytest.mark.usefixtures("read_once", "seen_once")
def test_a_room_is_read_what_is_in_doubt_is_listed_and_settled_with_one_answer_each(
    room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--course", str(ROOT), "mark", str(room), "--sheets", str(room / "places")]
    assert main([*words, "--to", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert "broken.jpg: this is no picture or PDF that can be read" in err
    assert "counted nowhere" in out
    page = (tmp_path / "marks-to-look-at.html").read_text("utf-8")
    asked = doubts_in(page)
    by_sheet = {
        text.split()[0].rstrip(","): (id_, values, text) for id_, (text, values) in asked.items()
    }
    assert "More than one box is marked" in by_sheet["two-marks.jpg"][2]
    assert by_sheet["two-marks.jpg"][1] == ["0", "1", "2", "3", "none"]
    assert "more than one sheet in this picture" in by_sheet["two-sheets.png"][2]
    assert "Whose sheet is this" in by_sheet["no-code.jpg"][2]
    assert "same code" in by_sheet["nine.jpg"][2] and "same code" in by_sheet["nine-again.jpg"][2]
    assert page.count("data:image/jpeg;base64,") >= 5
    assert not re.search(r'(src|href)="(?!data:)', page)
    table = list(rows(tmp_path / "answers.csv"))
    number = str(single()[0] + 1)
    (twice,) = [one for one in table if one["participant"] == "0007" and one["question"] == number]
    assert (twice["answer"], twice["open"]) == ("", "mark not settled")
    assert not [one for one in table if one["participant"] == "0009"]
    nobodys = [one["photo"] for one in table if not one["participant"]]
    assert sorted(nobodys) == ["nine-again.jpg", "nine.jpg", "no-code.jpg", "two-sheets.png"]

    # The report leaves out what is open, and says how much that is.
    said = main(
        ["--course", str(ROOT), "report", str(tmp_path / "answers.csv"), "--to", str(tmp_path)]
    )
    assert said == 0
    assert "are not settled, and count nowhere" in (tmp_path / "report.html").read_text("utf-8")
    assert (
        f"question {number} of 0007: mark not settled; settle it in the page"
        in capsys.readouterr().err
    )

    settled = {
        by_sheet["two-marks.jpg"][0]: "1",
        by_sheet["two-sheets.png"][0]: "leave",
        by_sheet["no-code.jpg"][0]: "0008",
        by_sheet["nine-again.jpg"][0]: "leave",
    }
    for id_, (_, values) in asked.items():  # whatever else the hard photos have asked
        if id_ not in settled and "nine" not in asked[id_][0]:
            settled[id_] = values[-1]
    file = tmp_path / "settled.json"
    file.write_text(settled_file(settled), encoding="utf-8")
    assert main([*words, "--to", str(tmp_path), "--settled", str(file)]) == 0
    assert "Nothing is in doubt" in capsys.readouterr().out
    table = list(rows(tmp_path / "answers.csv"))
    assert not [one for one in table if one["open"]]
    (twice,) = [one for one in table if one["participant"] == "0007" and one["question"] == number]
    boxes = made()[1].versions["A"].questions[single()[0]].lines[0].boxes
    assert twice["answer"] == boxes[1].answer
    assert {"0007", "0008", "0009"} <= {one["participant"] for one in table}


def test_a_click_or_a_number_key_settles_a_mark_and_all_is_saved(
    room: Path, tmp_path: Path, browser: Browser
) -> None:
    photo = room / "two-marks.jpg"
    sheets = [room / "places"]
    mark_photos(real(), [photo, room / "no-code.jpg"], sheets=sheets, to=tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "marks-to-look-at.html").as_uri())
    page.keyboard.press("2")
    page.get_by_label("The four digits of the code").fill("0008")
    assert "2 of 2 settled" in page.inner_text("#bar")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save what you have settled").click()
    saved.value.save_as(tmp_path / "settled.json")
    page.close()
    settled = [tmp_path / "settled.json"]
    assert mark_photos(
        real(), [photo, room / "no-code.jpg"], sheets=sheets, settled=settled, to=tmp_path
    ).open == 0  # fmt: skip
    boxes = made()[1].versions["A"].questions[single()[0]].lines[0].boxes
    answers = {one["participant"]: one["answer"] for one in rows(tmp_path / "answers.csv")
               if one["question"] == str(single()[0] + 1)}  # fmt: skip
    assert answers == {"0007": boxes[1].answer, "0008": boxes[2].answer}


def test_a_pre_test_on_paper_goes_from_sheets_to_a_report(tmp_path: Path) -> None:
    _, places, files = made()
    items = {item.id: item for item in real().items}
    (tmp_path / "places.json").write_bytes(files["places"])
    points = {}
    pages = []
    for number, style in enumerate(("tick", "corrected"), start=1):
        page, truth = filled(300 + number, style, f"000{number}", "AB"[number % 2])
        data = photographed(np.random.default_rng(number), page, "perspective", SHARP)  # type: ignore[arg-type]
        pages.append(Image.open(io.BytesIO(data)))
        points[truth.person] = score(truth, places.versions[truth.version], items)
    pages[0].save(tmp_path / "room.pdf", save_all=True, append_images=pages[1:])
    written = mark_photos(
        real(), [tmp_path / "room.pdf"], sheets=[tmp_path / "places.json"], to=tmp_path / "to"
    )
    assert (written.sheets, written.people, written.open) == (2, 2, 0)
    from imlcourse.results.gather import gather

    learners = gather(real(), [written.table]).learners.values()
    assert {one.account: one.sittings[0].points for one in learners} == pytest.approx(points)
    assert {one.sittings[0].test for one in learners} == {"pre-test"}


def score(truth: Truth, version: VersionPlaces, items: Mapping[str, Item]) -> float:
    """Score what was marked by the scorers of the items."""
    total = 0.0
    for question in version.questions:
        marks = {
            line.part: [line.boxes[n].answer for n in truth.lines[question.number, line.part]]
            for line in question.lines
        }
        answer = response(question.type, marks)
        item = items[question.item]
        total += item.score(answer).points if answer is not None else 0.0
    return total / len(version.questions)


def test_sheets_of_another_test_and_keys_are_told(tmp_path: Path) -> None:
    path = shot(tmp_path, blank("answers", "A"), "scan")
    (photo,) = photos(path, Problems(tmp_path))
    other = made()[1].model_copy(update={"form": "0" * 8})
    assert read_sheet(photo, {other.form: other}).problem == "unknown"
    key = tmp_path / "key.pdf"
    key.write_bytes(made()[2]["crossedA"])
    assert read(key).problem == "key"


def test_a_photo_with_a_hidden_corner_is_read_and_one_with_a_hidden_code_is_told(
    tmp_path: Path,
) -> None:
    page, truth = filled(7, "cross", "1234", "A")
    hidden = page.copy()  # type: ignore[attr-defined]
    hidden[-160:, :160] = 90
    sheet = read(shot(tmp_path, hidden, "perspective"))
    assert sheet.problem == ""
    assert sheet.person == "1234"
    assert all(
        one.says.marked == truth.lines[one.question.number, one.line.part] for one in sheet.lines
    )
    qr = made()[1].frame.qr
    hidden = page.copy()  # type: ignore[attr-defined]
    hidden[int(qr.y * 8) : int((qr.y + 12) * 8), int(qr.x * 8) : int((qr.x + 21) * 8)] = 90
    assert read(shot(tmp_path, hidden, "scan")).problem == "no-code"


def test_a_photo_is_turned_as_the_camera_says_and_heic_is_read(tmp_path: Path) -> None:
    page, truth = filled(8, "cross", "1234", "A")
    path = shot(tmp_path, page, "scan")
    heif = pytest.importorskip("pi_heif")
    assert heif
    with Image.open(path) as image:
        exif = Image.Exif()
        exif[0x0112] = 6
        image.rotate(90, expand=True).save(tmp_path / "b.jpg", exif=exif)
    sheet = read(tmp_path / "b.jpg")
    assert [one.says.marked for one in sheet.lines] == list(truth.lines.values())


def test_without_the_places_or_a_photo_one_message_says_what_to_do(tmp_path: Path) -> None:
    path = shot(tmp_path, blank("answers", "A"), "scan")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KitError, match="name the folder of the sheets"):
        mark_photos(real(), [path], sheets=[tmp_path / "empty"])
    (tmp_path / "places.json").write_bytes(made()[2]["places"])
    with pytest.raises(KitError, match="no photo could be read"):
        mark_photos(real(), [tmp_path / "none.jpg"], sheets=[tmp_path / "places.json"])


def test_a_page_that_nobody_has_photographed_is_asked_about() -> None:
    paper, places, _ = made()
    version = places.versions["A"].model_copy(update={"answer_pages": 2})
    places = places.model_copy(update={"versions": {"A": version}})

    def first_page() -> ReadSheet:
        digits = [Judged((digit,)) for digit in (0, 0, 1, 7)]
        code = paper.code("A", "answers", 1)
        return ReadSheet("1", "1.jpg", "", code, places, "0017", digits)

    items = {item.id: item for item in real().items}
    result = settle([first_page()], {})
    (doubt,) = result.open
    assert (doubt.kind, doubt.label, doubt.sheet) == ("page", "2", "0017")
    (person,) = marked_people(result, items)
    assert person.open == len(person.answers)
    result = settle([first_page()], {doubt.id: "none"})
    assert result.open == []
    (person,) = marked_people(result, items)
    assert person.open == 0


def test_a_settled_file_that_makes_no_sense_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"settled": {"a": 1}}))
    problems = Problems(tmp_path)
    assert read_settled([path], problems) == {}
    assert "no file of settled marks" in str(problems.sorted()[0])
