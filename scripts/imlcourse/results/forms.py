"""What people answered on the forms of a workshop, and how their answers spread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imlcourse.course.reference.evaluation import Evaluation

__all__ = [
    "FEWEST_FOR_MEAN",
    "KEPT",
    "FormAnswer",
    "FormFigures",
    "StatementFigures",
    "form_figures",
]

KEPT = "forms"
"""The name under which readers keep what people answered on forms."""
FEWEST_FOR_MEAN = 5
"""With fewer answers there is no mean: it would say of each person what they answered."""


@dataclass(slots=True)
class FormAnswer:
    """What one person answered on a form.

    Attributes
    ----------
    form
        The form.
    person
        The code that stands on it, or the number of its row.
    source, line
        Where it stands.
    ratings
        Ratings from 1, by the key of the line (`FormLine.key`).
    words
        Answers in words, by the id of the question.
    """

    form: str
    person: str
    source: int
    line: int
    ratings: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spread:
    """How the ratings of a line spread: how many gave each value, from 1."""

    counts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many rated it."""
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean; None where too few rated it."""
        if self.count < FEWEST_FOR_MEAN:
            return None
        return sum(value * count for value, count in enumerate(self.counts, 1)) / self.count


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """A statement of a form.

    Attributes
    ----------
    id, text
        The statement.
    scale
        The words of its scale.
    spreads
        How its ratings spread; by ``before`` and ``now``, or by nothing.
    rose, same, fell
        Of those who rated it twice: how many rate themselves higher now, the same, or lower.
    """

    id: str
    text: str
    scale: tuple[str, ...]
    spreads: dict[str, Spread]
    rose: int = 0
    same: int = 0
    fell: int = 0


@dataclass(frozen=True, slots=True)
class FormFigures:
    """A form.

    Attributes
    ----------
    form
        Its name.
    count
        How many forms were answered.
    parts
        The statements of each part, with its place in the form.
    words
        What was answered in words, by the id of the question; in an order that tells nothing of
        whose words they are.
    """

    form: str
    count: int
    parts: list[tuple[int, list[StatementFigures]]]
    words: dict[str, list[str]]


def form_figures(evaluation: Evaluation | None, answers: Iterable[FormAnswer]) -> list[FormFigures]:
    """Give the figures of each form that was answered, in the order of the file.

    Parameters
    ----------
    evaluation
        The forms of the course, if it has any.
    answers
        What people answered.
    """
    given = [one for one in answers if one.ratings or one.words]
    if evaluation is None:
        return []
    return [
        _figures(evaluation, name, found)
        for name in evaluation.forms
        if (found := [one for one in given if one.form == name])
    ]


def _figures(evaluation: Evaluation, name: str, given: list[FormAnswer]) -> FormFigures:
    parts = []
    words: dict[str, list[str]] = {}
    ratings = [one.ratings for one in given]
    for number, part in enumerate(evaluation.form(name).parts):
        scale = evaluation.scale_of(part)
        if part.statements:
            lines = [
                _statement(id_, text, scale, ratings, twice=part.twice)
                for id_, text in part.statements.items()
            ]
            parts.append((number, lines))
        for id_ in part.questions:
            said = {one.words[id_] for one in given if one.words.get(id_)}
            words[id_] = sorted(said, key=_lot)
    return FormFigures(name, len(given), parts, words)


def _lot(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _statement(
    id_: str,
    text: str,
    scale: tuple[str, ...],
    ratings: list[dict[str, int]],
    *,
    twice: bool,
) -> StatementFigures:
    times = ("before", "now") if twice else ("",)
    spreads = {time: _spread(ratings, f"{id_} {time}".rstrip(), len(scale)) for time in times}
    if not twice:
        return StatementFigures(id_, text, scale, spreads)
    before, now = f"{id_} before", f"{id_} now"
    both = [one[now] - one[before] for one in ratings if before in one and now in one]
    return StatementFigures(
        *(id_, text, scale, spreads),
        rose=sum(change > 0 for change in both),
        same=sum(change == 0 for change in both),
        fell=sum(change < 0 for change in both),
    )


def _spread(ratings: list[dict[str, int]], key: str, most: int) -> Spread:
    values = [one[key] for one in ratings if key in one]
    return Spread(tuple(values.count(value) for value in range(1, most + 1)))


def ratings_of(evaluation: Evaluation, form: str) -> Mapping[str, int]:
    """Give the highest value of each line of a form, by its key."""
    return {line.key: len(line.scale) for line in evaluation.lines(form)}
