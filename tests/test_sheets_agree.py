"""Sheets, situations and questions tell an official the same, in whole sentences."""

from __future__ import annotations

from typing import Any

import pytest

from plain_yaml import load_yaml
from small_course import ROOT

SITUATIONS: dict[str, dict[str, Any]] = {
    one["id"]: one
    for one in load_yaml((ROOT / "book" / "situations.yml").read_text("utf-8"))["situations"]
}
SHEETS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "book").glob("aid-*.md"))}


def first(situation: str) -> str:
    return " ".join(SITUATIONS[situation]["first"])


def test_a_child_alone_is_asked_the_same_in_the_situation_and_on_its_sheet() -> None:
    assert SITUATIONS["child-alone"]["aid"] == "aid-unaccompanied-child"
    sheet = SHEETS["aid-unaccompanied-child"]
    for asked, on_sheet in (
        ("name and age", "What may I call you? How old are you?"),
        ("what hurts", "Does anything hurt?"),
        ("whom the child fears", "anybody here you fear?"),
        ("what would help now", "What would help you now?"),
    ):
        assert asked in first("child-alone")
        assert on_sheet in sheet


@pytest.mark.parametrize("sheet", ["aid-unaccompanied-child", "aid-before-detention"])
def test_wherever_no_consulate_is_called_a_treaty_that_obliges_is_the_exception(
    sheet: str,
) -> None:
    for text in (first("consul"), SHEETS[sheet]):
        assert "do not call" in text.casefold()
        assert "treaty" in text
        assert "make" in text
        assert "legal office" in text


def test_who_is_held_and_asks_for_a_consul_is_led_to_the_sheet_on_detention() -> None:
    assert SITUATIONS["consul"]["aid"] == "aid-before-detention"


def test_the_man_in_the_van_is_asked_as_little_as_the_sheet_asks() -> None:
    items = load_yaml((ROOT / "quizzes" / "m09.yml").read_text("utf-8"))["items"]
    (item,) = (one for one in items if one["id"] == "m09-i60")
    (key,) = (option["text"] for option in item["options"] if option.get("correct"))
    assert "ask only whether he is hurt and afraid" in key
    assert "Are you hurt? Is there anyone you fear?" in SHEETS["aid-trafficked-person"]


def test_the_sheet_on_detention_begins_with_what_to_do_now() -> None:
    body = SHEETS["aid-before-detention"].partition("# Before a person is detained\n")[2]
    assert body.strip().startswith("Before you order detention")


@pytest.mark.parametrize(
    "short",
    [
        "None, no key",
        "hold the key",
        "bears no paragraph",
        "The parents neither",
        "none before asylum",
        "harder to get outside",
    ],
)
def test_no_sheet_speaks_like_a_telegram(short: str) -> None:
    quiz = (ROOT / "quizzes" / "m11.yml").read_text("utf-8")
    told = {"m11": quiz.partition("m11-i60")[2].partition("correct: true")[0]}
    assert [name for name, text in {**SHEETS, **told}.items() if short in text] == []
