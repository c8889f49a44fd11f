"""Matching: for each prompt, the answer that fits it.

Response
    The chosen answer's id by prompt id, for the prompts that have one:
    ``{"p1a2b3c": "p9d8e7f", ...}``.
Scoring
    The share of the prompts with the right answer. A prompt without an answer is not right;
    an answer may be chosen twice, and can be right once only. Parts: each prompt.

A pair's feedback is shown beside its prompt once that is right (or the answer is shown), and
beside any other prompt for which the pair's answer was chosen; so it should explain the pair in
a sentence that stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal

from pydantic import Field

from imlcourse.html.items.sheet import Sheet, feedback_span, key_list
from imlcourse.items.base import (
    Flaw,
    Item,
    Order,
    Part,
    Score,
    Text,
    Where,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.markup.inline import inline_html, inline_text

FEWEST, MOST = 3, 6
_ANSWERS = "answers"


class Pair(Part):
    """A prompt and the answer that fits it."""

    left: Text = Field(description="The prompt.")
    right: Text = Field(description="The one answer that fits it.")
    feedback: Text = Field(
        description="Why the two belong together, in a sentence that stands alone."
    )


class Distractor(Part):
    """An answer that fits no prompt."""

    text: Text = Field(description="An answer that fits no prompt.")
    feedback: Text = Field(description="Why it fits none, and what was probably confused.")


class Matching(Item):
    """Prompts, each with the one answer that fits it."""

    type: Literal["matching"] = Field(
        description="matching: for each prompt, one answer is chosen."
    )
    pairs: list[Pair] = Field(
        description="Prompts with their answers, all different.",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    )
    distractors: list[Distractor] = Field(
        default_factory=list, description="More answers, which fit no prompt."
    )

    def prompt_ids(self) -> list[str]:
        """Give the ids of the prompts, in the written order."""
        return [part_id(self.id, "prompts", index) for index in range(len(self.pairs))]

    def answer_ids(self) -> list[str]:
        """Give the ids of the answers, in the written order, those that fit nothing last."""
        # Numbered apart, so that a pair added at the end does not rename the distractors.
        return [part_id(self.id, _ANSWERS, i) for i in range(len(self.pairs))] + [
            part_id(self.id, "distractors", i) for i in range(len(self.distractors))
        ]

    def _answers(self) -> list[str]:
        return [pair.right for pair in self.pairs] + [extra.text for extra in self.distractors]

    def key(self) -> dict[str, str]:  # noqa: D102
        return dict(zip(self.prompt_ids(), self.answer_ids(), strict=False))

    def score(self, response: object) -> Score:  # noqa: D102
        return Score.of_places(response, self.key(), self.answer_ids())

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {_ANSWERS: len(self.pairs) + len(self.distractors)}

    def accepts(self, order: Order) -> bool:
        """Refuse an order in which most answers stand beside their prompts."""
        aside = sum(place == shown for shown, place in enumerate(order[_ANSWERS]))
        return aside <= 1

    def question_html(self, sheet: Sheet) -> str:
        """Draw the answers with a letter each, and a list of the letters for each prompt.

        The answers stand in the open too, because a closed list cuts long ones short, and on
        paper it shows nothing.
        """
        ids, texts = self.answer_ids(), self._answers()
        letters = sheet.strings.text("items.letters")
        answers = [
            (ids[place], letters[shown], texts[place])
            for shown, place in enumerate(sheet.places(_ANSWERS, len(ids)))
        ]
        choices = [f'<option value="">{sheet.text("items.matching.choose")}</option>']
        choices += [
            f'<option value="{part}">'
            + sheet.text("items.matching.lettered", letter=letter, text=inline_text(text))
            + "</option>"
            for part, letter, text in answers
        ]
        prompts = (
            f'<li class="iml-prompt" data-part="{part}">'
            f'<label class="iml-prompt-text" for="{sheet.prefix}-{part}">{inline_html(pair.left)}'
            f'</label> <select class="iml-select" id="{sheet.prefix}-{part}">'
            f"{''.join(choices)}</select></li>"
            for part, pair in zip(self.prompt_ids(), self.pairs, strict=True)
        )
        return "\n".join(
            [
                f'<p class="iml-list-name">{sheet.text("items.matching.answers")}</p>',
                '<ul class="iml-lettered">',
                *(
                    f'<li data-part="{part}"><span class="iml-letter">{escape(letter)}</span> '
                    f'<span class="iml-lettered-text">{inline_html(text)}</span></li>'
                    for part, letter, text in answers
                ),
                "</ul>",
                '<ul class="iml-prompts">',
                *prompts,
                "</ul>",
            ]
        )

    def answer_html(self, sheet: Sheet) -> str:  # noqa: D102
        lines = [
            f'<li data-part="{prompt}" data-iml-answer="{answer}">'
            f"<strong>{inline_html(pair.left)}</strong><br>"
            f'<span class="iml-key-text">{inline_html(pair.right)}</span><br>'
            f"{feedback_span(pair.feedback)}</li>"
            for (prompt, answer), pair in zip(self.key().items(), self.pairs, strict=True)
        ]
        lines += [
            f'<li data-iml-extra="{part}">{sheet.text("items.matching.extra")}: '
            f'<span class="iml-key-text">{inline_html(extra.text)}</span><br>'
            f"{feedback_span(extra.feedback)}</li>"
            for part, extra in zip(
                self.answer_ids()[len(self.pairs) :], self.distractors, strict=True
            )
        ]
        return key_list(lines)

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, pair in enumerate(self.pairs):
            yield ("pairs", index, "left"), pair.left
            yield ("pairs", index, "right"), pair.right
            yield ("pairs", index, "feedback"), pair.feedback
        for index, extra in enumerate(self.distractors):
            yield ("distractors", index, "text"), extra.text
            yield ("distractors", index, "feedback"), extra.feedback

    def _own_problems(self) -> Iterator[Flaw]:
        yield from number_problem(("pairs",), len(self.pairs), FEWEST, MOST, "pairs")
        own = list(self._own_texts())
        yield from repeats([(p, t) for p, t in own if p[-1] == "left"], "prompt")
        yield from repeats([(p, t) for p, t in own if p[-1] in ("right", "text")], "answer")
