"""What the types whose answer is chosen among options share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from pydantic import Field

from imlcourse.html.items.sheet import Sheet, feedback_span, key_list, verdict
from imlcourse.items.base import (
    Flaw,
    Item,
    Part,
    Text,
    Where,
    number_problem,
    part_id,
    repeats,
)
from imlcourse.markup.inline import inline_html

_OPTIONS = "options"

_LUMPING = re.compile(
    r"\b(?:all|none|any|both|neither|either|each|two|three|some|most) of (?:the )?"
    r"(?:above|below|preceding|following|(?:other )?(?:answers|options|statements|choices))\b"
    r"|\b(?:both|neither|either) (?:options? |answers? )?[A-G] (?:and|or|nor) [A-G]\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:all|none|both|neither|any)(?: of (?:these|those|them))?"
    r"(?: (?:is|are) (?:right|correct|true|wrong|false))?"
    r"|(?:only )?(?:options? |answers? )?[A-G](?:, [A-G])*,?(?: (?:and|or|&) [A-G])+(?: only)?",
    re.IGNORECASE,
)


Control = Literal["radio", "checkbox"]


class Option(Part):
    """One of the answers to choose from."""

    text: Text = Field(description="The answer, in about as many words as the others.")
    correct: bool = Field(default=False, description="Whether it is right.")
    feedback: Text = Field(
        description="Why it is right; or why it is wrong, and what was probably confused."
    )


class ChoiceItem(Item):
    """An item whose answer is chosen among options."""

    options: list[Option] = Field(description="The answers to choose from, all different.")
    order: Literal["shuffle", "natural"] = Field(
        default="shuffle",
        description='"natural" keeps the written order, for dates and numbers.',
    )

    def option_ids(self) -> list[str]:
        """Give the ids of the options, in the written order."""
        return [part_id(self.id, _OPTIONS, index) for index in range(len(self.options))]

    def right_ids(self) -> list[str]:
        """Give the ids of the right options, in the written order."""
        pairs = zip(self.option_ids(), self.options, strict=True)
        return [part for part, option in pairs if option.correct]

    def groups(self) -> dict[str, int]:  # noqa: D102
        return {_OPTIONS: len(self.options)} if self.order == "shuffle" else {}

    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        for index, option in enumerate(self.options):
            yield (_OPTIONS, index, "text"), option.text
            yield (_OPTIONS, index, "feedback"), option.feedback

    def _option_problems(self, fewest: int, most: int) -> Iterator[Flaw]:
        if self.stem and not self.stem.rstrip("*”’\"')").endswith("?"):
            yield Flaw(("stem",), "the stem is no whole question; write one that ends with “?”")
        yield from number_problem((_OPTIONS,), len(self.options), fewest, most, "options")
        paths = [((_OPTIONS, i, "text"), option.text) for i, option in enumerate(self.options)]
        yield from repeats(paths, "option")
        yield from lumping_problems(paths)

    def _shown(self, sheet: Sheet) -> Iterator[tuple[str, Option]]:
        ids = self.option_ids()
        for place in sheet.places(_OPTIONS, len(ids)):
            yield ids[place], self.options[place]

    def _question(self, sheet: Sheet, control: Control) -> str:
        return options_html(
            sheet,
            control,
            [(part, option.text) for part, option in self._shown(sheet)],
            lettered=True,
        )

    def answer_html(self, sheet: Sheet) -> str:
        """Draw the reasons, each under the letter that its option has in the question."""
        return key_list(
            (
                key_html(sheet, part, option.correct, option.feedback)
                for part, option in self._shown(sheet)
            ),
            lettered=True,
        )


def lumping_problems(texts: Iterable[tuple[Where, str]]) -> Iterator[Flaw]:
    """Report each option that stands for other options."""
    for path, text in texts:
        if _LUMPING.search(text) or _ALONE.fullmatch(text.strip(" .*")):
            yield Flaw(
                path,
                f"“{text}” lumps other options together; write an answer of its own instead",
            )


def options_html(
    sheet: Sheet,
    control: Control,
    options: Iterable[tuple[str, str]],
    *,
    name: str = "",
    lettered: bool = False,
    onward: Mapping[str, str] | None = None,
) -> str:
    """Draw options with a radio button or a tick box each; the row is its label.

    Where options lead somewhere, what says where stands beside the label and not in it: it is no
    part of the answer.
    """
    told = {
        part: f'<span class="iml-onward">{where}</span>' for part, where in (onward or {}).items()
    }
    tag, kind = ("ol", ' type="A"') if lettered else ("ul", "")
    rows = (
        f'<li data-part="{part}"><label>'
        f'<input type="{control}" name="{name or sheet.prefix}" value="{part}">'
        f" <span>{inline_html(text)}</span></label>{told.get(part, '')}</li>"
        for part, text in options
    )
    return "\n".join([f'<{tag} class="iml-options"{kind}>', *rows, f"</{tag}>"])


def key_html(sheet: Sheet, part: str, right: bool, feedback: str, text: str = "") -> str:
    """Draw whether an option is right, and why; with its text where it has no letter."""
    told = ' data-iml-right="true"' if right else ""
    named = f'<span class="iml-key-text">{inline_html(text)}</span><br>' if text else ""
    return (
        f'<li data-part="{part}"{told}>{verdict(sheet, right)}: '
        f"{named}{feedback_span(feedback)}</li>"
    )
