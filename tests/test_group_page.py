"""The page “Group results”: what a trainer drops there is read at once, and nothing is kept."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accessibility import violations
from engine import Engine
from imlcourse.markup.inline import inline_text
from imlcourse.player.data import course_data
from learners import NAMES, Group
from real_course import real_course

KEPT = """async () => [localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, document.cookie]"""


@pytest.fixture(scope="module")
def files(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twenty records, one of them a second time; a file that is cut off, and a letter."""
    folder = tmp_path_factory.mktemp("group")
    group = Group(engine, real_course())
    for number, name in enumerate(NAMES):
        text = json.dumps(group.record(number, same=number < 14), ensure_ascii=False)
        (folder / f"{name.split()[0].lower()}.json").write_text(text, encoding="utf-8")
    second = (folder / "chen.json").read_text("utf-8")
    (folder / "chen-again.json").write_text(f"{second}\n", encoding="utf-8")
    (folder / "cut.json").write_text(second[:-3000], encoding="utf-8")
    (folder / "letter.docx").write_bytes(b"PK")
    return sorted(folder.iterdir())


def opened(built: Path, browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page.goto((built / "book" / "group-results.html").as_uri())
    expect(page.locator("#group-files")).to_be_visible()
    return page


@pytest.fixture
def page(built: Path, browser: Browser) -> Iterator[Page]:
    """The page as it is opened."""
    page = opened(built, browser)
    yield page
    page.close()


@pytest.fixture(scope="module")
def filled(built: Path, browser: Browser, files: list[Path]) -> Iterator[Page]:
    """The page with the results of a group of twenty."""
    page = opened(built, browser)
    drop(page, files)
    yield page
    page.close()


def drop(page: Page, files: list[Path]) -> None:
    """Let files go over the page, as a pointer does."""
    given = [[one.name, one.read_text("latin-1"), "latin-1"] for one in files]
    page.evaluate(
        """(files) => {
          const data = new DataTransfer();
          for (const [name, text] of files) {
            data.items.add(new File([Uint8Array.from(text, (one) => one.charCodeAt(0))], name));
          }
          const zone = document.querySelector('.iml-group-zone');
          zone.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true,
            cancelable: true }));
        }""",
        given,
    )
    expect(page.locator(".iml-group-said")).to_contain_text("results are below")


def test_twenty_files_are_read_at_once_and_what_is_wrong_is_named(
    page: Page, files: list[Path]
) -> None:
    before = page.evaluate(KEPT)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    drop(page, files)
    expect(page.locator(".iml-group-said")).to_have_text(
        "20 people, from 23 files. The results are below. 2 things could not be used. "
        "All the rest is used."
    )
    wrong = page.locator(".iml-group-list > ul > li")
    assert [one.split("\n")[0] for one in wrong.all_inner_texts()] == ["cut.json", "letter.docx"]
    assert "cut off" in wrong.nth(0).inner_text()
    heads = page.locator(".iml-group-report h2").all_inner_texts()
    assert heads[:4] == ["Before you use these figures", "What to talk about first",
                         "Who needs what next", "From before to after"]  # fmt: skip
    notes = page.locator(".iml-group-notes").inner_text()
    assert "small group, of 20 people" in notes and "in several files" in notes
    first = page.locator(".iml-group-first > li").first
    assert "Correct answer" in first.inner_text() and first.locator("q").count() >= 1
    assert "95 % confidence interval" in page.locator(".iml-group-gain").inner_text()
    report = page.locator(".iml-group-report").inner_text()
    assert "P20" in report and not any(name in report for name in NAMES)
    assert all(url.startswith(("file:", "data:", "blob:")) for url in asked)
    assert page.evaluate(KEPT) == before


def test_all_can_read_and_work_it(filled: Page) -> None:
    page = filled
    page.locator(".iml-group-fold > summary").first.click()
    page.locator(".iml-group-codes > summary").click()
    assert violations(page) == []
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1366, "height": 768})


def test_names_show_when_the_trainer_ticks_it_and_tables_are_saved(filled: Page) -> None:
    page = filled
    page.get_by_label("Show names instead of P01, P02").check()
    assert NAMES[0] in page.locator(".iml-group-next").inner_text()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV people").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 21 and {row[0] for row in rows[1:]} == set(NAMES)
    assert 0 <= float(rows[1][1]) <= 1
    page.get_by_label("Show names instead of P01, P02").uncheck()
    assert NAMES[0] not in page.locator(".iml-group-report").inner_text()


def test_the_projector_shows_charts_with_numbers_and_nobody(filled: Page) -> None:
    page = filled
    page.get_by_role("button", name="Projector view").click()
    expect(page.locator(".iml-group-people").first).to_be_hidden()
    expect(page.locator(".iml-group-who").first).to_be_hidden()
    expect(page.locator(".iml-group-list")).to_be_hidden()
    values = page.locator(".iml-group-both .iml-group-value").all_inner_texts()
    assert len(values) == 2 and all(one.endswith(" %") for one in values)
    answer = page.locator(".iml-group-first dl").first
    expect(answer).to_be_hidden()
    page.locator(".iml-group-first summary").first.click()
    expect(answer).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".iml-group-people").first).to_be_visible()


def test_on_paper_there_is_the_report_alone(filled: Page) -> None:
    page = filled
    page.locator(".iml-group-fold").first.evaluate("(one) => { one.open = true; }")
    page.emulate_media(media="print")
    for hidden in (".iml-group-zone", ".iml-group-tools", ".iml-nav", ".iml-group-save",
                   ".iml-group-list"):  # fmt: skip
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".iml-group-first dl").first).to_be_visible()
    expect(page.locator(".iml-group-items")).to_be_visible()  # one table of it was unfolded
    page.emulate_media(media="screen")


def test_clear_removes_everything_and_a_keyboard_is_enough(page: Page, files: list[Path]) -> None:
    drop(page, files)
    page.get_by_role("button", name="Clear").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".iml-group-said")).to_be_focused()
    assert page.locator(".iml-group-report").inner_text() == ""
    assert page.locator(".iml-group-list").inner_text() == ""
    # The native control takes its key, and opens the browser's own window.
    page.evaluate(
        """() => document.querySelector('#group-files').addEventListener('click', (event) => {
          event.preventDefault();
          event.target.dataset.asked = 'yes';
        }, { once: true })"""
    )
    page.locator("#group-files").focus()
    page.keyboard.press("Space")
    expect(page.locator("#group-files")).to_have_attribute("data-asked", "yes")
    page.locator("#group-files").set_input_files(files[:3])
    expect(page.locator(".iml-group-said")).to_contain_text("3 people, from 3 files")
    assert "very small group" in page.locator(".iml-group-notes").inner_text()


def test_with_few_people_no_answer_of_a_test_to_come_is_told(page: Page, tmp_path: Path) -> None:
    course = real_course()
    assert course.tests
    item = course.drawn_from(course.tests.before_after)[0]
    table = tmp_path / "paper.csv"
    rows = [f"{who},pre-test,{item.id},0" for who in ("A", "B")]
    table.write_text("\n".join(["participant,test,item,points", *rows]), encoding="utf-8")
    page.locator("#group-files").set_input_files(table)
    first = page.locator(".iml-group-first > li").first
    expect(first).to_contain_text("2 of 2 missed it")
    expect(first).to_contain_text("The answer is not shown yet")
    expect(first).to_contain_text(inline_text(item.stem))
    assert first.locator("dl").count() == 0


CODE = """(data) => {
  const test = data.codes.find((one) => one.test === 'm06-quiz');
  return imlPlayer.code.grouped(imlPlayer.code.encode(test, {
    person: 7, attempt: 1, ended: '2026-11-20T10:00:00.000Z', present: true,
    points: Object.fromEntries(test.rows.map(([name, count]) => [name, { points: 0, count }])),
  }));
}"""


def test_codes_are_typed_and_a_mistake_is_told_by_its_group(page: Page, engine: Engine) -> None:
    code = engine.evaluate(CODE, course_data(real_course()))
    wrong = code[:6] + ("0" if code[6] != "0" else "1") + code[7:]
    page.locator(".iml-group-codes > summary").click()
    page.locator("#group-codes").fill(f"Amina: {code}\n{wrong}")
    page.get_by_role("button", name="Read the codes").click()
    expect(page.locator(".iml-group-said")).to_contain_text("1 person, from 1 file")
    told = page.locator(".iml-group-list > ul")
    expect(told).to_contain_text(f"Line 2: There is a mistake in group 2. It may have to be {code}")
    needed = page.locator(".iml-group-next").inner_text()
    assert "Module 6" in needed and "Amina" not in needed
    # It was mended, and counts once.
    page.locator("#group-codes").fill(code)
    page.get_by_role("button", name="Read the codes").click()
    expect(told).to_have_count(0)


def test_no_other_page_loads_what_it_needs(built: Path) -> None:
    loading = [one.name for one in (built / "book").rglob("*.html")
               if "group.js" in one.read_text("utf-8")]  # fmt: skip
    assert loading == ["group-results.html"]
