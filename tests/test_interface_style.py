"""How the interface speaks: ordinary English, for people whose second language it is.

The table of terms is in CONTRIBUTING.md; this holds every text to it.
Only the course's own language has such a table.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import imlcourse
from imlcourse.languages.strings import load_strings

PACKAGE = Path(imlcourse.__file__).parent
GUIDE = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
# What another program calls its buttons stands in quotation marks, and is its own business.
_OF_OTHERS = re.compile("“[^”]*”")
TEXTS = {
    key: _OF_OTHERS.sub("“…”", text) if key.startswith("banks.") else text
    for key, text in load_strings("en").items()
    if key != "player.locale"
}
LONGEST_SENTENCE = 25
"""Words, as GOV.UK has it."""
LONGEST_BUTTON, WORDS_ON_A_BUTTON = 32, 6
_PLACE = re.compile(r"\{\w+\}")


def terms() -> list[tuple[str, list[str]]]:
    """Read the table: what is said, and what is not said in its place."""
    table = GUIDE.split("| say | not |\n|---|---|\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.split("\n")]
    return [(say, [one.strip(" “”") for one in never.split(",")]) for say, never in rows]


def test_the_table_of_terms_is_there() -> None:
    assert {"Continue", "Start", "Correct, Incorrect"} <= {say for say, _ in terms()}


@pytest.mark.parametrize(("say", "never"), terms(), ids=lambda one: str(one)[:30])
def test_one_thing_has_one_name(say: str, never: list[str]) -> None:
    found = {
        key: text
        for key, text in TEXTS.items()
        for one in never
        # A trainer's slips are of paper.
        if not key.startswith("session.cards.")
        if re.search(rf"\b{re.escape(one)}\b", text, 0 if one[0].isupper() else re.IGNORECASE)
    }
    assert found == {}, f"write: {say}"


def test_sentences_are_short() -> None:
    long = {}
    for key, text in TEXTS.items():
        for sentence in re.split(r"(?<=[.!?:;])\s+", text):
            if len(sentence.split()) > LONGEST_SENTENCE:
                long[key] = sentence
    assert long == {}


def buttons() -> set[str]:
    """Give the keys of the texts that stand on buttons, as the scripts make them."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.js"))
    made = re.findall(r"button\('[^']*',\s*text\(\s*(?:[\w.]+ \|\| )?'([a-z.-]+)'", code)
    made += re.findall(r"button\('[^']*',\s*text\([^)?]*\?\s*'([a-z.-]+)' : '([a-z.-]+)'", code)
    return {key for found in made for key in ([found] if isinstance(found, str) else found)}


def test_buttons_are_short_and_begin_as_sentences_do() -> None:
    keys = buttons() & TEXTS.keys()
    assert len(keys) > 20
    assert {"player.check", "player.show", "player.test.finish"} <= keys
    for key in keys:
        words = _PLACE.sub("", TEXTS[key]).strip()
        assert len(words) <= LONGEST_BUTTON, TEXTS[key]
        assert len(words.split()) <= WORDS_ON_A_BUTTON, TEXTS[key]
        assert words[:1].isupper(), TEXTS[key]
        assert not words.endswith("."), TEXTS[key]


def test_nothing_shouts_and_nothing_is_written_for_machines() -> None:
    for key, text in TEXTS.items():
        assert "!" not in text, key
        assert not re.search(r"\b(?:please|simply|just|easily|e\.g\.|i\.e\.|etc\.)", text, re.I), (
            key
        )
        assert "'" not in _PLACE.sub("", text), f"{key}: write ’"
