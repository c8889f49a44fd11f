"""The reference parts in a real browser: atlas, matrix, instruments, time line, terms, aids."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from imlcourse.checks.load import load_course
from imlcourse.course.model import Course
from imlcourse.html.writer import Writer
from imlcourse.markup.roles import ROLE, read_role, role_article
from imlcourse.notebooks.make import module_notebook
from imlcourse.pages import book_pages
from real_course import real_course
from small_course import ROOT

ANNEX = [f"A{number}" for number in range(2, 49)]


@pytest.fixture(scope="module")
def whole() -> Course:
    return real_course()


def open_page(page: Page, offline: Path, name: str) -> Page:
    name, _, fragment = name.partition("#")
    page.goto((offline / name).as_uri() + (f"#{fragment}" if fragment else ""))
    return page


def shown(page: Page) -> list[str]:
    """Give the ids of the activities that are shown."""
    ids: list[str] = page.evaluate(
        "[...document.querySelectorAll('.iml-activity')].filter((a) => !a.hidden).map((a) => a.id)"
    )
    return ids


def test_modules_stand_in_the_order_of_the_contents(whole: Course) -> None:
    assert list(whole.modules) == [*(f"m{number:02}" for number in range(1, 14)), "capstone"]


# --- the atlas ------------------------------------------------------------------------------


def test_the_atlas_holds_every_paragraph_of_the_annex(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    assert shown(page) == [f"activity-{unit.lower()}" for unit in ANNEX]


def test_reception_work_with_children_is_found_in_two_clicks(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    page.get_by_role("button", name=re.compile("^Reception")).click()
    page.get_by_role("button", name=re.compile("^Children")).click()
    found = shown(page)
    # Tapachula, the six countries of the manual and of what came after it, and Lampedusa.
    assert {"activity-a27", "activity-a37", "activity-a38", "activity-a41"} <= set(found)
    assert len(found) < len(ANNEX) / 4
    expect(page.get_by_role("status")).to_have_text(f"{len(found)} of {len(ANNEX)} shown")


def test_what_was_found_is_one_press_away(page: Page, offline: Path) -> None:
    """On a phone the choices fill several screens."""
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, offline, "case-atlas.html")
    expect(page.get_by_role("button", name="Show them")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Reception")).click()
    page.get_by_role("button", name=re.compile("^Children")).click()
    page.get_by_role("button", name="Show them").click()
    first = page.locator(f"#{shown(page)[0]}")
    expect(first).to_be_focused()
    expect(first.get_by_role("heading")).to_be_in_viewport()
    assert "children" in (first.get_attribute("data-group") or "")


def test_a_choice_that_finds_nothing_can_still_be_read(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html#group=domestic-workers&setting=detention")
    chosen = page.locator('.iml-filter button[aria-pressed="true"]')
    expect(chosen).to_have_count(2)
    colours = chosen.evaluate_all("(all) => all.map((one) => getComputedStyle(one).color)")
    assert set(colours) == {"rgb(255, 255, 255)"}


def test_what_was_chosen_is_there_after_a_reload_and_can_be_taken_back(
    page: Page, offline: Path
) -> None:
    open_page(page, offline, "case-atlas.html")
    page.get_by_role("button", name=re.compile("^Reception")).click()
    found = shown(page)
    page.reload()
    assert shown(page) == found
    expect(page.get_by_role("button", name=re.compile("^Reception"))).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == len(ANNEX)
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_nothing_found_is_said_and_is_no_dead_end(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html#group=domestic-workers&setting=detention")
    expect(page.get_by_role("status")).to_contain_text("No activity fits all your choices")
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == len(ANNEX)


def test_the_choices_work_by_keyboard_alone(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    button = page.get_by_role("button", name=re.compile("^Reception"))
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert len(shown(page)) < len(ANNEX)


def test_the_number_on_a_choice_is_what_it_would_show(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html#setting=reception")
    button = page.get_by_role("button", name=re.compile("^Children"))
    number = int(button.locator("span").inner_text())
    button.click()
    assert len(shown(page)) == number


def test_the_map_marks_what_is_found(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    assert page.locator(".iml-map .iml-off").count() == 0
    page.goto((offline / "case-atlas.html").as_uri() + "#country=MX")
    page.reload()
    marked = page.locator(".iml-map").first.locator(".iml-marked:not(.iml-off)")
    assert marked.evaluate_all("all => all.map((one) => one.dataset.country)") == ["MX"]


def test_every_map_and_chart_has_a_text_alternative_and_a_table(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    drawings = page.locator("svg.iml-map, svg.iml-chart")
    assert drawings.count() == 6
    assert all(
        drawings.nth(n).get_attribute("role") == "img"
        and drawings.nth(n).get_attribute("aria-label")
        for n in range(6)
    )
    # The enlarged map shows nothing that the first one's table does not hold.
    assert page.locator("figure:has(svg) details table").count() == 5


def test_the_table_of_the_map_counts_as_the_data_do(
    page: Page, offline: Path, whole: Course
) -> None:
    atlas = whole.library.atlas
    assert atlas is not None
    open_page(page, offline, "case-atlas.html")
    rows = page.locator("figure:has(.iml-map) table tbody tr").evaluate_all(
        "rows => rows.map((row) => [row.cells[0].textContent, Number(row.cells[1].textContent)])"
    )
    names = {row[0]: row[1] for row in rows}
    assert names["Ecuador"] == sum("EC" in a.countries for a in atlas.activities)
    assert sum(names.values()) == sum(len(set(a.countries)) for a in atlas.activities)


def test_without_a_script_the_atlas_shows_everything_and_no_dead_button(
    browser: Browser, offline: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((offline / "case-atlas.html").as_uri())
    expect(page.locator(".iml-activity:visible")).to_have_count(len(ANNEX))
    expect(page.locator(".iml-filter button:visible")).to_have_count(0)
    context.close()


def test_a_tag_is_shown_with_the_words_that_it_rests_on(page: Page, offline: Path) -> None:
    open_page(page, offline, "case-atlas.html")
    activity = page.locator("#activity-a30")
    activity.get_by_text("What the paragraph says").click()
    expect(activity.locator("details li").first).to_be_visible()
    expect(activity.locator("details li").first).to_contain_text("“")


# --- rights and activities -------------------------------------------------------------------


def test_a_number_of_the_matrix_leads_to_those_activities(page: Page, offline: Path) -> None:
    open_page(page, offline, "rights-and-activities.html")
    link = page.locator(".iml-matrix td a").first
    number = int(link.inner_text())
    link.click()
    page.wait_for_url("**/case-atlas.html#*")
    assert len(shown(page)) == number


def test_the_matrix_holds_what_paragraph_11_joins(page: Page, offline: Path) -> None:
    open_page(page, offline, "rights-and-activities.html")
    expect(page.locator(".iml-helps")).to_contain_text("not to be held in slavery or servitude")
    expect(page.locator(".iml-helps")).to_contain_text("safe haven abroad")


# --- instruments, time line, facts, bibliography ----------------------------------------------


def test_instruments_are_sorted_and_chosen(page: Page, offline: Path) -> None:
    open_page(page, offline, "instruments.html")
    adopted = page.locator(".iml-sortable tbody tr td:nth-child(3)")
    dates = adopted.evaluate_all("cells => cells.map((cell) => cell.dataset.sort)")
    assert len(dates) >= 15
    assert dates == sorted(dates)
    button = page.get_by_role("button", name="Adopted")
    button.click()
    button.click()
    expect(page.locator("th", has=button)).to_have_attribute("aria-sort", "descending")
    turned = adopted.evaluate_all("cells => cells.map((cell) => cell.dataset.sort)")
    assert turned == sorted(dates, reverse=True)
    page.get_by_role("button", name=re.compile("^Refugee law")).click()
    rows = page.locator(".iml-sortable tbody tr:visible")
    assert 0 < rows.count() < len(dates)


def test_instruments_without_a_date_stand_last_in_either_direction(
    page: Page, offline: Path
) -> None:
    open_page(page, offline, "instruments.html")
    names = page.locator(".iml-sortable tbody tr th")
    dates = page.locator(".iml-sortable tbody tr td:nth-child(4)")
    button = page.get_by_role("button", name="In force")
    for direction in ("ascending", "descending"):
        button.click()
        expect(page.locator("th", has=button)).to_have_attribute("aria-sort", direction)
        given = dates.evaluate_all("cells => cells.map((cell) => cell.dataset.sort)")
        dated = [when for when in given if when]
        assert given == sorted(dated, reverse=direction == "descending") + [""] * (
            len(given) - len(dated)
        )
        undated = names.all_inner_texts()[len(dated) :]
        assert any("Universal Declaration" in name for name in undated)


def test_each_body_of_law_that_paragraph_7_names_has_an_instrument(whole: Course) -> None:
    part = whole.library.instruments
    assert part is not None
    bodies = {body.name.lower() for body in part.bodies.values()}
    for name in ("human rights", "labour", "refugee", "humanitarian", "maritime", "consular"):
        assert any(name in body for body in bodies), name
    assert {i.body for i in part.instruments} == set(part.bodies)


def test_a_role_links_an_instrument_in_the_book_and_in_the_notebook(small_course: Path) -> None:
    text = small_course / "modules/m01-who-answers/module.md"
    roles = "{instrument}`a-treaty` and {instrument}`the “old” & tried one <a-declaration>`"
    text.write_text(text.read_text("utf-8").replace("{page}`for-learners`", roles), "utf-8")
    course = load_course(small_course)
    notebook = json.loads(module_notebook(course, course.modules["m01"]))
    written = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert '<a href="../instruments.html#a-treaty">A Treaty</a>' in written
    link = '<a href="../instruments.html#a-declaration">the “old” &amp; tried one</a>'
    assert link in written
    assert "{instrument}" not in written
    assert Writer(course).markdown("{instrument}`a-treaty`") == (
        '<a href="instruments.html#a-treaty">A Treaty</a>'
    )


def test_the_law_stands_beside_the_document_and_is_listed_with_its_articles(
    small_course: Path,
) -> None:
    text = small_course / "modules/m01-who-answers/module.md"
    box = (
        ":::{law} Nobody is kept from leaving\nLet people go: {article}`a-treaty 8`, and "
        "{article}`article 13(2) <a-declaration 13>`. It stands beside {para}`9`.\n:::\n\n"
    )
    text.write_text(text.read_text("utf-8").replace(":::{since}", box + ":::{since}"), "utf-8")
    course = load_course(small_course)
    notebook = json.loads(module_notebook(course, course.modules["m01"]))
    written = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert 'class="iml-block iml-law" role="note" id="law-nobody-is-kept-from-leaving"' in written
    assert "Law beside the document</span> Nobody is kept from leaving" in written
    assert '<a href="../instruments.html#a-treaty-art-8">A Treaty, article 8</a>' in written
    assert '<a href="../instruments.html#a-declaration-art-13">article 13(2)</a>' in written
    page = book_pages(course)["instruments"]
    listed = '<a href="modules/m01.html#law-nobody-is-kept-from-leaving">Nobody is kept'
    assert page.count(listed) == 3  # in the list of boxes, and at each of the two instruments
    assert '<li id="a-treaty-art-8"><strong>Article 8</strong>: Everyone may leave.</li>' in page


NEEDED_LAW = {
    "m01": ["statelessness-1954 1", "hrc-gc31 paragraph 10"],
    "m03": ["refugee-convention 33", "cat 3", "iccpr 9"],
    "m06": ["refugee-convention 33", "cat 3"],
    "m08": ["consular-relations 36", "special-procedures letters to states"],
    "m09": ["c29 2", "coe-trafficking 13", "coe-trafficking 26", "trafficking-protocol 7"],
    "m10": ["c81 3", "c189 17", "iccpr 17"],
    "m11": ["crc 3", "crc 12", "crc 20", "consular-relations 37", "hrc-gc16 paragraph 10"],
    "m12": ["iccpr 9", "iccpr 13", "icrmw 22", "refugee-convention 33", "opcat 4", "crpd 14"],
    "m13": ["iccpr 20", "icerd 4", "hrc-gc16 paragraph 10"],
}
"""What an official has to find in the law boxes of each module."""


@pytest.mark.parametrize("module", NEEDED_LAW)
def test_a_module_tells_the_law_that_its_officials_need(whole: Course, module: str) -> None:
    told = {
        " ".join(role_article(read_role("article", found[2], 0).target))
        for block in whole.modules[module].page.of_kind("law")
        for found in ROLE.finditer(block.text)
        if found[1] == "article"
    }
    assert set(NEEDED_LAW[module]) <= told


def test_what_is_no_article_is_not_called_one(whole: Course) -> None:
    pages = book_pages(whole)["instruments"]
    assert "<strong>Chapter V, regulation 33</strong>" in pages
    assert "<strong>Article 36</strong>" in pages


def test_an_instrument_later_than_the_document_says_so(whole: Course) -> None:
    part = whole.library.instruments
    assert part is not None
    for one in part.instruments:
        if one.adopted > "2009-11-12":
            assert one.about.startswith("Later than the document"), one.id


def test_the_time_line_keeps_the_document_and_other_sources_apart(
    page: Page, offline: Path
) -> None:
    open_page(page, offline, "time-line.html")
    given, other = page.locator(".iml-timeline").all()
    assert given.locator("a.iml-cite").count() == given.locator("li").count() >= 10
    assert other.locator('a[href^="http"]').count() == other.locator("li").count() >= 6
    assert other.locator("a.iml-cite").count() == 0


def test_the_list_of_facts_says_where_each_is_told_and_when_it_was_seen(
    page: Page, offline: Path, whole: Course
) -> None:
    open_page(page, offline, "since-2009.html")
    facts = whole.library.facts
    assert page.locator("h3").count() == len(facts) >= 25
    seen = page.locator("main").inner_text().count("seen ")
    assert seen >= len(facts)
    told = {b.argument for m in whole.modules.values() for b in m.page.of_kind("since")}
    assert told == set(facts)


def test_every_module_tells_what_has_changed(whole: Course) -> None:
    without = [m.id for m in whole.modules.values() if not any(m.page.of_kind("since"))]
    assert [module for module in without if module != "capstone"] == []


def test_the_bibliography_names_what_the_document_cites(page: Page, offline: Path) -> None:
    open_page(page, offline, "bibliography.html")
    for title in (
        "Compendium of International Migration Law Instruments",
        "Towards Tolerance, Law, and Dignity",
        "Migrations et protection des droits de l'homme",
    ):
        expect(page.locator("main")).to_contain_text(re.compile(title.replace("'", "['’]")))


# --- terms ------------------------------------------------------------------------------------


def test_a_term_tells_its_meaning_on_hover_and_on_focus_and_goes_away_by_escape(
    page: Page, offline: Path
) -> None:
    open_page(page, offline, "modules/m09.html")
    term = page.locator("a.iml-term").first
    meaning = page.locator(".iml-definition")
    expect(meaning).to_be_hidden()
    term.hover()
    expect(meaning).to_be_visible()
    # The pointer may move onto it and rest there.
    meaning.hover()
    page.wait_for_timeout(400)
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    term.focus()
    expect(meaning).to_be_visible()
    described = page.locator(f"#{term.get_attribute('aria-describedby')}")
    assert described.text_content() == meaning.text_content()
    page.keyboard.press("Tab")
    expect(term).not_to_be_focused()


def test_a_finger_sees_the_meaning_first_and_then_the_glossary(
    browser: Browser, offline: Path
) -> None:
    phone = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, offline=True
    )
    page = phone.new_page()
    page.goto((offline / "modules" / "m09.html").as_uri())
    term = page.locator("a.iml-term").first
    meaning = page.locator(".iml-definition")
    term.tap()
    expect(meaning).to_be_visible()
    expect(meaning).to_contain_text("Tap the word again to open the glossary.")
    expect(page).to_have_url(re.compile(r"m09\.html"))
    # Another place puts it away; the word tapped again leads on.
    page.locator("h1").tap()
    expect(meaning).to_be_hidden()
    term.tap()
    expect(meaning).to_be_visible()
    term.tap()
    expect(page).to_have_url(re.compile(r"glossary\.html#term-"))
    phone.close()


def test_a_term_leads_to_the_glossary_without_a_script(browser: Browser, offline: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((offline / "modules/m09.html").as_uri())
    page.locator("a.iml-term").first.click()
    page.wait_for_url("**/glossary.html#term-*")
    context.close()


def test_each_term_is_linked_once_unless_its_author_links_it_again(
    page: Page, offline: Path
) -> None:
    open_page(page, offline, "modules/m03.html")
    links = page.locator("a.iml-term").evaluate_all("all => all.map((a) => a.hash)")
    assert len(set(links)) >= 8
    assert max(links.count(link) for link in links) <= 3


def test_the_glossary_has_forty_terms_or_more(whole: Course) -> None:
    assert len(whole.glossary) >= 40


# --- job aids ---------------------------------------------------------------------------------

AIDS = sorted(path.stem for path in (ROOT / "book").glob("aid-*.md"))


def test_there_are_the_five_job_aids() -> None:
    assert len(AIDS) >= 5


def test_a_job_aid_is_one_sheet_of_paper(
    context: BrowserContext, offline: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    for aid in AIDS:
        page.goto((offline / f"{aid}.html").as_uri())
        for paper in ("A4", "Letter"):
            made = tmp_path / f"{aid} {paper}.pdf"
            page.pdf(path=made, format=paper, prefer_css_page_size=False)
            sheets = PdfReader(made).pages
            assert len(sheets) == 1, made.stem
            assert "What this aid does not do" in sheets[0].extract_text(), made.stem
