"""The page “Group results” and ``course report`` say the same of the same files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import correlation, fmean, pvariance, stdev
from typing import Any

import pytest

from engine import Engine
from imlcourse.course.model import Course
from imlcourse.html.items.quiz import item_html
from imlcourse.html.writer import Writer
from imlcourse.items.parts import ChoicePart, JudgementPart
from imlcourse.pages.group import group_data
from imlcourse.player.data import course_data
from imlcourse.results.analysis import Analysis, analyse
from imlcourse.results.answers import Answer
from imlcourse.results.gather import Gathered, gather
from learners import NAMES, Group, account
from real_course import real_course

pytest.importorskip("scipy", reason="SciPy is not installed (kit.in)")

NEAR = 1e-9
READ = """([data, more, html, files]) => {
  const course = imlPlayer.gathering.courseOf(data, more);
  const parsed = imlPlayer.gathering.parse(files, course.iri);
  const opened = definitionsOf(html);
  for (const [id, one] of Object.entries(opened)) Object.assign(course.items[id], one);
  const found = imlPlayer.gathering.gathered(parsed, course);
  const plain = Object.fromEntries(Object.entries(found.learners).map(([code, one]) => [code,
    { ...one, names: Array.from(one.names).sort(),
      files: Array.from(one.files).sort((a, b) => a - b) }]));
  const analysis = imlPlayer.analysis.analyse(course, found.learners);
  return { ...found, learners: plain, analysis };
}"""


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def html(course: Course) -> str:
    """All items as the book has them, but for cases."""
    writer = Writer(course)
    return "\n".join(
        str(item_html(item, 1, course.orders.get(item.id, {}), writer.cite, course.strings))
        for item in course.items
        if item.type != "scenario"
    )


@pytest.fixture(scope="module")
def files(engine: Engine, course: Course, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Records of twenty learners, one of them twice and one damaged, and tables beside them."""
    folder = tmp_path_factory.mktemp("group")
    group = Group(engine, course)
    records = [group.record(number, same=number < 14) for number in range(20)]
    texts = {f"{number:02}.json": json.dumps(one) for number, one in enumerate(records)}
    texts["a-again.json"] = json.dumps(records[3][:5])
    texts["b-cut.json"] = json.dumps(records[4], indent=1)[:-400]
    edited = json.loads(json.dumps(records[5]))
    for one in edited:
        extensions = one["context"]["extensions"]
        entry = extensions.get(f"{course.about.iri}xapi/entry")
        if entry and "points" in entry:
            entry["points"] = 7
    texts["c-edited.json"] = json.dumps(edited, indent=1)
    texts["d-store.jsonl"] = "\n".join(
        json.dumps({"statement": {**one, "actor": {"mbox": "mailto:x@example.org"}}})
        for one in records[6]
    )
    # The first test of a learner was taken back.
    completed = next(one for one in records[8] if one["object"]["id"].endswith("tests/pre-test"))
    voiding = {
        "actor": completed["actor"],
        "verb": {"id": "http://adlnet.gov/expapi/verbs/voided"},
        "object": {"objectType": "StatementRef", "id": completed["id"]},
    }
    texts["d-voided.json"] = json.dumps([voiding, *records[6][:3]])
    texts["e-other.json"] = '[{"object": {"id": "https://example.org/other"}}]'
    texts["paper.csv"] = _table(course)
    texts["sheet.csv"] = (
        "test;version;question;item;order\n"
        f"post-test;A;1;{_single(course).id};{'bacd'[: len(_single(course).option_ids())]}\n"
    )
    texts["codes.txt"] = "\n".join(_codes(engine, course))
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


CODE = """([data, name, person, attempt, points, present]) => {
  const test = data.codes.find((one) => one.test === name);
  return imlPlayer.code.grouped(imlPlayer.code.encode(test, {
    person: person === null ? imlPlayer.code.personOf(data.account) : person, attempt,
    ended: '2026-11-20T10:00:00.000Z', present: present !== false,
    points: Object.fromEntries(test.rows.map(([line, count], at) =>
      [line, { points: at % 3 ? count * points : 0, count }])),
  }));
}"""


def _codes(engine: Engine, course: Course) -> Iterator[str]:
    """Codes with a name and without, of a record, of two attempts; and codes with mistakes."""
    data = {**course_data(course), "account": account(7)}

    def code(*more: object) -> str:
        return str(engine.evaluate(CODE, [data, *more]))

    yield f"Zoé Martin: IML {code('pre-test', 77, 1, 1)}"
    yield code("post-test", 77, 1, 1)
    yield code("pre-test", 78, 1, 0)
    yield code("pre-test", 78, 2, 1)
    yield code("m06-quiz", 79, 1, 1)
    yield code("final-test", 79, 1, 1)
    yield code("post-test", 82, 1, 1, False)
    yield "# of somebody whose record is there"
    yield code("pre-test", None, 1, 0)
    yield f"{NAMES[9]}, {code('m06-quiz', 80, 1, 1)}"
    wrong = code("pre-test", 81, 1, 1)
    yield wrong[:6] + ("0" if wrong[6] != "0" else "1") + wrong[7:]
    yield "1234"


def _single(course: Course) -> Any:
    assert course.tests
    drawn = course.drawn_from(course.tests.before_after)
    return next(one for one in drawn if one.type == "single" and len(one.parts()) == 4)


def _table(course: Course) -> str:
    """Answers on paper, of each type, and rows that make no sense."""
    rows = io.StringIO()
    table = csv.writer(rows)
    table.writerow(["participant", "name", "test", "item", "question", "version", "answer",
                    "points", "date"])  # fmt: skip
    random = Random(12)
    asked = [one for one in course.items if one.type in ("single", "multiple", "truefalse",
                                                         "ordering", "numeric")]  # fmt: skip
    for who in ("Paper 1", "Paper 2", NAMES[2]):
        for item in random.sample(asked, 30):
            letters = "abcd"[: max(3, 4)]
            written = {
                "single": random.choice("abc"), "ordering": "cab",
                # Options are called by their letters, or by their ids.
                "multiple": item.parts()[1].id if who == "Paper 2" else "a c",
                "truefalse": f"f {random.choice(letters)}" if item.groups() else "true",
                "numeric": "1951",
            }[item.type]  # fmt: skip
            table.writerow([who, "", "m06-quiz", item.id, "", "", written, "", "2026-11-24"])
        table.writerow([who, "", "practice", asked[0].id, "", "", "", "0,5", ""])
        table.writerow([who, "", "post-test", "", "1", "a", "b", "", ""])
    bad = [
        ["", "", "pre-test", asked[0].id, "", "", "a", "", ""],
        ["X", "", "no-test", asked[0].id, "", "", "a", "", ""],
        ["X", "", "pre-test", "m99-i99", "", "", "a", "", ""],
        ["X", "", "pre-test", asked[0].id, "", "", "zz", "", ""],
        ["X", "", "pre-test", asked[0].id, "", "", "", "7", ""],
        ["X", "", "pre-test", asked[0].id, "", "0123", "a", "", ""],
        ["X", "", "pre-test", "", "9", "A", "a", "", ""],
        ["X", "", "pre-test", asked[0].id, "", "", "", "1", "2026-02-31"],
    ]
    for row in bad:
        table.writerow(row)
    return rows.getvalue()


@pytest.fixture(scope="module")
def python(course: Course, files: list[Path]) -> tuple[Gathered, Analysis]:
    gathered = gather(course, files)
    return gathered, analyse(course, gathered)


@pytest.fixture(scope="module")
def page(engine: Engine, course: Course, files: list[Path], html: str) -> Any:
    given = [
        {
            "name": one.name,
            "kind": {".csv": "table", ".txt": "codes"}.get(one.suffix, "records"),
            "text": one.read_text("utf-8"),
        }
        for one in files
    ]
    return engine.evaluate(READ, [course_data(course), group_data(course), html, given])


def plain(value: Any) -> Any:
    """Give what JSON has of a value."""
    if isinstance(value, Answer):
        named = {"item": value.item, "version": value.version, "points": value.points}
        objective = {"objective": value.objective} if not value.item else {}
        return {**named, "response": plain(value.response), **objective}
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return sorted(value) if isinstance(value, set) else value


def same(one: Any, other: Any, where: str = "") -> None:
    """Hold one value against another, numbers to nine digits."""
    if isinstance(other, dict):
        assert isinstance(one, dict) and one.keys() == other.keys(), where
        for key, inner in other.items():
            same(one[key], inner, f"{where}/{key}")
    elif isinstance(other, list):
        assert isinstance(one, list) and len(one) == len(other), where
        for at, inner in enumerate(other):
            same(one[at], inner, f"{where}/{at}")
    elif isinstance(other, float) and not isinstance(one, bool) and one is not None:
        assert one == pytest.approx(other, rel=NEAR, abs=NEAR), where
    else:
        assert one == other, where


def test_the_same_learners_are_brought_together(python: Any, page: Any) -> None:
    gathered, _ = python
    assert list(page["learners"]) == list(gathered.learners)
    for code, learner in gathered.learners.items():
        found = page["learners"][code]
        assert found["account"] == learner.account
        assert found["names"] == sorted(learner.names) and found["files"] == sorted(learner.files)
        for kind in ("sittings", "practice"):
            same(found[kind], plain(getattr(learner, kind)), f"{code}/{kind}")
    assert gathered.voided > 0
    assert len(page["merged"]) == gathered.merged >= 3
    assert page["byName"] == gathered.by_name == 2
    assert page["namesakes"] == gathered.namesakes
    assert page["onlyCodes"] == sum(one.only for one in gathered.coded.values()) == 4
    assert page["codesOfTwo"] == [c for c, one in gathered.coded.items() if len(one.names) > 1]


def test_what_cannot_be_used_is_named_by_the_same_file_and_line(python: Any, page: Any) -> None:
    gathered, _ = python
    told = [(Path(one.path).name, one.line) for one in gathered.problems]
    assert sorted((one["file"], one["line"]) for one in page["problems"]) == sorted(told)
    assert len(told) > 12


def test_all_figures_are_the_same(python: Any, page: Any, course: Course) -> None:
    _, analysis = python
    found = page["analysis"]
    same(found["people"], plain(analysis.people), "people")
    same(found["objectives"], plain(analysis.objectives), "objectives")
    same(found["tests"], plain(analysis.tests), "tests")
    assert any(one.kr20 is not None for one in analysis.tests)
    assert any(one.discrimination is not None for one in analysis.items)
    for gain, wanted in zip(found["gains"], analysis.gains, strict=True):
        figures = gain["figures"]
        figures["effect_interval"] = figures.pop("effectInterval")
        same(figures, plain(wanted.figures), "gain")
    for item, figure in zip(found["items"], analysis.items, strict=True):
        expected = plain(figure)
        # The page lists options as the book shows them, the report as they were written.
        counted = {one["part"]: (one["right"], one["count"]) for one in expected.pop("choices")}
        listed = {one["part"]: (one["right"], one["count"]) for one in item.pop("choices")}
        assert listed == counted, figure.item
        same(item, expected, figure.item)
    for debrief, one in zip(found["debrief"], analysis.debrief, strict=True):
        assert (debrief["item"], debrief["count"], debrief["missed"]) == (
            one.item, one.count, one.missed
        )  # fmt: skip
        instead = one.instead and {"part": one.instead.part, "count": one.instead.count}
        assert debrief["instead"] == instead
    assert found["debriefStage"] == analysis.debrief_stage
    needs = {one.module: list(one.codes) for one in analysis.needs}
    assert found["byModule"] == needs
    for mine, theirs in (("unpaired", "unpaired"), ("earlier", "earlier"), ("last", "last")):
        assert found[mine] == getattr(analysis, theirs)


@pytest.mark.parametrize("count", [2, 3, 5, 12, 20, 41, 300])
def test_gain_interval_and_effect_are_those_of_scipy(engine: Engine, count: int) -> None:
    from scipy.stats import nct, t

    random = Random(count)
    for lift, spread in ((0.1, 0.2), (0.0, 0.3), (-0.2, 0.05)):
        before = [random.uniform(0, 0.6) for _ in range(count)]
        after = [one + random.gauss(lift, spread) for one in before]
        code = "([a, b]) => imlPlayer.statistics.pairedGain(a, b)"
        found = engine.evaluate(code, [before, after])
        gains = [later - earlier for earlier, later in zip(before, after, strict=True)]
        error = stdev(gains) / count**0.5
        same(found["gain"], fmean(gains))
        same(found["effect"], fmean(gains) / stdev(gains))
        same(found["interval"], list(t.interval(0.95, count - 1, fmean(gains), error)))
        low, high = (one * count**0.5 for one in found["effectInterval"])
        same(nct.cdf(fmean(gains) / error, count - 1, low), 0.975)
        same(nct.cdf(fmean(gains) / error, count - 1, high), 0.025)


def test_a_group_in_which_all_gained_nearly_the_same_has_an_effect_too(engine: Engine) -> None:
    before = [0.1 * one for one in range(6)]
    after = [one + 0.4 + 0.001 * at for at, one in enumerate(before)]
    code = "([a, b]) => imlPlayer.statistics.pairedGain(a, b)"
    found = engine.evaluate(code, [before, after])
    low, high = found["effectInterval"]
    assert 50 < low < found["effect"] < high < 500


def test_reliability_and_discrimination_are_those_of_their_formulas(engine: Engine) -> None:
    from scipy.stats import binomtest

    random = Random(298)
    rows = [[random.choice([0, 0.5, 1, 1]) for _ in range(9)] for _ in range(24)]

    def alpha(points: list[list[float]]) -> float:
        parts = sum(pvariance(column) for column in zip(*points, strict=True))
        return float(9 / 8 * (1 - parts / pvariance([sum(row) for row in points])))

    found = engine.evaluate(
        """(rows) => { const s = imlPlayer.statistics; return [s.alpha(rows), s.kr20(rows),
        s.correlation(rows.map((r) => r[0]), rows.map((r) => r[1])), s.shareInterval(7, 24),
        s.shareInterval(0, 0), s.alpha([[1, 1], [1, 1]])]; }""",
        rows,
    )
    wilson = binomtest(7, 24).proportion_ci(0.95, method="wilson")
    kr20 = alpha([[float(one == 1) for one in row] for row in rows])
    pearson = correlation([row[0] for row in rows], [row[1] for row in rows])
    same(found, [alpha(rows), kr20, pearson, [wilson.low, wilson.high], None, None])


CODED = """([data, more, record]) => {
  const course = imlPlayer.gathering.courseOf(data, more);
  const test = course.codes.find((one) => one.test === 'pre-test');
  const codeOf = (points, attempt, person) => imlPlayer.code.encode(test, {
    person, attempt, ended: '2026-11-20T10:00:00.000Z', present: true,
    points: Object.fromEntries(test.rows.map(([name, count]) => [name, { points, count }])),
  });
  const own = imlPlayer.code.personOf(record.account);
  const [first, second, third] = [codeOf(0, 1, 77), codeOf(1, 2, 77), codeOf(0, 1, own)];
  const wrong = first.slice(0, 5) + (first[5] === '0' ? '1' : '0') + first.slice(6);
  const lines = ['Amina D.: IML ' + imlPlayer.code.grouped(first), second, third, '# a note',
    wrong, 'zz', first];
  const parsed = imlPlayer.gathering.parse([
    { name: 'a.json', kind: 'records', text: record.text },
    { name: 'codes.txt', kind: 'codes', text: lines.join('\\n') },
  ], course.iri);
  const found = imlPlayer.gathering.gathered(parsed, course);
  const learners = Object.values(found.learners);
  return {
    found: learners.map((one) => ({ ...one, names: Array.from(one.names) })),
    problems: found.problems, analysis: imlPlayer.analysis.analyse(course, found.learners),
  };
}"""


def test_typed_codes_count_by_objective_and_a_record_says_more_than_its_code(
    engine: Engine, course: Course
) -> None:
    record = {"account": account(0), "text": json.dumps(Group(engine, course).record(0))}
    read = engine.evaluate(CODED, [course_data(course), group_data(course), record])
    by_code, by_record = sorted(read["found"], key=lambda one: len(one["account"]))
    assert [one["test"] for one in by_code["sittings"]] == ["pre-test", "pre-test"]
    assert by_code["names"] == ["Amina D."] and by_record["account"] == account(0)
    # Nothing was earned by the code, and more by the record, which has the test too.
    first = next(one for one in by_record["sittings"] if one["test"] == "pre-test")
    assert all(answer["item"] for answer in first["answers"])
    assert [(one["line"], one["what"]) for one in read["problems"]] == [
        (5, "slip"), (6, "code-length"),
    ]  # fmt: skip
    analysis = read["analysis"]
    code = next(one for one in analysis["people"] if one["shares"].keys() == {"before"})
    assert code["shares"]["before"] == 0  # the first attempt counts, as with records
    assert any(one["shares"]["before"][1] == 2 for one in analysis["objectives"])
    # A code tells of no item, so that reliability and difficulty are of the record alone.
    assert all(one["count"] == 1 for one in analysis["items"])


def test_pseudonyms_are_drawn_by_the_hash_that_others_compute(engine: Engine) -> None:
    for text in ("", "abc", "report/" + "é" * 70, "x" * 300):
        found = engine.evaluate("(text) => imlPlayer.hash.sha256(text)", text)
        assert found == sha256(text.encode()).hexdigest()


def test_the_options_and_the_key_of_each_item_are_read_from_the_book(
    engine: Engine, course: Course, html: str
) -> None:
    found = engine.evaluate(
        """(html) => Object.fromEntries(Object.entries(definitionsOf(html)).map(([id, one]) =>
        [id, { ...one, key: undefined }]))""",
        html,
    )
    for item in course.items:
        if item.type in ("single", "multiple", "truefalse"):
            right = {one.id: one.right for one in item.parts()
                     if isinstance(one, ChoicePart | JudgementPart)}  # fmt: skip
            assert {one["id"]: one["right"] for one in found[item.id]["choices"]} == right
