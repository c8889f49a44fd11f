"""The trainer's kit: agendas that add up, and papers that other programs open."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from imlcourse.book.cache import Cache
from imlcourse.build.kit import Wanted, built_kit, keep_kit, kit_is_current, why_no_kit
from imlcourse.cli import main
from imlcourse.course.agenda import Agenda, read_agenda, timed
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.markup.problems import Problems
from imlcourse.products.copies.names import LONGEST, name_problems
from imlcourse.products.kit import KitFile, KitMaking, KitPart, make
from imlcourse.products.kit.docx import write_docx
from imlcourse.products.kit.make import KitError, kit_files, kit_name
from imlcourse.products.kit.names import fit_path
from imlcourse.products.kit.pdf import write_pdf
from imlcourse.products.kit.plan_sheet import plan_sheet
from imlcourse.products.rich import rich
from libreoffice import coarse
from real_course import real_course
from small_course import ROOT

PLANS = "01 Session plans"


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


def read(folder: Path, text: str) -> tuple[Agenda | None, str]:
    """Read an agenda of a trainer's own; give it, and what the trainer hears."""
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    problems = Problems(folder)
    found = read_agenda(path, problems)
    course = real()
    agenda = (
        timed(*found, problems, course.modules, course.sessions, course.about.roles)
        if found
        else None
    )
    return agenda, "\n".join(map(str, problems.sorted()))


# --- agendas --------------------------------------------------------------------------------


def test_the_times_of_a_day_follow_from_its_minutes(tmp_path: Path) -> None:
    agenda, said = read(
        tmp_path,
        """title: Two sessions
people: 12
paper: Letter
roles: [border, health]
days:
  - start: "08:45"
    end: "11:15"
    blocks:
      - {module: m09}
      - {break: Tea, minutes: 15, start: "10:00"}
      - {module: m06}
""",
    )
    assert said == ""
    assert agenda is not None
    assert [(one.starts, one.minutes) for one in agenda.days[0]] == [
        (525, 75),
        (600, 15),
        (615, 60),
    ]
    assert agenda.modules == ["m09", "m06"]
    assert agenda.roles == ("border", "health")


def test_what_does_not_add_up_is_told_where_it_stands(tmp_path: Path) -> None:
    _, said = read(
        tmp_path,
        """title: Too much
roles: [border, helth]
days:
  - start: "09:00"
    end: "10:00"
    blocks:
      - {module: m09, minutes: 20}
      - {break: Tea, minutes: 15, start: "09:30"}
      - {what: Closing}
      - {module: m99}
      - {module: m06, break: Lunch, minutes: 60}
""",
    )
    assert said.splitlines() == [
        "mine.yml:2: no role “helth” (did you mean health?); there are "
        f"{', '.join(real().about.roles)}; or write roles: mixed",
        "mine.yml:5: the day ends at 09:35 by its minutes, and 10:00 is written; add 25 minutes "
        "above, or change the end",
        "mine.yml:7: the session on m09 takes 75 (65 to 95 at need) minutes, and the agenda has "
        "20; give it these, or leave `minutes` out",
        "mine.yml:8: this begins at 09:20 by the minutes above it, and 09:30 is written; add 10 "
        "minutes above, or leave the start out",
        "mine.yml:9: “Closing” has no minutes; write how long it takes",
        f"mine.yml:10: no module “m99”; there are {', '.join(real().modules)}",
        "mine.yml:11: a block has one of `module`, `break` and `what`; write one",
    ]


def test_a_session_may_be_divided_by_a_break(tmp_path: Path) -> None:
    agenda, said = read(
        tmp_path,
        """title: The capstone
days:
  - start: "09:00"
    blocks:
      - {module: capstone, minutes: 95}
      - {break: Tea, minutes: 15}
      - {module: capstone, minutes: 85}
""",
    )
    assert (said, agenda.modules if agenda else []) == ("", ["capstone"])


def test_the_ready_agendas_begin_in_the_field_and_keep_their_hours() -> None:
    agendas = real().agendas
    assert sorted(agendas) == ["half-day", "one-day", "three-days"]
    for agenda in agendas.values():
        assert agenda.modules[0] in ("m09", "m12")
        assert all(day[0].starts >= 480 and day[-1].ends <= 1020 for day in agenda.days)


# --- the papers -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def half_day(folder: Path) -> dict[str, bytes]:
    return kit_files(real(), real().agendas["half-day"], Cache(folder / "cache", "test"))


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    with coarse():
        return half_day(tmp_path_factory.mktemp("kit"))


def test_a_kit_has_an_overview_and_each_plan_to_print_and_to_edit(kit: dict[str, bytes]) -> None:
    assert {"00 Overview.pdf", "00 Overview.docx"} <= set(kit)
    name = f"{PLANS}/01 Module 9 The night bus, row nine"
    assert {f"{name}.pdf", f"{name}.docx"} <= set(kit)
    plans = [path for path in kit if path.startswith(PLANS)]
    assert len(plans) == 2 * len(real().agendas["half-day"].modules)


def test_every_disk_takes_the_paths_of_a_kit_and_the_overview_names_its_files(
    kit: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agenda = real().agendas["half-day"]
    assert name_problems(f"{kit_name(real(), agenda)}/{path}" for path in kit) == []
    title = "A title that goes on for longer than any disk takes the path of a file with its folder"
    names = [f"{title} {which}.{kind}" for which in ("one", "two") for kind in ("pdf", "docx")]
    made = [KitFile(name, b"", f"File {name}", module="m09", copies=1) for name in names]
    part = KitPart("long", "kit.folder.plans", lambda _: [*made, KitFile("short.pdf", b"")])
    monkeypatch.setattr(make, "PARTS", [part])
    monkeypatch.setattr("imlcourse.products.kit.overview._pages", lambda file: 1)
    cache = Cache(tmp_path, "test")
    files = kit_files(real(), agenda, cache, name="a-kit-" + "x" * 50)
    paths = [f"{'a-kit-' + 'x' * 50}/{path}" for path in files]
    assert name_problems(paths) == []
    assert max(map(len, paths)) <= LONGEST
    named = {path.rpartition("/")[2] for path in files}
    assert {"short.pdf", "00 Overview.pdf"} < named
    one, two = (f"A title that goes on for longer than{end}" for end in (" any…", "… 2"))
    assert named > {f"{one}.pdf", f"{one}.docx", f"{two}.pdf", f"{two}.docx"}
    overview = "\n".join(
        p.extract_text() for p in PdfReader(io.BytesIO(files["00 Overview.pdf"])).pages
    )
    assert " ".join(f"{PLANS}/{two}.pdf".split()) in " ".join(overview.split())
    with pytest.raises(KitError, match="give the file of the agenda a shorter name"):
        kit_files(real(), agenda, cache, name="x" * 95)


@pytest.mark.parametrize(
    ("path", "room", "fitted"),
    [
        ("a/short.pdf", 20, "a/short.pdf"),
        ("a/Correct answers, version B.pdf", 28, "a/Correct answers… B.pdf"),
        ("a/Correct answers, version B.pdf", 12, None),
        ("a/" + "x" * 40 + ".pdf", 30, "a/" + "x" * 22 + "….pdf"),
    ],
)
def test_a_long_name_loses_words_and_keeps_its_version(
    path: str, room: int, fitted: str | None
) -> None:
    assert fit_path(path, room) == fitted


def test_the_overview_tells_the_clock_the_copies_and_what_to_bring(kit: dict[str, bytes]) -> None:
    text = words(kit["00 Overview.pdf"])
    assert "08:50 09:55 65 Module 9: Trafficking: identify, assist, prosecute" in text
    assert "The slides are in the folder “" in text
    # How much paper it takes, and what can wait.
    assert re.search(r"All copies of this list together have [1-9]\d\d pages\.", text)
    now, later = text.split("To print later")
    assert "Four weeks later" not in now
    assert "Follow-up" in later
    assert "Its name ends in -for-trainers." in text
    assert "20 Job aid: A person who may have been trafficked Module 9" in text
    assert "10 Job aid: Trafficking or smuggling? Module 9" in text
    assert "A good night’s work Module 9" in text
    assert "An envelope for each group Module 9" in text


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_plan_as_pdf_is_tagged_named_and_has_bookmarks(kit: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(kit[f"{PLANS}/01 Module 9 The night bus, row nine.pdf"]))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "The night bus, row nine"
    marks = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert "Step by step" in marks
    assert "Sensitive moments" in marks
    assert round(float(reader.pages[0].mediabox.width)) == 595


def test_letter_paper_is_letter_paper() -> None:
    plan = real().sessions["m09"]
    reader = PdfReader(io.BytesIO(write_pdf(plan_sheet(real(), plan, "Letter", 20))))
    assert round(float(reader.pages[0].mediabox.width)) == 612


def test_a_plan_as_docx_has_styles_headings_and_heads_of_tables(kit: dict[str, bytes]) -> None:
    document = Document(io.BytesIO(kit[f"{PLANS}/01 Module 9 The night bus, row nine.docx"]))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Say", "Ask bullet", "List Number"} <= styles
    said = next(one.text for one in document.paragraphs if one.style and one.style.name == "Say")
    assert said.startswith("Today we stop a bus at night.")
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    about = document.core_properties
    assert (about.title, about.language) == ("The night bus, row nine", "en")
    assert document.sections[0].header.paragraphs[0].text.startswith("Migrants’ Rights")


def test_the_same_course_gives_the_same_bytes(kit: dict[str, bytes]) -> None:
    plan, agenda = real().sessions["m09"], real().agendas["half-day"]
    sheet = plan_sheet(real(), plan, agenda.paper, agenda.people)
    name = f"{PLANS}/01 Module 9 The night bus, row nine"
    assert write_pdf(sheet) == kit[f"{name}.pdf"]
    assert write_docx(sheet) == kit[f"{name}.docx"]


def test_a_plan_holds_what_is_read_to_the_room() -> None:
    letters = {"A": "With all five of them", "D": "With the man whose hand is taped, alone"}
    sheet = plan_sheet(real(), real().sessions["m09"], "A4", 20)
    text = words(write_pdf(sheet))
    scene = text.index("Read this aloud, slowly “I am their foreman,” says the older man.")
    assert scene < text.index("The driver wants to leave.") < text.index("Tick smuggled, and send")
    shown = real().orders["m09-i73"]["options"]
    options = [part.text for part in real().banks["m09"].items["m09-i73"].parts() if part.id]
    for letter, begins in letters.items():
        assert options[shown["ABCD".index(letter)]].startswith(begins)
        assert f"{letter}. {begins}" in text
    assert "Correct: D. Away from the foreman" in text


def test_a_citation_that_begins_a_sentence_has_a_capital() -> None:
    writer = Writer(real())
    assert rich("It has no box. {para}`4` names one.", writer)[0].text == (
        "It has no box. Paragraph 4 names one."
    )
    assert rich("Named in {para}`4`.", writer)[0].text == "Named in paragraph 4."


def test_cards_are_there_to_be_cut_out_as_often_as_there_are_groups(kit: dict[str, bytes]) -> None:
    path = "02 Cards to cut out/01 Module 9 What we know so far.pdf"
    text = words(kit[path])
    assert all(
        one.replace("**", "") in text for one in real().sessions["m09"].cards["what-we-know"].texts
    )
    listed = words(kit["00 Overview.pdf"])
    assert "5 Slips to cut out: What we know so far Slips, cut out and mixed" in listed
    assert path in listed


def test_key_points_and_figure_stand_on_one_sheet(kit: dict[str, bytes]) -> None:
    handouts = [path for path in kit if path.startswith("04 Handouts")]
    held = real().agendas["half-day"].modules
    assert sum("Key points" in path for path in handouts) == len(held)
    assert [path for path in handouts if len(PdfReader(io.BytesIO(kit[path])).pages) != 1] == []
    text = words(kit["04 Handouts/01 Module 9 Key points, one sheet.pdf"])
    assert "Trafficking aims at exploiting a person" in text
    assert "away from those who exploit" in text  # in the figure


def test_libreoffice_opens_a_plan_and_keeps_its_words(opened_in_office: Path) -> None:
    text = words((opened_in_office / "plan.pdf").read_bytes())
    assert "Today we stop a bus at night." in text
    assert "The session by the minute" in text


# --- the kit of a build ---------------------------------------------------------------------


def test_a_build_keeps_the_kit_of_one_day_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def kit_files(course: Course, agenda: Agenda, *_: object) -> dict[str, bytes]:
        made.append(agenda.name)
        return {"00 Overview.pdf": b"%PDF", "01 Session plans/01.pdf": b"%PDF"}

    monkeypatch.setattr(make, "kit_files", kit_files)
    for mark in ("one", "one", "two"):
        keep_kit(tmp_path, mark, real)
    assert made == ["one-day", "one-day"]
    folder, archive = (one.path for one in built_kit(tmp_path))
    assert folder.name == f"{archive.stem}" == "trainers-kit-0.1.0-one-day"
    with ZipFile(archive) as packed:
        assert f"{folder.name}/00 Overview.pdf" in packed.namelist()
        assert {path.split("/")[0] for path in packed.namelist()} == {folder.name}
    (folder / "00 Overview.pdf").unlink()
    assert not kit_is_current(tmp_path, "two")
    keep_kit(tmp_path, "two", real)
    assert (folder / "00 Overview.pdf").is_file()


def test_a_build_goes_on_where_the_kit_cannot_be_made_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "find_spec", lambda name: None if name == "typst" else name)
    keep_kit(tmp_path, "one", real)
    assert "typst is not installed" in why_no_kit(tmp_path)
    assert kit_is_current(tmp_path, "one")  # until something is installed
    assert built_kit(tmp_path) == []


def test_a_kit_for_other_numbers_takes_no_place_of_the_ready_one() -> None:
    assert Wanted("one-day").suffix(()) == ""
    assert Wanted("one-day", people=12, paper="Letter").suffix(["slides"]) == (
        "-12-people-Letter-slides"
    )


# --- the registry ---------------------------------------------------------------------------


def test_what_a_part_makes_stands_in_the_list_of_what_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = io.BytesIO()
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    writer.write(paper)

    def sheets(making: KitMaking) -> list[KitFile]:
        name, copies = "Key points 9.pdf", making.agenda.people
        data = paper.getvalue()
        return [KitFile(name, data, "Key points", copies, module="m09", material="keypoints")]

    part = KitPart("more", "session.material.keypoints", sheets)
    monkeypatch.setattr(make, "PARTS", [part])
    agenda = replace(real().agendas["half-day"], people=31)
    files = kit_files(real(), agenda, Cache(tmp_path, "test"))
    (path,) = (path for path in files if path.endswith("Key points 9.pdf"))
    text = words(files["00 Overview.pdf"])
    assert f"31 Key points To take away Module 9 3 {path}" in text
    assert "31 Key points, one sheet Module 6 In the course: page" in text


def test_what_is_not_installed_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make, "find_spec", lambda name: None if name == "typst" else name)
    with pytest.raises(KitError, match=r"typst is not installed.*python3 scripts/build\.py kit"):
        kit_files(real(), real().agendas["half-day"], Cache(tmp_path, "test"))


@pytest.mark.parametrize(
    ("agenda", "said"),
    [
        ("one-week", "no agenda “one-week”; there are half-day, one-day, three-days; or give a"),
        ("not-there.yml", "no file not-there.yml; give the path of your agenda, or half-day"),
    ],
)
@pytest.mark.usefixtures("read_once")
def test_an_agenda_that_is_not_there_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    agenda: str,
    said: str,
) -> None:
    monkeypatch.setattr("imlcourse.build.kit.build_folder", lambda _: tmp_path)
    assert main(["--course", str(ROOT), "kit", "--agenda", agenda]) == 2
    assert said in capsys.readouterr().err
