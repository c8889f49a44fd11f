"""What an answer that somebody wrote stands for, and what a report says of groups and of forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from imlcourse.course.reference.evaluation import Evaluation
from imlcourse.items import Item, read_item
from imlcourse.results.answers import Learner, Sitting
from imlcourse.results.cells import written
from imlcourse.results.forms import FormAnswer, form_figures
from imlcourse.results.responses import letters_of, read_response

pl = pytest.importorskip("polars", reason="Polars is not installed (kit.in)")


def made(kind: str, **more: Any) -> Item:
    item, flaws = read_item({
        "id": "m01-i01", "type": kind, "objective": "m01-o1", "level": "apply", "stem": "So?",
        "evidence": [{"unit": 9, "quote": "it does provide de facto protection"}], **more,
    })  # fmt: skip
    assert item is not None, flaws
    return item


def options(*texts: str) -> list[dict[str, Any]]:
    return [
        {"text": text, "feedback": "So.", "correct": number == 0}
        for number, text in enumerate(texts)
    ]


BOTH = {"true": "So.", "false": "So."}
ITEMS = {
    "single": made("single", options=options("one", "two", "three")),
    "multiple": made("multiple", options=options("one", "two", "three")),
    "ordering": made("ordering", steps=[{"text": t, "feedback": "So."} for t in ("x", "y", "z")]),
    "judged": made("truefalse", key=False, feedback=BOTH),
    "reasoned": made(
        "truefalse", key=False, feedback=BOTH, reasons=options("one", "two", "three")
    ),
    "numeric": made("numeric", answer=1951, feedback={"right": "So.", "wrong": "So."}),
    "matching": made(
        "matching",
        pairs=[{"left": x, "right": y, "feedback": "S.", "wrong": "S."} for x, y in ("ab", "cd")],
    ),
}  # fmt: skip


def answer(name: str, said: str, order: dict[str, tuple[int, ...]] | None = None) -> Any:
    """Give the response to an item; ids as the letters that they have in the file."""
    item = ITEMS[name]
    in_file = {id_: letter for letter, id_ in letters_of(item, {}).items() if len(letter) == 1}
    found = read_response(item, letters_of(item, order or {}), said)
    if isinstance(found, list):
        return [in_file.get(one, one) for one in found]
    return in_file.get(found, found) if isinstance(found, str) else found


@pytest.mark.parametrize(
    ("name", "said", "response"),
    [
        ("single", "b", "b"),
        ("single", " B ", "b"),
        ("single", "a b", None),
        ("single", "d", None),
        ("single", "", None),
        ("multiple", "a c", ["a", "c"]),
        ("multiple", "a,c", ["a", "c"]),
        ("multiple", "a; c+b", ["a", "c", "b"]),
        ("multiple", "ac", ["a", "c"]),
        ("multiple", "ad", None),
        ("ordering", "cab", ["c", "a", "b"]),
        ("ordering", "c a b", ["c", "a", "b"]),
        # Letters of one answer run together where an answer may have several, and nowhere else.
        ("single", "ab", None),
        ("judged", "true", "true"),
        ("judged", "F", "false"),
        ("judged", "b", None),
        ("judged", "", None),
        ("judged", "false b", None),
        ("reasoned", "false b", ["false", "b"]),
        ("reasoned", "f b", ["false", "b"]),
        ("reasoned", "false", ["false"]),
        ("reasoned", "false d", None),
        ("reasoned", "b", None),
        ("numeric", " 1 951 ", "1 951"),
        ("numeric", "about 1951", "about 1951"),
        # Of any type, what a program writes.
        ("matching", '{"p1": "p2"}', {"p1": "p2"}),
        ("multiple", '["x", "y"]', ["x", "y"]),
        ("matching", '{"p1": "p2"', None),
        ("matching", "a b", None),
    ],
)
def test_what_somebody_wrote_stands_for_an_answer_or_for_none(
    name: str, said: str, response: object
) -> None:
    assert answer(name, said) == response


@pytest.mark.parametrize(
    ("name", "order", "said", "response"),
    [
        ("single", {"options": (2, 0, 1)}, "a", "c"),
        ("multiple", {"options": (2, 0, 1)}, "ab", ["c", "a"]),
        ("ordering", {"steps": (1, 2, 0)}, "abc", ["b", "c", "a"]),
        ("reasoned", {"reasons": (1, 0, 2)}, "false a", ["false", "b"]),
    ],
)
def test_letters_are_those_of_the_order_in_which_options_were_shown(
    name: str, order: dict[str, tuple[int, ...]], said: str, response: object
) -> None:
    assert answer(name, said, order) == response


@pytest.mark.parametrize("name", ["single", "multiple", "ordering"])
def test_an_option_may_be_called_by_its_id_too(name: str) -> None:
    item = ITEMS[name]
    first = letters_of(item, {})["a"]
    assert answer(name, first) == ("a" if name == "single" else ["a"])
    assert letters_of(ITEMS["matching"], {}) == {}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "true"),
        (3.0, "3"),
        (0.25, "0.25"),
        (3, "3"),
        (date(2026, 11, 28), "2026-11-28"),
        (datetime(2026, 11, 28, 9, 30), "2026-11-28"),
        (" a b ", "a b"),
    ],
)
def test_a_cell_of_a_workbook_is_read_as_people_read_it(cell: object, text: str) -> None:
    assert written(cell) == text


def test_of_several_sittings_the_first_and_the_last_of_a_test_are_told() -> None:
    sittings = [Sitting(test, 0, "", ()) for test in ("pre-test", "post-test", "pre-test")]
    learner = Learner("x", sittings=sittings)
    assert learner.first("pre-test") is sittings[0]
    assert learner.last("pre-test") is sittings[2]
    assert learner.first("post-test") is learner.last("post-test") is sittings[1]
    assert learner.first("final-test") is learner.last("final-test") is None


# --- groups ---------------------------------------------------------------------------------------


def people(*several: dict[str, Any]) -> Any:
    """People, each with how many there are of the kind; all with both tests, unless it is said."""
    usual = {"team": "a", "before": 0.5, "after": 0.75, "edition": "", "first": 0.5, "gain": 0.25,
             "needs": []}  # fmt: skip
    return pl.DataFrame(
        [{**usual, **one} for one in several for _ in range(one.pop("count"))],
        schema_overrides={"needs": pl.List(pl.String)},
    )


def test_the_means_and_the_gain_of_a_group_are_those_of_its_people() -> None:
    from imlcourse.results.groups import group_figures

    table = people(
        {"count": 3, "before": 0.2, "after": 0.4, "first": 0.1, "gain": 0.2},
        {"count": 2, "before": 0.7, "after": 0.9, "first": 0.6, "gain": 0.3},
        # Not of these: no post-test, a gain in another wording, another group.
        {"count": 1, "before": 0.8, "after": None, "first": None, "gain": None},
        {"count": 4, "before": None, "after": None, "edition": "old", "gain": 0.9},
        {"count": 5, "team": "b"},
    )
    a, b = group_figures(table)
    assert (a.name, a.count, b.name, b.count) == ("a", 10, "b", 5)
    assert a.before == pytest.approx((3 * 0.2 + 2 * 0.7 + 0.8) / 6)
    assert a.after == pytest.approx((3 * 0.4 + 2 * 0.9) / 5)
    assert a.gain and a.gain.count == 5
    assert a.gain.before == pytest.approx((3 * 0.1 + 2 * 0.6) / 5)
    assert a.gain.gain == pytest.approx((3 * 0.2 + 2 * 0.3) / 5)
    assert b.gain and b.gain.gain == pytest.approx(0.25)


@pytest.mark.parametrize("count", [4, 5])
def test_figures_of_a_group_begin_with_five_people(count: int) -> None:
    from imlcourse.results.groups import group_figures

    rest = {"count": 6 - count, "before": None, "after": None, "first": None, "gain": None}
    table = people({"count": count, "needs": ["m01-o1"]}, rest)
    (one,) = group_figures(table)
    assert group_figures(table.with_columns(team=pl.lit(""))) == []
    told = count == 5
    assert (one.before is not None, one.after is not None, one.gain is not None) == (told,) * 3
    assert one.needs == ((("m01", 5),) if told else ())


def test_a_group_needs_the_three_modules_that_most_of_its_people_need() -> None:
    from imlcourse.results.groups import group_figures

    table = people(
        {"count": 5, "needs": ["m01-o1", "m01-o2", "m03-o1"]},
        {"count": 2, "needs": ["m03-o2", "m02-o1", "m05-o1"]},
        {"count": 5, "needs": ["m02-o1", "m04-o1", "m05-o1"]},
    )
    (one,) = group_figures(table)
    # A module counts once for each person; of two with as many, the first one comes first.
    assert one.needs == (("m02", 7), ("m03", 7), ("m05", 7))


# --- forms ----------------------------------------------------------------------------------------

EVALUATION = Evaluation.model_validate({
    "scales": {"able": ["Not at all", "Partly", "Fully"]},
    "forms": {
        "evaluation": {
            "title": "Evaluation form", "when": "At the end", "lead": "Write no name.",
            "parts": [
                {"title": "The workshop", "level": 1, "scale": "able",
                 "statements": {"r1": "It was useful."}},
                {"title": "Before and now", "level": 2, "scale": "able", "twice": True,
                 "statements": {"b1": "I can say who has the duty."}},
                {"title": "Next", "level": 2, "questions": {"q1": "What will you do?"}},
            ],
        },
    },
})  # fmt: skip


def form(ratings: dict[str, int], said: str = "", name: str = "evaluation") -> FormAnswer:
    return FormAnswer(name, "x", 1, 1, ratings, {"q1": said} if said else {})


def test_a_form_tells_how_many_chose_each_and_who_rose_stayed_and_fell() -> None:
    given = [
        *[form({"r1": value, "b1 before": 1, "b1 now": 3}) for value in (1, 3, 3)],
        form({"b1 before": 2, "b1 now": 2}),
        form({"b1 before": 3, "b1 now": 1}),
        form({"b1 before": 2, "b1 now": 1}),
        # Of one answer of the two, nobody knows whether it has risen.
        form({"b1 before": 1}),
        form({"b1 now": 3}),
        form({}, "I will ask."),
        form({}),
        form({"r1": 1}, name="follow-up"),
    ]
    (figures,) = form_figures(EVALUATION, given)
    assert (figures.form, figures.count) == ("evaluation", 9)
    (_, (useful,)), (_, (duty,)) = figures.parts
    assert useful.spreads[""].counts == (1, 0, 2)
    assert duty.spreads["before"].counts == (4, 2, 1)
    assert duty.spreads["now"].counts == (2, 1, 4)
    assert (duty.rose, duty.same, duty.fell) == (3, 1, 2)
    assert duty.spreads["before"].mean == pytest.approx((4 + 2 * 2 + 3) / 7)
    assert form_figures(None, given) == form_figures(EVALUATION, [form({})]) == []


def test_the_words_of_a_form_stand_in_an_order_that_tells_nobody_whose_they_are() -> None:
    words = [f"{number} {word}" for number, word in enumerate(["Ask.", "Call.", "Wait.", "Look."])]
    orders = []
    for said in (words, words[::-1]):
        (figures,) = form_figures(EVALUATION, [form({}, one) for one in said])
        orders.append(figures.words["q1"])
    assert sorted(orders[0]) == words, "each once"
    assert orders[0] == orders[1] not in (words, words[::-1])
