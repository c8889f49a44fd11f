"""What the rules of a language hold, and what is the same in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["MARKS", "Rules", "listed"]

_BEHIND = "*_”’\"'»›)]」』\u00a0\u202f "
"""What may stand behind the mark that ends a sentence: emphasis, quotation marks, brackets."""
_SENTENCE = re.compile(r"(?<=[.!?:؟。！？])[*_”’\"'»›)]*\s+")
MARKS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
"""Signs above and below letters that may be left out, and the stroke that draws a word out: what
stands between the brackets of a regular expression, in Python and in JavaScript."""


def listed(words: str) -> frozenset[str]:
    """Give the words of a list that is written with spaces between them."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a language. What is ``None`` is not known, and so is not looked for.

    Attributes
    ----------
    tag
        The language tag.
    question_marks
        What a question may end in; the first is the one to write.
    asks_negatively
        Patterns of questions that ask for what is *not* so.
    negative_in_bold
        A pattern of the word that says so, where it is in bold.
    negative_words_to_bold
        That word, for the report.
    lumping
        A pattern of what lumps other options together, anywhere in an option: *all of the above*.
    lumping_alone
        A pattern of what does so if nothing else stands in the option: *both*, *A and C*.
    absolute_words, negative_words, common_words
        Words that allow no exception; that deny; and that say nothing of the subject.
    endings
        Endings that a term of the glossary may take in a text, such as the plural's.
    prefixes
        What may be written before a word as a part of it, such as the Arabic article. It does not
        count when words are compared.
    alike
        Letters that stand for one another in writing: ``{"ا": "أإآٱ"}``.
    unmarked
        Whether signs above and below the letters may be left out.
    abbreviations
        What ends in a full stop inside a sentence: *no.*
    negations
        What turns a word into its opposite when it stands before it: *un-*.
    spellings
        Patterns of endings that are spelt in several ways, each with the form in which such
        words are compared: *labour* and *labor* are one word.
    turns
        Turns of phrase that a text wears out, each with a name for the report. They are counted
        and never refused: any of them may be the best word in its place.
    """

    tag: str
    question_marks: str = "?؟？"
    asks_negatively: tuple[re.Pattern[str], ...] | None = None
    negative_in_bold: re.Pattern[str] | None = None
    negative_words_to_bold: str = ""
    lumping: re.Pattern[str] | None = None
    lumping_alone: re.Pattern[str] | None = None
    absolute_words: frozenset[str] | None = None
    negative_words: frozenset[str] | None = None
    common_words: frozenset[str] | None = None
    endings: tuple[str, ...] | None = None
    prefixes: tuple[str, ...] = ()
    alike: dict[str, str] = field(default_factory=dict, hash=False)
    unmarked: bool = False
    abbreviations: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    turns: tuple[tuple[str, re.Pattern[str]], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What there are no rules for, in words for a report."""
        known = {
            "questions that ask for what is not so": self.asks_negatively,
            "options that lump others together": self.lumping,
            "absolute words": self.absolute_words,
            "words that deny": self.negative_words,
            "words that stem and key share": self.common_words,
            "endings of glossary terms": self.endings,
        }
        return tuple(name for name, rule in known.items() if rule is None)

    # --- sentences --------------------------------------------------------------------------

    def is_question(self, text: str) -> bool:
        """Say whether a text ends as a question does."""
        return text.rstrip(_BEHIND).endswith(tuple(self.question_marks))

    def sentences(self, text: str) -> list[str]:
        """Give the sentences of a text without emphasis, in their order."""
        return [one for one in _SENTENCE.split(self.bare(text).strip()) if one]

    def last_sentence(self, text: str) -> str:
        """Give the last sentence of a text, which is the question of a stem."""
        return _SENTENCE.split(text.strip())[-1]

    def denies(self, stem: str) -> bool | None:
        """Say whether a question asks for what is *not* so; ``None`` where nobody can say.

        Parameters
        ----------
        stem
            A stem without emphasis. Only its last sentence counts.
        """
        if self.asks_negatively is None:
            return None
        question = self.last_sentence(self.bare(stem))
        return any(pattern.search(question) for pattern in self.asks_negatively)

    def lumps(self, option: str) -> bool | None:
        """Say whether an option stands for other options; ``None`` where nobody can say."""
        if self.lumping is None:
            return None
        text = self.bare(option)
        alone = self.lumping_alone
        return bool(
            self.lumping.search(text) or (alone and alone.fullmatch(text.strip(" .*\u06d4")))
        )

    # --- words ------------------------------------------------------------------------------

    def bare(self, text: str) -> str:
        """Take off a text the signs that may be left out, and write letters alike as one."""
        if self.unmarked:
            text = re.sub(f"[{MARKS}]", "", text)
        for letter, others in self.alike.items():
            text = re.sub(f"[{others}]", letter, text)
        return text

    def root(self, word: str) -> str:
        """Take off a word what is written before it as a part of it, such as the article."""
        word = self.bare(word)
        for prefix in self.prefixes:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                return word[len(prefix) :]
        return word

    def fold(self, text: str) -> str:
        """Give a text as terms are compared: small letters, one space, words without prefixes."""
        return " ".join(map(self.root, text.casefold().split()))

    def pattern(self, words: str) -> str:
        """Write a regular expression that finds a term, whatever its spaces, marks and prefixes.

        Parameters
        ----------
        words
            The term as it is written.

        Returns
        -------
        str
            What it finds begins with the prefix of its first word, if it has one there.
        """
        before = "|".join("".join(self._letters(prefix)) for prefix in self.prefixes)
        written = (
            (f"(?:{before})?" if before else "") + "".join(self._letters(self.root(word)))
            for word in words.split()
        )
        return r"\s+".join(written)

    def _letters(self, word: str) -> Iterator[str]:
        for letter in word:
            others = self.alike.get(letter, "")
            yield f"[{letter}{others}]" if others else re.escape(letter)
            if self.unmarked:
                yield f"[{MARKS}]*"
