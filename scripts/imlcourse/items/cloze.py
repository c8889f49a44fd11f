"""Cloze: a text with gaps, each typed or chosen from a list.

Response
    For each gap that was filled, by its id: what was typed, or the id of what was chosen.
Scoring
    The share of the gaps that are right; an empty gap is not right. What is typed counts as right
    if it is one of the gap's answers, but for accents, capitals, punctuation and as many slips of
    spelling as its author allows (see `imlcourse.items.typed`). Where gaps accept the same words
    (*shelter* or *food* in both), a word counts in one of them. Parts: each gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from imlcourse.items.assignment import assign
from imlcourse.items.base import (
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
from imlcourse.items.choice import Option, option_parts
from imlcourse.items.parts import GapPart, ItemPart, MistakePart
from imlcourse.items.typed import LETTERS_FOR_A_SLIP, accepted, has_number, other_words, plain
from imlcourse.languages.words import opposites
from imlcourse.markup.inline import PRIVATE, inline_text

FEWEST, MOST = 1, 6
FEWEST_CHOICES, MOST_CHOICES = 2, 5
GAP_MARK = re.compile(r"\{([0-9]+)\}")


class WrongText(Part):
    """What learners often type instead."""

    text: Text = Field(description="What is often typed instead; wrong however near it comes.")
    feedback: Feedback = Field(description="What was probably confused.")


class Gap(Part):
    """A gap to fill: with `answers` it is typed, with `choices` it is chosen."""

    answers: list[Text] | None = Field(
        default=None, description="What is right when typed; the first is shown as the answer."
    )
    tolerance: int = Field(default=0, description="How many slips of spelling are forgiven.")
    feedback: Text | None = Field(
        default=None, description="Of a typed gap: why this word belongs there."
    )
    mistakes: list[WrongText] = Field(
        default_factory=list, description="Of a typed gap: what is often typed instead."
    )
    choices: list[Option] | None = Field(
        default=None, description="What may be chosen, one of it right."
    )


class Cloze(Item):
    """A text with gaps."""

    type: Literal["cloze"] = Field(description="cloze: the gaps of a text are filled.")
    text: Text = Field(
        description="The text, with {1}, {2} and so on where the gaps are, in this order."
    )
    gaps: list[Gap] = Field(
        description="The gaps, in the order of their numbers.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )

    def gap_ids(self) -> list[str]:
        """Give the ids of the gaps, in their order."""
        return [part_id(self.id, "gaps", index) for index in range(len(self.gaps))]

    def choice_ids(self, gap: int) -> list[str]:
        """Give the ids of what may be chosen in a gap, in the written order."""
        choices = self.gaps[gap].choices or []
        return [part_id(self.id, choices_group(gap), index) for index in range(len(choices))]

    def right(self, gap: int) -> str:
        """Give what is right in a gap: a text, or the id of a choice."""
        answers, choices = self.gaps[gap].answers, self.gaps[gap].choices
        if answers:
            return inline_text(answers[self._keys.get(gap, 0)])
        ids = zip(self.choice_ids(gap), choices or [], strict=True)
        return next((part for part, choice in ids if choice.correct), "")

    def others(self, gap: int) -> list[str]:
        """Give the words that lie near those of a typed gap's answers and are not meant."""
        answers = [inline_text(answer) for answer in self.gaps[gap].answers or []]
        return other_words(answers, self.gaps[gap].tolerance, self.language)

    def _plain_answers(self) -> dict[int, list[str]]:
        """Give the answers of each typed gap as they are compared, none of them twice."""
        return {
            index: list(dict.fromkeys(plain(inline_text(answer)) for answer in gap.answers))
            for index, gap in enumerate(self.gaps)
            if gap.answers
        }

    @cached_property
    def sets(self) -> list[list[int]]:
        """The gaps in which a word counts once only, together.

        Two gaps belong together if they accept the same words, or share a word and begin with
        another; unless there are too few words to fill each gap with another one.
        """
        answers = self._plain_answers()
        left, sets = list(answers), []
        while left:
            together = [left.pop(0)]
            for one in together:
                for other in left.copy():
                    shared = set(answers[one]) & set(answers[other])
                    same = set(answers[one]) == set(answers[other])
                    if shared and (same or answers[one][0] != answers[other][0]):
                        together.append(other)
                        left.remove(other)
            together.sort()
            if len(together) > 1 and None not in self._dealt(together, answers):
                sets.append(together)
        return sets

    def once(self, gap: int) -> int | None:
        """Give the number of the set that a gap belongs to; None if it belongs to none."""
        return next((n for n, gaps in enumerate(self.sets) if gap in gaps), None)

    @staticmethod
    def _dealt(gaps: list[int], answers: dict[int, list[str]]) -> list[int | None]:
        """Deal out the words that some gaps accept, as places in the list of all of them."""
        words = list(dict.fromkeys(word for gap in gaps for word in answers[gap]))
        return assign([[words.index(word) for word in answers[gap]] for gap in gaps])

    @cached_property
    def _keys(self) -> dict[int, int]:
        """Which of a gap's answers is the key, where that is not simply the first."""
        answers = self._plain_answers()
        keys = {}
        for gaps in self.sets:
            words = list(dict.fromkeys(word for gap in gaps for word in answers[gap]))
            for gap, place in zip(gaps, self._dealt(gaps, answers), strict=True):
                assert place is not None  # or they would be no set
                written = [plain(inline_text(one)) for one in self.gaps[gap].answers or []]
                keys[gap] = written.index(words[place])
        return keys

    def key(self) -> dict[str, str]:  # noqa: D102
        return {part: self.right(index) for index, part in enumerate(self.gap_ids())}

    def score(self, response: object) -> Score:  # noqa: D102
        ids = self.gap_ids()
        if not isinstance(response, dict) or not response.keys() <= set(ids):
            return Score.nothing(ids)
        parts = {}
        words: dict[int, str] = {}  # by typed gap: the answer that was meant
        for index, part in enumerate(ids):
            given = response.get(part, "")
            if not isinstance(given, str):
                return Score.nothing(ids)
            gap = self.gaps[index]
            if gap.choices is None:
                answers = [inline_text(answer) for answer in gap.answers or []]
                wrong = self._wrong_texts(index)
                found = accepted(given, answers, gap.tolerance, wrong, self.others(index))
                parts[part] = found is not None
                if found is not None:
                    words[index] = plain(answers[found])
            elif given and given not in self.choice_ids(index):
                return Score.nothing(ids)
            else:
                parts[part] = bool(given) and given == self.right(index)
        for gaps in self.sets:
            given_words: set[str] = set()
            for index in gaps:
                if index in words and words[index] in given_words:
                    parts[ids[index]] = False
                elif index in words:
                    given_words.add(words[index])
        return Score(sum(parts.values()) / len(parts) if parts else 0.0, parts)

    def _wrong_texts(self, gap: int) -> list[str]:
        """Give what is wrong in a typed gap: its known mistakes, and what belongs in others."""
        answers = self._plain_answers()
        belongs = {word for other, words in answers.items() if other != gap for word in words}
        mistakes = [inline_text(wrong.text) for wrong in self.gaps[gap].mistakes]
        return [*mistakes, *sorted(belongs.difference(answers.get(gap, ())))]

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {
            choices_group(i): len(gap.choices) for i, gap in enumerate(self.gaps) if gap.choices
        }

    @property
    def passage(self) -> str:  # noqa: D102
        return self.text

    def parts(self) -> tuple[ItemPart, ...]:
        """Give each gap, and behind it its choices or the mistakes that are often made in it."""
        return tuple(
            part
            for index, id_ in enumerate(self.gap_ids())
            for part in (self._gap_part(index, id_), *self._gap_parts(index, id_))
        )

    def _gap_part(self, index: int, id_: str) -> GapPart:
        gap = self.gaps[index]
        answers = tuple(gap.answers or [])
        right = next((choice.text for choice in gap.choices or [] if choice.correct), "")
        return GapPart(
            id=id_,
            text=f"{{{index + 1}}}",
            right=True,
            feedback=gap.feedback or "",
            answer=answers[self._keys.get(index, 0)] if answers else right,
            number=index + 1,
            answers=answers,
            tolerance=gap.tolerance,
        )

    def _gap_parts(self, index: int, id_: str) -> tuple[ItemPart, ...]:
        gap = self.gaps[index]
        if gap.choices is not None:
            return option_parts(id_, zip(self.choice_ids(index), gap.choices, strict=True))
        return tuple(
            MistakePart(id="", text=wrong.text, right=False, feedback=wrong.feedback, group=id_)
            for wrong in gap.mistakes
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("text",), GAP_MARK.sub("…", self.text)
        for index, gap in enumerate(self.gaps):
            place: Where = ("gaps", index)
            for number, answer in enumerate(gap.answers or []):
                yield (*place, "answers", number), answer
            if gap.feedback is not None:
                yield (*place, "feedback"), gap.feedback
            for number, wrong in enumerate(gap.mistakes):
                yield (*place, "mistakes", number, "text"), wrong.text
                yield (*place, "mistakes", number, "feedback"), wrong.feedback
            for number, choice in enumerate(gap.choices or []):
                yield (*place, "choices", number, "text"), choice.text
                yield (*place, "choices", number, "feedback"), choice.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("gaps",), len(self.gaps), FEWEST, MOST, "gaps")
        marks = [int(number) for number in GAP_MARK.findall(self.text)]
        if marks != list(range(1, len(self.gaps) + 1)):
            wanted = ", ".join(f"{{{n}}}" for n in range(1, len(self.gaps) + 1))
            yield Flaw(
                ("text",), f"the text does not hold each gap once, in order; write {wanted} in it"
            )
        if PRIVATE.search(self.text):
            yield Flaw(("text",), "the text holds a sign of no alphabet; type it anew")
        for index, gap in enumerate(self.gaps):
            place: Where = ("gaps", index)
            if (gap.answers is None) == (gap.choices is None):
                yield Flaw(
                    place, "write `answers` for a gap that is typed, or `choices` for one to choose"
                )
            elif gap.answers is not None:
                yield from self._typed_problems(place, gap)
            else:
                yield from self._chosen_problems(place, gap)

    def _typed_problems(self, place: Where, gap: Gap) -> Iterator[Flaw]:
        answers = [(plain(inline_text(answer)), answer) for answer in gap.answers or []]
        if not answers:
            yield Flaw((*place, "answers"), "no answer; write one or more")
        for number, (bare, answer) in enumerate(answers):
            if answer and not bare:
                yield Flaw((*place, "answers", number), "an answer needs a letter or a digit")
        if gap.feedback is None:
            yield Flaw((*place, "feedback"), "`feedback` is missing; say why this word belongs")
        yield from self._tolerance_problems((*place, "tolerance"), gap, [a for a, _ in answers])
        for number, wrong in enumerate(gap.mistakes):
            if plain(inline_text(wrong.text)) in [bare for bare, _ in answers]:
                yield Flaw(
                    (*place, "mistakes", number, "text"),
                    "this is one of the answers too; take it out of one of the two",
                )

    def _tolerance_problems(self, path: Where, gap: Gap, answers: list[str]) -> Iterator[Flaw]:
        most = min((len(bare) for bare in answers), default=0) // LETTERS_FOR_A_SLIP
        if not 0 <= gap.tolerance <= most:
            yield Flaw(
                path,
                f"{gap.tolerance} slips would let other words pass; write a number from 0 to "
                f"{most} (one for each four letters of the shortest answer)",
            )
            return
        numbered = next(filter(has_number, answers), None)
        if gap.tolerance and numbered is not None:
            yield Flaw(
                path,
                f"a slip would let another number pass for “{numbered}”; write 0, and under "
                "`answers` each way to write it",
            )
        mistakes = {plain(inline_text(wrong.text)) for wrong in gap.mistakes}
        for bare in answers:
            for word in bare.split():
                for opposite in opposites(word, gap.tolerance, self.language):
                    if bare.replace(word, opposite) not in {*mistakes, *answers}:
                        yield Flaw(
                            path,
                            f"{gap.tolerance} slips lead from “{word}” to its opposite, "
                            f"“{opposite}”; write a smaller number, or name the opposite under "
                            "`mistakes`",
                        )

    def _chosen_problems(self, place: Where, gap: Gap) -> Iterator[Flaw]:
        choices = gap.choices or []
        for name, written in [
            ("tolerance", gap.tolerance),
            ("feedback", gap.feedback),
            ("mistakes", gap.mistakes),
        ]:
            if written:
                yield Flaw((*place, name), f"`{name}` belongs to a typed gap; take it out here")
        yield from number_problem(
            (*place, "choices"), len(choices), FEWEST_CHOICES, MOST_CHOICES, "choices"
        )
        if sum(choice.correct for choice in choices) != 1:
            yield Flaw(
                (*place, "choices"), "one choice is to be right; write `correct: true` at it"
            )
        yield from repeats(
            [((*place, "choices", i, "text"), choice.text) for i, choice in enumerate(choices)],
            "choice",
        )


def choices_group(gap: int) -> str:
    """Name the group of the choices of a gap, counted from 0."""
    return f"choices-{gap}"
