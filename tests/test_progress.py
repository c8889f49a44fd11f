"""My progress, roles, certificate and the way of a learner through the real course, offline."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accessibility import amiss_in_any_look, violations
from imlcourse.book.search_index import read_index
from players import DONE, read_through, show_whole
from waiting import wait_for

PREFIX = "imlcourse/1/migrants-rights-in-practice/"
ANSWERED = """() => {
  const root = document.querySelector('[data-iml-mode="test"]');
  const keyOf = (id) => {
    const quiz = Array.from(document.querySelectorAll('[data-iml-quiz]'),
      (one) => imlPlayer.enhance(one)).find((one) => one.written.has(id));
    const element = imlPlayer.items.copyOf(quiz, id, 'key-');
    imlPlayer.seal.unsealItem(element);
    return imlPlayer.items.view(element, imlPlayer.seal.answerOf(element));
  };
  const write = (field, answer) => {
    field.value = answer;
    for (const event of ['input', 'change']) {
      field.dispatchEvent(new Event(event, { bubbles: true }));
    }
  };
  const named = (box, name) => Array.from(box.querySelectorAll('button')).find((one) =>
    (one.getAttribute('aria-label') || one.textContent).startsWith(name) && one.checkVisibility());
  for (let next = true; next; next && next.click()) {
    const shown = root.querySelector('[data-iml-item]');
    const part = (id, what) => shown.querySelector(`[data-part="${id}"] ${what}`);
    const { kind, data } = keyOf(shown.dataset.imlItem);
    if (kind === 'matching' || kind === 'categorise') {
      for (const [id, answer] of Object.entries(Object.fromEntries(data.key))) {
        write(part(id, 'select'), answer);
      }
    } else if (kind === 'numeric') write(shown.querySelector('input'), String(data.answer));
    else if (kind === 'cloze') {
      for (const [id, gap] of data.gaps) {
        if (gap.choices) write(part(id, 'select'), gap.right);
        else write(part(id, 'input'), gap.answers[0]);
      }
    } else if (kind === 'ordering') {
      data.steps.forEach((id, place) => {
        const at = () => [...shown.querySelectorAll('.iml-card')].findIndex(
          (card) => card.dataset.part === id);
        while (at() > place) named(shown.querySelector(`[data-part="${id}"]`), 'Move up').click();
      });
    } else for (const id of data.right) shown.querySelector(`input[value="${id}"]`).click();
    next = named(root, 'Next');
  }
}"""
"""Answers all that a test asks, rightly, by a script: `test_modes` shows how hands do it."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(offline=True, reduced_motion="reduce", accept_downloads=True)
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that must stay without errors and without requests to anywhere."""
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "blob:")) else said.append(f"asked {r.url}"),
    )
    yield opened
    assert said == []


WRITTEN = """(name) => Object.values(localStorage).some((one) => one.includes(name)) &&
  !Object.keys(localStorage).some((key) => key.includes('/writing/'))"""
"""A name stands in the record, and nothing of it is on its way any more."""

LONG_NAME = "Maria Aleksandra Wilhelmina " * 3 + "Oyelaran-Kristjánsdóttir"
"""More letters than a field of usual length takes."""


def go(page: Page, offline: Path, name: str) -> None:
    name, mark, place = name.partition("#")
    address = (offline / f"{name}.html").as_uri()
    if page.url.partition("#")[0] == address:
        page.goto("about:blank")  # another place on the same page would be no visit
    page.goto(address + mark + place)
    page.locator(".iml-me-count").wait_for()
    if name == "my-progress":
        unfold(page)


def take(page: Page, right: bool = True) -> None:
    """Take the test on the page, wholly right, or leave all of it open."""
    root = page.locator('[data-iml-mode="test"]')
    root.get_by_role("button", name="Start", exact=True).click()
    expect(root.locator("[data-iml-item]")).to_be_visible()
    if right:
        page.evaluate(ANSWERED)
    root.get_by_role("button", name="Finish", exact=True).click()
    if not right:
        root.get_by_role("button", name="Finish anyway", exact=True).click()
    expect(root.locator(".iml-test-head")).to_have_text("Your result")


def plan(page: Page) -> list[str]:
    """The next thing, and the one after it, without their minutes."""
    shown = page.locator(".iml-me-plan a").all_inner_texts()
    return [re.sub(r" \(\d+ min\)$", "", words) for words in shown]


def unfold(page: Page) -> None:
    """Open what is folded on My progress."""
    page.locator(".iml-facts").wait_for()
    page.evaluate(
        "document.querySelectorAll('.iml-page details').forEach((one) => { one.open = true; })"
    )


def stored(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("() => ({...localStorage})")
    return found


def test_a_learner_goes_through_the_course_to_the_certificate(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    go(page, offline, "my-progress")
    modules: list[str] = page.evaluate("imlCourse.modules.map((one) => one.id)")
    count = len(modules)
    expect(page.locator(".iml-me-count")).to_have_text(f"0 of {count}")
    assert plan(page)[0].startswith("Start “")
    expect(page.locator(".iml-facts")).to_contain_text(re.compile(r"Time left\s*(\d+ h )?\d+ min"))
    go(page, offline, "pre-test")
    take(page, right=False)

    go(page, offline, "my-progress")
    assert plan(page)[0].startswith("Start “")
    # What nobody need know before the course does not count against anybody.
    expect(page.locator(".iml-me-mastery")).to_contain_text("Answer some questions")
    go(page, offline, "certificate")
    expect(page.locator("main")).to_contain_text("You have no certificate yet")
    expect(page.get_by_role("button", name="Print")).to_have_count(0)

    # The first and the last as a learner does; those between are read and passed in the record.
    for number, module in ((0, modules[0]), (count - 1, modules[-1])):
        if number:
            page.evaluate(DONE, [modules[1:-1], False])
        go(page, offline, f"modules/{module}")
        read_through(page)
        go(page, offline, "my-progress")
        expect(page.locator(".iml-me-module").nth(number)).to_contain_text("Quiz left")
        assert plan(page)[0].startswith("Take the quiz of")
        go(page, offline, f"modules/{module}#{module}-end")
        take(page)
        expect(page.locator('[data-iml-mode="test"]')).to_contain_text("Passed 100 %")
        expect(page.locator(".iml-me-count")).to_have_text(f"{number + 1} of {count}")
    go(page, offline, "my-progress")
    assert plan(page) == ["Take the final test", "Take the post-test and see what you gained"]
    go(page, offline, "final-test")
    take(page)
    go(page, offline, "post-test")
    take(page)
    expect(page.locator(".iml-gain")).to_contain_text(
        "Before the course: 0 %. After the course: 100 %."
    )
    go(page, offline, "my-progress")
    assert plan(page) == ["Print your certificate"]
    expect(page.locator(".iml-me-tests")).to_contain_text("passed with 100 %")
    expect(page.locator(".iml-me-tests")).to_contain_text("Difference in percentage points: 100.")
    expect(page.locator(".iml-mastery li").first).to_contain_text(
        re.compile(r"(strong|a good start|getting better|needs practice): \d+ % \(questions: \d+\)")
    )

    go(page, offline, "certificate")
    certificate = page.locator(".iml-cert")
    name = page.get_by_label("Your name, as it should appear")
    name.press_sequentially(LONG_NAME)
    expect(certificate.locator(".iml-cert-name")).to_have_text(LONG_NAME)
    name.fill("Amina Diallo")
    for words in (
        "Amina Diallo", "Migrants’ Rights in Practice", "final test passed with 100 %",
        "0.1.0 of 27 November 2026", "Not made, issued or endorsed by IOM",
    ):  # fmt: skip
        expect(certificate).to_contain_text(words)
    for paper in ("A4", "Letter"):
        page.pdf(path=tmp_path / f"{paper}.pdf", format=paper)
        data = (tmp_path / f"{paper}.pdf").read_bytes()
        assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1, f"one page of {paper}"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_label("Your name")).to_be_hidden()


def test_reading_is_noticed_where_the_whole_module_is_shown(page: Page, offline: Path) -> None:
    page.clock.install()
    go(page, offline, "modules/m06")
    show_whole(page)
    for number in (1, 2):
        page.locator("section > .iml-end").nth(number - 1).scroll_into_view_if_needed()
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")
        page.clock.run_for(2_000)  # as long as somebody reads it
        wait_for(
            page,
            "([key, section]) => (localStorage[key] || '').includes(section)",
            arg=[f"{PREFIX}me/read/m06", f"m06-s{number}"],
        )
    kept = json.loads(stored(page)[f"{PREFIX}me/read/m06"])
    assert set(kept["sections"]) == {"m06-s1", "m06-s2"}


def test_a_role_orders_the_modules_and_changes_the_case(page: Page, offline: Path) -> None:
    go(page, offline, "index")
    page.get_by_role("button", name="Reception and shelter staff").click()
    go(page, offline, "my-progress")
    expect(page.get_by_label("My role")).to_have_value("reception")
    go(page, offline, "modules/m06#m06-i27")
    case = page.locator('[data-iml-item="m06-i27"]')
    expect(case).to_contain_text("You run the reception centre", use_inner_text=True)
    order = page.evaluate(
        """() => {
          const modules = ['m01', 'm06', 'm12'].map((id) => ({id, sections: [], minutes: 30,
            title: id, href: id, objectives: [], items: [], quiz: null}));
          const roles = {reception: {name: 'R', modules: ['m06', 'm12', 'm01']}};
          const store = {get: (key) => (key === 'me' ? {role: 'reception'} : null),
            keys: () => []};
          return imlPlayer.course.stateOf({modules, roles, tests: false, pages: {}}, store, '')
            .modules.map((one) => one.module.id);
        }"""
    )
    assert order == ["m06", "m12", "m01"]


def test_what_was_begun_is_gone_on_with_first_and_at_its_place(page: Page, offline: Path) -> None:
    go(page, offline, "modules/m09")
    sections: list[str] = page.evaluate("imlCourse.modules[8].sections.map((one) => one.id)")
    for section in sections[:2]:
        page.get_by_role("button", name="Continue", exact=True).click()
        wait_for(
            page,
            "([key, section]) => (localStorage[key] || '').includes(section)",
            arg=[f"{PREFIX}me/read/m09", section],
        )
    go(page, offline, "my-progress")
    assert plan(page) == [
        "Continue: step 3 of “Trafficking: identify, assist, prosecute”",
        "Start “Migrants, States and who answers for rights”",
    ]
    page.get_by_role("link", name="Continue: step 3").click()
    expect(page).to_have_url(re.compile(rf"m09\.html#{sections[2]}$"))


def test_the_pre_test_leads_into_the_course(page: Page, offline: Path) -> None:
    go(page, offline, "pre-test")
    take(page, right=False)
    # A few lines by module, with names and links; each objective is folded.
    result = page.locator('[data-iml-mode="test"]')
    expect(result).to_contain_text("Study these modules first:")
    lines = result.locator(".iml-told li")
    expect(lines).to_have_count(5)
    expect(lines.first.get_by_role("link")).to_have_text(re.compile(r"^Module 1\b"))
    expect(lines.first).to_contain_text("0 of 2")
    expect(page.get_by_role("columnheader", name="Read", exact=True)).to_be_hidden()
    result.get_by_text("See each objective").click()
    expect(page.get_by_role("columnheader", name="Read", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Start “Migrants, States")).click()
    expect(page).to_have_url(re.compile(r"m01\.html$"))


def answer_some(page: Page, offline: Path) -> None:
    """Answer one item rightly and one wrongly, by a script: one is of a step that is not shown."""
    go(page, offline, "modules/m06#m06-i10")
    for id_, value in (("m06-i10", "false"), ("m06-i15", "true")):
        item = page.locator(f'[data-iml-item="{id_}"]')
        for pressed in (f'input[value="{value}"]', ".iml-check"):
            item.locator(pressed).evaluate("one => one.click()")
        key = f"{PREFIX}me/item/{id_}"
        wait_for(
            page,
            "([key, way]) => localStorage[key] && !localStorage[way]",
            arg=[key, key.replace("/item/", "/writing/item/")],
        )


def export(page: Page, offline: Path, to: Path) -> list[dict[str, Any]]:
    go(page, offline, "my-progress")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my record as a file").click()
    download.value.save_as(to)
    expect(page.locator(".iml-me-said")).to_contain_text(download.value.suggested_filename)
    read: list[dict[str, Any]] = json.loads(to.read_text("utf-8"))
    return read


def named(page: Page, name: str) -> None:
    """Write a name on My progress, and wait until it is kept."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your name").blur()
    wait_for(page, WRITTEN, arg=name)


def test_what_was_failed_is_proposed_again(page: Page, offline: Path) -> None:
    """When the module is read, whatever modules stand before it."""
    go(page, offline, "modules/m03#m03-end")
    take(page, right=False)
    go(page, offline, "my-progress")
    title = "The web of law: what International Migration Law is"
    again = f"Try the quiz of “{title}” again"
    assert [step for step in plan(page) if "The web of law" in step] == [
        f"Continue: step 1 of “{title}”"
    ]
    go(page, offline, "modules/m03")
    read_through(page)
    go(page, offline, "final-test")
    take(page, right=False)
    go(page, offline, "my-progress")
    # It is proposed once; the final test waits until the modules are done.
    assert [step for step in plan(page) if "The web of law" in step] == [again]
    page.get_by_role("link", name=again).click()
    expect(page).to_have_url(re.compile(r"m03\.html#quiz-"))
    go(page, offline, "my-progress")
    assert not [step for step in plan(page) if "final test" in step]


def test_the_file_of_a_record_bears_the_learners_name_in_plain_letters(
    page: Page, offline: Path
) -> None:
    go(page, offline, "my-progress")
    named(page, "Ana Núñez-Đặng")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my record as a file").click()
    assert re.fullmatch(
        r"migrants-rights-in-practice-ana-nunez-đang-[0-9A-HJKMNP-TV-Z]{4}-\d{4}-\d\d-\d\d\.json",
        download.value.suggested_filename,
    )


def test_no_two_learners_have_one_account(
    browser: Browser, page: Page, offline: Path, tmp_path: Path
) -> None:
    """A learning record store takes statements with the same account for one person’s."""

    def account(page: Page) -> str:
        answer_some(page, offline)
        made = export(page, offline, tmp_path / "record.json")
        (name,) = {one["actor"]["account"]["name"] for one in made}
        return str(name)

    mine = account(page)
    assert len(mine) >= 16
    # The same one each time, and after a restart of the page.
    again = export(page, offline, tmp_path / "again.json")
    assert {one["actor"]["account"]["name"] for one in again} == {mine}
    elsewhere = browser.new_context(offline=True)
    assert account(elsewhere.new_page()) != mine
    elsewhere.close()


def test_a_record_goes_out_and_comes_into_another_browser(
    browser: Browser, page: Page, offline: Path, tmp_path: Path
) -> None:
    answer_some(page, offline)
    go(page, offline, "my-progress")
    named(page, "Amina")
    made = export(page, offline, tmp_path / "record.json")
    assert all(one["actor"]["name"] == "Amina" for one in made)
    mine = {k: v for k, v in stored(page).items() if k.startswith(f"{PREFIX}me/")}

    elsewhere = browser.new_context(offline=True)
    other = elsewhere.new_page()
    # There, one of the questions was answered better, and another one worse.
    go(other, offline, "modules/m06#m06-i15")
    item = other.locator('[data-iml-item="m06-i15"]')
    item.locator('input[value="false"]').check()
    item.get_by_role("button", name="Check", exact=True).click()
    expect(item.locator(".iml-result.iml-right")).to_be_visible()
    go(other, offline, "my-progress")
    named(other, "Amina")
    before = stored(other)
    asked = other.locator(".iml-me-confirm")

    def bring() -> None:
        other.locator("#iml-import").set_input_files(tmp_path / "record.json")
        expect(asked).to_contain_text("is the record of Amina (3 entries). Whose record is it?")

    # Nothing comes in without being asked.
    bring()
    asked.get_by_role("button", name="Cancel").click()
    expect(asked).to_be_empty()
    assert stored(other) == before
    bring()
    assert violations(other) == []
    asked.get_by_role("button", name="It is mine: add it to my record").click()
    expect(other.locator(".iml-me-said")).to_contain_text("The record was added. Entries: 3.")
    expect(other.locator(".iml-me-mastery")).to_contain_text("100 %")
    there = stored(other)
    assert there[f"{PREFIX}me/item/m06-i10"] == mine[f"{PREFIX}me/item/m06-i10"]
    merged = json.loads(there[f"{PREFIX}me/item/m06-i15"])
    assert (merged["best"], merged["first"]["points"]) == (1, 0)
    # And it can be taken out again, also the next day.
    go(other, offline, "my-progress")
    undo = other.locator(".iml-me-undo")
    expect(undo).to_contain_text("“record.json” (3 entries)")
    undo.get_by_role("button", name="Undo").click()
    expect(other.locator(".iml-me-said")).to_contain_text("was taken out again")
    expect(undo).to_be_empty()
    left = {k: json.loads(v) for k, v in stored(other).items() if k.startswith(f"{PREFIX}me/")}
    assert left == {k: json.loads(v) for k, v in before.items() if k in left}
    assert f"{PREFIX}me/item/m06-i15" in left
    elsewhere.close()


NO_RECORDS = {
    "{": "There is no record in strange.json that can be read",
    "[]": "There is no record in strange.json that can be read",
    '{"a": 1}': "There is no record in strange.json that can be read",
    '[{"object": {"id": "https://elsewhere.example/x"}}]': "of another course",
}


def test_a_file_that_is_no_record_changes_nothing(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    answer_some(page, offline)
    before = stored(page)
    file = tmp_path / "strange.json"
    for text, said in NO_RECORDS.items():
        go(page, offline, "my-progress")
        file.write_text(text, encoding="utf-8")
        page.locator("#iml-import").set_input_files(file)
        expect(page.locator(".iml-me-said"), text).to_contain_text(said)
        assert stored(page) == before, text


def test_several_learners_on_one_browser_are_kept_apart_and_each_is_asked_for(
    context: BrowserContext, page: Page, offline: Path
) -> None:
    answer_some(page, offline)
    go(page, offline, "my-progress")
    who = page.locator(".iml-who")
    expect(who).to_be_hidden()  # one learner, without a name
    named(page, "Amina")
    expect(who).to_contain_text("Amina")
    who.click()
    dialog = page.get_by_role("dialog", name="Change learner")
    dialog.get_by_text("I am somebody else").click()
    assert violations(page) == []
    dialog.get_by_label("Your name").fill("Boris")
    dialog.get_by_role("button", name="Start").click()
    expect(who).to_contain_text("Boris")
    unfold(page)
    expect(page.locator(".iml-me-mastery")).to_contain_text("Answer some questions")
    # On every page it is to be seen whose record it is.
    go(page, offline, "modules/m06")
    expect(who).to_contain_text("Boris")
    expect(page.locator('[data-iml-item="m06-i10"] .iml-result')).to_be_hidden()

    # Who opens the course anew is asked, wherever that is; and asked once.
    later = context.new_page()
    go(later, offline, "modules/m06")
    asking = later.get_by_role("dialog", name="Who is learning?")
    expect(asking.get_by_role("button", name="Continue as Boris")).to_be_focused()
    assert violations(later) == []
    asking.get_by_role("button", name="I am Amina").click()
    expect(later.locator(".iml-who")).to_contain_text("Amina")
    go(later, offline, "my-progress")
    expect(asking).to_have_count(0)
    expect(later.get_by_label("Your name")).to_have_value("Amina")
    expect(later.locator(".iml-me-mastery")).to_contain_text("(questions: 1)")
    page.close()
    # What is removed is gone, and of nobody else.
    later.get_by_role("button", name="Remove my record").click()
    confirm = later.locator(".iml-me-confirm")
    expect(confirm).to_contain_text("everything that this browser has saved for Amina?")
    confirm.get_by_role("button", name="Yes, remove it").click()
    expect(later.get_by_label("Your name")).to_have_value("Boris")
    expect(later.locator(".iml-me-said")).to_contain_text("using the record of Boris")
    left = [key for key in stored(later) if key.startswith(f"{PREFIX}me/")]
    assert left == []


def test_a_record_without_a_name_is_opened_beside_and_goes_into_no_other(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    answer_some(page, offline)
    export(page, offline, tmp_path / "record.json")
    page.evaluate("localStorage.clear()")
    go(page, offline, "my-progress")
    named(page, "Amina")
    page.locator("#iml-import").set_input_files(tmp_path / "record.json")
    asked = page.locator(".iml-me-confirm")
    expect(asked).to_contain_text("is a record without a name")
    assert asked.get_by_role("button").all_inner_texts() == [
        "Open it as a record of its own",
        "Cancel",
    ]
    asked.get_by_role("button", name="Open it as a record of its own").click()
    expect(page.locator(".iml-who")).to_contain_text("No name")
    unfold(page)
    expect(page.locator(".iml-me-mastery")).to_contain_text("(questions: 1)")
    mine = {k: v for k, v in stored(page).items() if k.startswith(f"{PREFIX}me/item/")}
    assert mine == {}
    # Undone, it is gone, and the learner is the one before.
    page.locator(".iml-me-undo").get_by_role("button", name="Undo").click()
    asked.get_by_role("button", name="Undo it").click()
    expect(page.locator(".iml-who")).to_contain_text("Amina")
    assert not [key for key in stored(page) if "/item/" in key]


def test_where_nothing_can_be_kept_it_is_said_and_can_be_exported(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() {"
        " throw new DOMException('no', 'SecurityError'); }});"
    )
    go(page, offline, "my-progress")
    expect(page.locator(".iml-me-troubles")).to_contain_text("does not save your answers")
    page.get_by_label("Your name").fill("Amina")
    page.get_by_label("Your name").blur()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my record as a file").click()
    download.value.save_as(tmp_path / "record.json")
    made = json.loads((tmp_path / "record.json").read_text("utf-8"))
    assert made[0]["actor"]["name"] == "Amina"


def test_a_copy_without_a_file_says_what_is_missing(
    browser: Browser, offline: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(offline, copy)
    (copy / "_static" / "sealed-final-test.js").unlink()
    page = browser.new_page()
    go(page, copy, "final-test")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".iml-quiz")).to_contain_text("A file of this course is missing")
    page.close()


def test_a_page_that_keeps_nothing_offers_the_export_itself(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() {"
        " throw new DOMException('no', 'SecurityError'); }});"
    )
    go(page, offline, "modules/m06#m06-i10")
    item = page.locator('[data-iml-item="m06-i10"]')
    item.locator('input[value="false"]').check()
    item.get_by_role("button", name="Check", exact=True).click()
    expect(item.get_by_role("status")).to_contain_text("This answer is not saved.")
    with page.expect_download() as download:
        page.locator(".iml-troubles:visible").get_by_role(
            "button", name="Save my record as a file"
        ).click()
    download.value.save_as(tmp_path / "record.json")
    (made,) = [
        one
        for one in json.loads((tmp_path / "record.json").read_text("utf-8"))
        if one["verb"]["id"].endswith("/answered")
    ]
    assert made["object"]["id"].endswith("items/m06-i10")
    assert made["result"]["success"] is True


def test_keys_of_tests_are_not_legible_nor_found_by_the_search(page: Page, offline: Path) -> None:
    pages = {name: (offline / f"{name}.html").read_text("utf-8")
             for name in ("pre-test", "post-test", "final-test")}  # fmt: skip
    module = (offline / "modules" / "m06.html").read_text("utf-8")
    found = read_index((offline / "search-index.js").read_text("utf-8"))
    index = " ".join(one.title + one.words for one in found)
    assert "quay" in index
    secret = "I write “is help, and above all help for people at risk”."  # m06-i65
    told = "Proof that the help does no harm to others"  # m06-i84
    why = "It is good practice to look at this."  # feedback of m06-i84
    sealed = [path.read_text("utf-8") for path in (offline / "_static").glob("sealed-*.js")]
    assert len(sealed) == 3 + len(list((offline / "modules").glob("*.html")))
    for html in (*pages.values(), index, *sealed):
        assert secret not in html
        assert why not in html
    assert told in module, "the questions of the module quiz can be read without a script"
    assert why not in module
    assert told not in pages["final-test"]
    # Nor does anything beside the right option tell it from the others.
    page.goto((offline / "pre-test.html").as_uri())
    attributes = page.locator("#quiz-pre-test [data-iml-sealed-item]").first.evaluate_all(
        "found => found.flatMap((one) => one.getAttributeNames())"
    )
    assert not [name for name in attributes if "right" in name or "key" in name]


def test_pages_with_a_record_have_nothing_amiss_in_any_colours_or_on_a_phone(
    browser: Browser, offline: Path
) -> None:
    context = browser.new_context(
        offline=True, color_scheme="light", reduced_motion="reduce",
        viewport={"width": 1200, "height": 800},
    )  # fmt: skip
    page = context.new_page()
    answer_some(page, offline)
    read_through(page)
    take(page)
    go(page, offline, "final-test")
    take(page)
    for name in ("index", "my-progress", "certificate", "final-test", "pre-test", "modules/m06"):
        go(page, offline, name)
        assert amiss_in_any_look(page) == {}, name
    context.close()


def test_what_a_screen_reader_meets_on_my_progress(page: Page, offline: Path) -> None:
    answer_some(page, offline)
    go(page, offline, "my-progress")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("My progress"))
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["What to do next", "Modules"]
    # The rest is folded, each part under its name.
    assert page.locator(".iml-page > details > summary:visible").all_inner_texts() == [
        "What you can do", "Mistakes to review", "Tests of the whole course", "Certificate",
        "Add your name", "Your record",
    ]  # fmt: skip
    # A ring is for the eye: what it shows stands beside it.
    module = page.locator(".iml-me-module").filter(has_text="What protection means")
    assert module.locator(".iml-ring-box").get_attribute("aria-hidden") == "true"
    expect(module).to_contain_text(re.compile(r"Module 6.*What protection means.*\d+ min"))
    facts = page.locator(".iml-facts")
    assert facts.locator("dt").all_inner_texts() == [
        "To review today", "Modules done", "Time left",
    ]  # fmt: skip
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    expect(page.get_by_role("combobox", name="My role")).to_be_visible()
    expect(page.locator(".iml-me-said")).to_have_attribute("role", "status")
