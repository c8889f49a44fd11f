"""What an author gets wrong is told in one run, by file and line, with how to mend it."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from conftest import COMMANDS, course
from imlcourse.book.sources import book_sources
from imlcourse.cli import main
from imlcourse.html.writer import Writer
from imlcourse.languages import strings
from imlcourse.languages.spelling import nearest
from imlcourse.markup.problems import CourseError
from plain_yaml import dump_yaml, load_yaml
from small_course import HELD, load_again, spoil

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


def checked(root: Path) -> tuple[int, str]:
    """What ``course check`` gives back and says in the error stream, run in this process."""
    with redirect_stderr(StringIO()) as said, redirect_stdout(StringIO()):
        code = main(["--course", str(root), "check"])
    return code, said.getvalue()


def told(root: Path) -> list[str]:
    """What the checks say of a course with problems: a line for each."""
    with pytest.raises(CourseError) as raised:
        load_again(root)
    return [str(problem) for problem in raised.value.problems]


def problems(root: Path) -> str:
    """What the checks say of a course with problems, as the command prints it."""
    return "".join(f"{problem}\n" for problem in told(root))


def test_the_small_course_has_no_problem(small_course: Path) -> None:
    done = course(small_course, "check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "mistakes",
    [
        [
            (MODULE, "{para}`9`", "{para}`25`"),
            (MODULE, ":::{keypoints}", ":::{keypoint}"),
            (BANK, "level: understand", "level: know"),
            (BANK, "- id: m01-i02", "- id: m01-i01"),
            (TIMELINE, "events:", "event:"),
            ("book/_toc.yml", "      - file: m01-note\n", ""),
            ("_config.yml", "use_issues_button: false", "use_issues_button: perhaps"),
        ],
        [
            (COURSE, 'date: "2026-11-27"', 'date: "2026-13-40"'),
            (MODULE, "A family waits.", "A family \u2028waits: “ἀρχή”\u202e."),
        ],
        [(MODULE, "  - id: m01-o1", "\t- id: m01-o1")],
    ],
)
def test_a_process_says_of_mistakes_what_these_tests_read(
    small_course: Path, mistakes: list[tuple[str, str, str]]
) -> None:
    for name, old, new in mistakes:
        spoil(small_course, name, old, new)
    done = course(small_course, "check")
    assert all(f"{name}:" in done.stderr for name, *_ in mistakes), done.stderr
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stderr) == checked(small_course)
    # Then it says how many there are.
    assert "".join(done.stderr.splitlines(keepends=True)[:-1]) == problems(small_course)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        # units and quotations
        (MODULE, "{para}`9`", "{para}`25`", "no unit 25"),
        (MODULE, "{para}`9`", "{para}`9", "{para} without its two backticks"),
        (MODULE, "A family waits.", "A family <img src=x onerror=alert(1)> waits.",
         "a script or an event handler"),
        (COURSE, 'date: "2026-11-27"', 'date: "2026-13-40"', "the calendar has no “2026-13-40”"),
        (SINCE, 'seen: "2026-11-23"', 'seen: "2026-11-31"', "the calendar has no “2026-11-31”"),
        (MODULE, ":::{keypoints}", ":::{reading} for-learnrs\n:::\n\n:::{keypoints}",
         "no reading for-learnrs (did you mean for-learners?)"),
        ("book/for-learners.md", "Read {module}", ":::{reading} index\n:::\n\nRead {module}",
         "{reading} belongs in a module"),
        # pictures
        ("book/for-learners.md", "Read {module}",
         ":::{picture} kit.webp\n:alt: A sheet\n:::\n\nRead {module}",
         "no picture “kit.webp” in book/images"),
        ("book/for-learners.md", "Read {module}",
         ":::{picture} ../for-learners.md\n:alt: A sheet\n:::\n\nRead {module}",
         "“../for-learners.md” is no .png or .webp file of book/images"),
        ("book/for-learners.md", "Read {module}",
         ":::{picture} kit.webp\n:alt:\n:::\n\nRead {module}", "alt"),
        (MODULE, ":::{keypoints}", ":::{picture} kit.webp\n:alt: A sheet\n:::\n\n:::{keypoints}",
         "{picture} belongs on a page of book/"),
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
PAGES = "      - file: my-progress\n"


@pytest.fixture
def tested_course(small_course: Path) -> Path:
    """A small course with a pre-test, a post-test and a final test."""
    (small_course / "quizzes" / "tests.yml").write_text(TESTS.replace("m01-i04, ", ""))
    bank = small_course / BANK
    bank.write_text(bank.read_text("utf-8") + HELD, "utf-8")
    more = "".join(
        f"      - file: {name}\n"
        for name in ("pre-test", "post-test", "final-test", "certificate", "check-certificate")
    )
    spoil(small_course, "book/_toc.yml", PAGES, PAGES + more)
    return small_course


def test_a_course_with_tests_has_no_problem(tested_course: Path) -> None:
    assert checked(tested_course) == (0, "")


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
    _, reported = checked(small_course)
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
        (MODULE, "{page}`for-learners`", "{article}`a-treatie 8`",
         "no instrument in book/instruments.yml “a-treatie” (did you mean a-treaty?)"),
        (MODULE, "{page}`for-learners`", "{article}`a-treaty 9`",
         "no article “9” of a-treaty in book/instruments.yml, which has 8"),
        (MODULE, "{page}`for-learners`", "{article}`article 9(1) <a-treaty 9>`",
         "; write it there, with what it says and a reference that shows it"),
        (MODULE, "{page}`for-learners`", "{article}`a-treaty`",
         "{article} names no article; write one behind the instrument, as in "
         "{article}`a-treaty 8`"),
        (MODULE, "{page}`for-learners`", "{article}``", "{article}"),
        (INSTRUMENTS, "about: It matters.", 'about: "Not {article}`a-treaty 18`."',
         "no article “18” of a-treaty"),
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


LAW = """\
:::{law} Nobody is kept from leaving
Who wants to leave is let go ({article}`a-treaty 8`), as {para}`9` has it.
:::

:::{since}"""


def test_a_law_box_that_is_whole_is_accepted(small_course: Path) -> None:
    spoil(small_course, MODULE, ":::{since}", LAW)
    assert load_again(small_course)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{article}`a-treaty 8`", "a treaty", "the law box names no article; write {article}`"),
        ("{para}`9`", "the document", "does not say to which words of the document it belongs"),
        ("is let go", "is let go" + " at once" * 90, "words; say it in 140, or make two of it"),
        (" Nobody is kept from leaving", "", "{law}"),
        ("a-treaty 8", "a-treaty 8a", "no article “8a” of a-treaty"),
    ],
)
def test_a_law_box_that_lacks_something_says_what(
    small_course: Path, old: str, new: str, said: str
) -> None:
    assert LAW.count(old) == 1
    line = spoil(small_course, MODULE, ":::{since}", LAW.replace(old, new))
    reported = problems(small_course)
    assert re.search(rf"{re.escape(MODULE)}:({line}|{line + 1}): .*{re.escape(said)}", reported)


SETTLED_BY_LAW = """\
    evidence: []
    law: [{instrument: a-treaty, article: "8"}]
  - id: m01-i02
"""
SETTLED = """\
    evidence:
      - {unit: 9, quote: "IOM does not have a legal protection mandate"}
  - id: m01-i02
"""


def test_an_item_of_practice_may_rest_on_the_law_too_and_on_the_law_alone(
    small_course: Path,
) -> None:
    law = SETTLED_BY_LAW.replace("    evidence: []\n", "")
    both = SETTLED.replace("  - id: m01-i02\n", law)
    spoil(small_course, BANK, SETTLED, both)
    course = load_again(small_course)
    asked = Writer(course).quiz("m01-s1")
    assert asked.count('<span class="iml-beside">Law beside the document.</span>') == 1
    assert '<a class="iml-cite" href="instruments.html#a-treaty-art-8">A Treaty, article 8' in asked
    spoil(small_course, BANK, both, SETTLED_BY_LAW)
    # The document settles one item less; nothing else is amiss.
    reported = problems(small_course)
    assert "unit 9 is the evidence of 2 items" in reported
    assert "no evidence" not in reported


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('article: "8"', 'article: "9"', "no article “9” of a-treaty in book/instruments.yml"),
        ("a-treaty", "a-treatie", "“a-treatie” (did you mean a-treaty?)"),
        ('    law: [{instrument: a-treaty, article: "8"}]\n', "", "no evidence; give the unit"),
        (', article: "8"', "", "article"),
    ],
)
def test_an_item_that_rests_on_no_law_says_so(
    small_course: Path, old: str, new: str, said: str
) -> None:
    spoil(small_course, BANK, SETTLED, SETTLED_BY_LAW.replace(old, new))
    assert said in problems(small_course)


def test_tests_ask_for_the_document_alone(small_course: Path) -> None:
    spoil(small_course, BANK, SETTLED, SETTLED_BY_LAW)
    spoil(small_course, BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i04, m01-i02, m01-i03]")
    spoil(small_course, BANK, "items: [m01-i04, m01-i05]", "items: [m01-i01, m01-i05]")
    assert "m01-i01 is asked in a test and rests on law beside the document" in problems(
        small_course
    )


def test_what_good_people_differ_on_is_for_practice(small_course: Path) -> None:
    spoil(
        small_course,
        BANK,
        SETTLED,
        SETTLED.replace("  - id", "    dilemma: [speed, care]\n  - id"),
    )
    spoil(small_course, BANK, "[m01-i01, m01-i02, m01-i03]", "[m01-i04, m01-i02, m01-i03]")
    spoil(small_course, BANK, "items: [m01-i04, m01-i05]", "items: [m01-i01, m01-i05]")
    assert "m01-i01 is asked in a test and is a dilemma" in problems(small_course)


def test_two_law_boxes_with_one_title_are_told_apart(small_course: Path) -> None:
    line = spoil(small_course, MODULE, ":::{since}", LAW.replace(":::{since}", LAW))
    assert f"{MODULE}:{line + 4}: the title “Nobody is kept" in problems(small_course)


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


def test_a_module_of_the_whole_course_holds_every_part(whole_course: Path) -> None:
    parts = {
        "situation": "no opening situation; write a block :::{situation}",
        "example": "no worked example; add a block :::{example}",
        "case": "no case card; add a block :::{case}",
        "misunderstanding": "no misunderstanding put right; add a block :::{misunderstanding}",
        "since": "no word on what has changed since 2009; add a block :::{since}",
        "keypoints": "no key points; add a block :::{keypoints}",
        "item": "no scenario of 4 steps or more; write one in quizzes/m09.yml",
    }
    for kind in parts:
        without(whole_course, REAL, kind)
    reported = problems(whole_course)
    untold = [kind for kind, said in parts.items()
              if f"{REAL}:1: the module has {said}" not in reported]  # fmt: skip
    assert untold == []


def test_a_situation_opens_a_module(whole_course: Path) -> None:
    path = whole_course / REAL
    text = path.read_text(encoding="utf-8")
    (situation,) = re.findall(r"^:::\{situation\}.*?^:::\n", text, re.DOTALL | re.MULTILINE)
    path.write_text(text.replace(situation, "") + "\n" + situation, encoding="utf-8")
    assert f"{REAL}:1: the module has no opening situation" in problems(whole_course)


def test_a_module_has_a_figure_or_a_table(whole_course: Path) -> None:
    without(whole_course, REAL, "diagram")
    # It still has a table, which is enough; and without one, a table in code is none.
    assert "no figure and no table" not in problems(whole_course)
    path = whole_course / REAL
    text = re.sub(r"^\|.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(f"{text}\n```\n| a | b |\n|---|---|\n```\n", encoding="utf-8")
    assert f"{REAL}:1: the module has no figure and no table" in problems(whole_course)


def respell(root: Path, name: str, key: str, change: Callable[[Any], Any]) -> None:
    """Change a value of a YAML file, and write the file anew."""
    path = root / name
    data = load_yaml(path.read_text(encoding="utf-8"))
    data[key] = change(data[key])
    path.write_text(dump_yaml(data), encoding="utf-8")


def cut_short(items: Any) -> Any:
    """Leave three steps of each scenario."""
    return [{**item, "steps": item["steps"][:3]} if item["type"] == "scenario" else item
            for item in items]  # fmt: skip


def test_a_scenario_of_three_steps_is_too_short(whole_course: Path) -> None:
    respell(whole_course, REAL_BANK, "items", cut_short)
    assert f"{REAL}:1: the module has no scenario of 4 steps or more" in problems(whole_course)


def test_a_module_has_items_enough(whole_course: Path) -> None:
    respell(whole_course, REAL_BANK, "items", lambda items: items[:16])
    said = "a module has 18 items or more, and m09 has 16; write 2 more"
    assert f"{REAL_BANK}:1: {said}" in problems(whole_course)


def test_a_module_has_a_module_quiz(whole_course: Path) -> None:
    spoil(whole_course, REAL_BANK, "mode: test", "mode: practice")
    said = "0 quizzes have `mode: test`; write one, the module quiz"
    assert re.search(
        rf"^{re.escape(REAL_BANK)}:\d+: {re.escape(said)}$", problems(whole_course), re.M
    )


def test_what_all_modules_lack_comes_in_one_run(whole_course: Path) -> None:
    without(whole_course, REAL, "example")
    without(whole_course, REAL, "keypoints")
    without(whole_course, CAPSTONE, "example")
    without(whole_course, CAPSTONE, "since")
    reported = problems(whole_course)
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
    assert checked(small_course) == (0, "")
    spoil(small_course, COURSE, "coverage: modules", "coverage: whole")
    reported = problems(small_course)
    assert f"{MODULE}:1: the module has no key points" in reported
    assert f"{BANK}:1: a module has 18 items or more, and m01 has 6; write 12 more" in reported


def test_what_cannot_be_read_is_one_problem_and_not_one_for_each_that_looks_for_it(
    whole_course: Path,
) -> None:
    bank = whole_course / "quizzes" / "m06.yml"
    bank.write_text(
        bank.read_text("utf-8").replace("    type: single", "\ttype: single", 1), "utf-8"
    )
    reported = problems(whole_course).splitlines()
    assert reported[0].startswith("quizzes/m06.yml:")
    assert "a tab where only spaces may stand" in reported[0]
    assert "no item bank" not in "\n".join(reported)
    assert "did you mean" not in "\n".join(reported)
    instruments = whole_course / "book" / "instruments.yml"
    instruments.write_text(instruments.read_text("utf-8").replace("short:", "shrt:", 1), "utf-8")
    assert "no instrument in" not in problems(whole_course)


def test_tests_that_are_gone_are_named(whole_course: Path) -> None:
    (whole_course / "quizzes" / "tests.yml").unlink()
    assert "quizzes/tests.yml: this file is missing" in problems(whole_course)


# --- one mistake, one message -------------------------------------------------------------------

DRAWN = "modules/m01-who-answers/duty.svg"
TOC, GLOSSARY, LEARNERS = "book/_toc.yml", "book/glossary.yml", "book/for-learners.md"
CONFIG = "_config.yml"


@pytest.mark.parametrize(
    ("name", "old", "new", "after", "said"),
    [
        # marks that would reach the page as they were typed
        (MODULE, "*Who* is to act", "**Who is to act", 0, "** opens or closes no emphasis"),
        (MODULE, "IOM says so itself", "IOM says *so itself", 0, "* opens or closes no emphasis"),
        (MODULE, "IOM says so itself", "IOM says * so itself", 0, "* opens or closes no emphasis"),
        (MODULE, "IOM says so itself", "IOM _says so itself", 0, "_ opens or closes no emphasis"),
        (MODULE, "IOM says so itself", "IOM `says so itself", 0, "a backtick without its other"),
        (MODULE, "## What help does", "## What *help does", 0, "* opens or closes no emphasis"),
        (MODULE, ":who: victims", ":who: **victims", 0, "** opens or closes no emphasis"),
        (MODULE, "Two kinds of protection", "Two *kinds of protection", 0, "* opens or closes"),
        (MODULE, "title: Who answers", "title: Who *answers", 0, "* opens or closes no emphasis"),
        (MODULE, "text: Tell who has", "text: Tell **who has", 0, "** opens or closes no emphasis"),
        (MODULE, "IOM says so itself", "[IOM](x says so itself", 0, "a link that is not whole"),
        (LEARNERS, "Read {module}", "*Read {module}", 0, "* opens or closes no emphasis"),
        (BANK, "stem: IOM gives de facto", "stem: IOM *gives de facto", 0, "* opens or closes"),
        (BANK, "feedback: They judge.", "feedback: They **judge.", 0, "** opens or closes"),
        (BANK, "title: Judge a case", "title: Judge **a case", 0, "** opens or closes"),
        (BANK, "hint: Whose rights", "hint: Whose *rights", 0, "* opens or closes"),
        (GLOSSARY, "Protection that", "*Protection that", 0, "* opens or closes no emphasis"),
        (GLOSSARY, "{para}`8`", "{para}`8", 0, "a backtick without its other one"),
        (SINCE, "Something changed", "Something **changed", 0, "** opens or closes"),
        (TIMELINE, "text: It changed", "text: It *changed", 0, "* opens or closes"),
        (ATLAS, "summary: IOM paid", "summary: IOM *paid", 0, "* opens or closes"),
        (COURSE, "subtitle: A course", "subtitle: A **course", 0, "** opens or closes"),
        # code by indentation, headings, labels
        (MODULE, "IOM says so itself", "\tIOM says so itself", 0, "begins with a tab or four"),
        (MODULE, "IOM says so itself", "    IOM says so itself", 0, "begins with a tab or four"),
        (MODULE, "States decide.", "- One\n\n      States decide.", 2, "begins with a tab or four"),
        (LEARNERS, "Read {module}", "    Read {module}", 0, "begins with a tab or four spaces"),
        (MODULE, "## What help does", "# What help does", 0, "a heading of level 1"),
        (MODULE, "## What help does", "#What help does", 0, "a heading lacks the space"),
        (MODULE, "(m01-s2)=", "(m01-s9)=", 1, "number 2 and its label is (m01-s9)="),
        (MODULE, "(m01-s1)=", "(a)=\n\nText.\n\n(m01-s1)=", 2, "(a)= stands above no heading"),
        (MODULE, "States decide.", "## States\n\nStates decide.", -1, "a heading inside {mis"),
        (LEARNERS, "Read {module}", "# Again\n\nRead {module}", 0, "a second title, “Again”"),
        (LEARNERS, "Read {module}", "Again\n=====\n\nRead {module}", 0, "a second title, “Again”"),
        (LEARNERS, "Read {module}", "### Deep\n\nRead {module}", 0, "write ##"),
        (LEARNERS, "# For learners", "For learners", 0, "the page has no title"),
        # blocks and roles
        (MODULE, ":::{quiz} m01-s1\n:::\n", ":::{quiz} m01-s1\n", 0, "{quiz} is not closed before"),
        (MODULE, ":::{quiz} m01-s1", ":::quiz m01-s1", 0, "write :::{quiz} m01-s1, or delete it"),
        (MODULE, ":::{quiz} m01-s1", ":::{quizz} m01-s1", 0, "no directive {quizz} (did you mean"),
        (MODULE, "States decide.", ":::{keypoints}\nX.\n:::", -1, "is not closed before line 26"),
        (MODULE, ":::{case} A30", ":::{case}", 0, "{case} lacks an annex unit"),
        (MODULE, ":alt: Two circles\n", "", -1, "{diagram} has no :alt:"),
        (MODULE, "At the desk\n", "At the desk\n:drawing: duty.svg\n", 0, "no words for it"),
        (MODULE, "At the desk\n", "At the desk\n:alt: A desk\n", 0, "no :drawing:; add it"),
        (MODULE, "IOM says so itself", "<!-- IOM says so itself", 0, "a comment that has no end"),
        (MODULE, "IOM says so itself", "```\nIOM says so itself", 0, "code that has no end"),
        (MODULE, "|---|---|", "|---|", -1, "this is no table yet"),
        (MODULE, "| Help | Right |", "| | Right |", 0, "a column of the table has no heading"),
        (MODULE, "- States have", "-States have", 0, "an entry of a list lacks its space"),
        (MODULE, "IOM says so itself", "<b>IOM says so itself", 0, "<b> is not closed"),
        (LEARNERS, "Read {module}", "<div>\n\nRead {module}", 0, "<div> is not closed"),
        (LEARNERS, "Read {module}", "</div>\n\nRead {module}", 0, "</div> closes nothing"),
        (MODULE, "{page}`for-learners`", "{page}``x``", 0, "{page} names nothing"),
        (MODULE, "{page}`for-learners`", "{page}`../index`", 0, "no page “../index”"),
        (MODULE, "{page}`for-learners`", "[x](#m01-s7)", 0, "no label (m01-s7)= on this page"),
        (LEARNERS, "Read {module}", "[x](index.md#no) {module}", 0, "no label (no)= on the page"),
        (LEARNERS, "Read {module}", "![x](/etc/a.png) {module}", 0, "an image (/etc/a.png)"),
        (MODULE, "duty.svg", "../../duty.svg", 0, "is no SVG file in the module's folder"),
        (MODULE, "duty.svg", "Duty.svg", 0, "no file Duty.svg beside the module (did you mean d"),
        ("book/index.md", "iml:modules", "iml:module", 0, "no mark <!-- iml:module -->"),
        (AID, "units: [A30]", "units: A30", 0, "`units` must be a list, as in units: [A7, A9]"),
        (MODULE, ":::{keypoints}", "::::{keypoints}", 0, "is not closed before line 60"),
        (MODULE, ":::{keypoints}", ":::{key points}", 0, "write :::{keypoints}, or delete it"),
        (MODULE, ":::{keypoints}", "- x\n\n  :::{keypoints}", 2, "a directive inside a list"),
        (MODULE, ":::{keypoints}", "    :::{keypoints}", 0, "begins with a tab or four spaces"),
        (MODULE, ":::{since} a-resolution", ":::{since} A resolution", 0, "mean a-resolution?"),
        (MODULE, "duty.svg", "x" * 300 + ".svg", 0, "no file has so long a name"),
        (MODULE, "have a legal protection", "have a *legal protection", 0, "* opens or closes"),
        (MODULE, "{para}`9`", "{para}`9, 10`", 0, "no unit 9, 10; cite one unit at a time"),
        (MODULE, "IOM says so itself", '<img src="x.png">', 0, "a tag <img>, which brings in"),
        (LEARNERS, "Read {module}", '<a href="no.html">x</a> {module}', 0, "no page “no.html”"),
        (LEARNERS, "# For learners", "#", 0, "a heading without words"),
        (AID, "---\nunits", "----\nunits", 0, "front matter begins with a line ---"),
        (AID, "---\nunits", "\n---\nunits", 0, "front matter begins with a line ---"),
        (AID, "units: [A30]", "units: [A30, A30]", 0, "unit A30 stands here twice"),
        # front matter
        (MODULE, "---\nAn officer", "  ---\nAn officer", 0, "closes the front matter is indented"),
        (MODULE, "---\nAn officer", "--\nAn officer", -11, "the front matter has no end"),
        (MODULE, "id: m01\n", "id: M01\n", 0, "write m and two digits, as in m06"),
        (MODULE, "minutes: {self: 10, session: 45}", "minutes: 10", 0, "`minutes` holds names"),
        (MODULE, "self: 10", "self: 99999999999999999999", 0, "write a whole number"),
        (MODULE, "title: Who answers", "title: Who {para}`9`", 0, "`title` holds a role"),
        (MODULE, "units: [9, A30]", "units: [9, A30, 9]", 0, "unit 9 stands here twice"),
        (MODULE, "- id: m01-o2", "- id: m01-o1", 0, "m01-o1 stands here a second time"),
        # item banks
        (BANK, "pass_mark: 70", "pass_mark: 170", 0, "a whole number from 1 to 100"),
        (BANK, "module: m01", "module: m02", 0, "name it m02.yml, or write `module: m01`"),
        (BANK, "module: m01", "module: [m01]", 0, "write its id, as in m06"),
        (BANK, "items: [m01-i01,", "items: [m01 i01,", 0, "no item m01 i01 (did you mean m01-"),
        (BANK, "[m01-i01, m01-i02, m01-i03]", "m01-i01", 0, "`items` must be a list"),
        (BANK, "m01-i02, m01-i03]", "m01-i02, m01-i03", 0, "is not closed, or lacks a comma"),
        (BANK, "m01-o2, items: 1", "m01-o2, items: 9", 0, "asks for 9 items of m01-o2, and 2 are"),
        (BANK, "m01-o2, items: 1", "m01-o2, item: 1", 0, "did you mean `items`?"),
        (BANK, "m01-o2, items: 1", "m01-o2, items: 0", 0, "`items` is “0”; write 1 or more"),
        (BANK, "- id: m01-i02", "- id: m01 i02", 0, "`id` cannot be “m01 i02”"),
        (BANK, "- id: m01-i02", "- id: M01-I02", 0, "`id` cannot be “M01-I02”"),
        (BANK, "text: legal protection\n", "text: 1951\n", 0, "must be text, not “1951”"),
        (BANK, "text: legal protection\n", "text: true\n", 0, "must be text, not “true”"),
        (BANK, "text: legal protection\n", "text: [a]\n", 0, "`text` must be text"),
        (BANK, "- text: giving assistance\n        feedback:",
         "- giving\n      - text: x\n        feedback:", 0, "write `name: value` lines here"),
        (BANK, "text: the courts of the province", "text: '  '", 0, "`text` is empty"),
        (BANK, "title: A note", "title: >A note", 0, "a text begins with > or |"),
        (BANK, "module: m01", "%YAML 9\nmodule: m01", 0, "a line begins with %"),
        (BANK, "key: true", "key: yes", 0, "must be true or false"),
        (BANK, "gives de facto protection.", "gives de facto # help.", 0, "a # cuts this text"),
        (BANK, "- {unit: 9, quote: \"through", "- {quote: \"through", 0, "`unit` is missing"),
        (BANK, "through many of its activities\"", "through many of its\"", 0, "has 4 words"),
        (BANK, "through many of its activities\"", "through many of its activities " * 5 +
         "it\"", 0, "has 26 words"),
        (BANK, "  - id: m01-i03", "   - id: m01-i03", 0, "check the indentation"),
        (BANK, "    type: multiple", "    type: multiple\n    type: single", 1, "a second time"),
        (BANK, "    type: multiple", "\u00a0   type: multiple", 0, "a space that is no"),
        (BANK, "gives de facto protection.", "gives de facto \u202eprotection.", 0, "nobody sees"),
        (BANK, "title: Judge a case", "title: See {para}`9`", 0, "`title` holds a role"),
        (BANK, "    steps:\n", "    step:\n", 0, "`step` is not known here; did you mean `steps`?"),
        (BANK, "stem: Whom does the", "stem: Whom does `the", 0, "a backtick without its other"),
        (BANK, "words: 20", "words: 2000", 0, "`words` is “2000”; write 400 or less"),
        (BANK, "It is left out., It is hinted at., ", "", 0, "`levels` has 2 entries; write 4"),
        (BANK, "id: help, label", "id: problem, label", 0, "problem stands here a second time"),
        (BANK, "intro: Write to a minister.", "intro: 'See {module}`m77`.'", 0, "no module “m77”"),
        (BANK, "hint: Whose rights", "hint: Whose {para}`9` rights", 0, "only *emphasis* and"),
        # data files
        (COURSE, "language: en", "language: xx", 0, "no texts in the language “xx”"),
        (COURSE, "modules_planned: 14", "modules_planned: 13", 0, "every role has 14; mend"),
        (COURSE, "  1: International", "  one: International", 0, "number the parts: 1, 2, 3"),
        (COURSE, "  ngo: [m06, m01, m07, m08, m09]\n", "", -15,
         "the role “ngo” has no track; write one"),
        (COURSE, "  ngo: [m06, m01, m07, m08, m09]", "  ngos: [m06, m01, m07, m08]", 0,
         "no role “ngos”"),
        (COURSE, "  ngo: [m06, m01, m07, m08, m09]", "  ngo: [m06, m01, m07]", 0,
         "the track of “ngo” has 3 modules; name 4 to 6"),
        (COURSE, "  ngo: [m06, m01, m07, m08, m09]", "  ngo: [m01, m06, m07, m08, m09]", -13,
         "the way of “ngo” does not begin with its track; begin it with m01, m06, m07, m08, m09"),
        (COURSE, "iri: https://", "iri: ", 0, "write an address of the web that ends with /"),
        (COURSE, 'date: "2026-11-27"', 'date: "2009-02-30"', 0, "the calendar has no “2009-02-30”"),
        (TOC, "- file: glossary", "- file: glossary.md", 0, "no page “glossary.md” (did you"),
        (TOC, "- file: glossary", "- file: Glossary", 0, "no page “Glossary” (did you mean"),
        (TOC, "format: jb-book", "format: jb-article", 0, "write 'jb-book'"),
        (TOC, "- file: m01-note", "- m01-note", 0, "write `name: value` lines here"),
        (CONFIG, "sphinx:\n", "sphnx:\n", 0, "Jupyter Book knows no “sphnx” (did you mean sphinx"),
        (CONFIG, "- imlcourse.book.sphinx_ext", "- x.sphinx_ext", -1, "no look without imlcourse"),
        (GLOSSARY, "{para}`8`", "{par}`8`", 0, "no role {par}"),
        (GLOSSARY, "term: De facto protection", 'term: " "', 0, "`term` is empty"),
        (GLOSSARY, "units: [8, 9]", "see: [de-facto-protection]", 0, "names itself"),
        (ATLAS, "named: {MX:", "named: {XX:", 0, "no country of this activity “XX”"),
        ("book/digest.yml", "topics:\n", "topics:\n  bad topic: X\n", 1, "the name “bad topic”"),
        (MATRIX, "about: A way to a court.", "about: 'See {para}`8`.'", 0, "`about` holds a role"),
        (MATRIX, "right: liberty", "right: libertie", 0, "no right “libertie” (did you mean"),
        (ATLAS, "countries: [ID]", "countries: [Indonesia]", 0, "`countries` cannot be “Indonesia"),
        (ATLAS, "{name: Children}", "{name: Children, within: children}", 0, "lies within itself"),
        (TIMELINE, "text: It changed.", "text: See {page}`nowhere`.", 0, "no page “nowhere”"),
        # dates against each other
        (INSTRUMENTS, '"2003-07-01"', '"1989-07-01"', 0, "is earlier than 1990-12-18, when it was"),
        (INSTRUMENTS, '"2003-07-01"', '"2033-07-01"', 0, "is later than 2026-11-24, when its"),
        (INSTRUMENTS, "[title, adopted, in_force, articles]", "[title, adopted, articles]", -5,
         "no reference of a-treaty shows `in_force`"),
        (INSTRUMENTS, "[title, adopted, article 13]", "[title, adopted]", -3, "shows article 13"),
        (SINCE, 'years: "2016"', 'years: "2008"', 0, "2008 lies before the document of 2009"),
        (SINCE, 'years: "2016"', 'years: "2018–2016"', 0, "ends before it begins"),
        (SINCE, 'years: "2016"', 'years: "2027"', 0, "2027 is later than 2026-11-23"),
        (TIMELINE, '"2016-09-19"', '"2026-12-01"', 0, "is later than 2026-11-24, when its refer"),
        (BIBLIOGRAPHY, "units: [fn8]", 'units: [fn8], seen: "2026-11-24"', 0, "go together"),
    ],
)  # fmt: skip
def test_one_mistake_is_told_once_and_at_its_line(
    small_course: Path, name: str, old: str, new: str, after: int, said: str
) -> None:
    line = spoil(small_course, name, old, new) + after
    (problem,) = told(small_course)
    assert problem.startswith(f"{name}:{line}: "), problem
    assert said in problem


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (MODULE, "*Who* is to act", r"*Who* is to act \* now"),
        (MODULE, "*Who* is to act", "**see {para}`9`** is to act"),
        (MODULE, "IOM says so itself", "A snake_case word, a blank ____ and 2 × 3. IOM says so"),
        (MODULE, "States decide.", "- One\n  goes on\n\n  and on"),
        (MODULE, "IOM says so itself", "<b>IOM</b> says so<br>itself"),
        (MODULE, "IOM says so itself", "<!-- a note -->\n\nIOM says so itself"),
        (GLOSSARY, "Protection that", "*Protection {para}`9`* that"),
        (SINCE, "text: Something", "text: It **is {para}`9` now** and something"),
        (INSTRUMENTS, 'adopted: "1990-12-18"', 'adopted: "2003"'),
        (BANK, "pass_mark: 70", "pass_mark: 70 # of 100"),
    ],
)  # fmt: skip
def test_what_is_no_mistake_is_let_be(small_course: Path, name: str, old: str, new: str) -> None:
    spoil(small_course, name, old, new)
    load_again(small_course)


@pytest.mark.parametrize(
    ("name", "data", "line", "said"),
    [
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n\n<script/></svg>', 3,
         "holds <script>"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<g>\n'
         b'<image href="x.png"/></g></svg>', 3, "holds <image>"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<rect onclick="x()"/></svg>', 2, "holds <rect> with a script"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<rect fill="url(https://example.org/a)"/></svg>', 2, "an outside file"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b"<style>\n@import 'x';</style></svg>", 3, "loads an outside file"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b"<style>* { display: none }</style></svg>", 2, "a <style>, which would dress the whole"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<rect style="position: fixed"/></svg>', 2, "<rect> with `style`, which may change"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<rect overflow="visible"/></svg>', 2, "<rect> with `overflow`, which may change"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<animate attributeName="href"/></svg>', 2, "holds <animate>, which is no shape"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n'
         b'<h:p xmlns:h="http://www.w3.org/1999/xhtml"/></svg>', 2, "holds <p>, which is no shape"),
        (DRAWN, b'<?xml-stylesheet href="x.css"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
         b'viewBox="0 0 1 1"/>', 1, "holds <?xml-stylesheet; take it out"),
        (DRAWN, b'\n<svg xmlns="http://www.w3.org/2000/svg">\n</svg>', 2, "has no viewBox"),
        (DRAWN, b'\n\n<svg viewBox="0 0 1 1"/>', 3, "the outermost element is no <svg>"),
        (DRAWN, b'<!-- x -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg/>', 2, "a document type"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<g>\n</svg>', 3,
         "not SVG that can be read"),
        (DRAWN, b'<svg xmlns="http://www.w3.org/2000/svg">\n<text>\xe9</text></svg>', 2,
         "not UTF-8"),
        (MODULE, "\ufeff---\n".encode("utf-16"), 1, "not UTF-8"),
        (MODULE, b"", 1, "no front matter"),
        (MODULE, b"\n\n", 1, "no front matter"),
        (TOC, b"", 1, "write `name: value` lines"),
        (COURSE, b"- a\n", 1, "write `name: value` lines"),
        (CONFIG, b"just words\n", 1, "no configuration"),
        (SINCE, b"facts:\n\t- x\n", 2, "tab"),
        (SINCE, b"facts: caf\xe9\n", 1, "not UTF-8"),
        (GLOSSARY, b"terms:\n  - {id: a\n", 3, "not closed"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_problem_at_its_line(
    small_course: Path, name: str, data: bytes, line: int, said: str
) -> None:
    (small_course / name).write_bytes(data)
    (problem,) = told(small_course)
    assert problem.startswith(f"{name}:{line}: "), problem
    assert said in problem


@pytest.mark.parametrize("name", [MODULE, BANK, SINCE, LEARNERS, TOC, COURSE, GLOSSARY])
def test_line_ends_of_windows_are_no_mistake_and_a_folder_for_a_file_is_one(
    small_course: Path, name: str
) -> None:
    path = small_course / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    load_again(small_course)
    path.unlink()
    path.mkdir()
    (problem,) = told(small_course)
    assert problem.startswith(f"{name}: cannot be read")


@pytest.mark.parametrize(
    ("name", "moved", "said"),
    [
        (BANK, "quizzes/m01.yaml", "m01.yaml: nothing reads a file of this name; call it m01.y"),
        (BANK, "quizzes/m01.yml.txt", "quizzes/m01.yml.txt: nothing reads a file of this name"),
        (BANK, "quizzes/m02.yml", "name it m01.yml, or write `module: m02`"),
        (SINCE, "book/sinse.yml", "no page is made from this file; call it since.yml"),
        (LEARNERS, "book/for-learners.markdown", "call it for-learners.md"),
        (LEARNERS, "book/For learners.md", "the name of a page has small letters"),
        (MODULE, "modules/m01-who-answers/Module.md", "this file is missing; call Module.md so"),
        (MODULE, "modules/module.md", "a module is a folder with a module.md in it"),
    ],
)  # fmt: skip
def test_a_file_that_nothing_reads_is_named(
    small_course: Path, name: str, moved: str, said: str
) -> None:
    (small_course / name).rename(small_course / moved)
    assert any(said in problem for problem in told(small_course))


@pytest.mark.parametrize("name", ["glossary", "case-atlas", "m01-note"])
def test_a_page_that_is_made_cannot_be_written_too(small_course: Path, name: str) -> None:
    (small_course / "book" / f"{name}.md").write_text("# Mine\n", "utf-8")
    (problem,) = told(small_course)
    assert name in problem
    assert "another" in problem


def test_a_fact_without_the_file_of_facts_is_told(small_course: Path) -> None:
    (small_course / SINCE).unlink()
    reported = told(small_course)
    assert any(problem.startswith(f"{MODULE}:29: no fact “a-resolution”") for problem in reported)


def test_a_term_stands_once_in_the_glossary(small_course: Path) -> None:
    path = small_course / GLOSSARY
    more = "  - {id: other, term: De Facto protection, definition: Words.}\n"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    (problem,) = told(small_course)
    assert "“De Facto protection” stands at the term de-facto-protection already" in problem


def test_a_scenario_that_cannot_be_walked_is_told(small_course: Path) -> None:
    bank = small_course / BANK
    steps = ""
    for id_, onward in (("a", ("b", "a")), ("b", ("end", "end")), ("c", ("end", "nowhere"))):
        steps += (
            f"      - id: {id_}\n        text: T.\n        question: Q?\n"
            '        evidence: {unit: 9, quote: "it does provide de facto protection"}\n'
            f"        choices:\n"
            f"          - {{text: One, rating: best, consequence: C., next: {onward[0]}}}\n"
            f"          - {{text: Two, rating: poor, consequence: C., next: {onward[1]}}}\n"
        )
    bank.write_text(
        bank.read_text("utf-8") + "  - id: m01-i07\n    type: scenario\n    objective: m01-o2\n"
        f"    level: apply\n    stem: A case.\n    debrief: D.\n    steps:\n{steps}"
        '    evidence:\n      - {unit: 9, quote: "it does provide de facto protection"}\n',
        "utf-8",
    )
    spoil(small_course, BANK, "m01-i02, m01-i03]", "m01-i02, m01-i03, m01-i07]")
    reported = "\n".join(told(small_course))
    for said in ("the choices of a can lead round in a circle", "no choice leads to c",
                 "there is no step nowhere"):  # fmt: skip
        assert said in reported


def test_an_id_stands_in_one_bank(small_course: Path) -> None:
    module = small_course / "modules" / "m02-more"
    module.mkdir()
    text = (small_course / MODULE).read_text("utf-8").replace("m01", "m02")
    (module / "module.md").write_text(text, "utf-8")
    shutil.copyfile(small_course / DRAWN, module / "duty.svg")
    bank = (small_course / BANK).read_text("utf-8").replace("m01", "m02")
    bank = bank.replace("- id: m02-i06", "- id: m01-i06")
    (small_course / "quizzes/m02.yml").write_text(bank, "utf-8")
    reported = "\n".join(told(small_course))
    assert "the id m01-i06 stands in quizzes/m01.yml too; give this one its own" in reported


# --- guesses ------------------------------------------------------------------------------------

MANY = ["m01-i03", "m01-i08", "m10-i03", "m06-quiz", "de-facto-protection", "for-learners",
        "legal-protection-mandate", "a-treaty", "labour-law", "refugee-law", "A9",
        "fn6"]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("m01-i3", "m01-i03"),
        ("M01_I03", "m01-i03"),
        ("m1-i03", "m01-i03"),
        ("a9", "A9"),
        ("fn-6", "fn6"),
        ("m06-quizz", "m06-quiz"),
        ("for-learnrs", "for-learners"),
        ("a-treatie", "a-treaty"),
        ("labor-law", "labour-law"),
        ("protection-de-facto", "de-facto-protection"),
        ("legal-mandate", "legal-protection-mandate"),
        # another number, another word: nobody knows what was meant
        ("m01-i99", None),
        ("m42-i03", None),
        ("A10", None),
        ("fn7", None),
        ("crc", None),
        ("for-trainers", None),
        ("maritime-law", None),
        ("a-declaration", None),
        ("quiz", None),
        ("", None),
    ],
)
def test_a_guess_is_near_or_is_not_made(written: str, meant: str | None) -> None:
    assert nearest(written, MANY) == meant


# --- texts of the interface ---------------------------------------------------------------------


def test_mistakes_in_a_translation_are_told_by_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(strings._FOLDER / "en", tmp_path / "en")
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "a.json").write_text(
        '{\n "cite.paragraph": "paragraphe",\n "cite.paragraf": "x"\n}\n', "utf-8"
    )
    (tmp_path / "fr" / "b.json").write_text('{\n "quote": "x"\n "list": "y"\n}\n', "utf-8")
    monkeypatch.setattr(strings, "_FOLDER", tmp_path)
    found = {(path.name, line, what) for path, line, what in strings.string_problems("fr")}
    assert ("a.json", 2, "“cite.paragraph” has the places none; those of English are: {number}"
            ) in found  # fmt: skip
    assert any(name == "a.json" and line == 3 and "did you mean" in what
               for name, line, what in found)  # fmt: skip
    assert any(name == "b.json" and line == 3 and "not JSON" in what for name, line, what in found)
    # What is mended is told no more, in the same process too.
    (tmp_path / "fr" / "a.json").write_text('{"cite.paragraph": "paragraphe {number}"}\n', "utf-8")
    assert {path.name for path, _, _ in strings.string_problems("fr")} == {"b.json"}


def test_the_texts_of_english_have_no_problem() -> None:
    assert list(strings.string_problems("en")) == []


# --- which course -------------------------------------------------------------------------------


def run_in(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, as a process."""
    return COMMANDS.run(list(words), folder=folder)


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_outside_a_course_none_is_taken_in_its_place(tmp_path: Path, command: str) -> None:
    done = run_in(tmp_path, command)
    assert done.returncode == 2
    assert f"{tmp_path} is no course and lies in none" in done.stderr
    assert "course --course " in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_check_says_of_which_course_it_speaks(small_course: Path) -> None:
    done = run_in(small_course / "modules" / "m01-who-answers", "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"No problems in {small_course}: 1 modules")


@pytest.mark.parametrize("words", [["build"], ["serve", "--port", "0"]])
def test_a_configuration_that_jupyter_book_refuses_is_told(
    small_course: Path, words: list[str]
) -> None:
    spoil(small_course, CONFIG, "use_issues_button: false", "use_issues_button: perhaps")
    done = course(small_course, *words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search(r"^_config\.yml:\d+: `use_issues_button` must be", done.stderr, re.MULTILINE)


def test_a_damaged_index_is_told_with_all_else_where_the_document_is_at_hand(
    small_course: Path, document_path: Path
) -> None:
    (small_course / "book/document-index.json").write_text("{", "utf-8")
    spoil(small_course, BANK, "pass_mark: 70", "pass_mark: 170")
    done = course(small_course, "check", "--document", str(document_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "the index of the document is damaged" in done.stderr
    assert f"{BANK}:3: " in done.stderr


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run_in(tmp_path, "--course", "nowhere", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere is not there" in done.stderr


# --- whatever happens to a file -------------------------------------------------------------------


def spoilt(text: str, chance: random.Random) -> str:
    """Spoil a text as hands and editors do: lines lost, doubled, moved, cut, signs in them."""
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            del lines[one]
        case 1:
            lines.insert(one, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            del lines[one:]
        case 4:
            lines[one] = chance.choice(["  ", "\t", "    "]) + lines[one]
        case 5:
            lines[one] = lines[one].lstrip()
        case 6:
            at = chance.randrange(len(text) + 1)
            return text[:at] + chance.choice("\t*`{}[]:,-'\"#&!|>%@<\\\x00é\n ") + text[at:]
        case _:
            value = chance.choice(["", "yes", "5", "1.5", "[]", "{}", "[a]", "null", "1e400"])
            lines[one] = re.sub(r"(:\s).*$", lambda found: found[1] + value, lines[one])
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_no_file_however_spoilt_ends_in_a_crash(tested_course: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = [path for path in sorted(tested_course.rglob("*.*")) if path.suffix in
             (".md", ".yml", ".svg", ".json")]  # fmt: skip
    for _ in range(25):
        path = chance.choice(files)
        good = path.read_bytes()
        path.write_bytes(spoilt(good.decode("utf-8"), chance).encode("utf-8"))
        try:
            book_sources(load_again(tested_course))
        except CourseError as error:
            for problem in error.problems:
                assert problem.line or problem.path.endswith(".json"), problem
                assert "\n" not in problem.what
        path.write_bytes(good)
