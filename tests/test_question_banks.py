"""Questions for other programs: read back by readers that did not write them, and scored."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bank_answers import counted_twice, given, plain_words
from bank_readers import (
    CANVAS,
    QTI,
    CanvasItem,
    MoodleQuestion,
    QtiItem,
    canvas_items,
    gaps_of,
    gift_score,
    moodle_questions,
)
from conftest import NAME, files_of
from engine import NODE
from imlcourse.book.cache import Cache
from imlcourse.course.model import Course
from imlcourse.html.compose import html
from imlcourse.items import read_item
from imlcourse.markup.inline import inline_text
from imlcourse.products.kit.paper.asked import POST, PRE, asked_test
from imlcourse.products.packages import PACKAGES
from imlcourse.products.packages.banks.gift_text import gift, left_out_of_gift
from imlcourse.products.packages.banks.moodle_xml import GRADES, grade, moodle_xml
from imlcourse.products.packages.banks.qti3 import qti3
from imlcourse.products.packages.banks.qti12 import left_out_of_qti12, qti12
from imlcourse.products.packages.banks.questions import (
    PURPOSES,
    Purpose,
    Question,
    Questions,
    questions_of,
)
from imlcourse.products.packages.banks.tasks import Choose, Fill, Judge, reasons_of, task_of
from imlcourse.products.packages.leaflet import with_leaflet
from imlcourse.products.packages.package import Packing
from real_course import real_course
from test_items import VECTORS

GIFT_PARSER = Path(sys.prefix) / "node" / "node_modules" / "gift-pegjs"
HOSTILE = "a = {b} ~c #d :e \\f -> <i>g</i> & \"h\" 'i' % * [j] $k$ ] }} ::l"


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


@pytest.fixture(scope="module")
def questions(course: Course) -> Questions:
    """Every question of the course, and those of the vectors, which have each type and shape."""
    whole = questions_of(course, *PURPOSES)
    module = next(iter(course.modules.values()))
    made = []
    for data in [vector["item"] for vector in VECTORS] + list(hostile_items()):
        item, _ = read_item(data)
        assert item is not None
        task = task_of(item, {}, course.strings)
        if task is not None:
            closing = (html("<p>{}</p>", HOSTILE),)
            made.append(Question(item, task, module, "practice", closing, (), course.strings, {}))
    return Questions(course, (*whole.asked, *made), whole.left_out)


def hostile_items() -> Iterator[dict[str, Any]]:
    """Give items whose texts hold every sign that means something in some format."""
    common = {
        "objective": "m06-o1",
        "level": "apply",
        "stem": f"Which {HOSTILE.replace('*', '')}?",
        "evidence": [{"unit": "8", "quote": "five words that settle it"}],
    }
    text = HOSTILE.replace("*", "").replace("\\", "")
    options = [
        {"text": f"{n} {text}", "feedback": f"Since {n} {text}.", "correct": n == 2}
        for n in range(1, 4)
    ]
    yield {"id": "h-single", "type": "single", "options": options, **common}
    yield {"id": "h-multiple", "type": "multiple", "options": options, **common}
    pairs = [
        {
            "left": f"L{n} {text}",
            "right": f"R{n} {text}".replace("->", "to"),
            "feedback": text,
            "wrong": text,
        }
        for n in range(1, 4)
    ]
    yield {"id": "h-matching", "type": "matching", "pairs": pairs, **common}
    gaps = [
        {"choices": options},
        {
            "answers": ["a # } ~ & b", "c"],
            "feedback": text,
            "mistakes": [{"text": "d}", "feedback": text}],
        },
    ]
    yield {"id": "h-cloze", "type": "cloze", "text": "One {1} and {2}.", "gaps": gaps, **common}


def differing(
    questions: Questions, score: Callable[[Question, Any], float | None]
) -> dict[str, list[Any]]:
    """Give the answers for which a reader gives other points than the course."""
    found: dict[str, list[Any]] = {}
    for question in questions.asked:
        for one in given(question):
            points = score(question, one)
            if points is not None and abs(points - one.points) > 1e-6:
                found.setdefault(question.id, []).append((one.response, points, one.points))
    return found


# --- what is in a bank ---------------------------------------------------------------------------


def test_every_item_is_a_question_or_is_named_as_left_out(course: Course) -> None:
    whole = questions_of(course, *PURPOSES)
    asked = [one.id for one in whole.asked]
    assert sorted([*asked, *whole.left_out]) == sorted(item.id for item in course.items)
    assert {item.type for item in course.items if item.id in whole.left_out} == {"scenario"}


def test_each_purpose_has_its_own_questions(course: Course) -> None:
    whole = questions_of(course, *PURPOSES)
    ids = {purpose: {one.id for one in whole.only(purpose).asked} for purpose in PURPOSES}
    assert ids["quiz"] == {i for q in course.module_quizzes.values() for i in q.item_ids}
    assert ids["before"] | ids["after"] | ids["start"] == set(course.reserved_ids)
    assert course.start and ids["start"] == set(course.start.items)
    assert sum(map(len, ids.values())) == len(whole.asked)


def test_the_pre_test_and_the_post_test_are_of_equal_form_as_on_paper(course: Course) -> None:
    assert course.tests
    asked = {
        purpose: [one.item for one in questions_of(course, purpose).asked]
        for purpose in ("before", "after")
    }
    blueprint = course.tests.before_after.blueprint
    form = sorted((cell.objective, cell.level) for cell in blueprint for _ in range(cell.items))
    for name, items in zip((PRE, POST), asked.values(), strict=True):
        assert sorted((one.objective, one.level) for one in items) == form
        on_paper = asked_test(course, name, 1)
        assert {one.id for one in on_paper.items} == {one.id for one in items}


def test_what_is_said_at_the_end_quotes_the_document_with_its_place(course: Course) -> None:
    for question in questions_of(course, *PURPOSES).asked:
        said = plain_words(" ".join(question.closing))
        for _, evidence in question.item.quotations():
            assert f"“{evidence.quote}” (IOM, MC/INF/298, " in said
        assert question.item.evidence or question.item.law
        assert bool(question.hint) == (question.purpose == "practice")


# --- Moodle XML ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def moodle(questions: Questions) -> dict[str, MoodleQuestion]:
    read = moodle_questions(moodle_xml(questions))
    assert [one.id for one in read] == [
        one.id for _, _, found in questions.by_module() for one in found
    ]
    return {one.id: one for one in read}


def test_moodle_gives_every_answer_the_points_of_the_course(
    questions: Questions, moodle: dict[str, MoodleQuestion]
) -> None:
    def score(question: Question, one: Any) -> float | None:
        if counted_twice(question.item, one.response) or not typed_as_meant(question, one):
            return None  # named in the README: Moodle cannot tell
        return moodle[question.id].score(one)

    assert differing(questions, score) == {}


def typed_as_meant(question: Question, one: Any) -> bool:
    """Say whether a typed answer needs none of what other programs do not forgive."""
    if not isinstance(question.task, Fill):
        return True
    return all(
        value is None
        or gap.choices
        or value.casefold() in {text.casefold() for text in gap.answers}
        or value.casefold() in {slip.text.casefold() for slip in gap.slips}
        for gap, value in zip(question.task.gaps, one.values, strict=True)
    )


def test_moodle_is_told_only_grades_that_it_offers(moodle: dict[str, MoodleQuestion]) -> None:
    written = {
        one.get("fraction") for question in moodle.values() for one in question.xml.iter("answer")
    } - {None}
    offered = {f"{float(share) * 100:.5f}".rstrip("0").rstrip(".") for share in GRADES}
    assert {one.lstrip("-") for one in written} <= offered
    assert "33.33333" in written and "-33.33333" in written
    with pytest.raises(ValueError, match="no grade of"):
        grade(Fraction(3, 7))


def test_moodle_has_categories_tags_hints_and_every_feedback(
    questions: Questions, moodle: dict[str, MoodleQuestion]
) -> None:
    course = questions.course
    for question in questions.asked:
        found = moodle[question.id]
        named = {
            "practice": "Practice",
            "quiz": "Module quizzes",
            "before": "Pre-test",
            "after": "Post-test",
            "start": "Start check",
        }[question.purpose]
        assert found.category.startswith(f"$course$/top/{course.about.title}/{named}/")
        tags = [one.findtext("text") for one in found.xml.iterfind("tags/tag")]
        assert f"objective:{question.item.objective}" in tags
        assert f"level:{question.item.level}" in tags
        assert all(f"unit:{one.unit}" in tags for one in question.item.evidence)
        assert len(found.xml.findall("hint")) == bool(question.hint)
        whole = " ".join(map(plain_words, found.xml.itertext()))
        if isinstance(question.task, Choose | Judge):
            for part in question.item.parts():
                assert inline_text(part.feedback) in whole
    categories = [one.findtext("category/text") for one in moodle_categories(questions)]
    assert len(set(categories)) == len(categories)


def moodle_categories(questions: Questions) -> list[Any]:
    root = etree.fromstring(moodle_xml(questions))
    return list(root.iterfind("question[@type='category']"))


def test_feedback_of_gaps_comes_back_as_it_was_written(
    questions: Questions, moodle: dict[str, MoodleQuestion]
) -> None:
    for question in questions.asked:
        if isinstance(question.task, Fill):
            read = gaps_of(moodle[question.id].text("questiontext/text"))
            for gap, found in zip(question.task.gaps, read, strict=True):
                said = [plain_words(feedback) for _, _, feedback in found.answers]
                for slip in gap.slips:
                    assert plain_words(html("{}", inline_text(slip.feedback))) in said
                for choice in gap.choices:
                    assert plain_words(html("{}", inline_text(choice.feedback[0]))) in said


# --- GIFT ----------------------------------------------------------------------------------------


def test_gift_is_read_by_another_program_and_scores_as_the_course(
    questions: Questions, tmp_path: Path
) -> None:
    path = tmp_path / "questions.gift.txt"
    path.write_bytes(gift(questions))
    code = (
        "const {parse} = require(process.argv[1]);"
        "const text = require('fs').readFileSync(process.argv[2], 'utf8');"
        "process.stdout.write(JSON.stringify(parse(text)));"
    )
    command = [str(NODE), "-e", code, str(GIFT_PARSER), str(path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    parsed = json.loads(done.stdout)
    read = {one["id"]: one for one in parsed if one["type"] != "Category"}
    left_out = left_out_of_gift(questions)
    assert set(read) == {one.id for one in questions.asked} - set(left_out)
    for question in questions.asked:
        if question.id in read:
            assert read[question.id]["tags"] == list(question.tags)

    def score(question: Question, one: Any) -> float | None:
        if question.id in left_out or not typed_as_meant(question, one):
            return None
        return gift_score(read[question.id], one)

    assert differing(questions, score) == {}


# --- QTI 3 ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def qti(questions: Questions) -> dict[str, bytes]:
    return qti3(questions)


def test_qti_scores_every_answer_exactly_as_the_course(
    questions: Questions, qti: dict[str, bytes]
) -> None:
    items = {one.id: QtiItem(qti[f"items/{one.id}.xml"]) for one in questions.asked}

    def score(question: Question, one: Any) -> float | None:
        if not typed_as_meant(question, one):
            return None
        item = items[question.id]
        return float(item.processed(item.answered(one))["SCORE"])

    assert differing(questions, score) == {}


def test_qti_shows_the_feedback_for_what_was_answered(
    questions: Questions, qti: dict[str, bytes]
) -> None:
    for question in questions.asked:
        item = QtiItem(qti[f"items/{question.id}.xml"])
        said = {
            (one.get("outcome-identifier"), one.get("identifier")): one
            for one in item.xml.iter(f"{QTI}qti-feedback-block", f"{QTI}qti-feedback-inline")
        }
        assert ("GENERAL", "general") in said
        for one in given(question):
            outcomes = item.processed(item.answered(one))
            assert outcomes["GENERAL"] == "general"
            for name, shown in outcomes.items():
                if name.startswith("SAID_") and shown:
                    for identifier in [shown] if isinstance(shown, str) else shown:
                        assert (name, identifier) in said, (question.id, one)
            if isinstance(question.task, Choose | Judge) and not reasons_of(question.item):
                assert (outcomes["SAID_RESPONSE"] or one.response) == one.response
                assert bool(outcomes["SAID_RESPONSE"]) == bool(one.response)


def test_a_qti_package_lists_all_that_it_holds_and_no_more(
    questions: Questions, qti: dict[str, bytes]
) -> None:
    manifest = etree.fromstring(qti["imsmanifest.xml"])
    space = f"{{{manifest.nsmap[None]}}}"
    listed = [one.get("href") for one in manifest.iter(f"{space}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(qti)
    ids = {one.get("identifier") for one in manifest.iter(f"{space}resource")}
    assert {one.get("identifierref") for one in manifest.iter(f"{space}dependency")} <= ids
    words = {one.text for one in manifest.iter("{http://ltsc.ieee.org/xsd/LOM}string")}
    assert "objective:m06-o1" in words and "level:apply" in words
    for name in (one for one in qti if one.startswith("tests/")):
        for ref in etree.fromstring(qti[name]).iter(f"{QTI}qti-assessment-item-ref"):
            assert ref.get("href").removeprefix("../") in qti


# --- QTI 1.2 for Canvas --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def canvas(questions: Questions) -> dict[str, CanvasItem]:
    files = qti12(questions)
    manifest = etree.fromstring(files["imsmanifest.xml"])
    space = f"{{{manifest.nsmap[None]}}}"
    listed = [one.get("href") for one in manifest.iter(f"{space}file")]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(files)
    quizzes = [data for path, data in files.items() if re.fullmatch(r"(.+)/\1\.xml", path)]
    return {one.id: one for data in quizzes for one in canvas_items(data)}


def test_canvas_gives_the_key_all_points_and_nothing_to_no_answer(
    questions: Questions, canvas: dict[str, CanvasItem]
) -> None:
    assert set(canvas) == {one.id for one in questions.asked} - set(left_out_of_qti12(questions))
    for question in questions.asked:
        if question.id in canvas:
            key, nothing, *slips = given(question)
            assert canvas[question.id].score(key) == pytest.approx(1, abs=0.001), question.id
            assert canvas[question.id].score(nothing) == 0
            for one in slips:
                if one.points < 1 and not counted_twice(question.item, one.response):
                    assert canvas[question.id].score(one) < 0.999, (question.id, one)


def test_canvas_scores_lines_and_gaps_as_the_course(
    questions: Questions, canvas: dict[str, CanvasItem]
) -> None:
    def score(question: Question, one: Any) -> float | None:
        found = canvas.get(question.id)
        alike = ("matching_question", "fill_in_multiple_blanks_question")
        if found is None or found.kind not in (*alike, "multiple_dropdowns_question"):
            return None
        if counted_twice(question.item, one.response) or not typed_as_meant(question, one):
            return None
        return one.points if abs(found.score(one) - one.points) < 0.01 else found.score(one)

    assert differing(questions, score) == {}


def test_canvas_shows_all_feedback(questions: Questions, canvas: dict[str, CanvasItem]) -> None:
    for found in canvas.values():
        said = {one.get("ident") for one in found.xml.iter(f"{CANVAS}itemfeedback")}
        shown = {one.get("linkrefid") for one in found.xml.iter(f"{CANVAS}displayfeedback")}
        assert said == shown and "general_fb" in said


# --- the packages --------------------------------------------------------------------------------

BANKS = ("moodle", "gift", "qti", "canvas", "anki", "trainer-tests")


@pytest.fixture(scope="module")
def packages(packed: Path) -> Mapping[str, Mapping[str, bytes]]:
    """The packages with their leaflets, as `course package` has made them."""
    return {
        name: {**files_of(packed, name), "README.txt": (packed / name / "README.txt").read_bytes()}
        for name in BANKS
    }


def all_bytes(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Give the content of files, those in archives too."""
    for data in files.values():
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        else:
            yield data


def test_items_of_tests_are_in_no_package_but_that_for_trainers(
    course: Course, packages: Mapping[str, Mapping[str, bytes]]
) -> None:
    assert set(packages) == set(BANKS)
    quiz = {id_.encode() for one in course.module_quizzes.values() for id_ in one.item_ids}
    for name, files in packages.items():
        data = b"".join(all_bytes(files))
        held = set(re.findall(rb"(?:m\d\d|capstone)-i\d+", data))
        tests = {id_.encode() for id_ in course.reserved_ids}
        assert (tests <= held) if name == "trainer-tests" else not (tests & held)
        assert bool(quiz & held) == (name in ("moodle", "gift", "qti", "canvas"))


def test_each_readme_says_how_to_open_it_and_names_what_is_left_out(
    course: Course, packages: Mapping[str, Mapping[str, bytes]]
) -> None:
    whole = questions_of(course, "practice", "quiz")
    left_out = {"gift": left_out_of_gift(whole), "canvas": left_out_of_qti12(whole)}
    for name, files in packages.items():
        text = files["README.txt"].decode()
        assert "HOW TO OPEN IT\n1. " in text and "WHAT IS LEFT OUT\n- " in text
        ids = left_out.get(name, [])
        if name not in ("trainer-tests", "anki"):
            ids = [*ids, *whole.left_out]
        listed = files.get("QUESTIONS.txt", b"").decode()
        assert all(f"- {id_} " in listed for id_ in ids)
        assert "{" not in text + listed
        # Codes say nothing to who reads how to open a file.
        assert not re.search(r"(m\d\d|capstone)-i\d+|README", text)
        assert ("QUESTIONS.txt" in text) == bool(listed)
        # What it says that a file holds is what is in it.
        for kind, purpose in {"Practice": "practice", "Module quizzes": "module-quizzes"}.items():
            if name in ("moodle", "gift"):
                [(_, data)] = [one for one in files.items() if f"-{purpose}." in one[0]]
                count = len(re.findall(rb"^::|<question type=.(?!category)", data, re.MULTILINE))
                assert f"- {kind}: {count} questions" in text


def test_each_test_is_a_file_of_its_own_in_every_format(
    course: Course, packages: Mapping[str, Mapping[str, bytes]]
) -> None:
    files = packages["trainer-tests"]
    named: dict[str, Purpose] = {"pre-test": "before", "post-test": "after", "start-check": "start"}
    for folder, ending in {
        "moodle": ".xml",
        "gift": ".gift.txt",
        "qti3": "-qti3.zip",
        "canvas": "-canvas.zip",
    }.items():
        for name, purpose in named.items():
            path = f"{folder}/{NAME}-{name}{ending}"
            held = set(
                re.findall(rb"(?:m\d\d|capstone)-i\d+", b"".join(all_bytes({path: files[path]})))
            )
            assert held == {one.id.encode() for one in questions_of(course, purpose).asked}, path
            if folder == "canvas":
                with zipfile.ZipFile(io.BytesIO(files[path])) as archive:
                    assert f"{purpose}/{purpose}.xml" in archive.namelist(), "one quiz, not many"


def test_another_process_makes_packages_of_the_same_bytes(
    course: Course, packages: Mapping[str, Mapping[str, bytes]], tmp_path: Path
) -> None:
    packing = Packing(course, {}, {}, NAME, Cache(tmp_path, "test"))
    for one in PACKAGES:
        if one.name in BANKS:
            made = with_leaflet(course, one.name, one.make(packing))
            assert made == packages[one.name], one.name


ANKI = """
import json, sys
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
collection = Collection(sys.argv[2])
told = []
for _ in range(2):
    request = ImportAnkiPackageRequest(
        package_path=sys.argv[1], options=ImportAnkiPackageOptions()
    )
    log = collection.import_anki_package(request).log
    told.append([len(log.new), len(log.duplicate), len(log.conflicting)])
notes = {}
for id_ in collection.find_notes(""):
    note = collection.get_note(id_)
    card = note.cards()[0].render_output()
    notes[note["Id"]] = [note.tags, card.question_text, card.answer_text]
decks = [one.name for one in collection.decks.all_names_and_ids()]
print(json.dumps([told, notes, decks]))
"""


def test_anki_reads_its_cards_and_a_second_time_adds_none(
    course: Course, packages: Mapping[str, Mapping[str, bytes]], tmp_path: Path
) -> None:
    path = tmp_path / "cards.apkg"
    path.write_bytes(packages["anki"][f"{NAME}.apkg"])
    command = [sys.executable, "-c", ANKI, str(path), str(tmp_path / "collection.anki2")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    told, notes, decks = json.loads(done.stdout)
    practice = questions_of(course, "practice")
    count = len(practice.asked)
    assert told == [[count, 0, 0], [0, count, 0]]
    assert set(notes) == {one.id for one in practice.asked}
    for question in practice.asked:
        tags, front, back = notes[question.id]
        assert f"objective::{question.item.objective}" in tags
        assert inline_text(question.item.stem) in plain_words(front)
        assert all(str(one) in back for one in question.closing[1:])
        for part in question.item.parts():
            if part.right and part.feedback:
                assert inline_text(part.feedback) in plain_words(back), question.id
    for _, module, _ in practice.by_module():
        assert f"{course.about.title}::{practice.category(module)}" in decks
