"""What Markdown and YAML would drop, cut or change without a word is told by file and line."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from imlcourse.checks.load import load_course
from imlcourse.course.reader import Reader
from imlcourse.markup.problems import MOST_OF_MESSAGE, CourseError, shortened
from small_course import load_again, spoil
from test_authors_mistakes import AID, BANK, CONFIG, LEARNERS, MODULE, SINCE, TOC, told

STEM = "stem: Which kind of mandate does IOM lack?"


@pytest.mark.parametrize(
    ("name", "old", "new", "after", "said"),
    [
        # YAML
        (BANK, "text: legal protection\n", "text: room #5\n", 0, "a # cuts this text short"),
        (BANK, "text: legal protection\n", "text: room # five\n", 0, "a # cuts this text short"),
        (BANK, STEM, f"{STEM}\n      level:apply", 1, "“level:” goes on the text above"),
        (BANK, STEM, f"{STEM}\n      - and which not?", 1, "“-” goes on the text above"),
        (BANK, STEM, 'stem: "Which\\u202e mandate?"', 0, "a control character (U+202E)"),
        (BANK, STEM, 'stem: "Which\\0 mandate?"', 0, "a control character (U+0000)"),
        (BANK, STEM, "stem: 12:30?", None, ""),
        (BANK, "title: Judge a case", "title: no", None, ""),
        (BANK, "title: Judge a case", "title: 2009-11-13", None, ""),
        (BANK, "title: Judge a case", "title: 010", None, ""),
        (MODULE, "units: [9, A30]", "units: [09, A30]", 0, "no unit 09 (did you mean 9?)"),
        (BANK, STEM, "stem: @who answers?", 0, "YAML keeps for itself (@ `)"),
        (BANK, STEM, "stem: `who` answers?", 0, "YAML keeps for itself (@ `)"),
        (BANK, STEM, "stem: %who answers?", 0, ""),
        (BANK, STEM, "stem: - who answers?", 0, "a “- ” where no list can stand"),
        (BANK, STEM, "stem: Who answers:", 0, "a colon inside a text"),
        (BANK, STEM, "stem: ~", 0, "must be text"),
        (BANK, STEM, 'stem: "Who?\\n\\nAnd why?"', 0, "a text of two paragraphs"),
        (BANK, STEM, "stem: |\n      Who?\n\n      Why?", 0, "a text of two paragraphs"),
        # marks in texts of data files
        (BANK, STEM, "stem: Who has <b>it</b>?", 0, "a tag stands in a text"),
        (BANK, STEM, "stem: Is it &copy; or not?", 0, "&copy; as a name of “©” stands in a text"),
        (BANK, STEM, "stem: Is it [IOM](https://iom.int)?", 0, "a link stands in a text"),
        (BANK, STEM, "stem: Is it ~~IOM~~ that does?", 0, "~ strikes words out in the notebook"),
        (BANK, STEM, "stem: '# Which mandate?'", 0, "a heading stands in a text"),
        (BANK, STEM, "stem: '1. Which mandate?'", 0, "a list stands in a text"),
        (BANK, STEM, "stem: '> Which mandate?'", 0, "a quotation with > stands in a text"),
        (BANK, STEM, "stem: 'Which[^1] mandate?'", 0, "a footnote"),
        (SINCE, "Something changed;", "See [it](javascript:x);", 0, "a link that is not whole"),
        (SINCE, "Something changed;", "See [it](/etc/x);", 0, "a link to “/etc/x”"),
        (SINCE, "Something changed;", "See [it](https://iom.int/a);", None, ""),
        # marks on pages
        (MODULE, "States decide.", "States decide[^1].\n\n[^1]: By law.", 2, "a footnote"),
        (MODULE, "IOM says so itself", "[IOM][1] says so itself", 0, "a link that is not"),
        (MODULE, "IOM says so", "[1]: https://iom.int\n\nIOM", 0, "an address for links"),
        (MODULE, "IOM says so", "% a note\n\nIOM says so", 0, "a line that begins with %"),
        (MODULE, "IOM says so", "+++\n\nIOM says so", 0, "a line of +++"),
        (MODULE, "IOM says so", "***\n\nIOM says so", 0, "a line across the page"),
        (LEARNERS, "Read {module}", "---\n\nRead {module}", 0, "a line across the page"),
        (MODULE, "IOM says so", "~~IOM~~ says so", 0, "~ strikes words out in the notebook"),
        (MODULE, "IOM says so", "H~2~O: IOM says so", 0, "~ strikes words out in the notebook"),
        (MODULE, "IOM says so", "See <https://iom.int/~a/~b>. IOM says so", None, ""),
        (LEARNERS, "Read {module}", "(Search)=\n## Find\n\nRead {module}", 0, "the label (Se"),
        (MODULE, "IOM says so", "- [ ] IOM\n\nIOM says so", 0, "a box to tick"),
        (MODULE, "IOM says so", "{.note}\nIOM says so", 0, ""),
        (MODULE, "IOM says so", "{{ iom }} says so", 0, "curly brackets {{ }} put nothing in"),
        (MODULE, "IOM says so", "See https://iom.int/x. IOM says so", 0, "a bare address"),
        (MODULE, "IOM says so", "See <https://iom.int/x>. IOM says so", None, ""),
        (MODULE, "IOM says so", "[See](a b). IOM says so", 0, "a link that is not whole"),
        (MODULE, "IOM says so", "A <note> IOM says so", 0, "a tag <note>"),
        (MODULE, "IOM says so", "a<b, IOM says so", 0, "a < that opens no tag"),
        (MODULE, "IOM says so", "<p style='color: red'>x</p>\n\nIOM", 0, "<p> with `style`"),
        (MODULE, "IOM says so", "costs $5 to enter and $10 to leave", None, ""),
        (MODULE, "IOM says so", "&copy; IOM says so", None, ""),
        (LEARNERS, "# For learners", "# [For learners](index.md)", 0, "a link in a heading"),
        (MODULE, "IOM says so", "```klingon\nx\n```\n\nIOM says so", 0, "no language “klingon”"),
        (MODULE, "IOM says so", "```python\nx\n```\n\nIOM says so", None, ""),
        (MODULE, "IOM says so", "5*3*2 make 30. IOM says so", 0, "* between two figures"),
        (BANK, STEM, "stem: Is 5*3*2 more?", 0, "* between two figures"),
        (MODULE, "IOM says so", "5 × 3 and 5\\*3\\*2. IOM says so", None, ""),
        (MODULE, "IOM says so", "==IOM== says so", 0, "== marks nothing here"),
        (MODULE, "IOM says so", "IOM :smile: says so", 0, "a name between two colons"),
        (MODULE, "IOM says so", "At 12:30 IOM: says so", None, ""),
        (MODULE, "IOM says so", "IOM\n: says so", 1, "begins with a colon"),
        # directives do not nest
        (MODULE, ":::{situation} At the desk\nA family waits. *Who* is to act?\n:::",
         "::::{situation} At the desk\nA family waits.\n\n:::{item} m01-i01\n:::\n::::", 3,
         "{item} inside {situation} (line 15), and directives do not nest"),
        (AID, ":::{limits}\nIt", "::::{limits}\n:::{example} A\nx\n:::\nIt", 0, ""),
    ],
)  # fmt: skip
def test_what_would_be_lost_is_told(
    small_course: Path, name: str, old: str, new: str, after: int | None, said: str
) -> None:
    line = spoil(small_course, name, old, new)
    if after is None:
        load_again(small_course)
        return
    problems = told(small_course)
    assert any(said in problem for problem in problems), problems
    assert any(problem.startswith(f"{name}:{line + after}: ") for problem in problems), problems


@pytest.mark.parametrize("name", [BANK, MODULE, LEARNERS, TOC, SINCE])
@pytest.mark.parametrize(
    "text", ["*" * 60_000, "*a " * 20_000, "[" * 60_000, "word " * 12_000, "*_" * 950_000]
)
def test_a_text_that_goes_on_for_ever_is_one_problem_and_takes_no_time(
    small_course: Path, name: str, text: str
) -> None:
    path = small_course / name
    written = path.read_text("utf-8")
    place = {BANK: STEM, MODULE: "title: Who answers for rights", LEARNERS: "# For learners",
             TOC: "- caption: Reference", SINCE: "title: A resolution"}[name]  # fmt: skip
    key, mark, _ = place.rpartition(": ")
    path.write_text(written.replace(place, f'{key}: "{text}"' if mark else f"# {text}", 1), "utf-8")
    began = time.process_time()
    tracemalloc.start()
    problems = told(small_course)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 3
    assert most < 60_000_000
    (problem,) = [problem for problem in problems if problem.startswith(name)]
    assert "are the most" in problem


def test_the_marks_of_all_paragraphs_of_a_text_count_together(small_course: Path) -> None:
    """A text of a data file is set on one line."""
    text = "\\n\\n".join(["*" * 900] * 60)
    line = spoil(small_course, BANK, STEM, f'stem: "{text}"')
    began = time.process_time()
    (problem,) = told(small_course)
    assert time.process_time() - began < 3
    assert problem.startswith(f"{BANK}:{line}: 54,000 marks in one paragraph; 1,000 are the most")


def test_time_and_memory_grow_in_line_with_a_page(small_course: Path) -> None:
    reader = Reader()  # of the other files, which are the same each time

    def cost(paragraphs: int) -> tuple[float, int]:
        spoilt = "\n\n".join(["*a* and *b " * 100] * paragraphs)
        path = small_course / LEARNERS
        path.write_text(f"# For learners\n\n{spoilt}\n", "utf-8")
        began = time.process_time()
        tracemalloc.start()
        with pytest.raises(CourseError):
            load_course(small_course, reader=reader)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return time.process_time() - began, most

    cost(1)
    time_of_few, memory_of_few = cost(4)
    time_of_many, memory_of_many = cost(32)
    assert time_of_many < 16 * time_of_few
    assert memory_of_many < 12 * memory_of_few


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (BANK, lambda text: text.replace("level: understand", f"level: {'know ' * 3000}")),
        (BANK, lambda text: text.replace("m01-i02, m01-i03]", f"{'m' * 19_000}]")),
        (TOC, lambda text: text.replace("file: glossary", f"file: {'glossary' * 2000}")),
        (MODULE, lambda text: text.replace("`for-learners`", f"`{'x' * 19_000}`")),
        (MODULE, lambda text: text.replace("{page}", f"{{{'x' * 19_000}}}")),
        (MODULE, lambda text: text.replace(":::{keypoints}", f":::{'x' * 19_000}")),
        (CONFIG, lambda text: text.replace("author:", f"{'x' * 1000}:")),
        (CONFIG, lambda text: text.replace("thebe: false", f"thebe: {'x ' * 9000}")),
    ],
)
def test_a_message_has_one_line_of_bounded_length(
    small_course: Path, name: str, change: Callable[[str], str]
) -> None:
    path = small_course / name
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")
    for problem in told(small_course):
        assert len(problem) < MOST_OF_MESSAGE + 100
        assert "\n" not in problem


def test_a_long_value_is_cut_and_what_to_do_is_not() -> None:
    message = shortened(f"no page “{'x y' * 80_000}”; write another")
    assert len(message) < 120
    assert message.startswith("no page “x yx y")
    assert message.endswith("…”; write another")
