"""Pages of a course in French and in Arabic, in a real browser, opened from ``file://``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

import imlcourse
from accessibility import violations
from imlcourse.build.build import build
from imlcourse.html.writer import Writer
from imlcourse.notebooks.make import atlas_notebook, module_notebook
from small_course import load_again
from translated_course import translated_course, with_texts
from waiting import wait_for

VOWELLED, PLAIN, LENGTHENED = "مُهاجِرون", "مهاجرون", "مهـاجرون"


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small course in English, French and Arabic."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("languages")
        with_texts(folder / "texts", patch)
        yield translated_course(folder / "course")


@pytest.fixture(scope="module")
def built_languages(translated: Path) -> Path:
    """It built in each: the folder of made things."""
    for language in (None, "fr", "ar"):
        build(translated, language=language)
    return translated / "_build"


def opened(page: Page, built: Path, language: str, name: str = "modules/m01.html") -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((built / language / "book" / name).as_uri())
    return page


def found(page: Page, built: Path, language: str, words: str) -> Page:
    page = opened(page, built, language)
    page.locator("header input[type=search]").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator("#iml-found")).not_to_be_empty()
    return page


def asked(page: Page, built: Path, language: str, words: str) -> None:
    """Open the page that searches with some words, as the field of every page does."""
    page.goto((built / language / "book" / "search.html").as_uri() + "?q=" + quote(words))
    expect(page.locator("#iml-found")).not_to_be_empty()


# --- direction ----------------------------------------------------------------------------------


def test_an_arabic_page_runs_from_the_right(page: Page, built_languages: Path) -> None:
    page = opened(page, built_languages, "ar")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
    contents = page.locator("nav.iml-nav").bounding_box()
    text = page.locator("main").bounding_box()
    assert contents
    assert text
    assert contents["x"] > text["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert page.evaluate("document.documentElement.lang") == "ar"


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_every_page_says_its_language_and_runs_as_it_does(
    page: Page, built_languages: Path, language: str, direction: str
) -> None:
    for name in ("index.html", "search.html", "glossary.html", "modules/m01.html"):
        opened(page, built_languages, language, name)
        assert page.evaluate("document.documentElement.lang") == language, name
        assert page.evaluate("getComputedStyle(document.body).direction") == direction, name


def test_words_of_the_document_and_pages_not_translated_keep_their_own_direction(
    page: Page, built_languages: Path
) -> None:
    page = opened(page, built_languages, "ar")
    quoted = page.locator("main span[lang=en]", has_text="IOM does not have a legal").first
    assert quoted.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    page = opened(page, built_languages, "ar", "for-learners.html")
    article = page.locator("article.iml-text")
    expect(article).to_have_attribute("lang", "en")
    assert article.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


def test_an_option_that_ends_in_a_bracket_keeps_its_stop_at_the_left(
    page: Page, built_languages: Path
) -> None:
    page = opened(page, built_languages, "ar")
    option = page.locator(".iml-options label span").first
    option.evaluate("(one) => { one.textContent = 'الحماية القانونية (المادة 8).'; }")
    ends = option.evaluate(
        """(one) => {
          const range = document.createRange();
          const place = (at) => {
            range.setStart(one.firstChild, at);
            range.setEnd(one.firstChild, at + 1);
            return range.getBoundingClientRect().left;
          };
          return [place(0), place(one.textContent.length - 1)];
        }"""
    )
    assert ends[1] < ends[0]


def test_a_quiz_in_a_notebook_runs_from_the_right_too(
    translated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = load_again(translated, "ar")
    assert 'lang="ar" dir="rtl"' in Writer(course).quiz("m01-s1")
    notebook = module_notebook(course, course.modules["m01"])
    assert '"language": "ar"' in notebook
    assert r'"quiz(\"m01-s1\", language=\"ar\")"' in notebook
    notebooks = translated / "_build" / "ar" / "notebooks"
    notebooks.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(notebooks)
    shown = imlcourse.quiz("m01-s1", language="ar")
    assert "أي ولاية تفتقر إليها المنظمة؟" in str(shown.html)
    assert "Which kind of mandate" in str(imlcourse.quiz("m01-s1").html)
    with pytest.raises(LookupError, match="there is no language"):
        imlcourse.quiz("m01-s1", language="xx")
    assert 'atlas(language=\\"ar\\")' in atlas_notebook(course)
    english = load_again(translated)
    assert "rtl" not in Writer(english).quiz("m01-s1")


def test_an_arabic_page_fits_a_phone_and_is_accessible(page: Page, built_languages: Path) -> None:
    page = opened(page, built_languages, "ar")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# --- quizzes ------------------------------------------------------------------------------------


def test_an_arabic_quiz_is_answered_in_arabic(page: Page, built_languages: Path) -> None:
    page = opened(page, built_languages, "ar")
    item = page.locator("[data-iml-item=m01-i01]").first
    expect(item.locator("legend")).to_contain_text("أي ولاية تفتقر إليها المنظمة؟")
    item.get_by_label("الحماية القانونية").check()
    item.get_by_role("button", name="تحقق").click()
    expect(item).to_contain_text("صحيح")


def test_an_answer_given_in_one_language_is_there_in_another(
    page: Page, built_languages: Path
) -> None:
    page = opened(page, built_languages, "fr")
    item = page.locator("[data-iml-item=m01-i01]").first
    item.get_by_label("la protection juridique").check()
    item.get_by_role("button", name="Vérifier").click()
    expect(item).to_contain_text("Correct")
    wait_for(page, "Object.keys(localStorage).some((key) => key.includes('m01-i01'))")
    page = opened(page, built_languages, "ar")
    again = page.locator("[data-iml-item=m01-i01]").first
    expect(again.get_by_label("الحماية القانونية")).to_be_checked()
    expect(again).to_contain_text("صحيح")
    assert "changed since" not in again.inner_text()


# --- search -------------------------------------------------------------------------------------


def test_arabic_is_found_with_and_without_marks_and_article(
    page: Page, built_languages: Path
) -> None:
    for query in (PLAIN, VOWELLED, LENGTHENED, "ال" + PLAIN, "مهاجر"):
        asked(page, built_languages, "ar", query)
        first = page.locator("#iml-results > li").first
        expect(first.locator("mark").first, query).to_have_text(VOWELLED)
        expect(page.locator("#iml-found"), query).to_contain_text("موضع واحد")


def test_forms_of_alef_and_the_closed_t_are_one_letter(page: Page, built_languages: Path) -> None:
    for query in ("اسره", "أسرة", "أُسْرَةٌ", "إسرة"):
        asked(page, built_languages, "ar", query)
        expect(page.locator("#iml-results mark").first, query).to_have_text("أسرة")


def test_french_is_found_with_and_without_accents_and_quotation_marks(
    page: Page, built_languages: Path
) -> None:
    for query in ("repond", "RÉPOND", "re\u0301pond", "'répond'", "«\u202frépond\u202f»"):
        asked(page, built_languages, "fr", query)
        expect(page.locator("#iml-results mark").first, query).to_have_text("répond")


def test_what_is_found_is_counted_as_the_language_counts(page: Page, built_languages: Path) -> None:
    page = found(page, built_languages, "fr", "avocat")
    number = page.locator("#iml-results li").count()
    said = "endroit trouvé" if number < 2 else "endroits trouvés"
    expect(page.locator("#iml-found")).to_have_text(f"{number} {said} pour « avocat ».")
    page = found(page, built_languages, "ar", "الحق")
    number = page.locator("#iml-results li").count()
    form = {1: "وجد موضع واحد", 2: "وجد موضعان"}.get(number, f"وجدت {number} مواضع")
    expect(page.locator("#iml-found")).to_contain_text(form)


# --- glossary and lists -------------------------------------------------------------------------


def test_an_arabic_term_is_linked_with_its_article_and_lengthening(
    page: Page, built_languages: Path
) -> None:
    page = opened(page, built_languages, "ar")
    link = page.locator("main a.iml-term").first
    expect(link).to_have_text("الـحماية الفعلية")
    assert (link.get_attribute("href") or "").endswith("glossary.html#term-de-facto-protection")
