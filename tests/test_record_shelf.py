"""The record store without a browser: what its shelf keeps, and what it does when it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import Engine

WORLD = (Path(__file__).parent / "shelf_world.js").read_text("utf-8")
ADA, BOB = {"id": "a", "name": "Ada"}, {"id": "b", "name": "Bob"}


def asked(engine: Engine, code: str, arg: object = None) -> Any:
    """What some code gives that works with a storage in which nothing is kept yet."""
    return engine.evaluate(
        f"""async (arg) => {{
          const clocks = {{ setTimeout, clearTimeout }};
          try {{ {WORLD}\n{code} }} finally {{
            Object.assign(globalThis, clocks);
            delete globalThis.localStorage;
            delete globalThis.sessionStorage;
          }} }}""",
        arg,
    )


# --- the shelf: what is kept -------------------------------------------------------------------


def test_what_is_put_is_kept_by_course_and_learner_and_key(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      const put = shelf.put('c', 'a', 'me', me('Ada'));
      shelf.put('c', 'b', 'me', me('Bob'));
      shelf.put('other', 'a', 'me', me('Cy'));
      shelf.put('c/a', 'me', 'read/m01', read({}));
      const opened = shelf.open('c', 'a');
      return { put, opened, keys: Object.keys(all()), ada: me('Ada') };""")  # fmt: skip
    assert found["put"] == {"kept": True, "entry": found["ada"]}
    assert found["opened"] == {
        "learner": "a", "learners": [ADA, BOB], "entries": {"me": found["ada"]}, "newer": {},
        "troubles": [], "known": False, "removed": {},
    }  # fmt: skip
    assert found["keys"] == ["c/a/me", "c/b/me", "other/a/me", "c%2Fa/me/read/m01"]


def test_the_learner_is_the_one_wanted_else_the_one_chosen_else_me(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      const nobody = shelf.open('c');
      const chose = shelf.choose('c', 'b');
      const wanted = shelf.open('c', 'a');
      const chosen = shelf.open('c', '');
      session.held.clear(); // the browser was opened anew
      const later = shelf.open('c');
      return { chose, learners: [nobody, wanted, chosen, later].map((one) =>
        [one.learner, one.known]) };""")  # fmt: skip
    assert found["chose"] is True
    assert found["learners"] == [["me", False], ["a", False], ["b", True], ["b", False]]


def test_names_that_an_address_would_change_are_kept_as_they_are(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.put('c', 'é/ü %', 'me', me('Zoë'));
      hold('c/%E9/me', me('no text'));
      hold('c/d/aside/me/2026', 'x');
      hold('c/e/writing/me', 'x');
      hold('c/f/read/m01', { ...read({}), name: 'no name of a person' });
      hold('c/f/me', { ...me('x'), name: 7 });
      hold('c/current', 'é/ü %');
      return shelf.open('c');""")  # fmt: skip
    assert found["learner"] == "é/ü %"
    assert list(found["entries"]) == ["me"]
    assert found["learners"] == [{"id": "é/ü %", "name": "Zoë"}, {"id": "f", "name": ""}]


def test_a_name_is_found_wherever_the_entry_stands(engine: Engine) -> None:
    learners = asked(engine, """
      hold('c/a/read/m01', read({}));
      hold('c/a/me', me('Ada'));
      hold('c/a/read/m02', read({}));
      return shelves.local().open('c', 'a').learners;""")  # fmt: skip
    assert learners == [ADA]


def test_what_another_page_wrote_is_brought_together_and_not_written_over(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.put('c', 'a', 'read/m01', read({ one: me('').at }, 1));
      const put = shelf.put('c', 'a', 'read/m01', read({ two: me('').at }, 2));
      return { put: Object.keys(put.entry.sections),
        kept: Object.keys(all()['c/a/read/m01'].sections) };
    """)  # fmt: skip
    assert sorted(found["put"]) == sorted(found["kept"]) == ["one", "two"]


def test_what_stands_there_already_is_not_written_again(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.put('c', 'a', 'me', me('Ada', 5));
      const before = kept.writes;
      const put = shelf.put('c', 'a', 'me', me('Ada', 5));
      const older = shelf.put('c', 'a', 'me', me('Ann', 1));
      return { put, older, more: kept.writes - before };""")  # fmt: skip
    assert found["put"]["kept"]
    assert found["older"]["entry"]["name"] == "Ada"
    assert found["more"] == 0


def test_a_newer_version_is_left_as_it_is(engine: Engine) -> None:
    found = asked(engine, """
      hold('c/a/me', newer);
      const shelf = shelves.local();
      return { opened: shelf.open('c', 'a'), put: shelf.put('c', 'a', 'me', me('Ada', 9)),
        all: all(), newer, mine: me('Ada', 9) };""")  # fmt: skip
    assert found["opened"]["entries"] == {}
    assert found["opened"]["newer"] == {"me": found["newer"]}
    assert found["opened"]["troubles"] == ["newer"]
    assert found["put"] == {"kept": False, "trouble": "newer", "entry": found["mine"]}
    assert found["all"] == {"c/a/me": found["newer"]}


@pytest.mark.parametrize("raw", ["no JSON", "null", "7", '{"v": 1}', "[]"])
def test_what_is_damaged_is_set_aside_and_not_lost(engine: Engine, raw: str) -> None:
    found = asked(engine, """
      hold('c/a/me', arg);
      hold('c/a/read/m01', read({}));
      const shelf = shelves.local();
      const opened = shelf.open('c', 'a');
      const once = { ...all() };
      hold('c/b/me', arg);
      const put = shelf.put('c', 'b', 'me', me('Bob'));
      return { opened, once: Object.keys(once), aside: Array.from(kept.held.values())[1],
        kept: put.kept, later: Object.keys(all()), again: shelf.open('c', 'a').troubles };
    """, raw)  # fmt: skip
    assert found["opened"]["troubles"] == ["damaged"]
    assert list(found["opened"]["entries"]) == ["read/m01"]
    assert found["once"] == ["c/a/read/m01", "c/a/aside/me"]
    assert found["aside"] == raw
    assert found["kept"]
    assert found["later"] == ["c/a/read/m01", "c/a/aside/me", "c/b/aside/me", "c/b/me"]
    assert found["again"] == []


def test_an_entry_that_makes_no_sense_to_its_type_is_set_aside(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.put('c', 'a', 'me', me('Ada'));
      shelf.setAside('c', 'a', 'me');
      shelf.setAside('c', 'a', 'read/m01');
      return { keys: Object.keys(all()), entries: shelf.open('c', 'a').entries };""")  # fmt: skip
    assert found == {"keys": ["c/a/aside/me"], "entries": {}}


# --- the shelf: a write that was cut off --------------------------------------------------------


def mended(engine: Engine, there: str) -> Any:
    return asked(
        engine,
        f"""
      hold('c/a/writing/me', me('Ada', 5));
      {there}
      const opened = shelves.local().open('c', 'a');
      return {{ entries: opened.entries, troubles: opened.troubles, all: all(), newer }};""",
    )


def test_a_write_that_was_cut_off_is_made_good(engine: Engine) -> None:
    for there in ("", "hold('c/a/me', 'half of i');", "hold('c/a/me', me('Ann', 1));"):
        found = mended(engine, there)
        assert found["entries"]["me"]["name"] == "Ada"
        assert found["troubles"] == []
        assert list(found["all"]) == ["c/a/me"]


def test_what_was_written_since_is_not_written_over(engine: Engine) -> None:
    found = mended(engine, "hold('c/a/me', me('Ann', 9));")
    assert found["entries"]["me"]["name"] == "Ann"
    assert list(found["all"]) == ["c/a/me"]
    found = mended(engine, "hold('c/a/me', newer);")
    assert found["all"] == {"c/a/me": found["newer"]}


def test_what_was_cut_off_in_the_note_itself_is_forgotten(engine: Engine) -> None:
    found = mended(engine, "hold('c/a/writing/me', 'half of i');")
    assert found == {**found, "entries": {}, "troubles": [], "all": {}}


def test_where_there_is_no_room_for_a_note_the_entry_may_still_fit(engine: Engine) -> None:
    found = asked(engine, """
      kept.unwritten = '/writing/me';
      const put = shelves.local().put('c', 'a', 'me', me('Ada'));
      return [put.kept, Object.keys(all())];""")  # fmt: skip
    assert found == [True, ["c/a/me"]]


# --- the shelf: when nothing can be kept --------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "trouble"),
    [("QuotaExceededError", "full"), ("NS_ERROR_DOM_QUOTA_REACHED", "full"),
     ("SecurityError", "forbidden"), ("Error", "forbidden")],
)  # fmt: skip
def test_why_nothing_can_be_written_is_named_and_what_is_there_is_read(
    engine: Engine, error: str, trouble: str
) -> None:
    found = asked(engine, """
      hold('c/a/me', me('Ada'));
      kept.fails = arg;
      const shelf = shelves.local();
      return { opened: shelf.open('c', 'a'), put: shelf.put('c', 'a', 'me', me('Ann', 7)),
        restored: shelf.restore('c', 'a', { me: me('Ann') }), chose: shelf.choose('c', 'a'),
        mine: me('Ann', 7) };""", error)  # fmt: skip
    assert found["opened"]["troubles"] == [trouble]
    assert found["opened"]["entries"]["me"]["name"] == "Ada"
    assert found["put"] == {"kept": False, "trouble": trouble, "entry": found["mine"]}
    assert (found["restored"], found["chose"]) == (False, False)


def test_a_store_that_cannot_be_read_says_so(engine: Engine) -> None:
    found = asked(engine, """
      hold('c/a/me', me('Ada'));
      kept.unread = true;
      const shelf = shelves.local();
      return [shelf.open('c', 'a').troubles, shelf.put('c', 'a', 'me', me('Ann')).trouble,
        shelf.open('c').learner, shelf.notes('c'), shelf.note('c', 'a', 'me', me('Ann')),
        shelf.chosen('c'), shelf.heard('c', 'a'), shelf.remove('c', 'a')];""")  # fmt: skip
    assert found == [
        ["forbidden"], "forbidden", "me", [], [None, "forbidden"], None, None, False,
    ]  # fmt: skip


def test_a_store_that_forgets_at_once_is_noticed(engine: Engine) -> None:
    found = asked(engine, """
      kept.deaf = true;
      const put = shelves.local().put('c', 'a', 'me', me('Ada'));
      return [put.kept, put.trouble];""")  # fmt: skip
    assert found == [False, "forbidden"]


@pytest.mark.parametrize("there", ["undefined", "null"])
def test_without_any_storage_the_page_works(engine: Engine, there: str) -> None:
    found = asked(
        engine,
        f"""
      globalThis.localStorage = {there};
      const shelf = shelves.local();
      return [shelf.open('c', 'a'), shelf.put('c', 'a', 'me', me('Ada')).trouble,
        shelf.choose('c', 'a'), shelf.remove('c', 'a'), shelf.restore('c', 'a', {{ me: null }})];
    """,
    )
    assert found[0] == {"learner": "a", "learners": [], "entries": {}, "newer": {},
                        "troubles": ["forbidden"]}  # fmt: skip
    assert found[1:] == ["forbidden", False, False, False]


# --- the shelf: restoring and removing ---------------------------------------------------------


def test_what_is_restored_stands_in_place_of_what_was_there(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.put('c', 'a', 'me', me('Ada', 9));
      shelf.put('c', 'a', 'read/m01', read({}));
      shelf.put('c', 'a', 'read/m02', read({}));
      const done = shelf.restore('c', 'a', { me: me('Ann', 1), 'read/m01': null });
      return { done, all: all() };""")  # fmt: skip
    assert found["done"] is True
    assert sorted(found["all"]) == ["c/a/me", "c/a/read/m02"]
    assert found["all"]["c/a/me"]["name"] == "Ann"  # though it is older


def test_a_learner_is_removed_with_all_and_the_next_one_is_chosen(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      for (const who of ['a', 'b']) {
        shelf.put('c', who, 'me', me(who));
        hold('c/' + who + '/aside/me/2026-11-28T00:00:00.000Z', 'x');
        hold('c/' + who + '/writing/me', 'x');
      }
      hold('other/a/me', me('x'));
      shelf.choose('c', 'a');
      const gone = shelf.remove('c', 'a');
      const after = all();
      const still = shelf.remove('c', 'nobody');
      const later = all();
      return { gone, still, after, same: Object.keys(later).length, last: shelf.remove('c', 'b'),
        end: all() };""")  # fmt: skip
    assert (found["gone"], found["still"], found["last"]) == (True, True, True)
    assert sorted(found["after"]) == ["c/b/aside/me", "c/b/me", "c/b/writing/me", "c/current",
                                      "c/removed", "other/a/me"]  # fmt: skip
    assert found["after"]["c/current"] == "b"
    assert found["same"] == 6
    assert sorted(found["end"]) == ["c/removed", "other/a/me"]
    assert list(found["end"]["c/removed"]) == ["a", "nobody", "b"]


def test_who_is_not_chosen_is_removed_and_the_chosen_one_stays(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      for (const who of ['a', 'b', 'd']) shelf.put('c', who, 'me', me(who));
      shelf.choose('c', 'd');
      shelf.remove('c', 'b');
      return [Object.keys(all()), all()['c/current']];""")  # fmt: skip
    assert found == [["c/a/me", "c/d/me", "c/current", "c/removed"], "d"]


def test_what_is_on_its_way_is_noted_until_it_is_safe(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.note('c', 'a', 'me', me('Ann', 9));
      const [raw] = shelf.note('c', 'a', 'me', me('Ada'));
      shelf.note('c', 'a/ü', 'read/m01', read({}));
      shelf.note('c', '', 'me', me('Bob'));
      shelf.note('d', 'a', 'me', me('Cy'));
      hold('c/a/writing/read/m02', 'half of i');
      hold('c/a/writing/read/m03', newer);
      const notes = shelf.notes('c').map(([who, key, entry]) => [who, key, entry && entry.name]);
      const newest = shelf.note('c', 'a', 'read/m03', read({}));
      shelf.forget('c', 'a', 'me', 'another');
      const still = shelf.notes('c').length;
      shelf.forget('c', 'a', 'me', raw);
      shelf.forget('c', '', 'me');
      const left = shelf.notes('c').map(([who, key]) => [who, key]);
      kept.fails = 'QuotaExceededError';
      return { raw: JSON.parse(raw).name, notes, newest, still, left,
        full: shelf.note('c', 'a', 'me', me('Ada')) };""")  # fmt: skip
    assert found["raw"] == "Ann"  # what was noted already is not written over by what is older
    unreadable = [["a", "read/m02", None], ["a", "read/m03", None]]
    assert found["notes"] == [
        ["a", "me", "Ann"], ["a/ü", "read/m01", None], ["", "me", "Bob"], *unreadable,
    ]  # fmt: skip
    assert found["newest"] == [None, "newer"]
    assert found["still"] == 5
    assert found["left"] == [["a/ü", "read/m01"], ["a", "read/m02"], ["a", "read/m03"]]
    assert found["full"] == [None, "full"]


def test_what_was_cut_off_is_left_for_another_shelf_where_that_is_asked(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      shelf.note('c', 'a', 'me', me('Ada'));
      hold('c/a/writing/read/m03', newer);
      const left = Object.keys(shelf.open('c', 'a', true).entries);
      return [left, Object.keys(shelf.open('c', 'a').entries), Object.keys(all())];""")  # fmt: skip
    assert found == [[], ["me"], ["c/a/writing/read/m03", "c/a/me"]]


def test_whom_another_shelf_named_last_is_heard_and_no_longer_who_was_chosen_without_it(
    engine: Engine,
) -> None:
    found = asked(engine, """
      const shelf = shelves.local();
      const none = [shelf.heard('c'), shelf.chosen('c')];
      shelf.choose('c', 'b');
      shelf.heard('c', 'b');
      const same = [shelf.heard('c'), shelf.chosen('c')];
      shelf.heard('c', 'a');
      return [none, same, [shelf.heard('c'), shelf.chosen('c')]];""")  # fmt: skip
    assert found == [[None, None], ["b", "b"], ["a", None]]


def test_what_another_window_writes_is_told(engine: Engine) -> None:
    found = asked(engine, """
      let heard;
      globalThis.addEventListener = (kind, action) => { heard = [kind, action]; };
      const told = [];
      shelves.local().watch((...args) => told.push(args));
      delete globalThis.addEventListener;
      const [kind, action] = heard;
      const event = (key, value) => action({ key,
        newValue: value === null || typeof value === 'string' ? value : JSON.stringify(value) });
      event(null, null);
      event('elsewhere/c/a/me', me('x'));
      event(BASE + 'c%2F1/%C3%A9/me', me('Zoë'));
      event(BASE + 'c/a/read/m01', null);
      event(BASE + 'c/a/me', 'half of i');
      event(BASE + 'c/a/me', newer);
      event(BASE + 'c/a/writing/me', me('x'));
      event(BASE + 'c/a/aside/me/2026', me('x'));
      event(BASE + 'c/a/try', '1');
      event(BASE + 'c/current', 'b');
      event(BASE + 'c/current', null);
      return { kind, told, zoe: me('Zoë') };""")  # fmt: skip
    assert found["kind"] == "storage"
    assert found["told"] == [
        ["c/1", "é", "me", found["zoe"]],
        ["c", "a", "read/m01", None],
        ["c", "b", "current", None],
        ["c", "me", "current", None],
    ]


# --- the store on a shelf ----------------------------------------------------------------------


def test_a_store_gives_what_its_shelf_has_and_what_was_put_before_it_opened(
    engine: Engine,
) -> None:
    found = asked(engine, """
      const shelf = shelfOf({ learner: 'b', learners: [{ id: 'b', name: '' }], troubles: ['newer'],
        entries: { me: me('Ada', 5), 'read/m01': read({}) }, newer: { 'read/m09': newer },
        known: false });
      const opened = store.open({ course: 'c', shelf });
      const told = [];
      opened.listen((key) => told.push(key));
      const early = opened.put('me', { ...me('Ada', 1), role: 'ngo' });
      const before = [opened.learner, opened.get('me').role, opened.get('read/m01')];
      await early;
      await opened.load();
      return { before, told, learner: opened.learner, learners: opened.learners,
        known: opened.known, me: opened.get('me'), keys: [opened.keys('read/'), opened.keys('')],
        troubles: opened.troubles(), newer: opened.newer(), asked: shelf.asked,
        there: newer };""")  # fmt: skip
    assert found["before"] == [None, "ngo", None]
    assert (found["learner"], found["known"]) == ("b", False)
    assert found["learners"] == [{"id": "b", "name": ""}]
    assert found["troubles"] == ["newer"]
    assert found["newer"] == {"read/m09": found["there"]}
    assert (found["me"]["name"], found["me"]["role"]) == ("Ada", "ngo")
    assert [sorted(keys) for keys in found["keys"]] == [["read/m01"], ["me", "read/m01"]]
    assert [call[:4] for call in found["asked"]] == [["open", "c", ""], ["put", "c", "b", "me"]]
    assert found["asked"][1][4] == found["me"]
    assert found["told"][:2] == ["me", None]


def test_a_shelf_that_says_nothing_of_its_troubles_is_forbidden(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      shelf.opened = {};
      const opened = store.open({ shelf });
      await opened.load();
      return [opened.course, opened.learner, opened.learners, opened.known, opened.troubles(),
        opened.keys(''), opened.newer(), opened.get('me')];""")  # fmt: skip
    assert found == ["course", "me", [], True, ["forbidden"], [], {}, None]


def test_what_is_not_kept_is_said_and_kept_with_the_next_thing_that_is(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const told = [];
      const stop = opened.listen((key) => told.push([key, opened.troubles()]));
      shelf.answers = [{ kept: false, trouble: 'full' }, { kept: false, trouble: 'full' }];
      const first = [];
      for (const key of ['read/m01', 'read/m02']) first.push(await opened.put(key, read({})));
      const troubles = opened.troubles();
      const there = opened.keys('read/');
      const was = await opened.put('me', me('Ada'));
      for (let turn = 0; turn < 20; turn += 1) await null;
      stop();
      await opened.put('me', me('Ann', 9));
      return { first, troubles, there, kept: was, told,
        puts: shelf.asked.filter(([call]) => call === 'put').map((call) => call[3]),
        after: opened.troubles() };""")  # fmt: skip
    assert found["first"] == [False, False]
    assert found["troubles"] == ["full"]
    assert found["there"] == ["read/m01", "read/m02"]
    assert found["kept"] is True
    assert found["puts"] == ["read/m01", "read/m02", "me", "read/m01", "read/m02", "me"]
    assert found["after"] == []
    assert found["told"] == [["read/m01", []], [None, ["full"]], ["read/m02", ["full"]],
                             ["me", ["full"]], [None, []]]  # fmt: skip


def test_what_is_not_kept_is_tried_again_by_itself_as_long_as_it_takes(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      shelf.answers = Array(3).fill({ kept: false, trouble: 'full' });
      await opened.put('read/m01', read({}));
      await opened.put('read/m02', read({}));
      const waits = clock.map(([, wait]) => wait);
      const turn = async () => {
        clock.splice(0).forEach(([action]) => action());
        for (let at = 0; at < 20; at += 1) await null;
        return [opened.troubles(), shelf.asked.length - 1, clock.length];
      };
      return { waits, turns: [await turn(), await turn(), await turn()] };""")  # fmt: skip
    # The second one takes the place of the first; the first that is not kept ends the try.
    assert found["waits"] == [15000]
    assert found["turns"] == [[["full"], 3, 1], [[], 5, 0], [[], 5, 0]]


def test_what_was_kept_late_once_is_kept_late_again(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const states = [];
      for (const minute of [1, 2]) {
        shelf.answers = [{ kept: false, trouble: 'full' }];
        await opened.put('me', me('Ada', minute));
        states.push(opened.troubles());
        clock.splice(0).forEach(([action]) => action());
        for (let at = 0; at < 20; at += 1) await null;
        states.push(opened.troubles());
      }
      return states;""")  # fmt: skip
    assert found == [["full"], [], ["full"], []]


def test_what_was_put_back_is_not_written_over_by_what_was_not_kept(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      shelf.answers = [{ kept: false, trouble: 'full' }];
      await opened.put('me', me('Ada', 9));
      await opened.restore({ me: me('Old', 1) });
      clock.splice(0).forEach(([action]) => action());
      for (let at = 0; at < 20; at += 1) await null;
      return [opened.get('me').name, shelf.asked.filter(([call]) => call === 'put').length];
    """)  # fmt: skip
    assert found == ["Old", 1]


def test_what_the_shelf_has_brought_together_is_what_the_page_shows(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const told = [];
      opened.listen((key) => told.push([key, opened.get('me').name]));
      shelf.answers = [{ entry: me('Ann', 9) }];
      await opened.put('me', me('Ada'));
      return [opened.get('me').name, told];""")  # fmt: skip
    assert found == ["Ann", [["me", "Ada"], ["me", "Ann"]]]


def test_a_trouble_that_does_not_pass_stays_said(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf({ troubles: ['newer', 'kernel'] });
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const before = opened.troubles();
      await opened.put('me', me('Ada'));
      return [before, opened.troubles()];""")  # fmt: skip
    assert found == [["newer", "kernel"], ["newer"]]


def test_what_another_page_wrote_is_heard_and_brought_together(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf({ entries: { me: me('Ada', 5) } });
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const told = [];
      opened.listen((key) => told.push(key));
      const opening = shelf.asked.length;
      shelf.watching('other', 'a', 'me', me('x', 9));
      shelf.watching('c', 'b', 'me', me('x', 9));
      const others = opened.get('me').name;
      shelf.watching('c', 'a', 'me', me('Ann', 9));
      const later = opened.get('me').name;
      const puts = shelf.asked.length;
      const before = puts - opening;
      shelf.watching('c', 'a', 'me', me('Old', 1)); // which wrote over what this page has
      const [call, , , key, entry] = shelf.asked[shelf.asked.length - 1];
      const still = opened.get('me').name;
      shelf.watching('c', 'a', 'me', null);
      return { others, before, later, still, told, back: [call, key, entry.name],
        more: shelf.asked.length - puts, gone: opened.get('me') };""")  # fmt: skip
    assert found == {
        "others": "Ada", "before": 0, "later": "Ann", "still": "Ann", "told": ["me", "me", "me"],
        "back": ["put", "me", "Ann"], "more": 1, "gone": None,
    }  # fmt: skip


def test_who_no_longer_listens_is_told_nothing_and_all_others_are(engine: Engine) -> None:
    found = asked(engine, """
      const opened = store.open({ course: 'c', shelf: shelfOf() });
      await opened.load();
      const told = [];
      const stop = opened.listen(() => { told.push('once'); stop(); });
      opened.listen(() => told.push('always'));
      await opened.put('me', me('Ada'));
      stop();
      await opened.put('me', me('Ann', 5));
      return told;""")  # fmt: skip
    assert found == ["once", "always", "always"]


PAGE = """
  const events = {};
  const reloads = [];
  globalThis.addEventListener = (kind, action) => { events[kind] = action; };
  globalThis.document = { hidden: false, addEventListener: globalThis.addEventListener };
  globalThis.location = { reload: () => reloads.push(1) };
  const turn = async () => { for (let at = 0; at < 20; at += 1) await null; };
  const away = () => ['addEventListener', 'document', 'location'].forEach(
    (name) => delete globalThis[name]);
"""


def test_a_page_that_is_left_keeps_what_was_not_kept(engine: Engine) -> None:
    found = asked(engine, PAGE + """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      shelf.answers = [{ kept: false, trouble: 'full' }];
      await opened.put('me', me('Ada'));
      let answer;
      shelf.put = (...args) => new Promise((resolve) => {
        shelf.asked.push(args);
        answer = resolve;
      });
      const before = shelf.asked.length;
      events.visibilitychange();
      const shown = shelf.asked.length - before;
      document.hidden = true;
      events.visibilitychange();
      events.pagehide(); // while it is being kept
      const hidden = shelf.asked.length - before;
      answer({ kept: true, entry: me('Ada') });
      await turn();
      const troubles = opened.troubles();
      events.pagehide();
      away();
      return [shown, hidden, troubles, shelf.asked.length - before, reloads.length];
    """)  # fmt: skip
    assert found == [0, 1, [], 1, 0]


def test_a_page_that_comes_back_is_of_the_learner_who_was_chosen_meanwhile(
    engine: Engine,
) -> None:
    found = asked(engine, PAGE + """
      const shelf = shelfOf({ entries: { me: me('Ada') } });
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const states = [];
      const note = () => states.push([opened.get('me').name, reloads.length]);
      shelf.opened = { ...shelf.opened, entries: { me: me('Ann', 9) } };
      events.pageshow({ persisted: false });
      await turn();
      note();
      events.pageshow({ persisted: true });
      await turn();
      note();
      shelf.watching('c', 'a', 'current', null);
      events.visibilitychange();
      note();
      shelf.watching('c', 'b', 'current', null);
      document.hidden = true;
      events.visibilitychange();
      note();
      document.hidden = false;
      events.visibilitychange();
      note();
      shelf.opened = { ...shelf.opened, learner: 'b', entries: { me: me('Bob', 12) } };
      events.pageshow({ persisted: true });
      await turn();
      note();
      away();
      return states;""")  # fmt: skip
    assert found == [["Ada", 0], ["Ann", 0], ["Ann", 0], ["Ann", 0], ["Ann", 1], ["Ann", 2]]


def test_a_page_of_a_learner_who_is_named_stays_with_that_one(engine: Engine) -> None:
    found = asked(engine, PAGE + """
      const shelf = shelfOf({ learner: 'a' });
      const opened = store.open({ course: 'c', learner: 'a', shelf });
      await opened.load();
      shelf.watching('c', 'b', 'current', null);
      events.visibilitychange();
      shelf.opened = { ...shelf.opened, learner: 'b' };
      events.pageshow({ persisted: true });
      await turn();
      away();
      return reloads.length;""")  # fmt: skip
    assert found == 0


def test_a_page_around_may_bring_the_shelf_of_its_course(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf({ entries: { me: me('Ada') } });
      globalThis.parent = { imlHost: { course: 'hosted', shelf, texts: { 'a.b': 'x' } } };
      try {
        const opened = store.open({ course: 'hosted' });
        await opened.load();
        const other = store.open({ course: 'not hosted' });
        return [opened.hosted, opened.get('me').name, other.hosted];
      } finally { delete globalThis.parent; delete imlPlayer.texts.hosted; }""")  # fmt: skip
    assert found == [True, "Ada", False]


def test_in_one_file_the_record_may_live_as_long_as_the_window(engine: Engine) -> None:
    found = asked(engine, """
      globalThis.localStorage = undefined;
      imlPlayer.file = { lent: kept };
      try {
        const shelf = shelves.local();
        const put = shelf.put('c', 'a', 'me', me('Ada'));
        return [put.kept, shelf.open('c', 'a').troubles, Object.keys(all())];
      } finally { delete imlPlayer.file; }""")  # fmt: skip
    assert found == [True, ["window"], ["c/a/me"]]


def test_what_is_written_after_what_was_heard_is_later_than_it(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf();
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      const ahead = { ...me('Ada'), at: '2099-01-01T00:00:00.000Z' };
      shelf.watching('c', 'a', 'me', ahead);
      await store.setMe(opened, { role: 'ngo' });
      await store.setMe(opened, { name: 'Ann' });
      const { name, role } = opened.get('me');
      return [name, role];""")  # fmt: skip
    assert found == ["Ann", "ngo"]


def test_what_the_store_is_told_to_do_is_done_on_its_shelf_and_told(engine: Engine) -> None:
    found = asked(engine, """
      const shelf = shelfOf({ entries: { me: me('Ada', 5), 'read/m01': read({}),
        'read/m02': read({}) } });
      const opened = store.open({ course: 'c', shelf });
      await opened.load();
      shelf.asked.length = 0;
      const told = [];
      opened.listen((key) => told.push(key));
      const restored = await opened.restore({ me: me('Old', 1), 'read/m01': null });
      const after = [opened.get('me').name, opened.get('read/m01')];
      opened.setAside('read/m02');
      const aside = [opened.get('read/m02'), opened.troubles()];
      const other = await opened.putFor('b', 'me', me('Bob'));
      const chose = await opened.choose('b');
      const gone = await opened.remove();
      return { restored, after, aside, other, chose, gone, told, keys: opened.keys(''),
        asked: shelf.asked.map((call) => call.slice(0, 4)), old: me('Old', 1) };""")  # fmt: skip
    assert (found["restored"], found["other"], found["chose"], found["gone"]) == (True,) * 4
    assert found["after"] == ["Old", None]
    assert found["aside"] == [None, ["damaged"]]
    assert found["told"] == ["me", "read/m01", None]
    assert found["keys"] == []
    assert found["asked"] == [
        ["restore", "c", "a", {"me": found["old"], "read/m01": None}],
        ["setAside", "c", "a", "read/m02"],
        ["put", "c", "b", "me"],
        ["choose", "c", "b"],
        ["remove", "c", "a"],
    ]


def test_the_same_store_is_given_to_whoever_asks_for_the_same_record(engine: Engine) -> None:
    found = asked(engine, """
      const one = store.open({ course: 'x' });
      const named = store.open({ course: 'x', learner: 'a', frame: 'deep/down/frame.html' });
      const shelf = shelfOf();
      return [one === store.open({ course: 'x' }), one === named,
        one === store.open({ course: 'y' }), store.open({ shelf }) === store.open({ shelf }),
        named === store.open({ course: 'x', learner: 'a' }), named.learner, one.learner,
        named.files, one.files === undefined, one.hosted];""")  # fmt: skip
    assert found == [True, False, False, False, True, "a", None, "deep/down/", True, False]


def test_a_record_has_a_name_that_stays_and_that_no_other_has(engine: Engine) -> None:
    found = asked(engine, """
      const [one, other] = [store.open({ shelf: shelfOf() }), store.open({ shelf: shelfOf() })];
      await one.load();
      await store.setMe(one, { name: 'Ada' });
      const account = store.accountOf(one);
      return { account, same: store.accountOf(one) === account,
        another: store.accountOf(other) !== account, name: one.get('me').name };""")  # fmt: skip
    assert len(found["account"]) == 24
    assert int(found["account"], 16) >= 0
    assert (found["same"], found["another"], found["name"]) == (True, True, "Ada")
