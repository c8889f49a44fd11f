"""Blueprints: how many items of each kind a test draws, and the draw itself.

A line of a blueprint names a module, an objective, a level, or several of them. Lines may cross:
an item of objective o1 and level *apply* fits ``{objective: o1}`` and ``{level: apply}``, and
counts for one of them. `course check` and the player draw by the same routine (see `assignment`),
so what the one accepts, the other can always draw. The player's is in ``draw.js``; the vectors
hold both to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field

from imlcourse.items.assignment import assign
from imlcourse.items.base import Level
from imlcourse.items.shared import module_of

__all__ = ["Cell", "Drawable", "Use", "draw", "served"]


class Drawable(Protocol):
    """What can be drawn: an item, or what is known of it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def objective(self) -> str:
        """The id of its objective, which begins with that of its module."""

    @property
    def level(self) -> str:
        """Its level."""


class Cell(BaseModel):
    """A line of a blueprint: how many items to draw of those that have all that it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    module: str | None = Field(default=None, description="Of this module.")
    objective: str | None = Field(default=None, description="That assess this objective.")
    level: Level | None = Field(default=None, description="Of this level.")
    items: int = Field(ge=1, description="How many of them are drawn.")

    def fits(self, item: Drawable) -> bool:
        """Say whether an item may be drawn for this line."""
        return (
            self.module in (None, module_of(item.objective))
            and self.objective in (None, item.objective)
            and self.level in (None, item.level)
        )

    @property
    def named(self) -> int:
        """How much it names; who draws begins with the lines that name most."""
        return sum(name is not None for name in (self.module, self.objective, self.level))

    def __str__(self) -> str:
        named = [self.module, self.objective, self.level]
        return " × ".join(name for name in named if name) or "any item"


class Use(NamedTuple):
    """How an item was used before.

    Attributes
    ----------
    times
        How many attempts asked it.
    last
        When the last of them began, as an ISO time; empty if none did.
    """

    times: int = 0
    last: str = ""


def served(pool: Sequence[Drawable], blueprint: Sequence[Cell], rounds: int = 1) -> list[int]:
    """Say how many items can be drawn for each line, at most as many as it asks for.

    Parameters
    ----------
    pool
        What can be drawn from.
    blueprint
        The lines.
    rounds
        How many draws are to have no item in common: 2 for a test before the course and one after.

    Returns
    -------
    list of int
        For each line; ``items * rounds`` where there are enough. Where there are not, those that
        name least come short.
    """
    lines = sorted(range(len(blueprint)), key=lambda line: -blueprint[line].named)
    places = [line for line in lines for _ in range(blueprint[line].items * rounds)]
    by_objective, by_module = _places_by_name(pool)
    wishes: dict[int, list[int]] = {}
    for line in lines:
        cell = blueprint[line]
        # A course has many objectives and many lines: none looks at items of another objective.
        among: Sequence[int] = range(len(pool))
        if cell.objective is not None:
            among = by_objective.get(cell.objective, [])
        elif cell.module is not None:
            among = by_module.get(cell.module, [])
        wishes[line] = [n for n in among if cell.fits(pool[n])]
    counts = [0] * len(blueprint)
    for line, item in zip(places, assign([wishes[line] for line in places]), strict=True):
        counts[line] += item is not None
    return counts


def _places_by_name(
    pool: Sequence[Drawable],
) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Give the places of items in a pool by their objective, and by its module, in order."""
    by_objective: dict[str, list[int]] = {}
    by_module: dict[str, list[int]] = {}
    for n, item in enumerate(pool):
        by_objective.setdefault(item.objective, []).append(n)
        by_module.setdefault(module_of(item.objective), []).append(n)
    return by_objective, by_module


def draw(
    pool: Sequence[Drawable],
    blueprint: Sequence[Cell],
    seed: int,
    used: Mapping[str, Use],
    rounds: int = 1,
) -> list[str]:
    """Draw items by a blueprint: those used least and longest ago, else by lot.

    Parameters
    ----------
    pool
        What can be drawn from.
    blueprint
        The lines.
    seed
        From 0 to 2**32 - 1; the same seed draws the same items.
    used
        By item id, how it was used before.
    rounds
        How many draws are to have no item in common; what this one leaves is enough for the
        others, if the pool is.

    Returns
    -------
    list of str
        Ids of items, in the order in which they are asked. As many as the blueprint asks for, if
        `served` says that there are enough.
    """

    def dearness(item: Drawable) -> tuple[int, str, int, str]:
        before = used.get(item.id, Use())
        return before.times, before.last, lot(seed, item.id), item.id

    ordered = sorted(pool, key=dearness)
    drawn = _taken(ordered, blueprint, 1)
    if rounds > 1:
        left = [item for item in ordered if item.id not in drawn]
        if sum(served(left, blueprint, rounds - 1)) < len(drawn) * (rounds - 1):
            drawn = _taken(ordered, blueprint, rounds)
    return sorted(drawn, key=lambda id_: (lot(seed, f"place/{id_}"), id_))


def _taken(ordered: Sequence[Drawable], blueprint: Sequence[Cell], rounds: int) -> list[str]:
    """Give the ids of the dearest items that fit the lines, of several rounds for the first."""
    places = [
        (turn, cell) for turn in range(rounds) for cell in blueprint for _ in range(cell.items)
    ]
    wishes = [[n for n, (_, cell) in enumerate(places) if cell.fits(item)] for item in ordered]
    return [
        item.id
        for item, place in zip(ordered, assign(wishes), strict=True)
        if place is not None and places[place][0] == 0
    ]


def lot(seed: int, name: str) -> int:
    """Give a number below 2**32 that a seed and a name settle (FNV-1a, then mixed)."""
    state = 2166136261 ^ seed
    for byte in name.encode():
        state = (state ^ byte) * 16777619 & 0xFFFFFFFF
    state = (state ^ (state >> 16)) * 2246822507 & 0xFFFFFFFF
    return state ^ (state >> 13)
