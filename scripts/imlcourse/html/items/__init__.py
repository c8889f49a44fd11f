"""The items of quizzes as HTML: one module for each type, of the same name as in ``items``."""

from __future__ import annotations

from imlcourse.html.items import (  # noqa: F401 - each says how its type is drawn
    categorise,
    cloze,
    matching,
    multiple,
    numeric,
    ordering,
    scenario,
    single,
    truefalse,
)
from imlcourse.html.items.quiz import item_html, quiz_html
from imlcourse.html.items.sheet import Cite, Sheet

__all__ = ["Cite", "Sheet", "item_html", "quiz_html"]
