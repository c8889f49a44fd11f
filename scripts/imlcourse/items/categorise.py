"""Categorise: cards to sort into groups.

Response
    For each card that was sorted, by its id, the id of the group.
Scoring
    The share of the cards that lie in their right group; a card that was not sorted is not right.
    Parts: each card.

Each card is explained by itself: its `feedback` says why it belongs in its group, its `wrong` what
of this card any other group overlooks, and its `confusions` why single groups do not fit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from imlcourse.items.base import (
    WITHOUT_WRONG,
    Feedback,
    Flaw,
    Item,
    Part,
    Score,
    Text,
    Where,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.items.parts import CardPart, ItemPart, MistakePart, OtherPart
from imlcourse.markup.problems import repeated

FEWEST_GROUPS, MOST_GROUPS = 2, 4
FEWESTCARDS, MOSTCARDS = 4, 9
CARDS = "cards"


class Group(Part):
    """One of the groups."""

    id: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", description="A short name for the cards to give."
    )
    text: Text = Field(description="The heading of the group.")


class Confusion(Part):
    """A group into which a card is often put, and in which it does not belong."""

    group: str = Field(description="The id of the group.")
    feedback: Feedback = Field(description="Why the card does not belong there.")


class Card(Part):
    """One of the cards."""

    text: Text = Field(description="What stands on the card.")
    group: str = Field(description="The id of the group in which it belongs.")
    feedback: Feedback = Field(description="Why it belongs there; shown when it lies there.")
    wrong: Annotated[Text, WITHOUT_WRONG] = Field(
        description="What of this card another group overlooks; it names no group that is right."
    )
    confusions: list[Confusion] = Field(
        default_factory=list, description="Instead of `wrong`, for single other groups."
    )


class Categorise(Item):
    """Cards, each of which belongs in one group."""

    type: Literal["categorise"] = Field(description="categorise: cards are sorted into groups.")
    groups_: list[Group] = Field(
        alias="groups",
        description="The groups, in the order in which they are shown.",
        json_schema_extra={"minItems": FEWEST_GROUPS, "maxItems": MOST_GROUPS},
    )
    cards: list[Card] = Field(
        description="The cards, all different.",
        json_schema_extra={"minItems": FEWESTCARDS, "maxItems": MOSTCARDS},
    )

    def group_ids(self) -> list[str]:
        """Give the ids of the groups, in the written order."""
        return [part_id(self.id, "groups", index) for index in range(len(self.groups_))]

    def card_ids(self) -> list[str]:
        """Give the ids of the cards, in the written order."""
        return [part_id(self.id, CARDS, index) for index in range(len(self.cards))]

    def key(self) -> dict[str, str]:  # noqa: D102
        named = dict(zip((g.id for g in self.groups_), self.group_ids(), strict=True))
        return {
            part: named.get(card.group, "")
            for part, card in zip(self.card_ids(), self.cards, strict=True)
        }

    def score(self, response: object) -> Score:  # noqa: D102
        return Score.of_places(response, self.key(), self.group_ids())

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {CARDS: len(self.cards)}

    def confused(self, card: Card) -> dict[str, Confusion]:
        """Give what is said of single wrong groups for a card, by the part id of the group."""
        named = dict(zip((g.id for g in self.groups_), self.group_ids(), strict=True))
        return {named[one.group]: one for one in card.confusions if one.group in named}

    def parts(self) -> tuple[ItemPart, ...]:
        """Give each card, and behind it what is said of other groups for it."""
        headings = {group.id: group.text for group in self.groups_}
        return tuple(
            part
            for (id_, group), card in zip(self.key().items(), self.cards, strict=True)
            for part in (
                CardPart(
                    id=id_,
                    text=card.text,
                    right=True,
                    feedback=card.feedback,
                    group=CARDS,
                    answer=headings.get(card.group, ""),
                    answer_id=group,
                ),
                *(
                    MistakePart(
                        id="",
                        text=headings.get(one.group, ""),
                        right=False,
                        feedback=one.feedback,
                        group=id_,
                    )
                    for one in card.confusions
                ),
                OtherPart(id="", text="", right=False, feedback=card.wrong, group=id_),
            )
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, group in enumerate(self.groups_):
            yield ("groups", index, "text"), group.text
        for index, card in enumerate(self.cards):
            yield (CARDS, index, "text"), card.text
            yield (CARDS, index, "feedback"), card.feedback
            yield (CARDS, index, "wrong"), card.wrong
            for at, one in enumerate(card.confusions):
                yield (CARDS, index, "confusions", at, "feedback"), one.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(
            ("groups",), len(self.groups_), FEWEST_GROUPS, MOST_GROUPS, "groups"
        )
        yield from number_problem((CARDS,), len(self.cards), FEWESTCARDS, MOSTCARDS, "cards")
        own = list(self._own_texts())
        yield from repeats([(p, t) for p, t in own if p[0] == "groups"], "group")
        yield from repeats([(p, t) for p, t in own if p[0] == CARDS and p[-1] == "text"], "card")
        ids = [group.id for group in self.groups_]
        for index, id_ in enumerate(ids):
            if ids.index(id_) != index:
                yield Flaw(("groups", index, "id"), repeated(f"the id {id_}", "give it another"))
        for index, card in enumerate(self.cards):
            if card.group not in ids:
                yield Flaw(
                    (CARDS, index, "group"),
                    f"there is no group {card.group}; write one of: {', '.join(ids)}",
                )
            for at, one in enumerate(card.confusions):
                place: Where = (CARDS, index, "confusions", at, "group")
                if one.group == card.group:
                    yield Flaw(place, "this is the group in which it belongs; name another")
                elif one.group not in ids:
                    yield Flaw(
                        place, f"there is no group {one.group}; write one of: {', '.join(ids)}"
                    )
                elif one.group in [other.group for other in card.confusions[:at]]:
                    yield Flaw(place, repeated(f"the group {one.group}", line=0))
        if len({card.group for card in self.cards}) < 2:
            yield Flaw((CARDS,), "all cards belong in one group; use two groups or more")
