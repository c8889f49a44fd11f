"""Tracks: the core of the course for each role, and the certificate that it leads to."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from accessibility import violations
from engine import Engine
from imlcourse.checks.load import read_course
from imlcourse.checks.tracks import check_tracks
from imlcourse.course.model import Course
from imlcourse.course.sources import Sources
from imlcourse.markup.problems import CourseError, Problems
from imlcourse.player.data import course_data
from players import DONE
from real_course import real_course
from small_course import load_again, reader, write_small_course

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def test_each_role_has_a_track_of_about_four_hours_with_which_its_way_begins(
    course: Course,
) -> None:
    assert list(course.tracks) == list(course.about.roles)
    for role, track in course.tracks.items():
        ids = [module.id for module in track.modules]
        assert 4 <= len(ids) <= 6
        assert 180 <= track.minutes <= 300
        assert course.about.roles[role].modules[: len(ids)] == ids


def test_the_pages_know_the_tracks(course: Course) -> None:
    tracks = course_data(course)["tracks"]
    assert tracks["border"]["modules"] == ["m01", "m06", "m09", "m12", "m11"]
    assert tracks["border"]["minutes"] == course.tracks["border"].minutes


# --- what the check asks of tracks --------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    root = write_small_course(tmp_path_factory.mktemp("tracks") / "course")
    read = read_course(root, Problems(root), None, reader())
    assert read is not None
    return read


def said_of(small: Sources, minutes: list[int | None], **about: Any) -> str:
    """Say what is told of a role's track of modules that take so long; None is not written."""
    assert small.about
    ids = [f"m{number:02}" for number in range(1, len(minutes) + 1)]
    role = small.about.roles["ngo"].model_copy(update={"modules": ids})
    front = small.modules["m01"].front
    found = Problems(small.root)
    check_tracks(
        replace(
            small,
            problems=found,
            about=small.about.model_copy(
                update={"roles": {"ngo": role}, "tracks": {"ngo": ids} if ids else {}, **about}
            ),
            modules={
                id_: replace(
                    small.modules["m01"],
                    front=front.model_copy(
                        update={"minutes": front.minutes.model_copy(update={"self_paced": time})}
                    ),
                )
                for id_, time in zip(ids, minutes, strict=True)
                if time is not None
            },
        )
    )
    return "\n".join(map(str, found.sorted()))


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ([44, 45, 45, 45], "takes 179 minutes by its modules; choose modules that take 180 to 300"),
        ([45, 45, 45, 45], ""),
        ([50, 50, 50, 50, 50, 50], ""),
        ([50, 50, 50, 50, 50, 51], "takes 301 minutes by its modules"),
        ([45, 45, 45, None], ""),
    ],
)
def test_a_track_takes_three_to_five_hours_once_all_its_modules_are_there(
    small: Sources, minutes: list[int | None], told: str
) -> None:
    said = said_of(small, minutes)
    assert told in said
    assert bool(told) == bool(said)


@pytest.mark.parametrize(
    ("coverage", "planned", "told"),
    [("whole", 7, True), ("whole", 6, False), ("modules", 7, False)],
)
def test_a_role_needs_a_track_where_the_course_has_more_modules_than_a_track(
    small: Sources, coverage: str, planned: int, told: bool
) -> None:
    said = said_of(small, [], coverage=coverage, modules_planned=planned)
    assert ("the role “ngo” has no track; write one under `tracks`" in said) is told
    assert bool(said) is told


AT = "2026-01-01T00:00:00.000Z"
STATE = """([course, entries]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  return imlPlayer.course.stateOf(Object.assign({pages: {}, tests: false}, course), store, '');
}"""
SMALL: dict[str, Any] = {
    "modules": [
        {"id": id_, "title": id_, "href": f"{id_}.html", "minutes": 40, "objectives": [],
         "items": [], "sections": [{"id": f"{id_}-s1"}], "quiz": None}
        for id_ in ("m01", "m02", "m03", "m04")
    ],
    "roles": {"border": {"name": "Border", "modules": ["m03", "m01", "m02", "m04"]}},
    "tracks": {"border": {"modules": ["m03", "m01"], "minutes": 80}},
}  # fmt: skip


def read(*modules: str) -> dict[str, Any]:
    return {f"read/{id_}": {"v": 1, "at": AT, "sections": {}, "done": AT} for id_ in modules}


def test_the_state_of_a_learner_tells_how_far_the_track_is(engine: Engine) -> None:
    border = {"me": {"v": 1, "at": AT, "role": "border"}}
    begun = engine.evaluate(STATE, [SMALL, {**border, **read("m03", "m04")}])["track"]
    assert [one["module"]["id"] for one in begun["modules"]] == ["m03", "m01"]
    assert (begun["complete"], begun["certified"]) == (1, False)
    done = engine.evaluate(STATE, [SMALL, {**border, **read("m03", "m01")}])
    assert done["track"]["certified"]
    assert not done["certified"], "the whole course is not done"


@pytest.mark.parametrize("role", [None, "sailor", "constructor", "border"])
def test_without_a_role_that_the_course_knows_there_is_no_track(
    engine: Engine, role: str | None
) -> None:
    me = {"me": {"v": 1, "at": AT, **({"role": role} if role else {})}}
    track = engine.evaluate(STATE, [SMALL, me])["track"]
    assert (track is not None) == (role == "border")


@pytest.mark.parametrize(
    ("role", "module", "before", "after", "ends"),
    [
        ("border", "m03", None, "m01", False),
        ("border", "m01", "m03", "m02", True),
        ("border", "m04", "m02", None, False),
        (None, "m03", "m02", "m04", False),
        (None, "m09", None, None, False),
    ],
)
def test_what_stands_beside_a_module_follows_the_role(
    engine: Engine, role: str | None, module: str, before: str | None, after: str | None, ends: bool
) -> None:
    found = engine.evaluate(
        """([course, role, id]) => {
          const {before, after, ends} = imlPlayer.tracks.beside(course, role, id);
          return [before && before.id, after && after.id, ends];
        }""",
        [SMALL, role, module],
    )
    assert found == [before, after, ends]


# --- certificates and their codes --------------------------------------------------------------


def coded(engine: Engine, **changes: Any) -> str:
    award = {"version": "0.1.0", "place": 1, "date": "2026-11-27", "number": 4829, **changes}
    code: str = engine.evaluate("(award) => imlPlayer.award.codeOf(award)", award)
    return code


def read_code(engine: Engine, typed: str) -> dict[str, Any]:
    found: dict[str, Any] = engine.evaluate(
        "([course, typed]) => imlPlayer.award.readCode(course, typed)", [SMALL, typed]
    )
    return found


@pytest.mark.parametrize(
    "typed", ["GS1PF-A4R2G", " gs1pf-a4r2g ", "12345-67890", "IMLCERT1.x.y.{}"]
)
def test_a_certificate_of_attendance_is_told_from_a_code(engine: Engine, typed: str) -> None:
    assert read_code(engine, typed) == {"outcome": "attendance"}


def test_a_code_tells_what_it_stands_for_and_no_name(engine: Engine) -> None:
    code = coded(engine)
    assert code == "001000126112704829" + code[-2:]
    assert int(code) % 97 == 1, "ISO/IEC 7064, MOD 97-10"
    assert read_code(engine, code) == {
        "outcome": "whole", "date": "2026-11-27", "role": "border", "name": "Border",
        "version": "0.1.0", "number": "04829",
    }  # fmt: skip
    whole_course = read_code(engine, coded(engine, place=0, version="2.13.7", number=99990))
    assert (whole_course["role"], whole_course["version"]) == (None, "2.13.7")


@pytest.mark.parametrize(
    "form", ["{0} {1} {2} {3} {4}", "{0}-{1}-{2}-{3}-{4}", " {0}.{1}.{2}{3}{4}\n"]
)
def test_a_code_may_be_typed_in_groups(engine: Engine, form: str) -> None:
    code = coded(engine)
    typed = form.format(*(code[at : at + 4] for at in range(0, 20, 4)))
    assert read_code(engine, typed)["outcome"] == "whole"
    assert engine.evaluate("(code) => imlPlayer.award.grouped(code)", code).count(" ") == 4


def test_a_code_may_be_typed_in_the_digits_of_any_script(engine: Engine) -> None:
    code = coded(engine)
    for zero in "٠", "۰", "०":
        typed = "".join(chr(ord(zero) + int(digit)) for digit in code)
        assert read_code(engine, typed)["outcome"] == "whole"


def test_every_slip_of_one_digit_and_of_two_that_changed_places_is_found(engine: Engine) -> None:
    code = coded(engine)
    slips = [
        code[:at] + other + code[at + 1 :]
        for at in range(20)
        for other in "0123456789"
        if other != code[at]
    ]
    for at in range(20):
        for to in range(at + 1, 20):
            if code[at] != code[to]:
                signs = list(code)
                signs[at], signs[to] = signs[to], signs[at]
                slips.append("".join(signs))
    outcomes = engine.evaluate(
        "([course, all]) => all.map((one) => imlPlayer.award.readCode(course, one).outcome)",
        [SMALL, slips],
    )
    assert set(outcomes) == {"slip"}


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("", "empty"), (" - ", "empty"), ("0010 0012", "length"), ("{}0", "length"),
        ("O{}", "strange"), ("{} MRP", "strange"), ("00000000000000000000", "slip"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_told_by_its_kind(engine: Engine, typed: str, outcome: str) -> None:
    assert read_code(engine, typed.format(coded(engine)))["outcome"] == outcome


@pytest.mark.parametrize(
    "changes", [{"place": 2}, {"place": 99}, {"date": "2026-13-01"}, {"date": "2026-02-30"}]
)
def test_a_code_that_fits_and_stands_for_nothing_is_told(
    engine: Engine, changes: dict[str, Any]
) -> None:
    assert read_code(engine, coded(engine, **changes))["outcome"] == "other"


AWARDS = """([course, entries]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  const all = Object.assign({pages: {}, tests: true, version: '0.1.0'}, course);
  return imlPlayer.award.awardsOf(all, store, imlPlayer.course.stateOf(all, store, ''));
}"""
QUIZZED: dict[str, Any] = {
    **SMALL,
    "modules": [
        {**module, "quiz": {"id": f"{module['id']}-quiz", "pass": 70},
         "objectives": [{"id": f"{module['id']}-o1", "text": f"Do {module['id']}.", "sections": []},
                        {"id": f"{module['id']}-o2", "text": "Never asked.", "sections": []}],
         "items": [[f"{module['id']}-i1", "v", f"{module['id']}-o1", "quiz"]]}
        for module in SMALL["modules"]
    ],
}  # fmt: skip


def passed(test: str, day: str, points: float = 0.9) -> dict[str, Any]:
    at = f"{day}T12:00:00.000Z"
    return {
        f"attempt/{test}/{day}": {
            "v": 1, "at": at, "test": test, "kind": "module", "course": "0.1.0",
            "id": f"{day}-{test}", "begun": at, "ended": at, "seed": 1, "place": 0, "items": [],
            "answers": {},
            "results": {}, "points": points, "passed": points >= 0.7,
        }
    }  # fmt: skip


def answered(module: str, points: float) -> dict[str, Any]:
    return {
        f"item/{module}-i1": {"v": 1, "at": AT, "item": "v", "type": "single", "points": points}
    }


def test_whoever_has_done_the_track_alone_has_its_certificate(engine: Engine) -> None:
    entries = {
        "me": {"v": 1, "at": AT, "role": "border"}, **read("m03", "m01"),
        **passed("m03-quiz", "2026-02-01"), **passed("m01-quiz", "2026-03-05"),
        **passed("m01-quiz", "2026-03-09"), **answered("m03", 1), **answered("m01", 0.5),
    }  # fmt: skip
    (award,) = engine.evaluate(AWARDS, [QUIZZED, entries])
    assert (award["kind"], award["role"], award["minutes"]) == ("track", "border", 80)
    assert award["date"] == "2026-03-05", "the day on which the last of it was done"
    assert [one["skills"] for one in award["modules"]] == [["Do m03."], []], "what was shown alone"
    # Asked again, or with better results since, it is the same certificate.
    later = {**entries, **passed("m03-quiz", "2026-06-01", 1)}
    assert engine.evaluate(AWARDS, [QUIZZED, later])[0]["code"] == award["code"]
    # Another role with the same modules adds nothing, unless nobody chose one.
    desk = {"name": "Desk", "modules": ["m01", "m03"], "minutes": 80}
    more = {
        **QUIZZED,
        "tracks": {**QUIZZED["tracks"], "desk": desk},
        "roles": {**QUIZZED["roles"], "desk": desk},
    }
    assert len(engine.evaluate(AWARDS, [more, entries])) == 1
    assert len(engine.evaluate(AWARDS, [more, {**entries, "me": None}])) == 2
    # Somebody else's has another number.
    other = {**entries, **passed("m03-quiz", "2026-01-31")}
    assert engine.evaluate(AWARDS, [QUIZZED, other])[0]["number"] != award["number"]
    assert engine.evaluate(AWARDS, [QUIZZED, {**entries, **read("m01"), "read/m01": None}]) == []


def test_the_whole_course_has_the_advanced_one_besides(engine: Engine) -> None:
    ids = [module["id"] for module in QUIZZED["modules"]]
    entries: dict[str, Any] = {"me": {"v": 1, "at": AT, "role": "border"}, **read(*ids)}
    for id_ in ids:
        entries |= passed(f"{id_}-quiz", "2026-02-01")
    tracks = engine.evaluate(AWARDS, [QUIZZED, entries])
    assert [award["kind"] for award in tracks] == ["track"], "the final test is not passed"
    entries |= passed("final-test", "2026-04-01", 0.86)
    full, track = engine.evaluate(AWARDS, [QUIZZED, entries])
    assert (full["kind"], full["place"], full["percent"], full["date"]) == (
        "full", 0, 86, "2026-04-01",
    )  # fmt: skip
    assert track["kind"] == "track"
    assert full["code"] != track["code"]


# --- the start check ---------------------------------------------------------------------------


def checked(**shares: float) -> dict[str, Any]:
    ((key, attempt),) = passed("start-check", "2026-02-02").items()
    results = {f"{module}-i60": share for module, share in shares.items()}
    return {key: {**attempt, "kind": "start", "passed": None, "results": results}}


def proposed(engine: Engine, entries: dict[str, Any], course: Any = None) -> dict[str, Any] | None:
    found: dict[str, Any] | None = engine.evaluate(
        """([course, entries]) => {
          const store = {
            get: (key) => entries[key] || null,
            keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
          };
          const found = imlPlayer.proposal.proposalOf(course, store);
          const ids = (lines) => lines.map(({module, known}) =>
            module.id + (known ? ' known' : ''));
          return found && {begin: found.begin && found.begin.id, own: ids(found.own),
            beyond: ids(found.beyond), known: found.known, count: found.count};
        }""",
        [course or QUIZZED, entries],
    )
    return found


BORDER = {"me": {"v": 1, "at": AT, "role": "border"}}


def test_without_a_start_check_nothing_is_proposed(engine: Engine) -> None:
    assert proposed(engine, BORDER) is None
    begun = {key: {**one, "ended": None} for key, one in checked(m01=1).items()}
    assert proposed(engine, {**BORDER, **begun}) is None


def test_the_start_check_proposes_the_first_module_of_the_track_that_is_not_known(
    engine: Engine,
) -> None:
    entries = {**BORDER, **checked(m01=0, m02=1, m03=1)}
    assert proposed(engine, entries) == {
        "begin": "m01", "own": ["m03 known", "m01"], "beyond": ["m02 known"],
        "known": 2, "count": 3,
    }  # fmt: skip
    # Without a role, all modules are looked at, those that the check does not ask about too.
    assert proposed(engine, checked(m01=1, m02=1, m03=0)) == {
        "begin": "m03", "own": ["m01 known", "m02 known", "m03", "m04"], "beyond": [],
        "known": 2, "count": 3,
    }  # fmt: skip
    # Whoever knows all of the track begins with its quizzes.
    everything = proposed(engine, {**BORDER, **checked(m01=1, m03=1)})
    assert everything
    assert everything["begin"] is None
    # Half of an answer is not known.
    assert (proposed(engine, {**BORDER, **checked(m01=0.5, m03=1)}) or {})["begin"] == "m01"


def test_the_last_start_check_counts(engine: Engine) -> None:
    first = checked(m01=1, m03=1)
    (later,) = checked(m01=0, m03=0).values()
    at = "2026-05-05T12:00:00.000Z"
    second = {"attempt/start-check/b": {**later, "at": at, "begun": at, "ended": at, "id": "b"}}
    assert (proposed(engine, {**BORDER, **first, **second}) or {})["begin"] == "m03"


def test_what_may_be_skipped_is_done_when_its_quiz_is_passed_and_not_before(engine: Engine) -> None:
    entries = {**BORDER, **checked(m03=1, m01=0)}

    def state(more: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = engine.evaluate(STATE, [QUIZZED, {**entries, **more}])
        return found

    before, after = state({}), state(passed("m03-quiz", "2026-03-03"))
    first = before["track"]["modules"][0]
    assert (first["known"], first["isRead"], first["complete"]) == (True, True, False)
    assert first["minutes"] < 40
    assert after["track"]["complete"] == 1
    # Passing the quiz of another module does not make it read.
    assert state(passed("m01-quiz", "2026-03-03"))["track"]["complete"] == 0
    # Who says that it is not read is believed.
    unread = {"read/m03": {"v": 1, "at": AT, "sections": {}, "done": ""}}
    assert not state(unread)["track"]["modules"][0]["isRead"]


def test_the_start_check_says_nothing_of_objectives(engine: Engine) -> None:
    ((key, attempt),) = checked(m03=1).items()
    attempt["items"] = [{"id": "m03-i1", "version": "v", "type": "single"}]
    before = engine.evaluate(
        """(entries) => Array.from(imlPlayer.course.askedBefore({
          get: (key) => entries[key] || null, keys: () => Object.keys(entries)}))""",
        {key: attempt},
    )
    assert before == []


def test_the_start_check_asks_one_short_situation_of_nearly_every_module(course: Course) -> None:
    assert course.start
    items = course.drawn_from(course.start)
    assert [item.id for item in items] == course.start.items
    assert len(items) == 12
    assert set(course.reserved_ids) >= {item.id for item in items}
    for item in items:
        assert len(item.stem.split()) <= 45, item.id
        assert "paragraph" not in item.stem
        assert "document" not in item.stem


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ("[m01-i99]", "no item m01-i99"),
        ("[m01-i04, m01-i05]", "the start check asks m01-i04 of m01 already; keep one of them"),
        ("[m01-i01]", "m01-i01 is asked for practice in m01-s1, where its answer is told"),
        ("m01-i08", "`items`"),
    ],
)
def test_what_the_start_check_may_not_ask_is_told_with_its_line(
    small_course: Path, items: str, said: str
) -> None:
    (small_course / "quizzes" / "start-check.yml").write_text(f"items: {items}\n", "utf-8")
    contents = small_course / "book" / "_toc.yml"
    text = contents.read_text("utf-8")
    contents.write_text(f"{text}      - file: start-check\n", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        load_again(small_course)
    told = [str(problem) for problem in error.value.problems]
    assert any(one.startswith("quizzes/start-check.yml:1: ") and said in one for one in told), told


SHORT = """([course, entries]) => imlPlayer.proposal.inShort(course, {
  get: (key) => entries[key] || null,
  keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix))})"""


def test_the_advice_of_the_start_check_ends_when_the_track_is_done(engine: Engine) -> None:
    entries = {**BORDER, **checked(m01=1, m03=1)}
    every = "You may try the quizzes of your modules without reading."
    assert engine.evaluate(SHORT, [QUIZZED, entries]) == every
    entries |= passed("m03-quiz", "2026-03-03") | passed("m01-quiz", "2026-03-03")
    assert engine.evaluate(SHORT, [QUIZZED, entries]) == ""


def test_nobody_is_told_to_try_a_quiz_of_whose_module_questions_were_missed(
    engine: Engine,
) -> None:
    entries = {**BORDER, **checked(m01=1, m03=1), **answered("m03", 0)}
    found = proposed(engine, entries)
    assert found
    assert (found["begin"], found["own"]) == ("m03", ["m03", "m01 known"])


def test_the_minutes_of_a_module_are_the_sum_of_its_steps(course: Course) -> None:
    data = course_data(course)
    minutes = {module["id"]: module["minutes"] for module in data["modules"]}
    assert minutes == {module["id"]: sum(module["steps"]) for module in data["modules"]}
    for track in data["tracks"].values():
        assert track["minutes"] == sum(minutes[id_] for id_ in track["modules"])


# --- on the pages ----------------------------------------------------------------------------


def go(page: Page, offline: Path, name: str) -> None:
    page.goto((offline / f"{name}.html").as_uri())
    page.locator(".iml-me-count").wait_for()


def test_from_the_cover_to_the_first_step_of_ones_track_it_is_two_presses(
    page: Page, offline: Path
) -> None:
    go(page, offline, "index")
    assert violations(page) == []
    expect(page.locator(".iml-track:visible")).to_have_count(0)
    page.get_by_role("button", name="Reception and shelter staff").click()
    track = page.get_by_role("region", name="Reception and shelter staff")
    expect(page.get_by_role("heading", name="Reception and shelter staff")).to_be_focused()
    expect(track.get_by_role("listitem")).to_have_count(5)
    expect(track.get_by_role("listitem").first).to_contain_text("Module 6")
    expect(page.locator(".iml-me-count")).to_have_text("0 of 5")
    assert violations(page) == []
    track.get_by_role("link", name="Start Module 6").click()
    expect(page).to_have_url(re.compile(r"m06\.html"))
    # Contents and foot of the page follow the track, and say one thing.
    contents = page.get_by_role("navigation", name="Contents", exact=True)
    expect(contents).to_contain_text("Your track")
    own = contents.locator(".iml-nav-track a")
    assert [link.get_attribute("href") for link in own.all()] == [
        "#", "m01.html", "m12.html", "m11.html", "m09.html",
    ]  # fmt: skip
    expect(contents.locator('a[href="m01.html"]')).to_have_count(1)
    page.get_by_role("button", name="Show the whole module").first.click()
    turn = page.get_by_role("navigation", name="Previous and next page")
    expect(turn.get_by_role("link")).to_have_count(2)
    turn.get_by_role("link", name="Next Module 1").click()
    expect(page).to_have_url(re.compile(r"m01\.html"))
    expect(turn.get_by_role("link", name="Previous Module 6")).to_be_visible()
    # Another role is one press away, and where the first track ended, its certificate follows.
    go(page, offline, "index")
    page.get_by_role("button", name="Change my work").click()
    page.get_by_role("button", name="Staff of NGOs").click()
    go(page, offline, "modules/m09")
    expect(turn.get_by_role("link", name="The certificate of your track")).to_be_visible()


def test_without_scripts_the_cover_links_all_tracks(browser: Browser, offline: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((offline / "index.html").as_uri())
    expect(page.locator(".iml-track:visible")).to_have_count(9)
    expect(page.locator(".iml-roles")).to_be_hidden()
    expect(page.locator(".iml-track:visible li a")).to_have_count(45)
    # Nothing is promised that only a script could keep.
    expect(page.get_by_text("Choose once")).to_be_hidden()
    # Inside <noscript>, only what is drawn can be asked for.
    assert "Find your work below" in page.locator("main").inner_text()
    for name in ("practise", "certificate"):
        page.goto((offline / f"{name}.html").as_uri())
        assert "This page needs JavaScript" in page.locator("main").inner_text()
    page.goto((offline / "aid-before-detention.html").as_uri())
    expect(page.get_by_role("button", name="Print")).to_have_count(0)
    context.close()


def test_a_sheet_for_the_wall_is_printed_by_a_button(page: Page, offline: Path) -> None:
    page.goto((offline / "aid-before-detention.html").as_uri())
    page.evaluate("globalThis.print = () => { document.title = 'printed'; }")
    button = page.get_by_role("button", name="Print", exact=True)
    button.click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(button).to_be_hidden()


RIGHT = """(id) => {
  const quiz = Array.from(document.querySelectorAll('[data-iml-quiz]'),
    (root) => imlPlayer.enhance(root)).find((one) => one.written.has(id));
  const element = imlPlayer.items.copyOf(quiz, id, 'key-');
  imlPlayer.seal.unsealItem(element);
  return imlPlayer.items.view(element, imlPlayer.seal.answerOf(element)).data.right[0];
}"""
"""Gives the key of a single-choice item on the page."""


def test_a_learner_who_has_done_the_track_alone_prints_its_certificate(
    page: Page, offline: Path, tmp_path: Path
) -> None:
    go(page, offline, "index")
    page.get_by_role("button", name="Border and immigration officers").click()
    go(page, offline, "certificate")
    expect(page.locator("main")).to_contain_text("0 of 5 modules are done")
    assert violations(page) == []
    page.evaluate(DONE, [["m01", "m06", "m09", "m12", "m11"], False])
    page.reload()
    page.get_by_label("Your name, as it should appear").fill("Amina Diallo")
    sheet = page.locator(".iml-cert")
    hours, minutes = divmod(page.evaluate("imlCourse.tracks.border.minutes"), 60)
    for words in (
        "Amina Diallo", "has completed the track", "Border and immigration officers",
        "5 modules, each quiz passed",
        f"Learning time planned for these modules: {hours} h {minutes} min",
        "0.1.0 of 27 November 2026",
        "Tell trafficking from smuggling in a case at the desk.",
        "Not made, issued or endorsed by IOM",
    ):  # fmt: skip
        expect(sheet).to_contain_text(words)
    expect(page.get_by_role("listitem", name="capstone")).to_have_count(0)
    assert violations(page) == []
    for paper in ("A4", "Letter"):
        page.pdf(path=tmp_path / f"{paper}.pdf", format=paper)
        text = [one.extract_text() for one in PdfReader(tmp_path / f"{paper}.pdf").pages]
        assert len(text) == 1, f"one page of {paper}"
        assert "endorsed by IOM" in text[0]
    code = sheet.locator(".iml-cert-proof dd").nth(1).inner_text()
    # What is typed from the paper is checked on any copy of the course, with a slip and without.
    go(page, offline, "check-certificate")
    told = page.locator("#iml-check-told")
    field = page.get_by_label("Code of the certificate")
    field.fill(code.replace(code[-1], "0" if code[-1] != "0" else "1"))
    page.get_by_role("button", name="Check the code").click()
    expect(told).to_contain_text("digit is wrong")
    expect(field).to_be_focused()
    assert violations(page) == []
    field.fill("GS1PF-A4R2G")
    field.press("Enter")
    expect(told).to_contain_text("under “A certificate of attendance, by its signature”")
    expect(page.get_by_text("ISO/IEC 7064")).to_be_hidden()
    field.fill(code)
    field.press("Enter")
    expect(told).to_contain_text("Certificate of the track: Border and immigration officers")
    expect(told).to_contain_text("It does not show who took the tests")
    assert "Amina" not in page.locator("main").inner_text()
    assert violations(page) == []


def test_the_start_check_proposes_where_to_begin_and_says_why(page: Page, offline: Path) -> None:
    go(page, offline, "index")
    page.get_by_role("button", name="Border and immigration officers").click()
    page.get_by_role("link", name="Start check").last.click()
    test = page.locator('[data-iml-mode="test"]')
    test.get_by_role("button", name="Start", exact=True).click()
    page.set_viewport_size({"width": 1366, "height": 768})
    for _ in range(12):
        item = test.locator("[data-iml-item]")
        onward = test.get_by_role("button", name=re.compile("^(Next|Finish)$")).first
        expect(onward).to_be_in_viewport()
        module = (item.get_attribute("data-iml-item") or "").partition("-")[0]
        key = page.evaluate(RIGHT, item.get_attribute("data-iml-item"))
        other = item.locator(f'input:not([value="{key}"])').first
        (other if module in ("m09", "m12") else item.locator(f'input[value="{key}"]')).check()
        forward = test.get_by_role("button", name="Next", exact=True)
        if forward.is_visible():
            forward.click()
    test.get_by_role("button", name="Finish", exact=True).click()
    expect(test).to_contain_text("In 10 of 12 situations, you chose what the course suggests")
    lines = test.locator(".iml-start-lines").first.get_by_role("listitem")
    expect(lines).to_have_count(5)
    expect(lines.nth(0)).to_contain_text("Module 1")
    expect(lines.nth(0)).to_contain_text("You may try its quiz without reading")
    expect(lines.nth(2)).to_contain_text("Study this module")
    assert violations(page) == []
    lines.nth(0).get_by_role("link", name="Try its quiz").click()
    expect(page).to_have_url(re.compile(r"m01\.html#quiz-m01-quiz$"))
    # It is kept: the page shows it again, and the cover follows it.
    go(page, offline, "index")
    expect(page.locator(".iml-start-check")).to_contain_text("start with Module 9")
    expect(page.get_by_role("link", name="Start Module 9")).to_be_visible()
    page.get_by_role("link", name="See why").click()
    expect(test.get_by_role("link", name="Start with Module 9")).to_be_visible()
