"""Slides of the kit: what stands on them, and that PowerPoint and LibreOffice can show it.

LibreOffice, which has written none of it, lays the slides out; PDFium says where each word stands.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from imlcourse.course.model import Course
from imlcourse.course.session import MOST_WORDS_ON_SLIDE
from imlcourse.items.scenario import END, Scenario
from imlcourse.products.kit.deck import (
    AnswerSlide,
    Deck,
    FigureSlide,
    PointsSlide,
    QuestionSlide,
    QuoteSlide,
    SceneSlide,
    TalkSlide,
    deck_of,
)
from imlcourse.products.kit.pptx import write_pptx
from libreoffice import DECKS, coarse
from printed import Word, sheets
from real_course import real_course

EMU = 12700
SPARE = 2


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def decks(course: Course) -> dict[str, Deck]:
    return {id_: deck_of(course, course.sessions[id_]) for id_ in course.sessions}


@pytest.fixture(scope="module")
def files(office_files: Path) -> dict[str, bytes]:
    return {id_: (office_files / f"{id_}.pptx").read_bytes() for id_ in DECKS}


@pytest.fixture(scope="module")
def shown(files: dict[str, bytes]) -> dict[str, Any]:
    return {id_: Presentation(io.BytesIO(data)) for id_, data in files.items()}


@pytest.fixture(scope="module")
def pages(opened_in_office: Path) -> dict[str, list[list[Word]]]:
    """The words of each page as LibreOffice sets them, with nothing made smaller to fit."""
    return {id_: [page.words for page in sheets(opened_in_office / f"{id_}.pdf")] for id_ in DECKS}


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def texts(slide: Any) -> Iterator[tuple[Any, tuple[float, float, float, float]]]:
    """Give the shapes with words, and where each stands, in points."""
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text.strip():
            x, y = shape.left / EMU, shape.top / EMU
            yield shape, (x, y, x + shape.width / EMU, y + shape.height / EMU)


def misplaced(deck: Any, pages: list[list[Word]]) -> list[str]:
    """Tell of each paragraph that is not whole in its box, and of each word off the slide."""
    told = []
    slides = list(deck.slides)
    assert len(pages) == len(slides)
    for number, (slide, words) in enumerate(zip(slides, pages, strict=True), start=1):
        for shape, (left, top, right, bottom) in texts(slide):
            inside = [
                word
                for word, x0, y0, x1, y1 in words
                if left - SPARE <= x0
                and x1 <= right + SPARE
                and top - SPARE <= y0
                and y1 <= bottom + SPARE
            ]
            there = letters("".join(inside))
            told += [
                f"slide {number}: not in its box: {para.text!r}"
                for para in shape.text_frame.paragraphs
                if "slidenum" not in para._p.xml and letters(para.text) not in there
            ]
        width, height = deck.slide_width / EMU, deck.slide_height / EMU
        told += [
            f"slide {number}: off the slide: {word}"
            for word, x0, y0, x1, y1 in words
            if x0 < 0 or y0 < 0 or x1 > width or y1 > height
        ]
    return told


def test_every_word_stands_in_its_box_on_its_page(
    shown: dict[str, Any], pages: dict[str, list[list[Word]]]
) -> None:
    for id_, deck in shown.items():
        assert not misplaced(deck, pages[id_]), id_


def test_a_text_that_is_too_large_is_found(
    shown: dict[str, Any], pages: dict[str, list[list[Word]]]
) -> None:
    moved = [
        [word._replace(top=word.top + 40, bottom=word.bottom + 40) for word in page]
        for page in pages["m12"]
    ]
    assert misplaced(shown["m12"], moved)


def test_each_slide_has_a_title_and_fills_placeholders_of_its_layout(
    shown: dict[str, Any],
) -> None:
    for deck in shown.values():
        assert round(deck.slide_width / deck.slide_height, 2) == 1.78
        for slide in deck.slides:
            assert slide.shapes.title.text_frame.text
            known = {one.placeholder_format.idx for one in slide.slide_layout.placeholders}
            for one in slide.placeholders:
                assert one.placeholder_format.idx in known
                kind = one.placeholder_format.type
                assert "PICTURE" in str(kind) or one.has_text_frame
                if one.has_text_frame and "slidenum" not in one._element.xml:
                    assert one.text_frame.text.strip()
            assert "slidenum" in slide.shapes._spTree.xml


def test_no_two_shapes_of_a_slide_or_a_layout_have_one_id(shown: dict[str, Any]) -> None:
    deck = shown["m09"]
    for page in (deck.slide_master, *deck.slide_layouts, *deck.slides):
        ids = [shape.shape_id for shape in page.shapes]
        assert len(ids) == len(set(ids))


def test_no_slide_is_a_wall_of_text(decks: dict[str, Deck]) -> None:
    """Questions have as many words as they need, and fit; all others have 40 at most."""
    for id_, deck in decks.items():
        for slide in deck.slides:
            if isinstance(slide, PointsSlide | TalkSlide | QuoteSlide):
                words = " ".join(para.text for para in slide.paras).split()
            elif isinstance(slide, FigureSlide):
                words = " ".join(para.text for para in slide.caption).split()
            elif isinstance(slide, SceneSlide):
                words = slide.lead.split()
            else:
                continue
            debrief = slide.key == END
            assert len(words) <= MOST_WORDS_ON_SLIDE + 20 * debrief, (id_, slide.title)


def test_pictures_say_in_words_what_they_show(
    shown: dict[str, Any], decks: dict[str, Deck]
) -> None:
    for id_, deck in shown.items():
        wanted = [
            slide for slide in decks[id_].slides if isinstance(slide, SceneSlide | FigureSlide)
        ]
        pictures = [
            shape
            for slide in deck.slides
            for shape in slide.shapes
            if shape._element.tag.endswith("}pic")
        ]
        found = [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures]
        assert found == [slide.picture.alt for slide in wanted]
        assert all(found)
        assert all(shape.image.content_type == "image/png" for shape in pictures)


def test_a_figure_in_parts_is_built_up_over_slides(decks: dict[str, Deck]) -> None:
    ways = [slide for slide in decks["m06"].slides if isinstance(slide, FigureSlide)]
    assert len(ways) == 4
    assert [slide.picture.svg.count('display="none"') for slide in ways] == [3, 2, 1, 0]


def test_notes_hold_what_is_said_and_asked(course: Course, shown: dict[str, Any]) -> None:
    for id_, deck in shown.items():
        notes = letters(
            "".join(
                slide.notes_slide.notes_text_frame.text
                for slide in deck.slides
                if slide.has_notes_slide
            )
        )
        for activity in course.sessions[id_].activities:
            assert letters(activity.title) in notes
            for part in activity.parts:
                if part.kind == "ask" and not {"`", "*"} & set(part.argument):
                    assert letters(part.argument) in notes


def test_a_question_tells_nothing_and_its_answer_comes_next(
    course: Course, shown: dict[str, Any], decks: dict[str, Deck]
) -> None:
    slides = decks["m09"].slides
    (at,) = [at for at, slide in enumerate(slides) if isinstance(slide, AnswerSlide)]
    question, answer = slides[at - 1], slides[at]
    assert isinstance(question, QuestionSlide)
    assert isinstance(answer, AnswerSlide)
    item = course.banks["m09"].items["m09-i73"]
    assert [row.text for row in question.rows] == [row.text for row in answer.rows]
    assert not any(row.right for row in question.rows)
    (right,) = [row for row in answer.rows if row.right]
    assert right.text == next(part.text for part in item.parts() if part.right)
    assert answer.said == ((f"“{item.evidence[0].quote}”", "IOM, MC/INF/298, annex, paragraph 7"),)
    drawn = list(shown["m09"].slides)[at]
    # By a sign and a frame, and not by its colour alone.
    assert f"✓ {right.letter}" in [s.text_frame.text for s in drawn.shapes if s.has_text_frame]
    assert course.strings["kit.slides.right"] in [shape.name for shape in drawn.shapes]
    before = " ".join(run.text for para in question.notes for run in para.runs)
    assert not any(part.feedback in before for part in item.parts())


def test_the_scene_is_in_the_notes_to_be_read_aloud(decks: dict[str, Deck]) -> None:
    for id_, deck in decks.items():
        notes = [repr(slide.notes) for slide in deck.slides]
        assert sum("Read this aloud, slowly" in one for one in notes) == 1, id_
    assert "“I am their foreman,”" in repr(decks["m09"].slides[0].notes)


def test_letters_in_a_case_lead_to_what_follows(
    course: Course, shown: dict[str, Any], decks: dict[str, Deck]
) -> None:
    item = course.banks["m09"].items["m09-i18"]
    assert isinstance(item, Scenario)
    keys = [slide.key for slide in decks["m09"].slides]
    slides = list(shown["m09"].slides)
    for step in item.steps:
        texts_to = {one.text: one.next for one in step.choices}
        asked = decks["m09"].slides[keys.index(step.id)]
        told = slides[keys.index(step.id) + 1]
        assert isinstance(asked, QuestionSlide)
        for row in asked.rows:
            for slide, to in (
                (slides[keys.index(step.id)], f"{step.id} then"),
                (told, texts_to[row.text]),
            ):
                (letter,) = [shape for shape in slide.shapes if shape.name == row.letter]
                assert letter.click_action.target_slide == slides[keys.index(to)]


def test_the_file_says_whose_it_is_and_in_which_language(
    course: Course, shown: dict[str, Any], files: dict[str, bytes]
) -> None:
    about = shown["m09"].core_properties
    assert (about.title, about.author) == (
        "The night bus, row nine",
        "Migrants’ Rights in Practice",
    )
    assert (
        about.created.date().isoformat() == course.about.date == about.modified.date().isoformat()
    )
    with zipfile.ZipFile(io.BytesIO(files["m09"])) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        theme = file.read("ppt/theme/theme1.xml").decode("utf-8")
    for slide in shown["m09"].slides:
        for tree in (slide.shapes._spTree, slide.notes_slide.shapes._spTree):
            for run in tree.iter(qn("a:r")):
                assert run.find(qn("a:rPr")).get("lang") == "en-GB", run.text
    assert "97451A" in theme
    assert 'typeface="Arial"' in theme


def test_slides_of_a_language_from_the_right_are_mirrored(
    course: Course, decks: dict[str, Deck], shown: dict[str, Any]
) -> None:
    with coarse():
        mirrored = write_pptx(replace(decks["m12"], language="ar"), course.strings)
    there = Presentation(io.BytesIO(mirrored))
    here = shown["m12"]
    for left, right in zip(here.slides, there.slides, strict=True):
        for one, other in zip(left.shapes, right.shapes, strict=True):
            assert abs(one.left + one.width + other.left - here.slide_width) < 4 * EMU
        layout = right.slide_layout._element.xml
        assert 'rtl="1"' in layout
        assert 'rtl="0"' not in layout
