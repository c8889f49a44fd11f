"""Versions of a record: brought together alike in whatever order, and by what was written last."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Engine

IRI = "https://course.invalid/"
COURSE = {"id": "test", "iri": IRI, "title": "A course", "version": "1.0.0", "language": "en"}
Entry = dict[str, Any]

# Few moments, so that many things happen at the same one; some with a clock that was set.
times = st.integers(1, 5).map("2026-01-0{}T00:00:00.000Z".format)
stamps = st.fixed_dictionaries(
    {"at": times}, optional={"seq": st.integers(1767225600000, 1767225600004)}
)
shares = st.sampled_from([0, 0.5, 1])


def stamped(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry]:
    return st.tuples(stamps, st.fixed_dictionaries(fields)).map(lambda both: both[0] | both[1])


tries = stamped(response=st.sampled_from(["a", "b"]), points=shares)
reviews = stamped(box=st.integers(0, 4), due=times | st.none())
versions = st.tuples(
    stamped(
        item=st.sampled_from(["one", "two", "three"]),
        type=st.just("single"),
        response=st.sampled_from(["a", "b"]),
        points=shares,
        tries=st.integers(1, 3),
        first=tries,
        best=shares,
        shown=st.booleans(),
    ),
    st.none() | reviews,
).map(lambda both: both[0] | ({"review": both[1]} if both[1] else {}))
# What 0.1.0 kept of an earlier version of an item.
past = versions.map(
    lambda one: {n: one[n] for n in ("item", "response", "points", "at", "tries", "first")}
)
names = st.sampled_from(["a", "b", "c"])
ENTRIES = {
    "item/m06-i01": st.tuples(versions, st.lists(past | versions, max_size=2)).map(
        lambda both: {"v": 1, **both[0], "earlier": both[1]}
    ),
    "draft/m06-i27": stamped(
        v=st.just(1), item=st.just("one"), response=st.lists(names, max_size=2)
    ),
    "attempt/m06-quiz/x": st.tuples(
        stamped(
            v=st.just(1),
            test=st.just("m06-quiz"),
            begun=st.just("2026-01-01T00:00:00.000Z"),
            place=st.integers(0, 2),
            items=st.just([{"id": f"i{n}", "version": "v", "type": "single"} for n in range(3)]),
            answers=st.dictionaries(
                st.sampled_from(["i0", "i1", "i2"]),
                stamped(response=st.sampled_from(["a", "b", None])),
            ),
            results=st.dictionaries(st.sampled_from(["i0", "i1"]), shares),
        ),
        st.none() | st.tuples(times, shares),
    ).map(
        lambda both: (
            both[0]
            | (
                {"ended": both[1][0], "points": both[1][1], "passed": both[1][1] > 0.7}
                if both[1]
                else {"ended": None, "points": None, "passed": None}
            )
        )
    ),
    "read/m06": st.tuples(
        stamped(v=st.just(1), sections=st.dictionaries(names, times)),
        st.fixed_dictionaries({}, optional={"done": times | st.just("")}),
    ).map(lambda both: both[0] | both[1]),
    "work/note": stamped(
        v=st.just(1),
        fields=st.dictionaries(names, stamped(text=names)),
        self=st.dictionaries(names, stamped(points=st.integers(0, 3) | st.none())),
        peer=st.dictionaries(names, stamped(points=st.integers(0, 3) | st.none())),
    ),
    "me": st.tuples(
        stamped(v=st.just(1)),
        st.fixed_dictionaries({}, optional={"name": names, "role": names, "account": names}),
    ).map(lambda both: both[0] | both[1]),
    "later/kind": stamped(v=st.just(1), value=names),
}

LAWS = """([key, entries]) => {
  const { merge, mergeAll, canonical, isValid } = imlPlayer.record;
  const m = (one, other) => merge(key, one, other);
  const valid = (one) => isValid(key, JSON.parse(JSON.stringify(one)));
  const broken = [];
  for (const a of entries) for (const b of entries) for (const c of entries) {
    if (!(entries.indexOf(a) < entries.indexOf(b) && entries.indexOf(b) < entries.indexOf(c))) {
      continue;
    }
    const whole = m(m(a, b), c);
    const ways = [m(a, m(b, c)), m(m(c, b), a), m(m(b, a), c), m(m(a, c), b),
      mergeAll(key, [b, c, a]), m(whole, whole), m(whole, a), m(b, whole), m(m(whole, c), m(a, b))];
    const one = canonical(whole);
    if (!valid(whole) || ways.some((way) => canonical(way) !== one)) {
      broken.push({ of: [a, b, c], whole: one, ways: ways.map(canonical) });
    }
  }
  return { valid: entries.every(valid), broken };
}"""


@pytest.mark.parametrize("key", ENTRIES)
@given(data=st.data())
@settings(max_examples=30)
def test_merging_is_commutative_associative_and_idempotent(
    engine: Engine, key: str, data: st.DataObject
) -> None:
    """Each three of five entries are brought together in every way."""
    entries = [data.draw(ENTRIES[key]) for _ in range(5)]
    assert engine.evaluate(LAWS, [key, entries]) == {"valid": True, "broken": []}


# --- the clock -------------------------------------------------------------------------------

# A store in memory, of a learner whose clock is set; each step is [milliseconds, what to do].
CLOCK = """([course, steps]) => {
  const real = Date.now;
  const { record, store, xapi } = imlPlayer;
  const entries = {};
  const put = (key, entry) => {
    entries[key] = record.merge(key, JSON.parse(JSON.stringify(entry)), entries[key]);
    record.see(entries[key]);
  };
  const view = {version: 'v', kind: 'single'};
  const acts = {
    answer: (response, points) =>
      put('item/m06-i01', record.recordOf(view, response, points, entries['item/m06-i01'] || null)),
    write: (text) => put('work/note', Object.assign({v: 1, self: {}, peer: {},
      fields: {part: Object.assign({text}, record.stamp())}}, record.stamp())),
    name: (name) => put('me', Object.assign({v: 1, name}, record.stamp())),
    role: (role) => put('me', Object.assign({v: 1, role}, record.stamp())),
    done: (done) => put('read/m06', Object.assign({v: 1, sections: {}, done}, record.stamp())),
    read: (id) => put('read/m06', Object.assign({v: 1, sections: {[id]: record.stamp().at}},
      record.stamp())),
    old: (key, entry) => put(key, entry),
    travel: () => {
      const read = xapi.recordFrom(course, JSON.parse(JSON.stringify(
        xapi.statements(course, 'me', entries))));
      for (const [key, entry] of Object.entries(read.entries)) put(key, entry);
    },
  };
  try {
    for (const [now, act, ...args] of steps) {
      Date.now = () => now;
      acts[act](...args);
    }
  } finally {
    Date.now = real;
  }
  return entries;
}"""
NOW = 1780000000000
HOUR = 3_600_000
YEAR = 365 * 24 * HOUR


def after(engine: Engine, *steps: tuple[Any, ...]) -> dict[str, Entry]:
    entries: dict[str, Entry] = engine.evaluate(CLOCK, [COURSE, steps])
    for key, entry in entries.items():
        assert engine.evaluate("(args) => imlPlayer.record.isValid(...args)", [key, entry])
    return entries


@pytest.mark.parametrize("ahead", [HOUR, YEAR, 40 * YEAR])
def test_what_was_written_last_is_kept_when_the_clock_is_set_back(
    engine: Engine, ahead: int
) -> None:
    entries = after(
        engine,
        (NOW + ahead, "write", "first"), (NOW, "write", "last"),
        (NOW + ahead, "answer", "a", 1), (NOW, "answer", "b", 0),
        (NOW + ahead, "name", "One"), (NOW + ahead, "role", "border"), (NOW, "name", "Two"),
        (NOW + ahead, "done", ""), (NOW, "done", "2026-01-01T00:00:00.000Z"), (NOW, "travel"),
    )  # fmt: skip
    assert entries["work/note"]["fields"]["part"]["text"] == "last"
    item = entries["item/m06-i01"]
    assert (item["response"], item["points"], item["tries"], item["best"]) == ("b", 0, 2, 1)
    assert item["first"]["response"] == "a"
    assert (entries["me"]["name"], entries["me"]["role"]) == ("Two", "border")
    assert entries["read/m06"]["done"]
    # What is shown to the learner is the time that the clock shows now.
    assert item["at"] < entries["item/m06-i01"]["first"]["at"]


def test_a_record_of_0_1_0_that_was_dated_ahead_is_gone_on_with(engine: Engine) -> None:
    first = {"response": "a", "points": 1, "at": "2027-01-01T00:00:00.000Z"}
    old = {
        "v": 1, "item": "v", "type": "single", "response": "a", "points": 1, "tries": 1,
        "best": 1, "shown": False, "first": first, "earlier": [], "at": first["at"],
    }  # fmt: skip
    draft = {"part": {"text": "first", "at": first["at"]}}
    note = {"v": 1, "at": first["at"], "fields": draft, "self": {}, "peer": {}}
    entries = after(
        engine,
        (NOW, "old", "item/m06-i01", old), (NOW, "answer", "b", 0.5),
        (NOW, "old", "work/note", note), (NOW, "write", "last"),
    )  # fmt: skip
    assert entries["item/m06-i01"]["response"] == "b"
    assert entries["work/note"]["fields"]["part"]["text"] == "last"


def test_what_is_written_while_the_clock_is_before_all_time_is_whole(engine: Engine) -> None:
    entries = after(engine, (NOW, "write", "first"), (-50 * YEAR, "write", "last"))
    assert entries["work/note"]["fields"]["part"]["text"] == "last"


FAR = "2076-01-01T00:00:00.000Z"


def test_a_part_that_is_dated_later_than_its_entry_does_not_freeze(engine: Engine) -> None:
    at = "2026-01-01T00:00:00.000Z"
    first = {"response": "a", "points": 0, "at": at}
    entries = after(
        engine,
        (NOW, "old", "work/note", {
            "v": 1, "at": at, "self": {}, "peer": {},
            "fields": {"part": {"text": "old", "at": FAR}},
        }),
        (NOW, "write", "last"),
        (NOW, "old", "me", {
            "v": 1, "at": at, "name": "Old", "role": "", "stamps": {"name": NOW + 50 * YEAR},
        }),
        (NOW, "name", "New"),
        (NOW, "old", "item/m06-i01", {
            "v": 1, "item": "w", "type": "single", "response": "a", "points": 0, "tries": 1,
            "best": 0, "shown": False, "first": first, "at": at,
            "earlier": [{
                "item": "v", "response": "old", "points": 0, "tries": 1, "first": first, "at": FAR,
            }],
        }),
        (NOW, "answer", "b", 1),
    )  # fmt: skip
    assert entries["work/note"]["fields"]["part"]["text"] == "last"
    assert entries["me"]["name"] == "New"
    assert entries["item/m06-i01"]["response"] == "b"


def test_where_the_clock_is_right_nothing_is_added(engine: Engine) -> None:
    far = NOW + 60 * YEAR  # the clock of this page has never been later
    entries = after(engine, (far, "answer", "a", 0), (far + 1000, "answer", "b", 1))
    assert "seq" not in json.dumps(entries)


def test_a_name_and_a_role_that_were_written_apart_are_both_kept(engine: Engine) -> None:
    old = {"v": 1, "at": "2026-01-01T00:00:00.000Z", "name": "A", "role": "", "account": "x"}
    one = {"v": 1, "at": "2026-01-02T00:00:00.000Z", "name": "B"}
    two = {"v": 1, "at": "2026-01-03T00:00:00.000Z", "role": "border"}
    merge = "([a, b, c]) => imlPlayer.record.mergeAll('me', [a, b, c])"
    merged = engine.evaluate(merge, [two, old, one])
    assert (merged["name"], merged["role"], merged["account"]) == ("B", "border", "x")


def test_what_was_dated_by_a_wrong_clock_comes_back_now(engine: Engine) -> None:
    due = """([due, box, now]) => imlPlayer.record.isDue(
      {review: {box, due, at: '2026-01-01T00:00:00.000Z'}}, now)"""
    assert engine.evaluate(due, ["2026-05-01T00:00:00.000Z", 0, "2026-05-01T00:00:00.000Z"])
    assert not engine.evaluate(due, ["2026-05-01T00:09:00.000Z", 0, "2026-05-01T00:00:00.000Z"])
    assert engine.evaluate(due, ["2027-05-01T00:09:00.000Z", 0, "2026-05-01T00:00:00.000Z"])
    assert not engine.evaluate(due, ["2026-05-20T00:00:00.000Z", 4, "2026-05-01T00:00:00.000Z"])
    assert not engine.evaluate(due, [None, 5, "2026-05-01T00:00:00.000Z"])


def test_times_are_compared_as_times(engine: Engine) -> None:
    early = {"v": 1, "at": "2026-01-01T12:00:00+05:00", "value": "early"}
    late = {"v": 1, "at": "2026-01-01T10:00:00Z", "value": "late"}
    merge = "(both) => imlPlayer.record.merge('x', ...both)"
    assert engine.evaluate(merge, [early, late])["value"] == "late"


# --- what comes in ---------------------------------------------------------------------------

GOOD: dict[str, Entry] = {
    "me": {"v": 1, "at": "2026-01-01T00:00:00.000Z", "name": "A", "role": "border"},
    "draft/i": {"v": 1, "at": "2026-01-01T00:00:00.000Z", "item": "v", "response": ["a"]},
    "read/m06": {
        "v": 1, "at": "2026-01-01T00:00:00.000Z", "done": "",
        "sections": {"s1": "2026-01-01T00:00:00.000Z"},
    },
    "work/w": {
        "v": 1, "at": "2026-01-01T00:00:00.000Z", "self": {}, "peer": {},
        "fields": {"a": {"text": "x", "at": "2026-01-01T00:00:00.000Z"}},
    },
    "item/i": {
        "v": 1, "at": "2026-01-01T00:00:00.000Z", "item": "v", "type": "single", "response": "a",
        "points": 0, "tries": 1, "best": 0, "shown": False, "earlier": [],
        "first": {"response": "a", "points": 0, "at": "2026-01-01T00:00:00.000Z"},
        "review": {
            "box": 0, "due": "2026-01-01T00:10:00.000Z", "at": "2026-01-01T00:00:00.000Z",
        },
    },
    "attempt/t/x": {
        "v": 1, "at": "2026-01-01T00:00:00.000Z", "test": "t", "kind": "module", "course": "1",
        "id": "x", "begun": "2026-01-01T00:00:00.000Z", "ended": None, "seed": 1, "place": 0,
        "items": [{"id": "i", "version": "v", "type": "single"}],
        "answers": {"i": {"response": "a", "at": "2026-01-01T00:00:00.000Z"}},
        "results": {}, "points": None, "passed": None,
    },
}  # fmt: skip


def spoilt(entry: Any) -> list[Any]:
    """Give an entry with each of its values in turn replaced by values of other kinds."""
    made: list[Any] = []
    rubbish: list[Any] = [None, True, 7, -1, 1.5, 1e308, "", "yesterday", "9999-12-31T00:00:00Z",
                          "__proto__", [], [[]], {}, {"__proto__": {"x": 1}}]  # fmt: skip
    if isinstance(entry, dict):
        for name, value in entry.items():
            made += [{**entry, name: bad} for bad in rubbish]
            made += [{**entry, name: bad} for bad in spoilt(value)]
            made.append({k: v for k, v in entry.items() if k != name})
        made += [{**entry, name: 1} for name in ("__proto__", "constructor", "toString")]
    elif isinstance(entry, list):
        made += [[bad] for bad in rubbish]
        made += [[bad] for value in entry for bad in spoilt(value)]
    return made


USE = """([course, key, values]) => values.map(function (raw) {
  const entry = JSON.parse(raw);
  if (!imlPlayer.record.isValid(key, entry)) return 'damaged';
  const entries = {[key]: entry};
  const store = {
    get: (name) => (Object.hasOwn(entries, name) ? entries[name] : null),
    keys: (prefix) => Object.keys(entries).filter((name) => name.startsWith(prefix)),
  };
  const all = {modules: [{id: 'm06', title: 'M', href: 'm06.html', minutes: 9,
    sections: [{id: 's1', title: 'S'}], quiz: {id: 't', pass: 70},
    items: [['i', 'v', 'm06-o1', 'practice']],
    objectives: [{id: 'm06-o1', text: 'O', sections: ['s1']}]}],
    roles: {border: {name: 'B', modules: ['m06']}}, tests: true, pages: {}};
  imlPlayer.course.stateOf(all, store, '2026-02-01T00:00:00.000Z');
  imlPlayer.course.mastery(all, 'm06-o1', store, imlPlayer.course.askedBefore(store));
  imlPlayer.blueprint.usesOf(imlPlayer.record.attemptsAt(store, 't'));
  const statements = JSON.parse(JSON.stringify(
    imlPlayer.xapi.statements(course, 'me', entries)));
  const back = imlPlayer.xapi.recordFrom(course, statements);
  if (imlPlayer.record.canonical(back.entries[key]) !== imlPlayer.record.canonical(entry)) {
    return 'lost: ' + raw;
  }
  const later = imlPlayer.record.merge(key, entry, JSON.parse(raw));
  return imlPlayer.record.isValid(key, JSON.parse(JSON.stringify(later))) ? 'used' : 'bad: ' + raw;
})"""


@pytest.mark.parametrize("key", GOOD)
def test_an_entry_is_whole_or_damaged_and_what_is_whole_stops_nothing(
    engine: Engine, key: str
) -> None:
    values = [json.dumps(value) for value in [GOOD[key], *spoilt(GOOD[key])]]
    found = engine.evaluate(USE, [COURSE, key, values])
    assert found[0] == "used"
    assert set(found) == {"used", "damaged"}


LAST_VALID = 253370764799999
"""The last moment that an entry in a browser may have: nothing could be written after it."""


def deep(levels: int) -> Any:
    """Give lists in one another, which a recursion cannot go through."""
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("me", {"name": 7}), ("me", {"role": "__proto__"}), ("me", {"role": ["border"]}),
        ("me", {"at": "yesterday"}), ("me", {"at": "9999-12-31T23:59:59.999Z"}),
        ("me", {"at": "2026-13-01T00:00:00Z"}), ("me", {"seq": 1e300}), ("me", {"v": "1"}),
        ("me", {"at": "2026-02-31T00:00:00Z"}), ("me", {"at": "2025-02-29T00:00:00Z"}),
        ("item/i", {"review": {"box": 0, "due": "soon", "at": "2026-01-01T00:00:00Z"}}),
        ("attempt/t/x", {"place": -1}), ("attempt/t/x", {"place": 1}),
        ("attempt/t/x", {"ended": "2026-01-02T00:00:00Z", "points": None}),
        ("me", {"seq": LAST_VALID}), ("me", {"stamps": {"name": LAST_VALID}}),
        ("work/w", {"fields": {"a": {"text": "x", "at": FAR, "seq": LAST_VALID}}}),
        ("item/i", {"response": deep(300)}),
        ("read/m06", {"sections": {"__proto__": "2026-01-02T00:00:00Z"}}),
        ("work/w", {"fields": {"a": {"text": ["x"], "at": "2026-01-02T00:00:00Z"}}}),
    ],
)  # fmt: skip
def test_a_damaged_entry_of_a_file_is_counted_and_not_taken(
    engine: Engine, key: str, change: Entry
) -> None:
    statement = {
        "object": {"id": IRI},
        "context": {"extensions": {f"{IRI}xapi/key": key, f"{IRI}xapi/entry": GOOD[key] | change}},
    }
    read = engine.evaluate("(args) => imlPlayer.xapi.recordFrom(...args)", [COURSE, [statement]])
    assert (read["entries"], read["damaged"]) == ({}, 1)


@pytest.mark.parametrize(
    "key",
    ["__proto__", "constructor", "item/__proto__", "item", "item/a/b", "writing/item/i", "current",
     "aside/x", "try", "", "/", "me/x", "attempt/t", "x" * 400, 7, None],
)  # fmt: skip
def test_a_key_that_is_none_is_damaged(engine: Engine, key: object) -> None:
    entry = {"v": 1, "at": "2026-01-01T00:00:00.000Z", "item": "v", "response": []}
    assert not engine.evaluate("(args) => imlPlayer.record.isValid(...args)", [key, entry])


def test_what_a_newer_version_wrote_is_named_so_and_passed_on(engine: Engine) -> None:
    newer = {"v": 2, "at": "2026-01-01T00:00:00.000Z", "more": [1]}
    made = engine.evaluate(
        "([course, newer]) => imlPlayer.xapi.statements(course, 'me', {}, {'item/i': newer})",
        [COURSE, newer],
    )
    (statement,) = made
    assert statement["context"]["extensions"][f"{IRI}xapi/entry"] == newer
    read = engine.evaluate("(args) => imlPlayer.xapi.recordFrom(...args)", [COURSE, made])
    assert (read["entries"], read["newer"], read["damaged"]) == ({}, 1, 0)


@pytest.mark.parametrize("kind", ["one version", "many versions"])
def test_a_large_file_takes_time_in_line_with_its_size(engine: Engine, kind: str) -> None:
    measure = """([course, entry, many]) => [500, 4000].map(function (count) {
      const list = Array.from({length: count}, function (_, n) {
        const at = new Date(1767225600000 + n * 1000).toISOString();
        const one = Object.assign({}, entry, {at, tries: 1 + n % 7},
          many ? {item: 'v' + n} : {});
        return {object: {id: course.iri}, context: {extensions: {
          [course.iri + 'xapi/key']: 'item/i', [course.iri + 'xapi/entry']: one}}};
      });
      const begun = Date.now();
      const read = imlPlayer.xapi.recordFrom(course, list);
      return [Date.now() - begun, Object.keys(read.entries).length];
    })"""
    args = [COURSE, GOOD["item/i"], kind == "many versions"]
    small, large = engine.evaluate(measure, args)
    assert small[1] == large[1] == 1
    assert large[0] < 8 * 4 * max(small[0], 20), (small, large)


def test_statements_stand_in_order_of_time_whatever_their_offset(engine: Engine) -> None:
    entries = {
        "x/a": {"v": 1, "at": "2026-01-01T12:00:00+05:00"},
        "draft/b": {"v": 1, "at": "2026-01-01T08:00:00Z", "item": "v", "response": []},
        "draft/a": {"v": 1, "at": "2026-01-01T12:00:00+05:00", "item": "v", "response": []},
        "draft/c": {"v": 1, "at": "2026-01-01T03:00:00-01:00", "item": "v", "response": []},
    }
    made = engine.evaluate(
        "([course, entries]) => imlPlayer.xapi.statements(course, 'me', entries)",
        [COURSE, entries],
    )
    order = [one["context"]["extensions"][f"{IRI}xapi/key"] for one in made]
    assert order == ["draft/c", "draft/a", "draft/b"]
