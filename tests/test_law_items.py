"""Items about the law beside the document, and ids of items that are no longer asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.checks.report import item_report
from imlcourse.html.writer import Writer
from imlcourse.markup.problems import CourseError
from real_course import real_course
from small_course import spoil

BANK = "quizzes/m01.yml"
QUOTED = '      - {unit: 9, quote: "through many of its activities"}\n'
FIELD = ("m09", "m10", "m11", "m12", "m13")
LAW = '    law: [{instrument: a-treaty, article: "8"}]\n'


def test_an_article_is_told_as_our_words_with_a_link_where_a_quotation_would_stand(
    small_course: Path,
) -> None:
    spoil(small_course, BANK, QUOTED, QUOTED + LAW)
    asked = Writer(load_course(small_course)).quiz("m01-s1")
    (told,) = re.findall(r'<p class="iml-evidence iml-evidence-law">.*?</p>', asked)
    assert "Law beside the document, in our words:" in told
    assert "Everyone may leave." in told
    assert 'instruments.html#a-treaty-art-8">A Treaty, article 8</a>' in told
    assert "<q" not in told


def test_the_report_lists_the_articles_that_items_rest_on(small_course: Path) -> None:
    spoil(small_course, BANK, QUOTED, QUOTED + LAW)
    assert re.search(r"^a-treaty 8 +m01-i03$", item_report(load_course(small_course)), re.MULTILINE)


def test_each_field_module_asks_about_the_law_and_has_a_dilemma_with_a_reason() -> None:
    course = real_course()
    for module in FIELD:
        items = course.banks[module].items.values()
        assert any(item.law for item in items), module
        assert any(getattr(item, "reasons", None) and item.level == "analyse" for item in items)


@pytest.mark.parametrize(
    ("retired", "said"),
    [
        ("[m01-i03]", "the id m01-i03 is retired: learners' records hold answers to another"),
        ("[m01-i90, m01-i90]", "m01-i90 stands here twice"),
        ("[m02-i90]", "m02-i90 was no item of m01; list it in the bank where it stood"),
        ("m01-i90", "“retired” is to be a list"),
    ],
)
def test_a_retired_id_is_never_given_to_another_question(
    small_course: Path, retired: str, said: str
) -> None:
    spoil(small_course, BANK, "quizzes:", f"retired: {retired}\nquizzes:")
    with pytest.raises(CourseError) as told:
        load_course(small_course)
    assert said in str(told.value)


def test_ids_that_are_retired_are_no_mistake(small_course: Path) -> None:
    spoil(small_course, BANK, "quizzes:", "retired: [m01-i90]\nquizzes:")
    assert load_course(small_course).banks["m01"].retired == ("m01-i90",)
