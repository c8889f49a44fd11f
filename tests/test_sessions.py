"""Session plans: what an author hears of a plan that cannot be held, and what trainers read."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from imlcourse.checks.load import read_course
from imlcourse.checks.sessions import check_sessions
from imlcourse.checks.translations import check_translations
from imlcourse.course.model import Course
from imlcourse.course.session import MINUTES_OF_VOTE, Material
from imlcourse.course.session_file import read_session
from imlcourse.course.sources import Sources
from imlcourse.course.translation import mark_of_file
from imlcourse.markup.problems import CourseError, Problems
from imlcourse.pages.sessions import session_page
from real_course import real_course
from small_course import ROOT, load_again, reader

PLAN = "modules/m09-trafficking/session.md"
REAL = (ROOT / PLAN).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def real() -> Course:
    return real_course()


@lru_cache(maxsize=1)
def sources() -> Sources:
    read = read_course(ROOT, Problems(ROOT), None, reader())
    assert read is not None
    return read


def problems(folder: Path, text: str, whole: Sources | None = None) -> str:
    """Say what the author of this plan of module 9 hears, in the course or in a changed one."""
    path = folder / PLAN
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    found = Problems(folder)
    plan = read_session(path, found, "m09")
    assert plan is not None
    check_sessions(replace(whole or sources(), problems=found, sessions={"m09": plan}))
    return "\n".join(map(str, found.sorted()))


def changed(text: str, before: str, after: str) -> str:
    assert before in text
    return text.replace(before, after, 1)


SLIPS: list[tuple[str, str, str]] = [
    # what is written; what is written in its place; what its author hears
    (
        ":minutes: 8\n:method: scene",
        ":minutes: 9\n:method: scene",
        "the activities take 76 minutes together, and the module says session: 75; take 1",
    ),
    (
        ":minutes: 5\n:method: vote",
        ":minutes: 3\n:method: vote",
        f"1 question by show of hands in 3 minutes; each takes {MINUTES_OF_VOTE} at least: give 4",
    ),
    (":uses: m09-i73", ":uses: m09-i86", "m09-i86 is an item of a test, and is not for practice"),
    (":uses: m09-i73", ":uses: m09-i69", "m09-i69 is an item of a test, and is not for practice"),
    (":uses: m09-i73", ":uses: m09-i60", "m09-i60 is an item of a test, and is not for practice"),
    (":uses: m09-i73", ":uses: m09-quiz", "m09-quiz is a test, and what it asks is not for"),
    (":uses: m09-i73", ":uses: m09-i999", "no item and no quiz “m09-i999”"),
    (
        ":show: figure first-steps.svg",
        ":show: figure first-step.svg",
        "no figure “first-step.svg” in the module (did you mean first-steps.svg?)",
    ),
    (
        "kind: aid, id: aid-trafficked-person",
        "kind: aid, id: aid-traficked-person",
        "no page “aid-",
    ),
    ("id: markers", "id: merkers", "nothing to bring is called “merkers” (did you mean markers?)"),
    (":method: role-play", ":method: roleplay", "no method “roleplay” (did you mean role-play?)"),
    (
        ":kind: role",
        ":kind: signs",
        "a card of kind signs has 310 letters and spaces, and 300 are the most that can be read",
    ),
    (":::{people} 20", ":::{people} 25", "no {people} “25”; write 8, 20 or 40"),
    (
        "Play it once",
        "Put sticky dots on it, and play it once",
        "“sticky dots” stands here, and no material supplies it; add - {kind: bring, id: dots",
    ),
    (
        "- How did this person come here?\n",
        "- How did this person come here?" + " And then?" * 20 + "\n",
        "the slide has 54 words, and 40 are the most",
    ),
    (
        ":::{say}\nToday we stop",
        ":::{say}\n" + "Listen to this word. " * 280 + "Today we stop",
        "words, which take 10 minutes aloud, and the activity has 8",
    ),
    (":::{cut} The second", "A stray line.\n\n:::{cut} The second", "text outside a block has no"),
    (
        "  - {kind: cards, id: first-talk, for: group}\n",
        "",
        "the cards first-talk is not among the materials",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), SLIPS)
def test_a_plan_that_cannot_be_held_is_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    found = problems(tmp_path, changed(REAL, before, after))
    assert said in found
    assert all(line.startswith(f"{PLAN}:") for line in found.splitlines())


def test_what_a_plan_lacks_is_named_all_at_once(tmp_path: Path) -> None:
    text = REAL
    for kind in ("purpose", "prepare", "cut", "extend", "people", "sensitive"):
        text = re.sub(rf"^:::\{{{kind}\}}.*?^:::\n", "", text, flags=re.DOTALL | re.MULTILINE)
    found = problems(tmp_path, text.replace(":method: debrief", ":method: plenary"))
    for what in ("purpose", "preparation for the week", "word on 40 people", "debrief"):
        assert f"the plan has no {what}" in found
    for what in ("word on “disclosure”", "word on what to cut", "word on what to add"):
        assert f"the plan has no {what}" in found


def test_what_a_plan_lacks_is_named_with_the_block_to_add(tmp_path: Path) -> None:
    text = re.sub(r"^:::\{purpose\}.*?^:::\n", "", REAL, flags=re.DOTALL | re.MULTILINE)
    said = "the plan has no purpose; add a block :::{purpose} … :::"
    assert problems(tmp_path, text) == f"{PLAN}:1: {said}"


def test_a_block_of_a_plan_belongs_in_a_plan(whole_course: Path) -> None:
    module = whole_course / "modules" / "m09-trafficking" / "module.md"
    with module.open("a", encoding="utf-8") as file:
        file.write("\n:::{say}\nGood morning.\n:::\n")
    with pytest.raises(CourseError, match=r"say\} belongs in a session plan; move it to the"):
        load_again(whole_course)


@pytest.mark.parametrize(
    ("share", "people", "copies"),
    [("each", 20, 20), ("pair", 21, 11), ("group", 21, 6), ("trainer", 40, 1), ("wall", 40, 1)],
)
def test_copies_follow_from_the_number_of_people(share: str, people: int, copies: int) -> None:
    material = Material.model_validate({"kind": "keypoints", "for": share})
    assert material.copies(people) == copies


def test_every_plan_begins_in_the_field_and_ends_in_a_debrief() -> None:
    assert real().sessions
    for plan in real().sessions.values():
        assert plan.activities[0].starts == 0, plan.module
        assert "scene" in plan.activities[0].uses, plan.module
        assert "debrief" in [activity.method for activity in plan.activities[-2:]], plan.module
        assert plan.slides, plan.module


def test_the_notes_of_a_slide_are_what_is_said_and_asked_while_it_stands() -> None:
    first, *_ = real().sessions["m09"].slides
    assert (first.shows, first.title) == ("scene", "The night bus, row nine")
    assert [note.kind for note in first.notes] == ["say", "ask"]
    assert "Today we stop a bus at night" in first.notes[0].text


def test_a_page_holds_the_whole_plan() -> None:
    text = session_page(real(), real().modules["m09"])
    plan = real().sessions["m09"]
    for activity in plan.activities:
        assert f"{activity.starts}–{activity.ends}" in text
        assert activity.title in text
    for cards in plan.cards.values():
        assert cards.texts[-1] in text
    assert "What to do in each of these moments" in text


def test_the_contents_list_plans_under_one_page_by_themselves(built: Path) -> None:
    sources = built / "book-src"
    listed = (sources / "_toc.yml").read_text("utf-8")
    assert "  - file: session-plans\n        sections:\n" in listed
    for module in real().sessions:
        assert f"- file: session-{module}\n" in listed
        assert (sources / f"session-{module}.md").is_file()


def test_a_translated_plan_keeps_minutes_methods_and_what_it_uses(whole_course: Path) -> None:
    mark = mark_of_file(whole_course / PLAN)
    text = REAL.replace("---\n", f"---\nsource: {mark}\n", 1).replace("The night bus", "L’autocar")
    path = (whole_course / PLAN).with_name("session.fr.md")
    path.write_text(text, encoding="utf-8")
    plan = load_again(whole_course, "fr").sessions["m09"]
    assert (plan.title, plan.activities[0].title) == ("L’autocar, row nine", "L’autocar")


def told_of_french(folder: Path, text: str, *, is_read: bool = True) -> list[str]:
    """Say what a translator of the plan of module 9 hears."""
    of, path = folder / PLAN, (folder / PLAN).with_name("session.fr.md")
    path.parent.mkdir(parents=True)
    of.write_text(REAL, encoding="utf-8")
    path.write_text(
        text.replace("---\n", f"---\nsource: {mark_of_file(of)}\n", 1), encoding="utf-8"
    )
    found = Problems(folder)
    plans = [read_session(one, found, "m09") for one in (of, path)]
    own, french = [{"m09": plan} for plan in plans if plan is not None]
    whole = sources()
    check_translations(
        replace(
            whole,
            root=folder,
            problems=found,
            translated_into="fr",
            sessions=french,
            original=replace(whole, sessions=own if is_read else {}),
        )
    )
    return [str(problem) for problem in found.sorted()]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", ""),
        (
            ":minutes: 8\n:method: scene",
            ":minutes: 8\n:method: talk",
            r"{activity} :minutes: 8 :method: talk :uses: scene stands here, and {activity} "
            ":minutes: 8 :method: scene :uses: scene in session.md; keep its order",
        ),
        (
            "{kind: cards, id: first-talk, for: group}",
            "{kind: cards, id: first-talk, for: pair}",
            "`for` is “pair”, and “group” in session.md; it is the same in every language",
        ),
        # How names are parted, and which of its drawings it shows, is for each language to say.
        ("four-steps, first-steps.svg\n", "four-steps,first-steps.svg\n", ""),
        ("four-steps, first-steps.svg\n", "four-steps, first-steps.fr.svg\n", ""),
    ],
)
def test_a_translated_plan_keeps_its_order_its_values_and_what_it_uses(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    said = told_of_french(tmp_path, changed(REAL, before, after))
    assert len(said) == bool(told), said
    assert told in "".join(said)


def test_a_translated_plan_is_not_compared_with_one_that_cannot_be_read(tmp_path: Path) -> None:
    text = changed(REAL, ":method: scene", ":method: talk")
    assert told_of_french(tmp_path, text, is_read=False) == []
