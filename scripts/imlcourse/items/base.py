"""What every item of a quiz has, whatever its type.

A type is one module: a subclass of `Item` that says what its parts are, what makes it a
flawed item, and how a response is scored. How it is drawn stands in the module of the same name
in ``html/items``; the part of the player for it is one JavaScript file of the same name.

A *response* is what a learner answered, as JSON: each type's module says its shape. Responses
name parts by ids made by `part_id`, never by their place.
"""

from __future__ import annotations

import hashlib
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr

from imlcourse.document.units import UnitId
from imlcourse.document.words import words
from imlcourse.items.giveaways import giveaway_problems
from imlcourse.items.parts import ItemPart
from imlcourse.languages.rules import Rules, rules_of
from imlcourse.markup.explain import Flaw, Missing, Where
from imlcourse.markup.inline import inline_text, one_line

__all__ = [
    "FEWEST_WORDS",
    "MOST_WORDS",
    "WITHOUT_FEEDBACK",
    "WITHOUT_WRONG",
    "Evidence",
    "Feedback",
    "Flaw",
    "Item",
    "Level",
    "Order",
    "Score",
    "Text",
    "Where",
    "part_id",
]

FEWEST_WORDS = 5
"""Fewer words than this do not settle anything."""
MOST_WORDS = 25
"""The longest quotation the course allows itself."""

Worked = TypeVar("Worked")
Level = Literal["recall", "understand", "apply", "analyse"]
"""What an item asks of the learner, the easiest first."""
Order = Mapping[str, tuple[int, ...]]
"""For each group of an item's parts, their written places in the order in which they are shown."""


@dataclass(frozen=True)
class Score:
    """What a response is worth.

    Parameters
    ----------
    points
        From 0 to 1; 1 for the key and nothing else.
    parts
        Whether each part was answered rightly, by part id.
    """

    points: float
    parts: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def nothing(cls, parts: Iterable[str]) -> Score:
        """Score no answer, or one that makes no sense: no points, and no part right."""
        return cls(0.0, dict.fromkeys(parts, False))

    @classmethod
    def of_places(cls, response: object, key: dict[str, str], places: Collection[str]) -> Score:
        """Score parts that are each put in a place: the share of those that are where they belong.

        Parameters
        ----------
        response
            The place of each part, by id; a part that is left out has none yet.
        key
            The place where each part belongs.
        places
            All places that there are.
        """
        if (
            not isinstance(response, dict)
            or not response.keys() <= key.keys()
            or not all(isinstance(v, str) and v in places for v in response.values())
        ):
            return cls.nothing(key)
        parts = {part: response.get(part) == place for part, place in key.items()}
        return cls(sum(parts.values()) / len(parts) if parts else 0.0, parts)


@lru_cache(maxsize=8192)  # for each edition, those of all items are asked for
def part_id(item: str, group: str, index: int) -> str:
    """Name a part of an item.

    The name tells nothing of what is right, since it is made from the written place alone and
    does not show it; and it stays when a text is corrected or a part is added at the end.

    Parameters
    ----------
    item
        The item's id.
    group
        Which kind of part, such as ``"options"``.
    index
        The part's written place, from 0.

    Returns
    -------
    str
        A short id, unique among the parts of an item.
    """
    digest = hashlib.sha256(f"{item}/{group}/{index}".encode()).hexdigest()
    return f"p{digest[:6]}"


Text = Annotated[str, AfterValidator(one_line)]
WITHOUT_FEEDBACK = Missing(
    "say why this is right, or why it is wrong and what was probably confused"
)
WITHOUT_WRONG = Missing(
    "say why another choice does not fit this line, without telling which one does"
)
Feedback = Annotated[Text, WITHOUT_FEEDBACK]
"""What is said of an answer."""


class Part(BaseModel):
    """A piece of an item: an option, a pair, a step, a quotation."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Evidence(Part):
    """A place in the document that settles the item."""

    unit: UnitId = Field(
        description="The unit that is quoted: 8, fn6, A30 or A-fn2.", examples=["8", "fn6", "A30"]
    )
    quote: Text = Field(
        description=f"{FEWEST_WORDS} to {MOST_WORDS} words of that unit, word for word."
    )


DILEMMA_AIMS = 2
Dilemma = list[Text]
"""The two good aims that pull apart in a question; none where they do not."""


def dilemma_problems(path: Where, aims: Dilemma) -> Iterator[Flaw]:
    """Report a dilemma that does not name two different aims."""
    if aims and len({wording(aim) for aim in aims if aim}) != DILEMMA_AIMS:
        yield Flaw(
            path,
            "a dilemma has two good aims that pull apart; name both, as in "
            "[a child’s safety, the family’s unity]",
        )


class LawEvidence(Part):
    """An article of an instrument that settles the item, beside the document."""

    instrument: str = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="Its id in book/instruments.yml.",
        examples=["crc"],
    )
    article: Text = Field(
        description="Its number, as it stands there.", examples=["3", "paragraph 18"]
    )

    @property
    def target(self) -> str:
        """What a role would write: ``crc 3``."""
        return f"{self.instrument} {self.article}"


# What works in a module but not in a quiz text; a loose backtick is told with other loose marks.
_FOREIGN = re.compile(r"\{[a-z]+\}`|\]\(|<https?:")


def asks_negatively(stem: str, language: str = "en") -> bool:
    """Say whether a question asks for what is *not* so, by the rules of its language.

    Only the last sentence counts, and only a *not* of the question itself: "Why does IOM not
    have ...?" and "Which sentence explains why IOM does not have ...?" ask for what is so.

    Parameters
    ----------
    stem
        A stem, with or without emphasis.
    language
        The language that it is written in.

    Returns
    -------
    bool
        Whether its *not* or *except* has to be emphasized; ``False`` too in a language without
        rules for it.
    """
    return bool(rules_of(language).denies(inline_text(stem)))


class Item(Part, ABC):
    """One question, of any type."""

    id: Annotated[str, Missing("give the item an id that never changes, such as m06-i01")] = Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        description="An id that never changes, such as m06-i01.",
    )
    type: str
    objective: Annotated[str, Missing("name the objective that it assesses, such as m06-o1")] = (
        Field(description="The objective that it assesses, such as m06-o1.")
    )
    level: Annotated[Level, Missing("write recall, understand, apply or analyse")] = Field(
        description="What it asks of the learner."
    )
    stem: Text = Field(
        description="The question, whole: it can be answered before the options are read."
    )
    evidence: Annotated[
        list[Evidence],
        Missing("give the unit that settles the item, and quote 5 to 25 of its words"),
    ] = Field(
        description="What settles it in the document: one quotation or more; none, written [], "
        "if `law` settles it.",
    )
    law: list[LawEvidence] = Field(
        default=[],
        description="What settles it in the law beside the document. For practice only.",
    )
    dilemma: Dilemma = Field(
        default=[],
        description="The two good aims that pull apart in it, for authors. For practice only.",
        json_schema_extra={"minItems": DILEMMA_AIMS, "maxItems": DILEMMA_AIMS},
    )
    hint: Text | None = Field(
        default=None,
        description="What to look at, in one or two short sentences, shown on demand before the "
        "answer; it says nothing of the key. Tests never show it.",
    )

    testable: ClassVar[bool] = True
    """Whether it can be asked without telling what is right until the end."""

    _language: str = PrivateAttr(default="en")
    _original_version: str | None = PrivateAttr(default=None)
    _kept: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """The rules of the language that it is written in."""
        return rules_of(self._language)

    def worked_out(self, name: str, work_out: Callable[[Self], Worked]) -> Worked:
        """Give what follows from the item alone, worked out the first time that it is asked for.

        Parameters
        ----------
        name
            What it is called.
        work_out
            Works it out.
        """
        if name not in self._kept:
            self._kept[name] = work_out(self)
        found: Worked = self._kept[name]
        return found

    def in_language(self, language: str) -> Self:
        """Say in which language it is written, which is English if nobody says so."""
        self._language = language
        return self

    def translating(self, original: Item) -> Self:
        """Give the same item, bound to the one in another language that it translates."""
        bound = self.model_copy()
        bound._kept = {}
        bound._original_version = original.version
        return bound

    @property
    def language(self) -> str:
        """The language of its texts, as a tag."""
        return self._language

    # --- what a type has to say -------------------------------------------------------------

    @abstractmethod
    def key(self) -> Any:
        """Give the response that is wholly right."""

    @abstractmethod
    def score(self, response: object) -> Score:
        """Score a response. Whatever makes no sense scores 0; nothing raises."""

    @abstractmethod
    def parts(self) -> tuple[ItemPart, ...]:
        """Give the parts in the written order, each with its key and its feedback.

        Whatever writes items in another form is written from them, and from `passage` and
        `closing`; it need not know the types.
        """

    @abstractmethod
    def _own_texts(self) -> Iterator[tuple[Where, str]]:
        """Give the texts of the parts, feedback included."""

    @abstractmethod
    def _own_problems(self) -> Iterator[Flaw]:
        """Give the flaws that only this type can have."""

    @property
    def passage(self) -> str:
        """What is read between the stem and the parts: the text with the gaps of a cloze."""
        return ""

    @property
    def closing(self) -> str:
        """What is said when all is answered: the debrief of a scenario."""
        return ""

    def groups(self) -> dict[str, int]:
        """Give the groups of parts that may be shuffled, with the number of parts in each."""
        return {}

    def accepts(self, order: Order) -> bool:  # noqa: ARG002
        """Say whether the parts may be shown in this order (never solved, for example)."""
        return True

    # --- what all types share ---------------------------------------------------------------

    @property
    def version(self) -> str:
        """A short hash of what is asked and of the key.

        It changes when an old response may no longer mean the same; it stays when only
        feedback, evidence, objective or level were mended. A translation has that of the item
        that it translates: who changes language keeps every answer.
        """
        if self._original_version:
            return self._original_version
        asked = _without_feedback(self.model_dump(by_alias=True))
        for name in ("id", "objective", "level", "evidence", "law"):
            asked.pop(name, None)
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    @property
    def negative(self) -> bool:
        """Whether the stem asks for what is not so; such items should be rare."""
        return asks_negatively(self.stem, self._language)

    def quotations(self) -> Iterator[tuple[Where, Evidence]]:
        """Give every quotation of the document in the item, with its path."""
        for index, evidence in enumerate(self.evidence):
            yield ("evidence", index), evidence

    def dilemmas(self) -> Iterator[Dilemma]:
        """Give the two aims of each question in it in which two good aims pull apart."""
        if self.dilemma:
            yield self.dilemma

    def texts(self) -> Iterator[tuple[Where, str]]:
        """Give every text an author wrote in the item, with its path; quotations left out."""
        yield ("stem",), self.stem
        if self.hint is not None:
            yield ("hint",), self.hint
        yield from self._own_texts()

    def problems(self) -> Iterator[Flaw]:
        """Check the item by the rules for items, as far as one item can show it.

        Yields
        ------
        Flaw
            Each flaw found, in the order of the file.
        """
        for path, text in self.texts():
            yield from text_problems(path, text)
        bold = self.rules.negative_in_bold
        if self.negative and bold and not bold.search(self.stem):
            yield Flaw(
                ("stem",),
                "the question asks for what is not so, and this is easily overlooked; "
                f"ask for what is so, or write **{self.rules.negative_words_to_bold}** in bold",
            )
        yield from dilemma_problems(("dilemma",), self.dilemma)
        yield from self._own_problems()
        yield from giveaway_problems(self)
        if not self.evidence and not self.law:
            yield Flaw(
                ("evidence",), "no evidence; give the unit that settles it and quote its words"
            )
        for path, evidence in self.quotations():
            yield from quote_problems((*path, "quote"), evidence.quote)


_TOLD_AFTERWARDS = {
    "feedback",
    "consequence",
    "debrief",
    "evidence",
    "hint",
    "wrong",
    "confusions",
    "dilemma",
}
"""What an answer does not depend on."""


def _without_feedback(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_feedback(v) for k, v in value.items() if k not in _TOLD_AFTERWARDS}
    if isinstance(value, list):
        return [_without_feedback(v) for v in value]
    return value


def text_problems(path: Where, text: str) -> Iterator[Flaw]:
    """Report a text that is empty, or that holds what works in a module alone."""
    name = next((key for key in reversed(path) if isinstance(key, str)), "text")
    if not text:
        if "feedback" in path:
            yield Flaw(
                path,
                "the feedback is empty; say why this is right, "
                "or why it is wrong and what was probably confused",
            )
        else:
            yield Flaw(path, f"`{name}` is empty; write its text")
    elif _FOREIGN.search(text):
        yield Flaw(
            path,
            "only *emphasis* and **strong** work in a quiz text; "
            "leave out links, code and roles, and cite the document under `evidence`",
        )


def quote_problems(path: Where, quote: str) -> Iterator[Flaw]:
    """Report a quotation that is too long, or too short to be found in one place."""
    count = len(words(quote))
    if count > MOST_WORDS:
        yield Flaw(
            path,
            f"the quotation has {count} words; keep the {MOST_WORDS} or fewer that settle it",
        )
    elif count < FEWEST_WORDS:
        yield Flaw(
            path,
            f"the quotation has {count} words; quote {FEWEST_WORDS} to {MOST_WORDS}, "
            "so that it can be found in one place only",
        )


def wording(text: str) -> tuple[str, ...]:
    """Give what counts when two texts are compared: their words, or else their signs."""
    return tuple(words(inline_text(text))) or (inline_text(text).casefold(),)


def repeats(texts: Iterable[tuple[Where, str]], what: str) -> Iterator[Flaw]:
    """Report each text that says the same as an earlier one of its group."""
    seen: dict[tuple[str, ...], str] = {}
    for path, text in texts:
        if not text:
            continue  # reported as empty
        words_of_it = wording(text)
        if words_of_it in seen:
            yield Flaw(path, f"this {what} repeats “{seen[words_of_it]}”; make all of them differ")
        else:
            seen[words_of_it] = text


def question_problem(stem: str, rules: Rules) -> Iterator[Flaw]:
    """Report a stem that is no whole question: one that does not end as its language has it."""
    if stem and not rules.is_question(stem):
        mark = rules.question_marks[0]
        yield Flaw(("stem",), f"the stem is no whole question; write one that ends with “{mark}”")


def number_problem(path: Where, count: int, fewest: int, most: int, what: str) -> Iterator[Flaw]:
    """Report a list that is too short or too long."""
    if not fewest <= count <= most:
        yield Flaw(path, f"there are {count} {what}; write {fewest} to {most}")
