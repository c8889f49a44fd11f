"""What may give an item away to somebody who knows nothing of its subject.

A *guesser* knows one habit of careless item banks and nothing else: it takes the longest option,
or the one in the middle. Whatever it scores above chance, the bank gives away.
The habits are those that the item-writing literature names: CONTRIBUTING.md, “Rules for items”,
lists them, and says where each limit comes from.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from imlcourse.document.words import words
from imlcourse.items import Item, Order, Single, TrueFalse
from imlcourse.items.shown_order import key_place
from imlcourse.languages.rules import Rules

__all__ = [
    "GUESSERS",
    "LABELS",
    "MOST_GAIN",
    "Guess",
    "absolute_words",
    "guesses",
    "pointed_at",
    "stands_out",
]

MOST_GAIN = 0.05
"""How much a guesser may score above chance over the whole bank."""
_FEWEST_SINGLES = 5
"""Single-choice items that a bank has at least before its habits are judged."""
_LENGTHS = (0.5, 2.0)
"""A key this many times as long as every other option stands out at a glance."""
_SHARED = 3
"""Words that stem and key alone share, from which on they point at the key."""


@dataclass(frozen=True)
class Guess:
    """What a guesser scores over some items.

    Parameters
    ----------
    name
        Which guesser: a name of `GUESSERS`.
    items
        How many items it answered.
    score
        The mean of its scores, from 0 to 1.
    chance
        What blind guessing scores on the same items, from 0 to 1.
    spread
        The standard deviation of the mean score of blind guessing.
    right
        Ids of the items for which it took the key and nothing else.
    """

    name: str
    items: int
    score: float
    chance: float
    spread: float
    right: tuple[str, ...]

    @property
    def gain(self) -> float:
        """How much it scores above chance."""
        return self.score - self.chance


Picks = Callable[[Single, Sequence[int]], list[int]]
"""A guesser: from an item and the order in which its options are shown, the written places of
those options between which it cannot decide."""


def _best(values: Mapping[int, int]) -> list[int]:
    top = max(values.values())
    return [index for index, value in values.items() if value == top]


def _longest(item: Single, _: Sequence[int]) -> list[int]:
    return _best({i: len(option.text) for i, option in enumerate(item.options)})


def _shortest(item: Single, _: Sequence[int]) -> list[int]:
    return _best({i: -len(option.text) for i, option in enumerate(item.options)})


def _middle(_: Single, shown: Sequence[int]) -> list[int]:
    half = len(shown) // 2
    return list(shown[half - 1 + len(shown) % 2 : half + 1])


def _most_shared(item: Single, _: Sequence[int]) -> list[int]:
    return _best({i: len(shared) for i, shared in enumerate(shared_with_stem(item))})


def _no_absolutes(item: Single, _: Sequence[int]) -> list[int]:
    return _best({i: -bool(absolute_words(o.text, item.rules)) for i, o in enumerate(item.options)})


def _odd_one(item: Single, _: Sequence[int]) -> list[int]:
    forms = [_form(option.text, item.rules) for option in item.options]
    alike = {
        i: sum(
            a == b
            for j, other in enumerate(forms)
            if j != i
            for a, b in zip(form, other, strict=True)
        )
        for i, form in enumerate(forms)
    }
    return _best({i: -count for i, count in alike.items()})


GUESSERS: dict[str, Picks] = {
    "longest": _longest,
    "shortest": _shortest,
    "stem": _most_shared,
    "middle": _middle,
    "odd": _odd_one,
    "absolute": _no_absolutes,
}
"""Each guesser by name."""

LABELS = {
    "longest": "the longest option",
    "shortest": "the shortest option",
    "stem": "the option that shares most words with the stem",
    "middle": "an option in the middle",
    "odd": "the odd one out",
    "absolute": "an option without absolute words",
    "truth": "false with absolute words, else true",
}
"""What each guesser takes, as reports call it."""


Picked = Mapping[str, list[tuple[str, float, float]]]
"""What guessers scored: by their name, for each item its id, the share, and that of chance."""


def guesses(items: Iterable[Item], orders: Mapping[str, Order]) -> list[Guess]:
    """Let each guesser answer the single-choice items, and one more the true/false items.

    Parameters
    ----------
    items
        The items.
    orders
        For each of them, the order in which its options are shown.

    Returns
    -------
    list of Guess
        One for each guesser that found items to answer.
    """
    return summed_up(picked(items, orders))


def picked(items: Iterable[Item], orders: Mapping[str, Order]) -> Picked:
    """Let each guesser answer items, and give what it scored with each of them.

    Parameters
    ----------
    items, orders
        As for `guesses`.

    Returns
    -------
    dict
        By guesser: id of the item, its share of the point, and what chance gives.
    """
    items = list(items)
    singles = [i for i in items if isinstance(i, Single) and i.key() is not None]
    made = {
        name: [_share(name, item, orders) for item in singles if _knows(name, item.rules)]
        for name in GUESSERS
    }
    # It holds a statement with an absolute word for false, and any other for true.
    made["truth"] = [
        (i.id, float(i.truth != bool(absolute_words(i.stem, i.rules))), 0.5)
        for i in items
        if isinstance(i, TrueFalse) and _knows("truth", i.rules)
    ]
    return made


def summed_up(*several: Picked) -> list[Guess]:
    """Sum up what guessers scored: over one bank, or over several.

    Parameters
    ----------
    *several
        What `picked` gave.

    Returns
    -------
    list of Guess
        One for each guesser that found items to answer.
    """
    answers = {name: [one for part in several for one in part[name]] for name in LABELS}
    return [_guess(name, found) for name, found in answers.items() if found]


def _knows(name: str, rules: Rules) -> bool:
    """Say whether a language has the lists of words that a guesser goes by."""
    lists = {
        "stem": rules.common_words,
        "absolute": rules.absolute_words,
        "truth": rules.absolute_words,
    }
    return lists.get(name, frozenset()) is not None


def _share(name: str, item: Single, orders: Mapping[str, Order]) -> tuple[str, float, float]:
    shown = orders.get(item.id, {}).get("options", tuple(range(len(item.options))))

    def scored(item: Single) -> float:
        key = next(i for i, option in enumerate(item.options) if option.correct)
        picked = GUESSERS[name](item, shown)
        return (key in picked) / len(picked)

    return item.id, item.worked_out(f"{name} {shown}", scored), 1 / len(item.options)


def _guess(name: str, answers: Sequence[tuple[str, float, float]]) -> Guess:
    count = len(answers)
    return Guess(
        name,
        count,
        sum(share for _, share, _ in answers) / count,
        sum(chance for *_, chance in answers) / count,
        math.sqrt(sum(chance * (1 - chance) for *_, chance in answers)) / count,
        tuple(item_id for item_id, share, _ in answers if share == 1),
    )


def too_good(guess: Guess) -> bool:
    """Say whether a guesser scores more over one module than luck explains.

    Five points above chance is the limit over the whole bank; over the few items of a module
    luck alone gives more, so that two standard deviations are allowed there.
    """
    return guess.items >= _FEWEST_SINGLES and guess.gain > max(MOST_GAIN, 2 * guess.spread)


# --- single items ---------------------------------------------------------------------------


def stands_out(item: Single) -> float | None:
    """Say how much the key differs in length from every other option.

    Parameters
    ----------
    item
        A single-choice item with a key.

    Returns
    -------
    float or None
        The key's length over that of the nearest other option, if it is half of it or less, or
        twice or more; else None.
    """
    key = next((len(option.text) for option in item.options if option.correct), 0)
    others = [len(option.text) for option in item.options if not option.correct]
    if not others or not all([key, *others]):
        return None  # an option is missing or empty, or all are right, which is reported
    for ratio, beyond in (
        (key / max(others), key / max(others) >= _LENGTHS[1]),
        (key / min(others), key / min(others) <= _LENGTHS[0]),
    ):
        if beyond and max(key, *others) > 12:  # numbers and single words may differ
            return ratio
    return None


def pointed_at(item: Single) -> frozenset[str]:
    """Give the words that the stem shares with the key, if they point at it.

    Parameters
    ----------
    item
        A single-choice item.

    Returns
    -------
    frozenset of str
        Words that stem and key share and that stand in no other option, if there are three or
        more; else nothing. Two are often the subject itself.
    """
    shared = shared_with_stem(item)
    key = next((i for i, option in enumerate(item.options) if option.correct), None)
    if key is None:
        return frozenset()
    alone = shared[key].difference(*(s for i, s in enumerate(shared) if i != key))
    return alone if len(alone) >= _SHARED else frozenset()


def shared_with_stem(item: Single) -> list[frozenset[str]]:
    """Give, for each option, the words of substance that it shares with the stem."""
    stem = _substance(item.stem, item.rules)
    return [_substance(option.text, item.rules) & stem for option in item.options]


def absolute_words(text: str, rules: Rules) -> frozenset[str]:
    """Give the words of a text that allow no exception, such as *always*."""
    return _among(text, rules)


def only_wrong_absolute(item: Single) -> bool:
    """Say whether absolute words stand in every wrong option, and not in the key."""
    marked = [bool(absolute_words(option.text, item.rules)) for option in item.options]
    return any(marked) and all(m != o.correct for m, o in zip(marked, item.options, strict=True))


# Every guesser looks at every option, once by module and once in all: what a text shows of itself
# is kept, for as long as a living preview goes on with it.
_kept = lru_cache(maxsize=32768)


@_kept
def _among(text: str, rules: Rules) -> frozenset[str]:
    return (rules.absolute_words or frozenset()).intersection(map(rules.bare, words(text)))


@_kept
def _substance(text: str, rules: Rules) -> frozenset[str]:
    common = rules.common_words
    if common is None:
        return frozenset()
    # The first letters stand for the word: record, records and recording are one.
    return frozenset(
        rules.root(word)[:5]
        for word in words(text)
        if len(word) > 3 and rules.bare(word) not in common
    )


@_kept
def _form(text: str, rules: Rules) -> tuple[object, ...]:
    counted = words(text)
    return (
        counted[:1],
        len(counted) // 4,
        any(c.isdigit() for c in text),
        "," in text,
        text.rstrip("”»\"'")[-1:] in ".!?؟",
        (rules.negative_words or frozenset()).isdisjoint(map(rules.bare, counted)),
    )


def key_places(items: Iterable[Item], orders: Mapping[str, Order]) -> dict[int, list[int]]:
    """Count in which places keys are shown.

    Returns
    -------
    dict
        By number of options: how many keys stand in the first place, the second and so on.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for item in items:
        if isinstance(item, Single):
            place = key_place(item, orders.get(item.id, {}))
            counts = places[len(item.options)]
            counts.extend([0] * (len(item.options) - len(counts)))
            if place is not None:
                counts[place] += 1
    return dict(places)
