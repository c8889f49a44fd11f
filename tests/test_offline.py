"""The offline copy in a real browser: opened from ``file://``, with the network off."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import quote, unquote, urldefrag, urljoin, urlparse

import pytest
from bs4 import BeautifulSoup
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PageObject, PdfReader

from every_page import PHONE, WIDE, Watch, pages
from imlcourse.document.edition import Edition
from imlcourse.items import Single
from imlcourse.markup.inline import inline_text
from players import printed, show_whole
from real_course import real_course
from waiting import wait_for


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=WIDE, offline=True)
    yield made
    made.close()


def test_a_table_on_a_phone_is_a_table_for_the_ear(browser: Browser, offline: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((offline / "aid-trafficking-or-smuggling.html").as_uri())
    cell = page.get_by_role("row", name="Means").get_by_role("cell").nth(1)
    name = cell.evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert name == '"Trafficking in persons"'
    expect(page.get_by_role("columnheader", name="Trafficking in persons")).to_have_count(1)
    # Turned on its side, the phone has room for it.
    page.set_viewport_size({"width": 860, "height": 400})
    expect(page.locator("table.iml-stack")).to_have_count(0)
    page.close()


def test_the_contents_open_where_the_page_is(context: BrowserContext, offline: Path) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto((offline / "glossary.html").as_uri())
    here = page.locator(".iml-nav").get_by_role("link", name="Glossary", exact=True)
    expect(here).to_have_attribute("aria-current", "page")
    expect(here).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_role("banner").get_by_role("link", name="Menu").click()
    expect(here).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [360, 1100])
def test_the_sections_of_a_page_are_at_hand_where_there_is_no_room_beside_it(
    browser: Browser, offline: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page.goto((offline / "modules" / "m06.html").as_uri())
    sections = page.get_by_role("navigation", name="Steps of this module")
    bar = sections.locator("summary")
    link = sections.get_by_role("link", name="Who stays responsible")
    expect(link).to_be_hidden()
    # Far down on the page, it is still there.
    page.get_by_role("button", name="Continue", exact=True).scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    bar.click()
    link.click()
    expect(link).to_be_hidden()
    heading = page.get_by_role("heading", name="Who stays responsible", level=2)
    expect(heading).to_be_in_viewport(ratio=1)
    # What it leads to is not covered by it.
    assert heading.bounding_box()["y"] >= bar.bounding_box()["y"] + bar.bounding_box()["height"]  # type: ignore[index]
    bar.click()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(bar).to_be_focused()
    # With room, they stand beside the text, unfolded.
    page.set_viewport_size({"width": 1500, "height": 900})
    expect(link).to_be_visible()
    page.close()


def test_forced_colours_mark_the_page_in_the_contents_alone(
    browser: Browser, offline: Path
) -> None:
    page = browser.new_page(viewport=WIDE, forced_colors="active")
    page.goto((offline / "glossary.html").as_uri())
    colours = page.locator(".iml-nav li a").evaluate_all(
        "(all) => all.map((one) => [one.ariaCurrent, getComputedStyle(one).borderInlineStartColor])"
    )
    (mark,) = {colour for current, colour in colours if current}
    assert mark not in {colour for current, colour in colours if not current}
    page.close()


@pytest.fixture(scope="module")
def trees(offline: Path) -> dict[str, Any]:
    """All pages, by their addresses."""
    reader = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return {path.as_uri(): etree.fromstring(path.read_bytes(), reader) for path in pages(offline)}


def test_every_link_inside_the_course_leads_somewhere(trees: dict[str, Any]) -> None:
    ids = {uri: set(tree.xpath("//@id")) for uri, tree in trees.items()}
    broken = []
    for uri, tree in trees.items():
        links = tree.xpath("//a/@href | //link/@href | //script/@src")
        assert len(links) > 10
        for link in links:
            target, anchor = urldefrag(urljoin(uri, link))
            if urlparse(target).scheme in ("http", "https"):
                continue
            there = Path(unquote(urlparse(target).path)).is_file()
            if there and target.endswith("/case-atlas.html") and "=" in anchor:
                # What is chosen in the atlas: each choice has to be one that it offers.
                chosen = [choice.split("=") for choice in unquote(anchor).split("&")]
                offered = {
                    k: set(" ".join(trees[target].xpath(f"//@data-{k}")).split()) for k, _ in chosen
                }
                there = all(v in offered[k] for k, v in chosen)
                anchor = ""
            if not there or (anchor and anchor not in ids.get(target, set())):
                broken.append((uri.rpartition("/")[2], link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(trees: dict[str, Any]) -> None:
    for address, page in trees.items():
        ids = page.xpath("//@id")
        assert len(ids) >= 3
        assert len(ids) == len(set(ids)), address


def test_every_unit_has_its_stable_address(offline: Path, edition: Edition) -> None:
    from imlcourse.html.citation import anchor

    guide = BeautifulSoup((offline / "paragraph-guide.html").read_bytes(), "html.parser")
    ids = {tag["id"] for tag in guide.select("[id]")}
    assert [u for u in edition.unit_ids if anchor(u) not in ids] == []
    assert [anchor(u) for u in ("8", "A30", "fn13", "A-fn2")] == [
        "para-8", "para-a30", "fn-13", "fn-a2",
    ]  # fmt: skip


# --- the player on the real module ------------------------------------------------------------


def open_module(context: BrowserContext, offline: Path, place: str = "") -> Page:
    page = context.new_page()
    page.goto((offline / "modules" / "m06.html").as_uri() + place)
    return page


def test_a_question_is_answered_with_the_keyboard_alone(
    context: BrowserContext, offline: Path
) -> None:
    page = open_module(context, offline)
    item = page.locator('[data-iml-item="m06-i01"]')
    item.locator("input").first.focus()
    right = item.locator("label", has_text="They aim at full respect")
    while not right.locator("xpath=..").locator("input").is_checked():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(item.get_by_role("status")).to_contain_text("Correct")
    expect(item.locator("q.iml-quote").first).to_be_visible()
    expect(item.locator("a.iml-cite").first).to_have_attribute(
        "href", "../paragraph-guide.html#para-7"
    )


def test_answers_are_there_after_a_reload_and_after_another_page(
    context: BrowserContext, offline: Path
) -> None:
    page = open_module(context, offline, "#m06-i10")
    item = page.locator('[data-iml-item="m06-i10"]')
    item.get_by_label("False").check()
    item.get_by_role("button", name="Check").click()
    page.reload()
    expect(item.get_by_label("False")).to_be_checked()
    page.goto((offline / "glossary.html").as_uri())
    page.goto((offline / "modules" / "m06.html").as_uri() + "#m06-i10")
    expect(item.get_by_label("False")).to_be_checked()
    expect(page.locator("#quiz-m06-s3 .iml-quiz-head")).to_contain_text("1 of 4 answered")


@pytest.mark.parametrize(
    "spoil",
    [
        # full
        "Storage.prototype.setItem = function () {"
        " throw new DOMException('full', 'QuotaExceededError'); };",
        # forbidden
        "Object.defineProperty(window, 'localStorage', { get() {"
        " throw new DOMException('no', 'SecurityError'); } });",
        # corrupted
        "const get = Storage.prototype.getItem;"
        "Storage.prototype.getItem = function (key) { return get.call(this, key) && '{{'; };",
    ],
    ids=["full", "forbidden", "corrupted"],
)
def test_the_page_works_with_a_store_that_does_not(
    browser: Browser, offline: Path, spoil: str
) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script(spoil)
    watch = Watch()
    page = watch.on(open_module(context, offline, "#m06-i10"))
    item = page.locator('[data-iml-item="m06-i10"]')
    item.get_by_label("True").check()
    item.get_by_role("button", name="Check").click()
    expect(item.get_by_role("status")).to_contain_text("Incorrect")
    page.locator(".iml-theme").click()
    assert watch.errors == []
    context.close()


def test_without_javascript_everything_can_be_read_and_answers_unfold(
    browser: Browser, offline: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = open_module(context, offline)
    course = real_course()
    asked = [id_ for quiz in course.banks["m06"].quizzes.values() for id_ in quiz.item_ids]
    alone = list(course.modules["m06"].placed("item"))
    assert page.locator("[data-iml-item]").count() == len(asked) + len(alone)
    expect(page.locator("#quiz-m06-quiz .iml-unscripted")).to_contain_text("needs JavaScript")
    # The questions of the module quiz can be read; its answers are not told.
    expect(page.locator('[data-iml-item="m06-i78"] legend')).to_be_visible()
    assert page.locator("#quiz-m06-quiz details").count() == 0
    answer = page.locator('[data-iml-item="m06-i01"] details.iml-answer')
    expect(answer.locator(".iml-evidence")).not_to_be_visible()
    answer.locator("summary").click()
    expect(answer.locator(".iml-evidence")).to_be_visible()
    expect(page.locator(".iml-theme")).to_be_hidden()
    page.goto((offline / "search.html").as_uri())
    expect(page.locator("main")).to_contain_text("Search needs JavaScript")
    context.close()


# --- search, colours, phone, paper ------------------------------------------------------------


@pytest.fixture(scope="module")
def searching(browser: Browser, offline: Path) -> Iterator[Callable[[str], Page]]:
    """What opens the page that searches with some words, as the field of every page does."""
    context = browser.new_context(viewport=WIDE, offline=True)
    page = context.new_page()

    def search(words: str) -> Page:
        page.goto((offline / "search.html").as_uri() + "?q=" + quote(words))
        return page

    yield search
    context.close()


def test_a_browser_that_cannot_unpack_searches_all_the_same(
    context: BrowserContext, offline: Path
) -> None:
    page = context.new_page()
    page.add_init_script("delete window.DecompressionStream")
    page.goto((offline / "search.html").as_uri() + "?q=offline")
    expect(page.locator("#iml-results a").first).to_have_text(re.compile("offline", re.IGNORECASE))


def test_search_shows_the_sentence_around_the_hit(context: BrowserContext, offline: Path) -> None:
    page = open_module(context, offline)
    page.locator("header input[type=search]").focus()
    page.keyboard.type("absolve duty")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.get_by_role("status")).to_contain_text("found for “absolve duty”")
    link = page.locator("#iml-results a", has_text="Who stays responsible").first
    first = link.locator("xpath=..")
    expect(first.locator("p").first).to_contain_text("in no way absolve States from their duty")
    expect(first.locator("mark").first).to_have_text(re.compile("absolve|duty"))
    link.click()
    expect(page.locator(":target")).to_have_count(1)


def test_search_forgives_case_accents_and_unfinished_words(
    searching: Callable[[str], Page],
) -> None:
    page = searching("PRÓTECT mandat")
    expect(page.locator("#iml-results li").first).to_be_visible()


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("A45", "Annex, paragraph 45: Portugal"),
        ("a4", "Annex, paragraph 4: Southern African region"),
        ("fn6", "Footnote 6"),
        ("A-fn2", "Annex, footnote 2"),
        ("para 20", "Paragraph 20"),
        ("paragraph 2", "Paragraph 2"),
    ],
)
def test_search_knows_the_names_of_paragraphs(
    searching: Callable[[str], Page], named: str, found: str
) -> None:
    page = searching(named)
    expect(page.locator("#iml-results a").first).to_have_text(found)
    expect(page.get_by_role("status")).to_contain_text(f"found for “{named}”")


def test_search_gives_one_line_a_page_and_help_at_the_counter_first(
    searching: Callable[[str], Page],
) -> None:
    page = searching("trafficking")
    lines = page.locator("#iml-results > li")
    expect(lines.first).to_contain_text("Job aid")
    module = lines.filter(has_text="Module").first
    expect(module.locator("a").first).to_have_text("Trafficking: identify, assist, prosecute")
    pages = lines.evaluate_all(
        "(all) => all.map((one) => one.querySelector('a').href)"
        ".map((one) => one.includes('what-is-in-front') ? one : one.split('#')[0])"
    )
    assert len(set(pages)) == len(pages)
    more = module.locator("details")
    more.locator("summary").click()
    expect(more.locator("li").first).to_be_visible()
    expect(module.locator("mark").first).to_have_text(re.compile("traffick", re.IGNORECASE))


@pytest.mark.parametrize(
    ("query", "said", "meant"),
    [
        ("traficking", "“traficking” is not in the course.", "trafficking"),
        ("forced labuor", "“forced labuor” is not in the course.", "forced labour"),
    ],
)
def test_search_puts_a_slip_right_at_once_and_says_so(
    searching: Callable[[str], Page], query: str, said: str, meant: str
) -> None:
    page = searching(query)
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("status")).to_contain_text(f"found for “{meant}”")
    expect(page.locator("#iml-results mark").first).to_be_visible()


def test_a_question_leads_to_the_situation_and_its_first_steps(page: Page, offline: Path) -> None:
    page.goto((offline / "search.html").as_uri() + "?q=can I detain a child%3F")
    first = page.locator("#iml-results > li").first
    expect(first).to_contain_text("In front of you")
    first.locator("a").first.click()
    situation = page.locator("#child-detained")
    expect(situation.locator("h2 button")).to_have_attribute("aria-expanded", "true")
    expect(situation.locator(".iml-first li").first).to_be_visible()
    assert 0 <= situation.evaluate("(one) => one.getBoundingClientRect().top") < 200


def test_a_question_as_one_speaks_finds_what_has_the_most_of_it(
    searching: Callable[[str], Page],
) -> None:
    page = searching("who stays responsible when a charity knocks at midnight")
    expect(page.locator("#iml-results")).to_contain_text("Who stays responsible")


def test_search_does_not_show_what_is_to_be_filled_in(searching: Callable[[str], Page]) -> None:
    page = searching("child protection called")
    expect(page.locator("#iml-results > li").first).to_be_visible()
    expect(page.locator("#iml-results")).not_to_contain_text("__")


def test_search_finds_what_stands_in_cases_and_digests(searching: Callable[[str], Page]) -> None:
    page = searching("Indonesia")
    expect(page.locator("#iml-results")).to_contain_text("A case in court")
    expect(page.locator("#iml-results")).to_contain_text("Paragraph guide")


def test_search_does_not_tell_answers(searching: Callable[[str], Page]) -> None:
    # A sentence that stands in the feedback of an option alone.
    items = real_course().banks["m06"].items.values()
    single = next(item for item in items if isinstance(item, Single))
    told = inline_text(single.options[0].feedback)
    page = searching(told)
    expect(page.get_by_role("status")).not_to_be_empty()
    expect(page.locator("#iml-results")).not_to_contain_text(told)


def test_search_takes_any_query(context: BrowserContext, offline: Path) -> None:
    watch = Watch()
    page = watch.on(context.new_page())
    for query in ("<script>alert(1)</script>", "((", "\\", "“", "%%%"):
        page.goto((offline / "search.html").as_uri() + "?q=" + quote(query))
        expect(page.get_by_role("status"), query).not_to_be_empty()
        assert watch.errors == [], query


def test_dark_mode_can_be_chosen_and_stays(context: BrowserContext, offline: Path) -> None:
    page = open_module(context, offline)
    button = page.get_by_role("button", name="Dark mode")
    expect(button).to_have_attribute("aria-pressed", "false")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto((offline / "glossary.html").as_uri())
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    # What the device has anyway is no choice of its own: from then on it is followed again.
    button.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light
    page.emulate_media(color_scheme="dark")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_contents_open_and_close_on_a_phone(browser: Browser, offline: Path) -> None:
    page = browser.new_page(viewport=PHONE)
    page.goto((offline / "modules" / "m06.html").as_uri())
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents).to_be_hidden()
    page.get_by_role("link", name="Menu", exact=True).click()
    expect(contents).to_be_visible()
    # They open where the page is; the way out stays in the place of the menu, and has the focus.
    close = contents.get_by_role("link", name="Close the contents")
    expect(close).to_be_in_viewport(ratio=1)
    expect(close).to_be_focused()
    contents.evaluate("(one) => { one.scrollTop = one.scrollHeight; }")
    expect(close).to_be_in_viewport(ratio=1)
    close.click()
    expect(contents).to_be_hidden()
    menu = page.get_by_role("link", name="Menu", exact=True)
    expect(menu).to_be_focused()
    menu.click()
    page.keyboard.press("Escape")
    expect(contents).to_be_hidden()
    expect(menu).to_be_focused()
    page.close()


def test_the_first_stop_of_the_keyboard_skips_to_the_text(
    context: BrowserContext, offline: Path
) -> None:
    page = open_module(context, offline)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#iml-main")).to_be_focused()


def test_paper_has_the_questions_and_neither_answers_nor_navigation(
    context: BrowserContext, offline: Path
) -> None:
    page = open_module(context, offline)
    page.emulate_media(media="print")
    for hidden in ("header.iml-top", "nav.iml-nav", "nav.iml-turn"):
        expect(page.locator(hidden)).to_be_hidden()
    for answer in page.locator(".iml-answer").all():
        expect(answer).to_be_hidden()
    expect(page.locator('[data-iml-item="m06-i01"] legend')).to_be_visible()
    # A line, and no field, where something is written.
    fields = page.locator(".iml-question :is(select, input:not([type=radio], [type=checkbox]))")
    assert fields.count() > 8
    assert not any(field.is_visible() for field in fields.all())


def test_the_enter_key_checks_what_was_typed(context: BrowserContext, offline: Path) -> None:
    page = open_module(context, offline)
    show_whole(page)
    box = page.locator(".iml-cloze:visible").first
    box.get_by_role("textbox").first.fill("1999")
    box.get_by_role("textbox").first.press("Enter")
    expect(box.locator(".iml-result-head")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "papers"),
    [("m01", ["A4"]), ("m06", ["A4"]), ("m09", ["A4", "Letter"]), ("m13", ["A4", "Letter"]),
     ("capstone", ["A4"])],
)  # fmt: skip
def test_a_printed_module_wastes_no_paper_and_parts_no_question_from_its_answers(
    context: BrowserContext, offline: Path, tmp_path: Path, name: str, papers: list[str]
) -> None:
    page = context.new_page()
    page.goto((offline / "modules" / f"{name}.html").as_uri())
    expect(page.locator(".iml-test-head")).to_have_text("Before you start")
    asked: list[list[str]] = page.evaluate(
        "() => { dispatchEvent(new Event('beforeprint'));"
        " const all = [...document.querySelectorAll('.iml-single, .iml-multiple')]"
        "   .filter((e) => !e.hidden).map((e) => [...e.querySelectorAll("
        "     '.iml-stem, .iml-options label > span')].map((part) => part.textContent));"
        " dispatchEvent(new Event('afterprint')); return all; }"
    )
    assert len(asked) > 5
    questions = [["".join(normalize("NFKC", part).split()) for part in parts] for parts in asked]
    for paper in papers:
        page.pdf(path=tmp_path / f"{paper}.pdf", format=paper)
        sheets = [_sheet(sheet) for sheet in PdfReader(tmp_path / f"{paper}.pdf").pages]
        for parts in questions:
            whole = [words for words, _ in sheets if all(part in words for part in parts)]
            assert whole, f"{paper}: {parts[0]}"
        assert "Answerandreasons" not in "".join(words for words, _ in sheets)
        for number, (_, left) in enumerate(sheets[:-1], start=1):
            assert left < 0.45, f"{paper}: sheet {number} of {len(sheets)} ends half way"


def _sheet(sheet: PageObject) -> tuple[str, float]:
    """Give the words of a sheet without spaces, and which share of it is empty below them."""
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            heights.append(cm[3] * tm[5] + cm[5])

    # Its letters may be tied together in print: fi.
    words = normalize("NFKC", sheet.extract_text(visitor_text=note))
    return "".join(words.split()), min(heights) / sheet.mediabox.height


def test_a_test_of_the_whole_course_prints_once_its_questions_are_there(
    context: BrowserContext, offline: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    address = (offline / "final-test.html").as_uri()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(address)
    expect(page.locator(".iml-test-head")).to_have_text("Before you start")
    (told,) = printed(page, tmp_path)
    assert "press “Print the questions”" in told
    assert "Question 1" not in told

    page.goto(address)
    page.get_by_role("button", name="Print the questions").click()
    wait_for(page, "window.printed")
    sheets = printed(page, tmp_path)
    count = len(re.findall(r"Question \d+\. ", " ".join(sheets)))
    assert f"{count} questions" in page.locator(".iml-test-stage").inner_text()

    # The keys that print bring the questions too: the file is there before the second is down.
    page.goto(address)
    expect(page.locator(".iml-test-head")).to_have_text("Before you start")
    page.keyboard.down("Control")
    wait_for(page, "[...document.scripts].some((one) => one.src.includes('sealed-final-test'))")
    page.wait_for_timeout(500)
    page.keyboard.up("Control")
    assert printed(page, tmp_path) == sheets


def test_notebooks_lie_in_a_zip_of_their_own_and_not_in_the_copy(learners_copy: Path) -> None:
    assert not list(learners_copy.rglob("*.ipynb"))
    name = f"{learners_copy.name}-notebooks"
    with zipfile.ZipFile(learners_copy.parents[1] / "notebooks" / f"{name}.zip") as packed:
        assert f"{name}/m06.ipynb" in packed.namelist()
        assert f"{name}/case-atlas.ipynb" in packed.namelist()
        assert json.loads(packed.read(f"{name}/m06.ipynb"))["cells"]


def test_the_page_follows_a_language_that_runs_from_the_right(
    browser: Browser, offline: Path
) -> None:
    page = browser.new_page(viewport=WIDE)
    page.goto((offline / "modules" / "m06.html").as_uri())
    page.evaluate("document.documentElement.dir = 'rtl'")
    contents = page.locator("nav.iml-nav").bounding_box()
    text = page.locator("main").bounding_box()
    assert contents and text
    assert contents["x"] > text["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.close()
