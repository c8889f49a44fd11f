"""The course, and each module, as one page: opened from ``file://`` with the network off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from conftest import NAME, files_of
from every_page import PHONE, WIDE, Watch
from firefox import Firefox
from imlcourse.book.cache import Cache
from imlcourse.build.packages import pages_of
from imlcourse.products.packages import Packing, one_file, one_file_modules
from real_course import real_course
from waiting import wait_for

WITHOUT_STORAGE = """
for (const name of ['localStorage', 'sessionStorage']) {
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
}"""


@pytest.fixture(scope="module")
def files(learners_copy: Path, packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both packages, made in two processes: the same course gives the same bytes."""
    book = dict(pages_of(learners_copy))
    cache = Cache(tmp_path_factory.mktemp("cache"), "test")
    packing = Packing(real_course(), book, book, "course", cache)
    made: dict[str, bytes] = {}
    for package in (one_file.PACKAGE, one_file_modules.PACKAGE):
        files = package.make(packing)
        there = files_of(packed, package.name)
        assert {name.replace("course", NAME, 1): files[name] for name in files} == there
        made |= files
    place = tmp_path_factory.mktemp("one file")
    for name, data in made.items():
        (place / name).write_bytes(data)
    return place


@pytest.fixture
def log() -> Iterator[Watch]:
    """What pages complained of, or wanted from elsewhere: nothing."""
    made = Watch()
    yield made
    assert made.errors == []
    assert made.requests == []


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "desktop"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    phone = request.param is PHONE
    made = browser.new_context(
        viewport=request.param, offline=True, is_mobile=phone, has_touch=phone
    )
    yield made
    made.close()


@contextmanager
def another(page: Page) -> Iterator[None]:
    """Lead to another page of the file, and be there.

    For another page the file loads itself anew, a moment after the address has changed. Until then
    the page before is there to be looked at, and what is true of both pages tells nothing.
    """
    with page.expect_event("load"):
        yield


def visit(page: Page, address: str) -> None:
    """Show another page of the file, as if its address were typed."""
    with another(page):
        page.goto(address)


def test_no_file_is_too_heavy_to_send(files: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in files.iterdir()}
    assert sizes.pop("course.html") < 2_500_000
    assert len(sizes) == 14
    assert {name: size for name, size in sizes.items() if size >= 400_000} == {}


def test_the_whole_course_is_learned_in_one_file(
    window: BrowserContext, files: Path, log: Watch, tmp_path: Path
) -> None:
    page = log.on(window.new_page())
    address = (files / "course.html").as_uri()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Migrants’ Rights in Practice")
    page.locator("main").get_by_text("Labour inspectors").first.click()
    with another(page):
        page.locator("main a.iml-button:visible").first.click()
    expect(page.locator(".iml-here")).to_contain_text("Module")
    expect(page).to_have_title(re.compile("^Module 1: Migrants, States and who answers"))
    # A step, and an answer.
    box = page.locator("[data-iml-item]:visible").first
    box.get_by_role("radio").first.check()
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".iml-feedback, [role=status]").first).not_to_be_empty()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    assert page.url.endswith("#m01-s2")
    page.reload()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    # The module quiz, whose questions and answers come sealed.
    page.goto(f"{address}#/modules/m01.html#quiz-m01-quiz")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".iml-sitting, [data-iml-item]:visible").last).to_be_visible()
    # What was done stands on the page of the learner, and in a new window too.
    visit(page, f"{address}#/my-progress.html")
    main = page.locator("main")
    expect(main.get_by_text("Step 2 of 6").first).to_be_visible()
    again = log.on(window.new_page())
    again.goto(f"{address}#/my-progress.html")
    expect(again.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
    again.close()
    # There and back.
    with another(page):
        main.locator("a[href*='modules/']:visible").first.click()
    title = page.get_by_role("heading", level=1)
    expect(title).not_to_contain_text("My progress")
    module = title.text_content() or ""
    with another(page):
        page.go_back()
    expect(title).to_contain_text("My progress")
    with another(page):
        page.go_forward()
    expect(title).to_have_text(module)


def test_the_search_the_certificate_and_print_are_in_it(
    window: BrowserContext, files: Path, log: Watch, tmp_path: Path
) -> None:
    page = log.on(window.new_page())
    address = (files / "course.html").as_uri()
    page.goto(f"{address}#/search.html")
    page.locator("#iml-query").fill("no passport")
    page.keyboard.press("Enter")
    found = page.locator("#iml-results a")
    expect(found.first).to_be_visible()
    named = found.first.text_content()
    with another(page):
        found.first.click()
    target = page.locator("h2", has_text=named or "").first
    expect(target).to_be_in_viewport()
    visit(page, f"{address}#/certificate.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate")
    page.pdf(path=tmp_path / "page.pdf")
    assert "Certificate" in PdfReader(tmp_path / "page.pdf").pages[0].extract_text()


HELD = """() => Object.fromEntries(
  Array.from(document.querySelectorAll('[data-iml-file$=".html"]'), (one) => {
    const signs = one.textContent.replaceAll('\\n', '');
    const packed = imlPlayer.packed.bytesOf(signs, Number(one.dataset.imlSize));
    return [one.dataset.imlFile, new TextDecoder().decode(imlPlayer.inflate(packed))];
  }))"""
ALIKE = ("modules/m", "aid-")
"""Of the pages whose names begin so, one is opened: they are alike but for their words."""


def test_every_page_of_the_file_stands_as_in_the_folder(
    browser: Browser, files: Path, learners_copy: Path, log: Watch
) -> None:
    page = log.on(browser.new_context(viewport=WIDE, offline=True).new_page())
    address = (files / "course.html").as_uri()
    page.goto(address)
    held: dict[str, str] = page.evaluate(HELD)
    there = {path.relative_to(learners_copy).as_posix(): path.read_text("utf-8")
             for path in learners_copy.rglob("*.html")}  # fmt: skip
    del there["_static/store.html"]
    assert held == there
    one_of_each = {next((kind for kind in ALIKE if name.startswith(kind)), name): name
                   for name in held}  # fmt: skip
    assert len(one_of_each) > 20
    for name in one_of_each.values():
        page.goto("about:blank")
        page.goto(f"{address}#/{name}")
        assert page.evaluate("history.state.imlPage") == name
        assert page.locator("main h1").count() == 1, name
    page.context.close()


def test_a_module_by_itself_leads_nowhere_that_it_does_not_hold(
    window: BrowserContext, files: Path, log: Watch, tmp_path: Path
) -> None:
    page = log.on(window.new_page())
    address = (files / "course-m09.html").as_uri()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trafficking")
    lost = """() => Array.from(document.querySelectorAll('a[href]')).filter((link) => {
      const href = link.getAttribute('href');
      if (/^(#|https?:|mailto:)/.test(href)) return false;
      const { pathname } = new URL(href, 'https://x/' + history.state.imlPage);
      return !document.querySelector('[data-iml-file="' + pathname.slice(1) + '"]');
    }).map((link) => link.outerHTML)"""
    assert page.evaluate(lost) == []
    # Its citations lead to the units of the document, and a term to the glossary.
    cite = page.locator("a.iml-cite:visible").first
    with another(page):
        cite.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paragraph guide")
    assert page.evaluate(lost) == []
    with another(page):
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Trafficking")
    visit(page, f"{address}#/my-progress.html")
    expect(page.locator(".iml-me")).to_contain_text("0 of 1")
    assert page.evaluate(lost) == []
    page.goto(address)
    page.pdf(path=tmp_path / "module.pdf")
    text = " ".join(one.extract_text() for one in PdfReader(tmp_path / "module.pdf").pages)
    assert "Two words for two things" in text  # the first step
    assert "Row nine, to the end" in text  # and the last


def test_without_storage_the_record_lives_as_long_as_the_window_and_that_is_said(
    browser: Browser, files: Path, log: Watch
) -> None:
    context = browser.new_context(viewport=PHONE, offline=True)
    page = log.on(context.new_page())
    page.add_init_script(WITHOUT_STORAGE)
    address = (files / "course.html").as_uri()
    page.goto(f"{address}#/modules/m01.html")
    page.get_by_role("button", name="Continue", exact=True).click()
    wait_for(page, "window.name.includes('m01-s2')")
    with another(page):
        page.locator(".iml-me").click()
    expect(page.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("This app does not save your answers")
    context.close()


def test_a_file_under_another_name_says_where_the_record_is(
    browser: Browser, files: Path, log: Watch, tmp_path: Path
) -> None:
    """Chromium has one storage for all files: modules and copies of the course share a record."""
    context = browser.new_context(viewport=PHONE, offline=True)
    page = log.on(context.new_page())
    page.goto((files / "course-m01.html").as_uri())
    asks = page.get_by_role("link", name="You started before")
    with another(page):
        asks.click()
    nothing = page.locator("main").get_by_text("Nothing is saved for this file yet")
    expect(nothing).to_be_visible()
    page.locator("details.iml-me-record summary").click()
    expect(page.locator("details.iml-me-record")).to_contain_text("If you rename or move the file")
    visit(page, f"{page.url.partition('#')[0]}#/modules/m01.html")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.locator(".iml-step-at:visible").first).to_contain_text("Step 2 of 6")
    copy = tmp_path / "course (1).html"
    copy.write_bytes((files / "course.html").read_bytes())
    for name in (copy, files / "course-m09.html"):
        page.goto(f"{name.as_uri()}#/my-progress.html")
        expect(page.locator(".iml-me-modules")).to_be_visible()
        expect(nothing).to_have_count(0)
    page.goto(f"{copy.as_uri()}#/my-progress.html")
    expect(page.locator("main").get_by_text("Step 2 of 6").first).to_be_visible()
    context.close()


def test_in_firefox_the_record_stays_with_the_name_of_the_file(
    firefox: Firefox, files: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "course.html", tmp_path / "course (1).html"
    for path in (first, second):
        path.write_bytes((files / "course-m01.html").read_bytes())
    firefox.open(first.as_uri())
    go_on = (
        "Array.from(document.querySelectorAll('.iml-steps button, main button'))"
        ".find((one) => one.textContent === 'Continue' && one.offsetParent)"
    )
    firefox.wait(go_on)
    firefox.run(f"{go_on}.click()")
    firefox.wait("location.hash === '#m01-s2'")
    for path, lost in ((second, True), (first, False)):
        firefox.open(f"{path.as_uri()}#/my-progress.html")
        said = firefox.wait("document.querySelector('.iml-me-facts') && document.body.innerText")
        assert ("Nothing is saved for this file yet" in said) == lost
        assert ("Step 2 of 6" in said) != lost


def test_an_app_that_runs_no_scripts_says_how_to_open_the_file(
    browser: Browser, files: Path
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((files / "course.html").as_uri())
    expect(page.locator("main")).to_contain_text("open it in a browser")
    page.close()
