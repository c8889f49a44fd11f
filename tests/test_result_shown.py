"""How the result of a test is told: what to read again, which modules first, what was gained."""

from __future__ import annotations

from typing import Any

import pytest

from engine import Engine

SHOWN = """([what, args, course]) => {
  globalThis.document = documentOf('<!doctype html><html data-content_root="../"><body></body>');
  globalThis.imlCourse = course;
  try {
    const nodes = [].concat(imlPlayer.result[what](...args));
    const said = (one) => one.textContent;
    const all = (name, from) =>
      nodes.flatMap((node) => Array.from(node.querySelectorAll(name), from));
    return {
      heads: nodes.filter(({ tagName }) => tagName === 'P').map(said),
      lines: all('li', said),
      links: all('a', (link) => [link.getAttribute('href'), said(link)]),
      table: all('tr', (row) => Array.from(row.children, said)),
      also: nodes.filter(({ tagName }) => tagName === 'P')
        .flatMap((node) => Array.from(node.querySelectorAll('a'), (link) => link.title)),
      bars: all('.iml-bar', (bar) => bar.getAttribute('style')), gain: all('p', said),
    };
  } finally {
    delete globalThis.document;
    delete globalThis.imlCourse;
  }
}"""
Row = tuple[str, float, int]
"""An objective, points and how many were asked."""


def section(number: int) -> dict[str, str]:
    return {"href": f"m01.html#m01-s{number}", "title": f"Step {number}"}


OBJECTIVES = {
    "m01-o1": {"text": "Tell one.", "sections": [section(3), section(1)]},
    "m01-o2": {"text": "Tell two.", "sections": [section(2), section(1)]},
    "m01-o3": {"text": "Tell three.", "sections": []},
}
COURSE = {
    "modules": [
        {"id": f"m{n:02}", "label": f"Module {n}", "title": f"Title {n}", "href": f"m{n:02}.html"}
        for n in range(1, 10)
    ],
    "roles": {"border": {"name": "Border", "modules": [f"m{n:02}" for n in range(9, 0, -1)]}},
    "tracks": {},
}  # fmt: skip


def told(
    engine: Engine, rows: list[Row], kind: str = "module", *, role: str = "", passed: bool = False
) -> dict[str, Any]:
    named = [{"objective": id_, "points": points, "count": of} for id_, points, of in rows]
    setup = {"kind": kind, "objectives": OBJECTIVES}
    found: dict[str, Any] = engine.evaluate(SHOWN, ["told", [named, setup, role, passed], COURSE])
    return found


@pytest.mark.parametrize("passed", [True, False])
def test_after_a_test_of_a_module_each_section_to_read_is_named_once_and_in_its_order(
    engine: Engine, passed: bool
) -> None:
    found = told(engine, [("m01-o1", 1, 2), ("m01-o2", 0.5, 1), ("m01-o3", 1, 1)], passed=passed)
    again, more = "Read again before you try once more:", "To know it even better, read:"
    assert found["heads"] == [more if passed else again]
    assert found["lines"] == [f"Section {n}: Step {n}" for n in (1, 2, 3)]
    assert found["links"][:3] == [
        [f"m01.html#m01-s{n}", f"Section {n}: Step {n}"] for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ([("m01-o1", 2, 2), ("m01-o2", 1, 1)], ["Everything was correct."]),
        # Nothing is said of an objective that no section teaches, or that is not known.
        ([("m01-o3", 0, 1), ("m01-o9", 0, 1)], []),
    ],
)
def test_where_there_is_nothing_to_read_no_section_is_named(
    engine: Engine, rows: list[Row], heads: list[str]
) -> None:
    found = told(engine, rows)
    assert (found["heads"], found["lines"]) == (heads, [])


def test_each_objective_has_its_points_and_what_to_read(engine: Engine) -> None:
    rows: list[Row] = [
        ("m01-o1", 2, 2),
        ("m01-o2", 1 / 3, 1),
        ("m01-o3", 0.005, 1),
        ("other", 0, 3),
    ]
    assert told(engine, rows)["table"] == [
        ["Objective", "Points", "Read again"],
        ["Tell one.", "2 of 2", "All correct"],
        ["Tell two.", "0.33 of 1", "Section 2: Step 2; Section 1: Step 1"],
        ["Tell three.", "0.01 of 1", ""],
        ["other", "0 of 3", ""],
    ]
    assert told(engine, rows, "pre")["table"][0] == ["Objective", "Points", "Read"]


def test_a_test_of_the_course_names_the_weakest_modules_first_and_five_at_most(
    engine: Engine,
) -> None:
    rows: list[Row] = [
        ("m01-o1", 1, 2), ("m02-o1", 0, 1), ("m03-o1", 2, 2), ("m04-o1", 1, 2), ("m04-o2", 2, 2),
        ("m05-o1", 0.25, 1), ("m06-o1", 1, 2), ("m07-o1", 9, 10), ("m08-o1", 1, 1),
        ("m99-o1", 0, 1),
    ]  # fmt: skip
    found = told(engine, rows, "pre", role="border")
    assert found["heads"] == [
        "Study these modules first:", "Then these: Module 7", "All correct in: Module 3, Module 8",
    ]  # fmt: skip
    assert found["lines"] == [
        "Module 2 Title 2 0 of 1", "Module 5 Title 5 0.25 of 1",
        # As weak as each other: in the order of the role.
        "Module 6 Title 6 1 of 2", "Module 1 Title 1 1 of 2", "Module 4 Title 4 3 of 4",
    ]  # fmt: skip
    assert found["links"][0] == ["../m02.html", "Module 2 Title 2"]
    assert found["also"][0] == "Title 7"
    heads = told(engine, rows, "final")["heads"]
    assert heads[0] == "Look at these modules again:"
    five = told(
        engine, [row for row in rows if row[0] not in ("m07-o1", "m03-o1", "m08-o1")], "pre"
    )
    assert five["heads"] == ["Study these modules first:"]
    assert told(engine, [("m03-o1", 2, 2)], "final")["heads"] == ["All correct in: Module 3"]
    assert told(engine, [("m03-o1", 1, 2)], "final")["heads"] == heads[:1]


@pytest.mark.parametrize(("before", "after", "gain"), [(0.4, 0.7, 30), (0.9, 0.5, -40)])
def test_what_was_gained_is_told_in_percentage_points_and_drawn(
    engine: Engine, before: float, after: float, gain: int
) -> None:
    found = engine.evaluate(SHOWN, ["gain", [{"points": before}, {"points": after}], COURSE])
    one, other = round(before * 100), round(after * 100)
    assert found["gain"] == [
        f"Before the course: {one} %. After the course: {other} %. "
        f"Difference in percentage points: {gain}.",
        f"Before: {one} %", f"After: {other} %",
    ]  # fmt: skip
    assert found["bars"] == [f"--iml-share:{one}%", f"--iml-share:{other}%"]


def test_outside_the_book_no_module_is_named_and_the_points_are_told(engine: Engine) -> None:
    setup = {"kind": "final", "objectives": OBJECTIVES}
    rows = [{"objective": "m01-o1", "points": 1, "count": 2}]
    found = engine.evaluate(SHOWN, ["told", [rows, setup, "border", False], None])
    assert (found["heads"], found["lines"]) == ([], [])
    assert found["table"][1][:2] == ["Tell one.", "1 of 2"]


ITEM = """([response, version, restored, points]) => {
  const document = globalThis.document = documentOf(
    '<!doctype html><html><body><div id="q"></div>' +
    '<div id="a"><p class="iml-evidence">Proof.</p><p class="iml-reading">Read.</p></div>' +
    '</body></html>');
  try {
    const done = [];
    const [question, answer] = ['q', 'a'].map((id) => document.getElementById(id));
    const view = {
      version: 'now', element: document.body, question, answer, data: 'data',
      lock: (is) => done.push('lock ' + is),
      type: {
        restore: (_, given) => { done.push('restore ' + given); return restored; },
        score: (data, given) => ({ points, parts: { [given]: true } }),
        answer: () => 'B',
        mark: (_, { response: given, result, shown }) => {
          done.push(['mark', given, result.points, shown].join(' '));
          return [document.createTextNode('More.')];
        },
      },
    };
    const element = imlPlayer.result.itemResult(view, version, response);
    const told = element.querySelector('.iml-result');
    return {
      done, kind: told.className, words: Array.from(told.childNodes, (one) => one.textContent),
      changed: Boolean(element.querySelector('.iml-changed')),
      behind: told.previousSibling === question,
    };
  } finally {
    delete globalThis.document;
  }
}"""


@pytest.mark.parametrize(
    ("given", "kind", "words", "done"),
    [
        (["x", "now", True, 1], "right", ["Correct", "More.", "Proof."],
         ["restore x", "mark x 1 true", "lock true"]),
        (["x", "now", True, 0.5], "partly", ["Partly correct", "More.", "Proof.", "Read."],
         ["restore x", "mark x 0.5 true", "lock true"]),
        (["x", "now", True, 0], "wrong", ["Incorrect", "More.", "Proof.", "Read."],
         ["restore x", "mark x 0 true", "lock true"]),
        # Nothing was answered, or nothing that this question offers.
        ([None, "now", True, 1], "wrong",
         ["Not answered", "The correct answer: B.", "Proof.", "Read."], ["lock true"]),
        (["x", "old", False, 1], "wrong",
         ["Not answered", "The correct answer: B.", "Proof.", "Read."],
         ["restore x", "lock true"]),
    ],
)  # fmt: skip
def test_an_item_of_a_finished_test_stands_with_what_was_answered_and_what_is_right(
    engine: Engine, given: list[Any], kind: str, words: list[str], done: list[str]
) -> None:
    found = engine.evaluate(ITEM, given)
    assert found["kind"] == f"iml-result iml-{kind}"
    assert [one.strip() for one in found["words"]] == words
    assert found["done"] == done
    assert found["changed"] is (given[1] == "old")
    assert found["behind"]
