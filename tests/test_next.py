"""What is the next thing for a learner: one answer, wherever it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine import Engine
from test_player_pure import attempt, entry_of_item, module, read

AT = "2026-02-01T00:00:00.000Z"
MODULES = [module(name) for name in ("m01", "m02", "m03")]
TRACKS = {"border": {"modules": ["m02", "m03"], "minutes": 80}}
ASK = """([modules, entries, tracks, tests, onward]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  const pages = {pre: 'pre.html', post: 'post.html', final: 'final.html',
    certificate: 'certificate.html', practise: 'practise.html'};
  const roles = {border: {name: 'Border', modules: ['m02', 'm03', 'm01']}};
  const course = {modules, roles, tracks, tests, pages};
  const state = imlPlayer.course.stateOf(course, store, '2026-02-01T00:00:00.000Z');
  const found = onward === null ? imlPlayer.next.thingsOf(course, state)
    : [imlPlayer.next.nextThing(course, state, onward)];
  return found.map((one) => one && [one.title, one.href, one.minutes]);
}"""


def things(
    engine: Engine,
    entries: Mapping[str, Any],
    *,
    modules: list[dict[str, Any]] = MODULES,
    tests: bool = False,
) -> list[tuple[str, str, int]]:
    found = engine.evaluate(ASK, [modules, entries, TRACKS, tests, None])
    return [tuple(one) for one in found]


def next_thing(
    engine: Engine, entries: Mapping[str, Any], *, onward: bool = False, tests: bool = False
) -> tuple[str, str, int] | None:
    (found,) = engine.evaluate(ASK, [MODULES, entries, TRACKS, tests, onward])
    return tuple(found) if found else None


def done(*names: str) -> dict[str, Any]:
    return {f"read/{name}": read(f"{name}-s1", f"{name}-s2") for name in names} | {
        f"attempt/{name}-quiz/x": attempt(f"{name}-quiz", 0.8) for name in names
    }


def missed(*ids: str) -> dict[str, Any]:
    """Questions that were missed some days ago, and are due."""
    then = "2026-01-20T00:00:00.000Z"
    review = {"box": 0, "due": "2026-01-21T00:00:00.000Z", "at": then}
    return {f"item/{id_}": entry_of_item(0) | {"review": review} for id_ in ids}


BORDER = {"me": {"v": 1, "at": AT, "role": "border"}}
START = ("Start “m01”", "m01.html", 40)


def test_the_course_begins_with_its_first_module(engine: Engine) -> None:
    assert next_thing(engine, {}) == START
    # Nobody is sent to a test before anything was learned.
    assert next_thing(engine, {}, tests=True) == START


def test_a_role_begins_with_the_first_module_of_its_track(engine: Engine) -> None:
    assert next_thing(engine, BORDER) == ("Start “m02”", "m02.html", 40)


def test_what_was_begun_is_gone_on_with_at_its_step(engine: Engine) -> None:
    entries = BORDER | {"read/m01": read("m01-s1")}
    assert next_thing(engine, entries) == ("Continue: step 2 of “m01”", "m01.html#m01-s2", 8)


def test_a_module_that_is_read_leads_to_its_quiz_and_a_failed_one_to_another_try(
    engine: Engine,
) -> None:
    whole = {"read/m01": read("m01-s1", "m01-s2")}
    quiz = "m01.html#quiz-m01-quiz"
    assert next_thing(engine, whole) == ("Take the quiz of “m01”", quiz, 10)
    begun = whole | {"attempt/m01-quiz/x": attempt("m01-quiz", 0, ended=False)}
    assert next_thing(engine, begun) == ("Finish the quiz of “m01”", quiz, 10)
    failed = whole | {"attempt/m01-quiz/x": attempt("m01-quiz", 0.5)}
    assert next_thing(engine, failed) == ("Try the quiz of “m01” again", quiz, 10)


def test_what_is_due_comes_first_from_all_modules_together(engine: Engine) -> None:
    modules = [module("m01", items=3), module("m02", items=3)]
    entries = missed("m01-i0", "m01-i2", "m02-i1") | {"read/m02": read("m02-s1")}
    found = things(engine, entries, modules=modules)
    assert found[:2] == [
        ("Review 3 questions", "practise.html", 3),
        ("Continue: step 2 of “m02”", "m02.html#m02-s2", 8),
    ]
    one = things(engine, missed("m01-i0"), modules=modules)
    assert one[0] == ("Review 1 question", "practise.html", 1)


def test_behind_a_success_the_way_leads_on_and_not_back(engine: Engine) -> None:
    entries = done("m01") | missed("m01-i0")
    assert next_thing(engine, entries) == ("Review 1 question", "practise.html", 1)
    assert next_thing(engine, entries, onward=True) == ("Start “m02”", "m02.html", 40)


def test_the_last_module_of_a_track_leads_to_its_certificate(engine: Engine) -> None:
    entries = BORDER | done("m02", "m03")
    assert next_thing(engine, entries, tests=True) == (
        "Print your certificate", "certificate.html", 0,
    )  # fmt: skip
    # Who goes on to the whole course is not held up by what was earned.
    further = entries | {"read/m01": read("m01-s1")}
    assert [title for title, _, _ in things(engine, further, tests=True)] == [
        "Continue: step 2 of “m01”",
        "Print your certificate",
    ]


def test_the_whole_course_leads_to_the_final_test_and_to_the_certificate(engine: Engine) -> None:
    every = done("m01", "m02", "m03")
    assert next_thing(engine, every, tests=True) == ("Take the final test", "final.html", 0)
    failed = every | {"attempt/final-test/x": attempt("final-test", 0.4)}
    assert next_thing(engine, failed, tests=True) == ("Try the final test again", "final.html", 0)
    passed = every | {"attempt/final-test/x": attempt("final-test", 0.9)}
    assert things(engine, passed, tests=True) == [("Print your certificate", "certificate.html", 0)]
    before = passed | {"attempt/pre-test/x": attempt("pre-test", 0.4)}
    assert [title for title, _, _ in things(engine, before, tests=True)] == [
        "Print your certificate",
        "Take the post-test and see what you gained",
    ]
    assert next_thing(engine, every) is None  # a course without tests


PIECES = st.sampled_from([
    {}, BORDER, done("m01"), done("m02"), done("m03"), missed("m01-i0"),
    {"read/m01": read("m01-s1")}, {"read/m03": read("m03-s1", "m03-s2")},
    {"attempt/m02-quiz/x": attempt("m02-quiz", 0, ended=False)},
    {"attempt/final-test/x": attempt("final-test", 0.9)},
    {"attempt/pre-test/x": attempt("pre-test", 0.2)},
])  # fmt: skip


@given(pieces=st.lists(PIECES, max_size=6), tests=st.booleans())
def test_nothing_is_named_twice_and_nothing_that_was_passed(
    engine: Engine, pieces: list[dict[str, Any]], tests: bool
) -> None:
    entries: dict[str, Any] = {}
    for piece in pieces:
        entries |= piece
    found = things(engine, entries, tests=tests)
    assert len({title for title, _, _ in found}) == len(found)
    for name in ("m01", "m02", "m03"):
        quiz = entries.get(f"attempt/{name}-quiz/x")
        if quiz and quiz["passed"]:
            assert not [title for title, href, _ in found if f"#quiz-{name}" in href]
    if "attempt/final-test/x" in entries:
        assert "Take the final test" not in [title for title, _, _ in found]


# --- what is told of a learner is what was done ------------------------------------------------

TELLS = """([modules, entries, since]) => {
  const store = {
    get: (key) => entries[key] || null,
    keys: (prefix) => Object.keys(entries).filter((key) => key.startsWith(prefix)),
  };
  const state = imlPlayer.course.moduleState(modules[0], store);
  return Object.assign({week: imlPlayer.standing.minutesSince({modules}, store, since),
    standing: imlPlayer.standing.standingOf(state),
    may: imlPlayer.course.mayTry(modules[0], store)},
  state);
}"""


def tells(engine: Engine, entries: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = engine.evaluate(TELLS, [MODULES, entries, "2025-12-31T00:00:00.000Z"])
    return found


KNOWN = {
    "attempt/start-check/x": attempt("start-check", 1) | {"results": {"m01-i60": 1}},
    "item/m01-i60": entry_of_item(1),
}


def test_a_quiz_that_is_passed_without_reading_reads_nothing(engine: Engine) -> None:
    found = tells(engine, KNOWN | {"attempt/m01-quiz/x": attempt("m01-quiz", 0.9)})
    assert (found["complete"], found["readItself"], found["sections"]) == (True, False, {})
    assert (found["minutes"], found["standing"]["kind"]) == (0, "done")
    assert found["week"] == 0, "no step was opened"
    # The tick of an earlier edition says that all was read.
    assert tells(engine, {"read/m01": read(done=AT)})["readItself"]


def test_only_the_steps_that_were_read_count_as_reading(engine: Engine) -> None:
    entries = {"read/m01": read("m01-s1"), "attempt/m01-quiz/x": attempt("m01-quiz", 0.9)}
    assert tells(engine, entries)["week"] == 22


def test_what_is_left_is_the_sum_of_the_steps_that_are_left(engine: Engine) -> None:
    assert tells(engine, {})["minutes"] == sum(MODULES[0]["steps"]) == MODULES[0]["minutes"]
    assert tells(engine, {"read/m01": read("m01-s1")})["minutes"] == 8 + 10
    assert tells(engine, {"read/m01": read("m01-s1", "m01-s2")})["minutes"] == 10


def test_whoever_has_missed_questions_is_not_sent_to_the_quiz_unread(engine: Engine) -> None:
    assert tells(engine, KNOWN)["may"]
    missed_one = KNOWN | {"item/m01-i0": entry_of_item(0)}
    assert not tells(engine, missed_one)["may"]
    assert not tells(engine, missed_one)["known"]
    assert not tells(engine, {})["may"]
    # What was passed stays done, whatever was missed in it.
    passed = missed_one | {"attempt/m01-quiz/x": attempt("m01-quiz", 0.8)}
    assert tells(engine, passed)["complete"]
