"""Certificates of attendance: from the filled list to signed papers that others can check."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import zxingcpp
from pypdf import PdfReader

from imlcourse import cli
from imlcourse.book.cache import Cache
from imlcourse.build import certificates
from imlcourse.course.model import Course
from imlcourse.markup.problems import CourseError
from imlcourse.products.certificates.make import CertificateFiles, certificate_files
from imlcourse.products.certificates.sessions import half_days
from imlcourse.products.kit.attendance import PART
from imlcourse.products.kit.make import KitError
from imlcourse.products.kit.part import KitMaking
from imlcourse.products.signed.keys import (
    SigningKey,
    SigningKeyError,
    make_key,
    public_keys,
    read_key,
    verified,
)
from imlcourse.products.signed.verify import check
from printed import drawn
from real_course import real_course
from small_course import ROOT

VECTORS = json.loads((Path(__file__).parent / "signatures.json").read_text("utf-8"))["vectors"]
GIVEN = {
    "organizer": "Regional Training Centre",
    "trainer": "Samira Haddad",
    "place": "Nairobi",
    "from": "2026-11-25",
}
PEOPLE = [
    ("Олена Шевченко", "Служба"),
    ("محمد عبد الرحمن الخطيب", ""),
    ("Nguyễn Thị Ánh Nguyệt", "Labour inspectorate"),
    ("Łukasz Żółć-Dąbrowski", ""),
]
LIST = "Signed list of certificates.json"


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the kit holds for one day."""
    cache = Cache(tmp_path_factory.mktemp("kit"), "test")
    return {one.name: one.data for one in PART.make(KitMaking(real(), agenda(), cache))}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    folder = tmp_path_factory.mktemp("key") / "mine"
    make_key(folder, "Regional Training Centre")
    return read_key(folder, never)


@pytest.fixture(scope="module")
def given_out(
    made: dict[str, bytes], key: SigningKey, tmp_path_factory: pytest.TempPathFactory
) -> CertificateFiles:
    folder = tmp_path_factory.mktemp("list")
    path = filled(made, folder / "list.xlsx", lambda row, column: (row, column) != (2, 4))
    return certificate_files(real(), agenda(), path, GIVEN, key, paper="A4", each=True)


def agenda() -> Any:
    return real().agendas["one-day"]


def never(question: str) -> str:
    raise AssertionError(question)


def filled(made: dict[str, bytes], path: Path, there: Callable[[int, int], bool]) -> Path:
    """Fill in the workbook of the kit, as a trainer does in a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(made["Attendance list.xlsx"]))
    sheet = book.worksheets[0]
    for number, (name, office) in enumerate(PEOPLE):
        sheet.cell(number + 2, 2).value, sheet.cell(number + 2, 3).value = name, office
        for column in range(4, sheet.max_column + 1):
            if there(number, column):
                sheet.cell(number + 2, column).value = "x"
    book.save(path)
    return path


def words(pdf: bytes, page: int) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[page].extract_text().split())


# --- the attendance sheet -------------------------------------------------------------------


def test_people_sign_for_each_half_day(made: dict[str, bytes]) -> None:
    text = words(made["Attendance sheet.pdf"], 0)
    assert "Morning 09:00–12:05" in text
    assert "Afternoon 13:05–17:00" in text
    assert "0001" in text
    assert [(one.day, one.half) for one in half_days(real().agendas["half-day"])] == [(1, "whole")]
    assert len(half_days(real().agendas["three-days"])) == 6


def test_the_list_has_the_codes_of_the_answer_sheets_and_a_column_for_each_session(
    made: dict[str, bytes],
) -> None:
    people, workshop, _ = openpyxl.load_workbook(
        io.BytesIO(made["Attendance list.xlsx"])
    ).worksheets
    heads = [cell.value for cell in people[1]]
    assert heads[:6] == [
        *("code", "name", "office", "1 09:00 Opening", "1 09:20 Pre-test"),
        "1 09:35 Module 9: Trafficking: identify, assist, prosecute",
    ]
    assert not any("Lunch" in head for head in heads)
    assert [people.cell(row, 1).value for row in (2, 21, 22)] == ["0001", "0020", None]
    assert [workshop.cell(row, 1).value for row in range(2, 7)] == [
        *("organizer", "trainer", "place", "from", "to"),
    ]
    rows = list(csv.reader(io.StringIO(made["Attendance list.csv"].decode("utf-8-sig"))))
    assert rows[0] == heads


# --- certificates ---------------------------------------------------------------------------


def test_hours_and_modules_are_those_that_a_person_attended(given_out: CertificateFiles) -> None:
    pdf = given_out.files["Certificates of attendance.pdf"]
    whole, part = words(pdf, 0), words(pdf, 2)
    minutes = sum(one.minutes for day in agenda().days for one in day if one.kind != "break")
    assert minutes == 380
    assert "6 hours 20 minutes: the whole workshop" in whole
    # The third person missed the opening, and no module.
    assert "6 hours of 6 hours 20 minutes" in part
    assert "Module 9: Trafficking: identify, assist, prosecute" in part
    assert "breaks are not counted" in whole
    assert "Not made, issued or endorsed by IOM" in whole
    assert "25 November 2026 · Nairobi" in whole


def test_a_module_of_which_a_part_was_missed_counts_its_minutes_alone(
    made: dict[str, bytes], key: SigningKey, tmp_path: Path
) -> None:
    path = filled(made, tmp_path / "list.xlsx", lambda _, column: column == 6)
    files = certificate_files(real(), agenda(), path, GIVEN, key, paper="Letter").files
    said = json.loads(files[LIST])["certificates"][0]
    assert (said["minutes"], said["modules"]) == (75, ["m09"])
    page = PdfReader(io.BytesIO(files["Certificates of attendance.pdf"])).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (792, 612)


def test_names_of_any_script_stand_on_tagged_pages_with_bookmarks(
    given_out: CertificateFiles,
) -> None:
    reader = PdfReader(io.BytesIO(given_out.files["Certificates of attendance.pdf"]))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        name for name, _ in PEOPLE
    ]
    assert (
        len([path for path in given_out.files if path.startswith("Certificates of attendance/")])
        == 4
    )


def test_the_same_list_and_key_give_the_same_bytes(
    made: dict[str, bytes], key: SigningKey, given_out: CertificateFiles, tmp_path: Path
) -> None:
    path = filled(made, tmp_path / "list.xlsx", lambda row, column: (row, column) != (2, 4))
    again = certificate_files(real(), agenda(), path, GIVEN, key, paper="A4", each=True)
    assert again.files == given_out.files


def test_all_that_is_wrong_is_named_by_line_and_nothing_is_made(
    made: dict[str, bytes], key: SigningKey, tmp_path: Path
) -> None:
    rows = list(csv.reader(io.StringIO(made["Attendance list.csv"].decode("utf-8-sig"))))
    rows[0][3] = "1 09:05 Opening"
    rows[1][1:5] = ["Jo Li", "", "x", "perhaps"]
    rows[2][1] = "李雷"
    rows[3][0] = rows[1][0]
    rows[3][1] = "Al Bo"
    rows[4][5] = "x"
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(CourseError) as caught:
        certificate_files(
            real(), agenda(), path, {**GIVEN, "place": "", "from": "25.11."}, key, paper="A4"
        )
    said = [f"{one.line}: {one.what}" for one in caught.value.problems]
    for wanted in (
        "0: “place” is not filled in; write it on the sheet “Workshop” of the list, or give it",
        "0: “from” is “25.11.”; write the day as in 2026-11-27",
        "1: the agenda has no session on day 1 at 09:05",
        "1: no column begins with “1 09:00” (Opening)",
        "2: “perhaps” under “1 09:20” is no mark; write x, or nothing",
        "3: no typeface on this computer has “李”, of the name “李雷”",
        "4: code 0001 stands in line 2 already",
        "5: somebody was there and has no name",
    ):
        assert any(line.startswith(wanted) for line in said), (wanted, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [("list.docx", "only .xlsx and .csv are read"), ("list.csv", "the first row has no columns")],
)
def test_of_a_file_that_is_no_list_this_alone_is_told(
    tmp_path: Path, key: SigningKey, name: str, said: str
) -> None:
    (tmp_path / name).write_text("Dear all,\n", "utf-8")
    with pytest.raises(CourseError) as caught:
        certificate_files(real(), agenda(), tmp_path / name, {}, key, paper="A4")
    assert [said in one.what for one in caught.value.problems] == [True]


# --- keys and signatures --------------------------------------------------------------------


@pytest.mark.parametrize("vector", VECTORS)
def test_signatures_are_those_of_the_standard(vector: dict[str, str]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public, message, signature = (
        bytes.fromhex(vector[name]) for name in ("public", "message", "signature")
    )
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["secret"]))
    assert private.sign(message) == signature
    assert verified(public, signature, message)
    assert not verified(public, signature, message + b"!")
    assert not verified(public, bytes([signature[0] ^ 1]) + signature[1:], message)


def test_a_key_is_for_its_owner_alone_and_is_never_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "key"
    public = make_key(folder, "Office", "a word")
    if os.name == "posix":
        assert stat.S_IMODE((folder / "private-key.pem").stat().st_mode) == 0o600
    assert read_key(folder, lambda _: "a word").public == public
    assert public_keys((folder / "public-key.txt").read_text("utf-8")) == [public]
    with pytest.raises(SigningKeyError, match="the passphrase is wrong"):
        read_key(folder, lambda _: "another")
    with pytest.raises(SigningKeyError, match=r"there is a key in .* already"):
        make_key(folder, "Office")
    with pytest.raises(SigningKeyError, match=r"there is no key in .*--new-key"):
        read_key(tmp_path, never)


def test_a_list_is_whole_and_its_signer_known_or_not(
    given_out: CertificateFiles, key: SigningKey
) -> None:
    data = given_out.files[LIST]
    known, unknown = check(data, [key.public]), check(data, [])
    assert known is not None
    assert unknown is not None
    assert (known.state, unknown.state) == ("whole", "unknown")
    assert known.key == key.public
    assert len(known.facts) == 4


def tampered(data: bytes, how: str) -> bytes:
    whole = json.loads(data)
    lines = whole["certificates"]
    if how == "a name":
        lines[1]["name"] += "a"
    elif how == "hours":
        lines[2]["minutes"] += 60
    elif how == "swapped":
        lines[0], lines[1] = lines[1], lines[0]
    elif how == "removed":
        del lines[3]
        whole["count"] = 3
    elif how == "signatures swapped":
        lines[0]["signature"], lines[1]["signature"] = lines[1]["signature"], lines[0]["signature"]
    elif how == "the workshop":
        whole["workshop"]["place"] = "Paris"
    return json.dumps(whole, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("a name", "line 2 of the list"),
        ("hours", "line 3 of the list"),
        ("swapped", "each line is whole by itself"),
        ("removed", "each line is whole by itself"),
        ("signatures swapped", "line 1 of the list"),
        ("the workshop", "each line is whole by itself"),
    ],
)
def test_what_was_changed_in_a_list_is_seen(
    given_out: CertificateFiles, key: SigningKey, how: str, said: str
) -> None:
    assert check(tampered(given_out.files[LIST], "nothing"), [key.public]).state == "whole"  # type: ignore[union-attr]
    outcome = check(tampered(given_out.files[LIST], how), [key.public])
    assert outcome is not None
    assert outcome.state == "changed"
    assert outcome.changed[0].startswith(said)


def test_a_list_that_somebody_else_signed_anew_is_of_an_unknown_key(
    made: dict[str, bytes], key: SigningKey, tmp_path: Path
) -> None:
    make_key(tmp_path / "other", "Regional Training Centre")
    other = read_key(tmp_path / "other", never)
    path = filled(made, tmp_path / "list.xlsx", lambda *_: True)
    data = certificate_files(real(), agenda(), path, GIVEN, other, paper="A4").files[LIST]
    outcome = check(data, [key.public])
    assert outcome is not None
    assert outcome.state == "unknown"
    # The name of the holder is what whoever signed says; the fingerprint is what counts.
    forged = json.loads(data)
    forged["key"]["public"] = key.public.text
    outcome = check(json.dumps(forged).encode(), [key.public])
    assert outcome is not None
    assert outcome.state == "changed"


def test_the_code_on_a_certificate_is_read_by_a_camera_and_checked_alone(
    given_out: CertificateFiles, key: SigningKey
) -> None:
    texts = []
    for page in drawn(given_out.files["Certificates of attendance.pdf"], 120):
        (code,) = zxingcpp.read_barcodes(page)
        texts.append(code.text)
    for text, (name, _) in zip(texts, PEOPLE, strict=True):
        outcome = check(text.encode(), [key.public])
        assert outcome is not None
        assert (outcome.state, outcome.facts[0]) == ("whole", f"name: {name}")
        assert check(text.encode(), []).state == "unknown"  # type: ignore[union-attr]
    text = texts[3]
    # Broken into lines, as an e-mail does; and each single sign changed.
    assert check(f"{text[:70]}\r\n{text[70:]}\n".encode(), [key.public]).state == "whole"  # type: ignore[union-attr]
    for place in range(9, len(text)):
        other = "A" if text[place] != "A" else "B"
        outcome = check((text[:place] + other + text[place + 1 :]).encode(), [key.public])
        assert outcome is not None
        assert outcome.state in ("changed", "unreadable")


@pytest.mark.usefixtures("read_once")
def test_from_a_new_key_to_a_checked_list_on_the_command_line(
    made: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    def run(*words: str) -> tuple[int, str]:
        code = cli.main(["--course", str(ROOT), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    path = filled(made, tmp_path / "list.xlsx", lambda *_: True)
    given = [f"--{name}={words}" for name, words in GIVEN.items() if name != "from"]
    words = ["certificates", str(path), *given, "--first-day", GIVEN["from"]]
    to = ["--to", str(tmp_path / "out")]
    assert "there is no key in" in run(*words, *to)[1]
    code, said = run("certificates", "--new-key", "--organizer", "Regional Training Centre")
    assert code == 0
    assert "give it\nto nobody" in said
    assert "It has no passphrase" in said
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("stays", encoding="utf-8")
    code, said = run(*words, *to)
    assert (code, said.partition(",")[0]) == (0, "4 certificates")
    assert (tmp_path / "out" / "mine.txt").exists()
    listed = tmp_path / "out" / LIST
    code, said = run("verify", str(listed))
    assert code == 0
    assert "signed by Regional Training Centre" in said
    listed.write_bytes(tampered(listed.read_bytes(), "hours"))
    code, said = run("verify", str(listed), str(path))
    assert code == 1
    assert "CHANGED" in said
    assert "line 3 of the list (Nguyễn Thị Ánh Nguyệt) was changed" in said
    assert "list.xlsx: nothing that is signed" in said


def test_what_is_not_installed_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        certificates, "find_spec", lambda name: None if name == "cryptography" else name
    )
    with pytest.raises(KitError, match=r"cryptography is not installed.*build\.py certificates"):
        certificates.check_libraries()
