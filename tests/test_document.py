"""The document: read into its 91 units, and checked by an index that holds none of its text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import course
from imlcourse.document.edition import Edition, read_edition
from imlcourse.document.quotations import DocumentIndex, index_document, index_text, read_index
from imlcourse.document.reader import Document, DocumentError, parse_document
from imlcourse.document.words import words
from imlcourse.markup.problems import Problems
from small_course import ROOT

INDEX = ROOT / "book" / "document-index.json"


@pytest.fixture(scope="module")
def index(edition: Edition) -> DocumentIndex:
    return read_index(INDEX, edition)


# --- reading ----------------------------------------------------------------------------------


def test_there_are_91_units(document: Document, edition: Edition) -> None:
    assert tuple(document.units) == edition.unit_ids
    assert len(edition.unit_ids) == 24 + 15 + 48 + 4


@pytest.mark.parametrize(
    ("unit", "begins", "ends"),
    [
        ("5", "In June 2007, the IOM Member States", "contributing to their protection.”"),
        ("17", "Clearly, not all IOM programmes", "topic of the human rights of migrants."),
        ("23", "In addition, IOM is an active member", "uphold the human rights of migrants."),
        ("A5", "**West African region:** IOM has", "protection des droits de l'homme*."),
        ("A9", "**Egypt:** IOM has organized", "groups providing assistance."),
        ("A14", "**Iraq, Jordan, Lebanon", "trafficking in those countries."),
        ("A21", "**Plurinational State of Bolivia:**", "their counter-trafficking activities."),
        ("A27", "**Mexico:** IOM and its partners", "into contact with unaccompanied minors."),
    ],
)
def test_paragraphs_cut_by_a_page_break_are_joined(
    document: Document, unit: str, begins: str, ends: str
) -> None:
    text = document.units[unit].text
    assert text.startswith(begins)
    assert text.endswith(ends)


@pytest.mark.parametrize(
    ("unit", "joined"),
    [
        ("5", "management of migration and the effective respect"),
        ("17", "the rights and duties of migrants – and of States"),
        ("23", "is made up of intergovernmental organizations"),
        ("A5", "and region-specific information"),
        ("A9", "government officials, representatives from the League"),
        ("A14", "development of a regional direct assistance fund"),
        ("A21", "outcomes of these workshops were included in a manual"),
        ("A27", "State of Chiapas to develop guidelines and build"),
    ],
)
def test_the_words_on_both_sides_of_a_page_break_follow_each_other(
    document: Document, unit: str, joined: str
) -> None:
    assert joined in document.units[unit].text


def test_footnote_marks_are_known_and_taken_out_of_the_text(document: Document) -> None:
    bearers = {mark: unit.id for unit in document.units.values() for mark in unit.marks}
    assert document.title_marks == ("fn1",)
    assert bearers == {
        "fn2": "1", "fn3": "3", "fn4": "3", "fn5": "5", "fn6": "5", "fn7": "6", "fn8": "7",
        "fn9": "13", "fn10": "16", "fn11": "16", "fn12": "20", "fn13": "22", "fn14": "22",
        "fn15": "23", "A-fn1": "A1", "A-fn2": "A5", "A-fn3": "A5", "A-fn4": "A9",
    }  # fmt: skip
    assert not any(c in "¹²³⁴⁵⁶⁷⁸⁹⁰" for unit in document.units.values() for c in unit.text)


@pytest.mark.parametrize(
    ("unit", "section"),
    [("1", "I. INTRODUCTION"), ("9", "II. MANDATE"), ("fn6", "II. MANDATE"),
     ("19", "III. ACTIVITIES"), ("fn15", "IV. PARTNERS"), ("24", "V. CONCLUSION"),
     ("A30", "Annex")],
)  # fmt: skip
def test_units_stand_under_their_section(document: Document, unit: str, section: str) -> None:
    assert document.units[unit].section == section


@pytest.mark.parametrize(
    ("unit", "region", "place"),
    [
        ("A1", "", ""),
        ("A2", "Africa", "CEN-SAD countries"),
        ("A4", "Africa", "Southern African region"),
        ("A12", "Africa", "South Africa"),
        ("A15", "Middle East", "Jordan, Lebanon, the Syrian Arab Republic and Egypt"),
        ("A25", "Latin America and the Caribbean", "Ecuador"),
        ("A33", "Asia and Oceania", "Japan"),
        ("A38", "Europe",
         "Austria, Belgium, Bulgaria, the Czech Republic, Poland and Romania"),
        ("A42", "Europe", "Republic of Moldova"),
        ("A48", "Europe", "Ukraine"),
    ],
)  # fmt: skip
def test_annex_paragraphs_have_a_region_and_a_place_taken_over_in_another_example(
    document: Document, unit: str, region: str, place: str
) -> None:
    assert (document.units[unit].region, document.units[unit].place) == (region, place)


@pytest.mark.parametrize("text", ["", "A letter.\n\n1. First.\n", "\x00\x01"])
def test_another_text_is_refused_with_what_is_missing(text: str, edition: Edition) -> None:
    with pytest.raises(DocumentError, match=r"not MC/INF/298 .* missing: "):
        parse_document(text, edition)


def test_a_document_with_a_paragraph_cut_out_is_refused(
    document_path: Path, edition: Edition
) -> None:
    lines = document_path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("9. ")]
    with pytest.raises(DocumentError, match=r"missing: "):
        parse_document("\n".join(kept), edition)


# --- what is known of it ----------------------------------------------------------------------

LETTER = """\
publisher: The Ministry
title: A letter
symbol: L/1
date: "2024-02-29"
index_name: L/1 of 2024
parts:
  - {id: main, paragraphs: 2, footnotes: 0, assessed_by: 1}
  - {id: note, prefix: N, begins: Note, paragraphs: 1, footnotes: 1, assessed_by: 0}
substantial_footnotes: [N-fn1]
title_section: Head
conjunction: et
"""


def edition_of(text: str, folder: Path) -> tuple[Edition | None, list[str]]:
    """Read the description of a document, and give it with what is wrong in it."""
    path = folder / "document.yml"
    path.write_text(text, encoding="utf-8")
    problems = Problems(folder)
    return read_edition(path, problems), [str(problem) for problem in problems.sorted()]


def test_another_document_is_described_in_a_file_and_read_without_new_code(tmp_path: Path) -> None:
    letter, problems = edition_of(LETTER, tmp_path)
    assert problems == []
    assert letter
    assert letter.unit_ids == ("1", "2", "N1", "N-fn1")
    assert letter.ranges == "1–2, N1, N-fn1"
    assert [letter.items_wanted(unit) for unit in letter.unit_ids] == [1, 1, 0, 1]
    read = parse_document(
        "A LETTER\n\nI. ÉTAT\n1. First, in full.\n2. Second.\nNote\n"
        "1. **Mali et Niger:** as agreed.¹\n¹ In writing.\n",
        letter,
    )
    assert read.units["1"].section == "I. ÉTAT"
    assert (read.units["N1"].section, read.units["N1"].place) == ("Note", "Mali et Niger")
    assert read.units["N1"].marks == ("N-fn1",)
    index = index_document(read, letter)
    assert '"document": "The Ministry, L/1 of 2024"' in index_text(index)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("2024-02-29", "2023-02-29", "document.yml:4: `date`: the calendar has no “2023-02-29”"),
        ("[N-fn1]", "[N-fn2]", "document.yml:9: no footnote N-fn2"),
        ("prefix: N, begins: Note", "begins: Note", "document.yml:8: the prefix “” belongs to"),
        (", begins: Note", "", "document.yml:8: where the part note begins is not said"),
        ("paragraphs: 2", "paragraphs: 0", "document.yml:7: "),
        ("symbol: L/1\n", "", "`symbol` is missing"),
        ("symbol:", "symbl:", "symbl"),
    ],
)
def test_a_description_with_a_mistake_is_refused_at_its_line(
    tmp_path: Path, before: str, after: str, message: str
) -> None:
    _, problems = edition_of(LETTER.replace(before, after), tmp_path)
    assert any(message in problem for problem in problems), problems


# --- the index --------------------------------------------------------------------------------


def test_the_index_holds_no_words_of_the_document(document: Document, edition: Edition) -> None:
    data = json.loads(INDEX.read_text(encoding="utf-8"))
    held = " ".join(
        str(value)
        for unit in data["units"].values()
        for key, value in unit.items()
        if key != "hashes"
    )
    headings = {w for u in document.units.values() for w in words(f"{u.section} {u.region}")}
    places = {w for u in document.units.values() for w in words(u.place)}
    ids = {w for unit_id in edition.unit_ids for w in words(unit_id)}
    assert {w for w in words(held) if not w.isdigit()} <= headings | places | ids


@settings(max_examples=400, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(data=st.data())
def test_every_stretch_of_5_to_25_words_is_found_in_its_unit(
    document: Document, index: DocumentIndex, data: st.DataObject
) -> None:
    unit, stretch = _stretch(document, data)
    assert index.check(unit, " ".join(stretch)).found


def test_every_stretch_of_every_length_of_every_unit_is_found(
    document: Document, index: DocumentIndex
) -> None:
    for unit in document.units.values():
        text = words(unit.text)
        for size in (5, 6, 9, 10, 11, 25):
            for at in range(len(text) - size + 1):
                assert index.check(unit.id, " ".join(text[at : at + size])).found


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_changed_dropped_added_or_swapped_word_is_refused(
    document: Document, index: DocumentIndex, data: st.DataObject
) -> None:
    unit, stretch = _stretch(document, data)
    at = data.draw(st.integers(0, len(stretch) - 1))
    other = data.draw(st.sampled_from(["never", "migrants", "xyz", "the", "law", "7"]))
    spoiled = list(stretch)
    match data.draw(st.sampled_from(["change", "drop", "add", "swap"])):
        case "change":
            spoiled[at] = other
        case "drop":
            del spoiled[at]
        case "add":
            spoiled.insert(at, other)
        case "swap":
            to = data.draw(st.integers(0, len(stretch) - 1))
            spoiled[at], spoiled[to] = spoiled[to], spoiled[at]
    text = words(document.units[unit].text)
    really_there = any(
        text[i : i + len(spoiled)] == spoiled for i in range(len(text) - len(spoiled) + 1)
    )
    if len(spoiled) >= 5:
        assert index.check(unit, " ".join(spoiled)).found == really_there


def test_two_stretches_of_a_unit_put_together_are_refused(
    document: Document, index: DocumentIndex
) -> None:
    """Each five words of such a splice may stand in the unit, in two different places."""
    text = words(document.units["24"].text)
    shared = words("respect for the human rights of migrants")
    at = [i for i in range(len(text)) if text[i : i + len(shared)] == shared]
    assert len(at) > 1, "the paragraph says it more than once"
    first, last = at[0], at[-1]
    splice = text[first - 3 : first] + text[last : last + len(shared) + 3]
    assert not index.check("24", " ".join(splice)).found


def _stretch(document: Document, data: st.DataObject) -> tuple[str, list[str]]:
    long_enough = [u for u in document.units.values() if u.word_count >= 5]
    unit = data.draw(st.sampled_from(long_enough))
    text = words(unit.text)
    size = data.draw(st.integers(5, min(25, len(text))))
    at = data.draw(st.integers(0, len(text) - size))
    return unit.id, text[at : at + size]


@pytest.mark.parametrize(
    "written",
    [
        "IOM does not have a legal protection mandate",
        "“IOM does not have a *legal* protection mandate”",
        "iom  does not\nhave a LEGAL protection mandate,",
        "IOM does not have a legal protection mandate.³",
    ],
)
def test_typesetting_does_not_matter(index: DocumentIndex, written: str) -> None:
    assert index.check("9", written).found


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("dash", ["-", "\u2011", "\u2010"])
def test_apostrophes_and_hyphens_count_as_one_kind(
    index: DocumentIndex, apostrophe: str, dash: str
) -> None:
    words_of_it = f"migrants{apostrophe} fitness to travel and facilitate health{dash}care follow"
    assert index.check("11", words_of_it + f"{dash}up").found


@pytest.mark.parametrize(
    ("quotation", "departs"),
    [
        ("since IOM does not have a legal protection mandate", "since"),
        ("it does provide legal protection for the human rights of migrants", "legal"),
        ("IOM does not have a legal protection mandate and it does provide", "and"),
        # No five words of this one stand in the unit: hashes tell no more than that.
        ("IOM does not have any legal protection", "iom does not have any"),
    ],
)
def test_the_first_word_that_departs_is_named(
    index: DocumentIndex, quotation: str, departs: str
) -> None:
    verdict = index.check("9", quotation)
    assert not verdict.found
    assert verdict.departs is not None
    assert " ".join(verdict.words[i] for i in verdict.departs) == departs


def test_a_quotation_from_another_unit_is_found_there(index: DocumentIndex) -> None:
    assert index.check("8", "IOM does not have a legal protection mandate").elsewhere == ("9",)


def test_fewer_than_five_words_cannot_be_checked(index: DocumentIndex) -> None:
    with pytest.raises(ValueError, match="at least 5"):
        index.check("9", "legal protection mandate")


# --- course index -----------------------------------------------------------------------------


def test_the_committed_index_is_what_course_index_makes_of_the_document(
    small_course: Path, document_path: Path
) -> None:
    written = small_course / "book" / "document-index.json"
    written.unlink()
    done = course(small_course, "index", str(document_path))
    assert done.returncode == 0, done.stderr
    assert written.read_bytes() == INDEX.read_bytes()


def test_course_index_refuses_another_text_and_keeps_the_index(small_course: Path) -> None:
    letter = small_course / "letter.txt"
    letter.write_text("Dear Sir or Madam", encoding="utf-8")
    done = course(small_course, "index", str(letter))
    assert done.returncode == 1
    assert "letter.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert (small_course / "book" / "document-index.json").read_bytes() == INDEX.read_bytes()
