"""Cloze: a text with gaps, each typed or chosen from a list.

Response
    For each gap that was filled, by its id: what was typed, or the id of what was chosen.
Scoring
    The share of the gaps that are right; an empty gap is not right. What is typed counts as right
    if it is one of the gap's answers, but for accents, capitals, punctuation and as many slips of
    spelling as its author allows (see `imlcourse.items.typed`). Parts: each gap.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Literal

from pydantic import Field

from imlcourse.html.items.sheet import Sheet, feedback_span, key_list, on_paper, verdict
from imlcourse.items.base import (
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
from imlcourse.items.choice import Option
from imlcourse.items.typed import accepts, plain
from imlcourse.markup.inline import inline_html, inline_text

FEWEST, MOST = 1, 6
FEWEST_CHOICES, MOST_CHOICES = 2, 5
_MARK = re.compile(r"\{([0-9]+)\}")
# Signs of the private use area stand for the gaps while emphasis is turned into HTML.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FIRST_PRIVATE = 0xE000


class WrongText(Part):
    """What learners often type instead."""

    text: Text = Field(description="What is often typed instead; wrong however near it comes.")
    feedback: Text = Field(description="What was probably confused.")


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
        return [part_id(self.id, _group(gap), index) for index in range(len(choices))]

    def _right(self, gap: int) -> str:
        """Give what is right in a gap: a text, or the id of a choice."""
        answers, choices = self.gaps[gap].answers, self.gaps[gap].choices
        if answers:
            return inline_text(answers[0])
        ids = zip(self.choice_ids(gap), choices or [], strict=True)
        return next((part for part, choice in ids if choice.correct), "")

    def key(self) -> dict[str, str]:  # noqa: D102
        return {part: self._right(index) for index, part in enumerate(self.gap_ids())}

    def score(self, response: object) -> Score:  # noqa: D102
        ids = self.gap_ids()
        if not isinstance(response, dict) or not response.keys() <= set(ids):
            return Score.nothing(ids)
        parts = {}
        for index, part in enumerate(ids):
            given = response.get(part, "")
            if not isinstance(given, str):
                return Score.nothing(ids)
            gap = self.gaps[index]
            if gap.choices is None:
                mistakes = [wrong.text for wrong in gap.mistakes]
                parts[part] = accepts(given, gap.answers or [], gap.tolerance, mistakes)
            elif given and given not in self.choice_ids(index):
                return Score.nothing(ids)
            else:
                parts[part] = bool(given) and given == self._right(index)
        return Score(sum(parts.values()) / len(parts) if parts else 0.0, parts)

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {_group(i): len(gap.choices) for i, gap in enumerate(self.gaps) if gap.choices}

    def question_html(self, sheet: Sheet) -> str:  # noqa: D102
        drawn = [self._gap_html(index, sheet) for index in range(len(self.gaps))]
        return f'<p class="iml-cloze-text">{self._filled(drawn)}</p>'

    def _filled(self, gaps: list[str]) -> str:
        """Write the text as HTML with something in each gap."""

        def keep(found: re.Match[str]) -> str:
            number = int(found[1])
            return chr(_FIRST_PRIVATE + number) if 1 <= number <= len(gaps) else found[0]

        html = inline_html(_MARK.sub(keep, _PRIVATE.sub("", self.text)))
        return _PRIVATE.sub(lambda found: gaps[ord(found[0]) - _FIRST_PRIVATE - 1], html)

    def _gap_html(self, index: int, sheet: Sheet) -> str:
        part = self.gap_ids()[index]
        label = sheet.text("items.cloze.gap", number=index + 1, count=len(self.gaps))
        choices = self.gaps[index].choices
        paper = ""
        name = f'name="{sheet.prefix}-{part}" aria-label="{label}"'
        if choices is None:
            control = f'<input type="text" autocomplete="off" spellcheck="false" size="14" {name}>'
        else:
            ids = self.choice_ids(index)
            shown = [
                (ids[place], inline_text(choices[place].text))
                for place in sheet.places(_group(index), len(ids))
            ]
            options = "".join(
                f'<option value="{choice}">{escape(text)}</option>' for choice, text in shown
            )
            # On paper a closed list shows nothing.
            paper = on_paper(
                sheet, "items.cloze.choices", choices=" / ".join(text for _, text in shown)
            )
            empty = f'<option value="">{sheet.text("items.cloze.choose")}</option>'
            control = f'<select class="iml-select" {name}>{empty}{options}</select>'
        return f'<span class="iml-gap" data-part="{part}"{paper}>{control}</span>'

    def answer_html(self, sheet: Sheet) -> str:  # noqa: D102
        return key_list(
            (self._key_html(index, part, sheet) for index, part in enumerate(self.gap_ids())),
            ordered=True,
        )

    def _key_html(self, index: int, part: str, sheet: Sheet) -> str:
        gap = self.gaps[index]
        if gap.choices is not None:
            ids = self.choice_ids(index)
            told = "; ".join(
                f'<span data-iml-choice="{ids[place]}"'
                + (' data-iml-right="true"' if gap.choices[place].correct else "")
                + f">{verdict(sheet, gap.choices[place].correct)}: "
                + f'<span class="iml-key-text">{inline_html(gap.choices[place].text)}</span>. '
                + f"{feedback_span(gap.choices[place].feedback)}</span>"
                for place in sheet.places(_group(index), len(ids))
            )
            return f'<li data-part="{part}">{told}</li>'
        answers = [inline_text(answer) for answer in gap.answers or []]
        data = escape(json.dumps(answers, ensure_ascii=False))
        wrongs = "".join(
            f'<br><span data-iml-mistake="{escape(inline_text(wrong.text))}">'
            f"{verdict(sheet, False)}: {inline_html(wrong.text)}. "
            f"{feedback_span(wrong.feedback)}</span>"
            for wrong in gap.mistakes
        )
        also = ""
        if len(answers) > 1:
            also = " " + sheet.text("items.cloze.also", answers="; ".join(answers[1:]))
        return (
            f'<li data-part="{part}" data-iml-answers="{data}"'
            f' data-iml-tolerance="{gap.tolerance}">'
            f'<strong class="iml-key-text">{escape("".join(answers[:1]))}</strong>{also}<br>'
            f"{feedback_span(gap.feedback or '')}{wrongs}</li>"
        )

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        yield ("text",), _MARK.sub("…", self.text)
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
        marks = [int(number) for number in _MARK.findall(self.text)]
        if marks != list(range(1, len(self.gaps) + 1)):
            wanted = ", ".join(f"{{{n}}}" for n in range(1, len(self.gaps) + 1))
            yield Flaw(
                ("text",), f"the text does not hold each gap once, in order; write {wanted} in it"
            )
        if _PRIVATE.search(self.text):
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
        most = min((len(bare) for bare, _ in answers), default=0) // 4
        if not 0 <= gap.tolerance <= most:
            yield Flaw(
                (*place, "tolerance"),
                f"{gap.tolerance} slips would let other words pass; write a number from 0 to "
                f"{most} (one for each four letters of the shortest answer)",
            )
        for number, wrong in enumerate(gap.mistakes):
            if plain(inline_text(wrong.text)) in [bare for bare, _ in answers]:
                yield Flaw(
                    (*place, "mistakes", number, "text"),
                    "this is one of the answers too; take it out of one of the two",
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


def _group(gap: int) -> str:
    return f"choices-{gap}"
