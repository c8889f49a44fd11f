"""My progress and the certificate: files that come in, a day, and names of any length."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

AT = "2026-01-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def small(built_small: Path) -> Path:
    """The offline copy of the small course."""
    made = built_small / "_build" / "offline"
    (folder,) = (path for path in made.iterdir() if path.is_dir())
    return folder


@pytest.fixture
def progress(page: Page, small: Path) -> Page:
    page.goto((small / "my-progress.html").as_uri())
    unfold(page)
    return page


def unfold(page: Page) -> None:
    """Open what is folded on My progress."""
    expect(page.locator(".iml-facts")).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('.iml-page details').forEach((one) => { one.open = true; })"
    )


def take(page: Page) -> None:
    """Say that the record that was chosen is one's own."""
    page.locator(".iml-me-confirm").get_by_role("button", name="It is mine").click()


def bring(page: Page, file: Path, entries: list[tuple[str, Any]]) -> None:
    iri = page.evaluate("imlCourse.iri")
    statements = [
        {
            "object": {"id": f"{iri}course"},
            "context": {"extensions": {f"{iri}xapi/key": key, f"{iri}xapi/entry": entry}},
        }
        for key, entry in entries
    ]
    file.write_text(json.dumps(statements), encoding="utf-8")
    page.locator("#iml-import").set_input_files(file)


def item_entry(number: int = 0) -> dict[str, Any]:
    first = {"response": "a", "points": 0, "at": AT}
    return {
        "v": 1, "item": f"v{number}", "type": "single", "response": "a", "points": 0, "at": AT,
        "tries": 1, "best": 0, "shown": False, "first": first, "earlier": [],
    }  # fmt: skip


def test_damaged_entries_are_counted_and_the_page_and_the_export_work(
    progress: Page, tmp_path: Path
) -> None:
    bring(progress, tmp_path / "r.json", [
        ("me", {"v": 1, "at": AT, "name": 7}),
        ("me", {"v": 1, "at": AT, "role": "__proto__"}),
        ("item/m01-i01", item_entry() | {"review": {"box": 0, "at": AT, "due": "soon"}}),
        ("item/m01-i02", item_entry()),
        ("read/m01", {"v": 1, "at": "9999-12-31T00:00:00Z", "sections": {}}),
        ("__proto__", {"v": 1, "at": AT}),
    ])  # fmt: skip
    take(progress)
    said = progress.locator(".iml-me-said")
    expect(said).to_contain_text("Entries: 1.")
    expect(said).to_contain_text("Entries that could not be read were left out: 5.")
    progress.reload()
    unfold(progress)
    with progress.expect_download() as download:
        progress.get_by_role("button", name="Save my record").click()
    made = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert any("m01-i02" in json.dumps(one) for one in made)


def test_a_file_of_a_newer_version_is_named_so(progress: Page, tmp_path: Path) -> None:
    newer = {"v": 2, "at": AT, "more": True}
    bring(progress, tmp_path / "new.json", [("item/m01-i01", newer)])
    said = progress.locator(".iml-me-said")
    expect(said).to_contain_text("new.json comes from a newer version of this course.")
    bring(progress, tmp_path / "r.json", [("item/m01-i01", newer), ("item/m01-i02", item_entry())])
    take(progress)
    expect(said).to_contain_text("newer version")


def test_what_a_newer_version_keeps_here_goes_out_with_the_export(progress: Page) -> None:
    progress.evaluate(
        """(at) => localStorage.setItem('imlcourse/1/' + encodeURIComponent(imlCourse.id) +
          '/me/item/m01-i01', JSON.stringify({v: 2, at, more: 'kept'}))""",
        AT,
    )
    progress.reload()
    unfold(progress)
    with progress.expect_download() as download:
        progress.get_by_role("button", name="Save my record").click()
    assert '"more": "kept"' in Path(download.value.path()).read_text("utf-8")


def test_a_large_file_is_brought_in_while_the_page_answers(progress: Page, tmp_path: Path) -> None:
    progress.evaluate(
        """() => {
          window.told = [];
          window.slowest = 0;
          let before = performance.now();
          setInterval(function () {
            const now = performance.now();
            window.slowest = Math.max(window.slowest, now - before);
            before = now;
          }, 10);
          new MutationObserver(() => window.told.push(
            document.querySelector('.iml-me-said').textContent)).observe(
            document.querySelector('.iml-me-said'), {childList: true, characterData: true,
              subtree: true});
        }"""
    )
    entries = [(f"item/x{n % 5}", item_entry(n % 40) | {"tries": 1 + n % 9}) for n in range(12000)]
    bring(progress, tmp_path / "large.json", entries)
    progress.locator(".iml-me-confirm button").first.click(timeout=60000)
    expect(progress.locator(".iml-me-said")).to_contain_text("Entries: 5.", timeout=60000)
    told = progress.evaluate("window.told.filter(Boolean)")
    assert any("Reading the file: " in words for words in told)
    assert progress.evaluate("window.slowest") < 3000


def test_a_file_beyond_the_limit_is_refused_with_the_limit(progress: Page, tmp_path: Path) -> None:
    file = tmp_path / "huge.json"
    file.write_bytes(b"[" + b" " * 20_000_001 + b"]")
    progress.locator("#iml-import").set_input_files(file)
    expect(progress.locator(".iml-me-said")).to_contain_text(
        "huge.json is too large. A record file has 20 MB at most."
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_file_bears_the_day_of_the_learner(browser: Browser, small: Path, zone: str) -> None:
    from zoneinfo import ZoneInfo

    context = browser.new_context(timezone_id=zone, offline=True)
    page = context.new_page()
    page.goto((small / "my-progress.html").as_uri())
    unfold(page)
    before = datetime.now(UTC).astimezone(ZoneInfo(zone)).date().isoformat()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my record").click()
    after = datetime.now(UTC).astimezone(ZoneInfo(zone)).date().isoformat()
    assert any(day in download.value.suggested_filename for day in (before, after))
    context.close()


CERTIFIED = """() => {
  const at = '2026-01-01T00:00:00.000Z';
  const base = 'imlcourse/1/' + encodeURIComponent(imlCourse.id) + '/me/';
  const put = (key, entry) => localStorage.setItem(base + key,
    JSON.stringify(Object.assign({v: 1, at}, entry)));
  const attempt = (test) => ({test, kind: 'module', course: '1', id: 'x', begun: at, ended: at,
    seed: 1, place: 0, items: [], answers: {}, results: {}, points: 1, passed: true});
  for (const module of imlCourse.modules) {
    put('read/' + module.id, {sections: {}, done: at});
    if (module.quiz) put('attempt/' + module.quiz.id + '/x', attempt(module.quiz.id));
  }
  put('attempt/final-test/x', attempt('final-test'));
}"""


@pytest.mark.parametrize("letters", [3, 96, 300])
def test_no_letter_of_a_name_is_cut_from_the_certificate(
    page: Page, offline: Path, letters: int
) -> None:
    page.goto((offline / "certificate.html").as_uri())
    page.evaluate(CERTIFIED)
    page.reload()
    name = ("Nomen " * 60)[: letters - 1] + "x"
    page.locator("#iml-cert-name").fill(name)
    page.locator("#iml-cert-name").blur()
    shown = page.locator(".iml-cert-name")
    expect(shown).to_have_text(name)
    media: Literal["screen", "print"]
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        fits = shown.evaluate(
            """(element) => element.scrollWidth <= element.clientWidth + 1 &&
              element.scrollHeight <= element.clientHeight + 1"""
        )
        assert fits, media
    page.emulate_media(media="screen")
    size = shown.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= 14
    assert (size < 25) is (letters > 40)
    page.reload()
    expect(page.locator("#iml-cert-name")).to_have_value(name)
