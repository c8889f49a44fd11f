"""What only one language can say: how it asks, denies, lumps together, and ends its words.

There is one module for each language that has rules of its own, named as the language is, with
`RULES` in it. `rules_of` finds those of a tag. A language without a module has what all languages
share and nothing else: what it has no rule for is not looked for, and `Rules.missing` names it, so
that a report can say so. No language is ever judged by the rules of another.
"""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from functools import lru_cache
from importlib import import_module

from imlcourse.languages.locales import fallbacks
from imlcourse.languages.rules.base import Rules

__all__ = ["Rules", "rules_of"]

# Where the question mark is not the one of most languages, and there are no other rules yet.
_QUESTION_MARKS = {"el": ";\u037e", "fa": "؟", "ur": "؟", "ps": "؟", "hy": "՞", "zh": "？?"}


@lru_cache(maxsize=64)
def rules_of(tag: str) -> Rules:
    """Give the rules of a language.

    Parameters
    ----------
    tag
        A language tag, such as ``fr-CA``.

    Returns
    -------
    Rules
        Those of the tag or of the nearest wider one that has some; else what all languages share.
    """
    for name in fallbacks(tag):
        module = f"{__name__}.{name.replace('-', '_').lower()}"
        if importlib.util.find_spec(module) is not None:
            rules: Rules = import_module(module).RULES
            return replace(rules, tag=tag)
    marks = _QUESTION_MARKS.get(tag.partition("-")[0])
    return Rules(tag, question_marks=marks) if marks else Rules(tag)
