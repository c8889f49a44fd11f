"""Blueprints: how many items of each kind a test draws."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from imlcourse.items import Item


class Cell(BaseModel):
    """A line of a blueprint: how many items to draw of those that have all that it names."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    module: str | None = Field(default=None, description="Of this module.")
    objective: str | None = Field(default=None, description="That assess this objective.")
    level: Literal["recall", "understand", "apply", "analyse"] | None = Field(
        default=None, description="Of this level."
    )
    items: int = Field(ge=1, description="How many of them are drawn.")

    def fits(self, item: Item) -> bool:
        """Say whether an item may be drawn for this line."""
        return (
            self.module in (None, item.objective.split("-")[0])
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
