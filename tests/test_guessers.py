"""What gives a key away, cue by cue: where it begins, and just short of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from imlcourse.checks.guessers import (
    Guess,
    absolute_words,
    guesses,
    key_places,
    only_wrong_absolute,
    picked,
    pointed_at,
    stands_out,
    summed_up,
    too_good,
)
from imlcourse.items import Item, read_item
from imlcourse.items.single import Single


def single(
    *options: str, stem: str = "Which of these is it?", number: int = 1, key: int = 0
) -> Single:
    """An item of which the first option is the key, or another."""
    written = [{"text": text, "feedback": "So."} for text in options]
    written[key] |= {"correct": True}  # type: ignore[dict-item]
    return made(number, "single", stem, options=written)  # type: ignore[return-value]


def judged(number: int, stem: str, *, key: bool) -> Item:
    return made(number, "truefalse", stem, key=key, feedback={"true": "So.", "false": "So."})


def made(number: int, kind: str, stem: str, **more: Any) -> Item:
    item, flaws = read_item({
        "id": f"m01-i{number:02}", "type": kind, "objective": "m01-o1", "level": "apply",
        "stem": stem, "evidence": [{"unit": 9, "quote": "it does provide de facto protection"}],
        **more,
    })  # fmt: skip
    assert item is not None, flaws
    return item


# --- single items --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "ratio"),
    [
        ((20, 10, 10), 2.0),
        ((20, 10, 5), 2.0),
        ((19, 10, 10), None),
        ((20, 11, 10), None),
        ((10, 20, 20), 0.5),
        ((10, 20, 40), 0.5),
        ((11, 20, 20), None),
        ((10, 19, 20), None),
        ((30, 10, 10), 3.0),
        ((13, 6, 6), 13 / 6),
        ((12, 6, 6), None),  # single words and numbers may differ
        ((6, 13, 13), 6 / 13),
        ((6, 12, 12), None),
    ],
)
def test_a_key_stands_out_that_is_twice_or_half_as_long(
    lengths: tuple[int, ...], ratio: float | None
) -> None:
    assert stands_out(single(*("x" * length for length in lengths))) == ratio


@pytest.mark.parametrize(
    ("stem", "options", "words"),
    [
        ("Who moves letters across mountains?",
         ("he moves letters in mountains", "nobody", "a clerk"), 3),
        ("Who moves letters across mountains?", ("letters of mountains", "nobody", "a clerk"), 0),
        # In another option too, a word points at nothing.
        ("Who moves letters across mountains?",
         ("he moves letters in mountains", "letters", "a clerk"), 0),
        ("Who moves letters across mountains?",
         ("a clerk", "he moves letters in mountains", "nobody"), 0),
        # The first letters stand for the word; small words stand for nothing.
        ("Who records visits of officers?", ("an officer records a visit", "no", "it"), 3),
        ("Is it his own, and who has it?", ("his own, and he has it", "no", "yes"), 0),
        ("What should they have with them?", ("They should have it with them", "no", "yes"), 0),
    ],
)  # fmt: skip
def test_three_words_of_the_stem_in_the_key_alone_point_at_it(
    stem: str, options: tuple[str, ...], words: int
) -> None:
    assert len(pointed_at(single(*options, stem=stem))) == words


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("some of it", "all of it", "always so"), True),
        (("some of it", "all of it", "most of it"), False),
        (("all of it", "always so", "every one"), False),
        (("some of it", "most of it", "few of it"), False),
    ],
)
def test_absolute_words_in_every_wrong_option_and_not_in_the_key(
    options: tuple[str, ...], told: bool
) -> None:
    assert only_wrong_absolute(single(*options)) is told


def test_absolute_words_are_whole_words_however_they_are_written() -> None:
    rules = single("a", "b", "c").rules
    assert absolute_words("It is Always so, and never ALL.", rules) == {"always", "never", "all"}
    assert absolute_words("It is allowed, nevertheless.", rules) == frozenset()
    assert absolute_words("always", replace(rules, absolute_words=None)) == frozenset()


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (("letters over mountains", "b", "c"), 0),  # none
        (("letters over mountains", "b", "c"), 3),  # all
        (("letters over mountains", "", "c"), 1),
        (("", "letters over mountains", "c"), 1),
    ],
)
def test_of_an_item_without_one_key_among_other_options_nothing_is_guessed(
    options: tuple[str, ...], right: int
) -> None:
    """It is reported as such, and nothing else is said of it."""
    written = [
        {"text": text, "feedback": "So.", "correct": number < right}
        for number, text in enumerate(options)
    ]
    item = made(1, "single", "Do letters move over mountains?", options=written)
    assert isinstance(item, Single)
    assert stands_out(item) is None
    assert not only_wrong_absolute(item)
    if not right:
        assert pointed_at(item) == frozenset()
        assert guesses([item], {}) == []
        assert key_places([item], {}) == {3: [0, 0, 0]}


def test_the_key_may_stand_anywhere() -> None:
    assert stands_out(single("x" * 10, "x" * 20, "x" * 9, key=1)) == 2
    stem, key = "Who moves letters across mountains?", "he moves letters in mountains"
    assert len(pointed_at(single("nobody", "a clerk", key, stem=stem, key=2))) == 3
    assert only_wrong_absolute(single("all", "never", "some", key=2))
    assert score("longest", single("xx", "xxx", "xxxx", key=2)) == 1
    assert score("longest", single("xxxx", "xxx", "xx", key=2)) == 0


@pytest.mark.parametrize("name", ["stem", "absolute", "truth"])
def test_where_a_language_has_no_list_of_words_nobody_goes_by_it(name: str) -> None:
    items = [
        single("some", "all", "never", stem="Which of all these is it?").in_language("de"),
        judged(2, "It is always so.", key=True).in_language("de"),
    ]
    assert name not in [guess.name for guess in guesses(items, {})]
    assert {guess.name for guess in guesses(items, {})} == {"longest", "shortest", "middle", "odd"}
    assert (
        pointed_at(
            single(
                "all letters move mountains", "a", "b", stem="Do letters move mountains?"
            ).in_language("de")
        )
        == frozenset()
    )


# --- guessers ------------------------------------------------------------------------------------


def score(name: str, item: Item, shown: tuple[int, ...] = ()) -> float:
    orders = {item.id: {"options": shown}} if shown else {}
    (guess,) = [one for one in guesses([item], orders) if one.name == name]
    return guess.score


@pytest.mark.parametrize(
    ("name", "options", "share"),
    [
        ("longest", ("xxxx", "xxx", "xx"), 1),
        ("longest", ("xxxx", "xxxx", "xx"), 0.5),
        ("longest", ("xx", "xxxx", "xx"), 0),
        ("shortest", ("xx", "xxx", "xxxx"), 1),
        ("shortest", ("xx", "xx", "xx"), 1 / 3),
        ("absolute", ("some", "all", "never"), 1),
        ("absolute", ("some", "few", "never"), 0.5),
        ("absolute", ("all", "few", "some"), 0),
        ("odd", ("Nobody, in 1951.", "the clerk", "the guard"), 1),
        ("odd", ("the 3", "the clerk", "the guard"), 1),
        ("odd", ("the clerk, so", "the clerk so", "the guard so"), 1),
        ("odd", ("the clerk.", "the clerk", "the guard"), 1),
        ("odd", ("the clerk؟", "the clerk", "the guard"), 1),
        ("odd", ("a clerk", "the clerk", "the guard"), 1),
        ("odd", ("the clerk not", "the clerk so", "the guard so"), 1),
        ("odd", ("the clerk so", "the clerk not", "the guard not"), 1),
        ("odd", ("the clerk.”", "the clerk”", "the guard’s"), 1),
        ("odd", ("the clerk", "the clerk.", "the guard.”"), 1),
        ("odd", ("the clerk of it all", "the clerk", "the guard"), 1),
        ("odd", ("the clerk", "the guard", "the cook"), 1 / 3),
        ("odd", ("the clerk", "the guard", "Nobody, in 1951."), 0),
        ("stem", ("harbours", "others", "none"), 1),
        ("stem", ("others", "harbours", "none"), 0),
    ],
)  # fmt: skip
def test_a_guesser_takes_what_it_goes_by_and_shares_what_it_cannot_decide(
    name: str, options: tuple[str, ...], share: float
) -> None:
    stem = "Which harbour?" if name == "stem" else "Which of these is it?"
    assert score(name, single(*options, stem=stem)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("shown", "share"),
    [((1, 0, 2), 1), ((0, 1, 2), 0), ((1, 2, 0), 0), ((1, 0, 2, 3), 0.5), ((1, 2, 0, 3), 0.5),
     ((0, 1, 2, 3), 0), ((3, 1, 2, 0), 0), ((3, 1, 0, 2, 4), 1)],
)  # fmt: skip
def test_the_middle_is_one_place_of_three_and_two_of_four(
    shown: tuple[int, ...], share: float
) -> None:
    item = single(*"abcde"[: len(shown)])
    assert score("middle", item, shown) == share


def test_a_statement_with_an_absolute_word_is_held_for_false() -> None:
    items = [
        judged(1, "It is always so.", key=False),
        judged(2, "It is so.", key=True),
        judged(3, "It is never so.", key=True),
        judged(4, "It is not so.", key=False),
    ]
    (guess,) = [one for one in guesses(items, {}) if one.name == "truth"]
    assert (guess.items, guess.score, guess.chance) == (4, 0.5, 0.5)
    assert guess.right == ("m01-i01", "m01-i02")
    assert guess.spread == pytest.approx(0.25)


def test_what_is_guessed_over_several_banks_is_summed_up() -> None:
    one = picked([single("xxxx", "xx", "xx", number=1)], {})
    other = picked([single("xx", "xx", "xx", "xx", number=2)], {})
    (guess,) = [guess for guess in summed_up(one, other) if guess.name == "longest"]
    assert guess.items == 2
    assert guess.score == pytest.approx((1 + 0.25) / 2)
    assert guess.chance == pytest.approx((1 / 3 + 0.25) / 2)
    assert guess.gain == pytest.approx(guess.score - guess.chance)
    assert guess.spread == pytest.approx((1 / 3 * 2 / 3 + 0.25 * 0.75) ** 0.5 / 2)
    assert guess.right == ("m01-i01",)
    assert "truth" not in [guess.name for guess in summed_up(one)]
    assert summed_up() == []


@pytest.mark.parametrize(
    ("items", "gain", "spread", "told"),
    [
        (5, 0.31, 0.15, True),
        (5, 0.30, 0.15, False),
        (4, 0.31, 0.15, False),
        (99, 0.051, 0.01, True),
        (99, 0.05, 0.01, False),
    ],
)
def test_over_a_module_a_guesser_may_have_luck(
    items: int, gain: float, spread: float, told: bool
) -> None:
    guess = Guess("longest", items, gain, 0.0, spread, ())
    assert too_good(guess) is told


def test_the_places_of_keys_are_counted_by_the_number_of_options() -> None:
    items = [single(*"abc", number=1), single(*"abcd", number=2), single(*"abc", number=3),
             judged(4, "It is so.", key=True)]  # fmt: skip
    orders: dict[str, dict[str, tuple[int, ...]]] = {
        "m01-i01": {"options": (0, 1, 2)},
        "m01-i02": {"options": (3, 2, 1, 0)},
        "m01-i03": {"options": (2, 0, 1)},
    }
    assert key_places(items, orders) == {3: [1, 1, 0], 4: [0, 0, 0, 1]}
