"""The copy for a web server, kept on a device: in Chromium, from a server that comes and goes."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

import icons
from imlcourse.build.packages import pages_of
from imlcourse.products.packages.installable.home_screen import ICONS, TOUCH_ICON
from imlcourse.products.packages.installable.kept_pages import installable
from real_course import real_course
from unsteady_server import Site, unsteady_server
from waiting import wait_for

VISITS = 5
KEPT = """caches.open('imlcourse ' + new URL('.', location.href))
  .then((cache) => cache.keys()).then((keys) => keys.length)"""


@pytest.fixture(scope="module")
def pages(learners_copy: Path) -> dict[str, bytes]:
    """The finished pages of the real course for learners, and what they load."""
    return dict(pages_of(learners_copy))


@pytest.fixture(scope="module")
def whole(pages: dict[str, bytes]) -> dict[str, bytes]:
    return installable(real_course(), pages)


@pytest.fixture(scope="module")
def part(pages: dict[str, bytes]) -> dict[str, bytes]:
    """Three pages with what they load: enough for what happens to a version."""
    some = {"index.html", "glossary.html", "about.html"}
    return {
        path: data for path, data in pages.items() if path in some or path.startswith("_static")
    }


def version(part: dict[str, bytes], word: str) -> dict[str, bytes]:
    """A version of the three pages, told by a word in the title of each."""
    files = {
        path: data.replace(b"<title>", b"<title>" + word.encode() + b" ")
        if path.endswith(".html") and not path.startswith("_static/") else data
        for path, data in part.items()
    }  # fmt: skip
    return installable(real_course(), files)


@pytest.fixture
def site() -> Iterator[Site]:
    with unsteady_server() as made:
        yield made


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 390, "height": 800})
    yield made
    made.close()


def visit(page: Page, site: Site, path: str = "index.html") -> None:
    page.goto(site.address + path)


def stands(page: Page, how: str) -> None:
    """Wait until the foot of the page says how it stands."""
    expect(page.locator(".iml-install").first).to_have_attribute("data-iml-install", how)


def line(page: Page) -> str:
    return page.locator(".iml-install-line p").inner_text()


# --- what is in it ------------------------------------------------------------------------------


def test_the_worker_has_every_file_with_its_hash(whole: dict[str, bytes]) -> None:
    head = whole["sw.js"].split(b";\n")[0].removeprefix(b"self.imlFiles=")
    sums = json.loads(head)
    without = {"sw.js", "remove-from-devices/sw.js", ".nojekyll"}
    assert sums == {
        path: base64.b64encode(hashlib.sha256(data).digest()).decode()
        for path, data in whole.items()
        if path not in without
    }
    assert len(whole["sw.js"]) < 16_000  # it is asked for at every start


def test_only_this_copy_lets_a_page_have_a_worker(
    whole: dict[str, bytes], pages: dict[str, bytes], learners_copy: Path
) -> None:
    told = re.compile(rb"worker-src|manifest-src|rel=\"?manifest|install\.js")
    for path, data in whole.items():
        if path.endswith(".html") and not path.startswith("_static/"):
            assert data.count(b"; worker-src 'self'; manifest-src 'self'") == 1, path
            assert b"connect-src" not in data
            for name in re.findall(
                rb'(?:href|src)="(?:\.\./)?((?:_static/i|manifest)[^"]*)"', data
            ):
                assert name.decode() in whole
    assert not {path for path, data in pages.items() if told.search(data)}
    for file in learners_copy.rglob("*.*"):
        assert not told.search(file.read_bytes()), file
    assert not (learners_copy / "sw.js").exists()


def test_the_pictures_are_those_of_the_emblem(whole: dict[str, bytes]) -> None:
    made = icons.drawings()
    assert {Path(path).name for path in (TOUCH_ICON, *ICONS)} == set(made)
    for path in (TOUCH_ICON, *ICONS):
        name = Path(path).name
        drawing, side = made[name]
        picture = Image.open(io.BytesIO(whole[path]))
        assert picture.size == (side, side)
        again = Image.open(io.BytesIO(icons.drawn(drawing, side)))
        bands = ImageChops.difference(picture.convert("RGBA"), again.convert("RGBA")).split()
        # Another version of what draws may set the edge of a line a shade otherwise.
        assert max(int(max(band.tobytes())) for band in bands) < 24, name
        if "maskable" in name or path == TOUCH_ICON:
            assert set(picture.convert("RGBA").getchannel("A").tobytes()) == {255}, name


# --- one visit ----------------------------------------------------------------------------------


TEXTS = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) texts.push(await (await cache.match(key)).text());
  }
  return texts;
}"""


def test_after_one_visit_the_whole_course_is_there_without_a_server(
    window: BrowserContext, site: Site, whole: dict[str, bytes]
) -> None:
    said: list[str] = []
    page = window.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    site.files = whole
    visit(page, site)
    stands(page, "saved")
    assert "without the internet" in line(page)
    client = window.new_cdp_session(page)
    assert client.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = client.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["manifest"]["id"] == f"{site.address}index.html"
    assert found["manifest"]["scope"] == site.address

    site.is_up = False
    names = [path for path in whole if path.endswith(".html") and not path.startswith("_static/")]
    assert len(names) > 45
    for name in names[::8]:
        answer = page.goto(site.address + name, wait_until="commit")
        assert answer
        assert answer.from_service_worker
        assert answer.body() == whole[name]
    assert {whole[name].decode() for name in names} <= set(page.evaluate(TEXTS))
    visit(page, site, "search.html?q=no+passport")
    found_first = page.locator("#iml-results a").first
    found_first.click()
    expect(page.locator("main h1")).to_be_visible()
    visit(page, site, "modules/m06.html#quiz-m06-quiz")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".iml-quiz [data-iml-item]:visible").first).to_be_visible()
    # An address of the folder, one without its ending, and one that nobody has.
    visit(page, site, "")
    expect(page).to_have_title(re.compile("Migrants"))
    visit(page, site, "modules/m09")
    expect(page.locator("main h1")).to_contain_text("Trafficking")
    visit(page, site, "nowhere.html")
    assert page.url == site.address
    assert said == []


# --- versions -----------------------------------------------------------------------------------


def test_a_new_version_comes_whole_and_is_there_at_the_next_start(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    site.files = version(part, "First")
    visit(page, site)
    stands(page, "saved")
    renamed = {("words.html" if path == "glossary.html" else path): d for path, d in part.items()}
    site.files = version(renamed, "Second")
    site.asked.clear()

    visit(page, site)  # a start that finds it
    expect(page).to_have_title(re.compile("^First"))
    expect(page.locator(".iml-install-line")).to_contain_text("A new version")
    # Only what is new was asked for.
    assert set(site.asked) == {"sw.js", "index.html", "words.html", "about.html"}
    other = window.new_page()
    visit(other, site, "glossary.html")
    expect(other.locator(".iml-install-line")).to_contain_text("close all windows")
    expect(other).to_have_title(re.compile("^First"))
    other.close()

    visit(page, site, "about.html")  # the next start
    expect(page).to_have_title(re.compile("^Second"))
    site.is_up = False
    visit(page, site, "words.html")
    expect(page).to_have_title(re.compile("^Second"))
    assert page.evaluate(KEPT) == len(json.loads(site.files["sw.js"].split(b";\n")[0][14:]))


def test_a_page_in_use_is_offered_the_new_version(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    site.files = version(part, "First")
    visit(page, site)
    stands(page, "saved")
    visit(page, site)
    page.keyboard.press("Tab")
    site.files = version(part, "Second")
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    expect(page.locator(".iml-install-line")).to_contain_text("A new version")
    expect(page).to_have_title(re.compile("^First"))
    page.get_by_role("button", name="Open the new version").click()
    expect(page).to_have_title(re.compile("^Second"))


@pytest.mark.parametrize("fault", ["cut", "older"])
def test_a_broken_version_leaves_the_old_one_and_comes_when_it_is_mended(
    window: BrowserContext, site: Site, part: dict[str, bytes], fault: str
) -> None:
    page = window.new_page()
    first, second = version(part, "First"), version(part, "Second")
    site.files = first
    visit(page, site)
    stands(page, "saved")
    if fault == "cut":
        site.files = second
        site.cut = {"about.html"}
    else:
        site.files = {**second, "about.html": first["about.html"]}
    failed = """() => new Promise((then) => navigator.serviceWorker.ready.then((found) => {
      found.addEventListener('updatefound', () => found.installing.addEventListener('statechange',
        (event) => { if (event.target.state === 'redundant') then(true); }));
      found.update().catch(() => null);
    }))"""
    assert page.evaluate(failed)
    for name in ("glossary.html", "about.html"):
        visit(page, site, name)
        expect(page).to_have_title(re.compile("^First"))
    assert page.locator(".iml-install-line p").count() == 0
    site.files, site.cut = second, set()
    # A look that has begun before it was mended may have to end first.
    for _ in range(VISITS):
        visit(page, site)
        if page.title().startswith("Second"):
            break
        with contextlib.suppress(AssertionError):
            expect(page.locator(".iml-install-line")).to_contain_text("A new version", timeout=2000)
            break
    visit(page, site, "about.html")
    expect(page).to_have_title(re.compile("^Second"))


# --- what may not be ----------------------------------------------------------------------------


def test_a_first_visit_that_cannot_be_kept_says_so_and_the_next_one_ends_it(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    files = version(part, "First")
    site.files = {path: data for path, data in files.items() if path != "glossary.html"}
    visit(page, site)
    stands(page, "failed")
    expect(page.locator(".iml-install p").first).to_contain_text("glossary.html is missing there")
    site.files = files
    site.asked.clear()
    visit(page, site, "about.html")
    stands(page, "saved")
    assert len(site.asked) < len(files) / 2  # it went on where it had stopped


def test_a_device_without_space_is_told(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    site.files = version(part, "First")
    page.goto(f"{site.address}manifest.json")
    window.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": site.address, "quotaSize": 200_000}
    )
    visit(page, site)
    stands(page, "full")
    assert page.evaluate(KEPT) == 0


def test_a_browser_that_forbids_it_is_no_trouble(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    page.add_init_script(
        "navigator.serviceWorker.register ="
        " () => Promise.reject(new DOMException('no', 'SecurityError'));"
    )
    site.files = version(part, "First")
    visit(page, site)
    stands(page, "refused")


def test_at_an_address_that_is_not_safe_it_is_said_that_nothing_is_saved(
    browser: Browser, part: dict[str, bytes]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    files = version(part, "First")

    def serve(route: Route) -> None:
        path = urlparse(route.request.url).path.lstrip("/")
        kind = mimetypes.guess_type(path)[0]
        route.fulfill(body=files[path], content_type=kind) if path in files else route.abort()

    page.route("http://intranet.example/**", serve)
    page.goto("http://intranet.example/index.html")
    stands(page, "unsafe")
    assert page.locator(".iml-install").count() == 1  # and no way to the home screen
    context.close()


def test_a_site_that_stays_up_and_takes_the_course_off_says_that_nothing_is_saved(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    files = version(part, "First")
    site.files = files
    visit(page, site)
    stands(page, "saved")
    site.files = {**files, "sw.js": files["remove-from-devices/sw.js"]}
    visit(page, site)
    stands(page, "gone")
    for name in ("about.html", "glossary.html"):
        visit(page, site, name)
        stands(page, "gone")


def test_a_course_that_comes_to_its_end_can_be_taken_off_the_devices(
    window: BrowserContext, site: Site, part: dict[str, bytes]
) -> None:
    page = window.new_page()
    files = version(part, "First")
    site.files = files
    visit(page, site)
    stands(page, "saved")
    site.files = {"sw.js": files["remove-from-devices/sw.js"]}
    visit(page, site)
    expect(page.locator("body")).to_have_text("There is nothing.")
    wait_for(page, "navigator.serviceWorker.getRegistration().then((found) => !found)")
    assert page.evaluate("caches.keys()") == []
