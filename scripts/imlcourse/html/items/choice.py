"""What the types whose answer is chosen among options share."""

from __future__ import annotations

from collections.abc import Iterator

from imlcourse.html.compose import Markup
from imlcourse.html.items.sheet import Control, Sheet, key_html, key_list, options_html
from imlcourse.items.choice import OPTIONS, ChoiceItem, Option

__all__ = ["choice_answer", "choice_question"]


def choice_question(item: ChoiceItem, sheet: Sheet, control: Control) -> Markup:
    """Draw the options, each with a letter."""
    shown = [(part, option.text) for part, option in _shown(item, sheet)]
    return options_html(sheet, control, shown, lettered=True)


def choice_answer(item: ChoiceItem, sheet: Sheet) -> Markup:
    """Draw the reasons, each under the letter that its option has in the question."""
    return key_list(
        (
            key_html(sheet, part, option.correct, option.feedback)
            for part, option in _shown(item, sheet)
        ),
        lettered=True,
    )


def _shown(item: ChoiceItem, sheet: Sheet) -> Iterator[tuple[str, Option]]:
    ids = item.option_ids()
    for place in sheet.places(OPTIONS, len(ids)):
        yield ids[place], item.options[place]
