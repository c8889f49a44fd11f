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
      const underWay = Object.keys(all());
      await answer();
      return { kept: await put, underWay, own: all(), far: farAway(), troubles: opened.troubles(),
        ada: me('Ada') };""")  # fmt: skip
    assert found["kept"] is True
    assert found["underWay"] == ["c/me/writing/me"]
    assert found["own"] == {}
    assert found["far"] == {"c/me/me": found["ada"]}
    assert found["troubles"] == []


def test_what_was_under_way_when_the_page_was_left_is_handed_over_the_next_time(
    engine: Engine,
) -> None:
    found = seen(engine, """
      const first = visit();
      first.load();
      await ready();
      first.put('me', me('Ada'));
      await turn();
      const again = visit();
      again.load();
      await ready();
      await answer();
      return { name: again.get('me').name, own: all(),
        far: farAway()['c/me/me'].name };""")  # fmt: skip
    assert found == {"name": "Ada", "own": {}, "far": "Ada"}


def test_what_is_put_before_the_frame_has_spoken_is_not_lost_with_the_page(engine: Engine) -> None:
    found = seen(engine, """
      farShelf.choose('c', 'b');
      const first = visit();
      first.load();
      first.put('me', me('Bob'));
      await turn();
      const again = visit();
      again.load();
      await ready();
      await answer();
      return { name: again.get('me').name, own: all(),
        far: Object.keys(farAway()) };""")  # fmt: skip
    assert found == {"name": "Bob", "own": {}, "far": ["c/current", "c/b/me"]}


def test_where_the_frame_never_comes_each_page_keeps_its_own_and_says_so(engine: Engine) -> None:
    found = seen(engine, """
      const left = visit();
      left.load();
      left.put('read/m01', read({}));
      await turn();
      const first = visit();
      first.load();
      await tooLong();
      const kept = await first.put('me', me('Ada'));
      const again = visit();
      again.load();
      await tooLong();
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
        const alone = visit();
        alone.load();
        await tooLong();
        meanwhile.push(alone.get('me') && alone.get('me').name);
        if (name) await alone.put('me', me(name, name === 'Ann' ? 9 : 0));
      }
      const again = visit();
      again.load();
      await ready();
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
      const opened = visit();
      opened.load();
      await tooLong();
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
      const opened = visit();
      opened.load();
      await ready();
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
          const alone = visit();
          alone.load();
          await tooLong();
          await alone.put('me', me('Ada'));
          const opened = visit();
          opened.load();
          if (there) await ready();
          else await tooLong();
          await answer();
          undo(opened);
          await answer();
          if (!there) {
            const still = visit();
            still.load();
            await tooLong();
            come.push(still.keys(''));
          }
          const again = visit();
          again.load();
          await ready();
          await answer();
          const left = Object.keys(farAway()).filter((key) => !key.includes('aside'));
          come.push([again.keys(''), left]);
        }
      }
      return come;""")  # fmt: skip
    assert found == [[], [[], []], [[], []]] * 3


def test_what_is_older_than_what_the_frame_has_is_not_put_in_its_place(engine: Engine) -> None:
    found = seen(engine, """
      const names = [];
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ada'));
      await alone.put('read/m01', read({}));
      shelves.local().put('c', 'me', 'me', me('Ann', 9));
      const still = visit();
      still.load();
      await tooLong();
      names.push(still.get('me').name);
      farShelf.put('c', 'me', 'me', me('Amy', 12));
      const again = visit();
      again.load();
      await ready();
      names.push(again.get('me').name);
      await answer();
      return [names, farAway()['c/me/me'].name, Object.keys(farAway())];""")  # fmt: skip
    assert found == [["Ann", "Amy"], "Amy", ["c/me/me", "c/me/read/m01"]]


def test_what_is_put_back_leaves_the_notes_of_all_else(engine: Engine) -> None:
    found = seen(engine, """
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ada'));
      await alone.put('read/m01', read({}));
      await alone.restore({ me: null });
      const again = visit();
      again.load();
      await ready();
      await answer();
      return Object.keys(farAway());""")  # fmt: skip
    assert found == ["c/me/read/m01"]


def test_what_is_put_back_without_the_frame_is_handed_over_as_it_was_put_back(
    engine: Engine,
) -> None:
    found = seen(engine, """
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ann', 9));
      const kept = await alone.restore({ me: me('Ada') });
      const again = visit();
      again.load();
      await ready();
      await answer();
      return [kept, again.get('me').name, farAway()['c/me/me'].name];""")  # fmt: skip
    assert found == [True, "Ada", "Ada"]


def test_who_has_said_who_is_learning_keeps_the_answers_given_without_the_frame(
    engine: Engine,
) -> None:
    found = seen(engine, """
      shelves.local().choose('c', 'me');
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ada'));
      await alone.choose('me'); // once more
      const keys = [];
      for (const learner of ['b', 'me']) {
        farShelf.choose('c', learner);
        const again = visit();
        again.load();
        await ready();
        await answer();
        keys.push(again.keys(''));
      }
      return keys;""")  # fmt: skip
    assert found == [[], ["me"]]


def test_the_record_of_a_learner_who_is_named_takes_no_notes_of_others(engine: Engine) -> None:
    found = seen(engine, """
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ada'));
      const other = visit('b');
      other.load();
      await ready();
      await answer();
      const own = visit();
      own.load();
      await ready();
      await answer();
      return [other.keys(''), own.keys('')];""")  # fmt: skip
    assert found == [[], ["me"]]


def test_where_all_files_share_a_storage_nothing_is_done_twice(engine: Engine) -> None:
    found = seen(engine, """
      far.held = kept.held;
      const opened = visit();
      opened.load();
      await ready();
      opened.put('me', me('Ada'));
      await answer();
      const put = all();
      const alone = visit();
      alone.load();
      await tooLong();
      await alone.put('me', me('Ann', 9));
      await alone.choose('b');
      const again = visit();
      again.load();
      await ready();
      await answer();
      return { put, name: again.learner, all: all(), ada: me('Ada'),
        ann: me('Ann', 9) };""")  # fmt: skip
    assert found["put"] == {"c/me/me": found["ada"]}
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
