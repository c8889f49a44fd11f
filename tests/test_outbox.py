"""What waits to be told to a record store: nothing is lost, and nothing is told twice."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Engine

_WORLD = Path(__file__).with_name("outbox_world.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def world(engine: Engine) -> Engine:
    engine.evaluate(f"(() => {{ {_WORLD} }})")
    return engine


def told(world: Engine, code: str, faults: list[Any] | None = None) -> Any:
    """Run something in a world whose store answers with these faults first."""
    return world.evaluate(
        f"""async (faults) => {{
          const w = worldOf(faults);
          const bind = w.bind('now');
          {code}
        }}""",
        faults or [],
    )


def test_statements_that_come_together_are_sent_together_in_their_order(world: Engine) -> None:
    log = told(
        world,
        """
        const { box } = w.window();
        box.open('now', w.send, bind);
        for (const id of ['a', 'b', 'c']) box.add(w.made(id, 'now'), 'now');
        await w.pass();
        return [w.log.map(([ids, status]) => [ids, status]), w.kept.size, w.state().waiting];
        """,
    )
    assert log == [[[["a", "b", "c"], 200]], 0, 0]


def test_who_waits_for_a_batch_that_is_on_its_way_waits_for_what_came_after_it_too(
    world: Engine,
) -> None:
    found = told(
        world,
        """
        const { box } = w.window();
        let free;
        const until = new Promise((resolve) => { free = resolve; });
        box.open('now', (body) => until.then(() => w.send(body)), bind);
        box.add(w.made('a', 'now'), 'now');
        await w.pass(500);
        box.add(w.made('b', 'now'), 'now');
        const seen = [];
        const waiting = box.flush().then(() => { seen.push(w.held.size, w.kept.size); });
        await w.pass(500);
        seen.push('on its way');
        free();
        await waiting;
        return seen;
        """,
    )
    assert found == ["on its way", 2, 0]


def test_what_comes_while_a_busy_store_answers_does_not_shorten_the_wait_it_asks_for(
    world: Engine,
) -> None:
    times = told(
        world,
        """
        const { box } = w.window();
        let free;
        let until = new Promise((resolve) => { free = resolve; });
        box.open('now', (body) => until.then(() => w.send(body)), bind);
        box.add(w.made('a', 'now'), 'now');
        await w.pass(500);
        box.add(w.made('b', 'now'), 'now');
        free();
        await w.pass(3e5);
        return w.log.map(([ids, status, , at]) => [ids.length, status, at - w.log[0][3] >= 60000]);
        """,
        [[429, 60_000]],
    )
    assert times == [[1, 429, False], [2, 200, True]]


def test_a_busy_store_is_asked_again_ever_more_seldom_and_when_it_says(world: Engine) -> None:
    times = told(
        world,
        """
        const { box } = w.window();
        box.open('now', w.send, bind);
        box.add(w.made('a', 'now'), 'now');
        const before = w.now();
        await w.pass(3e5);
        return w.log.map(([, status, , at]) => [status, Math.round((at - before) / 1000)]);
        """,
        [0, 503, [429, 60_000], 500, 0],
    )
    assert [status for status, _ in times] == [0, 503, 429, 500, 0, 200]
    pauses = [b - a for (_, a), (_, b) in pairwise(times)]
    assert pauses == [2, 4, 60, 16, 32]


def test_a_store_that_is_back_is_told_at_once(world: Engine) -> None:
    sent = told(
        world,
        """
        const { box } = w.window();
        box.open('now', w.send, bind);
        box.add(w.made('a', 'now'), 'now');
        await w.pass(100000);
        const before = w.now();
        box.hurry();
        await w.pass(0);
        return [w.held.size, w.now() - before];
        """,
        [0] * 5,
    )
    assert sent == [1, 0]


def test_one_that_the_store_will_not_have_is_found_kept_and_named(world: Engine) -> None:
    names = [f"s{number}" for number in range(12)]
    found = told(
        world,
        f"""
        w.refuses.add('s7');
        let {{ box, die }} = w.window();
        box.open('now', w.send, bind);
        for (const id of {names}) box.add(w.made(id, 'now'), 'now');
        await w.pass();
        const named = w.state().refused.map((one) => [one.statement.id, one.refused]);
        const first = [w.held.size, named];
        const asked = w.log.length;
        // The next launch tries it once more.
        die();
        ({{ box }} = w.window());
        box.open('later', w.send, w.bind('later'));
        await w.pass();
        const second = [w.held.size, w.kept.size, w.log.length - asked];
        w.refuses.clear();
        ({{ box }} = w.window());
        box.open('last', w.send, w.bind('last'));
        await w.pass();
        return [first, asked, second, w.held.size, w.kept.size];
        """,
    )
    assert found[0] == [11, [["s7", "400 no"]]]
    assert found[1] < 10  # halves, not one by one
    assert found[2:] == [[11, 1, 1], 12, 0]


def test_a_session_that_has_ended_keeps_everything_for_the_next_one(world: Engine) -> None:
    found = told(
        world,
        """
        let { box, die } = w.window();
        box.open('now', w.send, bind);
        box.add(w.made('a', 'now'), 'now');
        await w.pass();
        const stopped = w.state().stopped;
        box.add(w.made('b', ''), '');
        await w.pass();
        const before = [w.held.size, w.log.length];
        die();
        ({ box } = w.window());
        box.open('next', w.send, w.bind('next'));
        await w.pass();
        return [stopped, before, Array.from(w.held.values(), (one) => [one.id, one.session])];
        """,
        [401],
    )
    assert found == [True, [0, 1], [["a", "now"], ["b", "next"]]]


def test_what_an_abandoned_session_may_not_say_is_said_in_the_next(world: Engine) -> None:
    """The platform refuses it then; what the session said of itself is worth nothing any more."""
    found = told(
        world,
        """
        const again = ({ statement }) => (/ed$/.test(statement.verb.id) &&
          !/(initializ|terminat)ed$/.test(statement.verb.id)
          ? Object.assign({}, statement, { session: 'next' }) : null);
        let { box, die } = w.window(again);
        box.open('lost', w.send, w.bind('lost'));
        box.add(w.made('i', 'lost', 'initialized'), 'lost');
        box.add(w.made('a', 'lost'), 'lost');
        box.add(w.made('t', 'lost', 'terminated'), 'lost');
        await w.pass(1000);
        die();
        w.gone.add('lost');
        ({ box } = w.window(again));
        box.open('next', w.send, w.bind('next'));
        box.add(w.made('n', 'next', 'initialized'), 'next');
        await w.pass();
        return [Array.from(w.held.values(), (one) => [one.id, one.session]), w.kept.size];
        """,
        [0],
    )
    assert found == [[["n", "next"], ["a", "next"]], 0]


def test_a_page_that_closes_sends_what_fits_and_the_rest_comes_next_time(world: Engine) -> None:
    found = told(
        world,
        """
        let { box, die } = w.window();
        box.open('now', w.send, bind);
        for (let n = 0; n < 30; n += 1) {
          box.add(Object.assign(w.made('s' + n, 'now'), { more: 'x'.repeat(4000) }), 'now');
        }
        box.close(62000);
        die();
        const sent = w.log.map(([ids, , size]) => [ids.length, size <= 62000]);
        const there = w.held.size;
        ({ box } = w.window());
        box.open('next', w.send, w.bind('next'));
        await w.pass();
        return [sent, there, w.held.size, w.kept.size];
        """,
    )
    assert found[0] == [[15, True]]
    assert found[1:] == [15, 30, 0]


def test_two_windows_tell_nothing_twice_and_lose_nothing(world: Engine) -> None:
    found = told(
        world,
        """
        const one = w.window();
        one.box.open('one', w.send, w.bind('one'));
        one.box.add(w.made('a', 'one'), 'one');
        const two = w.window();
        two.box.open('two', w.send, w.bind('two'));
        two.box.add(w.made('b', 'two'), 'two');
        one.box.add(w.made('c', 'one'), 'one');
        await w.pass();
        return [Array.from(w.held.keys()).sort(), w.kept.size, w.state().refused.length];
        """,
    )
    assert found == [["a", "b", "c"], 0, 0]


def test_a_browser_that_keeps_nothing_is_told_and_still_sends(world: Engine) -> None:
    found = told(
        world,
        """
        const { box } = w.window(null, false);
        box.add(w.made('a', ''), '');
        const before = w.state().unstored;
        box.open('now', w.send, bind);
        await w.pass();
        w.fill(true);
        const full = w.window().box;
        full.add(w.made('b', ''), '');
        const later = w.state().unstored;
        full.open('now', w.send, bind);
        await w.pass();
        return [before, later, w.state().unstored, Array.from(w.held.keys())];
        """,
        [0],
    )
    assert found == [1, 1, 0, ["a", "b"]]


FAULT = st.sampled_from([None, None, 0, "lost", 500, 503, 429, 401])
STEP = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 4)),
    st.just(("pass", 500)),
    st.just(("pass", 20_000)),
    st.just(("die", 0)),
    st.just(("close", 0)),
    st.just(("other", 0)),
)


@settings(max_examples=60)
@given(st.lists(STEP, max_size=14), st.lists(FAULT, max_size=12))
def test_whatever_happens_each_statement_is_in_the_store_once(
    world: Engine, steps: list[tuple[str, int]], faults: list[Any]
) -> None:
    """Windows close or die, answers are lost, the network and the token go; then there is peace."""
    found = world.evaluate(
        """async ([steps, faults]) => {
          const w = worldOf(faults.map((one) => (one === null ? undefined : one)));
          const all = [];
          let session = 0;
          let windows = [];
          function open() {
            session += 1;
            const name = 'session' + session;
            const one = Object.assign(w.window(), { name });
            one.box.open(name, w.send, w.bind(name));
            windows.push(one);
          }
          open();
          for (const [step, count] of steps) {
            const own = windows[windows.length - 1];
            if (step === 'add') {
              for (let n = 0; n < count; n += 1) {
                all.push('s' + all.length);
                own.box.add(w.made(all[all.length - 1], own.name), own.name);
              }
            } else if (step === 'pass') await w.pass(count);
            else if (step === 'other') open();
            else {
              for (const one of windows) {
                if (step === 'close') one.box.close(62000);
                one.die();
              }
              windows = [];
              open();
            }
          }
          for (const one of windows) one.die();
          w.plan.length = 0;
          open();
          await w.pass();
          const last = w.window();
          last.box.open('last', w.send, w.bind('last'));
          await w.pass();
          return [all.sort(), Array.from(w.held.keys()).sort(), w.kept.size];
        }""",
        [steps, faults],
    )
    assert found[0] == found[1]
    assert found[2] == 0
