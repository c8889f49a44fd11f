"""Each check of a session plan: what its author hears, at which line, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from test_sessions import PLAN, REAL, changed, problems, sources

BUS = ":::{activity} The night bus"
VOTE = ":::{activity} Twenty minutes of interpreter"
STEPS = ":::{activity} Four steps"
CASE = ":::{activity} Row nine, to the end"
LAST = ":::{activity} Back to the bus"
FIRST_SLIDE = ":::{slide} The night bus, row nine"
VOTED = ":::{slide} Whom do you speak with first?"
FIGURE = ":::{slide} See, ask, keep safe, pass on"
PLAYED = ":::{slide} Row nine, to the end"
SHOWN = ":::{slide} Two questions, kept apart\n"
LIST = "  - {kind: aid, id: aid-trafficked-person, for: each}\n"

Said = tuple[str, str]
"""A text that ends in the line, or the number of a line; and what is said of it."""

MISTAKES: dict[str, tuple[list[tuple[str, str]], list[Said]]] = {
    # --- minutes ---
    "the activities take less than the module says": (
        [(":minutes: 8\n:method: scene", ":minutes: 6\n:method: scene")],
        [(LAST, "the activities take 73 minutes together, and the module says session: 75; "
          "add 2, or change it there")],
    ),
    "the activities take more than the module says": (
        [(":minutes: 8\n:method: scene", ":minutes: 11\n:method: scene")],
        [(LAST, "the activities take 78 minutes together, and the module says session: 75; "
          "take 3, or change it there")],
    ),
    # --- materials ---
    "a material stands twice": (
        [(LIST, LIST + LIST.replace("each", "pair"))],
        [("id: aid-trafficked-person, for: pair",
          "aid-trafficked-person stands here a second time (first in line 10)")],
    ),
    "key points have an id": (
        [("{kind: keypoints, for: each,", "{kind: keypoints, id: keypoints, for: each,")],
        [("{kind: keypoints, id", "key points are those of the module; leave the id out")],
    ),
    "a material has no id": (
        [(LIST, LIST + "  - {kind: aid, for: each}\n")],
        [("  - {kind: aid, for: each}", "the aid has no id; write which one it is"),
         ("  - {kind: aid, for: each}", "no activity uses aid; name it in the :uses: of one")],
    ),
    "a figure that the module has not": (
        [("id: first-steps.svg, for", "id: frist-steps.svg, for")],
        [("id: frist-steps.svg", "no figure “frist-steps.svg” in the module (did you mean first-"
          "steps.svg?); it has ")],
    ),
    "cards that the plan has not": (
        [("id: first-talk, for", "id: first-tolk, for"),
         (":uses: first-talk", ":uses: first-tolk")],
        [("id: first-tolk, for", "no cards “first-tolk” in this plan (did you mean first-talk?); "
          "write a block :::{cards} first-tolk")],
    ),
    "a flip chart that the plan has not": (
        [("id: four-steps, for", "id: four-stops, for"),
         (":uses: four-steps", ":uses: four-stops")],
        [("id: four-stops, for", "no flip chart “four-stops” in this plan (did you mean four-steps"
          "?); write a block :::{flipchart} four-stops")],
    ),
    "nothing to bring is called so": (
        [("id: envelopes", "id: letters")],
        [("id: letters", "nothing to bring is called “letters”; there are paper, pens, markers"),
         ("put a mixed set into each envelope",
          "“envelope” stands here, and no material supplies it; add - {kind: bring, id: "
          "envelopes, for: …} to `materials`, or say it otherwise")],
    ),
    "a case that does not branch": (
        [("kind: case, id: m09-i18", "kind: case, id: m09-i73")],
        [("kind: case, id: m09-i73",
          "m09-i73 is no case that branches (it is single); write kind: sheet")],
    ),
    "a case that is a quiz": (
        [("kind: case, id: m09-i18", "kind: case, id: m09-s2")],
        [("kind: case, id: m09-s2", "m09-s2 is a quiz, and a case is one item; write kind: sheet"),
         ("kind: case, id: m09-s2", "no activity uses m09-s2; name it in the :uses: of one")],
    ),
    "a sheet of a case that branches": (
        [("kind: case, id: m09-i18", "kind: sheet, id: m09-i18")],
        [("kind: sheet, id: m09-i18", "m09-i18 is a case that branches; write kind: case")],
    ),
    "a sheet of an item that there is not": (
        [(LIST, LIST + "  - {kind: sheet, id: m09-i999, for: each}\n")],
        [("id: m09-i999", "no item and no quiz “m09-i999”"),
         ("id: m09-i999", "no activity uses m09-i999")],
    ),
    "a worksheet that there is not": (
        [(LIST, LIST + "  - {kind: worksheet, id: m09-nota, for: each}\n")],
        [("id: m09-nota", "m09-nota"),
         ("id: m09-nota", "no activity uses m09-nota")],
    ),
    "an aid that is a page to read": (
        [(LIST, LIST + "  - {kind: aid, id: for-learners, for: each}\n"),
         (":uses: keypoints", ":uses: keypoints, for-learners")],
        [("id: for-learners", "“for-learners” is no job aid; write kind: reading, or name an aid")],
    ),
    "a material that nobody uses": (
        [(":uses: keypoints\n", "")],
        [("{kind: keypoints", "no activity uses keypoints; name it in the :uses: of one, or")],
    ),
    "cards that no list names": (
        [(":::{flipchart} four-steps", ":::{cards} spare\n:title: Spare\n:kind: slips\n"
          "- One.\n- Two.\n:::\n\n:::{flipchart} four-steps")],
        [(":::{cards} spare", "the cards spare is not among the materials; add "
          "- {kind: cards, id: spare, for: …}")],
    ),
    "a flip chart that no list names": (
        [(":::{flipchart} four-steps", ":::{flipchart} spare\n:title: Spare\nWords.\n:::\n\n"
          ":::{flipchart} four-steps")],
        [(":::{flipchart} spare", "the flipchart spare is not among the materials; add "
          "- {kind: flipchart, id: spare, for: …}")],
    ),
    "what is spoken of in the third line of a block is brought by nobody": (
        [("- Choose one colleague", "- Bring a bell.\n- Choose one colleague")],
        [("- Bring a bell.", "“bell” stands here, and no material supplies it; add "
          "- {kind: bring, id: bell, for: …} to `materials`, or say it otherwise")],
    ),
    "what is called as a thing to bring brings it not": (
        [("id: first-talk, for", "id: bell, for"), (":uses: first-talk", ":uses: bell"),
         (":::{cards} first-talk", ":::{cards} bell"),
         ("- Choose one colleague", "- Bring a bell.\n- Choose one colleague")],
        [("- Bring a bell.", "“bell” stands here, and no material supplies it; add "
          "- {kind: bring, id: bell, for: …}")],
    ),
    "a worksheet is spoken of that no material supplies": (
        [("- Choose one colleague", "- Print the Worksheets.\n- Choose one colleague")],
        [("- Print the Worksheets.",
          "“Worksheets” stands here, and no material supplies it; add a material of kind: work")],
    ),
    # --- what activities use ---
    "an activity uses a figure that the module has not": (
        [(":uses: four-steps, first-steps.svg", ":uses: four-steps, first-stops.svg")],
        [(STEPS, "no figure “first-stops.svg” in the module (did you mean first-steps.svg?)")],
    ),
    "an activity uses what is called otherwise": (
        [(":uses: what-we-know", ":uses: what-we-knew")],
        [(":::{activity} Two words for two things",
          "“what-we-knew” is none of the materials (did you mean what-we-know?); add it")],
    ),
    "an activity uses a case for practice and a quiz that there is not": (
        [(":method: case\n:uses: m09-i18", ":method: case\n:uses: m09-i18, m09-s99")],
        [(CASE, "no item and no quiz “m09-s99”")],
    ),
    "a vote on nothing": (
        [(":method: vote\n:uses: m09-i73", ":method: vote")],
        [(VOTE, "a vote is on a question; name the item or the quiz in :uses:")],
    ),
    "a vote on three questions in five minutes": (
        [(":method: vote\n:uses: m09-i73", ":method: vote\n:uses: m09-s2")],
        [(VOTE, " questions by show of hands in 5 minutes; each takes 4 at least: give ")],
    ),
    # --- slides ---
    "a slide shows a figure that the module has not": (
        [(":show: figure first-steps.svg", ":show: figure frist-steps.svg")],
        [(FIGURE, "no figure “frist-steps.svg” in the module (did you mean first-steps.svg?)")],
    ),
    "a slide shows a case as a question": (
        [(":show: case m09-i18", ":show: question m09-i18")],
        [(PLAYED, "m09-i18 is a case that branches; write :show: case …")],
    ),
    "a slide shows a question as a case": (
        [(":show: question m09-i73", ":show: case m09-i73")],
        [(VOTED, "m09-i73 is no case that branches (it is single); write :show: question …")],
    ),
    "a slide shows an item of a test": (
        [(":show: question m09-i73", ":show: question m09-i86")],
        [(VOTED, "m09-i86 is an item of a test, and is not for practice before; name one of a "
          "quiz “Check yourself”")],
    ),
    "a slide quotes nothing": (
        [(SHOWN, SHOWN + ":show: quote\n")],
        [(SHOWN[:-1], "the slide quotes nothing; write {quote}`the words <8>` in it")],
    ),
    # --- what is said ---
    "more is said than there is time for": (
        [(":::{say}\nToday we stop", ":::{say}\n" + "word " * 1000 + "Today we stop")],
        [(BUS, "minutes aloud, and the activity has 8; shorten it, or give it more time")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_plan_is_named_at_its_line_and_nothing_else_is(
    tmp_path: Path, mistake: str
) -> None:
    changes, said = MISTAKES[mistake]
    text = REAL
    for before, after in changes:
        assert text.count(before) == 1, before
        text = changed(text, before, after)
    told = problems(tmp_path, text).splitlines()
    assert len(told) == len(said), told
    for end, what in said:
        assert text.count(end) == 1, end
        line = text[: text.index(end) + len(end)].count("\n") + 1
        start = f"{PLAN}:{line}: "
        assert [one for one in told if one.startswith(start) and what in one], (start, told)


LET_BE: dict[str, list[tuple[str, str]]] = {
    "the plan as it is": [],
    "what is said and what stands on cards may speak of anything": [
        (":::{say}\nToday we stop", ":::{say}\nThe bell rings. Today we stop"),
        ("- The foreman holds all five passports.", "- The foreman holds a folder and a bell."),
    ],
    "a word that only holds a thing": [
        ("- Choose one colleague", "- Think of Isabella, of bellows and of strings of days.\n"
         "- Choose one colleague"),
    ],
    "what is brought is used by no activity": [
        ("  - {kind: bring, id: pens, for: each}\n",
         "  - {kind: bring, id: pens, for: each}\n  - {kind: bring, id: bell, for: trainer}\n"),
    ],
    "a vote that takes as long as its questions need": [
        (":minutes: 5\n:method: vote", ":minutes: 4\n:method: vote"),
        (":minutes: 8\n:method: scene", ":minutes: 9\n:method: scene"),
    ],
    "a slide that quotes": [
        (SHOWN + "- How did this person come here?\n",
         SHOWN + ":show: quote\n- {quote}`IOM does not have a legal protection mandate <9>`\n"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", LET_BE)
def test_what_can_be_held_is_let_be(tmp_path: Path, what: str) -> None:
    text = REAL
    for before, after in LET_BE[what]:
        assert text.count(before) == 1, before
        text = changed(text, before, after)
    assert problems(tmp_path, text) == ""


def test_where_an_activity_has_no_minutes_nothing_is_said_of_their_sum(tmp_path: Path) -> None:
    text = changed(REAL, ":minutes: 8\n:method: scene", ":method: scene")
    assert "minutes together" not in problems(tmp_path, text)


def test_a_module_without_a_scene_shows_none(tmp_path: Path) -> None:
    whole = sources()
    module = whole.modules["m09"]
    blocks = tuple(
        replace(block, options={}) if block.kind == "situation" else block
        for block in module.page.blocks
    )
    undrawn = replace(module, page=replace(module.page, blocks=blocks))
    told = problems(tmp_path, REAL, replace(whole, modules={"m09": undrawn})).splitlines()
    lines = REAL.splitlines()
    asking = [
        1 + lines.index(begins) for begins in (BUS, FIRST_SLIDE, ":::{slide} Back to the bus")
    ]
    assert told == [f"{PLAN}:{line}: the module has no scene; take it out" for line in asking]
