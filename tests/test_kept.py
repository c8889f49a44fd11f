"""What is kept of a learner's answers, and what is said where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from engine import Engine
from players import (
    COUNT,
    ITEMS,
    RIGHT_SAID,
    STRINGS,
    TYPES,
    WRONG_SAID,
    answer,
    has_focus,
    item,
    item_of,
    kept,
    live,
    made,
    press,
    quiz,
    submit,
    wait_until_pressable,
    write_page,
)
from waiting import wait_for


@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_answers_are_there_after_reload_and_on_another_page(
    page: Page, tmp_path: Path, right: bool
) -> None:
    (tmp_path / "other").mkdir()
    other = write_page(tmp_path / "other", "other", quiz("r", ITEMS[::-1]))
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    shown = {}
    for number, kind in enumerate(TYPES, 1):
        answer(item(page, kind), kind, right)
        submit(item(page, kind), kind)
        expect(item(page, kind).locator(".iml-result")).to_be_visible()
        expect(page.locator(".iml-progress-text")).to_have_text(
            f"{number} of {COUNT} answered, {number * right} correct at the first try"
        )
    for kind in TYPES:
        shown[kind] = item(page, kind).locator(".iml-question").inner_text()
    word = "Correct" if right else "Incorrect"
    for where in (address, other):
        page.goto(where)
        for kind in TYPES:
            box = item(page, kind)
            expect(box.locator(".iml-result-head strong")).to_have_text(word)
            expect(box.locator(".iml-when")).to_contain_text("Answered on")
            now = box.locator(".iml-question").inner_text()
            assert now.split("\n", 1)[1] == shown[kind].split("\n", 1)[1]  # but for the number
            # Nothing is announced that nobody asked for.
            assert box.get_by_role("status").inner_text() == ""
        assert page.evaluate("document.activeElement === document.body")
        expect(page.locator(".iml-progress-text")).to_have_text(
            f"{COUNT} of {COUNT} answered, {COUNT * right} correct at the first try"
        )
    record = kept(page)
    for kind in TYPES:
        one = record[f"i-{kind}"]
        assert one["v"] == 1
        assert one["item"] == made(item_of(kind)).version
        assert made(item_of(kind)).score(one["response"]).points == one["points"] == int(right)


def test_an_answer_is_of_its_own_question_alone(page: Page, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), RIGHT_SAID["single"])
    page.reload()
    expect(item(page, "single").locator(".iml-result")).to_be_visible()
    for kind in set(TYPES) - {"single"}:
        expect(item(page, kind).locator(".iml-result")).to_be_hidden()


DAMAGED = [
    "{",
    "null",
    "7",
    '"text"',
    "[]",
    "{}",
    '{"v":1}',
    '{"v":1,"item":"VERSION","response":["no","part"],"points":1,"at":"x","tries":1,"best":1,'
    '"earlier":[],"first":{"points":1,"at":"x"}}',
    '{"v":1,"item":"VERSION","response":"<img src=x onerror=alert(1)>","points":9,"at":"x",'
    '"tries":1,"best":1,"earlier":[],"first":{"points":1,"at":"x"}}',
]


def test_a_damaged_record_is_set_aside_and_said(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("single"), item_of("truefalse")])))
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    live(item(page, "truefalse"), RIGHT_SAID["truefalse"])
    for damaged in DAMAGED:
        raw = damaged.replace("VERSION", made(item_of("single")).version)
        page.evaluate(
            """(raw) => {
              for (const key of Object.keys(localStorage)) {
                if (key.includes('/aside/')) localStorage.removeItem(key);
              }
              localStorage.setItem('imlcourse/1/test/me/item/i-single', raw);
            }""",
            raw,
        )
        page.reload()
        expect(page.locator(".iml-troubles"), raw).to_have_text(STRINGS["player.store.damaged"])
        expect(item(page, "truefalse").locator(".iml-result")).to_be_visible()
        aside: list[str] = page.evaluate(
            "() => Object.keys(localStorage).filter(key => key.includes('/aside/item/i-single/'))"
            ".map(key => localStorage.getItem(key))"
        )
        assert aside == [raw]
        box = item(page, "single")
        answer(box, "single", right=True)
        press(box, "Check")
        live(box, RIGHT_SAID["single"])
        page.reload()
        expect(item(page, "single").locator(".iml-result"), raw).to_contain_text("Correct")
        expect(page.locator(".iml-troubles"), raw).to_be_hidden()


def test_a_record_of_a_newer_version_is_left_as_it_is(page: Page, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    raw = '{"v":2,"at":"2031-01-01T00:00:00Z","answer":"in a form of its own"}'
    page.evaluate("raw => localStorage.setItem('imlcourse/1/test/me/item/i-single', raw)", raw)
    page.reload()
    expect(page.locator(".iml-troubles")).to_have_text(STRINGS["player.store.newer"])
    box = item(page, "single")
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, "This answer is not saved.")
    there = page.evaluate("localStorage.getItem('imlcourse/1/test/me/item/i-single')")
    assert there == raw
    # The others are kept as always.
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    live(item(page, "truefalse"), RIGHT_SAID["truefalse"])
    assert kept(page)["i-truefalse"]["points"] == 1


@pytest.mark.parametrize("cut", ["before", "within"])
def test_a_write_that_was_cut_off_is_made_good(page: Page, tmp_path: Path, cut: str) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    answer(item(page, "single"), "single", right=False)
    press(item(page, "single"), "Check")
    live(item(page, "single"), WRONG_SAID["single"])
    # The next answer is noted; then the power fails, before or within the write itself.
    page.evaluate(
        """(cut) => {
          const base = 'imlcourse/1/test/me/';
          const first = JSON.parse(localStorage.getItem(base + 'item/i-single'));
          const later = {...first, tries: 2, points: 1, best: 1, at: '2999-01-01T00:00:00.000Z'};
          localStorage.setItem(base + 'writing/item/i-single', JSON.stringify(later));
          if (cut === 'within') localStorage.setItem(base + 'item/i-single', '{"v":1,"it');
        }""",
        cut,
    )
    page.reload()
    expect(item(page, "single").locator(".iml-result")).to_be_visible()
    record = kept(page)["i-single"]
    assert (record["tries"], record["best"], record["first"]["points"]) == (2, 1, 0)
    expect(page.locator(".iml-troubles")).to_be_hidden()
    left = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/writing/'))")
    assert left == []


FULL = """Storage.prototype.setItem = function () {
  throw new DOMException('no room', 'QuotaExceededError');
};"""
FORBIDDEN = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('no', 'SecurityError'); },
});"""
REFUSING = """Storage.prototype.setItem = function () { throw new Error('no'); };"""
FORGETTING = """Storage.prototype.setItem = function () {};"""
GONE = "Object.defineProperty(window, 'localStorage', {value: null});"


@pytest.mark.parametrize(
    ("stub", "trouble", "kinds"),
    [
        (FULL, "full", TYPES),
        # What it is that keeps nothing, no type of item knows; in `test_player`, a frame forbids it
        # to all types.
        (FORBIDDEN, "forbidden", ["single", "cloze"]),
        (REFUSING, "forbidden", ["single", "cloze"]),
        (GONE, "forbidden", ["single", "cloze"]),
    ],
    ids=["full", "forbidden", "refusing", "gone"],
)
def test_where_nothing_can_be_kept_the_page_works_and_says_so(
    page: Page, tmp_path: Path, stub: str, trouble: str, kinds: list[str]
) -> None:
    page.add_init_script(stub)
    items = [item_of(kind) for kind in kinds]
    page.goto(write_page(tmp_path, "page", quiz("q", items), quiz("r", items)))
    said = STRINGS[f"player.store.{trouble}"]
    expect(page.locator("#quiz-q .iml-troubles")).to_have_text(said)
    box = page.locator('#quiz-q [data-iml-type="single"]')
    answer(box, "single", right=False)
    press(box, "Check")
    live(box, WRONG_SAID["single"])
    wait_until_pressable(page)
    press(box, "Try again")
    for kind in kinds:
        box = page.locator(f'#quiz-q [data-iml-type="{kind}"]')
        answer(box, kind, right=True)
        submit(box, kind)
        live(box, RIGHT_SAID[kind])
        live(box, "This answer is not saved. " + said)
    expect(page.locator("#quiz-q .iml-progress-text")).to_have_text(
        f"{len(kinds)} of {len(kinds)} answered, {len(kinds) - 1} correct at the first try"
    )


def test_a_store_that_forgets_at_once_is_noticed(page: Page, tmp_path: Path) -> None:
    page.add_init_script(FORGETTING)
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), "This answer is not saved.")
    expect(page.locator(".iml-troubles")).to_be_visible()


def test_when_there_is_room_again_it_is_no_longer_said(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    page.evaluate("() => { window.whole = Storage.prototype.setItem }")
    page.evaluate("() => {" + FULL + "}")
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    live(item(page, "single"), "This answer is not saved.")
    expect(page.locator(".iml-troubles")).to_have_text(STRINGS["player.store.full"])
    page.evaluate("() => { Storage.prototype.setItem = window.whole }")
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    expect(page.locator(".iml-troubles")).to_be_hidden()
    # And what there was no room for is kept now: it was tried again.
    wait_for(page, "Object.keys(localStorage).some((key) => key.endsWith('i-single'))")
    assert sorted(kept(page)) == ["i-single", "i-truefalse"]


def test_two_pages_at_once_lose_nothing(context: BrowserContext, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    first, second = context.new_page(), context.new_page()
    first.goto(address)
    second.goto(address)
    answer(item(first, "single"), "single", right=False)
    press(item(first, "single"), "Check")
    # The other page has it at once, where the learner is not at work on the same question.
    expect(item(second, "single").locator(".iml-result")).to_contain_text("Incorrect")
    expect(second.locator(".iml-progress-text")).to_contain_text(f"1 of {COUNT} answered")
    # Both answer the same item, the second without knowing of the first.
    item(second, "truefalse").get_by_role("radio", name="True", exact=True).focus()
    answer(item(first, "truefalse"), "truefalse", right=True)
    press(item(first, "truefalse"), "Check")
    expect(second.locator(".iml-progress-text")).to_contain_text(f"2 of {COUNT} answered")
    expect(item(second, "truefalse").locator(".iml-result")).to_be_hidden()
    assert has_focus(item(second, "truefalse").get_by_role("radio", name="True", exact=True))
    answer(item(second, "truefalse"), "truefalse", right=False)
    press(item(second, "truefalse"), "Check")
    # What another page wrote is there a moment later.
    wait_for(
        first,
        "(key) => JSON.parse(localStorage[key]).tries === 2",
        arg="imlcourse/1/test/me/item/i-truefalse",
    )
    record = kept(first)["i-truefalse"]
    assert (record["response"], record["first"]["response"]) == ("true", "false")
    assert (record["points"], record["best"], record["tries"]) == (0, 1, 2)


def test_an_answer_that_was_not_heard_of_is_not_written_over(
    context: BrowserContext, tmp_path: Path
) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    first, second = context.new_page(), context.new_page()
    second.add_init_script("addEventListener('storage', (e) => e.stopImmediatePropagation())")
    first.goto(address)
    second.goto(address)
    for page, right in ((first, False), (second, True)):
        answer(item(page, "single"), "single", right)
        press(item(page, "single"), "Check")
        live(item(page, "single"), (RIGHT_SAID if right else WRONG_SAID)["single"])
    record = kept(second)["i-single"]
    assert (record["first"]["points"], record["points"]) == (0, 1)


def test_records_are_merged_whichever_comes_first(engine: Engine) -> None:
    one, two, old = (
        {
            "v": 1,
            "item": version,
            "response": response,
            "points": points,
            "best": points,
            "at": at,
            "tries": tries,
            "shown": shown,
            "first": {"response": response, "points": points, "at": at},
            "earlier": [],
        }
        for version, response, points, at, tries, shown in [
            ("x", "a", 0, "2026-01-01T00:00:00.000Z", 3, True),
            ("x", "b", 1, "2026-01-02T00:00:00.000Z", 1, False),
            ("w", "c", 1, "2025-01-01T00:00:00.000Z", 1, False),
        ]
    )
    merge = "([a, b]) => imlPlayer.record.merge('item/', a, b)"
    both = engine.evaluate(merge, [one, two])
    assert both == engine.evaluate(merge, [two, one])
    assert both == engine.evaluate(merge, [both, one])  # again changes nothing
    assert both["response"] == "b"
    assert both["first"]["response"] == "a"
    assert (both["best"], both["tries"], both["shown"]) == (1, 3, True)
    aged = engine.evaluate(merge, [old, both])
    assert aged == engine.evaluate(merge, [aged, old])
    assert [past["response"] for past in aged["earlier"]] == ["c"]
    assert engine.evaluate(merge, [None, one]) == one


def test_an_answer_to_an_earlier_version_is_marked_and_not_lost(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("single")])))
    answer(item(page, "single"), "single", right=True)
    press(item(page, "single"), "Check")
    expect(page.locator(".iml-progress-text")).to_contain_text("1 of 1 answered")
    old = kept(page)["i-single"]

    changed = item_of("single")
    changed["stem"] = "Who else holds responsibility?"
    page.goto(write_page(tmp_path, "page", quiz("q", [changed])))
    box = item(page, "single")
    expect(box.locator(".iml-changed")).to_contain_text("This question has changed")
    expect(box.locator(".iml-result")).to_be_hidden()
    expect(page.locator(".iml-progress-text")).to_contain_text("0 of 1 answered")
    assert kept(page)["i-single"] == old
    answer(box, "single", right=False)
    press(box, "Check")
    expect(box.locator(".iml-changed")).to_have_count(0)
    record = kept(page)["i-single"]
    assert record["item"] == made(changed).version != old["item"]
    assert record["tries"] == 1
    assert [past["response"] for past in record["earlier"]] == [old["response"]]
    assert record["earlier"][0]["item"] == old["item"]


def test_courses_and_learners_are_kept_apart(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS), starts=False))
    seen: list[list[str]] = page.evaluate(
        """async () => {
          const record = {v: 1, item: 'x', response: 'r', points: 1, best: 1, tries: 1,
            at: '2026', shown: false, first: {points: 1, at: '2026'}, earlier: []};
          const open = async (course, learner) => {
            const store = imlPlayer.store.open({course, learner});
            await store.load();
            return store;
          };
          await (await open('a', 'one')).put('item/i', record);
          return Promise.all([['a', 'one'], ['a', 'two'], ['b', 'one'], ['a/one', '']].map(
            async (names) => Object.keys((await open(...names)).get('item/i') || {})));
        }"""
    )
    assert [bool(found) for found in seen] == [True, False, False, False]


def test_another_store_may_be_slow_and_may_keep_nothing(page: Page, tmp_path: Path) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", [item_of("truefalse")]), starts=False))
    page.evaluate(
        """(version) => {
          const first = {response: 'true', points: 0, at: '2026-01-01T00:00:00Z'};
          const held = {v: 1, item: version, response: 'true', points: 0, best: 0, tries: 1,
            at: first.at, shown: false, first, earlier: []};
          let loaded = false;
          window.puts = [];
          const store = {
            load: () => new Promise((done) => {
              window.finish = () => { loaded = true; done(); };
            }),
            get: (key) => (loaded && key.startsWith('item/') ? held : null),
            keys: () => [],
            put: (key, record) => { window.puts.push(record); return Promise.resolve(false); },
            setAside() {}, troubles: () => [], listen() {},
          };
          const root = document.querySelector('[data-iml-quiz]');
          window.same = imlPlayer.enhance(root, {store}) === imlPlayer.enhance(root, {store});
        }""",
        made(item_of("truefalse")).version,
    )
    box = item(page, "truefalse")
    expect(box.get_by_role("button", name="Check", exact=True)).to_have_count(1)
    assert page.evaluate("window.same")
    page.evaluate("window.finish()")
    expect(box.locator(".iml-result")).to_contain_text("Incorrect")
    press(box, "Try again")
    answer(box, "truefalse", right=True)
    press(box, "Check")
    live(box, "This answer is not saved.")
    assert page.evaluate("window.puts.length") == 1


BACK = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


def test_a_page_that_comes_back_is_of_the_learner_who_was_chosen_meanwhile(
    page: Page, tmp_path: Path
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    box = item(page, "single")
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, RIGHT_SAID["single"])
    assert kept(page)["i-single"]["points"] == 1
    page.evaluate("localStorage.setItem('imlcourse/1/test/current', 'other')")
    with page.expect_navigation():
        page.evaluate(BACK)
    expect(item(page, "single").locator(".iml-result")).to_be_hidden()
    answer(item(page, "truefalse"), "truefalse", right=True)
    press(item(page, "truefalse"), "Check")
    live(item(page, "truefalse"), RIGHT_SAID["truefalse"])
    wait_for(page, "localStorage['imlcourse/1/test/other/item/i-truefalse'] !== undefined")
    assert page.evaluate("localStorage['imlcourse/1/test/me/item/i-truefalse']") is None


def test_a_page_that_comes_back_shows_what_was_answered_meanwhile(
    context: BrowserContext, tmp_path: Path
) -> None:
    one, two = context.new_page(), context.new_page()
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    one.goto(address)
    one.evaluate("addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    two.goto(address)
    answer(item(two, "single"), "single", right=True)
    press(item(two, "single"), "Check")
    live(item(two, "single"), RIGHT_SAID["single"])
    assert kept(two)["i-single"]["points"] == 1
    one.evaluate(BACK)
    expect(item(one, "single").locator(".iml-result.iml-right")).to_be_visible()


def test_what_is_not_kept_is_said_once_on_a_page(page: Page, tmp_path: Path) -> None:
    html = quiz("q", ITEMS[:2]) + quiz("r", ITEMS[2:4])
    page.goto(write_page(tmp_path, "page", html))
    page.evaluate("() => {" + FULL + "}")
    for kind in ("single", "truefalse"):
        answer(item(page, kind), kind, right=True)
        press(item(page, kind), "Check")
        live(item(page, kind), "This answer is not saved.")
    said = page.locator(".iml-troubles:visible")
    expect(said).to_have_count(1)
    expect(said).to_have_text(STRINGS["player.store.full"])


def test_nothing_that_stands_in_the_browser_stops_the_page(page: Page, tmp_path: Path) -> None:
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    page.goto(address)
    page.evaluate(
        """() => {
          const base = 'imlcourse/1/test/';
          const at = '2026-01-01T00:00:00.000Z';
          for (const [key, value] of [['me/me', {v: 1, at, name: 7}], ['%/me', {}],
            ['me/item/i-single', {v: 1, at, points: 1}], ['me/constructor/x', {v: 1, at}],
            ['me/me/x', 'x'], ['me/draft/i-scenario', {v: 1, at, item: [], response: [{}]}],
            ['me/attempt/t/x', {v: 1, at, place: -1}], ['me/__proto__', {v: 1, at}]]) {
            localStorage.setItem(base + key, JSON.stringify(value));
          }
        }"""
    )
    page.reload()
    expect(page.locator(".iml-troubles")).to_have_text(STRINGS["player.store.damaged"])
    box = item(page, "single")
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, RIGHT_SAID["single"])
    assert kept(page)["i-single"]["points"] == 1
    aside = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/aside/'))")
    assert len(aside) == 7


@pytest.mark.parametrize(
    "response", ["x", 7, True, [], [[]], ["x", "x"], [None], {}, {"constructor": "y"}, {"a": []}],
    ids=str,
)  # fmt: skip
def test_an_answer_that_makes_no_sense_is_set_aside_whatever_the_type(
    page: Page, tmp_path: Path, response: object
) -> None:
    page.goto(write_page(tmp_path, "page", quiz("q", ITEMS)))
    page.evaluate(
        """(response) => {
          const at = '2026-01-01T00:00:00.000Z';
          for (const {dataset} of document.querySelectorAll('[data-iml-item]')) {
            localStorage.setItem('imlcourse/1/test/me/item/' + dataset.imlItem, JSON.stringify({
              v: 1, at, item: dataset.imlVersion, type: dataset.imlType, response, points: 0,
              tries: 1, best: 0, shown: false, earlier: [], first: {response, points: 0, at}}));
          }
          localStorage.setItem('imlcourse/1/test/me/draft/i-scenario', JSON.stringify({
            v: 1, at, item: document.querySelector('[data-iml-item=i-scenario]').dataset.imlVersion,
            response: ['x', 'y']}));
        }""",
        response,
    )
    page.reload()
    box = item(page, "single")
    answer(box, "single", right=True)
    press(box, "Check")
    live(box, RIGHT_SAID["single"])
    assert kept(page)["i-single"]["points"] == 1


def test_a_page_that_was_hidden_while_another_learner_was_chosen_is_of_that_one(
    context: BrowserContext, tmp_path: Path
) -> None:
    one, two = context.new_page(), context.new_page()
    address = write_page(tmp_path, "page", quiz("q", ITEMS))
    one.goto(address)
    answer(item(one, "single"), "single", right=True)
    press(item(one, "single"), "Check")
    live(item(one, "single"), RIGHT_SAID["single"])
    two.goto(address)
    one.evaluate(
        "() => new Promise((done) => { window.heard = new Promise((told) =>"
        " addEventListener('storage', (event) => event.key.endsWith('/current') && told()));"
        " done(); })"
    )
    two.evaluate("localStorage.setItem('imlcourse/1/test/current', 'other')")
    one.evaluate("() => window.heard")
    with one.expect_navigation():
        one.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(item(one, "single").locator(".iml-result")).to_be_hidden()
