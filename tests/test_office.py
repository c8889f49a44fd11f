"""Our rule here: fields of an office, its file, and copies that are built for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml.html import document_fromstring
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from accessibility import violations
from engine import Engine
from firefox import Firefox
from imlcourse.build.build import build
from imlcourse.cli import main
from test_incremental import standing

ID = "migrants-rights-in-practice"
HOSTILE = '<b id="x">&"\' *a* {term}`b` $c$'


def office_file(folder: Path, **changes: object) -> Path:
    written = {
        "version": 1,
        "course": ID,
        "office": "Desk North",
        "fields": {"asylum": "555 0134", "appeal": "7 days"},
        **changes,
    }
    path = folder / "our-rules-here.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    return path


def fields_on(page: Path) -> dict[str, str]:
    html = document_fromstring(page.read_bytes())
    return {
        str(line.get("data-iml-office")): line.find_class("iml-office-words")[0].text_content()
        for line in html.iterfind(".//*[@data-iml-office]")
    }


# --- building for an office ---------------------------------------------------------------------


def test_what_an_office_has_written_stands_in_every_copy(
    built_course: Path, tmp_path: Path
) -> None:
    build(built_course, office=office_file(tmp_path))
    book = built_course / "_build" / "book"
    assert fields_on(book / "aid-first-hour.html") == {"asylum": "555 0134", "legal-aid": ""}
    assert fields_on(book / "what-is-in-front-of-you.html")["appeal"] == "7 days"
    assert "Filled in by Desk North." in (book / "our-rules-here.html").read_text("utf-8")
    (archive,) = (built_course / "_build" / "offline").glob("*.zip")
    assert archive.name.endswith("-with-our-rules.zip")


def test_it_may_be_written_as_yaml(built_course: Path, tmp_path: Path) -> None:
    path = tmp_path / "office.yml"
    path.write_text(f"version: 1\ncourse: {ID}\nfields:\n  asylum: 555 0134\n", encoding="utf-8")
    build(built_course, office=path)
    assert fields_on(built_course / "_build" / "book" / "aid-first-hour.html")["asylum"] == (
        "555 0134"
    )


def test_a_build_follows_the_file_of_an_office_and_leaves_nothing_in_the_next_one(
    small_course: Path, built_small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = office_file(tmp_path)

    def build_said(*words: str) -> str:
        assert main(["--course", str(small_course), "build", *words]) == 0
        return capsys.readouterr().out

    for_office = ("--office", str(written))
    assert "Built" in build_said(*for_office)
    first = standing(small_course, "packages")
    assert "Nothing has changed" in build_said(*for_office)
    office_file(tmp_path, fields={"asylum": "555 0135"})
    assert "Built" in build_said(*for_office)
    assert "Built" in build_said()
    assert standing(small_course, "packages") == standing(built_small, "packages")
    # And the other way round: the same bytes as from nothing.
    office_file(tmp_path)
    assert "Built" in build_said(*for_office)
    assert standing(small_course, "packages") == first


def test_whatever_an_office_writes_is_text(built_course: Path, tmp_path: Path) -> None:
    path = office_file(tmp_path, office=HOSTILE, fields={"asylum": HOSTILE, "legal-aid": HOSTILE})
    build(built_course, office=path)
    book = built_course / "_build" / "book"
    for name in ("aid-first-hour", "what-is-in-front-of-you", "our-rules-here"):
        html = BeautifulSoup((book / f"{name}.html").read_bytes(), "html.parser")
        assert html.select("#x") == []
        assert fields_on(book / f"{name}.html")["asylum"] == HOSTILE


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": 2}, "`version` cannot be “2”; write 1"),
        ({"course": "another"}, "this file is for the course “another”"),
        ({"fields": {"asylm": "1"}}, "no field “asylm” in book/office.yml"),
        ({"fields": {"asylum": "1" * 121}}, "asylum has 121 characters; 120 are the most"),
        ({"fields": {"asylum": ["1"]}}, "`asylum` must be text"),
        ({"fields": {}}, "fields"),
        ({"people": []}, "`people` is not known here"),
    ],
)
def test_a_file_with_a_mistake_is_refused_and_told_where(
    small_course: Path,
    tmp_path: Path,
    changes: dict[str, object],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = office_file(tmp_path, **changes)
    assert main(["--course", str(small_course), "check", "--office", str(path)]) == 1
    said = capsys.readouterr().err
    assert re.search(rf"our-rules-here\.json:\d+: .*{re.escape(told)}", said), said


def test_every_field_of_the_course_is_asked_somewhere_and_can_be_printed(built: Path) -> None:
    """The page of all fields has each of them once, and every other field is one of these."""
    book = built / "book"
    known = fields_on(book / "our-rules-here.html")
    assert len(known) > 30
    shown = {name for path in book.glob("*.html") for name in fields_on(path)}
    shown |= {name for path in (book / "modules").glob("*.html") for name in fields_on(path)}
    assert shown == set(known)


# --- the file, in the browser's code ------------------------------------------------------------


def test_a_file_that_the_page_writes_is_read_there_again(engine: Engine) -> None:
    written = engine.evaluate(
        "(fields) => imlPlayer.office.write('c', 'Desk', fields)", {"a": "1", "b": ""}
    )
    assert json.loads(written) == {
        "version": 1, "course": "c", "office": "Desk", "fields": {"a": "1"},
    }  # fmt: skip
    assert read(engine, written) == {
        "refused": "", "office": "Desk", "fields": {"a": "1"}, "left": [],
    }  # fmt: skip


def read(engine: Engine, text: str) -> Any:
    return engine.evaluate("(text) => imlPlayer.office.read(text, 'c', { a: 5, b: 5 })", text)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no JSON", "json"),
        ("[]", "kind"),
        ('{"version": 1, "course": "c"}', "kind"),
        ('{"version": 2, "course": "c", "fields": {}}', "version"),
        ('{"version": 1, "course": "d", "fields": {}}', "course"),
    ],
)
def test_another_file_is_refused_with_its_reason(engine: Engine, text: str, refused: str) -> None:
    assert read(engine, text)["refused"] == refused


def test_what_is_no_field_or_too_long_stays_out(engine: Engine) -> None:
    fields = {"a": "  one\n two ", "b": "123456", "z": "x", "__proto__": "y", "toString": "z"}
    text = json.dumps({"version": 1, "course": "c", "fields": {**fields, "a": " 1\n2 "}})
    found = read(engine, text)
    assert found["fields"] == {"a": "1 2"}
    assert sorted(found["left"]) == ["b", "toString", "z"] or "b" in found["left"]


# --- on the pages -------------------------------------------------------------------------------


def test_what_is_written_once_stands_on_aids_and_situations_and_is_printed(
    context: BrowserContext, offline: Path
) -> None:
    page = context.new_page()
    page.goto((offline / "our-rules-here.html").as_uri())
    assert violations(page) == []
    page.get_by_label("Child protection, day and night").fill("555 0199")
    page.get_by_label("Child protection, day and night").press("Tab")
    expect(page.get_by_text("Saved on this device.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^1 of \d+ fields are filled in\.$"))).to_be_visible()
    page.goto((offline / "aid-unaccompanied-child.html").as_uri())
    expect(page.get_by_label("Child protection, day and night")).to_have_value("555 0199")
    page.emulate_media(media="print")
    words = page.locator('[data-iml-office="child-protection"] .iml-office-words')
    expect(words).to_be_visible()
    expect(words).to_have_text("555 0199")
    page.emulate_media(media="screen")
    page.goto((offline / "what-is-in-front-of-you.html").as_uri() + "#child-alone")
    field = page.locator("#child-alone").get_by_label("Child protection, day and night")
    expect(field).to_have_value("555 0199")
    assert violations(page) == []
    # It belongs to the office, and to no learner's record.
    kept = page.evaluate("Object.keys(localStorage)")
    assert not [key for key in kept if "rule/" in key and f"/{ID}/" in key]


def test_no_field_is_written_over_before_it_is_known_what_stands_in_it(
    context: BrowserContext, offline: Path
) -> None:
    page = context.new_page()
    page.goto((offline / "our-rules-here.html").as_uri())
    field = page.get_by_label("Child protection, day and night")
    field.fill("555 0199")
    field.press("Tab")
    expect(page.get_by_text("Saved on this device.")).to_be_visible()
    waiting: list[Route] = []
    page.route("**/store.html", lambda route: waiting.append(route))
    page.reload(wait_until="commit")
    field.focus()
    page.keyboard.type("1")
    expect(field).to_have_value("")
    for route in waiting:
        route.continue_()
    expect(field).to_have_value("555 0199")
    page.keyboard.press("End")
    page.keyboard.type("7")
    expect(field).to_have_value("555 01997")


def test_a_file_is_brought_in_when_asked_and_can_be_undone(
    context: BrowserContext, offline: Path, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto((offline / "our-rules-here.html").as_uri())
    police = page.get_by_label("Police", exact=True)
    police.fill("555 0001")
    police.press("Tab")
    page.locator("input[type=file]").set_input_files(
        office_file(tmp_path, fields={"police": "555 0002", "asylum": "555 0003", "nobody": "1"})
    )
    asked = page.locator(".iml-office-asked")
    expect(asked).to_contain_text("“555 0001” becomes “555 0002”")
    expect(asked).to_contain_text("nobody")
    assert violations(page) == []
    expect(police).to_have_value("555 0001")
    asked.get_by_role("button", name="Use the file").click()
    expect(police).to_have_value("555 0002")
    expect(page.get_by_label("Name of your office")).to_have_value("Desk North")
    page.get_by_role("button", name="Undo").click()
    expect(police).to_have_value("555 0001")
    expect(page.get_by_label("Asylum authority")).to_have_value("")


def test_situations_are_found_by_words_and_chips_and_by_keyboard(
    context: BrowserContext, offline: Path
) -> None:
    page = context.new_page()
    page.goto((offline / "what-is-in-front-of-you.html").as_uri())
    shown = page.locator(".iml-counter:visible")
    expect(shown).to_have_count(30)
    page.get_by_label("Type what you see or hear").fill("a child alone at night")
    # The best stands first, on the page as for whoever tabs through it.
    expect(shown.first).to_have_attribute("id", "child-alone")
    page.get_by_label("Type what you see or hear").fill("xqzzkvw")
    expect(page.get_by_text("No situation fits these words.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(shown).to_have_count(30)
    page.get_by_role("button", name=re.compile("^A worker")).press("Enter")
    assert 0 < shown.count() < 10
    first = shown.first.locator("h2 button")
    first.press("Enter")
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(shown.first.locator(".iml-first")).to_be_visible()


def test_without_a_script_all_situations_are_open_and_listed(
    browser: Browser, offline: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page: Page = context.new_page()
    page.goto((offline / "what-is-in-front-of-you.html").as_uri())
    expect(page.locator(".iml-first").last).to_be_visible()
    context.close()
    html = BeautifulSoup((offline / "what-is-in-front-of-you.html").read_bytes(), "html.parser")
    anchors = [str(link["href"])[1:] for link in html.select("noscript a")]
    assert anchors == [one["id"] for one in html.select("article.iml-counter")]
    assert len(anchors) == 30


def test_in_firefox_too_what_is_written_on_one_page_stands_on_the_others(
    firefox: Firefox, offline: Path
) -> None:
    firefox.open((offline / "our-rules-here.html").as_uri())
    firefox.wait("!document.querySelector('[data-iml-office-page]').hidden")
    firefox.run("""(() => {
      const field = document.querySelector('[data-iml-office="police"] input');
      field.value = '555 0007';
      for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind));
      return true;
    })()""")
    firefox.wait("/Saved on this device/.test(document.body.textContent)")
    firefox.open((offline / "what-is-in-front-of-you.html").as_uri() + "#attack")
    firefox.wait("document.querySelector('#attack [data-iml-office=police] input')?.value")
    firefox.open((offline / "search.html").as_uri() + "?q=trafficing")
    firefox.wait("document.querySelector('#iml-results mark')")
    assert firefox.said == []
