"""Both scorers agree: the player's, fed from the HTML that Python draws, and Python's own.

The player runs in Node. That a browser reads the HTML as Node does, test_player looks at.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from engine import Engine
from players import TYPED, VECTORS, made, quiz, way

SCORE = """([id, response]) => {
  const { type, data } = views[id];
  return type.score(data, JSON.parse(response));
}"""


@pytest.fixture(scope="module")
def scorer(engine: Engine) -> Callable[[str, Any], dict[str, Any]]:
    """The player's own scorer, for every item of the vectors."""
    items = [vector["item"] for vector in VECTORS]
    engine.evaluate("(html) => { globalThis.views = itemsOf(html); }", quiz("v", items))

    def score(id_: str, response: Any) -> dict[str, Any]:
        found: dict[str, Any] = engine.evaluate(SCORE, [id_, json.dumps(response)])
        return found

    return score


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["item"]["id"])
def test_the_player_scores_as_the_vectors_say(
    scorer: Callable[[str, Any], dict[str, Any]], vector: dict[str, Any]
) -> None:
    for case in vector["cases"]:
        score = scorer(vector["item"]["id"], case["response"])
        assert score["points"] == pytest.approx(case["points"], abs=1e-12), case
        assert score["parts"] == case["parts"], case


def test_both_scorers_give_the_same_numbers(
    scorer: Callable[[str, Any], dict[str, Any]],
) -> None:
    random = Random(298)
    for vector in VECTORS:
        scored = made(vector["item"])
        names = [*vector["names"], "p000000"]
        for _ in range(200):
            some = random.sample(names, random.randint(0, len(names)))
            response: Any = random.choice(
                [
                    some,
                    random.sample(list(vector["names"]), len(vector["names"])),
                    some[0] if some else None,
                    random.choice(TYPED),
                    {p: random.choice(TYPED) for p in vector["names"]},
                    way(scored, random),
                    dict(zip(some, random.choices(names, k=len(some)), strict=True)),
                    {p: random.choice(names) for p in vector["names"] if random.random() < 0.7},
                ]
            )
            ours = scored.score(response)
            theirs = scorer(scored.id, response)
            assert (theirs["points"], theirs["parts"]) == (ours.points, ours.parts), response
