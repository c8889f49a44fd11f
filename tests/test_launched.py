"""Packages that a platform launches with a record store: what the store is told, and what it is
not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from lxml import etree
from playwright.sync_api import Browser, FrameLocator, Page, expect

from conftest import NAME
from engine import Engine
from imlcourse.course.model import Course
from imlcourse.html.compose import Markup
from imlcourse.products.copies.sums import LIST, read_sums, sum_of
from imlcourse.products.packages.launched.frame import known_of
from imlcourse.products.packages.scorm.frame import framed
from real_course import real_course
from record_store import RecordStore, is_defined, serving, store_running
from test_compact_record import whole
from test_scorm import pass_quiz, practise

SCHEMA = Path(__file__).parent / "schemas" / "cmi5" / "CourseStructure.xsd"
CMI5 = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
CONTEXT = "https://w3id.org/xapi/cmi5/context/"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


# --- the zips -----------------------------------------------------------------------------------


def test_the_structure_keeps_to_the_schema_and_names_every_module_and_test(
    packed: Path, course: Course
) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    with ZipFile(packed / "cmi5" / f"{NAME}-cmi5.zip") as archive:
        structure = etree.fromstring(archive.read("cmi5.xml"))
        names = set(archive.namelist())
        sums = read_sums(archive.read(LIST)).digests
        assert sums == {name: sum_of(archive.read(name)) for name in names - {LIST}}
    assert schema.validate(structure), schema.error_log
    units = {one.get("id").rpartition("/")[2]: one for one in structure.iter(f"{CMI5}au")}
    tests = ["start-check", "pre-test", "final-test", "post-test"]
    assert list(units) == [*tests[:2], *course.modules, *tests[2:]]
    for name, unit in units.items():
        assert unit.findtext(f"{CMI5}url") == f"cmi5-{name}.html"
        assert f"cmi5-{name}.html" in names
        judged = name in course.modules or name == "final-test"
        assert unit.get("moveOn") == ("CompletedAndPassed" if judged else "NotApplicable")
        assert (unit.get("masteryScore") is not None) == judged
    assert float(units["m06"].get("masteryScore", 0)) == course.banks["m06"].pass_mark / 100
    known = {one.get("id") for one in structure.iterfind(f"{CMI5}objectives/*")}
    named = {one.get("idref") for unit in units.values() for one in unit.iter(f"{CMI5}objective")}
    assert named == known
    blocks = structure.findall(f"{CMI5}block")
    assert len(blocks) == len(course.about.parts)
    # A broken one is told from it.
    units["m06"].set("moveOn", "Maybe")
    assert not schema.validate(structure)


def test_a_tincan_package_names_what_it_launches(packed: Path, course: Course) -> None:
    space = "{http://projecttincan.com/tincan.xsd}"
    for name, kind in (("", "course"), ("-m06", "module")):
        folder = packed / "xapi" / ("modules" if name else "")
        with ZipFile(folder / f"{NAME}{name}-xapi.zip") as archive:
            listed = etree.fromstring(archive.read("tincan.xml")).iter(f"{space}activity")
            first, *others = listed
            assert first.get("type", "").endswith(kind)
            assert first.findtext(f"{space}launch") in archive.namelist()
        assert all(one.find(f"{space}launch") is None for one in others)
        inside = {one.get("id", "").rpartition("/")[2] for one in others}
        assert inside >= set(course.modules) if not name else not others
    assert len(list((packed / "xapi" / "modules").iterdir())) == len(course.modules)


def test_only_the_page_that_is_launched_may_connect_to_anything(
    packed: Path, course: Course
) -> None:
    """And to nothing whose answers could be read on the way."""
    opened = "connect-src 'self' https: http://localhost:* http://127.0.0.1:*;"
    for name in ("cmi5", "xapi"):
        with ZipFile(packed / name / f"{NAME}-{name}.zip") as archive:
            for path in archive.namelist():
                page = archive.read(path) if path.endswith(".html") else b""
                policy = str(Markup(page.decode()).unescape()) if page else ""
                launched = re.fullmatch(r"cmi5-[\w-]+\.html|xapi\.html", path)
                assert ("connect-src" in policy) == bool(launched), path
                assert not launched or opened in policy
    # Another package has the same pages, and its own page around them connects to nothing.
    assert "connect-src" not in framed(course, "index.html", ())


# --- a launch -----------------------------------------------------------------------------------

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "42"}}
REGISTRATION = "760e3480-ba55-4991-94b0-01820dbd23a2"
GIVEN = {
    "endpoint": "https://lrs.example/xapi",
    "fetch": "https://lms.example/token?k=1",
    "actor": json.dumps(ACTOR),
    "registration": REGISTRATION,
    "activityId": "https://lms.example/au/1",
}
READ = "([search, kind]) => imlPlayer.launch.read(search, 'http://intranet.example', kind)"


def read_launch(engine: Engine, kind: str = "cmi5", **changed: str | None) -> Any:
    given = {name: value for name, value in {**GIVEN, **changed}.items() if value is not None}
    return engine.evaluate(READ, [f"?{urlencode(given)}", kind])


def test_a_launch_is_read_whatever_its_order_and_its_age(engine: Engine) -> None:
    launch = read_launch(engine)["launch"]
    assert launch["endpoint"] == "https://lrs.example/xapi/"
    assert launch["actor"] == ACTOR
    assert launch["activity"] == GIVEN["activityId"]
    old = {"name": ["Ana"], "mbox": ["mailto:ana@example.org"], "objectType": ["Agent"]}
    launch = read_launch(
        engine, "xapi", fetch=None, auth="YTpi", actor=json.dumps(old), registration=None
    )["launch"]
    assert launch["actor"] == {
        "objectType": "Agent", "name": "Ana", "mbox": "mailto:ana@example.org",
    }  # fmt: skip
    assert launch["auth"] == "Basic YTpi"
    older = {"account": [{"accountServiceHomePage": "https://l.example", "accountName": "7"}]}
    launch = read_launch(engine, "xapi", actor=json.dumps(older))["launch"]
    assert launch["actor"]["account"] == {"homePage": "https://l.example", "name": "7"}


@pytest.mark.parametrize(
    ("changed", "trouble"),
    [
        ({"actor": None}, "incomplete"),
        ({"actor": "{}"}, "incomplete"),
        ({"actor": "Ana"}, "incomplete"),
        ({"fetch": None}, "incomplete"),
        ({"activityId": None}, "incomplete"),
        ({"registration": "17"}, "incomplete"),
        ({"endpoint": "lrs"}, "incomplete"),
        ({"endpoint": "http://lrs.example/"}, "unsafe"),
        ({"fetch": "http://lms.example/"}, "unsafe"),
        ({"endpoint": "ftp://lrs.example/"}, "unsafe"),
        ({"endpoint": "http://localhost:8100/"}, ""),
        ({"endpoint": "http://intranet.example/lrs"}, ""),
        ({"endpoint": None, "fetch": None}, ""),
    ],
)
def test_a_launch_that_cannot_be_used_says_why(
    engine: Engine, changed: dict[str, Any], trouble: str
) -> None:
    read = read_launch(engine, **changed)
    assert read["trouble"] == trouble
    assert bool(read["launch"]) == (not trouble and bool(changed.get("endpoint")))


@pytest.mark.parametrize(
    ("said", "wait"),
    [(None, 0), ("17", 17_000), ("Fri, 20 Nov 2026 09:00:30 GMT", 30_000), ("soon", 0),
     ("Thu, 19 Nov 2026 09:00:00 GMT", 0)],
)  # fmt: skip
def test_a_store_says_when_to_ask_again_in_seconds_or_as_a_date(
    engine: Engine, said: str | None, wait: int
) -> None:
    now = "Date.parse('2026-11-20T09:00:00Z')"
    assert engine.evaluate(f"(said) => imlPlayer.lrs.waitOf(said, {now})", said) == wait


# --- what is said -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def known(course: Course) -> dict[str, Any]:
    """What the script of a package knows."""
    return known_of(course, "cmi5")


def test_every_answer_is_told_with_its_kind_and_comes_back_as_the_record(
    engine: Engine, course: Course, known: dict[str, Any]
) -> None:
    record = whole()
    told, found = engine.evaluate(
        """([known, record]) => {
          const all = [];
          const entries = {};
          for (const [key, entry] of Object.entries(record)) {
            all.push(...imlPlayer.saying.told(known.course, known.table, entries, key, entry, 4));
            entries[key] = entry;
          }
          const read = imlPlayer.xapi.recordFrom(known.course, all.map(imlPlayer.saying.named));
          return [all, read];
        }""",
        [known, record],
    )
    kept = {
        key: one for key, one in record.items() if key.split("/")[0] in ("item", "attempt", "read")
    }
    assert found["entries"].keys() == kept.keys()
    assert all(
        found["entries"][key]["points"] == kept[key]["points"]
        for key in kept
        if "points" in kept[key]
    )
    assert found["damaged"] == found["strange"] == 0
    answers = [one for one in told if one["verb"]["id"].endswith("answered")]
    kinds: dict[str, int] = {}
    by_id = {item.id: item for item in course.items}
    for one in answers:
        definition = one["object"]["definition"]
        kinds[definition["interactionType"]] = kinds.get(definition["interactionType"], 0) + 1
        item = by_id[one["object"]["id"].rpartition("/")[2]]
        objectives = [other["id"] for other in one["context"]["contextActivities"]["other"]]
        assert objectives == [f"{course.about.iri}objectives/{item.objective}"]
        assert 0 <= one["result"]["score"]["scaled"] <= 1
        if definition["interactionType"] in ("choice", "sequencing", "matching", "true-false"):
            [pattern] = definition["correctResponsesPattern"]
            if one["result"]["success"]:
                assert sorted(pattern.split("[,]")) == sorted(
                    one["result"]["response"].split("[,]")
                )
    assert len(answers) == len(list(course.items))
    assert kinds.keys() == {
        "choice", "true-false", "matching", "sequencing", "fill-in", "other",
    }  # fmt: skip
    # What somebody wrote and promised is told to nobody.
    assert "We met the family" not in json.dumps(told)
    assert "On Monday I ask" not in json.dumps(told)


def test_an_answer_in_a_test_names_the_test_and_the_time_it_was_given(
    engine: Engine, course: Course, known: dict[str, Any]
) -> None:
    record = whole()
    key = next(key for key in record if key.startswith("attempt/m06-quiz/"))
    ended = record[key]
    item = ended["items"][0]["id"]
    open_one = {**ended, "ended": None, "points": None, "passed": None, "results": {}}
    told = engine.evaluate(
        """([known, entries, key, entry]) =>
          imlPlayer.saying.told(known.course, known.table, entries, key, entry, 9)""",
        [known, {key: open_one}, f"item/{item}", record[f"item/{item}"]],
    )
    [one] = told
    [parent] = one["context"]["contextActivities"]["parent"]
    assert parent["id"] == f"{course.about.iri}tests/m06-quiz"
    assert one["timestamp"] == ended["answers"][item]["at"]
    assert "duration" not in one["result"]


JUDGED = """([known, record, unit, mastery]) => imlPlayer.saying.judged({
  get: (key) => record[key] || null,
  keys: (prefix) => Object.keys(record).filter((key) => key.startsWith(prefix)),
}, known.course, unit, mastery, known.marks)"""


def test_the_mark_of_the_platform_judges_and_else_that_of_the_course(
    engine: Engine, course: Course, known: dict[str, Any]
) -> None:
    record = whole()
    first = record["attempt/m06-quiz/1"]
    points = first["points"]

    def judged(unit: str, mastery: float | None = None) -> Any:
        return engine.evaluate(JUDGED, [known, record, unit, mastery])

    assert judged("m06")["passed"]["points"] == points
    assert judged("m06")["complete"]
    too_much = judged("m06", points + 0.01)
    assert too_much["passed"] is None
    assert not too_much["complete"]
    assert [one["points"] for one in too_much["failed"]] == [points, points]
    assert judged("m06", points)["passed"]
    assert judged("final-test")["passed"]
    for test in ("pre-test", "post-test"):
        assert judged(test) == {"complete": True, "passed": None, "failed": []}
    assert judged("start-check") == {"complete": False, "passed": None, "failed": []}
    assert judged("")["complete"]


def test_what_cmi5_defines_holds_what_it_may_and_nothing_more(
    engine: Engine, known: dict[str, Any]
) -> None:
    launch = read_launch(engine)["launch"]
    template: dict[str, Any] = {
        "contextActivities": {"grouping": [{"id": "https://publisher.example/unit"}]},
        "extensions": {f"{CONTEXT}extensions/sessionid": "s1"},
        "language": "fr",
    }
    data = {"contextTemplate": template, "masteryScore": 0.8}

    def said(verb: str, points: float = 0.0, registration: str = REGISTRATION) -> Any:
        of = {"at": "2026-11-20T09:00:00.000Z", "points": points, "mastery": 0.8, "seconds": 61,
              "object": {"id": "https://lms.example/au/1"}}  # fmt: skip
        return engine.evaluate(
            """([known, verb, launch, data, of]) =>
              imlPlayer.saying.defined(verb, known.course, launch, data, of)""",
            [known, verb, {**launch, "registration": registration}, data, of],
        )

    for verb in ("initialized", "completed", "passed", "failed", "terminated"):
        one = said(verb, 0.9 if verb == "passed" else 0.79996)
        context, result = one["context"], one["result"]
        assert one["actor"] == ACTOR
        assert context["registration"] == REGISTRATION
        assert context["extensions"][f"{CONTEXT}extensions/sessionid"] == "s1"
        activities = context["contextActivities"]
        assert activities["grouping"] == template["contextActivities"]["grouping"]
        judges = verb in ("completed", "passed", "failed")
        assert [each["id"].rpartition("/")[2] for each in activities["category"]] == (
            ["cmi5", "moveon"] if judges else ["cmi5"]
        )
        assert result["duration"] == "PT1M1S"
        assert ("score" in result) == ("success" in result) == (verb in ("passed", "failed"))
        assert result.get("completion") == (True if verb == "completed" else None)
        mastery = context["extensions"].get(f"{CONTEXT}extensions/masteryscore")
        assert mastery == (0.8 if "score" in result else None)
        if "score" in result:
            assert (result["score"]["scaled"] >= 0.8) == result["success"]
    # Once in a registration, whatever was forgotten in between.
    assert said("passed", 0.8)["id"] == said("passed", 1)["id"]
    other = "860e3480-ba55-4991-94b0-01820dbd23a2"
    assert said("passed", 0.8)["id"] != said("passed", 0.8, other)["id"]
    assert said("failed", 0.1)["id"] != said("failed", 0.2)["id"]


# --- a platform ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a platform serves the packages, unpacked."""
    folder = tmp_path_factory.mktemp("site")
    for kind in ("cmi5", "xapi"):
        with ZipFile(packed / kind / f"{NAME}-{kind}.zip") as archive:
            archive.extractall(folder / ("cmi5" if kind == "cmi5" else "tincan"))
    with ZipFile(packed / "xapi" / "modules" / f"{NAME}-m06-xapi.zip") as archive:
        archive.extractall(folder / "module")
    with serving(RecordStore(), folder) as address:
        yield address


@pytest.fixture
def store() -> Iterator[RecordStore]:
    with store_running() as started:
        yield started


class Learner:
    """A learner at one computer: a browser with a storage of its own."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 950})
        self.context.set_default_timeout(10_000)
        self.errors: list[str] = []
        self.page = self.window()

    def window(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._heard)
        return page

    def _heard(self, said: Any) -> None:
        # A browser says itself of every answer that is none; what the policy refuses is our fault.
        if said.type == "error" and "Failed to load resource" not in said.text:
            self.errors.append(said.text)

    def open(self, address: str, page: Page | None = None) -> FrameLocator:
        page = page or self.page
        page.goto(address)
        pages = page.frame_locator("iframe")
        expect(pages.locator("main").first).to_be_visible()
        return pages

    def leave(self) -> None:
        self.page.goto("about:blank")

    @property
    def line(self) -> Any:
        return self.page.get_by_role("status")

    def waiting(self, site: str) -> int:
        """How many statements the browser keeps."""
        page = self.context.new_page()
        page.goto(f"{site}/cmi5/_static/unpack.js")
        names: list[str] = page.evaluate("Object.keys(localStorage)")
        page.close()
        return len([one for one in names if one.startswith("imlcourse/outbox/")])


@pytest.fixture
def learners(browser: Browser) -> Iterator[Any]:
    """Makes learners; no error of a page may be heard of, and nothing that a policy refuses."""
    made: list[Learner] = []

    def new() -> Learner:
        made.append(Learner(browser))
        return made[-1]

    yield new
    for one in made:
        one.context.close()
        assert one.errors == []


STATE = "/xapi/activities/state"
PUT = "([key, entry]) => imlHost.shelf.put(imlHost.course, 'me', key, entry).kept"


def heard(store: RecordStore, verb: str, count: int = 1) -> None:
    """Wait until the store was told something."""
    store.wait(lambda: len(store.told(verb)) >= count, f"{verb}: {store.verbs()}")


def check_sessions(store: RecordStore) -> None:
    """Hold all that was told against the rules of cmi5, sections 7 and 9."""
    sessions: dict[str, list[dict[str, Any]]] = {}
    for one in store.statements.values():
        session = one["context"]["extensions"][f"{CONTEXT}extensions/sessionid"]
        sessions.setdefault(session, []).append(one)
        assert one["context"]["registration"] == REGISTRATION
        assert one["context"]["contextActivities"]["grouping"][0]["id"].startswith("https://pub")
        assert datetime.fromisoformat(one["timestamp"])
    for some in sessions.values():
        ordered = sorted(some, key=lambda one: one["timestamp"])
        verbs = [one["verb"]["id"].rpartition("/")[2] for one in some if is_defined(one)]
        assert is_defined(ordered[0])
        assert ordered[0]["verb"]["id"].endswith("initialized")
        assert len(verbs) == len(set(verbs))
        assert not {"passed", "failed"} <= set(verbs)
        if "terminated" in verbs:
            assert ordered[-1]["verb"]["id"].endswith("terminated")
    for verb in ("passed", "completed"):
        assert len(store.told(verb, cmi5=True)) <= 1


def test_a_module_is_left_in_the_middle_and_passed_at_another_computer(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    page = f"{site}/cmi5/cmi5-m06.html"
    learner = learners()
    pages = learner.open(store.launch(page, "s1", masteryScore=0.7))
    ids = practise(pages, course, 1)
    pages.get_by_role("button", name="Continue", exact=True).click()
    step = pages.locator(".iml-step-at:visible").inner_text()
    ids += practise(pages, course, 1)
    learner.leave()  # in the middle, without a word
    heard(store, "terminated")
    assert store.verbs() == ["initialized", "answered", "progressed", "answered", "terminated"]
    asked = [(method, resource) for method, resource, _ in store.calls]
    assert asked.count(("POST", "/fetch")) == 1
    # What the platform and the learner want is asked for before anything is said.
    said = asked.index(("POST", "/xapi/statements"))
    assert {("GET", STATE), ("GET", "/xapi/agents/profile")} <= set(asked[:said])
    assert [one["object"]["id"].rpartition("/")[2] for one in store.told("answered")] == ids

    again = learners()
    back = f"{site}/tincan/about.html"
    pages = again.open(store.launch(page, "s2", masteryScore=0.7, returnURL=back))
    expect(pages.locator(".iml-step-at:visible")).to_have_text(step)  # where the learner was
    expect(pages.locator(f'[data-iml-item="{ids[1]}"]')).to_contain_text("Answered on")
    for number in range(2, len(course.modules["m06"].steps)):
        pages.get_by_role("button", name="Continue", exact=True).click()
        expect(pages.locator(".iml-step-at:visible")).to_contain_text(f"Step {number + 1} ")
    pass_quiz(pages, course)
    again.page.get_by_role("button", name="Save and go back").click()
    again.page.wait_for_url(back)
    [passed] = store.told("passed", cmi5=True)
    assert passed["result"]["score"] == {"scaled": 1}
    assert passed["context"]["extensions"][f"{CONTEXT}extensions/masteryscore"] == 0.7
    assert len(store.told("completed", cmi5=True)) == 1
    assert again.waiting(site) == 0

    # Whatever is looked at later, it was passed once; in review nothing is judged or kept.
    again.open(store.launch(page, "s3", masteryScore=0.7))
    again.leave()
    heard(store, "terminated", 3)
    before = dict(store.documents)
    again.open(store.launch(page, "s4", launchMode="Review"))
    expect(again.line).to_contain_text("looking back")
    record = whole()
    [new] = [key for key in record if key.startswith("item/m07-")][:1]
    assert again.page.evaluate(PUT, [new, record[new]])
    again.leave()
    heard(store, "terminated", 4)
    assert store.verbs()[-4:] == ["initialized", "terminated"] * 2
    records = [name for name in before if '"record"' in name]
    assert records
    assert all(store.documents[name] == before[name] for name in records)
    check_sessions(store)


def test_who_goes_back_waits_for_what_is_on_its_way_and_leaves_nothing_in_the_browser(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    page, back = f"{site}/cmi5/cmi5-m06.html", f"{site}/tincan/about.html"
    learner = learners()
    pages = learner.open(store.launch(page, masteryScore=0.7, returnURL=back))
    heard(store, "initialized")
    with store.holding_back():
        practise(pages, course, 1)
        assert store.reached.wait(10)
        learner.page.get_by_role("button", name="Save and go back").click()
        learner.page.wait_for_timeout(300)
        assert learner.page.url.startswith(page)  # not gone yet
    learner.page.wait_for_url(back)
    assert store.verbs() == ["initialized", "answered", "terminated"]
    assert ("POST", "/xapi/statements", 409) not in store.calls  # nothing is told twice
    assert ("PUT", STATE, 204) in store.calls
    assert learner.waiting(site) == 0


def test_a_unit_counts_its_module_alone_and_says_where_answers_go(
    learners: Any, store: RecordStore, site: str
) -> None:
    pages = learners().open(store.launch(f"{site}/cmi5/cmi5-m06.html", "s1"))
    expect(pages.locator(".iml-me")).to_contain_text("0 of 1")
    pages.locator(".iml-me").click()
    expect(pages.locator(".iml-me-module")).to_have_count(1)
    expect(pages.locator(".iml-me-tested, .iml-me-earned")).to_have_count(0)
    pages.locator(".iml-me-record summary").click()
    expect(pages.locator(".iml-me-record")).to_contain_text("The people who run it can see them")


@pytest.mark.parametrize(
    ("test", "name"), [("final-test", "Final test"), ("start-check", "Start check")]
)
def test_a_test_by_itself_shows_itself_alone_and_takes_no_record_beside(
    learners: Any,
    store: RecordStore,
    site: str,
    course: Course,
    tmp_path: Path,
    test: str,
    name: str,
) -> None:
    learner = learners()
    pages = learner.open(store.launch(f"{site}/cmi5/cmi5-{test}.html", "s1"))
    expect(pages.locator(".iml-me-count")).to_be_hidden()
    pages.locator(".iml-me").click()
    rows = pages.locator(".iml-me-tests tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(name)
    expect(pages.locator(".iml-me-module, .iml-me-plan, .iml-me-facts")).to_have_count(0)
    pages.locator(".iml-me-record summary").click()
    record = whole()
    [item] = [key for key in record if key.startswith("item/m07-")][:1]
    learner.page.evaluate(PUT, [item, record[item]])
    with learner.page.expect_download() as saved:
        pages.get_by_role("button", name="Save my record").click()
    saved.value.save_as(tmp_path / "record.json")
    pages.locator("#iml-import").set_input_files(tmp_path / "record.json")
    asked = pages.locator(".iml-me-confirm")
    expect(asked.get_by_role("button").first).to_be_visible()
    expect(asked.get_by_role("button", name="record of its own")).to_have_count(0)


def test_a_page_beside_the_module_that_was_launched_leads_nowhere_that_is_not_there(
    learners: Any, site: str
) -> None:
    page = learners().page
    page.goto(f"{site}/module/glossary.html")
    expect(page.get_by_role("status")).to_contain_text("does not report")
    expect(page.locator(".iml-search, .iml-find")).to_have_count(2)
    for one in page.locator(".iml-search, .iml-find").all():
        expect(one).to_be_hidden()
    addresses = page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)")
    within = {one.partition("#")[0] for one in addresses if one.startswith(site)}
    assert len(within) > 2
    assert {page.request.get(one).status for one in within} == {200}


def test_a_network_that_goes_and_comes_loses_nothing_and_tells_nothing_twice(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    page = f"{site}/cmi5/cmi5-m06.html"
    learner = learners()
    pages = learner.open(store.launch(page, "s1"))
    heard(store, "initialized")
    learner.context.set_offline(True)
    ids = practise(pages, course, 1)
    expect(learner.line).to_contain_text("cannot be reached")
    learner.context.set_offline(False)
    heard(store, "answered")
    expect(learner.line).to_be_empty()

    learner.context.set_offline(True)
    pages.get_by_role("button", name="Continue", exact=True).click()
    ids += practise(pages, course, 1)
    assert learner.page.evaluate(
        "Object.keys(localStorage).filter((one) => one.startsWith('imlcourse/outbox/')).length"
    )
    learner.page.close()  # and with it all that the page had in mind
    learner.context.set_offline(False)

    learner.page = learner.window()
    pages = learner.open(store.launch(page, "s2"))
    expect(pages.locator(f'[data-iml-item="{ids[1]}"]')).to_contain_text("Answered on")
    heard(store, "answered", 2)
    store.wait(lambda: learner.waiting(site) == 0, "something is still waiting")
    assert [one["object"]["id"].rpartition("/")[2] for one in store.told("answered")] == ids
    learner.leave()
    heard(store, "terminated", 2)
    check_sessions(store)


def test_a_session_that_ends_on_the_way_keeps_what_comes_for_the_next(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    """The token has run out; the platform has abandoned the session, and refuses what it says."""
    page = f"{site}/cmi5/cmi5-m06.html"
    learner = learners()
    store.versioned = False
    pages = learner.open(store.launch(page, "s1"))
    heard(store, "initialized")
    store.known.clear()
    ids = practise(pages, course, 1)
    expect(learner.line).to_contain_text("has ended")
    assert store.told("answered") == []
    # Loaded anew, it is still over, and still works.
    pages = learner.open(learner.page.url)
    expect(learner.line).to_contain_text("has ended")
    expect(pages.locator(f'[data-iml-item="{ids[0]}"]')).to_contain_text("Answered on")
    pages.get_by_role("button", name="Continue", exact=True).click()
    ids += practise(pages, course, 1)

    session = f"{CONTEXT}extensions/sessionid"
    store.refuses = lambda one: one["context"]["extensions"].get(session) == "s1"
    learner.open(store.launch(page, "s2"))
    heard(store, "answered", 2)
    learner.leave()
    heard(store, "terminated")
    told = store.told("answered")
    assert [one["object"]["id"].rpartition("/")[2] for one in told] == ids
    assert {one["context"]["extensions"][session] for one in told} == {"s2"}


def test_two_windows_at_once_write_over_nothing_of_one_another(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    """And where the store keeps no documents, the browser does."""
    page = f"{site}/cmi5/cmi5-m06.html"
    record = whole()
    first, second, third = [key for key in record if key.startswith("item/m06-")][:3]
    learner, other = learners(), learners()
    learner.open(store.launch(page, "s1"))
    other.open(store.launch(page, "s2"))
    assert learner.page.evaluate(PUT, [first, record[first]])
    heard(store, "answered")
    learner.leave()
    heard(store, "terminated")
    assert other.page.evaluate(PUT, [second, record[second]])
    other.page.evaluate("dispatchEvent(new Event('online'))")
    heard(store, "answered", 2)
    store.wait(lambda: store.calls.count(("PUT", STATE, 204)) == 2, str(store.calls))
    shown = """Object.keys(imlHost.shelf.open().entries)
      .filter((one) => one.startsWith('item/')).sort()"""
    assert other.page.evaluate(shown) == sorted([first, second])
    store.keeps = False
    assert other.page.evaluate(PUT, [third, record[third]])
    other.page.evaluate("dispatchEvent(new Event('online'))")
    expect(other.line).to_contain_text("does not keep your record")
    other.page.close()
    other.page = other.window()
    other.open(store.launch(page, "s3"))
    assert other.page.evaluate(shown) == sorted([first, second, third])
    heard(store, "answered", 3)
    assert len(store.told("answered")) == 3


def test_what_the_platform_refuses_is_named_and_kept(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    page = f"{site}/cmi5/cmi5-m06.html"
    learner = learners()
    store.refuses = lambda one: one["verb"]["id"].endswith("answered")
    pages = learner.open(store.launch(page, "s1"))
    [first] = practise(pages, course, 1)
    expect(learner.line).to_contain_text(f"did not accept: items/{first} (answered)")
    pages.get_by_role("button", name="Continue", exact=True).click()
    heard(store, "progressed")  # it holds up nothing
    store.refuses = lambda _: False
    learner.open(store.launch(page, "s2"))
    heard(store, "answered")
    assert len(store.told("answered")) == 1


def test_a_test_that_was_failed_is_told_at_the_end_and_never_after_it_was_passed(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    page = f"{site}/cmi5/cmi5-m06.html"
    record = whole()
    now = datetime.now(UTC)

    def ended(minute: int, **more: Any) -> dict[str, Any]:
        begun = (now - timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:00.000Z")
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        return {**record["attempt/m06-quiz/1"], "begun": begun, "ended": at, "at": at, **more}

    def put(entry: dict[str, Any]) -> bool:
        key = f"attempt/m06-quiz/{entry['id']}"
        return bool(learner.page.evaluate(PUT, [key, entry]))

    learner = learners()
    learner.open(store.launch(page, "s1", masteryScore=0.75))
    assert put(ended(9, id="bad", points=0.2, passed=False))
    learner.leave()
    heard(store, "terminated")
    [failed] = store.told("failed", cmi5=True)
    assert failed["result"]["score"]["scaled"] == 0.2
    assert failed["result"]["success"] is False
    learner.open(store.launch(page, "s2", masteryScore=0.75))
    learner.leave()  # nothing new
    heard(store, "terminated", 2)
    assert len(store.told("failed", cmi5=True)) == 1
    learner.open(store.launch(page, "s3", masteryScore=0.75))
    assert put(ended(6, id="worse", points=0.1, passed=False))
    assert put(ended(3))
    learner.leave()
    heard(store, "terminated", 3)
    assert len(store.told("failed", cmi5=True)) == 1
    [passed] = store.told("passed", cmi5=True)
    assert passed["result"]["score"]["scaled"] >= 0.75
    check_sessions(store)


def test_a_browser_that_keeps_nothing_warns_and_still_tells(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    learner = learners()
    learner.page.add_init_script(
        "Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('no'); } })"
    )
    pages = learner.open(store.launch(f"{site}/cmi5/cmi5-m06.html", "s1"))
    heard(store, "initialized")
    store.answers.extend([(503, {})])
    with learner.page.expect_response(lambda one: one.status == 503) as busy:
        practise(pages, course, 1)
    busy.value.finished()
    expect(learner.line).to_contain_text("Keep this window open")
    learner.page.evaluate("dispatchEvent(new Event('online'))")
    heard(store, "answered")
    expect(learner.line).to_be_empty()


def test_the_course_is_launched_by_tincan_and_goes_on_in_all_its_pages(
    learners: Any, store: RecordStore, site: str, course: Course
) -> None:
    words = {
        "endpoint": f"{store.address}/xapi/",
        "auth": next(iter(store.known)),
        "actor": json.dumps({"name": ["Ana"], "mbox": ["mailto:ana@example.org"]}),
        "activity_id": f"{course.about.iri}course",
    }
    learner = learners()
    pages = learner.open(f"{site}/tincan/xapi.html?{urlencode(words)}")
    assert learner.page.url.endswith("/tincan/xapi.html")  # the password is not in the address
    learner.page.frames[1].goto(f"{site}/tincan/modules/m09.html")
    [first] = practise(pages, course, 1)
    heard(store, "answered")
    learner.page.reload()
    expect(pages.locator("h1")).to_contain_text(course.modules["m09"].title)
    expect(pages.locator(f'[data-iml-item="{first}"]')).to_contain_text("Answered on")
    learner.leave()
    heard(store, "terminated", 2)
    [one] = store.told("answered")
    assert one["actor"]["mbox"] == "mailto:ana@example.org"
    assert not is_defined(one)
    assert "registration" not in one["context"]


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("", "nothing is reported"),
        ("?" + urlencode({**GIVEN, "endpoint": "http://lrs.example/"}), "others could read"),
    ],
)
def test_without_a_launch_that_can_be_used_the_pages_work_as_ever_and_say_so(
    learners: Any, site: str, course: Course, search: str, said: str
) -> None:
    learner = learners()
    pages = learner.open(f"{site}/cmi5/cmi5-m06.html{search}")
    expect(learner.line).to_contain_text(said)
    if search:
        return
    [first] = practise(pages, course, 1)
    pages = learner.open(f"{site}/cmi5/cmi5-m06.html{search}")
    expect(pages.locator(f'[data-iml-item="{first}"]')).to_contain_text("Answered on")
    # Other modules and the tests are launched by themselves.
    expect(pages.locator('a[href*="modules/m05"], a[href*="final-test"]')).to_have_count(0)
