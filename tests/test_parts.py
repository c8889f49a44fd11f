"""The parts of items: enough to write any other form from, with no knowledge of the types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from imlcourse.course.model import Course
from imlcourse.items import ITEM_TYPES, Item, read_item
from imlcourse.items.parts import CardPart, GapPart, ItemPart, NumberPart, PairPart, StepPart
from imlcourse.markup.inline import inline_text
from real_course import real_course
from test_items import VECTORS, sample

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scripts" / "imlcourse"


def printed(item: Item) -> str:
    """Print an item as plain text, with its key and its feedback. It knows no type of item."""
    lines = [f"{item.id} ({item.level}) {item.stem}"]
    if item.hint:
        lines.append(item.hint)
    if item.passage:
        lines.append(item.passage)
    heading = ""
    for part in item.parts():
        if part.heading and part.heading != heading:
            lines.append(part.heading)
        heading = part.heading
        mark = "[x]" if part.right else "[ ]"
        words = " = ".join(filter(None, [part.text, part.answer]))
        lines.append(" ".join(filter(None, [mark, words or "…", "–", part.feedback])))
    if item.closing:
        lines.append(item.closing)
    lines += [f"“{evidence.quote}” ({evidence.unit})" for _, evidence in item.quotations()]
    return inline_text("\n".join(lines).replace("\n", " / ")).replace(" / ", "\n")


@pytest.fixture(scope="module")
def course() -> Course:
    return real_course()


def test_every_item_of_the_course_is_printed_whole_from_its_parts(course: Course) -> None:
    for item in course.items:
        text = printed(item)
        for path, words in item.texts():
            # Other roles' openings and other spellings of an answer are no text of a part.
            if "variants" in path or ("answers" in path and path[-1] != 0) or path[0] == "groups":
                continue
            pieces = words.split("…") if path == ("text",) else [words]
            assert all(inline_text(piece) in text for piece in pieces), (item.id, path)
        assert "[x]" in text


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["item"]["id"])
def test_parts_name_what_a_response_names_and_tell_what_the_score_tells(vector: dict) -> None:  # type: ignore[type-arg]
    item, _ = read_item(vector["item"])
    assert item is not None
    parts = item.parts()
    named = [part.id for part in parts if part.id]
    assert len(set(named)) == len(named)
    # The response that is made of the parts alone is the key.
    assert item.score(_answered(item, parts)).points == 1


def _answered(item: Item, parts: tuple[ItemPart, ...]) -> object:
    """Answer an item as its parts say, in the shape that its key has."""
    key = item.key()
    if isinstance(key, dict):
        return {
            part.id: part.answer_id
            if isinstance(part, (PairPart, CardPart))
            else part.answer
            if isinstance(part, GapPart) and part.answers
            else next(p.id for p in parts if p.group == part.id and p.right)
            for part in parts
            if isinstance(part, (PairPart, CardPart, GapPart))
        }
    if steps := [part for part in parts if isinstance(part, StepPart)]:
        return [part.id for part in sorted(steps, key=lambda step: step.place)]
    if numbers := [part for part in parts if isinstance(part, NumberPart)]:
        return numbers[0].answer.split()[0]
    if isinstance(key, list):
        right = [part.id for part in parts if part.right]
        return [id_ for id_ in right if id_ in key] if item.type == "scenario" else right
    return next(part.id for part in parts if part.right)


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_every_part_has_feedback_or_choices_that_have(kind: str) -> None:
    item, _ = read_item(sample(kind))
    assert item is not None
    parts = item.parts()
    groups = {part.group for part in parts}
    assert all(part.feedback or part.id in groups for part in parts)
    if kind not in ("ordering", "categorise"):
        assert any(part.right for part in parts) and not all(part.right for part in parts)


@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_a_type_is_one_module_of_data_one_of_html_and_one_script(kind: str) -> None:
    assert (PACKAGE / "items" / f"{kind}.py").is_file()
    assert (PACKAGE / "html" / "items" / f"{kind}.py").is_file()
    assert list((PACKAGE / "player").rglob(f"{kind}.js"))


def test_the_models_of_items_know_no_html() -> None:
    code = (
        "import sys, imlcourse.items, imlcourse.items.blueprint;"
        "print([name for name in sys.modules if name.startswith('imlcourse.html')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    for path in (PACKAGE / "items").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "imlcourse.html" not in source
        assert "inline_html" not in source and "Markup" not in source
        assert not re.search(r"</?(?:li|span|p|div|ul|ol|label|input|select|option)\b", source)
