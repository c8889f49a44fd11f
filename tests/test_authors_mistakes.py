"""What an author gets wrong is told in one run, by file and line, with how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import copy_course, course

MODULE = "modules/m01-who-answers/module.md"
BANK = "quizzes/m01.yml"
COURSE = "book/course.yml"


SINCE, ATLAS, MATRIX = "book/since.yml", "book/atlas.yml", "book/matrix.yml"
INSTRUMENTS, TIMELINE = "book/instruments.yml", "book/timeline.yml"
GIVING = """\
- text: giving assistance
        feedback: It gives assistance; this is how it protects.
"""
BIBLIOGRAPHY, AID = "book/bibliography.yml", "book/aid-first-hour.md"


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Replace a text that stands once in a file, and give the line where it stood."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(root: Path) -> str:
    """What ``course check`` says of a course with problems."""
    done = course(root, "check")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_the_small_course_has_no_problem(small_course: Path) -> None:
    done = course(small_course, "check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        # units and quotations
        (MODULE, "{para}`9`", "{para}`25`", "no unit 25"),
        (MODULE, "{para}`9`", "{para}`9", "{para} without its two backticks"),
        (MODULE, "A family waits.", "A family <img src=x onerror=alert(1)> waits.",
         "a script or an event handler"),
        (COURSE, 'date: "2026-11-23"', 'date: "2026-13-40"', "the calendar has no “2026-13-40”"),
        (SINCE, 'seen: "2026-11-23"', 'seen: "2026-11-31"', "the calendar has no “2026-11-31”"),
        (MODULE, ":::{keypoints}", ":::{reading} for-learnrs\n:::\n\n:::{keypoints}",
         "no reading for-learnrs (did you mean for-learners?)"),
        ("book/for-learners.md", "Read {module}", ":::{reading} index\n:::\n\nRead {module}",
         "{reading} belongs in a module"),
        ("book/_toc.yml", "      - file: m01-note\n", "",
         "the page m01-note is not in the contents"),
        (MODULE, "{para}`9`", "{para}`a9`", "no unit a9 (did you mean A9?)"),
        (MODULE, "units: [9, A30]", "units: [9, A30, A31]", "unit A31 is named here and never"),
        (MODULE, "units: [9, A30]", "units: [9, A30, A99]", "no unit A99"),
        (
            MODULE,
            "{quote}`IOM does not have a legal protection mandate <9>`",
            "{quote}`it does provide legal protection for the human rights of migrants <9>`",
            "departs at “legal”, after “it does provide”",
        ),
        (
            MODULE,
            "{quote}`IOM does not have a legal protection mandate <9>`",
            "{quote}`IOM does not have a legal protection mandate <8>`",
            "it stands in 9; cite that unit",
        ),
        (MODULE, "IOM does not have a legal protection mandate <9>", "a legal mandate <9>",
         "has 3 words; quote 5 to 25"),
        (
            BANK,
            'quote: "IOM does not have a legal protection mandate"',
            'quote: "because IOM does not have a legal protection mandate"',
            "departs at “because”",
        ),
        (BANK, "{unit: 9, quote: \"through many", "{unit: 99, quote: \"through many",
         "no unit 99"),
        # items
        (BANK, "feedback: It gives assistance; this is how it protects.", "feedback: ''",
         "the feedback is empty"),
        (BANK, "        feedback: It gives assistance; this is how it protects.\n", "",
         "`feedback` is missing"),
        (BANK, "- id: m01-i02", "- id: m01-i01", "a second time (first in line 33)"),
        (BANK, "- id: m01-i06", "- id: m02-i06", "not named after its module"),
        (BANK, "type: truefalse", "type: true-false", "did you mean truefalse?"),
        (BANK, "level: understand", "level: know", "write 'recall', 'understand'"),
        (BANK, "    key: true", "    key: perhaps", "must be true or false"),
        (BANK, "m01-i02, m01-i03]", "m01-i02, m01-i3]", "no item m01-i3 (did you mean m01-i0"),
        (BANK, "objective: m01-o2\n    level: analyse", "objective: m01-o9\n    level: analyse",
         "no objective m01-o9 in m01"),
        (BANK, "text: giving assistance", "text: legal protection", "repeats"),
        (BANK, "text: NGOs that are its partners", "text: lawyers whom the fund may appoint",
         "words of the stem point at the key of m01-i06 alone"),
        (BANK, GIVING + "      - text: running of activities",
         GIVING.replace("giving", "all") + "      - text: every activity",
         "absolute words stand in every wrong option"),
        # YAML
        (BANK, "pass_mark: 70", "pass_mark:\t70\n\tx: 1", "tab"),
        (BANK, 'in appointing lawyers"}', "in appointing lawyers}", "never closed"),
        (BANK, "stem: Which kind of mandate does IOM lack?", "stem: IOM: which mandate?",
         "a colon inside a text"),
        (BANK, "pass_mark: 70", "pass_mark: 70\npass_mark: 80", "a second time"),
        (BANK, "pass_mark: 70", "pass_mark: &mark 70", "an anchor"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_file_and_line(
    small_course: Path, name: str, old: str, new: str, said: str
) -> None:
    spoil(small_course, name, old, new)
    reported = problems(small_course)
    lines = [line for line in reported.splitlines() if said in line]
    assert lines, reported
    assert all(re.match(r"^\S+\.(md|yml):\d+: ", line) for line in lines)


TESTS = """\
before_after:
  items: [m01-i04, m01-i07, m01-i08]
  blueprint:
    - {objective: m01-o2, items: 1}
final:
  pass_mark: 70
  items: module quizzes
  blueprint:
    - {module: m01, items: 1}
"""
HELD = """\
  - id: m01-i07
    type: truefalse
    objective: m01-o2
    level: apply
    stem: The fund pays for the way to court.
    key: true
    feedback: {true: It may., false: It may.}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
  - id: m01-i08
    type: truefalse
    objective: m01-o2
    level: apply
    stem: The fund pays for a place to sleep near the court.
    key: true
    feedback: {true: It may., false: It may.}
    evidence:
      - {unit: A30, quote: "transportation costs to court and accommodation"}
"""
PAGES = "      - file: my-progress\n"


@pytest.fixture
def tested_course(small_course: Path) -> Path:
    """A small course with a pre-test, a post-test and a final test."""
    (small_course / "quizzes" / "tests.yml").write_text(TESTS.replace("m01-i04, ", ""))
    bank = small_course / BANK
    bank.write_text(bank.read_text("utf-8") + HELD, "utf-8")
    more = "".join(
        f"      - file: {name}\n" for name in ("pre-test", "post-test", "final-test", "certificate")
    )
    spoil(small_course, "book/_toc.yml", PAGES, PAGES + more)
    return small_course


def test_a_course_with_tests_has_no_problem(tested_course: Path) -> None:
    done = course(tested_course, "check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("m01-i07, m01-i08", "m01-i07, m01-i99", "no item m01-i99"),
        ("m01-i07, m01-i08", "m01-i07, m01-i08, m01-i08", "m01-i08 stands here twice"),
        ("m01-i07, m01-i08", "m01-i07, m01-i04", "m01-i04 is drawn in m01-s2 too"),
        ("m01-i07, m01-i08", "m01-i07, m01-i01, m01-i08", "asked for practice in m01-s1"),
        ("[m01-i07, m01-i08]", "module quizzes", "need items of their own"),
        ("{objective: m01-o2, items: 1}", "{objective: m01-o2, items: 2}",
         "asks for 4 items of m01-o2 for both tests, and 2 are left"),
        ("pass_mark: 70", "pass_mark: 0", "`pass_mark`"),
        ("{module: m01, items: 1}", "{module: m02, items: 1}", "0 are left"),
        ("before_after:", "before:", "`before_after` is missing"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_tests_is_named(
    tested_course: Path, old: str, new: str, said: str
) -> None:
    spoil(tested_course, "quizzes/tests.yml", old, new)
    reported = problems(tested_course)
    assert re.search(rf"quizzes/tests.yml:\d+: .*{re.escape(said)}", reported), reported


def test_a_role_that_is_none_is_named(small_course: Path) -> None:
    bank = small_course / BANK
    step = (
        "- {{id: {0}, text: T., question: Q?, evidence: {{unit: 9, quote: {1}}}, choices: [{2}]}}"
    )
    choice = "{{text: {0}, rating: {1}, consequence: C., next: {2}}}"
    quote = '"it does provide de facto protection"'
    first = step.format(
        "a", quote, ", ".join([choice.format("x", "best", "b"), choice.format("y", "poor", "end")])
    )
    second = step.format(
        "b",
        quote,
        ", ".join([choice.format("x", "best", "end"), choice.format("y", "fair", "end")]),
    )
    first = first.replace("question:", "variants: {bordr: V.}, question:")
    bank.write_text(
        bank.read_text("utf-8")
        + "  - id: m01-i07\n    type: scenario\n    objective: m01-o2\n    level: apply\n"
        + "    stem: A case.\n    roles: [polise]\n    debrief: D.\n    steps:\n"
        + f"      {first}\n      {second}\n"
        + f"    evidence:\n      - {{unit: 9, quote: {quote}}}\n",
        "utf-8",
    )
    spoil(small_course, BANK, "m01-i02, m01-i03]", "m01-i02, m01-i03, m01-i07]")
    reported = problems(small_course)
    assert "no role polise in book/course.yml (did you mean police?)" in reported
    assert "no role bordr in book/course.yml (did you mean border?)" in reported
    spoil(small_course, BANK, "items: [m01-i04, m01-i05]", "items: [m01-i04, m01-i05, m01-i07]")
    assert "m01-i07 is a scenario, which tells what is right as it goes" in problems(small_course)


def test_the_line_is_that_of_the_mistake(small_course: Path) -> None:
    in_module = spoil(small_course, MODULE, "{term}`de facto", "{term}`de fact")
    in_bank = spoil(small_course, BANK, '{unit: 9, quote: "it does', '{unit: 8, quote: "it does')
    reported = problems(small_course)
    assert f"{MODULE}:{in_module}: " in reported
    assert f"{BANK}:{in_bank}: " in reported


def test_all_problems_of_all_files_come_in_one_run(small_course: Path) -> None:
    spoil(small_course, MODULE, "{para}`9`", "{para}`25`")
    spoil(small_course, BANK, "key: true", "key: perhaps")
    spoil(small_course, "book/glossary.yml", "units: [8, 9]", "units: [90]")
    spoil(small_course, "book/_toc.yml", "file: glossary", "file: glosary")
    reported = problems(small_course)
    for said in ("no unit 25", "must be true or false", "no unit 90", "glosary"):
        assert said in reported
    assert re.search(r"^\d+ problems in .*course; nothing was built\.$", reported, re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (MODULE, "{page}`for-learners`", "{instrument}`a-treatie`",
         "no instrument in book/instruments.yml “a-treatie” (did you mean a-treaty?)"),
        (MODULE, "{page}`for-learners`", "{instrument}`the treaty <crc>`",
         "no instrument in book/instruments.yml “crc”"),
        (MODULE, "{page}`for-learners`", "{instruments}`a-treaty`", "did you mean instrument?"),
        (INSTRUMENTS, "about: It matters.", 'about: "See {para}`25`."', "no unit 25"),
        (INSTRUMENTS, "about: It matters.", 'about: "Not {instrument}`a-treat`."',
         "“a-treat” (did you mean a-treaty?)"),
        (INSTRUMENTS, '{article: "8", says', "{article: '', says", "article"),
    ],
)  # fmt: skip
def test_an_instrument_that_is_none_is_named(
    small_course: Path, name: str, old: str, new: str, said: str
) -> None:
    line = spoil(small_course, name, old, new)
    assert re.search(rf"{re.escape(name)}:{line}: .*{re.escape(said)}", problems(small_course))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (BANK, b"\xef\xbb\xbfmodule: m01\n", "byte order mark"),
        (BANK, "module: m01\ntitle: caf\xe9\n".encode("latin-1"), "m01.yml:2: not UTF-8"),
        (BANK, b"module: m01\nx: \x00\n", "control character"),
        (BANK, b"x" * 10_000_000, "10 MB, more than any file of a course"),
        (BANK, b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (BANK, b"", "no item bank"),
        (BANK, b"- just\n- a list\n", "no item bank"),
        (BANK, b"[" * 20_000, "nested too deep"),
        (BANK, b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "an alias"),
        (BANK, b"a: !!python/object/apply:os.system [id]\n", "a tag"),
        (MODULE, b"no front matter at all\n", "no front matter"),
        (MODULE, b"---\nid: m01\n", "the front matter has no end"),
        (MODULE, b"---\nid: [\n---\n", "not closed"),
        ("book/document-index.json", b"{", "the index of the document is damaged"),
        ("book/digest.yml", b"units: {}\ntopics: {}\n", "unit 1 has no digest"),
        ("modules/m01-who-answers/duty.svg", b"<svg", "not SVG that can be read"),
        (
            "modules/m01-who-answers/duty.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script/></svg>',
            "holds <script>",
        ),
    ],
)
def test_a_file_of_rubbish_is_one_clear_problem(
    small_course: Path, name: str, data: bytes, said: str
) -> None:
    (small_course / name).write_bytes(data)
    assert said in problems(small_course)


@pytest.mark.parametrize(
    "name", [MODULE, "book/course.yml", "book/digest.yml", "book/glossary.yml", "book/_toc.yml",
             "book/document-index.json", BANK],
)  # fmt: skip
def test_a_missing_file_is_named(small_course: Path, name: str) -> None:
    (small_course / name).unlink()
    assert name.rpartition("/")[2] in problems(small_course)


def test_a_bank_with_many_aliases_is_refused_at_once(small_course: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (small_course / BANK).write_text("\n".join(levels), encoding="utf-8")
    assert "write the value out" in problems(small_course)


REAL = "modules/m09-trafficking/module.md"
REAL_BANK = "quizzes/m09.yml"
CAPSTONE = "modules/capstone-design-a-country-programme/module.md"


def without(root: Path, name: str, kind: str) -> None:
    """Take every block of a kind out of a module."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    left, taken = re.subn(rf"^:::\{{{kind}\}}.*?^:::\n", "", text, flags=re.DOTALL | re.MULTILINE)
    assert taken, f"no {kind} in {name}"
    path.write_text(left, encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("situation", "no opening situation; write a block :::{situation}"),
        ("example", "no worked example; add a block :::{example}"),
        ("case", "no case card; add a block :::{case}"),
        ("misunderstanding", "no misunderstanding put right; add a block :::{misunderstanding}"),
        ("since", "no word on what has changed since 2009; add a block :::{since}"),
        ("keypoints", "no key points; add a block :::{keypoints}"),
        ("item", "no scenario of 4 steps or more; write one in quizzes/m09.yml"),
    ],
)
def test_a_module_of_the_whole_course_holds_every_part(
    tmp_path: Path, kind: str, said: str
) -> None:
    root = copy_course(tmp_path / "course")
    without(root, REAL, kind)
    assert f"{REAL}:1: the module has {said}" in problems(root)


def test_a_situation_opens_a_module(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    path = root / REAL
    text = path.read_text(encoding="utf-8")
    (situation,) = re.findall(r"^:::\{situation\}.*?^:::\n", text, re.DOTALL | re.MULTILINE)
    path.write_text(text.replace(situation, "") + "\n" + situation, encoding="utf-8")
    assert f"{REAL}:1: the module has no opening situation" in problems(root)


def test_a_module_has_a_figure_or_a_table(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    without(root, REAL, "diagram")
    # It still has a table, which is enough; and without one, a table in code is none.
    done = course(root, "check")
    assert "no figure" not in done.stderr
    path = root / REAL
    text = re.sub(r"^\|.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(f"{text}\n```\n| a | b |\n|---|---|\n```\n", encoding="utf-8")
    assert f"{REAL}:1: the module has no figure and no table" in problems(root)


def respell(root: Path, name: str, key: str, change: Callable[[Any], Any]) -> None:
    """Change a value of a YAML file, and write the file anew."""
    path = root / name
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data[key] = change(data[key])
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def cut_short(items: Any) -> Any:
    """Leave three steps of each scenario."""
    return [{**item, "steps": item["steps"][:3]} if item["type"] == "scenario" else item
            for item in items]  # fmt: skip


def test_a_scenario_of_three_steps_is_too_short(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    respell(root, REAL_BANK, "items", cut_short)
    assert f"{REAL}:1: the module has no scenario of 4 steps or more" in problems(root)


def test_a_module_has_items_enough(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    respell(root, REAL_BANK, "items", lambda items: items[:16])
    said = "a module has 18 items or more, and m09 has 16; write 2 more"
    assert f"{REAL_BANK}:1: {said}" in problems(root)


def test_a_module_has_a_module_quiz(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    spoil(root, REAL_BANK, "mode: test", "mode: practice")
    said = "0 quizzes have `mode: test`; write one, the module quiz"
    assert re.search(rf"^{re.escape(REAL_BANK)}:\d+: {re.escape(said)}$", problems(root), re.M)


def test_what_all_modules_lack_comes_in_one_run(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    without(root, REAL, "example")
    without(root, REAL, "keypoints")
    without(root, CAPSTONE, "example")
    without(root, CAPSTONE, "since")
    reported = problems(root)
    for said in ("m09-trafficking/module.md:1: the module has no worked example",
                 "m09-trafficking/module.md:1: the module has no key points",
                 f"{CAPSTONE}:1: the module has no worked example"):  # fmt: skip
        assert said in reported
    # The capstone may do without.
    assert f"{CAPSTONE}:1: the module has no word" not in reported


def test_a_course_that_is_not_whole_is_not_asked_for_every_part(small_course: Path) -> None:
    about = small_course / COURSE
    assert "coverage: modules" in about.read_text(encoding="utf-8")
    without(small_course, MODULE, "keypoints")
    assert course(small_course, "check").returncode == 0
    spoil(small_course, COURSE, "coverage: modules", "coverage: whole")
    reported = problems(small_course)
    assert f"{MODULE}:1: the module has no key points" in reported
    assert f"{BANK}:1: a module has 18 items or more, and m01 has 6; write 12 more" in reported


def test_what_cannot_be_read_is_one_problem_and_not_one_for_each_that_looks_for_it(
    tmp_path: Path,
) -> None:
    root = copy_course(tmp_path / "course")
    bank = root / "quizzes" / "m06.yml"
    bank.write_text(
        bank.read_text("utf-8").replace("    type: single", "\ttype: single", 1), "utf-8"
    )
    reported = problems(root).splitlines()
    assert reported[0].startswith("quizzes/m06.yml:")
    assert "a tab where only spaces may stand" in reported[0]
    assert "no item bank" not in "\n".join(reported)
    assert "did you mean" not in "\n".join(reported)
    instruments = root / "book" / "instruments.yml"
    instruments.write_text(instruments.read_text("utf-8").replace("short:", "shrt:", 1), "utf-8")
    assert "no instrument in" not in problems(root)


def test_tests_that_are_gone_are_named(tmp_path: Path) -> None:
    root = copy_course(tmp_path / "course")
    (root / "quizzes" / "tests.yml").unlink()
    assert "quizzes/tests.yml: this file is missing" in problems(root)
