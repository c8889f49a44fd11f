"""Terms of the glossary in the text of a module: each is linked where it is first used."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from imlcourse.checks import term_id
from imlcourse.course.glossary import Term
from imlcourse.languages.rules import Rules
from imlcourse.markup.roles import ROLE, read_role

__all__ = ["TermLinks"]

# What stands in a role, in a link, in code or in a tag is left as it is.
_WHOLE = re.compile(
    rf"(?P<role>{ROLE.pattern})|`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+|^#.*$",
    re.MULTILINE,
)


class TermLinks:
    """Links each term once, from one text to the next.

    Parameters
    ----------
    terms
        The terms. Their words are found whatever the case, and with the endings of the language.
    rules
        The rules of the language that they are written in.
    """

    def __init__(self, terms: Iterable[Term], rules: Rules) -> None:
        self._rules = rules
        written = [
            (form, term.id) for term in terms if term.auto for form in (term.term, *term.forms)
        ]
        self._forms = {rules.fold(form): id_ for form, id_ in written}
        longest = sorted((form.casefold() for form, _ in written), key=len, reverse=True)
        self._pattern = _pattern(tuple(dict.fromkeys(longest)), rules)
        self._seen: set[str] = set()

    def link(self, text: str) -> str:
        """Put links at the first uses of terms in a text.

        Parameters
        ----------
        text
            Markdown. A term that its author linked counts as linked.

        Returns
        -------
        str
            The text, with a role at each term that was not linked before.
        """
        parts = []
        end = 0
        for whole in _WHOLE.finditer(text):
            parts.append(self._linked(text[end : whole.start()]))
            parts.append(whole[0])
            role = ROLE.fullmatch(whole[0])
            if role and role[1] == "term":
                self._seen.add(term_id(read_role(role[1], role[2], 0).target))
            end = whole.end()
        return "".join([*parts, self._linked(text[end:])])

    def _linked(self, text: str) -> str:
        def linked(found: re.Match[str]) -> str:
            id_ = self._forms[self._rules.fold(found["form"])]
            if id_ in self._seen:
                return found[0]
            self._seen.add(id_)
            return f"{{term}}`{' '.join(found[0].split())} <{id_}>`"

        return self._pattern.sub(linked, text)


@lru_cache(maxsize=8)
def _pattern(forms: tuple[str, ...], rules: Rules) -> re.Pattern[str]:
    if not forms:
        return re.compile(r"(?!)(?P<form>)")
    written = "|".join(map(rules.pattern, forms))
    ending = "|".join(map(re.escape, rules.endings or ()))
    # Inside emphasis a link is fine; inside a word, or joined by a hyphen, it is another word.
    return re.compile(rf"(?<![\w-])(?P<form>{written})(?:{ending})?(?![\w-])", re.IGNORECASE)
