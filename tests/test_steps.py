"""Modules in steps: which there are, how long each takes, and where an address leads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accessibility import LOOKS, violations
from engine import Engine
from imlcourse.checks.load import load_course
from imlcourse.checks.report import item_report
from imlcourse.course.model import Course
from imlcourse.course.module import Module, read_module
from imlcourse.course.pace import minutes, reading_seconds
from imlcourse.html.links import BookLinks
from imlcourse.html.writer import Writer
from imlcourse.markup.problems import CourseError, Problems
from players import has_focus, printed, settled, show_whole
from real_course import real_course
from waiting import wait_for

FRONT = """\
---
id: m01
part: 1
title: A module
units: [9]
minutes: {self: 10, session: 45}
objectives:
  - {id: m01-o1, text: Tell who acts.}
  - {id: m01-o2, text: Judge what helps.}
---
"""


def module_of(folder: Path, text: str) -> Module:
    path = folder / "module.md"
    path.write_text(FRONT + text, encoding="utf-8")
    module = read_module(path, Problems(folder))
    assert module
    return module


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def test_a_section_is_a_step_and_what_ends_the_module_is_one_of_its_own(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        ":::{situation} At the desk\nA family waits.\n:::\n\n"
        "(m01-s1)=\n## One\n\nText.\n\n:::{since} early\n:::\n\n"
        "(m01-s2)=\n## Two\n\nText.\n\n:::{quiz} m01-s2\n:::\n\n"
        "(m01-s3)=\n## Three\n\n:::{item} m01-i01\n:::\n\n"
        ":::{since} late\n:::\n\n:::{keypoints}\n- One.\n:::\n\n:::{quiz} m01-quiz\n:::\n",
    )
    steps = module.steps
    assert [(step.number, step.id, step.kind) for step in steps] == [
        (1, "m01-s1", "scene"),
        (2, "m01-s2", "idea"),
        (3, "m01-s3", "case"),
        (4, "m01-end", "end"),
    ]
    # The opening belongs to the first; nothing is left out, and nothing stands twice.
    placed = [[block.kind for block in step.blocks] for step in steps]
    assert placed == [
        ["situation", "prose", "since"],
        ["prose", "quiz"],
        ["item"],
        ["since", "keypoints", "quiz"],
    ]


def test_a_module_that_ends_without_key_points_has_no_step_for_them(tmp_path: Path) -> None:
    module = module_of(tmp_path, "(m01-s1)=\n## One\n\nText.\n")
    assert [step.id for step in module.steps] == ["m01-s1"]


def test_a_section_in_which_something_is_written_is_a_task(course: Course) -> None:
    kinds = [step.kind for step in course.modules["capstone"].steps]
    assert kinds == ["scene", "idea", "idea", "idea", "case", "task", "end"]


def test_a_module_has_five_to_seven_steps(course: Course) -> None:
    assert all(5 <= len(module.steps) <= 7 for module in course.modules.values())


def test_reading_goes_at_130_words_a_minute_and_marks_are_not_read() -> None:
    assert reading_seconds("word " * 130) == pytest.approx(60)
    assert reading_seconds("{quote}`three quoted words <A30>`") == reading_seconds("one two three")
    assert (minutes(89), minutes(91), minutes(1)) == (1, 2, 1)


def test_the_pages_know_the_steps_of_each_module_and_their_minutes(engine: Engine) -> None:
    module = {
        "id": "m01",
        "sections": [{"id": "m01-s1", "title": "One"}, {"id": "m01-s2", "title": "Two"}],
        "steps": [9, 7, 6],
    }
    assert engine.evaluate("(module) => imlPlayer.course.stepsOf(module)", module) == [
        {"id": "m01-s1", "number": 1, "minutes": 9, "title": "One", "kind": "section"},
        {"id": "m01-s2", "number": 2, "minutes": 7, "title": "Two", "kind": "section"},
        {"id": "m01-end", "number": 3, "minutes": 6, "kind": "end"},
    ]


MODULE = "modules/m01-who-answers/module.md"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "minutes: {self: 10",
            "minutes: {self: 40",
            6,
            "the module claims 40 minutes, and its words and items take 11 (course check --items "
            "shows each step); write 10",
        ),
        (
            "IOM says so itself",
            "word " * 2700 + "\n\nIOM says so itself",
            20,
            "the step takes 24 minutes, and 5 to 8 are aimed at; shorten it, or divide its section",
        ),
    ],
    ids=["claim", "long"],
)
def test_a_claim_that_is_wrong_and_a_step_without_an_end_are_told(
    small_course: Path, old: str, new: str, line: int, said: str
) -> None:
    path = small_course / MODULE
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(small_course)
    assert f"{MODULE}:{line}: {said}" in [str(one) for one in caught.value.problems]


def test_a_module_of_a_whole_course_with_too_few_steps_is_told(small_course: Path) -> None:
    about = small_course / "book/course.yml"
    whole = about.read_text("utf-8").replace("coverage: modules", "coverage: whole")
    about.write_text(whole, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_course(small_course)
    said = "the module has 3 steps, a section each and its end; write 5 to 7: divide a long section"
    assert any(said in str(one) for one in caught.value.problems)


def test_the_report_shows_each_step_and_marks_what_is_far_from_the_aim(course: Course) -> None:
    lines = item_report(course).splitlines()
    m01 = next(line for line in lines if line.startswith("m01 "))
    steps = [course.minutes_of_steps[step.id] for step in course.modules["m01"].steps]
    assert m01.endswith(f"= {sum(steps)}")
    assert m01.count("*") == sum(not 5 <= minutes <= 8 for minutes in steps)


def spoiled(root: Path, name: str, old: str, new: str) -> list[str]:
    """Put something into a file of the small course, and give what is told then."""
    path = root / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    try:
        load_course(root)
    except CourseError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_text_names_a_section_by_a_link_with_its_number(small_course: Path) -> None:
    told = spoiled(small_course, MODULE, "See {term}", "{section}`m01-s2` tells. See {term}")
    assert told == []
    course = load_course(small_course)
    writer = Writer(course, BookLinks("../"))
    text = writer.markdown("{section}`m01-s2` tells; see {section}`m01-s1`.")
    assert text == (
        '<a href="../modules/m01.html#m01-s2">Section 2</a> tells; '
        'see <a href="../modules/m01.html#m01-s1">section 1</a>.'
    )
    (problem,) = spoiled(small_course, MODULE, "`m01-s2` tells", "`m01-s9` tells")
    assert "no section “m01-s9”" in problem


def test_an_item_names_a_section_and_is_still_the_item_that_was_answered(
    small_course: Path,
) -> None:
    bank, old = "quizzes/m01.yml", "stem: Which kind of mandate does IOM lack?"
    assert spoiled(small_course, bank, old, "stem: By section 1, what does IOM lack?") == []
    before = load_course(small_course).banks["m01"].items["m01-i01"]
    said = "stem: By {section}`m01-s1`, what does IOM lack?"
    assert spoiled(small_course, bank, "stem: By section 1, what does IOM lack?", said) == []
    course = load_course(small_course)
    item = course.banks["m01"].items["m01-i01"]
    assert item.stem == "By section 1, what does IOM lack?"
    assert item.version == before.version
    drawn = Writer(course, BookLinks("../")).quiz("m01-s1")
    assert 'By <a href="../modules/m01.html#m01-s1">section 1</a>, what' in drawn
    (problem,) = spoiled(small_course, bank, "{section}`m01-s1`", "{section}`m01-s7`")
    assert re.match(r"quizzes/m01\.yml:\d+: no section “m01-s7” in m01", problem)


# --- on the page -----------------------------------------------------------------------------

WRONG = """async () => {
  for (const item of document.querySelectorAll('[data-iml-mode=practice] [data-iml-item]')) {
    const check = item.querySelector('.iml-check');
    if (!check || item.dataset.imlType === 'scenario') continue;
    for (const name of new Set(Array.from(item.querySelectorAll('input'), (one) => one.name))) {
      item.querySelector(`input[name="${name}"]`).click();
    }
    for (const choice of item.querySelectorAll('select')) {
      choice.selectedIndex = 1;
      choice.dispatchEvent(new Event('change', {bubbles: true}));
    }
    check.click();
  }
  return document.querySelectorAll('.iml-result:not([hidden])').length;
}"""
"""Answers all practice of a module, and nearly all of it wrongly."""
PLACES = """(id) => {
  const named = document.getElementById(id) || document.querySelector(`[data-iml-item="${id}"]`);
  const target = named.textContent ? named : named.parentElement.querySelector('h2');
  const head = document.querySelector('.iml-top').getBoundingClientRect().bottom;
  const end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return {below: target.getBoundingClientRect().top - head, end,
    answered: document.querySelectorAll('.iml-result:not([hidden])').length};
}"""
"""How far below the bar something is, how many answers are there, and whether the page ends."""
TARGETS = ("m01-s2", "m01-s4", "what-helpers-do", "m01-i10", "quiz-m01-s3", "m01-end")


def open_module(page: Page, offline: Path, name: str, place: str = "") -> None:
    page.goto("about:blank")  # another place on the same page would be no visit
    page.goto((offline / "modules" / f"{name}.html").as_uri() + (f"#{place}" if place else ""))
    settled(page)


def headings(page: Page) -> list[str]:
    """Give the headings of sections that are shown."""
    return [text.rstrip("#") for text in page.locator(".iml-text h2:visible").all_inner_texts()]


def carry_on(page: Page) -> None:
    page.get_by_role("button", name="Continue", exact=True).click()


def test_one_step_shows_and_continue_leads_to_the_heading_of_the_next(
    context: BrowserContext, offline: Path
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1400, "height": 800})
    open_module(page, offline, "m09")
    steps = page.get_by_role("navigation", name="Steps of this module")
    current = steps.locator('[aria-current="step"]')
    assert headings(page) == ["1. Two words for two things"]
    expect(page.locator(".iml-situation")).to_be_visible()
    expect(page.locator(".iml-step-at:visible")).to_have_text(
        re.compile(r"^Step 1 of 7 · about \d+ minutes$")
    )
    # By keyboard as by pointer.
    page.get_by_role("button", name="Continue", exact=True).press("Enter")
    assert headings(page) == ["2. See, ask, keep safe, pass on"]
    heading = page.get_by_role("heading", name="2. See, ask, keep safe")
    assert has_focus(heading)
    assert 0 <= page.evaluate(PLACES, "m09-s2")["below"] < 40
    expect(page).to_have_url(re.compile("#m09-s2$"))
    expect(current).to_contain_text("See, ask, keep safe, pass on")
    expect(steps.get_by_role("link").first).to_contain_text("done")
    carry_on(page)
    assert headings(page) == ["3. Help that fits"]
    # The browser's own ways, and the way back on the page.
    page.go_back()
    expect(heading).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="3. Help that fits")).to_be_visible()
    page.get_by_role("button", name="Back", exact=True).click()
    assert headings(page) == ["2. See, ask, keep safe, pass on"]
    steps.get_by_role("link", name="A case in court").click()
    assert headings(page) == ["4. A case in court, and the person in it"]
    # The place is kept, and the steps that were read.
    open_module(page, offline, "m09")
    assert headings(page) == ["4. A case in court, and the person in it"]
    assert steps.locator("a.iml-done").count() == 2
    # At the end stand what was folded, the quiz, and what follows.
    for _ in range(3):
        carry_on(page)
    assert headings(page) == ["Key points and module quiz"]
    expect(page.get_by_role("button", name="Continue", exact=True)).to_be_hidden()
    fact = page.locator("details.iml-since").first
    expect(fact.locator(".iml-source")).to_be_hidden()
    fact.locator("summary").click()
    expect(fact.locator(".iml-source")).to_be_visible()
    expect(page.get_by_role("navigation", name="Previous and next page")).to_be_visible()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_an_address_leads_to_its_heading_below_many_answers(
    browser: Browser, offline: Path, motion: Any
) -> None:
    size: Any = (
        {"width": 390, "height": 800} if motion == "reduce" else {"width": 1400, "height": 800}
    )
    context = browser.new_context(offline=True, reduced_motion=motion, viewport=size)
    page = context.new_page()
    open_module(page, offline, "m01")
    count = page.evaluate(WRONG)
    assert count >= 10
    wait_for(page, "!Object.keys(localStorage).some((key) => key.includes('/writing/'))")
    for whole in (False, True):
        if whole:
            show_whole(page)
        for place in TARGETS:
            open_module(page, offline, "m01", place)
            wait_for(
                page,
                "(count) => document.querySelectorAll('.iml-result:not([hidden])').length >= count",
                arg=count,
            )
            wait_for(
                page,
                f"(id) => {{ const at = ({PLACES})(id); return at.below >= -1 &&"
                " (at.below < 40 || at.end); }",
                arg=place,
            )
    context.close()


def test_what_is_hidden_is_found_printed_and_read_without_a_script(
    browser: Browser, context: BrowserContext, offline: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    open_module(page, offline, "m09")
    # The browser's own search in the page opens the step.
    assert page.locator('section[hidden="until-found"]').count() == 6
    page.locator("#quiz-m09-s4").evaluate(
        "(one) => one.dispatchEvent(new Event('beforematch', {bubbles: true}))"
    )
    assert headings(page) == ["4. A case in court, and the person in it"]
    sheets = " ".join(printed(page, tmp_path))
    for words in ("1. Two words for two things", "6. Row nine, to the end", "Since 2009"):
        assert words in sheets
    assert "Source:" in sheets
    assert "Show the whole module" not in sheets
    # With one click the module is whole, and stays so.
    show_whole(page)
    assert len(headings(page)) == 7
    open_module(page, offline, "m06")
    assert len(headings(page)) == 6
    page.locator(".iml-step-turn").get_by_role("button", name="Show one step at a time").click()
    assert len(headings(page)) == 1

    bare = browser.new_context(java_script_enabled=False, offline=True)
    still = bare.new_page()
    still.goto((offline / "modules" / "m09.html").as_uri())
    assert len(headings(still)) == 7
    expect(still.locator(".iml-since .iml-source").first).to_be_visible()
    expect(still.get_by_role("button", name="Continue", exact=True)).to_have_count(0)
    bare.close()


def test_where_nothing_is_kept_the_steps_work_in_the_page(
    context: BrowserContext, offline: Path
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() {"
        " throw new DOMException('no', 'SecurityError'); }});"
    )
    page = context.new_page()
    open_module(page, offline, "m09")
    carry_on(page)
    assert headings(page) == ["2. See, ask, keep safe, pass on"]
    assert page.locator(".iml-steps a.iml-done").count() == 1
    # What is lost is said where the learner is.
    expect(page.locator(".iml-troubles:visible")).to_be_visible()


def test_who_took_the_tick_away_has_read_the_module_by_continuing(
    context: BrowserContext, offline: Path
) -> None:
    """Of a record of 0.1.0, in which a module could be called read, or not read."""
    key = "imlcourse/1/migrants-rights-in-practice/me/read/m09"
    at = "2026-01-01T00:00:00.000Z"
    sections = {f"m09-s{number}": at for number in range(1, 6)}
    entry = json.dumps({"v": 1, "at": at, "sections": sections, "done": ""})
    page = context.new_page()
    page.goto((offline / "index.html").as_uri())
    page.evaluate("([key, entry]) => localStorage.setItem(key, entry)", [key, entry])
    open_module(page, offline, "m09")
    assert headings(page) == ["6. Row nine, to the end"]
    carry_on(page)
    wait_for(page, "(key) => JSON.parse(localStorage[key]).done", arg=key)
    assert page.locator(".iml-steps a.iml-done").count() == 6


@pytest.mark.parametrize("width", [360, 1500])
def test_axe_finds_nothing_in_any_state_of_the_steps(
    browser: Browser, offline: Path, width: int
) -> None:
    context = browser.new_context(
        offline=True, reduced_motion="reduce", viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    open_module(page, offline, "m09")
    for _ in range(2):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        carry_on(page)
    page.evaluate("location.hash = 'm09-end'")
    expect(page.get_by_role("heading", name="Key points and module quiz")).to_be_visible()
    assert violations(page) == []
    show_whole(page)
    # Nothing is to lie half below the bar, where it would be no target.
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    assert violations(page, LOOKS) == []
    context.close()


def test_what_a_screen_reader_meets_in_a_step(context: BrowserContext, offline: Path) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1500, "height": 900})
    open_module(page, offline, "m09")
    carry_on(page)
    told = page.locator(".iml-steps").aria_snapshot()
    assert re.search(r'link "Two words for two things \d+ min done"', told)
    assert 'button "Show the whole module"' in told
    main = page.locator("main").aria_snapshot()
    (heading,) = re.findall(r'heading "([^"]*)" \[level=2\]', main)
    assert heading.startswith("2. See, ask, keep safe, pass on")
    assert 'button "Back"' in main and 'button "Continue"' in main
