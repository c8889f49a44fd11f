"""The record on local pages of a browser that gives each file a storage of its own.

A hidden frame holds it for all pages. Whatever the frame does, no answer is lost, and none is given
to another learner.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import Engine
from test_record_shelf import asked

WORLD = (Path(__file__).parent / "framed_world.js").read_text("utf-8")


def seen(engine: Engine, code: str) -> Any:
    """What some code gives that works with the page, its storage and the frame's."""
    return asked(engine, f"{WORLD}\ntry {{ {code} }} finally {{ leave(); }}")


def test_what_is_put_lies_with_the_frame_and_nothing_of_it_in_the_page(engine: Engine) -> None:
    found = seen(engine, """
      const opened = visit();
      const loaded = opened.load();
      await ready();
      await loaded;
      const put = opened.put('me', me('Ada'));
      await turn();
      const underWay = Object.keys(all()).filter((key) => key !== 'c/heard');
      await answer();
      return { kept: await put, underWay, own: all(), far: farAway(), troubles: opened.troubles(),
        ada: me('Ada') };""")  # fmt: skip
    assert found["kept"] is True
    assert found["underWay"] == ["c/me/writing/me"]
    assert found["own"] == {"c/heard": "me"}
    assert found["far"] == {"c/me/me": found["ada"]}
    assert found["troubles"] == []


def test_what_was_under_way_when_the_page_was_left_is_handed_over_the_next_time(
    engine: Engine,
) -> None:
    found = seen(engine, """
      const first = await framed();
      first.put('me', me('Ada'));
      await turn();
      const again = await framed();
      await answer();
      return { name: again.get('me').name, own: all(),
        far: farAway()['c/me/me'].name };""")  # fmt: skip
    assert found == {"name": "Ada", "own": {"c/heard": "me"}, "far": "Ada"}


def test_what_is_put_before_the_frame_has_spoken_is_not_lost_with_the_page(engine: Engine) -> None:
    found = seen(engine, """
      farShelf.choose('c', 'b');
      const first = visit();
      first.load();
      first.put('me', me('Bob'));
      await turn();
      const again = await framed();
      await answer();
      return { name: again.get('me').name, own: all(),
        far: Object.keys(farAway()) };""")  # fmt: skip
    assert found == {"name": "Bob", "own": {"c/heard": "b"}, "far": ["c/current", "c/b/me"]}


def test_where_the_frame_never_comes_each_page_keeps_its_own_and_says_so(engine: Engine) -> None:
    found = seen(engine, """
      const left = visit();
      left.load();
      left.put('read/m01', read({}));
      await turn();
      const first = await unframed();
      const kept = await first.put('me', me('Ada'));
      const again = await unframed();
      return { kept, troubles: again.troubles(), keys: again.keys('').sort(),
        far: farAway() };""")  # fmt: skip
    assert found == {"kept": True, "troubles": ["alone"], "keys": ["me", "read/m01"], "far": {}}


@pytest.mark.parametrize("learner", ["", "b"])
def test_what_was_kept_without_the_frame_is_handed_over_when_it_is_back(
    engine: Engine, learner: str
) -> None:
    """Whether the page knew meanwhile who is learning, or not."""
    chosen = f"farShelf.choose('c', '{learner}'); shelves.local().choose('c', '{learner}');"
    found = seen(engine, (chosen if learner else "") + """
      const who = farShelf.open('c').learner;
      farShelf.put('c', who, 'read/m01', read({}));
      const meanwhile = [];
      for (const name of ['Ada', 'Ann', '']) {
        const alone = await unframed();
        meanwhile.push(alone.get('me') && alone.get('me').name);
        if (name) await alone.put('me', me(name, name === 'Ann' ? 9 : 0));
      }
      const again = await framed();
      await answer();
      const notes = Object.keys(all()).filter((key) => key.includes('writing'));
      return { name: again.get('me').name, keys: again.keys(''), troubles: again.troubles(), notes,
        far: farAway()[`c/${who}/me`].name, meanwhile };""")  # fmt: skip
    assert found["name"] == found["far"] == "Ann"
    assert found["meanwhile"] == [None, "Ada", "Ann"]
    assert sorted(found["keys"]) == ["me", "read/m01"]
    assert (found["troubles"], found["notes"]) == ([], [])


def test_a_frame_that_comes_late_is_asked_and_the_page_is_no_longer_alone(engine: Engine) -> None:
    found = seen(engine, """
      farShelf.put('c', 'me', 'read/m01', read({}));
      const opened = visit();
      const told = [];
      opened.listen((key) => told.push(key));
      opened.load();
      await tooLong();
      await opened.put('me', me('Ada'));
      const before = [opened.troubles(), opened.keys('')];
      told.length = 0;
      await ready();
      await answer();
      return { before, troubles: opened.troubles(), keys: opened.keys(''), told,
        far: farAway()['c/me/me'].name, reloaded: Boolean(page.reloaded) };""")  # fmt: skip
    assert found["before"] == [["alone"], ["me"]]
    assert (found["troubles"], sorted(found["keys"])) == ([], ["me", "read/m01"])
    assert {"me", "read/m01", None} >= set(found["told"]) >= {"read/m01", None}
    assert (found["far"], found["reloaded"]) == ("Ada", False)


def test_a_late_frame_that_knows_who_is_learning_gets_the_answers_of_that_learner(
    engine: Engine,
) -> None:
    found = seen(engine, """
      farShelf.put('c', 'me', 'me', me('Ada'));
      farShelf.put('c', 'b', 'me', me('Bob'));
      farShelf.choose('c', 'b');
      const opened = await unframed();
      await opened.put('read/m01', read({}));
      await ready();
      await answer();
      return { reloaded: page.reloaded, far: Object.keys(farAway()) };""")  # fmt: skip
    assert found["reloaded"] is True
    assert found["far"] == ["c/me/me", "c/b/me", "c/current", "c/b/read/m01"]


def test_a_frame_that_is_there_and_does_not_answer_holds_nobody_up(engine: Engine) -> None:
    """Its storage may be slow for a while; what it answers in the end is taken in."""
    found = seen(engine, """
      farShelf.put('c', 'me', 'read/m01', read({}));
      const opened = visit();
      const loaded = opened.load();
      say({ imlStore: 'ready' });
      await turn();
      const asked = page.posted.splice(0);
      await tooLong();
      await loaded;
      const put = opened.put('me', me('Ada'));
      await turn();
      asked.push(...page.posted.splice(0));
      await tooLong();
      const kept = await put;
      const restoring = opened.restore({ me: me('Ann', 9) });
      await turn();
      asked.push(...page.posted.splice(0));
      await tooLong();
      const before = [opened.troubles(), opened.keys(''), kept, await restoring];
      page.posted.push(...asked);
      await answer();
      await answer();
      return { before, after: [opened.troubles(), opened.keys('').sort()] };""")  # fmt: skip
    assert found["before"] == [["alone"], ["me"], True, False]
    assert found["after"] == [[], ["me", "read/m01"]]


def test_a_later_entry_under_way_is_not_forgotten_with_an_earlier_one(engine: Engine) -> None:
    found = seen(engine, """
      const opened = await framed();
      opened.put('me', me('Ada'));
      await turn();
      const [first] = page.posted.splice(0);
      opened.put('me', me('Ann', 9));
      await turn();
      page.posted.splice(0);
      say({ imlStore: 'answer', number: first.number, value: farShelf.put(...first.args) });
      await turn();
      return all()['c/me/writing/me'].name;""")  # fmt: skip
    assert found == "Ann"


def test_what_is_taken_back_or_removed_or_set_aside_does_not_come_again(engine: Engine) -> None:
    found = seen(engine, """
      const come = [];
      for (const undo of [
        (opened) => opened.restore({ me: null }),
        (opened) => opened.remove(),
        (opened) => { opened.setAside('me'); },
      ]) {
        for (const there of [false, true]) {
          far.held.clear();
          kept.held.clear();
          const alone = await unframed();
          await alone.put('me', me('Ada'));
          const opened = visit();
          opened.load();
          if (there) await ready();
          else await tooLong();
          await answer();
          undo(opened);
          await answer();
          if (!there) {
            const still = await unframed();
            come.push(still.keys(''));
          }
          const again = await framed();
          await answer();
          const left = Object.keys(farAway()).filter((key) => !/aside|removed/.test(key));
          come.push([again.keys(''), left]);
        }
      }
      return come;""")  # fmt: skip
    assert found == [[], [[], []], [[], []]] * 3


def test_what_is_older_than_what_the_frame_has_is_not_put_in_its_place(engine: Engine) -> None:
    found = seen(engine, """
      const names = [];
      const alone = await unframed();
      await alone.put('me', me('Ada'));
      await alone.put('read/m01', read({}));
      shelves.local().put('c', 'me', 'me', me('Ann', 9));
      const still = await unframed();
      names.push(still.get('me').name);
      farShelf.put('c', 'me', 'me', me('Amy', 12));
      const again = await framed();
      names.push(again.get('me').name);
      await answer();
      return [names, farAway()['c/me/me'].name, Object.keys(farAway())];""")  # fmt: skip
    assert found == [["Ann", "Amy"], "Amy", ["c/me/me", "c/me/read/m01"]]


def test_what_is_put_back_leaves_the_notes_of_all_else(engine: Engine) -> None:
    found = seen(engine, """
      const alone = await unframed();
      await alone.put('me', me('Ada'));
      await alone.put('read/m01', read({}));
      const gone = await alone.restore({ me: null });
      const noted = Object.keys(all());
      const again = await framed();
      await answer();
      return [gone, noted, Object.keys(farAway())];""")  # fmt: skip
    assert found == [True, ["c//writing/read/m01"], ["c/me/read/m01"]]


def test_what_is_put_back_without_the_frame_is_handed_over_as_it_was_put_back(
    engine: Engine,
) -> None:
    found = seen(engine, """
      const alone = await unframed();
      await alone.put('me', me('Ann', 9));
      const kept = await alone.restore({ me: me('Ada') });
      const again = await framed();
      await answer();
      return [kept, again.get('me').name, farAway()['c/me/me'].name];""")  # fmt: skip
    assert found == [True, "Ada", "Ada"]


def test_who_has_said_who_is_learning_keeps_the_answers_given_without_the_frame(
    engine: Engine,
) -> None:
    found = seen(engine, """
      shelves.local().choose('c', 'me');
      const alone = await unframed();
      await alone.put('me', me('Ada'));
      await alone.choose('me'); // once more
      const keys = [];
      for (const learner of ['b', 'me']) {
        farShelf.choose('c', learner);
        const again = await framed();
        await answer();
        keys.push(again.keys(''));
      }
      return keys;""")  # fmt: skip
    assert found == [[], ["me"]]


# --- whose it is -------------------------------------------------------------------------------
#
# Each: what happens on a computer that Ada ('me' or 'a') and Bob ('b') share, and which entries of
# the frame are whose in the end. `m01` is an answer of the one who is at the computer by then.

TO_BOB = "farShelf.put('c', 'a', 'me', me('Ada')); farShelf.put('c', 'b', 'me', me('Bob'));"
WHOSE = {
    "the next learner is begun without the frame": (
        """const ada = await unframed(); await ada.put('read/m01', read({}));
        await ada.putFor('b', 'me', me('Bob', 5)); await ada.choose('b');
        const bob = await unframed(); await bob.put('read/m02', read({}));""",
        ["c/b/me", "c/b/read/m02", "c/me/read/m01"],
    ),
    "it was heard whose it is, and then nothing": (
        """farShelf.choose('c', 'a'); await framed();
        const ada = await unframed(); await ada.put('read/m01', read({}));
        farShelf.choose('c', 'b');""",
        ["c/a/me", "c/a/read/m01", "c/b/me"],
    ),
    "the page is left before anything is heard": (
        """farShelf.choose('c', 'a'); await framed();
        const ada = visit(); ada.load(); ada.put('read/m01', read({})); await turn();
        farShelf.choose('c', 'b');""",
        ["c/a/me", "c/a/read/m01", "c/b/me"],
    ),
    "another one was there before, and the frame comes late": (
        """farShelf.choose('c', 'a'); await framed(); farShelf.choose('c', 'b');
        const bob = await unframed(); await bob.put('read/m01', read({}));
        await ready(); await answer();""",
        ["c/a/me", "c/b/me", "c/b/read/m01"],
    ),
    "it is put when the frame is there and has not answered": (
        """farShelf.choose('c', 'b'); const bob = await unframed();
        say({ imlStore: 'ready' }); bob.put('read/m01', read({})); await answer(); await answer();
        bob.put('read/m02', read({})); await answer();""",
        ["c/a/me", "c/b/me", "c/b/read/m01", "c/b/read/m02"],
    ),
    "it is put while the page is about to be loaded anew": (
        """farShelf.choose('c', 'b'); const bob = await unframed();
        await ready(); bob.put('read/m01', read({})); await answer();""",
        ["c/a/me", "c/b/me", "c/b/read/m01"],
    ),
    "it is put after a frame that is there did not say who is learning": (
        """farShelf.choose('c', 'b'); const bob = visit(); bob.load(); say({ imlStore: 'ready' });
        await tooLong(); bob.put('read/m01', read({})); await answer(); await answer();""",
        ["c/a/me", "c/b/me", "c/b/read/m01"],
    ),
    "somebody was chosen here once, and another one is heard of": (
        """shelves.local().choose('c', 'a');
        farShelf.choose('c', 'b'); await framed();
        const bob = await unframed(); await bob.put('read/m01', read({}));
        farShelf.choose('c', 'a');""",
        ["c/a/me", "c/b/me", "c/b/read/m01"],
    ),
}


@pytest.mark.parametrize("case", WHOSE)
def test_each_answer_is_of_whoever_gave_it(engine: Engine, case: str) -> None:
    code, whose = WHOSE[case]
    before = "" if case.startswith("the next learner") else TO_BOB
    found = seen(engine, f"""{before} {code}
      for (const learner of [farShelf.chosen('c'), 'a', 'b']) {{
        if (learner) farShelf.choose('c', learner);
        await framed();
        await answer();
      }}
      return Object.keys(farAway()).filter((key) => key.includes('/me') || key.includes('read'));
    """)  # fmt: skip
    assert sorted(found) == whose


def test_where_all_files_share_a_storage_it_is_known_who_is_learning(engine: Engine) -> None:
    found = seen(engine, """
      far.held = kept.held;
      farShelf.choose('c', 'a');
      const ada = visit();
      ada.load();
      ada.put('read/m02', read({})); // before the frame has spoken
      await tooLong();
      await ada.put('read/m01', read({}));
      farShelf.put('c', 'b', 'me', me('Bob'));
      farShelf.choose('c', 'b');
      const bob = await unframed();
      const alone = bob.keys('');
      for (const learner of ['b', 'a']) {
        farShelf.choose('c', learner);
        await framed();
        await answer();
      }
      return [alone, Object.keys(all()).filter((key) => !/heard|current/.test(key)).sort()];
    """)  # fmt: skip
    assert found == [["me"], ["c/a/read/m01", "c/a/read/m02", "c/b/me"]]


def test_who_was_begun_without_the_frame_can_be_chosen_at_once_and_later(engine: Engine) -> None:
    found = seen(engine, """
      hold('c/d/me', me('Dan'));
      hold('c//writing/me', 'half of i');
      const alone = await unframed();
      await alone.putFor('b', 'me', me('Bob'));
      await alone.putFor('b', 'read/m01', read({}));
      await alone.putFor('d', 'me', me('Dan', 9));
      const again = await unframed();
      const there = await framed();
      await answer();
      const later = await framed();
      return [again.learners, later.learners];""")  # fmt: skip
    dan, bob = {"id": "d", "name": "Dan"}, {"id": "b", "name": "Bob"}
    assert found == [[dan, bob], [bob, dan]]


def test_a_page_that_knows_its_learner_is_not_loaded_anew_because_the_frame_is_slow(
    engine: Engine,
) -> None:
    found = seen(engine, """
      farShelf.choose('c', 'b');
      let shown;
      globalThis.addEventListener = (name, action) => {
        if (name === 'message') heard.push(action);
        if (name === 'pageshow') shown = action;
      };
      const bob = await framed();
      shown({ persisted: true });
      await tooLong();
      return [Boolean(page.reloaded), bob.learner, bob.troubles()];""")  # fmt: skip
    assert found == [False, "b", ["alone"]]


def test_the_record_of_a_learner_who_is_named_takes_no_notes_of_others(engine: Engine) -> None:
    found = seen(engine, """
      const alone = await unframed();
      await alone.put('me', me('Ada'));
      const other = await framed('b');
      await answer();
      const own = await framed();
      await answer();
      return [other.keys(''), own.keys('')];""")  # fmt: skip
    assert found == [[], ["me"]]


def test_where_all_files_share_a_storage_nothing_is_done_twice(engine: Engine) -> None:
    found = seen(engine, """
      far.held = kept.held;
      const opened = await framed();
      opened.put('me', me('Ada'));
      await answer();
      const put = all();
      const alone = await unframed();
      await alone.put('me', me('Ann', 9));
      await alone.choose('b');
      const again = await framed();
      await answer();
      return { put, name: again.learner, all: all(), ada: me('Ada'),
        ann: me('Ann', 9) };""")  # fmt: skip
    assert found["put"] == {"c/heard": "me", "c/me/me": found["ada"]}
    assert found["name"] == "b"
    assert found["all"]["c/me/me"] == found["ann"]


def test_only_the_frame_itself_is_listened_to(engine: Engine) -> None:
    found = seen(engine, """
      const opened = visit();
      opened.load();
      say({ imlStore: 'ready' }, {});
      await turn();
      const asked = page.posted.length;
      await ready();
      say({ imlStore: 'told', told: ['c', 'me', 'me', me('Eve')] }, {});
      const strange = opened.get('me');
      for (const data of [null, 7, 'x', [], { imlStore: 'told', told: 'x' },
        { imlStore: 'answer', number: 99, value: 1 }]) say(data);
      say({ imlStore: 'told', told: ['c', 'me', 'me', me('Ada')] });
      return [asked, strange, opened.get('me').name];""")  # fmt: skip
    assert found == [0, None, "Ada"]


# --- slow, full, and gone ----------------------------------------------------------------------


def test_what_takes_too_long_is_not_written_over_what_came_after_it(engine: Engine) -> None:
    found = seen(engine, """
      const opened = await framed();
      opened.put('me', me('Ada'));
      await turn();
      const [first] = page.posted.splice(0);
      const early = clock.splice(0);
      opened.put('me', me('Ann', 9));
      await turn();
      for (const [action, wait] of early) if (wait === 5000) action();
      await turn();
      const noted = all()['c/me/writing/me'].name;
      // And what is taken in the end is no longer noted, though it took too long.
      say({ imlStore: 'answer', number: first.number, value: farShelf.put(...first.args) });
      const still = all()['c/me/writing/me'].name;
      await tooLong();
      await answer();
      return [noted, still, Object.keys(all())];""")  # fmt: skip
    assert found == ["Ann", "Ann", ["c/heard"]]


def test_a_frame_that_always_takes_long_is_heard_in_the_end_and_asked_once(
    engine: Engine,
) -> None:
    found = seen(engine, """
      farShelf.put('c', 'me', 'me', me('Ada'));
      const opened = visit();
      opened.load();
      say({ imlStore: 'ready' });
      await tooLong();
      const asked = page.posted.length;
      await answer();
      return [asked, page.posted.length, opened.get('me').name, opened.troubles()];""")  # fmt: skip
    assert found == [1, 0, "Ada", []]


def test_what_the_frame_has_no_room_for_stays_noted(engine: Engine) -> None:
    found = seen(engine, """
      const opened = await framed();
      far.fails = 'QuotaExceededError';
      const put = opened.put('me', me('Ada'));
      await answer();
      return [await put, opened.troubles(), all()['c/me/writing/me'].name];""")  # fmt: skip
    assert found == [False, ["full"], "Ada"]


def test_where_the_page_may_keep_nothing_the_frame_still_does_and_says_so(engine: Engine) -> None:
    found = seen(engine, """
      farShelf.put('c', 'b', 'me', me('Bob'));
      kept.fails = 'SecurityError';
      const opened = await unframed();
      const alone = [await opened.put('read/m01', read({})), opened.troubles()];
      await ready();
      const put = opened.put('read/m02', read({}));
      await answer();
      return [alone, await put, opened.troubles(), opened.learners, Object.keys(farAway())];
    """)  # fmt: skip
    assert found[0] == [False, ["forbidden", "alone"]]
    assert found[1:4] == [True, [], [{"id": "b", "name": "Bob"}]]
    assert sorted(found[4]) == ["c/b/me", "c/me/read/m01", "c/me/read/m02"]


@pytest.mark.parametrize("left", ["alone", "under way"])
def test_what_a_page_has_noted_of_a_record_that_was_removed_elsewhere_is_gone_too(
    engine: Engine, left: str
) -> None:
    found = seen(engine, """
      const module = kept;
      const page_ = visit();
      page_.load();
      if (arg === 'alone') await tooLong();
      else await ready();
      page_.put('me', { ...me('Ada'), at: '2026-01-01T00:00:00.000Z' });
      await turn();
      globalThis.localStorage = new Shelved(); // My progress has a storage of its own
      const progress = await framed();
      progress.remove();
      await answer();
      globalThis.localStorage = module;
      const again = await framed();
      await answer();
      const put = again.put('read/m01', read({}));
      await answer();
      return [again.keys(''), Object.keys(farAway()), Object.keys(all())];""".replace(
        "arg ===", f"'{left}' ==="
    ))  # fmt: skip
    assert found == [["read/m01"], ["c/removed", "c/me/read/m01"], ["c/heard"]]


def test_what_could_not_be_removed_leaves_what_was_noted(engine: Engine) -> None:
    found = seen(engine, """
      const opened = await framed();
      opened.put('me', me('Ada'));
      await turn();
      page.posted.splice(0);
      far.unread = true;
      const removed = opened.remove();
      await answer();
      return [await removed, Object.keys(all())];""")  # fmt: skip
    assert found == [False, ["c/heard", "c/me/writing/me"]]


def test_what_could_not_be_put_back_leaves_what_was_noted(engine: Engine) -> None:
    found = seen(engine, """
      const left = await framed();
      left.put('me', me('Ada'));
      await turn();
      const opened = visit();
      opened.load();
      say({ imlStore: 'ready' });
      await tooLong();
      const restored = opened.restore({ me: me('Ann', 9) });
      await tooLong();
      const again = await framed();
      await answer();
      return [await restored, again.get('me').name];""")  # fmt: skip
    assert found == [False, "Ada"]


def test_what_is_restored_and_removed_without_the_frame_is_so_in_a_storage_that_all_share(
    engine: Engine,
) -> None:
    found = seen(engine, """
      far.held = kept.held;
      farShelf.put('c', 'me', 'me', me('Ann', 9));
      const alone = await unframed();
      const restored = await alone.restore({ me: me('Ada'), 'read/m01': read({}) });
      const again = await framed();
      const back = [again.get('me').name, again.keys('').sort()];
      const last = await unframed();
      const removed = await last.remove();
      const gone = await framed();
      return [restored, back, removed, gone.keys('')];""")  # fmt: skip
    assert found == [True, ["Ada", ["me", "read/m01"]], True, []]
